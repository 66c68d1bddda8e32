/* claims_teams.c: from how many teams on the hire pays beside a good EM and PM: the curve of the claim over size
 *
 * A point is the mean over generated programs of one size, with the interval between programs, each for itself.
 */
#include <math.h>
#include <stdio.h>

#include "report/claims.h"
#include "report/figure_panel.h"

#define POINTS_MOST 16
#define NAMES 96 /* pixels to the right of the panel */

/* Few dependencies between teams, and many. One team has none, and is the first point of both. */
enum { CURVES = 2 };
static const char *const names[CURVES] = {"few", "many"};

struct curve {
    const struct orgsim_claim_row *point[POINTS_MOST]; /* by teams, as the table has them */
    size_t n;
    double density;
};

static bool curves_find(struct curve curves[CURVES], const struct orgsim_claims *c)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t r = 0; r < c->n; r++) {
        if (c->row[r].verdict != ORGSIM_CLAIM_SHOWN || c->row[r].teams < 2) continue;
        low = fmin(low, c->row[r].density);
        high = fmax(high, c->row[r].density);
    }
    const double density[CURVES] = {low, high};
    for (int k = 0; k < CURVES; k++) {
        curves[k] = (struct curve){.density = density[k]};
        for (size_t r = 0; r < c->n && curves[k].n < POINTS_MOST; r++) {
            bool of = c->row[r].teams == 1 || c->row[r].density == density[k];
            if (c->row[r].verdict == ORGSIM_CLAIM_SHOWN && of) curves[k].point[curves[k].n++] = &c->row[r];
        }
    }
    return low < high && curves[0].n > 1 && curves[1].n > 1;
}

/* The fewest teams from which on it surely pays at every size; 0: there are none such. */
static unsigned pays_from(const struct curve *c)
{
    size_t k = c->n;
    while (k > 0 && c->point[k - 1]->difference.ci_low > 0) k--;
    return k < c->n ? c->point[k]->teams : 0;
}

/* The most teams up to which it surely costs more than it brings at every size; 0: there are none such. */
static unsigned costs_to(const struct curve *c)
{
    size_t k = 0;
    while (k < c->n && c->point[k]->difference.ci_high < 0) k++;
    return k > 0 ? c->point[k - 1]->teams : 0;
}

static void add_curve(struct text *text, const struct curve *c, int which)
{
    unsigned pays = pays_from(c), costs = costs_to(c);
    text_format(text, "With %s dependencies (%g a package) it ", names[which], c->density);
    if (pays == 1) text_add(text, "pays at every size tried");
    else if (pays) text_format(text, "pays from %u teams on", pays);
    else text_add(text, "surely pays at no size up to the largest tried");
    if (costs) text_format(text, ", and costs more than it brings %s %u team%s", costs == 1 ? "at" : "up to", costs, costs == 1 ? "" : "s");
    else if (pays != 1) text_add(text, ", and surely costs more than it brings at none");
    text_add(text, ". ");
}

bool claims_teams_sentence(struct text *text, const struct orgsim_claims *claims)
{
    struct curve curves[CURVES];
    if (!curves_find(curves, claims)) return false;
    text_add(text, "The hire beside a good EM and PM, by size: ");
    for (int k = 0; k < CURVES; k++) add_curve(text, &curves[k], k);
    text_format(text, "Sizes tried: ");
    for (size_t p = 0; p < curves[1].n; p++) text_format(text, "%s%u", p ? ", " : "", curves[1].point[p]->teams);
    text_add(text, " teams; between two of them it is not known.");
    return true;
}

void claims_teams_csv(struct text *text, const struct orgsim_claims *claims)
{
    char digits[TEXT_NUMBER_SIZE];
    text_add(text, "teams,density,npv_k,ci_low,ci_high,share_of_budget,share_low,share_high,programs\n");
    for (size_t r = 0; r < claims->n; r++) {
        const struct orgsim_claim_row *row = &claims->row[r];
        if (row->verdict != ORGSIM_CLAIM_SHOWN) continue;
        const double values[] = {row->density, row->difference.mean, row->difference.ci_low, row->difference.ci_high, row->size.mean, row->size.ci_low, row->size.ci_high};
        text_format(text, "%u", row->teams);
        for (size_t v = 0; v < sizeof values / sizeof *values; v++) text_format(text, ",%s", text_of_double(digits, values[v]));
        text_format(text, ",%llu\n", (unsigned long long)row->n);
    }
}

/* --- the figure -------------------------------------------------------------------------------------------------------------------------- */

