/* options.c: the table of options through argp, with a hint for what is misspelt */
#include "cli/options.h"

#include <argp.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <orgsim/error.h>
#include <orgsim/explain.h>
#include <orgsim/ignorance.h>
#include <orgsim/metric.h>
#include <orgsim/optimise.h>
#include <orgsim/run.h>
#include <orgsim/sensitivity.h>
#include <orgsim/voi.h>

#include "base/memory.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/spelling.h"
#include "scenario/generate.h"
#include "scenario/nulls.h"

enum { FIRST_LONG_KEY = 256, MOST_WORLDS_BITS = 40, MOST_THREADS = 4096, MOST_SHARDS = 1 << 20 };

static const struct option_row table[OPTION_COUNT] = {
#define X(id, letter, name, argument, optional, groups, help) {letter, name, argument, optional, groups, help},
    OPTIONS(X)
#undef X
};

const struct option_row *options_row(enum option_id id)
{
    return &table[id];
}

static int key_of(size_t id)
{
    return table[id].letter ? table[id].letter : FIRST_LONG_KEY + (int)id;
}

/* --- values ------------------------------------------------------------------------------------------------------------------------- */

/* Decimal digits only: no sign, no blank, no overflow. */
static bool whole_number(const char *s, uint64_t *value)
{
    uint64_t number = 0;
    if (!*s) return false;
    for (; *s; s++) {
        if (*s < '0' || *s > '9') return false;
        uint64_t digit = (uint64_t)(*s - '0');
        if (number > (UINT64_MAX - digit) / 10) return false;
        number = number * 10 + digit;
    }
    *value = number;
    return true;
}

static uint64_t parse_whole(const struct argp_state *state, const char *option, const char *s, uint64_t least, uint64_t most)
{
    uint64_t value = 0;
    if (!whole_number(s, &value) || value < least || value > most)
        argp_error(state, "--%s: \"%s\" is not a whole number from %llu to %llu", option, s, (unsigned long long)least,
                   (unsigned long long)most);
    return value;
}

static void parse_precision(struct options *options, const struct argp_state *state, const char *s)
{
    const char *ids[ORGSIM_METRIC_COUNT], *equals = strchr(s, '=');
    char hint[SPELLING_SIZE], name[64];
    double width = 0;
    if (!equals || (size_t)(equals - s) >= sizeof name || !text_number(equals + 1, &width) || width <= 0)
        argp_error(state, "--precision: \"%s\" is not METRIC=HALFWIDTH with a positive number, for example npv_k=50", s);
    memcpy(name, s, (size_t)(equals - s));
    name[equals - s] = '\0';
    for (int metric = 0; metric < ORGSIM_METRIC_COUNT; metric++) ids[metric] = orgsim_metric_info((enum orgsim_metric)metric)->id;
    options->precision_metric = orgsim_metric_find(name);
    options->precision_half_width = width;
    if (options->precision_metric < 0)
        argp_error(state, "--precision: there is no metric \"%s\"%s", name, spelling_hint(hint, name, ids, ORGSIM_METRIC_COUNT));
}

static void parse_lever(struct options *options, const struct argp_state *state, const char *s)
{
    const char *names[ORGSIM_LEVER_COUNT + 1] = {[ORGSIM_LEVER_COUNT] = "all"}, *equals = strchr(s, '=');
    char hint[SPELLING_SIZE], name[64];
    if (!equals || (size_t)(equals - s) >= sizeof name || strcmp(equals + 1, "off") != 0)
        argp_error(state, "--lever: \"%s\" is not NAME=off, for example absorption=off or all=off", s);
    memcpy(name, s, (size_t)(equals - s));
    name[equals - s] = '\0';
    unsigned off = strcmp(name, "all") == 0 ? (1U << ORGSIM_LEVER_COUNT) - 1 : 0;
    for (int lever = 0; lever < ORGSIM_LEVER_COUNT; lever++) {
        names[lever] = orgsim_lever_name((enum orgsim_lever)lever);
        if (strcmp(name, names[lever]) == 0) off = 1U << lever;
    }
    if (!off) argp_error(state, "--lever: there is no lever \"%s\"%s", name, spelling_hint(hint, name, names, ORGSIM_LEVER_COUNT + 1));
    options->levers_off |= off;
}

