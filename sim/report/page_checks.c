/* page_checks.c: the simulator held against what is known, in report.html: a sentence among the limits, and the appendix */
#include "report/page_parts.h"

#include <ctype.h>
#include <string.h>

#include "report/studies.h"

static const struct validation_saved *validation_of(const struct report_plan *plan) { return plan->studies ? &plan->studies->validation : NULL; }

bool page_checks_has(const struct report_plan *plan)
{
    const struct validation_saved *v = validation_of(plan);
    return v && v->found.n > 0;
}

/* How many rows there are of the section that begins at `first`, and how many of them have the status. */
static size_t section_of(const struct validation_saved *v, size_t first, enum orgsim_check_status status, size_t *of_status)
{
    size_t n = 0;
    *of_status = 0;
    for (; first + n < v->found.n && !strcmp(v->row[first + n].section, v->row[first].section); n++) *of_status += v->row[first + n].status == status;
    return n;
}

/* --- among the limits --------------------------------------------------------------------------------------------------------------- */

/* "10 of 32 in "Published facts" (V3d, V4b)", for each section that misses something. */
static void add_missed_sections(struct text *html, const struct validation_saved *v)
{
    const char *comma = " Missed: ";
    for (size_t k = 0, n, missed; k < v->found.n; k += n) {
        n = section_of(v, k, ORGSIM_CHECK_MISSED, &missed);
        if (!missed) continue;
        text_format(html, "%s%zu of %zu in \xe2\x80\x9c", comma, missed, n);
        text_html(html, v->row[k].section);
        text_add(html, "\xe2\x80\x9d");
        comma = " (";
        for (size_t r = k; r < k + n; r++) {
            if (v->row[r].status != ORGSIM_CHECK_MISSED) continue;
            text_add(html, comma);
            text_html(html, v->row[r].id);
            comma = ", ";
        }
        text_add(html, ")");
        comma = "; ";
    }
    if (v->found.count[ORGSIM_CHECK_MISSED]) text_add(html, ".");
}

void page_checks_sentence(struct text *html, const struct report_plan *plan)
{
    const struct validation_saved *v = validation_of(plan);
    if (!page_checks_has(plan)) {
        text_add(html, "<p class=\"note\">Whether the simulator gets right what is known of programs was not checked for this page; this checks it, and the page "
                       "then shows it: <code>orgsim validate -o RUN_DIR --force</code></p>\n");
        return;
    }
    text_format(html, "<p>The simulator itself was held against theory, published facts and raw data: <strong>%zu of %zu checks are met.</strong>",
                v->found.count[ORGSIM_CHECK_MET], v->found.n);
    add_missed_sections(html, v);
    if (v->found.count[ORGSIM_CHECK_CANNOT]) text_format(html, " Beyond what the model can say: %zu.", v->found.count[ORGSIM_CHECK_CANNOT]);
    if (v->found.count[ORGSIM_CHECK_NOT_CHECKED]) text_format(html, " Not checked for lack of data: %zu.", v->found.count[ORGSIM_CHECK_NOT_CHECKED]);
    text_format(html, " <a href=\"#%s\">What each miss means for you</a>.</p>\n", page_parts_id(PAGE_SECTION_checks));
}

/* --- the appendix ------------------------------------------------------------------------------------------------------------------- */

/* Numbers as they were shown, with a true minus. */
static void add_numbers(struct text *html, const char *s)
{
    for (const char *at = s; *at; at++) {
        char one[2] = {*at, '\0'};
        bool minus = *at == '-' && isdigit((unsigned char)at[1]) && (at == s || at[-1] == ' ' || at[-1] == '(');
        if (minus) text_add(html, "\xe2\x88\x92");
        else text_html(html, one);
    }
}

/* With a capital, as a sentence begins. */
static void add_capital(struct text *html, const char *s)
{
    char first[2] = {(char)(*s >= 'a' && *s <= 'z' ? *s - 'a' + 'A' : *s), '\0'};
    text_html(html, first);
    if (*s) text_html(html, s + 1);
}

/* Calibration and use of a fact, then the source. */
static void add_origin(struct text *html, const struct validation_row *r)
{
    text_add(html, " <small>");
    if (*r->preset) {
        text_html(html, r->preset);
        text_add(html, ", ");
        text_html(html, r->use);
        text_add(html, "; ");
    }
    text_html(html, r->source);
    text_add(html, "</small>");
}

static void add_how(struct text *html, const struct validation_saved *v)
{
    text_add(html, "<p>On ");
    text_html(html, v->asked.date);
    text_format(html, " orgsim ");
    text_html(html, v->version);
    text_format(html, " was held against %zu things that are known, in small programs built for each: %s worlds, seed %llu%s. This is about the simulator, not about "
                      "this scenario, and no check says what a TPM adds: no study measures that.</p>\n",
                v->found.n, shown_number((double)v->found.worlds, 0, PAGE_PARTS_TYPE).s, (unsigned long long)v->asked.seed,
                v->asked.quick ? "; quickly, with an eighth of the worlds, so that intervals are about three times as wide, and a wide one touches more" : "");
    text_add(html, "<p class=\"note\">Theory is met when what is expected lies within four standard errors of what was measured, and the rounding of its source; a "
                   "published fact when the 95% interval touches its range, or lies wholly on the side that it leaves open. \xe2\x80\x9c"
                   "Fitted\xe2\x80\x9d: the calibration was chosen so. \xe2\x80\x9cHeld out\xe2\x80\x9d: it was not looked at.</p>\n");
}

