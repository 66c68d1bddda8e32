/* figure.h: the figures of a run, each a script, its data and a text for those who do not see it */
#ifndef ORGSIM_REPORT_FIGURE_H
#define ORGSIM_REPORT_FIGURE_H

#include "report/finding.h"
#include "report/theme.h"

struct figure {
    struct text script, data;  /* NAME.gp, NAME.dat */
    struct text title, detail; /* alternative text: the finding, and the numbers behind it */
};

/* X(name, what it answers). Two of them ask what the other organisation changes, so a run of one does without. */
#define FIGURES(X)                                                                                                                           \
    X(finish, "What date can I promise?")                                                                                                    \
    X(promise, "How often is the date kept?")                                                                                                \
    X(value, "Does it pay, and how badly can it fail?")                                                                                      \
    X(joint, "How often is it on time and on budget?")                                                                                       \
    X(fan, "When do the organisations separate?")                                                                                            \
    X(debt, "How much decision debt builds up?")                                                                                             \
    X(reported, "Do the reports tell the truth?")                                                                                            \
    X(escalation, "Does the right thing go up?")                                                                                             \
    X(packages, "Which work drives the date?")                                                                                               \
    X(running, "Were there enough worlds?")

enum figure_id {
#define X(name, question) FIGURE_##name,
    FIGURES(X)
#undef X
    FIGURE_COUNT
};

/* Name and question of a figure. */
const char *figure_name(enum figure_id id);
const char *figure_question(enum figure_id id);
bool figure_is_made(enum figure_id id, const struct finding *finding);

/* Each appends to the zeroed texts of a figure; footnote: worlds, seed, caveat. */
void figure_finish(struct figure *figure, const struct finding *finding, const char *footnote);
void figure_promise(struct figure *figure, const struct finding *finding, const char *footnote);
void figure_value(struct figure *figure, const struct finding *finding, const char *footnote);
void figure_joint(struct figure *figure, const struct finding *finding, const char *footnote);
void figure_fan(struct figure *figure, const struct finding *finding, const char *footnote);
void figure_debt(struct figure *figure, const struct finding *finding, const char *footnote);
void figure_reported(struct figure *figure, const struct finding *finding, const char *footnote);
void figure_escalation(struct figure *figure, const struct finding *finding, const char *footnote);
void figure_packages(struct figure *figure, const struct finding *finding, const char *footnote);
void figure_running(struct figure *figure, const struct finding *finding, const char *footnote);

void figure_make(enum figure_id id, struct figure *figure, const struct finding *finding, const char *footnote);
void figure_free(struct figure *figure);
bool figure_failed(const struct figure *figure);

/* Label of an organisation inside a plot; short ones stay whole. */
struct figure_label {
    char s[4 * THEME_LABEL_CHARACTERS + 8];
};
struct figure_label figure_label(const struct finding *finding, size_t row);

/* The same in typographic quotes, for a sentence. */
struct figure_quoted {
    char s[4 * THEME_LABEL_CHARACTERS + 16];
};
struct figure_quoted figure_quoted(const struct finding *finding, size_t row);

/* The organisations of a figure are 0, the baseline, and 1, the headline: from this one on, which leaves out the baseline where it is the headline. */
int figure_first(const struct finding *finding);

/* Edges, in pixels, of the panel of one of them, side by side from `left` on; one alone is as wide as both. */
struct figure_edges { double left, right; };
struct figure_edges figure_side(const struct finding *finding, int of, double left, double between);

/* Their colours. */
const char *figure_colour(int of);
const char *figure_light(int of);

/* Week of a timeline, and the last one worth drawing: where nine in ten programs of both organisations have finished, or the horizon. */
const struct orgsim_band *figure_band(const struct finding *finding, size_t row, size_t week, enum orgsim_timeline metric);
size_t figure_last_week(const struct finding *finding);

/* Head of the script with these words, title first; returns the pixel row at which the plot may begin. */
double figure_head(struct figure *figure, const char *name, struct text *subhead, const char *footnote);

/* The 95 % interval of the paired difference of headline and baseline leaves out zero. */
bool figure_clear(const struct finding *finding, enum orgsim_metric metric);

/* "lead: a unit under "baseline", b under "headline"", and whether that is a clear difference; a, b: numbers as shown. */
void figure_pair(struct text *title, const struct finding *finding, const char *lead, const char *unit, const char *a, const char *b, bool clear);

/* Names of the two organisations at the ends of their curves, pixels, moved apart where they meet. */
void figure_curve_names(struct text *gp, const struct finding *finding, double x, double without, double with);

/* "committed date, week 44" at the top of its line; keeps inside left..right, all in pixels but `week`. */
void figure_threshold(struct text *gp, const char *s, double pixel, double top);

#endif
