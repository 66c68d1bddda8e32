/* columns.c: every table of a scenario folder and every column of it */
#include "scenario/columns.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "scenario/load.h"

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define SIZE(array) (sizeof(array) / sizeof *(array))

/* Shorthands: where a value goes, and the ranges that many columns share. */
#define AT(structure, member) .offset = offsetof(struct structure, member)
#define SHARE .low = 0, .high = 1
#define FROM_0_TO(most) .low = 0, .high = (most)
#define ABOVE_0_TO(most) .above = true, .low = 0, .high = (most)
#define MOST_WEEKS 2600
#define MOST_PERSON_WEEKS LOAD_MOST_PERSON_WEEKS
#define MOST_MONEY 1e12
#define ALTITUDES WORDS("team", "cross", "executive")

static const struct column program_columns[] = {
    {"setting", COLUMN_OWN, .required = true, .meaning = "one of the settings below"},
    {"value", COLUMN_OWN, .meaning = "its value"},
    {"unit", COLUMN_OWN, .meaning = "checked against the setting's"},
    {"source", COLUMN_REMARK, .meaning = "where the value comes from"},
};

const struct column columns_settings[] = {
    {"name", COLUMN_TEXT, AT(scenario_settings, name), .unit = "", .meaning = "of the program", .blank = "the folder's name"},
    {"horizon_weeks", COLUMN_NUMBER, ABOVE_0_TO(MOST_WEEKS), .fallback = NAN, AT(scenario_settings, horizon_weeks), .unit = "week|weeks|wk",
     .meaning = "a program that still runs is given up here", .blank = "the larger of 156 and three times the plan"},
    {"value_horizon_weeks", COLUMN_NUMBER, ABOVE_0_TO(MOST_WEEKS), .fallback = NAN, AT(scenario_settings, value_horizon_weeks),
     .unit = "week|weeks|wk", .meaning = "until when value counts", .blank = "the larger of 156 and three and a half times the plan"},
    {"deadline_week", COLUMN_NUMBER, ABOVE_0_TO(MOST_WEEKS), .fallback = NAN, AT(scenario_settings, deadline_week), .unit = "week|weeks|wk",
     .meaning = "first committed date: slip and on-time refer to it", .blank = "the end of the plan"},
    {"baseline_arm", COLUMN_ROW, .target = TABLE_ARMS, AT(scenario_settings, baseline_arm), .unit = "",
     .meaning = "arm that the others are compared with", .blank = "arm none, else the first"},
    {"headline_arm", COLUMN_ROW, .target = TABLE_ARMS, AT(scenario_settings, headline_arm), .unit = "", .meaning = "arm of the headline",
     .blank = "arm tpm, else the first that is not the baseline"},
    {"release", COLUMN_WORD, .words = WORDS("together", "incremental"), .fallback = RELEASE_TOGETHER, AT(scenario_settings, release),
     .unit = "", .meaning = "features launch at the end, or each at its own integration"},
    {"effort_basis", COLUMN_WORD, .words = WORDS("content", "historical"), .fallback = EFFORT_CONTENT, AT(scenario_settings, effort_basis),
     .unit = "", .meaning = "efforts are content without friction, or come from history and hold rework and coordination already"},
    {"first_hire", COLUMN_WORD, .words = WORDS("given", "pool"), .fallback = FIRST_HIRE_GIVEN, AT(scenario_settings, first_hire), .unit = "",
     .meaning = "the first holder of a seat is as seats.csv says, or drawn from the hiring pool"},
    {"currency", COLUMN_OWN, AT(scenario_settings, currency), .unit = "", .meaning = "three capital letters", .blank = "USD"},
};
const size_t columns_n_settings = SIZE(columns_settings);

