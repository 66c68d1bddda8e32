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

static uint64_t step_of(const struct live_job *job) { return job->step ? job->step : 1; }

static bool is_followed(const struct live_job *job, uint64_t first_world) { return first_world < job->timeline_worlds; }

static struct live_block block_of(const struct live *live, uint64_t task, size_t slot)
{
    const struct live_job *job = live->job;
    const struct slot *at = &live->slots[slot];
    uint64_t from = task * step_of(job) * ORGSIM_BLOCK_WORLDS, left = job->worlds - from, first = job->first_world + from;
    size_t worlds = left < ORGSIM_BLOCK_WORLDS ? (size_t)left : ORGSIM_BLOCK_WORLDS, arms = job->n_organisations;
    struct live_block block = {.number = first / ORGSIM_BLOCK_WORLDS, .first_world = first, .worlds = worlds, .values = at->values,
                               .packages = at->packages, .timeline = is_followed(job, first) ? at->timeline : NULL,
                               .digest = job->digests ? job->digests[slot] : NULL};
    block.piece[0] = (struct live_piece){at->values, arms * ORGSIM_METRIC_COUNT * worlds * sizeof *at->values};
    if (block.packages) block.piece[1] = (struct live_piece){at->packages, arms * job->program->n_packages * sizeof *at->packages};
    if (block.timeline) block.piece[2] = (struct live_piece){at->timeline, arms * live->timeline_rows * worlds * sizeof *at->timeline};
    return block;
}

static int live_block(struct live *live, const struct live_block *block, size_t slot, size_t worker)
{
    const struct live_job *job = live->job;
    struct slot *at = &live->slots[slot];
    if (!live->workers[worker].workspace) {
        live->workers[worker].workspace = job->kernel->create(job->program);
        if (!live->workers[worker].workspace) return ORGSIM_ERROR_MEMORY;
    }
    if (at->packages) memset(at->packages, 0, job->n_organisations * job->program->n_packages * sizeof *at->packages);
    struct kernel_task asked = {.program = job->program, .organisations = job->organisations, .n_organisations = job->n_organisations,
                                .seed = job->seed, .first_world = block->first_world, .worlds = block->worlds, .alike = job->alike, .values = at->values,
                                .packages = at->packages, .timeline = block->timeline ? at->timeline : NULL,
                                .timeline_scratch = live->workers[worker].timeline_scratch};
    job->kernel->live(live->workers[worker].workspace, &asked);
    return 0;
}

/* The memory of a slot, when it is first needed: many slots of a short job never are. */
static int slot_create(struct live *live, size_t number, bool timeline)
{
    const struct live_job *job = live->job;
    struct slot *slot = &live->slots[number];
    if (!slot->values) slot->values = memory_array(job->n_organisations * ORGSIM_METRIC_COUNT * ORGSIM_BLOCK_WORLDS, sizeof *slot->values);
    if (!slot->values) return ORGSIM_ERROR_MEMORY;
    if (job->want_packages && !slot->packages) slot->packages = memory_array(job->n_organisations * job->program->n_packages, sizeof *slot->packages);
    if (job->want_packages && !slot->packages) return ORGSIM_ERROR_MEMORY;
    if (timeline && !slot->timeline) slot->timeline = memory_array(job->n_organisations * live->timeline_rows * ORGSIM_BLOCK_WORLDS, sizeof(float));
    return timeline && !slot->timeline ? ORGSIM_ERROR_MEMORY : 0;
}

static int work(void *context, uint64_t task, size_t slot, size_t worker)
{
    struct live *live = context;
    const struct live_job *job = live->job;
    int status = slot_create(live, slot, is_followed(job, job->first_world + task * step_of(job) * ORGSIM_BLOCK_WORLDS));
    if (status) return status;
    struct live_block block = block_of(live, task, slot);
    status = job->supply ? job->supply(job->context, &block) : 0;
    if (!status) status = live_block(live, &block, slot, worker);
    if (status && status != LIVE_SUPPLIED) return status;
    if (job->summarise) job->summarise(job->context, &block);
    return 0;
}

static int finish(void *context, uint64_t task, size_t slot)
{
    struct live *live = context;
    struct live_block block = block_of(live, task, slot);
    return live->job->block ? live->job->block(live->job->context, &block) : 0;
}

static int workers_create(struct live *live)
{
    live->workers = memory_array(live->n_workers, sizeof *live->workers);
    live->slots = memory_array(live->n_slots, sizeof *live->slots);
    if (!live->workers || !live->slots) return ORGSIM_ERROR_MEMORY;
    for (size_t w = 0; w < live->n_workers && is_followed(live->job, live->job->first_world); w++) {
        live->workers[w].timeline_scratch = memory_array(live->timeline_rows * 16, sizeof(float));
        if (!live->workers[w].timeline_scratch) return ORGSIM_ERROR_MEMORY;
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
    struct live live = {.job = job, .n_workers = pool_threads(pool), .n_slots = live_slots(pool) + job->slots_more,
                        .timeline_rows = ((size_t)job->program->horizon_weeks + 1) * ORGSIM_TIMELINE_COUNT};
    uint64_t run = step_of(job) * ORGSIM_BLOCK_WORLDS, blocks = (job->worlds + run - 1) / run, finished = 0; /* each block stands at the start of its run */
    int status = workers_create(&live);
    if (!status) {
        struct pool_job asked = {.tasks = blocks, .slots = live.n_slots, .context = &live, .work = work, .finish = finish, .stop = job->stop};
        status = pool_run(pool, &asked, &finished);
    }
    *lived = finished == blocks ? job->worlds : finished * ORGSIM_BLOCK_WORLDS; /* with a step only whether it is all of them */
    live_free(&live);
    return status;
}
