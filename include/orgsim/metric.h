/** @file metric.h  What is measured in every world under every organisation. One table: files, flags and help follow from it. */
#ifndef ORGSIM_METRIC_H
#define ORGSIM_METRIC_H

#include <orgsim/export.h>

/* X(id, unit, sign, decimals, meaning)
 *   sign      1: more is better, -1: less is better, 0: neither
 *   decimals  with which a person reads it */
#define ORGSIM_METRICS(X)                                                                                                                    \
    X(finish_week, "week", -1, 1, "week of the last acceptance; the horizon where cancelled or censored (infinite in quantiles)")           \
    X(slip, "share", -1, 2, "finish over the first committed date, minus one")                                                              \
    X(on_time, "share", 1, 2, "finished by the first committed date")                                                                       \
    X(cost_k, "k", -1, 0, "all costs, undiscounted")                                                                                         \
    X(cost_without_seats_k, "k", -1, 0, "costs without those of the seats")                                                                 \
    X(seat_cost_k, "k", -1, 0, "pay and replacement of the seats")                                                                          \
    X(value_k, "k", 1, 0, "discounted value delivered until the value horizon")                                                             \
    X(npv_k, "k", 1, 0, "value_k less all costs and penalties, discounted")                                                                 \
    X(cancelled, "share", -1, 3, "cancelled by its sponsors")                                                                               \
    X(censored, "share", -1, 3, "still running at the horizon")                                                                             \
    X(escaped_share, "share", -1, 3, "undiscovered rework at launch over the content")                                                      \
    X(risks_existing, "risks", 0, 1, "risks of the register that exist in this world and became active")                                   \
    X(surfaced_before_integration, "share", 1, 2, "existing risks surfaced before integration")                                             \
    X(surfaced_per_exposure_week, "per week", 1, 3, "risks surfaced per week of exposure")                                                  \
    X(risks_realised, "risks", -1, 1, "risks that struck")                                                                                  \
    X(detection_lead_weeks, "weeks", 1, 1, "from noticing a risk to its integration or strike; 0 if never noticed")                         \
    X(escalation_latency_weeks, "weeks", -1, 1, "from noticing to deciding, items above the team")                                          \
    X(escalation_precision, "share", 1, 2, "first looks surfaced that deserved it")                                                         \
    X(escalation_recall, "share", 1, 2, "first looks that deserved surfacing and were surfaced")                                            \
    X(escalation_dprime, "1", 1, 2, "discriminability of first looks, before the courage to speak")                                         \
    X(escalation_precision_team, "share", 1, 2, "the same, by engineers")                                                                   \
    X(escalation_recall_team, "share", 1, 2, "the same, by engineers")                                                                      \
    X(escalation_dprime_team, "1", 1, 2, "the same, by engineers")                                                                          \
    X(escalation_precision_em, "share", 1, 2, "the same, by engineering managers")                                                          \
    X(escalation_recall_em, "share", 1, 2, "the same, by engineering managers")                                                             \
    X(escalation_dprime_em, "1", 1, 2, "the same, by engineering managers")                                                                 \
    X(escalation_precision_pm, "share", 1, 2, "the same, by product seats")                                                                 \
    X(escalation_recall_pm, "share", 1, 2, "the same, by product seats")                                                                    \
    X(escalation_dprime_pm, "1", 1, 2, "the same, by product seats")                                                                        \
    X(escalation_precision_delivery, "share", 1, 2, "the same, by delivery seats")                                                          \
    X(escalation_recall_delivery, "share", 1, 2, "the same, by delivery seats")                                                             \
    X(escalation_dprime_delivery, "1", 1, 2, "the same, by delivery seats")                                                                 \
    X(hits_team, "looks", 1, 2, "first looks above the team's altitude that were surfaced, by engineers")                                   \
    X(misses_team, "looks", -1, 2, "first looks above the team's altitude that were held, by engineers")                                    \
    X(first_false_alarms_team, "looks", -1, 2, "first looks at the team's altitude that were surfaced, by engineers")                       \
    X(correct_holds_team, "looks", 1, 2, "first looks at the team's altitude that were held, by engineers")                                 \
    X(perceived_above_team, "looks", 1, 2, "first looks above the team's altitude perceived above the threshold, by engineers")            \
    X(perceived_team_team, "looks", -1, 2, "first looks at the team's altitude perceived above the threshold, by engineers")               \
    X(hits_em, "looks", 1, 2, "the same, by engineering managers")                                                                          \
    X(misses_em, "looks", -1, 2, "the same, by engineering managers")                                                                       \
    X(first_false_alarms_em, "looks", -1, 2, "the same, by engineering managers")                                                           \
    X(correct_holds_em, "looks", 1, 2, "the same, by engineering managers")                                                                 \
    X(perceived_above_em, "looks", 1, 2, "first looks above the team's altitude perceived above the threshold, by engineering managers")   \
    X(perceived_team_em, "looks", -1, 2, "first looks at the team's altitude perceived above the threshold, by engineering managers")      \
    X(hits_pm, "looks", 1, 2, "the same, by product seats")                                                                                 \
    X(misses_pm, "looks", -1, 2, "the same, by product seats")                                                                              \
    X(first_false_alarms_pm, "looks", -1, 2, "the same, by product seats")                                                                  \
    X(correct_holds_pm, "looks", 1, 2, "the same, by product seats")                                                                        \
    X(perceived_above_pm, "looks", 1, 2, "first looks above the team's altitude perceived above the threshold, by product seats")          \
    X(perceived_team_pm, "looks", -1, 2, "first looks at the team's altitude perceived above the threshold, by product seats")             \
    X(hits_delivery, "looks", 1, 2, "the same, by delivery seats")                                                                          \
    X(misses_delivery, "looks", -1, 2, "the same, by delivery seats")                                                                       \
    X(first_false_alarms_delivery, "looks", -1, 2, "the same, by delivery seats")                                                           \
    X(correct_holds_delivery, "looks", 1, 2, "the same, by delivery seats")                                                                 \
    X(perceived_above_delivery, "looks", 1, 2, "first looks above the team's altitude perceived above the threshold, by delivery seats")   \
    X(perceived_team_delivery, "looks", -1, 2, "first looks at the team's altitude perceived above the threshold, by delivery seats")      \
    X(false_alarms, "items", -1, 1, "items of the team's altitude that used a forum slot or a decider")                                     \
    X(decision_closure_rate, "share", 1, 2, "questions closed before integration decided them by default")                                  \
    X(decision_weeks, "weeks", -1, 1, "mean weeks a question stayed open")                                                                  \
    X(decision_debt_weeks, "weeks", -1, 0, "sum of open weeks over questions")                                                              \
    X(decision_debt_interest_k, "k", -1, 0, "rework caused by open, wrong and defaulted questions, at the cost of an engineer")             \
    X(coordination_absorbed_h, "hours", 0, 0, "coordination hours absorbed by seats")                                                       \
    X(coordination_em_h, "hours", -1, 0, "coordination hours carried by engineering managers")                                              \
    X(coordination_engineers_h, "hours", -1, 0, "coordination hours carried by engineers")                                                  \
    X(coordination_pm_h, "hours", -1, 0, "coordination hours carried by product seats")                                                     \
    X(focus_loss, "share", -1, 3, "engineers' time lost to coordination, mean over active team-weeks")                                     \
    X(rework_share, "share", -1, 2, "share of the work that repaired earlier work")                                                         \
    X(watermelon_weeks, "weeks", -1, 1, "weeks reported green (slip under 10 %) and truly red (over 25 %)")                                 \
    X(gap_unknown_weeks, "weeks", -1, 1, "mean of true less known forecast: what nobody knew")                                              \
    X(gap_silent_weeks, "weeks", -1, 1, "mean of known less reported forecast: what somebody knew and did not say")                         \
    X(reports_biased_share, "share", -1, 2, "share of team reports that were biased")                                                       \
    X(engineers_left, "people", -1, 1, "engineers who left")                                                                                \
    X(engineer_attrition_per_year, "per year", -1, 3, "engineers who left over engineer-years")                                             \
    X(seats_left, "people", -1, 2, "holders of seats who left")                                                                             \
    X(seat_vacant_weeks, "weeks", -1, 1, "weeks a seat stood empty after its holder left")                                                  \
    X(wrong_hires, "people", -1, 2, "successors in seats with judgment below the line")                                                     \
    X(trust_end, "1", 1, 2, "trust in the delivery seats at the end (in the product seats where there are none)")                           \
    X(features_dropped, "features", 0, 1, "features dropped by product seats or by management")                                             \
    X(requests_accepted, "requests", 0, 1, "requests for more scope that were accepted")                                                    \
    X(forum_hours, "hours", -1, 0, "attendee hours in forum slots that this program used")                                                  \
    X(penalties_k, "k", -1, 0, "penalties of debt, compliance and migration that were late or cut")                                         \
    X(closure_rate_week8, "share", 1, 2, "leading indicator: closed share of the questions opened by week 8")                               \
    X(detection_lead_week8, "weeks", 1, 1, "leading indicator: mean weeks since noticing, risks known and open at week 8")                  \
    X(false_alarms_week8, "items", -1, 2, "leading indicator: false alarms by week 8")                                                      \
    X(delivery_seat_weeks, "weeks", 0, 1, "discounted weeks of pay of delivery seats, by full-time equivalent: weeks paid, and those that replacing somebody costs")