static const struct column team_columns[] = {
    {"team", COLUMN_ID, .required = true, AT(scenario_team, id), .meaning = "its id"},
    {"name", COLUMN_TEXT, AT(scenario_team, name), .fallback = 1, .meaning = "for people", .blank = "the id"},
    {"engineers", COLUMN_NUMBER, .required = true, ABOVE_0_TO(10000), AT(scenario_team, engineers), .unit = "people",
     .meaning = "engineers, without the manager"},
    {"unit", COLUMN_OWN, .meaning = "organisation unit; between units items need the executive forum",
     .blank = "a unit of its own name, the blank one"},
    {"site", COLUMN_OWN, .meaning = "place; between sites a dependency costs more coordination", .blank = "the blank site"},
    {"em_judgment", COLUMN_NUMBER, SHARE, .fallback = NAN, AT(scenario_team, em_judgment), .unit = "share",
     .meaning = "judgment of the engineering manager", .blank = "J_em"},
    {"em_empowerment", COLUMN_NUMBER, SHARE, .fallback = NAN, AT(scenario_team, em_empowerment), .unit = "share",
     .meaning = "empowerment of the engineering manager", .blank = "E_team"},
    {"em_hours_per_week", COLUMN_NUMBER, FROM_0_TO(168), .fallback = NAN, AT(scenario_team, em_hours_per_week), .unit = "hours per week",
     .meaning = "coordination that the engineering manager can carry", .blank = "h_em"},
};

static const struct column feature_columns[] = {
    {"feature", COLUMN_ID, .required = true, AT(scenario_feature, id), .meaning = "its id"},
    {"name", COLUMN_TEXT, AT(scenario_feature, name), .fallback = 1, .meaning = "for people", .blank = "the id"},
    {"value_low_k_per_week", COLUMN_NUMBER, FROM_0_TO(MOST_MONEY), .fallback = NAN, AT(scenario_feature, value_low_k), .unit = "k per week",
     .meaning = "value when it has any, low", .blank = "all three: from the benefit-cost ratio"},
    {"value_mode_k_per_week", COLUMN_NUMBER, FROM_0_TO(MOST_MONEY), .fallback = NAN, AT(scenario_feature, value_mode_k), .unit = "k per week",
     .meaning = "most likely"},
    {"value_high_k_per_week", COLUMN_NUMBER, FROM_0_TO(MOST_MONEY), .fallback = NAN, AT(scenario_feature, value_high_k), .unit = "k per week",
     .meaning = "high"},
    {"probability_of_value", COLUMN_NUMBER, SHARE, .fallback = NAN, AT(scenario_feature, probability_of_value), .unit = "probability",
     .meaning = "that it turns out to have value at all", .blank = "p_val"},
    {"origin", COLUMN_WORD, .words = WORDS("strategy", "request"), .fallback = ORIGIN_STRATEGY, AT(scenario_feature, origin),
     .meaning = "who asked for it"},
};

