/* figure_escalation.c: does the right thing go up? First looks at what needed more than the team, and at what did not: surfaced or held. */
#include <math.h>
#include <stdio.h>

#include "report/figure.h"
#include "report/figure_panel.h"

#define LEFT 150
#define BETWEEN 26
#define STRIP 22  /* below each bar: names of parts that are too narrow to hold them, pixels */
#define NARROW 84 /* a part narrower than this has its name below, pixels */

enum { HIT, MISS, FALSE_ALARM, CORRECT_HOLD, COUNTS };

struct matrix {
    const struct finding *f;
    double count[2][COUNTS]; /* baseline, headline: first looks per program */
};

static const char *const names[COUNTS] = {"hit", "miss", "false alarm", "correct hold"};

/* Sum over those who look: engineers, their managers, product seats, delivery seats. */
static void count_looks(struct matrix *m)
{
    static const enum orgsim_metric first[] = {ORGSIM_METRIC_hits_team, ORGSIM_METRIC_hits_em, ORGSIM_METRIC_hits_pm, ORGSIM_METRIC_hits_delivery};
    for (int of = 0; of < 2; of++) {
        size_t row = of ? m->f->headline : m->f->baseline;
        for (size_t who = 0; who < sizeof first / sizeof *first; who++) {
            for (int c = 0; c < COUNTS; c++) m->count[of][c] += finding_summary(m->f, row, (enum orgsim_metric)((int)first[who] + c))->mean;
        }
    }
}

/* Share of the first count in the pair that it begins; NAN where there was nothing to look at. */
static double share_of(const struct matrix *m, int of, int first)
{
    double sum = m->count[of][first] + m->count[of][first + 1];
    return sum > 0 ? m->count[of][first] / sum : (double)NAN;
}

static void add_title(struct text *title, const struct matrix *m)
{
    double a = share_of(m, 0, HIT), b = share_of(m, 1, HIT);
    if (isnan(a) || isnan(b)) {
        text_add(title, "Nothing needed more than the team, so nothing had to go up");
        return;
    }
    figure_pair(title, m->f, "Of what needs more than the team, surfaced at the first look", "", shown_share(a, 0).s, shown_share(b, 0).s,
                figure_clear(m->f, ORGSIM_METRIC_escalation_recall));
}

/* One part of a bar: filled with the organisation's colour where the look was right, light where it was wrong. */
static void add_part(struct text *gp, const struct matrix *m, int of, int c, double left, double right, double top, double bottom)
{
    bool correct = c == HIT || c == CORRECT_HOLD;
    if (right - left < 0.5) return;
    figure_panel_fill(gp, left, top, right, bottom, correct ? figure_colour(of) : figure_light(of));
    char name[64], numbers[160];
    double pair = m->count[of][c < FALSE_ALARM ? HIT : FALSE_ALARM] + m->count[of][c < FALSE_ALARM ? MISS : CORRECT_HOLD];
    snprintf(name, sizeof name, "%s", names[c]);
    snprintf(numbers, sizeof numbers, "%s (%s)", shown_number(m->count[of][c], 1, 0).s, shown_share(m->count[of][c] / pair, 0).s);
    bool narrow = right - left < NARROW, surfaced = c == HIT || c == FALSE_ALARM;
    struct theme_label label = {.screen = true, .x = (left + right) / 2, .align = THEME_CENTRE, .colour = correct ? "#FFFFFF" : THEME_INK};
    if (narrow) {
        char both[256];
        snprintf(both, sizeof both, "%s %s", name, numbers);
        label = (struct theme_label){.s = both, .screen = true, .x = surfaced ? left : right, .y = bottom + 11, .size = THEME_FONT_SIZE - 1,
                                     .align = surfaced ? THEME_LEFT : THEME_RIGHT_ALIGNED};
        theme_label(gp, &label);
        return;
    }
    label.s = name;
    label.y = (top + bottom) / 2 - 9;
    label.bold = true;
    theme_label(gp, &label);
    label.s = numbers;
    label.y += 18;
    label.bold = false;
    theme_label(gp, &label);
}

