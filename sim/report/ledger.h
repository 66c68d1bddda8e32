/* ledger.h: the change of net value, in three ledgers that add up to it
 *
 *     burn           what is spent: pay of the seats, pay of everybody else for more or fewer weeks, both discounted
 *     cost of delay  what time is worth: penalties of late work, and the value of programs that finish under both organisations
 *     benefit        the value of programs that finish under one of the two only
 *
 * All are means over pairs of worlds, headline less baseline, in k; above zero is good. Which programs finish under one only depends on the
 * two having the same luck. Nothing soft (morale, hours freed, people who stay) is counted: what it does to time and money is in the lines
 * already.
 */
#ifndef ORGSIM_REPORT_LEDGER_H
#define ORGSIM_REPORT_LEDGER_H

#include "report/finding.h"

enum ledger_book { LEDGER_BURN, LEDGER_DELAY, LEDGER_BENEFIT, LEDGER_BOOKS };

/* X(id, book, what it is) */
#define LEDGER_LINES(X)                                                                                                                      \
    X(seats, BURN, "pay and replacement of the seats")                                                                                       \
    X(staff, BURN, "pay of everybody else, for fewer or more weeks")                                                                         \
    X(discount, BURN, "spending counts less the later it comes; and what rounding leaves")                                                   \
    X(penalties, DELAY, "penalties of work that is late or cut")                                                                             \
    X(sooner, DELAY, "value of programs that finish under both, sooner or later and with more or less in them")                              \
    X(rescued, BENEFIT, "value of programs that finish under one of the two only")

enum ledger_line {
#define X(id, book, what) LEDGER_##id,
    LEDGER_LINES(X)
#undef X
    LEDGER_COUNT
};

struct ledger {
    double line[LEDGER_COUNT];
    double book[LEDGER_BOOKS]; /* sums of their lines */
    double total;              /* of all; the change of mean net value */
    double no_delay;           /* the total with the cost of delay at zero */
    double haircut;            /* the total with cost of delay and benefit cut by half, and burn in full */
};

/* Lines are rounded to the place of the last figure that `total` shows, so that a column adds up to what is said elsewhere.
 * two: the total has two significant figures. */
void ledger_of(struct ledger *ledger, const struct finding *finding, bool two);

enum ledger_book ledger_book_of(enum ledger_line line);
const char *ledger_line_words(enum ledger_line line);
const char *ledger_book_words(enum ledger_book book);

#endif
