/* nature.c: what nature decides, before any organisation acts
 *
 *     content_i = est_i exp(b_est + sigma_P z_P + sigma_T z_T(team)) Tri_i          person-weeks
 *     noise_j   = exp(sigma_AR y - sigma_AR^2/2),  y' = rho y + sqrt(1 - rho^2) z   each week
 *     a risk exists when -sqrt(rho_R) z_P + sqrt(1 - rho_R) z_k < Phi^-1(p_k): hard programs have more of them
 *
 * Drawn once for a batch of worlds and shared by all its organisations; the organisation is never part of a key.
 * Registry b_est s_prog s_team ar_rho ar_sd rho_r x_open sev_sd req req_sz p_valr
 * Source   lognormal overruns with a common factor: Little 2006
 */
#include "engine/state.h"

#define NATURE_LEAST_EFFORT 0.01f /* of the estimate: no draw of an unbounded distribution makes work vanish */
#define NATURE_NOISE_STEP 16 /* weeks of noise drawn at a time, as far as some world gets */

static lane_f nature_normal(const struct draw_source *source, uint32_t stream, uint32_t entity)
{
    lane_u raw[4];
    draw_lanes(source, stream, entity, 0, raw);
    return lane_normal(raw[0]);
}

/* z' = L z over the inputs that correlations.csv names; z goes to the front of `members`, z' replaces it from the last on. */
static void nature_correlated(const struct program *p, const struct draw_source *source, lane_f *members)
{
    for (size_t c = 0; c < p->n_correlated; c++) members[c] = nature_normal(source, STREAM_COPULA, (uint32_t)c);
    for (size_t c = p->n_correlated; c-- > 0;) {
        lane_f sum = lane_set(0.0f);
        for (size_t d = 0; d <= c; d++) sum += p->copula_factor[c * p->n_correlated + d] * members[d];
        members[c] = sum;
    }
}

static void nature_content(struct nature *n, const struct program *p, lane_f program_normal, const lane_f *members)
{
    for (size_t i = 0; i < p->n_packages; i++) {
        const struct program_package *k = &p->packages[i];
        lane_u raw[4];
        draw_lanes(&n->source, STREAM_EFFORT, (uint32_t)i, 0, raw);
        lane_f ratio = p->correlated_package[i] == UINT32_MAX
                           ? sampler_lanes(&k->effort, raw[0])
                           : sampler_lanes_normal(&k->effort, members[p->correlated_package[i]]);
        ratio = lane_max(ratio, lane_set(NATURE_LEAST_EFFORT));
        n->content[i] = k->estimate * ratio;
        if (p->frictionless) continue; /* nothing in common: a factor of one */
        lane_f common = p->a.b_est + p->a.s_prog * program_normal + p->a.s_team * nature_normal(&n->source, STREAM_TEAM, k->team);
        n->content[i] *= lane_exp(common);
    }
}

static void nature_item(struct nature *n, const struct program *p, size_t k, lane_f program_normal, const lane_f *members)
{
    const struct program_item *item = &p->items[k];
    struct nature_item *of = &n->items[k];
    lane_u raw[4], more[4];
    uint32_t stream = STREAM_ITEM + (uint32_t)item->kind * ITEM_DRAWS;
    draw_lanes(&n->source, stream + DRAW_NATURE, item->row, 0, raw);
    draw_lanes(&n->source, stream + DRAW_NATURE_MORE, item->row, 0, more);
    if (item->kind == ITEM_RISK) {
        lane_f own = p->correlated_item[k] == UINT32_MAX ? lane_normal(raw[0]) : members[p->correlated_item[k]];
        of->score = -sqrtf(p->a.rho_r) * program_normal + sqrtf(1 - p->a.rho_r) * own;
        of->impact = sampler_lanes(&item->impact, raw[1]);
        of->log_severity = lane_set(item->log_severity);
        if (item->impact_mean > 0) of->log_severity += lane_log(lane_max(of->impact * (1 / item->impact_mean), lane_set(1e-6f)));
    } else {
        of->score = lane_uniform(raw[0]);
        of->impact = lane_set(0.0f);
        of->log_severity = item->log_severity + p->a.sev_sd * lane_normal(more[0]);
    }
    of->open_share = item->opens_at >= 0 ? lane_set(item->opens_at) : p->a.x_open * lane_uniform(raw[2]);
    of->delay = 2.0f * item->delay * lane_uniform(raw[3]);
    of->real_threshold = lane_exponential(more[1]);
    of->detect_threshold = lane_exponential(more[2]);
    of->local_threshold = lane_exponential(more[3]);
}

