/* page_parts.c: sections, tables and cells of report.html */
#include "report/page_parts.h"

#include <math.h>
#include <string.h>

const char *page_parts_id(enum page_section section)
{
    static const char *const ids[] = {
#define X(id, whom, heading) #id,
        PAGE_SECTIONS(X)
#undef X
    };
    return ids[section];
}

const char *page_parts_title(const struct finding *f, enum page_section section)
{
    if (section == PAGE_SECTION_against && !f->hire) return "The strongest case against this change";
    static const char *const titles[] = {
#define X(id, whom, heading) heading,
        PAGE_SECTIONS(X)
#undef X
    };
    return titles[section];
}

static bool is_for_all(enum page_section section)
{
    enum { ENGINEER, ALL };
    static const bool all[] = {
#define X(id, whom, heading) whom == ALL,
        PAGE_SECTIONS(X)
#undef X
    };
    return all[section];
}

bool page_parts_has(const struct report_plan *plan, const struct finding *f, enum page_section section)
{
    if (plan->audience == REPORT_DIRECTOR && !is_for_all(section)) return false;
    switch (section) {
    case PAGE_SECTION_money:
    case PAGE_SECTION_rests:
    case PAGE_SECTION_rivals:
    case PAGE_SECTION_mind:
    case PAGE_SECTION_against:
    case PAGE_SECTION_debt:
    case PAGE_SECTION_sure: return !finding_is_alone(f);
    case PAGE_SECTION_worth:
    case PAGE_SECTION_nothing:
    case PAGE_SECTION_hours: return plan->attribution && plan->attribution->worlds > 0;
    case PAGE_SECTION_checks: return page_checks_has(plan);
    case PAGE_SECTION_ignorance: return plan->ignorance && plan->ignorance->draws > 0 && plan->ignorance->headline != SIZE_MAX;
    default: return true;
    }
}

int page_parts_flags(const struct report_plan *plan) { return PAGE_PARTS_TYPE | (plan->audience == REPORT_DIRECTOR ? SHOWN_TWO : 0); }

size_t page_parts_arm(const struct finding *f, const char *id)
{
    for (size_t row = 0; row < f->results->n_arms; row++)
        if (strcmp(finding_id(f, row), id) == 0) return row;
    return FINDING_NONE;
}

void page_parts_open(struct text *html, const struct finding *f, enum page_section section)
{
    const char *id = page_parts_id(section);
    text_format(html, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id, id, page_parts_title(f, section));
}

void page_parts_close(struct text *html) { text_add(html, "</section>\n"); }

static void add_heading(struct text *html, const char *s, size_t n)
{
    bool number = n > 0 && *s == '#';
    text_format(html, "<th scope=\"col\"%s>%.*s</th>", number ? " class=\"number\"" : "", (int)(n - number), s + number);
}

void page_parts_table(struct text *html, const char *class, const char *caption, const char *columns)
{
    text_format(html, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">\n<table%s%s%s>\n<caption>%s</caption>\n<thead><tr>",
                caption, *class ? " class=\"" : "", class, *class ? "\"" : "", caption);
    for (const char *s = columns;;) {
        size_t n = strcspn(s, "|");
        add_heading(html, s, n);
        if (!s[n]) break;
        s += n + 1;
    }
    text_add(html, "</tr></thead>\n<tbody>\n");
}

void page_parts_table_close(struct text *html) { text_add(html, "</tbody>\n</table>\n</div>\n"); }

static void add_caption(struct text *html, const struct figure *figure, const char *name, bool drawn)
{
    text_add(html, "<figcaption>");
    if (!drawn && figure->title.s) {
        text_html(html, figure->title.s);
        text_add(html, ". ");
    }
    if (figure->detail.s) text_html(html, figure->detail.s);
    text_format(html, drawn ? " <small>Data: <code>figures/%s.dat</code></small>"
                            : " <small>The figure was not drawn; <code>gnuplot -d %s.gp</code> in <code>figures/</code> draws it.</small>",
                name);
    text_add(html, "</figcaption>\n");
}

void page_parts_figure(struct text *html, const char *name, const char *question, const struct figure *figure, const struct text *svg)
{
    bool drawn = svg->n > 0;
    if (!drawn && figure->title.n == 0) return;
    text_format(html, "<h3 id=\"figure-%s\">%s</h3>\n<figure aria-labelledby=\"figure-%s\">\n", name, question, name);
    if (drawn) {
        text_format(html, "<div class=\"picture\" role=\"group\" tabindex=\"0\" aria-labelledby=\"figure-%s\">\n", name);
        text_add(html, svg->s);
        text_add(html, "</div>\n");
    }
    add_caption(html, figure, name, drawn);
    text_add(html, "</figure>\n");
}

void page_parts_row(struct text *html, const struct finding *f, size_t row)
{
    const char *note = f->results->arm_note ? f->results->arm_note[row] : NULL;
    text_format(html, "<tr%s><th scope=\"row\">", row == f->headline ? " class=\"headline\"" : row == f->baseline ? " class=\"baseline\"" : "");
    text_html(html, finding_label(f, row));
    if (note && *note) {
        text_add(html, " <small>");
        text_html(html, note);
        text_add(html, "</small>");
    }
    text_add(html, "</th>");
}

void page_parts_cell(struct text *html, const char *s) { text_format(html, "<td>%s</td>", s); }

void page_parts_sure(struct text *html, struct shown number, struct interval_words interval)
{
    if (*interval.s) text_format(html, "<td>%s <small>%s</small></td>", number.s, interval.s);
    else page_parts_cell(html, number.s);
}

void page_parts_interval(struct text *html, double value, double low, double high, int decimals, int flags)
{
    if (isnan(low)) {
        page_parts_cell(html, shown_number(value, decimals, flags | SHOWN_SIGN).s); /* one world has no interval */
        return;
    }
    text_format(html, "<td>%s <small>%s to %s</small></td>", shown_number(value, decimals, flags | SHOWN_SIGN).s,
                shown_number(low, decimals, flags | SHOWN_SIGN).s, shown_number(high, decimals, flags | SHOWN_SIGN).s);
}
