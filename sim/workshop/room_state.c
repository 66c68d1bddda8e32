/* room_state.c: the room as JSON and as CSV */
#include "workshop/room.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "report/finding.h"
#include "report/manifest.h"
#include "report/quantity.h"

#define STORY_BYTES 65536 /* of a scenario's README.md that are read */
#define STORY_CHARACTERS 900
#define PREDICTED (QUESTION_PROGRAMS + 1)

/* --- what never changes --------------------------------------------------------------------------------------------------------------- */

/* Title and first paragraph of the scenario's README.md; without one the page says what the tables say. */
static void read_story(const char *folder, struct text *title, struct text *story)
{
    char *path = file_join(folder, "README.md"), *page = NULL;
    size_t n = 0;
    if (path && !file_read(path, STORY_BYTES, &page, &n, NULL)) {
        char *line = page, *end;
        if (strncmp(line, "# ", 2) == 0) {
            end = line + strcspn(line, "\r\n");
            text_add_n(title, line + 2, (size_t)(end - line - 2));
            line = end + strspn(end, "\r\n");
        }
        end = strstr(line, "\n\n");
        struct text whole = {0};
        text_add_n(&whole, line, end ? (size_t)(end - line) : strlen(line));
        for (size_t k = 0; k < whole.n; k++)
            if (whole.s[k] == '\n' || whole.s[k] == '\r') whole.s[k] = ' ';
        if (whole.n && whole.s[0] != '#' && whole.s[0] != '|') shown_cut(story, whole.s, STORY_CHARACTERS);
        text_free(&whole);
    }
    memory_free(page);
    memory_free(path);
}

static json_t *string_of(struct text *text, const char *otherwise)
{
    json_t *json = json_string(text->n ? text->s : otherwise);
    text_free(text);
    return json ? json : json_string(otherwise); /* a page that is not UTF-8 */
}

static json_t *program_json(const struct room *r)
{
    const struct orgsim_scenario *s = r->plan.scenario;
    double engineers = 0, work = 0;
    size_t between = 0;
    for (size_t t = 0; t < s->n_teams; t++) engineers += s->teams[t].engineers;
    for (size_t p = 0; p < s->n_packages; p++) work += s->packages[p].effort_mode_pw;
    for (size_t d = 0; d < s->n_dependencies; d++)
        between += s->packages[s->dependencies[d].from].team != s->packages[s->dependencies[d].to].team;
    return json_pack("{s:I, s:o, s:I, s:o, s:I, s:I, s:I, s:I}", "teams", (json_int_t)s->n_teams, "engineers", manifest_number(engineers),
                     "packages", (json_int_t)s->n_packages, "work_pw", manifest_number(shown_round(work, 0)), "dependencies",
                     (json_int_t)s->n_dependencies, "between_teams", (json_int_t)between, "risks", (json_int_t)s->n_risks, "questions",
                     (json_int_t)s->n_questions);
}

json_t *room_facts(const struct room *r)
{
    const struct orgsim_scenario *s = r->plan.scenario;
    struct text title = {0}, story = {0};
    read_story(r->plan.path ? r->plan.path : s->path, &title, &story);
    return json_pack("{s:s, s:o, s:o, s:o, s:s, s:o, s:[{s:s, s:s}, {s:s, s:s}], s:o, s:I, s:I, s:o, s:o, s:i}", "name", s->settings.name,
                     "title", string_of(&title, s->settings.name), "story", string_of(&story, ""), "program", program_json(r), "currency",
                     s->settings.currency, "deadline", manifest_number(r->deadline), "arms", "id", s->arms[s->settings.baseline_arm].id,
                     "label", quantity_arm(s, s->settings.baseline_arm), "id", s->arms[s->settings.headline_arm].id, "label",
                     quantity_arm(s, s->settings.headline_arm), "seat_k_per_year", manifest_number(shown_round(r->seat_k_per_year, 0)), "seed",
                     (json_int_t)r->plan.seed, "worlds", (json_int_t)r->plan.worlds, "dials", dial_json(r->dials), "own", own_json(),
                     "programs", QUESTION_PROGRAMS);
}

json_t *room_stations(const struct room *r)
{
    json_t *list = json_array();
    for (size_t k = 0; k < r->lesson.n; k++) {
        const struct lesson_station *at = &r->lesson.stations[k];
        json_array_append_new(list,
                              json_pack("{s:s, s:i, s:s, s:s, s:o}", "kind", lesson_kinds[at->kind].id, "step", lesson_kinds[at->kind].step,
                                        "title", at->title, "say", at->say, "minutes", manifest_number(at->minutes)));
    }
    return list;
}

/* --- what changes ------------------------------------------------------------------------------------------------------------------- */

/* How often each answer was given; facilitators do not vote. *n: how many answered. */
static json_t *tally_json(const struct room *r, enum question q, size_t *n)
{
    int count[PREDICTED] = {0};
    json_t *list = json_array();
    *n = 0;
    for (size_t p = 0; p < r->n_people; p++) {
        int value = r->people[p]->answer[q];
        if (r->people[p]->facilitator || value == QUESTION_OPEN) continue;
        count[value]++;
        ++*n;
    }
    for (int k = 0; k <= question_rows[q].most; k++) json_array_append_new(list, json_integer(count[k]));
    return list;
}

