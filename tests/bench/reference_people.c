/* reference_people.c: seats and who sits there, coordination and who carries it, trust, engineers who leave (model sections 7.4 to 7.6, 7.18 to
 * 7.20) */
#include <math.h>

#include <gsl/gsl_randist.h>

#include "bench/reference.h"

/* ---- seats ---- */

static void arrive(struct reference *r, size_t person)
{
    const struct constants *a = &r->p->a;
    double pool = a->pool_mu + a->pool_d * (r->o->persons[person].outcome - 0.5) + gsl_ran_gaussian(r->rng, a->pool_sd);
    r->persons[person].judgment = fmin(0.95, fmax(0.05, pool));
}

void reference_people_reset(struct reference *r)
{
    for (size_t person = 0; person < r->o->n_persons; person++) {
        const struct person *of = &r->o->persons[person];
        r->persons[person] = (struct reference_person){.vacancy = of->start_week, .judgment = of->judgment};
        if (r->p->first_hire_pool) arrive(r, person);
    }
    r->lead = BY_PRODUCT;
    for (size_t q = 0; q < r->o->n_seats; q++) {
        const struct seat *seat = &r->o->seats[q];
        r->seats[q] = (struct reference_seat){.trust = r->p->a.T0, .tenure = seat->weeks_in_seat};
        if (seat->delivery && seat->fte > 0) r->lead = BY_DELIVERY;
    }
    for (size_t j = 0; j < r->p->n_teams; j++)
        r->teams[j] = (struct reference_team){.experienced = r->p->teams[j].engineers + r->o->extra_engineers[j]};
}

static void leave(struct reference *r, size_t person)
{
    const struct constants *a = &r->p->a;
    double weeks = a->repl + r->p->hiring_weeks, discount = r->p->discount_factor[r->tick];
    r->persons[person].vacancy = gsl_ran_flat(r->rng, 0, 2 * a->tau_hs);
    r->persons[person].left = true;
    r->ledger.seats_left += 1;
    for (size_t q = 0; q < r->o->n_seats; q++) {
        const struct seat *seat = &r->o->seats[q];
        if (seat->person != person) continue;
        r->seats[q].trust = a->T0;
        r->ledger.seat_cost += weeks * seat->cost_per_week;
        r->ledger.seat_cost_discounted += weeks * seat->cost_per_week * discount;
        if (seat->delivery) r->ledger.delivery_seat_weeks += weeks * seat->fte * discount;
    }
}

static double leaving_rate(const struct reference *r, size_t person)
{
    const struct constants *a = &r->p->a;
    double sum = 0;
    for (size_t q = 0; q < r->o->n_seats; q++) {
        const struct seat *seat = &r->o->seats[q];
        if (seat->person == person) sum += 1 + a->kappa * seat->admin_share * (1 - seat->empowerment) * r->persons[person].judgment;
    }
    return a->lam_s / 52 * sum / r->o->persons[person].n_seats;
}

/* Whether somebody is there in this tick. */
static bool person_here(struct reference *r, size_t person)
{
    struct reference_person *s = &r->persons[person];
    double week;
    bool stays = r->o->persons[person].absent;
    if (s->vacancy <= 0 && !stays && reference_strikes(r, leaving_rate(r, person), r->t0, r->t1, &week)) leave(r, person);
    if (s->vacancy <= 0) return true;
    if (s->left) r->ledger.vacant_weeks += r->dt;
    s->vacancy -= r->dt;
    if (s->vacancy > 0 || !s->left) return false;
    arrive(r, person);
    r->ledger.wrong_hires += s->judgment < r->p->a.wrong_J;
    for (size_t q = 0; q < r->o->n_seats; q++)
        if (r->o->seats[q].person == person) r->seats[q].tenure = 0;
    return false;
}

static void spend_time(struct reference *r, size_t q, bool present)
{
    const struct constants *a = &r->p->a;
    const struct seat *seat = &r->o->seats[q];
    struct reference_seat *s = &r->seats[q];
    s->present = present;
    s->judgment_time = s->admin_time = 0;
    if (!present) return;
    s->tenure += r->dt;
    double ramp = 1 - (1 - a->r0) * exp(-s->tenure / a->tau_ramp);
    s->judgment_time = seat->fte * (1 - seat->admin_share) * seat->switching * ramp;
    s->admin_time = seat->fte * seat->admin_share * ramp;
    r->admin_time += s->admin_time;
    r->trusted_time += s->judgment_time * s->trust;
    r->prepared_time += s->admin_time + a->k_prep_g * s->judgment_time;
    if (!seat->delivery) return;
    r->delivery_time += s->judgment_time + s->admin_time;
    r->overhead_seats += seat->fte;
}

