/* test_monotone.c: more attention never makes a detection later in the same world, when nothing responds to it
 *
 * The loop is opened by what nobody does: perceive (theta out of reach), settle locally (chi0 = chi_seat = 0), talk about what is known
 * (h_open = 0), lose trust over a surprise (t_surp = 0). Then detection moves nothing, which is tested too, and its times may be compared item
 * by item.
 */
#include "study/inside.h"

#include "scenario/folder.h"

enum { WORLDS = 500, MOST = 16 };

#define OPEN_LOOP "theta=1e6", "chi0=0", "chi_seat=0", "h_open=0", "t_surp=0"
static const char *const open_loop[] = {OPEN_LOOP};
enum { N_OPEN_LOOP = sizeof open_loop / sizeof *open_loop };

struct seen { size_t items, detected, earlier, newly; };

/* Item by item: not later; what was noticed with less is noticed with more. */
static void compare_items(const struct batch *less, const struct batch *more, struct seen *seen)
{
    for (size_t k = 0; k < less->p->n_items; k++) {
        const struct item_state *a = &less->items[k], *b = &more->items[k];
        assert_true(a->active_week == b->active_week && (a->life == ITEM_ABSENT) == (b->life == ITEM_ABSENT));
        assert_true(b->detected_week <= a->detected_week);
        seen->items++;
        seen->detected += b->detected_week < NEVER;
        seen->earlier += b->detected_week < a->detected_week && a->detected_week < NEVER;
        seen->newly += b->detected_week < NEVER && a->detected_week >= NEVER;
    }
}

/* Metrics that only say who noticed what and when. */
static bool is_of_noticing(size_t m)
{
    return m == ORGSIM_METRIC_detection_lead_weeks || m == ORGSIM_METRIC_detection_lead_week8 ||
           (m >= ORGSIM_METRIC_escalation_latency_weeks && m <= ORGSIM_METRIC_false_alarms);
}

static struct seen compare(const char *path, const char *arm, const char *const *raised, size_t n_raised)
{
    const char *settings[MOST];
    struct inside less, more;
    struct seen seen = {0};
    for (size_t s = 0; s < N_OPEN_LOOP; s++) settings[s] = open_loop[s];
    for (size_t s = 0; s < n_raised; s++) settings[N_OPEN_LOOP + s] = raised[s];
    inside_create(&less, path, arm, settings, N_OPEN_LOOP);
    inside_create(&more, path, arm, settings, N_OPEN_LOOP + n_raised);
    for (uint64_t world = 0; world < WORLDS; world++) {
        const struct batch *a = inside_live(&less, 3, world), *b = inside_live(&more, 3, world);
        compare_items(a, b, &seen);
        for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++)
            if (!is_of_noticing(m)) assert_memory_equal(&less.values[m], &more.values[m], sizeof(float));
    }
    inside_free(&less);
    inside_free(&more);
    return seen;
}

/* One team, one package, one risk that exists in every world, nobody who reacts. */
static const struct folder_file single[] = {
    {"program.csv", "setting,value,unit,source\nname,One risk,,\nhorizon_weeks,156,weeks,\nbaseline_arm,none,,\nheadline_arm,tpm,,\n"},
    {"teams.csv", "team,engineers\nA,4\n"},
    {"packages.csv", "package,team,effort_low_pw,effort_mode_pw,effort_high_pw\nP,A,60,80,120\n"},
    {"dependencies.csv", "from,to\n"},
    {"risks.csv", "risk,category,package,probability,impact_low_pw,impact_mode_pw,impact_high_pw,detectability,altitude\n"
                  "R,technical,P,1,1,2,4,1,team\n"},
    {"arms.csv", "arm,label\nnone,none\ntpm,tpm\n"},
    {"seats.csv", "arm,seat,role\nnone,pm,pm\ntpm,pm,pm\ntpm,tpm,tpm\n"},
};

static void one_risk_is_never_noticed_later(void **state)
{
    (void)state;
    const char *const raised[] = {"det_base=0.21"};
    char folder[64] = "/tmp/orgsim-monotone-XXXXXX";
    assert_non_null(mkdtemp(folder));
    for (size_t f = 0; f < sizeof single / sizeof *single; f++) folder_write(folder, single[f].name, single[f].text, strlen(single[f].text));
    const char *const arms[] = {"none", "tpm"};
    for (size_t a = 0; a < 2; a++) {
        struct seen seen = compare(folder, arms[a], raised, 1);
        assert_int_equal(seen.items, WORLDS);
        assert_true(seen.detected > WORLDS / 2 && seen.earlier > WORLDS / 3 && seen.newly > 0);
    }
    folder_remove(folder);
}

static void nothing_is_noticed_later(void **state)
{
    (void)state;
    static const struct { const char *raised[6]; size_t n; } cases[] = {
        {{"det_base=0.21", "rec=0.3"}, 2},
        {{"w_tech=1.5", "w_integ=3", "w_exec=2.25", "w_tpm_mkt=0.3", "w_tpm_people=0.45", "att_tpm_other=0.45"}, 6},
        {{"v_team=0.75", "w_em=0.75", "mis_det=0.75"}, 3},
        {{"w_pm=2.25", "w_pm_exec=0.3", "w_pm_other=0.15"}, 3},
    };
    char path[1024];
    snprintf(path, sizeof path, "%s/scenarios/platform-migration", ORGSIM_SOURCE);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct seen seen = compare(path, "tpm", cases[c].raised, cases[c].n);
        assert_true(seen.detected > 5000 && seen.earlier > 1000 && seen.newly > 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_risk_is_never_noticed_later), cmocka_unit_test(nothing_is_noticed_later)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
