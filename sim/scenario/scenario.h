/* scenario.h: a checked program and the organisations that live through it, exactly as the tables say it
 *
 * Everything here is resolved (names to row numbers, blanks to defaults) but nothing is derived: schedules, layers and draws are the
 * engine's. A scenario is immutable once loaded and may be shared between threads. Rows keep the order of their file: the row number is
 * the key of an entity's luck. The public name of the struct is struct orgsim_scenario (orgsim/scenario.h).
 */
#ifndef ORGSIM_SCENARIO_SCENARIO_H
#define ORGSIM_SCENARIO_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "chance/copula.h"
#include "chance/distribution.h"
#include "scenario/assumptions.h"

#define SCENARIO_NONE ((size_t)-1) /* a reference that is blank */

enum scenario_release { RELEASE_TOGETHER, RELEASE_INCREMENTAL };
enum scenario_effort_basis { EFFORT_CONTENT, EFFORT_HISTORICAL };
enum scenario_first_hire { FIRST_HIRE_GIVEN, FIRST_HIRE_POOL };

struct scenario_settings {
    char *name;
    char *currency;               /* three letters, default USD */
    double horizon_weeks;         /* NAN: max(156, 3 T_plan) */
    double value_horizon_weeks;   /* NAN: max(156, 3.5 T_plan) */
    double deadline_week;         /* NAN: T_plan */
    size_t baseline_arm, headline_arm;
    enum scenario_release release;
    enum scenario_effort_basis effort_basis;
    enum scenario_first_hire first_hire;
};

struct scenario_team {
    char *id, *name;
    double engineers;             /* > 0 */
    size_t unit, site;            /* numbers of distinct labels; blank is a label of its own */
    double em_judgment;           /* NAN: J_em */
    double em_empowerment;        /* NAN: E_team */
    double em_hours_per_week;     /* NAN: h_em */
};

enum package_kind { PACKAGE_BUILD, PACKAGE_INTEGRATE, PACKAGE_DEBT, PACKAGE_COMPLIANCE, PACKAGE_MIGRATION };

struct scenario_package {
    char *id, *name;
    size_t team;
    size_t feature;               /* SCENARIO_NONE: serves no feature */
    enum package_kind kind;
    double effort_low_pw, effort_mode_pw, effort_high_pw; /* person-weeks; the plan uses the mode */
    struct distribution effort;   /* of the effort divided by its mode */
    double max_engineers;         /* blank in the table: everyone of the team */
    double due_week;              /* NAN: none */
    double penalty_k_per_week;
};

struct scenario_dependency {
    size_t from, to;              /* packages */
    double lag_weeks;
    double ambiguity;             /* probability of a hidden interface mismatch; only between teams */
    bool known_at_planning;
};

enum risk_category { RISK_TECHNICAL, RISK_INTEGRATION, RISK_EXECUTION, RISK_MARKET, RISK_PEOPLE, RISK_CATEGORIES };
enum altitude { ALTITUDE_TEAM, ALTITUDE_CROSS, ALTITUDE_EXECUTIVE };

struct scenario_risk {
    char *id, *name;
    enum risk_category category;
    size_t package;
    double probability;
    double impact_low_pw, impact_mode_pw, impact_high_pw; /* NAN all three: the registry's I_ref and its spread */
    double delay_weeks;
    double detectability;         /* relative to det_base; blank 1 */
    double growth_per_week;       /* NAN: growth */
    enum altitude altitude;
    double severity;              /* scale of perceived severity; blank 1 */
    bool has_mitigation;
    char *mitigation;             /* its text */
    double mitigation_cost_k;
    bool planned;                 /* bought at the start */
    double post_probability;      /* residual, NAN: unchanged */
    double post_impact_factor;    /* blank 1 */
};

enum question_kind { QUESTION_DELIVERY, QUESTION_PRODUCT };

struct scenario_question {
    char *id, *name;
    size_t package;
    enum question_kind kind;
    enum altitude altitude;
    double opens_at_share;        /* NAN: drawn */
};

enum feature_origin { ORIGIN_STRATEGY, ORIGIN_REQUEST };

struct scenario_feature {
    char *id, *name;
    double value_low_k, value_mode_k, value_high_k; /* k per week, given that it has value; NAN all three: from the benefit-cost ratio */
    double probability_of_value;  /* NAN: p_val (times pval_request for a request) */
    enum feature_origin origin;
};

enum seat_role { ROLE_TPM, ROLE_PM, ROLE_COORDINATOR, SEAT_ROLES };

/* A cell that holds a number or the name of a registry parameter. */
struct scenario_cell {
    double value;
    int assumption;               /* enum assumption, or -1: value holds */
};

