/* live.c: blocks of worlds on the pool */
#include "study/live.h"

#include <string.h>

#include "base/memory.h"

struct worker { void *workspace; float *timeline_scratch; };
struct slot { float *values, *timeline; struct package_sums *packages; };

struct live {
    const struct live_job *job;
    struct worker *workers;
    struct slot *slots;
    size_t n_workers, n_slots, timeline_rows;
};

size_t live_slots(const struct pool *pool) { return 2 * pool_threads(pool); }

static struct live_block block_of(const struct live *live, uint64_t task, size_t slot)
{
    const struct live_job *job = live->job;
    uint64_t from = task * ORGSIM_BLOCK_WORLDS, left = job->worlds - from;
    return (struct live_block){.number = task, .first_world = job->first_world + from,
                               .worlds = left < ORGSIM_BLOCK_WORLDS ? (size_t)left : ORGSIM_BLOCK_WORLDS, .values = live->slots[slot].values,
                               .packages = live->slots[slot].packages, .timeline = from < job->timeline_worlds ? live->slots[slot].timeline : NULL,
                               .digest = job->digests ? job->digests[slot] : NULL};
}

static int work(void *context, uint64_t task, size_t slot, size_t worker)
{
    struct live *live = context;
    const struct live_job *job = live->job;
    struct live_block block = block_of(live, task, slot);
    struct slot *at = &live->slots[slot];
    if (!live->workers[worker].workspace) {
        live->workers[worker].workspace = job->kernel->create(job->program);
        if (!live->workers[worker].workspace) return ORGSIM_ERROR_MEMORY;
    }
    if (at->packages) memset(at->packages, 0, job->n_organisations * job->program->n_packages * sizeof *at->packages);
    struct kernel_task asked = {.program = job->program, .organisations = job->organisations, .n_organisations = job->n_organisations,
                                .seed = job->seed, .first_world = block.first_world, .worlds = block.worlds, .alike = job->alike, .values = at->values,
                                .packages = at->packages, .timeline = block.timeline ? at->timeline : NULL,
                                .timeline_scratch = live->workers[worker].timeline_scratch};
    job->kernel->live(live->workers[worker].workspace, &asked);
    if (job->summarise) job->summarise(job->context, &block);
    return 0;
}

static int finish(void *context, uint64_t task, size_t slot)
{
    struct live *live = context;
    struct live_block block = block_of(live, task, slot);
    return live->job->block ? live->job->block(live->job->context, &block) : 0;
}

static int slots_create(struct live *live)
{
    const struct live_job *job = live->job;
    size_t values = job->n_organisations * ORGSIM_METRIC_COUNT * ORGSIM_BLOCK_WORLDS;
    bool timeline = job->timeline_worlds > 0;
    live->workers = memory_array(live->n_workers, sizeof *live->workers);
    live->slots = memory_array(live->n_slots, sizeof *live->slots);
    if (!live->workers || !live->slots) return ORGSIM_ERROR_MEMORY;
    for (size_t w = 0; w < live->n_workers && timeline; w++) {
        live->workers[w].timeline_scratch = memory_array(live->timeline_rows * 16, sizeof(float));
        if (!live->workers[w].timeline_scratch) return ORGSIM_ERROR_MEMORY;
    }
    for (size_t s = 0; s < live->n_slots; s++) {
        struct slot *slot = &live->slots[s];
        slot->values = memory_array(values, sizeof *slot->values);
        if (!slot->values) return ORGSIM_ERROR_MEMORY;
        if (job->want_packages) slot->packages = memory_array(job->n_organisations * job->program->n_packages, sizeof *slot->packages);
        if (job->want_packages && !slot->packages) return ORGSIM_ERROR_MEMORY;
        if (timeline) slot->timeline = memory_array(job->n_organisations * live->timeline_rows * ORGSIM_BLOCK_WORLDS, sizeof(float));
        if (timeline && !slot->timeline) return ORGSIM_ERROR_MEMORY;
    }
    return 0;
}

static void live_free(struct live *live)
{
    for (size_t w = 0; live->workers && w < live->n_workers; w++) {
        memory_free(live->workers[w].workspace);
        memory_free(live->workers[w].timeline_scratch);
    }
    for (size_t s = 0; live->slots && s < live->n_slots; s++) {
        memory_free(live->slots[s].values);
        memory_free(live->slots[s].packages);
        memory_free(live->slots[s].timeline);
    }
    memory_free(live->workers);
    memory_free(live->slots);
}

int live_run(struct pool *pool, const struct live_job *job, uint64_t *lived)
{
    struct live live = {.job = job, .n_workers = pool_threads(pool), .n_slots = live_slots(pool),
                        .timeline_rows = ((size_t)job->program->horizon_weeks + 1) * ORGSIM_TIMELINE_COUNT};
    uint64_t blocks = (job->worlds + ORGSIM_BLOCK_WORLDS - 1) / ORGSIM_BLOCK_WORLDS, finished = 0;
    int status = slots_create(&live);
    if (!status) {
        struct pool_job asked = {.tasks = blocks, .slots = live.n_slots, .context = &live, .work = work, .finish = finish, .stop = job->stop};
        status = pool_run(pool, &asked, &finished);
    }
    *lived = finished == blocks ? job->worlds : finished * ORGSIM_BLOCK_WORLDS;
    live_free(&live);
    return status;
}
