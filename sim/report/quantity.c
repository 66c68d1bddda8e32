/* quantity.c: values, units and names beside a number that is moved */
#include "report/quantity.h"

#include <math.h>
#include <string.h>

#define OFF_AT_MOST 0.05 /* a value that is small in a wide range must not be rounded away */
#define DECIMALS_MOST 6

struct shown quantity_shown(double value, double range, int flags)
{
    int decimals = range >= 500 ? 0 : range >= 20 ? 1 : range >= 2 ? 2 : range >= 0.2 ? 3 : 4;
    for (int more = decimals; more <= DECIMALS_MOST; more++) {
        double rounded = round(value * pow(10, more)) / pow(10, more);
        if (fabs(rounded - value) <= OFF_AT_MOST * fabs(value)) return shown_number(value, more, flags);
    }
    return shown_number(value, decimals, flags);
}

void quantity_unit(struct text *text, const struct orgsim_scenario *s, const char *unit)
{
    static const char *const money[] = {"currency", "$"};
    if (!unit || !*unit || !strcmp(unit, "1")) return;
    size_t skip = 0;
    for (size_t m = 0; m < 2; m++)
        if (!strncmp(unit, money[m], strlen(money[m]))) skip = strlen(money[m]);
    text_format(text, " %s%.*s", skip ? s->settings.currency : "", (int)strcspn(unit + skip, "|"), unit + skip);
}

const char *quantity_arm(const struct orgsim_scenario *s, size_t arm) { return s->arms[arm].label ? s->arms[arm].label : s->arms[arm].id; }
