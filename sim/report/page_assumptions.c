/* page_assumptions.c: the assumptions in report.html: what was changed, then everything else by how far it can be trusted */
#include "report/page_parts.h"

#include <string.h>

/* X(grade, what it means): from what is known best to what is not known */
#define GRADES(X)                                                                                                                            \
    X(published, "read in a publication that measured it")                                                                                  \
    X(secondary, "quoted by a publication that did not measure it")                                                                         \
    X(derived, "computed from published numbers")                                                                                           \
    X(reimplementation, "taken from the code of a published model")                                                                         \
    X(memory, "a publication says so as far as we remember; not read again")                                                                \
    X(calibrated, "fitted so that the organisation without a delivery seat behaves as published programs do")                              \
    X(assumption, "measured by nobody: a guess with a range")

static bool is_changed(const struct finding *f, int i)
{
    return assumptions_get(&f->scenario->assumptions, i) != assumption_table[i].default_value;
}

static void add_number(struct text *html, double x)
{
    char digits[TEXT_NUMBER_SIZE];
    text_html(html, text_of_double(digits, x));
}

static void add_assumption(struct text *html, const struct finding *f, int i)
{
    const struct assumption_info *info = &assumption_table[i];
    text_format(html, "<tr><th scope=\"row\"><code>%s</code></th><td>", info->name);
    text_html(html, info->meaning);
    text_add(html, "</td><td class=\"number\">");
    add_number(html, assumptions_get(&f->scenario->assumptions, i));
    if (strcmp(info->unit, "1") != 0) {
        text_add(html, " ");
        text_html(html, info->unit);
    }
    text_add(html, "</td><td class=\"number\">");
    add_number(html, info->low);
    text_add(html, " to ");
    add_number(html, info->high);
    text_format(html, "</td><td>%s</td><td>", info->grade);
    if (is_changed(f, i)) {
        text_add(html, "<strong>changed from ");
        add_number(html, info->default_value);
        text_add(html, "</strong> (");
        text_html(html, f->scenario->assumption_source[i] ? f->scenario->assumption_source[i] : "the scenario");
        text_add(html, "); ");
    }
    text_html(html, info->source);
    text_add(html, "</td></tr>\n");
}

/* grade NULL: the changed ones of all grades; else the unchanged ones of that grade. Returns how many there are; html NULL: only counts. */
static int add_group(struct text *html, const struct finding *f, const char *grade)
{
    int n = 0;
    for (int i = 0; i < ASSUMPTION_COUNT; i++) {
        bool member = grade ? !is_changed(f, i) && strcmp(assumption_table[i].grade, grade) == 0 : is_changed(f, i);
        if (member && html) add_assumption(html, f, i);
        n += member;
    }
    return n;
}

static void add_table(struct text *html, const struct finding *f, const char *grade, const char *caption)
{
    page_parts_table(html, "words assumed", caption, "Name|Meaning|#Value|#Range|Grade|Source");
    add_group(html, f, grade);
    page_parts_table_close(html);
}

static void add_grade(struct text *html, const struct finding *f, const char *grade, const char *meaning)
{
    int n = add_group(NULL, f, grade);
    if (n == 0) return;
    struct text caption = {0};
    text_format(&caption, "Assumptions of grade %s", grade);
    text_format(html, "<details>\n<summary><strong>%s</strong> (%d): %s</summary>\n", grade, n, meaning);
    add_table(html, f, grade, caption.s ? caption.s : "");
    text_add(html, "</details>\n");
    html->failed |= caption.failed;
    text_free(&caption);
}

static int unmeasured(void)
{
    int n = 0;
    for (int i = 0; i < ASSUMPTION_COUNT; i++) n += strcmp(assumption_table[i].grade, "assumption") == 0;
    return n;
}

void page_assumptions_write(struct text *html, const struct finding *f)
{
    int n_changed = add_group(NULL, f, NULL);
    page_parts_open(html, f, PAGE_SECTION_assumptions);
    text_format(html,
                "<p class=\"note\">%d of %d have not been measured by anybody (grade <em>assumption</em>); %.0d%s from the default. The "
                "range is our ignorance, not luck. Each can be changed: <code>--set NAME=VALUE</code>.</p>\n",
                unmeasured(), ASSUMPTION_COUNT, n_changed, n_changed == 0 ? "none differs" : n_changed == 1 ? " differs" : " differ");
    if (n_changed) add_table(html, f, NULL, "Changed for this run");
    text_format(html, "<p>%s, by how far their defaults can be trusted:</p>\n", n_changed ? "The others" : "All of them");
#define X(grade, meaning) add_grade(html, f, #grade, meaning);
    GRADES(X)
#undef X
    page_parts_close(html);
}
