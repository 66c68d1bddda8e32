/* test_blocks.c: finished blocks in a folder: what is read is what was written, and anything else is refused with its reason */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "study/blocks.h"
#include "study/identity.h"
#include "study/live.h"

enum { BLOCKS = 5, FLOATS = 11, DOUBLES = 3 };

static const char lines[] = "orgsim_blocks 1\nversion " ORGSIM_VERSION "\nscenario_digest 1\nassumptions_digest 2\nseed 3\nworlds 1280\narms a,b\n"
                            "baseline a\nticks 2\nfrictionless 0\nlevers_off 0\ncontrary none\nprecision none\nshards 2\nshard 2\ncommand orgsim run x\nargument orgsim\n";

struct room { float values[FLOATS]; double sums[DOUBLES]; };

static struct live_block block_of(uint64_t number, struct room *room)
{
    struct live_block block = {.number = number, .first_world = number * ORGSIM_BLOCK_WORLDS, .worlds = ORGSIM_BLOCK_WORLDS, .values = room->values};
    block.piece[0] = (struct live_piece){room->values, sizeof room->values};
    block.piece[1] = (struct live_piece){room->sums, sizeof room->sums};
    return block;
}

static void fill(struct room *room, uint64_t number)
{
    for (size_t i = 0; i < FLOATS; i++) room->values[i] = (float)(number * 100 + i);
    for (size_t i = 0; i < DOUBLES; i++) room->sums[i] = (double)number / (double)(i + 3);
}

static char *temporary(void)
{
    char name[] = "/tmp/orgsim-test-blocks-XXXXXX";
    assert_non_null(mkdtemp(name));
    char *folder = file_join(name, "blocks");
    assert_non_null(folder);
    return folder;
}

static void remove_temporary(char *folder)
{
    struct orgsim_where where = {0};
    *strrchr(folder, '/') = '\0';
    assert_int_equal(file_remove_tree(folder, &where), 0);
    memory_free(folder);
}

/* Writes blocks 5 to 9, those of shard 2 of 2, three in one file and two in the next. */
static void write_all(const char *folder)
{
    struct blocks *blocks;
    struct orgsim_where where = {0};
    assert_int_equal(blocks_create(&blocks, folder, lines, &where), 0);
    assert_true(blocks_first(blocks) == 5 && blocks_end(blocks) == 10);
    blocks_set_interval(blocks, 1e9);
    for (uint64_t b = 5; b < 10; b++) {
        struct room room;
        fill(&room, b);
        struct live_block block = block_of(b, &room);
        assert_false(blocks_exist(folder) && b < 8); /* nothing is written before it is time */
        assert_int_equal(blocks_add(blocks, &block, &where), 0);
        if (b == 7) assert_int_equal(blocks_flush(blocks, &where), 0);
    }
    assert_int_equal(blocks_flush(blocks, &where), 0);
    assert_int_equal(blocks_stored(blocks), BLOCKS);
    blocks_close(blocks);
}

static void what_is_read_is_what_was_written(void **state)
{
    (void)state;
    char *folder = temporary();
    struct blocks *blocks;
    struct orgsim_where where = {0};
    write_all(folder);
    assert_true(blocks_exist(folder));
    assert_int_equal(blocks_open(&blocks, folder, true, &where), 0);
    assert_string_equal(blocks_identity(blocks), lines);
    assert_int_equal(blocks_stored(blocks), BLOCKS);
    for (uint64_t b = 0; b < 12; b++) {
        struct room room = {0}, expected;
        struct live_block block = block_of(b, &room);
        fill(&expected, b);
        assert_int_equal(blocks_read(blocks, &block, &where), b >= 5 && b < 10 ? LIVE_SUPPLIED : 0);
        if (b >= 5 && b < 10) assert_memory_equal(&room.values, &expected.values, sizeof room.values);
        if (b >= 5 && b < 10) assert_memory_equal(&room.sums, &expected.sums, sizeof room.sums);
    }
    struct room room = {0};
    struct live_block smaller = block_of(6, &room);
    smaller.piece[1].bytes -= sizeof(double);
    assert_int_equal(blocks_read(blocks, &smaller, &where), ORGSIM_ERROR_IO); /* of a run with other numbers of arms or packages */
    blocks_close(blocks);
    remove_temporary(folder);
}

static void a_second_process_goes_on(void **state)
{
    (void)state;
    char *folder = temporary(), *half = file_join(folder, "000000000008.bin"), *part = file_join(folder, "000000000008.bin.77.0.part");
    struct blocks *blocks;
    struct orgsim_where where = {0};
    write_all(folder);
    assert_int_equal(rename(half, part), 0); /* the process ended before this file had its name */
    assert_int_equal(blocks_open(&blocks, folder, false, &where), 0);
    assert_int_equal(blocks_stored(blocks), 3);
    assert_false(file_exists(part));
    for (uint64_t b = 5; b < 10; b++) {
        struct room room;
        fill(&room, b);
        struct live_block block = block_of(b, &room);
        assert_int_equal(blocks_add(blocks, &block, &where), 0);
    }
    assert_int_equal(blocks_stored(blocks), BLOCKS); /* without an interval each is written at once */
    blocks_close(blocks);
    assert_int_equal(blocks_open(&blocks, folder, true, &where), 0);
    assert_int_equal(blocks_stored(blocks), BLOCKS);
    blocks_close(blocks);
    memory_free(half);
    memory_free(part);
    remove_temporary(folder);
}

