/* metric.c: the tables of metrics, levers and contrarian switches, as they are read */
#include <string.h>

#include <orgsim/metric.h>
#include <orgsim/run.h>

static const struct orgsim_metric_info metric_table[ORGSIM_METRIC_COUNT] = {
#define X(id, unit, sign, decimals, meaning) {#id, unit, meaning, sign, decimals},
    ORGSIM_METRICS(X)
#undef X
};

static const struct orgsim_metric_info timeline_table[ORGSIM_TIMELINE_COUNT] = {
#define X(id, unit, meaning) {#id, unit, meaning, 0, 0},
    ORGSIM_TIMELINE(X)
#undef X
};

static const struct { const char *name, *meaning; } lever_table[ORGSIM_LEVER_COUNT] = {
#define X(name, meaning) {#name, meaning},
    ORGSIM_LEVERS(X)
#undef X
};

static const struct orgsim_contrary_info contrary_table[ORGSIM_CONTRARY_COUNT] = {
#define X(name, strength, most, unit, source, meaning) {#name, unit, source, meaning, strength, most},
    ORGSIM_CONTRARIES(X)
#undef X
};

const struct orgsim_metric_info *orgsim_metric_info(enum orgsim_metric metric) { return &metric_table[metric]; }
const struct orgsim_metric_info *orgsim_timeline_info(enum orgsim_timeline metric) { return &timeline_table[metric]; }
const char *orgsim_lever_name(enum orgsim_lever lever) { return lever_table[lever].name; }
const char *orgsim_lever_meaning(enum orgsim_lever lever) { return lever_table[lever].meaning; }
const struct orgsim_contrary_info *orgsim_contrary_info(enum orgsim_contrary contrary) { return &contrary_table[contrary]; }

int orgsim_metric_find(const char *id)
{
    for (int m = 0; m < ORGSIM_METRIC_COUNT; m++)
        if (strcmp(metric_table[m].id, id) == 0) return m;
    return -1;
}
