/* price.c: net value as a function of pay */
#include "report/price.h"

#include <math.h>

#define WEEKS_PER_YEAR 52

static double mean(const struct finding *f, size_t row, enum orgsim_metric metric)
{
    double x = finding_summary(f, row, metric)->mean;
    return isfinite(x) ? x : 0;
}

/* k for a full-time week of the delivery seats of an organisation; 0 without any. */
static double week_price(const struct finding *f, size_t row)
{
    double fte;
    finding_delivery_seats(f, row, &fte);
    return fte > 0 ? f->results->seat_cost_per_week_k[row] / fte : 0;
}

static struct price_quantities quantities_of(const struct finding *f, size_t row)
{
    double headline = week_price(f, f->headline), own = week_price(f, row);
    struct price_quantities q = {.value = mean(f, row, ORGSIM_METRIC_value_k), .seat_weeks = mean(f, row, ORGSIM_METRIC_delivery_seat_weeks)};
    q.pay_ratio = headline > 0 ? own / headline : 0;
    q.other = q.value - mean(f, row, ORGSIM_METRIC_npv_k) - q.seat_weeks * q.pay_ratio * headline;
    double cost = mean(f, row, ORGSIM_METRIC_cost_without_seats_k), penalties = mean(f, row, ORGSIM_METRIC_penalties_k);
    q.pay_share = cost > 0 ? fmin(fmax(1 - penalties / cost, 0), 1) : 1;
    q.manager_hours = mean(f, row, ORGSIM_METRIC_coordination_em_h);
    return q;
}

void price_of(struct price *price, const struct finding *f)
{
    const struct scenario_money *money = &f->scenario->money;
    const struct assumptions *a = &f->scenario->assumptions;
    price->load = isnan(money->benefit_load) || money->benefit_load <= 0 ? FINDING_BENEFIT_LOAD : money->benefit_load;
    price->seat_salary = WEEKS_PER_YEAR * week_price(f, f->headline) / price->load;
    price->engineer_salary = isnan(money->engineer_per_year) ? WEEKS_PER_YEAR * a->c_eng / price->load : money->engineer_per_year / 1000;
    price->manager_factor = a->em_factor;
    price->without = quantities_of(f, f->baseline);
    price->with = quantities_of(f, f->headline);
}
