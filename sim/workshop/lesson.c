/* lesson.c: reading a lesson */
#include "workshop/lesson.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "workshop/asset.h"

#define MINUTES_MOST 600

enum column { STATION, DETAIL, MINUTES, TITLE, SAY, COLUMNS };

struct reading {
    struct csv_table table;
    struct csv_table_column columns[COLUMNS];
    struct orgsim_problems *problems;
    struct lesson *lesson;
    int status;
};

const struct lesson_kind_row lesson_kinds[LESSON_KINDS] = {
#define X(id, step, detail, meaning) {#id, step, LESSON_DETAIL_##detail},
    LESSON_STATIONS(X)
#undef X
};

static const char *cell(const struct reading *r, size_t row, enum column column)
{
    return csv_table_cell(&r->table, row, r->columns[column].position);
}

static void problem(struct reading *r, size_t row, enum column column, const char *todo, const char *what)
{
    int status = csv_table_problem(&r->table, r->problems, 0, row, r->columns[column].position, todo, "%s \"%s\"", what,
                                   csv_table_shown(cell(r, row, column)).s);
    r->status = status ? status : ORGSIM_ERROR_SCENARIO;
}

static void read_kind(struct reading *r, size_t row, struct lesson_station *station)
{
    const char *names[LESSON_KINDS], *word = cell(r, row, STATION);
    char todo[256];
    for (int k = 0; k < LESSON_KINDS; k++) {
        names[k] = lesson_kinds[k].id;
        if (strcmp(word, names[k]) == 0) {
            station->kind = (enum lesson_kind)k;
            return;
        }
    }
    const char *nearest = text_nearest(word, names, LESSON_KINDS);
    if (nearest) snprintf(todo, sizeof todo, "did you mean \"%s\"?", nearest);
    else snprintf(todo, sizeof todo, "stations are welcome, predict, talk, without, with, revote, replay, on, change, own and home");
    problem(r, row, STATION, todo, "there is no station");
}

/* Worlds that are found by a word, but for the surprise, which the page has no question for. */
static void read_world(struct reading *r, size_t row, struct lesson_station *station)
{
    const char *word = cell(r, row, DETAIL);
    station->world = ORGSIM_WORLD_typical;
    if (!*word) return;
    for (int k = ORGSIM_WORLD_typical; k <= ORGSIM_WORLD_lost; k++)
        if (strcmp(word, orgsim_world_choice_word((enum orgsim_world_choice)k)) == 0) {
            station->world = (enum orgsim_world_choice)k;
            return;
        }
    problem(r, row, DETAIL, "worlds are typical, best, worst and tpm-lost", "there is no world");
}

static void read_challenge(struct reading *r, size_t row, struct lesson_station *station)
{
    double value = 0;
    const char *word = cell(r, row, DETAIL);
    if (!*word) return;
    if (text_number(word, &value) && value >= 1 && value <= LESSON_CHALLENGES && floor(value) == value) station->challenge = (int)value;
    else problem(r, row, DETAIL, "challenges are 1, 2 and 3; blank is none", "there is no challenge");
}

static void read_minutes(struct reading *r, size_t row, struct lesson_station *station)
{
    const char *word = cell(r, row, MINUTES);
    if (*word && (!text_number(word, &station->minutes) || station->minutes < 0 || station->minutes > MINUTES_MOST))
        problem(r, row, MINUTES, "write a number of minutes up to 600, or nothing", "not a number of minutes:");
}

static void read_station(struct reading *r, size_t row)
{
    struct lesson_station *station = &r->lesson->stations[r->lesson->n++];
    read_kind(r, row, station);
    switch (lesson_kinds[station->kind].detail) {
    case LESSON_DETAIL_WORLD: read_world(r, row, station); break;
    case LESSON_DETAIL_CHALLENGE: read_challenge(r, row, station); break;
    case LESSON_DETAIL_NOTHING: break;
    }
    read_minutes(r, row, station);
    station->title = memory_string(cell(r, row, TITLE));
    station->say = memory_string(cell(r, row, SAY));
    if (!station->title || !station->say) r->status = ORGSIM_ERROR_MEMORY;
}

static void read_all(struct reading *r)
{
    size_t n = r->table.n_rows;
    if (n == 0 || n > LESSON_STATIONS_MOST) {
        int status = problems_add(r->problems, 0, r->table.name, 0, 0, "a lesson has 1 to 40 stations", "there are %zu stations", n);
        r->status = status ? status : ORGSIM_ERROR_SCENARIO;
        return;
    }
    r->lesson->stations = memory_array(n, sizeof *r->lesson->stations);
    if (!r->lesson->stations) r->status = ORGSIM_ERROR_MEMORY;
    for (size_t row = 0; row < n && r->status != ORGSIM_ERROR_MEMORY; row++) read_station(r, row);
}

int lesson_read(struct lesson *lesson, const char *path, struct orgsim_problems *problems)
{
    struct reading r = {.columns = {{"station", true, 0}, {"detail", false, 0}, {"minutes", false, 0}, {"title", true, 0}, {"say", false, 0}},
                        .problems = problems,
                        .lesson = lesson};
    const struct asset *own = asset_find(ASSET_LESSON);
    r.status = path  ? csv_table_read(&r.table, path, problems)
               : own ? csv_table_parse(&r.table, own->name, (const char *)own->data, own->n, problems)
                     : ORGSIM_ERROR_INTERNAL;
    if (!r.status) r.status = csv_table_expect(&r.table, r.columns, COLUMNS, problems);
    if (!r.status) read_all(&r);
    if (!r.status && problems_count(problems) > 0) r.status = ORGSIM_ERROR_SCENARIO;
    csv_table_free(&r.table);
    return r.status;
}

void lesson_free(struct lesson *lesson)
{
    for (size_t k = 0; k < lesson->n; k++) {
        memory_free(lesson->stations[k].title);
        memory_free(lesson->stations[k].say);
    }
    memory_free(lesson->stations);
    *lesson = (struct lesson){0};
}