/* Number of the word in a list of words, for an option whose values are few. */
static int parse_word(const struct argp_state *state, const char *option, const char *s, const char *const *words, size_t n)
{
    char hint[SPELLING_SIZE];
    for (size_t i = 0; i < n; i++)
        if (strcmp(s, words[i]) == 0) return (int)i;
    struct text choices = {0};
    for (size_t i = 0; i < n; i++) text_format(&choices, "%s%s", i == 0 ? "" : i + 1 == n ? " or " : ", ", words[i]);
    argp_error(state, "--%s: \"%s\" is not %s%s", option, s, choices.s ? choices.s : "known", spelling_hint(hint, s, words, n));
    text_free(&choices);
    return 0;
}

/* NAME or NAME=STRENGTH, or all. */
static void parse_contrary(struct options *options, const struct argp_state *state, const char *s)
{
    const char *names[ORGSIM_CONTRARY_COUNT + 1] = {[ORGSIM_CONTRARY_COUNT] = "all"};
    char name[64];
    size_t n = strcspn(s, "=");
    snprintf(name, sizeof name, "%.*s", (int)(n < sizeof name ? n : sizeof name - 1), s);
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) names[c] = orgsim_contrary_info((enum orgsim_contrary)c)->name;
    int chosen = parse_word(state, "contrary", name, names, ORGSIM_CONTRARY_COUNT + 1);
    if (s[n] && chosen == ORGSIM_CONTRARY_COUNT) argp_error(state, "--contrary: all takes no strength; give each its own");
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) {
        const struct orgsim_contrary_info *info = orgsim_contrary_info((enum orgsim_contrary)c);
        double strength = info->strength;
        if (chosen != ORGSIM_CONTRARY_COUNT && chosen != c) continue;
        if (s[n] && (!text_number(s + n + 1, &strength) || !(strength >= 0 && strength <= info->most)))
            argp_error(state, "--contrary: \"%s\" is not a strength of %s: a number from 0 to %g", s + n + 1, name, info->most);
        options->contrary.strength[c] = strength;
    }
}

/* A number, or one of the words. */
static void parse_world(struct options *options, const struct argp_state *state, const char *s)
{
    const char *words[ORGSIM_WORLD_CHOICE_COUNT - 1];
    options->world_choice = ORGSIM_WORLD_number;
    if (whole_number(s, &options->world)) return;
    for (int choice = 1; choice < ORGSIM_WORLD_CHOICE_COUNT; choice++) words[choice - 1] = orgsim_world_choice_word((enum orgsim_world_choice)choice);
    options->world_choice = 1 + parse_word(state, "world", s, words, ORGSIM_WORLD_CHOICE_COUNT - 1);
}

/* I/N */
static void parse_shard(struct options *options, const struct argp_state *state, const char *s)
{
    char number[24];
    size_t n = strcspn(s, "/");
    snprintf(number, sizeof number, "%.*s", (int)(n < sizeof number ? n : sizeof number - 1), s);
    bool good = s[n] == '/' && whole_number(number, &options->shard_number) && whole_number(s + n + 1, &options->shard_of) &&
                options->shard_number >= 1 && options->shard_number <= options->shard_of && options->shard_of <= MOST_SHARDS;
    if (!good) argp_error(state, "--shard: \"%s\" is not I/N with I from 1 to N, for example 3/8; N is at most %d", s, MOST_SHARDS);
}

static void parse_save_every(struct options *options, const struct argp_state *state, const char *s)
{
    options->save_every = -1;
    if (strcmp(s, "never") == 0) return;
    if (!text_number(s, &options->save_every) || options->save_every < 0 || options->save_every > 86400)
        argp_error(state, "--save-every: \"%s\" is not a number of seconds from 0 to 86400, nor never", s);
}

