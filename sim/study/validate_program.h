/* validate_program.h: a generated program as tables in memory, to be lived as it is or with its cells changed */
#ifndef ORGSIM_STUDY_VALIDATE_PROGRAM_H
#define ORGSIM_STUDY_VALIDATE_PROGRAM_H

#include "scenario/generate.h"

#define VALIDATE_CELL 512 /* bytes of a changed cell at most */

/* Gives a cell another text, in `changed`; returns what is to stand there: `text` where nothing changes. `first` is the row's first cell. */
typedef const char *validate_edit(void *context, enum table table, const char *column, const char *first, const char *text,
                                  char changed[VALIDATE_CELL]);

/* The usual shape with so many teams. Texts are zeroed first; free with validate_program_free(), also after an error. */
int validate_program_make(struct text texts[TABLES], size_t teams, uint64_t seed, struct orgsim_where *where);
void validate_program_free(struct text texts[TABLES]);

/* Rewrites all tables, cell by cell. ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_INTERNAL. */
int validate_program_edit(struct text texts[TABLES], validate_edit *edit, void *context);

/* Turns the order of a table's rows round. */
int validate_program_reverse(struct text texts[TABLES], enum table table);

#endif
