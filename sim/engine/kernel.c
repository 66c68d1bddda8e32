/* kernel.c: the whole week in one translation unit, compiled once for each instruction set
 *
 * LANES and KERNEL come from kernels.cmake. The compiler sees every mechanism at once; nothing but the kernel's door has a name outside.
 */
#include <string.h>

#include <orgsim/error.h>

#include "base/memory.h"
#include "engine/state.h"
#include "engine/trace_lanes.h"

/* What the mechanisms call of one another. */
/* decision.c */
static void decision_buy_mitigation(struct batch *b, size_t k, lane_i surfaced);
static void decision_resolve_risk(struct batch *b, size_t k, lane_i mask, lane_f week);
static void decision_answer_question(struct batch *b, size_t k, lane_i mask, lane_f week, lane_f judgment);

/* judgment.c */
static void judgment_false_alarm(struct batch *b, size_t k, lane_i mask);

/* product.c, management.c: a feature is cut by either, on the same perceived value */
static lane_f product_expected_value(const struct batch *b, size_t g, uint32_t stream, uint32_t ordinal);
static lane_f management_feature_progress(const struct batch *b, size_t g);
static void management_cut_feature(struct batch *b, size_t g, lane_i mask);

/* realisation.c */
static void realise(struct batch *b, size_t k, lane_i strikes, lane_f week);

/* work.c */
static void work_latch_done(struct batch *b, size_t i, lane_i mask, lane_f week);
static void acceptance_tell_integrator(struct batch *b, size_t i, lane_i mask, lane_f week);

#include "engine/nature.c"
#include "engine/deal.c"
#include "engine/item.c"
#include "engine/mechanism/trust.c"
#include "engine/mechanism/rework.c"
#include "engine/mechanism/decision.c"
#include "engine/mechanism/seats.c"
#include "engine/mechanism/criticality.c"
#include "engine/mechanism/coordination.c"
#include "engine/mechanism/attention.c"
#include "engine/mechanism/work.c"
#include "engine/mechanism/activation.c"
#include "engine/mechanism/realisation.c"
#include "engine/mechanism/closing.c"
#include "engine/mechanism/detection.c"
#include "engine/mechanism/judgment.c"
#include "engine/mechanism/escalation.c"
#include "engine/mechanism/integration.c"
#include "engine/mechanism/acceptance.c"
#include "engine/mechanism/turnover.c"
#include "engine/mechanism/reporting.c"
#include "engine/mechanism/product.c"
#include "engine/mechanism/management.c"
#include "engine/mechanism/rigour.c"
#include "engine/mechanism/ending.c"
#include "engine/mechanism/money.c"
#include "engine/week.c"
#include "engine/outcome.c"
#include "engine/schedule.c"

/* Everything one thread needs, in one allocation. */
struct workspace {
    struct nature drawn, nature; /* of LANES worlds, and as it is dealt to pairs */
    struct deal deal;
    struct lane_organisations organisations;
    struct batch batch;
    lane_f *members; /* of the copula */
    struct drivers drivers;
    struct schedule schedule; /* of a program that is only that */
};

/* Hands out the next n elements of `size` bytes of an allocation, aligned for lanes; at NULL it only counts. */
static void *carve(char *at, size_t *used, size_t n, size_t size)
{
    void *piece = at ? at + *used : NULL;
    *used += (n * size + 63) / 64 * 64;
    return piece;
}

static void nature_lay_out(struct nature *n, char *at, size_t *used, const struct program *p)
{
    n->content = carve(at, used, p->n_packages, sizeof(lane_f));
    n->items = carve(at, used, p->n_items, sizeof(struct nature_item));
    n->features = carve(at, used, p->n_features, sizeof(struct nature_feature));
    n->requests = carve(at, used, p->n_requests + 1, sizeof(struct nature_request));
}

