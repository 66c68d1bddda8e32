/* break_even.h: what would have to be true, as sentences, a table and JSON */
#ifndef ORGSIM_REPORT_BREAK_EVEN_H
#define ORGSIM_REPORT_BREAK_EVEN_H

#include <jansson.h>
#include <orgsim/breakeven.h>

#include "base/text.h"
#include "scenario/scenario.h"

/* What was asked. */
struct break_even_asked {
    const struct orgsim_scenario *scenario;
    size_t baseline; /* arm */
    uint64_t worlds, seed;
    const char *path; /* as the command line has it, for the line of what to run next */
};

void break_even_answer(struct text *text, const struct break_even_asked *asked, const struct orgsim_break_even_row *row);
void break_even_table_answer(struct text *text, const struct break_even_asked *asked, const struct orgsim_break_even_table *table, bool all);

/* Indented JSON documents: {over, crosses, value, ci_low, ci_high, at_low, at_high, ...}, and {worlds, seed, numbers: [those]}. 0 or
 * ORGSIM_ERROR_MEMORY. */
int break_even_json(struct text *text, const struct break_even_asked *asked, const struct orgsim_break_even_row *row);
int break_even_table_json(struct text *text, const struct break_even_asked *asked, const struct orgsim_break_even_table *table);

/* A new object {mean, ci_low, ci_high}, and one of a row as above; NULL when out of memory. */
json_t *break_even_estimate_object(const struct orgsim_estimate *estimate);
json_t *break_even_object(const struct orgsim_break_even_row *row);

#endif
