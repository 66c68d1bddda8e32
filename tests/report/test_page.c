/* test_page.c: figures and page: escaped, described, self-contained */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>
#include <cmocka.h>
#include <jansson.h>

#include "base/file.h"
#include "base/memory.h"
#include "report/attribution_csv.h"
#include "report/fabricate.h"
#include "report/page.h"
#include "report/svg.h"
#include "report/tool.h"

static char home[] = "/tmp/orgsim-page-XXXXXX";

static int enter(void **state)
{
    (void)state;
    return !mkdtemp(home) || chdir(home);
}

static int leave(void **state)
{
    (void)state;
    struct orgsim_where where = {0};
    return chdir("/") || file_remove_tree(home, &where);
}

static size_t count(const char *s, const char *what)
{
    size_t n = 0;
    for (; (s = strstr(s, what)); s++) n++;
    return n;
}

static struct fabricate_shape hostile(void)
{
    struct fabricate_shape shape = fabricate_pays;
    shape.labels[0] = "`touch owned` \"}{ \\n %d ^_@&~ <b>";
    shape.labels[3] = "\"; system \"touch owned\" # <script>alert(1)</script>";
    return shape;
}

static void the_page_is_escaped_and_complete(void **state)
{
    (void)state;
    struct fabricate_shape shape = hostile();
    struct fabricated *f = fabricate(&shape);
    struct finding finding;
    struct figures figures = {0};
    struct orgsim_where where = {0};
    struct text html = {0};
    finding_of(&finding, &f->scenario, &f->results, true);
    assert_int_equal(figures_write(&figures, &finding, "footnote", "figures", false, NULL, &where), 0);
    page_write(&html, &f->plan, &finding, &figures);
    assert_false(html.failed);
    assert_int_equal(count(html.s, "<script"), 0);
    assert_int_equal(count(html.s, "<b>"), 1);  /* ours: the verdict */
    assert_int_equal(count(html.s, "http"), 1); /* http-equiv: nothing is fetched */
    assert_non_null(strstr(html.s, "Atlas &lt;platform&gt; &amp; migration"));
    assert_non_null(strstr(html.s, "No study measures causally what a person titled TPM adds"));
    assert_true(strstr(html.s, "No study measures") < strstr(html.s, "<table"));
    assert_int_equal(count(html.s, "<dt>Date kept") + count(html.s, "<dt>Mean change") + count(html.s, "<dt>Chance of losing") + count(html.s, "<dt>On time"), 4);
    assert_int_equal(count(html.s, "interval of the change") + count(html.s, "</strong> <span>95% interval") + count(html.s, "; 95% intervals "), 4); /* of these four */
    assert_null(strstr(html.s, "Not as precise as was asked for"));
    assert_non_null(strstr(html.s, "0123456789abcdef")); /* digest */
    for (int id = 0; id < FIGURE_COUNT; id++) assert_non_null(strstr(html.s, figure_question((enum figure_id)id)));
    assert_int_equal(count(html.s, "<section "), count(html.s, "</section>"));
    assert_int_equal(count(html.s, "<table"), count(html.s, "<caption>"));
    assert_int_equal(count(html.s, "<th>"), 0); /* every heading says what it heads */
    assert_int_equal(count(html.s, "<h1"), 1);
    assert_null(strstr(html.s, "id=\"worth\"")); /* the run left it out */
    assert_null(strstr(html.s, "href=\"#worth\""));
    assert_non_null(strstr(html.s, "What would have to be true"));
    assert_non_null(strstr(html.s, "interrupted"));
    assert_non_null(strstr(html.s, "orgsim run scenarios/atlas -s 7"));
    assert_non_null(strstr(html.s, "changed from"));
    assert_non_null(strstr(html.s, "What is not modelled"));
    for (int i = 0; i < ASSUMPTION_COUNT; i++) {
        char cell[128];
        snprintf(cell, sizeof cell, "<th scope=\"row\"><code>%s</code></th>", assumption_table[i].name);
        assert_int_equal(count(html.s, cell), 1);
    }
    text_free(&html);
    figures_free(&figures);
    fabricate_free(f);
}

