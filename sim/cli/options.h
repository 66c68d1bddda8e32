/* options.h: every option of every subcommand, in one table
 *
 * Parsing, help and the spelling hints follow from the table; a subcommand names the groups that it takes. Adding an option: its line here,
 * its field in struct options, its case in options.c.
 */
#ifndef ORGSIM_CLI_OPTIONS_H
#define ORGSIM_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <orgsim/run.h>

enum option_group {
    GROUP_SCENARIO = 1 << 0,     /* reads a scenario, whose numbers may be overridden */
    GROUP_LIVE = 1 << 1,         /* lives worlds */
    GROUP_RESULTS = 1 << 2,      /* writes a folder of results */
    GROUP_PROGRESS = 1 << 3,     /* takes long */
    GROUP_ANSWER = 1 << 4,       /* prints an answer */
    GROUP_STORY = 1 << 5,        /* tells one world */
    GROUP_NEW = 1 << 6,          /* writes a scenario */
    GROUP_PAIR = 1 << 7,         /* lives baseline and headline arm again and again: some of GROUP_LIVE */
    GROUP_OVER = 1 << 8,         /* moves a number */
    GROUP_VARY = 1 << 9,         /* moves numbers over a grid */
    GROUP_REPORT = 1 << 10,      /* draws a finished run again */
    GROUP_VOI = 1 << 11,         /* draws all assumptions at once */
    GROUP_OPTIMISE = 1 << 12,    /* chooses */
    GROUP_IMPORT = 1 << 13,      /* makes a scenario from a file */
    GROUP_BLOCKS = 1 << 14,      /* lives worlds in several goes */
    GROUP_SERVE = 1 << 15,       /* serves a workshop: some of GROUP_LIVE */
    GROUP_MERGE = 1 << 16,       /* puts together what was lived */
    GROUP_VALIDATE = 1 << 17,    /* holds the simulator against what is known */
    GROUP_SENSITIVITY = 1 << 18, /* moves every number that has a range */
    GROUP_CLAIMS = 1 << 19,      /* tests what is said of the roles */
    GROUP_EXPORT = 1 << 20,      /* writes a page: some of GROUP_SERVE */
};

