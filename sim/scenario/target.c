/* target.c: NAME=VALUE of --set, --vary and --over */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "scenario/load.h"
#include "scenario/nulls.h"
#include "scenario/shape.h"
#include "scenario/target.h"

static const char *const roles[SEAT_ROLES] = {"tpm", "pm", "coordinator"};

/* The kernels count in single precision, to 3e38: no product of a few numbers within these bounds comes near. */
#define MOST_LOGARITHM 10
#define MOST_HOURS_A_WEEK 168
#define MOST_OF_ANY 1e6

static double most_of(const struct assumption_info *info)
{
    if (info->low < 0) return MOST_LOGARITHM;
    return strcmp(info->unit, "h/wk") ? MOST_OF_ANY : MOST_HOURS_A_WEEK;
}

struct column target_domain(int assumption)
{
    const struct assumption_info *info = &assumption_table[assumption];
    bool share = !strcmp(info->unit, "1") && info->low >= 0 && info->high <= 1;
    bool time = !strcmp(info->unit, "wk") && info->low > 0;
    return (struct column){.name = info->name,
                           .type = COLUMN_NUMBER,
                           .above = time,
                           .low = info->low < 0 ? -most_of(info) : 0,
                           .high = share ? 1 : most_of(info),
                           .fallback = info->default_value,
                           .unit = info->unit};
}

static bool is_seat_field(const struct column *column)
{
    return column->type == COLUMN_CELL || (column->type == COLUMN_NUMBER && !column->required);
}

static int unknown(struct orgsim_where *where, const char *nearest, const char *otherwise, const char *noun, const char *name)
{
    char todo[CELL_TODO];
    return error_set(where, ORGSIM_ERROR_USAGE, "", 0, 0, cell_todo(todo, nearest, "%s", otherwise), "%s \"%s\" is not known", noun,
                     csv_table_shown(name).s);
}

static int find_money(const char *item, struct target *target, struct orgsim_where *where)
{
    target->column = columns_named(columns_money, columns_n_money, item);
    if (target->column) return 0;
    return unknown(where, columns_nearest(columns_money, columns_n_money, item), "items are those of money.csv", "money item", item);
}

/* The promised date is the one setting that what-if may move: the others say what is counted, not what happens. */
static int find_setting(const char *name, struct target *target, struct orgsim_where *where)
{
    static const char date[] = "deadline_week";
    if (strcmp(name, date)) return unknown(where, text_nearest(name, (const char *const[]){date}, 1), "only deadline_week can be moved", "setting", name);
    target->column = columns_named(columns_settings, columns_n_settings, date);
    target->setting = true;
    return 0;
}

static const char *nearest_arm(const struct orgsim_scenario *s, const char *name)
{
    const char *names[64 + 2];
    size_t n = 0;
    for (size_t k = 0; k < s->n_arms && n < 64; k++) names[n++] = s->arms[k].id;
    names[n++] = "money";
    names[n++] = "program";
    return text_nearest(name, names, n);
}

static int find_role(const char *name, int *role)
{
    for (int r = 0; r < SEAT_ROLES; r++)
        if (!strcmp(roles[r], name)) {
            *role = r;
            return 0;
        }
    return -1;
}

static bool is_meant(const struct target *t, size_t arm, const struct scenario_seat *seat)
{
    return (t->arm == SCENARIO_NONE || t->arm == arm) && (int)seat->role == t->role;
}

/* The first seat that a target means, or NULL. */
static const struct scenario_seat *first_seat(const struct orgsim_scenario *s, const struct target *t)
{
    for (size_t a = 0; a < s->n_arms; a++)
        for (size_t q = 0; q < s->arms[a].n_seats; q++)
            if (is_meant(t, a, &s->arms[a].seats[q])) return &s->arms[a].seats[q];
    return NULL;
}