/* 100 k for the first lever, 88 for the next ...; nothing in any world for the last but one, off for the last. */
static struct orgsim_attribution attribution_of(enum orgsim_break_even_state state)
{
    struct orgsim_attribution a = {.worlds = 1024, .together = {234, 200, 268}};
    for (int l = 0; l < ORGSIM_LEVER_COUNT; l++) {
        double worth = 100 - 12 * l;
        a.lever[l].npv_k = (struct orgsim_estimate){worth, worth - 15, worth + 15};
        a.lever[l].state = fabs(worth) < 15 ? ORGSIM_CONTRIBUTION_UNSEEN : ORGSIM_CONTRIBUTION_SEEN;
    }
    a.lever[ORGSIM_LEVER_turnover] = (struct orgsim_contribution){ORGSIM_CONTRIBUTION_NOWHERE, {0, 0, 0}};
    a.lever[ORGSIM_LEVER_rigour].state = ORGSIM_CONTRIBUTION_OFF;
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) a.contrary[c] = (struct orgsim_estimate){21 - 11 * c, 11 - 11 * c, 31 - 11 * c};
    bool crosses = state == ORGSIM_BREAK_EVEN_CROSSES;
    a.h_seat = (struct orgsim_break_even){.state = state, .high = 3, .present = 0.3, .at_low = {50, 40, 60}, .at_present = {40, 30, 50}, .at_high = {-50, -60, -40},
                                          .value = crosses ? 1.234 : (double)NAN, .ci_low = crosses ? 0 : (double)NAN,
                                          .ci_high = crosses ? 2.345 : (double)NAN, .open_low = crosses};
    return a;
}

static void assert_page_says(const struct orgsim_attribution *attribution, const char *const *words, size_t n)
{
    struct fabricated *f = fabricate(&fabricate_pays);
    struct finding finding;
    struct figures figures = {0};
    struct text html = {0};
    f->plan.attribution = attribution;
    finding_of(&finding, &f->scenario, &f->results, false);
    page_write(&html, &f->plan, &finding, &figures);
    assert_false(html.failed);
    for (size_t i = 0; i < n; i++)
        if (!strstr(html.s, words[i])) fail_msg("the page does not say: %s", words[i]);
    text_free(&html);
    fabricate_free(f);
}

static void the_page_says_what_each_part_is_worth(void **state)
{
    (void)state;
    static const char *const crossing[] = {"first 1,024 worlds", "+234k", "rework discovery", "off in this run",
                                           "the net value of every single world is the same without it", "covers zero", "less than 1.23 hours", "there this run cannot tell whether it pays",
                                           "at most 0.00 to 2.35", "href=\"#worth\"", "id=\"nothing\"", "id=\"hours\""};
    static const char *const never[] = {"The hire never pays", "there the hire would cost more"}, *const always[] = {"The hire pays over the whole range", "there the hire would still pay"};
    struct orgsim_attribution a = attribution_of(ORGSIM_BREAK_EVEN_CROSSES);
    assert_page_says(&a, crossing, sizeof crossing / sizeof *crossing);
    a = attribution_of(ORGSIM_BREAK_EVEN_NEVER);
    assert_page_says(&a, never, 2);
    a = attribution_of(ORGSIM_BREAK_EVEN_ALWAYS);
    assert_page_says(&a, always, 2);
}

static void attribution_csv_holds_every_lever(void **state)
{
    (void)state;
    struct orgsim_attribution a = attribution_of(ORGSIM_BREAK_EVEN_CROSSES);
    struct text csv = {0};
    attribution_csv_write(&csv, &a);
    assert_false(csv.failed);
    assert_ptr_equal(strstr(csv.s, "kind,name,value,ci_low,ci_high,unit,note\nworlds,worlds,1024,nan,nan,worlds,"), csv.s);
    assert_int_equal(count(csv.s, "\nlever,"), ORGSIM_LEVER_COUNT);
    assert_non_null(strstr(csv.s, "\nlever,detection,100,85,115,k,"));
    assert_non_null(strstr(csv.s, "\nlever,rigour,nan,nan,nan,k,off in this run\n"));
    assert_non_null(strstr(csv.s, "\nlevers,all,234,200,268,k,"));
    assert_non_null(strstr(csv.s, "\nbreak_even,h_seat,1.234,0,2.345,h/wk,pays below this value; the interval begins at or below the range\n"));
    assert_non_null(strstr(csv.s, "\ndifference,h_seat=0.3,40,30,50,k,"));
    assert_int_equal(count(csv.s, "\ncontrary,"), ORGSIM_CONTRARY_COUNT);
    assert_non_null(strstr(csv.s, "\ncontrary,optimism_helps,-1,-11,9,k,"));
    text_free(&csv);
}

