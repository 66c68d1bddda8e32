/* blocks.c: finished blocks of a run in a folder */
#include "study/blocks.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "study/identity.h"
#include "study/live.h"

#define IDENTITY_FILE "run.txt"
#define FILE_MOST ((size_t)1 << 30) /* bytes of one file; what is written stays far below */
#define FILE_MAGIC UINT64_C(0x4b434f4c42474f53)   /* little-endian "SOGBLOCK" */
#define BYTE_ORDER_MARK UINT64_C(0x0102030405060708)

/* Heads are rows of whole numbers of 64 bits; the last one is the checksum: of the others, and of a block's bytes as well. */
enum { FILE_WORD_MAGIC, FILE_WORD_FORMAT, FILE_WORD_ORDER, FILE_WORD_IDENTITY, FILE_WORD_FIRST, FILE_WORD_BLOCKS, FILE_WORD_BYTES, FILE_WORD_SUM, FILE_WORDS };
enum { BLOCK_WORD_NUMBER, BLOCK_WORD_WORLDS, BLOCK_WORD_BYTES, BLOCK_WORD_SUM, BLOCK_WORDS };
#define FILE_HEAD (FILE_WORDS * sizeof(uint64_t))
#define BLOCK_HEAD (BLOCK_WORDS * sizeof(uint64_t))

struct place { uint64_t file, at; }; /* number in the name of the file, and where the block's head stands in it */

struct blocks {
    char *folder, *identity;
    bool made;       /* the folder is there, with its identity */
    uint64_t digest; /* of the identity */
    uint64_t first, end, stored, waiting;
    struct place *places; /* [read from disk] */
    size_t n_places, capacity;
    char *buffer; /* the next file, with room for its head */
    size_t n, buffer_capacity;
    double interval;
    struct timespec written;
};

/* --- checksum ----------------------------------------------------------------------------------------------------------------------- */

/* Every step can be undone, so a change within one word never goes unseen. */
static uint64_t mix(uint64_t sum, uint64_t word)
{
    sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return sum ^ (sum >> 32);
}

/* Over whole words it does not matter how the bytes are parted: the sum of two pieces, one after the other, is that of both together. */
static uint64_t checksum(uint64_t sum, const void *data, size_t bytes)
{
    const unsigned char *from = data;
    uint32_t word;
    for (; bytes >= sizeof word; bytes -= sizeof word, from += sizeof word) {
        memcpy(&word, from, sizeof word);
        sum = mix(sum, word);
    }
    for (; bytes > 0; bytes--) sum = mix(sum, *from++ | UINT64_C(1) << 32);
    return sum;
}

static uint64_t head_sum(const uint64_t *head, size_t words) { return checksum(TEXT_DIGEST_START, head, words * sizeof *head); }

/* --- files -------------------------------------------------------------------------------------------------------------------------- */

