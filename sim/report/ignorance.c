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

bool ignorance_published(const struct orgsim_ignorance *g) { return g->published >= ORGSIM_IGNORANCE_DRAWS_LEAST; }

int ignorance_extreme(const struct finding *f, const struct orgsim_ignorance *g, size_t row)
{
    const struct orgsim_range *range = &g->range[row * ORGSIM_IGNORANCE_METRIC_COUNT + ORGSIM_IGNORANCE_npv_k];
    double here = finding_summary(f, row, ORGSIM_METRIC_npv_k)->mean;
    return here > range->p90 ? 1 : here < range->p10 ? -1 : 0;
}

/* "a" pays against "b" in 95% of 200 draws of what nobody knows */
static void add_pays(struct text *text, const struct finding *f, const struct orgsim_ignorance *g, int flags)
{
    add_label(text, f, f->headline, flags);
    text_add(text, " pays against ");
    add_label(text, f, f->baseline, flags);
    text_format(text, " in %s of %s draws of what nobody knows", shown_share(g->pair[f->baseline].pays_share, flags).s, shown_number((double)g->draws, 0, flags).s);
}

void ignorance_title(struct text *text, const struct finding *f, const struct orgsim_ignorance *g, int flags)
{
    add_pays(text, f, g, flags);
    if (ignorance_published(g))
        text_format(text, ", in %s of those as late as published programs", shown_share(g->pair[f->baseline].published_share, flags).s);
}

enum { ALL_DRAWS, PUBLISHED_DRAWS };

/* "It beats "a" in 80%, "b" in 70% and "c" in 60%"; nothing without rivals. */
static void add_rivals(struct text *text, const struct finding *f, const struct orgsim_ignorance *g, int draws, const char *lead, int flags)
{
    size_t *rows = memory_array(f->results->n_arms, sizeof *rows);
    if (!rows) {
        text->failed = true;
        return;
    }
    size_t n = ignorance_rivals(f, rows);
    if (n > 1) text_add(text, lead);
    for (size_t k = 1; k < n; k++) {
        const struct orgsim_ignorance_pair *p = &g->pair[rows[k]];
        add_label(text, f, rows[k], flags);
        text_format(text, " in %s%s", shown_share(draws == ALL_DRAWS ? p->pays_share : p->published_share, flags).s, k + 2 < n ? ", " : k + 2 == n ? " and " : "");
    }
    memory_free(rows);
}

static void add_worth(struct text *text, const struct orgsim_range *range, int flags)
{
    text_format(text, "%s (P10) to %s (P90)", shown_k(range->p10, 0, flags | SHOWN_SIGN).s, shown_k(range->p90, 0, flags | SHOWN_SIGN).s);
}

static void add_published(struct text *text, const struct finding *f, const struct orgsim_ignorance *g, int flags)
{
    const struct orgsim_ignorance_pair *p = &g->pair[f->baseline];
    if (!ignorance_published(g)) {
        if (g->published > 0)
            text_format(text, "Only %s of the draws are of programs as late as published ones (+%.0f to +%.0f%%): ask for more draws.",
                        shown_number((double)g->published, 0, flags).s, 100 * ORGSIM_IGNORANCE_SLIP_LEAST, 100 * ORGSIM_IGNORANCE_SLIP_MOST);
        return;
    }
    text_format(text, "In the %s draws in which ", shown_number((double)g->published, 0, flags).s);
    add_label(text, f, f->baseline, flags);
    text_format(text, " is as late as published programs (+%.0f to +%.0f%%) it pays in %s (95%% interval %s to %s)", 100 * ORGSIM_IGNORANCE_SLIP_LEAST,
                100 * ORGSIM_IGNORANCE_SLIP_MOST, shown_share(p->published_share, flags).s, shown_share(p->published_low, flags).s,
                shown_share(p->published_high, flags).s);
    add_rivals(text, f, g, PUBLISHED_DRAWS, " and beats ", flags);
    text_add(text, "; its mean worth goes from ");
    add_worth(text, &p->published_npv_k, flags);
    text_add(text, ".");
}

