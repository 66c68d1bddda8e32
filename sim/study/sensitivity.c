/* sensitivity.c: the methods by name, and what they share */
#include "study/sensitivity.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

struct method {
    const char *name, *unit, *meaning;
    uint64_t worlds;
    size_t size, least;
    int (*find)(struct sensitivity *asked, struct orgsim_sensitivity *found, struct orgsim_where *where);
};

static const struct method methods[ORGSIM_SENSITIVITY_METHOD_COUNT] = {
#define X(name, worlds, size, least, unit, meaning) {#name, unit, meaning, worlds, size, least, sensitivity_##name},
    ORGSIM_SENSITIVITY_METHODS(X)
#undef X
};

const char *orgsim_sensitivity_name(enum orgsim_sensitivity_method method) { return methods[method].name; }
const char *orgsim_sensitivity_meaning(enum orgsim_sensitivity_method method) { return methods[method].meaning; }
uint64_t orgsim_sensitivity_worlds(enum orgsim_sensitivity_method method) { return methods[method].worlds; }
size_t orgsim_sensitivity_size(enum orgsim_sensitivity_method method) { return methods[method].size; }

int sensitivity_rows(struct orgsim_sensitivity *found, const struct inputs *inputs)
{
    found->row = memory_array(inputs->n, sizeof *found->row);
    if (!found->row) return ORGSIM_ERROR_MEMORY;
    for (; found->n < inputs->n; found->n++) {
        const struct input *input = &inputs->input[found->n];
        struct orgsim_sensitivity_row *row = &found->row[found->n];
        *row = (struct orgsim_sensitivity_row){.name = memory_string(input->name), .unit = target_unit(&input->target), .meaning = target_meaning(&input->target),
                                               .low = input->low, .high = input->high, .present = input->present};
        if (input->target.assumption >= 0) row->grade = assumption_table[input->target.assumption].grade;
        if (!row->name) return ORGSIM_ERROR_MEMORY;
    }
    return 0;
}

static void row_free(struct orgsim_sensitivity_row *row)
{
    memory_free(row->name);
    memory_free(row->why);
}

void sensitivity_keep(struct orgsim_sensitivity *found, size_t n)
{
    while (found->n > n) row_free(&found->row[--found->n]);
}

void sensitivity_sort(struct orgsim_sensitivity *found, double (*key)(const struct orgsim_sensitivity_row *row))
{
    for (size_t k = 1; k < found->n; k++) { /* insertion: a few hundred rows */
        struct orgsim_sensitivity_row row = found->row[k];
        size_t at = k;
        for (; at > 0; at--) {
            const struct orgsim_sensitivity_row *before = &found->row[at - 1];
            if (key(before) > key(&row) || (key(before) == key(&row) && strcmp(before->name, row.name) < 0)) break;
            found->row[at] = *before;
        }
        found->row[at] = row;
    }
}

/* Size and inputs: what the method can do with. */
static int plan_check(const struct orgsim_sensitivity_plan *plan, size_t *size, struct orgsim_where *where)
{
    const struct method *m = &methods[plan->method];
    *size = plan->size ? plan->size : m->size;
    if (plan->size && m->size == 0)
        return error_set(where, ORGSIM_ERROR_USAGE, "--size", 0, 0, "leave it away, or choose another --method", "a %s has no design to size", m->name);
    if (*size < m->least || *size > ORGSIM_SENSITIVITY_SIZE_MOST)
        return error_set(where, ORGSIM_ERROR_USAGE, "--size", 0, 0, "choose more, or leave it away", "%zu %s are %s for %s", *size, m->unit,
                         *size < m->least ? "too few" : "too many", m->name);
    if (plan->method != ORGSIM_SENSITIVITY_sobol && plan->inputs)
        return error_set(where, ORGSIM_ERROR_USAGE, "--inputs", 0, 0, "leave it away, or choose --method sobol", "%s takes all numbers", m->name);
    if (plan->inputs > ORGSIM_SENSITIVITY_INPUTS_MOST || plan->inputs == 1)
        return error_set(where, ORGSIM_ERROR_USAGE, "--inputs", 0, 0, "choose from 2 to 20", "%zu inputs are too %s", plan->inputs, plan->inputs == 1 ? "few" : "many");
    if (plan->method == ORGSIM_SENSITIVITY_sobol && *size % ORGSIM_SENSITIVITY_COPIES)
        return error_set(where, ORGSIM_ERROR_USAGE, "--size", 0, 0, "choose a multiple of 8, best a power of two", "%zu points cannot be dealt to %d copies of the design",
                         *size, ORGSIM_SENSITIVITY_COPIES);
    return 0;
}

int orgsim_sensitivity(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, const struct orgsim_sensitivity_plan *plan,
                       struct orgsim_sensitivity *found, struct orgsim_where *where)
{
    struct sensitivity asked = {.scenario = scenario, .plan = plan};
    *found = (struct orgsim_sensitivity){.method = plan->method, .worlds = options->worlds, .outcome_mean = (double)NAN, .outcome_sd = (double)NAN,
                                         .point_se = (double)NAN};
    int status = point_pair(&asked.options, asked.arms, scenario, options, where);
    if (!status) status = plan_check(plan, &found->size, where);
    if (!status) status = inputs_list(&asked.inputs, scenario, plan->ranges, plan->n_ranges, where);
    if (!status && asked.inputs.n == 0)
        status = error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "give some low and high in assumptions.csv, or --range NAME=LOW:HIGH", "no number has a range");
    if (!status) status = sensitivity_rows(found, &asked.inputs);
    found->considered = found->n;
    if (!status) status = methods[plan->method].find(&asked, found, where);
    if (status && (status != ORGSIM_ERROR_INTERRUPTED || plan->method != ORGSIM_SENSITIVITY_tornado)) sensitivity_keep(found, 0);
    inputs_free(&asked.inputs);
    return status;
}

void orgsim_sensitivity_free(struct orgsim_sensitivity *found)
{
    sensitivity_keep(found, 0);
    memory_free(found->row);
    *found = (struct orgsim_sensitivity){0};
}
