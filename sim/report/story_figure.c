/* story_figure.c: what happened in one program? Two panels of lanes, one for each organisation */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/story.h"

#define LEFT 236
#define HEADER 20        /* above the lanes of a panel, pixels */
#define BETWEEN 12       /* panels */
#define NAME_CHARACTERS 39
#define ROOM 1.08        /* of the axis beyond the last event, for words */

struct lanes {
    const struct story *s;
    size_t arm[2];
    double last, height, step; /* weeks; pixels of a panel and of a lane */
};

static double program_end(const struct story *s, size_t arm)
{
    const struct orgsim_story_arm *told = &s->told->arms[arm];
    for (size_t e = told->n_events; e-- > 0;) {
        enum orgsim_event_kind kind = told->events[e].kind;
        if (kind == ORGSIM_EVENT_finished || kind == ORGSIM_EVENT_cancelled || kind == ORGSIM_EVENT_censored) return told->events[e].week;
    }
    return told->metric[ORGSIM_METRIC_finish_week];
}

static double end_of(const struct lanes *l, int panel, const struct story_life *life)
{
    return isnan(life->ended) ? program_end(l->s, l->arm[panel]) : life->ended;
}

static double base_of(const struct lanes *l, int panel) { return panel == 0 ? l->height + BETWEEN : 0; }

static double lane_of(const struct lanes *l, int panel, size_t number)
{
    return base_of(l, panel) + l->height - HEADER - l->step * ((double)number + 0.5);
}

/* --- data: bars as x, y, length; points as x, y --- */

enum phase { PHASE_HIDDEN, PHASE_HELD, PHASE_MOVING, PHASE_STRUCK, PHASE_SETTLED, PHASES };

static bool hurts(const struct story_life *life)
{
    return life->end == STORY_STRUCK || life->end == STORY_REVEALED || life->end == STORY_DEFAULT_WRONG || life->end == STORY_WRONG;
}

/* Where a phase of a life begins and ends; false when it has none. */
static bool phase_span(const struct lanes *l, int panel, const struct story_life *life, enum phase phase, double *from, double *to)
{
    double end = end_of(l, panel, life);
    if (isnan(life->active)) return false;
    *from = phase == PHASE_HIDDEN ? life->active : phase == PHASE_HELD ? life->detected : life->surfaced;
    *to = phase == PHASE_HIDDEN && !isnan(life->detected) ? life->detected : phase == PHASE_HELD && !isnan(life->surfaced) ? life->surfaced : end;
    if (phase >= PHASE_STRUCK) {
        *from = end;
        *to = end;
        return life->end > STORY_OPEN && life->end != STORY_FORGOTTEN && hurts(life) == (phase == PHASE_STRUCK);
    }
    return !isnan(*from) && *to > *from;
}

static void add_data(struct text *data, const struct lanes *l)
{
    static const char *const names[] = {"nobody knows", "known and held", "on its way", "strikes", "settled"};
    for (int panel = 0; panel < 2; panel++) {
        for (int phase = 0; phase < PHASES; phase++) {
            size_t n = 0;
            text_format(data, "# %s, %s: week, lane, weeks\n", l->s->scenario->arms[l->s->told->arms[l->arm[panel]].arm].id, names[phase]);
            for (size_t c = 0; c < l->s->n_chosen; c++) {
                double from, to;
                if (!phase_span(l, panel, story_life(l->s, l->arm[panel], l->s->chosen[c]), (enum phase)phase, &from, &to)) continue;
                theme_number(data, from);
                text_add(data, " ");
                theme_number(data, lane_of(l, panel, c));
                text_add(data, " ");
                theme_number(data, to - from);
                text_add(data, "\n");
                n++;
            }
            text_add(data, n ? "\n\n" : "NaN NaN NaN\n\n\n"); /* nothing to draw, but a block of its own */
        }
    }
}

/* --- words --- */

static void add_names(struct text *gp, const struct lanes *l, int panel)
{
    for (size_t c = 0; c < l->s->n_chosen; c++) {
        struct text name = {0}, cut = {0};
        story_item_name(&name, l->s, l->s->chosen[c]);
        char *bracket = name.s && shown_width(name.s) > NAME_CHARACTERS ? strstr(name.s, " (") : NULL;
        if (bracket) *bracket = '\0'; /* the packages of an interface: the text names them */
        shown_cut(&cut, name.s ? name.s : "", NAME_CHARACTERS);
        theme_label(gp, &(struct theme_label){.s = cut.s ? cut.s : "", .screen = true, .x = 26, .y = THEME_BOTTOM - lane_of(l, panel, c), .size = THEME_FOOTNOTE});
        gp->failed |= name.failed | cut.failed;
        text_free(&name);
        text_free(&cut);
    }
}

