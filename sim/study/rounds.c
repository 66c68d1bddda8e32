/* rounds.c: rounds of tasks between the processes of an exchange
 *
 * Task `number` belongs to process number % size. Each process lives its own tasks of a round, all tell each other what is left of them, and everybody takes
 * the whole round in order. Why a task is forbidden is not told but found again: that costs no worlds. Alone, a process takes each task when its turn comes.
 */
#include "study/rounds.h"

#include <string.h>

#include "base/memory.h"

#define ROUND_BYTES ((size_t)1 << 26) /* of all outcomes of a round, unless a task of each process is more */
#define SHARE_MOST 1024               /* tasks of a process in a round: so often an error or an interruption elsewhere is heard of */

/* What came of a task, as it is told. */
enum { NOT_REACHED, LIVED, FORBIDDEN };
struct told { uint64_t state; char outcome[]; };

/* How the task ended that lies at the same place of `mine`. */
struct slot { int status; struct orgsim_where where; };

struct table {
    const struct rounds *rounds;
    const struct orgsim_exchange *exchange; /* NULL: none */
    struct slot *slots;
    char *mine, *all;                       /* [slots] and [processes][slots] of struct told, `stride` apart */
    size_t n_slots, stride, rank, size;
    size_t first, n;                        /* tasks of the round */
    size_t taken;
    struct orgsim_where *where;
};

static struct told *told_at(const struct table *t, char *mail, size_t at) { return (struct told *)(void *)(mail + at * t->stride); }

static int work(void *context, uint64_t task, size_t at, size_t worker)
{
    struct table *t = context;
    const struct rounds *rounds = t->rounds;
    struct slot *slot = &t->slots[at];
    struct told *told = told_at(t, t->mine, at);
    slot->where = (struct orgsim_where){0};
    memset(told, 0, t->stride);
    slot->status = rounds->live(rounds->context, t->first + (size_t)task * t->size + t->rank, worker, told->outcome, &slot->where);
    told->state = slot->status == 0 ? LIVED : slot->status == ORGSIM_ERROR_USAGE ? FORBIDDEN : NOT_REACHED;
    return 0; /* finish() tells of an error, in its turn */
}

static int take(struct table *t, size_t number, const struct told *told, const struct orgsim_where *why)
{
    bool lived = told->state == LIVED;
    int status = t->rounds->take(t->rounds->context, number, lived ? told->outcome : NULL, lived ? NULL : why);
    t->taken += status ? 0U : 1U;
    return status;
}

static int finish(void *context, uint64_t task, size_t at)
{
    struct table *t = context;
    const struct slot *slot = &t->slots[at];
    const struct orgsim_run_options *o = t->rounds->options;
    size_t done = t->first + ((size_t)task + 1) * t->size, n = t->rounds->n;
    int status = slot->status == ORGSIM_ERROR_USAGE ? 0 : slot->status;
    if (status && t->where) *t->where = slot->where;
    if (!status && !t->exchange) status = take(t, (size_t)task, told_at(t, t->mine, at), &slot->where);
    if (!status && t->rounds->shown && o->progress) o->progress(o->context, done < n ? done : n, n);
    return status;
}

/* Lives this process's tasks of the round; an interruption is told with the round. */
static int live_round(struct table *t)
{
    uint64_t own = t->n > t->rank ? (t->n - t->rank - 1) / t->size + 1 : 0, finished = 0;
    const struct pool_job asked = {.tasks = own, .slots = t->n_slots, .context = t, .work = work, .finish = finish, .stop = t->rounds->options->stop};
    memset(t->mine, 0, t->n_slots * t->stride);
    int status = pool_run(t->rounds->pool, &asked, &finished);
    if (t->exchange) return status == ORGSIM_ERROR_INTERRUPTED ? 0 : status;
    return !status && finished < own ? ORGSIM_ERROR_INTERRUPTED : status;
}

static int take_told(struct table *t, size_t number, struct told *told)
{
    struct orgsim_where why = {0};
    const struct rounds *rounds = t->rounds;
    if (told->state == NOT_REACHED) return ORGSIM_ERROR_INTERRUPTED;
    int status = told->state == FORBIDDEN ? rounds->live(rounds->context, number, 0, told->outcome, &why) : ORGSIM_ERROR_USAGE;
    if (status != ORGSIM_ERROR_USAGE) return status ? status : ORGSIM_ERROR_INTERNAL;
    return take(t, number, told, &why);
}

static int exchange_round(struct table *t, int status)
{
    const struct orgsim_exchange *x = t->exchange;
    size_t bytes = t->n_slots * t->stride;
    status = x->gather(x->context, status, t->mine, t->all, bytes, t->where);
    for (size_t p = 0; p < t->n && !status; p++) status = take_told(t, t->first + p, told_at(t, t->all + p % t->size * bytes, p / t->size));
    return status;
}

size_t rounds_share(const struct orgsim_run_options *options, size_t n)
{
    size_t size = options->exchange ? options->exchange->size : 1;
    return n / size + (n % size > 0);
}

/* Places for the tasks of a round, the same number in all processes; alone, for those that are under way. */
static int table_open(struct table *t)
{
    const struct rounds *rounds = t->rounds;
    size_t all = rounds_share(rounds->options, rounds->n), room = ROUND_BYTES / t->stride / t->size, most = room < SHARE_MOST ? room : SHARE_MOST;
    t->n_slots = !t->exchange ? 2 * pool_threads(rounds->pool) : all < most ? all : most;
    if (t->n_slots == 0) t->n_slots = 1;
    t->slots = memory_array(t->n_slots, sizeof *t->slots);
    t->mine = memory_array(t->n_slots, t->stride);
    t->all = t->exchange && t->n_slots <= SIZE_MAX / t->stride ? memory_array(t->size, t->n_slots * t->stride) : NULL;
    return t->slots && t->mine && (t->all || !t->exchange) ? 0 : ORGSIM_ERROR_MEMORY;
}

int rounds_live(const struct rounds *rounds, int status, size_t *taken, struct orgsim_where *where)
{
    const struct orgsim_exchange *x = rounds->options->exchange;
    struct table t = {.rounds = rounds, .exchange = x, .rank = x ? x->rank : 0, .size = x ? x->size : 1, .where = where,
                      .stride = sizeof(struct told) + (rounds->bytes + 7) / 8 * 8};
    if (!status) status = table_open(&t);
    do {
        size_t left = rounds->n - t.first, round = x ? t.n_slots * t.size : left;
        t.n = round < left ? round : left;
        if (!status) status = live_round(&t);
        if (x) status = exchange_round(&t, status);
        t.first += t.n;
    } while (!status && t.first < rounds->n);
    *taken = t.taken;
    memory_free(t.slots);
    memory_free(t.mine);
    memory_free(t.all);
    return status;
}
