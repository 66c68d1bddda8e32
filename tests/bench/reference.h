/* reference.h: the whole model once more in the usual way, to measure the engine against
 *
 * One world under one organisation at a time; an array of structs for each kind of entity, in double; a loop over the ticks of the weeks, in it one
 * over the mechanisms, in that one over the entities; and a draw from GSL (mt19937) whenever something may happen: a hazard is asked in every tick
 * in which it acts. So it is what a careful programmer writes who has GSL and does not think of lanes, of sharing draws between
 * organisations or of integer arithmetic.
 *
 * It borrows the compiled program and organisation (plan, order, thresholds, seats), which are made once, and lives everything else on its own. Its luck is its own too:
 * worlds differ from the engine's, statistics agree (reference_agreement.c). All levers are on; nothing is frictionless.
 */
#ifndef TESTS_BENCH_REFERENCE_H
#define TESTS_BENCH_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#include <gsl/gsl_rng.h>

#include "engine/program.h"

#define REFERENCE_NEVER 1e30 /* weeks */

struct reference_triangle { double low, mode, high; };

struct reference_package {
    double content, estimate;                        /* person-weeks, true and planned */
    double remaining, rework, hidden;                /* R, B, U */
    double hidden_age, hidden_fresh, hidden_before;  /* U times its mean age; the part made in the last tick; U before the tick */
    double worked;
    double ready_week, blocked_until, cleared_week, done_week, accepted_week, integration_week;
    double worked_from, worked_to, progress_from, progress_to; /* of this tick */
    double covered_accepted_week, request_value;
    int waiting, covered_left, open_questions, hidden_mismatches, worked_tick;
    bool started, done, integrating, integrated, accepted, dropped, promoted, again;
};

enum reference_life {
    LIFE_ABSENT, LIFE_DORMANT, LIFE_LATENT, LIFE_HELD, LIFE_PREPARING, LIFE_QUEUED, LIFE_DECIDING, LIFE_CLOSED, LIFE_REALISED, LIFE_WRONG
};

/* Observers: the team's engineers, its manager, then the seats by number. */
enum { OBSERVED_BY_TEAM, OBSERVED_BY_EM, OBSERVED_BY_SEAT };

struct reference_item {
    enum reference_life life;
    int observer, level, looks, episode;
    bool settled, surfaced, for_good;                /* for_good: a residual risk, nothing more can be done about it */
    double score, impact, open_share, delay, log_severity;
    double active_week, detected_week, timer, ticket, impact_factor;
};

struct reference_team {
    double experienced, newcomers, vacancies, firefighting, noise_state, noise;
    double capacity, tick_capacity, tick_rework, per_head, quality, focus_loss, em_vigilance;
    int active_packages, active_interfaces, open_questions, leaving;
};

struct reference_person { double vacancy, judgment; bool left; };
struct reference_seat { double judgment_time, admin_time, trust, tenure; bool present; };
struct reference_role { double weight, attention, judgment, empowerment, trust; };
struct reference_forum { double phase, arrived, served, meeting; int meetings; };
struct reference_feature { double value; bool worth, dropped; };
struct reference_looks { double hit, miss, false_alarm, correct_hold, seen_above, seen_team; };

enum { BY_DELIVERY, BY_PRODUCT, REFERENCE_ROLES };
enum { LOOKED_TEAM, LOOKED_EM, LOOKED_PM, LOOKED_DELIVERY, REFERENCE_OBSERVERS };

struct reference_ledger {
    double cost, cost_discounted, arm_cost, seat_cost, seat_cost_discounted, delivery_seat_weeks, penalties, penalties_discounted;
    double forum_hours, interest_work, absorbed_h, em_h, engineers_h, pm_h, focus_loss, active_team_weeks, work, rework_work;
    double watermelon, gap_unknown, gap_silent, reports, team_reports, biased_reports;
    double engineers_left, engineer_weeks, seats_left, vacant_weeks, wrong_hires;
    double risks_active, risks_surfaced, risks_surfaced_early, risks_realised, exposure_weeks, lead_weeks;
    double decided_above, latency_weeks, false_alarms, questions_opened, questions_closed, question_weeks;
    double features_dropped, requests_accepted, closure_week8, lead_week8, false_alarms_week8;
    struct reference_looks looks[REFERENCE_OBSERVERS];
};