static size_t workspace_lay_out(struct workspace *w, char *at, const struct program *p)
{
    size_t used = 0, weeks = (size_t)p->horizon_weeks + NATURE_NOISE_STEP;
    (void)carve(at, &used, 1, sizeof *w);
    nature_lay_out(&w->drawn, at, &used, p);
    nature_lay_out(&w->nature, at, &used, p);
    w->drawn.noise = carve(at, &used, p->n_teams * weeks, sizeof(lane_f));
    w->drawn.noise_state = carve(at, &used, p->n_teams, sizeof(lane_f));
    w->organisations.extra_engineers = carve(at, &used, p->n_teams, sizeof(lane_f));
    w->organisations.extra_share = carve(at, &used, p->n_teams, sizeof(lane_f));
    w->organisations.em_hours = carve(at, &used, p->n_teams, sizeof(lane_f));
    w->organisations.threshold = carve(at, &used, p->n_items, sizeof(lane_f));
    w->batch.packages = carve(at, &used, p->n_packages, sizeof(struct package_state));
    w->batch.notes = carve(at, &used, p->n_packages, sizeof(struct package_note));
    w->batch.started = carve(at, &used, p->n_packages, sizeof(lane_i));
    w->batch.closed = carve(at, &used, p->n_packages, sizeof(lane_i));
    w->batch.again = carve(at, &used, p->n_packages, sizeof(lane_i));
    w->batch.integration_week = carve(at, &used, p->n_packages, sizeof(lane_f));
    w->batch.tail = carve(at, &used, criticality_asked(p) ? p->n_packages : 0, sizeof(lane_f));
    w->batch.lives = carve(at, &used, (p->n_items + ITEM_WORD - 1) / ITEM_WORD * ITEM_LIVES, sizeof(uint64_t));
    w->batch.items = carve(at, &used, p->n_items, sizeof(struct item_state));
    w->batch.teams = carve(at, &used, p->n_teams, sizeof(struct team_state));
    w->batch.features = carve(at, &used, p->n_features, sizeof(struct feature_state));
    w->members = carve(at, &used, p->n_correlated, sizeof(lane_f));
    w->drivers.of = carve(at, &used, p->n_packages, sizeof(uint32_t));
    w->drivers.week = carve(at, &used, p->n_packages, sizeof(float));
    size_t alone = p->unlimited ? p->n_packages : 0;
    w->schedule.start = carve(at, &used, alone, sizeof(lane_f));
    w->schedule.done = carve(at, &used, alone, sizeof(lane_f));
    w->schedule.critical = carve(at, &used, alone, sizeof(lane_i));
    w->schedule.weeks = carve(at, &used, alone * ORGSIM_BLOCK_WORLDS, sizeof(float));
    w->schedule.finish = carve(at, &used, ORGSIM_BLOCK_WORLDS, sizeof(float));
    w->schedule.complete = carve(at, &used, ORGSIM_BLOCK_WORLDS, sizeof(float));
    w->schedule.critical_worlds = carve(at, &used, alone, sizeof(uint32_t));
    return used;
}

static size_t workspace_bytes(const struct program *p)
{
    struct workspace measure;
    memset(&measure, 0, sizeof measure);
    return workspace_lay_out(&measure, NULL, p);
}

static void *workspace_create(const struct program *p)
{
    struct workspace *w = memory_lanes(workspace_bytes(p), 1);
    if (w == NULL) return NULL;
    (void)workspace_lay_out(w, (char *)w, p);
    w->batch.p = p;
    w->batch.o = &w->organisations;
    return w;
}

static void write_outcome(const struct kernel_task *task, const struct deal *d, const lane_f out[ORGSIM_METRIC_COUNT])
{
    for (int l = 0; l < d->lanes; l++)
        for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++)
            task->values[(d->arm[l] * ORGSIM_METRIC_COUNT + m) * task->worlds + d->world[l]] = lane_get(out[m], l);
}

static void write_timeline(const struct kernel_task *task, const struct deal *d)
{
    size_t rows = ((size_t)task->program->horizon_weeks + 1) * ORGSIM_TIMELINE_COUNT;
    for (int l = 0; l < d->lanes; l++)
        for (size_t r = 0; r < rows; r++)
            task->timeline[(d->arm[l] * rows + r) * task->worlds + d->world[l]] = task->timeline_scratch[r * LANES + (size_t)l];
}