static void put_tally(json_t *tallies, const struct room *r, enum question q, bool shown)
{
    size_t n;
    json_t *counts = tally_json(r, q, &n);
    if (!shown) {
        json_decref(counts);
        counts = json_null();
    }
    json_object_set_new(tallies, question_rows[q].id, json_pack("{s:I, s:o}", "n", (json_int_t)n, "counts", counts));
}

/* Guesses are shown once they are locked, and a vote once it is over: nobody should follow the others. */
static json_t *tallies_json(const struct room *r)
{
    const struct lesson_station *at = room_station(r);
    json_t *tallies = json_object();
    put_tally(tallies, r, QUESTION_without, r->revealed);
    put_tally(tallies, r, QUESTION_with, r->revealed);
    put_tally(tallies, r, QUESTION_hire, r->revealed);
    put_tally(tallies, r, QUESTION_hire_again, at->kind != LESSON_revote || r->frozen); /* the facilitator ends the vote by freezing */
    put_tally(tallies, r, QUESTION_metric, true);
    if (at->kind == LESSON_replay || at->kind == LESSON_on)
        put_tally(tallies, r, (enum question)(QUESTION_notice_typical + ((int)at->world - ORGSIM_WORLD_typical)), at->kind == LESSON_on);
    return tallies;
}

/* Who met the challenge, and with how few notches. */
static json_t *challenge_json(const struct room *r)
{
    const int number = room_station(r)->challenge;
    int best = QUESTION_OPEN, n = 0;
    if (room_station(r)->kind != LESSON_change || number == 0) return json_null();
    for (size_t p = 0; p < r->n_people; p++) {
        int moved = r->people[p]->answer[QUESTION_challenge_1 + number - 1];
        if (moved == QUESTION_OPEN) continue;
        n++;
        if (best == QUESTION_OPEN || moved < best) best = moved;
    }
    return json_pack("{s:i, s:i, s:o}", "number", number, "met", n, "fewest", best == QUESTION_OPEN ? json_null() : json_integer(best));
}

static size_t present(const struct room *r)
{
    size_t n = 0;
    for (size_t p = 0; p < r->n_people; p++) n += !r->people[p]->facilitator && !r->people[p]->wall && r->people[p]->listeners > 0;
    return n;
}

json_t *room_state_json(const struct room *r)
{
    const struct lesson_station *at = room_station(r);
    uint64_t now = room_now();
    double left = r->timer_ends == 0 ? (double)NAN : r->timer_ends > now ? (double)(r->timer_ends - now) / 1000 : 0;
    return json_pack("{s:I, s:I, s:I, s:s, s:i, s:s, s:s, s:b, s:b, s:b, s:o, s:I, s:o, s:o, s:o}", "version", (json_int_t)r->state_version,
                     "station", (json_int_t)r->station, "stations", (json_int_t)r->lesson.n, "kind", lesson_kinds[at->kind].id, "step",
                     lesson_kinds[at->kind].step, "title", at->title, "world", orgsim_world_choice_word(at->world), "revealed",
                     (int)r->revealed, "frozen", (int)r->frozen, "hidden", (int)r->hidden, "seconds_left", manifest_number(left), "people",
                     (json_int_t)present(r), "tallies", tallies_json(r), "challenge", challenge_json(r), "base",
                     r->revealed ? json_incref(r->base) : json_null());
}

void room_publish(struct room *r)
{
    r->state_version++;
    json_t *json = room_state_json(r);
    char *dump = json ? json_dumps(json, ROOM_JSON) : NULL;
    r->dirty = false;
    r->published_at = room_now();
    if (dump) {
        r->state.n = 0;
        text_add(&r->state, dump);
    }
    free(dump); /* jansson's own allocation */
    json_decref(json);
    room_wake(r);
}

json_t *room_person_json(const struct guest *p)
{
    json_t *answers = json_object();
    for (int q = 0; q < QUESTION_COUNT; q++)
        json_object_set_new(answers, question_rows[q].id, p->answer[q] == QUESTION_OPEN ? json_null() : json_integer(p->answer[q]));
    return answers;
}

/* Persons by number: what a browser calls itself is nobody's business. */
void room_csv(struct text *text, const struct room *r)
{
    size_t number = 0;
    text_add(text, "person");
    for (int q = 0; q < QUESTION_COUNT; q++) text_format(text, ",%s", question_rows[q].id);
    text_add(text, "\n");
    for (size_t p = 0; p < r->n_people; p++) {
        if (r->people[p]->facilitator || r->people[p]->wall) continue;
        text_format(text, "%zu", ++number);
        for (int q = 0; q < QUESTION_COUNT; q++) {
            text_add(text, ",");
            if (r->people[p]->answer[q] != QUESTION_OPEN) text_format(text, "%d", r->people[p]->answer[q]);
        }
        text_add(text, "\n");
    }
}
