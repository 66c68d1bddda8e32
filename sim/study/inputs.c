/* inputs.c: registry, money, the seats of the hire, and what the caller asks for */
#include "study/inputs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "scenario/load.h"
#include "study/unknowns.h"

static int add(struct inputs *inputs, const struct orgsim_scenario *s, const char *name, double low, double high, struct orgsim_where *where)
{
    struct input input = {.low = low, .high = high};
    int status = target_find(s, name, &input.target, where);
    if (!status) status = memory_grow((void **)&inputs->input, &inputs->room, inputs->n + 1, sizeof *inputs->input);
    if (status) return status;
    input.present = target_get(s, &input.target);
    input.name = memory_string(name);
    if (!input.name) return ORGSIM_ERROR_MEMORY;
    inputs->input[inputs->n++] = input;
    return 0;
}

static int list_registry(struct inputs *inputs, const struct orgsim_scenario *s, struct orgsim_where *where)
{
    int status = 0;
    for (int k = 0; k < ASSUMPTION_COUNT && !status; k++)
        if (!unknowns_is_known(s, k)) status = add(inputs, s, assumption_table[k].name, s->assumption_low[k], s->assumption_high[k], where);
    return status;
}

/* A number of money in the place of parameter k. */
static int add_in_proportion(struct inputs *inputs, const struct orgsim_scenario *s, const char *name, double value, int k, struct orgsim_where *where)
{
    double usual = assumptions_get(&s->assumptions, k), low = value * s->assumption_low[k] / usual, high = value * s->assumption_high[k] / usual;
    return value > 0 && usual > 0 && low < high ? add(inputs, s, name, low, high, where) : 0;
}

/* A share in the place of parameter k. */
static int add_shifted(struct inputs *inputs, const struct orgsim_scenario *s, const char *name, double value, int k, struct orgsim_where *where)
{
    double usual = assumptions_get(&s->assumptions, k);
    double low = fmax(0, value + s->assumption_low[k] - usual), high = fmin(1, value + s->assumption_high[k] - usual);
    return low < high ? add(inputs, s, name, low, high, where) : 0;
}

static int list_money(struct inputs *inputs, const struct orgsim_scenario *s, struct orgsim_where *where)
{
    const struct scenario_money *m = &s->money;
    const struct { const char *name; double value; int parameter; } items[] = {
        {"money.engineer_per_year", m->engineer_per_year, ASSUMPTION_c_eng},
        {"money.em_per_year", m->em_per_year, ASSUMPTION_em_factor},
        {"money.tpm_per_year", m->tpm_per_year, ASSUMPTION_c_tpm},
        {"money.pm_per_year", m->pm_per_year, ASSUMPTION_c_pm},
        {"money.coordinator_per_year", m->coordinator_per_year, ASSUMPTION_c_coord},
        {"money.discount_rate", m->discount_rate, ASSUMPTION_disc},
    };
    int status = 0;
    for (size_t i = 0; i < sizeof items / sizeof *items && !status; i++)
        status = add_in_proportion(inputs, s, items[i].name, items[i].value, items[i].parameter, where);
    return status;
}

/* Numbers of a delivery seat that are its own. A coordinator's definition has no parameter to be as uncertain as. */
static int list_seat(struct inputs *inputs, const struct orgsim_scenario *s, const struct scenario_arm *arm, const struct scenario_seat *seat,
                     struct orgsim_where *where)
{
    const struct { const char *field; struct scenario_cell cell; int parameter; } shares[] = {
        {"judgment", seat->judgment, ASSUMPTION_J_tpm}, {"empowerment", seat->empowerment, ASSUMPTION_E_tpm}, {"admin_share", seat->admin_share, ASSUMPTION_a_tpm}};
    const char *role = seat->role == ROLE_TPM ? "tpm" : "coordinator";
    char name[256];
    int status = 0;
    for (size_t f = 0; f < 3 && seat->role == ROLE_TPM && !status; f++) {
        snprintf(name, sizeof name, "%.200s.%s.%s", arm->id, role, shares[f].field);
        if (shares[f].cell.assumption < 0) status = add_shifted(inputs, s, name, shares[f].cell.value, shares[f].parameter, where);
    }
    snprintf(name, sizeof name, "%.200s.%s.cost_per_year", arm->id, role);
    if (!status) status = add_in_proportion(inputs, s, name, seat->cost_per_year, seat->role == ROLE_TPM ? ASSUMPTION_c_tpm : ASSUMPTION_c_coord, where);
    return status;
}

