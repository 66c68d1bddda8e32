/* test_conserved.c: no work comes from nowhere and none is lost
 *
 * Of every package that is kept: all work that ever came (content and discovered rework) is done or still to be done; when it is accepted, what
 * was done is its content and its rework, and what is left hidden is within the tolerance and is what escapes. Single precision, some hundred
 * ticks: 1e-4 of the sum.
 */
#include "study/inside.h"

enum { WORLDS = 200 };

static const char *const arms[] = {"none", "tpm", "both"};

static void near(double a, double b, double scale) { assert_true(fabs(a - b) <= 1e-4 * scale + 1e-6); }

struct seen { size_t accepted, dropped, unfinished, cancelled, reworked, escaped; };

static void check_package(const struct batch *b, size_t i, struct seen *seen)
{
    const struct package_state *s = &b->packages[i];
    double worked = s->worked, left = (double)s->remaining + s->rework, inflow = s->inflow, content = s->content, hidden = s->hidden;
    assert_true(s->remaining >= 0 && s->rework >= 0 && hidden >= 0 && worked >= 0);
    near(worked + left, inflow, inflow);
    if (s->dropped) {
        assert_true(!s->accepted && left == 0 && hidden == 0);
        seen->dropped++;
        return;
    }
    assert_true(inflow >= content * (1 - 1e-6)); /* rework adds, nothing takes away */
    assert_true(s->remaining <= content);
    seen->reworked += inflow > content * 1.01;
    if (s->accepted) {
        assert_true(s->integrated && left == 0);
        near(worked, inflow, inflow);
        assert_true(hidden <= (double)b->p->a.u_tol * content * (1 + 1e-6));
        assert_true(s->accepted_week >= s->cleared_week && s->cleared_week >= s->start_week);
        seen->accepted++;
    } else {
        seen->unfinished++;
    }
}

/* What the package sums say is what the ledger and the outcome say. */
static void check_world(const struct batch *b, const float *values, struct seen *seen)
{
    double worked = 0, content = 0, on_content = 0, hidden = 0;
    bool whole = true;
    for (size_t i = 0; i < b->p->n_packages; i++) {
        const struct package_state *s = &b->packages[i];
        check_package(b, i, seen);
        worked += s->worked;
        whole &= !s->dropped;
        if (s->dropped) continue;
        content += s->content;
        on_content += (double)s->content - s->remaining;
        if (s->accepted) hidden += s->hidden;
    }
    near(worked, b->ledger.work, worked);
    if (whole) near(worked - on_content, b->ledger.rework_work, worked);
    near(values[ORGSIM_METRIC_escaped_share] * content, hidden, content);
    near(values[ORGSIM_METRIC_rework_share] * worked, b->ledger.rework_work, worked);
    seen->escaped += hidden > 0;
    seen->cancelled += values[ORGSIM_METRIC_cancelled] > 0;
    if (values[ORGSIM_METRIC_cancelled] == 0 && values[ORGSIM_METRIC_censored] == 0)
        for (size_t i = 0; i < b->p->n_packages; i++) assert_true(b->packages[i].accepted || b->packages[i].dropped);
}

static struct seen check_scenario(const char *name)
{
    struct seen seen = {0};
    char path[1024];
    snprintf(path, sizeof path, "%s/scenarios/%s", ORGSIM_SOURCE, name);
    for (size_t a = 0; a < sizeof arms / sizeof *arms; a++) {
        struct inside in;
        inside_create(&in, path, arms[a], NULL, 0);
        for (uint64_t world = 0; world < WORLDS; world++) check_world(inside_live(&in, 7, world), in.values, &seen);
        inside_free(&in);
    }
    return seen;
}

static void work_is_conserved_in_a_startup(void **state)
{
    (void)state;
    struct seen seen = check_scenario("startup");
    assert_true(seen.accepted > 1000 && seen.reworked > 1000 && seen.escaped > 100);
}

/* Large enough that every end of a package is met: accepted, cut, and left behind in a cancelled program. */
static void work_is_conserved_in_a_migration(void **state)
{
    (void)state;
    struct seen seen = check_scenario("platform-migration");
    assert_true(seen.accepted > 10000 && seen.reworked > 10000 && seen.escaped > 500);
    assert_true(seen.dropped > 0 && seen.unfinished > 0 && seen.cancelled > 0);
}

/* The kernel in this test lives the worlds that the kernels of the library live. */
static void the_week_is_the_same(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    size_t arm = lived_arm(scenario, "tpm");
    struct orgsim_run_options options = lived_options(&arm, 1, 40);
    struct lived l;
    struct inside in;
    char path[1024];
    snprintf(path, sizeof path, "%s/scenarios/startup", ORGSIM_SOURCE);
    options.seed = 7;
    lived_run(&l, scenario, &options);
    inside_create(&in, path, "tpm", NULL, 0);
    for (size_t world = 0; world < 40; world++) {
        (void)inside_live(&in, 7, world);
        for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++) assert_memory_equal(&in.values[m], &lived_column(&l, 0, m)[world], sizeof(float));
    }
    inside_free(&in);
    lived_free(&l);
    orgsim_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_is_conserved_in_a_startup),
        cmocka_unit_test(work_is_conserved_in_a_migration),
        cmocka_unit_test(the_week_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
