/* tables.c: the CSV files of the results folder */
#include "report/tables.h"

#include <inttypes.h>

const char *const tables_levels[ORGSIM_QUANTILES] = {"p05", "p10", "p20", "p25", "p50", "p75", "p80", "p90", "p95"};

static void add_number(struct text *text, double x)
{
    char digits[TEXT_NUMBER_SIZE];
    text_add(text, ",");
    text_add(text, text_of_double(digits, x));
}

static void add_interval(struct text *text, double low, double high)
{
    add_number(text, low);
    add_number(text, high);
}

static void add_shift(struct text *text, const struct orgsim_shift *shift)
{
    add_number(text, shift->difference);
    add_interval(text, shift->ci_low, shift->ci_high);
}

static void add_word(struct text *text, const char *s)
{
    text_add(text, ",");
    text_csv(text, s ? s : "");
}

void tables_outcomes_header(struct text *line)
{
    text_add(line, "world,arm");
    for (int m = 0; m < ORGSIM_METRIC_COUNT; m++) add_word(line, orgsim_metric_info((enum orgsim_metric)m)->id);
    text_add(line, "\n");
}

int tables_outcomes_block(FILE *stream, struct text *line, const struct orgsim_scenario *scenario, const size_t *arms,
                          const struct orgsim_block *block)
{
    char digits[TEXT_NUMBER_SIZE];
    for (size_t w = 0; w < block->worlds; w++) {
        line->n = 0;
        for (size_t a = 0; a < block->arms; a++) {
            text_format(line, "%" PRIu64, block->first_world + w);
            add_word(line, scenario->arms[arms[a]].id);
            for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++) {
                text_add_n(line, ",", 1);
                text_add(line, text_of_float(digits, block->values[(a * ORGSIM_METRIC_COUNT + m) * block->worlds + w]));
            }
            text_add_n(line, "\n", 1);
        }
        if (line->failed) return ORGSIM_ERROR_MEMORY;
        if (fwrite(line->s, 1, line->n, stream) != line->n) return ORGSIM_ERROR_IO;
    }
    return ORGSIM_OK;
}

void tables_summary(struct text *text, const struct finding *f)
{
    text_add(text, "arm,metric,unit,mean,se");
    for (int q = 0; q < ORGSIM_QUANTILES; q++) text_format(text, ",%s", tables_levels[q]);
    for (int q = 0; q < ORGSIM_QUANTILES; q++) text_format(text, ",%s_ci_low,%s_ci_high", tables_levels[q], tables_levels[q]);
    text_add(text, "\n");
    for (size_t row = 0; row < f->results->n_arms; row++) {
        for (int m = 0; m < ORGSIM_METRIC_COUNT; m++) {
            const struct orgsim_metric_info *info = orgsim_metric_info((enum orgsim_metric)m);
            const struct orgsim_summary *s = finding_summary(f, row, (enum orgsim_metric)m);
            text_csv(text, finding_id(f, row));
            text_format(text, ",%s,%s", info->id, info->unit);
            add_number(text, s->mean);
            add_number(text, s->se);
            for (int q = 0; q < ORGSIM_QUANTILES; q++) add_number(text, s->quantile[q]);
            for (int q = 0; q < ORGSIM_QUANTILES; q++) add_interval(text, s->quantile_low[q], s->quantile_high[q]);
            text_add(text, "\n");
        }
    }
}

void tables_comparison(struct text *text, const struct finding *f)
{
    text_add(text, "arm,baseline,metric,unit,mean_difference,ci_low,ci_high,se,n,both_complete_difference,rescued_share,lost_share,"
                   "p20_difference,p20_ci_low,p20_ci_high,p50_difference,p50_ci_low,p50_ci_high,p80_difference,p80_ci_low,p80_ci_high\n");
    for (size_t row = 0; row < f->results->n_arms; row++) {
        if (row == f->baseline) continue;
        for (int m = 0; m < ORGSIM_METRIC_COUNT; m++) {
            const struct orgsim_metric_info *info = orgsim_metric_info((enum orgsim_metric)m);
            const struct orgsim_comparison *c = finding_comparison(f, row, (enum orgsim_metric)m);
            text_csv(text, finding_id(f, row));
            add_word(text, finding_id(f, f->baseline));
            text_format(text, ",%s,%s", info->id, info->unit);
            add_number(text, c->mean_difference);
            add_number(text, c->ci_low);
            add_number(text, c->ci_high);
            add_number(text, c->se);
            text_format(text, ",%" PRIu64, f->results->worlds);
            add_number(text, c->both_complete_difference);
            add_number(text, c->rescued_share);
            add_number(text, c->lost_share);
            add_shift(text, &c->p20);
            add_shift(text, &c->p50);
            add_shift(text, &c->p80);
            text_add(text, "\n");
        }
    }
}

