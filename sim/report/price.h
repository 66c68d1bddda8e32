/* price.h: net value as a function of pay, so that somebody can change a salary and see the total move
 *
 * Cost is linear in pay, and of a mean over worlds only the quantities matter:
 *
 *     net value = value - salary load / 52 * pay ratio * weeks - other cost * (1 + pay share * (change of engineers' pay))
 *
 * At the pay that the run assumed this is the mean net value of the run, whatever the approximations: other cost is what is left. The seats' part
 * is exact where all delivery seats of an organisation cost the same a full-time week; the engineers' part takes managers, product seats and
 * what an organisation spends otherwise along in proportion, and leaves penalties as they are.
 */
#ifndef ORGSIM_REPORT_PRICE_H
#define ORGSIM_REPORT_PRICE_H

#include "report/finding.h"

/* Of one organisation, means over worlds; money in k, discounted. */
struct price_quantities {
    double value;
    double seat_weeks;  /* full-time weeks of pay of delivery seats, discounted */
    double pay_ratio;   /* of a full-time week of its delivery seats to one of the headline's */
    double other;       /* everything else that is spent */
    double pay_share;   /* of `other` that is pay, 0..1; the rest are penalties */
    double manager_hours; /* coordination hours of engineering managers */
};

struct price {
    struct price_quantities without, with; /* baseline, headline */
    double seat_salary, engineer_salary;   /* k a year before benefits, as assumed */
    double load;
    double manager_factor;                 /* pay of an engineering manager over that of an engineer */
};

void price_of(struct price *price, const struct finding *finding);

#endif
