/* plan.c: the fluid list schedule of the plan
 *
 * Two passes. The first works in order of longest remaining path (the usual priority of list scheduling) and gives planned starts; the second
 * works in the order of those starts, which is the order that the engine keeps, and is the plan.
 */
#include "engine/plan.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"

#define WORK_DONE 1e-9 /* person-weeks that count as none */

struct schedule {
    const struct plan_input *in;
    double *left, *ready, *capacity, *start, *finish;
    size_t *waiting;
};

struct ranked { double key, tie; uint32_t package; };

static int ranked_compare(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    if (x->tie != y->tie) return x->tie < y->tie ? -1 : 1;
    return x->package < y->package ? -1 : x->package > y->package;
}

static void count_predecessors(const struct plan_input *in, size_t *waiting)
{
    for (size_t i = 0; i < in->n_packages; i++) waiting[i] = 0;
    for (size_t l = 0; l < in->first[in->n_packages]; l++) waiting[in->to[l]]++;
}

/* Packages so that predecessors come first and, among those free to come, the lowest key comes first. */
static void order_by_key(const struct plan_input *in, const struct ranked *rank_of, size_t *waiting, struct ranked *heap, uint32_t *order)
{
    size_t n_heap = 0, n_order = 0;
    count_predecessors(in, waiting);
    for (size_t i = 0; i < in->n_packages; i++)
        if (waiting[i] == 0) heap[n_heap++] = rank_of[i];
    while (n_heap > 0) {
        size_t best = 0;
        for (size_t h = 1; h < n_heap; h++)
            if (ranked_compare(&heap[h], &heap[best]) < 0) best = h;
        uint32_t i = heap[best].package;
        heap[best] = heap[--n_heap];
        order[n_order++] = i;
        for (uint32_t l = in->first[i]; l < in->first[i + 1]; l++)
            if (--waiting[in->to[l]] == 0) heap[n_heap++] = rank_of[in->to[l]];
    }
}

static double rate_of(const struct schedule *s, uint32_t i)
{
    return fmin(s->in->max_engineers[i], s->capacity[s->in->team[i]]);
}

static void complete(struct schedule *s, uint32_t i, double now)
{
    const struct plan_input *in = s->in;
    s->finish[i] = now;
    for (uint32_t l = in->first[i]; l < in->first[i + 1]; l++) {
        uint32_t j = in->to[l];
        s->waiting[j]--;
        s->ready[j] = fmax(s->ready[j], now + in->lag[l]);
    }
}

/* Time until something changes when every team works in `order`; rates are left in `rate`. INFINITY: nothing can ever happen. */
static double next_change(struct schedule *s, const uint32_t *order, double now, double *rate)
{
    double step = INFINITY;
    for (size_t j = 0; j < s->in->n_teams; j++) s->capacity[j] = s->in->engineers[j];
    for (size_t n = 0; n < s->in->n_packages; n++) {
        uint32_t i = order[n];
        rate[i] = 0;
        if (isfinite(s->finish[i]) || s->waiting[i] > 0) continue;
        if (s->ready[i] > now) {
            step = fmin(step, s->ready[i] - now);
            continue;
        }
        rate[i] = rate_of(s, i);
        s->capacity[s->in->team[i]] -= rate[i];
        if (s->left[i] <= WORK_DONE) step = 0;
        else if (rate[i] > 0) step = fmin(step, s->left[i] / rate[i]);
        if (!isfinite(s->start[i]) && rate[i] > 0) s->start[i] = now;
    }
    return step;
}

static double schedule_run(struct schedule *s, const uint32_t *order, double *rate)
{
    const struct plan_input *in = s->in;
    size_t open = in->n_packages;
    double now = 0;
    count_predecessors(in, s->waiting);
    for (size_t i = 0; i < in->n_packages; i++) {
        s->left[i] = in->effort[i];
        s->ready[i] = 0;
        s->start[i] = s->finish[i] = INFINITY;
    }
    while (open > 0) {
        double step = next_change(s, order, now, rate);
        if (!isfinite(step)) break;
        now += step;
        for (size_t n = 0; n < in->n_packages; n++) {
            uint32_t i = order[n];
            if (isfinite(s->finish[i]) || s->waiting[i] > 0 || s->ready[i] > now) continue;
            s->left[i] -= rate[i] * step;
            if (s->left[i] > WORK_DONE) continue;
            if (!isfinite(s->start[i])) s->start[i] = now;
            complete(s, i, now);
            open--;
        }
    }
    return now;
}

/* Longest remaining path from each package, by its shortest duration; `order` lists predecessors first. */
static void tails(const struct plan_input *in, const uint32_t *order, double *tail)
{
    for (size_t n = in->n_packages; n-- > 0;) {
        uint32_t i = order[n];
        double longest = 0;
        for (uint32_t l = in->first[i]; l < in->first[i + 1]; l++) longest = fmax(longest, in->lag[l] + tail[in->to[l]]);
        tail[i] = longest + in->effort[i] / fmin(in->max_engineers[i], in->engineers[in->team[i]]);
    }
}

static void rank_all(struct ranked *rank, const double *key, const double *tie, double key_sign, size_t n)
{
    for (size_t i = 0; i < n; i++) rank[i] = (struct ranked){.key = key_sign * key[i], .tie = -tie[i], .package = (uint32_t)i};
}

