/* test_spread.c: points dealt to threads, and the blocks of one point, have the outcomes of runs that were asked for one by one */
#include "study/lived.h"

#include "base/memory.h"
#include "scenario/scenario.h"
#include "study/spread.h"

enum { POINTS = 5, EACH = 20, STRIDE = 32 }; /* 20 worlds: not a whole number of batches */

/* Point 1 is the scenario with another value of one number. */
struct question {
    struct target target;
    double other;
    bool fresh; /* each point lives worlds of its own */
    size_t worlds, taken, forbidden;
    double npv[POINTS][EACH]; /* of the second arm */
    struct orgsim_where why;
};

static int add_block(void *context, const struct live_block *block)
{
    float *npv = context;
    const float *second = block->values + (ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k) * block->worlds;
    memcpy(npv, second, block->worlds * sizeof *npv);
    return 0;
}

static int live(void *context, struct spread_worker *worker, size_t number, void *outcome, struct orgsim_where *where)
{
    const struct question *q = context;
    worker->settings[0] = (struct point_setting){.target = q->target, .value = q->other};
    worker->points.first_world = q->fresh ? number * STRIDE : 0;
    return point_live(&worker->points, worker->settings, number == 1, outcome, add_block, where);
}

static int take(void *context, size_t number, const void *outcome, const struct orgsim_where *why)
{
    struct question *q = context;
    const float *npv = outcome;
    if (number != q->taken++) return ORGSIM_ERROR_INTERNAL; /* in order */
    if (!why != (outcome != NULL)) return ORGSIM_ERROR_INTERNAL;
    if (why) q->why = *why;
    if (why) q->forbidden++;
    for (size_t w = 0; w < EACH && !why; w++) q->npv[number][w] = (double)npv[w];
    return 0;
}

static struct question question_of(const struct orgsim_scenario *scenario, const char *name, double other)
{
    struct question q = {.other = other};
    struct orgsim_where where = {0};
    assert_int_equal(target_find(scenario, name, &q.target, &where), 0);
    return q;
}

static int ask(struct question *q, const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, size_t *done)
{
    struct orgsim_where where = {0};
    const struct spread_job job = {.scenario = scenario, .options = options, .n_points = POINTS, .most_settings = 1, .place_anew = true,
                                   .bytes = EACH * sizeof(float), .context = q, .live = live, .take = take};
    return spread_live(&job, done, &where);
}

static void a_point_has_the_outcomes_of_a_run(void **state)
{
    (void)state;
    static const char *const changed[] = {"h_seat=3"};
    size_t arms[2], done;
    struct orgsim_scenario *scenario = lived_scenario("startup"), *other = lived_scenario_at(scenario->path, changed, 1);
    struct lived plain, dear;
    lived_arms(scenario, "none tpm", arms);
    struct orgsim_run_options options = lived_options(arms, 2, POINTS * STRIDE);
    lived_run(&plain, scenario, &options);
    lived_run(&dear, other, &options);
    options.worlds = EACH;
    for (size_t threads = 1; threads <= 3; threads++)
        for (int fresh = 0; fresh < 2; fresh++) {
            struct question q = question_of(scenario, "h_seat", 3);
            q.fresh = fresh;
            options.threads = threads;
            assert_int_equal(ask(&q, scenario, &options, &done), 0);
            assert_true(done == POINTS && q.taken == POINTS && q.forbidden == 0);
            for (size_t p = 0; p < POINTS; p++) {
                const float *npv = lived_column(p == 1 ? &dear : &plain, 1, ORGSIM_METRIC_npv_k) + (fresh ? p * STRIDE : 0);
                for (size_t w = 0; w < EACH; w++) assert_true((double)npv[w] == q.npv[p][w]);
            }
        }
    lived_free(&plain);
    lived_free(&dear);
    orgsim_scenario_free(scenario);
    orgsim_scenario_free(other);
}

static void a_forbidden_point_is_taken_with_its_reason(void **state)
{
    (void)state;
    size_t arms[2], done;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct question q = question_of(scenario, "m_max", 4);
    lived_arms(scenario, "none tpm", arms);
    struct orgsim_run_options options = lived_options(arms, 2, EACH);
    assert_int_equal(ask(&q, scenario, &options, &done), 0);
    assert_true(done == POINTS && q.forbidden == 1 && q.npv[0][0] == q.npv[2][0]);
    assert_non_null(strstr(q.why.what, "rework loop gain"));
    orgsim_scenario_free(scenario);
}

/* --- the blocks of one point ---------------------------------------------------------------------------------------------------------- */

struct blocks { size_t worlds; struct moments difference; int ends_at; };

