/* story_text.c: the story for the terminal, to be read aloud */
#include "report/story.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/conditions.h"

#define COLUMNS 110
#define SIDE 51   /* of each organisation in the side-by-side timeline, characters */
#define BETWEEN 4
#define UNSAID_MOST 5

static void heading(struct text *text, const char *words, bool colour)
{
    text_format(text, "\n%s%s%s\n", colour ? "\033[1m" : "", words, colour ? "\033[0m" : "");
}

static void paragraph(struct text *text, struct text *words, const char *indent)
{
    struct text newline = {0};
    text_format(&newline, "\n%s", indent);
    text_add(text, indent);
    shown_wrap(text, words->s ? words->s : "", COLUMNS - strlen(indent), 40, newline.s ? newline.s : "\n");
    text_add(text, "\n");
    text->failed |= words->failed | newline.failed;
    text_free(&newline);
    text_free(words);
}

/* --- one item, side by side --- */

static void add_week(struct text *line, double week) { text_format(line, "%6s  ", shown_number(week, 1, 0).s); }

/* Looks that end the same way, one after the other, are one line. */
static size_t same_looks(const struct orgsim_story_arm *told, size_t item, size_t from, float *last)
{
    size_t n = 0, e = from;
    *last = told->events[from].week;
    for (; e < told->n_events; e++) {
        const struct orgsim_event *event = &told->events[e];
        if (orgsim_event_info(event->kind)->subject != ORGSIM_SUBJECT_ITEM || event->subject != item) continue;
        if (event->kind != told->events[from].kind) break;
        *last = event->week;
        n++;
    }
    return n;
}

static void add_line(struct text *lines, struct text *line)
{
    shown_wrap(lines, line->s ? line->s : "", SIDE, 4, "\n        ");
    text_add(lines, "\n");
    lines->failed |= line->failed;
    text_free(line);
}

static void side_of(struct text *lines, const struct story *s, size_t arm, size_t item)
{
    const struct orgsim_story_arm *told = &s->told->arms[arm];
    enum orgsim_event_kind before = ORGSIM_EVENT_COUNT;
    for (size_t e = 0; e < told->n_events; e++) {
        const struct orgsim_event *event = &told->events[e];
        if (orgsim_event_info(event->kind)->subject != ORGSIM_SUBJECT_ITEM || event->subject != item) continue;
        bool look = event->kind == ORGSIM_EVENT_held_unseen || event->kind == ORGSIM_EVENT_held_unsaid, again = look && event->kind == before;
        before = event->kind;
        if (again) continue;
        struct text line = {0};
        float last = event->week;
        size_t looks = look ? same_looks(told, item, e, &last) : 0;
        add_week(&line, event->week);
        story_event(&line, s, arm, event);
        if (looks > 1) text_format(&line, " (%zu looks until week %s)", looks, shown_number(last, 1, 0).s);
        add_line(lines, &line);
    }
    if (!lines->n) text_add(lines, "        never comes up\n");
}

static size_t line_length(const char *s) { return s ? strcspn(s, "\n") : 0; }

static void add_cell(struct text *text, const char **at, size_t width)
{
    size_t bytes = line_length(*at);
    struct text cell = {0};
    if (*at) text_add_n(&cell, *at, bytes);
    text_add(text, cell.s ? cell.s : "");
    for (size_t n = shown_width(cell.s ? cell.s : ""); n < width; n++) text_add(text, " ");
    text->failed |= cell.failed;
    text_free(&cell);
    if (*at) *at = (*at)[bytes] && (*at)[bytes + 1] ? *at + bytes + 1 : NULL;
}

static void side_by_side(struct text *text, const char *left, const char *right)
{
    while (left || right) {
        struct text line = {0};
        add_cell(&line, &left, SIDE + BETWEEN);
        add_cell(&line, &right, 0);
        while (line.n && line.s[line.n - 1] == ' ') line.s[--line.n] = '\0';
        text_format(text, "%s\n", line.s ? line.s : "");
        text->failed |= line.failed;
        text_free(&line);
    }
}

static void add_item(struct text *text, const struct story *s, size_t number, bool colour)
{
    size_t item = s->chosen[number];
    struct text left = {0}, right = {0};
    text_format(text, "\n%s%zu. ", colour ? "\033[1m" : "", number + 1);
    story_item_name(text, s, item);
    text_format(text, "%s\n   ", colour ? "\033[0m" : "");
    story_item_place(text, s, item);
    text_add(text, "\n");
    side_of(&left, s, s->told->baseline, item);
    side_of(&right, s, s->told->headline, item);
    side_by_side(text, left.s, right.s);
    text->failed |= left.failed | right.failed;
    text_free(&left);
    text_free(&right);
}

static void add_items(struct text *text, const struct story *s, bool colour)
{
    struct text left = {0}, right = {0};
    if (s->n_chosen == 0) return;
    heading(text, "What made the difference (week, then what happened)", colour);
    text_format(&left, "        %s", shown_label(story_label(s, s->told->baseline)).s);
    text_format(&right, "        %s", shown_label(story_label(s, s->told->headline)).s);
    side_by_side(text, left.s, right.s);
    text->failed |= left.failed | right.failed;
    text_free(&left);
    text_free(&right);
    for (size_t n = 0; n < s->n_chosen; n++) add_item(text, s, n, colour);
}

