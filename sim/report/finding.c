/* finding.c: what a run found, in the numbers that will be shown */
#include "report/finding.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/conditions.h"
#include "report/interval.h"

/* Arms of the standard names that spend the money differently, or nothing; other names are compared in the table only. */
static const char *const rival_ids[] = {"engineer", "em_takes", "pm_takes", "decouple"};

/* Arms that the short table always shows. */
static const char *const shown_ids[] = {"coordinator", "costume", "tpm"};

static bool among(const char *id, const char *const *ids, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(id, ids[i]) == 0) return true;
    }
    return false;
}

const struct orgsim_summary *finding_summary(const struct finding *f, size_t row, enum orgsim_metric metric)
{
    return &f->results->summary[row * ORGSIM_METRIC_COUNT + (size_t)metric];
}

const struct orgsim_comparison *finding_comparison(const struct finding *f, size_t row, enum orgsim_metric metric)
{
    return &f->results->comparison[row * ORGSIM_METRIC_COUNT + (size_t)metric];
}

static const struct scenario_arm *arm_of(const struct finding *f, size_t row) { return &f->scenario->arms[f->results->arm[row]]; }

const char *finding_id(const struct finding *f, size_t row) { return arm_of(f, row)->id; }

const char *finding_label(const struct finding *f, size_t row)
{
    const struct scenario_arm *arm = arm_of(f, row);
    return arm->label && *arm->label ? arm->label : arm->id;
}

static double mean_npv(const struct finding *f, size_t row) { return finding_summary(f, row, ORGSIM_METRIC_npv_k)->mean; }

static double half_width(const struct finding *f, size_t row)
{
    const struct orgsim_comparison *npv = finding_comparison(f, row, ORGSIM_METRIC_npv_k);
    return (npv->ci_high - npv->ci_low) / 2;
}

bool finding_is_alternative(const struct finding *f, size_t row) { return row != f->headline && row != f->baseline; }

/* Of the alternatives, or of the rivals among them. */
static size_t best_of(const struct finding *f, bool rivals)
{
    size_t best = FINDING_NONE;
    for (size_t row = 0; row < f->results->n_arms; row++) {
        if (!finding_is_alternative(f, row) || (rivals && !finding_is_rival(f, row))) continue;
        if (best == FINDING_NONE || mean_npv(f, row) > mean_npv(f, best)) best = row;
    }
    return best;
}

size_t finding_alternative(const struct finding *f) { return best_of(f, false); }

bool finding_has_interval(const struct finding *f) { return isfinite(f->npv_half_width); }

bool finding_cut_short(const struct finding *f, const struct orgsim_attribution *attribution)
{
    return f->interrupted && f->hire && attribution && attribution->worlds == 0;
}

/* In every single world. */
static bool is_same(const struct finding *f)
{
    const struct orgsim_comparison *npv = finding_comparison(f, f->headline, ORGSIM_METRIC_npv_k);
    return f->verdict == VERDICT_UNDECIDED && npv->mean_difference == 0 && npv->ci_low == 0 && npv->ci_high == 0;
}

/* Of all that were lived, what does better than the headline arm, and what may: the two are compared by way of the baseline, so a lead counts only beyond the
 * wider of their intervals. */
static void leads_of(struct finding *f)
{
    size_t best = finding_alternative(f);
    f->better = f->open = FINDING_NONE;
    if (best == FINDING_NONE || finding_is_alone(f)) return;
    double lead = mean_npv(f, best) - mean_npv(f, f->headline), chance = fmax(half_width(f, f->headline), half_width(f, best));
    if (lead > chance) f->better = best;
    else if (lead > -chance) f->open = best;
}

