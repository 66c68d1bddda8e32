/* voi_figure.c: what should we measure first? A bar for each assumption that is clearly worth something, below the bar of all together. */
#include <math.h>
#include <stdio.h>

#include "report/figure_panel.h"
#include "report/quantity.h"
#include "report/voi.h"

#define LEFT 372
#define NAMES 92     /* pixels to the right of the panel, for the amounts */
#define ROWS_MOST 7  /* besides all together */
#define PITCH_MOST 44
#define THICK 8      /* half a bar, pixels */
#define CHARACTERS 58

struct bars {
    const struct voi_report *r;
    size_t n;        /* assumptions drawn */
    struct figure_panel panel;
};

static double worth(const struct bars *b, size_t k) { return k == 0 ? b->r->voi->perfect_k : b->r->voi->row[k - 1].worth_k; }
static double half_width(const struct bars *b, size_t k) { return SUMMARY_Z95 * (k == 0 ? b->r->voi->perfect_se_k : b->r->voi->row[k - 1].se_k); }
static double high_end(const struct bars *b, size_t k) { return worth(b, k) + half_width(b, k); }
static double low_end(const struct bars *b, size_t k) { return fmax(0, worth(b, k) - half_width(b, k)); }

static void set_panel(struct bars *b, double top)
{
    double most = 0, rows = (double)b->n + 1, pitch = fmin(PITCH_MOST, (THEME_BOTTOM - top) / rows);
    for (size_t k = 0; k <= b->n; k++) most = fmax(most, high_end(b, k));
    b->panel = (struct figure_panel){.left = LEFT, .right = THEME_RIGHT - NAMES, .top = top, .bottom = top + rows * pitch, .x0 = 0, .x1 = most > 0 ? most : 1,
                                     .y0 = rows + 0.5, .y1 = 0.5};
}

static void add_name(struct text *gp, const struct bars *b, size_t k)
{
    struct text name = {0}, meaning = {0};
    double y = figure_panel_y(&b->panel, (double)k + 1);
    if (k == 0) {
        text_add(&name, "all assumptions together");
    } else {
        text_add(&name, b->r->voi->row[k - 1].name);
        shown_cut(&meaning, b->r->voi->row[k - 1].meaning, CHARACTERS);
    }
    theme_label(gp, &(struct theme_label){.s = name.s ? name.s : "", .screen = true, .x = LEFT - 12, .y = meaning.n ? y - 7 : y, .align = THEME_RIGHT_ALIGNED,
                                          .bold = k > 0});
    if (meaning.n)
        theme_label(gp, &(struct theme_label){.s = meaning.s, .screen = true, .x = LEFT - 12, .y = y + 8, .align = THEME_RIGHT_ALIGNED, .size = THEME_FOOTNOTE,
                                              .colour = THEME_GREY});
    gp->failed |= name.failed || meaning.failed;
    text_free(&name);
    text_free(&meaning);
}

static void add_amount(struct text *gp, const struct bars *b, size_t k)
{
    theme_label(gp, &(struct theme_label){.s = voi_money(worth(b, k)).s, .screen = true, .x = figure_panel_x(&b->panel, high_end(b, k)) + 8,
                                          .y = figure_panel_y(&b->panel, (double)k + 1), .bold = k > 0, .colour = k > 0 ? THEME_WITH : THEME_GREY});
}

static void add_data(struct text *data, const struct bars *b)
{
    text_add(data, "# row, worth of knowing in k, 95 % interval; assumption\n");
    for (size_t k = 0; k <= b->n; k++) {
        const double row[] = {worth(b, k), low_end(b, k), high_end(b, k)};
        text_format(data, "%zu", k + 1);
        for (int c = 0; c < 3; c++) {
            text_add(data, " ");
            theme_number(data, row[c]);
        }
        text_format(data, " # %s\n", k == 0 ? "all together" : b->r->voi->row[k - 1].name);
    }
}

static void add_plot(struct text *plot, const struct bars *b)
{
    static const char *const ranges[] = {"every ::0::0", "every ::1"};
    static const char *const colours[] = {"#C9D0D8", THEME_WITH};
    for (int part = 0; part < (b->n > 0 ? 2 : 1); part++)
        text_format(plot,
                    "%s\"voi.dat\" %s using (X1($2)):(Y1($1)):(X1(0)):(X1($2)):(Y1($1)-%d):(Y1($1)+%d) with boxxyerror fs solid noborder fc rgb \"%s\" notitle",
                    part == 0 ? "plot " : ", \\\n     ", ranges[part], THICK, THICK, colours[part]);
    text_format(plot, ", \\\n     \"voi.dat\" using (X1($3)):(Y1($1)):(X1($4)-X1($3)):(0) with vectors heads size screen 0.005,90 lw 1.2 lc rgb \"%s\" notitle", THEME_INK);
}

static void add_detail(struct text *detail, const struct bars *b)
{
    const struct orgsim_voi *v = b->r->voi;
    const char *currency = b->r->scenario->settings.currency;
    text_format(detail, "To know all %zu assumptions before the choice: up to %s %s.", v->n, currency, voi_money(v->perfect_k).s);
    for (size_t k = 0; k < b->n; k++) text_format(detail, " %s: %s %s.", v->row[k].name, currency, voi_money(v->row[k].worth_k).s);
    if (b->n == 0) text_add(detail, " No single assumption is clearly worth anything.");
}

void voi_figure(struct figure *figure, const struct voi_report *r)
{
    struct bars b = {.r = r, .n = voi_clear(r->voi)};
    struct text subhead = {0}, footnote = {0}, plot = {0}, label = {0}, *gp = &figure->script;
    if (b.n > ROWS_MOST) b.n = ROWS_MOST;
    voi_title(&figure->title, r, SHOWN_TYPOGRAPHIC);
    text_format(&subhead, "Worth of knowing before one of %zu organisations is chosen, at most, with its 95%% interval", r->voi->n_arms);
    text_format(&footnote, "%s points of our ignorance, %s worlds each, seed %llu. A simulation of stated assumptions, not a measurement of yours.",
                shown_number((double)r->voi->points, 0, 0).s, shown_number((double)r->voi->worlds, 0, 0).s, (unsigned long long)r->seed);
    double top = figure_head(figure, "voi", &subhead, footnote.s ? footnote.s : "") + 4;
    figure_panel_page(gp);
    set_panel(&b, top);
    figure_panel_xaxis(gp, &b.panel, 4, PANEL_MONEY);
    text_format(&label, "Mean net value, %s", r->scenario->settings.currency);
    figure_panel_xlabel(gp, &b.panel, label.s ? label.s : "");
    figure_panel_map(gp, &b.panel, 1);
    for (size_t k = 0; k <= b.n; k++) {
        add_name(gp, &b, k);
        add_amount(gp, &b, k);
    }
    add_data(&figure->data, &b);
    add_plot(&plot, &b);
    theme_plot(gp, "voi", plot.s ? plot.s : "");
    add_detail(&figure->detail, &b);
    gp->failed |= plot.failed || label.failed || footnote.failed;
    text_free(&footnote);
    text_free(&plot);
    text_free(&label);
}
