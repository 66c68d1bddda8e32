/* figure.h: the figures of a run, each a script, its data and a text for those who do not see it */
#ifndef ORGSIM_REPORT_FIGURE_H
#define ORGSIM_REPORT_FIGURE_H

#include "report/finding.h"
#include "report/theme.h"

struct figure {
    struct text script, data;  /* NAME.gp, NAME.dat */
    struct text title, detail; /* alternative text: the finding, and the numbers behind it */
};

/* X(name, what it answers) */
#define FIGURES(X)                                                                                                                           \
    X(finish, "What date can I promise?")                                                                                                    \
    X(promise, "How often is the date kept?")                                                                                                \
    X(value, "Does it pay, and how badly can it fail?")

enum figure_id {
#define X(name, question) FIGURE_##name,
    FIGURES(X)
#undef X
    FIGURE_COUNT
};

/* Name and question of a figure. */
const char *figure_name(enum figure_id id);
const char *figure_question(enum figure_id id);

/* Each appends to the zeroed texts of a figure; footnote: worlds, seed, caveat. */
void figure_finish(struct figure *figure, const struct finding *finding, const char *footnote);
void figure_promise(struct figure *figure, const struct finding *finding, const char *footnote);
void figure_value(struct figure *figure, const struct finding *finding, const char *footnote);

void figure_make(enum figure_id id, struct figure *figure, const struct finding *finding, const char *footnote);
void figure_free(struct figure *figure);
bool figure_failed(const struct figure *figure);

/* Label of an organisation inside a plot; short ones stay whole. */
struct figure_label {
    char s[4 * THEME_LABEL_CHARACTERS + 8];
};
struct figure_label figure_label(const struct finding *finding, size_t row);

/* "committed date, week 44" at the top of its line; keeps inside left..right, all in pixels but `week`. */
void figure_threshold(struct text *gp, const char *s, double pixel, double top);

#endif