/* How an organisation does by itself is known less well than what the change brings. */
static void add_level(struct text *text, const struct finding *f, const struct orgsim_ignorance *g, int flags)
{
    int extreme = ignorance_extreme(f, g, f->headline);
    text_format(text, "%sNet value itself, under ", text->n ? " " : "");
    add_label(text, f, f->headline, flags);
    text_add(text, ", goes from ");
    add_worth(text, &g->range[f->headline * ORGSIM_IGNORANCE_METRIC_COUNT + ORGSIM_IGNORANCE_npv_k], flags);
    text_format(text, " over all draws%s.", extreme > 0 ? ": the levels above are at its favourable end" : extreme < 0 ? ": the levels above are at its adverse end" : "");
}

void ignorance_words(struct text *text, const struct finding *f, const struct orgsim_ignorance *g, int flags)
{
    const struct orgsim_ignorance_pair *p = &g->pair[f->baseline];
    add_pays(text, f, g, flags);
    text_format(text, " (95%% interval %s to %s; surely in %s, surely not in %s)", shown_share(p->pays_low, flags).s, shown_share(p->pays_high, flags).s,
                shown_share(p->pays_surely_share, flags).s, shown_share(p->costs_surely_share, flags).s);
    add_rivals(text, f, g, ALL_DRAWS, " and beats ", flags);
    text_add(text, "; its mean worth goes from ");
    add_worth(text, &p->npv_k, flags);
    text_format(text, ", mean %s +-%s by simulation.", shown_k(p->npv_k.mean, 0, flags | SHOWN_SIGN).s, shown_k(SUMMARY_Z95 * p->simulation_se, 0, flags).s);
    text_format(text, " Of the variance of one program's change, %s is ignorance, the rest luck.", shown_share(ignorance_share(p), flags).s);
    if (g->impossible) text_format(text, " %s draws were left out: the scenario forbids their numbers together.", shown_number((double)g->impossible, 0, flags).s);
}

void ignorance_words_published(struct text *text, const struct finding *f, const struct orgsim_ignorance *g, int flags)
{
    add_published(text, f, g, flags);
    add_level(text, f, g, flags);
}

/* --- files ------------------------------------------------------------------------------------------------------------------------------ */

static void add_numbers(struct text *text, const double *values, size_t n)
{
    char digits[TEXT_NUMBER_SIZE];
    for (size_t k = 0; k < n; k++) text_format(text, ",%s", text_of_double(digits, values[k]));
}

static void add_range(struct text *text, const struct orgsim_range *r) { add_numbers(text, (const double[]){r->mean, r->p10, r->p50, r->p90}, 4); }

static void add_counts(struct text *text, const struct orgsim_ignorance *g, const struct orgsim_range *published)
{
    text_format(text, ",%llu,%llu,%llu", (unsigned long long)g->draws, (unsigned long long)g->worlds, (unsigned long long)g->published);
    add_range(text, published);
}

void ignorance_csv(struct text *text, const struct finding *f, const struct orgsim_ignorance *g)
{
    text_add(text, "arm,against,metric,unit,mean,p10,p50,p90,pays_share,pays_low,pays_high,pays_surely_share,costs_surely_share,ignorance_variance,"
                   "luck_variance,both_variance,simulation_se,draws,worlds,published_draws,published_mean,published_p10,published_p50,published_p90,"
                   "published_share,published_low,published_high\n");
    for (size_t a = 0; a < g->n_arms; a++)
        for (int m = 0; m < ORGSIM_IGNORANCE_METRIC_COUNT; m++) {
            const struct orgsim_metric_info *info = orgsim_metric_info(orgsim_ignorance_metric((enum orgsim_ignorance_metric)m));
            text_csv(text, finding_id(f, a));
            text_format(text, ",,%s,%s", info->id, info->unit);
            add_range(text, &g->range[a * ORGSIM_IGNORANCE_METRIC_COUNT + (size_t)m]);
            text_add(text, ",,,,,,,,,");
            add_counts(text, g, &g->published_range[a * ORGSIM_IGNORANCE_METRIC_COUNT + (size_t)m]);
            text_add(text, ",,,\n");
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
        add_counts(text, g, &p->published_npv_k);
        add_numbers(text, (const double[]){p->published_share, p->published_low, p->published_high}, 3);
        text_add(text, "\n");
    }
}

