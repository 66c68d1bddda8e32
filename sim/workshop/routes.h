/* routes.h: everything that the server can be asked, in one list: who may ask follows from it, and the text of --help
 *
 * Paths lie behind the room's token. A person is 32 hexadecimal digits that the browser chose at random.
 */
#ifndef ORGSIM_WORKSHOP_ROUTES_H
#define ORGSIM_WORKSHOP_ROUTES_H

/* X(method, path, who may ask, handler, what it is) */
#define ROUTES(X)                                                                                                                            \
    X(GET, "api/room", NOBODY, get_room, "what never changes: the case, the sliders, the questions")                                         \
    X(GET, "api/state?person=ID", PERSON, get_state, "{state, answers}: where the lesson stands, and one's answers")                         \
    X(GET, "api/events?person=ID", PERSON, get_events, "server-sent events: state; dials, own: results; shared")                             \
    X(GET, "api/replay?world=WORD", NOBODY, get_replay, "one world lived twice; 503 while it is being lived")                               \
    X(GET, "api/qr.svg", NOBODY, get_qr, "the address to join at as a QR code")                                                             \
    X(POST, "api/answer?person=ID", PERSON, post_answer, "{question, value}: a prediction or a vote")                                       \
    X(POST, "api/dials?person=ID", PERSON, post_dials, "{wanted: [5 notches]}: slider positions; gives {job}")                              \
    X(POST, "api/own?person=ID", PERSON, post_own, "{wanted: [5 answers]}: the own case; gives {job}")                                      \
    X(POST, "api/lead?person=ID", FACILITATOR, post_lead, "{do: next, back, go, freeze, sliders or timer, value}")                           \
    X(GET, "api/session.csv", FACILITATOR, get_csv, "every answer of the session, a row for each person")

/* The list as text. */
#define ROUTES_LINE(method, path, who, handler, meaning) "  " #method " " path ROUTES_##who "\n      " meaning "\n"
#define ROUTES_NOBODY ""
#define ROUTES_PERSON ""
#define ROUTES_FACILITATOR "  (facilitators)"
#define ROUTES_TEXT ROUTES(ROUTES_LINE)

#endif