/* ARM.ROLE.FIELD, in three parts. */
static int find_seat(const struct orgsim_scenario *s, char *part[3], struct target *target, struct orgsim_where *where)
{
    const struct table_format *seats = &columns_of[TABLE_SEATS];
    const char *fields[COLUMNS_MOST];
    size_t n = 0;
    target->arm = SCENARIO_NONE;
    for (size_t a = 0; a < s->n_arms; a++)
        if (!strcmp(s->arms[a].id, part[0])) target->arm = a;
    if (target->arm == SCENARIO_NONE && strcmp(part[0], "*"))
        return unknown(where, nearest_arm(s, part[0]), "name an arm of arms.csv, or *", "arm", part[0]);
    if (find_role(part[1], &target->role))
        return unknown(where, text_nearest(part[1], roles, SEAT_ROLES), "roles are tpm, pm and coordinator", "role", part[1]);
    target->column = columns_named(seats->columns, seats->n_columns, part[2]);
    for (size_t k = 0; k < seats->n_columns; k++)
        if (is_seat_field(&seats->columns[k])) fields[n++] = seats->columns[k].name;
    if (!target->column || !is_seat_field(target->column))
        return unknown(where, text_nearest(part[2], fields, n), "fields are the numbers of seats.csv", "seat field", part[2]);
    if (first_seat(s, target)) return 0;
    return error_set(where, ORGSIM_ERROR_USAGE, "", 0, 0, "choose a seat that is there", "arm \"%s\" has no seat of role %s", part[0], part[1]);
}

static int find_shape(const char *name, struct target *target, struct orgsim_where *where)
{
    const char *names[SHAPE_FIELDS];
    for (int f = 0; f < SHAPE_FIELDS; f++) {
        names[f] = shape_name(f);
        if (!strcmp(names[f], name)) target->shape = 1 + f;
    }
    if (target->shape) return 0;
    return unknown(where, text_nearest(name, names, SHAPE_FIELDS), "fields are teams, engineers, packages, density, risks, questions, ambiguity and seed",
                   "shape", name);
}

int target_find(const struct orgsim_scenario *scenario, const char *name, struct target *target, struct orgsim_where *where)
{
    char copy[512], *part[3] = {copy, NULL, NULL};
    size_t n = 1;
    *target = (struct target){-1, NULL, SCENARIO_NONE, -1, 0, false};
    snprintf(copy, sizeof copy, "%s", name);
    if (!strchr(name, '.')) {
        target->assumption = assumption_find(name);
        return target->assumption >= 0
                   ? 0
                   : unknown(where, assumption_nearest(name), "name a parameter, money.ITEM or ARM.ROLE.FIELD", "parameter", name);
    }
    for (char *dot = copy; n < 3 && (dot = strchr(dot, '.'));) {
        *dot++ = 0;
        part[n++] = dot;
    }
    if (n == 2 && !strcmp(part[0], "shape")) return find_shape(part[1], target, where);
    if (n == 2 && !strcmp(part[0], "money")) return find_money(part[1], target, where);
    if (n == 2 && !strcmp(part[0], "program")) return find_setting(part[1], target, where);
    if (n == 3) return find_seat(scenario, part, target, where);
    return error_set(where, ORGSIM_ERROR_USAGE, "", 0, 0, "write a parameter, money.ITEM, program.deadline_week or ARM.ROLE.FIELD", "\"%s\" is not a name of a value",
                     csv_table_shown(name).s);
}

static double seat_value(const struct orgsim_scenario *s, const struct scenario_seat *seat, const struct column *column)
{
    const char *field = (const char *)seat + (column->offset - offsetof(struct scenario_seat_row, seat));
    struct scenario_cell cell = {0, -1};
    if (column->type == COLUMN_CELL) memcpy(&cell, field, sizeof cell);
    else memcpy(&cell.value, field, sizeof cell.value);
    return scenario_cell_value(s, cell);
}

static void seat_set(struct scenario_seat *seat, const struct column *column, double value)
{
    char *field = (char *)seat + (column->offset - offsetof(struct scenario_seat_row, seat));
    const struct scenario_cell cell = {value, -1};
    if (column->type == COLUMN_CELL) memcpy(field, &cell, sizeof cell);
    else memcpy(field, &value, sizeof value);
}

const char *target_unit(const struct target *t)
{
    if (t->shape) return "";
    const char *unit = t->assumption >= 0 ? assumption_table[t->assumption].unit : t->column->unit;
    return unit ? unit : "";
}

