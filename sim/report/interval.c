/* interval.c: how sure a quantile or a share is, as it will be shown */
#include "report/interval.h"

#include <math.h>
#include <stdio.h>

struct orgsim_interval interval_share(const struct finding *f, double share)
{
    double n = (double)f->results->worlds;
    struct orgsim_interval interval;
    summary_share_interval(round(share * n), n, &interval.low, &interval.high);
    return interval;
}

struct orgsim_interval interval_quantile(const struct finding *f, size_t row, enum orgsim_metric metric, int level)
{
    const struct orgsim_summary *s = finding_summary(f, row, metric);
    return (struct orgsim_interval){s->quantile_low[level], s->quantile_high[level]};
}

struct orgsim_interval interval_mean(const struct finding *f, size_t row, enum orgsim_metric metric)
{
    const struct orgsim_summary *s = finding_summary(f, row, metric);
    return (struct orgsim_interval){s->mean - SUMMARY_Z95 * s->se, s->mean + SUMMARY_Z95 * s->se};
}

double interval_reach(double value, struct orgsim_interval i)
{
    if (isinf(value)) return isinf(i.low) ? 0 : (double)INFINITY;
    return isnan(i.low) || isnan(i.high) ? (double)NAN : fmax(value - i.low, i.high - value);
}

/* A quantile may reach to never; a change, which has a sign, is open there. */
static struct interval_words join(struct orgsim_interval i, struct shown low, struct shown high, int flags)
{
    struct interval_words words = {""};
    if (isnan(i.low) || isnan(i.high)) return words;
    if (i.low == (double)INFINITY) snprintf(words.s, sizeof words.s, "%s", low.s);
    else if (isinf(i.low)) snprintf(words.s, sizeof words.s, "%s or less", high.s);
    else if (isinf(i.high) && flags & SHOWN_SIGN) snprintf(words.s, sizeof words.s, "%s or more", low.s);
    else snprintf(words.s, sizeof words.s, "%s to %s", low.s, high.s);
    return words;
}

struct interval_words interval_number(struct orgsim_interval i, int decimals, int flags)
{
    return join(i, shown_number(i.low, decimals, flags), shown_number(i.high, decimals, flags), flags);
}

struct interval_words interval_k(struct orgsim_interval i, int decimals, int flags)
{
    return join(i, shown_k(i.low, decimals, flags), shown_k(i.high, decimals, flags), flags);
}

struct interval_words interval_percent(struct orgsim_interval i, int flags) { return join(i, shown_share(i.low, flags), shown_share(i.high, flags), flags); }

struct interval_move interval_move(const struct finding *f, size_t row)
{
    const struct orgsim_shift *shift = &finding_comparison(f, row, ORGSIM_METRIC_finish_week)->p80;
    struct interval_move move = {.weeks = {shown_round(shift->ci_low, 1), shown_round(shift->ci_high, 1)}};
    move.known = isfinite(shift->difference) && (isfinite(shift->ci_low) || isfinite(shift->ci_high));
    move.clear = move.known && (shift->ci_low > 0 || shift->ci_high < 0);
    move.nowhere = move.known && shift->ci_low == 0 && shift->ci_high == 0;
    return move;
}
