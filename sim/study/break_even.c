/* break_even.c: the value of one number, or of each, at which the headline organisation stops paying */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <orgsim/breakeven.h>

#include "base/error.h"
#include "base/memory.h"
#include "study/crossing.h"
#include "study/spread.h"

#define PAY_MOST 10 /* the pay of a seat is searched up to so many times what it is */

/* For one number. */
struct search {
    struct points *points;
    struct point_setting setting;
    struct orgsim_where *where;
};

static int measure(void *context, double value, struct moments *difference)
{
    struct search *s = context;
    s->setting.value = value;
    return point_difference(s->points, &s->setting, 1, difference, s->where);
}

/* Present value and what it gives, then the crossing. */
static int search_find(struct search *s, double low, double high, const struct moments *present, struct orgsim_break_even *b)
{
    struct crossing_curve curve = {.measure = measure, .context = s};
    *b = (struct orgsim_break_even){.present = target_get(s->points->scenario, &s->setting.target), .at_present = crossing_estimate(present)};
    b->generated = s->setting.target.shape > 0;
    b->whole = curve.whole = target_is_whole(&s->setting.target);
    if (!isnan(b->present) && !b->generated) crossing_know(&curve, b->present, present);
    return crossing_find(&curve, low, high, b);
}

/* The range that a name has by itself; NAN where it has none. */
static void usual_range(const struct orgsim_scenario *s, const struct target *t, double *low, double *high)
{
    *low = *high = (double)NAN;
    if (t->shape) return;
    if (t->assumption >= 0) {
        *low = s->assumption_low[t->assumption];
        *high = s->assumption_high[t->assumption];
    } else if (t->column->low >= 0 && t->column->high <= 1) { /* a share */
        *low = t->column->low;
        *high = t->column->high;
    } else if (target_get(s, t) > 0 && t->column->low <= 0) {
        *low = 0;
        *high = fmin(t->column->high, PAY_MOST * target_get(s, t));
    }
}

static int range_check(const struct search *s, const char *name, double *low, double *high)
{
    char todo[128];
    if (isnan(*low) || isnan(*high)) usual_range(s->points->scenario, &s->setting.target, low, high);
    snprintf(todo, sizeof todo, "write the range: --over %.60s=LOW:HIGH", name);
    if (isnan(*low) || isnan(*high)) return error_set(s->where, ORGSIM_ERROR_USAGE, "--over", 0, 0, todo, "%s has no range of its own", name);
    if (*low < *high) return 0;
    return error_set(s->where, ORGSIM_ERROR_USAGE, "--over", 0, 0, "the lower value comes first, the higher one after it",
                     "the range %g:%g of %s is %s", *low, *high, name, *low > *high ? "reversed" : "empty");
}

int orgsim_breakeven(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, const char *name, double low,
                     double high, struct orgsim_break_even *found, struct orgsim_where *where)
{
    struct orgsim_run_options pair;
    struct points points = {0};
    struct search s = {.points = &points, .where = where};
    struct moments present = {0};
    size_t arms[2];
    memset(found, 0, sizeof *found);
    int status = point_pair(&pair, arms, scenario, options, where);
    if (!status) status = points_open(&points, scenario, &pair, where);
    if (!status) status = target_find(scenario, name, &s.setting.target, where);
    if (!status) status = range_check(&s, name, &low, &high);
    if (!status) status = point_difference(&points, NULL, 0, &present, where);
    if (!status) status = search_find(&s, low, high, &present, found);
    points_close(&points);
    return status;
}

/* --- the table ---------------------------------------------------------------------------------------------------------------------- */

static int row_add(struct orgsim_break_even_table *t, size_t *room, char *name)
{
    if (!name) return ORGSIM_ERROR_MEMORY;
    int status = memory_grow((void **)&t->row, room, t->n + 1, sizeof *t->row);
    if (status) memory_free(name);
    else t->row[t->n++] = (struct orgsim_break_even_row){.name = name};
    return status;
}

static char *seat_field(const char *arm, int role, const char *field)
{
    static const char *const roles[SEAT_ROLES] = {[ROLE_TPM] = "tpm", [ROLE_PM] = "pm", [ROLE_COORDINATOR] = "coordinator"};
    char name[256];
    snprintf(name, sizeof name, "%.200s.%s.%s", arm, roles[role], field);
    return memory_string(name);
}

/* How the seats of the hire are defined and paid, where that is a number of the arm and not a parameter. */
static int seats_list(const struct orgsim_scenario *s, struct orgsim_break_even_table *t, size_t *room)
{
    static const char *const fields[] = {"judgment", "empowerment", "admin_share", "cost_per_year"};
    const struct scenario_arm *arm = &s->arms[s->settings.headline_arm];
    bool listed[SEAT_ROLES] = {[ROLE_PM] = true};
    int status = 0;
    for (size_t q = 0; q < arm->n_seats && !status; q++) {
        const struct scenario_seat *seat = &arm->seats[q];
        const bool own[] = {seat->judgment.assumption < 0, seat->empowerment.assumption < 0, seat->admin_share.assumption < 0,
                            !isnan(seat->cost_per_year)};
        for (size_t f = 0; f < 4 && !listed[seat->role] && !status; f++)
            if (own[f]) status = row_add(t, room, seat_field(arm->id, (int)seat->role, fields[f]));
        listed[seat->role] = true;
    }
    const double salaries[] = {s->money.engineer_per_year, s->money.em_per_year, s->money.tpm_per_year, s->money.coordinator_per_year};
    static const char *const items[] = {"money.engineer_per_year", "money.em_per_year", "money.tpm_per_year", "money.coordinator_per_year"};
    for (size_t m = 0; m < 4 && !status; m++)
        if (salaries[m] > 0) status = row_add(t, room, memory_string(items[m]));
    return status;
}