enum orgsim_metric {
#define X(id, unit, sign, decimals, meaning) ORGSIM_METRIC_##id,
    ORGSIM_METRICS(X)
#undef X
    ORGSIM_METRIC_COUNT
};

/* X(id, unit, meaning): followed week by week (timeline.csv) */
#define ORGSIM_TIMELINE(X)                                                                                                                   \
    X(progress_true, "share", "content that is done and right")                                                                             \
    X(progress_reported, "share", "progress as last reported")                                                                              \
    X(open_decisions, "questions", "questions that are open")                                                                               \
    X(latent_risks, "risks", "risks that are active and unknown")                                                                           \
    X(surfaced_risks, "risks", "risks surfaced and not yet decided")                                                                        \
    X(coordination_hours, "hours per week", "coordination load")                                                                            \
    X(trust, "1", "trust in the delivery seats (product seats where there are none)")

enum orgsim_timeline {
#define X(id, unit, meaning) ORGSIM_TIMELINE_##id,
    ORGSIM_TIMELINE(X)
#undef X
    ORGSIM_TIMELINE_COUNT
};

/** One row of the table above. */
struct orgsim_metric_info {
    const char *id, *unit, *meaning;
    int sign, decimals;
};

/** Description of a metric; metric < ORGSIM_METRIC_COUNT. */
ORGSIM_API const struct orgsim_metric_info *orgsim_metric_info(enum orgsim_metric metric);

/** Description of a timeline metric (sign and decimals 0); metric < ORGSIM_TIMELINE_COUNT. */
ORGSIM_API const struct orgsim_metric_info *orgsim_timeline_info(enum orgsim_timeline metric);

/** Metric of this id, or -1. */
ORGSIM_API int orgsim_metric_find(const char *id);

#endif
