/* generate_words.c: names of teams, packages, features, troubles and questions for generated programs */
#include "scenario/generate_plan.h"

#define SIZE(array) (sizeof(array) / sizeof *(array))
#define WORK 8 /* names of packages for each team */

static const struct {
    const char *id, *name, *work[WORK];
} teams[] = {
    {"PLT",
     "Platform",
     {"Landing zone", "Service pipeline", "Secrets and certificates", "Event backbone", "Traffic routing", "Cost dashboard",
      "Regional failover", "Self-service environments"}},
    {"PAY",
     "Payments",
     {"Payment gateway", "Ledger with double entry", "Refund rules", "Card vault", "Payout schedule", "Fraud screening", "Invoice run",
      "Dispute handling"}},
    {"WEB",
     "Web",
     {"Design system", "Account pages", "Checkout page", "Search page", "Content editor", "Accessibility pass", "Page speed",
      "Campaign pages"}},
    {"DAT",
     "Data",
     {"Change capture", "Event lake", "Self-service reports", "Data contracts", "History moved", "Quality monitors", "Customer profile",
      "Forecast store"}},
    {"IDN",
     "Identity",
     {"Token service", "Account store", "Single sign-on", "Consent service", "Role model", "Audit trail", "Device trust", "Account recovery"}},
    {"ORD",
     "Orders",
     {"Order state machine", "Cart and pricing", "Booking flow", "Stock reservation", "Returns", "Order history", "Bulk orders",
      "Delivery promise"}},
    {"MOB",
     "Mobile",
     {"App shell", "Push messages", "Offline mode", "Camera capture", "Store release", "Crash reporting", "In-app support", "Widgets"}},
    {"CAT",
     "Catalogue",
     {"Catalogue model", "Supplier feeds", "Availability cache", "Ranking", "Image service", "Category tree", "Price import", "Translations"}},
    {"OPS",
     "Reliability",
     {"Tracing and alerting", "Load rehearsal", "Runbooks", "Capacity model", "Backup and restore", "On-call tooling", "Chaos drills",
      "Status page"}},
    {"CRM",
     "Customer care",
     {"Case inbox", "Agent desktop", "Chat routing", "Knowledge base", "Call recording", "Complaint flow", "Feedback loop", "Service levels"}},
    {"FIN",
     "Finance",
     {"Chart of accounts", "Revenue recognition", "Tax engine", "Month-end close", "Cost allocation", "Budget planner", "Bank reconciliation",
      "Expense import"}},
    {"SEC",
     "Security",
     {"Threat model", "Key rotation", "Penetration fixes", "Access reviews", "Log retention", "Vendor checks", "Patch service",
      "Incident drills"}},
    {"LOG",
     "Logistics",
     {"Route planner", "Carrier links", "Tracking feed", "Warehouse scanner", "Customs papers", "Parcel labels", "Slot booking",
      "Damage claims"}},
    {"MKT",
     "Marketing",
     {"Campaign engine", "Audience builder", "Mail templates", "Attribution", "Referral codes", "Preference centre", "Test framework",
      "Partner portal"}},
    {"AIM",
     "Machine learning",
     {"Feature store", "Training pipeline", "Model registry", "Recommendation service", "Drift monitor", "Labelling tool", "Forecast model",
      "Experiment log"}},
    {"INT",
     "Integrations",
     {"Partner interface", "Webhook service", "File exchange", "Mapping editor", "Rate limits", "Sandbox", "Connector kit", "Usage metering"}},
};

static const struct {
    const char *id, *name;
} features[] = {
    {"CHECKOUT", "Checkout in one step"},
    {"SIGNUP", "Signing up in a minute"},
    {"REFUND", "Refunds at once"},
    {"SEARCH", "Search that understands"},
    {"INSIGHT", "Reports without a request"},
    {"MOBILE", "Everything on the phone"},
    {"PARTNER", "Partners connect themselves"},
    {"ALERTS", "Messages at the right moment"},
    {"LOYAL", "Points that count"},
    {"GLOBAL", "Three more countries"},
    {"SUPPORT", "Help within five minutes"},
    {"TRACK", "Where is my order"},
    {"PRICING", "Prices by segment"},
    {"TRUST", "Proof for auditors"},
    {"TEAMWORK", "Accounts for whole firms"},
    {"GREEN", "Footprint on every invoice"},
};

