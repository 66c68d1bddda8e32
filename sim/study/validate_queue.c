/* validate_queue.c: the way through a forum against queueing theory
 *
 * Everything else on the way (noticing, preparing, deciding) takes a millionth of a week here, so that escalation_latency_weeks is the wait.
 */
#include <math.h>

#include "base/memory.h"
#include "base/text.h"
#include "study/validate.h"
#include "study/validate_lab.h"

/* Seen at once, loud, prepared and decided in no time, and never in vain. */
#define IN_NO_TIME                                                                                                                             \
    VALIDATE_CALM, "rec=1e6", "det_base=1e6", "theta=1e-9", "mum=0", "tau_prep=1e-6", "tau_dec=1e-6", "p_unp=0", "chi0=0", "chi_seat=0",       \
        "p_r0=1", "p_r1=0"
#define QUESTIONS "question,package,kind,altitude,opens_at_share\n"
#define FORUM "forum,level,cadence_weeks,slots,background_slots\n"

#define CADENCE 6.0

static int lone(struct validate_lab *lab, struct validate *v)
{
    const struct validate_case of = {
        .table = {[TABLE_QUESTIONS] = QUESTIONS "Q,P,delivery,cross,0.25\n", [TABLE_FORUMS] = FORUM "sync,cross,6,5,2\n"},
        .settings = (const char *const[]){IN_NO_TIME, "p_gw=0", NULL},
        .worlds = validate_worlds(v, 32768)};
    return validate_lab_live(lab, v, &of);
}

/* Who comes at a given moment waits uniformly from nothing to the whole cadence. */
int validate_cadence_mean(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    int status = lone(&lab, v);
    if (!status) validate_mean(f, validate_lab_worlds(&lab, 0, ORGSIM_METRIC_escalation_latency_weeks), lab.worlds);
    validate_expect(f, CADENCE / 2, 1e-4);
    validate_lab_close(&lab);
    return status;
}

int validate_cadence_sd(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    int status = lone(&lab, v);
    if (!status) validate_sd(f, validate_lab_worlds(&lab, 0, ORGSIM_METRIC_escalation_latency_weeks), lab.worlds);
    validate_expect(f, CADENCE / sqrt(12), 1e-4);
    validate_lab_close(&lab);
    return status;
}

/* Twelve items at once before a forum that meets every second week and hears three: the n-th waits ceil(n / 3) - 1 meetings more than the first. */
int validate_backlog(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    struct text questions = {0};
    text_add(&questions, QUESTIONS);
    for (int k = 0; k < 12; k++) text_format(&questions, "Q%d,P,delivery,cross,0.2\n", k);
    const struct validate_case of = {.table = {[TABLE_QUESTIONS] = questions.s, [TABLE_FORUMS] = FORUM "sync,cross,2,5,2\n"},
                                     .settings = (const char *const[]){IN_NO_TIME, "p_gw=0", NULL},
                                     .worlds = validate_worlds(v, 8192)};
    int status = questions.failed ? validate_memory(v) : validate_lab_live(&lab, v, &of);
    if (!status) validate_mean(f, validate_lab_worlds(&lab, 0, ORGSIM_METRIC_escalation_latency_weeks), lab.worlds);
    validate_expect(f, 1 + 1.5 * 2, 1e-3);
    text_free(&questions);
    validate_lab_close(&lab);
    return status;
}

/* --- random arrivals, random service --------------------------------------------------------------------------------------------------
 *
 * ARRIVALS questions open at times that are uniform over a long package, so that they arrive as good as at random, RATE a week; the forum meets every
 * week, hears one item, and with probability SOFTENED in vain: then it comes again. Service is geometric, the discrete exponential. An M/M/1 queue
 * that is looked at once a week waits (2 - r) / (2 (p - r)) - 1/2 weeks, p = 1 - SOFTENED; with ever shorter weeks that becomes 1 / (p - r). */

#define BUSY_WORLDS 2048
#define ARRIVALS 400
#define RATE 0.25
#define SOFTENED 0.5
#define OPENS_UNTIL 0.8 /* of the package, so that the queue runs empty before the end */

/* Adds up the open questions at the start of each week, world by world. */
static void count(void *context, const struct program *program, const struct live_block *block)
{
    float *counted = (float *)context + block->first_world;
    for (size_t week = 0; week <= (size_t)program->horizon_weeks; week++) {
        const float *open = block->timeline + (week * ORGSIM_TIMELINE_COUNT + ORGSIM_TIMELINE_open_decisions) * block->worlds;
        for (size_t w = 0; w < block->worlds; w++) counted[w] += open[w];
    }
}

static int busy_forum(struct validate_lab *lab, struct validate *v, float *counted)
{
    struct text questions = {0}, package = {0};
    text_add(&questions, QUESTIONS);
    for (int k = 0; k < ARRIVALS; k++) text_format(&questions, "Q%d,P,delivery,cross,\n", k);
    text_format(&package, "package,team,effort_mode_pw\nP,T,%g\n", 10 * ARRIVALS / RATE / OPENS_UNTIL);
    const struct validate_case of = {.table = {[TABLE_PROGRAM] = "setting,value\nname,Laboratory\nhorizon_weeks,2600\n",
                                               [TABLE_QUESTIONS] = questions.s,
                                               [TABLE_PACKAGES] = package.s,
                                               [TABLE_FORUMS] = FORUM "sync,cross,1,2,1\n"},
                                     .settings = (const char *const[]){IN_NO_TIME, "p_gw=0.5", "tau_retry=1e-6", "x_open=0.8", NULL},
                                     .worlds = validate_worlds(v, BUSY_WORLDS),
                                     .timeline = counted != NULL,
                                     .context = counted,
                                     .see = counted ? count : NULL};
    int status = questions.failed || package.failed ? validate_memory(v) : validate_lab_live(lab, v, &of);
    text_free(&questions);
    text_free(&package);
    return status;
}

int validate_mm1(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    int status = busy_forum(&lab, v, NULL);
    if (!status) validate_mean(f, validate_lab_worlds(&lab, 0, ORGSIM_METRIC_escalation_latency_weeks), lab.worlds);
    double expected = (2 - RATE) / (2 * (1 - SOFTENED - RATE)) - 0.5;
    validate_expect(f, expected, 0.015 * expected); /* it starts empty, and the number of arrivals is given */
    validate_lab_close(&lab);
    return status;
}

/* Open questions, counted once a week, against open weeks, added up item by item: their ratio in each world. */
int validate_little(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    float *counted = memory_array((size_t)validate_worlds(v, BUSY_WORLDS), sizeof *counted);
    int status = counted ? busy_forum(&lab, v, counted) : validate_memory(v);
    if (!status) {
        const float *weeks = validate_lab_worlds(&lab, 0, ORGSIM_METRIC_decision_debt_weeks);
        for (size_t w = 0; w < lab.worlds; w++) counted[w] /= weeks[w];
        validate_mean(f, counted, lab.worlds);
    }
    validate_expect(f, 1, 0.001);
    memory_free(counted);
    validate_lab_close(&lab);
    return status;
}
