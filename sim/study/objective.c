/* objective.c: mean, quantile, tail and share of losses */
#include "study/objective.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/summary.h"

static const struct { const char *name, *meaning; } risks[ORGSIM_RISK_COUNT] = {
#define X(name, meaning) {#name, meaning},
    ORGSIM_RISKS(X)
#undef X
};

const char *orgsim_risk_name(enum orgsim_risk risk) { return risks[risk].name; }
const char *orgsim_risk_meaning(enum orgsim_risk risk) { return risks[risk].meaning; }

bool objective_more(const struct orgsim_objective *o) { return o->risk != ORGSIM_RISK_loss && orgsim_metric_info(o->metric)->sign > 0; }

/* Mean of the worst share of sorted values. */
static double tail(const float *sorted, size_t n, bool lowest)
{
    double whole = OBJECTIVE_TAIL * (double)n, left = whole, sum = 0;
    for (size_t k = 0; k < n && left > 0; k++, left--) sum += fmin(1, left) * (double)sorted[lowest ? k : n - 1 - k];
    return sum / whole;
}

double objective_value(const struct orgsim_objective *o, float *outcomes, size_t n)
{
    double sum = 0;
    bool more = orgsim_metric_info(o->metric)->sign > 0;
    switch (o->risk) {
    case ORGSIM_RISK_loss:
        for (size_t w = 0; w < n; w++) sum += outcomes[w] < 0;
        return sum / (double)n;
    case ORGSIM_RISK_p80: summary_sort(outcomes, n); return summary_quantile(outcomes, n, more ? OBJECTIVE_TAIL : 1 - OBJECTIVE_TAIL);
    case ORGSIM_RISK_cvar: summary_sort(outcomes, n); return tail(outcomes, n, more);
    case ORGSIM_RISK_mean:
    case ORGSIM_RISK_COUNT: break;
    }
    for (size_t w = 0; w < n; w++) sum += (double)outcomes[w];
    return sum / (double)n;
}

double objective_of_block(const struct orgsim_objective *o, const struct live_block *block, size_t arm)
{
    float outcomes[ORGSIM_BLOCK_WORLDS];
    memcpy(outcomes, block->values + (arm * ORGSIM_METRIC_COUNT + (size_t)o->metric) * block->worlds, block->worlds * sizeof *outcomes);
    return objective_value(o, outcomes, block->worlds);
}

int objective_check(const struct orgsim_objective *o, struct orgsim_where *where)
{
    const struct orgsim_metric_info *info = orgsim_metric_info(o->metric);
    if (o->risk == ORGSIM_RISK_loss && o->metric != ORGSIM_METRIC_npv_k)
        return error_set(where, ORGSIM_ERROR_USAGE, "--risk", 0, 0, "choose mean, p80 or cvar, or leave --maximise away", "%s has no loss", info->id);
    if (info->sign == 0)
        return error_set(where, ORGSIM_ERROR_USAGE, "--maximise", 0, 0, "choose npv_k, on_time or another metric of which more or less is better",
                         "more of %s is neither better nor worse", info->id);
    return 0;
}
