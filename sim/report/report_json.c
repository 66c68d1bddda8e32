/* report_json.c: the results of a run for programs */
#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "report/break_even.h"
#include "report/ignorance.h"
#include "report/interval.h"
#include "report/manifest.h"
#include "report/tables.h"

static const char *const verdict_names[] = {
    [VERDICT_PAYS] = "pays", [VERDICT_COSTS] = "costs", [VERDICT_UNDECIDED] = "undecided", [VERDICT_NO_RIVAL] = "no_rival"};

/* Sets a key to a new value; false when either could not be made. */
static bool put(json_t *object, const char *key, json_t *value) { return object && value && json_object_set_new(object, key, value) == 0; }

/* The same for the two ends of an interval: NAME_ci_low, NAME_ci_high. */
static bool put_interval(json_t *object, const char *name, struct orgsim_interval interval)
{
    char low[64], high[64];
    snprintf(low, sizeof low, "%s_ci_low", name);
    snprintf(high, sizeof high, "%s_ci_high", name);
    return put(object, low, manifest_number(interval.low)) && put(object, high, manifest_number(interval.high));
}

static bool put_shift(json_t *object, const char *level, const struct orgsim_shift *shift)
{
    char name[64];
    snprintf(name, sizeof name, "%s_difference", level);
    return put(object, name, manifest_number(shift->difference)) && put_interval(object, level, (struct orgsim_interval){shift->ci_low, shift->ci_high});
}

static json_t *metric_json(const struct orgsim_summary *s)
{
    json_t *metric = json_object();
    bool good = put(metric, "mean", manifest_number(s->mean)) && put(metric, "se", manifest_number(s->se));
    for (int q = 0; good && q < ORGSIM_QUANTILES; q++) good = put(metric, tables_levels[q], manifest_number(s->quantile[q]));
    for (int q = 0; good && q < ORGSIM_QUANTILES; q++)
        good = put_interval(metric, tables_levels[q], (struct orgsim_interval){s->quantile_low[q], s->quantile_high[q]});
    if (good) return metric;
    json_decref(metric);
    return NULL;
}

static json_t *arm_json(const struct finding *f, size_t row)
{
    json_t *arm = json_object(), *metrics = json_object();
    bool good = metrics != NULL;
    for (int m = 0; good && m < ORGSIM_METRIC_COUNT; m++) {
        good = put(metrics, orgsim_metric_info((enum orgsim_metric)m)->id, metric_json(finding_summary(f, row, (enum orgsim_metric)m)));
    }
    const char *note = f->results->arm_note ? f->results->arm_note[row] : NULL;
    good = good && put(arm, "arm", json_string(finding_id(f, row))) && put(arm, "label", json_string(finding_label(f, row))) &&
           put(arm, "note", note ? json_string(note) : json_null()) &&
           put(arm, "loss_probability", manifest_number(f->results->npv_loss_probability[row])) &&
           put_interval(arm, "loss_probability", interval_share(f, f->results->npv_loss_probability[row])) &&
           put_interval(arm, "on_time", interval_share(f, finding_summary(f, row, ORGSIM_METRIC_on_time)->mean)) &&
           put(arm, "censored_share", manifest_number(finding_summary(f, row, ORGSIM_METRIC_censored)->mean)) &&
           put(arm, "cancelled_share", manifest_number(finding_summary(f, row, ORGSIM_METRIC_cancelled)->mean)) &&
           put(arm, "metrics", json_incref(metrics));
    json_decref(metrics);
    if (good) return arm;
    json_decref(arm);
    return NULL;
}

static json_t *comparison_json(const struct finding *f, size_t row, enum orgsim_metric metric)
{
    const struct orgsim_comparison *c = finding_comparison(f, row, metric);
    json_t *json =
        json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:I}", "arm", finding_id(f, row), "baseline", finding_id(f, f->baseline), "metric",
                  orgsim_metric_info(metric)->id, "mean_difference", manifest_number(c->mean_difference), "ci_low", manifest_number(c->ci_low),
                  "ci_high", manifest_number(c->ci_high), "se", manifest_number(c->se), "n", (json_int_t)f->results->worlds);
    bool good = json != NULL;
    if (metric == ORGSIM_METRIC_finish_week)
        good = put(json, "both_complete_difference", manifest_number(c->both_complete_difference)) &&
               put(json, "rescued_share", manifest_number(c->rescued_share)) && put(json, "lost_share", manifest_number(c->lost_share));
    if (metric == ORGSIM_METRIC_finish_week || metric == ORGSIM_METRIC_npv_k)
        good = good && put_shift(json, "p20", &c->p20) && put_shift(json, "p50", &c->p50) && put_shift(json, "p80", &c->p80);
    if (good) return json;
    json_decref(json);
    return NULL;
}

static bool add_break_even(json_t *headline, const struct finding *f)
{
    if (!f->break_even_defined) return put(headline, "break_even", json_null());
    return put(headline, "break_even",
               json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "weekly_cost_k", manifest_number(f->break_even), "ci_low",
                         manifest_number(f->break_even_low), "ci_high", manifest_number(f->break_even_high), "planned_k",
                         manifest_number(f->planned), "loaded_year_k", manifest_number(f->break_even_year), "salary_k",
                         manifest_number(f->break_even_salary)));
}

static struct orgsim_interval rounded(struct orgsim_interval i, int decimals)
{
    return (struct orgsim_interval){shown_round(i.low, decimals), shown_round(i.high, decimals)};
}