/* X(id, letter or 0, name, argument or NULL, argument may be left out, groups, help)   letter 0: only the long form */
#define OPTIONS(X)                                                                                                                           \
    X(WORLDS, 'n', "worlds", "N", 0, GROUP_LIVE | GROUP_PAIR | GROUP_CLAIMS | GROUP_SERVE | GROUP_EXPORT,                                                                  \
      "worlds to live: 10000 by default, explain 2000, serve 2048, sweep 1024 a cell, breakeven 2048, its table 512, voi 32 and sensitivity 512 or 128 a point, claims 2048, optimise 20480 at most, bench 1024; "\
      "run: with --precision the most")                                                                                                      \
    X(PRECISION, 0, "precision", "METRIC=HALFWIDTH", 0, GROUP_RESULTS,                                                                         \
      "stop when the 95 % interval of headline arm less baseline is this narrow on either side")                                             \
    X(SEED, 's', "seed", "N", 0, GROUP_LIVE | GROUP_PAIR | GROUP_CLAIMS | GROUP_NEW | GROUP_SERVE | GROUP_EXPORT | GROUP_VALIDATE,                                         \
      "seed of all luck, 1 by default; world i of a seed is the same in every run")                                                          \
    X(ARMS, 0, "arms", "A,B,...|all", 0, GROUP_LIVE,                                                                                         \
      "organisations to compare; by default none, coordinator, costume, tpm, engineer, decouple; explain: those beside the baseline")          \
    X(BASELINE, 0, "baseline", "ARM", 0, GROUP_LIVE | GROUP_PAIR,                                                                            \
      "organisation that the others are compared with; the scenario's by default")                                                           \
    X(WORLD, 0, "world", "N|WORD", 0, GROUP_STORY,                                                                                           \
      "world to tell: its number, or typical (the default), best, worst, tpm-lost or surprise")                                              \
    X(VARY, 0, "vary", "NAME=LOW:HIGH:N", 0, GROUP_VARY,                                                                                     \
      "number to vary, as of --over or --set, or shape.FIELD (teams, density, ...); given twice, both")                                      \
    X(OVER, 0, "over", "NAME[=LOW:HIGH]", 0, GROUP_OVER | GROUP_OPTIMISE,                                                                                     \
      "number to move: assumption, money.ITEM, ARM.ROLE.FIELD or shape.FIELD, over its range of ignorance or another; "                                \
      "optimise: count.tpm, count.coordinator, count.pm, count.engineer or a choice of the design, may be repeated")                       \
    X(MAXIMISE, 0, "maximise", "METRIC", 0, GROUP_OPTIMISE, "metric to be as high as possible, npv_k by default")                           \
    X(MINIMISE, 0, "minimise", "METRIC", 0, GROUP_OPTIMISE, "metric to be as low as possible, for example finish_week")                      \
    X(RISK, 0, "risk", "mean|p80|cvar|loss", 0, GROUP_OPTIMISE,                                                                              \
      "what to look at: the mean (the default), what is kept in four worlds of five, the worst fifth's mean, or the share of losses")        \
    X(BUDGET, 0, "budget", "K", 0, GROUP_OPTIMISE, "thousands that an organisation may cost a year more than the baseline")                  \
    X(CONFIDENCE, 0, "confidence", "P", 0, GROUP_OPTIMISE, "of the choice, 0.95 by default")                                                 \
    X(INDIFFERENCE, 0, "indifference", "X", 0, GROUP_OPTIMISE,                                                                               \
      "difference too small to matter; by default a hundredth of the plan's budget, half a week, or one in a hundred")                       \
    X(POINTS, 0, "points", "N", 0, GROUP_VOI, "points of our ignorance, 2048 by default: all assumptions drawn at once over their ranges")          \
    X(METHOD, 0, "method", "NAME", 0, GROUP_SENSITIVITY,                                                                                     \
      "tornado (the default), morris, rank or sobol")                                                                                        \
    X(SIZE, 0, "size", "N", 0, GROUP_SENSITIVITY,                                                                                        \
      "size of the design: trajectories of morris (10), points of rank (1024) and sobol (128)")                                              \
    X(INPUTS, 0, "inputs", "N", 0, GROUP_SENSITIVITY, "sobol: numbers that are varied, 8 by default, 20 at most; the others stay")           \
    X(RANGE, 0, "range", "NAME=LOW:HIGH", 0, GROUP_SENSITIVITY,                                                                              \
      "another range for a number, or one for a number that has none of its own; may be repeated")                                           \
    X(SET, 0, "set", "NAME=VALUE", 0, GROUP_SCENARIO | GROUP_VALIDATE, "assumption, money.ITEM, program.deadline_week or ARM.ROLE.FIELD to change; may be repeated")                 \
    X(WITHOUT_GRADE, 0, "without-grade", "GRADE", 0, GROUP_SCENARIO,                                                                        \
      "take away every effect that rests on evidence of this grade: assumption, vendor, memory, ...; may be repeated")                       \
    X(LEVER, 0, "lever", "NAME=off", 0, GROUP_LIVE | GROUP_PAIR | GROUP_CLAIMS,                                                                             \
      "switch off one thing that delivery seats do, or all=off; may be repeated")                                                            \
    X(CONTRARY, 0, "contrary", "NAME[=STRENGTH]", 0, GROUP_LIVE | GROUP_PAIR | GROUP_CLAIMS,                                                   \
      "let hold what research says against the hire: no_delay_effect, off_critical_hurts, optimism_helps, or all; may be repeated")          \
    X(TICK, 0, "tick", "1|1/2|1/4|1/8", 0, GROUP_LIVE | GROUP_PAIR | GROUP_CLAIMS,                                                                          \
      "step of time in weeks, 1/2 by default")                                                                                               \
    X(FRICTIONLESS, 0, "frictionless", NULL, 0, GROUP_LIVE, "the program is only a schedule: no risks, questions or people trouble")         \
    X(THREADS, 'j', "threads", "N", 0, GROUP_LIVE | GROUP_PAIR | GROUP_CLAIMS | GROUP_SERVE | GROUP_MERGE | GROUP_VALIDATE,                                 \
      "threads, by default one for each processor; results do not depend on it")                                                             \
    X(ISA, 0, "isa", "NAME", 0, GROUP_LIVE | GROUP_PAIR | GROUP_CLAIMS | GROUP_SERVE | GROUP_MERGE | GROUP_VALIDATE,                                        \
      "scalar, sse2, avx2 or avx512, by default the widest here; results do not depend on it")                                               \
    X(OUTPUT, 'o', "output", "DIR", 0, GROUP_RESULTS | GROUP_STORY | GROUP_VARY | GROUP_SENSITIVITY | GROUP_VOI | GROUP_CLAIMS | GROUP_OPTIMISE | GROUP_IMPORT | GROUP_SERVE | GROUP_EXPORT | GROUP_MERGE | GROUP_VALIDATE,      \
      "folder to write; without it run makes ./orgsim-results/SCENARIO-N, the others write nothing; "                            \
      "serve: file of the session, by default ./orgsim-results/SCENARIO.session")                                                            \
    X(PORT, 0, "port", "P", 0, GROUP_SERVE, "port to serve on, 7070 by default; 0 takes any that is free")                                   \
    X(LAN, 0, "lan", NULL, 0, GROUP_SERVE, "let phones on this network in, who know the link with its random token")                         \
    X(LESSON, 0, "lesson", "FILE", 0, GROUP_SERVE | GROUP_EXPORT, "lesson to go through; 20 minutes by default")                                            \
    X(FORCE, 0, "force", NULL, 0, GROUP_RESULTS | GROUP_NEW | GROUP_STORY | GROUP_VARY | GROUP_SENSITIVITY | GROUP_VOI | GROUP_CLAIMS | GROUP_OPTIMISE | GROUP_IMPORT | GROUP_EXPORT | GROUP_MERGE | GROUP_VALIDATE,             \
      "run: replace a folder of results that exists; the others write into the folder that is there")                              \
    X(NO_OUTCOMES, 0, "no-outcomes", NULL, 0, GROUP_RESULTS, "leave out outcomes.csv, the values of every world")                            \
    X(NO_FIGURES, 0, "no-figures", NULL, 0, GROUP_RESULTS, "leave out the figures")                                                          \
    X(NO_ATTRIBUTION, 0, "no-attribution", NULL, 0, GROUP_RESULTS, "leave out what each part of the hire is worth, and its break-even")      \
    X(IGNORANCE, 0, "ignorance", "N", 0, GROUP_RESULTS,                                                                                     \
      "ask N times more, each time with all parameters drawn over their ranges: does the answer hold if we are wrong?")                     \
    X(RESUME, 0, "resume", NULL, 0, GROUP_BLOCKS,                                                                                            \
      "go on where the run of this folder was stopped, or begin where there is none; ends in the same bytes")                                \
    X(SHARD, 0, "shard", "I/N", 0, GROUP_BLOCKS,                                                                                              \
      "live only part I of N, on this machine or another, into the folder of -o; see orgsim merge")                                          \
    X(SAVE_EVERY, 0, "save-every", "SECONDS|never", 0, GROUP_BLOCKS,                                                                         \
      "how often what was lived is saved for --resume: after 5 seconds by default, 0 for every block of 128 worlds")                         \
    X(CHECK, 0, "check", NULL, 0, GROUP_RESULTS | GROUP_MERGE | GROUP_VALIDATE,                                                              \
      "exit 3 when the interval of the headline arm's net value covers zero, or --precision was not reached; validate: when a check is missed, "     \
      "with --fit when something better is found")                                                                                            \
    X(QUICK, 0, "quick", NULL, 0, GROUP_VALIDATE, "an eighth of the worlds: under a minute, wider intervals")                                \
    X(FIT, 0, "fit", NULL, 0, GROUP_VALIDATE,                                                                                                \
      "search again for the numbers of the calibrated programs, and hold what ships beside what is found")                                   \
    X(OBSERVATIONAL, 0, "observational", NULL, 0, GROUP_VALIDATE,                                                                            \
      "show instead why comparing programs with and without a TPM misleads: help goes where it looks bad")                                   \
    X(TEMPLATE, 0, "template", "NAME", 0, GROUP_NEW, "shipped scenario to copy: enterprise, platform-migration, startup or workshop")        \
    X(TEAMS, 0, "teams", "N", 0, GROUP_NEW, "teams, 6 by default")                                                                           \
    X(ENGINEERS, 0, "engineers", "N", 0, GROUP_NEW, "engineers in each team, 6 by default")                                                  \
    X(PACKAGES, 0, "packages", "N", 0, GROUP_NEW, "packages of each team, 5 by default, besides those that integrate")                       \
    X(DENSITY, 0, "density", "D", 0, GROUP_NEW, "dependencies between teams for each package, 1.2 by default")                               \
    X(RISKS, 0, "risks", "D", 0, GROUP_NEW, "risks for each package, 0.7 by default")                                                        \
    X(QUESTIONS, 0, "questions", "D", 0, GROUP_NEW, "open questions for each package, 0.6 by default")                                       \
    X(AMBIGUITY, 0, "ambiguity", "A", 0, GROUP_NEW, "mean probability of a mismatch at a dependency between teams, 0.25 by default")         \
    X(AUDIENCE, 0, "audience", "WHO", 0, GROUP_REPORT, "director (the default): short, two significant figures; or engineer: everything")     \
    X(PDF, 0, "pdf", NULL, 0, GROUP_REPORT, "print the page to report.pdf too; needs Chromium")                                              \
    X(XLSX, 0, "xlsx", NULL, 0, GROUP_REPORT, "write a workbook with live formulas to report.xlsx too: change a salary, see the total move")      \
    X(JSON, 0, "json", "FILE", 1, GROUP_ANSWER, "the answer as JSON, to stdout (also -) in place of the text or to FILE beside it")          \
    X(QUIET, 'q', "quiet", NULL, 0, GROUP_ANSWER, "print errors only")                                                                       \
    X(VERBOSE, 'v', "verbose", NULL, 0, GROUP_ANSWER, "say more on stderr")                                                                  \
    X(NO_PROGRESS, 0, "no-progress", NULL, 0, GROUP_PROGRESS, "no rate and remaining time on stderr")                                        \
    X(COLOUR, 0, "color", "WHEN", 0, GROUP_ANSWER, "auto, always or never; auto honours NO_COLOR")