static void nature_features(struct nature *n, const struct program *p)
{
    for (size_t g = 0; g < p->n_features; g++) {
        lane_u raw[4];
        draw_lanes(&n->source, STREAM_FEATURE, (uint32_t)g, 0, raw);
        n->features[g].worth = lane_uniform(raw[0]) < p->features[g].probability;
        n->features[g].value = lane_keep(n->features[g].worth, sampler_lanes(&p->features[g].value, raw[1]));
    }
}

/* Requests arrive as a Poisson stream; sizes are uniform from 0.4 to 1.6 times e_req. */
static void nature_requests(struct nature *n, const struct program *p)
{
    lane_f arrival = lane_set(p->request_rate > 0 ? 0 : NEVER);
    float weeks_between = p->request_rate > 0 ? 1.0f / p->request_rate : 0;
    for (uint32_t r = 0; r <= p->n_requests; r++) {
        struct nature_request *of = &n->requests[r];
        lane_u raw[4];
        if (r == p->n_requests || !lane_any(arrival < p->horizon)) {
            of->arrival = lane_set(NEVER);
            return;
        }
        draw_lanes(&n->source, STREAM_REQUEST, r, 0, raw);
        arrival += weeks_between * lane_exponential(raw[0]);
        of->arrival = arrival;
        lane_f u = lane_uniform(raw[1]);
        of->size = p->a.req_sz * (0.4f + 1.2f * u);
        of->worth = lane_uniform(raw[2]) < p->a.p_valr;
        for (int l = 0; l < LANES; l++)
            lane_put(of->host, l, (int32_t)((uint64_t)lane_get(raw[3], l) * p->n_packages >> 32));
    }
}

/* Draws the teams' weekly noise up to and including `week`. */
static void nature_noise_until(struct nature *n, const struct program *p, int week)
{
    float rho = p->a.ar_rho, fresh = sqrtf(1 - rho * rho), sd = p->a.ar_sd;
    size_t weeks = (size_t)p->horizon_weeks + NATURE_NOISE_STEP;
    while (n->noise_weeks <= week) {
        for (size_t j = 0; j < p->n_teams; j++) {
            lane_f y = n->noise_state[j];
            for (int w = n->noise_weeks; w < n->noise_weeks + NATURE_NOISE_STEP; w += 4) {
                lane_u raw[4];
                draw_lanes(&n->source, STREAM_NOISE, (uint32_t)j, (uint32_t)w / 4, raw);
                for (int d = 0; d < 4; d++) {
                    lane_f z = lane_normal(raw[d]);
                    y = w + d == 0 ? z : rho * y + fresh * z;
                    n->noise[j * weeks + (size_t)(w + d)] = lane_exp(sd * y - 0.5f * sd * sd);
                }
            }
            n->noise_state[j] = y;
        }
        n->noise_weeks += NATURE_NOISE_STEP;
    }
}

static lane_f nature_noise(const struct nature *n, const struct program *p, size_t team, int week)
{
    lane_f noise = n->drawn->noise[team * ((size_t)p->horizon_weeks + NATURE_NOISE_STEP) + (size_t)week];
    return n->drawn == n ? noise : lane_pick(noise, n->place);
}

/* Of a program that is only a schedule: nothing else happens in it. */
static void nature_draw_schedule(struct nature *n, const struct program *p, const struct draw_source *source, lane_f *members)
{
    n->source = *source;
    nature_correlated(p, &n->source, members);
    nature_content(n, p, lane_set(0.0f), members);
    nature_features(n, p);
}

static void nature_draw(struct nature *n, const struct program *p, const struct draw_source *source, lane_f *members)
{
    n->source = *source;
    n->drawn = n;
    n->noise_weeks = 0;
    lane_f program_normal = nature_normal(&n->source, STREAM_PROGRAM, 0);
    nature_correlated(p, &n->source, members);
    nature_content(n, p, program_normal, members);
    for (size_t k = 0; k < p->n_items; k++) nature_item(n, p, k, program_normal, members);
    nature_features(n, p);
    nature_requests(n, p);
    for (int f = 0; f < SCENARIO_FORUMS; f++) {
        lane_u raw[4];
        draw_lanes(&n->source, STREAM_FORUM, (uint32_t)f, 0, raw);
        n->forum_phase[f] = lane_uniform(raw[0]);
    }
}
