/* The story of a world is the world that every run lives: its outcome row to the bit, its dates and costs from the same events */
#include "study/lived.h"

#include "study/explain.h"

#define WORLDS 96

struct pair { struct orgsim_scenario *scenario; size_t arms[2]; struct lived lived; };

static void pair_open(struct pair *p, const char *name)
{
    p->scenario = lived_scenario(name);
    assert_int_equal(lived_arms(p->scenario, "none tpm", p->arms), 2);
    struct orgsim_run_options options = lived_options(p->arms, 2, WORLDS);
    lived_run(&p->lived, p->scenario, &options);
}

static void pair_close(struct pair *p)
{
    lived_free(&p->lived);
    orgsim_scenario_free(p->scenario);
}

static void tell(struct orgsim_story *story, const struct pair *p, enum orgsim_world_choice choice, uint64_t world)
{
    struct orgsim_where where = {0};
    struct orgsim_explain_options options = {.run = lived_options(p->arms, 2, WORLDS), .choice = choice, .world = world};
    assert_int_equal(orgsim_explain(p->scenario, &options, story, &where), 0);
    assert_int_equal(story->n_arms, 2);
    assert_int_equal(story->baseline, 0);
    assert_int_equal(story->headline, 1);
}

static size_t count(const struct orgsim_story_arm *told, enum orgsim_event_kind kind)
{
    size_t n = 0;
    for (size_t e = 0; e < told->n_events; e++) n += told->events[e].kind == kind;
    return n;
}

static const struct orgsim_event *find(const struct orgsim_story_arm *told, enum orgsim_event_kind kind)
{
    for (size_t e = 0; e < told->n_events; e++)
        if (told->events[e].kind == kind) return &told->events[e];
    return NULL;
}

static void same_count(const struct orgsim_story_arm *told, enum orgsim_event_kind kind, enum orgsim_metric metric)
{
    if ((float)count(told, kind) != told->metric[metric])
        fail_msg("%s: %zu events, outcome %g", orgsim_metric_info(metric)->id, count(told, kind), (double)told->metric[metric]);
}

/* Every fact that the outcome row counts is among the events, once. */
static void check_counts(const struct orgsim_story *story, const struct orgsim_story_arm *told)
{
    size_t risks = 0, wrong_hires = 0;
    for (size_t e = 0; e < told->n_events; e++) {
        const struct orgsim_event *event = &told->events[e];
        bool risk = event->kind == ORGSIM_EVENT_activated && story->items[event->subject].kind == ORGSIM_ITEM_RISK;
        risks += risk;
        wrong_hires += event->kind == ORGSIM_EVENT_seat_arrived && event->y > 0;
        if (e > 0) assert_true(told->events[e - 1].week <= event->week);
    }
    assert_true((float)risks == told->metric[ORGSIM_METRIC_risks_existing]);
    assert_true((float)wrong_hires == told->metric[ORGSIM_METRIC_wrong_hires]);
    same_count(told, ORGSIM_EVENT_realised, ORGSIM_METRIC_risks_realised);
    same_count(told, ORGSIM_EVENT_engineer_left, ORGSIM_METRIC_engineers_left);
    same_count(told, ORGSIM_EVENT_seat_left, ORGSIM_METRIC_seats_left);
    same_count(told, ORGSIM_EVENT_false_alarm, ORGSIM_METRIC_false_alarms);
    same_count(told, ORGSIM_EVENT_feature_dropped, ORGSIM_METRIC_features_dropped);
    same_count(told, ORGSIM_EVENT_request_accepted, ORGSIM_METRIC_requests_accepted);
}