static void end_words(struct text *words, const struct story_life *life)
{
    static const char *const ends[] = {
        [STORY_SETTLED] = "settled", [STORY_RIGHT] = "right answer", [STORY_WRONG] = "wrong answer", [STORY_STRUCK] = "strikes",
        [STORY_REVEALED] = "breaks", [STORY_DEFAULT_RIGHT] = "lucky default", [STORY_DEFAULT_WRONG] = "wrong default",
        [STORY_FORGOTTEN] = "cut", [STORY_OPEN] = "still open", [STORY_NEVER] = "never comes up"};
    text_add(words, ends[life->end]);
    if (shown_round(life->damage_pw, 1) > 0) text_format(words, ", %s pw", shown_number(life->damage_pw, 1, 0).s);
}

static void add_ends(struct text *gp, const struct lanes *l, int panel)
{
    for (size_t c = 0; c < l->s->n_chosen; c++) {
        const struct story_life *life = story_life(l->s, l->arm[panel], l->s->chosen[c]);
        struct text words = {0};
        end_words(&words, life);
        bool never = isnan(life->active);
        struct theme_label label = {.s = words.s ? words.s : "", .x = never ? 0 : end_of(l, panel, life), .y = lane_of(l, panel, c), .dx = 8,
                                    .size = THEME_FOOTNOTE, .colour = hurts(life) ? THEME_INK : THEME_GREY};
        double weeks = (12 + theme_text_width(label.s, THEME_FOOTNOTE, false)) * l->last * ROOM / (THEME_RIGHT - LEFT);
        if (!never && label.x + weeks > program_end(l->s, l->arm[panel]) && life->active > weeks) { /* it would cross the line of the finish */
            label.x = life->active;
            label.dx = -8;
            label.align = THEME_RIGHT_ALIGNED;
        }
        theme_label(gp, &label);
        gp->failed |= words.failed;
        text_free(&words);
    }
}

static void add_panel(struct text *gp, const struct lanes *l, int panel)
{
    const char *colour = panel == 0 ? THEME_WITHOUT : THEME_WITH;
    double base = base_of(l, panel), top = base + l->height, end = program_end(l->s, l->arm[panel]);
    const struct orgsim_story_arm *told = &l->s->told->arms[l->arm[panel]];
    struct text words = {0};
    text_format(&words, "%s: %s in week %s", shown_label(story_label(l->s, l->arm[panel])).s,
                told->metric[ORGSIM_METRIC_cancelled] > 0 ? "cancelled" : told->metric[ORGSIM_METRIC_censored] > 0 ? "still running" : "finished",
                shown_number(end, 1, 0).s);
    theme_label(gp, &(struct theme_label){.s = words.s ? words.s : "", .screen = true, .x = 26, .y = THEME_BOTTOM - top + HEADER / 2.0, .bold = true,
                                          .colour = colour});
    theme_line(gp, end, base, end, top, colour, 2);
    theme_line(gp, 0, base, l->last * ROOM, base, THEME_LINE, 1);
    add_names(gp, l, panel);
    add_ends(gp, l, panel);
    gp->failed |= words.failed;
    text_free(&words);
}

static void add_axes(struct text *gp, const struct lanes *l, double top)
{
    theme_box(gp, LEFT, THEME_RIGHT, top, THEME_BOTTOM);
    text_add(gp, "set xrange [0:");
    theme_number(gp, l->last * ROOM);
    text_add(gp, "]\nset yrange [0:");
    theme_number(gp, THEME_BOTTOM - top);
    text_add(gp, "]\nunset ytics\n");
    theme_xlabel(gp, LEFT, THEME_RIGHT, "Week of the program");
    theme_xtics(gp, 0, l->last * ROOM, 8, false);
    double deadline = l->s->told->deadline_week;
    if (deadline < l->last * ROOM) theme_line(gp, deadline, 0, deadline, THEME_BOTTOM - top, THEME_GREY, 1);
    if (deadline < l->last * ROOM) {
        char words[96];
        snprintf(words, sizeof words, "date, week %s", shown_week(deadline).s);
        figure_threshold(gp, words, LEFT + (THEME_RIGHT - LEFT) * deadline / (l->last * ROOM), top - 6);
    }
}

