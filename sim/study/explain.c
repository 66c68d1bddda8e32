/* explain.c: one world lived by several organisations, with everything that happens written down
 *
 * The worlds are searched by orgsim_run(); the one chosen is lived once more by the kernel of one lane, which agrees with all others to the bit.
 */
#include "study/explain.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/trace.h"
#include "study/arms.h"

static const struct orgsim_event_info events[ORGSIM_EVENT_COUNT] = {
#define X(id, subject, meaning) {#id, meaning, ORGSIM_SUBJECT_##subject},
    ORGSIM_EVENTS(X)
#undef X
};

const struct orgsim_event_info *orgsim_event_info(enum orgsim_event_kind kind) { return &events[kind]; }

const char *orgsim_world_choice_word(enum orgsim_world_choice choice)
{
    static const char *const words[] = {
#define X(id, word, meaning) word,
        ORGSIM_WORLD_CHOICES(X)
#undef X
    };
    return words[choice];
}

/* --- searching ---------------------------------------------------------------------------------------------------------------------- */

struct search {
    struct explain_worlds worlds;
    size_t row[2]; /* of baseline and headline in a block */
};

static int take_block(void *context, const struct orgsim_block *block)
{
    struct search *s = context;
    struct explain_worlds *w = &s->worlds;
    if (w->n + block->worlds > w->room) return ORGSIM_ERROR_INTERNAL;
    for (int side = 0; side < 2; side++) {
        const float *metrics = block->values + s->row[side] * ORGSIM_METRIC_COUNT * block->worlds;
        size_t bytes = block->worlds * sizeof(float);
        memcpy(w->finish[side] + w->n, metrics + ORGSIM_METRIC_finish_week * block->worlds, bytes);
        memcpy(w->npv[side] + w->n, metrics + ORGSIM_METRIC_npv_k * block->worlds, bytes);
        memcpy(w->lead[side] + w->n, metrics + ORGSIM_METRIC_detection_lead_weeks * block->worlds, bytes);
    }
    w->n += block->worlds;
    return 0;
}

/* Lives baseline and headline in the worlds that are searched. */
static int search_run(struct search *s, const struct orgsim_scenario *scenario, const struct orgsim_explain_options *options,
                      const struct orgsim_story *story, struct orgsim_where *where)
{
    const size_t pair[2] = {story->arms[story->baseline].arm, story->arms[story->headline].arm};
    struct orgsim_run_options run = options->run;
    struct orgsim_results results = {0};
    s->row[1] = 1;
    run.arms = pair;
    run.n_arms = 2;
    run.baseline = pair[0];
    run.precision_metric = -1;
    run.block = take_block;
    run.context = s;
    run.progress = NULL;
    if (run.worlds < 1 || run.worlds > UINT32_MAX)
        return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "choose 1 to 4294967295", "the number of worlds to search is out of range");
    int status = explain_worlds_create(&s->worlds, (size_t)run.worlds);
    if (status) return error_set(where, status, scenario->path, 0, 0, "search fewer worlds", "out of memory");
    status = orgsim_run(scenario, &run, &results, where);
    orgsim_results_free(&results);
    return status;
}

static int search_choose(struct search *s, const struct orgsim_explain_options *options, struct orgsim_story *story, struct orgsim_where *where)
{
    size_t world = 0;
    story->world = options->world;
    if (options->choice == ORGSIM_WORLD_number) return 0;
    int status = explain_worlds_choose(&s->worlds, options->choice, &world);
    if (status) return error_set(where, status, NULL, 0, 0, "search fewer worlds", "out of memory");
    story->world = world;
    if (world != SIZE_MAX) return 0;
    return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "search more with --worlds, or look at --world worst",
                     "--world %s: in none of the %zu worlds searched is the second organisation worse", orgsim_world_choice_word(options->choice),
                     s->worlds.n);
}