static int fail_memory(struct orgsim_where *where) { return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory"); }

static int fail_damage(const char *path, const char *what, struct orgsim_where *where)
{
    return error_set(where, ORGSIM_ERROR_IO, path, 0, 0, "begin anew with --force or in another folder; blocks before it can be saved by deleting this file and later ones",
                     "the checkpoint is damaged: %s", what);
}

static char *path_of(const char *folder, uint64_t file)
{
    char name[32];
    snprintf(name, sizeof name, "%012" PRIu64 ".bin", file);
    return file_join(folder, name);
}

static struct blocks *blocks_new(const char *folder)
{
    struct blocks *b = memory_array(1, sizeof *b);
    if (!b) return NULL;
    b->folder = memory_string(folder);
    b->n = FILE_HEAD;
    clock_gettime(CLOCK_MONOTONIC, &b->written);
    if (b->folder) return b;
    blocks_close(b);
    return NULL;
}

void blocks_close(struct blocks *b)
{
    if (!b) return;
    void *owned[] = {b->folder, b->identity, b->places, b->buffer, b};
    for (size_t o = 0; o < sizeof owned / sizeof *owned; o++) memory_free(owned[o]);
}

void blocks_set_interval(struct blocks *b, double seconds) { b->interval = seconds; }
const char *blocks_identity(const struct blocks *b) { return b->identity; }
uint64_t blocks_first(const struct blocks *b) { return b->first; }
uint64_t blocks_end(const struct blocks *b) { return b->end; }
uint64_t blocks_stored(const struct blocks *b) { return b->stored; }

bool blocks_exist(const char *folder)
{
    char *path = file_join(folder, IDENTITY_FILE);
    bool exist = path && file_exists(path);
    memory_free(path);
    return exist;
}

/* Takes over the identity. */
static int set_identity(struct blocks *b, char *identity, const char *path, struct orgsim_where *where)
{
    b->identity = identity;
    b->digest = checksum(TEXT_DIGEST_START, identity, strlen(identity));
    return identity_range(identity, &b->first, &b->end) ? 0 : fail_damage(path, "it does not say which blocks it holds", where);
}

int blocks_create(struct blocks **out, const char *folder, const char *identity, struct orgsim_where *where)
{
    struct blocks *b = blocks_new(folder);
    char *copy = memory_string(identity);
    *out = NULL;
    int status = b && copy ? 0 : fail_memory(where);
    if (status) memory_free(copy);
    else status = set_identity(b, copy, folder, where);
    if (status) blocks_close(b);
    else *out = b;
    return status;
}

/* --- reading ------------------------------------------------------------------------------------------------------------------------ */

static int read_identity(struct blocks *b, struct orgsim_where *where)
{
    char *path = file_join(b->folder, IDENTITY_FILE), *text = NULL;
    size_t n = 0;
    int status = path ? file_read(path, IDENTITY_MOST, &text, &n, where) : fail_memory(where);
    if (!status) status = identity_check_format(text, path, where);
    char *last = status ? NULL : strstr(text, "\nchecksum ");
    for (char *next = last; next; next = strstr(next + 1, "\nchecksum ")) last = next;
    if (!status && (!last || strlen(text) != n || last[strlen(last) - 1] != '\n')) status = fail_damage(path, "its end is missing", where);
    if (!status) {
        char expected[64];
        size_t before = (size_t)(last - text) + 1;
        snprintf(expected, sizeof expected, "\nchecksum %016" PRIx64 "\n", checksum(TEXT_DIGEST_START, text, before));
        if (strcmp(last, expected) != 0) status = fail_damage(path, "its checksum is wrong", where);
        last[1] = '\0';
    }
    if (!status) {
        status = set_identity(b, text, path, where);
        text = NULL;
    }
    memory_free(text);
    memory_free(path);
    return status;
}

static int ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Numbers of the files of blocks, ascending; what was half written when the process ended is removed. */
static int list_files(const struct blocks *b, bool read_only, uint64_t **files, size_t *n, struct orgsim_where *where)
{
    DIR *entries = opendir(b->folder);
    size_t capacity = 0;
    int status = entries ? 0 : error_set(where, ORGSIM_ERROR_IO, b->folder, 0, 0, "check its permissions", "cannot be read: %s", strerror(errno));
    const struct dirent *entry;
    while (!status && (entry = readdir(entries))) {
        uint64_t number = strtoull(entry->d_name, NULL, 10);
        char name[32];
        snprintf(name, sizeof name, "%012" PRIu64 ".bin", number);
        const char *dot = strrchr(entry->d_name, '.');
        if (!read_only && dot && strcmp(dot, ".part") == 0) (void)unlinkat(dirfd(entries), entry->d_name, 0);
        if (strcmp(name, entry->d_name) != 0) continue;
        void *grown = *files;
        status = memory_grow(&grown, &capacity, *n + 1, sizeof **files);
        *files = grown;
        if (status) fail_memory(where);
        else (*files)[(*n)++] = number;
    }
    if (entries) closedir(entries);
    if (!status && *n) qsort(*files, *n, sizeof **files, ascending);
    return status;
}

/* Notes the blocks of a file that was read whole. */
static int take_file(struct blocks *b, uint64_t file, const char *path, const char *data, size_t n, struct orgsim_where *where)
{
    uint64_t head[FILE_WORDS], block[BLOCK_WORDS];
    if (n < FILE_HEAD) return fail_damage(path, "it is cut short", where);
    memcpy(head, data, sizeof head);
    if (head[FILE_WORD_MAGIC] != FILE_MAGIC) return fail_damage(path, "it is no file of blocks, or of a machine with another order of bytes", where);
    if (head[FILE_WORD_FORMAT] != IDENTITY_FORMAT || head[FILE_WORD_ORDER] != BYTE_ORDER_MARK) return fail_damage(path, "its format is not that of run.txt", where);
    if (head[FILE_WORD_SUM] != head_sum(head, FILE_WORD_SUM)) return fail_damage(path, "the checksum of its head is wrong", where);
    if (head[FILE_WORD_IDENTITY] != b->digest) return error_set(where, ORGSIM_ERROR_USAGE, path, 0, 0, "remove what does not belong there", "holds blocks of another run than run.txt says");
    if (head[FILE_WORD_BYTES] != n - FILE_HEAD) return fail_damage(path, n - FILE_HEAD < head[FILE_WORD_BYTES] ? "it is cut short" : "something was added to it", where);
    if (head[FILE_WORD_FIRST] != file || file != b->first + b->stored) return fail_damage(path, "blocks before it are missing, or its name is not its own", where);
    size_t at = FILE_HEAD;
    for (uint64_t k = 0; k < head[FILE_WORD_BLOCKS]; k++) {
        if (n - at < BLOCK_HEAD) return fail_damage(path, "it holds fewer blocks than it says", where);
        memcpy(block, data + at, sizeof block);
        if (block[BLOCK_WORD_BYTES] > n - at - BLOCK_HEAD || block[BLOCK_WORD_NUMBER] != file + k || block[BLOCK_WORD_NUMBER] >= b->end)
            return fail_damage(path, "the head of a block is wrong", where);
        if (block[BLOCK_WORD_SUM] != checksum(head_sum(block, BLOCK_WORD_SUM), data + at + BLOCK_HEAD, block[BLOCK_WORD_BYTES]))
            return fail_damage(path, "the checksum of a block is wrong", where);
        void *grown = b->places;
        int status = memory_grow(&grown, &b->capacity, b->n_places + 1, sizeof *b->places);
        b->places = grown;
        if (status) return fail_memory(where);
        b->places[b->n_places++] = (struct place){file, at};
        at += BLOCK_HEAD + block[BLOCK_WORD_BYTES];
    }
    if (at != n) return fail_damage(path, "it holds more than its blocks", where);
    b->stored += head[FILE_WORD_BLOCKS];
    return 0;
}

static int read_files(struct blocks *b, bool read_only, struct orgsim_where *where)
{
    uint64_t *files = NULL;
    size_t n = 0;
    int status = list_files(b, read_only, &files, &n, where);
    for (size_t f = 0; f < n && !status; f++) {
        char *path = path_of(b->folder, files[f]), *data = NULL;
        size_t bytes = 0;
        status = path ? file_read(path, FILE_MOST, &data, &bytes, where) : fail_memory(where);
        if (!status) status = take_file(b, files[f], path, data, bytes, where);
        memory_free(data);
        memory_free(path);
    }
    memory_free(files);
    return status;
}

int blocks_open(struct blocks **out, const char *folder, bool read_only, struct orgsim_where *where)
{
    struct blocks *b = blocks_new(folder);
    *out = NULL;
    int status = b ? read_identity(b, where) : fail_memory(where);
    if (!status) status = read_files(b, read_only, where);
    if (!status) b->made = true;
    if (status) blocks_close(b);
    else *out = b;
    return status;
}

static bool read_exactly(int handle, void *into, size_t bytes, uint64_t at)
{
    for (char *to = into; bytes > 0;) {
        ssize_t got = pread(handle, to, bytes, (off_t)at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        to += got;
        at += (uint64_t)got;
        bytes -= (size_t)got;
    }
    return true;
}

static uint64_t bytes_of(const struct live_block *block)
{
    uint64_t bytes = 0;
    for (size_t p = 0; p < LIVE_PIECES; p++) bytes += block->piece[p].bytes;
    return bytes;
}

static uint64_t block_sum(const uint64_t *head, const struct live_block *block)
{
    uint64_t sum = head_sum(head, BLOCK_WORD_SUM);
    for (size_t p = 0; p < LIVE_PIECES; p++) sum = checksum(sum, block->piece[p].data, block->piece[p].bytes);
    return sum;
}

int blocks_read(const struct blocks *b, const struct live_block *block, struct orgsim_where *where)
{
    uint64_t head[BLOCK_WORDS];
    if (block->number < b->first || block->number - b->first >= b->n_places) return 0;
    struct place place = b->places[block->number - b->first];
    char *path = path_of(b->folder, place.file);
    if (!path) return fail_memory(where);
    int handle = open(path, O_RDONLY | O_CLOEXEC), status = LIVE_SUPPLIED;
    bool good = handle >= 0 && read_exactly(handle, head, sizeof head, place.at);
    uint64_t at = place.at + BLOCK_HEAD;
    if (good && (head[BLOCK_WORD_BYTES] != bytes_of(block) || head[BLOCK_WORD_WORLDS] != block->worlds)) good = false;
    for (size_t p = 0; p < LIVE_PIECES && good; at += block->piece[p++].bytes) good = read_exactly(handle, block->piece[p].data, block->piece[p].bytes, at);
    if (!good || head[BLOCK_WORD_SUM] != block_sum(head, block)) status = fail_damage(path, "a block is not what it was when the folder was opened, or of another size than this run's", where);
    if (handle >= 0) close(handle);
    memory_free(path);
    return status;
}

/* --- writing ------------------------------------------------------------------------------------------------------------------------ */

/* The folder, with the file that says of which run it is. */
static int make_folder(struct blocks *b, struct orgsim_where *where)
{
    char *path = file_join(b->folder, IDENTITY_FILE);
    struct text text = {0};
    text_format(&text, "%schecksum %016" PRIx64 "\n", b->identity, b->digest);
    int status = path && !text.failed ? file_make_folder(b->folder, where) : fail_memory(where);
    if (!status) status = file_write(path, text.s, text.n, where);
    if (!status) b->made = true;
    memory_free(path);
    text_free(&text);
    return status;
}

int blocks_flush(struct blocks *b, struct orgsim_where *where)
{
    if (b->waiting == 0) return 0;
    uint64_t file = b->first + b->stored;
    uint64_t head[FILE_WORDS] = {FILE_MAGIC, IDENTITY_FORMAT, BYTE_ORDER_MARK, b->digest, file, b->waiting, b->n - FILE_HEAD, 0};
    head[FILE_WORD_SUM] = head_sum(head, FILE_WORD_SUM);
    memcpy(b->buffer, head, sizeof head);
    char *path = path_of(b->folder, file);
    int status = path ? 0 : fail_memory(where);
    if (!status && !b->made) status = make_folder(b, where);
    if (!status) status = file_write(path, b->buffer, b->n, where);
    memory_free(path);
    if (status) return status;
    b->stored += b->waiting;
    b->waiting = 0;
    b->n = FILE_HEAD;
    clock_gettime(CLOCK_MONOTONIC, &b->written);
    return 0;
}

static bool is_time(const struct blocks *b)
{
    struct timespec now;
    if (b->n >= BLOCKS_WAITING_MOST) return true;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - b->written.tv_sec) + 1e-9 * (double)(now.tv_nsec - b->written.tv_nsec) >= b->interval;
}

int blocks_add(struct blocks *b, const struct live_block *block, struct orgsim_where *where)
{
    if (block->number < b->first + b->stored + b->waiting) return 0;
    uint64_t head[BLOCK_WORDS] = {block->number, block->worlds, bytes_of(block), 0};
    head[BLOCK_WORD_SUM] = block_sum(head, block);
    void *grown = b->buffer;
    int status = memory_grow(&grown, &b->buffer_capacity, b->n + BLOCK_HEAD + head[BLOCK_WORD_BYTES], 1);
    b->buffer = grown;
    if (status) return fail_memory(where);
    memcpy(b->buffer + b->n, head, sizeof head);
    b->n += BLOCK_HEAD;
    for (size_t p = 0; p < LIVE_PIECES; b->n += block->piece[p++].bytes)
        if (block->piece[p].bytes > 0) memcpy(b->buffer + b->n, block->piece[p].data, block->piece[p].bytes);
    b->waiting++;
    return is_time(b) ? blocks_flush(b, where) : 0;
}