struct scenario_seat {
    char *id;
    size_t person;                /* number of the person within the arm; two seats with one person are one human being */
    size_t em_of_team;            /* person is `em:TEAM`: the engineering manager of this team; else SCENARIO_NONE */
    enum seat_role role;
    struct scenario_cell fte, judgment, empowerment, admin_share, outcome_evaluated;
    double cost_per_year;         /* loaded, in currency units; NAN: the role's money item */
    double start_week;
    double weeks_in_seat;
};

enum extra_placement { PLACE_TEAM, PLACE_SPREAD, PLACE_BEST };

struct scenario_arm {
    char *id, *label;
    double extra_engineers;       /* NAN: as many as the cost of the headline arm's delivery seats pays for (cell `tpm_money`) */
    enum extra_placement placement;
    size_t extra_team;            /* for PLACE_TEAM */
    struct scenario_cell ambiguity_factor, h_dep_factor; /* blank 1; cell `decoupled`: 1 - decoupling_effect */
    bool ambiguity_decoupled, h_dep_decoupled;
    double extra_cost_per_year;   /* currency units; blank 0; NAN: cell `tpm_money` */
    struct scenario_seat *seats;
    size_t n_seats, n_persons;
};

/* Forum f serves items of altitude ALTITUDE_CROSS + f. */
#define SCENARIO_FORUMS 2
struct scenario_forum {
    char *id;
    double cadence_weeks, slots, background_slots; /* NAN: registry cad, slots, bg */
    double attendees, attendee_hours;
};

/* NAN: the registry's c_eng (k per week), or as the row says. */
struct scenario_money {
    double engineer_per_year, em_per_year, tpm_per_year, pm_per_year, coordinator_per_year; /* salary, currency units */
    double benefit_load;          /* loaded cost over salary */
    double hiring_fee_share;      /* of a year's salary, each hire */
    double attendee_hour;         /* currency units */
    double discount_rate;         /* NAN: disc */
    double reinforcement_cost;    /* k for each engineer whom management adds */
};

struct scenario_calendar {
    double from_week, to_week;    /* [from, to) */
    size_t team;                  /* SCENARIO_NONE: everyone */
    double capacity;              /* share, 0..1 */
    char *why;
};

struct orgsim_scenario {
    char *path;                   /* the folder as given */
    uint64_t digest;              /* of all tables, independent of the path */
    char *conditions;             /* what whoever asks changes about it, as options that repeat that; NULL: nothing. Told, never read */
    struct scenario_settings settings;
    struct assumptions assumptions;
    double assumption_low[ASSUMPTION_COUNT], assumption_high[ASSUMPTION_COUNT]; /* of our ignorance: the registry's, or assumptions.csv's */
    char *assumption_source[ASSUMPTION_COUNT]; /* NULL: registry default; else who changed it: assumptions.csv's source, or "--set" */
    struct scenario_team *teams;            size_t n_teams;
    struct scenario_package *packages;      size_t n_packages;
    struct scenario_dependency *dependencies; size_t n_dependencies;
    struct scenario_risk *risks;            size_t n_risks;
    struct scenario_question *questions;    size_t n_questions;
    struct scenario_feature *features;      size_t n_features;
    struct scenario_arm *arms;              size_t n_arms;
    struct scenario_forum forums[SCENARIO_FORUMS];
    struct scenario_money money;
    struct scenario_calendar *calendar;     size_t n_calendar;
    struct copula copula;         /* over efforts and risks that correlations.csv names; empty when absent */
    size_t n_correlated;          /* members of the copula, in its order */
    struct scenario_correlated { bool is_risk; size_t row; } *correlated;
    char **unit_names, **site_names; size_t n_units, n_sites;
};

/* Value of a cell: its number, or the parameter that it names. */
double scenario_cell_value(const struct orgsim_scenario *scenario, struct scenario_cell cell);

/* Digest of all tables: the same for the same cells, wherever the folder lies and however its lines end. Settings are not part of it. */
uint64_t scenario_digest(const struct orgsim_scenario *scenario);

/* NAME=VALUE as of --set (target.h says what NAME can be). 0; ORGSIM_ERROR_USAGE with what is wrong and the nearest name; ORGSIM_ERROR_MEMORY.
 * Only for a scenario that nobody else uses yet. Call scenario_check_values() after the last one. */
int scenario_override(struct orgsim_scenario *scenario, const char *name_equals_value, struct orgsim_where *where);

/* What values of parameters can break together: the rework loop gain and the forums' slots. 0 or ORGSIM_ERROR_SCENARIO. */
int scenario_check_values(const struct orgsim_scenario *scenario, struct orgsim_where *where);

#endif
