/* deal.c: which world and which organisation each lane lives
 *
 * A pair is a world and an organisation. Pairs are dealt to lanes in the order of the worlds, and within a world in that of the organisations:
 * neighbours share the luck of a world and so most of what happens in it, and what happens in one lane only is paid for by all. Nature is drawn
 * once, a world to a lane, and dealt from there.
 */
#include "engine/state.h"

struct deal {
    size_t arm[LANES];
    uint32_t world[LANES];         /* of the task */
    int lanes;                     /* how many are pairs of their own; the others repeat the last one */
    lane_i place;                  /* lane of the nature that was drawn */
    lane_u offsets;                /* the worlds, for draws */
};

/* Pairs first, first + 1, ... of the worlds in `order`, which nature drew in its lanes 0 .. worlds - 1. alike: the worlds of an organisation are
 * neighbours. */
static void deal_pairs(struct deal *d, size_t first, size_t organisations, const uint32_t *order, int worlds, lane_u drawn, bool alike)
{
    size_t left = (size_t)worlds * organisations - first;
    d->lanes = left < LANES ? (int)left : LANES;
    for (int l = 0; l < LANES; l++) {
        size_t pair = first + (size_t)(l < d->lanes ? l : d->lanes - 1);
        int place = (int)(alike ? pair % (size_t)worlds : pair / organisations);
        d->arm[l] = alike ? pair / (size_t)worlds : pair % organisations;
        d->world[l] = order[place];
        lane_put(d->place, l, place);
        lane_put(d->offsets, l, lane_get(drawn, place));
    }
}

/* Noise stays with the nature that drew it: it is drawn as far as some world gets. */
static void deal_nature(struct nature *to, struct nature *drawn, const struct program *p, const struct deal *d)
{
    to->source = drawn->source;
    to->source.offsets = &d->offsets;
    to->drawn = drawn;
    to->place = d->place;
    for (size_t i = 0; i < p->n_packages; i++) to->content[i] = lane_pick(drawn->content[i], d->place);
    for (size_t k = 0; k < p->n_items; k++) {
        const struct nature_item *of = &drawn->items[k];
        to->items[k] = (struct nature_item){
            .score = lane_pick(of->score, d->place), .impact = lane_pick(of->impact, d->place), .open_share = lane_pick(of->open_share, d->place),
            .delay = lane_pick(of->delay, d->place), .log_severity = lane_pick(of->log_severity, d->place),
            .real_threshold = lane_pick(of->real_threshold, d->place), .detect_threshold = lane_pick(of->detect_threshold, d->place),
            .local_threshold = lane_pick(of->local_threshold, d->place)};
    }
    for (size_t g = 0; g < p->n_features; g++)
        to->features[g] = (struct nature_feature){.value = lane_pick(drawn->features[g].value, d->place), .worth = lane_pick_i(drawn->features[g].worth, d->place)};
    for (size_t r = 0;; r++) {
        const struct nature_request *of = &drawn->requests[r];
        to->requests[r].arrival = lane_pick(of->arrival, d->place);
        if (!lane_any(of->arrival < NEVER)) break; /* the last one */
        to->requests[r].size = lane_pick(of->size, d->place);
        to->requests[r].worth = lane_pick_i(of->worth, d->place);
        to->requests[r].host = lane_pick_i(of->host, d->place);
    }
    for (int f = 0; f < SCENARIO_FORUMS; f++) to->forum_phase[f] = lane_pick(drawn->forum_phase[f], d->place);
}

/* A mask's lane that holds is all bits, as of a comparison. */
static int32_t deal_mask(bool holds) { return !holds ? 0 : LANES == 1 ? 1 : -1; }

static void deal_seat(struct lane_seat *to, int l, const struct seat *seat)
{
    lane_put(to->fte, l, seat->fte);
    lane_put(to->empowerment, l, seat->empowerment);
    lane_put(to->admin_share, l, seat->admin_share);
    lane_put(to->switching, l, seat->switching);
    lane_put(to->cost_per_week, l, seat->cost_per_week);
    lane_put(to->weeks_in_seat, l, seat->weeks_in_seat);
    lane_put(to->delivery, l, deal_mask(seat->delivery));
    lane_put(to->product, l, deal_mask(!seat->delivery));
    lane_put(to->person, l, (int32_t)seat->person);
}

static void deal_person(struct lane_person *to, int l, const struct person *person)
{
    lane_put(to->outcome, l, person->outcome);
    lane_put(to->start_week, l, person->start_week);
    lane_put(to->judgment, l, person->judgment);
    lane_put(to->seats, l, (float)person->n_seats);
    lane_put(to->key, l, person->key);
    lane_put(to->exists, l, deal_mask(true));
    lane_put(to->absent, l, deal_mask(person->absent));
    lane_put(to->delivery, l, deal_mask(person->delivery));
}

static void deal_people(struct lane_organisations *to, int l, const struct organisation *o)
{
    bool has_delivery = false;
    for (size_t q = 0; q < o->n_seats; q++) {
        deal_seat(&to->seats[q], l, &o->seats[q]);
        has_delivery |= o->seats[q].delivery && o->seats[q].fte > 0;
    }
    for (size_t person = 0; person < o->n_persons; person++) deal_person(&to->persons[person], l, &o->persons[person]);
    lane_put(to->has_delivery, l, deal_mask(has_delivery));
    if (o->n_seats > to->n_seats) to->n_seats = o->n_seats;
    if (o->n_persons > to->n_persons) to->n_persons = o->n_persons;
}

/* Where an organisation has no such seat or person, its lane has nobody and nothing there. */
static void deal_organisations(struct lane_organisations *to, const struct program *p, const struct organisation *organisations, const struct deal *d)
{
    to->n_seats = to->n_persons = 0;
    for (size_t q = 0; q < PROGRAM_SEATS; q++) {
        to->seats[q] = (struct lane_seat){.person = lane_set_i(-1)};
        to->persons[q] = (struct lane_person){.seats = lane_set(1.0f)};
    }
    for (int l = 0; l < LANES; l++) {
        const struct organisation *o = &organisations[d->arm[l]];
        deal_people(to, l, o);
        for (size_t j = 0; j < p->n_teams; j++) {
            float engineers = p->teams[j].engineers, extra = o->extra_engineers[j];
            lane_put(to->extra_engineers[j], l, extra);
            lane_put(to->extra_share[j], l, extra > 0 ? extra / (engineers + extra) : 0);
            lane_put(to->em_hours[j], l, o->em_hours[j]);
        }
        for (size_t k = 0; k < p->n_items; k++) lane_put(to->threshold[k], l, o->threshold[k]);
        for (int lever = 0; lever < ORGSIM_LEVER_COUNT; lever++) lane_put(to->lever[lever], l, o->lever[lever]);
        lane_put(to->h_dep_factor, l, o->h_dep_factor);
        lane_put(to->extra_cost_per_week, l, o->extra_cost_per_week);
    }
}
