/* validation_figure.c: does the model give what was measured? Quantiles of the model against those of real data, a panel for each kind of data
 *
 * Both axes of a panel have the same range, so that the line on which both are equal runs from corner to corner.
 */
#include "report/validation.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/figure_panel.h"

#define ALIKE 0.25   /* of what was measured: how far a quantile may lie off, as of the checks of quantiles */
#define COLUMNS 3
#define LEFT 64      /* of the first panel, pixels */
#define PITCH 226
#define WIDE 166
#define INDENT 38    /* of a panel's left edge behind its words */
#define ABOVE 34     /* name and axis title over a panel */
#define BELOW 42     /* numbers, axis title and air under it */
#define LAST 410     /* lower edge of the lower row */
#define CAPTION 10.5 /* axis titles */
#define NAME_WIDE 28 /* of P90 in the plot */
#define NAME_HIGH 12.0

/* The quantiles that are named: of 10, 50, 80 and 90 %. */
static const struct {
    size_t k;
    const char *name;
} named[] = {{1, "P10"}, {9, "P50"}, {15, "P80"}, {17, "P90"}};

enum { NAMED = sizeof named / sizeof *named, MEDIAN = 9 };

static bool is_named(size_t k)
{
    for (size_t i = 0; i < NAMED; i++)
        if (named[i].k == k) return true;
    return false;
}

static bool is_made(const struct orgsim_compared *c) { return c->of_data > 0 && c->of_model > 0; }

static bool is_there(const struct orgsim_compared *c, size_t k) { return isfinite(c->data[k]) && isfinite(c->model[k]); }

/* Delays are told as multiples of their own median, which is then no finding. */
static bool is_by_construction(int id, size_t k) { return id == ORGSIM_COMPARED_DECISIONS && k == MEDIAN; }

/* The named quantiles that the data reach, and how many of them the model gives closely enough. */
static size_t count(const struct orgsim_validation *v, size_t *alike)
{
    size_t n = 0;
    *alike = 0;
    for (int id = 0; id < ORGSIM_COMPARED_COUNT; id++)
        for (size_t i = 0; i < NAMED; i++) {
            const struct orgsim_compared *c = &v->compared[id];
            size_t k = named[i].k;
            if (!is_made(c) || !is_there(c, k) || is_by_construction(id, k)) continue;
            n++;
            *alike += fabs(c->model[k] - c->data[k]) <= ALIKE * fabs(c->data[k]);
        }
    return n;
}

bool validation_compares(const struct orgsim_validation *v)
{
    size_t alike;
    return count(v, &alike) > 0;
}

static void add_title(struct text *title, const struct orgsim_validation *v)
{
    size_t alike, n = count(v, &alike);
    text_format(title, "The model gives %zu of %zu marked quantiles of real data within 25%%", alike, n);
}

static int decimals_of(const struct orgsim_compared_info *info) { return strcmp(info->unit, "months") ? 2 : 0; }

/* What is compared, as a sentence begins. */
static struct shown capital(const struct orgsim_compared_info *info)
{
    struct shown name;
    snprintf(name.s, sizeof name.s, "%s", info->what);
    if (name.s[0] >= 'a' && name.s[0] <= 'z') name.s[0] = (char)(name.s[0] - 'a' + 'A');
    return name;
}

static void add_detail(struct text *detail, const struct orgsim_compared *c, const struct orgsim_compared_info *info)
{
    const char *comma = ": ";
    if (!is_made(c)) {
        text_format(detail, "%s%s: not checked, %s was not there.", detail->n ? " " : "", capital(info).s, info->file);
        return;
    }
    text_format(detail, "%s%s, %s (%s %s; %s worlds), data and model", detail->n ? " " : "", capital(info).s, info->unit, shown_number((double)c->of_data, 0, 0).s,
                info->counted, shown_number((double)c->of_model, 0, 0).s);
    for (size_t i = 0; i < NAMED; i++) {
        size_t k = named[i].k;
        if (!is_there(c, k)) continue;
        text_format(detail, "%s%s %s and %s", comma, named[i].name, shown_number(c->data[k], decimals_of(info), 0).s, shown_number(c->model[k], decimals_of(info), 0).s);
        comma = ", ";
    }
    text_add(detail, ".");
}

