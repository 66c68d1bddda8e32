/* product.c: the right thing
 *
 *     reviews at weeks 3, 8, 16, 28, each held with probability E of the product seats: drop every feature (lowest first, at most f_drop of them)
 *     less than 70 % done whose score < -c_drop,  score = (worth ? +1 : -1) + sigma_v(t) z,  sigma_v(t) = sigma_v / sqrt(1 + G / tau_v),
 *     G: judgment time invested so far. With incremental release the rest is promoted when its score is positive.
 *     a request is accepted with probability 0.95 - 0.75 E min(1, J / 0.7) (worth ? 0.3 : 1) and adds its effort to its host package;
 *     a worthy one brings 1.5 times its share of the program's estimate of the program's value
 *
 * Reads    product role, judgment_invested
 * Writes   features cut, package.promoted, package.content, remaining, estimate
 * Registry sp0 tau_sig crit drop_max drop_done acc_base acc_slope acc_worth acc_J req_worth
 * Source   ideas that succeed: Kohavi et al.; scope creep: Jones 1996; assumption (the rule)
 */
#include "engine/state.h"

static const int product_review_week[PROGRAM_REVIEWS] = {3, 8, 16, 28};

static lane_f product_noise_sd(const struct batch *b)
{
    lane_f precision = 1.0f + b->judgment_invested / b->p->a.tau_sig;
    return b->p->a.sp0 / lane_sqrt(precision);
}

static lane_f product_score(const struct batch *b, size_t g, uint32_t stream, uint32_t ordinal)
{
    lane_u raw[4];
    draw_lanes(&b->n->source, stream, (uint32_t)g, ordinal, raw);
    lane_f sign = lane_select(b->n->features[g].worth, lane_set(1.0f), lane_set(-1.0f));
    return sign + product_noise_sd(b) * lane_normal(raw[0]);
}

/* Value times the chance of worth given a score: the odds p/(1-p) exp(2 score / sd^2) of two normals one above and one below zero. */
static lane_f product_expected_value(const struct batch *b, size_t g, uint32_t stream, uint32_t ordinal)
{
    const struct program_feature *f = &b->p->features[g];
    lane_f sd = product_noise_sd(b), score = product_score(b, g, stream, ordinal);
    float p = fminf(fmaxf(f->probability, 1e-4f), 1 - 1e-4f);
    lane_f odds = p / (1 - p) * lane_exp(2.0f * score / lane_max(sd * sd, lane_set(1e-4f)));
    return f->value_mean * (odds / (1.0f + odds));
}

/* What a review looks at is the same until it ends: a feature that it drops changes no other. */
static void product_look(struct batch *b, uint32_t review, lane_i held)
{
    for (size_t g = 0; g < b->p->n_features; g++) {
        struct feature_state *feature = &b->features[g];
        feature->score = product_score(b, g, STREAM_REVIEW_FEATURE, review);
        feature->progress = management_feature_progress(b, g);
    }
    if (!b->p->incremental) return;
    for (size_t i = 0; i < b->p->n_packages; i++) {
        if (b->p->packages[i].feature == UINT32_MAX) continue;
        const struct feature_state *feature = &b->features[b->p->packages[i].feature];
        lane_i open = held & lane_not(feature->dropped) & (feature->progress < b->p->a.drop_done);
        b->packages[i].promoted = lane_select_i(open, feature->score > 0.0f, b->packages[i].promoted);
    }
}

static void product_review(struct batch *b, uint32_t review)
{
    const struct constants *a = &b->p->a;
    lane_u raw[4];
    draw_lanes(&b->n->source, STREAM_REVIEW, 0, review, raw);
    lane_i held = b->alive & (lane_uniform(raw[0]) < b->roles[ROLE_PRODUCT].empowerment) & (b->roles[ROLE_PRODUCT].weight > 0.0f);
    if (!lane_any(held)) return;
    float most = a->drop_max * (float)b->p->n_features;
    lane_i again = held;
    product_look(b, review, held);
    while (lane_any(again)) {
        lane_f lowest = lane_set(-a->crit), dropped = lane_set(0.0f);
        lane_i choice = lane_set_i(-1);
        for (size_t g = 0; g < b->p->n_features; g++) {
            const struct feature_state *feature = &b->features[g];
            lane_i lower = again & lane_not(feature->dropped) & (feature->progress < a->drop_done) & (feature->score < lowest);
            lowest = lane_select(lower, feature->score, lowest);
            choice = lane_select_i(lower, lane_set_i((int32_t)g), choice);
            dropped += lane_one(feature->dropped);
        }
        again &= (choice >= 0) & (dropped + 1.0f <= most + 1e-3f);
        for (size_t g = 0; g < b->p->n_features; g++) management_cut_feature(b, g, again & (choice == (int32_t)g));
    }
}

/* One request in one world joins its host; too late when the host is already with its integration. */
static bool product_accept(struct batch *b, const struct nature_request *request, int lane)
{
    size_t host = (size_t)lane_get(request->host, lane);
    struct package_state *s = &b->packages[host];
    bool late = lane_get(b->closed[host], lane) || lane_get(b->integration_week[host], lane) < NEVER;
    if (late) return false;
    float size = lane_get(request->size, lane);
    lane_put(s->content, lane, lane_get(s->content, lane) + size);
    lane_put(s->estimate, lane, lane_get(s->estimate, lane) + size);
    lane_put(s->remaining, lane, lane_get(s->remaining, lane) + size);
    lane_put(s->inflow, lane, lane_get(s->inflow, lane) + size);
    if (lane_get(request->worth, lane)) lane_put(s->request_value, lane, lane_get(s->request_value, lane) + size * b->p->value_per_effort);
    return true;
}

static void product_request(struct batch *b, uint32_t r, lane_i arrives)
{
    const struct constants *a = &b->p->a;
    const struct nature_request *request = &b->n->requests[r];
    const struct role_state *product = &b->roles[ROLE_PRODUCT];
    lane_u raw[4];
    draw_lanes(&b->n->source, STREAM_REQUEST, r, 1, raw);
    lane_f care = lane_select(request->worth, lane_set(a->acc_worth), lane_set(1.0f));
    lane_f chance = a->acc_base - a->acc_slope * product->empowerment * lane_min(product->judgment * (1 / a->acc_J), lane_set(1.0f)) * care;
    lane_i accepts = arrives & (lane_uniform(raw[0]) < chance);
    for (uint32_t left = lane_mask_bits(accepts); left != 0; left &= left - 1) {
        int lane = __builtin_ctz(left);
        if (!product_accept(b, request, lane)) continue;
        lane_put(b->ledger.requests_accepted, lane, lane_get(b->ledger.requests_accepted, lane) + 1);
        trace_fact(b, ORGSIM_EVENT_request_accepted, (size_t)lane_get(request->host, lane), accepts, request->arrival, request->size, lane_set(0.0f));
    }
}

static void product_requests(struct batch *b)
{
    for (uint32_t r = 0; r < b->p->n_requests; r++) {
        lane_f arrival = b->n->requests[r].arrival;
        lane_i arrives = b->alive & (arrival >= b->t0) & (arrival < b->t1);
        if (lane_any(arrives)) product_request(b, r, arrives);
        if (!lane_any(arrival < b->t1)) return;
    }
}

static void product_step(struct batch *b)
{
    if (b->p->frictionless) return;
    product_requests(b);
    if (b->tick % b->p->ticks_per_week != 0) return;
    for (uint32_t r = 0; r < PROGRAM_REVIEWS; r++)
        if (b->week == product_review_week[r]) product_review(b, r);
}
