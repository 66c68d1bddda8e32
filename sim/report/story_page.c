/* story_page.c: replay.html: the story in one file, with lanes and a moment in time that one can move */
#include "report/story.h"

#include <math.h>
#include <string.h>

#include "report/conditions.h"
#include "report/story_page.h"

#define WIDTH 1000
#define LEFT 300
#define RIGHT 985
#define HEADER 30
#define LANE 26
#define NAME_CHARACTERS 40
#define WORDS 130 /* width of the words at an end, pixels */
#define ROOM 1.06 /* of the axis beyond the last event */

struct stage {
    const struct story *s;
    size_t arm[2];
    double last;      /* week */
    double per_week;  /* pixels */
    double height;    /* of one panel */
};

static double stage_end(const struct story *s, size_t arm)
{
    const struct orgsim_story_arm *told = &s->told->arms[arm];
    double week = told->metric[ORGSIM_METRIC_finish_week];
    for (size_t e = 0; e < told->n_events; e++)
        if (told->events[e].kind == ORGSIM_EVENT_cancelled) week = told->events[e].week;
    return week;
}

static const char *side_class(int panel) { return panel ? "h" : "b"; }

static void add_number(struct text *html, double x)
{
    char digits[TEXT_NUMBER_SIZE];
    text_add(html, text_of_double(digits, round(x * 100) / 100));
}

static double place(const struct stage *st, double week) { return LEFT + st->per_week * week; }

static void add_bar(struct text *html, const struct stage *st, const char *class, int panel, double from, double to, double y)
{
    if (!(to > from)) return;
    text_format(html, "<rect class=\"%s %s\" x=\"", class, side_class(panel));
    add_number(html, place(st, from));
    text_add(html, "\" width=\"");
    add_number(html, st->per_week * (to - from));
    text_format(html, "\" y=\"%.1f\" height=\"14\" rx=\"2\"/>", y - 7);
}

static void add_line(struct text *html, const char *class, double x0, double y0, double x1, double y1)
{
    text_format(html, "<line class=\"%s\" x1=\"%.2f\" y1=\"%.1f\" x2=\"%.2f\" y2=\"%.1f\"/>", class, x0, y0, x1, y1);
}

static bool hurts(const struct story_life *life)
{
    return life->end == STORY_STRUCK || life->end == STORY_REVEALED || life->end == STORY_DEFAULT_WRONG || life->end == STORY_WRONG;
}

/* before: where the lane begins; words go there when they would cross the line of the finish. */
static void add_mark(struct text *html, const struct story_life *life, int panel, double x, double y, double before, double finish)
{
    bool left = x + WORDS > finish && before - WORDS > LEFT;
    if (hurts(life)) text_format(html, "<path class=\"hurt\" d=\"M%.1f %.1fl10 10m0-10l-10 10\"/>", x - 5, y - 5);
    else if (life->end > STORY_OPEN && life->end != STORY_FORGOTTEN)
        text_format(html, "<circle class=\"mark %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"5.5\"/>", side_class(panel), x, y);
    text_format(html, "<text x=\"%.1f\" y=\"%.1f\" class=\"grey\" text-anchor=\"%s\">", left ? before - 10 : x + 10, y + 4.5, left ? "end" : "start");
    if (shown_round(life->damage_pw, 1) > 0) text_format(html, "%s person-weeks", shown_number(life->damage_pw, 1, 0).s);
    else if (life->end == STORY_OPEN) text_add(html, "still open");
    text_add(html, "</text>");
}

