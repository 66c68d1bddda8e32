/** @file explain.h  One world, lived by several organisations, as a dated story. */
#ifndef ORGSIM_EXPLAIN_H
#define ORGSIM_EXPLAIN_H

#include <stddef.h>
#include <stdint.h>

#include <orgsim/error.h>
#include <orgsim/metric.h>
#include <orgsim/run.h>
#include <orgsim/scenario.h>

/** What an event is about: the meaning of its number `subject`. */
enum orgsim_subject { ORGSIM_SUBJECT_ITEM, ORGSIM_SUBJECT_PACKAGE, ORGSIM_SUBJECT_FEATURE, ORGSIM_SUBJECT_TEAM, ORGSIM_SUBJECT_SEAT, ORGSIM_SUBJECT_PROGRAM };

/* X(id, subject, what happened, and what x, y and z say). pw: person-weeks. */
#define ORGSIM_EVENTS(X)                                                                                                                     \
    X(activated, ITEM, "work uncovers what nature hid; x: pw it would cost now (risks)")                                                    \
    X(detected, ITEM, "somebody notices: who")                                                                                              \
    X(held_unseen, ITEM, "looked at and kept, because it did not look serious; x: number of the look")                                      \
    X(held_unsaid, ITEM, "looked serious and was not said; x: number of the look")                                                          \
    X(surfaced, ITEM, "raised: it is being prepared for a forum; x: week when that is done")                                                \
    X(direct, ITEM, "taken straight to who can decide; x: week of the decision")                                                            \
    X(false_alarm, ITEM, "heard, and found to be the team's own; x: forum, 0 for none")                                                     \
    X(mitigated, ITEM, "the register's mitigation is bought; x: k")                                                                         \
    X(queued, ITEM, "ready and waiting; x: forum 1 or 2, y: tickets ahead")                                                                 \
    X(unprepared, ITEM, "heard and sent back unprepared; x: forum, y: week when it is ready")                                               \
    X(softened, ITEM, "heard, but softened on the way; x: forum, y: week of the next try")                                                  \
    X(raised, ITEM, "heard, and passed up; x: forum")                                                                                       \
    X(heard, ITEM, "heard by who can decide; x: forum, y: week of the decision")                                                            \
    X(resolved, ITEM, "a risk or mismatch is settled; x: pw that this costs, y: 1 when the team did it itself")                             \
    X(residual, ITEM, "decided, but part of the risk remains; y: 1 when the team did it itself")                                            \
    X(answered_right, ITEM, "a question is answered rightly; y: 1 when the team did it itself")                                             \
    X(answered_wrong, ITEM, "a question is answered wrongly; y: 1 when the team did it itself")                                             \
    X(stayed_wrong, ITEM, "a wrong answer that can no longer be changed")                                                                   \
    X(reopened, ITEM, "a wrong answer comes back; x: pw of rework")                                                                         \
    X(realised, ITEM, "a risk strikes; x: pw, y: weeks of standstill, z: pw in packages that depend on it")                                 \
    X(revealed, ITEM, "an interface mismatch breaks at integration; x: pw")                                                                 \
    X(defaulted_right, ITEM, "integration decides an open question, rightly")                                                               \
    X(defaulted_wrong, ITEM, "integration decides an open question, wrongly; x: pw of rework")                                              \
    X(forgotten, ITEM, "its package was cut")                                                                                               \
    X(started, PACKAGE, "work starts")                                                                                                      \
    X(done, PACKAGE, "what waits for it may start")                                                                                         \
    X(integrated, PACKAGE, "put together with the rest")                                                                                    \
    X(accepted, PACKAGE, "counts as finished")                                                                                              \
    X(cut, PACKAGE, "taken out of the program")                                                                                             \
    X(request_accepted, PACKAGE, "more scope joins the package; x: pw")                                                                     \
    X(feature_dropped, FEATURE, "dropped by a review or by management")                                                                     \
    X(engineer_left, TEAM, "an engineer leaves; x: k of replacement")                                                                       \
    X(seat_left, SEAT, "the holder leaves; x: weeks the seat will stand empty")                                                             \
    X(seat_arrived, SEAT, "a successor arrives; x: judgment, y: 1 when below the line of a wrong hire")                                     \
    X(reported, PROGRAM, "status report; x: forecast as reported, y: in truth, z: as known")                                                \
    X(reinforced, PROGRAM, "management adds engineers; x: how many")                                                                        \
    X(date_moved, PROGRAM, "management moves the committed date; x: from, y: to")                                                           \
    X(cancelled, PROGRAM, "cancelled by its sponsors")                                                                                      \
    X(finished, PROGRAM, "all kept packages are accepted")                                                                                  \
    X(censored, PROGRAM, "still running at the horizon")

