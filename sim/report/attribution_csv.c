/* attribution_csv.c: attribution.csv */
#include "report/attribution_csv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "report/saved_table.h"

static const char *const state_notes[] = {[ORGSIM_CONTRIBUTION_OFF] = "off in this run",
                                          [ORGSIM_CONTRIBUTION_NOWHERE] = "the same net value in every world",
                                          [ORGSIM_CONTRIBUTION_UNSEEN] = "the interval covers zero",
                                          [ORGSIM_CONTRIBUTION_SEEN] = "net value with it, less without it"};
static const char *const break_even_notes[] = {[ORGSIM_BREAK_EVEN_NEVER] = "never pays in this range",
                                               [ORGSIM_BREAK_EVEN_ALWAYS] = "pays over the whole range",
                                               [ORGSIM_BREAK_EVEN_CROSSES] = "pays below this value",
                                               [ORGSIM_BREAK_EVEN_REVERSED] = "pays above this value"};
static const char open_low[] = "; the interval begins at or below the range", open_high[] = "; the interval ends at or above the range";

static void add_row(struct text *text, const char *kind, const char *name, const double value[3], const char *unit, const char *note)
{
    char digits[TEXT_NUMBER_SIZE];
    text_format(text, "%s,%s", kind, name);
    for (int i = 0; i < 3; i++) {
        text_add(text, ",");
        text_add(text, text_of_double(digits, value[i]));
    }
    text_format(text, ",%s,", unit);
    text_csv(text, note);
    text_add(text, "\n");
}

static void add_estimate(struct text *text, const char *kind, const char *name, const struct orgsim_estimate *e, const char *note)
{
    add_row(text, kind, name, (const double[]){e->mean, e->ci_low, e->ci_high}, "k", note);
}

static void add_at(struct text *text, double h_seat, const struct orgsim_estimate *e, const char *note)
{
    char name[TEXT_NUMBER_SIZE + 8], digits[TEXT_NUMBER_SIZE];
    snprintf(name, sizeof name, "h_seat=%s", text_of_double(digits, h_seat));
    add_estimate(text, "difference", name, e, note);
}

static void add_break_even(struct text *text, const struct orgsim_break_even *b)
{
    struct text note = {0};
    text_add(&note, break_even_notes[b->state]);
    if (b->open_low) text_add(&note, open_low);
    if (b->open_high) text_add(&note, open_high);
    add_row(text, "break_even", "h_seat", (const double[]){b->value, b->ci_low, b->ci_high}, "h/wk", note.s ? note.s : "");
    text->failed |= note.failed;
    text_free(&note);
    add_at(text, b->low, &b->at_low, "net value less the baseline's, at the low end of the range");
    add_at(text, b->present, &b->at_present, "the same, as assumed");
    add_at(text, b->high, &b->at_high, "the same, at the high end of the range");
}

void attribution_csv_write(struct text *text, const struct orgsim_attribution *a)
{
    static const struct orgsim_estimate undefined = {(double)NAN, (double)NAN, (double)NAN};
    text_add(text, "kind,name,value,ci_low,ci_high,unit,note\n");
    add_row(text, "worlds", "worlds", (const double[]){(double)a->worlds, (double)NAN, (double)NAN}, "worlds", "the first ones of the run");
    for (int l = 0; l < ORGSIM_LEVER_COUNT; l++) {
        const struct orgsim_contribution *c = &a->lever[l];
        add_estimate(text, "lever", orgsim_lever_name((enum orgsim_lever)l), c->state == ORGSIM_CONTRIBUTION_OFF ? &undefined : &c->npv_k,
                     state_notes[c->state]);
    }
    add_estimate(text, "levers", "all", &a->together, "all on less all off; the pay of the seats is in both");
    add_break_even(text, &a->h_seat);
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) {
        const struct orgsim_contrary_info *info = orgsim_contrary_info((enum orgsim_contrary)c);
        add_estimate(text, "contrary", info->name, &a->contrary[c], info->meaning);
    }
}

/* --- read back ---------------------------------------------------------------------------------------------------------------------- */

enum { KIND, NAME, VALUE, CI_LOW, CI_HIGH, NOTE };

/* Place of the note in a list, or n. */
static size_t find_note(const char *note, const char *const *notes, size_t n)
{
    size_t i = 0;
    while (i < n && strncmp(note, notes[i], strlen(notes[i])) != 0) i++;
    return i;
}