/* Where the world told stands among those that were searched. */
static void search_place(const struct search *s, struct orgsim_story *story)
{
    const struct explain_worlds *w = &s->worlds;
    double told = (double)story->arms[story->headline].metric[ORGSIM_METRIC_npv_k] - story->arms[story->baseline].metric[ORGSIM_METRIC_npv_k];
    double sum = 0, worse = 0, smaller = 0;
    for (size_t i = 0; i < w->n; i++) {
        double difference = explain_worlds_difference(w, i);
        sum += difference;
        worse += difference < 0;
        smaller += difference < told;
    }
    story->searched = w->n;
    story->mean_difference = sum / (double)w->n;
    story->worse_share = worse / (double)w->n;
    story->rank = smaller / (double)w->n;
}

static void search_free(struct search *s) { explain_worlds_free(&s->worlds); }

/* --- living ------------------------------------------------------------------------------------------------------------------------- */

/* A person's number becomes that of the first seat held. */
static void name_seats(struct orgsim_story_arm *told, const struct organisation *o)
{
    for (size_t e = 0; e < told->n_events; e++) {
        struct orgsim_event *event = &told->events[e];
        if (events[event->kind].subject != ORGSIM_SUBJECT_SEAT) continue;
        for (size_t q = o->n_seats; q-- > 0;)
            if (o->seats[q].person == event->subject) event->subject = (uint32_t)q;
    }
}

/* By week; what happened at one moment stays in order: an insertion sort, because events are nearly in order already. */
static void sort_events(struct orgsim_story_arm *told)
{
    for (size_t e = 1; e < told->n_events; e++) {
        struct orgsim_event event = told->events[e];
        size_t at = e;
        for (; at > 0 && told->events[at - 1].week > event.week; at--) told->events[at] = told->events[at - 1];
        told->events[at] = event;
    }
}

static int live_arm(struct orgsim_story_arm *told, void *workspace, const struct kernel *kernel, const struct program *p,
                    const struct organisation *o, const struct orgsim_story *story)
{
    struct trace trace = {0};
    size_t worlds = (size_t)(story->world % 16) + 1; /* a task begins at a multiple of 16; the last world is followed */
    float *values = memory_array(ORGSIM_METRIC_COUNT * worlds, sizeof *values);
    if (!values) return ORGSIM_ERROR_MEMORY;
    struct kernel_task task = {.program = p, .organisations = o, .n_organisations = 1, .seed = story->seed,
                               .first_world = story->world - (worlds - 1), .worlds = worlds, .values = values, .trace = &trace};
    kernel->live(workspace, &task);
    for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++) told->metric[m] = values[m * worlds + worlds - 1];
    memory_free(values);
    if (trace.failed) {
        trace_free(&trace);
        return ORGSIM_ERROR_MEMORY;
    }
    told->events = trace.events; /* the story owns them now */
    told->n_events = trace.n;
    name_seats(told, o);
    sort_events(told);
    return 0;
}

static int fill_items(struct orgsim_story *story, const struct program *p)
{
    const struct orgsim_scenario *s = p->scenario;
    story->items = memory_array(p->n_items, sizeof *story->items);
    if (!story->items) return ORGSIM_ERROR_MEMORY;
    story->n_items = p->n_items;
    for (size_t k = 0; k < p->n_items; k++) {
        const struct program_item *item = &p->items[k];
        struct orgsim_story_item *told = &story->items[k];
        *told = (struct orgsim_story_item){.package = item->package, .team = item->team, .other = SIZE_MAX};
        told->level = item->altitude == ALTITUDE_TEAM ? 0 : (int)item->path_level;
        if (item->kind == ITEM_RISK) {
            told->kind = ORGSIM_ITEM_RISK;
            told->id = s->risks[item->row].id;
            told->name = s->risks[item->row].name;
        } else if (item->kind == ITEM_QUESTION) {
            told->kind = ORGSIM_ITEM_QUESTION;
            told->id = s->questions[item->row].id;
            told->name = s->questions[item->row].name;
        } else {
            told->kind = ORGSIM_ITEM_MISMATCH;
            told->other = s->dependencies[item->row].from;
        }
    }
    return 0;
}

