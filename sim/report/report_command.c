/* report_command.c: the command line as one would type it again */
#include <string.h>

#include "report/report.h"
#include "report/shown.h"

/* Long options without influence on results: where the work is done, where results go, and how the answer is said. */
static const struct {
    const char *name;
    bool argument; /* a word of its own may follow */
} left_out_long[] = {
    {"threads", true}, {"output", true},   {"isa", true},          {"color", true}, {"force", false},
    {"quiet", false},  {"verbose", false}, {"no-progress", false}, {"json", false},  {"resume", false},
    {"save-every", true}, {"shard", true},
};

static const char left_out_flags[] = "qv";         /* short ones without an argument */
static const char left_out_with_argument[] = "jo"; /* and with one */
static const char kept_with_argument[] = "ns";     /* the rest of the word, or the next one, is not an option */

/* Long names may be abbreviated. */
static bool is_long(const char *word, const char *name)
{
    size_t n = strcspn(word, "=");
    return n >= 2 && n <= strlen(name) && strncmp(word, name, n) == 0;
}

/* How many words from argv[0] = --NAME on are to be left out. */
static int leave_out_long(const char *word, bool last)
{
    for (size_t i = 0; i < sizeof left_out_long / sizeof *left_out_long; i++) {
        if (is_long(word, left_out_long[i].name)) return left_out_long[i].argument && !strchr(word, '=') && !last ? 2 : 1;
    }
    return 0;
}

static void add_word(struct text *text, const char *word)
{
    text_add(text, " ");
    shown_shell(text, word);
}

/* A word of short options: flags first, perhaps one with an argument at its end. Returns how many words it was. */
static int add_short(struct text *text, const char *word, const char *next)
{
    const char *rest = word + 1 + strspn(word + 1, left_out_flags);
    if (!*rest) return 1;
    int words = rest[1] == '\0' && next ? 2 : 1;
    if (strchr(left_out_with_argument, *rest)) return words;
    struct text kept = {0};
    text_add(&kept, "-");
    text_add(&kept, rest);
    add_word(text, kept.s ? kept.s : "");
    text->failed |= kept.failed;
    text_free(&kept);
    if (!strchr(kept_with_argument, *rest) || words == 1) return 1;
    add_word(text, next);
    return 2;
}

void report_command_line(struct text *text, int argc, char *const *argv)
{
    text_add(text, "orgsim");
    bool options = true; /* until -- */
    for (int i = 1; i < argc;) {
        const char *word = argv[i], *next = i + 1 < argc ? argv[i + 1] : NULL;
        if (options && strcmp(word, "--") == 0) options = false;
        int out = options && strncmp(word, "--", 2) == 0 ? leave_out_long(word + 2, !next) : 0;
        if (out > 0) {
            i += out;
        } else if (options && word[0] == '-' && word[1] && word[1] != '-') {
            i += add_short(text, word, next);
        } else {
            add_word(text, word);
            i++;
        }
    }
}