size_t finding_delivery_seats(const struct finding *f, size_t row, double *fte)
{
    const struct scenario_arm *arm = arm_of(f, row);
    size_t n = 0;
    *fte = 0;
    for (size_t q = 0; q < arm->n_seats; q++) {
        struct scenario_cell cell = arm->seats[q].fte;
        if (arm->seats[q].role == ROLE_PM) continue;
        *fte += cell.assumption >= 0 ? assumptions_get(&f->scenario->assumptions, cell.assumption) : cell.value;
        n++;
    }
    return n;
}

/* The mean difference of net value falls by the mean of the paid weeks for each k that a full-time week costs more, so the cost at which it is
 * zero is known in closed form. */
static void break_even(struct finding *f)
{
    double fte, fte_baseline;
    size_t n = finding_delivery_seats(f, f->headline, &fte), n_baseline = finding_delivery_seats(f, f->baseline, &fte_baseline);
    const struct orgsim_comparison *npv = finding_comparison(f, f->headline, ORGSIM_METRIC_npv_k);
    double weeks = finding_comparison(f, f->headline, ORGSIM_METRIC_delivery_seat_weeks)->mean_difference;
    f->hire = n > n_baseline;
    f->n_seats = f->hire ? n - n_baseline : 0;
    f->break_even_salary = (double)NAN;
    f->break_even_defined = f->hire && fte > fte_baseline && weeks > 0;
    if (!f->break_even_defined) return;

    double share = fte - fte_baseline;
    double planned = f->results->seat_cost_per_week_k[f->headline] - f->results->seat_cost_per_week_k[f->baseline];
    f->planned = shown_round(planned, 1);
    f->break_even = shown_round(planned + share * npv->mean_difference / weeks, 1);
    f->break_even_low = shown_round(planned + share * npv->ci_low / weeks, 1);
    f->break_even_high = shown_round(planned + share * npv->ci_high / weeks, 1);
    f->break_even_year = shown_round(52 * f->break_even, 0);
    double load = f->scenario->money.benefit_load;
    if (isnan(load)) load = FINDING_BENEFIT_LOAD;
    if (f->n_seats == 1 && share == 1 && load > 0) f->break_even_salary = shown_round(52 * f->break_even / load, 0);
}

enum report_verdict finding_verdict(const struct orgsim_results *results)
{
    const struct orgsim_comparison *npv = &results->comparison[results->headline * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k];
    if (results->headline == results->baseline) return VERDICT_NO_RIVAL;
    if (npv->ci_low > 0) return VERDICT_PAYS;
    if (npv->ci_high < 0) return VERDICT_COSTS;
    return VERDICT_UNDECIDED;
}

static void finish_of(struct finding *f)
{
    const struct orgsim_comparison *finish = finding_comparison(f, f->headline, ORGSIM_METRIC_finish_week);
    double half = SUMMARY_Z95 * finish->both_complete_se;
    f->finish = shown_round(finish->both_complete_difference, 1);
    f->finish_low = shown_round(finish->both_complete_difference - half, 1);
    f->finish_high = shown_round(finish->both_complete_difference + half, 1);
    f->rescued = finish->rescued_share;
    f->lost = finish->lost_share;
    f->p80 = shown_round(finding_summary(f, f->headline, ORGSIM_METRIC_finish_week)->quantile[FINDING_P80], 1);
    f->p80_baseline = shown_round(finding_summary(f, f->baseline, ORGSIM_METRIC_finish_week)->quantile[FINDING_P80], 1);
    f->p80_gap = isfinite(f->p80) && isfinite(f->p80_baseline) ? shown_round(f->p80 - f->p80_baseline, 1) : (double)NAN;
}

