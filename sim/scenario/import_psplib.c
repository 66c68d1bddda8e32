/* import_psplib.c: reading a PSPLIB file line by line */
#include "scenario/import_psplib.h"

#include <string.h>

#include "base/memory.h"

#define MOST_PROBLEMS 20
#define MOST_RESOURCES 64
#define MOST_WEEKS 866 /* of the longest path: three times that is the longest horizon of a scenario */

struct reader {
    const char *file, *at, *end; /* of what is still to be read */
    const char *word, *line_end; /* of the line being read */
    size_t line, faults;
    struct orgsim_problems *problems;
    int status; /* ORGSIM_ERROR_MEMORY when a problem could not be kept */
};

static void fault(struct reader *r, const char *todo, const char *what)
{
    if (r->faults++ < MOST_PROBLEMS && problems_add(r->problems, 0, r->file, r->line, 0, todo, "%s", what)) r->status = ORGSIM_ERROR_MEMORY;
}

/* --- lines and numbers --------------------------------------------------------------------------------------------------------------- */

static bool next_line(struct reader *r)
{
    if (r->at == r->end) return false;
    const char *end = memchr(r->at, '\n', (size_t)(r->end - r->at));
    r->line++;
    r->word = r->at;
    r->line_end = end ? end : r->end;
    r->at = end ? end + 1 : r->end;
    while (r->line_end > r->word && (r->line_end[-1] == '\r' || r->line_end[-1] == ' ' || r->line_end[-1] == '\t')) r->line_end--;
    return true;
}

static void skip_blanks(struct reader *r)
{
    while (r->word < r->line_end && (*r->word == ' ' || *r->word == '\t')) r->word++;
}

static bool line_is_over(struct reader *r)
{
    skip_blanks(r);
    return r->word == r->line_end;
}

/* A whole number of at most nine digits, alone between blanks. */
static bool next_number(struct reader *r, uint32_t *number)
{
    size_t digits = 0;
    skip_blanks(r);
    for (*number = 0; r->word < r->line_end && *r->word >= '0' && *r->word <= '9'; r->word++, digits++) {
        if (digits == 9) return false;
        *number = *number * 10 + (uint32_t)(*r->word - '0');
    }
    return digits > 0 && (r->word == r->line_end || *r->word == ' ' || *r->word == '\t');
}

static bool line_begins(struct reader *r, const char *with)
{
    size_t n = strlen(with);
    skip_blanks(r);
    return (size_t)(r->line_end - r->word) >= n && memcmp(r->word, with, n) == 0;
}

/* Goes to the line that begins so; without it the file is not what it should be. */
static bool find_line(struct reader *r, const char *with, const char *what)
{
    while (next_line(r))
        if (line_begins(r, with)) return true;
    r->line = 0; /* of the whole file */
    fault(r, "give a single-mode project of PSPLIB, a file that ends in .sm", what);
    return false;
}

/* The number behind the colon of a line of the head: "jobs (incl. supersource/sink ):  32", "  - renewable :  4   R". */
static bool number_after_colon(struct reader *r, uint32_t *number)
{
    const char *colon = memchr(r->word, ':', (size_t)(r->line_end - r->word));
    if (!colon) return false;
    r->word = colon + 1;
    return next_number(r, number);
}

/* --- the parts of a file ------------------------------------------------------------------------------------------------------------- */

static int project_allocate(struct import_psplib *p)
{
    p->duration = memory_array(p->n_jobs, sizeof *p->duration);
    p->first = memory_array(p->n_jobs + 1, sizeof *p->first);
    p->capacity = memory_array(MOST_RESOURCES, sizeof *p->capacity);
    return p->duration && p->first && p->capacity ? 0 : ORGSIM_ERROR_MEMORY;
}

static void read_head(struct reader *r, struct import_psplib *p)
{
    static const char *const kinds[] = {"- renewable", "- nonrenewable", "- doubly constrained"};
    uint32_t jobs = 0, units;
    if (!find_line(r, "jobs (incl. supersource/sink )", "no line \"jobs (incl. supersource/sink ):\"")) return;
    if (!number_after_colon(r, &jobs) || jobs < 3 || jobs > columns_of[TABLE_PACKAGES].most_rows) {
        fault(r, "choose a file with 3 to 10000 of them", "the number of jobs cannot be read or is out of range");
        return;
    }
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (!find_line(r, kinds[k], "a line of the resources is missing (renewable, nonrenewable, doubly constrained)")) return;
        if (!number_after_colon(r, &units) || units > MOST_RESOURCES - p->n_resources)
            fault(r, "write a whole number, 64 in all at most", "the number of resources cannot be read or is too large");
        else p->n_resources += units;
    }
    p->n_jobs = jobs;
    if (!r->faults) r->status = project_allocate(p);
}

/* The start of a row: the job's number, which must be the next one. */
static bool row_begins(struct reader *r, size_t job)
{
    uint32_t number;
    if (!next_line(r)) fault(r, "is the file complete?", "the file ends where a job should stand");
    else if (next_number(r, &number) && number == job + 1) return true;
    else fault(r, "give every job its row, in the order of their numbers", "this is not the row of the next job");
    return false;
}

static int add_link(struct import_psplib *p, uint32_t to)
{
    void *grown = p->successor;
    int status = memory_grow(&grown, &p->links_capacity, p->n_links + 1, sizeof *p->successor);
    p->successor = grown;
    if (!status) p->successor[p->n_links++] = to - 1;
    return status;
}