/* --- damage ------------------------------------------------------------------------------------------------------------------------- */

static void put(const char *path, const char *data, size_t n)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
}

/* Opens a folder that must be refused; the path of the reason names the file at fault. */
static void refused(const char *folder, const char *file, int expected, const char *why)
{
    struct blocks *blocks;
    struct orgsim_where where = {0};
    int status = blocks_open(&blocks, folder, true, &where);
    assert_null(blocks);
    if (expected) assert_int_equal(status, expected);
    else assert_int_not_equal(status, 0);
    assert_true(where.what[0] && where.todo[0]);
    assert_non_null(strstr(where.file, file));
    if (why) assert_non_null(strstr(where.what, why));
}

static void damage(const char *folder, const char *name)
{
    char *path = file_join(folder, name), *data;
    size_t n;
    struct orgsim_where where = {0};
    assert_int_equal(file_read(path, 1 << 20, &data, &n, &where), 0);
    for (size_t at = 0; at < n; at++) { /* every byte, one bit of it; then every length */
        data[at] ^= (char)(1 << at % 8);
        put(path, data, n);
        refused(folder, name, 0, NULL);
        data[at] ^= (char)(1 << at % 8);
    }
    for (size_t length = 0; length < n; length++) {
        put(path, data, length);
        refused(folder, name, 0, NULL);
    }
    char *longer = memory_array(n + 1, 1);
    memcpy(longer, data, n);
    put(path, longer, n + 1);
    refused(folder, name, ORGSIM_ERROR_IO, NULL);
    put(path, data, n);
    memory_free(longer);
    memory_free(data);
    memory_free(path);
}

static void any_damage_is_refused(void **state)
{
    (void)state;
    char *folder = temporary();
    struct blocks *blocks;
    struct orgsim_where where = {0};
    write_all(folder);
    damage(folder, "run.txt");
    damage(folder, "000000000005.bin");
    damage(folder, "000000000008.bin");
    assert_int_equal(blocks_open(&blocks, folder, true, &where), 0); /* put right again */
    blocks_close(blocks);
    char *first = file_join(folder, "000000000005.bin");
    assert_int_equal(unlink(first), 0);
    refused(folder, "000000000008.bin", ORGSIM_ERROR_IO, "blocks before it are missing");
    memory_free(first);
    remove_temporary(folder);
}

/* A file of another run under the right name. */
static void a_foreign_file_is_refused(void **state)
{
    (void)state;
    char *folder = temporary(), *other = temporary(), *path = file_join(folder, "000000000005.bin"), *foreign = file_join(other, "000000000005.bin"), *data;
    char changed[sizeof lines];
    size_t n;
    struct blocks *blocks;
    struct orgsim_where where = {0};
    write_all(folder);
    memcpy(changed, lines, sizeof lines);
    strstr(changed, "seed 3")[5] = '4';
    assert_int_equal(blocks_create(&blocks, other, changed, &where), 0);
    struct room room;
    fill(&room, 5);
    struct live_block block = block_of(5, &room);
    assert_int_equal(blocks_add(blocks, &block, &where), 0);
    blocks_close(blocks);
    assert_int_equal(file_read(foreign, 1 << 20, &data, &n, &where), 0);
    put(path, data, n);
    refused(folder, "000000000005.bin", ORGSIM_ERROR_USAGE, "another run");
    memory_free(data);
    memory_free(path);
    memory_free(foreign);
    remove_temporary(folder);
    remove_temporary(other);
}

static void other_formats_are_told_apart(void **state)
{
    (void)state;
    char *folder = temporary(), *path = file_join(folder, "run.txt");
    static const char older[] = "orgsim_blocks 0\nversion 0.0.9\n", newer[] = "orgsim_blocks 2\nversion 9.1\n", neither[] = "shopping list\n";
    write_all(folder);
    put(path, older, sizeof older - 1);
    refused(folder, "run.txt", ORGSIM_ERROR_TOO_OLD, "0.0.9");
    put(path, newer, sizeof newer - 1);
    refused(folder, "run.txt", ORGSIM_ERROR_TOO_NEW, "9.1");
    put(path, neither, sizeof neither - 1);
    refused(folder, "run.txt", ORGSIM_ERROR_IO, "of which run");
    memory_free(path);
    remove_temporary(folder);
}

