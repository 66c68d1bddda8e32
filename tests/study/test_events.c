/* test_events.c: what the events of a life say in the order of their weeks, its outcome row must say too
 *
 * The lead of a risk is the time from noticing it to its strike, or to the integration at which it would have struck; never less than nothing. A wrong
 * answer that stays is one whose package was integrated, done or cut by then, or that came back twice already.
 */
#include "study/lived.h"

static struct orgsim_story *tell(struct orgsim_scenario *scenario, const size_t *arms, uint64_t world)
{
    static struct orgsim_story story;
    struct orgsim_where where = {0};
    struct orgsim_explain_options options = {.run = lived_options(arms, 2, 2), .choice = ORGSIM_WORLD_number, .world = world};
    story = (struct orgsim_story){0};
    assert_int_equal(orgsim_explain(scenario, &options, &story, &where), 0);
    return &story;
}

/* Week of the first event of this kind about this subject; INFINITY without one. */
static double week_of(const struct orgsim_story_arm *told, enum orgsim_event_kind kind, size_t subject)
{
    for (size_t e = 0; e < told->n_events; e++)
        if (told->events[e].kind == kind && told->events[e].subject == subject) return (double)told->events[e].week;
    return INFINITY;
}

static double lead_of(const struct orgsim_story *story, const struct orgsim_story_arm *told, size_t k)
{
    double noticed = week_of(told, ORGSIM_EVENT_detected, k), end = week_of(told, ORGSIM_EVENT_realised, k);
    if (isinf(end) && !isinf(week_of(told, ORGSIM_EVENT_resolved, k))) end = week_of(told, ORGSIM_EVENT_integrated, story->items[k].package);
    return isinf(noticed) || isinf(end) ? 0 : fmax(0, end - noticed);
}

static void check_leads(const struct orgsim_story *story, const struct orgsim_story_arm *told)
{
    double sum = 0, existing = (double)told->metric[ORGSIM_METRIC_risks_existing];
    for (size_t k = 0; k < story->n_items; k++)
        if (story->items[k].kind == ORGSIM_ITEM_RISK) sum += lead_of(story, told, k);
    if (existing > 0) assert_true(fabs(sum / existing - (double)told->metric[ORGSIM_METRIC_detection_lead_weeks]) < 1e-4);
}

/* Returns how many wrong answers stayed. */
static size_t check_answers(const struct orgsim_story *story, const struct orgsim_story_arm *told)
{
    size_t stayed = 0;
    for (size_t e = 0; e < told->n_events; e++) {
        const struct orgsim_event *event = &told->events[e];
        if (event->kind != ORGSIM_EVENT_stayed_wrong) continue;
        size_t package = story->items[event->subject].package, back = 0;
        for (size_t other = 0; other < e; other++)
            back += told->events[other].kind == ORGSIM_EVENT_reopened && told->events[other].subject == event->subject;
        double over = fmin(week_of(told, ORGSIM_EVENT_integrated, package), week_of(told, ORGSIM_EVENT_done, package));
        over = fmin(over, week_of(told, ORGSIM_EVENT_cut, package));
        if (back < 2 && over > (double)event->week)
            fail_msg("item %u of package %zu stayed wrong in week %g, before %g", event->subject, package, (double)event->week, over);
        stayed++;
    }
    return stayed;
}

static void events_and_outcomes_agree(void **state)
{
    (void)state;
    static const struct {
        const char *scenario;
        uint64_t worlds;
    } cases[] = {{"startup", 320}, {"workshop", 320}, {"platform-migration", 200}};
    size_t stayed = 0;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct orgsim_scenario *scenario = lived_scenario(cases[c].scenario);
        size_t arms[2];
        lived_arms(scenario, "none half_tpm", arms);
        for (uint64_t world = 0; world < cases[c].worlds; world++) {
            struct orgsim_story *story = tell(scenario, arms, world);
            for (size_t arm = 0; arm < 2; arm++) {
                check_leads(story, &story->arms[arm]);
                stayed += check_answers(story, &story->arms[arm]);
            }
            orgsim_story_free(story);
        }
        orgsim_scenario_free(scenario);
    }
    assert_true(stayed > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(events_and_outcomes_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