static double weeks_lived(const struct batch *b, int lanes)
{
    lane_f last = lane_select(b->cancelled | b->censored, b->stop_week, b->finish_week);
    double weeks = 0;
    for (int l = 0; l < lanes; l++) weeks += (double)lane_get(last, l);
    return weeks;
}

/* The last batch of a block may hold fewer pairs than lanes; the rest repeat one and are not written. */
static void live_one(struct workspace *w, const struct kernel_task *task)
{
    const struct deal *d = &w->deal;
    struct batch *b = &w->batch;
    lane_f out[ORGSIM_METRIC_COUNT];
    b->timeline = task->timeline ? task->timeline_scratch : NULL;
    b->timeline_stride = LANES;
    b->trace = task->trace && d->world[0] + 1 == task->worlds ? &task->trace[d->arm[0]] : NULL;
    week_reset(b);
    week_live(b);
    outcome_make(b, out);
    write_outcome(task, d, out);
    if (task->weeks) *task->weeks += weeks_lived(b, d->lanes);
    for (int l = 0; l < d->lanes && task->packages; l++) outcome_packages(b, l, &w->drivers, task->packages + d->arm[l] * task->program->n_packages);
    if (task->timeline) write_timeline(task, d);
}

/* The worlds that nature has drawn, under every organisation. */
static void live_drawn(struct workspace *w, const struct kernel_task *task, const uint32_t *order, int worlds, lane_u offsets)
{
    size_t pairs = (size_t)worlds * task->n_organisations;
    for (size_t first = 0; first < pairs; first += LANES) {
        deal_pairs(&w->deal, first, task->n_organisations, order, worlds, offsets, task->alike);
        deal_organisations(&w->organisations, task->program, task->organisations, &w->deal);
        w->batch.n = task->n_organisations == 1 ? &w->drawn : &w->nature;
        if (task->n_organisations > 1) deal_nature(&w->nature, &w->drawn, task->program, &w->deal);
        live_one(w, task);
    }
}

/* The worlds of a block, easy ones first: a batch lives as long as its longest world, so worlds of like difficulty share one. Each world is
 * what it is in any company; only the company changes. */
static void order_worlds(const struct kernel_task *task, uint32_t order[ORGSIM_BLOCK_WORLDS])
{
    float difficulty[ORGSIM_BLOCK_WORLDS];
    for (size_t from = 0; from < task->worlds; from += LANES) {
        const struct draw_source source = {.seed = task->seed, .first_world = task->first_world + from};
        lane_f z = nature_normal(&source, STREAM_PROGRAM, 0);
        for (size_t l = 0; l < LANES && from + l < task->worlds; l++) difficulty[from + l] = lane_get(z, l);
    }
    for (uint32_t w = 0; w < task->worlds; w++) {
        uint32_t at = w;
        for (; at > 0 && difficulty[order[at - 1]] > difficulty[w]; at--) order[at] = order[at - 1];
        order[at] = w;
    }
}

/* One batch of a program that is only a schedule; every organisation has the same, and the first one's place takes it. */
static void schedule_one(struct workspace *w, const struct kernel_task *task, size_t from, int lanes)
{
    struct batch *b = &w->batch;
    struct schedule *s = &w->schedule;
    lane_f finish = schedule_forward(b->p, w->drawn.content, s);
    lane_i complete = schedule_outcome(b, s, finish);
    for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++) {
        float *cells = task->values + m * task->worlds + from;
        if (lanes == LANES) memcpy(cells, &s->out[m], sizeof s->out[m]);
        else for (int l = 0; l < lanes; l++) cells[l] = lane_get(s->out[m], l);
    }
    if (task->packages) schedule_note(b->p, s, finish, complete, from, lanes);
    if (task->timeline) schedule_record(b, s, task->timeline + from, task->worlds, lanes);
    if (!task->trace || from + (size_t)lanes < task->worlds) return;
    for (size_t arm = 0; arm < task->n_organisations; arm++) {
        b->trace = &task->trace[arm];
        schedule_tell(b, s, complete);
    }
}

