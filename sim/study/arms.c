/* arms.c: compiling the arms of a run, and the pilot that places extra engineers */
#include "study/arms.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "study/live.h"

/* Mean net value of each candidate placement over the pilot worlds; the best one's number, in order of teams, then spread. */
struct pilot { double *sum; size_t candidates; };

static int pilot_block(void *context, const struct live_block *block)
{
    struct pilot *pilot = context;
    for (size_t c = 0; c < pilot->candidates; c++) {
        const float *npv = block->values + (c * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k) * block->worlds;
        for (size_t w = 0; w < block->worlds; w++) pilot->sum[c] += npv[w];
    }
    return 0;
}

static size_t candidate_team(size_t candidate, size_t n_teams) { return candidate < n_teams ? candidate : SIZE_MAX; }

static int place_best(size_t *place, const struct program *p, const struct kernel *kernel, struct pool *pool, size_t arm,
                      const struct orgsim_run_options *options, struct orgsim_where *where)
{
    size_t candidates = p->n_teams + 1, made = 0;
    struct organisation *organisations = memory_array(candidates, sizeof *organisations);
    double *sum = memory_array(candidates, sizeof *sum);
    int status = organisations && sum ? 0 : ORGSIM_ERROR_MEMORY;
    for (; !status && made < candidates; made++)
        status = organisation_create(&organisations[made], p, arm, options->levers_off, candidate_team(made, p->n_teams), where);
    if (status) goto out;
    struct pilot pilot = {.sum = sum, .candidates = candidates};
    struct live_job job = {.program = p, .kernel = kernel, .organisations = organisations, .n_organisations = candidates, .seed = options->seed,
                           .first_world = ARMS_PILOT_FIRST, .worlds = ARMS_PILOT_WORLDS, .stop = options->stop, .context = &pilot, .block = pilot_block};
    uint64_t lived;
    status = live_run(pool, &job, &lived);
    size_t best = 0;
    for (size_t c = 1; c < candidates; c++)
        if (sum[c] > sum[best]) best = c;
    *place = candidate_team(best, p->n_teams);
out:
    for (size_t c = 0; organisations && c < made; c++) organisation_free(&organisations[c]);
    memory_free(organisations);
    memory_free(sum);
    return status;
}

static char *placement_note(const struct program *p, size_t place)
{
    struct text note = {0};
    if (place == SIZE_MAX) text_add(&note, "spread over all teams");
    else text_format(&note, "placed in team %s", p->scenario->teams[place].id);
    text_add(&note, ", chosen on pilot worlds");
    return note.s;
}

static int arm_create(struct arms *arms, size_t position, const struct program *p, const struct kernel *kernel, struct pool *pool,
                      const struct orgsim_run_options *options, struct orgsim_where *where)
{
    const struct scenario_arm *row = &p->scenario->arms[arms->row[position]];
    size_t place = row->placement == PLACE_TEAM ? row->extra_team : SIZE_MAX;
    if (row->placement == PLACE_BEST && !p->frictionless) {
        int status = place_best(&place, p, kernel, pool, arms->row[position], options, where);
        if (status) return status;
        arms->note[position] = placement_note(p, place);
    }
    arms->place[position] = place;
    return organisation_create(&arms->organisations[position], p, arms->row[position], options->levers_off, place, where);
}

static int choose_rows(struct arms *arms, const struct orgsim_scenario *s, const struct orgsim_run_options *options, struct orgsim_where *where)
{
    arms->baseline = arms->headline = SIZE_MAX;
    for (size_t a = 0; a < arms->n; a++) {
        arms->row[a] = options->arms ? options->arms[a] : a;
        if (arms->row[a] >= s->n_arms)
            return error_set(where, ORGSIM_ERROR_USAGE, s->path, 0, 0, "name arms of arms.csv", "arm %zu does not exist", arms->row[a]);
        if (arms->row[a] == options->baseline) arms->baseline = a;
        if (arms->row[a] == s->settings.headline_arm) arms->headline = a;
    }
    if (arms->baseline == SIZE_MAX)
        return error_set(where, ORGSIM_ERROR_USAGE, s->path, 0, 0, "add it to --arms, or choose another --baseline", "the baseline is not among the arms of this run");
    return 0;
}

int arms_create(struct arms *arms, const struct program *p, const struct kernel *kernel, struct pool *pool,
                const struct orgsim_run_options *options, struct orgsim_where *where)
{
    *arms = (struct arms){.n = options->arms ? options->n_arms : p->scenario->n_arms};
    arms->row = memory_array(arms->n, sizeof *arms->row);
    arms->organisations = memory_array(arms->n, sizeof *arms->organisations);
    arms->note = memory_array(arms->n, sizeof *arms->note);
    arms->place = memory_array(arms->n, sizeof *arms->place);
    int status = arms->row && arms->organisations && arms->note && arms->place ? 0 : ORGSIM_ERROR_MEMORY;
    if (status) error_set(where, status, p->scenario->path, 0, 0, "choose fewer arms", "out of memory for %zu arms", arms->n);
    if (!status) status = choose_rows(arms, p->scenario, options, where);
    for (size_t a = 0; a < arms->n && !status; a++) status = arm_create(arms, a, p, kernel, pool, options, where);
    if (status) arms_free(arms);
    return status;
}

void arms_free(struct arms *arms)
{
    for (size_t a = 0; a < arms->n; a++) {
        if (arms->organisations) organisation_free(&arms->organisations[a]);
        if (arms->note) memory_free(arms->note[a]);
    }
    memory_free(arms->row);
    memory_free(arms->organisations);
    memory_free(arms->note);
    memory_free(arms->place);
    *arms = (struct arms){0};
}