static void add_setting(struct options *options, const struct argp_state *state, const char *s)
{
    const char *equals = strchr(s, '=');
    if (!equals || equals == s || !equals[1]) argp_error(state, "--set: \"%s\" is not NAME=VALUE, for example span_tpm=4", s);
    options->settings[options->n_settings++] = s; /* room for one in each argument */
}

/* Grades come before all other settings, so that a number that is set stays as it was set. */
static void add_grade(struct options *options, const struct argp_state *state, const char *s)
{
    const char *names[GRADE_COUNT];
    for (int g = 0; g < GRADE_COUNT; g++) names[g] = grade_name((enum grade)g);
    const char *setting = nulls_setting((enum grade)parse_word(state, "without-grade", s, names, GRADE_COUNT));
    memmove(options->settings + options->n_grades + 1, options->settings + options->n_grades,
            (options->n_settings - options->n_grades) * sizeof *options->settings);
    options->settings[options->n_grades++] = setting;
    options->n_settings++;
}

static void add_vary(struct options *options, const struct argp_state *state, const char *s)
{
    if (options->n_vary == sizeof options->vary / sizeof *options->vary) argp_error(state, "--vary may be given twice; \"%s\" is one too many", s);
    options->vary[options->n_vary++] = s;
}

static int parse_method(const struct argp_state *state, const char *s)
{
    const char *names[ORGSIM_SENSITIVITY_METHOD_COUNT];
    for (int m = 0; m < ORGSIM_SENSITIVITY_METHOD_COUNT; m++) names[m] = orgsim_sensitivity_name((enum orgsim_sensitivity_method)m);
    return parse_word(state, "method", s, names, ORGSIM_SENSITIVITY_METHOD_COUNT);
}

static void add_range(struct options *options, const struct argp_state *state, const char *s)
{
    if (options->n_ranges == ORGSIM_SENSITIVITY_RANGES) argp_error(state, "--range may be given %d times; \"%s\" is one too many", ORGSIM_SENSITIVITY_RANGES, s);
    options->ranges[options->n_ranges++] = s; /* room for one in each argument */
}

/* A metric of which more (sign 1) or less (-1) is better. */
static int parse_metric(const struct argp_state *state, const char *option, const char *s, int sign)
{
    const char *ids[ORGSIM_METRIC_COUNT];
    char hint[SPELLING_SIZE];
    int metric = orgsim_metric_find(s);
    for (int m = 0; m < ORGSIM_METRIC_COUNT; m++) ids[m] = orgsim_metric_info((enum orgsim_metric)m)->id;
    if (metric < 0) argp_error(state, "--%s: there is no metric \"%s\"%s", option, s, spelling_hint(hint, s, ids, ORGSIM_METRIC_COUNT));
    int better = orgsim_metric_info((enum orgsim_metric)metric)->sign;
    if (better == 0) argp_error(state, "--%s: more of %s is neither better nor worse", option, s);
    if (better != sign) argp_error(state, "--%s: %s of %s is better; write --%s %s", option, sign > 0 ? "less" : "more", s, sign > 0 ? "minimise" : "maximise", s);
    return metric;
}

static double parse_amount(const struct argp_state *state, const char *option, const char *s)
{
    double value = 0;
    if (!text_number(s, &value) || value < 0) argp_error(state, "--%s: \"%s\" is not a number from 0 on", option, s);
    return value;
}

static const char *not_empty(const struct argp_state *state, const char *option, const char *s)
{
    if (!*s) argp_error(state, "--%s needs a name", option);
    return s;
}

static void add_over(struct options *options, const struct argp_state *state, const char *s)
{
    if (options->n_overs == sizeof options->overs / sizeof *options->overs) argp_error(state, "--over may be given eight times; \"%s\" is one too many", s);
    options->over = not_empty(state, "over", s);
    options->overs[options->n_overs++] = s;
}

