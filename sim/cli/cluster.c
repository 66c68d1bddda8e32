/* cluster.c: blocks of worlds and outcomes of points between the ranks of an MPI job; the only file that knows MPI
 *
 * Nothing waits inside MPI: who waits sleeps between two looks, so that a waiting rank leaves its processor to threads that live worlds.
 */
#include "cli/cluster.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef ORGSIM_MPI
#include <mpi.h>
#endif

#include "base/error.h"
#include "base/memory.h"
#include "study/live.h"

/* What the launchers of Open MPI, MPICH and Slurm leave in the environment. */
static const char *const rank_names[] = {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK"};
#define RANK_NAMES (sizeof rank_names / sizeof *rank_names)

static const char *launched_rank(void)
{
    const char *rank = NULL, *size = getenv("OMPI_COMM_WORLD_SIZE");
    for (size_t n = 0; n < RANK_NAMES && !rank; n++) rank = getenv(rank_names[n]);
    return size && strcmp(size, "1") == 0 ? NULL : rank;
}

bool cluster_is_launched(void) { return launched_rank() != NULL; }

bool cluster_is_first(void)
{
    const char *rank = launched_rank();
    return !rank || strcmp(rank, "0") == 0;
}

bool cluster_is_remote(const struct cluster *c, uint64_t number)
{
    return c->size > 1 && number >= c->from && (number - c->from) % (uint64_t)c->size != (uint64_t)c->rank;
}

const struct orgsim_exchange *cluster_exchange(struct cluster *c) { return c->size > 1 ? &c->exchange : NULL; }

int cluster_leave(struct cluster *c, int error, struct orgsim_where *where)
{
    return c->size == 1 || c->over ? error : c->exchange.gather(c, error, NULL, NULL, 0, where);
}

#ifdef ORGSIM_MPI

enum { TAG_STOP = 1, TAG_DONE = 2, TAG_BLOCK = 16, TAGS_OF_BLOCKS = 16384 }; /* every MPI has tags up to 32767 */

#define ALONE_SECONDS 3 /* that a rank that was told to end waits for the others, until it thinks that it is alone in this */

struct cluster_letter { void *bytes; size_t capacity; MPI_Request request[LIVE_PIECES]; };
struct cluster_note { int status; uint64_t bytes; struct orgsim_where where; };
struct cluster_mail { struct cluster_letter letter[CLUSTER_AHEAD]; size_t next; };

static int tag_of(const struct cluster *c, uint64_t number)
{
    return TAG_BLOCK + (int)((number - c->from) / (uint64_t)c->size % TAGS_OF_BLOCKS);
}

static void rest(void) { nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL); }

static bool is_stopped(const struct cluster *c) { return c->stop && __atomic_load_n(c->stop, __ATOMIC_RELAXED); }

static int gather(void *context, int status, const void *mine, void *all, size_t bytes, struct orgsim_where *where);

static void end_without_memory(const struct cluster *c)
{
    fputs("orgsim: out of memory\n", stderr);
    cluster_abort(c, orgsim_error_status(ORGSIM_ERROR_MEMORY));
}

int cluster_open(struct cluster *c, const volatile int *stop, struct orgsim_where *where)
{
    int provided = 0;
    *c = (struct cluster){.size = 1, .stop = stop};
    if (!cluster_is_launched()) return 0;
    MPI_Init_thread(NULL, NULL, MPI_THREAD_MULTIPLE, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &c->rank);
    MPI_Comm_size(MPI_COMM_WORLD, &c->size);
    c->exchange = (struct orgsim_exchange){(size_t)c->rank, (size_t)c->size, gather, c};
    c->notes = memory_array((size_t)c->size, sizeof *c->notes);
    if (!c->notes) end_without_memory(c);
    if (provided >= MPI_THREAD_MULTIPLE || c->size == 1) return 0;
    return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "use another MPI, or --shard and orgsim merge", "this MPI cannot be used by several threads at once");
}