static void add_lane(struct text *html, const struct stage *st, int panel, size_t number, double y)
{
    size_t item = st->s->chosen[number];
    const struct story_life *life = story_life(st->s, st->arm[panel], item);
    double end = isnan(life->ended) ? stage_end(st->s, st->arm[panel]) : life->ended;
    double known = isnan(life->detected) ? end : life->detected, raised = isnan(life->surfaced) ? end : life->surfaced;
    struct text name = {0}, cut = {0}, fate = {0};
    story_item_name(&name, st->s, item);
    const char *bracket = name.s && shown_width(name.s) > NAME_CHARACTERS ? strstr(name.s, " (") : NULL;
    if (bracket) text_add_n(&cut, name.s, (size_t)(bracket - name.s)); /* the packages of an interface: the title names them */
    else shown_cut(&cut, name.s ? name.s : "", NAME_CHARACTERS);
    story_fate(&fate, st->s, st->arm[panel], item);
    text_format(html, "<g><title>");
    text_html(html, name.s ? name.s : "");
    text_add(html, ": ");
    text_html(html, fate.s ? fate.s : "");
    text_format(html, "</title><text x=\"0\" y=\"%.1f\">", y + 4.5);
    text_html(html, cut.s ? cut.s : "");
    text_add(html, "</text>");
    if (isnan(life->active)) {
        text_format(html, "<text x=\"%d\" y=\"%.1f\" class=\"grey\">never comes up</text></g>\n", LEFT + 8, y + 4.5);
    } else {
        add_line(html, "unknown", place(st, life->active), y, place(st, known), y);
        add_bar(html, st, "held", panel, known, raised, y);
        add_bar(html, st, "moving", panel, raised, end, y);
        add_mark(html, life, panel, place(st, end), y, place(st, life->active), place(st, stage_end(st->s, st->arm[panel])));
        text_add(html, "</g>\n");
    }
    html->failed |= name.failed | cut.failed | fate.failed;
    text_free(&name);
    text_free(&cut);
    text_free(&fate);
}

static void add_panel(struct text *html, const struct stage *st, int panel, double top)
{
    double end = stage_end(st->s, st->arm[panel]), x = place(st, end);
    const struct orgsim_story_arm *told = &st->s->told->arms[st->arm[panel]];
    struct text class = {0};
    text_format(html, "<text class=\"name %s\" x=\"0\" y=\"%.1f\">", side_class(panel), top + 18);
    text_html(html, story_label(st->s, st->arm[panel]));
    text_format(html, ": %s in week %s</text>",
                told->metric[ORGSIM_METRIC_cancelled] > 0 ? "cancelled" : told->metric[ORGSIM_METRIC_censored] > 0 ? "still running" : "finished",
                shown_number(end, 1, 0).s);
    add_line(html, "axis", LEFT, top + st->height, RIGHT, top + st->height);
    for (size_t n = 0; n < st->s->n_chosen; n++) add_lane(html, st, panel, n, top + HEADER + LANE * ((double)n + 0.5));
    text_format(&class, "end %s", side_class(panel));
    add_line(html, class.s ? class.s : "end", x, top, x, top + st->height);
    html->failed |= class.failed;
    text_free(&class);
}