void tables_quantiles(struct text *text, const struct finding *f)
{
    const struct orgsim_results *r = f->results;
    text_add(text, "arm,percent,finish_week,npv_k,npv_k_difference,finish_week_ci_low,finish_week_ci_high,npv_k_ci_low,npv_k_ci_high,"
                   "npv_k_difference_ci_low,npv_k_difference_ci_high,finish_week_shift,finish_week_shift_ci_low,finish_week_shift_ci_high,"
                   "npv_k_shift,npv_k_shift_ci_low,npv_k_shift_ci_high\n");
    for (size_t row = 0; row < r->n_arms; row++) {
        for (size_t q = 0; q <= 100; q++) {
            text_csv(text, finding_id(f, row));
            text_format(text, ",%zu", q);
            size_t at = row * 101 + q;
            const struct orgsim_interval intervals[] = {r->finish_intervals[at], r->npv_intervals[at], r->npv_difference_intervals[at]};
            add_number(text, r->finish_quantiles[at]);
            add_number(text, r->npv_quantiles[at]);
            add_number(text, r->npv_difference_quantiles[at]);
            for (size_t i = 0; i < sizeof intervals / sizeof *intervals; i++) add_interval(text, intervals[i].low, intervals[i].high);
            add_shift(text, &r->finish_shift[at]);
            add_shift(text, &r->npv_shift[at]);
            text_add(text, "\n");
        }
    }
}

void tables_timeline(struct text *text, const struct finding *f)
{
    const struct orgsim_results *r = f->results;
    text_add(text, "arm,week,metric,mean,p10,p50,p90\n");
    for (size_t row = 0; row < r->n_arms; row++) {
        for (size_t week = 0; week < r->n_weeks; week++) {
            for (size_t m = 0; m < ORGSIM_TIMELINE_COUNT; m++) {
                const struct orgsim_band *b = &r->timeline[(row * r->n_weeks + week) * ORGSIM_TIMELINE_COUNT + m];
                text_csv(text, finding_id(f, row));
                text_format(text, ",%zu,%s", week, orgsim_timeline_info((enum orgsim_timeline)m)->id);
                add_number(text, b->mean);
                add_number(text, b->p10);
                add_number(text, b->p50);
                add_number(text, b->p90);
                text_add(text, "\n");
            }
        }
    }
}

void tables_packages(struct text *text, const struct finding *f)
{
    const struct orgsim_results *r = f->results;
    text_add(text, "arm,package,criticality,cruciality\n");
    for (size_t row = 0; row < r->n_arms; row++) {
        for (size_t i = 0; i < r->n_packages; i++) {
            text_csv(text, finding_id(f, row));
            add_word(text, f->scenario->packages[i].id);
            add_number(text, r->packages[row * r->n_packages + i].criticality);
            add_number(text, r->packages[row * r->n_packages + i].cruciality);
            text_add(text, "\n");
        }
    }
}

void tables_assumptions(struct text *text, const struct finding *f)
{
    text_add(text, "parameter,symbol,unit,value,default,low,high,distribution,grade,changed_by,source,meaning,measure\n");
    for (int i = 0; i < ASSUMPTION_COUNT; i++) {
        const struct assumption_info *info = &assumption_table[i];
        text_csv(text, info->name);
        add_word(text, info->symbol);
        add_word(text, info->unit);
        add_number(text, assumptions_get(&f->scenario->assumptions, i));
        add_number(text, info->default_value);
        add_number(text, info->low);
        add_number(text, info->high);
        add_word(text, info->distribution);
        add_word(text, info->grade);
        add_word(text, f->scenario->assumption_source[i]);
        add_word(text, info->source);
        add_word(text, info->meaning);
        add_word(text, info->measure);
        text_add(text, "\n");
    }
}