static int rows_list(const struct orgsim_scenario *s, struct orgsim_break_even_table *t)
{
    size_t room = 0;
    int status = 0;
    for (int k = 0; k < ASSUMPTION_COUNT && !status; k++)
        if (s->assumption_low[k] < s->assumption_high[k]) status = row_add(t, &room, memory_string(assumption_table[k].name));
    return status ? status : seats_list(s, t, &room);
}

struct study {
    struct orgsim_run_options pair;
    size_t arms[2];
    const struct orgsim_scenario *scenario;
    struct orgsim_break_even_table *table;
    struct moments present;
};

/* What comes of a row. A range of which the scenario forbids an end is left out, not the table. */
struct outcome {
    struct orgsim_break_even found;
    char why[sizeof ((struct orgsim_where *)NULL)->what]; /* not tried, because of it; empty: tried */
};

static int live(void *context, struct spread_worker *worker, size_t number, void *outcome, struct orgsim_where *where)
{
    const struct study *study = context;
    struct outcome *out = outcome;
    struct search s = {.points = &worker->points, .where = where};
    double low, high;
    int status = target_find(worker->points.scenario, study->table->row[number].name, &s.setting.target, where);
    if (!status) {
        usual_range(worker->points.scenario, &s.setting.target, &low, &high);
        status = search_find(&s, low, high, &study->present, &out->found);
    }
    if (status != ORGSIM_ERROR_USAGE) return status;
    snprintf(out->why, sizeof out->why, "%s", where->what);
    return 0;
}

static int take(void *context, size_t number, const void *outcome, const struct orgsim_where *why)
{
    const struct study *study = context;
    const struct outcome *o = outcome;
    struct orgsim_break_even_row *row = &study->table->row[number];
    struct target target;
    (void)why; /* no row is forbidden */
    if (!target_find(study->scenario, row->name, &target, NULL)) {
        row->unit = target_unit(&target);
        row->meaning = target_meaning(&target);
    }
    row->tried = !o->why[0];
    row->found = o->found;
    if (!row->tried) row->why = memory_string(o->why);
    return row->tried || row->why ? 0 : ORGSIM_ERROR_MEMORY;
}

/* How far the number may move before the answer turns, in shares of its range; INFINITY where it does not turn. */
static double room_to_move(const struct orgsim_break_even_row *row)
{
    const struct orgsim_break_even *b = &row->found;
    return !row->tried || isnan(b->value) || isnan(b->present) ? (double)INFINITY : fabs(b->value - b->present) / (b->high - b->low);
}

static double swing(const struct orgsim_break_even_row *row)
{
    return row->tried ? fabs(row->found.at_high.mean - row->found.at_low.mean) : -1;
}

static int nearer(const void *a, const void *b)
{
    const struct orgsim_break_even_row *x = a, *y = b;
    double near_x = room_to_move(x), near_y = room_to_move(y);
    if (near_x != near_y) return near_x < near_y ? -1 : 1;
    if (swing(x) != swing(y)) return swing(x) > swing(y) ? -1 : 1;
    return strcmp(x->name, y->name);
}

static int present_live(struct study *s, struct orgsim_where *where)
{
    struct points points;
    int status = points_open(&points, s->scenario, &s->pair, where);
    if (!status) status = point_difference(&points, NULL, 0, &s->present, where);
    points_close(&points);
    return status;
}

int orgsim_breakeven_table(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
                           struct orgsim_break_even_table *table, struct orgsim_where *where)
{
    struct study s = {.scenario = scenario, .table = table};
    size_t done = 0;
    *table = (struct orgsim_break_even_table){.worlds = options->worlds};
    int status = point_pair(&s.pair, s.arms, scenario, options, where);
    if (!status) status = rows_list(scenario, table);
    if (!status) status = present_live(&s, where);
    table->asked = table->n;
    const struct spread_job job = {.scenario = scenario, .options = &s.pair, .n_points = table->n, .place_anew = true, .bytes = sizeof(struct outcome),
                                   .context = &s, .live = live, .take = take};
    if (!status) status = spread_live(&job, &done, where);
    for (size_t r = done; r < table->n; r++) memory_free(table->row[r].name), memory_free(table->row[r].why);
    table->n = done;
    if (done > 1) qsort(table->row, done, sizeof *table->row, nearer);
    return status;
}

void orgsim_break_even_table_free(struct orgsim_break_even_table *table)
{
    for (size_t r = 0; r < table->n; r++) {
        memory_free(table->row[r].name);
        memory_free(table->row[r].why);
    }
    memory_free(table->row);
    *table = (struct orgsim_break_even_table){0};
}