/* The end has its date, to the bit. */
static void check_end(const struct orgsim_story_arm *told)
{
    const struct orgsim_event *finished = find(told, ORGSIM_EVENT_finished), *cancelled = find(told, ORGSIM_EVENT_cancelled);
    const struct orgsim_event *censored = find(told, ORGSIM_EVENT_censored);
    assert_int_equal((finished != NULL) + (cancelled != NULL) + (censored != NULL), 1);
    assert_true((told->metric[ORGSIM_METRIC_cancelled] > 0) == (cancelled != NULL));
    assert_true((told->metric[ORGSIM_METRIC_censored] > 0) == (censored != NULL));
    if (!finished) return;
    float last = 0;
    for (size_t e = 0; e < told->n_events; e++)
        if (told->events[e].kind == ORGSIM_EVENT_accepted && told->events[e].week > last) last = told->events[e].week;
    assert_true(finished->week == told->metric[ORGSIM_METRIC_finish_week]);
    assert_true(last == finished->week);
}

/* Weeks in which decisions above the team waited: the sum in the outcome is the sum over the story (in other order, hence the tolerance). */
static void check_latency(const struct orgsim_story *story, const struct orgsim_story_arm *told)
{
    double weeks = 0, decided = 0;
    float *noticed = calloc(story->n_items, sizeof *noticed);
    assert_non_null(noticed);
    for (size_t e = 0; e < told->n_events; e++) {
        const struct orgsim_event *event = &told->events[e];
        bool decides = (event->kind == ORGSIM_EVENT_resolved || event->kind == ORGSIM_EVENT_residual || event->kind == ORGSIM_EVENT_answered_right ||
                        event->kind == ORGSIM_EVENT_answered_wrong);
        if (event->kind == ORGSIM_EVENT_detected) noticed[event->subject] = event->week;
        bool by_team = event->y > 0;
        if (!decides || by_team || story->items[event->subject].level == 0) continue;
        decided++;
        weeks += (double)event->week - noticed[event->subject];
    }
    free(noticed);
    double expected = told->metric[ORGSIM_METRIC_escalation_latency_weeks], tolerance = 1e-4 * (1 + expected);
    assert_true(fabs((decided > 0 ? weeks / decided : 0) - expected) < tolerance);
}

static void check_world(const struct pair *p, uint64_t world)
{
    struct orgsim_story story = {0};
    tell(&story, p, ORGSIM_WORLD_number, world);
    assert_true(story.world == world);
    for (size_t a = 0; a < 2; a++) {
        const struct orgsim_story_arm *told = &story.arms[a];
        for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++) {
            float lived = lived_column(&p->lived, a, m)[world];
            if (memcmp(&lived, &told->metric[m], sizeof lived))
                fail_msg("world %u, %s: told %a, lived %a", (unsigned)world, lived_metric(m), (double)told->metric[m], (double)lived);
        }
        check_counts(&story, told);
        check_end(told);
        check_latency(&story, told);
    }
    orgsim_story_free(&story);
    orgsim_story_free(&story);
}

static void check_scenario(const char *name)
{
    static const uint64_t worlds[] = {0, 1, 7, 15, 16, 40, 63, 90, 95};
    struct pair p;
    pair_open(&p, name);
    for (size_t w = 0; w < sizeof worlds / sizeof *worlds; w++) check_world(&p, worlds[w]);
    pair_close(&p);
}

static void platform_migration_is_told_as_it_was_lived(void **state)
{
    (void)state;
    check_scenario("platform-migration");
}

static void startup_is_told_as_it_was_lived(void **state)
{
    (void)state;
    check_scenario("startup");
}

