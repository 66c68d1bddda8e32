/* state.h: the state of a batch of lives, side by side in lanes
 *
 * Every number is a vector of LANES lives, each a world under an organisation (deal.c). Between batches state is reset, never rebuilt. Weeks are
 * counted from the start; a mask is a comparison's result (see chance/lane.h).
 */
#ifndef ORGSIM_ENGINE_STATE_H
#define ORGSIM_ENGINE_STATE_H

#include "chance/draw.h"
#include "chance/lane.h"
#include "chance/lane_math.h"
#include "chance/sampler_lanes.h"
#include "engine/kernel.h"
#include "engine/program.h"

#define NEVER 1e30f /* weeks: later than any horizon, and finite, so that differences stay finite */

/* Who draws. Items have six streams for each kind, from STREAM_ITEM on. */
enum stream {
    STREAM_PROGRAM, STREAM_TEAM, STREAM_EFFORT, STREAM_NOISE, STREAM_FORUM, STREAM_FEATURE, STREAM_REQUEST, STREAM_PERSON,
    STREAM_ENGINEER, STREAM_REPORT, STREAM_REVIEW, STREAM_REVIEW_FEATURE, STREAM_MANAGEMENT, STREAM_COPULA, STREAM_ITEM
};
enum item_draw { DRAW_NATURE, DRAW_NATURE_MORE, DRAW_EPISODE, DRAW_LOOK, DRAW_SERVICE, DRAW_DECISION, ITEM_DRAWS };

/* ---- nature: what no organisation can change ---- */

struct nature_item { lane_f score, impact, open_share, delay, log_severity, real_threshold, detect_threshold, local_threshold; };
struct nature_feature { lane_f value; lane_i worth; };
struct nature_request { lane_f arrival, size; lane_i worth, host; };

struct nature {
    struct draw_source source;
    lane_f *content;               /* [package] person-weeks of work */
    lane_f *noise, *noise_state;   /* [team][week] factor on productivity; [team] its autoregressive state */
    int noise_weeks;               /* how many are drawn */
    struct nature *drawn;          /* whose noise this is: its own, or that of the nature it was dealt from */
    lane_i place;                  /* lane of `drawn` */
    struct nature_item *items;
    struct nature_feature *features;
    struct nature_request *requests; /* by arrival */
    lane_f forum_phase[SCENARIO_FORUMS];
};

/* ---- organisations: neighbouring lanes may live one world under different ones (deal.c) ---- */

struct lane_seat {
    lane_f fte, empowerment, admin_share, switching, cost_per_week, weeks_in_seat;
    lane_i delivery, product;      /* neither: this organisation has no such seat */
    lane_i person;
};

/* Lanes in which the seat is of this role. */
enum role { ROLE_DELIVERY, ROLE_PRODUCT, ROLES };
LANE_INLINE lane_i seat_is(const struct lane_seat *seat, int role) { return role == ROLE_DELIVERY ? seat->delivery : seat->product; }

struct lane_person { lane_f outcome, start_week, judgment, seats; lane_u key; lane_i exists, absent, delivery; };

struct lane_organisations {
    size_t n_seats, n_persons;     /* the most that some lane has */
    struct lane_seat seats[PROGRAM_SEATS];
    struct lane_person persons[PROGRAM_SEATS];
    lane_f *extra_engineers, *extra_share, *em_hours; /* [team] extra_share: of its engineers */
    lane_f *threshold;             /* [item] */
    lane_f h_dep_factor, extra_cost_per_week, lever[ORGSIM_LEVER_COUNT];
    lane_i has_delivery;           /* somebody works in a delivery seat */
};

/* ---- the batch ---- */

struct package_state {
    lane_f content, estimate;      /* person-weeks: true and planned, both grow with accepted requests */
    lane_f remaining, rework, hidden, hidden_age; /* R, B, U and U times its mean age */
    lane_f hidden_fresh;           /* part of U made in the last tick: half a tick old on average */
    lane_f hidden_before;          /* U at the start of the tick */
    lane_f worked, inflow;         /* W; all work that ever came: content plus discovered rework */
    lane_f ready_week, blocked_until, start_week, cleared_week, done_week, accepted_week;
    lane_f worked_from, worked_to, progress_from, progress_to; /* of this tick */
    lane_f next_share;             /* progress at which the next of its dormant items wakes, NEVER: none does */
    lane_f covered_accepted_week;  /* of an integrator: latest acceptance among those it covers */
    lane_f open_questions, hidden_mismatches;
    lane_f request_value;          /* k per week, of requests that joined the package */
    lane_i waiting, covered_left;  /* predecessors not done; covered packages not accepted */
    lane_i done, integrated, accepted, dropped, promoted;
};

/* What is asked of every package in every tick, close together: most packages sleep in most ticks, and their state stays untouched. */
struct package_note {
    bool again;                    /* in some lane */
    bool progressed;               /* some lane worked on it since activation looked */
    bool dormant;                  /* some item of it may still be dormant in some lane */
    bool integrating;              /* some lane reached integration, and its items have not felt it yet */
    bool open;                     /* some lane has no predecessor to wait for */
    bool started, integrated;      /* in some lane */
    bool finished;                 /* accepted or cut in every living lane */
};