static const struct column package_columns[] = {
    {"package", COLUMN_ID, .required = true, AT(scenario_package, id), .meaning = "its id"},
    {"name", COLUMN_TEXT, AT(scenario_package, name), .fallback = 1, .meaning = "for people", .blank = "the id"},
    {"team", COLUMN_ROW, .required = true, .target = TABLE_TEAMS, AT(scenario_package, team), .meaning = "who does it"},
    {"feature", COLUMN_ROW, .target = TABLE_FEATURES, AT(scenario_package, feature), .meaning = "what it serves", .blank = "no feature"},
    {"kind", COLUMN_WORD, .words = WORDS("build", "integrate", "debt", "compliance", "migration"), .fallback = PACKAGE_BUILD,
     AT(scenario_package, kind),
     .meaning = "integrate brings together everything before it; debt, compliance and migration are cut first, at their penalty"},
    {"effort_low_pw", COLUMN_NUMBER, FROM_0_TO(MOST_PERSON_WEEKS), .fallback = NAN, AT(scenario_package, effort_low_pw), .unit = "person-weeks",
     .meaning = "low effort", .blank = "the mode"},
    {"effort_mode_pw", COLUMN_NUMBER, .required = true, ABOVE_0_TO(MOST_PERSON_WEEKS), AT(scenario_package, effort_mode_pw),
     .unit = "person-weeks", .meaning = "most likely effort, which the plan uses"},
    {"effort_high_pw", COLUMN_NUMBER, FROM_0_TO(MOST_PERSON_WEEKS), .fallback = NAN, AT(scenario_package, effort_high_pw),
     .unit = "person-weeks", .meaning = "high effort", .blank = "the mode"},
    {"distribution", COLUMN_OWN, .meaning = "shape of the effort, or discrete:FILE.csv or empirical:FILE.csv of the folder, in person-weeks",
     .blank = "triangular; constant when low, mode and high are equal"},
    {"max_engineers", COLUMN_NUMBER, ABOVE_0_TO(10000), .fallback = NAN, AT(scenario_package, max_engineers), .unit = "people",
     .meaning = "most who can usefully share it", .blank = "everyone of the team"},
    {"due_week", COLUMN_NUMBER, FROM_0_TO(MOST_WEEKS), .fallback = NAN, AT(scenario_package, due_week), .unit = "weeks",
     .meaning = "the penalty begins here", .blank = "never"},
    {"penalty_k_per_week", COLUMN_NUMBER, FROM_0_TO(MOST_MONEY), AT(scenario_package, penalty_k_per_week), .unit = "k per week",
     .meaning = "price of being late or cut"},
};

static const struct column dependency_columns[] = {
    {"from", COLUMN_ROW, .required = true, .target = TABLE_PACKAGES, AT(scenario_dependency, from), .meaning = "package that comes first"},
    {"to", COLUMN_ROW, .required = true, .target = TABLE_PACKAGES, AT(scenario_dependency, to), .meaning = "package that waits for it"},
    {"lag_weeks", COLUMN_NUMBER, FROM_0_TO(MOST_WEEKS), AT(scenario_dependency, lag_weeks), .unit = "weeks", .meaning = "wait between the two"},
    {"ambiguity", COLUMN_NUMBER, SHARE, AT(scenario_dependency, ambiguity), .unit = "probability",
     .meaning = "of a hidden interface mismatch; between teams only"},
    {"known_at_planning", COLUMN_YESNO, .fallback = 1, AT(scenario_dependency, known_at_planning),
     .meaning = "no: absent from the plan, a hidden mismatch until found"},
};