static struct figure_panel panel_of(const struct curve curves[CURVES], double top)
{
    double low = 0, high = 0, most = 1;
    for (int k = 0; k < CURVES; k++)
        for (size_t p = 0; p < curves[k].n; p++) {
            low = fmin(low, 100 * curves[k].point[p]->size.ci_low);
            high = fmax(high, 100 * curves[k].point[p]->size.ci_high);
            most = fmax(most, curves[k].point[p]->teams);
        }
    double room = high > low ? 0.06 * (high - low) : 1;
    return (struct figure_panel){.left = 70, .right = THEME_RIGHT - NAMES, .top = top, .bottom = THEME_BOTTOM, .x0 = 0, .x1 = most + 0.5,
                                 .y0 = low - room, .y1 = high + room};
}

static void add_data(struct text *data, const struct curve curves[CURVES])
{
    for (int k = 0; k < CURVES; k++) {
        text_format(data, "# %s dependencies: teams, %% of the budget, 95 %% interval\n", names[k]);
        for (size_t p = 0; p < curves[k].n; p++) {
            const struct orgsim_claim_row *row = curves[k].point[p];
            const double values[] = {row->teams + (k ? 0.08 : -0.08), 100 * row->size.mean, 100 * row->size.ci_low, 100 * row->size.ci_high};
            for (int v = 0; v < 4; v++) {
                theme_number(data, values[v]);
                text_add(data, v == 3 ? "\n" : " ");
            }
        }
        text_add(data, "\n\n");
    }
}

static void add_names(struct text *gp, const struct figure_panel *panel, const struct curve curves[CURVES])
{
    double y[CURVES];
    for (int k = 0; k < CURVES; k++) y[k] = figure_panel_y(panel, 100 * curves[k].point[curves[k].n - 1]->size.mean);
    if (fabs(y[0] - y[1]) < 16) {
        double middle = (y[0] + y[1]) / 2, way = y[0] < y[1] ? -8 : 8;
        y[0] = middle + way;
        y[1] = middle - way;
    }
    for (int k = 0; k < CURVES; k++)
        theme_label(gp, &(struct theme_label){.s = k ? "many" : "few", .screen = true, .x = panel->right + 8, .y = y[k], .bold = true,
                                              .colour = k ? THEME_WITH : THEME_WITHOUT});
}

bool claims_teams_figure(struct figure *figure, const struct claims_report *r, const char *name)
{
    struct curve curves[CURVES];
    struct text subhead = {0}, footnote = {0}, plot = {0}, *gp = &figure->script;
    if (!curves_find(curves, r->claims)) return false;
    unsigned few = pays_from(&curves[0]), many = pays_from(&curves[1]);
    char from[2][32];
    for (int k = 0; k < 2; k++) {
        unsigned teams = k ? many : few;
        if (teams) snprintf(from[k], sizeof from[k], "from %u team%s on", teams, teams == 1 ? "" : "s");
        else snprintf(from[k], sizeof from[k], "surely at no size");
    }
    text_format(&figure->title, "Beside a good EM and PM a TPM pays %s with many dependencies, %s with few", from[1], from[0]);
    text_format(&subhead, "Net value of the hire, %% of the budget, over the number of teams; few: %g dependencies between teams a package, many: %g",
                curves[0].density, curves[1].density);
    text_format(&footnote, "Means over %d generated programs with the 95%% interval between programs; %s worlds a size, seed %llu. Modelled, not measured.",
                ORGSIM_CLAIMS_PROGRAMS, shown_number((double)r->claims->worlds, 0, 0).s, (unsigned long long)r->seed);
    claims_teams_sentence(&figure->detail, r->claims);
    double top = figure_head(figure, name, &subhead, footnote.s ? footnote.s : "");
    struct figure_panel panel = panel_of(curves, top + 4);
    figure_panel_page(gp);
    figure_panel_grid(gp, &panel, 6, PANEL_NUMBER, true);
    figure_panel_xaxis(gp, &panel, 2 * (int)panel.x1, PANEL_NUMBER);
    figure_panel_xlabel(gp, &panel, "teams");
    figure_panel_map(gp, &panel, 1);
    double zero = figure_panel_y(&panel, 0);
    theme_line(gp, panel.left, zero, panel.right, zero, THEME_GREY, 1);
    add_names(gp, &panel, curves);
    add_data(&figure->data, curves);
    for (int k = 0; k < CURVES; k++)
        text_format(&plot, "%s\"%s.dat\" index %d using (X1($1)):(Y1($3)):(0):(Y1($4)-Y1($3)) with vectors nohead lw 1.6 lc rgb \"%s\" notitle, \\\n"
                           "     \"\" index %d using (X1($1)):(Y1($2)) with linespoints pt %d ps 1 dt %d lw 2 lc rgb \"%s\" notitle",
                    k ? ", \\\n     " : "plot ", name, k, k ? THEME_WITH : THEME_WITHOUT, k, k ? 7 : 5, k ? 1 : 2, k ? THEME_WITH : THEME_WITHOUT);
    theme_plot(gp, name, plot.s ? plot.s : "plot NaN notitle");
    gp->failed |= subhead.failed | footnote.failed | plot.failed;
    text_free(&subhead);
    text_free(&footnote);
    text_free(&plot);
    return true;
}