/* What the first organisation has, for the others. */
static void schedule_share(const struct kernel_task *task)
{
    size_t values = ORGSIM_METRIC_COUNT * task->worlds;
    size_t timeline = ((size_t)task->program->horizon_weeks + 1) * ORGSIM_TIMELINE_COUNT * task->worlds;
    for (size_t arm = 1; arm < task->n_organisations; arm++) {
        memcpy(task->values + arm * values, task->values, values * sizeof *task->values);
        if (task->timeline) memcpy(task->timeline + arm * timeline, task->timeline, timeline * sizeof *task->timeline);
    }
}

static void live_schedule(struct workspace *w, const struct kernel_task *task)
{
    const lane_u together = lane_set_u(0);
    const uint32_t first = 0;
    struct draw_source source = {.seed = task->seed, .offsets = task->alike ? &together : NULL};
    w->batch.n = &w->drawn;
    deal_pairs(&w->deal, 0, 1, &first, 1, together, true);
    deal_organisations(&w->organisations, task->program, task->organisations, &w->deal);
    schedule_begin(&w->batch, &w->schedule);
    for (size_t from = 0; from < task->worlds; from += LANES) {
        source.first_world = task->first_world + from;
        nature_draw_schedule(&w->drawn, task->program, &source, w->members);
        schedule_one(w, task, from, task->worlds - from < LANES ? (int)(task->worlds - from) : LANES);
    }
    if (task->packages) schedule_report(task->program, &w->schedule, task->packages, task->n_organisations);
    schedule_share(task);
}

static void live(void *workspace, const struct kernel_task *task)
{
    struct workspace *w = workspace;
    uint32_t order[ORGSIM_BLOCK_WORLDS];
    lane_u offsets = lane_set_u(0);
    if (task->program->unlimited) {
        live_schedule(w, task);
        return;
    }
    order_worlds(task, order);
    for (size_t from = 0; from < task->worlds; from += LANES) {
        int lanes = task->worlds - from < LANES ? (int)(task->worlds - from) : LANES;
        for (int l = 0; l < LANES; l++) lane_put(offsets, l, order[from + (size_t)(task->alike ? 0 : l < lanes ? l : lanes - 1)]);
        const struct draw_source source = {.seed = task->seed, .first_world = task->first_world, .offsets = &offsets};
        nature_draw(&w->drawn, task->program, &source, w->members);
        live_drawn(w, task, order + from, lanes, offsets);
    }
}

static float draw_many(int kind, uint64_t seed, uint32_t draws)
{
    const struct draw_source source = {.seed = seed};
    lane_f sum = lane_set(0.0f);
    float all = 0;
    for (uint32_t n = 0; n < draws / (4 * LANES); n++) {
        lane_u raw[4];
        draw_lanes(&source, STREAM_PROGRAM, 0, n, raw);
        for (int word = 0; word < 4; word++)
            sum += kind == 0 ? lane_uniform(raw[word]) : kind == 1 ? lane_exponential(raw[word]) : lane_normal(raw[word]);
    }
    for (int l = 0; l < LANES; l++) all += lane_get(sum, l);
    return all;
}

#define KERNEL_NAME_(isa) kernel_##isa
#define KERNEL_NAME(isa) KERNEL_NAME_(isa)
#define KERNEL_TEXT_(isa) #isa
#define KERNEL_TEXT(isa) KERNEL_TEXT_(isa)
extern const struct kernel KERNEL_NAME(KERNEL);
const struct kernel KERNEL_NAME(KERNEL) = {.isa = KERNEL_TEXT(KERNEL), .lanes = LANES, .create = workspace_create, .bytes = workspace_bytes, .live = live, .draw = draw_many};