static const struct column risk_columns[] = {
    {"risk", COLUMN_ID, .required = true, AT(scenario_risk, id), .meaning = "its id"},
    {"name", COLUMN_TEXT, AT(scenario_risk, name), .fallback = 1, .meaning = "for people", .blank = "the id"},
    {"category", COLUMN_WORD, .required = true, .words = WORDS("technical", "integration", "execution", "market", "people"),
     AT(scenario_risk, category), .meaning = "decides who can see it"},
    {"package", COLUMN_ROW, .required = true, .target = TABLE_PACKAGES, AT(scenario_risk, package), .meaning = "what it hits"},
    {"probability", COLUMN_NUMBER, .required = true, SHARE, AT(scenario_risk, probability), .unit = "probability", .meaning = "that it exists"},
    {"impact_low_pw", COLUMN_NUMBER, FROM_0_TO(MOST_PERSON_WEEKS), .fallback = NAN, AT(scenario_risk, impact_low_pw), .unit = "person-weeks",
     .meaning = "low impact", .blank = "all three: i_ref of the mean effort"},
    {"impact_mode_pw", COLUMN_NUMBER, FROM_0_TO(MOST_PERSON_WEEKS), .fallback = NAN, AT(scenario_risk, impact_mode_pw), .unit = "person-weeks",
     .meaning = "most likely"},
    {"impact_high_pw", COLUMN_NUMBER, FROM_0_TO(MOST_PERSON_WEEKS), .fallback = NAN, AT(scenario_risk, impact_high_pw), .unit = "person-weeks",
     .meaning = "high"},
    {"delay_weeks", COLUMN_NUMBER, FROM_0_TO(MOST_WEEKS), AT(scenario_risk, delay_weeks), .unit = "weeks",
     .meaning = "mean standstill of the package when it strikes"},
    {"detectability", COLUMN_NUMBER, FROM_0_TO(100), .fallback = 1, AT(scenario_risk, detectability), .unit = "multiples of det_base",
     .meaning = "1 is typical"},
    {"growth_per_week", COLUMN_NUMBER, FROM_0_TO(1), .fallback = NAN, AT(scenario_risk, growth_per_week), .unit = "per week",
     .meaning = "growth of the impact while latent", .blank = "growth"},
    {"altitude", COLUMN_WORD, .words = ALTITUDES, .fallback = ALTITUDE_TEAM, AT(scenario_risk, altitude), .meaning = "who can resolve it"},
    {"severity", COLUMN_NUMBER, ABOVE_0_TO(100), .fallback = 1, AT(scenario_risk, severity), .unit = "1",
     .meaning = "how loud it is for its size; 1 is typical"},
    {"mitigation", COLUMN_TEXT, AT(scenario_risk, mitigation), .meaning = "what was agreed beforehand", .blank = "nothing"},
    {"mitigation_cost_k", COLUMN_NUMBER, FROM_0_TO(MOST_MONEY), AT(scenario_risk, mitigation_cost_k), .unit = "k", .meaning = "its price"},
    {"planned", COLUMN_YESNO, AT(scenario_risk, planned), .meaning = "yes: bought at the start; no: once the risk is surfaced"},
    {"post_probability", COLUMN_NUMBER, SHARE, .fallback = NAN, AT(scenario_risk, post_probability), .unit = "probability",
     .meaning = "of the risk after the mitigation", .blank = "unchanged"},
    {"post_impact_factor", COLUMN_NUMBER, SHARE, .fallback = 1, AT(scenario_risk, post_impact_factor), .unit = "factor",
     .meaning = "on the impact after the mitigation"},
};

static const struct column question_columns[] = {
    {"question", COLUMN_ID, .required = true, AT(scenario_question, id), .meaning = "its id"},
    {"name", COLUMN_TEXT, AT(scenario_question, name), .fallback = 1, .meaning = "for people", .blank = "the id"},
    {"package", COLUMN_ROW, .required = true, .target = TABLE_PACKAGES, AT(scenario_question, package), .meaning = "whose work raises it"},
    {"kind", COLUMN_WORD, .words = WORDS("delivery", "product"), .fallback = QUESTION_DELIVERY, AT(scenario_question, kind),
     .meaning = "which seat owns it"},
    {"altitude", COLUMN_WORD, .words = ALTITUDES, .fallback = ALTITUDE_TEAM, AT(scenario_question, altitude), .meaning = "who can decide it"},
    {"opens_at_share", COLUMN_NUMBER, SHARE, .fallback = NAN, AT(scenario_question, opens_at_share), .unit = "share",
     .meaning = "of the package's progress", .blank = "drawn"},
};