void ignorance_draws_csv(struct text *text, const struct finding *f, const struct orgsim_ignorance *g)
{
    text_add(text, "draw");
    for (size_t p = 0; p < g->n_parameters; p++) text_format(text, ",%s", g->parameter[p]);
    for (int m = ORGSIM_IGNORANCE_METRIC_COUNT; m-- > 0;)
        for (size_t a = 0; a < g->n_arms; a++) {
            struct text name = {0};
            text_format(&name, "%s.%s", orgsim_metric_info(orgsim_ignorance_metric((enum orgsim_ignorance_metric)m))->id, finding_id(f, a));
            text_add(text, ",");
            text_csv(text, name.s ? name.s : "");
            text->failed |= name.failed;
            text_free(&name);
        }
    text_add(text, "\n");
    for (uint64_t k = 0; k < g->draws; k++) {
        text_format(text, "%llu", (unsigned long long)k);
        add_numbers(text, g->value + k * g->n_parameters, g->n_parameters);
        for (int m = ORGSIM_IGNORANCE_METRIC_COUNT; m-- > 0;)
            for (size_t a = 0; a < g->n_arms; a++) add_numbers(text, &g->mean[(k * g->n_arms + a) * ORGSIM_IGNORANCE_METRIC_COUNT + (size_t)m], 1);
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
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "against", finding_id(f, arm), "npv_k", range_json(&p->npv_k), "pays_share",
                     manifest_number(p->pays_share), "ci_low", manifest_number(p->pays_low), "ci_high", manifest_number(p->pays_high), "pays_surely_share",
                     manifest_number(p->pays_surely_share), "costs_surely_share", manifest_number(p->costs_surely_share), "ignorance_variance",
                     manifest_number(p->ignorance_variance), "luck_variance", manifest_number(p->luck_variance), "both_variance",
                     manifest_number(p->both_variance), "simulation_se", manifest_number(p->simulation_se),
                     "published_npv_k", range_json(&p->published_npv_k), "published_share", manifest_number(p->published_share), "published_ci_low",
                     manifest_number(p->published_low), "published_ci_high", manifest_number(p->published_high));
}

/* NULL when out of memory. */
static json_t *ranges_json(const struct orgsim_range *ranges)
{
    json_t *metrics = json_object();
    for (int m = 0; metrics && m < ORGSIM_IGNORANCE_METRIC_COUNT; m++) {
        const char *id = orgsim_metric_info(orgsim_ignorance_metric((enum orgsim_ignorance_metric)m))->id;
        if (json_object_set_new(metrics, id, range_json(&ranges[m]))) return json_decref(metrics), NULL;
    }
    return metrics;
}

static json_t *arm_json(const struct finding *f, const struct orgsim_ignorance *g, size_t arm)
{
    return json_pack("{s:s, s:o, s:o}", "arm", finding_id(f, arm), "metrics", ranges_json(g->range + arm * ORGSIM_IGNORANCE_METRIC_COUNT), "published_metrics",
                     ranges_json(g->published_range + arm * ORGSIM_IGNORANCE_METRIC_COUNT));
}

json_t *ignorance_json(const struct finding *f, const struct orgsim_ignorance *g)
{
    if (!g || g->draws == 0) return json_null();
    json_t *arms = json_array(), *pairs = json_array();
    bool good = arms && pairs;
    for (size_t a = 0; a < g->n_arms && good; a++) good = json_array_append_new(arms, arm_json(f, g, a)) == 0;
    for (size_t a = 0; ignorance_told(g) && a < g->n_arms && good; a++)
        if (a != g->headline) good = json_array_append_new(pairs, pair_json(f, g, a)) == 0;
    json_t *json = good ? json_pack("{s:I, s:I, s:I, s:I, s:I, s:O, s:O}", "draws", (json_int_t)g->draws, "published_draws", (json_int_t)g->published, "impossible", (json_int_t)g->impossible, "worlds",
                                    (json_int_t)g->worlds, "parameters", (json_int_t)g->n_parameters, "arms", arms, "headline_less", pairs)
                        : NULL;
    json_decref(arms);
    json_decref(pairs);
    return json;
}
