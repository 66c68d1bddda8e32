/* generate.c: the tables of a generated program, each below lines that explain it */
#include "scenario/generate.h"

#include <math.h>

#include "base/error.h"
#include "scenario/generate_plan.h"

#define MOST_PACKAGES 2000
#define MOST_ROWS 10000.0 /* of dependencies between teams, risks and questions */
#define TEAMS_PER_UNIT 4
#define TEAMS_PER_SITE 5
#define PLAN_FOR_CONTENT 2.2 /* committed weeks for a week of frictionless schedule, roughly */
#define RESTATED 0.11        /* a risk this near to the ambiguity of a dependency would seem to restate it */

const struct generate_field_info generate_fields[GENERATE_FIELDS] = {
#define X(field, low, high, usual, whole, meaning) {#field, low, high, usual, whole, meaning},
    GENERATE_SHAPE(X)
#undef X
};

static const char *const kinds[] = {"build", "integrate", "debt", "compliance", "migration"};
static const char *const altitudes[] = {"team", "cross", "executive"};
static const char *const categories[] = {"technical", "integration", "execution", "market", "people"};

struct generate_shape generate_usual(void)
{
    struct generate_shape shape = {.seed = 1};
    for (int f = 0; f < GENERATE_FIELDS; f++) shape.value[f] = generate_fields[f].usual;
    return shape;
}

bool generate_allows(enum generate_field field, double value)
{
    const struct generate_field_info *info = &generate_fields[field];
    return value >= info->low && value <= info->high && (!info->whole || value == floor(value));
}

/* value rounded to a hundredth, as people write shares. */
static void add_number(struct text *text, double value, double steps)
{
    char shown[TEXT_NUMBER_SIZE];
    text_add(text, text_of_double(shown, floor(value * steps + 0.5) / steps));
}

static void begin(struct text *text, enum table table)
{
    columns_comment(text, table);
    columns_header(text, table);
}

static void write_program(const struct generate_plan *plan, const char *name, struct text *text)
{
    text_format(text, "# A program that orgsim new made from: %.0f teams", plan->shape.value[0]);
    for (int f = 1; f < GENERATE_FIELDS; f++) {
        text_format(text, ", %s ", generate_fields[f].name);
        add_number(text, plan->shape.value[f], 1000);
    }
    text_format(text,
                ", seed %llu.\n# Nothing in it is measured: replace it by your own, names first, then teams.csv, packages.csv, "
                "dependencies.csv.\n",
                (unsigned long long)plan->shape.seed);
    begin(text, TABLE_PROGRAM);
    text_add(text, "name,");
    text_csv(text, name);
    text_add(text, ",,\ncurrency,USD,,\nbaseline_arm,none,,\nheadline_arm,tpm,,\nrelease,together,,\neffort_basis,content,,\n"
                   "first_hire,given,,\n# deadline_week is left out: the committed date is the planners' own\n");
}

static void write_teams(const struct generate_plan *plan, struct text *text)
{
    static const char *const sites[] = {"Lisbon", "Krakow", "Austin", "Pune"};
    begin(text, TABLE_TEAMS);
    for (size_t j = 0; j < plan->n_teams; j++) {
        generate_words_team_id(text, j);
        text_add(text, ",");
        generate_words_team_name(text, j);
        text_format(text, ",%.0f,", plan->shape.value[GENERATE_engineers]);
        if (plan->n_teams > TEAMS_PER_UNIT) text_format(text, "Unit %zu", j / TEAMS_PER_UNIT + 1);
        text_format(text, ",%s,,,\n", plan->n_teams > TEAMS_PER_SITE ? sites[j / TEAMS_PER_SITE % 4] : "");
    }
}

static void write_features(const struct generate_plan *plan, struct text *text)
{
    begin(text, TABLE_FEATURES);
    text_add(text, "# the three values are blank: together the features are worth the usual ratio of benefit to cost\n");
    for (size_t g = 0; g < plan->n_features; g++) {
        generate_words_feature_id(text, g);
        text_add(text, ",");
        generate_words_feature_name(text, g);
        text_format(text, ",,,,,%s\n", generate_draw(plan, GENERATE_DRAW_FEATURE, g, 1, 0) < 0.2 ? "request" : "strategy");
    }
}