static const struct generate_trouble technical[] = {
    {"too slow at peak load", "Load test with recorded traffic"},
    {"library is no longer maintained", "Replacement tried on a branch"},
    {"old records break the new rules", "A sample of every year profiled first"},
    {"loses messages under failover", "Failover drill every month"},
    {"two screens open at once give doubles", "Prototype with locks"},
    {"runs in one region only", "Second region rented early"},
    {"test data does not look like real data", "Masked copy of production"},
    {"security findings come late", "Review in the first month"},
};
static const struct generate_trouble integration[] = {
    {"test system behaves unlike the real one", "Weekly run against the real one"},
    {"nobody has rehearsed the whole journey", "First rehearsal at half time"},
    {"both sides time out differently", "Contract tests on both sides"},
    {"production data may not be used for the rehearsal", "Masked data agreed with the auditors"},
    {"versions do not meet on the same day", "A release calendar for all teams"},
    {"errors are swallowed between the parts", "Tracing through all parts"},
};
static const struct generate_trouble execution[] = {
    {"supplier delivers later than promised", "Delivery slot booked now"},
    {"certification has no date", "Second assessor on retainer"},
    {"environments are not ready", "Environments ordered in week one"},
    {"licence negotiations drag on", "Purchasing joins the weekly meeting"},
    {"estimate left out the clean-up", "Clean-up planned as a package"},
    {"freeze falls into the last weeks", "Freeze dates agreed beforehand"},
};
static const struct generate_trouble market[] = {
    {"a rival ships it first", "A small version for twenty customers"},
    {"pilot customers do not use it", "Five customers see it every fortnight"},
    {"regulator reads the rule more strictly", "Opinion of outside counsel"},
    {"biggest customer wants it otherwise", "Acceptance agreed in writing"},
};
static const struct generate_trouble people[] = {
    {"the one who knows it is asked for elsewhere", "A second engineer paired from the start"},
    {"lead engineer leaves", "Knowledge written down and shared"},
    {"on-call eats the team", "Rota shared with the neighbours"},
    {"users refuse the new way of working", "Ten users try it every fortnight"},
};
static const struct {
    const struct generate_trouble *list;
    size_t n;
} troubles[RISK_CATEGORIES] = {
    {technical, SIZE(technical)}, {integration, SIZE(integration)}, {execution, SIZE(execution)},
    {market, SIZE(market)},       {people, SIZE(people)},
};

static const char *const delivery_questions[] = {
    "what counts as done",
    "who owns the definition of the record",
    "how long do old and new run side by side",
    "which load proves that we are ready",
    "who may change the contract",
    "how many errors are acceptable",
    "who is called at night",
    "in which order do customers move",
};
static const char *const product_questions[] = {
    "which customers come first",   "what may be left out of the first version",
    "what happens to old accounts", "how fresh must the data be",
    "who pays for the exception",   "which devices still count",
};

/* Names that come round again carry the number of their round: 2, 3, ... */
static void add_round(struct text *text, const char *between, size_t k, size_t n)
{
    if (k >= n) text_format(text, "%s%zu", between, k / n + 1);
}

void generate_words_team_id(struct text *text, size_t team)
{
    text_add(text, teams[team % SIZE(teams)].id);
    add_round(text, "", team, SIZE(teams));
}

void generate_words_team_name(struct text *text, size_t team)
{
    text_add(text, teams[team % SIZE(teams)].name);
    add_round(text, " ", team, SIZE(teams));
}

void generate_words_feature_id(struct text *text, size_t feature)
{
    text_add(text, features[feature % SIZE(features)].id);
    add_round(text, "", feature, SIZE(features));
}

void generate_words_feature_name(struct text *text, size_t feature)
{
    text_add(text, features[feature % SIZE(features)].name);
    add_round(text, " ", feature, SIZE(features));
}

void generate_words_package_id(struct text *text, const struct generate_package *package)
{
    generate_words_team_id(text, package->team);
    text_format(text, "-%zu", package->number);
}

void generate_words_package_name(struct text *text, const struct generate_package *package)
{
    if (package->launch) {
        text_add(text, "Launch");
        return;
    }
    if (package->kind == PACKAGE_INTEGRATE) {
        generate_words_feature_name(text, package->feature);
        text_add(text, " end to end");
        return;
    }
    text_add(text, teams[package->team % SIZE(teams)].work[(package->number - 1) % WORK]);
    add_round(text, " ", package->team, SIZE(teams));
    add_round(text, " stage ", package->number - 1, WORK);
}

struct generate_trouble generate_words_trouble(enum risk_category category, size_t number)
{
    return troubles[category].list[number % troubles[category].n];
}

const char *generate_words_question(enum question_kind kind, size_t number)
{
    if (kind == QUESTION_DELIVERY) return delivery_questions[number % SIZE(delivery_questions)];
    return product_questions[number % SIZE(product_questions)];
}
