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
#define WHAT_COLUMNS 72

const char *claims_verdict(enum orgsim_claim_verdict verdict)
{
    static const char *const words[] = {[ORGSIM_CLAIM_HOLDS] = "holds",
                                        [ORGSIM_CLAIM_FAILS] = "does not hold",
                                        [ORGSIM_CLAIM_SMALLER] = "smaller than asked",
                                        [ORGSIM_CLAIM_UNDECIDED] = "undecided",
                                        [ORGSIM_CLAIM_SAME] = "no difference",
                                        [ORGSIM_CLAIM_PARTLY] = "holds in part",
                                        [ORGSIM_CLAIM_UNTESTED] = "not tested here",
                                        [ORGSIM_CLAIM_SHOWN] = "shown"};
    return words[verdict];
}

static size_t count(const struct orgsim_claims *c, enum orgsim_claim claim, enum orgsim_claim_verdict verdict)
{
    size_t n = 0;
    for (size_t r = 0; r < c->n; r++) n += c->row[r].claim == claim && c->row[r].verdict == verdict;
    return n;
}

void claims_sentence(struct text *text, const struct claims_report *r, enum orgsim_claim claim)
{
    static const struct { enum orgsim_claim_verdict verdict; const char *words; } others[] = {{ORGSIM_CLAIM_FAILS, "the other way"},
                                                                                              {ORGSIM_CLAIM_SMALLER, "smaller than asked"},
                                                                                              {ORGSIM_CLAIM_SAME, "without any difference"},
                                                                                              {ORGSIM_CLAIM_UNDECIDED, "undecided"}};
    const struct orgsim_claims *c = r->claims;
    size_t holds = count(c, claim, ORGSIM_CLAIM_HOLDS), all = holds, given = 0;
    for (size_t k = 0; k < sizeof others / sizeof *others; k++) all += count(c, claim, others[k].verdict);
    for (size_t k = 0; k < c->n; k++) given += c->row[k].claim == claim && c->row[k].given && c->row[k].verdict == ORGSIM_CLAIM_HOLDS;
    text_format(text, "%s: %zu of %zu measurements as claimed", claims_verdict(c->verdict[claim]), holds, all);
    if (given) text_format(text, " (%zu of them only in size: the sign follows from how the model is made)", given);
    for (size_t k = 0; k < sizeof others / sizeof *others; k++)
        if (count(c, claim, others[k].verdict)) text_format(text, ", %zu %s", count(c, claim, others[k].verdict), others[k].words);
}

/* Levels and differences with as many decimals as their unit wants. */
struct shown claims_value(const struct orgsim_claim_row *row, double value, int flags)
{
    struct shown s;
    double size = fmax(fabs(row->first_level), fabs(row->second_level));
    if (isnan(value)) snprintf(s.s, sizeof s.s, "-");
    else if (value == 0) snprintf(s.s, sizeof s.s, "0");
    else if (row->unit[0] == 'k' && !row->unit[1]) s = shown_k(value, 0, flags);
    else s = shown_number(value, size < 0.1 ? 4 : size < 2 ? 3 : size < 100 ? 1 : 0, flags);
    return s;
}

static int decimals_of(const struct orgsim_claim_row *row)
{
    double most = 100 * fmax(fabs(row->size.ci_low), fabs(row->size.ci_high));
    return most < 1 ? 2 : most < 20 ? 1 : 0;
}

void claims_size(struct text *text, const struct orgsim_claim_row *row, int flags)
{
    static const char *const of[] = {[ORGSIM_CLAIM_OF_BUDGET] = "% of the budget", [ORGSIM_CLAIM_OF_SECOND] = "%", [ORGSIM_CLAIM_OF_AREA] = " points of area"};
    const double values[] = {100 * row->size.mean, 100 * row->size.ci_low, 100 * row->size.ci_high};
    if (row->verdict == ORGSIM_CLAIM_SAME) {
        text_add(text, "0 in every world");
        return;
    }
    if (isnan(row->size.mean)) {
        text_format(text, "%s (%s to %s)", claims_value(row, row->difference.mean, flags).s, claims_value(row, row->difference.ci_low, flags).s,
                    claims_value(row, row->difference.ci_high, flags).s);
        return;
    }
    text_add(text, shown_number(values[0], decimals_of(row), flags).s);
    text_format(text, " (%s to ", shown_number(values[1], decimals_of(row), flags).s);
    text_format(text, "%s)%s", shown_number(values[2], decimals_of(row), flags).s, of[row->scale]);
}