/* A name means every seat of its role, so the first of each role is listed. A product seat is there without the hire too. */
static int list_seats(struct inputs *inputs, const struct orgsim_scenario *s, struct orgsim_where *where)
{
    const struct scenario_arm *arm = &s->arms[s->settings.headline_arm];
    bool listed[SEAT_ROLES] = {[ROLE_PM] = true};
    int status = 0;
    for (size_t q = 0; q < arm->n_seats && !status; q++) {
        const struct scenario_seat *seat = &arm->seats[q];
        if (!listed[seat->role]) status = list_seat(inputs, s, arm, seat, where);
        listed[seat->role] = true;
    }
    return status;
}

static int range_check(const struct orgsim_sensitivity_range *range, const struct target *target, struct orgsim_where *where)
{
    char todo[CELL_TODO];
    const struct column domain = target->assumption >= 0 ? target_domain(target->assumption) : *target->column;
    if (!(range->low < range->high))
        return error_set(where, ORGSIM_ERROR_USAGE, "--range", 0, 0, "the lower value comes first, the higher one after it", "the range %g:%g of %s is %s",
                         range->low, range->high, range->name, range->low > range->high ? "reversed" : "empty");
    for (int end = 0; end < 2; end++) {
        double value = end ? range->high : range->low;
        if (!cell_in_range(&domain, value))
            return error_set(where, ORGSIM_ERROR_USAGE, "--range", 0, 0, cell_range(todo, &domain), "%s is %g at one end", range->name, value);
    }
    return 0;
}

static int ask(struct inputs *inputs, const struct orgsim_scenario *s, const struct orgsim_sensitivity_range *range, struct orgsim_where *where)
{
    struct target target;
    size_t at = 0;
    int status = target_find(s, range->name, &target, where);
    if (!status) status = range_check(range, &target, where);
    if (status) return status;
    while (at < inputs->n && strcmp(inputs->input[at].name, range->name)) at++;
    if (at < inputs->n && inputs->input[at].asked)
        return error_set(where, ORGSIM_ERROR_USAGE, "--range", 0, 0, "give each number one range", "%s is given twice", range->name);
    if (at == inputs->n) status = add(inputs, s, range->name, range->low, range->high, where);
    if (status) return status;
    inputs->input[at].low = range->low;
    inputs->input[at].high = range->high;
    inputs->input[at].asked = true;
    return 0;
}

/* How values spread over the ranges, once these are settled. */
static int spread_values(struct inputs *inputs, const struct orgsim_scenario *s, struct orgsim_where *where)
{
    int status = 0;
    for (size_t k = 0; k < inputs->n && !status; k++) {
        struct input *input = &inputs->input[k];
        if (input->target.assumption >= 0 && !input->asked) status = unknowns_distribution(&input->range, s, input->target.assumption, where);
        else input->range = (struct distribution){.kind = DISTRIBUTION_UNIFORM, .a = input->low, .b = input->high};
    }
    return status;
}

double inputs_value(const struct input *input, double unit) { return unknowns_quantile(&input->range, unit); }

int inputs_list(struct inputs *inputs, const struct orgsim_scenario *s, const struct orgsim_sensitivity_range *ranges, size_t n_ranges, struct orgsim_where *where)
{
    *inputs = (struct inputs){0};
    int status = list_registry(inputs, s, where);
    if (!status) status = list_money(inputs, s, where);
    if (!status) status = list_seats(inputs, s, where);
    for (size_t r = 0; r < n_ranges && !status; r++) status = ask(inputs, s, &ranges[r], where);
    if (!status) status = spread_values(inputs, s, where);
    return status;
}

void inputs_free(struct inputs *inputs)
{
    for (size_t k = 0; k < inputs->n; k++) {
        memory_free(inputs->input[k].name);
        distribution_free(&inputs->input[k].range);
    }
    memory_free(inputs->input);
    *inputs = (struct inputs){0};
}