void finding_of(struct finding *f, const struct orgsim_scenario *scenario, const struct orgsim_results *results, bool interrupted)
{
    *f = (struct finding){.scenario = scenario, .results = results, .baseline = results->baseline, .headline = results->headline};
    f->interrupted = interrupted;
    f->verdict = finding_verdict(results);
    const struct orgsim_comparison *npv = finding_comparison(f, f->headline, ORGSIM_METRIC_npv_k);
    f->npv_difference = shown_round(shown_round(mean_npv(f, f->headline), 0) - shown_round(mean_npv(f, f->baseline), 0), 0);
    f->npv_low = shown_round(npv->ci_low, 0);
    f->npv_high = shown_round(npv->ci_high, 0);
    f->npv_half_width = shown_round(half_width(f, f->headline), 0);
    f->p20 = shown_round(finding_summary(f, f->headline, ORGSIM_METRIC_npv_k)->quantile[FINDING_P20], 0);
    f->p20_baseline = shown_round(finding_summary(f, f->baseline, ORGSIM_METRIC_npv_k)->quantile[FINDING_P20], 0);
    f->loss = results->npv_loss_probability[f->headline];
    f->loss_baseline = results->npv_loss_probability[f->baseline];
    f->rival = best_of(f, true);
    leads_of(f);
    finish_of(f);
    break_even(f);
}

bool finding_is_rival(const struct finding *f, size_t row)
{
    return finding_is_alternative(f, row) && among(finding_id(f, row), rival_ids, sizeof rival_ids / sizeof *rival_ids);
}

size_t finding_rows(const struct finding *f, bool all, size_t *rows)
{
    size_t n = 0;
    for (size_t row = 0; row < f->results->n_arms; row++) {
        bool shown = all || f->results->n_arms <= 6 || row == f->baseline || row == f->headline || row == f->rival;
        if (shown || among(finding_id(f, row), shown_ids, sizeof shown_ids / sizeof *shown_ids)) rows[n++] = row;
    }
    return n;
}

const char *finding_verdict_words(const struct finding *f)
{
    switch (f->verdict) {
    case VERDICT_PAYS:
        if (f->better != FINDING_NONE) return f->hire ? "The hire pays, but another way pays more" : "The change pays, but another way pays more";
        if (f->open != FINDING_NONE) return f->hire ? "The hire pays, and another way may pay more" : "The change pays, and another way may pay more";
        return f->hire ? "Hire" : "Change";
    case VERDICT_COSTS: return f->hire ? "Do not hire" : "Do not change";
    case VERDICT_UNDECIDED: return is_same(f) ? "No difference" : "Undecided";
    case VERDICT_NO_RIVAL: break;
    }
    return "Nothing to compare";
}

bool finding_is_alone(const struct finding *f) { return f->verdict == VERDICT_NO_RIVAL; }

void finding_sentence(struct text *text, const struct finding *f, int flags)
{
    const char *currency = f->scenario->settings.currency;
    struct shown_label headline = shown_label(finding_label(f, f->headline)), baseline = shown_label(finding_label(f, f->baseline));
    const char *with = headline.s, *without = baseline.s;
    if (finding_is_alone(f) && f->results->n_arms == 1) {
        text_format(text, "Nothing to compare: only \"%s\" was lived.", without);
        return;
    }
    if (finding_is_alone(f)) {
        text_format(text, "Nothing to compare: the headline organisation did not stand beside \"%s\".", without);
        return;
    }
    if (is_same(f)) {
        text_format(text, "No difference: net value under \"%s\" is that under \"%s\" in every world.", with, without);
        return;
    }
    text_format(text, "%s%s: ", finding_verdict_words(f), f->verdict == VERDICT_PAYS ? ", if these assumptions hold" : "");
    if (!finding_has_interval(f)) {
        text_format(text, "against \"%s\", \"%s\" changes net value by %s %s in the one world that was lived, and one world has no interval.",
                    without, with, currency, shown_k(f->npv_difference, 0, flags | SHOWN_SIGN).s);
        return;
    }
    text_format(text, "against \"%s\", \"%s\" changes mean net value by %s %s (95%% interval %s to %s", without, with, currency,
                shown_k(f->npv_difference, 0, flags | SHOWN_SIGN).s, shown_k(f->npv_low, 0, flags | SHOWN_SIGN).s,
                shown_k(f->npv_high, 0, flags | SHOWN_SIGN).s);
    text_add(text, f->verdict == VERDICT_UNDECIDED ? ", which covers zero)." : ").");
}

