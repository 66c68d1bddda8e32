/* test_again.c: the page of a finished run drawn again from its folder: the same bytes, numbers that are those of the tables, and nothing that a
 * hostile name or file can do */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <orgsim/orgsim.h>

#include "base/file.h"
#include "base/memory.h"
#include "report/again.h"
#include "report/reread.h"
#include "report/reread_figure.h"

#define WORLDS 256

static char home[64] = "/tmp/orgsim-again-XXXXXX";

static int on_block(void *context, const struct orgsim_block *block) { return report_block(context, block); }

/* Lives a few worlds of the small scenario, all arms, and leaves the folder `run` and its digest in the manifest. */
static int run_once(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    struct orgsim_where where = {0};
    struct orgsim_results results = {0};
    struct orgsim_attribution attribution = {0};
    struct orgsim_ignorance ignorance = {0};
    struct report *report = NULL;
    if (!mkdtemp(home) || chdir(home)) return 1;
    if (orgsim_scenario_load(ORGSIM_SOURCE "/scenarios/startup", NULL, 0, &scenario, &problems)) return 1;
    struct orgsim_run_options options = {.seed = 3, .worlds = WORLDS, .baseline = scenario->settings.baseline_arm, .precision_metric = -1, .block = on_block};
    struct report_plan plan = {.scenario = scenario, .options = &options, .command = "orgsim run startup --arms all", .output = "run",
                               .attribution = &attribution, .ignorance = &ignorance};
    int status = report_open(&report, &plan, &where);
    options.context = report;
    if (!status) status = orgsim_run(scenario, &options, &results, &where);
    if (!status) status = orgsim_attribution(scenario, &options, 64, &attribution, &where);
    if (!status) status = orgsim_ignorance(scenario, &options, ORGSIM_IGNORANCE_DRAWS_LEAST, 16, &ignorance, &where);
    if (!status) status = report_finish(report, &results, false, &where);
    if (status) print_message("%s: %s\n", where.file, where.what);
    report_free(report);
    orgsim_results_free(&results);
    orgsim_ignorance_free(&ignorance);
    orgsim_problems_free(&problems);
    orgsim_scenario_free(scenario);
    return status;
}

static int clean(void **state)
{
    (void)state;
    return chdir("/") || file_remove_tree(home, NULL);
}

__attribute__((noinline)) static char *slurp(const char *path)
{
    struct orgsim_where where = {0};
    char *data = NULL;
    size_t n;
    assert_int_equal(file_read(path, (size_t)16 << 20, &data, &n, &where), 0);
    return data;
}

static void spill(const char *path, const char *data)
{
    struct orgsim_where where = {0};
    assert_int_equal(file_write(path, data, strlen(data), &where), 0);
}

static char *page_of(enum report_audience audience)
{
    const struct again_asked asked = {.folder = "run", .audience = audience};
    struct again_made made = {0};
    struct orgsim_where where = {0};
    int status = again_write(&asked, &made, &where);
    if (status) print_message("%s: %s\n", where.file, where.what);
    assert_int_equal(status, 0);
    assert_true(made.page);
    again_free(&made);
    return slurp("run/report.html");
}

/* The run's own page and the one from its folder are the same bytes: everything came back. */
static void an_engineers_page_is_that_of_the_run(void **state)
{
    (void)state;
    char *before = slurp("run/report.html"), *after = page_of(REPORT_ENGINEER);
    assert_string_equal(before, after);
    memory_free(before);
    memory_free(after);
}

/* --- the page, parsed ---------------------------------------------------------------------------------------------------------------- */

/* Text of the element that begins at s, until `end`: tags dropped, entities and the true minus as they are typed. */
static void plain(char *to, size_t room, const char *s, const char *end)
{
    size_t n = 0;
    bool tag = false;
    for (; s < end && n + 2 < room; s++) {
        if (*s == '<') tag = true;
        else if (*s == '>') tag = false;
        else if (!tag && strncmp(s, "\xe2\x88\x92", 3) == 0) to[n++] = '-', s += 2;
        else if (!tag && strncmp(s, "&amp;", 5) == 0) to[n++] = '&', s += 4;
        else if (!tag && *s != ',') to[n++] = *s;
    }
    to[n] = '\0';
}