static void parse_shape(struct options *options, const struct argp_state *state, enum option_id id, const char *s)
{
    const enum generate_field field = (enum generate_field)(id - OPTION_TEAMS);
    const struct generate_field_info *info = &generate_fields[field];
    double value = 0;
    if (!text_number(s, &value) || !generate_allows(field, value))
        argp_error(state, "--%s: \"%s\" is not a %snumber from %g to %g", table[id].name, s, info->whole ? "whole " : "", info->low, info->high);
    options->shape[field] = value;
}

static void set_option(struct options *o, struct argp_state *state, enum option_id id, const char *s)
{
    static const char *const isas[] = {"scalar", "sse2", "avx2", "avx512"};
    static const char *const ticks[] = {"1", "1/2", "1/4", "1/8"};
    static const char *const colours[] = {"auto", "always", "never"};
    static const char *const audiences[] = {"director", "engineer"};
    const char *risks[ORGSIM_RISK_COUNT];
    for (int risk = 0; risk < ORGSIM_RISK_COUNT; risk++) risks[risk] = orgsim_risk_name((enum orgsim_risk)risk);
    o->given[id] = true;
    switch (id) {
    case OPTION_WORLDS: o->worlds = parse_whole(state, "worlds", s, 1, UINT64_C(1) << MOST_WORLDS_BITS); break;
    case OPTION_SEED: o->seed = parse_whole(state, "seed", s, 0, UINT64_MAX); break;
    case OPTION_THREADS: o->threads = (size_t)parse_whole(state, "threads", s, 1, MOST_THREADS); break;
    case OPTION_PRECISION: parse_precision(o, state, s); break;
    case OPTION_ARMS: o->arms = not_empty(state, "arms", s); break;
    case OPTION_WORLD: parse_world(o, state, s); break;
    case OPTION_BASELINE: o->baseline = not_empty(state, "baseline", s); break;
    case OPTION_VARY: add_vary(o, state, s); break;
    case OPTION_OVER: add_over(o, state, s); break;
    case OPTION_MAXIMISE: o->objective_metric = parse_metric(state, "maximise", s, 1); break;
    case OPTION_MINIMISE: o->objective_metric = parse_metric(state, "minimise", s, -1); break;
    case OPTION_RISK: o->risk = parse_word(state, "risk", s, risks, ORGSIM_RISK_COUNT); break;
    case OPTION_BUDGET: o->budget = parse_amount(state, "budget", s); break;
    case OPTION_CONFIDENCE: o->confidence = parse_amount(state, "confidence", s); break;
    case OPTION_INDIFFERENCE: o->indifference = parse_amount(state, "indifference", s); break;
    case OPTION_POINTS: o->points = (size_t)parse_whole(state, "points", s, ORGSIM_VOI_POINTS_LEAST, ORGSIM_VOI_POINTS_MOST); break;
    case OPTION_METHOD: o->method = parse_method(state, s); break;
    case OPTION_SIZE: o->size = (size_t)parse_whole(state, "size", s, 1, ORGSIM_SENSITIVITY_SIZE_MOST); break;
    case OPTION_INPUTS: o->inputs = (size_t)parse_whole(state, "inputs", s, 2, ORGSIM_SENSITIVITY_INPUTS_MOST); break;
    case OPTION_RANGE: add_range(o, state, s); break;
    case OPTION_SET: add_setting(o, state, s); break;
    case OPTION_WITHOUT_GRADE: add_grade(o, state, s); break;
    case OPTION_IGNORANCE:
        o->ignorance = parse_whole(state, "ignorance", s, ORGSIM_IGNORANCE_DRAWS_LEAST, ORGSIM_IGNORANCE_DRAWS_MOST);
        break;
    case OPTION_LEVER: parse_lever(o, state, s); break;
    case OPTION_CONTRARY: parse_contrary(o, state, s); break;
    case OPTION_TICK: o->ticks_per_week = 1 << parse_word(state, "tick", s, ticks, 4); break;
    case OPTION_ISA: o->isa = isas[parse_word(state, "isa", s, isas, 4)]; break;
    case OPTION_OUTPUT: o->output = not_empty(state, "output", s); break;
    case OPTION_PORT: o->port = (unsigned)parse_whole(state, "port", s, 0, 65535); break;
    case OPTION_LESSON: o->lesson = not_empty(state, "lesson", s); break;
    case OPTION_TEMPLATE: o->template = not_empty(state, "template", s); break;
    case OPTION_TEAMS:
    case OPTION_ENGINEERS:
    case OPTION_PACKAGES:
    case OPTION_DENSITY:
    case OPTION_RISKS:
    case OPTION_QUESTIONS:
    case OPTION_AMBIGUITY: parse_shape(o, state, id, s); break;
    case OPTION_SHARD: parse_shard(o, state, s); break;
    case OPTION_SAVE_EVERY: parse_save_every(o, state, s); break;
    case OPTION_AUDIENCE: o->engineer = parse_word(state, "audience", s, audiences, 2); break;
    case OPTION_JSON: o->json_file = s && strcmp(s, "-") ? not_empty(state, "json", s) : NULL; break;
    case OPTION_COLOUR: o->colour = (enum colour)parse_word(state, "color", s, colours, 3); break;
    default: break; /* those without argument: `given` says all */
    }
}