/* A run that lives schedules only has no money in it. */
static bool without_money(const struct finding *f)
{
    return mean_npv(f, f->headline) == 0 && f->p20 == 0 && f->loss == 0;
}

void finding_downside(struct text *text, const struct finding *f, int flags)
{
    if (finding_is_alone(f) && without_money(f) && isfinite(f->p80)) {
        text_format(text, "Four programs in five under \"%s\" end by week %s; no money changes hands in this run.",
                    shown_label(finding_label(f, f->headline)).s, shown_number(f->p80, 1, flags).s);
        return;
    }
    struct interval_words p20 = interval_k(interval_quantile(f, f->headline, ORGSIM_METRIC_npv_k, FINDING_P20), 0, flags),
                          loss = interval_percent(interval_share(f, f->loss), flags);
    text_format(text, "One program in five under \"%s\" ends at or below %s %s%s%s%s, and %s (%s) lose money", shown_label(finding_label(f, f->headline)).s,
                f->scenario->settings.currency, shown_k(f->p20, 0, flags).s, *p20.s ? " (95% interval " : "", p20.s, *p20.s ? ")" : "", shown_share(f->loss, flags).s, loss.s);
    if (!finding_is_alone(f))
        text_format(text, " (under \"%s\": %s, %s)", shown_label(finding_label(f, f->baseline)).s, shown_k(f->p20_baseline, 0, flags).s,
                    shown_share(f->loss_baseline, flags).s);
    text_add(text, ".");
    size_t row = f->better != FINDING_NONE ? f->better : f->verdict == VERDICT_PAYS ? f->open : FINDING_NONE;
    if (row == FINDING_NONE) return;
    double change = shown_round(shown_round(mean_npv(f, row), 0) - shown_round(mean_npv(f, f->baseline), 0), 0);
    if (change <= 0) return; /* doing nothing is better still */
    text_format(text, f->better != FINDING_NONE ? " On the mean, \"%s\" does better than \"%s\": %s." : " \"%s\" cannot be told from \"%s\": %s.",
                shown_label(finding_label(f, row)).s, shown_label(finding_label(f, f->headline)).s, shown_k(change, 0, flags | SHOWN_SIGN).s);
}

struct interval {
    char s[2 * sizeof(struct shown) + 32];
};

/* Nothing where there is one world. */
static struct interval break_even_interval(const struct finding *f, const char *then, int flags)
{
    struct interval words = {""};
    if (finding_has_interval(f))
        snprintf(words.s, sizeof words.s, "95%% interval %s to %s%s", shown_k(f->break_even_low, 1, flags).s,
                 shown_k(f->break_even_high, 1, flags).s, then);
    return words;
}

/* A hire whose seats were not lived: a frictionless program has none. */
static bool without_seats(const struct finding *f) { return f->hire && !f->break_even_defined; }

void finding_break_even(struct text *text, const struct finding *f, int flags)
{
    const char *currency = f->scenario->settings.currency, *seat = f->n_seats == 1 ? "the seat" : "the seats together";
    if (without_seats(f)) {
        text_format(text, "no break-even: the seats of \"%s\" had no part in this run.", shown_label(finding_label(f, f->headline)).s);
        return;
    }
    if (!f->break_even_defined) {
        text_format(text, "no break-even: \"%s\" adds no paid delivery seat to \"%s\".", shown_label(finding_label(f, f->headline)).s,
                    shown_label(finding_label(f, f->baseline)).s);
        return;
    }
    if (f->break_even <= 0) {
        text_format(text, "%s would not pay even for nothing: the break-even is %s %s a week (%splanned %s).", seat, currency,
                    shown_k(f->break_even, 1, flags).s, break_even_interval(f, ", ", flags).s, shown_k(f->planned, 1, flags).s);
        return;
    }
    text_format(text, "the hire pays while %s cost%s less than %s %s a week (%splanned %s), %s a year loaded", seat,
                f->n_seats == 1 ? "s" : "", currency, shown_k(f->break_even, 1, flags).s, break_even_interval(f, "; ", flags).s, shown_k(f->planned, 1, flags).s, shown_k(f->break_even_year, 0, flags).s);
    if (isfinite(f->break_even_salary)) text_format(text, ", a salary of %s", shown_k(f->break_even_salary, 0, flags).s);
    text_add(text, ".");
}