/* The cell of a table, found by its caption; rows and columns from 0, the heading of the row is column 0. "" where there is none. */
static void cell(char *to, size_t room, const char *html, const char *caption, size_t row, size_t column)
{
    char opening[256];
    snprintf(opening, sizeof opening, "<caption>%s</caption>", caption);
    const char *s = strstr(html, opening), *end = s ? strstr(s, "</table>") : NULL;
    *to = '\0';
    if (!s || !(s = strstr(s, "<tbody>"))) fail_msg("there is no table \"%s\"", caption);
    for (size_t r = 0; s && s < end; r++) {
        if (!(s = strstr(s, "<tr")) || s > end) return;
        s++;
        if (r < row) continue;
        const char *stop = strstr(s, "</tr>");
        for (size_t c = 0; c <= column; c++) {
            const char *th = strstr(s, "<th"), *td = strstr(s, "<td");
            s = !td || (th && th < td) ? th : td;
            if (!s || s > stop) return;
            const char *close = strstr(s, *(s + 2) == 'h' ? "</th>" : "</td>"), *small = strstr(s, "<small>");
            if (c == column) plain(to, room, s, small && small < close ? small : close);
            s = close;
        }
        return;
    }
}

static double number_in(const char *html, const char *caption, size_t row, size_t column)
{
    char text[512];
    cell(text, sizeof text, html, caption, row, column);
    char *end;
    double x = strtod(text, &end);
    if (end == text) fail_msg("%s, row %zu, column %zu: \"%s\" is not a number", caption, row, column, text);
    return x;
}

static struct reread *reopen(struct finding *f)
{
    struct reread *r = memory_array(1, sizeof *r);
    struct orgsim_where where = {0};
    int status = reread_open(r, "run", &where);
    if (status) print_message("%s: %s\n", where.file, where.what);
    assert_int_equal(status, 0);
    finding_of(f, &r->scenario, &r->results, false);
    return r;
}

static void close_again(struct reread *r)
{
    reread_free(r);
    memory_free(r);
}

/* A number of a CSV file of the folder, found without any code of the report. */
static double csv_number(const char *file, const char *arm, const char *metric, int column)
{
    char start[128], path[64];
    snprintf(path, sizeof path, "run/%s", file);
    char *csv = slurp(path);
    bool comparison = strcmp(file, "comparison.csv") == 0;
    snprintf(start, sizeof start, comparison ? "\n%s,none,%s," : "\n%s,%s,", arm, metric);
    const char *s = strstr(csv, start);
    if (!s) fail_msg("%s has no row %s", file, start);
    s++;
    for (int c = 0; c < column; c++) s = strchr(s, ',') + 1;
    double x = strtod(s, NULL);
    memory_free(csv);
    return x;
}

static double mean(const char *arm, const char *metric) { return csv_number("summary.csv", arm, metric, 3); }
static double difference(const char *arm, const char *metric) { return csv_number("comparison.csv", arm, metric, 4); }

static void assert_two(double shown, double true_value, const char *what)
{
    double expected = shown_two(true_value, 0);
    if (fabs(shown - expected) > 1e-9) fail_msg("%s: the page says %g, the table %.17g", what, shown, true_value);
}

static void the_rivals_are_those_of_the_tables(void **state)
{
    (void)state;
    static const char *const ids[] = {"em_takes", "pm_takes", "coordinator", "half_tpm", "engineer"};
    static const char caption[] = "Rivals on the same worlds, money in thousands; small: 95% intervals";
    char *html = page_of(REPORT_DIRECTOR);
    double none = shown_round(mean("none", "npv_k"), 0);
    assert_two(number_in(html, caption, 0, 2), shown_round(mean("tpm", "npv_k"), 0) - none, "tpm");
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        assert_two(number_in(html, caption, i + 2, 2), shown_round(mean(ids[i], "npv_k"), 0) - none, ids[i]);
        assert_two(number_in(html, caption, i + 2, 5), csv_number("summary.csv", ids[i], "npv_k", 7), ids[i]);
    }
    assert_null(strstr(html, "Not lived in this run"));
    memory_free(html);
}

static void decision_debt_is_weeks_times_interest(void **state)
{
    (void)state;
    static const char caption[] = "Decision debt of a program, mean: weeks open \xc3\x97 interest a week";
    static const char *const arms[] = {"none", "tpm"};
    char *html = page_of(REPORT_DIRECTOR);
    for (size_t i = 0; i < 2; i++) {
        double weeks = number_in(html, caption, i, 1), rate = number_in(html, caption, i, 2), score = number_in(html, caption, i, 3);
        assert_two(weeks, mean(arms[i], "decision_debt_weeks"), "weeks");
        assert_two(score, mean(arms[i], "decision_debt_interest_k"), "score");
        assert_true(fabs(weeks * rate - score) <= 0.06 * score + 0.5); /* two figures each */
    }
    memory_free(html);
}