static void write_package(const struct generate_plan *plan, size_t p, struct text *text)
{
    const struct generate_package *package = &plan->packages[p];
    double spread = 0.35 + 0.35 * generate_draw(plan, GENERATE_DRAW_SPREAD, p, 0, 0);
    double most = ceil(0.8 * plan->shape.value[GENERATE_engineers]);
    bool due = package->kind > PACKAGE_INTEGRATE;
    generate_words_package_id(text, package);
    text_add(text, ",");
    generate_words_package_name(text, package);
    text_add(text, ",");
    generate_words_team_id(text, package->team);
    text_add(text, ",");
    if (package->feature != SCENARIO_NONE) generate_words_feature_id(text, package->feature);
    text_format(text, ",%s,", kinds[package->kind]);
    add_number(text, package->effort_pw * (1 - 0.5 * spread), 2);
    text_add(text, ",");
    add_number(text, package->effort_pw, 2);
    text_add(text, ",");
    add_number(text, package->effort_pw * (1 + spread), 2);
    text_format(text, ",,%.0f,", package->kind == PACKAGE_INTEGRATE ? plan->shape.value[GENERATE_engineers] : most);
    if (due)
        text_format(text, "%.0f,%.0f", ceil(PLAN_FOR_CONTENT * plan->weeks), 2 + floor(8 * generate_draw(plan, GENERATE_DRAW_KIND, p, 1, 0)));
    else text_add(text, ",");
    text_add(text, "\n");
}

/* Mean is the shape's ambiguity; what is written is what risks are compared with. Packages that integrate meet half of it. */
static double ambiguity_of(const struct generate_plan *plan, size_t e)
{
    const struct generate_package *to = &plan->packages[plan->edges[e].to];
    double ambiguity = plan->shape.value[GENERATE_ambiguity] * (0.5 + generate_draw(plan, GENERATE_DRAW_AMBIGUITY, e, 0, 0));
    if (plan->packages[plan->edges[e].from].team == to->team) return 0;
    if (to->kind == PACKAGE_INTEGRATE) ambiguity *= 0.5;
    return floor(100 * (ambiguity < 1 ? ambiguity : 1) + 0.5) / 100;
}

static void write_dependencies(const struct generate_plan *plan, struct text *text)
{
    begin(text, TABLE_DEPENDENCIES);
    for (size_t e = 0; e < plan->n_edges; e++) {
        const struct generate_edge *edge = &plan->edges[e];
        double ambiguity = ambiguity_of(plan, e);
        bool across = plan->packages[edge->from].team != plan->packages[edge->to].team;
        bool unseen = ambiguity > 0 && generate_draw(plan, GENERATE_DRAW_AMBIGUITY, e, 0, 1) < 0.06;
        generate_words_package_id(text, &plan->packages[edge->from]);
        text_add(text, ",");
        generate_words_package_id(text, &plan->packages[edge->to]);
        text_add(text, ",,");
        if (across) add_number(text, ambiguity, 100);
        text_format(text, ",%s\n", !across ? "" : unseen ? "no" : "yes");
    }
}

/* A probability of an integration risk stays away from the ambiguity of what its package waits for. */
static double probability_of(const struct generate_plan *plan, size_t risk, size_t package, enum risk_category category)
{
    double start = 0.15 + 0.35 * generate_draw(plan, GENERATE_DRAW_RISK_SIZE, risk, 0, 0);
    for (int step = 0; step <= 90 && category == RISK_INTEGRATION; step++) {
        double probability = floor(100 * start + 0.5 + step) / 100;
        bool near = false;
        if (probability > 0.95) probability -= 0.9;
        for (size_t e = 0; e < plan->n_edges && !near; e++)
            near = plan->edges[e].to == package && ambiguity_of(plan, e) > 0 && fabs(ambiguity_of(plan, e) - probability) < RESTATED;
        if (!near) return probability;
    }
    return start;
}

/* Integration risks fall on packages that integrate, and only they; where ambiguities leave no room for one, it is a technical one. */
static enum risk_category category_of(const struct generate_plan *plan, size_t risk, size_t package)
{
    static const enum risk_category others[] = {RISK_TECHNICAL, RISK_TECHNICAL, RISK_EXECUTION, RISK_EXECUTION, RISK_MARKET, RISK_PEOPLE};
    if (plan->packages[package].kind == PACKAGE_INTEGRATE) return RISK_INTEGRATION;
    return others[(size_t)(6 * generate_draw(plan, GENERATE_DRAW_RISK, risk, 0, 1))];
}