void reference_seats(struct reference *r)
{
    bool here[PROGRAM_SEATS];
    r->admin_time = r->trusted_time = r->delivery_time = r->overhead_seats = r->prepared_time = 0;
    for (size_t person = 0; person < r->o->n_persons; person++) here[person] = person_here(r, person);
    for (size_t q = 0; q < r->o->n_seats; q++) spend_time(r, q, here[r->o->seats[q].person]);
}

/* ---- coordination ---- */

static void count_activity(struct reference *r)
{
    const struct program *p = r->p;
    for (size_t j = 0; j < p->n_teams; j++) r->teams[j].active_packages = r->teams[j].active_interfaces = 0;
    for (size_t i = 0; i < p->n_packages; i++)
        if (r->packages[i].started && !reference_closed(&r->packages[i])) r->teams[p->packages[i].team].active_packages++;
    r->interface_load = r->interfaces = r->active_teams = 0;
    for (size_t d = 0; d < p->n_interfaces; d++) {
        const struct program_interface *face = &p->interfaces[d];
        if (reference_closed(&r->packages[face->to]) || !(r->packages[face->from].started || r->packages[face->to].started)) continue;
        r->interface_load += face->weight;
        r->interfaces += 2;
        r->teams[face->team_from].active_interfaces++;
        r->teams[face->team_to].active_interfaces++;
    }
    for (size_t j = 0; j < p->n_teams; j++) r->active_teams += r->teams[j].active_packages > 0;
}

static void carry(struct reference *r, size_t j, double residual)
{
    const struct constants *a = &r->p->a;
    struct reference_team *team = &r->teams[j];
    double hours = r->o->em_hours[j], heads = fmax(team->experienced + team->newcomers, 0.5);
    double by_interface = r->interfaces > 0 ? team->active_interfaces / r->interfaces : 0;
    double by_activity = team->active_packages > 0 ? 1 / r->active_teams : 0;
    double load = residual * 0.5 * (by_interface + by_activity), em = fmin(load, hours);
    if (hours > 0) team->em_vigilance = 1 - a->em_blind * em / hours;
    else team->em_vigilance = load > 0 ? 1 - a->em_blind : 1;
    team->focus_loss = fmin(a->phi_max, a->k_ctx * (load - em) / (40 * heads));
    r->ledger.em_h += r->dt * em;
    r->ledger.engineers_h += r->dt * (load - em);
    if (team->active_packages == 0) return;
    r->ledger.focus_loss += r->dt * team->focus_loss;
    r->ledger.active_team_weeks += r->dt;
}

void reference_coordination(struct reference *r)
{
    const struct constants *a = &r->p->a;
    double engineers = 0, product_seats = 0;
    count_activity(r);
    for (size_t j = 0; j < r->p->n_teams; j++) engineers += r->teams[j].experienced + r->teams[j].newcomers;
    for (size_t q = 0; q < r->o->n_seats; q++)
        if (!r->o->seats[q].delivery && r->seats[q].present) product_seats += r->o->seats[q].fte;
    double load = a->h_dep * r->o->h_dep_factor * (1 - a->rho_rigour * r->rigour) * r->interface_load +
                  0.5 * a->h_team * r->p->density * r->active_teams * fmax(0, r->active_teams - 1) + a->h_open * r->open_cross +
                  a->h_seat * engineers * r->overhead_seats;
    double absorbed = fmin(load, 40 * (a->eps_admin * r->admin_time + a->eps_judg * r->trusted_time)), residual = load - absorbed;
    double by_product = fmin(a->pm_load * residual, a->pm_cap * product_seats);
    r->pm_load = product_seats > 0 ? by_product / product_seats : 0;
    r->ledger.absorbed_h += r->dt * absorbed;
    r->ledger.pm_h += r->dt * by_product;
    for (size_t j = 0; j < r->p->n_teams; j++) carry(r, j, residual - by_product);
}

