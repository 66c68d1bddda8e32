/** @file run.h  Several organisations live through the same worlds. */
#ifndef ORGSIM_RUN_H
#define ORGSIM_RUN_H

#include <stdint.h>

#include <orgsim/error.h>
#include <orgsim/metric.h>
#include <orgsim/scenario.h>

/** Worlds of one block: the unit of threads, merging, streaming and interruption. */
#define ORGSIM_BLOCK_WORLDS 128

/** Blocks before the interval of a precision is believed. */
#define ORGSIM_PRECISION_BLOCKS 20

/** Worlds whose weeks are kept for the timeline (the first ones, or all when fewer). */
#define ORGSIM_TIMELINE_WORLDS 1024

/** Outcomes of one block, handed out in block order. values is [arm][metric][world], borrowed for the call. */
struct orgsim_block {
    uint64_t first_world;
    size_t worlds, arms;
    const float *values;
};

/** X(name, what it switches off at the delivery seats) : the levers of --lever */
#define ORGSIM_LEVERS(X)                                                                                                                     \
    X(detection, "noticing risks, mismatches and questions")                                                                                \
    X(rework_discovery, "finding hidden rework")                                                                                            \
    X(direct_path, "going straight to whoever can decide")                                                                                  \
    X(absorption, "relieving coordination load")                                                                                            \
    X(reporting, "keeping reports and messages honest")                                                                                     \
    X(closing, "closing questions and resolving risks locally")                                                                             \
    X(decision_quality, "better judgment behind decisions that the seat carried")                                                           \
    X(preparation, "preparing items for forums")                                                                                            \
    X(overhead, "the hours that a seat costs everyone else")                                                                                \
    X(turnover, "leaving, vacancy and successors")                                                                                          \
    X(rigour, "operational rigour that stays")

enum orgsim_lever {
#define X(name, meaning) ORGSIM_LEVER_##name,
    ORGSIM_LEVERS(X)
#undef X
    ORGSIM_LEVER_COUNT
};

/**
 * X(name, strength, most, unit, source, meaning) : what research says against such a hire, and the model leaves out; the switches of --contrary.
 * strength is what a switch has unless it is given another, from 0, which is off, to most. Of the last two only the sign is published.
 */
#define ORGSIM_CONTRARIES(X)                                                                                                                 \
    X(no_delay_effect, 1, 1, "share of what lateness costs that is taken away", "Menzies et al. 2016: no delayed-issue effect in 171 projects", \
      "what is found late costs no more than what is found early")                                                                           \
    X(off_critical_hurts, 1, 40, "hours a week for each engineer and seat",                                                                  \
      "sign: Davison et al. 2012, coordination across teams hurts unless centred on the team that matters most; size, and that only teams with slack pay: assumption",           \
      "delivery seats cost teams that do not hold up the end time of their own")                                                             \
    X(optimism_helps, 1, 10, "of a team's pace for each share of the program",                                                               \
      "sign: Kaufmann & Kock 2023, optimistic reports went with better success later; size: assumption",                                     \
      "teams are faster by what reports claim beyond what is known")

enum orgsim_contrary {
#define X(name, ...) ORGSIM_CONTRARY_##name,
    ORGSIM_CONTRARIES(X)
#undef X
    ORGSIM_CONTRARY_COUNT
};

/** How strongly each is in force, 0..most; 0: off. */
struct orgsim_contraries { double strength[ORGSIM_CONTRARY_COUNT]; };

struct orgsim_contrary_info { const char *name, *unit, *source, *meaning; double strength, most; };

/**
 * How several processes share one study: each calls the same function with the same arguments, lives every size-th of its points, or every size-th block
 * of each, and gathers what came of the others', so that all return the same results. A study whose options do not name it takes no notice of it and is
 * lived by each.
 */
