/* figure_packages.c: which work drives the date? Criticality and cruciality of the packages most often on the critical path. */
#include <math.h>
#include <stdio.h>

#include "report/figure.h"
#include "report/figure_panel.h"

#define MOST 15
#define LEFT 320
#define BETWEEN 34
#define PITCH_MOST 40     /* pixels */
#define ID_CHARACTERS 16
#define NAME_CHARACTERS 50

struct ranking {
    const struct finding *f;
    size_t n, package[MOST];
    struct figure_panel panel[2]; /* criticality, cruciality */
    double pitch;
};

static const struct orgsim_package_result *result_of(const struct finding *f, int of, size_t package)
{
    return &f->results->packages[(of ? f->headline : f->baseline) * f->results->n_packages + package];
}

/* As things are, or where nothing finishes so, under the headline; -1 where it is undefined. */
static double rank_of(const struct finding *f, size_t package)
{
    double now = result_of(f, 0, package)->criticality, then = result_of(f, 1, package)->criticality;
    return !isnan(now) ? now : !isnan(then) ? then : -1;
}

/* Insertion keeps the order of the scenario among equals. */
static void rank(struct ranking *k)
{
    for (size_t package = 0; package < k->f->results->n_packages; package++) {
        double value = rank_of(k->f, package);
        size_t at = k->n;
        while (at > 0 && rank_of(k->f, k->package[at - 1]) < value) at--;
        if (at == MOST) continue;
        if (k->n < MOST) k->n++;
        for (size_t i = k->n - 1; i > at; i--) k->package[i] = k->package[i - 1];
        k->package[at] = package;
    }
}

static void add_title(struct text *title, const struct ranking *k)
{
    if (k->n == 0 || rank_of(k->f, k->package[0]) < 0) {
        text_add(title, "No program finishes, so nothing can be said to drive the date");
        return;
    }
    const struct finding *f = k->f;
    size_t now = k->package[0], then = 0;
    for (size_t package = 1; package < f->results->n_packages; package++) {
        if (result_of(f, 1, package)->criticality > result_of(f, 1, then)->criticality) then = package;
    }
    double here = result_of(f, 1, now)->criticality, most = result_of(f, 1, then)->criticality;
    struct text first = {0}, second = {0}, lead = {0};
    shown_cut(&first, f->scenario->packages[now].id, ID_CHARACTERS);
    shown_cut(&second, f->scenario->packages[then].id, ID_CHARACTERS);
    text_format(&lead, "%s is most often on the critical path", first.s ? first.s : "");
    if (most > here) {
        text_format(title, "Most often on the critical path: %s under %s (%s), %s under %s (%s)", first.s ? first.s : "",
                    figure_quoted(f, f->baseline).s, shown_share(result_of(f, 0, now)->criticality, 0).s, second.s ? second.s : "",
                    figure_quoted(f, f->headline).s, shown_share(most, 0).s);
    } else {
        figure_pair(title, f, lead.s ? lead.s : "", " of programs", shown_share(result_of(f, 0, now)->criticality, 0).s, shown_share(here, 0).s, true);
    }
    title->failed |= first.failed || second.failed || lead.failed;
    text_free(&first);
    text_free(&second);
    text_free(&lead);
}

static void add_row(struct text *gp, const struct ranking *k, size_t i)
{
    const struct scenario_package *package = &k->f->scenario->packages[k->package[i]];
    struct text whole = {0}, cut = {0};
    text_add(&whole, package->id);
    if (package->name) text_format(&whole, "  %s", package->name);
    shown_cut(&cut, whole.s ? whole.s : "", NAME_CHARACTERS);
    double y = k->panel[0].top + k->pitch * ((double)i + 0.5);
    theme_label(gp, &(struct theme_label){.s = cut.s ? cut.s : "", .screen = true, .x = 26, .y = y, .size = THEME_FONT_SIZE - 1});
    for (int p = 0; p < 2; p++) theme_line(gp, k->panel[p].left, y, k->panel[p].right, y, THEME_FAINT, 1);
    gp->failed |= whole.failed || cut.failed;
    text_free(&whole);
    text_free(&cut);
}

static void add_data(struct text *data, const struct ranking *k)
{
    text_add(data, "# rank, criticality and cruciality under the baseline, under the headline organisation; package\n");
    for (size_t i = 0; i < k->n; i++) {
        text_format(data, "%zu", i + 1);
        for (int of = 0; of < 2; of++) {
            const struct orgsim_package_result *r = result_of(k->f, of, k->package[i]);
            text_add(data, " ");
            theme_number(data, r->criticality);
            text_add(data, " ");
            theme_number(data, r->cruciality);
        }
        text_format(data, " # %s\n", k->f->scenario->packages[k->package[i]].id);
    }
    if (k->n == 0) text_add(data, "1 NaN NaN NaN NaN\n");
}