static void add_bars(struct text *gp, const struct matrix *m, int of, const struct figure_panel *p)
{
    double height = (p->bottom - p->top) / 2 - STRIP;
    for (int pair = 0; pair < 2; pair++) {
        int first = pair == 0 ? HIT : FALSE_ALARM;
        double top = p->top + pair * (height + STRIP), share = share_of(m, of, first);
        if (isnan(share)) {
            theme_label(gp, &(struct theme_label){
                                .s = "none", .screen = true, .x = p->left + 6, .y = top + height / 2, .colour = THEME_GREY});
            continue;
        }
        double cut = p->left + (p->right - p->left) * share;
        add_part(gp, m, of, first, p->left, cut > p->left && cut < p->right ? cut - 1 : cut, top, top + height);
        add_part(gp, m, of, first + 1, cut > p->left && cut < p->right ? cut + 1 : cut, p->right, top, top + height);
    }
    figure_panel_name(gp, &(struct figure_panel){.left = p->left - 6, .top = p->top}, figure_label(m->f, of ? m->f->headline : m->f->baseline).s,
                      figure_colour(of));
}

static void add_sides(struct text *gp, const struct figure_panel *p)
{
    static const char *const lines[2][2] = {{"What needed more", "than the team"}, {"What was for the", "team to settle"}};
    double height = (p->bottom - p->top) / 2 - STRIP;
    for (int pair = 0; pair < 2; pair++) {
        for (int line = 0; line < 2; line++) {
            theme_label(gp, &(struct theme_label){.s = lines[pair][line],
                                                  .screen = true,
                                                  .x = 26,
                                                  .y = p->top + pair * (height + STRIP) + height / 2 - 8 + 16 * line,
                                                  .colour = THEME_INK});
        }
    }
}

static void add_data(struct text *data, const struct matrix *m)
{
    text_add(data, "# arm, first looks per program: hit, miss, false alarm, correct hold\n");
    for (int of = figure_first(m->f); of < 2; of++) {
        text_format(data, "# %s\n", finding_id(m->f, of ? m->f->headline : m->f->baseline));
        for (int c = 0; c < COUNTS; c++) {
            theme_number(data, m->count[of][c]);
            text_add(data, c == COUNTS - 1 ? "\n" : " ");
        }
    }
}

void figure_escalation(struct figure *figure, const struct finding *f, const char *footnote)
{
    struct matrix m = {.f = f};
    struct text subhead = {0}, *gp = &figure->script;
    count_looks(&m);
    add_title(&figure->title, &m);
    text_add(&subhead, "First looks per program. Left part: surfaced, right part: held. Dark: rightly so, light: wrongly.");
    double top = figure_head(figure, "escalation", &subhead, footnote) + 6;
    figure_panel_page(gp);
    for (int of = figure_first(f); of < 2; of++) {
        struct figure_edges side = figure_side(f, of, LEFT, BETWEEN);
        struct figure_panel p = {.left = side.left, .right = side.right, .top = top, .bottom = THEME_BOTTOM + 30};
        if (of == figure_first(f)) add_sides(gp, &p);
        add_bars(gp, &m, of, &p);
    }
    add_data(&figure->data, &m);
    theme_plot(gp, "escalation", "plot NaN notitle");
    text_add(&figure->detail, "First looks per program, as hit, miss, false alarm and correct hold:");
    for (int of = figure_first(f); of < 2; of++) {
        text_format(&figure->detail, "%s %s, %s, %s and %s under %s", of > figure_first(f) ? ";" : "", shown_number(m.count[of][HIT], 1, 0).s,
                    shown_number(m.count[of][MISS], 1, 0).s, shown_number(m.count[of][FALSE_ALARM], 1, 0).s,
                    shown_number(m.count[of][CORRECT_HOLD], 1, 0).s, figure_quoted(f, of ? f->headline : f->baseline).s);
    }
    text_add(&figure->detail, ".");
}
