/* sensitivity_together.c: the methods that move numbers together, as sentences and tables */
#include "report/sensitivity.h"

#include <math.h>

#include "report/conditions.h"
#include "report/quantity.h"
#include "report/sensitivity_method.h"

#define BY_CHANCE 0.05 /* of numbers that do nothing have an interval that leaves out zero */

static const struct orgsim_sensitivity_row *first_row(const struct sensitivity_report *r) { return &r->found->row[0]; }

static size_t count_inert(const struct sensitivity_report *r)
{
    size_t n = 0;
    for (size_t k = 0; k < r->found->n; k++) n += r->found->row[k].inert ? 1U : 0U;
    return n;
}

/* A share of the variance; an estimate may lie a little below nothing or above all. */
static struct shown share_of(double share)
{
    struct shown s = shown_number(100 * share, 0, 0);
    size_t n = 0;
    while (s.s[n]) n++;
    s.s[n] = '%';
    s.s[n + 1] = '\0';
    return s;
}

static struct shown plain_k(double k) { return shown_k(k, 0, 0); }

static void add_number(struct text *text, const struct orgsim_sensitivity_row *row)
{
    struct text range = {0};
    text_format(&range, "%s to %s", sensitivity_value(row, row->low, 0).s, sensitivity_value(row, row->high, 0).s);
    text_format(text, "%-24s %-19s", row->name, range.s ? range.s : "");
    text->failed |= range.failed;
    text_free(&range);
}

static void add_unit(struct text *text, const struct sensitivity_report *r, const struct orgsim_sensitivity_row *row)
{
    quantity_unit(text, r->scenario, row->unit);
    text_add(text, "\n");
}

/* Below every table: how it was drawn, and what a point's worlds leave open. */
static void add_design(struct text *text, const struct sensitivity_report *r, const char *drawn)
{
    const struct orgsim_sensitivity *s = r->found;
    struct text words = {0};
    text_format(&words, "%s %s points of %s worlds each, seed %llu%s. Over the points the change of mean net value is %s on average, "
                        "standard deviation %s; the worlds of a point leave it open by %s (standard error%s).",
                drawn, shown_number((double)s->points, 0, 0).s, shown_number((double)s->worlds, 0, 0).s, (unsigned long long)r->seed,
                s->method == ORGSIM_SENSITIVITY_sobol ? "" : ", the same worlds at every point", shown_k(s->outcome_mean, 0, SHOWN_SIGN).s, plain_k(s->outcome_sd).s, plain_k(s->point_se).s,
                s->method == ORGSIM_SENSITIVITY_sobol ? "" : ", much of it the same at all points");
    if (s->impossible > 0) text_format(&words, " %zu points were left out: the scenario forbids these numbers together.", s->impossible);
    sensitivity_wrapped(text, &words);
}

static void add_next(struct text *text, const struct sensitivity_report *r, const char *command, const char *option, const char *value)
{
    text_format(text, "Next  orgsim %s ", command);
    conditions_scenario(text, r->scenario);
    text_format(text, " %s %s\n", option, value);
}

static size_t shown_rows(const struct sensitivity_report *r, bool all)
{
    size_t n = r->found->n;
    return all || n < SENSITIVITY_ROWS_SHOWN ? n : SENSITIVITY_ROWS_SHOWN;
}

static void add_more(struct text *text, const struct sensitivity_report *r, bool all)
{
    size_t shown = shown_rows(r, all);
    if (shown < r->found->n) text_format(text, "%zu more with --verbose or --json\n", r->found->n - shown);
}

/* --- Morris -------------------------------------------------------------------------------------------------------------------------- */

void sensitivity_morris_title(struct text *text, const struct sensitivity_report *r, int flags)
{
    text_format(text, "%s moves the worth of ", first_row(r)->name);
    sensitivity_headline(text, r, flags);
    text_format(text, " most, wherever the other %zu numbers stand", r->found->n - 1);
}

void sensitivity_morris_table(struct text *text, const struct sensitivity_report *r, bool all)
{
    text_format(text, "%-24s %-19s %9s  %-20s %7s %9s %9s\n", "number", "range", "moves by", "(95% interval)", "luck", "on mean", "varies by");
    for (size_t k = 0; k < shown_rows(r, all); k++) {
        const struct orgsim_sensitivity_row *row = &r->found->row[k];
        struct text interval = {0};
        text_format(&interval, "(%s to %s)", plain_k(row->mu_star.ci_low).s, plain_k(row->mu_star.ci_high).s);
        add_number(text, row);
        text_format(text, " %9s  %-20s %7s %9s %9s", plain_k(row->mu_star.mean).s, interval.s ? interval.s : "", plain_k(row->luck).s,
                    shown_k(row->mu, 0, SHOWN_SIGN).s, plain_k(row->sigma).s);
        add_unit(text, r, row);
        text->failed |= interval.failed;
        text_free(&interval);
    }
    add_more(text, r, all);
}

void sensitivity_morris_rest(struct text *text, const struct sensitivity_report *r)
{
    struct text words = {0};
    text_format(&words, "%zu of %zu numbers change nothing at any point. \"Moves by\" is Morris's mu*, the mean size of the change while a number crosses its range and "
                        "the others stand anywhere, and \"luck\" what of that so few worlds would feign where there is nothing; \"on mean\" keeps the sign (mu); "
                        "\"varies by\" (sigma) is large where the change depends on the others, bends, or is luck.",
                count_inert(r), r->found->n);
    sensitivity_wrapped(text, &words);
    text_format(&words, "%zu trajectories,", r->found->size);
    add_design(text, r, words.s ? words.s : "");
    text_free(&words);
    add_next(text, r, "sensitivity", "--method sobol", "  (shares of the variance, alone and together)");
}

