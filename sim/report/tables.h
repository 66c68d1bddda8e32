/* tables.h: the CSV files of the results folder
 *
 * Columns are fixed by results/README.md. Numbers are the shortest that read back as the same value; infinity is `inf`, undefined is `nan`.
 */
#ifndef ORGSIM_REPORT_TABLES_H
#define ORGSIM_REPORT_TABLES_H

#include <stdio.h>

#include "report/finding.h"

/* outcomes.csv: the header, then blocks in order. `arms` are the arms of the scenario in the order of the block. `line` is scratch. */
void tables_outcomes_header(struct text *line);
int tables_outcomes_block(FILE *stream, struct text *line, const struct orgsim_scenario *scenario, const size_t *arms,
                          const struct orgsim_block *block);

/* Columns of the levels of orgsim_quantile_levels. */
extern const char *const tables_levels[ORGSIM_QUANTILES];

void tables_summary(struct text *text, const struct finding *finding);
void tables_comparison(struct text *text, const struct finding *finding);
void tables_timeline(struct text *text, const struct finding *finding);
void tables_packages(struct text *text, const struct finding *finding);
void tables_quantiles(struct text *text, const struct finding *finding); /* 0..100 % of finish, net value and its difference to the baseline */
void tables_assumptions(struct text *text, const struct finding *finding);

#endif