enum option_id {
#define X(id, letter, name, argument, optional, groups, help) OPTION_##id,
    OPTIONS(X)
#undef X
    OPTION_COUNT
};

/* One row of the table. */
struct option_row {
    int letter; /* 0: only the long form */
    const char *name, *argument;
    int optional; /* the argument may be left out */
    unsigned groups;
    const char *help;
};
const struct option_row *options_row(enum option_id id);

enum colour { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

/* What the command line says. Strings are borrowed from argv. */
struct options {
    const char **arguments; /* as many as the subcommand takes */
    size_t n_arguments;
    bool given[OPTION_COUNT];
    uint64_t worlds, seed;
    size_t threads;
    uint64_t ignorance;   /* draws; 0: none */
    int precision_metric; /* enum orgsim_metric, or -1 */
    double precision_half_width;
    const char *arms, *baseline;
    const char *over;         /* NULL: not given */
    const char *vary[2];
    size_t points;            /* of our ignorance */
    const char *overs[8];     /* all of --over, in order */
    size_t n_overs;
    int objective_metric;     /* of --maximise and --minimise; enum orgsim_metric */
    int risk;                 /* enum orgsim_risk */
    double budget, confidence, indifference; /* NAN: not given */
    size_t n_vary;
    int method;               /* enum orgsim_sensitivity_method */
    size_t size, inputs;      /* of a design; 0: not given */
    const char **ranges;
    size_t n_ranges;
    uint64_t world;           /* with world_choice ORGSIM_WORLD_number */
    int world_choice;         /* enum orgsim_world_choice */
    const char **settings;
    size_t n_settings;
    size_t n_grades;          /* of the settings, the first ones: grades taken away */
    unsigned levers_off;
    struct orgsim_contraries contrary;
    int ticks_per_week;
    const char *isa;
    const char *output;
    const char *lesson;
    unsigned port;
    const char *template;
    double shape[OPTION_AMBIGUITY - OPTION_TEAMS + 1]; /* as enum generate_field */
    uint64_t shard_number, shard_of; /* from 1; of 0: not given */
    double save_every;     /* seconds, or negative: never */
    bool engineer;         /* the page is for an engineer */
    const char *json_file; /* NULL: stdout */
    enum colour colour;
};

struct command;

/* Parses the arguments after the subcommand's name; argv[0] is that name. Prints and exits with 2 when something is wrong and with 0 after
 * --help. Returns 0 or ORGSIM_ERROR_MEMORY. */
int options_parse(struct options *options, const struct command *command, int argc, char **argv);
void options_free(struct options *options);

#endif
