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

static bool looks_agree(const double n[COUNTS], double threshold, double judgment, double empowerment)
{
    double above = n[HITS] + n[MISSES], team = n[FALSE_ALARMS] + n[CORRECT_HOLDS], dares = 1 - 0.55 * (1 - 0.3) * (1 - empowerment);
    double hit = perceived_at(SEVERITY_CROSS, threshold, judgment), alarm = perceived_at(SEVERITY_TEAM, threshold, judgment);
    double dprime = gsl_cdf_ugaussian_Pinv(n[PERCEIVED_ABOVE] / above) - gsl_cdf_ugaussian_Pinv(n[PERCEIVED_TEAM] / team);
    double se = sqrt(hit * (1 - hit) / above) / gsl_ran_density(hit) ;
    (void)se;
    return dprime > 0;
}