static int take_lever(struct orgsim_attribution *a, struct saved_table *table, size_t row, const struct orgsim_estimate *e)
{
    size_t state = find_note(saved_table_cell(table, row, NOTE), state_notes, sizeof state_notes / sizeof *state_notes);
    if (state == sizeof state_notes / sizeof *state_notes) return saved_table_fail(table, row, NOTE, "no lever has this note:");
    for (int l = 0; l < ORGSIM_LEVER_COUNT; l++) {
        if (strcmp(saved_table_cell(table, row, NAME), orgsim_lever_name((enum orgsim_lever)l)) != 0) continue;
        a->lever[l] = (struct orgsim_contribution){(enum orgsim_contribution_state)state, *e};
        return ORGSIM_OK;
    }
    return saved_table_fail(table, row, NAME, "there is no lever");
}

static int take_break_even(struct orgsim_break_even *b, struct saved_table *table, size_t row, const struct orgsim_estimate *e)
{
    const char *note = saved_table_cell(table, row, NOTE);
    size_t state = find_note(note, break_even_notes, sizeof break_even_notes / sizeof *break_even_notes);
    if (state == sizeof break_even_notes / sizeof *break_even_notes) return saved_table_fail(table, row, NOTE, "no break-even has this note:");
    b->state = (enum orgsim_break_even_state)state;
    b->value = e->mean;
    b->ci_low = e->ci_low;
    b->ci_high = e->ci_high;
    b->open_low = strstr(note, open_low) != NULL;
    b->open_high = strstr(note, open_high) != NULL;
    return ORGSIM_OK;
}

/* The differences stand in the order low end, as assumed, high end. */
static int take_difference(struct orgsim_break_even *b, struct saved_table *table, size_t row, const struct orgsim_estimate *e, size_t *differences)
{
    double *const at[] = {&b->low, &b->present, &b->high};
    struct orgsim_estimate *const estimates[] = {&b->at_low, &b->at_present, &b->at_high};
    const char *equals = strchr(saved_table_cell(table, row, NAME), '=');
    size_t n = (*differences)++;
    if (n >= 3 || !equals || !text_number(equals + 1, at[n])) return saved_table_fail(table, row, NAME, "this is not one of three values of h_seat:");
    *estimates[n] = *e;
    return ORGSIM_OK;
}

static int take_contrary(struct orgsim_attribution *a, struct saved_table *table, size_t row, const struct orgsim_estimate *e)
{
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) {
        if (strcmp(saved_table_cell(table, row, NAME), orgsim_contrary_info((enum orgsim_contrary)c)->name) != 0) continue;
        a->contrary[c] = *e;
        return ORGSIM_OK;
    }
    return saved_table_fail(table, row, NAME, "there is no contrarian switch");
}

static int take_row(struct orgsim_attribution *a, struct saved_table *table, size_t row, size_t *differences)
{
    struct orgsim_estimate e;
    double *const values[] = {&e.mean, &e.ci_low, &e.ci_high};
    const char *kind = saved_table_cell(table, row, KIND);
    int status = saved_table_numbers(table, row, VALUE, values, 3);
    if (status) return status;
    if (strcmp(kind, "lever") == 0) return take_lever(a, table, row, &e);
    if (strcmp(kind, "break_even") == 0) return take_break_even(&a->h_seat, table, row, &e);
    if (strcmp(kind, "difference") == 0) return take_difference(&a->h_seat, table, row, &e, differences);
    if (strcmp(kind, "contrary") == 0) return take_contrary(a, table, row, &e);
    if (strcmp(kind, "levers") == 0) a->together = e;
    else if (strcmp(kind, "worlds") == 0 && e.mean >= 1 && e.mean <= 1e15) a->worlds = (uint64_t)e.mean;
    return ORGSIM_OK;
}

int attribution_csv_read(struct orgsim_attribution *attribution, const char *folder, struct orgsim_where *where)
{
    struct saved_table table = {.where = where};
    size_t differences = 0;
    char *path = file_join(folder, "attribution.csv");
    if (!path) return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
    bool there = file_exists(path);
    memory_free(path);
    if (!there) return ORGSIM_OK;
    int status = saved_table_open(&table, folder, "attribution.csv", "kind,name,value,ci_low,ci_high,note");
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) attribution->contrary[c] = (struct orgsim_estimate){(double)NAN, (double)NAN, (double)NAN};
    for (size_t row = 0; !status && row < table.csv.n_rows; row++) status = take_row(attribution, &table, row, &differences);
    csv_table_free(&table.csv);
    return status;
}