/* What contrary research leaves stands in the case against, with its source; that some of it holds already is said there and in the answer. */
static void contrary_research_is_told(void **state)
{
    (void)state;
    static const char *const left[] = {"Research that says otherwise.</strong> As this run has it, the hire changes net value by +40k",
                                       "than what is found early: <strong>+21k</strong>, 95% interval +11k to +31k", "--contrary optimism_helps</code>; sign: Kaufmann &amp; Kock 2023"};
    struct orgsim_attribution a = attribution_of(ORGSIM_BREAK_EVEN_CROSSES);
    struct fabricated *f = fabricate(&fabricate_pays);
    struct finding finding;
    struct figures figures = {0};
    struct text html = {0}, answer = {0};
    const struct report_style style = {0};
    assert_page_says(&a, left, sizeof left / sizeof *left);
    for (int holds = 0; holds < 2; holds++) {
        f->options.contrary.strength[ORGSIM_CONTRARY_optimism_helps] = 1.5 * holds;
        html.n = answer.n = 0;
        finding_of(&finding, &f->scenario, &f->results, false);
        page_write(&html, &f->plan, &finding, &figures);
        report_answer(&answer, &f->plan, &f->results, &style);
        assert_false(html.failed || answer.failed);
        assert_int_equal(strstr(html.s, "holds in this run:</strong> teams are faster by what reports claim beyond what is known (optimism_helps=1.5)") != NULL, holds);
        assert_int_equal(strstr(answer.s, "Contrary    teams are faster") != NULL, holds);
        assert_null(strstr(html.s, "Research that says otherwise.</strong>")); /* nobody asked what is left */
    }
    f->options.frictionless = 1; /* it lives none of them, whatever was asked */
    html.n = 0;
    page_write(&html, &f->plan, &finding, &figures);
    assert_null(strstr(html.s, "holds in this run:"));
    text_free(&html);
    text_free(&answer);
    fabricate_free(f);
}

/* An interruption before the parts of the hire were valued is told, and JSON has null for them; else it has them all. */
static void what_was_left_out_is_told(void **state)
{
    (void)state;
    const struct orgsim_attribution none = {0}, a = attribution_of(ORGSIM_BREAK_EVEN_CROSSES);
    for (int interrupted = 0; interrupted < 2; interrupted++) {
        struct fabricated *f = fabricate(&fabricate_pays);
        struct finding finding;
        struct figures figures = {0};
        struct text html = {0}, text = {0};
        f->plan.attribution = interrupted ? &none : &a;
        finding_of(&finding, &f->scenario, &f->results, interrupted);
        page_write(&html, &f->plan, &finding, &figures);
        assert_int_equal(strstr(html.s, "Left out because the run was interrupted") != NULL, interrupted);
        assert_int_equal(report_json(&text, &f->plan, &f->results, interrupted), 0);
        json_t *json = json_loads(text.s, 0, NULL), *part = json_object_get(json, "attribution");
        assert_int_equal(json_is_null(part), interrupted);
        if (!interrupted) {
            json_t *levers = json_object_get(part, "levers"), *first = json_array_get(levers, 0);
            assert_int_equal(json_array_size(levers), ORGSIM_LEVER_COUNT);
            assert_true(json_number_value(json_object_get(json_object_get(first, "npv_k"), "mean")) == 100);
            assert_true(json_number_value(json_object_get(json_object_get(part, "break_even"), "value")) == a.h_seat.value);
            assert_true(json_number_value(json_object_get(json_object_get(json_object_get(part, "contrary"), "off_critical_hurts"), "mean")) == 10);
        }
        json_decref(json);
        text_free(&text);
        text_free(&html);
        fabricate_free(f);
    }
}

static void draw(const struct fabricate_shape *shape, const char *folder)
{
    struct fabricated *f = fabricate(shape);
    struct finding finding;
    struct figures figures = {0};
    struct orgsim_where where = {0};
    finding_of(&finding, &f->scenario, &f->results, false);
    assert_int_equal(figures_write(&figures, &finding, "10 % of \"worlds\"", folder, true, NULL, &where), 0);
    for (int id = 0; id < FIGURE_COUNT; id++) {
        const char *svg = figures.svg[id].s;
        assert_int_equal(count(svg, "<title id="), 1);
        assert_int_equal(count(svg, "<desc id="), 1);
        assert_int_equal(count(svg, "Gnuplot"), 0);
        assert_int_equal(count(svg, "id=\"gnuplot_"), 0);
        assert_int_equal(count(svg, "<script"), 0);
        assert_int_equal(count(svg, "id='gp"), 0);
        assert_true(figures.svg[id].n < 100000);
        char png[64];
        snprintf(png, sizeof png, "%s/%s.png", folder, figure_name((enum figure_id)id));
        assert_true(file_exists(png));
    }
    assert_true(count(figures.svg[FIGURE_promise].s, "<circle ") >= 100);
    assert_true(count(figures.svg[FIGURE_value].s, "<circle ") >= 50);
    figures_free(&figures);
    fabricate_free(f);
}