/* Column adds up, its total is the headline's, and the lines are those of comparison.csv. */
static void the_ledgers_add_up_to_the_headline(void **state)
{
    (void)state;
    static const char caption[] = "Change of mean net value, thousands";
    for (int audience = 0; audience < 2; audience++) {
        char *html = page_of((enum report_audience)audience);
        double line[12];
        for (size_t row = 0; row < 12; row++) line[row] = number_in(html, caption, row, 2);
        double total = shown_round(mean("tpm", "npv_k"), 0) - shown_round(mean("none", "npv_k"), 0);
        assert_true(line[9] == (audience == REPORT_DIRECTOR ? shown_two(total, 0) : total));
        assert_true(line[3] == line[0] + line[1] + line[2] && line[6] == line[4] + line[5] && line[8] == line[7]);
        assert_true(line[9] == line[3] + line[6] + line[8]);
        assert_true(line[10] == line[9] - line[6]);
        assert_true(fabs(line[11] - (line[3] + (line[6] + line[8]) / 2)) <= 0.5);
        double unit = audience == REPORT_DIRECTOR && fabs(line[9]) >= 10 ? pow(10, floor(log10(fabs(line[9]))) - 1) : 1;
        assert_true(fabs(line[0] + difference("tpm", "seat_cost_k")) <= unit / 2 + 1e-9);
        assert_true(fabs(line[1] + difference("tpm", "cost_without_seats_k") - difference("tpm", "penalties_k")) <= unit / 2 + 1e-9);
        assert_true(fabs(line[4] + difference("tpm", "penalties_k")) <= unit / 2 + 1e-9);
        assert_true(fabs(line[5] + line[7] - difference("tpm", "value_k")) <= unit + 1e-9);
        memory_free(html);
    }
}

static void what_to_watch_is_that_of_the_tables(void **state)
{
    (void)state;
    static const char caption[] = "What tells the two organisations apart, means over programs";
    static const struct {
        const char *metric;
        double scale;
    } rows[] = {{"closure_rate_week8", 100}, {"detection_lead_week8", 1}, {"false_alarms_week8", 1}, {"escalation_recall", 100},
                {"escalation_precision", 100}, {"surfaced_before_integration", 100}};
    char *html = page_of(REPORT_DIRECTOR);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double half = rows[i].scale == 100 ? 0.5 : 0.05;
        assert_true(fabs(number_in(html, caption, i, 2) - rows[i].scale * mean("none", rows[i].metric)) <= half + 1e-9);
        assert_true(fabs(number_in(html, caption, i, 3) - rows[i].scale * mean("tpm", rows[i].metric)) <= half + 1e-9);
        assert_true(fabs(number_in(html, caption, i, 4) - rows[i].scale * difference("tpm", rows[i].metric)) <= 0.05 + 1e-9);
    }
    memory_free(html);
}

/* --- studies, figures, folders -------------------------------------------------------------------------------------------------------- */

static void write_study(const char *digest, const char *headline, const char *numbers)
{
    struct text json = {0};
    text_format(&json, "{\"scenario_digest\":\"%s\",\"headline_arm\":\"%s\",\"baseline_arm\":\"none\",\"worlds\":32,\"seed\":1,\"numbers\":[%s]}", digest, headline, numbers);
    spill("run/breakeven.json", json.s);
    text_free(&json);
}

static void digest_of_run(char digest[24])
{
    struct finding f;
    struct reread *r = reopen(&f);
    snprintf(digest, 24, "%016llx", (unsigned long long)r->scenario.digest);
    close_again(r);
}

#define ESTIMATE(mean) "{\"mean\":" mean ",\"ci_low\":0,\"ci_high\":1}"
#define ROW(name, pays, value, low_mean, high_mean)                                                                                          \
    "{\"over\":\"" name "\",\"crosses\":true,\"value\":" value ",\"ci_low\":0.1,\"ci_high\":0.9,\"pays\":\"" pays "\",\"low\":0,\"high\":2,\"present\":1,"     \
    "\"npv_k\":{\"at_low\":" ESTIMATE(low_mean) ",\"at_present\":" ESTIMATE("5") ",\"at_high\":" ESTIMATE(high_mean) "}}"