static void add_row(struct text *text, const struct orgsim_claim_row *row)
{
    struct text what = {0}, size = {0};
    text_format(&what, "%s (%s)%s", row->what, row->unit, row->given ? " *" : "");
    text_format(text, "  %-*s %9s %9s  ", WHAT_COLUMNS, what.s ? what.s : "", claims_value(row, row->first_level, 0).s, claims_value(row, row->second_level, 0).s);
    if (row->verdict == ORGSIM_CLAIM_UNTESTED) {
        text_add(text, "not tested here\n");
    } else {
        claims_size(&size, row, SHOWN_SIGN);
        text_format(text, "%-40s %4s%%  %s\n", size.s ? size.s : "", shown_number(100 * row->sign * row->least, 0, SHOWN_SIGN).s, claims_verdict(row->verdict));
    }
    text->failed |= what.failed | size.failed;
    text_free(&what);
    text_free(&size);
}

static void add_wrapped(struct text *text, struct text *words, const char *indent)
{
    struct text wrapped = {0}, newline = {0};
    text_format(&newline, "\n%s", indent);
    shown_wrap(&wrapped, words->s ? words->s : "", WIDTH, 6, newline.s ? newline.s : "\n");
    text_format(text, "%s%s\n", indent, wrapped.s ? wrapped.s : "");
    text->failed |= words->failed | wrapped.failed | newline.failed;
    text_free(words);
    text_free(&wrapped);
    text_free(&newline);
}

static void add_claim(struct text *text, const struct claims_report *r, enum orgsim_claim claim)
{
    struct text words = {0}, sentence = {0}, curve = {0};
    text_format(&words, "%s.", orgsim_claim_words(claim));
    add_wrapped(text, &words, "");
    claims_sentence(&sentence, r, claim);
    add_wrapped(text, &sentence, "  ");
    for (size_t k = 0; k < r->claims->n; k++)
        if (r->claims->row[k].claim == claim && r->claims->row[k].sign != 0) add_row(text, &r->claims->row[k]);
    if (claim == ORGSIM_CLAIM_size && claims_teams_sentence(&curve, r->claims)) add_wrapped(text, &curve, "  ");
    text_free(&curve);
    text_add(text, "\n");
}

static size_t tests_of(const struct orgsim_claims *c)
{
    size_t n = 0;
    for (size_t k = 0; k < c->n; k++) n += c->row[k].sign != 0 && c->row[k].verdict != ORGSIM_CLAIM_UNTESTED;
    return n;
}

static void add_reading(struct text *text, const struct claims_report *r)
{
    struct text words = {0};
    text_format(&words,
                "Each line: the first, the second, the difference as a share with its 95%% interval, and the size that it must beat. Shares are of the budget "
                "where money is measured, else of the second. The intervals of a claim hold all at once (Bonferroni): of %zu measurements in %d claims, chance "
                "alone decides fewer than one wrongly (%s expected at most).",
                tests_of(r->claims), ORGSIM_CLAIM_COUNT, shown_number(0.05 * ORGSIM_CLAIM_COUNT, 2, 0).s);
    add_wrapped(text, &words, "");
    text_add(text, "* The sign follows from how the model is made (a mechanism is taken away, or sets the number): only the size is found.\n\n");
}

void claims_answer(struct text *text, const struct claims_report *r)
{
    const struct orgsim_claims *c = r->claims;
    static const char *const one[] = {"holds", "does not hold", "", "is undecided", "shows no difference", "holds in part", "is not tested here", ""};
    static const char *const many[] = {"hold", "do not hold", "", "are undecided", "show no difference", "hold in part", "are not tested here", ""};
    size_t n[ORGSIM_CLAIM_VERDICTS] = {0};
    for (int k = 0; k < ORGSIM_CLAIM_COUNT; k++) n[c->verdict[k]]++;
    text_format(text, "Of %d claims", ORGSIM_CLAIM_COUNT);
    for (int v = 0, said = 0; v < ORGSIM_CLAIM_VERDICTS; v++) {
        if (n[v] == 0) continue;
        text_format(text, "%s %zu %s", said++ ? "," : "", n[v], n[v] == 1 ? one[v] : many[v]);
    }
    text_add(text, ", if these assumptions hold.\n");
    add_reading(text, r);
    for (int k = 0; k < ORGSIM_CLAIM_COUNT; k++) add_claim(text, r, (enum orgsim_claim)k);
    text_format(text, "%s worlds a measurement, seed %llu. Lines with a number of teams are means over %d generated programs, with the interval between programs.\n",
                shown_number((double)c->worlds, 0, 0).s, (unsigned long long)r->seed, ORGSIM_CLAIMS_PROGRAMS);
}