struct orgsim_exchange {
    size_t rank, size;         /**< 0 <= rank < size */
    /**
     * Called by all processes, at the same places of the study, from the thread that called the study.
     *
     * @param status  of this process: 0, or the error with which it ends here; mine and all may then be NULL
     * @param mine    `bytes` of this process, equally many in all
     * @param all     [size][bytes] out, in the order of ranks
     * @param where   in and out: names the cause of the error
     * @return 0 when all have come with 0; else the same error in all of them, and none calls again
     */
    int (*gather)(void *context, int status, const void *mine, void *all, size_t bytes, struct orgsim_where *where);
    void *context;
};

struct orgsim_run_options {
    uint64_t seed;
    uint64_t worlds;           /* 1..2^40; with a precision: the most that may be lived */
    size_t threads;            /* 0: one for each processor */
    const size_t *arms;        /* arms to live, in this order; NULL: all of the scenario */
    size_t n_arms;
    size_t baseline;           /* arm of the scenario; must be among arms */
    int ticks_per_week;        /* 1, 2, 4 or 8; 0: the default of 2 */
    int frictionless;          /* 1: the program is only a schedule */
    unsigned levers_off;       /* bit per enum orgsim_lever */
    struct orgsim_contraries contrary; /* a frictionless program has none of them */
    const char *isa;           /* "scalar", "sse2", "avx2", "avx512"; NULL: the widest of this processor */
    int precision_metric;      /* -1: none; else stop when the 95 % half-width of headline arm against baseline is this small, after ORGSIM_PRECISION_BLOCKS at least */
    double precision_half_width;
    size_t values_kept_at_most; /* outcomes kept in memory for exact quantiles; above, quantiles come from a histogram (0.4 %), those of finish_week, npv_k
                                   and its difference only when these alone are more. 0: default */
    const volatile int *stop;  /* becomes non-zero: finish the blocks under way and return; may be NULL */
    void (*progress)(void *context, uint64_t done, uint64_t total); /* called from one thread, in order; may be NULL */
    int (*block)(void *context, const struct orgsim_block *block);  /* each block in order; non-zero ends the run with that error; may be NULL */
    void *context;
    const struct orgsim_exchange *exchange; /* other processes that share a study, not orgsim_run(); NULL: none */
};

#define ORGSIM_QUANTILES 9
/** 0.05 0.10 0.20 0.25 0.50 0.75 0.80 0.90 0.95, the columns p05..p95. */
extern ORGSIM_API const double orgsim_quantile_levels[ORGSIM_QUANTILES];

struct orgsim_summary {
    double mean, se;           /* se: standard error of the mean */
    double quantile[ORGSIM_QUANTILES]; /* INFINITY where cancelled or censored worlds of finish_week and slip lie */
    /** 95 % interval of each quantile from order statistics, whatever the distribution; NAN where the worlds are too few for one */
    double quantile_low[ORGSIM_QUANTILES], quantile_high[ORGSIM_QUANTILES];
};

/** A 95 % interval; NAN where the worlds are too few for one. */
struct orgsim_interval { double low, high; };

/** A quantile of an arm less the same quantile of the baseline, and its 95 % interval, which knows that both come from the same worlds.
 *  INFINITY or -INFINITY: only one of the two is never, and there is no interval; NAN: both are. An end of the interval is infinite where it lies in
 *  worlds that never finish. */
struct orgsim_shift { double difference, ci_low, ci_high; };

/** Arm less baseline, paired by world. */
struct orgsim_comparison {
    double mean_difference, se, ci_low, ci_high;
    double both_complete_difference; /* over worlds in which both finish; NAN if none */
    double both_complete_se;
    double rescued_share, lost_share; /* finished only under the arm; only under the baseline */
    struct orgsim_shift p20, p50, p80; /* of finish_week and npv_k; NAN for other metrics */
};

struct orgsim_band { double mean, p10, p50, p90, p25, p75; };

/** Single worlds kept for figures at most (the first ones), and points of the running mean at most. */
#define ORGSIM_SAMPLE_WORLDS 1500
#define ORGSIM_RUNNING_POINTS 512

/** Net value of the headline arm less the baseline's over the first `worlds` worlds, k, with its 95 % interval. */
struct orgsim_running { uint64_t worlds; double mean, ci_low, ci_high; };

struct orgsim_package_result { double criticality, cruciality; };