static void add_lanes(struct text *html, const struct stage *st)
{
    double whole = 2 * st->height + 24, step = theme_step(st->last, 8);
    text_format(html,
                "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Lanes of what made the difference\">\n<svg id=\"lanes\" role=\"img\" "
                "aria-label=\"The lives of %zu risks, questions and interfaces under two organisations; the lists below say the same in words\" "
                "viewBox=\"0 0 %d %.0f\" data-left=\"%d\" data-right=\"%d\" data-per-week=\"",
                st->s->n_chosen, WIDTH, whole + 24, LEFT, WIDTH);
    add_number(html, st->per_week);
    text_add(html, "\">\n");
    if (st->s->told->deadline_week <= st->last * ROOM) {
        double x = place(st, st->s->told->deadline_week);
        add_line(html, "date", x, 0, x, whole - 12);
        text_format(html, "<text class=\"grey\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">the date</text>\n", x, whole + 20);
    }
    for (int panel = 0; panel < 2; panel++) add_panel(html, st, panel, panel * (st->height + 12));
    for (double week = 0; week <= st->last * ROOM; week += step)
        text_format(html, "<text class=\"grey\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.0f</text>", place(st, week), whole + 4, week);
    text_format(html, "\n<rect id=\"veil\" x=\"%d\" y=\"0\" width=\"0\" height=\"%.0f\"/><line id=\"line\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"%.0f\"/>\n</svg>\n</div>\n",
                WIDTH, whole - 10, whole - 10);
    text_add(html, "<p class=\"note\">Dotted: nobody knows it. Pale bar: somebody knows and keeps it. Dark bar: on its way to a decision. Cross: it hurts. Dot: "
                   "it is settled. The numbers below are weeks.</p>\n");
}

/* Events of the chosen items and of the program; the looks between first and last are left out. */
static bool is_told(const struct story *s, const struct orgsim_story_arm *told, size_t e)
{
    const struct orgsim_event *event = &told->events[e];
    if (story_is_decisive(event)) return true;
    if (orgsim_event_info(event->kind)->subject != ORGSIM_SUBJECT_ITEM) return false;
    if ((event->kind == ORGSIM_EVENT_held_unseen || event->kind == ORGSIM_EVENT_held_unsaid) && event->x >= 1) return false;
    for (size_t n = 0; n < s->n_chosen; n++)
        if (s->chosen[n] == event->subject) return true;
    return false;
}

static void add_event(struct text *html, const struct story *s, size_t arm, const struct orgsim_event *event)
{
    struct text words = {0}, item = {0};
    story_event(&words, s, arm, event);
    if (orgsim_event_info(event->kind)->subject == ORGSIM_SUBJECT_ITEM) story_item_name(&item, s, event->subject);
    text_add(html, "<li data-week=\"");
    add_number(html, event->week);
    text_add(html, "\" data-side=\"");
    text_html(html, story_label(s, arm));
    text_add(html, "\" data-said=\"");
    if (item.n) text_html(html, item.s);
    if (item.n) text_add(html, ": ");
    text_html(html, words.s ? words.s : "");
    text_format(html, "\"><b>%s</b><span>", shown_number(event->week, 1, 0).s);
    text_html(html, words.s ? words.s : "");
    if (item.n) text_add(html, "<small>");
    if (item.n) text_html(html, item.s);
    text_add(html, item.n ? "</small></span></li>\n" : "</span></li>\n");
    html->failed |= words.failed | item.failed;
    text_free(&words);
    text_free(&item);
}

static void add_log(struct text *html, const struct stage *st, int panel)
{
    const struct orgsim_story_arm *told = &st->s->told->arms[st->arm[panel]];
    text_format(html, "<div><h3 id=\"side-%s\" class=\"%s\">", side_class(panel), side_class(panel));
    text_html(html, story_label(st->s, st->arm[panel]));
    text_format(html, "</h3>\n<div class=\"log\" tabindex=\"0\" role=\"region\" aria-labelledby=\"side-%s\"><ol>\n", side_class(panel));
    for (size_t e = 0; e < told->n_events; e++)
        if (is_told(st->s, told, e)) add_event(html, st->s, st->arm[panel], &told->events[e]);
    text_add(html, "</ol></div></div>\n");
}

static void add_ledger(struct text *html, const struct stage *st)
{
    static const enum orgsim_metric rows[] = {ORGSIM_METRIC_finish_week, ORGSIM_METRIC_cost_k, ORGSIM_METRIC_seat_cost_k, ORGSIM_METRIC_value_k,
                                              ORGSIM_METRIC_npv_k, ORGSIM_METRIC_risks_realised, ORGSIM_METRIC_engineers_left};
    static const char *const names[] = {"Finish, week", "Cost, k", "of which seats, k", "Value, k", "Net value, k", "Risks that struck", "Engineers who left"};
    text_add(html, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"The ledger\"><table><thead><tr><th scope=\"col\">The ledger</th>");
    for (int panel = 0; panel < 2; panel++) {
        text_format(html, "<th scope=\"col\" class=\"%s\">", side_class(panel));
        text_html(html, story_label(st->s, st->arm[panel]));
        text_add(html, "</th>");
    }
    text_add(html, "</tr></thead><tbody>\n");
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        text_format(html, "<tr><th scope=\"row\">%s</th>", names[r]);
        for (int panel = 0; panel < 2; panel++) {
            const float *metric = st->s->told->arms[st->arm[panel]].metric;
            bool never = r == 0 && metric[ORGSIM_METRIC_cancelled] + metric[ORGSIM_METRIC_censored] > 0;
            text_format(html, "<td>%s</td>", shown_number(never ? INFINITY : (double)metric[rows[r]], r == 0 ? 1 : 0, SHOWN_TYPOGRAPHIC).s);
        }
        text_add(html, "</tr>\n");
    }
    text_add(html, "</tbody></table></div>\n");
}