/* Life of an item. LATENT to DECIDING are open. */
enum item_life {
    ITEM_ABSENT, ITEM_DORMANT, ITEM_LATENT, ITEM_HELD, ITEM_PREPARING, ITEM_QUEUED, ITEM_DECIDING, ITEM_CLOSED, ITEM_REALISED, ITEM_WRONG,
    ITEM_LIVES
};
#define ITEM_WORD 64u              /* items whose bits share a word of batch.lives */

/* Observers: the team's engineers, its engineering manager, then the seats by number. */
enum observer { OBSERVER_TEAM, OBSERVER_EM, OBSERVER_SEAT };

struct item_state {
    lane_i life, observer, level, looks, services, episode;
    lane_i settled;                /* never looked at again: known to be the team's own */
    lane_i surfaced;               /* ever */
    lane_f hazard_detect, hazard_real, hazard_local, detect_threshold, local_threshold;
    lane_f active_week, detected_week, timer, ticket, impact_factor;
};

struct team_state {
    lane_f experienced, newcomers, vacancies, leaving, leaving_threshold, firefighting, tick_capacity, tick_used, tick_rework;
    lane_i leavers;
    lane_f focus_loss, em_vigilance, quality, per_head, capacity;
    lane_f off_critical;           /* 1: does not hold up the end; only while somebody asks (criticality.c) */
    lane_f end, queue, after;      /* weeks, person-weeks, weeks; the same */
    lane_f active_packages, active_interfaces, open_questions;
    lane_f report_weight, report_truth, report_known; /* of this report: sums over its packages, by estimate */
};

struct person_state { lane_f vacancy, hazard, threshold, judgment; lane_i number, left; };
struct seat_state { lane_f judgment, judgment_time, admin_time, trust, tenure; lane_i present; };

struct role_state { lane_f weight, attention, judgment, empowerment, trust; }; /* weight: sum of g J; the rest weighted by it */

struct forum_state { lane_f arrived, served, meeting; lane_i meetings; };
struct feature_state { lane_i dropped; lane_f score, progress; }; /* score, progress: as a review sees them */

/* Observers of first looks, as reported. */
enum { LOOK_TEAM, LOOK_EM, LOOK_PM, LOOK_DELIVERY, LOOK_OBSERVERS };
struct look_counts { lane_f hit, miss, false_alarm, correct_hold, seen_above, seen_team; }; /* seen: perceived above the threshold, said or not */

/* Sums over a life, from which the outcome is made. */
struct ledger {
    lane_f cost, cost_discounted, arm_cost, seat_cost, seat_cost_discounted, delivery_seat_weeks;
    lane_f penalties, penalties_discounted, forum_hours, interest_work;
    lane_f absorbed_h, em_h, engineers_h, pm_h, focus_loss, active_team_weeks, work, rework_work;
    lane_f watermelon, gap_unknown, gap_silent, reports, team_reports, biased_reports;
    lane_f engineers_left, engineer_weeks, seats_left, vacant_weeks, wrong_hires;
    lane_f risks_active, risks_surfaced, risks_surfaced_early, risks_realised, exposure_weeks, lead_weeks;
    lane_f decided_above, latency_weeks, false_alarms;
    lane_f questions_opened, questions_closed, question_weeks;
    lane_f features_dropped, requests_accepted;
    lane_f closure_week8, lead_week8, false_alarms_week8;
    struct look_counts looks[LOOK_OBSERVERS];
};

struct batch {
    const struct program *p;
    const struct lane_organisations *o;
    struct nature *n;
    int tick, week;                /* of the calendar */
    float t0, t1;                  /* bounds of this tick */
    lane_i alive, ended;           /* ended: in this tick */
    lane_i cancelled, censored;
    lane_f finish_week, stop_week; /* stop_week: of worlds that were cancelled or never ended */
    lane_i packages_left;

    struct package_state *packages;
    struct package_note *notes;    /* [package] */
    lane_i *started, *closed;      /* [package]; closed: accepted or cut */
    lane_i *again;                 /* [package] opened or integrated inside this tick: works on what is left of it */
    lane_f *integration_week;      /* [package] NEVER until known */
    lane_f *tail;                  /* [package] weeks from its start to the end, only while somebody asks (criticality.c) */
    struct item_state *items;
    uint64_t *lives;               /* [word][ITEM_LIVES] bit per item of the word: some lane may be in this state */
    struct team_state *teams;
    struct seat_state seats[PROGRAM_SEATS];
    struct person_state persons[PROGRAM_SEATS];
    struct role_state roles[ROLES];
    struct forum_state forums[SCENARIO_FORUMS];
    struct feature_state *features;
    struct ledger ledger;

    bool structure_changed;        /* a package started, was accepted or cut since coordination looked */
    lane_f active_teams, active_interface_load, total_interfaces;
    lane_f admin_time, trusted_time, delivery_time, overhead_seats, prepared_time;
    lane_f coordination_load, open_cross, open_decisions, latent_risks, surfaced_risks, rigour, pm_load;
    lane_f pressure, committed_week, last_reaction, judgment_invested; /* committed_week: D */
    lane_i reinforcements;
    lane_f optimism;               /* share of the program that the last report claimed beyond what was known */
    lane_f reported_share, forecast_reported;

    lane_f trust_followed;         /* of the delivery seats, or the product seats where there are none, in living worlds */
    float *timeline;               /* of this arm and these lanes: [week][metric][stride], or NULL */
    size_t timeline_stride;
    struct trace *trace;           /* what happens is written down here, or NULL (trace_lanes.h) */
};

#endif
