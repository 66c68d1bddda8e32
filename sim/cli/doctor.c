/* doctor.c: orgsim doctor: whether all is here that orgsim uses, and what to do about the rest */
#include <jansson.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <orgsim/bench.h>

#include "cli/command.h"
#include "cli/message.h"
#include "report/tool.h"

#define DISK_WANTED 200e6 /* a run of ten thousand worlds with everything needs about a tenth of it */
enum { CHECKS_MOST = 12 };

enum verdict { VERDICT_OK, VERDICT_POOR, VERDICT_MISSING };

/* What was looked at. found: what is there; todo: what a person can do, "" when nothing is wrong. */
struct look {
    const char *id;
    enum verdict verdict;
    struct text found;
    const char *todo;
};

struct doctor {
    struct look looks[CHECKS_MOST];
    size_t n;
    bool tool_missing;
};

static struct look *look(struct doctor *doctor, const char *id)
{
    struct look *next = &doctor->looks[doctor->n++];
    *next = (struct look){.id = id, .todo = ""};
    return next;
}

static void judge(struct look *look, enum verdict verdict, const char *todo)
{
    look->verdict = verdict;
    if (verdict != VERDICT_OK) look->todo = todo;
}

/* What a tool prints, without the end of its last line; false when it cannot be run. */
static bool ask(const char *const *argv, struct text *said)
{
    int status = 0;
    if (tool_run(argv, NULL, said, &status) || status) return false;
    while (said->n && strchr(" \n", said->s[said->n - 1])) said->s[--said->n] = '\0';
    return said->s != NULL;
}

static bool has_word(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at += n)
        if ((at == list || at[-1] == ' ') && (!at[n] || at[n] == ' ')) return true;
    return false;
}

static void look_at_gnuplot(struct doctor *doctor)
{
    static const char *const version[] = {"gnuplot", "-d", "--version", NULL};
    static const char *const terminals[] = {"gnuplot", "-d", "-e", "set print '-'; print GPVAL_TERMINALS", NULL};
    struct look *gnuplot = look(doctor, "gnuplot");
    struct text said = {0};
    double number = 0;
    if (ask(version, &said)) {
        char *end = strchr(said.s, ' '), *word = end ? strchr(end + 1, ' ') : NULL;
        text_add(&gnuplot->found, said.s);
        if (word) *word = '\0';
        bool recent = end && text_number(end + 1, &number) && number >= 5.4;
        judge(gnuplot, recent ? VERDICT_OK : VERDICT_POOR, "figures are made for gnuplot 5.4 or later");
    } else {
        text_add(&gnuplot->found, "not found");
        judge(gnuplot, VERDICT_MISSING, "no figures without it; install it (Debian, Ubuntu: apt install gnuplot-nox)");
    }
    text_free(&said);
    if (gnuplot->verdict != VERDICT_MISSING) {
        struct look *drawing = look(doctor, "terminals");
        bool svg = ask(terminals, &said) && has_word(said.s, "svg"), png = said.s && has_word(said.s, "pngcairo");
        text_add(&drawing->found, svg && png ? "svg, pngcairo"
                                  : svg      ? "svg, but no pngcairo"
                                  : png      ? "pngcairo, but no svg"
                                             : "neither svg nor pngcairo");
        judge(drawing, svg && png ? VERDICT_OK : VERDICT_MISSING,
              "no figures without both; install a fuller gnuplot (Debian, Ubuntu: apt install gnuplot-nox)");
        doctor->tool_missing = drawing->verdict != VERDICT_OK;
    } else {
        doctor->tool_missing = true;
    }
    text_free(&said);
}

static void look_at_font(struct doctor *doctor)
{
    static const char *const match[] = {"fc-match", "-f", "%{family}", "Inter", NULL};
    struct look *font = look(doctor, "font");
    struct text said = {0};
    bool asked = ask(match, &said), inter = asked && strstr(said.s, "Inter");
    if (inter) text_add(&font->found, "Inter");
    else text_format(&font->found, "no Inter%s%s%s", asked ? "; \"" : "", asked ? said.s : "", asked ? "\" takes its place" : "");
    judge(font, inter ? VERDICT_OK : VERDICT_POOR, "figures look best with it; install it (Debian, Ubuntu: apt install fonts-inter fontconfig)");
    text_free(&said);
}

static void look_at_workshop(struct doctor *doctor)
{
    struct look *workshop = look(doctor, "workshop");
#ifdef ORGSIM_WORKSHOP
    text_add(&workshop->found, "orgsim serve is part of this program");
#else
    text_add(&workshop->found, "this program was built without orgsim serve");
    judge(workshop, VERDICT_POOR, "for workshops install libmicrohttpd and SQLite and build again (Debian, Ubuntu: apt install libmicrohttpd-dev libsqlite3-dev)");
#endif
}

static void look_at_processor(struct doctor *doctor)
{
    const char *names[ORGSIM_BENCH_KERNELS];
    struct look *threads = look(doctor, "threads"), *isa;
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    text_format(&threads->found, "%ld, all of them used unless --threads says less", n > 0 ? n : 1);
    isa = look(doctor, "instruction sets");
    size_t kernels = orgsim_bench_isas(names);
    for (size_t k = 0; k < kernels; k++) text_format(&isa->found, "%s%s", k ? ", " : "", names[k]);
    text_format(&isa->found, "; %s is used", names[kernels - 1]);
}

