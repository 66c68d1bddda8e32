/* claims.c: the answer of orgsim claims */
#include "report/claims.h"

#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "base/file.h"
#include "report/conditions.h"
#include "report/figure_write.h"
#include "report/manifest.h"

#define WIDTH 112
#define WHAT_COLUMNS 70

const char *claims_verdict(enum orgsim_claim_verdict verdict)
{
    static const char *const words[] = {[ORGSIM_CLAIM_HOLDS] = "holds",
                                        [ORGSIM_CLAIM_FAILS] = "does not hold",
                                        [ORGSIM_CLAIM_UNDECIDED] = "undecided",
                                        [ORGSIM_CLAIM_PARTLY] = "holds in part",
                                        [ORGSIM_CLAIM_UNTESTED] = "not tested here"};
    return words[verdict];
}

static size_t count(const struct orgsim_claims *c, enum orgsim_claim claim, enum orgsim_claim_verdict verdict)
{
    size_t n = 0;
    for (size_t r = 0; r < c->n; r++) n += c->row[r].claim == claim && c->row[r].verdict == verdict;
    return n;
}

void claims_sentence(struct text *text, const struct claims_report *r, enum orgsim_claim claim, int flags)
{
    const struct orgsim_claims *c = r->claims;
    (void)flags;
    size_t holds = count(c, claim, ORGSIM_CLAIM_HOLDS), fails = count(c, claim, ORGSIM_CLAIM_FAILS), open = count(c, claim, ORGSIM_CLAIM_UNDECIDED);
    text_format(text, "%s: %zu of %zu measurements as claimed", claims_verdict(c->verdict[claim]), holds, holds + fails + open);
    if (fails) text_format(text, ", %zu the other way", fails);
    if (open) text_format(text, ", %zu undecided", open);
}

/* Levels and differences with as many decimals as their unit wants. */
static struct shown value_of(const struct orgsim_claim_row *row, double value, int flags)
{
    struct shown s;
    double size = fmax(fabs(row->first_level), fabs(row->second_level));
    if (isnan(value)) snprintf(s.s, sizeof s.s, "-");
    else if (row->unit[0] == 'k' && !row->unit[1]) s = shown_k(value, 0, flags);
    else s = shown_number(value, size < 2 ? 3 : size < 100 ? 1 : 0, flags);
    return s;
}

static void add_row(struct text *text, const struct orgsim_claim_row *row)
{
    struct text what = {0};
    text_format(&what, "%s (%s)", row->what, row->unit);
    text_format(text, "  %-*s %9s %9s  ", WHAT_COLUMNS, what.s ? what.s : "", value_of(row, row->first_level, 0).s, value_of(row, row->second_level, 0).s);
    if (isnan(row->difference.mean)) text_add(text, "not tested here\n");
    else
        text_format(text, "%s (%s to %s)  %s\n", value_of(row, row->difference.mean, SHOWN_SIGN).s, value_of(row, row->difference.ci_low, SHOWN_SIGN).s,
                    value_of(row, row->difference.ci_high, SHOWN_SIGN).s, claims_verdict(row->verdict));
    text->failed |= what.failed;
    text_free(&what);
}

static void add_claim(struct text *text, const struct claims_report *r, enum orgsim_claim claim)
{
    struct text words = {0}, wrapped = {0};
    text_format(&words, "%s.", orgsim_claim_words(claim));
    shown_wrap(&wrapped, words.s ? words.s : "", WIDTH, 3, "\n");
    text_format(text, "%s\n  ", wrapped.s ? wrapped.s : "");
    claims_sentence(text, r, claim, 0);
    text_add(text, "\n");
    for (size_t k = 0; k < r->claims->n; k++)
        if (r->claims->row[k].claim == claim) add_row(text, &r->claims->row[k]);
    text_add(text, "\n");
    text->failed |= words.failed | wrapped.failed;
    text_free(&words);
    text_free(&wrapped);
}

void claims_answer(struct text *text, const struct claims_report *r)
{
    const struct orgsim_claims *c = r->claims;
    static const char *const one[] = {"holds", "does not hold", "is undecided", "holds in part", "is not tested here"};
    static const char *const many[] = {"hold", "do not hold", "are undecided", "hold in part", "are not tested here"};
    size_t n[ORGSIM_CLAIM_UNTESTED + 1] = {0};
    for (int k = 0; k < ORGSIM_CLAIM_COUNT; k++) n[c->verdict[k]]++;
    text_format(text, "Of %d claims", ORGSIM_CLAIM_COUNT);
    for (int v = 0, said = 0; v <= ORGSIM_CLAIM_UNTESTED; v++) {
        if (n[v] == 0) continue;
        text_format(text, "%s %zu %s", said++ ? "," : "", n[v], n[v] == 1 ? one[v] : many[v]);
    }
    text_add(text, ", if these assumptions hold.\nEach line: two organisations on the same worlds, their difference with its 95% interval.\n\n");
    for (int k = 0; k < ORGSIM_CLAIM_COUNT; k++) add_claim(text, r, (enum orgsim_claim)k);
    text_format(text, "%s worlds, seed %llu. Lines with a number of teams live generated programs of that size.\n", shown_number((double)c->worlds, 0, 0).s,
                (unsigned long long)r->seed);
}