/* --- rank correlations --------------------------------------------------------------------------------------------------------------- */

void sensitivity_rank_title(struct text *text, const struct sensitivity_report *r, int flags)
{
    text_add(text, "The worth of ");
    sensitivity_headline(text, r, flags);
    text_format(text, " goes most with %s: rank correlation %s", first_row(r)->name, shown_number(first_row(r)->rho.mean, 2, flags | SHOWN_SIGN).s);
}

void sensitivity_rank_table(struct text *text, const struct sensitivity_report *r, bool all)
{
    text_format(text, "%-24s %-19s %17s  %s\n", "number", "range", "rank correlation", "(95% interval)");
    for (size_t k = 0; k < shown_rows(r, all); k++) {
        const struct orgsim_sensitivity_row *row = &r->found->row[k];
        add_number(text, row);
        text_format(text, " %17s  (%s to %s)", shown_number(row->rho.mean, 2, SHOWN_SIGN).s, shown_number(row->rho.ci_low, 2, SHOWN_SIGN).s,
                    shown_number(row->rho.ci_high, 2, SHOWN_SIGN).s);
        add_unit(text, r, row);
    }
    add_more(text, r, all);
}

void sensitivity_rank_rest(struct text *text, const struct sensitivity_report *r)
{
    struct text words = {0};
    size_t clear = 0;
    for (size_t k = 0; k < r->found->n; k++) clear += r->found->row[k].rho.ci_low > 0 || r->found->row[k].rho.ci_high < 0 ? 1U : 0U;
    text_format(&words, "The intervals of %zu of %zu numbers leave out zero; about %s would do so by chance if none mattered. Spearman's correlation sees what rises or falls "
                        "throughout, not what turns in between.",
                clear, r->found->n, shown_number(BY_CHANCE * (double)r->found->n, 0, 0).s);
    sensitivity_wrapped(text, &words);
    add_design(text, r, "A Latin hypercube over all numbers by their distributions,");
    add_next(text, r, "sensitivity", "--method sobol", "  (shares of the variance, alone and together)");
}

/* --- Sobol --------------------------------------------------------------------------------------------------------------------------- */

void sensitivity_sobol_title(struct text *text, const struct sensitivity_report *r, int flags)
{
    const struct orgsim_sensitivity_row *row = first_row(r);
    if (!(r->found->outcome_sd > 0)) {
        text_add(text, "Luck hides whatever moves the worth of ");
        sensitivity_headline(text, r, flags);
        return;
    }
    text_format(text, "%s alone brings %s of what is uncertain about ", row->name, share_of(row->first.mean).s);
    sensitivity_headline(text, r, flags);
    /* Luck can put the estimate of the whole below that of its part; such a pair says only that nothing is added. */
    if (row->total.mean > row->first.mean) text_format(text, ", together with others %s", share_of(row->total.mean).s);
}

static void add_share(struct text *text, const struct orgsim_estimate *e)
{
    struct text interval = {0};
    text_format(&interval, "(%s to %s)", share_of(e->ci_low).s, share_of(e->ci_high).s);
    text_format(text, " %8s  %-15s", share_of(e->mean).s, interval.s ? interval.s : "");
    text->failed |= interval.failed;
    text_free(&interval);
}

void sensitivity_sobol_table(struct text *text, const struct sensitivity_report *r, bool all)
{
    (void)all; /* there are few rows */
    text_format(text, "%-24s %-19s %8s  %-15s %8s  %s\n", "number", "range", "alone", "(95% interval)", "in all", "(95% interval)");
    for (size_t k = 0; k < r->found->n; k++) {
        const struct orgsim_sensitivity_row *row = &r->found->row[k];
        add_number(text, row);
        add_share(text, &row->first);
        add_share(text, &row->total);
        if (orgsim_sensitivity_interacts(row)) text_add(text, " acts with others");
        add_unit(text, r, row);
    }
}

/* One at a time misleads where a number counts for more beside the others than alone. */
static void add_interactions(struct text *words, const struct sensitivity_report *r)
{
    double alone = 0;
    size_t n = 0;
    if (!(r->found->outcome_sd > 0)) {
        text_add(words, "No share stands out from luck at so many worlds: live more with -n. ");
        return;
    }
    for (size_t k = 0; k < r->found->n; k++) {
        const struct orgsim_sensitivity_row *row = &r->found->row[k];
        alone += row->first.mean;
        if (!orgsim_sensitivity_interacts(row)) continue;
        text_format(words, "%s%s (%s alone, %s in all)", n++ == 0 ? "Moving one number at a time misleads about " : ", ", row->name, share_of(row->first.mean).s,
                    share_of(row->total.mean).s);
    }
    if (n > 0) text_add(words, ": how much it matters depends on the others. ");
    else text_add(words, "No number counts clearly for more together with the others than alone, at so many points. ");
    text_format(words, "Alone, all of them together bring %s of the variance. ", share_of(alone).s);
}

void sensitivity_sobol_rest(struct text *text, const struct sensitivity_report *r)
{
    const struct orgsim_sensitivity *s = r->found;
    struct text words = {0};
    add_interactions(&words, r);
    text_format(&words, "These %zu of %zu numbers had the largest effects in a screening; the others stay as they are, so the shares are of what these %zu leave uncertain.",
                s->n, s->considered, s->n);
    sensitivity_wrapped(text, &words);
    text_format(&words, "The luck of the worlds is taken out of the shares. %zu Sobol points in %d shifted copies, each on worlds of its own, and the screening:", s->size, ORGSIM_SENSITIVITY_COPIES);
    add_design(text, r, words.s ? words.s : "");
    text_free(&words);
    add_next(text, r, "breakeven", "--over", first_row(r)->name);
}