/* --- identity ----------------------------------------------------------------------------------------------------------------------- */

static void another_run_is_named_by_what_differs(void **state)
{
    (void)state;
    static const struct { const char *from, *to, *said; } changes[] = {
        {"seed 3", "seed 4", "seed \"4\", not \"3\""},   {"worlds 1280", "worlds 1281", "worlds"}, {"arms a,b", "arms b,a", "arms \"b,a\""},
        {"digest 1", "digest 7", "scenario tables"},     {"digest 2", "digest 7", "assumptions"},  {"baseline a", "baseline b", "baseline"},
        {"ticks 2", "ticks 4", "ticks a week"},          {"less 0", "less 1", "frictionless"},     {"off 0", "off 8", "levers off"},
        {"precision none", "precision npv", "precision"}, {"shards 2", "shards 3", "shards"},      {"\nshard 2", "\nshard 1", "shard"},
        {"run x", "run y", "command \"orgsim run y\""},  {ORGSIM_VERSION, "7.7.7", "7.7.7"},
    };
    for (size_t c = 0; c < sizeof changes / sizeof *changes; c++) {
        struct text theirs = {0};
        struct orgsim_where where = {0};
        const char *at = strstr(lines, changes[c].from);
        assert_non_null(at);
        text_add_n(&theirs, lines, (size_t)(at - lines));
        text_add(&theirs, changes[c].to);
        text_add(&theirs, at + strlen(changes[c].from));
        assert_int_equal(identity_check(lines, theirs.s, true, "there", &where), ORGSIM_ERROR_USAGE);
        assert_non_null(strstr(where.what, changes[c].said));
        assert_true(where.todo[0] != '\0');
        bool shard = strcmp(changes[c].said, "shard") == 0;
        assert_int_equal(identity_check(lines, theirs.s, false, "there", &where), shard ? 0 : ORGSIM_ERROR_USAGE);
        text_free(&theirs);
    }
    struct orgsim_where where = {0};
    assert_int_equal(identity_check(lines, lines, true, "there", &where), 0);
}

/* Shards leave no block out, have none twice, and differ by one at most. */
static void shards_are_a_partition(void **state)
{
    (void)state;
    for (uint64_t worlds = 1; worlds < 4000; worlds += 117) {
        uint64_t blocks = (worlds + ORGSIM_BLOCK_WORLDS - 1) / ORGSIM_BLOCK_WORLDS;
        for (uint64_t of = 1; of <= blocks + 1; of++) {
            uint64_t next = 0;
            for (uint64_t number = 1; number <= of; number++) {
                char text[128];
                uint64_t first = 0, end = 0;
                snprintf(text, sizeof text, "worlds %llu\nshards %llu\nshard %llu\n", (unsigned long long)worlds, (unsigned long long)of, (unsigned long long)number);
                assert_int_equal(identity_range(text, &first, &end), of <= blocks);
                if (of > blocks) continue;
                assert_true(first == next && end > first && end - first >= blocks / of && end - first <= blocks / of + 1);
                next = end;
            }
            assert_true(of > blocks || next == blocks);
        }
    }
    uint64_t first, end;
    assert_false(identity_range("worlds 1280\nshards 2\nshard 3\n", &first, &end));
    assert_false(identity_range("worlds 1280\nshards 2\nshard 0\n", &first, &end));
    assert_false(identity_range("worlds 0\nshards 1\nshard 1\n", &first, &end));
    assert_false(identity_range("worlds 18446744073709551615\nshards 1\nshard 1\n", &first, &end));
}

/* --- memory ------------------------------------------------------------------------------------------------------------------------- */

static int use(const char *folder)
{
    struct blocks *blocks;
    struct orgsim_where where = {0};
    struct room room;
    fill(&room, 5);
    struct live_block block = block_of(5, &room);
    int status = blocks_create(&blocks, folder, lines, &where);
    if (!status) status = blocks_add(blocks, &block, &where);
    blocks_close(blocks);
    if (status) return status;
    status = blocks_open(&blocks, folder, false, &where);
    if (!status) status = blocks_read(blocks, &block, &where);
    blocks_close(blocks);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    int status = ORGSIM_ERROR_MEMORY;
    for (size_t nth = 1; status != LIVE_SUPPLIED; nth++) {
        char *folder = temporary();
        memory_fail_at(nth);
        status = use(folder);
        memory_fail_at(0);
        assert_true(status == ORGSIM_ERROR_MEMORY || status == LIVE_SUPPLIED);
        assert_true(nth < 200);
        remove_temporary(folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_is_what_was_written), cmocka_unit_test(a_second_process_goes_on),
        cmocka_unit_test(any_damage_is_refused),            cmocka_unit_test(a_foreign_file_is_refused),
        cmocka_unit_test(other_formats_are_told_apart),     cmocka_unit_test(another_run_is_named_by_what_differs),
        cmocka_unit_test(shards_are_a_partition),           cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
