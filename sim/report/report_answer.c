/* report_answer.c: the answer that the terminal shows */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "report/conditions.h"
#include "report/contrary.h"
#include "report/finding.h"
#include "report/ignorance.h"
#include "report/interval.h"
#include "report/precision.h"

#define ANSWER_COLUMNS 110 /* where sentences are broken */
#define LABEL_COLUMNS 34

enum answer_ink { INK_PLAIN, INK_GOOD, INK_BAD, INK_UNSURE, INK_STRONG, INK_FAINT };
static const char *const inks[] = {"\033[0m", "\033[1;34m", "\033[1;31m", "\033[1;33m", "\033[1m", "\033[2m"};

static void ink(struct text *text, const struct report_style *style, enum answer_ink colour)
{
    if (style->colour) text_add(text, inks[colour]);
}

static void pad(struct text *text, size_t n)
{
    while (n-- > 0) text_add(text, " ");
}

static void add_right(struct text *text, const char *s, size_t width)
{
    size_t n = shown_width(s);
    pad(text, n < width ? width - n : 0);
    text_add(text, s);
}

static void add_sentence(struct text *text, const struct finding *f, const struct report_style *style)
{
    static const enum answer_ink colour[] = {
        [VERDICT_PAYS] = INK_GOOD, [VERDICT_COSTS] = INK_BAD, [VERDICT_UNDECIDED] = INK_UNSURE, [VERDICT_NO_RIVAL] = INK_UNSURE};
    struct text words = {0};
    finding_sentence(&words, f, 0);
    text_add(&words, " ");
    finding_downside(&words, f, 0);
    size_t verdict = strlen(finding_verdict_words(f));
    struct text wrapped = {0};
    shown_wrap(&wrapped, words.s ? words.s : "", ANSWER_COLUMNS, 12, "\n");
    text->failed |= words.failed | wrapped.failed;
    if (wrapped.s && wrapped.n >= verdict) {
        ink(text, style, colour[f->verdict]);
        text_add_n(text, wrapped.s, verdict);
        ink(text, style, INK_PLAIN);
        text_add(text, wrapped.s + verdict);
    }
    text_add(text, "\n\n");
    text_free(&words);
    text_free(&wrapped);
}

static void add_row(struct text *text, const struct finding *f, const struct report_style *style, size_t row)
{
    const struct orgsim_summary *finish = finding_summary(f, row, ORGSIM_METRIC_finish_week);
    struct text label = {0};
    shown_cut(&label, finding_label(f, row), LABEL_COLUMNS);
    bool strong = row == f->headline || row == f->baseline;
    if (strong) ink(text, style, INK_STRONG);
    text_add(text, label.s ? label.s : "");
    pad(text, LABEL_COLUMNS + 1 - shown_width(label.s ? label.s : ""));
    if (strong) ink(text, style, INK_PLAIN);
    text->failed |= label.failed;
    text_free(&label);
    add_right(text, shown_number(finish->quantile[FINDING_P50], 1, 0).s, 7);
    add_right(text, shown_number(finish->quantile[FINDING_P80], 1, 0).s, 8);
    add_right(text, shown_share(finding_summary(f, row, ORGSIM_METRIC_on_time)->mean, 0).s, 9);
    double npv = shown_round(finding_summary(f, row, ORGSIM_METRIC_npv_k)->mean, 0);
    add_right(text, shown_number(finding_summary(f, row, ORGSIM_METRIC_cost_k)->mean, 0, 0).s, 10);
    add_right(text, shown_number(npv, 0, 0).s, 11);
    if (row != f->baseline) {
        const struct orgsim_comparison *c = finding_comparison(f, row, ORGSIM_METRIC_npv_k);
        double baseline = shown_round(finding_summary(f, f->baseline, ORGSIM_METRIC_npv_k)->mean, 0);
        add_right(text, shown_number(shown_round(npv - baseline, 0), 0, SHOWN_SIGN).s, 9);
        if (finding_has_interval(f)) text_format(text, "  (%s to %s)", shown_number(c->ci_low, 0, SHOWN_SIGN).s, shown_number(c->ci_high, 0, SHOWN_SIGN).s);
    }
    text_add(text, "\n");
}

/* The widest interval of each column, so that no number of the table stands without one: `open` where it may reach to never, `n/a` where the worlds are
 * too few for one. A quantile that is never has none. */
