/* First looks against signal detection: an item whose true severity is S is perceived as loud when ln S + sigma z > ln theta, and said when
 * somebody dares:
 *
 *     perceived  Phi((ln S - ln theta) / sigma(J)),  sigma(J) = sigma_0 (1 - J) + sigma_1 J;   said: times 1 - mum (1 - safety)(1 - E)
 *     d' = (ln s_cross - ln s_team) / sigma(J), whatever the threshold and the courage
 *
 * Ten risks of either altitude with one impact and no growth, so that every look is at the same severity.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>

#include "support/chance.h"
#include "support/lab.h"

#define RISKS 10
#define SEVERITY_TEAM 0.45
#define SEVERITY_CROSS 1.6

static double sigma_of(double judgment) { return 1.2 * (1 - judgment) + 0.35 * judgment; }
static double perceived_at(double severity, double threshold, double judgment)
{
    return gsl_cdf_ugaussian_P((log(severity) - log(threshold)) / sigma_of(judgment));
}

static const char *risks(void)
{
    static char text[4096];
    int at = snprintf(text, sizeof text, "%s", LAB_RISK_COLUMNS);
    for (int k = 0; k < RISKS; k++) {
        at += snprintf(text + at, sizeof text - (size_t)at, "T%d,technical,P,1,2,2,2,,0,team,,,,,\n", k);
        at += snprintf(text + at, sizeof text - (size_t)at, "C%d,technical,P,1,2,2,2,,0,cross,,,,,\n", k);
    }
    return text;
}

/* Counts of the looks of one observer: its six metrics lie side by side, in this order. */
enum { HITS, MISSES, FALSE_ALARMS, CORRECT_HOLDS, PERCEIVED_ABOVE, PERCEIVED_TEAM, COUNTS };

static void count_looks(const struct lab *lab, size_t arm, enum orgsim_metric hits, double counts[COUNTS])
{
    for (int c = 0; c < COUNTS; c++) counts[c] = lab_sum(lab, arm, (enum orgsim_metric)((int)hits + c));
}

static double score_variance(double p, double n)
{
    double z = gsl_cdf_ugaussian_Pinv(p), density = exp(-z * z / 2) / sqrt(2 * 3.14159265358979);
    return p * (1 - p) / (n * density * density);
}

static bool looks_agree(const double n[COUNTS], double threshold, double judgment, double empowerment)
{
    double above = n[HITS] + n[MISSES], team = n[FALSE_ALARMS] + n[CORRECT_HOLDS], dares = 1 - 0.55 * (1 - 0.3) * (1 - empowerment);
    double hit = perceived_at(SEVERITY_CROSS, threshold, judgment), alarm = perceived_at(SEVERITY_TEAM, threshold, judgment);
    double dprime = gsl_cdf_ugaussian_Pinv(n[PERCEIVED_ABOVE] / above) - gsl_cdf_ugaussian_Pinv(n[PERCEIVED_TEAM] / team);
    double se = sqrt(score_variance(hit, above) + score_variance(alarm, team));
    return chance_share("perceived above the team", n[PERCEIVED_ABOVE], above, hit) &&
           chance_share("perceived of the team", n[PERCEIVED_TEAM], team, alarm) && chance_share("hits", n[HITS], above, hit * dares) &&
           chance_share("false alarms", n[FALSE_ALARMS], team, alarm * dares) &&
           chance_near("d'", dprime, log(SEVERITY_CROSS / SEVERITY_TEAM) / sigma_of(judgment), se, 1e-6);
}

#define SEEN_AT_ONCE                                                                                                                           \
    LAB_CALM, "det_base=1e4", "chi0=0", "chi_seat=0", "sev_team=0.45", "s_x=1.6", "sig_max=1.2", "sig_min=0.35", "mum=0.55", "safety=0.3"

/* Three judgments in the delivery seat of three arms, nobody else looks. */
static bool seats_look(size_t worlds)
{
    static const double judgment[] = {0.2, 0.5, 0.9}, empowerment[] = {0.8, 0.1, 0.5};
    struct lab lab;
    const struct lab_tables tables = {.risks = risks(),
                                      .arms = "arm\na\nb\nc\n",
                                      .seats = "arm,role,fte,judgment,empowerment\na,tpm,1,0.2,0.8\nb,tpm,1,0.5,0.1\nc,tpm,1,0.9,0.5\n"};
    bool well = true;
    lab_open(&lab, &tables, (const char *const[]){SEEN_AT_ONCE, "v_team=0", "w_em=0", "theta=0.9", NULL}, 2, 0);
    lab_live(&lab, 6, worlds);
    for (size_t a = 0; a < 3; a++) {
        double counts[COUNTS];
        count_looks(&lab, a, ORGSIM_METRIC_hits_delivery, counts);
        assert_true(counts[HITS] + counts[MISSES] >= (double)(worlds * RISKS) * 0.99);
        well &= looks_agree(counts, 0.9, judgment[a], empowerment[a]);
    }
    lab_close(&lab);
    return well;
}