/* Best and worst are the extremes of the run; the surprise has the largest difference in lead; what is lost is below zero. */
static void choices_are_what_they_say(void **state)
{
    (void)state;
    struct pair p;
    struct orgsim_story story = {0};
    size_t best = 0, worst = 0, surprise = 0;
    pair_open(&p, "startup");
    const float *npv[2] = {lived_column(&p.lived, 0, ORGSIM_METRIC_npv_k), lived_column(&p.lived, 1, ORGSIM_METRIC_npv_k)};
    const float *lead[2] = {lived_column(&p.lived, 0, ORGSIM_METRIC_detection_lead_weeks), lived_column(&p.lived, 1, ORGSIM_METRIC_detection_lead_weeks)};
    for (size_t w = 0; w < WORLDS; w++) {
        double d = (double)npv[1][w] - npv[0][w], l = (double)lead[1][w] - lead[0][w];
        if (d > (double)npv[1][best] - npv[0][best]) best = w;
        if (d < (double)npv[1][worst] - npv[0][worst]) worst = w;
        if (l > (double)lead[1][surprise] - lead[0][surprise]) surprise = w;
    }
    tell(&story, &p, ORGSIM_WORLD_best, 0);
    assert_true(story.world == best);
    orgsim_story_free(&story);
    tell(&story, &p, ORGSIM_WORLD_worst, 0);
    assert_true(story.world == worst);
    orgsim_story_free(&story);
    tell(&story, &p, ORGSIM_WORLD_surprise, 0);
    assert_true(story.world == surprise);
    orgsim_story_free(&story);
    tell(&story, &p, ORGSIM_WORLD_lost, 0);
    assert_true(npv[1][story.world] < npv[0][story.world]);
    assert_true(story.searched == WORLDS && story.worse_share > 0);
    orgsim_story_free(&story);
    pair_close(&p);
}

/* By hand: five worlds whose medians are those of world 2; nothing is lost when no difference is below zero. */
static void choices_on_worlds_made_by_hand(void **state)
{
    (void)state;
    static const float finish[2][5] = {{50, 40, 45, 60, 44}, {48, 39, 42, 50, 41}}, npv[2][5] = {{0, 0, 0, 0, 0}, {5, 1, 3, 9, 2}};
    struct explain_worlds worlds = {0};
    size_t world = 0;
    assert_int_equal(explain_worlds_create(&worlds, 5), 0);
    for (int side = 0; side < 2; side++) {
        memcpy(worlds.finish[side], finish[side], sizeof finish[side]);
        memcpy(worlds.npv[side], npv[side], sizeof npv[side]);
    }
    worlds.n = 5;
    assert_int_equal(explain_worlds_choose(&worlds, ORGSIM_WORLD_typical, &world), 0);
    assert_int_equal(world, 2);
    assert_int_equal(explain_worlds_choose(&worlds, ORGSIM_WORLD_lost, &world), 0);
    assert_true(world == SIZE_MAX);
    worlds.npv[1][1] = -1;
    assert_int_equal(explain_worlds_choose(&worlds, ORGSIM_WORLD_lost, &world), 0);
    assert_int_equal(world, 1);
    explain_worlds_free(&worlds);
}

static void a_story_needs_two_organisations_and_a_world(void **state)
{
    (void)state;
    struct pair p;
    struct orgsim_story story = {0};
    struct orgsim_where where = {0};
    pair_open(&p, "startup");
    struct orgsim_explain_options options = {.run = lived_options(p.arms, 1, WORLDS), .choice = ORGSIM_WORLD_typical};
    assert_int_equal(orgsim_explain(p.scenario, &options, &story, &where), ORGSIM_ERROR_USAGE);
    orgsim_story_free(&story);
    options = (struct orgsim_explain_options){.run = lived_options(p.arms, 2, WORLDS), .choice = ORGSIM_WORLD_number, .world = UINT64_C(1) << 40};
    where = (struct orgsim_where){0};
    assert_int_equal(orgsim_explain(p.scenario, &options, &story, &where), ORGSIM_ERROR_USAGE);
    orgsim_story_free(&story);
    pair_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(platform_migration_is_told_as_it_was_lived), cmocka_unit_test(startup_is_told_as_it_was_lived),
        cmocka_unit_test(choices_are_what_they_say),                  cmocka_unit_test(choices_on_worlds_made_by_hand),
        cmocka_unit_test(a_story_needs_two_organisations_and_a_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
