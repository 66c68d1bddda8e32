/* validate_change.c: what may be changed in a program without changing its answer, and how the answer must follow
 *
 * Measured is always a count of what should not be there: outcomes (metric of an organisation) of which any bit differs in any world.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "study/validate.h"
#include "study/validate_data.h"
#include "study/validate_lab.h"
#include "study/validate_program.h"

#define TEAMS 4
static const char *const arms[] = {"none", "coordinator", "costume", "tpm", "collapsed_one", "em_takes", "decouple", NULL};

/* A generated program before and after a change; both labs to be closed, whatever happened. */
struct change {
    struct text before[TABLES], after[TABLES];
    struct validate_lab was, is;
};

static int change_make(struct change *c, struct validate *v)
{
    *c = (struct change){0};
    int status = validate_program_make(c->before, TEAMS, 1, v->where);
    return status ? status : validate_program_make(c->after, TEAMS, 1, v->where);
}

static int change_live(struct change *c, struct validate *v, uint64_t worlds)
{
    struct validate_case of = {.arms = arms, .worlds = worlds};
    validate_lab_tables(&of, c->before);
    int status = validate_lab_live(&c->was, v, &of);
    validate_lab_tables(&of, c->after);
    return status ? status : validate_lab_live(&c->is, v, &of);
}

static void change_close(struct change *c)
{
    validate_lab_close(&c->was);
    validate_lab_close(&c->is);
    validate_program_free(c->before);
    validate_program_free(c->after);
}

static void nothing_differs(struct validate_finding *f, const struct change *c, const enum orgsim_metric *may, size_t n)
{
    size_t differing = 0;
    for (size_t a = 0; a < c->was.arms.n; a++) differing += validate_lab_differing(&c->was, a, &c->is, a, may, n);
    f->measured = (double)differing;
    f->se = 0;
}

/* --- levers off -------------------------------------------------------------------------------------------------------------------------- */

int validate_placebo(struct validate *v, struct validate_finding *f)
{
    static const char *const seats[] = {"none", "placebo", "tpm", "coordinator", "costume", "half_tpm", "tpm_coordinator", NULL};
    static const enum orgsim_metric may[] = {ORGSIM_METRIC_cost_k, ORGSIM_METRIC_seat_cost_k, ORGSIM_METRIC_npv_k,
                                             ORGSIM_METRIC_delivery_seat_weeks, ORGSIM_METRIC_trust_end};
    struct text texts[TABLES];
    struct validate_lab lab = {0};
    struct validate_case of = {.arms = seats, .worlds = validate_worlds(v, 1024), .levers_off = (1U << ORGSIM_LEVER_COUNT) - 1};
    int status = validate_program_make(texts, TEAMS, 1, v->where);
    validate_lab_tables(&of, texts);
    if (!status) status = validate_lab_live(&lab, v, &of);
    size_t differing = 0;
    for (size_t a = 1; !status && a < lab.arms.n; a++) differing += validate_lab_differing(&lab, 0, &lab, a, may, sizeof may / sizeof *may);
    validate_expect(f, 0, 0);
    f->measured = (double)differing;
    f->se = 0;
    validate_lab_close(&lab);
    validate_program_free(texts);
    return status;
}

/* --- twice the costs --------------------------------------------------------------------------------------------------------------------- */

static bool is_price(enum table table, const char *column, const char *first)
{
    switch (table) {
    case TABLE_MONEY:
        return !strcmp(column, "value") && strcmp(first, "benefit_load") && strcmp(first, "hiring_fee_share") && strcmp(first, "discount_rate");
    case TABLE_SEATS: return !strcmp(column, "cost_per_year");
    case TABLE_ARMS: return !strcmp(column, "extra_cost_per_year");
    case TABLE_RISKS: return !strcmp(column, "mitigation_cost_k");
    case TABLE_PACKAGES: return !strcmp(column, "penalty_k_per_week");
    default: return false;
    }
}

static const char *twice(void *context, enum table table, const char *column, const char *first, const char *text, char changed[VALIDATE_CELL])
{
    double value;
    (void)context;
    if (!is_price(table, column, first) || !text_number(text, &value)) return text;
    return text_of_double(changed, 2 * value);
}

