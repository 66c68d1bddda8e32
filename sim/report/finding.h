/* finding.h: what a run found, in the numbers that will be shown
 *
 * One place decides the verdict, the rows of the table, the break-even and the words of the sentence; terminal, page, figures and JSON
 * repeat it.
 */
#ifndef ORGSIM_REPORT_FINDING_H
#define ORGSIM_REPORT_FINDING_H

#include <stdbool.h>

#include "base/summary.h"
#include "report/report.h"
#include "report/shown.h"
#include "scenario/scenario.h"

#define FINDING_NONE ((size_t)-1)
#define FINDING_BENEFIT_LOAD 1.43 /* loaded cost over salary where the scenario does not say it, as the engine prices seats */

/* Money in thousands of the currency, already rounded; shares 0..1; weeks to one decimal. */
struct finding {
    const struct orgsim_scenario *scenario;
    const struct orgsim_results *results;
    size_t baseline, headline;             /* rows */
    size_t rival;                          /* row of the best rival, or FINDING_NONE */
    size_t better;                         /* row of whatever beats the headline arm on the mean, or FINDING_NONE */
    size_t open;                           /* row of what leads or follows it by less than chance explains, or FINDING_NONE */
    enum report_verdict verdict;
    bool hire;                             /* the headline arm has delivery seats that the baseline has not */
    bool interrupted;
    double npv_difference, npv_low, npv_high, npv_half_width;
    double p20, p20_baseline, loss, loss_baseline;
    double p80, p80_baseline, p80_gap;     /* weeks; the gap is NAN unless both are finite */
    double finish, finish_low, finish_high; /* over worlds in which both complete; NAN if none */
    double rescued, lost;
    bool break_even_defined;
    size_t n_seats;                        /* delivery seats that the headline arm adds */
    double break_even, break_even_low, break_even_high, planned; /* k a week, of all these seats, loaded */
    double break_even_year;                /* k a year, 52 times the displayed week */
    double break_even_salary;              /* k a year before benefits; NAN when the load is unknown or there are several seats */
};

void finding_of(struct finding *finding, const struct orgsim_scenario *scenario, const struct orgsim_results *results, bool interrupted);

/* One world has no interval. */
bool finding_has_interval(const struct finding *finding);

/* The headline arm competes with everything else that was lived: the one of them with the highest mean net value; FINDING_NONE. */
size_t finding_alternative(const struct finding *finding);
bool finding_is_alternative(const struct finding *finding, size_t row);

/* There is nothing to compare the baseline with: the headline is the baseline. */
bool finding_is_alone(const struct finding *finding);

/* An interruption came before the parts of the hire could be valued. */
bool finding_cut_short(const struct finding *finding, const struct orgsim_attribution *attribution);

/* Label of a row, its id when it has none; owned by the scenario. */
const char *finding_label(const struct finding *finding, size_t row);
const char *finding_id(const struct finding *finding, size_t row);

/* Rows of the table in the order of the run: all, or baseline, coordinator, costume, tpm, headline and the best rival (all when six or fewer).
 * rows has room for n_arms; returns how many. */
size_t finding_rows(const struct finding *finding, bool all, size_t *rows);

/* Whether a row is one of the organisations that spend the money otherwise, or nothing. */
bool finding_is_rival(const struct finding *finding, size_t row);

/* Net value of the headline arm against the baseline: where its interval lies. */
enum report_verdict finding_verdict(const struct orgsim_results *results);

/* "Do not hire", "Hire", "The hire pays, but another way pays more", "The hire pays, and another way may pay more", "Undecided", "No difference" or, where no delivery seat is at stake, the same of a
 * change. */
const char *finding_verdict_words(const struct finding *finding);

/* First sentence: verdict, mean difference and interval. Second: the downside. flags: enum shown_flags. Plain text, labels in quotes. */
void finding_sentence(struct text *text, const struct finding *finding, int flags);
void finding_downside(struct text *text, const struct finding *finding, int flags);

/* What would have to be true: the highest cost of the seat at which the mean difference of net value is zero. */
void finding_break_even(struct text *text, const struct finding *finding, int flags);

/* A command worth running next, and why. */
void finding_next(struct text *command, struct text *why, const struct finding *finding, uint64_t worlds);

/* Delivery seats of a row, and their full-time equivalent. */
size_t finding_delivery_seats(const struct finding *finding, size_t row, double *fte);

/* Summary of a metric of a row, comparison of a metric of a row. */
const struct orgsim_summary *finding_summary(const struct finding *finding, size_t row, enum orgsim_metric metric);
const struct orgsim_comparison *finding_comparison(const struct finding *finding, size_t row, enum orgsim_metric metric);

/* Places of the levels in orgsim_quantile_levels. */
enum { FINDING_P05, FINDING_P10, FINDING_P20, FINDING_P25, FINDING_P50, FINDING_P75, FINDING_P80, FINDING_P90, FINDING_P95 };

#endif