static void figures_are_drawn_whatever_the_names_and_numbers(void **state)
{
    (void)state;
    if (access("/usr/bin/gnuplot", X_OK) != 0) skip();
    struct fabricate_shape names = hostile(), equal = fabricate_pays, never = fabricate_pays;
    draw(&names, "names");
    assert_false(file_exists("owned") || file_exists("names/owned"));
    memset(equal.week_gain, 0, sizeof equal.week_gain);
    memset(equal.npv_gain, 0, sizeof equal.npv_gain);
    equal.spread = 0;
    for (int a = 0; a < FABRICATE_ARMS; a++) equal.never[a] = 0;
    draw(&equal, "equal");
    never.never[0] = 1;
    never.never[3] = 0.3;
    draw(&never, "never");
    never.never[3] = 1;
    draw(&never, "nobody");
}

static void only_round_things_become_circles(void **state)
{
    (void)state;
    struct text drawn = {0}, svg = {0};
    text_add(&drawn, "<?xml?><svg width=\"9\"><title>Gnuplot</title><desc>x</desc><path stroke='red'  d='M0,0 L1,1 L2,0 Z'/>"
                     "<polygon fill = 'blue' points = '");
    for (int i = 0; i < 120; i++)
        text_format(&drawn, "%.2f,%.2f ", 50 + 10 * cos(i * 0.05235987755982988), 60 + 10 * sin(i * 0.05235987755982988));
    text_add(&drawn, "'/></svg>");
    svg_tidy(&svg, drawn.s, "x", "a < b", "detail");
    assert_false(svg.failed);
    assert_non_null(strstr(svg.s, "<circle fill = 'blue'  cx='50' cy='60' r='10'/>"));
    assert_non_null(strstr(svg.s, "<path stroke='red'  d='M0,0 L1,1 L2,0 Z'/>"));
    assert_non_null(strstr(svg.s, "<title id=\"x_title\">a &lt; b</title>"));
    assert_int_equal(strncmp(svg.s, "<svg role=\"img\"", 15), 0);
    text_free(&svg);
    svg_tidy(&svg, "not an svg", "x", "", "");
    assert_true(svg.failed);
    text_free(&svg);
    text_free(&drawn);
}

static void tools_run_without_a_shell(void **state)
{
    (void)state;
    struct text output = {0};
    int status = 0;
    const char *const echo[] = {"echo", "$HOME `id` ; ls", NULL}, *const absent[] = {"orgsim-no-such-tool", NULL},
                      *const fails[] = {"false", NULL};
    assert_int_equal(tool_run(echo, NULL, &output, &status), 0);
    assert_int_equal(status, 0);
    assert_string_equal(output.s, "$HOME `id` ; ls\n");
    assert_int_equal(tool_run(absent, NULL, &output, &status), 0);
    assert_int_equal(status, 127);
    assert_int_equal(tool_run(fails, "/", &output, &status), 0);
    assert_int_equal(status, 1);
    text_free(&output);
}

static void assert_row(const char *readme, const struct orgsim_metric_info *info)
{
    char row[512];
    snprintf(row, sizeof row, "| `%s` | %s |", info->id, info->unit);
    const char *found = strstr(readme, row);
    if (!found) fail_msg("results/README.md has no row %s", row);
    const char *end = strchr(found, '\n'), *meaning = strstr(found, info->meaning);
    if (!meaning || !end || meaning > end) fail_msg("results/README.md says otherwise of %s: %s", info->id, info->meaning);
}

static void the_documentation_follows_the_tables_of_the_code(void **state)
{
    (void)state;
    struct orgsim_where where = {0};
    char *readme = NULL;
    size_t n;
    assert_int_equal(file_read(ORGSIM_SOURCE "/results/README.md", (size_t)1 << 20, &readme, &n, &where), 0);
    for (int m = 0; m < ORGSIM_METRIC_COUNT; m++) assert_row(readme, orgsim_metric_info((enum orgsim_metric)m));
    for (int m = 0; m < ORGSIM_TIMELINE_COUNT; m++) assert_row(readme, orgsim_timeline_info((enum orgsim_timeline)m));
    for (int id = 0; id < FIGURE_COUNT; id++) assert_non_null(strstr(readme, figure_name((enum figure_id)id)));
    memory_free(readme);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_is_escaped_and_complete),
        cmocka_unit_test(the_page_says_what_each_part_is_worth),
        cmocka_unit_test(attribution_csv_holds_every_lever),
        cmocka_unit_test(contrary_research_is_told),
        cmocka_unit_test(what_was_left_out_is_told),
        cmocka_unit_test(figures_are_drawn_whatever_the_names_and_numbers),
        cmocka_unit_test(only_round_things_become_circles),
        cmocka_unit_test(tools_run_without_a_shell),
        cmocka_unit_test(the_documentation_follows_the_tables_of_the_code),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