/* --- the program as a whole --- */

static void add_program(struct text *text, const struct story *s, size_t arm)
{
    const struct orgsim_story_arm *told = &s->told->arms[arm];
    text_format(text, "  %s\n", story_label(s, arm));
    for (size_t e = 0; e < told->n_events; e++) {
        if (!story_is_decisive(&told->events[e])) continue;
        struct text line = {0};
        add_week(&line, told->events[e].week);
        story_event(&line, s, arm, &told->events[e]);
        paragraph(text, &line, "");
    }
}

/* --- what no status report showed --- */

static size_t next_unsaid(const struct story *s, size_t arm, double below, size_t after, double *damage)
{
    size_t best = SIZE_MAX;
    for (size_t k = 0; k < s->told->n_items; k++) {
        const struct story_life *life = story_life(s, arm, k);
        double d = life->damage_pw;
        if (!life->green_reports || d > below || (d == below && after != SIZE_MAX && k <= after)) continue;
        if (best == SIZE_MAX || d > *damage) {
            best = k;
            *damage = d;
        }
    }
    return best;
}

static size_t count_unsaid(const struct story *s, size_t arm)
{
    size_t n = 0;
    for (size_t k = 0; k < s->told->n_items; k++) n += story_life(s, arm, k)->green_reports > 0;
    return n;
}

static void add_unsaid(struct text *text, const struct story *s, size_t arm)
{
    size_t n = count_unsaid(s, arm), item = SIZE_MAX;
    double damage = INFINITY;
    struct text words = {0};
    text_format(&words, "%s: %d of %d reports were green. %zu thing%s open and unsaid while a report was green%s", story_label(s, arm), s->green[arm],
                s->reports[arm], n, n == 1 ? " was" : "s were", n ? "; the dearest:" : ".");
    paragraph(text, &words, "  ");
    for (size_t shown = 0; shown < UNSAID_MOST; shown++) {
        struct text line = {0};
        double found = 0;
        item = next_unsaid(s, arm, damage, item, &found);
        if (item == SIZE_MAX) break;
        damage = found;
        const struct story_life *life = story_life(s, arm, item);
        story_item_name(&line, s, item);
        text_format(&line, " (%d green report%s): ", life->green_reports, life->green_reports == 1 ? "" : "s");
        story_fate(&line, s, arm, item);
        paragraph(text, &line, "    ");
    }
}

/* --- the ledger --- */

static void add_ledger(struct text *text, const struct story *s)
{
    static const enum orgsim_metric rows[] = {ORGSIM_METRIC_finish_week, ORGSIM_METRIC_cost_k, ORGSIM_METRIC_seat_cost_k, ORGSIM_METRIC_value_k,
                                              ORGSIM_METRIC_npv_k, ORGSIM_METRIC_risks_realised, ORGSIM_METRIC_decision_debt_weeks,
                                              ORGSIM_METRIC_engineers_left, ORGSIM_METRIC_watermelon_weeks, ORGSIM_METRIC_features_dropped};
    static const char *const names[] = {"finish, week", "cost, k", "of which seats, k", "value, discounted, k", "net value, discounted, k", "risks that struck",
                                        "open questions, question-weeks", "engineers who left", "weeks green and truly red", "features dropped"};
    text_format(text, "%-32s", "");
    for (size_t a = 0; a < s->told->n_arms; a++) {
        struct text label = {0};
        shown_cut(&label, story_label(s, a), 18);
        text_format(text, "%*s", (int)(20 + strlen(label.s ? label.s : "") - shown_width(label.s ? label.s : "")), label.s ? label.s : "");
        text_free(&label);
    }
    text_add(text, "\n");
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        text_format(text, "%-32s", names[r]);
        for (size_t a = 0; a < s->told->n_arms; a++) {
            const float *metric = s->told->arms[a].metric;
            bool never = rows[r] == ORGSIM_METRIC_finish_week && metric[ORGSIM_METRIC_cancelled] + metric[ORGSIM_METRIC_censored] > 0;
            int decimals = rows[r] == ORGSIM_METRIC_finish_week ? 1 : 0;
            text_format(text, "%20s", shown_number(never ? INFINITY : (double)metric[rows[r]], decimals, 0).s);
        }
        text_add(text, "\n");
    }
}

void story_text(struct text *text, const struct story *s, bool colour)
{
    struct text words = {0};
    text_format(text, "%s%s: world %llu of seed %llu (%s)%s\n\n", colour ? "\033[1m" : "", s->scenario->settings.name,
                (unsigned long long)s->told->world, (unsigned long long)s->told->seed, orgsim_world_choice_word(s->told->choice), colour ? "\033[0m" : "");
    story_lead(&words, s);
    paragraph(text, &words, "");
    add_items(text, s, colour);
    heading(text, "People, cuts and reactions", colour);
    for (size_t a = 0; a < s->told->n_arms; a++) add_program(text, s, a);
    heading(text, "What no status report showed", colour);
    for (size_t a = 0; a < s->told->n_arms; a++) add_unsaid(text, s, a);
    heading(text, "The ledger", colour);
    add_ledger(text, s);
    text_add(text, "\n");
    story_caveat(&words, s);
    paragraph(text, &words, "");
    if (*conditions_of(s->scenario)) text_format(text, "\nChanged: %s\n", conditions_of(s->scenario));
}