/* Rows of the story are the arms of the options. */
static int fill_arms(struct orgsim_story *story, const struct orgsim_scenario *s, const struct orgsim_run_options *run, struct orgsim_where *where)
{
    story->n_arms = run->arms ? run->n_arms : s->n_arms;
    story->baseline = story->headline = SIZE_MAX;
    story->arms = memory_array(story->n_arms, sizeof *story->arms);
    if (!story->arms) return error_set(where, ORGSIM_ERROR_MEMORY, s->path, 0, 0, "choose fewer arms", "out of memory");
    for (size_t a = 0; a < story->n_arms; a++) {
        size_t arm = run->arms ? run->arms[a] : a;
        story->arms[a].arm = arm;
        if (arm == run->baseline) story->baseline = a;
        else if (story->headline == SIZE_MAX || arm == s->settings.headline_arm) story->headline = a;
    }
    if (story->baseline != SIZE_MAX && story->headline != SIZE_MAX) return 0;
    return error_set(where, ORGSIM_ERROR_USAGE, s->path, 0, 0, "name two arms with --arms, one of them the baseline", "a story needs two organisations");
}

static int live_told(struct orgsim_story *story, const struct program *p, const struct arms *arms)
{
    const struct kernel *kernel = kernel_find("scalar");
    void *workspace = kernel->create(p);
    int status = workspace ? 0 : ORGSIM_ERROR_MEMORY;
    for (size_t a = 0; !status && a < arms->n; a++) status = live_arm(&story->arms[a], workspace, kernel, p, &arms->organisations[a], story);
    memory_free(workspace);
    return status ? status : fill_items(story, p);
}

static int live_world(struct orgsim_story *story, const struct orgsim_scenario *scenario, const struct orgsim_run_options *run, struct orgsim_where *where)
{
    struct program program = {0};
    struct arms arms = {0};
    struct pool *pool = NULL;
    int status = program_create(&program, scenario, run, where);
    if (status) return status;
    story->deadline_week = program.deadline;
    story->horizon_weeks = program.horizon;
    story->plan_weeks = program.plan_weeks;
    status = pool_create(&pool, run->threads);
    if (!status) status = arms_create(&arms, &program, kernel_find(run->isa), pool, run, where);
    if (!status) {
        status = live_told(story, &program, &arms);
        arms_free(&arms);
    }
    pool_free(pool);
    program_free(&program);
    if (status == ORGSIM_ERROR_MEMORY && where && !where->what[0])
        error_set(where, status, scenario->path, 0, 0, "choose fewer arms", "out of memory");
    return status;
}

int orgsim_explain(const struct orgsim_scenario *scenario, const struct orgsim_explain_options *options, struct orgsim_story *story,
                   struct orgsim_where *where)
{
    struct search search = {0};
    *story = (struct orgsim_story){.seed = options->run.seed, .choice = options->choice};
    int status = fill_arms(story, scenario, &options->run, where);
    if (!status) status = search_run(&search, scenario, options, story, where);
    if (!status) status = search_choose(&search, options, story, where);
    if (!status && story->world >= UINT64_C(1) << 40)
        status = error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "choose 0 to 2^40 - 1", "the number of the world is out of range");
    if (!status) status = live_world(story, scenario, &options->run, where);
    if (!status) search_place(&search, story);
    search_free(&search);
    return status;
}

void orgsim_story_free(struct orgsim_story *story)
{
    for (size_t a = 0; story->arms && a < story->n_arms; a++) memory_free(story->arms[a].events);
    memory_free(story->arms);
    memory_free(story->items);
    *story = (struct orgsim_story){0};
}