/* A rank that was told to end, alone, would leave the others waiting for it, or wait for them, for ever. */
static void rest_until(const struct cluster *c, time_t *told, const char *todo)
{
    struct timespec now = {0};
    rest();
    if (!is_stopped(c)) return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (*told == 0) *told = now.tv_sec;
    if (now.tv_sec - *told <= ALONE_SECONDS) return;
    fprintf(stderr, "orgsim: rank %d of %d was told to end, and ends the whole job%s\n", c->rank, c->size, todo);
    cluster_abort(c, orgsim_error_status(ORGSIM_ERROR_INTERRUPTED));
}

/* --- what is to be done ------------------------------------------------------------------------------------------------------------- */

/* status, whether there is work, the first block, bytes of the identity */
static void tell(struct cluster *c, uint64_t words[4])
{
    MPI_Bcast(words, 4, MPI_UINT64_T, 0, MPI_COMM_WORLD);
    c->told = true;
}

void cluster_announce(struct cluster *c, uint64_t from, const char *identity)
{
    c->from = from;
    if (c->size == 1) return;
    uint64_t words[4] = {0, 1, from, strlen(identity)};
    tell(c, words);
    MPI_Bcast((void *)(uintptr_t)identity, (int)words[3], MPI_BYTE, 0, MPI_COMM_WORLD);
    c->at_work = true;
}

bool cluster_listen(struct cluster *c, int *status)
{
    uint64_t words[4];
    tell(c, words);
    *status = (int)words[0];
    if (!words[1]) return false;
    c->identity = memory_array((size_t)words[3] + 1, 1);
    if (!c->identity) end_without_memory(c);
    MPI_Bcast(c->identity, (int)words[3], MPI_BYTE, 0, MPI_COMM_WORLD);
    c->from = words[2];
    c->at_work = true;
    return true;
}

/* --- blocks ------------------------------------------------------------------------------------------------------------------------- */

int cluster_receive(struct cluster *c, const struct live_block *block)
{
    MPI_Request request[LIVE_PIECES];
    int n = 0, done = 0, owner = (int)((block->number - c->from) % (uint64_t)c->size);
    for (size_t p = 0; p < LIVE_PIECES; p++) {
        const struct live_piece *piece = &block->piece[p];
        if (piece->bytes > 0) MPI_Irecv(piece->data, (int)piece->bytes, MPI_BYTE, owner, tag_of(c, block->number), MPI_COMM_WORLD, &request[n++]);
    }
    for (MPI_Testall(n, request, &done, MPI_STATUSES_IGNORE); !done; MPI_Testall(n, request, &done, MPI_STATUSES_IGNORE)) {
        if (is_stopped(c)) {
            for (int r = 0; r < n; r++)
                if (request[r] != MPI_REQUEST_NULL) MPI_Cancel(&request[r]);
            MPI_Waitall(n, request, MPI_STATUSES_IGNORE);
            return ORGSIM_ERROR_INTERRUPTED;
        }
        rest();
    }
    return LIVE_SUPPLIED;
}

static bool has_enough(void)
{
    int flag = 0;
    MPI_Iprobe(0, TAG_STOP, MPI_COMM_WORLD, &flag, MPI_STATUS_IGNORE);
    return flag != 0;
}

static bool is_gone(struct cluster_letter *letter)
{
    int done = 0;
    MPI_Testall(LIVE_PIECES, letter->request, &done, MPI_STATUSES_IGNORE);
    return done != 0;
}

static int mail_open(struct cluster *c)
{
    if (c->mail) return 0;
    c->mail = memory_array(1, sizeof *c->mail);
    for (size_t l = 0; c->mail && l < CLUSTER_AHEAD; l++)
        for (size_t p = 0; p < LIVE_PIECES; p++) c->mail->letter[l].request[p] = MPI_REQUEST_NULL;
    return c->mail ? 0 : ORGSIM_ERROR_MEMORY;
}