static void add_reach(struct text *text, const struct finding *f, const size_t *rows, size_t n)
{
    enum { COLUMNS = 5 };
    static const size_t widths[COLUMNS] = {7, 8, 9, 10, 11};
    double reach[COLUMNS] = {0};
    for (size_t i = 0; i < n; i++) {
        const struct orgsim_summary *finish = finding_summary(f, rows[i], ORGSIM_METRIC_finish_week);
        double on_time = finding_summary(f, rows[i], ORGSIM_METRIC_on_time)->mean;
        const double here[COLUMNS] = {
            interval_reach(finish->quantile[FINDING_P50], interval_quantile(f, rows[i], ORGSIM_METRIC_finish_week, FINDING_P50)),
            interval_reach(finish->quantile[FINDING_P80], interval_quantile(f, rows[i], ORGSIM_METRIC_finish_week, FINDING_P80)),
            interval_reach(on_time, interval_share(f, on_time)),
            SUMMARY_Z95 * finding_summary(f, rows[i], ORGSIM_METRIC_cost_k)->se,
            SUMMARY_Z95 * finding_summary(f, rows[i], ORGSIM_METRIC_npv_k)->se};
        for (int c = 0; c < COLUMNS; c++) reach[c] = isnan(reach[c]) || isnan(here[c]) ? (double)NAN : fmax(reach[c], here[c]);
    }
    text_add(text, "95% intervals, the widest of these ");
    for (int c = 0; c < COLUMNS; c++) {
        struct text cell = {0};
        bool plain = !isfinite(reach[c]) || (c == 2 && reach[c] > 0 && reach[c] < 0.005); /* "<1%" is a bound already */
        text_format(&cell, "%s%s", plain ? "" : "+-", isinf(reach[c]) ? "open" : c == 2 ? shown_share(reach[c], 0).s : shown_number(reach[c], c < 2, 0).s);
        add_right(text, cell.s ? cell.s : "", widths[c]);
        text->failed |= cell.failed;
        text_free(&cell);
    }
    text_add(text, "\n");
}

static void add_table(struct text *text, const struct finding *f, const struct report_style *style)
{
    size_t *rows = memory_array(f->results->n_arms, sizeof *rows);
    if (!rows) {
        text->failed = true;
        return;
    }
    size_t n = finding_rows(f, style->all_arms, rows);
    ink(text, style, INK_FAINT);
    text_format(text, "organisation (weeks; money in %s k)", f->scenario->settings.currency); /* LABEL_COLUMNS + 1 wide */
    text_format(text, "%7s%8s%9s%10s%11s%9s  (95%% interval)\n", "P50", "P80", "on time", "cost", "net value", "change");
    ink(text, style, INK_PLAIN);
    for (size_t i = 0; i < n; i++) add_row(text, f, style, rows[i]);
    ink(text, style, INK_FAINT);
    if (f->results->worlds > 1) add_reach(text, f, rows, n);
    ink(text, style, INK_PLAIN);
    text_add(text, "\n");
    memory_free(rows);
}

static void add_named(struct text *text, const struct report_style *style, const char *name)
{
    ink(text, style, INK_STRONG);
    text_format(text, "%-12s", name);
    ink(text, style, INK_PLAIN);
}

/* A name and its words behind it, in lines; the words are freed. */
static void add_words(struct text *text, const struct report_style *style, const char *name, struct text *words, size_t lines)
{
    struct text wrapped = {0};
    shown_wrap(&wrapped, words->s ? words->s : "", ANSWER_COLUMNS - 12, lines, "\n            ");
    add_named(text, style, name);
    text_add(text, wrapped.s ? wrapped.s : "");
    text_add(text, "\n");
    text->failed |= words->failed | wrapped.failed;
    text_free(words);
    text_free(&wrapped);
}

/* How the week that can be promised moves. */
static void add_promise(struct text *words, const struct finding *f)
{
    const struct interval_move move = interval_move(f, f->headline);
    if (!isfinite(f->p80_gap)) return; /* the table says who never finishes */
    text_format(words, "%s%s weeks at P80 (", move.known && !move.clear && !move.nowhere ? "no clear move: " : "", shown_number(f->p80_gap, 1, SHOWN_SIGN).s);
    if (move.known) text_format(words, "95%% interval %s); ", interval_number(move.weeks, 1, SHOWN_SIGN).s);
    else text_add(words, "too few worlds for an interval); ");
}

