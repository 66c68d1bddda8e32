/* program.h: the compiled model, immutable and shared by all threads
 *
 * A program is what every organisation has in common: packages in the order of the plan, items (risks, questions, interface mismatches),
 * samplers, the plan's own schedule. An organisation is one arm: its seats, levers and factors, as plain floats (deal.c gives them to lanes).
 */
#ifndef ORGSIM_ENGINE_PROGRAM_H
#define ORGSIM_ENGINE_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <orgsim/run.h>

#include "chance/sampler.h"
#include "engine/plan.h"
#include "scenario/scenario.h"

/* The registry in the precision of the lanes. */
struct constants {
#define X(name, ...) float name;
    ASSUMPTIONS(X)
#undef X
};

#define PROGRAM_NONE SCENARIO_NONE
#define PROGRAM_SEATS 16 /* seats of one arm at most */
#define PROGRAM_REVIEWS 4

struct program_link { uint32_t package; float lag; };

struct program_package {
    uint32_t team, feature;        /* feature: UINT32_MAX none */
    enum package_kind kind;
    float estimate;                /* person-weeks, the plan's */
    float max_engineers;
    float pace, weeks_per_pw;      /* engineers on it when nothing holds it up: its most, or all that the team has; 1 / pace */
    float due_week, penalty_per_week; /* due_week INFINITY: none; k per week */
    uint32_t predecessors;         /* how many */
    const struct program_link *successors; uint32_t n_successors;
    uint32_t integrator;           /* package whose start integrates this one; itself: its own completion does */
    const uint32_t *covers;        uint32_t n_covers;   /* packages that this one integrates */
    const uint32_t *items;         uint32_t n_items;
    bool integrates;               /* covers at least one package */
    bool keeps;                    /* may never be cut: others are integrated by it */
    struct sampler effort;         /* of content over estimate */
};

enum item_kind { ITEM_RISK, ITEM_QUESTION, ITEM_MISMATCH };

struct program_item {
    enum item_kind kind;
    uint32_t row;                  /* in its table: the key of its draws */
    uint32_t package, team;
    enum risk_category category;
    enum question_kind question;
    enum altitude altitude;
    uint32_t path_level;           /* forum level that can decide it: 1 cross-team, 2 executive */
    float severity, log_severity;  /* times the altitude's multiplier */
    float detect;                  /* b_k, per week; of a mismatch times b_mis */
    float weight_team, weight_em, weight_delivery, weight_product; /* who sees it */
    float growth, delay;
    float threshold;               /* exists when its score is below; risks: normal score; others: uniform */
    float residual_threshold;      /* the same after its mitigation */
    float residual_factor, mitigation_cost;
    bool has_mitigation, planned;
    bool product;                  /* the product seats own it */
    struct sampler impact;         /* person-weeks, risks */
    float impact_mean;
    float opens_at;                /* share of progress; negative: drawn */
};

struct program_team {
    float engineers, em_judgment, em_empowerment, em_hours, em_cost; /* em_cost: k per week */
    uint32_t n_cross;              /* cross-team dependencies that touch it */
};

struct program_interface {         /* a cross-team dependency */
    uint32_t from, to, team_from, team_to;
    float weight;                  /* h_dep multiplier: slower between sites */
};

struct program_feature {
    struct sampler value;          /* k per week, given worth */
    float probability, value_mean; /* value_mean: given worth */
    float estimate_share;          /* of the whole program's effort */
    bool request;
};

struct program_forum { float cadence, capacity, hours_per_slot; };

struct program {
    const struct orgsim_scenario *scenario;
    struct constants a;
    float contrary[ORGSIM_CONTRARY_COUNT]; /* strength, 0: off; only the lanes read it */
    bool frictionless, first_hire_pool, incremental;
    bool unlimited;                /* frictionless, and never too few engineers: precedence alone makes the schedule (limits.h) */
    bool has_penalties;            /* some package costs a penalty when it is late */
    int ticks_per_week, horizon_ticks, horizon_weeks;
    float dt, horizon, value_horizon;
    float plan_weeks, deadline, budget, total_estimate;
    float planned_mitigation_cost;   /* k, paid at the start */
    float engineer_cost, discount, forum_hour_cost, reinforcement_cost, hiring_weeks, density; /* hiring_weeks: weeks of pay that a hire costs in fees */
    float log_growth_cap, log_threshold, log_price_cap; /* ln of gcap, theta and m_max */
    float request_rate, value_per_effort;    /* requests a week; weekly value of a person-week of worthy request */
    size_t n_teams, n_packages, n_items, n_interfaces, n_features;
    size_t n_requests;             /* scope requests that a world can hold: six standard deviations beyond what is expected */
    uint32_t *order;               /* packages, predecessors first, by planned start */
    struct program_team *teams;
    struct program_package *packages;
    struct program_item *items;
    struct program_interface *interfaces;
    struct program_feature *features;
    struct program_forum forums[SCENARIO_FORUMS];
    struct plan plan;
    float *planned_share;          /* [team][week 0..horizon_weeks] */
    float *calendar;               /* [team][week], capacity share */
    double *discount_factor;       /* [tick], at its middle */
    uint32_t *correlated_package, *correlated_item; /* [n]: member of the copula, UINT32_MAX none */
    size_t n_correlated; float *copula_factor;
    struct program_link *link_store; uint32_t *cover_store, *item_store;
};

struct seat {
    enum seat_role role;
    uint32_t person, key;          /* key: of its draws, role and number within the role: the same luck in every arm */
    bool delivery;
    float fte, judgment, empowerment, admin_share, outcome, cost_per_week, start_week, weeks_in_seat;
    float switching;               /* 1 - s_w for one person in two seats */
};

struct person { uint32_t key; float outcome, start_week, judgment; bool delivery, absent; uint32_t n_seats; };

struct organisation {
    size_t arm;
    size_t n_seats, n_persons;
    struct seat seats[PROGRAM_SEATS];
    struct person persons[PROGRAM_SEATS];
    float *extra_engineers, *em_hours; /* [team] */
    float *threshold;              /* [item] */
    float h_dep_factor, extra_cost_per_week;
    float lever[ORGSIM_LEVER_COUNT]; /* 1 on, 0 off */
};

/* A team is never less than half an engineer, see work.c. */
static inline float program_capacity(const struct program_team *team) { return team->engineers > 0.5f ? team->engineers : 0.5f; }

/* Compiles a checked scenario; it must outlive the program. options: tick, levers, frictionless. */
int program_create(struct program *program, const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
                   struct orgsim_where *where);
void program_free(struct program *program);

/* One arm; placement PLACE_BEST is the caller's to resolve: place_team is a team, or SIZE_MAX for spread. */
int organisation_create(struct organisation *organisation, const struct program *program, size_t arm, unsigned levers_off, size_t place_team,
                        struct orgsim_where *where);
void organisation_free(struct organisation *organisation);

/* Loaded cost of a seat, and of the delivery seats of an arm, k per week. */
double organisation_seat_cost(const struct orgsim_scenario *scenario, const struct scenario_seat *seat);
double organisation_delivery_cost(const struct orgsim_scenario *scenario, size_t arm);
double organisation_engineer_cost(const struct orgsim_scenario *scenario);

#endif