static const struct column arm_columns[] = {
    {"arm", COLUMN_ID, .required = true, AT(scenario_arm, id), .meaning = "its id: letters, digits, _ and -"},
    {"label", COLUMN_TEXT, AT(scenario_arm, label), .fallback = 1, .meaning = "for people", .blank = "the id"},
    {"extra_engineers", COLUMN_NUMBER, FROM_0_TO(10000), .words = WORDS("tpm_money"), AT(scenario_arm, extra_engineers), .unit = "people",
     .meaning = "engineers more than the other arms; tpm_money: as many as the headline arm's delivery seats cost"},
    {"extra_engineers_team", COLUMN_OWN, .meaning = "a team, spread, or best (chosen on pilot worlds)", .blank = "spread"},
    {"ambiguity_factor", COLUMN_OWN, FROM_0_TO(10), .fallback = 1, AT(scenario_arm, ambiguity_factor), .unit = "factor",
     .meaning = "on the ambiguity of dependencies; a parameter, or decoupled: 1 - decoupling_effect"},
    {"h_dep_factor", COLUMN_OWN, FROM_0_TO(10), .fallback = 1, AT(scenario_arm, h_dep_factor), .unit = "factor",
     .meaning = "on the coordination hours of a dependency; as above"},
    {"extra_cost_per_year", COLUMN_NUMBER, FROM_0_TO(MOST_MONEY), .words = WORDS("tpm_money"), AT(scenario_arm, extra_cost_per_year),
     .unit = "currency per year", .meaning = "money spent besides; tpm_money: what the headline arm's delivery seats cost"},
};

static const struct column seat_columns[] = {
    {"arm", COLUMN_ROW, .required = true, .target = TABLE_ARMS, AT(scenario_seat_row, arm), .meaning = "organisation that has the seat"},
    {"seat", COLUMN_OWN, AT(scenario_seat_row, seat.id), .meaning = "its id, once in the arm", .blank = "the role"},
    {"person", COLUMN_OWN, .meaning = "any label; seats of one arm with one label are one person; em:TEAM is that team's engineering manager",
     .blank = "a person of its own"},
    {"role", COLUMN_WORD, .required = true, .words = WORDS("tpm", "pm", "coordinator"), AT(scenario_seat_row, seat.role),
     .meaning = "tpm and coordinator are delivery seats, pm is a product seat"},
    {"fte", COLUMN_CELL, SHARE, .fallback = 1, AT(scenario_seat_row, seat.fte), .unit = "full-time equivalents",
     .meaning = "share of a week; 0 is a seat without effect"},
    {"judgment", COLUMN_CELL, SHARE, .fallback = NAN, AT(scenario_seat_row, seat.judgment), .unit = "share", .meaning = "J of its first holder",
     .blank = "usual for the role: tpm J_tpm, pm 0.5, coordinator 0.35"},
    {"empowerment", COLUMN_CELL, SHARE, .fallback = NAN, AT(scenario_seat_row, seat.empowerment), .unit = "share", .meaning = "E",
     .blank = "tpm E_tpm, pm 0.35, coordinator 0.1"},
    {"admin_share", COLUMN_CELL, SHARE, .fallback = NAN, AT(scenario_seat_row, seat.admin_share), .unit = "share",
     .meaning = "of its time that administration takes", .blank = "tpm a_tpm, pm 0.4, coordinator 0.9"},
    {"outcome_evaluated", COLUMN_CELL, SHARE, .fallback = NAN, AT(scenario_seat_row, seat.outcome_evaluated), .unit = "share",
     .meaning = "how much outcomes, not hygiene, judge the seat", .blank = "tpm 0.9, pm 0.5, coordinator 0.1"},
    {"cost_per_year", COLUMN_NUMBER, FROM_0_TO(MOST_MONEY), .fallback = NAN, AT(scenario_seat_row, seat.cost_per_year),
     .unit = "currency per year", .meaning = "loaded cost of the seat as it is, whatever its fte",
     .blank = "the role's pay in money.csv with benefits, times fte"},
    {"start_week", COLUMN_NUMBER, FROM_0_TO(MOST_WEEKS), AT(scenario_seat_row, seat.start_week), .unit = "weeks",
     .meaning = "when the seat is filled first"},
    {"weeks_in_seat", COLUMN_NUMBER, FROM_0_TO(5200), .fallback = NAN, AT(scenario_seat_row, seat.weeks_in_seat), .unit = "weeks",
     .meaning = "that the first holder has been there already", .blank = "pm 26, others 0"},
};