static void a_study_joins_the_page_and_hostile_words_stay_words(void **state)
{
    (void)state;
    char digest[24];
    digest_of_run(digest);
    write_study(digest, "tpm", ROW("h_seat", "below", "1.5", "100", "-700") "," ROW("lam", "always", "null", "10", "20") ","
                                   ROW("<script>alert(1)</script>", "above", "0.5", "-9000", "9000") ", {\"over\":\"q0\",\"crosses\":null,\"why\":\"x\"}");
    char *html = page_of(REPORT_DIRECTOR);
    static const char caption[] = "What moves the change of mean net value most, thousands";
    char name[256];
    cell(name, sizeof name, html, caption, 0, 0);
    assert_int_equal(strncmp(name, "h_seat", 6), 0); /* the widest of the registry */
    assert_true(number_in(html, caption, 0, 2) == 100 && number_in(html, caption, 0, 3) == -700);
    assert_true(number_in(html, caption, 1, 2) == 10);
    assert_non_null(strstr(html, "Each of 2 assumptions was moved alone"));
    assert_non_null(strstr(html, "1 of them turns the sign of the answer."));
    assert_non_null(strstr(html, "is below <strong>1.50"));
    assert_non_null(strstr(html, "would change net value by \xe2\x88\x92" "700k"));
    assert_null(strstr(html, "<script"));
    assert_non_null(strstr(html, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    memory_free(html);
    unlink("run/breakeven.json");
    html = page_of(REPORT_DIRECTOR);
    assert_non_null(strstr(html, "orgsim breakeven "));
    memory_free(html);
}

static void write_voi(const char *digest, const char *choice, const char *rows)
{
    struct text json = {0};
    text_format(&json, "{\"scenario_digest\":\"%s\",\"choice\":\"%s\",\"arms\":[{\"arm\":\"tpm\",\"best_share\":0.1},{\"arm\":\"coordinator\",\"best_share\":0.56}],"
                       "\"perfect\":{\"worth_k\":32.1,\"se_k\":1},\"points\":2048,\"assumptions\":[%s]}", digest, choice, rows);
    spill("run/voi.json", json.s);
    text_free(&json);
}

#define WORTH(name, worth, clear) "{\"parameter\":\"" name "\",\"worth_k\":" worth ",\"se_k\":0.5,\"clear\":" clear "}"

static void what_to_measure_first_joins_the_page(void **state)
{
    (void)state;
    char digest[24];
    digest_of_run(digest);
    write_voi(digest, "coordinator", WORTH("eps_admin", "5.64", "true") "," WORTH("<b>", "9", "true") "," WORTH("lam", "0.1", "false"));
    char *html = page_of(REPORT_DIRECTOR);
    assert_non_null(strstr(html, "worth up to USD 5.6k to know before the choice. Log coordination hours"));
    assert_non_null(strstr(html, "would be worth up to 32k, over 2,048 draws"));
    assert_non_null(strstr(html, "is the best choice in 56% of them, \xe2\x80\x9c" "empowered TPM\xe2\x80\x9d in 10%."));
    assert_null(strstr(html, "<b></code>"));
    memory_free(html);
    write_voi(digest, "tpm", WORTH("lam", "0.1", "false"));
    html = page_of(REPORT_DIRECTOR);
    assert_non_null(strstr(html, "No single assumption is clearly worth measuring"));
    assert_null(strstr(html, "Another choice."));
    memory_free(html);
    unlink("run/voi.json");
}

static void assert_refused(int expected, const char *words)
{
    const struct again_asked asked = {.folder = "run"};
    struct again_made made = {0};
    struct orgsim_where where = {0};
    assert_int_equal(again_write(&asked, &made, &where), expected);
    if (!strstr(where.what, words)) fail_msg("\"%s\" does not say \"%s\"", where.what, words);
    assert_true(where.todo[0] != '\0');
    assert_false(made.page);
    again_free(&made);
}

static void what_does_not_belong_to_the_run_is_refused(void **state)
{
    (void)state;
    char digest[24], *before = slurp("run/report.html");
    digest_of_run(digest);
    write_study(digest, "coordinator", "");
    assert_refused(ORGSIM_ERROR_IO, "compares other organisations");
    write_study("0000000000000001", "tpm", "");
    assert_refused(ORGSIM_ERROR_IO, "another scenario");
    spill("run/breakeven.json", "{\"over\":");
    assert_refused(ORGSIM_ERROR_IO, "is not JSON");
    unlink("run/breakeven.json");
    write_voi(digest, "nobody", "");
    assert_refused(ORGSIM_ERROR_IO, "among other organisations");
    write_voi("0000000000000001", "tpm", "");
    assert_refused(ORGSIM_ERROR_IO, "another scenario");
    unlink("run/voi.json");
    char *csv = slurp("run/quantiles.csv");
    spill("run/quantiles.csv", "arm,percent,finish_week,npv_k,npv_k_difference\nnobody,0,1,2,3\n");
    assert_refused(ORGSIM_ERROR_IO, "does not name this arm");
    spill("run/quantiles.csv", csv);
    memory_free(csv);
    csv = slurp("run/attribution.csv");
    spill("run/attribution.csv", "kind,name,value,ci_low,ci_high,unit,note\nlever,detection,1,2,3,k,nonsense\n");
    assert_refused(ORGSIM_ERROR_IO, "no lever has this note");
    spill("run/attribution.csv", "kind,name,value,ci_low,ci_high,unit,note\ncontrary,pessimism_helps,1,2,3,k,what\n");
    assert_refused(ORGSIM_ERROR_IO, "there is no contrarian switch");
    spill("run/attribution.csv", csv);
    memory_free(csv);
    char *after = slurp("run/report.html");
    assert_string_equal(before, after); /* what was refused wrote nothing */
    memory_free(before);
    memory_free(after);
}

static void a_manifest_of_an_earlier_version_is_told(void **state)
{
    (void)state;
    char *manifest = slurp("run/manifest.json"), *page = strstr(manifest, "\"page\"");
    assert_non_null(page);
    memcpy(page, "\"Page\"", 6);
    spill("run/manifest.json", manifest);
    assert_refused(ORGSIM_ERROR_IO, "lacks what the page needs");
    memcpy(page, "\"page\"", 6);
    spill("run/manifest.json", manifest);
    memory_free(manifest);
}

static void only_harmless_drawings_are_shown(void **state)
{
    (void)state;
    static const char *const bad[] = {"<svg><script>x</script></svg>", "<svg onload=\"x\"/>", "<svg\nONLOAD = 'x'/>", "<svg><image href=\"#a\"/></svg>",
                                      "<svg><use href=\"http://x/y\"/></svg>", "<svg><use xlink:href = 'data:x'/></svg>", "<svg><foreignObject/></svg>",
                                      "<svg><rect fill=\"url(http://x)\"/></svg>", "<svg><style>@import 'x';</style></svg>"};
    static const char *const good[] = {"<svg><use xlink:href='#a'/></svg>", "<svg><rect fill=\"url(#textbox)\"/><text>on = off</text></svg>",
                                       "<svg><style>text { fill: red }</style></svg>"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (reread_figure_is_harmless(bad[i])) fail_msg("taken for harmless: %s", bad[i]);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!reread_figure_is_harmless(good[i])) fail_msg("taken for harmful: %s", good[i]);
    struct orgsim_where where = {0};
    assert_int_equal(file_make_folder("run/figures", &where), 0);
    spill("run/figures/finish.svg", bad[0]);
    char *html = page_of(REPORT_DIRECTOR);
    assert_null(strstr(html, "<script"));
    assert_null(strstr(html, "<svg"));
    memory_free(html);
    char *words = slurp("run/figures/finish.txt");
    spill("run/figures/finish.svg", "<?xml version=\"1.0\"?>\n<svg role=\"img\"></svg>");
    spill("run/figures/finish.txt", "a < b\nR&D <script>\n");
    html = page_of(REPORT_DIRECTOR);
    assert_non_null(strstr(html, "<figcaption>R&amp;D &lt;script&gt; <small>"));
    spill("run/figures/finish.txt", words);
    memory_free(words);
    memory_free(html);
    unlink("run/figures/finish.svg");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_engineers_page_is_that_of_the_run),
        cmocka_unit_test(the_rivals_are_those_of_the_tables),
        cmocka_unit_test(decision_debt_is_weeks_times_interest),
        cmocka_unit_test(the_ledgers_add_up_to_the_headline),
        cmocka_unit_test(what_to_watch_is_that_of_the_tables),
        cmocka_unit_test(a_study_joins_the_page_and_hostile_words_stay_words),
        cmocka_unit_test(what_to_measure_first_joins_the_page),
        cmocka_unit_test(what_does_not_belong_to_the_run_is_refused),
        cmocka_unit_test(a_manifest_of_an_earlier_version_is_told),
        cmocka_unit_test(only_harmless_drawings_are_shown),
    };
    return cmocka_run_group_tests(tests, run_once, clean);
}
