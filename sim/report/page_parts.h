/* page_parts.h: what the sections of report.html share, and the sections themselves
 *
 * A section is an <h2> with an id, so that the list of contents can point to it. Tables lie in a region that scrolls by itself and can be
 * reached with the keyboard; their first column heads the row.
 */
#ifndef ORGSIM_REPORT_PAGE_PARTS_H
#define ORGSIM_REPORT_PAGE_PARTS_H

#include <orgsim/ignorance.h>

#include "report/figures.h"

#define PAGE_PARTS_TYPE SHOWN_TYPOGRAPHIC
#define PAGE_PARTS_SIGNED (SHOWN_TYPOGRAPHIC | SHOWN_SIGN)

/* X(id, heading): the sections after the finding, in their order. A page without rivals or attribution leaves theirs out. */
#define PAGE_SECTIONS(X)                                                                                                                     \
    X(figures, "In pictures")                                                                                                                \
    X(organisations, "The organisations, each living through the same worlds")                                                              \
    X(rivals, "The rivals: other seats, the same money spent otherwise, or none")                                                            \
    X(worth, "What each part of the hire is worth here")                                                                                    \
    X(nothing, "What changed nothing here")                                                                                                 \
    X(hours, "How much of everybody\xe2\x80\x99s time may the hire cost?")                                                                  \
    X(ignorance, "Does it hold if the assumptions are wrong?")                                                                              \
    X(assumptions, "Assumptions")                                                                                                           \
    X(missing, "What is not modelled")                                                                                                      \
    X(again, "Run it again")

enum page_section {
#define X(id, heading) PAGE_SECTION_##id,
    PAGE_SECTIONS(X)
#undef X
    PAGE_SECTION_COUNT
};

const char *page_parts_id(enum page_section section);
const char *page_parts_title(enum page_section section);

/* <section> with its heading, until page_parts_close(). */
void page_parts_open(struct text *html, enum page_section section);
void page_parts_close(struct text *html);

/* A table with a caption until page_parts_table_close(); columns: headings separated by |, those that begin with # hold numbers.
 * class may be "". */
void page_parts_table(struct text *html, const char *class, const char *caption, const char *columns);
void page_parts_table_close(struct text *html);

/* The row of an organisation until </tr>: its label, and what its note says. */
void page_parts_row(struct text *html, const struct finding *finding, size_t row);

/* <td>s</td>; the same with an interval behind it. */
void page_parts_cell(struct text *html, const char *s);
void page_parts_interval(struct text *html, double value, double low, double high, int decimals);

/* page_arms.c */
void page_arms_write(struct text *html, const struct finding *finding);
void page_arms_rivals(struct text *html, const struct finding *finding);

/* page_attribution.c: worth, nothing and hours; nothing at all without an attribution */
void page_attribution_write(struct text *html, const struct finding *finding, const struct orgsim_attribution *attribution);

/* page_ignorance.c: nothing at all without draws */
void page_ignorance_write(struct text *html, const struct finding *finding, const struct orgsim_ignorance *ignorance);

/* page_assumptions.c */
void page_assumptions_write(struct text *html, const struct finding *finding);

#endif
