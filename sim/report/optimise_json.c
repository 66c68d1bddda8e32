/* optimise_json.c: orgsim optimise --json */
#include "report/break_even.h"
#include "report/conditions.h"
#include "report/manifest.h"
#include "report/optimise.h"

static json_t *candidate_json(const struct orgsim_candidate *c)
{
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:I, s:b, s:b, s:b}", "organisation", c->label, "cost_k_per_year", manifest_number(c->cost_k_per_year), "value",
                     manifest_number(c->value), "npv_k", manifest_number(c->npv_k), "finish_week", manifest_number(c->finish_week), "behind",
                     break_even_estimate_object(&c->behind), "worlds", (json_int_t)c->worlds, "left", c->left, "best_npv", c->best_npv, "best_finish",
                     c->best_finish);
}

static json_t *selection_json(const struct optimise_report *r)
{
    const struct orgsim_selection *s = r->selection;
    json_t *candidates = json_array();
    bool good = candidates != NULL;
    for (size_t k = 0; k < s->n && good; k++) good = json_array_append_new(candidates, candidate_json(&s->candidate[k])) == 0;
    json_t *json = good ? json_pack("{s:s, s:b, s:f, s:f, s:I, s:I, s:{s:I, s:o, s:o, s:o}, s:O}", "chosen", s->candidate[0].label, "decided", s->decided, "confidence",
                                    s->confidence, "indifference", s->indifference, "worlds", (json_int_t)s->worlds, "over_budget", (json_int_t)s->over_budget,
                                    "fresh", "worlds", (json_int_t)s->fresh_worlds, "chosen", manifest_number(s->chosen), "baseline", manifest_number(s->baseline),
                                    "difference", break_even_estimate_object(&s->difference), "candidates", candidates)
                        : NULL;
    json_decref(candidates);
    return json;
}

static json_t *tuning_json(const struct optimise_report *r)
{
    const struct orgsim_tuning *t = r->tuning;
    json_t *numbers = json_array();
    bool good = numbers != NULL;
    for (size_t k = 0; k < t->n && good; k++)
        good = json_array_append_new(numbers, json_pack("{s:s, s:o, s:f, s:f, s:f, s:b}", "name", r->axes[k].name, "present", manifest_number(t->present[k]), "best",
                                                        t->best[k], "low", r->axes[k].low, "high", r->axes[k].high, "at_edge", t->at_edge[k])) == 0;
    json_t *json = good ? json_pack("{s:s, s:I, s:I, s:o, s:o, s:o, s:O}", "arm", r->scenario->arms[t->arm].id, "points", (json_int_t)t->points, "worlds",
                                    (json_int_t)t->worlds, "at_present", manifest_number(t->at_present), "at_best", manifest_number(t->at_best), "difference",
                                    break_even_estimate_object(&t->difference), "numbers", numbers)
                        : NULL;
    json_decref(numbers);
    return json;
}

int optimise_json(struct text *text, const struct optimise_report *r)
{
    struct text title = {0};
    optimise_title(&title, r, 0);
    json_t *json = r->selection ? selection_json(r) : tuning_json(r);
    bool good = json && !title.failed && !json_object_set_new(json, "headline", json_string(title.s)) &&
                !json_object_set_new(json, "conditions", conditions_json(r->scenario)) &&
                !json_object_set_new(json, "metric", json_string(orgsim_metric_info(r->objective.metric)->id)) &&
                !json_object_set_new(json, "risk", json_string(orgsim_risk_name(r->objective.risk))) &&
                !json_object_set_new(json, "baseline_arm", json_string(r->scenario->arms[r->baseline].id)) &&
                !json_object_set_new(json, "seed", manifest_seed(r->seed));
    int status = good ? manifest_print(text, json) : ORGSIM_ERROR_MEMORY;
    json_decref(json);
    text_free(&title);
    return status;
}