/* One life. */
struct reference {
    const struct program *p;
    const struct organisation *o;
    gsl_rng *rng;
    struct reference_triangle *impact, *value;       /* [item], [feature]: what is drawn from */
    double *members;                                 /* of the copula */
    double *team_normal;

    int tick, week;
    double t0, t1, dt;
    bool alive, finished, cancelled, censored;
    double finish_week, stop_week;
    int packages_left;

    struct reference_package *packages;
    struct reference_item *items;
    struct reference_team *teams;
    struct reference_feature *features;
    struct reference_person persons[PROGRAM_SEATS];
    struct reference_seat seats[PROGRAM_SEATS];
    struct reference_role roles[REFERENCE_ROLES];
    struct reference_forum forums[SCENARIO_FORUMS];
    struct reference_ledger ledger;

    double active_teams, interface_load, interfaces; /* what coordination counted */
    double admin_time, trusted_time, delivery_time, overhead_seats, prepared_time;
    double open_cross, rigour, pm_load, pressure, committed_week, last_reaction, judgment_invested;
    double reported_share, forecast_reported, next_request, trust_followed;
    int reinforcements, lead;
};

/* Room for lives of this program; draws come from gsl_rng_mt19937 with this seed. 0 or ORGSIM_ERROR_MEMORY. Free it also after an error. */
int reference_create(struct reference *r, const struct program *program, unsigned long seed) __attribute__((warn_unused_result));
void reference_free(struct reference *r);

/* Draws a new world and lives it under the organisation; metrics as in orgsim/metric.h. */
void reference_live(struct reference *r, const struct organisation *organisation, double metrics[ORGSIM_METRIC_COUNT]);

/* ---- the parts of a week, in the files named reference_*.c ---- */

/* reference_nature.c */
void reference_nature(struct reference *r);
void reference_noise(struct reference *r);
bool reference_chance(struct reference *r, double probability);
double reference_normal(struct reference *r);
double reference_exponential(struct reference *r, double mean);
bool reference_strikes(struct reference *r, double rate, double from, double until, double *week);

/* reference_items.c: where items change state, and what they weigh */
bool reference_open(const struct reference_item *item);
void reference_move(struct reference *r, size_t k, enum reference_life to, double week);
double reference_log_growth(const struct reference *r, size_t k, double week);
double reference_impact(const struct reference *r, size_t k, double week);
double reference_window_end(const struct reference *r, size_t k);
void reference_activation(struct reference *r);
void reference_realise(struct reference *r, size_t k, double week);
void reference_realisation(struct reference *r);
void reference_closing(struct reference *r);
void reference_detection(struct reference *r);
void reference_integration(struct reference *r);

/* reference_path.c: judgment, forums, decisions */
void reference_resolve_risk(struct reference *r, size_t k, double week);
void reference_answer(struct reference *r, size_t k, double week, double judgment);
void reference_judgment(struct reference *r);
void reference_escalation(struct reference *r);
void reference_decision(struct reference *r);

/* reference_work.c */
bool reference_closed(const struct reference_package *package);
void reference_rework_add(struct reference *r, size_t i, double amount);
void reference_latch_done(struct reference *r, size_t i, double week);
void reference_tell_integrator(struct reference *r, size_t i, double week);
void reference_discovery(struct reference *r);
void reference_work(struct reference *r);
void reference_work_again(struct reference *r);
void reference_acceptance(struct reference *r);

/* reference_people.c */
void reference_people_reset(struct reference *r);
void reference_seats(struct reference *r);
void reference_coordination(struct reference *r);
void reference_attention(struct reference *r);
void reference_trust_observer(struct reference *r, size_t k, double gain);
void reference_trust_gain(struct reference *r, int role, double gain);
void reference_trust_surprise(struct reference *r, size_t k);
void reference_trust(struct reference *r);
void reference_turnover(struct reference *r);
void reference_rigour(struct reference *r);

/* reference_sponsor.c: reports, management, product */
void reference_reporting(struct reference *r);
void reference_management(struct reference *r);
void reference_product(struct reference *r);

/* reference_outcome.c */
double reference_annuity(const struct program *p, double launch);
void reference_money(struct reference *r, bool ended);
void reference_outcome(struct reference *r, double metrics[ORGSIM_METRIC_COUNT]);

#endif
