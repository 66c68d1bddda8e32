/* variant.c: a borrowing copy of a scenario in which numbers may be set */
#include "scenario/variant.h"

#include <string.h>

#include <orgsim/error.h>

#include "base/memory.h"

/* Seats are what a setting of an arm reaches; ids and labels stay the original's. */
static int seats_own(struct orgsim_scenario *v, const struct orgsim_scenario *of)
{
    v->arms = memory_array(of->n_arms, sizeof *v->arms);
    if (!v->arms) return ORGSIM_ERROR_MEMORY;
    for (size_t a = 0; a < of->n_arms; a++) {
        v->arms[a] = of->arms[a];
        v->arms[a].seats = memory_array(of->arms[a].n_seats, sizeof *v->arms[a].seats);
        if (!v->arms[a].seats) return ORGSIM_ERROR_MEMORY;
        if (of->arms[a].n_seats > 0) memcpy(v->arms[a].seats, of->arms[a].seats, of->arms[a].n_seats * sizeof *of->arms[a].seats);
    }
    return 0;
}

int variant_create(struct orgsim_scenario **out, const struct orgsim_scenario *of)
{
    *out = NULL;
    struct orgsim_scenario *v = memory_array(1, sizeof *v);
    if (!v) return ORGSIM_ERROR_MEMORY;
    *v = *of;
    v->arms = NULL;
    memset((void *)v->assumption_source, 0, sizeof v->assumption_source); /* who changed what is told of the original only */
    int status = seats_own(v, of);
    if (status) variant_free(v);
    else *out = v;
    return status;
}

void variant_free(struct orgsim_scenario *v)
{
    if (!v) return;
    for (size_t a = 0; v->arms && a < v->n_arms; a++) memory_free(v->arms[a].seats);
    for (int k = 0; k < ASSUMPTION_COUNT; k++) memory_free(v->assumption_source[k]);
    memory_free(v->arms);
    memory_free(v);
}
