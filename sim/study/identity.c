/* identity.c: of which run blocks are */
#include "study/identity.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "scenario/scenario.h"
#include "study/compare.h"

/* Lines that must agree, in the order in which a difference is looked for, and what a person calls them. */
static const struct { const char *name, *words; } lines[] = {
    {"scenario_digest", "scenario tables"}, {"assumptions_digest", "assumptions"}, {"seed", "seed"},         {"worlds", "worlds"},
    {"arms", "arms"},                       {"baseline", "baseline"},              {"ticks", "ticks a week"}, {"frictionless", "frictionless"},
    {"levers_off", "levers off"},           {"contrary", "contrarian switches"},   {"precision", "precision"}, {"shards", "shards"},
    {"shard", "shard"},                     {"command", "command"},
};

/* --- writing ------------------------------------------------------------------------------------------------------------------------ */

/* A value stays on its line. */
static void add_escaped(struct text *t, const char *s)
{
    for (; *s; s++) {
        if (*s == '\n' || *s == '\\') text_add(t, *s == '\n' ? "\\n" : "\\\\");
        else text_add_n(t, s, 1);
    }
}

static void add_line(struct text *t, const char *name, const char *value)
{
    text_format(t, "%s ", name);
    add_escaped(t, value);
    text_add(t, "\n");
}

/* The numbers that --set and assumptions.csv leave in force. */
static uint64_t assumptions_digest(const struct orgsim_scenario *s)
{
    uint64_t digest = TEXT_DIGEST_START;
    for (int a = 0; a < ASSUMPTION_COUNT; a++) {
        double value = assumptions_get(&s->assumptions, a);
        digest = text_digest(digest, &value, sizeof value);
    }
    return digest;
}

static void add_arms(struct text *t, const struct orgsim_scenario *s, const struct orgsim_run_options *o)
{
    struct text list = {0};
    size_t n = o->arms ? o->n_arms : s->n_arms;
    for (size_t a = 0; a < n; a++) text_format(&list, "%s%s", a ? "," : "", orgsim_scenario_arm(s, o->arms ? o->arms[a] : a));
    add_line(t, "arms", list.s ? list.s : "");
    t->failed |= list.failed;
    text_free(&list);
}

static void add_contrary(struct text *t, const struct orgsim_run_options *o)
{
    char strength[TEXT_NUMBER_SIZE];
    bool any = false;
    text_add(t, "contrary");
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) {
        if (!(o->contrary.strength[c] > 0)) continue;
        text_format(t, " %s=%s", orgsim_contrary_info((enum orgsim_contrary)c)->name, text_of_double(strength, o->contrary.strength[c]));
        any = true;
    }
    text_add(t, any ? "\n" : " none\n");
}

static void add_precision(struct text *t, const struct orgsim_run_options *o)
{
    char width[TEXT_NUMBER_SIZE];
    if (o->precision_metric < 0) text_add(t, "precision none\n");
    else
        text_format(t, "precision %s=%s\n", orgsim_metric_info((enum orgsim_metric)o->precision_metric)->id,
                    text_of_double(width, o->precision_half_width));
}

void identity_write(struct text *t, const struct identity *i)
{
    const struct orgsim_run_options *o = i->options;
    text_format(t, "orgsim_blocks %d\nversion %s\n", IDENTITY_FORMAT, ORGSIM_VERSION);
    text_format(t, "scenario_digest %016" PRIx64 "\nassumptions_digest %016" PRIx64 "\n", i->scenario->digest, assumptions_digest(i->scenario));
    text_format(t, "seed %" PRIu64 "\nworlds %" PRIu64 "\n", o->seed, o->worlds);
    add_arms(t, i->scenario, o);
    add_line(t, "baseline", orgsim_scenario_arm(i->scenario, o->baseline));
    text_format(t, "ticks %d\nfrictionless %d\nlevers_off %u\n", o->ticks_per_week ? o->ticks_per_week : 2, o->frictionless != 0, o->levers_off);
    add_contrary(t, o);
    add_precision(t, o);
    text_format(t, "shards %" PRIu64 "\nshard %" PRIu64 "\n", i->shard.of, i->shard.number);
    add_line(t, "command", i->command);
    for (int a = 0; a < i->argc; a++) add_line(t, "argument", i->argv[a]);
}

/* --- reading ------------------------------------------------------------------------------------------------------------------------ */