static const struct column forum_columns[] = {
    {"forum", COLUMN_ID, .required = true, AT(scenario_forum_row, forum.id), .meaning = "its id"},
    {"level", COLUMN_WORD, .required = true, .words = WORDS("cross", "executive"), AT(scenario_forum_row, level),
     .meaning = "which items it can decide"},
    {"cadence_weeks", COLUMN_NUMBER, ABOVE_0_TO(104), .fallback = NAN, AT(scenario_forum_row, forum.cadence_weeks), .unit = "weeks",
     .meaning = "between meetings", .blank = "cad1, cad2"},
    {"slots", COLUMN_NUMBER, FROM_0_TO(1000), .fallback = NAN, AT(scenario_forum_row, forum.slots), .unit = "items per meeting",
     .meaning = "that it can take", .blank = "slots1, slots2"},
    {"background_slots", COLUMN_NUMBER, FROM_0_TO(1000), .fallback = NAN, AT(scenario_forum_row, forum.background_slots),
     .unit = "items per meeting", .meaning = "that other programs use", .blank = "bg1, bg2"},
    {"attendees", COLUMN_NUMBER, FROM_0_TO(1000), .fallback = LOAD_FORUM_ATTENDEES, AT(scenario_forum_row, forum.attendees), .unit = "people",
     .meaning = "who sit through an item"},
    {"attendee_hours", COLUMN_NUMBER, FROM_0_TO(100), .fallback = LOAD_FORUM_HOURS, AT(scenario_forum_row, forum.attendee_hours),
     .unit = "hours", .meaning = "of each of them for an item"},
};

static const struct column money_columns[] = {
    {"item", COLUMN_OWN, .required = true, .meaning = "one of the items below"},
    {"value", COLUMN_OWN, .meaning = "its value"},
    {"unit", COLUMN_OWN, .meaning = "checked against the item's"},
    {"source", COLUMN_REMARK, .meaning = "where the value comes from"},
};

#define PER_YEAR "$|currency|$/year|$ per year|$/yr|currency/year|currency per year|currency/yr"
#define PER_HOUR "$|currency|$/hour|$ per hour|$/h|currency/hour|currency per hour|currency/h"
#define RATE "per year|/year|/yr|1/year|1/yr|share per year|share/year|share|1"
#define PURE "1|factor|ratio|share|"
const struct column columns_money[] = {
    {"engineer_per_year", COLUMN_NUMBER, FROM_0_TO(MOST_MONEY), .fallback = NAN, AT(scenario_money, engineer_per_year), .unit = PER_YEAR,
     .meaning = "salary of an engineer", .blank = "c_eng, loaded"},
    {"em_per_year", COLUMN_NUMBER, FROM_0_TO(MOST_MONEY), .fallback = NAN, AT(scenario_money, em_per_year), .unit = PER_YEAR,
     .meaning = "salary of an engineering manager", .blank = "em_factor of an engineer"},
    {"tpm_per_year", COLUMN_NUMBER, FROM_0_TO(MOST_MONEY), .fallback = NAN, AT(scenario_money, tpm_per_year), .unit = PER_YEAR,
     .meaning = "salary of a tpm", .blank = "c_tpm, loaded"},
    {"pm_per_year", COLUMN_NUMBER, FROM_0_TO(MOST_MONEY), .fallback = NAN, AT(scenario_money, pm_per_year), .unit = PER_YEAR,
     .meaning = "salary of a pm", .blank = "c_pm, loaded"},
    {"coordinator_per_year", COLUMN_NUMBER, FROM_0_TO(MOST_MONEY), .fallback = NAN, AT(scenario_money, coordinator_per_year), .unit = PER_YEAR,
     .meaning = "salary of a coordinator", .blank = "c_coord, loaded"},
    {"benefit_load", COLUMN_NUMBER, .low = 1, .high = 10, .fallback = 1.43, AT(scenario_money, benefit_load), .unit = PURE,
     .meaning = "loaded cost over salary"},
    {"hiring_fee_share", COLUMN_NUMBER, FROM_0_TO(2), AT(scenario_money, hiring_fee_share), .unit = PURE,
     .meaning = "of a year's salary, each hire"},
    {"attendee_hour", COLUMN_NUMBER, FROM_0_TO(MOST_MONEY), .fallback = NAN, AT(scenario_money, attendee_hour), .unit = PER_HOUR,
     .meaning = "price of an hour in a forum", .blank = "not priced"},
    {"discount_rate", COLUMN_NUMBER, SHARE, .fallback = NAN, AT(scenario_money, discount_rate), .unit = RATE,
     .meaning = "of money a year later", .blank = "disc"},
    {"reinforcement_cost", COLUMN_NUMBER, FROM_0_TO(MOST_MONEY), AT(scenario_money, reinforcement_cost),
     .unit = "k|k$|k per engineer|k/engineer", .meaning = "for each engineer whom management adds, besides pay"},
};
const size_t columns_n_money = SIZE(columns_money);