static void keep(void *context, const struct live_block *block, void *kept)
{
    double *x = kept;
    (void)context;
    for (size_t w = 0; w < block->worlds; w++) x[w] = point_pair_difference(block, w);
}

static int take_blocks(void *context, uint64_t first_world, size_t worlds, const void *kept)
{
    struct blocks *b = context;
    const double *x = kept;
    if (first_world != b->worlds) return ORGSIM_ERROR_INTERNAL;
    b->worlds += worlds;
    for (size_t w = 0; w < worlds; w++) moments_add(&b->difference, x[w]);
    return b->ends_at && b->worlds >= (size_t)b->ends_at ? 42 : 0;
}

static void blocks_come_in_order_and_whole(void **state)
{
    (void)state;
    enum { WORLDS = 5 * ORGSIM_BLOCK_WORLDS + 7 };
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_where where = {0};
    struct lived run;
    lived_arms(scenario, "none tpm", arms);
    struct orgsim_run_options options = lived_options(arms, 2, WORLDS);
    lived_run(&run, scenario, &options);
    struct moments expected = {0};
    for (size_t w = 0; w < WORLDS; w++)
        moments_add(&expected, (double)lived_column(&run, 1, ORGSIM_METRIC_npv_k)[w] - (double)lived_column(&run, 0, ORGSIM_METRIC_npv_k)[w]);
    for (size_t threads = 1; threads <= 3; threads++) {
        struct blocks b = {0}, cut = {.ends_at = 2 * ORGSIM_BLOCK_WORLDS};
        const struct share share = {.bytes = ORGSIM_BLOCK_WORLDS * sizeof(double), .context = &b, .keep = keep, .take = take_blocks};
        const struct share ending = {.bytes = share.bytes, .context = &cut, .keep = keep, .take = take_blocks};
        struct points points;
        options.threads = threads;
        assert_int_equal(points_open(&points, scenario, &options, &where), 0);
        assert_int_equal(point_share(&points, NULL, 0, &share, &where), 0);
        assert_true(b.worlds == WORLDS && !memcmp(&b.difference, &expected, sizeof expected));
        assert_int_equal(point_share(&points, NULL, 0, &ending, &where), 42);
        assert_int_equal(cut.worlds, 2 * ORGSIM_BLOCK_WORLDS);
        points_close(&points);
    }
    lived_free(&run);
    orgsim_scenario_free(scenario);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    size_t arms[2], done;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    lived_arms(scenario, "none tpm", arms);
    struct orgsim_run_options options = lived_options(arms, 2, EACH);
    int status = ORGSIM_ERROR_MEMORY;
    for (size_t nth = 1; status; nth += 1 + nth / 50) { /* points are alike */
        struct question q = question_of(scenario, "h_seat", 3);
        memory_fail_at(nth);
        status = ask(&q, scenario, &options, &done);
        memory_fail_at(0);
        assert_true((status == 0 || status == ORGSIM_ERROR_MEMORY) && nth < 100000);
    }
    status = ORGSIM_ERROR_MEMORY;
    for (size_t nth = 1; status; nth++) {
        struct points points = {0};
        struct moments difference;
        struct orgsim_where where = {0};
        memory_fail_at(nth);
        status = points_open(&points, scenario, &options, &where);
        if (!status) status = point_difference(&points, NULL, 0, &difference, &where);
        memory_fail_at(0);
        points_close(&points);
        assert_true((status == 0 || status == ORGSIM_ERROR_MEMORY) && nth < 100000);
    }
    orgsim_scenario_free(scenario);
}

static void a_stop_keeps_what_was_taken(void **state)
{
    (void)state;
    static const volatile int stopped = 1;
    size_t arms[2], done;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct question q = question_of(scenario, "h_seat", 3);
    struct points points;
    struct moments difference;
    struct orgsim_where where = {0};
    lived_arms(scenario, "none tpm", arms);
    struct orgsim_run_options options = lived_options(arms, 2, EACH);
    options.stop = &stopped;
    assert_int_equal(ask(&q, scenario, &options, &done), ORGSIM_ERROR_INTERRUPTED);
    assert_true(done == 0 && q.taken == 0);
    assert_int_equal(points_open(&points, scenario, &options, &where), 0);
    assert_int_equal(point_difference(&points, NULL, 0, &difference, &where), ORGSIM_ERROR_INTERRUPTED);
    points_close(&points);
    orgsim_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_point_has_the_outcomes_of_a_run),
        cmocka_unit_test(a_forbidden_point_is_taken_with_its_reason),
        cmocka_unit_test(blocks_come_in_order_and_whole),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(a_stop_keeps_what_was_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
