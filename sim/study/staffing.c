/* staffing.c: arms made from patterns of seats */
#include "study/staffing.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "scenario/variant.h"
#include "study/arms.h"

enum { BASELINE, HEADLINE, CANDIDATES };

static const struct { const char *name, *one, *many; int role; } kinds[ORGSIM_COUNT_COUNT] = {
    [ORGSIM_COUNT_tpm] = {"tpm", "TPM", "TPMs", ROLE_TPM},
    [ORGSIM_COUNT_coordinator] = {"coordinator", "coordinator", "coordinators", ROLE_COORDINATOR},
    [ORGSIM_COUNT_pm] = {"pm", "PM", "PMs", ROLE_PM},
    [ORGSIM_COUNT_engineer] = {"engineer", "more engineer", "more engineers", -1},
};

const char *orgsim_count_name(enum orgsim_count count) { return kinds[count].name; }

static bool is_counted(const struct orgsim_count_range *range) { return range->low <= range->high; }

/* How many of a kind a candidate has: combinations are numbered with the last kind the fastest. */
static unsigned count_of(const struct staffing *s, size_t candidate, int kind)
{
    for (int k = ORGSIM_COUNT_COUNT - 1; k > kind; k--)
        if (is_counted(&s->range[k])) candidate /= s->range[k].high - s->range[k].low + 1U;
    return s->range[kind].low + (unsigned)(candidate % (s->range[kind].high - s->range[kind].low + 1U));
}

void staffing_label(struct text *text, const struct staffing *s, size_t candidate)
{
    static const int order[] = {ORGSIM_COUNT_pm, ORGSIM_COUNT_tpm, ORGSIM_COUNT_coordinator, ORGSIM_COUNT_engineer};
    const char *between = "";
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (!is_counted(&s->range[order[i]])) continue;
        unsigned n = count_of(s, candidate, order[i]);
        text_add(text, between);
        if (n == 0) text_format(text, "no %s", order[i] == ORGSIM_COUNT_engineer ? kinds[order[i]].many : kinds[order[i]].one);
        else text_format(text, "%u %s", n, n == 1 ? kinds[order[i]].one : kinds[order[i]].many);
        between = ", ";
    }
}

static const struct scenario_seat *seat_in(const struct scenario_arm *arm, int role)
{
    for (size_t q = 0; q < arm->n_seats; q++)
        if ((int)arm->seats[q].role == role && arm->seats[q].em_of_team == SCENARIO_NONE) return &arm->seats[q];
    return NULL;
}

/* What a seat of a kind looks like: the baseline's own if it has one, else the headline arm's, else that of the first arm with one. */
static const struct scenario_seat *pattern(const struct orgsim_scenario *s, size_t baseline, int kind)
{
    const struct scenario_seat *seat = seat_in(&s->arms[baseline], kinds[kind].role);
    if (!seat || kind == ORGSIM_COUNT_tpm) {
        const struct scenario_seat *headline = seat_in(&s->arms[s->settings.headline_arm], kinds[kind].role);
        seat = headline ? headline : seat;
    }
    for (size_t a = 0; a < s->n_arms && !seat; a++) seat = seat_in(&s->arms[a], kinds[kind].role);
    return seat;
}

static size_t seats_of_role(const struct scenario_arm *arm, int role)
{
    size_t n = 0;
    for (size_t q = 0; q < arm->n_seats; q++) n += (int)arm->seats[q].role == role;
    return n;
}

static int check(struct staffing *s, const struct orgsim_scenario *scenario, size_t baseline, struct orgsim_where *where)
{
    size_t seats = scenario->arms[baseline].n_seats;
    s->n = 1;
    for (int k = 0; k < ORGSIM_COUNT_COUNT; k++) {
        const struct orgsim_count_range *r = &s->range[k];
        if (!is_counted(r)) continue;
        if (kinds[k].role >= 0 && r->high > 0 && !pattern(scenario, baseline, k))
            return error_set(where, ORGSIM_ERROR_USAGE, "--over", 0, 0, "add an arm with one to seats.csv", "no arm of the scenario has a %s to take as a pattern",
                             kinds[k].one);
        if (kinds[k].role >= 0) seats += r->high - seats_of_role(&scenario->arms[baseline], kinds[k].role); /* modulo: the sum is right */
        s->n = r->high - r->low >= ORGSIM_CANDIDATES_MOST ? ORGSIM_CANDIDATES_MOST + 1 : s->n * (r->high - r->low + 1U);
        if (s->n > ORGSIM_CANDIDATES_MOST)
            return error_set(where, ORGSIM_ERROR_USAGE, "--over", 0, 0, "narrow the ranges", "there are more than %d combinations", ORGSIM_CANDIDATES_MOST);
    }
    if (seats <= PROGRAM_SEATS) return 0;
    return error_set(where, ORGSIM_ERROR_USAGE, "--over", 0, 0, "narrow the ranges", "an organisation would have %zu seats, and %d are possible", seats, PROGRAM_SEATS);
}