void claims_csv(struct text *text, const struct claims_report *r)
{
    char digits[TEXT_NUMBER_SIZE];
    text_add(text, "claim,what,unit,first,second,claimed,first_level,second_level,difference,ci_low,ci_high,verdict\n");
    for (size_t k = 0; k < r->claims->n; k++) {
        const struct orgsim_claim_row *row = &r->claims->row[k];
        const double values[] = {row->first_level, row->second_level, row->difference.mean, row->difference.ci_low, row->difference.ci_high};
        text_format(text, "%s,", orgsim_claim_id(row->claim));
        text_csv(text, row->what);
        text_format(text, ",%s,%s,%s,%s", row->unit, row->first, row->second, row->sign > 0 ? "higher" : "lower");
        for (size_t v = 0; v < sizeof values / sizeof *values; v++) text_format(text, ",%s", text_of_double(digits, values[v]));
        text_format(text, ",%s\n", claims_verdict(row->verdict));
    }
}

static json_t *row_json(const struct orgsim_claim_row *row)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:s}", "what", row->what, "unit", row->unit, "first", row->first, "second", row->second,
                     "claimed", row->sign > 0 ? "higher" : "lower", "first_level", manifest_number(row->first_level), "second_level",
                     manifest_number(row->second_level), "difference", manifest_number(row->difference.mean), "ci_low",
                     manifest_number(row->difference.ci_low), "ci_high", manifest_number(row->difference.ci_high), "verdict", claims_verdict(row->verdict));
}

static json_t *claim_json(const struct claims_report *r, enum orgsim_claim claim)
{
    json_t *rows = json_array();
    for (size_t k = 0; rows && k < r->claims->n; k++)
        if (r->claims->row[k].claim == claim && json_array_append_new(rows, row_json(&r->claims->row[k]))) return json_decref(rows), NULL;
    return json_pack("{s:s, s:s, s:s, s:o}", "id", orgsim_claim_id(claim), "claim", orgsim_claim_words(claim), "verdict",
                     claims_verdict(r->claims->verdict[claim]), "measurements", rows);
}

int claims_json(struct text *text, const struct claims_report *r)
{
    json_t *list = json_array();
    bool good = list != NULL;
    for (int k = 0; k < ORGSIM_CLAIM_COUNT && good; k++) good = json_array_append_new(list, claim_json(r, (enum orgsim_claim)k)) == 0;
    json_t *json = good ? json_pack("{s:o, s:I, s:o, s:O}", "conditions", conditions_json(r->scenario), "worlds", (json_int_t)r->claims->worlds, "seed", manifest_seed(r->seed), "claims", list) : NULL;
    int status = json ? manifest_print(text, json) : ORGSIM_ERROR_MEMORY;
    json_decref(json);
    json_decref(list);
    return status;
}

static int write_figures(const struct claims_report *r, const char *folder, struct orgsim_where *where)
{
    int status = 0;
    for (int k = 0; k < ORGSIM_CLAIM_COUNT && !status; k++) {
        struct figure figure = {0};
        char name[64];
        if (r->claims->verdict[k] == ORGSIM_CLAIM_UNTESTED) continue;
        snprintf(name, sizeof name, "claim-%s", orgsim_claim_id((enum orgsim_claim)k));
        claims_figure(&figure, r, (enum orgsim_claim)k, name);
        status = figure_write(&figure, folder, name, where);
        figure_free(&figure);
    }
    return status;
}

int claims_write(const struct claims_report *r, const char *folder, struct orgsim_where *where)
{
    struct text answer = {0}, csv = {0}, json = {0};
    int status = file_make_folder(folder, where);
    claims_answer(&answer, r);
    text_format(&answer, "\n%s\n", r->command);
    claims_csv(&csv, r);
    if (!status && claims_json(&json, r)) status = ORGSIM_ERROR_MEMORY;
    if (!status) status = figure_write_text(folder, "answer.txt", &answer, where);
    if (!status) status = figure_write_text(folder, "claims.csv", &csv, where);
    if (!status) status = figure_write_text(folder, "claims.json", &json, where);
    if (!status) status = write_figures(r, folder, where);
    text_free(&answer);
    text_free(&csv);
    text_free(&json);
    return status;
}
