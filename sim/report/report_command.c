/* report_command.c: the command line as one would type it again */
#include <string.h>

#include "report/report.h"
#include "report/shown.h"

/* Options without influence on results; all of them take an argument. */
static const struct machine_option { char letter; const char *name; } machine_options[] = {
    {'j', "threads"}, {'o', "output"}, {0, "isa"}};

/* Short options that take an argument, besides those above: the rest of their cluster is that argument. */
static const char short_with_argument[] = "ns";

/* Long names may be abbreviated down to these many letters without meaning another option. */
static bool is_long(const char *argument, const char *name)
{
    const char *equals = strchr(argument, '=');
    size_t n = equals ? (size_t)(equals - argument) : strlen(argument);
    return n >= 2 && n <= strlen(name) && strncmp(argument, name, n) == 0;
}

/* How many arguments from argv[i] on are to be left out. */
static int left_out(int argc, char *const *argv, int i)
{
    const char *a = argv[i];
    if (a[0] != '-' || a[1] == '\0') return 0;
    for (size_t k = 0; k < sizeof machine_options / sizeof *machine_options; k++) {
        bool attached;
        if (a[1] == '-') {
            if (!is_long(a + 2, machine_options[k].name)) continue;
            attached = strchr(a, '=') != NULL;
        } else {
            if (!machine_options[k].letter || a[1] != machine_options[k].letter) continue;
            attached = a[2] != '\0';
        }
        return attached || i + 1 >= argc ? 1 : 2;
    }
    return 0;
}

void report_command(struct text *text, int argc, char *const *argv)
{
    text_add(text, "orgsim");
    bool options = true; /* until -- */
    for (int i = 1; i < argc; i++) {
        if (options && strcmp(argv[i], "--") == 0) options = false;
        int skip = options ? left_out(argc, argv, i) : 0;
        if (skip > 0) {
            i += skip - 1;
            continue;
        }
        text_add(text, " ");
        shown_shell(text, argv[i]);
        bool takes_next = options && argv[i][0] == '-' && argv[i][1] && strchr(short_with_argument, argv[i][1]) && argv[i][2] == '\0';
        if (takes_next && i + 1 < argc) {
            text_add(text, " ");
            shown_shell(text, argv[++i]);
        }
    }
}
