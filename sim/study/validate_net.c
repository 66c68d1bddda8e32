/* validate_net.c: critical path and list schedule of a net, and the same net lived by the engine */
#include "study/validate_net.h"

#include <math.h>
#include <string.h>

static double duration(const struct validate_net *n, size_t i) { return n->effort[i] / fmin(n->most[i], n->engineers[n->team[i]]); }

double validate_net_critical_path(const struct validate_net *n)
{
    double start[VALIDATE_NET_PACKAGES] = {0}, end = 0;
    for (size_t pass = 0; pass < n->packages; pass++)
        for (size_t l = 0; l < n->links; l++) {
            const struct validate_link *k = &n->link[l];
            start[k->to] = fmax(start[k->to], start[k->from] + duration(n, k->from) + k->lag);
        }
    for (size_t i = 0; i < n->packages; i++) end = fmax(end, start[i] + duration(n, i));
    return end;
}

struct schedule {
    const struct validate_net *net;
    const uint32_t *list;
    double now, left[VALIDATE_NET_PACKAGES], pace[VALIDATE_NET_PACKAGES], finish[VALIDATE_NET_PACKAGES];
    size_t open;
};

static double ready_at(const struct schedule *s, size_t i)
{
    double at = 0;
    for (size_t l = 0; l < s->net->links; l++)
        if (s->net->link[l].to == i) at = fmax(at, s->finish[s->net->link[l].from] + s->net->link[l].lag);
    return at;
}

/* Engineers of this moment; returns how long they stay so. */
static double assign(struct schedule *s)
{
    const struct validate_net *n = s->net;
    double free[VALIDATE_NET_TEAMS], step = (double)INFINITY;
    memcpy(free, n->engineers, sizeof free);
    for (size_t p = 0; p < n->packages; p++) {
        size_t i = s->list[p];
        s->pace[i] = 0;
        if (s->left[i] <= 0) continue;
        double ready = ready_at(s, i);
        if (ready > s->now) {
            step = fmin(step, ready - s->now);
            continue;
        }
        s->pace[i] = fmin(n->most[i], free[n->team[i]]);
        free[n->team[i]] -= s->pace[i];
        if (s->pace[i] > 0) step = fmin(step, s->left[i] / s->pace[i]);
    }
    return step;
}

static void advance(struct schedule *s, double step)
{
    s->now += step;
    for (size_t i = 0; i < s->net->packages; i++) {
        if (s->left[i] <= 0) continue;
        s->left[i] -= s->pace[i] * step;
        if (s->left[i] > 1e-9) continue;
        s->left[i] = 0;
        s->finish[i] = s->now;
        s->open--;
    }
}

double validate_net_list_schedule(const struct validate_net *n, const uint32_t *list)
{
    struct schedule s = {.net = n, .list = list, .open = n->packages};
    for (size_t i = 0; i < n->packages; i++) {
        s.left[i] = n->effort[i];
        s.finish[i] = (double)INFINITY;
    }
    while (s.open > 0) {
        double step = assign(&s);
        if (isinf(step)) return (double)NAN;
        advance(&s, step);
    }
    return s.now;
}

/* --- the engine's own ------------------------------------------------------------------------------------------------------------------ */

static void tables_of(const struct validate_net *n, struct text *teams, struct text *packages, struct text *links)
{
    text_add(teams, "team,engineers\n");
    text_add(packages, "package,team,effort_low_pw,effort_mode_pw,effort_high_pw,max_engineers\n");
    text_add(links, "from,to,lag_weeks\n");
    for (size_t j = 0; j < n->teams; j++) text_format(teams, "T%zu,%.9g\n", j, n->engineers[j]);
    for (size_t i = 0; i < n->packages; i++) {
        double low = n->low > 0 ? n->low : 1, high = n->high > 0 ? n->high : 1;
        text_format(packages, "P%zu,T%zu,%.9g,%.9g,%.9g,%.9g\n", i, n->team[i], n->effort[i] * low, n->effort[i], n->effort[i] * high,
                    n->most[i]);
    }
    for (size_t l = 0; l < n->links; l++) text_format(links, "P%zu,P%zu,%.9g\n", n->link[l].from, n->link[l].to, n->link[l].lag);
}

static int net(struct validate_lab *lab, struct validate *v, const struct validate_net *n, int ticks_per_week, uint64_t worlds)
{
    struct text teams = {0}, packages = {0}, links = {0};
    tables_of(n, &teams, &packages, &links);
    const struct validate_case of = {.table = {[TABLE_PROGRAM] = "setting,value\nname,Net\nhorizon_weeks,2600\n",
                                               [TABLE_TEAMS] = teams.s,
                                               [TABLE_PACKAGES] = packages.s,
                                               [TABLE_DEPENDENCIES] = links.s},
                                     .frictionless = true,
                                     .ticks_per_week = ticks_per_week,
                                     .worlds = worlds};
    int status = 0;
    if (teams.failed || packages.failed || links.failed) status = validate_memory(v);
    else status = worlds ? validate_lab_live(lab, v, &of) : validate_lab_open(lab, v, &of);
    text_free(&teams);
    text_free(&packages);
    text_free(&links);
    return status;
}

int validate_net_open(struct validate_lab *lab, struct validate *v, const struct validate_net *n, int ticks_per_week)
{
    return net(lab, v, n, ticks_per_week, 0);
}

int validate_net_live(struct validate_lab *lab, struct validate *v, const struct validate_net *n, int ticks_per_week, uint64_t worlds)
{
    return net(lab, v, n, ticks_per_week, worlds);
}

int validate_net_finish(struct validate *v, const struct validate_net *n, int ticks_per_week, double *weeks)
{
    struct validate_lab lab = {0};
    int status = validate_net_live(&lab, v, n, ticks_per_week, 16);
    if (!status) *weeks = (double)validate_lab_worlds(&lab, 0, ORGSIM_METRIC_finish_week)[0];
    validate_lab_close(&lab);
    return status;
}
