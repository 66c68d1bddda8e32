/* question.h: what a person can be asked, in one list: the API, the store and the export follow */
#ifndef ORGSIM_WORKSHOP_QUESTION_H
#define ORGSIM_WORKSHOP_QUESTION_H

/* Fifty programs: the dots that people think in. */
#define QUESTION_PROGRAMS 50

/* X(id, highest answer; the lowest is 0, by whom, when it may be answered)
 *   by    PERSON: the person answers; ENGINE: the program notes what the person's settings reached
 *   when  see enum question_when */
#define QUESTIONS(X)                                                                                                                         \
    X(without, QUESTION_PROGRAMS, PERSON, PREDICT) /* of 50 programs without the hire, how many keep the date */                            \
    X(with, QUESTION_PROGRAMS, PERSON, PREDICT)    /* the same with it */                                                                    \
    X(hire, 3, PERSON, PREDICT)                    /* 0 no, 1 yes, 2 the money elsewhere, 3 cannot say */                                     \
    X(hire_again, 3, PERSON, REVOTE)               /* the same, after seeing and talking */                                                  \
    X(notice_typical, 3, PERSON, REPLAY)           /* 0 the team, 1 its manager, 2 the delivery seat, 3 nobody in time */                     \
    X(notice_best, 3, PERSON, REPLAY)                                                                                                        \
    X(notice_worst, 3, PERSON, REPLAY)                                                                                                       \
    X(notice_lost, 3, PERSON, REPLAY)                                                                                                        \
    X(challenge_1, 99, ENGINE, CHANGE)             /* notches of the sliders that it took, the fewest so far */                              \
    X(challenge_2, 99, ENGINE, CHANGE)                                                                                                       \
    X(challenge_3, 99, ENGINE, CHANGE)                                                                                                       \
    X(metric, 2, PERSON, HOME)                     /* to take home: 0 escalation quality, 1 decision closure, 2 risk before integration */

enum question {
#define X(id, most, by, when) QUESTION_##id,
    QUESTIONS(X)
#undef X
    QUESTION_COUNT
};

enum question_by { QUESTION_BY_PERSON, QUESTION_BY_ENGINE };
enum question_when { QUESTION_IN_PREDICT, QUESTION_IN_REVOTE, QUESTION_IN_REPLAY, QUESTION_IN_CHANGE, QUESTION_IN_HOME };

struct question_row {
    const char *id;
    int most;
    enum question_by by;
    enum question_when when;
};
extern const struct question_row question_rows[QUESTION_COUNT];

/* The question of that id, or QUESTION_COUNT. */
enum question question_find(const char *id);

#define QUESTION_OPEN (-1) /* not answered yet */

#endif