int cluster_send(struct cluster *c, const struct live_block *block)
{
    if (mail_open(c)) return ORGSIM_ERROR_MEMORY;
    struct cluster_letter *letter = &c->mail->letter[c->mail->next++ % CLUSTER_AHEAD];
    size_t bytes = 0, at = 0;
    while (!is_gone(letter)) {
        if (has_enough()) return CLUSTER_ENOUGH;
        if (is_stopped(c)) return ORGSIM_ERROR_INTERRUPTED;
        rest();
    }
    for (size_t p = 0; p < LIVE_PIECES; p++) bytes += block->piece[p].bytes;
    if (memory_grow(&letter->bytes, &letter->capacity, bytes, 1)) return ORGSIM_ERROR_MEMORY;
    for (size_t p = 0; p < LIVE_PIECES; p++) {
        const struct live_piece *piece = &block->piece[p];
        if (piece->bytes == 0) continue;
        memcpy((char *)letter->bytes + at, piece->data, piece->bytes);
        MPI_Isend((char *)letter->bytes + at, (int)piece->bytes, MPI_BYTE, 0, tag_of(c, block->number), MPI_COMM_WORLD, &letter->request[p]);
        at += piece->bytes;
    }
    return has_enough() ? CLUSTER_ENOUGH : 0;
}

/* --- a study in step ---------------------------------------------------------------------------------------------------------------- */

static void all_gather(struct cluster *c, const void *mine, void *all, int n, MPI_Datatype type)
{
    MPI_Request request;
    time_t told = 0;
    int done = 0;
    MPI_Iallgather(mine, n, type, all, n, type, MPI_COMM_WORLD, &request);
    for (MPI_Test(&request, &done, MPI_STATUS_IGNORE); !done; MPI_Test(&request, &done, MPI_STATUS_IGNORE)) rest_until(c, &told, "");
}

/* The error of one rank, as all others hear of it. fares: whether it has one; else whether it is where this rank is. */
static int hear(const struct cluster *c, int rank, bool fares, size_t bytes, struct orgsim_where *where)
{
    const struct cluster_note *note = &c->notes[rank];
    const struct orgsim_where *w = &note->where;
    if (note->status && rank != c->rank)
        return error_set(where, note->status, w->file, w->line, w->column, w->todo, "rank %d of %d: %s", rank, c->size,
                         w->what[0] ? w->what : orgsim_error_text(note->status));
    if (fares || note->bytes == bytes) return note->status;
    return error_set(where, ORGSIM_ERROR_INTERNAL, NULL, 0, 0, "", "rank %d of %d is elsewhere in the study", rank, c->size);
}

/* First how each fares, then, if all is well, what each has. A rank that leaves has no bytes. */
static int gather(void *context, int status, const void *mine, void *all, size_t bytes, struct orgsim_where *where)
{
    struct cluster *c = context;
    struct cluster_note note = {.status = status, .bytes = bytes};
    if (c->over) return status ? status : ORGSIM_ERROR_INTERNAL;
    if (where) note.where = *where;
    all_gather(c, &note, c->notes, (int)sizeof note, MPI_BYTE);
    status = bytes / sizeof(uint64_t) > INT_MAX ? error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "choose fewer worlds", "a point is too much for one message") : 0;
    for (int r = 0; r < c->size && !status; r++) status = hear(c, r, true, bytes, where);
    for (int r = 0; r < c->size && !status; r++) status = hear(c, r, false, bytes, where);
    c->over = status || bytes == 0;
    if (!c->over) all_gather(c, mine, all, (int)(bytes / sizeof(uint64_t)), MPI_UINT64_T);
    return status;
}

/* --- the end ------------------------------------------------------------------------------------------------------------------------ */

void cluster_abort(const struct cluster *c, int status)
{
    if (c->size > 1) MPI_Abort(MPI_COMM_WORLD, status);
}

/* Rank 0 tells the others that it has all it needs, and takes in what they sent meanwhile. */
static void dismiss(const struct cluster *c)
{
    void *waste = NULL;
    size_t capacity = 0;
    for (int r = 1; r < c->size; r++) MPI_Send(NULL, 0, MPI_BYTE, r, TAG_STOP, MPI_COMM_WORLD);
    for (int left = c->size - 1; left > 0;) {
        int there = 0, n = 0;
        MPI_Status status;
        MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &status);
        if (!there) {
            rest();
            continue;
        }
        MPI_Get_count(&status, MPI_BYTE, &n);
        if (memory_grow(&waste, &capacity, (size_t)n, 1)) cluster_abort(c, orgsim_error_status(ORGSIM_ERROR_MEMORY));
        MPI_Recv(waste, n, MPI_BYTE, status.MPI_SOURCE, status.MPI_TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        left -= status.MPI_TAG == TAG_DONE;
    }
    memory_free(waste);
}

