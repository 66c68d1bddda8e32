/* page_parts.h: what the sections of report.html share, and the sections themselves
 *
 * A section is an <h2> with an id, so that the list of contents can point to it. Tables lie in a region that scrolls by itself and can be
 * reached with the keyboard; their first column heads the row.
 */
#ifndef ORGSIM_REPORT_PAGE_PARTS_H
#define ORGSIM_REPORT_PAGE_PARTS_H

#include <orgsim/ignorance.h>

#include "report/figures.h"
#include "report/interval.h"

#define PAGE_PARTS_TYPE SHOWN_TYPOGRAPHIC
#define PAGE_PARTS_SIGNED (SHOWN_TYPOGRAPHIC | SHOWN_SIGN)

/* X(id, whom, heading): the sections after the finding, in their order; whom: for everybody, or only in the engineer's page. The page leaves
 * out what this run cannot say (page_parts_has). */
#define PAGE_SECTIONS(X)                                                                                                                     \
    X(figures, ALL, "In pictures")                                                                                                           \
    X(money, ALL, "The money, in three ledgers")                                                                                             \
    X(rests, ALL, "What the answer rests on")                                                                                                \
    X(rivals, ALL, "The rivals: other seats, the same money spent otherwise, or nothing")                                                    \
    X(mind, ALL, "What would change our mind")                                                                                               \
    X(against, ALL, "The strongest case against this hire")                                                                                  \
    X(debt, ALL, "Decision debt")                                                                                                            \
    X(sure, ALL, "How sure is this? Luck, simulation and ignorance")                                                                         \
    X(ignorance, ALL, "Does it hold if the assumptions are wrong?")                                                                          \
    X(organisations, ENGINEER, "The organisations, each living through the same worlds")                                                     \
    X(worth, ENGINEER, "What each part of the hire is worth here")                                                                           \
    X(nothing, ENGINEER, "What changed nothing here")                                                                                        \
    X(hours, ENGINEER, "How much of everybody\xe2\x80\x99s time may the hire cost?")                                                        \
    X(more, ENGINEER, "More pictures")                                                                                                       \
    X(assumptions, ENGINEER, "Assumptions")                                                                                                  \
    X(missing, ALL, "What is not modelled")                                                                                                  \
    X(again, ALL, "How to reproduce it")                                                                                                     \
    X(checks, ALL, "Appendix: the simulator held against what is known")

enum page_section {
#define X(id, whom, heading) PAGE_SECTION_##id,
    PAGE_SECTIONS(X)
#undef X
    PAGE_SECTION_COUNT
};

const char *page_parts_id(enum page_section section);
const char *page_parts_title(const struct finding *finding, enum page_section section);

/* Whether this page has the section. */
bool page_parts_has(const struct report_plan *plan, const struct finding *finding, enum page_section section);

/* How numbers are shown: to a director with two significant figures. */
int page_parts_flags(const struct report_plan *plan);

/* The rows of a run that stand for the standard rivals, by id; FINDING_NONE where it was not lived. */
size_t page_parts_arm(const struct finding *finding, const char *id);

/* <section> with its heading, until page_parts_close(). */
void page_parts_open(struct text *html, const struct finding *finding, enum page_section section);
void page_parts_close(struct text *html);

/* A table with a caption until page_parts_table_close(); columns: headings separated by |, those that begin with # hold numbers.
 * class may be "". */
void page_parts_table(struct text *html, const char *class, const char *caption, const char *columns);
void page_parts_table_close(struct text *html);

/* A figure under its question, with its caption; svg empty: it was not drawn, and the caption tells how. */
void page_parts_figure(struct text *html, const char *name, const char *question, const struct figure *figure, const struct text *svg);

/* The row of an organisation until </tr>: its label, and what its note says. */
void page_parts_row(struct text *html, const struct finding *finding, size_t row);

/* <td>s</td>; the same with an interval below it, where there is one; a change with its sign and interval. flags: enum shown_flags. */
void page_parts_cell(struct text *html, const char *s);
void page_parts_sure(struct text *html, struct shown number, struct interval_words interval);
void page_parts_interval(struct text *html, double value, double low, double high, int decimals, int flags);

/* page_arms.c */
void page_arms_write(struct text *html, const struct finding *finding);

/* page_case.c: the decision asked for; the money in three ledgers; decision debt */
void page_case_decision(struct text *html, const struct report_plan *plan, const struct finding *finding);
void page_case_money(struct text *html, const struct report_plan *plan, const struct finding *finding);
void page_case_debt(struct text *html, const struct report_plan *plan, const struct finding *finding);

/* page_rests.c: the assumptions that the answer rests on, with grade, source and owner */
void page_rests_write(struct text *html, const struct report_plan *plan, const struct finding *finding);

/* page_rivals.c */
void page_rivals_write(struct text *html, const struct report_plan *plan, const struct finding *finding);

/* page_mind.c: what would change our mind, what to watch by week 8, when to stop */
void page_mind_write(struct text *html, const struct report_plan *plan, const struct finding *finding);

/* page_against.c: the strongest case against; luck, simulation error and ignorance side by side */
void page_against_write(struct text *html, const struct report_plan *plan, const struct finding *finding);
void page_against_sure(struct text *html, const struct report_plan *plan, const struct finding *finding);

/* page_attribution.c: worth, nothing and hours; nothing at all without an attribution */
void page_attribution_write(struct text *html, const struct finding *finding, const struct orgsim_attribution *attribution);

/* page_ignorance.c: nothing at all without draws */
void page_ignorance_write(struct text *html, const struct finding *finding, const struct orgsim_ignorance *ignorance);

/* On the first screen: that what stands there lies outside eight in ten draws of what nobody knows; nothing when it does not. */
void page_ignorance_front(struct text *html, const struct finding *finding, const struct orgsim_ignorance *ignorance, int flags);

/* page_assumptions.c */
void page_assumptions_write(struct text *html, const struct finding *finding);

/* page_checks.c: whether the simulator was held against what is known; a sentence on that, or the command that does it; the appendix */
bool page_checks_has(const struct report_plan *plan);
void page_checks_sentence(struct text *html, const struct report_plan *plan);
void page_checks_write(struct text *html, const struct report_plan *plan, const struct finding *finding);

#endif