static const struct column assumption_columns[] = {
    {"parameter", COLUMN_ID, .required = true, .meaning = "name in the registry"},
    {"value", COLUMN_OWN, .meaning = "in the registry's unit", .blank = "the registry's default"},
    {"low", COLUMN_OWN, .meaning = "of our ignorance", .blank = "the registry's"},
    {"high", COLUMN_OWN, .meaning = "of our ignorance", .blank = "the registry's"},
    {"source", COLUMN_OWN, .meaning = "where the value comes from"},
};

static const struct column calendar_columns[] = {
    {"from_week", COLUMN_NUMBER, .required = true, FROM_0_TO(MOST_WEEKS), AT(scenario_calendar, from_week), .unit = "weeks",
     .meaning = "first moment"},
    {"to_week", COLUMN_NUMBER, .required = true, FROM_0_TO(MOST_WEEKS), AT(scenario_calendar, to_week), .unit = "weeks",
     .meaning = "first moment after it"},
    {"team", COLUMN_ROW, .target = TABLE_TEAMS, AT(scenario_calendar, team), .meaning = "whom it concerns", .blank = "everyone"},
    {"capacity", COLUMN_NUMBER, .required = true, SHARE, AT(scenario_calendar, capacity), .unit = "share", .meaning = "of the usual capacity"},
    {"why", COLUMN_TEXT, AT(scenario_calendar, why), .meaning = "holiday, freeze, ..."},
};

static const struct column correlation_columns[] = {
    {"a", COLUMN_OWN, .required = true, .meaning = "id of a package (its effort) or of a risk (its existence)"},
    {"b", COLUMN_OWN, .required = true, .meaning = "another"},
    {"rho", COLUMN_OWN, .required = true, .low = -1, .high = 1, .unit = "correlation", .meaning = "of the normal scores"},
};