/* Worlds at which an interval of the present width would shrink to the present difference, with a fifth to spare, in whole thousands. */
static double worlds_to_decide(const struct finding *f, uint64_t worlds)
{
    const struct orgsim_comparison *npv = finding_comparison(f, f->headline, ORGSIM_METRIC_npv_k);
    double ratio = (npv->ci_high - npv->ci_low) / 2 / fabs(npv->mean_difference);
    double needed = 1.2 * ratio * ratio * (double)worlds;
    return isfinite(needed) ? 1000 * ceil(needed / 1000) : (double)INFINITY;
}

/* The user has said what the seat costs everyone else: another value of it would contradict the command that was typed. */
static bool has_set_h_seat(const struct finding *f)
{
    const char *source = f->scenario->assumption_source[ASSUMPTION_h_seat];
    return source && strcmp(source, "--set") == 0;
}

void finding_next(struct text *command, struct text *why, const struct finding *f, uint64_t worlds)
{
    double needed = worlds_to_decide(f, worlds);
    bool as_it_stands = !finding_is_alone(f) && is_same(f) && without_seats(f), decided = f->verdict == VERDICT_PAYS || f->verdict == VERDICT_COSTS;
    bool others = f->better != FINDING_NONE && f->results->n_arms < f->scenario->n_arms, where = decided && !others && has_set_h_seat(f);
    text_format(command, "orgsim %s ", where ? "breakeven" : "run");
    if (as_it_stands) shown_shell(command, f->scenario->path);
    else conditions_scenario(command, f->scenario);
    if (finding_is_alone(f) && f->scenario->n_arms == 1) {
        text_add(why, "once arms.csv names a second organisation to compare");
    } else if (finding_is_alone(f)) {
        text_add(why, "compares the organisations of the scenario");
    } else if (as_it_stands) {
        text_add(why, "with all that seats are there for");
    } else if (others) {
        text_add(command, " --arms all");
        text_add(why, "which of all organisations of the scenario pays most?");
    } else if (where) {
        text_add(command, " --over h_seat");
        text_add(why, "how many hours may the seat cost every engineer?");
    } else if (f->verdict == VERDICT_UNDECIDED && !finding_has_interval(f)) {
        text_add(command, " -n 1000");
        text_add(why, "one world has no interval; more worlds have one");
    } else if (is_same(f)) {
        text_add(command, " --set h_seat=3");
        text_add(why, "more worlds will not tell them apart; what the seat costs everyone else may");
    } else if (f->verdict == VERDICT_UNDECIDED && needed <= 1e7) {
        text_format(command, " -n %.0f", needed);
        text_add(why, "worlds enough to decide, if the true difference is the one seen");
    } else if (f->verdict == VERDICT_UNDECIDED) {
        text_add(command, " --set h_seat=0");
        text_add(why, "more worlds will not decide it; what the seat costs everyone else may");
    } else if (f->verdict == VERDICT_COSTS) {
        text_add(command, " --set h_seat=0");
        text_add(why, "does it pay if the seat costs nobody else an hour?");
    } else {
        text_add(command, " --set h_seat=3");
        text_add(why, "does it still pay if the seat costs every engineer 3 hours a week?");
    }
}
