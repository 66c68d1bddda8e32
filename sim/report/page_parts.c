/* page_parts.c: sections, tables and cells of report.html */
#include "report/page_parts.h"

#include <math.h>
#include <string.h>

const char *page_parts_id(enum page_section section)
{
    static const char *const ids[] = {
#define X(id, heading) #id,
        PAGE_SECTIONS(X)
#undef X
    };
    return ids[section];
}

const char *page_parts_title(enum page_section section)
{
    static const char *const titles[] = {
#define X(id, heading) heading,
        PAGE_SECTIONS(X)
#undef X
    };
    return titles[section];
}

void page_parts_open(struct text *html, enum page_section section)
{
    const char *id = page_parts_id(section);
    text_format(html, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id, id, page_parts_title(section));
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

void page_parts_interval(struct text *html, double value, double low, double high, int decimals)
{
    if (isnan(low)) {
        page_parts_cell(html, shown_number(value, decimals, PAGE_PARTS_SIGNED).s); /* one world has no interval */
        return;
    }
    text_format(html, "<td>%s <small>%s to %s</small></td>", shown_number(value, decimals, PAGE_PARTS_SIGNED).s,
                shown_number(low, decimals, PAGE_PARTS_SIGNED).s, shown_number(high, decimals, PAGE_PARTS_SIGNED).s);
}
