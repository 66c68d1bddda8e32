/* ignorance.c: the answer over what nobody knows, in words and tables */
#include "report/ignorance.h"

#include <math.h>

#include "base/memory.h"
#include "report/manifest.h"

bool ignorance_told(const struct orgsim_ignorance *g) { return g && g->draws > 0 && g->headline != SIZE_MAX; }

size_t ignorance_rivals(const struct finding *f, size_t *rows)
{
    size_t n = finding_rows(f, false, rows), kept = 0;
    for (size_t k = 0; k < n; k++)
        if (rows[k] != f->headline) rows[kept++] = rows[k];
    for (size_t k = 1; k < kept; k++)
        if (rows[k] == f->baseline) {
            rows[k] = rows[0];
            rows[0] = f->baseline;
        }
    return kept;
}

static void add_label(struct text *text, const struct finding *f, size_t row, int flags)
{
    bool typographic = flags & SHOWN_TYPOGRAPHIC;
    text_format(text, "%s%s%s", typographic ? "\xe2\x80\x9c" : "\"", shown_label(finding_label(f, row)).s, typographic ? "\xe2\x80\x9d" : "\"");
}

double ignorance_share(const struct orgsim_ignorance_pair *p)
{
    double all = p->ignorance_variance + p->luck_variance + p->both_variance;
    return all > 0 ? p->ignorance_variance / all : 0;
}

void ignorance_title(struct text *text, const struct finding *f, const struct orgsim_ignorance *g, int flags)
{
    const struct orgsim_ignorance_pair *p = &g->pair[f->baseline];
    add_label(text, f, f->headline, flags);
    text_format(text, " pays against ");
    add_label(text, f, f->baseline, flags);
    text_format(text, " in %s of %s draws of what nobody knows", shown_share(p->pays_share, flags).s, shown_number((double)g->draws, 0, flags).s);
}

static void add_rivals(struct text *text, const struct finding *f, const struct orgsim_ignorance *g, int flags)
{
    size_t *rows = memory_array(f->results->n_arms, sizeof *rows);
    if (!rows) {
        text->failed = true;
        return;
    }
    size_t n = ignorance_rivals(f, rows);
    if (n > 1) text_add(text, " It beats ");
    for (size_t k = 1; k < n; k++) {
        add_label(text, f, rows[k], flags);
        text_format(text, " in %s%s", shown_share(g->pair[rows[k]].pays_share, flags).s, k + 2 < n ? ", " : k + 2 == n ? " and " : ".");
    }
    memory_free(rows);
}

void ignorance_words(struct text *text, const struct finding *f, const struct orgsim_ignorance *g, int flags)
{
    const struct orgsim_ignorance_pair *p = &g->pair[f->baseline];
    const int signs = flags | SHOWN_SIGN;
    ignorance_title(text, f, g, flags);
    text_format(text, " (95%% interval %s to %s; surely in %s, surely not in %s).", shown_share(p->pays_low, flags).s, shown_share(p->pays_high, flags).s,
                shown_share(p->pays_surely_share, flags).s, shown_share(p->costs_surely_share, flags).s);
    add_rivals(text, f, g, flags);
    text_format(text, " Its mean worth goes from %s (P10) to %s (P90), mean %s +-%s by simulation. Of the variance of one program's change, %s is ignorance, the rest luck.",
                shown_k(p->npv_k.p10, 0, signs).s, shown_k(p->npv_k.p90, 0, signs).s, shown_k(p->npv_k.mean, 0, signs).s,
                shown_k(SUMMARY_Z95 * p->simulation_se, 0, flags).s, shown_share(ignorance_share(p), flags).s);
    if (g->impossible) text_format(text, " %s draws were left out: the scenario forbids their numbers together.", shown_number((double)g->impossible, 0, flags).s);
}

/* --- files ------------------------------------------------------------------------------------------------------------------------------ */

static void add_numbers(struct text *text, const double *values, size_t n)
{
    char digits[TEXT_NUMBER_SIZE];
    for (size_t k = 0; k < n; k++) text_format(text, ",%s", text_of_double(digits, values[k]));
}

static void add_range(struct text *text, const struct orgsim_range *r) { add_numbers(text, (const double[]){r->mean, r->p10, r->p50, r->p90}, 4); }

