/* validate_money.c: what weeks cost and what a result is worth, against integrals, and that no money appears or is lost */
#include <math.h>
#include <string.h>

#include "study/validate.h"
#include "study/validate_lab.h"
#include "study/validate_program.h"

#define MONEY "item,value\nengineer_per_year,104000\nem_per_year,156000\nbenefit_load,1.5\ndiscount_rate,0.08\n"
#define PROGRAM "setting,value\nname,Laboratory\nhorizon_weeks,400\nvalue_horizon_weeks,160\n"
#define TEAM (10 * 3.0 + 4.5) /* k a week: ten engineers and their manager, loaded */
#define FINISH 50.3           /* inside a tick */
#define VALUE_WEEKS 160.0
#define ADOPTION 8.0

static double rate(void) { return log(1.08) / 52; }

/* Integral of exp(-r t) over the weeks a..b. */
static double discounted(double a, double b, double r) { return (exp(-r * a) - exp(-r * b)) / r; }

static int lone_feature(struct validate_lab *lab, struct validate *v)
{
    const struct validate_case of = {
        .table = {[TABLE_PROGRAM] = PROGRAM,
                  [TABLE_MONEY] = MONEY,
                  [TABLE_PACKAGES] = "package,team,feature,effort_mode_pw\nP,T,F,503\n",
                  [TABLE_FEATURES] =
                      "feature,value_low_k_per_week,value_mode_k_per_week,value_high_k_per_week,probability_of_value\nF,40,40,40,1\n"},
        .settings = (const char *const[]){VALIDATE_CALM, "tau_adopt=8", NULL},
        .worlds = ORGSIM_BLOCK_WORLDS};
    return validate_lab_live(lab, v, &of);
}

/* 40 k a week from the launch, taken up at a rate of 1/8 a week: a difference of two discounted streams. */
static double worth(void)
{
    double weeks = VALUE_WEEKS - FINISH, r = rate();
    return 40 * exp(-r * FINISH) * (discounted(0, weeks, r) - discounted(0, weeks, r + 1 / ADOPTION));
}

int validate_discounted_value(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    int status = lone_feature(&lab, v);
    if (!status) f->measured = validate_lab_mean(&lab, 0, ORGSIM_METRIC_value_k);
    validate_expect(f, worth(), 1e-4 * worth());
    validate_lab_close(&lab);
    return status;
}

int validate_discounted_cost(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    double expected = TEAM * discounted(0, FINISH, rate());
    int status = lone_feature(&lab, v);
    if (!status) f->measured = validate_lab_mean(&lab, 0, ORGSIM_METRIC_value_k) - validate_lab_mean(&lab, 0, ORGSIM_METRIC_npv_k);
    validate_expect(f, expected, 2e-4 * expected);
    validate_lab_close(&lab);
    return status;
}

int validate_burn(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    int status = lone_feature(&lab, v);
    if (!status) f->measured = validate_lab_mean(&lab, 0, ORGSIM_METRIC_cost_k);
    validate_expect(f, TEAM * FINISH, 1e-4 * TEAM * FINISH);
    validate_lab_close(&lab);
    return status;
}

/* --- conservation, in a whole program under every organisation ------------------------------------------------------------------------- */

static const char *undiscounted(void *context, enum table table, const char *column, const char *first, const char *text,
                                char changed[VALIDATE_CELL])
{
    (void)context, (void)changed;
    bool is_rate = table == TABLE_MONEY && !strcmp(column, "value") && !strcmp(first, "discount_rate");
    return is_rate ? "0" : text;
}

static int whole_program(struct validate_lab *lab, struct validate *v)
{
    struct text texts[TABLES];
    struct validate_case of = {.worlds = validate_worlds(v, 1024)};
    int status = validate_program_make(texts, 4, 1, v->where);
    if (!status) status = validate_program_edit(texts, undiscounted, NULL);
    validate_lab_tables(&of, texts);
    if (!status) status = validate_lab_live(lab, v, &of);
    validate_program_free(texts);
    return status;
}

/* Largest distance, in shares of the cost, over worlds and organisations. */
static double worst_gap(const struct validate_lab *lab, double (*gap)(const struct validate_lab *lab, size_t arm, size_t world))
{
    double worst = 0;
    for (size_t a = 0; a < lab->arms.n; a++)
        for (size_t w = 0; w < lab->worlds; w++)
            worst = fmax(worst, fabs(gap(lab, a, w)) / (double)validate_lab_worlds(lab, a, ORGSIM_METRIC_cost_k)[w]);
    return worst;
}

static double of_world(const struct validate_lab *lab, size_t arm, enum orgsim_metric metric, size_t world)
{
    return (double)validate_lab_worlds(lab, arm, metric)[world];
}

static double account_gap(const struct validate_lab *lab, size_t a, size_t w)
{
    return of_world(lab, a, ORGSIM_METRIC_cost_k, w) - of_world(lab, a, ORGSIM_METRIC_cost_without_seats_k, w) -
           of_world(lab, a, ORGSIM_METRIC_seat_cost_k, w);
}

static double net_gap(const struct validate_lab *lab, size_t a, size_t w)
{
    return of_world(lab, a, ORGSIM_METRIC_value_k, w) - of_world(lab, a, ORGSIM_METRIC_cost_k, w) - of_world(lab, a, ORGSIM_METRIC_npv_k, w);
}

static int conserved(struct validate *v, struct validate_finding *f, double (*gap)(const struct validate_lab *lab, size_t arm, size_t world),
                     double slack)
{
    struct validate_lab lab = {0};
    int status = whole_program(&lab, v);
    if (!status) f->measured = worst_gap(&lab, gap);
    validate_expect(f, 0, slack);
    validate_lab_close(&lab);
    return status;
}

int validate_accounts(struct validate *v, struct validate_finding *f) { return conserved(v, f, account_gap, 1e-6); }
int validate_net(struct validate *v, struct validate_finding *f) { return conserved(v, f, net_gap, 1e-4); }