static enum altitude altitude_of(const struct generate_plan *plan, size_t risk, enum risk_category category)
{
    double u = generate_draw(plan, GENERATE_DRAW_RISK, risk, 0, 2);
    if (category == RISK_INTEGRATION && plan->n_teams > 1) return ALTITUDE_CROSS;
    if (category == RISK_MARKET || category == RISK_PEOPLE) return u < 0.6 ? ALTITUDE_EXECUTIVE : ALTITUDE_TEAM;
    return u < 0.45 || plan->n_teams == 1 ? ALTITUDE_TEAM : u < 0.8 ? ALTITUDE_CROSS : ALTITUDE_EXECUTIVE;
}

static void write_mitigation(const struct generate_plan *plan, size_t risk, double probability, double impact, const char *what,
                             struct text *text)
{
    double u = generate_draw(plan, GENERATE_DRAW_RISK, risk, 1, 0);
    bool planned = u < 0.15;
    if (u > 0.35) {
        text_add(text, ",,,,\n");
        return;
    }
    text_format(text, "%s,%.0f,%s,", what, ceil(2 * impact), planned ? "yes" : "no");
    if (planned) add_number(text, 0.5 * probability, 100);
    text_add(text, ",0.6\n");
}

static void write_risk(const struct generate_plan *plan, size_t risk, size_t *used, struct text *text)
{
    size_t package = (size_t)(generate_draw(plan, GENERATE_DRAW_RISK, risk, 0, 0) * (double)plan->n_packages);
    enum risk_category category = category_of(plan, risk, package);
    struct generate_trouble trouble = generate_words_trouble(category, used[category]++);
    double probability = probability_of(plan, risk, package, category), u = generate_draw(plan, GENERATE_DRAW_RISK_SIZE, risk, 0, 1);
    double impact = plan->packages[package].effort_pw * (0.15 + 0.2 * u);
    text_format(text, "R%02zu,", risk + 1);
    generate_words_package_name(text, &plan->packages[package]);
    text_format(text, ": %s,%s,", trouble.what, categories[category]);
    generate_words_package_id(text, &plan->packages[package]);
    text_add(text, ",");
    add_number(text, probability, 100);
    for (double factor = 0.4; factor < 3; factor *= 2.5) { /* 0.4, 1, 2.5 */
        text_add(text, ",");
        add_number(text, impact * factor, 10);
    }
    text_format(text, ",%s,", category == RISK_EXECUTION ? "2" : u > 0.5 ? "1" : "");
    add_number(text, 0.6 + 0.6 * generate_draw(plan, GENERATE_DRAW_RISK_SIZE, risk, 0, 2), 10);
    text_format(text, ",%s,%s,1,", category == RISK_INTEGRATION ? "0.04" : "", altitudes[altitude_of(plan, risk, category)]);
    write_mitigation(plan, risk, probability, impact, trouble.mitigation, text);
}

static void write_risks(const struct generate_plan *plan, struct text *text)
{
    size_t n = (size_t)(plan->shape.value[GENERATE_risks] * (double)plan->n_packages + 0.5), used[RISK_CATEGORIES] = {0};
    begin(text, TABLE_RISKS);
    for (size_t r = 0; r < n; r++) write_risk(plan, r, used, text);
}

static void write_questions(const struct generate_plan *plan, struct text *text)
{
    size_t n = (size_t)(plan->shape.value[GENERATE_questions] * (double)plan->n_packages + 0.5), used[2] = {0};
    begin(text, TABLE_QUESTIONS);
    for (size_t q = 0; q < n; q++) {
        size_t package = (size_t)(generate_draw(plan, GENERATE_DRAW_QUESTION, q, 0, 0) * (double)plan->n_packages);
        enum question_kind kind = generate_draw(plan, GENERATE_DRAW_QUESTION, q, 0, 1) < 0.6 ? QUESTION_DELIVERY : QUESTION_PRODUCT;
        double u = generate_draw(plan, GENERATE_DRAW_QUESTION, q, 0, 2);
        enum altitude altitude = u < 0.6 || plan->n_teams == 1 ? ALTITUDE_TEAM : u < 0.85 ? ALTITUDE_CROSS : ALTITUDE_EXECUTIVE;
        text_format(text, "Q%02zu,", q + 1);
        generate_words_package_name(text, &plan->packages[package]);
        text_format(text, ": %s,", generate_words_question(kind, used[kind]++));
        generate_words_package_id(text, &plan->packages[package]);
        text_format(text, ",%s,%s,\n", kind == QUESTION_DELIVERY ? "delivery" : "product", altitudes[altitude]);
    }
}