/* A copy with room for all seats. */
static int arm_copy(struct scenario_arm *arm, const struct scenario_arm *of)
{
    *arm = *of;
    arm->seats = memory_array(PROGRAM_SEATS, sizeof *arm->seats);
    if (!arm->seats) return ORGSIM_ERROR_MEMORY;
    if (of->n_seats > 0) memcpy(arm->seats, of->seats, of->n_seats * sizeof *of->seats);
    return 0;
}

/* Takes the seats of a role away; who remains is numbered anew. */
static void role_remove(struct scenario_arm *arm, int role)
{
    size_t kept = 0, number[PROGRAM_SEATS], persons = 0;
    for (size_t q = 0; q < PROGRAM_SEATS; q++) number[q] = SCENARIO_NONE;
    for (size_t q = 0; q < arm->n_seats; q++) {
        if ((int)arm->seats[q].role == role) continue;
        arm->seats[kept] = arm->seats[q];
        size_t *person = &number[arm->seats[q].person];
        if (*person == SCENARIO_NONE) *person = persons++;
        arm->seats[kept++].person = *person;
    }
    arm->n_seats = kept;
    arm->n_persons = persons;
}

static void role_fill(struct scenario_arm *arm, const struct scenario_seat *seat, unsigned n)
{
    for (unsigned k = 0; k < n; k++) {
        arm->seats[arm->n_seats] = *seat;
        arm->seats[arm->n_seats++].person = arm->n_persons++;
    }
}

static void candidate_make(struct staffing *s, const struct orgsim_scenario *scenario, size_t baseline, size_t candidate)
{
    struct scenario_arm *arm = &s->variant->arms[CANDIDATES + candidate];
    bool same = true;
    for (int k = 0; k < ORGSIM_COUNT_COUNT; k++) {
        if (!is_counted(&s->range[k])) continue;
        unsigned n = count_of(s, candidate, k);
        if (kinds[k].role < 0) {
            same = same && n == 0 && scenario->arms[baseline].extra_engineers == 0;
            arm->extra_engineers = n;
            arm->placement = PLACE_SPREAD;
            continue;
        }
        const struct scenario_seat *seat = pattern(scenario, baseline, k);
        size_t has = seats_of_role(&scenario->arms[baseline], kinds[k].role);
        same = same && n == has && (n == 0 || (n == 1 && seat == seat_in(&scenario->arms[baseline], kinds[k].role)));
        role_remove(arm, kinds[k].role);
        role_fill(arm, seat, n);
    }
    if (same) s->same = candidate;
}

/* The variant's own arms give way to those that are compared. */
static int arms_make(struct staffing *s, const struct orgsim_scenario *scenario, size_t baseline)
{
    struct orgsim_scenario *v = s->variant;
    size_t n = CANDIDATES + s->n;
    struct scenario_arm *arms = memory_array(n, sizeof *arms);
    int status = arms ? 0 : ORGSIM_ERROR_MEMORY;
    for (size_t a = 0; a < n && !status; a++) status = arm_copy(&arms[a], &scenario->arms[a == HEADLINE ? scenario->settings.headline_arm : baseline]);
    if (status) {
        for (size_t a = 0; arms && a < n; a++) memory_free(arms[a].seats);
        memory_free(arms);
        return status;
    }
    for (size_t a = 0; a < v->n_arms; a++) memory_free(v->arms[a].seats);
    memory_free(v->arms);
    v->arms = arms;
    v->n_arms = n;
    v->settings.baseline_arm = BASELINE;
    v->settings.headline_arm = HEADLINE;
    return 0;
}

int staffing_create(struct staffing *s, const struct orgsim_scenario *scenario, size_t baseline, const struct orgsim_count_range *count,
                    struct orgsim_where *where)
{
    *s = (struct staffing){.first = CANDIDATES};
    memcpy(s->range, count, sizeof s->range);
    int status = check(s, scenario, baseline, where);
    s->same = s->n;
    if (!status) status = variant_create(&s->variant, scenario);
    if (!status) status = arms_make(s, scenario, baseline);
    for (size_t c = 0; c < s->n && !status; c++) candidate_make(s, scenario, baseline, c);
    return status;
}

void staffing_free(struct staffing *s)
{
    variant_free(s->variant);
    *s = (struct staffing){0};
}

int staffing_place(struct staffing *s, const struct points *points, struct orgsim_where *where)
{
    const struct orgsim_count_range *range = &s->range[ORGSIM_COUNT_engineer];
    if (!is_counted(range) || range->high == 0) return 0;
    size_t most = s->first + s->n - 1; /* the last combination has the most of all kinds */
    struct orgsim_run_options options = *points->options;
    struct program program = {0};
    struct arms arms = {0};
    options.arms = &most;
    options.n_arms = 1;
    options.baseline = most;
    s->variant->arms[most].placement = PLACE_BEST;
    int status = program_create(&program, s->variant, &options, where);
    if (!status) status = arms_create(&arms, &program, points->kernel, points->pool, &options, where);
    for (size_t a = s->first; a <= most && !status; a++) {
        s->variant->arms[a].placement = arms.place[0] == SIZE_MAX ? PLACE_SPREAD : PLACE_TEAM;
        s->variant->arms[a].extra_team = arms.place[0];
    }
    arms_free(&arms);
    program_free(&program);
    return status;
}