/* --- drawing ------------------------------------------------------------------------------------------------------------------------ */

static struct figure_panel panel_of(const struct orgsim_compared *c, size_t cell, double top)
{
    double row = (LAST - top) / 2, left = LEFT + PITCH * (double)(cell % COLUMNS), upper = top + row * (double)(cell / COLUMNS), most = 0;
    for (size_t k = 0; k < ORGSIM_COMPARED_QUANTILES; k++)
        if (is_there(c, k)) most = fmax(most, fmax(c->data[k], c->model[k]));
    most = most > 0 ? 1.06 * most : 1;
    return (struct figure_panel){.left = left, .right = left + WIDE, .top = upper + ABOVE, .bottom = upper + row - BELOW, .x1 = most, .y1 = most};
}

static void add_words(struct text *gp, double x, double y, const char *s, double size, bool bold)
{
    theme_label(gp, &(struct theme_label){.s = s, .screen = true, .x = x, .y = y, .size = size, .bold = bold, .colour = bold ? THEME_INK : THEME_GREY});
}

/* Where the model is within 25 % of the data, and the line on which both are equal. */
static void add_band(struct text *gp, const struct figure_panel *p)
{
    const double corner[][2] = {{0, 0}, {p->x1 / (1 + ALIKE), p->x1}, {p->x1, p->x1}, {p->x1, p->x1 * (1 - ALIKE)}, {0, 0}};
    text_add(gp, "set object polygon");
    for (size_t i = 0; i < sizeof corner / sizeof *corner; i++) {
        text_add(gp, i ? " to first " : " from first ");
        theme_number(gp, figure_panel_x(p, corner[i][0]));
        text_add(gp, ", first ");
        theme_number(gp, figure_panel_y(p, corner[i][1]));
    }
    text_format(gp, " back fs solid noborder fc rgb \"%s\"\n", THEME_SHADE);
    theme_line(gp, p->left, p->bottom, p->right, p->top, THEME_GREY, 1);
}

/* Names lie on the side away from the line; to the right at the axis, and above their dot where the name before leaves no room. */
static void add_marks(struct text *gp, const struct figure_panel *p, const struct orgsim_compared *c)
{
    double last_x = -INFINITY, last_y = 0;
    for (size_t i = 0; i < NAMED; i++) {
        size_t k = named[i].k;
        if (!is_there(c, k)) continue;
        double x = figure_panel_x(p, c->data[k]), y = figure_panel_y(p, c->model[k]);
        bool left = c->model[k] > c->data[k] && x - p->left > NAME_WIDE, crowded = x - last_x < NAME_WIDE && last_y - y < NAME_HIGH;
        struct theme_label name = {.s = named[i].name, .screen = true, .x = left ? x - 6 : x + 6, .y = left ? y - 3 : fmin(y + 7, p->bottom - NAME_HIGH / 2),
                                   .align = left ? THEME_RIGHT_ALIGNED : THEME_LEFT, .size = CAPTION};
        if (crowded) name = (struct theme_label){.s = named[i].name, .screen = true, .x = x + 2, .y = y - NAME_HIGH, .align = THEME_CENTRE, .size = CAPTION};
        theme_label(gp, &name);
        last_x = x;
        last_y = y;
    }
}

static void add_panel(struct text *gp, const struct figure_panel *p, const struct orgsim_compared *c, const struct orgsim_compared_info *info, int number)
{
    char caption[96];
    add_band(gp, p);
    figure_panel_grid(gp, p, 4, PANEL_NUMBER, true);
    figure_panel_xaxis(gp, p, 4, PANEL_NUMBER);
    snprintf(caption, sizeof caption, "model, %s (%s worlds)", info->unit, shown_number((double)c->of_model, 0, 0).s);
    add_words(gp, p->left - INDENT, p->top - 11, caption, CAPTION, false);
    snprintf(caption, sizeof caption, "data, %s (%s %s)", info->unit, shown_number((double)c->of_data, 0, 0).s, info->counted);
    theme_label(gp, &(struct theme_label){.s = caption, .screen = true, .x = p->right, .y = p->bottom + 30, .align = THEME_RIGHT_ALIGNED, .size = CAPTION,
                                          .colour = THEME_GREY});
    figure_panel_map(gp, p, number);
    add_marks(gp, p, c);
}