static void look_at_disk(struct doctor *doctor)
{
    struct look *disk = look(doctor, "disk");
    struct statvfs about;
    char digits[TEXT_NUMBER_SIZE];
    if (access(".", W_OK)) {
        text_add(&disk->found, "this folder cannot be written");
        judge(disk, VERDICT_POOR, "go to another folder, or name one with -o");
    } else if (statvfs(".", &about)) {
        text_add(&disk->found, "free space is not known");
    } else {
        double bytes = (double)about.f_bavail * (double)about.f_frsize;
        text_format(&disk->found, "%s MB free here", text_of_people(digits, bytes / 1e6, 0));
        judge(disk, bytes >= DISK_WANTED ? VERDICT_OK : VERDICT_POOR, "free some space, name another folder with -o, or run with --no-outcomes");
    }
}

static void look_at_locale(struct doctor *doctor)
{
    struct look *where = look(doctor, "locale");
    const char *name = setlocale(LC_CTYPE, "");
    const char *set = name ? nl_langinfo(CODESET) : "not known to this system";
    bool utf8 = strcmp(set, "UTF-8") == 0;
    text_format(&where->found, "%s (%s)", name ? name : "unknown", set);
    judge(where, utf8 ? VERDICT_OK : VERDICT_POOR, "names beyond ASCII may look odd on this terminal; set one of UTF-8: export LC_ALL=C.UTF-8");
    setlocale(LC_CTYPE, "C");
}

static const char *word_of(enum verdict verdict)
{
    return verdict == VERDICT_OK ? "ok" : verdict == VERDICT_POOR ? "poor" : "missing";
}

static void describe(struct text *text, const struct doctor *doctor)
{
    size_t poor = 0, missing = 0;
    text_add(text, "orgsim " ORGSIM_VERSION "\n");
    for (size_t i = 0; i < doctor->n; i++) {
        const struct look *of = &doctor->looks[i];
        poor += of->verdict == VERDICT_POOR;
        missing += of->verdict == VERDICT_MISSING;
        text_format(text, "%-8s %-17s %s\n", word_of(of->verdict), of->id, of->found.s ? of->found.s : "");
        if (*of->todo) text_format(text, "%-26s %s\n", "", of->todo);
    }
    if (missing) text_add(text, "Something is missing: runs work and write every number, but draw no figures.\n");
    else if (poor) text_add(text, "All that is needed is here; see above what could be better.\n");
    else text_add(text, "All is here. Begin with: orgsim run SCENARIO\n");
}

static void describe_json(struct text *text, const struct doctor *doctor)
{
    json_t *checks = json_array();
    bool ready = true;
    for (size_t i = 0; i < doctor->n; i++) {
        const struct look *of = &doctor->looks[i];
        ready &= of->verdict != VERDICT_MISSING;
        json_array_append_new(checks, json_pack("{s:s, s:s, s:s, s:s}", "id", of->id, "status", word_of(of->verdict), "found",
                                                of->found.s ? of->found.s : "", "todo", of->todo));
    }
    json_t *root = json_pack("{s:s, s:b, s:o}", "version", ORGSIM_VERSION, "ready", (int)ready, "checks", checks);
    char *dump = root ? json_dumps(root, JSON_INDENT(2) | JSON_PRESERVE_ORDER) : NULL;
    json_decref(root);
    if (dump) text_format(text, "%s\n", dump);
    else text->failed = true;
    free(dump); /* jansson's own allocation */
}

static int run(const struct options *options, const struct invocation *invocation)
{
    (void)invocation;
    struct doctor doctor = {.n = 0};
    struct text text = {0}, json = {0};
    int status = 0;
    look_at_gnuplot(&doctor);
    look_at_font(&doctor);
    look_at_workshop(&doctor);
    look_at_processor(&doctor);
    look_at_disk(&doctor);
    look_at_locale(&doctor);
    describe(&text, &doctor);
    describe_json(&json, &doctor);
    if (options->given[OPTION_JSON]) status = message_json(options, &json);
    if (!status && message_wants_text(options)) status = message_answer(&text);
    for (size_t i = 0; i < doctor.n; i++) text_free(&doctor.looks[i].found);
    text_free(&text);
    text_free(&json);
    return status ? status : doctor.tool_missing ? orgsim_error_status(ORGSIM_ERROR_TOOL) : 0;
}

const struct command doctor_command = {
    .name = "doctor",
    .arguments = "",
    .n_arguments = 0,
    .summary = "Looks whether all is here that orgsim uses, and says what to do about the rest.",
    .explanation = "Looks at gnuplot and what it can draw, the font of the figures, processors and their instruction sets, room on the disk and "
                   "the locale. Exits with 0, or with 5 when figures cannot be drawn.",
    .examples = "orgsim doctor\n"
                "orgsim doctor --json | jq -r '.checks[] | select(.status != \"ok\") | .todo'",
    .groups = GROUP_ANSWER,
    .run = run,
};