static const char *claimed(const struct orgsim_claim_row *row) { return row->sign > 0 ? "higher" : row->sign < 0 ? "lower" : ""; }

static const char *share_of(const struct orgsim_claim_row *row)
{
    static const char *const of[] = {[ORGSIM_CLAIM_OF_BUDGET] = "budget", [ORGSIM_CLAIM_OF_SECOND] = "second", [ORGSIM_CLAIM_OF_AREA] = "area"};
    return of[row->scale];
}

void claims_csv(struct text *text, const struct claims_report *r)
{
    char digits[TEXT_NUMBER_SIZE];
    text_add(text, "claim,what,unit,first,second,claimed,first_level,second_level,difference,ci_low,ci_high,verdict,first_settings,second_settings,"
                   "sign_given,teams,density,share_of,share,share_low,share_high,to_beat,n\n");
    for (size_t k = 0; k < r->claims->n; k++) {
        const struct orgsim_claim_row *row = &r->claims->row[k];
        const double values[] = {row->first_level, row->second_level, row->difference.mean, row->difference.ci_low, row->difference.ci_high};
        const double shares[] = {row->size.mean, row->size.ci_low, row->size.ci_high, row->least};
        text_format(text, "%s,", orgsim_claim_id(row->claim));
        text_csv(text, row->what);
        text_format(text, ",%s,%s,%s,%s", row->unit, row->first, row->second, claimed(row));
        for (size_t v = 0; v < sizeof values / sizeof *values; v++) text_format(text, ",%s", text_of_double(digits, values[v]));
        text_format(text, ",%s,", claims_verdict(row->verdict));
        text_csv(text, row->first_settings);
        text_add(text, ",");
        text_csv(text, row->second_settings);
        text_format(text, ",%s", row->given ? "yes" : "no");
        if (row->teams) text_format(text, ",%u,%s", row->teams, text_of_double(digits, row->density));
        else text_add(text, ",,");
        text_format(text, ",%s", share_of(row));
        for (size_t v = 0; v < sizeof shares / sizeof *shares; v++) text_format(text, ",%s", text_of_double(digits, shares[v]));
        text_format(text, ",%llu\n", (unsigned long long)row->n);
    }
}

static json_t *row_json(const struct orgsim_claim_row *row)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:I, s:I, s:o, s:s}", "what", row->what, "unit",
                     row->unit, "first", row->first, "second", row->second, "first_settings", row->first_settings, "second_settings", row->second_settings,
                     "claimed", claimed(row), "sign_given", row->given, "first_level", manifest_number(row->first_level), "second_level",
                     manifest_number(row->second_level), "difference", manifest_number(row->difference.mean), "ci_low",
                     manifest_number(row->difference.ci_low), "ci_high", manifest_number(row->difference.ci_high), "share_of", share_of(row), "share",
                     manifest_number(row->size.mean), "share_low", manifest_number(row->size.ci_low), "share_high", manifest_number(row->size.ci_high),
                     "to_beat", manifest_number(row->least), "n", (json_int_t)row->n, "teams", (json_int_t)row->teams, "density",
                     manifest_number(row->teams ? row->density : (double)NAN), "verdict", claims_verdict(row->verdict));
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

static int write_figure(struct figure *figure, const char *folder, const char *name, struct orgsim_where *where)
{
    int status = figure_write(figure, folder, name, where);
    figure_free(figure);
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
        status = write_figure(&figure, folder, name, where);
    }
    struct figure teams = {0};
    if (!status && claims_teams_figure(&teams, r, "teams")) status = write_figure(&teams, folder, "teams", where);
    return status;
}

int claims_write(const struct claims_report *r, const char *folder, struct orgsim_where *where)
{
    struct text answer = {0}, csv = {0}, json = {0}, teams = {0};
    int status = file_make_folder(folder, where);
    claims_answer(&answer, r);
    text_format(&answer, "\n%s\n", r->command);
    claims_csv(&csv, r);
    claims_teams_csv(&teams, r->claims);
    if (!status && claims_json(&json, r)) status = ORGSIM_ERROR_MEMORY;
    if (!status) status = figure_write_text(folder, "answer.txt", &answer, where);
    if (!status) status = figure_write_text(folder, "claims.csv", &csv, where);
    if (!status) status = figure_write_text(folder, "claims.json", &json, where);
    if (!status) status = figure_write_text(folder, "teams.csv", &teams, where);
    if (!status) status = write_figures(r, folder, where);
    text_free(&answer);
    text_free(&csv);
    text_free(&json);
    text_free(&teams);
    return status;
}
