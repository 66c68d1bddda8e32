/* dial.c: the sliders */
#include "workshop/dial.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/manifest.h"

enum dial_kind { KIND_SEAT, KIND_ASSUMPTION, KIND_DATE };

static const struct { const char *id; double low, high, step; enum dial_kind kind; } rows[DIAL_COUNT] = {
#define X(id, low, high, step, kind) {#id, low, high, step, KIND_##kind},
    DIALS(X)
#undef X
};

/* Role of the headline arm's delivery seats: the TPM before the coordinator. */
static const char *delivery_role(const struct orgsim_scenario *s)
{
    const struct scenario_arm *arm = &s->arms[s->settings.headline_arm];
    const char *role = NULL;
    for (size_t q = 0; q < arm->n_seats; q++) {
        if (arm->seats[q].role == ROLE_TPM) return "tpm";
        if (arm->seats[q].role == ROLE_COORDINATOR) role = "coordinator";
    }
    return role;
}

static bool name_of(char name[400], const struct orgsim_scenario *s, int k)
{
    const char *role = delivery_role(s);
    switch (rows[k].kind) {
    case KIND_SEAT:
        if (role) snprintf(name, 400, "%.300s.%s.%s", s->arms[s->settings.headline_arm].id, role, rows[k].id);
        return role != NULL;
    case KIND_ASSUMPTION: snprintf(name, 400, "%s", rows[k].id); return true;
    case KIND_DATE: snprintf(name, 400, "program.%s", rows[k].id); return true;
    }
    return false;
}

int dial_all(struct dial dials[DIAL_COUNT], const struct orgsim_scenario *s, double deadline, struct orgsim_where *where)
{
    char name[400];
    for (int k = 0; k < DIAL_COUNT; k++) {
        struct dial *d = &dials[k];
        *d = (struct dial){.id = rows[k].id, .low = rows[k].low, .step = rows[k].step};
        d->notches = (int)lround((rows[k].high - rows[k].low) / rows[k].step);
        if (!name_of(name, s, k)) continue;
        int status = target_find(s, name, &d->target, where);
        if (status == ORGSIM_ERROR_USAGE) continue; /* an arm's id with a point in it: this dial cannot name it */
        if (status) return status;
        d->used = true;
        d->present = rows[k].kind == KIND_DATE ? deadline : target_get(s, &d->target);
        if (rows[k].kind == KIND_DATE) {
            d->step = fmax(1, round(deadline * rows[k].step));
            d->low = fmax(1, round(deadline - d->step * ceil((1 - rows[k].low) * deadline / d->step)));
            d->notches = (int)ceil((rows[k].high * deadline - d->low) / d->step);
        }
        double place = round((d->present - d->low) / d->step);
        d->start = place < 0 ? 0 : place > d->notches ? d->notches : (int)place;
    }
    return 0;
}

double dial_value(const struct dial *d, int notch)
{
    return notch == d->start ? d->present : round((d->low + d->step * notch) * 1000) / 1000;
}

size_t dial_settings(const struct dial dials[DIAL_COUNT], const int notch[DIAL_COUNT], struct point_setting settings[DIAL_COUNT])
{
    size_t n = 0;
    for (int k = 0; k < DIAL_COUNT; k++)
        if (dials[k].used && notch[k] != dials[k].start)
            settings[n++] = (struct point_setting){.target = dials[k].target, .value = dial_value(&dials[k], notch[k])};
    return n;
}

int dial_moved(const struct dial dials[DIAL_COUNT], const int notch[DIAL_COUNT])
{
    int moved = 0;
    for (int k = 0; k < DIAL_COUNT; k++)
        if (dials[k].used) moved += abs(notch[k] - dials[k].start);
    return moved;
}

json_t *dial_json(const struct dial dials[DIAL_COUNT])
{
    json_t *list = json_array();
    for (int k = 0; k < DIAL_COUNT; k++) {
        json_t *values = json_array();
        for (int n = 0; n <= dials[k].notches && dials[k].used; n++) json_array_append_new(values, manifest_number(dial_value(&dials[k], n)));
        json_array_append_new(list, json_pack("{s:s, s:o, s:i}", "id", dials[k].id, "values", values, "start", dials[k].start));
    }
    return list;
}