/* --- argp --------------------------------------------------------------------------------------------------------------------------- */

struct parsing {
    struct options *options;
    const struct command *command;
    int argc;
    char **argv;
};

/* The long options of the command, and those that argp adds. */
static size_t known_names(const struct command *command, const char *names[OPTION_COUNT + 3])
{
    size_t n = 0;
    for (size_t id = 0; id < OPTION_COUNT; id++)
        if (table[id].groups & command->groups) names[n++] = table[id].name;
    names[n++] = "help";
    names[n++] = "usage";
    names[n++] = "version";
    return n;
}

static const struct option_row *find_option(const char *name, size_t length)
{
    for (size_t id = 0; id < OPTION_COUNT; id++)
        if (strncmp(table[id].name, name, length) == 0 && table[id].name[length] == '\0') return &table[id];
    return NULL;
}

/* Refuses a long option that no known name begins with: argp would do so too, but without a hint. */
static void check_long_option(const struct argp_state *state, const struct command *command, const char *name, size_t length)
{
    const char *names[OPTION_COUNT + 3];
    char copy[64];
    size_t n = known_names(command, names);
    for (size_t i = 0; i < n; i++)
        if (strncmp(names[i], name, length) == 0) return;
    snprintf(copy, sizeof copy, "%.*s", (int)(length < sizeof copy ? length : sizeof copy - 1), name);
    if (find_option(copy, strlen(copy))) argp_error(state, "--%s is not an option of this command", copy);
    const char *nearest = spelling_nearest(copy, names, n);
    if (nearest) argp_error(state, "there is no option --%s; did you mean --%s?", copy, nearest);
    argp_error(state, "there is no option --%s", copy);
}

/* Walks over the options as getopt does, stepping over the arguments that belong to them. */
static void check_spelling(const struct argp_state *state, const struct command *command, int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *a = argv[i];
        if (a[0] != '-' || !a[1]) continue;
        const struct option_row *option = NULL;
        bool attached;
        if (a[1] == '-') {
            size_t length = strcspn(a + 2, "=");
            check_long_option(state, command, a + 2, length);
            option = find_option(a + 2, length);
            attached = a[2 + length] == '=';
        } else {
            for (size_t id = 0; id < OPTION_COUNT; id++)
                if (table[id].letter == a[1]) option = &table[id];
            attached = a[2] != '\0';
        }
        if (option && option->argument && !option->optional && !attached) i++;
    }
}

