/* conditions.c: what a question changes about its scenario, as the options that repeat it */
#include "report/conditions.h"

#include "report/shown.h"

const char *conditions_of(const struct orgsim_scenario *s) { return s->conditions ? s->conditions : ""; }

void conditions_scenario(struct text *text, const struct orgsim_scenario *s)
{
    shown_shell(text, s->path);
    if (*conditions_of(s)) text_format(text, " %s", conditions_of(s));
}

json_t *conditions_json(const struct orgsim_scenario *s)
{
    json_t *json = json_string(conditions_of(s));
    return json ? json : json_string("(not UTF-8)");
}
