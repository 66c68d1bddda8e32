/* manifest.c: what was run, as JSON */
#include "report/manifest.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include <orgsim/saved.h>

#include "base/memory.h"
#include "report/conditions.h"
#include "report/precision.h"

json_t *manifest_number(double x) { return isfinite(x) ? json_real(x) : json_null(); }

static json_t *arms_json(const struct finding *f)
{
    json_t *list = json_array();
    for (size_t row = 0; list && row < f->results->n_arms; row++) {
        const char *note = f->results->arm_note ? f->results->arm_note[row] : NULL;
        json_t *arm = json_pack("{s:s, s:s, s:s?}", "arm", finding_id(f, row), "label", finding_label(f, row), "note", note);
        if (!arm || json_array_append_new(list, arm)) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *levers_json(unsigned off)
{
    json_t *list = json_array();
    for (int lever = 0; list && lever < ORGSIM_LEVER_COUNT; lever++) {
        if (!(off >> lever & 1u)) continue;
        if (json_array_append_new(list, json_string(orgsim_lever_name((enum orgsim_lever)lever)))) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *contrary_json(const struct orgsim_contraries *contrary)
{
    json_t *list = json_object();
    for (int c = 0; list && c < ORGSIM_CONTRARY_COUNT; c++) {
        if (json_object_set_new(list, orgsim_contrary_info((enum orgsim_contrary)c)->name, manifest_number(contrary->strength[c])) == 0) continue;
        json_decref(list);
        return NULL;
    }
    return list;
}

json_t *manifest_seed(uint64_t seed)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, seed);
    return seed <= INT64_MAX ? json_integer((json_int_t)seed) : json_string(digits);
}

json_t *manifest_digest(const struct orgsim_scenario *scenario)
{
    char digest[24];
    snprintf(digest, sizeof digest, "%016" PRIx64, scenario->digest);
    return json_string(digest);
}

/* A command line may hold bytes that are not UTF-8, which JSON cannot. */
static json_t *command_json(const char *command)
{
    json_t *json = json_string(command);
    return json ? json : json_string("orgsim run (arguments are not UTF-8)");
}

static json_t *seats_json(const struct finding *f, size_t row)
{
    const struct scenario_arm *arm = &f->scenario->arms[f->results->arm[row]];
    json_t *list = json_array();
    for (size_t q = 0; list && q < arm->n_seats; q++) {
        json_t *seat = json_pack("{s:i, s:o}", "role", (int)arm->seats[q].role, "fte", manifest_number(scenario_cell_value(f->scenario, arm->seats[q].fte)));
        if (!seat || json_array_append_new(list, seat)) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *page_arms_json(const struct finding *f)
{
    const struct orgsim_results *r = f->results;
    json_t *list = json_array();
    for (size_t row = 0; list && row < r->n_arms; row++) {
        json_t *arm = json_pack("{s:o, s:o, s:o, s:o}", "seat_cost_per_week_k", manifest_number(r->seat_cost_per_week_k[row]), "loss_probability",
                                manifest_number(r->npv_loss_probability[row]), "both_complete_se",
                                manifest_number(finding_comparison(f, row, ORGSIM_METRIC_finish_week)->both_complete_se), "seats", seats_json(f, row));
        if (!arm || json_array_append_new(list, arm)) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

/* What the page says and no table holds. */
static json_t *page_json(const struct report_plan *plan, const struct finding *f)
{
    const struct scenario_money *money = &f->scenario->money;
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:o}", "scenario_path", f->scenario->path, "currency", f->scenario->settings.currency,
                     "benefit_load", manifest_number(money->benefit_load), "hiring_fee_share", manifest_number(money->hiring_fee_share),
                     "engineer_per_year", manifest_number(money->engineer_per_year), "discount_rate", manifest_number(money->discount_rate),
                     "budget_k", manifest_number(f->results->budget_k), "value_horizon_weeks", manifest_number(f->results->value_horizon_weeks),
                     "ignorance_parameters", (json_int_t)(plan->ignorance ? plan->ignorance->n_parameters : 0), "arms", page_arms_json(f));
}

/* What was asked for, and whether it was reached. */
static json_t *precision_json(const struct orgsim_run_options *o, const struct finding *f)
{
    if (o->precision_metric < 0) return json_null();
    return json_pack("{s:s, s:o, s:b, s:o}", "metric", orgsim_metric_info((enum orgsim_metric)o->precision_metric)->id, "half_width",
                     manifest_number(o->precision_half_width), "reached", !precision_is_missed(o, f), "half_width_reached",
                     manifest_number(precision_half_width(o, f)));
}

json_t *manifest_json(const struct report_plan *plan, const struct finding *f)
{
    const struct orgsim_run_options *o = plan->options;
    const struct orgsim_results *r = f->results;
    char digest[24];
    snprintf(digest, sizeof digest, "%016" PRIx64, f->scenario->digest);
    return json_pack("{s:i, s:o, s:s, s:s, s:o, s:I, s:I, s:b, s:o, s:i, s:s, s:s, s:s, s:s, s:o, s:i, s:b, s:o, s:o, s:o, s:s, s:o, s:o, s:o, s:I, s:o}",
                     "format", ORGSIM_SAVED_FORMAT, "command", command_json(plan->command), "version", ORGSIM_VERSION, "build",
                     "orgsim " ORGSIM_VERSION, "seed", manifest_seed(o->seed), "worlds", (json_int_t)r->worlds, "worlds_requested",
                     (json_int_t)o->worlds, "interrupted", (int)f->interrupted, "precision", precision_json(o, f), "block_worlds", ORGSIM_BLOCK_WORLDS,
                     "scenario", f->scenario->settings.name, "scenario_digest", digest, "baseline_arm", finding_id(f, f->baseline),
                     "headline_arm", finding_id(f, f->headline), "arms", arms_json(f), "ticks_per_week",
                     o->ticks_per_week ? o->ticks_per_week : 2, "frictionless", o->frictionless, "levers_off", levers_json(o->levers_off),
                     "contrary", contrary_json(&o->contrary), "conditions", conditions_json(f->scenario), "quantiles", r->quantiles_exact ? "exact" : "histogram", "plan_weeks", manifest_number(r->plan_weeks), "deadline_week",
                     manifest_number(r->deadline_week), "horizon_weeks", manifest_number(r->horizon_weeks), "timeline_worlds",
                     (json_int_t)r->timeline_worlds, "page", page_json(plan, f));
}

int manifest_print(struct text *text, const json_t *json)
{
    char *printed = json ? json_dumps(json, JSON_INDENT(2) | JSON_REAL_PRECISION(15)) : NULL;
    if (!printed) return ORGSIM_ERROR_MEMORY;
    text_add(text, printed);
    text_add(text, "\n");
    memory_free(printed);
    return text->failed ? ORGSIM_ERROR_MEMORY : ORGSIM_OK;
}