static void leave(const struct cluster *c)
{
    static const char todo[] = "; what was stored is still there: go on with --resume";
    time_t told = 0;
    for (size_t l = 0; c->mail && l < CLUSTER_AHEAD; l++)
        while (!is_gone(&c->mail->letter[l])) rest_until(c, &told, todo);
    MPI_Send(NULL, 0, MPI_BYTE, 0, TAG_DONE, MPI_COMM_WORLD);
    while (!has_enough()) rest_until(c, &told, todo);
    MPI_Recv(NULL, 0, MPI_BYTE, 0, TAG_STOP, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

/* The blocks of a run are done, here. */
static void blocks_leave(struct cluster *c)
{
    if (c->at_work && c->rank == 0) dismiss(c);
    if (c->at_work && c->rank > 0) leave(c);
    c->at_work = false;
}

int cluster_blocks_end(struct cluster *c, int error, struct orgsim_where *where)
{
    uint64_t mine = 0, *all;
    if (c->size == 1) return error;
    blocks_leave(c);
    all = memory_array((size_t)c->size, sizeof *all);
    error = gather(c, error || all ? error : ORGSIM_ERROR_MEMORY, &mine, all, sizeof mine, where);
    memory_free(all);
    return error;
}

/* MPI_Finalize() would wait for the others with all its might. */
static void wait_for_all(void)
{
    MPI_Request request;
    int done = 0;
    MPI_Ibarrier(MPI_COMM_WORLD, &request);
    for (MPI_Test(&request, &done, MPI_STATUS_IGNORE); !done; MPI_Test(&request, &done, MPI_STATUS_IGNORE)) rest();
}

void cluster_close(struct cluster *c, int status)
{
    int begun = 0, ended = 0;
    MPI_Initialized(&begun);
    MPI_Finalized(&ended);
    if (!begun || ended) return;
    if (c->size > 1 && c->rank == 0 && !c->told) tell(c, (uint64_t[4]){(uint64_t)status, 0, 0, 0});
    if (!c->over) blocks_leave(c);
    wait_for_all();
    for (size_t l = 0; c->mail && l < CLUSTER_AHEAD; l++) memory_free(c->mail->letter[l].bytes);
    memory_free(c->mail);
    memory_free(c->notes);
    memory_free(c->identity);
    c->mail = NULL;
    MPI_Finalize();
}

#else /* without MPI */

int cluster_open(struct cluster *c, const volatile int *stop, struct orgsim_where *where)
{
    *c = (struct cluster){.size = 1, .stop = stop};
    if (!cluster_is_launched()) return 0;
    return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "build it where Open MPI is installed (Debian: libopenmpi-dev), or use --shard and orgsim merge",
                     "this orgsim knows no MPI: every rank would live the whole run");
}

void cluster_announce(struct cluster *c, uint64_t from, const char *identity)
{
    (void)identity;
    c->from = from;
}

bool cluster_listen(struct cluster *c, int *status)
{
    (void)c;
    *status = 0;
    return false;
}

int cluster_receive(struct cluster *c, const struct live_block *block)
{
    (void)c;
    (void)block;
    return ORGSIM_ERROR_INTERNAL;
}

int cluster_send(struct cluster *c, const struct live_block *block)
{
    (void)c;
    (void)block;
    return ORGSIM_ERROR_INTERNAL;
}

int cluster_blocks_end(struct cluster *c, int error, struct orgsim_where *where)
{
    (void)c;
    (void)where;
    return error;
}

void cluster_abort(const struct cluster *c, int status)
{
    (void)c;
    (void)status;
}

void cluster_close(struct cluster *c, int status)
{
    (void)c;
    (void)status;
}

#endif