/* What features are worth is left blank in these programs: a multiple of the program's cost, so that it doubles too. */
int validate_twice_costs(struct validate *v, struct validate_finding *f)
{
    static const enum orgsim_metric money[] = {ORGSIM_METRIC_cost_k,      ORGSIM_METRIC_cost_without_seats_k,     ORGSIM_METRIC_seat_cost_k,
                                               ORGSIM_METRIC_penalties_k, ORGSIM_METRIC_decision_debt_interest_k, ORGSIM_METRIC_value_k,
                                               ORGSIM_METRIC_npv_k};
    const size_t n = sizeof money / sizeof *money;
    struct change c;
    int status = change_make(&c, v);
    if (!status) status = validate_program_edit(c.after, twice, NULL);
    if (!status) status = change_live(&c, v, validate_worlds(v, 1024));
    if (!status) nothing_differs(f, &c, money, n);
    for (size_t a = 0; !status && a < c.was.arms.n; a++)
        for (size_t m = 0; m < n; m++) {
            const float *once = validate_lab_worlds(&c.was, a, money[m]), *dear = validate_lab_worlds(&c.is, a, money[m]);
            bool off = false;
            for (size_t w = 0; w < c.was.worlds; w++) off = off || dear[w] != 2 * once[w];
            f->measured += off;
        }
    validate_expect(f, 0, 0);
    change_close(&c);
    return status;
}

/* --- other names, and a risk that cannot happen ------------------------------------------------------------------------------------------ */

static bool is_among(const char *word, const char *const *list, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (!strcmp(word, list[k])) return true;
    return false;
}

/* Ids get other first letters, so that no order by name stays; words for people become other words. */
static const char *renamed(void *context, enum table table, const char *column, const char *first, const char *text,
                           char changed[VALIDATE_CELL])
{
    static const char *const ids[] = {"team", "package", "feature", "risk", "question", "from", "to", "a", "b", "forum"};
    static const char *const words[] = {"name", "label", "unit", "site", "why", "mitigation"};
    (void)context, (void)first;
    if (table == TABLE_PROGRAM || table == TABLE_MONEY || table == TABLE_ASSUMPTIONS || !*text) return text;
    if (!strncmp(text, "em:", 3)) snprintf(changed, VALIDATE_CELL, "em:%c%.100s", 'Z' - text[strlen(text) - 1] % 20, text + 3);
    else if (is_among(column, ids, sizeof ids / sizeof *ids))
        snprintf(changed, VALIDATE_CELL, "%c%.100s", 'Z' - text[strlen(text) - 1] % 20, text);
    else if (is_among(column, words, sizeof words / sizeof *words)) snprintf(changed, VALIDATE_CELL, "other words for %.100s", text);
    else return text;
    return changed;
}

int validate_renamed(struct validate *v, struct validate_finding *f)
{
    struct change c;
    int status = change_make(&c, v);
    if (!status) status = validate_program_edit(c.after, renamed, NULL);
    if (!status) status = change_live(&c, v, validate_worlds(v, 1024));
    if (!status) nothing_differs(f, &c, NULL, 0);
    validate_expect(f, 0, 0);
    change_close(&c);
    return status;
}

/* The first package's id: behind the header of its table. */
static void add_impossible_risk(struct text texts[TABLES], const struct orgsim_scenario *s)
{
    text_format(&texts[TABLE_RISKS], "impossible,,technical,%s,0", s->packages[0].id);
    for (size_t c = 5; c < columns_of[TABLE_RISKS].n_columns; c++) text_add(&texts[TABLE_RISKS], ",");
    text_add(&texts[TABLE_RISKS], "\n");
}

int validate_impossible_risk(struct validate *v, struct validate_finding *f)
{
    struct change c;
    struct validate_lab plain = {0};
    struct validate_case of = {.arms = arms};
    int status = change_make(&c, v);
    validate_lab_tables(&of, c.before);
    if (!status) status = validate_lab_open(&plain, v, &of);
    if (!status) add_impossible_risk(c.after, plain.scenario);
    if (!status && c.after[TABLE_RISKS].failed) status = validate_memory(v);
    if (!status) status = change_live(&c, v, validate_worlds(v, 1024));
    if (!status) nothing_differs(f, &c, NULL, 0);
    validate_expect(f, 0, 0);
    validate_lab_close(&plain);
    change_close(&c);
    return status;
}

/* --- rows in another order ----------------------------------------------------------------------------------------------------------------- */

static int turned(struct change *c, struct validate *v)
{
    static const enum table tables[] = {TABLE_TEAMS, TABLE_PACKAGES, TABLE_FEATURES, TABLE_DEPENDENCIES, TABLE_RISKS, TABLE_QUESTIONS};
    int status = change_make(c, v);
    for (size_t t = 0; !status && t < sizeof tables / sizeof *tables; t++) status = validate_program_reverse(c->after, tables[t]);
    return status ? status : change_live(c, v, validate_worlds(v, 8192));
}

/* Mean paired difference: other luck, the same distribution. */
static int order(struct validate *v, struct validate_finding *f, enum orgsim_metric metric)
{
    struct change c;
    int status = turned(&c, v);
    if (!status) {
        float *was = c.was.values + (size_t)metric * c.was.worlds;
        const float *is = validate_lab_worlds(&c.is, 0, metric);
        for (size_t w = 0; w < c.was.worlds; w++) was[w] = is[w] - was[w];
        validate_mean(f, was, c.was.worlds);
    }
    validate_expect(f, 0, 0);
    change_close(&c);
    return status;
}