/* What is headlined besides the mean, each with its interval. */
static bool put_headlined(json_t *json, const struct finding *f)
{
    return put(json, "p20", manifest_number(f->p20)) &&
           put_interval(json, "p20", rounded(interval_quantile(f, f->headline, ORGSIM_METRIC_npv_k, FINDING_P20), 0)) &&
           put(json, "loss_probability", manifest_number(shown_round(f->loss, 2))) &&
           put_interval(json, "loss_probability", rounded(interval_share(f, f->loss), 2)) &&
           put(json, "p80_finish_week", manifest_number(f->p80)) &&
           put_interval(json, "p80_finish_week", rounded(interval_quantile(f, f->headline, ORGSIM_METRIC_finish_week, FINDING_P80), 1)) &&
           put(json, "p80_finish_week_baseline", manifest_number(f->p80_baseline)) &&
           put_interval(json, "p80_finish_week_baseline", rounded(interval_quantile(f, f->baseline, ORGSIM_METRIC_finish_week, FINDING_P80), 1)) &&
           put(json, "p80_finish_difference", manifest_number(f->p80_gap)) &&
           put_interval(json, "p80_finish_difference", interval_move(f, f->headline).weeks) &&
           put(json, "finish_difference_both_complete", manifest_number(f->finish)) &&
           put_interval(json, "finish_difference_both_complete", (struct orgsim_interval){f->finish_low, f->finish_high});
}

/* The displayed numbers, so that what a program says agrees with what a person read. */
static json_t *headline_json(const struct finding *f)
{
    struct text words = {0};
    finding_sentence(&words, f, 0);
    text_add(&words, " ");
    finding_downside(&words, f, 0);
    json_t *json = words.failed ? NULL : json_object();
    bool good = put(json, "text", json_string(words.s)) && put(json, "verdict", json_string(verdict_names[f->verdict])) &&
                put(json, "arm", json_string(finding_id(f, f->headline))) && put(json, "baseline", json_string(finding_id(f, f->baseline))) &&
                put(json, "metric", json_string("npv_k")) && put(json, "mean_difference", manifest_number(f->npv_difference)) &&
                put(json, "ci_low", manifest_number(f->npv_low)) && put(json, "ci_high", manifest_number(f->npv_high)) &&
                put_headlined(json, f) && add_break_even(json, f);
    text_free(&words);
    if (good) return json;
    json_decref(json);
    return NULL;
}

static json_t *arms_json(const struct finding *f)
{
    json_t *list = json_array();
    for (size_t row = 0; list && row < f->results->n_arms; row++) {
        if (json_array_append_new(list, arm_json(f, row))) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *comparisons_json(const struct finding *f)
{
    json_t *list = json_array();
    for (size_t row = 0; list && row < f->results->n_arms; row++) {
        for (int m = 0; list && row != f->baseline && m < ORGSIM_METRIC_COUNT; m++) {
            if (json_array_append_new(list, comparison_json(f, row, (enum orgsim_metric)m))) {
                json_decref(list);
                list = NULL;
            }
        }
    }
    return list;
}

static json_t *lever_json(const struct orgsim_contribution *c, enum orgsim_lever lever)
{
    static const char *const states[] = {[ORGSIM_CONTRIBUTION_OFF] = "off", [ORGSIM_CONTRIBUTION_NOWHERE] = "nowhere",
                                         [ORGSIM_CONTRIBUTION_UNSEEN] = "unseen", [ORGSIM_CONTRIBUTION_SEEN] = "seen"};
    return json_pack("{s:s, s:s, s:o}", "lever", orgsim_lever_name(lever), "state", states[c->state], "npv_k",
                     c->state == ORGSIM_CONTRIBUTION_OFF ? json_null() : break_even_estimate_object(&c->npv_k));
}

/* What each part of the hire is worth, and the h_seat at which it stops paying; null where that was not studied. */
static json_t *attribution_json(const struct orgsim_attribution *a)
{
    if (!a || a->worlds == 0) return json_null();
    const struct orgsim_break_even_row row = {.name = (char *)(uintptr_t)"h_seat", .unit = "h/wk", .tried = 1, .found = a->h_seat};
    json_t *json = json_object(), *levers = json_array(), *contrary = json_object();
    bool good = levers && contrary;
    for (int l = 0; good && l < ORGSIM_LEVER_COUNT; l++) good = json_array_append_new(levers, lever_json(&a->lever[l], (enum orgsim_lever)l)) == 0;
    for (int c = 0; good && c < ORGSIM_CONTRARY_COUNT; c++)
        good = json_object_set_new(contrary, orgsim_contrary_info((enum orgsim_contrary)c)->name, break_even_estimate_object(&a->contrary[c])) == 0;
    good = good && put(json, "worlds", json_integer((json_int_t)a->worlds)) && put(json, "levers", json_incref(levers)) &&
           put(json, "together", break_even_estimate_object(&a->together)) && put(json, "break_even", break_even_object(&row)) &&
           put(json, "contrary", json_incref(contrary));
    json_decref(levers);
    json_decref(contrary);
    if (good) return json;
    json_decref(json);
    return NULL;
}

int report_json(struct text *text, const struct report_plan *plan, const struct orgsim_results *results, bool interrupted)
{
    struct finding f;
    finding_of(&f, plan->scenario, results, interrupted);
    json_t *json = json_object();
    bool good = put(json, "headline", headline_json(&f)) && put(json, "arms", arms_json(&f)) &&
                put(json, "comparisons", comparisons_json(&f)) &&
                put(json, "attribution", attribution_json(plan->attribution)) && put(json, "ignorance", ignorance_json(&f, plan->ignorance)) && put(json, "run", manifest_json(plan, &f));
    int status = good ? manifest_print(text, json) : ORGSIM_ERROR_MEMORY;
    json_decref(json);
    return status;
}