static void add_pairs(struct text *text, const struct finding *f, const struct report_style *style)
{
    struct text words = {0};
    add_promise(&words, f);
    if (isfinite(f->finish)) {
        text_format(&words, "%s weeks", shown_number(f->finish, 1, SHOWN_SIGN).s);
        if (isfinite(f->finish_low))
            text_format(&words, " (%s to %s)", shown_number(f->finish_low, 1, SHOWN_SIGN).s, shown_number(f->finish_high, 1, SHOWN_SIGN).s);
        text_add(&words, " where both complete; ");
    }
    text_format(&words, "same luck in both: %s rescued, %s lost.", shown_share(f->rescued, 0).s, shown_share(f->lost, 0).s);
    add_words(text, style, "Date", &words, 3);
}

static void add_break_even(struct text *text, const struct finding *f, const struct report_style *style)
{
    struct text words = {0};
    finding_break_even(&words, f, 0);
    add_words(text, style, "Break-even", &words, 4);
}

static void add_ignorance(struct text *text, const struct finding *f, const struct report_style *style, const struct orgsim_ignorance *ignorance)
{
    struct text words = {0};
    if (!ignorance_told(ignorance)) return;
    ignorance_words(&words, f, ignorance, 0);
    add_words(text, style, "Ignorance", &words, 8);
    ignorance_words_published(&words, f, ignorance, 0);
    add_words(text, style, "Published", &words, 8);
}

static void add_contrary(struct text *text, const struct report_plan *plan, const struct report_style *style)
{
    struct text words = {0};
    if (!contrary_any(plan->options)) return;
    contrary_words(&words, &plan->options->contrary);
    add_words(text, style, "Contrary", &words, 4);
}

static void add_next(struct text *text, const struct finding *f, const struct report_style *style)
{
    struct text command = {0}, why = {0};
    finding_next(&command, &why, f, f->results->worlds);
    add_named(text, style, "Next");
    text_format(text, "%s   (%s)\n", command.s ? command.s : "", why.s ? why.s : "");
    text->failed |= command.failed | why.failed;
    text_free(&command);
    text_free(&why);
}

static void add_not_reached(struct text *text, const struct report_plan *plan, const struct finding *f, const struct report_style *style)
{
    struct text words = {0};
    if (!precision_is_missed(plan->options, f)) return;
    precision_words(&words, plan->options, f, 0);
    add_words(text, style, "Not reached", &words, 3);
}

static void add_left_out(struct text *text, const struct report_style *style, bool cut_short)
{
    static const char parts[] = "what each part of the hire is worth, and attribution.csv", drawings[] = "figures, which gnuplot -d NAME.gp in figures/ draws";
    if (!cut_short && !style->hurried) return;
    add_named(text, style, "Left out");
    text_format(text, "%s%s%s, because the run was interrupted\n", cut_short ? parts : "", cut_short && style->hurried ? "; " : "", style->hurried ? drawings : "");
}

void report_answer(struct text *text, const struct report_plan *plan, const struct orgsim_results *results, const struct report_style *style)
{
    struct finding f;
    finding_of(&f, plan->scenario, results, style->interrupted);
    add_sentence(text, &f, style);
    add_table(text, &f, style);
    if (f.verdict != VERDICT_NO_RIVAL) {
        add_pairs(text, &f, style);
        add_break_even(text, &f, style);
    }
    add_ignorance(text, &f, style, plan->ignorance);
    add_contrary(text, plan, style);
    if (*conditions_of(plan->scenario)) {
        add_named(text, style, "Changed");
        text_format(text, "%s\n", conditions_of(plan->scenario));
    }
    add_named(text, style, "Precision");
    if (f.verdict != VERDICT_NO_RIVAL && finding_has_interval(&f))
        text_format(text, "mean net value +-%s %s, ", plan->scenario->settings.currency, shown_k(f.npv_half_width, 0, 0).s);
    text_format(text, "%s world%s, seed %llu%s\n", shown_number((double)results->worlds, 0, 0).s, results->worlds == 1 ? "" : "s",
                (unsigned long long)plan->options->seed,
                !style->interrupted                              ? ""
                : results->worlds == plan->options->worlds ? "; interrupted after them, before all that was asked about them"
                                                            : "; interrupted, only the finished blocks are counted");
    add_not_reached(text, plan, &f, style);
    add_left_out(text, style, finding_cut_short(&f, plan->attribution));
    if (style->folder) {
        add_named(text, style, "Results");
        text_format(text, "%s/report.html\n", style->folder);
    }
    add_next(text, &f, style);
}