static void test_seats(void **state)
{
    (void)state;
    assert_true(chance_twice(seats_look, 2048));
}

/* Managers and engineers look with the manager's judgment and the team's courage. */
static bool team_looks(const char *team_weight, const char *em_weight, enum orgsim_metric hits, size_t worlds)
{
    struct lab lab;
    double counts[COUNTS];
    const struct lab_tables tables = {.risks = risks(), .teams = "team,engineers,em_judgment,em_empowerment\nT,10,0.7,0.25\n"};
    lab_open(&lab, &tables, (const char *const[]){SEEN_AT_ONCE, team_weight, em_weight, "theta=1.2", NULL}, 2, 0);
    lab_live(&lab, 8, worlds);
    count_looks(&lab, 0, hits, counts);
    bool well = looks_agree(counts, 1.2, 0.7, 0.25);
    lab_close(&lab);
    return well;
}

static bool managers_look(size_t worlds) { return team_looks("v_team=0", "w_em=1", ORGSIM_METRIC_hits_em, worlds); }
static bool engineers_look(size_t worlds) { return team_looks("v_team=1", "w_em=0", ORGSIM_METRIC_hits_team, worlds); }

static void test_managers_and_engineers(void **state)
{
    (void)state;
    assert_true(chance_twice(managers_look, 2048));
    assert_true(chance_twice(engineers_look, 2048));
}

/* Who sees it: one uniform against the shares of the hazard, team 0.5, manager 0.3, delivery seat 1 x alpha. */
static bool observers_agree(size_t worlds)
{
    struct lab lab;
    double by[3][COUNTS], n[3], all = 0, alpha = 1 - exp(-6 * 0.8 * 0.5);
    const struct lab_tables tables = {.risks = risks(),
                                      .seats = "arm,role,fte,judgment,empowerment,admin_share,weeks_in_seat\nnone,tpm,1,0.5,0,0.2,5000\n"};
    const enum orgsim_metric hits[] = {ORGSIM_METRIC_hits_team, ORGSIM_METRIC_hits_em, ORGSIM_METRIC_hits_delivery};
    lab_open(&lab, &tables, (const char *const[]){SEEN_AT_ONCE, "v_team=0.5", "w_em=0.3", "w_tech=1", "span_tpm=6", NULL}, 2, 0);
    lab_live(&lab, 12, worlds);
    for (int o = 0; o < 3; o++) {
        count_looks(&lab, 0, hits[o], by[o]);
        all += n[o] = by[o][HITS] + by[o][MISSES] + by[o][FALSE_ALARMS] + by[o][CORRECT_HOLDS];
    }
    lab_close(&lab);
    double sum = 0.5 + 0.3 + alpha;
    return chance_share("seen by the team", n[0], all, 0.5 / sum) && chance_share("seen by the manager", n[1], all, 0.3 / sum) &&
           chance_share("seen by the seat", n[2], all, alpha / sum);
}

static void test_observers(void **state)
{
    (void)state;
    assert_true(chance_twice(observers_agree, 1024));
}

/* Courage changes what is said and not what is perceived: look by look, for the luck is the same. */
static void test_courage(void **state)
{
    (void)state;
    struct lab lab;
    double timid[COUNTS], bold[COUNTS];
    const struct lab_tables tables = {
        .risks = risks(), .arms = "arm\ntimid\nbold\n", .seats = "arm,role,fte,judgment,empowerment\ntimid,tpm,1,0.6,0\nbold,tpm,1,0.6,1\n"};
    lab_open(&lab, &tables, (const char *const[]){SEEN_AT_ONCE, "v_team=0", "w_em=0", NULL}, 2, 0);
    lab_live(&lab, 2, 1024);
    for (size_t w = 0; w < lab.worlds; w++)
        assert_true(lab_value(&lab, 0, ORGSIM_METRIC_escalation_dprime_delivery, w) ==
                    lab_value(&lab, 1, ORGSIM_METRIC_escalation_dprime_delivery, w));
    count_looks(&lab, 0, ORGSIM_METRIC_hits_delivery, timid);
    count_looks(&lab, 1, ORGSIM_METRIC_hits_delivery, bold);
    assert_true(timid[PERCEIVED_ABOVE] == bold[PERCEIVED_ABOVE] && timid[PERCEIVED_TEAM] == bold[PERCEIVED_TEAM]);
    assert_true(bold[HITS] == bold[PERCEIVED_ABOVE] && timid[HITS] < bold[HITS] && timid[FALSE_ALARMS] < bold[FALSE_ALARMS]);
    lab_close(&lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seats),
        cmocka_unit_test(test_managers_and_engineers),
        cmocka_unit_test(test_observers),
        cmocka_unit_test(test_courage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