static error_t on_key(int key, char *argument, struct argp_state *state)
{
    struct parsing *parsing = state->input;
    struct options *options = parsing->options;
    if (key == ARGP_KEY_INIT) { /* before anything is parsed, but with a state for argp_error() */
        state->name = parsing->argv[0];
        check_spelling(state, parsing->command, parsing->argc, parsing->argv);
        return 0;
    }
    if (key == ARGP_KEY_ARG) {
        if (options->n_arguments >= parsing->command->n_arguments && !parsing->command->more_arguments)
            argp_error(state, "\"%s\" is one argument too many; expected: %s", argument, parsing->command->arguments);
        if (!*argument) argp_error(state, "a name is empty; expected: %s", parsing->command->arguments);
        options->arguments[options->n_arguments++] = argument;
        return 0;
    }
    if (key == ARGP_KEY_END && options->n_arguments < parsing->command->n_arguments)
        argp_error(state, "%s is missing", parsing->command->arguments);
    for (size_t id = 0; id < OPTION_COUNT; id++)
        if (key == key_of(id)) {
            set_option(options, state, (enum option_id)id, argument);
            return 0;
        }
    return ARGP_ERR_UNKNOWN;
}

static void list_options(const struct command *command, struct argp_option options[OPTION_COUNT + 1])
{
    size_t n = 0;
    memset(options, 0, (OPTION_COUNT + 1) * sizeof *options);
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        if (!(table[id].groups & command->groups)) continue;
        options[n++] = (struct argp_option){.name = table[id].name,
                                            .key = key_of(id),
                                            .arg = table[id].argument,
                                            .flags = table[id].optional ? OPTION_ARG_OPTIONAL : 0,
                                            .doc = table[id].help,
                                            .group = (int)id + 1}; /* argp sorts within a group: keep the order of the table */
    }
}

/* Each on its line, set in. */
static void add_examples(struct text *doc, const char *examples)
{
    text_add(doc, doc->n && doc->s[doc->n - 1] == '\v' ? "Examples:" : "\n\nExamples:");
    for (const char *line = examples; *line;) {
        size_t length = strcspn(line, "\n");
        text_format(doc, "\n  %.*s", (int)length, line);
        line += length + (line[length] == '\n');
    }
}

int options_parse(struct options *options, const struct command *command, int argc, char **argv)
{
    struct argp_option list[OPTION_COUNT + 1];
    struct text name = {0}, doc = {0};
    char **arguments = memory_array((size_t)argc + 1, sizeof *arguments);
    *options = (struct options){.worlds = 10000, .seed = 1, .precision_metric = -1, .save_every = 5, .objective_metric = ORGSIM_METRIC_npv_k,
                                 .budget = (double)NAN, .confidence = 0.95, .indifference = (double)NAN};
    options->settings = memory_array((size_t)argc, sizeof *options->settings);
    options->ranges = memory_array((size_t)argc, sizeof *options->ranges);
    options->arguments = memory_array((size_t)argc, sizeof *options->arguments);
    text_format(&name, "orgsim %s", command->name);
    text_format(&doc, "%s\v", command->summary);
    command_explain(&doc, command);
    if (command->examples) add_examples(&doc, command->examples);
    int error = !arguments || !options->settings || !options->ranges || !options->arguments || name.failed || doc.failed ? ORGSIM_ERROR_MEMORY : 0;
    if (!error) {
        for (int i = 1; i < argc; i++) arguments[i] = argv[i];
        arguments[0] = name.s; /* argp names the program by it */
        list_options(command, list);
        const struct argp argp = {.options = list, .parser = on_key, .args_doc = command->arguments, .doc = doc.s};
        struct parsing parsing = {options, command, argc, arguments};
        if (argp_parse(&argp, argc, arguments, 0, NULL, &parsing)) error = ORGSIM_ERROR_MEMORY;
        if (options->given[OPTION_PRECISION] && !options->given[OPTION_WORLDS]) options->worlds = 1000000;
    }
    text_free(&name);
    text_free(&doc);
    memory_free(arguments);
    if (error) options_free(options);
    return error;
}

void options_free(struct options *options)
{
    memory_free(options->settings);
    memory_free(options->ranges);
    memory_free(options->arguments);
    options->settings = options->ranges = options->arguments = NULL;
}