void reference_attention(struct reference *r)
{
    const double span[REFERENCE_ROLES] = {[BY_DELIVERY] = r->p->a.span_tpm, [BY_PRODUCT] = r->p->a.span_pm};
    for (int role = 0; role < REFERENCE_ROLES; role++) {
        struct reference_role sum = {0};
        for (size_t q = 0; q < r->o->n_seats; q++) {
            const struct seat *seat = &r->o->seats[q];
            if (seat->delivery != (role == BY_DELIVERY)) continue;
            if (role == BY_PRODUCT) r->seats[q].judgment_time *= fmax(0, 1 - r->pm_load / 40);
            double judgment = r->persons[seat->person].judgment, weight = r->seats[q].judgment_time * judgment;
            sum.weight += weight;
            sum.judgment += weight * judgment;
            sum.empowerment += weight * seat->empowerment;
            sum.trust += weight * r->seats[q].trust;
        }
        double whole = fmax(sum.weight, 1e-12);
        r->roles[role] = (struct reference_role){
            .weight = sum.weight, .judgment = sum.judgment / whole, .empowerment = sum.empowerment / whole, .trust = sum.trust / whole,
            .attention = -expm1(-span[role] * sum.weight / fmax(1, r->active_teams))};
    }
    r->trust_followed = r->roles[r->lead].trust;
    r->judgment_invested += r->dt * r->roles[BY_PRODUCT].weight;
}

/* ---- trust ---- */

void reference_trust_observer(struct reference *r, size_t k, double gain)
{
    int q = r->items[k].observer - OBSERVED_BY_SEAT;
    if (q < 0 || !r->seats[q].present) return;
    r->seats[q].trust += gain * (gain > 0 ? 1 - r->seats[q].trust : r->seats[q].trust);
}

void reference_trust_gain(struct reference *r, int role, double gain)
{
    for (size_t q = 0; q < r->o->n_seats; q++)
        if (r->o->seats[q].delivery == (role == BY_DELIVERY) && r->seats[q].present) r->seats[q].trust += gain * (1 - r->seats[q].trust);
}

/* A risk struck that nobody had seen: product seats answer for market risks, nobody for people, delivery seats for the rest. */
void reference_trust_surprise(struct reference *r, size_t k)
{
    enum risk_category category = r->p->items[k].category;
    if (category == RISK_PEOPLE) return;
    for (size_t q = 0; q < r->o->n_seats; q++)
        if (r->seats[q].present && r->o->seats[q].delivery != (category == RISK_MARKET)) r->seats[q].trust *= 1 - r->p->a.t_surp;
}

void reference_trust(struct reference *r)
{
    for (size_t q = 0; q < r->o->n_seats; q++) r->seats[q].trust += (r->p->a.T0 - r->seats[q].trust) * -expm1(-r->p->a.t_forget * r->dt);
}

/* ---- engineers who leave ---- */

static void engineer_leaves(struct reference *r, size_t j)
{
    struct reference_team *t = &r->teams[j];
    double heads = fmax(t->experienced + t->newcomers, 1), cost = (r->p->a.repl + r->p->hiring_weeks) * r->p->engineer_cost;
    for (size_t i = 0; i < r->p->n_packages; i++) {
        struct reference_package *s = &r->packages[i];
        bool unfinished = s->started && !reference_closed(s) && s->remaining + s->rework > 0;
        if (r->p->packages[i].team == j && unfinished) s->hidden += r->p->a.k_loss * s->worked / heads;
    }
    t->experienced *= 1 - 1 / heads;
    t->newcomers *= 1 - 1 / heads;
    t->vacancies += 1;
    r->ledger.engineers_left += 1;
    r->ledger.cost += cost;
    r->ledger.cost_discounted += cost * r->p->discount_factor[r->tick];
}

void reference_turnover(struct reference *r)
{
    const struct constants *a = &r->p->a;
    for (size_t j = 0; j < r->p->n_teams; j++) {
        struct reference_team *t = &r->teams[j];
        double heads = t->experienced + t->newcomers, rework = fmin(1, t->tick_rework / fmax(t->tick_capacity, 1e-6));
        t->firefighting += (rework - t->firefighting) * -expm1(-r->dt / a->fire_tau);
        double stress = 1 + a->k_press * r->pressure + a->k_fire * t->firefighting + a->k_open * fmin(1, t->open_questions / 3.0);
        t->leaving += (int)gsl_ran_poisson(r->rng, a->lam / 52 * heads * stress * r->dt);
        double hired = t->vacancies * -expm1(-r->dt / a->tau_hire), fluent = t->newcomers * -expm1(-r->dt / a->tau_new);
        t->vacancies -= hired;
        t->newcomers += hired - fluent;
        t->experienced += fluent;
        r->ledger.engineer_weeks += r->dt * heads;
        if (t->leaving == 0) continue;
        t->leaving--; /* one at a time */
        engineer_leaves(r, j);
    }
}

void reference_rigour(struct reference *r)
{
    r->rigour += r->dt * (r->delivery_time * (1 - r->rigour) / r->p->a.tau_rigour - r->rigour / r->p->a.tau_fade);
}