double plan_share(const struct plan *plan, const struct plan_input *in, uint32_t team, double week)
{
    double done = 0, all = 0;
    for (size_t i = 0; i < in->n_packages; i++) {
        if (team != UINT32_MAX && in->team[i] != team) continue;
        double span = plan->finish[i] - plan->start[i];
        double part = span > 0 ? (week - plan->start[i]) / span : week >= plan->finish[i];
        done += in->effort[i] * (part > 0 ? (part < 1 ? part : 1) : 0);
        all += in->effort[i];
    }
    return all > 0 ? done / all : 1;
}

/* Weeks between which the share of all effort passes a level: at `below` it is less, at `above` it is not. */
struct bracket { double below, above, share_below, share_above; };

static void bracket_look(struct bracket *k, const struct plan *plan, const struct plan_input *in, double share, double week)
{
    if (week <= k->below || week >= k->above) return; /* known: the share never falls */
    double here = plan_share(plan, in, UINT32_MAX, week);
    if (here < share) {
        k->below = week;
        k->share_below = here;
    } else {
        k->above = week;
        k->share_above = here;
    }
}

/* The curve is made of straight pieces: a line through both ends lands close, and a look on either side of it closes the bracket. */
static void bracket_close(struct bracket *k, const struct plan *plan, const struct plan_input *in, double share)
{
    const double hair = plan->weeks * 1e-11;
    for (int round = 0; round < 6 && k->above - k->below > 4 * hair; round++) {
        double rise = k->share_above - k->share_below;
        double week = rise > 0 ? k->below + (k->above - k->below) * ((share - k->share_below) / rise) : k->below;
        bracket_look(k, plan, in, share, week - hair);
        bracket_look(k, plan, in, share, week + hair);
        if (k->above - k->below > 4 * hair) bracket_look(k, plan, in, share, 0.5 * (k->below + k->above));
    }
}

/* By bisection; what the bracket knows already is not asked again. */
static void invert_curve(struct plan *plan, const struct plan_input *in)
{
    struct bracket bracket = {.below = -1, .above = plan->weeks, .share_above = 1};
    for (int k = 0; k <= PLAN_CURVE; k++) {
        double low = 0, high = plan->weeks, share = (double)k / PLAN_CURVE;
        bracket.above = plan->weeks;
        bracket.share_above = 1;
        bracket_close(&bracket, plan, in, share);
        for (int step = 0; step < 40; step++) {
            double middle = 0.5 * (low + high);
            bracket_look(&bracket, plan, in, share, middle);
            if (middle <= bracket.below) low = middle;
            else high = middle;
        }
        plan->curve_time[k] = (float)high;
    }
    plan->curve_time[0] = 0;
}

int plan_create(struct plan *plan, const struct plan_input *in, struct orgsim_where *where)
{
    size_t n = in->n_packages;
    int status = ORGSIM_ERROR_MEMORY;
    *plan = (struct plan){0};
    double *store = memory_array(4 * n + in->n_teams, sizeof *store);
    size_t *waiting = memory_array(n, sizeof *waiting);
    struct ranked *rank = memory_array(2 * n, sizeof *rank);
    uint32_t *order = memory_array(n, sizeof *order);
    plan->start = memory_array(n, sizeof *plan->start);
    plan->finish = memory_array(n, sizeof *plan->finish);
    plan->tail = memory_array(n, sizeof *plan->tail);
    if (!store || !waiting || !rank || !order || !plan->start || !plan->finish || !plan->tail) goto out;

    double *rate = store + 2 * n;
    struct schedule s = {.in = in, .left = store, .ready = store + n, .start = plan->start, .finish = plan->finish,
                         .capacity = store + 3 * n, .waiting = waiting};
    rank_all(rank, plan->tail, plan->tail, 1, n);
    order_by_key(in, rank, waiting, rank + n, order);
    tails(in, order, plan->tail);
    rank_all(rank, plan->tail, plan->tail, -1, n);
    order_by_key(in, rank, waiting, rank + n, order);
    (void)schedule_run(&s, order, rate);
    rank_all(rank, plan->start, plan->tail, 1, n);
    order_by_key(in, rank, waiting, rank + n, order);
    plan->weeks = schedule_run(&s, order, rate);
    invert_curve(plan, in);
    status = 0;
out:
    memory_free(store);
    memory_free(waiting);
    memory_free(rank);
    memory_free(order);
    if (status) {
        plan_free(plan);
        return error_set(where, status, NULL, 0, 0, "try a smaller scenario", "out of memory for the plan of %zu packages", n);
    }
    return 0;
}

void plan_free(struct plan *plan)
{
    memory_free(plan->start);
    memory_free(plan->finish);
    memory_free(plan->tail);
    *plan = (struct plan){0};
}

int plan_order(const struct plan *plan, const struct plan_input *in, uint32_t *order)
{
    size_t n = in->n_packages;
    struct ranked *rank = memory_array(2 * n, sizeof *rank);
    size_t *waiting = memory_array(n, sizeof *waiting);
    int status = rank && waiting ? 0 : ORGSIM_ERROR_MEMORY;
    if (!status) {
        rank_all(rank, plan->start, plan->tail, 1, n);
        order_by_key(in, rank, waiting, rank + n, order);
    }
    memory_free(rank);
    memory_free(waiting);
    return status;
}