enum orgsim_event_kind {
#define X(id, subject, meaning) ORGSIM_EVENT_##id,
    ORGSIM_EVENTS(X)
#undef X
    ORGSIM_EVENT_COUNT
};

/** Who noticed: the team's engineers, its engineering manager, then the seats of the organisation by number. */
enum { ORGSIM_WHO_NOBODY = -1, ORGSIM_WHO_TEAM, ORGSIM_WHO_EM, ORGSIM_WHO_SEAT };

struct orgsim_event {
    enum orgsim_event_kind kind;
    float week;
    uint32_t subject;
    int32_t who;     /* of items: who noticed it; else ORGSIM_WHO_NOBODY */
    float x, y, z;   /* see ORGSIM_EVENTS */
};

/** Description of a kind of event; kind < ORGSIM_EVENT_COUNT. */
struct orgsim_event_info {
    const char *id, *meaning;
    enum orgsim_subject subject;
};
ORGSIM_API const struct orgsim_event_info *orgsim_event_info(enum orgsim_event_kind kind);

/** How the world of a story is chosen among the first `worlds` ones. Differences are headline arm less baseline. */
#define ORGSIM_WORLD_CHOICES(X)                                                                                                              \
    X(number, "number", "the world with this number")                                                                                       \
    X(typical, "typical", "nearest to the medians of both finishes and of the difference in net value")                                     \
    X(best, "best", "the largest difference in net value")                                                                                  \
    X(worst, "worst", "the smallest difference in net value")                                                                               \
    X(lost, "tpm-lost", "the hire made it worse, and later where that happens: nearest to the 5 % quantile of net value")                               \
    X(surprise, "surprise", "late discovery against early: the largest difference in detection lead")

enum orgsim_world_choice {
#define X(id, word, meaning) ORGSIM_WORLD_##id,
    ORGSIM_WORLD_CHOICES(X)
#undef X
    ORGSIM_WORLD_CHOICE_COUNT
};

struct orgsim_explain_options {
    struct orgsim_run_options run;   /* arms (2 or more), baseline, seed, tick, levers; worlds: how many are searched */
    enum orgsim_world_choice choice;
    uint64_t world;                  /* for ORGSIM_WORLD_number; may lie beyond those that are searched */
};

enum orgsim_item_kind { ORGSIM_ITEM_RISK, ORGSIM_ITEM_QUESTION, ORGSIM_ITEM_MISMATCH };

/** A risk, a question or an interface between packages of two teams. Strings are owned by the scenario. */
struct orgsim_story_item {
    enum orgsim_item_kind kind;
    const char *id, *name;           /* id: "FROM-TO" packages are given by `other` and `package` for a mismatch, whose id and name are NULL */
    size_t package, team;            /* numbers in the scenario's tables */
    size_t other;                    /* package on the other side of an interface; else SIZE_MAX */
    int level;                       /* 0 the team's own, 1 needs the cross-team forum, 2 the executive one */
};

/** The world under one organisation. */
struct orgsim_story_arm {
    size_t arm;                      /* of the scenario */
    float metric[ORGSIM_METRIC_COUNT]; /* the outcome row of this world, the same bits as in orgsim_run() */
    struct orgsim_event *events;     /* by week, then in the order in which they happened */
    size_t n_events;
};

/** Zero it before use; owned by the caller; free with orgsim_story_free(), also after an error. The scenario must outlive it. */
struct orgsim_story {
    uint64_t seed, world, searched;
    enum orgsim_world_choice choice;
    size_t n_arms, baseline, headline; /* rows of arms; the story compares these two */
    struct orgsim_story_arm *arms;
    struct orgsim_story_item *items;
    size_t n_items;
    double deadline_week, horizon_weeks, plan_weeks;
    double mean_difference;          /* of net value over the worlds searched, k */
    double worse_share;              /* of the worlds searched in which the headline arm has the lower net value */
    double rank;                     /* share of the worlds searched with a smaller difference than this one */
};

/**
 * Chooses a world and lives it once more under each arm, with everything that happens written down.
 *
 * @return 0; ORGSIM_ERROR_USAGE, also when no world fits the choice (`where` says so); otherwise as orgsim_run()
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_explain(const struct orgsim_scenario *scenario, const struct orgsim_explain_options *options,
                                                struct orgsim_story *story, struct orgsim_where *where);

/** Frees what the story owns and zeroes it. Legal on a zeroed story. */
ORGSIM_API void orgsim_story_free(struct orgsim_story *story);

/** Word of a choice, as --world takes it. */
ORGSIM_API const char *orgsim_world_choice_word(enum orgsim_world_choice choice);

#endif
