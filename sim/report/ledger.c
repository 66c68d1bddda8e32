/* ledger.c: the change of net value, in three ledgers that add up to it */
#include "report/ledger.h"

#include <math.h>

enum ledger_book ledger_book_of(enum ledger_line line)
{
    static const enum ledger_book books[] = {
#define X(id, book, what) LEDGER_##book,
        LEDGER_LINES(X)
#undef X
    };
    return books[line];
}

const char *ledger_line_words(enum ledger_line line)
{
    static const char *const words[] = {
#define X(id, book, what) what,
        LEDGER_LINES(X)
#undef X
    };
    return words[line];
}

const char *ledger_book_words(enum ledger_book book)
{
    static const char *const words[] = {[LEDGER_BURN] = "Burn", [LEDGER_DELAY] = "Cost of delay", [LEDGER_BENEFIT] = "Benefit"};
    return words[book];
}

static double change(const struct finding *f, enum orgsim_metric metric) { return finding_comparison(f, f->headline, metric)->mean_difference; }

/* Share of worlds that finish under both. */
static double both_share(const struct finding *f)
{
    double finishes = 1 - finding_summary(f, f->baseline, ORGSIM_METRIC_cancelled)->mean - finding_summary(f, f->baseline, ORGSIM_METRIC_censored)->mean;
    return fmax(0, finishes - f->lost);
}

static void exact_lines(double *line, const struct finding *f)
{
    double value = change(f, ORGSIM_METRIC_value_k), penalties = change(f, ORGSIM_METRIC_penalties_k);
    double both = finding_comparison(f, f->headline, ORGSIM_METRIC_value_k)->both_complete_difference;
    line[LEDGER_seats] = -change(f, ORGSIM_METRIC_seat_cost_k);
    line[LEDGER_staff] = -(change(f, ORGSIM_METRIC_cost_without_seats_k) - penalties);
    line[LEDGER_penalties] = -penalties;
    line[LEDGER_sooner] = isfinite(both) ? both * both_share(f) : 0;
    line[LEDGER_rescued] = value - line[LEDGER_sooner];
}

/* A whole k, or what the second figure of the total counts. */
static double place_of(double total, bool two)
{
    return two && fabs(total) >= 10 ? pow(10, floor(log10(fabs(total))) - 1) : 1;
}

void ledger_of(struct ledger *ledger, const struct finding *f, bool two)
{
    *ledger = (struct ledger){.total = two ? shown_two(f->npv_difference, 0) : f->npv_difference};
    double unit = place_of(ledger->total, two), rest = ledger->total;
    exact_lines(ledger->line, f);
    for (int l = 0; l < LEDGER_COUNT; l++) {
        if (l == LEDGER_discount) continue;
        ledger->line[l] = shown_round(round(ledger->line[l] / unit) * unit, 0);
        rest -= ledger->line[l];
    }
    ledger->line[LEDGER_discount] = shown_round(rest, 0);
    for (int l = 0; l < LEDGER_COUNT; l++) ledger->book[ledger_book_of((enum ledger_line)l)] += ledger->line[l];
    ledger->no_delay = shown_round(ledger->total - ledger->book[LEDGER_DELAY], 0);
    ledger->haircut = shown_round(ledger->book[LEDGER_BURN] + (ledger->book[LEDGER_DELAY] + ledger->book[LEDGER_BENEFIT]) / 2, 0);
}