static void add_figure(struct text *html, const struct validation_saved *v)
{
    static const char question[] = "Does the model give what was measured?";
    if (v->drawing.n) {
        page_parts_figure(html, VALIDATION_NAME, question, &v->figure, &v->drawing);
        return;
    }
    if (!v->figure.title.n) return;
    text_format(html, "<h3>%s</h3>\n<p>", question);
    text_html(html, v->figure.title.s);
    text_add(html, ". ");
    text_html(html, v->figure.detail.s);
    text_add(html, " <small><code>orgsim validate -o RUN_DIR --force</code> draws it.</small></p>\n");
}

/* The first row that says the same; itself, where none before does. */
static size_t first_to_say(const struct validation_saved *v, size_t k)
{
    size_t first = 0;
    while (first < k && (v->row[first].status != v->row[k].status || strcmp(v->row[first].why, v->row[k].why) != 0)) first++;
    return first;
}

static void add_item(struct text *html, const struct validation_saved *v, size_t k)
{
    const struct validation_row *r = &v->row[k];
    size_t first = first_to_say(v, k);
    text_add(html, "<li><strong>");
    text_html(html, r->id);
    text_add(html, "</strong> ");
    add_capital(html, r->statement);
    add_origin(html, r);
    if (r->status == ORGSIM_CHECK_MISSED) {
        text_add(html, "<br>Expected ");
        add_numbers(html, r->expected);
        text_add(html, ", measured ");
        add_numbers(html, r->measured);
        text_add(html, ".");
    }
    text_add(html, first < k ? "<br>As " : "<br>");
    add_capital(html, first < k ? v->row[first].id : r->why);
    text_add(html, ".</li>\n");
}

/* Every row of a status, with what it means or why it is so. */
static void add_list(struct text *html, const struct validation_saved *v, enum orgsim_check_status status, const char *heading)
{
    if (!v->found.count[status]) return;
    text_format(html, "<h3>%s: %zu</h3>\n<ul class=\"missed\">\n", heading, v->found.count[status]);
    for (size_t k = 0; k < v->found.n; k++)
        if (v->row[k].status == status) add_item(html, v, k);
    text_add(html, "</ul>\n");
}

static void add_row(struct text *html, const struct validation_row *r)
{
    static const char *const shown[] = {[ORGSIM_CHECK_MET] = "met", [ORGSIM_CHECK_MISSED] = "<strong>missed</strong>", [ORGSIM_CHECK_NOT_CHECKED] = "not checked",
                                        [ORGSIM_CHECK_CANNOT] = "cannot"};
    text_add(html, "<tr><th scope=\"row\"><b>");
    text_html(html, r->id);
    text_add(html, "</b> ");
    add_capital(html, r->statement);
    add_origin(html, r);
    text_format(html, "</th><td>%s</td><td class=\"number\">", shown[r->status]);
    add_numbers(html, r->expected);
    text_add(html, "</td><td class=\"number\">");
    add_numbers(html, r->measured);
    text_add(html, "</td></tr>\n");
}

static void add_tables(struct text *html, const struct validation_saved *v)
{
    text_add(html, "<h3>All checks</h3>\n");
    for (size_t k = 0, n, met; k < v->found.n; k += n) {
        struct text caption = {0};
        n = section_of(v, k, ORGSIM_CHECK_MET, &met);
        text_html(&caption, v->row[k].section);
        text_format(html, "<details>\n<summary><strong>%s</strong>: %zu of %zu met</summary>\n", caption.s ? caption.s : "", met, n);
        page_parts_table(html, "words checks", caption.s ? caption.s : "", "Check|Status|#Expected|#Measured, 95% interval");
        for (size_t r = k; r < k + n; r++) add_row(html, &v->row[r]);
        page_parts_table_close(html);
        text_add(html, "</details>\n");
        html->failed |= caption.failed;
        text_free(&caption);
    }
}

void page_checks_write(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    const struct validation_saved *v = validation_of(plan);
    page_parts_open(html, f, PAGE_SECTION_checks);
    add_how(html, v);
    add_list(html, v, ORGSIM_CHECK_MISSED, "Missed, and what that means for you");
    add_list(html, v, ORGSIM_CHECK_CANNOT, "Beyond what the model can say");
    add_list(html, v, ORGSIM_CHECK_NOT_CHECKED, "Not checked, and why");
    add_figure(html, v);
    add_tables(html, v);
    page_parts_close(html);
}