static void add_plot(struct text *plot, const struct finding *f)
{
    text_add(plot, "plot ");
    for (int p = 1; p <= 2; p++) {
        if (finding_is_alone(f)) {
            text_format(plot, "\"packages.dat\" using (X%d($%d)):(Y1($1)) with points pt 7 ps 0.6 lc rgb \"%s\" notitle%s", p, p + 3, THEME_WITH,
                        p == 1 ? ", \\\n     " : "");
            continue;
        }
        text_format(plot, "\"packages.dat\" using (X%d($%d)):(Y1($1)):(X%d($%d) - X%d($%d)):(0) with vectors nohead lw 1.6 lc rgb \"%s\" notitle, \\\n     ",
                    p, p + 1, p, p + 3, p, p + 1, THEME_LINE);
        text_format(plot, "\"packages.dat\" using (X%d($%d)):(Y1($1)) with points pt 7 ps 0.6 lc rgb \"%s\" notitle, \\\n     ", p, p + 3, THEME_WITH);
        text_format(plot, "\"packages.dat\" using (X%d($%d)):(Y1($1)) with points pt 6 ps 0.85 lw 1.6 lc rgb \"%s\" notitle%s", p, p + 1, THEME_WITHOUT,
                    p == 1 ? ", \\\n     " : "");
    }
}

static void set_panels(struct text *gp, struct ranking *k, double top)
{
    double width = (THEME_RIGHT - LEFT - BETWEEN) / 2.0, rows = k->n > 0 ? (double)k->n : 1, low = 0;
    for (size_t i = 0; i < k->n; i++) {
        for (int of = 0; of < 2; of++) low = fmin(low, result_of(k->f, of, k->package[i])->cruciality);
    }
    static const char *const names[] = {"On the critical path", "Delay moves the finish"};
    static const char *const axes[] = {"Criticality", "Cruciality (correlation)"};
    k->pitch = fmin(PITCH_MOST, (THEME_BOTTOM - top) / rows);
    for (int p = 0; p < 2; p++) {
        double left = LEFT + p * (width + BETWEEN);
        k->panel[p] = (struct figure_panel){.left = left, .right = left + width, .top = top, .bottom = top + rows * k->pitch, .x1 = 1, .y0 = rows + 0.5,
                                            .y1 = 0.5};
        if (p == 1 && low < 0) k->panel[p].x0 = -1;
        figure_panel_xaxis(gp, &k->panel[p], 4, p == 0 ? PANEL_SHARE : PANEL_NUMBER);
        figure_panel_xlabel(gp, &k->panel[p], axes[p]);
        figure_panel_name(gp, &(struct figure_panel){.left = left - 6, .top = top}, names[p], THEME_INK);
        figure_panel_map(gp, &k->panel[p], p + 1);
    }
}

void figure_packages(struct figure *figure, const struct finding *f, const char *footnote)
{
    struct ranking k = {.f = f};
    struct text subhead = {0}, plot = {0}, *gp = &figure->script;
    rank(&k);
    add_title(&figure->title, &k);
    text_format(&subhead, "The %zu packages most often critical under %s", k.n, figure_quoted(f, f->baseline).s);
    if (!finding_is_alone(f)) text_format(&subhead, " (rings); dots: %s", figure_quoted(f, f->headline).s);
    double top = figure_head(figure, "packages", &subhead, footnote) + 2;
    figure_panel_page(gp);
    set_panels(gp, &k, top);
    for (size_t i = 0; i < k.n; i++) add_row(gp, &k, i);
    add_data(&figure->data, &k);
    add_plot(&plot, f);
    theme_plot(gp, "packages", plot.s ? plot.s : "");
    gp->failed |= plot.failed;
    text_free(&plot);
    text_add(&figure->detail, "Criticality: how often a package lies on the critical path as it turned out. Cruciality: correlation of its own duration with "
                              "the finish of the program.");
    for (size_t i = 0; i < k.n && i < 5; i++) {
        text_format(&figure->detail, " %s: ", f->scenario->packages[k.package[i]].id);
        for (int of = figure_first(f); of < 2; of++)
            text_format(&figure->detail, "%s%s", shown_share(result_of(f, of, k.package[i])->criticality, 0).s, of ? "." : " against ");
    }
}