static void add_absence(struct text *gp, const struct figure_panel *p, const struct orgsim_compared_info *info)
{
    add_words(gp, p->left - INDENT, p->top - 11, "not checked: there was no", CAPTION, false);
    add_words(gp, p->left - INDENT, p->top + 3, info->file, CAPTION, false);
}

/* The cell that is left says how the others are read. */
static void add_legend(struct text *gp, const struct figure_panel *p)
{
    static const char *const lines[] = {"How to read it", "On the line the model gives what", "was measured; above it gives more,", "below it less. Shaded: within 25%.",
                                        "Dots: 5, 10 ... 95%.",
                                        "Length over plan is of the calibration", "for enterprise IT, the others are of", "that for product programs."};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) add_words(gp, p->left - INDENT, p->top - 25 + 16 * (double)i, lines[i], i ? CAPTION : THEME_FONT_SIZE, i == 0);
}

static void add_data(struct text *data, const struct orgsim_compared *c, const struct orgsim_compared_info *info)
{
    text_format(data, "# %s, %s: level in %%, data, model, named\n", info->what, info->unit);
    for (size_t k = 0; k < ORGSIM_COMPARED_QUANTILES; k++) {
        text_format(data, "%zu ", 5 * (k + 1));
        theme_number(data, is_made(c) ? c->data[k] : (double)NAN);
        text_add(data, " ");
        theme_number(data, is_made(c) ? c->model[k] : (double)NAN);
        text_format(data, " %d\n", is_named(k));
    }
    text_add(data, "\n\n");
}

static void add_dots(struct text *plot, int id, int number)
{
    for (int mark = 0; mark < 2; mark++)
        text_format(plot, "%s\"validate.dat\" index %d using ($4 == %d ? X%d($2) : NaN):(Y%d($3)) with points pt 7 ps %s lc rgb \"%s\" notitle",
                    plot->n ? ", \\\n     " : "plot ", id, mark, number, number, mark ? "0.8" : "0.4", mark ? THEME_WITH : THEME_WITH_MIDDLE);
}

void validation_figure(struct figure *figure, const struct validation_asked *asked, const struct orgsim_validation *v)
{
    struct text subhead = {0}, footnote = {0}, plot = {0}, *gp = &figure->script;
    int number = 0;
    add_title(&figure->title, v);
    text_add(&subhead, "Quantiles of the model against those of real tasks, projects, decisions and people");
    text_format(&footnote, "Checks D3 to D7 of orgsim validate, seed %llu%s. Raw data are read from files that are not part of orgsim.",
                (unsigned long long)asked->seed, asked->quick ? ", an eighth of the worlds" : "");
    double top = figure_head(figure, "validate", &subhead, footnote.s ? footnote.s : "") - 14;
    figure_panel_page(gp);
    for (int id = 0; id < ORGSIM_COMPARED_COUNT; id++) {
        const struct orgsim_compared *c = &v->compared[id];
        const struct orgsim_compared_info *info = orgsim_compared_info((enum orgsim_compared_id)id);
        const struct figure_panel panel = panel_of(c, (size_t)id, top);
        add_words(gp, panel.left - INDENT, panel.top - 25, capital(info).s, THEME_FONT_SIZE, true);
        add_data(&figure->data, c, info);
        add_detail(&figure->detail, c, info);
        if (!is_made(c)) add_absence(gp, &panel, info);
        else {
            add_panel(gp, &panel, c, info, ++number);
            add_dots(&plot, id, number);
        }
    }
    const struct figure_panel last = panel_of(&(struct orgsim_compared){0}, ORGSIM_COMPARED_COUNT, top);
    add_legend(gp, &last);
    theme_plot(gp, "validate", plot.s ? plot.s : "plot NaN notitle");
    gp->failed |= plot.failed | footnote.failed;
    text_free(&footnote);
    text_free(&plot);
}