static void add_head(struct text *html, const struct story *s)
{
    text_add(html, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
                   "initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src "
                   "'unsafe-inline'\">\n<title>");
    text_html(html, s->scenario->settings.name);
    text_format(html, ": world %llu, told</title>\n<style>\n", (unsigned long long)s->told->world);
    text_add(html, story_page_style);
    text_add(html, "</style>\n</head>\n<body>\n<main>\n<h1>");
    text_html(html, s->scenario->settings.name);
    text_format(html, " \xc2\xb7 world %llu of seed %llu (%s), lived twice</h1>\n", (unsigned long long)s->told->world, (unsigned long long)s->told->seed,
                orgsim_world_choice_word(s->told->choice));
}

static void add_words(struct text *html, const struct story *s, const char *class, void (*write)(struct text *, const struct story *))
{
    struct text words = {0};
    write(&words, s);
    text_format(html, "<p class=\"%s\">", class);
    text_html(html, words.s ? words.s : "");
    text_add(html, "</p>\n");
    html->failed |= words.failed;
    text_free(&words);
}

static void add_changed(struct text *html, const struct story *s)
{
    if (!*conditions_of(s->scenario)) return;
    text_add(html, "<p class=\"note\">Changed: <code>");
    text_html(html, conditions_of(s->scenario));
    text_add(html, "</code></p>\n");
}

static void add_controls(struct text *html, const struct stage *st)
{
    text_add(html, "<div id=\"replay\" role=\"group\" aria-label=\"Replay\"><button id=\"back\" type=\"button\">Previous</button><button id=\"next\" "
                   "type=\"button\">Next</button><button id=\"play\" type=\"button\" aria-pressed=\"false\">Play</button><button id=\"all\" "
                   "type=\"button\">Show all</button>"
                   "<label for=\"week\" id=\"now\">Week</label><input id=\"week\" type=\"range\" min=\"0\" step=\"0.1\" value=\"0\" max=\"");
    add_number(html, ceil(st->last));
    text_add(html, "\"><p id=\"said\" aria-live=\"polite\"></p></div>\n");
}

void story_page(struct text *html, const struct story *s)
{
    struct stage st = {.s = s, .arm = {s->told->baseline, s->told->headline}};
    st.last = fmax(stage_end(s, st.arm[0]), stage_end(s, st.arm[1]));
    st.per_week = (RIGHT - LEFT) / (st.last * ROOM);
    st.height = HEADER + LANE * (double)s->n_chosen + 6;
    add_head(html, s);
    add_words(html, s, "lead", story_lead);
    add_words(html, s, "note", story_caveat);
    add_changed(html, s);
    text_add(html, "<h2>The replay</h2>\n<p class=\"note\">Step with the buttons, the slider, or the arrow keys.</p>\n");
    add_controls(html, &st);
    add_lanes(html, &st);
    text_add(html, "<div class=\"sides\">\n");
    for (int panel = 0; panel < 2; panel++) add_log(html, &st, panel);
    text_add(html, "</div>\n<h2>What it came to</h2>\n");
    add_ledger(html, &st);
    text_add(html, "<p class=\"note\">Told again by: <code>");
    text_html(html, s->command);
    text_add(html, "</code></p>\n</main>\n<script>\n");
    text_add(html, story_page_script);
    text_add(html, "</script>\n</body>\n</html>\n");
}