/* The value on the nth line of that name, *n its length; NULL: there is none. */
static const char *find_line(const char *text, const char *name, size_t nth, size_t *n)
{
    size_t length = strlen(name);
    for (const char *line = text; *line;) {
        size_t whole = strcspn(line, "\n");
        if (whole > length && strncmp(line, name, length) == 0 && line[length] == ' ' && nth-- == 0) {
            *n = whole - length - 1;
            return line + length + 1;
        }
        line += whole + (line[whole] == '\n');
    }
    return NULL;
}

char *identity_value(const char *text, const char *name, size_t nth)
{
    size_t n = 0, to = 0;
    const char *value = find_line(text, name, nth, &n);
    char *copy = value ? memory_string_n(value, n) : NULL;
    if (!copy) return NULL;
    for (size_t from = 0; from < n; from++, to++) {
        bool escaped = copy[from] == '\\' && from + 1 < n;
        if (escaped) from++;
        copy[to] = escaped && copy[from] == 'n' ? '\n' : copy[from];
    }
    copy[to] = '\0';
    return copy;
}

uint64_t identity_number(const char *text, const char *name)
{
    size_t n = 0;
    const char *value = find_line(text, name, 0, &n);
    return value ? strtoull(value, NULL, 10) : 0;
}

bool identity_range(const char *text, uint64_t *first, uint64_t *end)
{
    uint64_t worlds = identity_number(text, "worlds"), of = identity_number(text, "shards"), number = identity_number(text, "shard");
    uint64_t blocks = compare_count(worlds);
    if (worlds < 1 || worlds > UINT64_C(1) << 40 || number < 1 || number > of || of > blocks || of > UINT32_MAX) return false;
    uint64_t each = blocks / of, over = blocks % of; /* the first ones take one more */
    *first = (number - 1) * each + (number - 1 < over ? number - 1 : over);
    *end = *first + each + (number - 1 < over);
    return true;
}

/* --- comparing ---------------------------------------------------------------------------------------------------------------------- */

static const char todo_other[] = "go on with the same command and folder, or begin anew with --force or in another folder";
static const char todo_shards[] = "merge shards of one run only, with its scenario as it was";

int identity_check_format(const char *theirs, const char *file, struct orgsim_where *where)
{
    size_t n = 0, m = 0;
    const char *format = find_line(theirs, "orgsim_blocks", 0, &n), *version = find_line(theirs, "version", 0, &m);
    if (!format || !version || theirs != format - strlen("orgsim_blocks "))
        return error_set(where, ORGSIM_ERROR_IO, file, 0, 0, "name a folder that orgsim run wrote", "does not say of which run the blocks are");
    long long number = strtoll(format, NULL, 10);
    if (number == IDENTITY_FORMAT) return 0;
    return error_set(where, number > IDENTITY_FORMAT ? ORGSIM_ERROR_TOO_NEW : ORGSIM_ERROR_TOO_OLD, file, 0, 0,
                     number > IDENTITY_FORMAT ? "use that version, or begin anew with --force" : "begin anew with --force, or use that version",
                     "holds blocks of format %lld, written by orgsim %.*s; this version knows format %d", number, (int)(m < 40 ? m : 40), version,
                     IDENTITY_FORMAT);
}

int identity_check(const char *mine, const char *theirs, bool whole, const char *file, struct orgsim_where *where)
{
    int status = identity_check_format(theirs, file, where);
    if (status) return status;
    size_t n = 0, m = 0;
    const char *a = find_line(theirs, "version", 0, &n), *b = find_line(mine, "version", 0, &m);
    if (n != m || strncmp(a, b, n) != 0)
        return error_set(where, ORGSIM_ERROR_USAGE, file, 0, 0, "use that version, or begin anew with --force",
                         "holds blocks of orgsim %.*s, and this is %s: results of two versions are not mixed", (int)(n < 40 ? n : 40), a, ORGSIM_VERSION);
    for (size_t l = 0; l < sizeof lines / sizeof *lines; l++) {
        if (!whole && strcmp(lines[l].name, "shard") == 0) continue;
        a = find_line(theirs, lines[l].name, 0, &n);
        b = find_line(mine, lines[l].name, 0, &m);
        if (a && b && n == m && strncmp(a, b, n) == 0) continue;
        return error_set(where, ORGSIM_ERROR_USAGE, file, 0, 0, whole ? todo_other : todo_shards, "holds blocks of another run: %s \"%.*s\", not \"%.*s\"", lines[l].words,
                         (int)(n < 150 ? n : 150), a ? a : "", (int)(m < 150 ? m : 150), b ? b : "");
    }
    return 0;
}
