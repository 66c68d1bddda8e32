/* together.h: processes that share a study through struct orgsim_exchange, for tests: they are threads here, which gather over one table */
#ifndef TESTS_STUDY_TOGETHER_H
#define TESTS_STUDY_TOGETHER_H

#include "study/lived.h"

#include "base/memory.h"
#include "base/pool.h"

enum { PROCESSES = 3 };

struct table {
    struct monitor *monitor;
    size_t size, here, met; /* processes at the table, and how often all have met */
    int status[PROCESSES];
    size_t bytes[PROCESSES];
    const void *mine[PROCESSES];
};

/* One process; the first member of what else a test keeps of it. */
struct process {
    struct table *table; /* NULL: alone */
    struct runner *runner;
    struct orgsim_exchange exchange;
    struct orgsim_run_options options;
    const struct orgsim_scenario *scenario;
    int (*ask)(struct process *process);
    size_t failing_allocation, gathered;
    bool over;
    int status;
    struct orgsim_where where;
};

static inline void together_meet(struct table *t)
{
    size_t met = t->met;
    if (++t->here == t->size) {
        t->here = 0;
        t->met++;
        monitor_wake(t->monitor);
    }
    while (t->met == met) monitor_wait(t->monitor, 1000);
}

static inline int together_gather(void *context, int status, const void *mine, void *all, size_t bytes, struct orgsim_where *where)
{
    struct process *p = context;
    struct table *t = p->table;
    (void)where;
    monitor_enter(t->monitor);
    t->status[p->exchange.rank] = status;
    t->bytes[p->exchange.rank] = bytes;
    t->mine[p->exchange.rank] = mine;
    together_meet(t);
    for (size_t r = t->size; r-- > 0;) {
        if (t->status[r]) status = t->status[r];
        if (!status && t->bytes[r] != bytes) status = ORGSIM_ERROR_INTERNAL;
    }
    for (size_t r = 0; r < t->size && !status && bytes > 0; r++) memcpy((char *)all + r * bytes, t->mine[r], bytes);
    together_meet(t); /* nobody goes on while another reads what is his */
    monitor_leave(t->monitor);
    p->over = status || bytes == 0;
    p->gathered++;
    return status;
}

/* Asks, and leaves the others as a rank does at its end. */
static inline void together_ask(void *context)
{
    struct process *p = context;
    memory_fail_at(p->failing_allocation);
    p->status = p->ask(p);
    memory_fail_at(0);
    if (p->options.exchange && !p->over) p->status = together_gather(p, p->status, NULL, NULL, 0, &p->where);
}

/* Process `rank` of a table, or one alone; rank + 1 threads. */
static inline void together_set_up(struct process *p, struct table *table, size_t rank, const struct orgsim_scenario *scenario, const size_t arms[2],
                                   uint64_t worlds, int (*ask)(struct process *process))
{
    *p = (struct process){.table = table, .scenario = scenario, .options = lived_options(arms, 2, worlds), .ask = ask};
    p->options.threads = rank + 1;
    p->exchange = (struct orgsim_exchange){rank, table ? table->size : 1, together_gather, p};
    p->options.exchange = table ? &p->exchange : NULL;
}

/* All processes of a table at once; each begins where `processes` of so many bytes has it. */
static inline void together_ask_all(void *processes, size_t bytes, struct table *table)
{
    assert_int_equal(monitor_create(&table->monitor), 0);
    for (size_t r = 0; r < table->size; r++) {
        struct process *p = (void *)((char *)processes + r * bytes);
        assert_int_equal(runner_start(&p->runner, together_ask, p), 0);
    }
    for (size_t r = 0; r < table->size; r++) runner_join(((struct process *)(void *)((char *)processes + r * bytes))->runner);
    monitor_free(table->monitor);
}

#endif