static void add_title(struct text *title, const struct lanes *l)
{
    static const char *const verbs[] = {"finishes", "is cancelled", "still runs"};
    text_add(title, "One world: ");
    for (int panel = 1; panel >= 0; panel--) {
        const float *metric = l->s->told->arms[l->arm[panel]].metric;
        int verb = metric[ORGSIM_METRIC_cancelled] > 0 ? 1 : metric[ORGSIM_METRIC_censored] > 0 ? 2 : 0;
        struct text label = {0};
        shown_cut(&label, story_label(l->s, l->arm[panel]), THEME_LABEL_CHARACTERS);
        text_format(title, "\xe2\x80\x9c%s\xe2\x80\x9d %s in week %s%s", label.s ? label.s : "", verbs[verb],
                    shown_number(program_end(l->s, l->arm[panel]), 1, 0).s, panel ? ", " : "");
        title->failed |= label.failed;
        text_free(&label);
    }
}

static void add_detail(struct text *detail, const struct lanes *l)
{
    text_add(detail, "Lanes of the things that made the difference. ");
    for (size_t c = 0; c < l->s->n_chosen; c++) {
        story_item_name(detail, l->s, l->s->chosen[c]);
        for (int panel = 0; panel < 2; panel++) {
            text_format(detail, "%s%s: ", panel ? "; " : ". ", story_label(l->s, l->arm[panel]));
            story_fate(detail, l->s, l->arm[panel], l->s->chosen[c]);
        }
        text_add(detail, ". ");
    }
}

static void add_plot(struct text *gp)
{
    static const char *const dark[] = {THEME_WITHOUT, THEME_WITH}, *const light[] = {THEME_WITHOUT_LIGHT, THEME_WITH_LIGHT};
    struct text plot = {0};
    for (int panel = 0; panel < 2; panel++) {
        int i = panel * PHASES;
        text_format(&plot, "%s \"explain.dat\" index %d using 1:2:3:(0) with vectors nohead lw 1.5 dt 3 lc rgb \"%s\" notitle, \\\n", panel ? "    " : "plot", i,
                    THEME_GREY);
        text_format(&plot, "     \"\" index %d using 1:2:3:(0) with vectors nohead lw 8 lc rgb \"%s\" notitle, \\\n", i + PHASE_HELD, light[panel]);
        text_format(&plot, "     \"\" index %d using 1:2:3:(0) with vectors nohead lw 8 lc rgb \"%s\" notitle, \\\n", i + PHASE_MOVING, dark[panel]);
        text_format(&plot, "     \"\" index %d using 1:2 with points pt 2 ps 0.8 lw 2.5 lc rgb \"%s\" notitle, \\\n", i + PHASE_STRUCK, THEME_INK);
        text_format(&plot, "     \"\" index %d using 1:2 with points pt 7 ps 0.7 lc rgb \"%s\" notitle%s", i + PHASE_SETTLED, dark[panel], panel ? "" : ", \\\n");
    }
    theme_plot(gp, "explain", plot.s ? plot.s : "");
    gp->failed |= plot.failed;
    text_free(&plot);
}

void story_figure(struct figure *figure, const struct story *s)
{
    struct lanes l = {.s = s, .arm = {s->told->baseline, s->told->headline}};
    struct text footnote = {0};
    struct text *gp = &figure->script;
    l.last = fmax(program_end(s, l.arm[0]), program_end(s, l.arm[1]));
    add_title(&figure->title, &l);
    add_detail(&figure->detail, &l);
    text_format(&footnote, "World %llu of seed %llu (%s), the same luck in both. One world is a story, not evidence.", (unsigned long long)s->told->world,
                (unsigned long long)s->told->seed, orgsim_world_choice_word(s->told->choice));
    double top = theme_head(gp, "explain", &(struct theme_words){figure->title.s ? figure->title.s : "",
                                                                "Dotted: nobody knows. Pale bar: known and held. Dark bar: on its way to a decision. "
                                                                "Cross: it hurts. Dot: settled.",
                                                                footnote.s ? footnote.s : ""}) + 8;
    l.height = (THEME_BOTTOM - top - BETWEEN) / 2;
    l.step = (l.height - HEADER) / (double)(s->n_chosen ? s->n_chosen : 1);
    add_axes(gp, &l, top);
    for (int panel = 0; panel < 2; panel++) add_panel(gp, &l, panel);
    add_plot(gp);
    add_data(&figure->data, &l);
    gp->failed |= footnote.failed;
    text_free(&footnote);
}
