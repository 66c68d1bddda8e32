/* validate_psplib.c: the scheduling problems of PSPLIB (Kolisch & Sprecher 1997), from the data folder
 *
 * psplib/j30_optimum.csv and j120_optimum.csv name problems and their optima under scarce resources; those whose file is there are read. With
 * precedence only, the end is the longest path, and never above an optimum.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "scenario/import_psplib.h"
#include "study/validate.h"
#include "study/validate_data.h"
#include "study/validate_net.h"

static int read_project(struct import_psplib *project, struct validate *v, const char *path)
{
    struct orgsim_problems problems = {0};
    char *data = NULL;
    size_t n = 0;
    int status = file_read(path, IMPORT_PSPLIB_BYTES, &data, &n, v->where);
    if (!status) status = import_psplib_read(project, path, data, n, &problems);
    for (size_t p = problems.n; status == ORGSIM_ERROR_SCENARIO && p-- > 0;) *v->where = problems.list[p].where;
    if (status == ORGSIM_ERROR_MEMORY) status = validate_memory(v);
    orgsim_problems_free(&problems);
    memory_free(data);
    return status;
}

/* The project as a net: an engineer for every job. `spread`: of its durations. */
static int net_of(struct validate_net *n, struct validate *v, const struct import_psplib *p, const char *path, bool spread)
{
    *n = (struct validate_net){.teams = 1, .packages = p->n_jobs, .engineers = {10000}, .low = spread ? 0.8 : 0, .high = spread ? 1.6 : 0};
    if (p->n_jobs > VALIDATE_NET_PACKAGES || p->n_links > VALIDATE_NET_LINKS)
        return error_set(v->where, ORGSIM_ERROR_SCENARIO, path, 0, 0, "take it out of the folder",
                         "the project has more than %d jobs or %d links", VALIDATE_NET_PACKAGES, VALIDATE_NET_LINKS);
    for (size_t i = 0; i < p->n_jobs; i++) {
        n->effort[i] = p->duration[i] > 0 ? (double)p->duration[i] : 1e-6; /* an effort must be above 0 */
        n->most[i] = 1;
        for (uint32_t l = p->first[i]; l < p->first[i + 1]; l++) n->link[n->links++] = (struct validate_link){i, p->successor[l], 0};
    }
    return 0;
}

static int read_net(struct validate_net *n, struct validate *v, const char *path, bool spread)
{
    struct import_psplib project = {0};
    int status = read_project(&project, v, path);
    if (!status) status = net_of(n, v, &project, path, spread);
    import_psplib_free(&project);
    return status;
}

/* --- all problems with durations as they are -------------------------------------------------------------------------------------------- */

struct sweep {
    size_t problems;
    double path_gap, above_optimum;
};

/* A name of the table, as part of a path: letters, digits, _ and a point only. */
static bool is_plain(const char *name)
{
    return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_.") == strlen(name) && !strstr(name, "..") && strlen(name) < 64;
}

/* 105 of "105" and of "104..105". */
static int optimum_of(struct validate_data *d, size_t row, double *optimum)
{
    const char *cell = csv_table_cell(&d->table, row, d->column[1]), *dots = strstr(cell, "..");
    if (!text_number(dots ? dots + 2 : cell, optimum) || *optimum < 0) return validate_data_refuse(d, row, 1, "is not an optimum");
    return 0;
}

static int one_problem(struct validate *v, const char *path, double optimum, struct sweep *sweep)
{
    struct validate_net n;
    double weeks = 0;
    int status = read_net(&n, v, path, false);
    if (!status) status = validate_net_finish(v, &n, 1, &weeks);
    if (status) return status;
    sweep->problems++;
    sweep->path_gap = fmax(sweep->path_gap, fabs(weeks - validate_net_critical_path(&n)));
    sweep->above_optimum = fmax(sweep->above_optimum, weeks - optimum);
    return 0;
}

static int one_table(struct validate *v, struct validate_finding *f, const char *table, struct sweep *sweep)
{
    static const char *const columns[] = {"problem", "optimum", NULL};
    struct validate_data d;
    bool there;
    int status = validate_data_open(&d, v, f, table, columns, &there);
    for (size_t r = 0; !status && there && r < d.table.n_rows; r++) {
        const char *problem = csv_table_cell(&d.table, r, d.column[0]);
        struct validate_finding file = {0};
        char name[96], *path = NULL;
        double optimum = 0;
        if (!is_plain(problem)) status = validate_data_refuse(&d, r, 0, "is not the name of a file");
        snprintf(name, sizeof name, "psplib/%.64s", problem);
        if (!status) status = optimum_of(&d, r, &optimum);
        if (!status) status = validate_data_path(v, &file, name, &path);
        if (!status && path) status = one_problem(v, path, optimum, sweep);
        memory_free(path);
    }
    validate_data_close(&d);
    return status;
}

static int all_problems(struct validate *v, struct validate_finding *f, struct sweep *sweep)
{
    *sweep = (struct sweep){.above_optimum = -(double)INFINITY};
    int status = one_table(v, f, "psplib/j30_optimum.csv", sweep);
    if (!status) status = one_table(v, f, "psplib/j120_optimum.csv", sweep);
    if (status) return status;
    f->not_checked = sweep->problems == 0;
    if (v->options->data && f->not_checked) snprintf(f->why, sizeof f->why, "no problem of psplib is in the folder");
    return 0;
}

int validate_psplib_path(struct validate *v, struct validate_finding *f)
{
    struct sweep sweep;
    int status = all_problems(v, f, &sweep);
    validate_expect(f, 0, 1e-3);
    f->measured = sweep.path_gap;
    f->se = 0;
    return status;
}

int validate_psplib_optimum(struct validate *v, struct validate_finding *f)
{
    struct sweep sweep;
    int status = all_problems(v, f, &sweep);
    f->expected_low = -(double)INFINITY;
    f->expected_high = 0;
    f->slack = 1e-3;
    f->measured = sweep.above_optimum;
    f->se = 0;
    return status;
}

/* --- two problems with random durations, on whose answer three other tools agree ---------------------------------------------------------- */

static int random_durations(struct validate *v, struct validate_finding *f, const char *name, bool spread, double expected)
{
    struct validate_net n;
    struct validate_lab lab = {0};
    char *path;
    int status = validate_data_path(v, f, name, &path);
    if (!status && path) status = read_net(&n, v, path, true);
    if (!status && path) status = validate_net_live(&lab, v, &n, 1, validate_worlds(v, 131072));
    if (!status && path) (spread ? validate_sd : validate_mean)(f, validate_lab_worlds(&lab, 0, ORGSIM_METRIC_finish_week), lab.worlds);
    validate_expect(f, expected, 0.0005);
    validate_lab_close(&lab);
    memory_free(path);
    return status;
}

int validate_j120_mean(struct validate *v, struct validate_finding *f) { return random_durations(v, f, "psplib/j12010_1.sm", false, 126.293); }
int validate_j120_sd(struct validate *v, struct validate_finding *f) { return random_durations(v, f, "psplib/j12010_1.sm", true, 4.839); }
int validate_j30_mean(struct validate *v, struct validate_finding *f) { return random_durations(v, f, "psplib/j301_1.sm", false, 43.827); }
int validate_j30_sd(struct validate *v, struct validate_finding *f) { return random_durations(v, f, "psplib/j301_1.sm", true, 2.327); }
