/* correlations.c: which efforts and risks move together
 *
 * Members of the copula are numbered as they first appear, so that a pair appended later changes no other entity's luck.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "scenario/load.h"

#define UNLISTED_MATTERS 0.005
/* Offered values are drawn this little towards zero, so that they remain valid when they are rounded to four decimals. */
#define OFFER_SHRINK 0.999

struct pairs {
    size_t *a, *b; /* members by row, SCENARIO_NONE after a problem */
    double *matrix, *nearest;
    bool complete;
};

/* Member of that name; a new one if it is the first time. */
static size_t member_find(struct load *load, size_t row, size_t column)
{
    struct orgsim_scenario *s = load->scenario;
    const char *id = load_cell(load, TABLE_CORRELATIONS, row, column);
    const struct ids *packages = &load->files[TABLE_PACKAGES].ids, *risks = &load->files[TABLE_RISKS].ids;
    size_t package = ids_find(packages, id), risk = ids_find(risks, id);
    char todo[CELL_TODO];
    if (package != IDS_NONE && risk != IDS_NONE) {
        load_problem(load, TABLE_CORRELATIONS, row, column, "rename one of them", "\"%s\" is both a package and a risk", csv_table_shown(id).s);
        return SCENARIO_NONE;
    }
    if (package == IDS_NONE && risk == IDS_NONE) {
        if (load->files[TABLE_PACKAGES].broken || load->files[TABLE_RISKS].broken || load_is_full(load, TABLE_CORRELATIONS))
            return SCENARIO_NONE;
        const char *nearest = ids_nearest(packages, id);
        load_problem(load, TABLE_CORRELATIONS, row, column,
                     cell_todo(todo, nearest ? nearest : ids_nearest(risks, id), "name a package or a risk"),
                     "\"%s\" is neither in packages.csv nor in risks.csv", csv_table_shown(id).s);
        return SCENARIO_NONE;
    }
    const struct scenario_correlated member = {risk != IDS_NONE, risk != IDS_NONE ? risk : package};
    for (size_t k = 0; k < s->n_correlated; k++)
        if (s->correlated[k].is_risk == member.is_risk && s->correlated[k].row == member.row) return k;
    if (s->n_correlated == COPULA_MEMBERS) {
        snprintf(todo, sizeof todo, "at most %d packages and risks together", COPULA_MEMBERS);
        load_problem(load, TABLE_CORRELATIONS, row, column, todo, "too many correlated inputs");
        return SCENARIO_NONE;
    }
    s->correlated[s->n_correlated] = member;
    return s->n_correlated++;
}

/* Two different members that no earlier row has paired. */
static void pair_check(struct load *load, struct pairs *p, size_t row)
{
    if (p->a[row] == SCENARIO_NONE || p->b[row] == SCENARIO_NONE) {
        p->complete = false;
        return;
    }
    if (p->a[row] == p->b[row]) {
        load_problem(load, TABLE_CORRELATIONS, row, 1, "name two different ones", "an input is correlated with itself");
        p->complete = false;
    }
    double *cell = &p->matrix[p->a[row] * COPULA_MEMBERS + p->b[row]];
    if (!isnan(*cell)) {
        load_problem(load, TABLE_CORRELATIONS, row, 0, "keep one", "the pair stands already further up");
        p->complete = false;
    }
}

static void pairs_read(struct load *load, struct pairs *p)
{
    const struct column *rho = &columns_of[TABLE_CORRELATIONS].columns[2];
    for (size_t i = 0; i < (size_t)COPULA_MEMBERS * COPULA_MEMBERS; i++) p->matrix[i] = NAN;
    for (size_t row = 0; row < load_rows(load, TABLE_CORRELATIONS) && !load->status; row++) {
        double value;
        p->a[row] = member_find(load, row, 0);
        p->b[row] = member_find(load, row, 1);
        pair_check(load, p, row);
        if (!cell_number(load, TABLE_CORRELATIONS, row, 2, rho, &value)) p->complete = false;
        if (p->a[row] == SCENARIO_NONE || p->b[row] == SCENARIO_NONE) continue;
        p->matrix[p->a[row] * COPULA_MEMBERS + p->b[row]] = p->matrix[p->b[row] * COPULA_MEMBERS + p->a[row]] = value;
    }
}

/* From rows of COPULA_MEMBERS to rows of n, in place; pairs that are not listed are independent. */
static void matrix_pack(double *matrix, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            double x = matrix[i * COPULA_MEMBERS + k];
            matrix[i * n + k] = i == k ? 1 : isnan(x) ? 0 : x;
        }
}

static const char *member_name(const struct orgsim_scenario *s, size_t member)
{
    const struct scenario_correlated *m = &s->correlated[member];
    return m->is_risk ? s->risks[m->row].id : s->packages[m->row].id;
}

/* The nearest valid matrix, pair by pair; pairs that it needs and the table does not have come last. */
static void offer_nearest(struct load *load, const struct pairs *p)
{
    const struct orgsim_scenario *s = load->scenario;
    const size_t n = s->n_correlated;
    char todo[CELL_TODO], shown[TEXT_NUMBER_SIZE];
    for (size_t row = 0; row < load_rows(load, TABLE_CORRELATIONS); row++) {
        double *nearest = &p->nearest[p->a[row] * n + p->b[row]];
        snprintf(todo, sizeof todo, "the nearest valid value is %.4f", *nearest * OFFER_SHRINK + 0.0);
        load_problem(load, TABLE_CORRELATIONS, row, 2, todo,
                     "rho %s is not possible together with the others (the matrix is not positive semidefinite)",
                     text_of_double(shown, p->matrix[p->a[row] * n + p->b[row]]));
        *nearest = p->nearest[p->b[row] * n + p->a[row]] = 0; /* told */
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++) {
            double nearest = p->nearest[i * n + k];
            if (fabs(nearest) < UNLISTED_MATTERS) continue;
            snprintf(todo, sizeof todo, "the nearest valid matrix has %.4f; add the pair", nearest * OFFER_SHRINK);
            load_file_problem(load, load->files[TABLE_CORRELATIONS].table.name, todo, "\"%s\" and \"%s\" are not listed, so independent",
                              csv_table_shown(member_name(s, i)).s, csv_table_shown(member_name(s, k)).s);
        }
}

static void copula_make(struct load *load, struct pairs *p)
{
    struct orgsim_scenario *s = load->scenario;
    struct orgsim_where where = {0};
    matrix_pack(p->matrix, s->n_correlated);
    int status = copula_create(&s->copula, p->matrix, s->n_correlated, p->nearest, &where);
    if (status == ORGSIM_ERROR_SCENARIO) offer_nearest(load, p);
    else if (status) load->status = status;
}

void correlations_read(struct load *load)
{
    struct orgsim_scenario *s = load->scenario;
    const size_t n = load_rows(load, TABLE_CORRELATIONS), cells = (size_t)COPULA_MEMBERS * COPULA_MEMBERS;
    if (!n) return;
    struct pairs p = {memory_array(n, sizeof *p.a), memory_array(n, sizeof *p.b), memory_array(cells, sizeof *p.matrix),
                      memory_array(cells, sizeof *p.nearest), true};
    s->correlated = memory_array(COPULA_MEMBERS, sizeof *s->correlated);
    if (!p.a || !p.b || !p.matrix || !p.nearest || !s->correlated) load->status = ORGSIM_ERROR_MEMORY;
    if (!load->status) pairs_read(load, &p);
    if (!load->status && p.complete) copula_make(load, &p);
    memory_free(p.a);
    memory_free(p.b);
    memory_free(p.matrix);
    memory_free(p.nearest);
}
