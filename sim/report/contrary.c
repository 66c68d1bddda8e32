/* contrary.c: the contrarian switches that a run lets hold, in words */
#include "report/contrary.h"

bool contrary_any(const struct orgsim_run_options *options)
{
    bool any = false;
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) any |= options->contrary.strength[c] > 0;
    return any && !options->frictionless;
}

void contrary_words(struct text *text, const struct orgsim_contraries *contrary)
{
    const char *between = "";
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) {
        const struct orgsim_contrary_info *info = orgsim_contrary_info((enum orgsim_contrary)c);
        char strength[TEXT_NUMBER_SIZE];
        if (!(contrary->strength[c] > 0)) continue;
        text_format(text, "%s%s (%s=%s)", between, info->meaning, info->name, text_of_double(strength, contrary->strength[c]));
        between = "; ";
    }
}