void ignorance_csv(struct text *text, const struct finding *f, const struct orgsim_ignorance *g)
{
    text_add(text, "arm,against,metric,unit,mean,p10,p50,p90,pays_share,pays_low,pays_high,pays_surely_share,costs_surely_share,ignorance_variance,"
                   "luck_variance,both_variance,simulation_se,draws,worlds\n");
    for (size_t a = 0; a < g->n_arms; a++)
        for (int m = 0; m < ORGSIM_IGNORANCE_METRIC_COUNT; m++) {
            const struct orgsim_metric_info *info = orgsim_metric_info(orgsim_ignorance_metric((enum orgsim_ignorance_metric)m));
            text_csv(text, finding_id(f, a));
            text_format(text, ",,%s,%s", info->id, info->unit);
            add_range(text, &g->range[a * ORGSIM_IGNORANCE_METRIC_COUNT + (size_t)m]);
            text_format(text, ",,,,,,,,,,%llu,%llu\n", (unsigned long long)g->draws, (unsigned long long)g->worlds);
        }
    for (size_t a = 0; ignorance_told(g) && a < g->n_arms; a++) {
        const struct orgsim_ignorance_pair *p = &g->pair[a];
        if (a == g->headline) continue;
        text_csv(text, finding_id(f, g->headline));
        text_add(text, ",");
        text_csv(text, finding_id(f, a));
        text_add(text, ",npv_k,k");
        add_range(text, &p->npv_k);
        add_numbers(text, (const double[]){p->pays_share, p->pays_low, p->pays_high, p->pays_surely_share, p->costs_surely_share, p->ignorance_variance,
                                           p->luck_variance, p->both_variance, p->simulation_se}, 9);
        text_format(text, ",%llu,%llu\n", (unsigned long long)g->draws, (unsigned long long)g->worlds);
    }
}

void ignorance_draws_csv(struct text *text, const struct finding *f, const struct orgsim_ignorance *g)
{
    text_add(text, "draw");
    for (size_t p = 0; p < g->n_parameters; p++) text_format(text, ",%s", g->parameter[p]);
    for (size_t a = 0; a < g->n_arms; a++) {
        struct text name = {0};
        text_format(&name, "npv_k.%s", finding_id(f, a));
        text_add(text, ",");
        text_csv(text, name.s ? name.s : "");
        text_free(&name);
    }
    text_add(text, "\n");
    for (uint64_t k = 0; k < g->draws; k++) {
        text_format(text, "%llu", (unsigned long long)k);
        add_numbers(text, g->value + k * g->n_parameters, g->n_parameters);
        for (size_t a = 0; a < g->n_arms; a++) add_numbers(text, &g->mean[(k * g->n_arms + a) * ORGSIM_IGNORANCE_METRIC_COUNT + ORGSIM_IGNORANCE_npv_k], 1);
        text_add(text, "\n");
    }
}

static json_t *range_json(const struct orgsim_range *r)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "mean", manifest_number(r->mean), "p10", manifest_number(r->p10), "p50", manifest_number(r->p50), "p90",
                     manifest_number(r->p90));
}

static json_t *pair_json(const struct finding *f, const struct orgsim_ignorance *g, size_t arm)
{
    const struct orgsim_ignorance_pair *p = &g->pair[arm];
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "against", finding_id(f, arm), "npv_k", range_json(&p->npv_k), "pays_share",
                     manifest_number(p->pays_share), "ci_low", manifest_number(p->pays_low), "ci_high", manifest_number(p->pays_high), "pays_surely_share",
                     manifest_number(p->pays_surely_share), "costs_surely_share", manifest_number(p->costs_surely_share), "ignorance_variance",
                     manifest_number(p->ignorance_variance), "luck_variance", manifest_number(p->luck_variance), "both_variance",
                     manifest_number(p->both_variance), "simulation_se", manifest_number(p->simulation_se));
}

static json_t *arm_json(const struct finding *f, const struct orgsim_ignorance *g, size_t arm)
{
    json_t *metrics = json_object();
    for (int m = 0; metrics && m < ORGSIM_IGNORANCE_METRIC_COUNT; m++) {
        const char *id = orgsim_metric_info(orgsim_ignorance_metric((enum orgsim_ignorance_metric)m))->id;
        if (json_object_set_new(metrics, id, range_json(&g->range[arm * ORGSIM_IGNORANCE_METRIC_COUNT + (size_t)m]))) return json_decref(metrics), NULL;
    }
    return json_pack("{s:s, s:o}", "arm", finding_id(f, arm), "metrics", metrics);
}

json_t *ignorance_json(const struct finding *f, const struct orgsim_ignorance *g)
{
    if (!g || g->draws == 0) return json_null();
    json_t *arms = json_array(), *pairs = json_array();
    bool good = arms && pairs;
    for (size_t a = 0; a < g->n_arms && good; a++) good = json_array_append_new(arms, arm_json(f, g, a)) == 0;
    for (size_t a = 0; ignorance_told(g) && a < g->n_arms && good; a++)
        if (a != g->headline) good = json_array_append_new(pairs, pair_json(f, g, a)) == 0;
    json_t *json = good ? json_pack("{s:I, s:I, s:I, s:I, s:O, s:O}", "draws", (json_int_t)g->draws, "impossible", (json_int_t)g->impossible, "worlds",
                                    (json_int_t)g->worlds, "parameters", (json_int_t)g->n_parameters, "arms", arms, "headline_less", pairs)
                        : NULL;
    json_decref(arms);
    json_decref(pairs);
    return json;
}