/* Half of a forum's slots belong to other programs; both grow with the teams. */
static void write_forums(const struct generate_plan *plan, struct text *text)
{
    double teams = (double)plan->n_teams, cross = ceil(2 + 0.4 * teams), executive = ceil(2 + 0.25 * teams);
    begin(text, TABLE_FORUMS);
    text_format(text, "program sync,cross,2,%.0f,", cross);
    add_number(text, cross / 2, 10);
    text_format(text, ",%.0f,0.25\nsteering committee,executive,4,%.0f,", ceil(3 + teams), executive);
    add_number(text, executive / 2, 10);
    text_add(text, ",8,0.3\n");
}

static void write_arms(struct text texts[TABLES])
{
    struct text team = {0};
    generate_words_team_id(&team, 0);
    begin(&texts[TABLE_ARMS], TABLE_ARMS);
    generate_arms(&texts[TABLE_ARMS]);
    begin(&texts[TABLE_SEATS], TABLE_SEATS);
    if (team.failed) texts[TABLE_SEATS].failed = true;
    else generate_arms_seats(&texts[TABLE_SEATS], team.s);
    text_free(&team);
}

static void write_all(const struct generate_plan *plan, const char *name, struct text texts[TABLES])
{
    write_program(plan, name, &texts[TABLE_PROGRAM]);
    write_teams(plan, &texts[TABLE_TEAMS]);
    write_features(plan, &texts[TABLE_FEATURES]);
    begin(&texts[TABLE_PACKAGES], TABLE_PACKAGES);
    for (size_t p = 0; p < plan->n_packages; p++) write_package(plan, p, &texts[TABLE_PACKAGES]);
    write_dependencies(plan, &texts[TABLE_DEPENDENCIES]);
    write_risks(plan, &texts[TABLE_RISKS]);
    write_questions(plan, &texts[TABLE_QUESTIONS]);
    write_forums(plan, &texts[TABLE_FORUMS]);
    write_arms(texts);
    begin(&texts[TABLE_MONEY], TABLE_MONEY);
    generate_arms_money(&texts[TABLE_MONEY]);
    begin(&texts[TABLE_ASSUMPTIONS], TABLE_ASSUMPTIONS);
    text_format(&texts[TABLE_ASSUMPTIONS], "# for example, without the #:\n# %s\n", columns_of[TABLE_ASSUMPTIONS].example);
}

static int check_shape(const struct generate_shape *shape, struct orgsim_where *where)
{
    const double *v = shape->value, packages = v[GENERATE_teams] * v[GENERATE_packages];
    for (int f = 0; f < GENERATE_FIELDS; f++)
        if (!generate_allows((enum generate_field)f, v[f]))
            return error_set(where, ORGSIM_ERROR_USAGE, "", 0, 0, "choose another", "%s %g is not %s from %g to %g", generate_fields[f].name,
                             v[f], generate_fields[f].whole ? "a whole number" : "a number", generate_fields[f].low, generate_fields[f].high);
    if (packages > MOST_PACKAGES)
        return error_set(where, ORGSIM_ERROR_USAGE, "", 0, 0, "take fewer teams, or fewer packages for each",
                         "%g teams of %g packages are more than %d packages", v[GENERATE_teams], v[GENERATE_packages], MOST_PACKAGES);
    for (int f = 0; f < GENERATE_FIELDS; f++) {
        bool per_package = f == GENERATE_density || f == GENERATE_risks || f == GENERATE_questions;
        if (per_package && 2 * v[f] * packages > MOST_ROWS)
            return error_set(where, ORGSIM_ERROR_USAGE, "", 0, 0, "take fewer packages or a smaller number",
                             "%s %g for each of %g packages is too much", generate_fields[f].name, v[f], packages);
    }
    return 0;
}

int generate_tables(const struct generate_shape *shape, const char *name, struct text texts[TABLES], struct orgsim_where *where)
{
    struct generate_plan plan = {0};
    int status = check_shape(shape, where);
    if (status) return status;
    status = generate_plan_make(&plan, shape);
    if (!status) write_all(&plan, name, texts);
    for (enum table table = 0; table < TABLES && !status; table++)
        if (texts[table].failed) status = ORGSIM_ERROR_MEMORY;
    generate_plan_free(&plan);
    return status;
}