/** Zero it before orgsim_run(); owned by the caller; free with orgsim_results_free(), also after an error. Rows follow `arms`. */
struct orgsim_results {
    uint64_t worlds;           /* lived and counted, a multiple of the block unless all were lived */
    size_t n_arms, baseline, headline; /* rows */
    size_t *arm;               /* [n_arms] arm of the scenario */
    char **arm_note;           /* [n_arms] e.g. where the extra engineer was placed; NULL: nothing */
    size_t n_packages, n_weeks;
    double plan_weeks, deadline_week, horizon_weeks, value_horizon_weeks, budget_k;
    double *seat_cost_per_week_k; /* [n_arms] planned weekly cost of delivery seats */
    struct orgsim_summary *summary;       /* [n_arms][ORGSIM_METRIC_COUNT] */
    struct orgsim_comparison *comparison; /* [n_arms][ORGSIM_METRIC_COUNT] against the baseline */
    struct orgsim_band *timeline;         /* [n_arms][n_weeks][ORGSIM_TIMELINE_COUNT] */
    uint64_t timeline_worlds;
    struct orgsim_package_result *packages; /* [n_arms][n_packages] */
    double *finish_quantiles;  /* [n_arms][101] of finish_week, 0 %..100 %, INFINITY where never */
    double *npv_quantiles;     /* [n_arms][101] of npv_k */
    double *npv_difference_quantiles; /* [n_arms][101] of npv_k less the baseline's in the same world */
    struct orgsim_interval *finish_intervals, *npv_intervals, *npv_difference_intervals; /* [n_arms][101] of these quantiles */
    struct orgsim_shift *finish_shift, *npv_shift; /* [n_arms][101] quantiles of finish_week and npv_k less the baseline's */
    double *npv_loss_probability; /* [n_arms] share of worlds with npv_k < 0 */
    size_t sample_worlds;      /* worlds in the two samples: the first ones, at most ORGSIM_SAMPLE_WORLDS */
    float *sample_finish_week; /* [n_arms][sample_worlds], INFINITY where cancelled or censored */
    float *sample_cost_k;      /* [n_arms][sample_worlds] */
    double *joint_share;       /* [n_arms] share of all worlds finished by deadline_week at a cost_k of budget_k or less */
    double *joint_difference_se; /* [n_arms] standard error of that share less the baseline's, paired by world */
    size_t n_running;          /* 0 when the headline is the baseline */
    struct orgsim_running *running; /* [n_running] ascending: inside the first block, then after blocks ever further apart; the last one is all worlds */
    int quantiles_exact;       /* 0: from histograms, within 0.4 %, but for what values_kept_at_most says */
    int precision_reached;     /* 1: the interval of precision_metric is as narrow as was asked for; 0 also where nothing was asked */
    const char *isa;           /* kernel used */
};

/**
 * Lives `options->worlds` worlds of `scenario` under each arm, on common random numbers.
 *
 * The result is a function of scenario, seed, worlds, arms, tick and levers: the same bits for any threads and instruction set.
 *
 * @param scenario  borrowed, unchanged, may be shared
 * @param results   see struct orgsim_results
 * @param where     zeroed by the caller; names the cause of an error
 * @return 0; ORGSIM_ERROR_USAGE; ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_THREAD; ORGSIM_ERROR_INTERRUPTED with the results of the finished blocks.
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_run(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
                                            struct orgsim_results *results, struct orgsim_where *where);

/** Frees what the results own and zeroes them. Legal on zeroed results. */
ORGSIM_API void orgsim_results_free(struct orgsim_results *results);

/** Name and meaning of a lever; lever < ORGSIM_LEVER_COUNT. */
ORGSIM_API const char *orgsim_lever_name(enum orgsim_lever lever);
ORGSIM_API const char *orgsim_lever_meaning(enum orgsim_lever lever);

/** A row of ORGSIM_CONTRARIES; contrary < ORGSIM_CONTRARY_COUNT. Static. */
ORGSIM_API const struct orgsim_contrary_info *orgsim_contrary_info(enum orgsim_contrary contrary);

#endif