/* How far two samples of one distribution are apart, but in one case of ten thousand, in units of sqrt(2 / n): Kolmogorov's law, sqrt(-ln(1e-4 / 2) / 2).
 * The two share the luck that hangs on no row, and lie closer for it. */
#define ORDER_APART 2.225

int validate_order_distribution(struct validate *v, struct validate_finding *f)
{
    static const enum orgsim_metric metrics[] = {ORGSIM_METRIC_finish_week, ORGSIM_METRIC_cost_k, ORGSIM_METRIC_npv_k};
    struct change c;
    int status = turned(&c, v);
    f->measured = f->se = 0;
    for (size_t m = 0; !status && m < sizeof metrics / sizeof *metrics; m++) {
        size_t at = (size_t)metrics[m] * c.was.worlds;
        f->measured = fmax(f->measured, validate_data_distance(c.was.values + at, c.was.worlds, c.is.values + at, c.is.worlds));
    }
    validate_expect(f, 0, 0);
    f->expected_high = status ? 0 : ORDER_APART * sqrt(2.0 / (double)c.was.worlds);
    change_close(&c);
    return status;
}

int validate_order_finish(struct validate *v, struct validate_finding *f) { return order(v, f, ORGSIM_METRIC_finish_week); }
int validate_order_cost(struct validate *v, struct validate_finding *f) { return order(v, f, ORGSIM_METRIC_cost_k); }

/* --- a package in two parts ---------------------------------------------------------------------------------------------------------------- */

int validate_split(struct validate *v, struct validate_finding *f)
{
    static const char *const packages[] = {"package,team,effort_mode_pw,max_engineers\nA,T,30,4\nB,U,24,3\nC,T,41,5\nD,U,18,2\n",
                                           "package,team,effort_mode_pw,max_engineers\nA,T,30,4\nB,U,24,3\nC,T,10,5\nD,U,18,2\nREST,T,31,5\n"};
    static const char *const links[] = {"from,to\nA,C\nB,C\nC,D\n", "from,to\nA,C\nB,C\nC,REST\nREST,D\n"};
    double finish[2] = {0};
    int status = 0;
    for (size_t k = 0; k < 2 && !status; k++) {
        struct validate_lab lab = {0};
        const struct validate_case of = {
            .table = {[TABLE_TEAMS] = "team,engineers\nT,1000\nU,1000\n", [TABLE_PACKAGES] = packages[k], [TABLE_DEPENDENCIES] = links[k]},
            .frictionless = true,
            .worlds = ORGSIM_BLOCK_WORLDS};
        status = validate_lab_live(&lab, v, &of);
        if (!status) finish[k] = validate_lab_mean(&lab, 0, ORGSIM_METRIC_finish_week);
        validate_lab_close(&lab);
    }
    f->measured = finish[1] - finish[0];
    f->se = 0;
    validate_expect(f, 0, 1e-4);
    return status;
}

/* --- more attention ------------------------------------------------------------------------------------------------------------------------- */

/* The loop is opened by what nobody does: speak, settle, talk about what is known, lose trust. In how many worlds is a lone risk then noticed later
 * with twice the attention? */
int validate_attention(struct validate *v, struct validate_finding *f)
{
    static const char *const span[] = {"span_tpm=3", "span_tpm=6"};
    struct validate_lab lab[2] = {0};
    size_t later = 0;
    int status = 0;
    for (size_t k = 0; k < 2 && !status; k++) {
        const struct validate_case of = {
            .table = {[TABLE_RISKS] = "risk,category,package,probability,impact_low_pw,impact_mode_pw,impact_high_pw\nR,technical,P,1,1,2,4\n",
                      [TABLE_SEATS] = "arm,role,fte,judgment,empowerment\nnone,tpm,1,0.6,0.5\n"},
            .settings = (const char *const[]){"theta=1e6", "chi0=0", "chi_seat=0", "h_open=0", "t_surp=0", "d_attn=0", "psi=0", span[k], NULL},
            .worlds = validate_worlds(v, 8192)};
        status = validate_lab_live(&lab[k], v, &of);
    }
    for (size_t w = 0; !status && w < lab[0].worlds; w++)
        later += validate_lab_worlds(&lab[1], 0, ORGSIM_METRIC_detection_lead_weeks)[w] <
                 validate_lab_worlds(&lab[0], 0, ORGSIM_METRIC_detection_lead_weeks)[w];
    validate_expect(f, 0, 0);
    f->measured = (double)later;
    f->se = 0;
    for (size_t k = 0; k < 2; k++) validate_lab_close(&lab[k]);
    return status;
}