#define TABLE(what) .columns = what##_columns, .n_columns = SIZE(what##_columns)
const struct table_format columns_of[TABLES] = {
    [TABLE_PROGRAM] = {
        "program.csv", "setting", true, false, 100, TABLE(program),
        .meaning = "settings of the program",
        .example = "release,together,,customers move in one cutover"},
    [TABLE_TEAMS] = {
        "teams.csv", "team", true, true, 1000, TABLE(team), sizeof(struct scenario_team),
        .meaning = "who does the work",
        .example = "OPS,Reliability,6,Platform,Lisbon,0.55,0.25,"},
    [TABLE_FEATURES] = {
        "features.csv", "feature", false, false, 10000, TABLE(feature), sizeof(struct scenario_feature),
        .meaning = "what the work is worth",
        .example = "CHECKOUT,One-page checkout with saved cards,40,80,150,0.5,strategy"},
    [TABLE_PACKAGES] = {
        "packages.csv", "package", true, true, 10000, TABLE(package), sizeof(struct scenario_package),
        .meaning = "the work",
        .example = "PAY-4,Card-data zone certified,PAY,,compliance,16,20,28,,5,48,15"},
    [TABLE_DEPENDENCIES] = {
        "dependencies.csv", "dependency", true, false, 100000, TABLE(dependency), sizeof(struct scenario_dependency),
        .meaning = "what waits for what",
        .example = "PAY-2,DAT-5,,0.55,yes"},
    [TABLE_RISKS] = {
        "risks.csv", "risk", true, false, 10000, TABLE(risk), sizeof(struct scenario_risk),
        .meaning = "the register",
        .example = "R19,Second payment provider certifies later than promised,execution,PAY-1,0.45,2,4,9,3,1,,executive,1.1,"
                   "Certification slot booked now,20,yes,0.25,0.7"},
    [TABLE_QUESTIONS] = {
        "questions.csv", "question", false, false, 10000, TABLE(question), sizeof(struct scenario_question),
        .meaning = "decisions that the work will raise",
        .example = "Q11,How many cents of difference are acceptable,DAT-5,delivery,executive,"},
    [TABLE_ARMS] = {
        "arms.csv", "arm", true, true, 64, TABLE(arm), sizeof(struct scenario_arm),
        .meaning = "the organisations to compare",
        .example = "decouple,fewer interfaces,,,decoupled,decoupled,tpm_money"},
    [TABLE_SEATS] = {
        "seats.csv", "seat", true, false, 1024, TABLE(seat), sizeof(struct scenario_seat_row),
        .meaning = "who coordinates in each organisation",
        .example = "costume,tpm,,tpm,1,J_tpm,0.15,0.75,0.1,228800,0,0"},
    [TABLE_FORUMS] = {
        "forums.csv", "forum", false, false, 2, TABLE(forum), sizeof(struct scenario_forum_row),
        .meaning = "where items above a team are decided",
        .example = "program sync,cross,2,5,2.5,12,0.25"},
    [TABLE_MONEY] = {
        "money.csv", "item", false, false, 100, TABLE(money),
        .meaning = "prices",
        .example = "engineer_per_year,133000,USD/year,BLS 15-1252 median"},
    [TABLE_ASSUMPTIONS] = {
        "assumptions.csv", "parameter", false, false, 1000, TABLE(assumption),
        .meaning = "parameters of the registry that differ here",
        .example = "safety,0.45,0.2,0.7,assumption: everyone knows everyone"},
    [TABLE_CALENDAR] = {
        "calendar.csv", "period", false, false, 10000, TABLE(calendar), sizeof(struct scenario_calendar),
        .meaning = "holidays and freezes",
        .example = "29,31,PAY,0.7,peak booking season: change freeze"},
    [TABLE_CORRELATIONS] = {
        "correlations.csv", "correlation", false, false, 32640, TABLE(correlation),
        .meaning = "efforts and risks that move together",
        .example = "DAT-4,IDN-5,0.5"},
};

const struct column *columns_named(const struct column *columns, size_t n, const char *name)
{
    for (size_t k = 0; k < n; k++)
        if (!strcmp(columns[k].name, name)) return &columns[k];
    return NULL;
}

size_t columns_find(enum table table, const char *name)
{
    return (size_t)(columns_named(columns_of[table].columns, columns_of[table].n_columns, name) - columns_of[table].columns);
}

enum table columns_table_of(const char *file)
{
    for (enum table table = 0; table < TABLES; table++)
        if (!strcmp(columns_of[table].file, file)) return table;
    return TABLES;
}

const char *columns_nearest(const struct column *columns, size_t n, const char *name)
{
    const char *names[COLUMNS_MOST];
    for (size_t k = 0; k < n && k < COLUMNS_MOST; k++) names[k] = columns[k].name;
    return text_nearest(name, names, n < COLUMNS_MOST ? n : COLUMNS_MOST);
}