const char *target_meaning(const struct target *t)
{
    if (t->shape) return shape_meaning(t->shape - 1);
    return t->assumption >= 0 ? assumption_table[t->assumption].meaning : t->column->meaning;
}

bool target_is_whole(const struct target *t) { return t->shape && (t->shape - 1 == SHAPE_SEED || generate_fields[t->shape - 1].whole); }

double target_get(const struct orgsim_scenario *scenario, const struct target *target)
{
    double value = NAN;
    if (target->shape) return target->shape - 1 == SHAPE_SEED ? NAN : shape_of(scenario).value[target->shape - 1];
    if (target->assumption >= 0) return assumptions_get(&scenario->assumptions, target->assumption);
    if (target->setting) return scenario->settings.deadline_week;
    if (target->role < 0) memcpy(&value, (const char *)&scenario->money + target->column->offset, sizeof value);
    else value = seat_value(scenario, first_seat(scenario, target), target->column);
    return value;
}

static int assumption_override(struct orgsim_scenario *s, int k, double value)
{
    char *source = memory_string("--set");
    if (!source) return ORGSIM_ERROR_MEMORY;
    memory_free(s->assumption_source[k]);
    s->assumption_source[k] = source;
    assumptions_set(&s->assumptions, k, value);
    return 0;
}

static int deadline_set(struct orgsim_scenario *s, double value, struct orgsim_where *where)
{
    if (value >= s->settings.horizon_weeks) /* false where the horizon is blank and follows the plan */
        return error_set(where, ORGSIM_ERROR_USAGE, "", 0, 0, "put it well before horizon_weeks", "deadline_week is %g", value);
    s->settings.deadline_week = value;
    return 0;
}

int target_set(struct orgsim_scenario *scenario, const struct target *target, double value, struct orgsim_where *where)
{
    char todo[CELL_TODO], shown[TEXT_NUMBER_SIZE];
    if (target->shape)
        return error_set(where, ORGSIM_ERROR_USAGE, "", 0, 0, "vary it with orgsim sweep --vary, or make a program of that shape with orgsim new",
                         "the shape of a program cannot be set");
    const struct column domain = target->assumption >= 0 ? target_domain(target->assumption) : *target->column;
    if (!cell_in_range(&domain, value))
        return error_set(where, ORGSIM_ERROR_USAGE, "", 0, 0, cell_range(todo, &domain), "%s is %s", domain.name, text_of_double(shown, value));
    if (target->assumption >= 0) return assumption_override(scenario, target->assumption, value);
    if (target->setting) return deadline_set(scenario, value, where);
    if (target->role < 0) memcpy((char *)&scenario->money + target->column->offset, &value, sizeof value);
    for (size_t a = 0; target->role >= 0 && a < scenario->n_arms; a++)
        for (size_t q = 0; q < scenario->arms[a].n_seats; q++)
            if (is_meant(target, a, &scenario->arms[a].seats[q])) seat_set(&scenario->arms[a].seats[q], target->column, value);
    return 0;
}

int target_apply(struct orgsim_scenario *scenario, const char *setting, struct orgsim_where *where)
{
    struct target target;
    double value;
    enum grade grade;
    if (nulls_find(setting, &grade)) return nulls_apply(scenario, grade, where);
    const char *equals = strchr(setting, '=');
    if (!equals || equals == setting)
        return error_set(where, ORGSIM_ERROR_USAGE, "--set", 0, 0, "write NAME=VALUE", "\"%s\" sets nothing", csv_table_shown(setting).s);
    char *name = memory_string_n(setting, (size_t)(equals - setting));
    if (!name) return ORGSIM_ERROR_MEMORY;
    int status = target_find(scenario, name, &target, where);
    if (!status && !text_number(equals + 1, &value))
        status = error_set(where, ORGSIM_ERROR_USAGE, "", 0, 0, "write a number with a decimal point", "value \"%s\" of %s is not a number",
                           csv_table_shown(equals + 1).s, csv_table_shown(name).s);
    if (!status) status = target_set(scenario, &target, value, where);
    if (status == ORGSIM_ERROR_USAGE && where) snprintf(where->file, sizeof where->file, "--set");
    memory_free(name);
    return status;
}