static bool is_repeated(const struct import_psplib *p, size_t job, uint32_t to)
{
    for (size_t l = p->first[job]; l < p->n_links; l++)
        if (p->successor[l] == to - 1) return true;
    return false;
}

static void read_successors(struct reader *r, struct import_psplib *p, size_t job)
{
    uint32_t modes, n, to;
    if (!next_number(r, &modes) || modes != 1) {
        fault(r, "choose a single-mode file (.sm)", "the job has not exactly one mode");
        return;
    }
    if (!next_number(r, &n)) {
        fault(r, "write a whole number", "the number of successors cannot be read");
        return;
    }
    for (uint32_t s = 0; s < n; s++) {
        if (!next_number(r, &to) || to <= job + 1 || to > p->n_jobs || is_repeated(p, job, to)) {
            fault(r, "name as many successors as the row says, each once and with a number above the job's",
                  "a successor is missing, repeated, unknown or comes before the job");
            return;
        }
        if (p->n_links == columns_of[TABLE_DEPENDENCIES].most_rows) {
            fault(r, "choose a smaller project", "more links than a scenario can hold");
            return;
        }
        if (!r->status) r->status = add_link(p, to);
    }
    if (!line_is_over(r)) fault(r, "name as many successors as the row says", "something follows the successors");
}

static void read_precedence(struct reader *r, struct import_psplib *p)
{
    if (!find_line(r, "PRECEDENCE RELATIONS:", "no line \"PRECEDENCE RELATIONS:\"")) return;
    if (!find_line(r, "jobnr.", "no line \"jobnr.\" above the successors")) return;
    for (size_t job = 0; job < p->n_jobs && r->faults < MOST_PROBLEMS && !r->status; job++) {
        p->first[job] = (uint32_t)p->n_links;
        if (!row_begins(r, job)) return;
        read_successors(r, p, job);
    }
    p->first[p->n_jobs] = (uint32_t)p->n_links;
}

static void read_durations(struct reader *r, struct import_psplib *p)
{
    uint32_t mode, units;
    if (!find_line(r, "REQUESTS/DURATIONS:", "no line \"REQUESTS/DURATIONS:\"")) return;
    if (!find_line(r, "---", "no line of dashes above the durations")) return;
    for (size_t job = 0; job < p->n_jobs && r->faults < MOST_PROBLEMS; job++) {
        if (!row_begins(r, job)) return;
        bool good = next_number(r, &mode) && mode == 1 && next_number(r, &p->duration[job]);
        for (size_t k = 0; good && k < p->n_resources; k++) good = next_number(r, &units);
        if (!good || !line_is_over(r))
            fault(r, "write mode 1, a duration and one number for each resource", "the row has other numbers than it should");
    }
}

static void read_capacity(struct reader *r, struct import_psplib *p)
{
    if (!find_line(r, "RESOURCEAVAILABILITIES:", "no line \"RESOURCEAVAILABILITIES:\"")) return;
    bool good = next_line(r) && next_line(r);
    for (size_t k = 0; good && k < p->n_resources; k++) good = next_number(r, &p->capacity[k]);
    if (!good || !line_is_over(r)) fault(r, "write one number for each resource", "what there is of the resources cannot be read");
}

/* Dummies at both ends, and a longest path that a scenario can hold. */
static void check_project(struct reader *r, struct import_psplib *p, uint32_t *finish)
{
    r->line = 0; /* of the whole file */
    if (p->duration[0] || p->duration[p->n_jobs - 1])
        fault(r, "add the dummy jobs of PSPLIB", "the first and the last job should take no time");
    for (size_t job = 0; job < p->n_jobs; job++) {
        if (p->duration[job] > MOST_WEEKS) finish[job] = MOST_WEEKS + 1;
        else finish[job] += p->duration[job];
        if (finish[job] > p->longest) p->longest = finish[job];
        for (uint32_t l = p->first[job]; l < p->first[job + 1]; l++)
            if (finish[job] > finish[p->successor[l]]) finish[p->successor[l]] = finish[job] > MOST_WEEKS ? MOST_WEEKS + 1 : finish[job];
    }
    if (p->longest > MOST_WEEKS) fault(r, "choose a shorter project", "the longest path is above 866 weeks");
}

int import_psplib_read(struct import_psplib *p, const char *file, const char *data, size_t n, struct orgsim_problems *problems)
{
    struct reader r = {.file = file, .at = data, .end = data + n, .problems = problems};
    static void (*const parts[])(struct reader *, struct import_psplib *) = {read_head, read_precedence, read_durations, read_capacity};
    *p = (struct import_psplib){0};
    for (size_t k = 0; k < sizeof parts / sizeof *parts && !r.faults && !r.status; k++) parts[k](&r, p);
    if (!r.faults && !r.status) {
        uint32_t *finish = memory_array(p->n_jobs, sizeof *finish);
        if (finish) check_project(&r, p, finish);
        else r.status = ORGSIM_ERROR_MEMORY;
        memory_free(finish);
    }
    return r.status ? r.status : r.faults ? ORGSIM_ERROR_SCENARIO : 0;
}

void import_psplib_free(struct import_psplib *p)
{
    memory_free(p->duration);
    memory_free(p->first);
    memory_free(p->successor);
    memory_free(p->capacity);
    *p = (struct import_psplib){0};
}

bool import_psplib_is_dummy(const struct import_psplib *p, size_t job) { return job == 0 || job + 1 == p->n_jobs; }
