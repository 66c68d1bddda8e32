/* mechanism.h: what the mechanisms call of one another (all of it inside one translation unit, kernel.c) */
#ifndef ORGSIM_ENGINE_MECHANISM_MECHANISM_H
#define ORGSIM_ENGINE_MECHANISM_MECHANISM_H

#include "engine/state.h"

/* decision.c */
static __attribute__((unused)) void decision_buy_mitigation(struct batch *b, size_t k, lane_i surfaced);
static __attribute__((unused)) void decision_resolve_risk(struct batch *b, size_t k, lane_i mask, lane_f week);
static __attribute__((unused)) void decision_answer_question(struct batch *b, size_t k, lane_i mask, lane_f week, lane_f judgment);

/* judgment.c */
static __attribute__((unused)) void judgment_false_alarm(struct batch *b, size_t k, lane_i mask);

/* product.c, management.c: a feature is cut by either, on the same perceived value */
static __attribute__((unused)) lane_f product_expected_value(const struct batch *b, size_t g, uint32_t stream, uint32_t ordinal);
static __attribute__((unused)) lane_f management_feature_progress(const struct batch *b, size_t g);
static __attribute__((unused)) void management_cut_feature(struct batch *b, size_t g, lane_i mask);

/* realisation.c */
static __attribute__((unused)) void realise(struct batch *b, size_t k, lane_i strikes, lane_f week);

/* work.c */
static __attribute__((unused)) void work_latch_done(struct batch *b, size_t i, lane_i mask, lane_f week);
static __attribute__((unused)) void acceptance_tell_integrator(struct batch *b, size_t i, lane_i mask, lane_f week);

#endif
