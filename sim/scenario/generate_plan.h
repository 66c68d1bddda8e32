/* generate_plan.h: the program that a shape stands for, before it is written as tables */
#ifndef ORGSIM_SCENARIO_GENERATE_PLAN_H
#define ORGSIM_SCENARIO_GENERATE_PLAN_H

#include <stddef.h>

#include "scenario/generate.h"
#include "scenario/scenario.h"

/* What a draw is for: its stream. Order is the key of generated programs; append only. */
enum generate_draw {
    GENERATE_DRAW_EFFORT,
    GENERATE_DRAW_SPREAD,
    GENERATE_DRAW_INSIDE,
    GENERATE_DRAW_EDGE,
    GENERATE_DRAW_AMBIGUITY,
    GENERATE_DRAW_KIND,
    GENERATE_DRAW_RISK,
    GENERATE_DRAW_RISK_SIZE,
    GENERATE_DRAW_QUESTION,
    GENERATE_DRAW_TEAM,
    GENERATE_DRAW_FEATURE
};

struct generate_package {
    size_t team, number; /* in its team */
    size_t feature;      /* SCENARIO_NONE */
    enum package_kind kind;
    double effort_pw; /* mode */
    bool launch;      /* the package with which all end */
};

struct generate_edge {
    size_t from, to;
};

struct generate_plan {
    struct generate_shape shape;
    size_t n_teams, per_team, n_features;
    struct generate_package *packages;
    size_t n_packages, packages_capacity;
    struct generate_edge *edges;
    size_t n_edges, edges_capacity;
    double weeks; /* of the schedule without friction, roughly */
};

/* Uniform in [0, 1) with 32 bits; `word` 0..3 are independent of each other. */
double generate_draw(const struct generate_plan *plan, enum generate_draw stream, size_t entity, size_t ordinal, int word);

/* 0 or ORGSIM_ERROR_MEMORY; free also after an error. */
int generate_plan_make(struct generate_plan *plan, const struct generate_shape *shape);
void generate_plan_free(struct generate_plan *plan);

/* Words (generate_words.c). Numbers past the end of a list come round again with a number behind them. */
void generate_words_team_id(struct text *text, size_t team);
void generate_words_team_name(struct text *text, size_t team);
void generate_words_package_id(struct text *text, const struct generate_package *package);
void generate_words_package_name(struct text *text, const struct generate_package *package);
void generate_words_feature_id(struct text *text, size_t feature);
void generate_words_feature_name(struct text *text, size_t feature);

struct generate_trouble {
    const char *what, *mitigation;
};
/* What goes wrong, by category of risk, and what one can do beforehand. */
struct generate_trouble generate_words_trouble(enum risk_category category, size_t number);
/* A question that work raises. */
const char *generate_words_question(enum question_kind kind, size_t number);

/* The shipped organisations; em_takes names the team with that id. */
void generate_arms(struct text *text);
void generate_arms_seats(struct text *text, const char *team);
void generate_arms_money(struct text *text);

#endif
