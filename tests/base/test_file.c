/* test_file.c: files appear complete or not at all, folders come and go, links are not followed */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"

static char folder[] = "/tmp/orgsim-test-file-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) ? chdir(folder) : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return chdir("/") || file_remove_tree(folder, NULL);
}

static void expect_content(const char *path, const char *expected)
{
    char *data;
    size_t n;
    assert_int_equal(file_read(path, 1000, &data, &n, NULL), 0);
    assert_int_equal(n, strlen(expected));
    assert_string_equal(data, expected);
    memory_free(data);
}

static int hidden_entries(void)
{
    return system("ls -A | grep -q part");
}

static void test_commit_and_abandon(void **state)
{
    (void)state;
    struct file_writer writer;
    assert_int_equal(file_create(&writer, "a.csv", NULL), 0);
    fputs("world,arm\n", writer.stream);
    assert_false(file_exists("a.csv"));
    assert_int_equal(file_commit(&writer, NULL), 0);
    expect_content("a.csv", "world,arm\n");
    assert_int_equal(file_create(&writer, "a.csv", NULL), 0);
    fputs("half", writer.stream);
    file_abandon(&writer);
    file_abandon(&writer);
    expect_content("a.csv", "world,arm\n");
    assert_int_equal(file_write("a.csv", "new", 3, NULL), 0);
    expect_content("a.csv", "new");
    assert_int_not_equal(hidden_entries(), 0);
}

static void test_two_writers_of_one_name(void **state)
{
    (void)state;
    struct file_writer first, second;
    assert_int_equal(file_create(&first, "two", NULL), 0);
    assert_int_equal(file_create(&second, "two", NULL), 0);
    fputs("1", first.stream);
    fputs("2", second.stream);
    assert_int_equal(file_commit(&second, NULL), 0);
    assert_int_equal(file_commit(&first, NULL), 0);
    expect_content("two", "1");
}

static void test_a_failing_write_leaves_nothing(void **state)
{
    (void)state;
    struct rlimit before, small;
    struct orgsim_where where = {0};
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    for (rlim_t limit = 0; limit <= 40000; limit += 8000) {
        char *data = memory_array(40000, 1);
        memset(data, 'x', 40000);
        small.rlim_cur = limit;
        setrlimit(RLIMIT_FSIZE, &small);
        int error = file_write("full.csv", data, 40000, &where);
        setrlimit(RLIMIT_FSIZE, &before);
        memory_free(data);
        assert_int_equal(error, limit < 40000 ? ORGSIM_ERROR_IO : 0);
        assert_int_equal(file_exists("full.csv"), limit >= 40000);
        assert_int_not_equal(hidden_entries(), 0);
    }
    assert_string_equal(where.file, "full.csv");
    assert_non_null(strstr(where.what, "cannot write"));
}

static void test_errors_of_creation(void **state)
{
    (void)state;
    struct file_writer writer;
    struct orgsim_where where = {0};
    assert_int_equal(file_create(&writer, "no/such/folder/x", &where), ORGSIM_ERROR_IO);
    assert_string_equal(where.file, "no/such/folder/x");
    file_abandon(&writer);
    for (size_t nth = 1; nth <= 2; nth++) {
        memory_fail_at(nth);
        assert_int_equal(file_create(&writer, "x", NULL), ORGSIM_ERROR_MEMORY);
        memory_fail_at(0);
        file_abandon(&writer);
    }
    assert_int_equal(mkdir("taken", 0777), 0);
    assert_int_equal(file_write("taken", "x", 1, NULL), ORGSIM_ERROR_IO);
    assert_int_not_equal(hidden_entries(), 0);
}

static void test_reading(void **state)
{
    (void)state;
    char *data;
    size_t n;
    struct orgsim_where where = {0};
    assert_int_equal(file_read("missing", 10, &data, &n, &where), ORGSIM_ERROR_IO);
    assert_null(data);
    assert_string_equal(where.file, "missing");
    assert_int_equal(file_read(".", 10, &data, &n, NULL), ORGSIM_ERROR_IO);
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_int_equal(file_read("pipe", 10, &data, &n, NULL), ORGSIM_ERROR_IO);
    assert_int_equal(file_write("ten", "0123456789", 10, NULL), 0);
    assert_int_equal(file_read("ten", 10, &data, &n, NULL), 0);
    memory_free(data);
    assert_int_equal(file_read("ten", 9, &data, &n, &where), ORGSIM_ERROR_IO);
    assert_null(data);
    memory_fail_at(1);
    assert_int_equal(file_read("ten", 10, &data, &n, NULL), ORGSIM_ERROR_MEMORY);
    memory_fail_at(0);
    assert_int_equal(file_write("empty", "", 0, NULL), 0);
    expect_content("empty", "");
}

static void test_folders(void **state)
{
    (void)state;
    struct orgsim_where where = {0};
    assert_int_equal(file_make_folder("one/two//three/", NULL), 0);
    assert_int_equal(file_make_folder("one/two/three", NULL), 0);
    assert_true(file_is_folder("one/two/three"));
    assert_int_equal(file_write("one/file", "x", 1, NULL), 0);
    assert_false(file_is_folder("one/file"));
    assert_int_equal(file_make_folder("one/file/below", &where), ORGSIM_ERROR_IO);
    assert_string_equal(where.file, "one/file");
    assert_int_equal(file_remove_tree("one", NULL), 0);
    assert_false(file_exists("one"));
    assert_int_equal(file_remove_tree("one", NULL), ORGSIM_ERROR_IO);
}

static void test_links_are_not_followed(void **state)
{
    (void)state;
    assert_int_equal(file_make_folder("precious", NULL), 0);
    assert_int_equal(file_write("precious/x", "x", 1, NULL), 0);
    assert_int_equal(file_make_folder("run", NULL), 0);
    assert_int_equal(symlink("../precious", "run/link"), 0);
    assert_int_equal(file_remove_tree("run", NULL), 0);
    assert_true(file_exists("precious/x"));
    assert_int_equal(symlink("precious", "run"), 0);
    assert_int_equal(file_remove_tree("run", NULL), ORGSIM_ERROR_IO);
    assert_true(file_exists("precious/x"));
}

/* Whether a folder will do is tried without leaving a trace. */
static void test_trying_a_folder(void **state)
{
    (void)state;
    struct orgsim_where where = {0};
    assert_int_equal(file_make_folder("mine/empty", NULL), 0);
    assert_int_equal(file_write("mine/file", "x", 1, NULL), 0);
    assert_int_equal(file_try_folder("mine/new//deeper/", NULL), 0);
    assert_false(file_exists("mine/new"));
    assert_int_equal(file_try_folder("mine/empty", NULL), 0);
    assert_true(file_is_folder("mine/empty"));
    assert_int_equal(rmdir("mine/empty"), 0);
    assert_int_equal(file_try_folder("mine/file", &where), ORGSIM_ERROR_IO);
    assert_string_equal(where.what, "cannot make the folder: a file of that name is in the way");
    assert_int_equal(file_try_folder("mine/file/below", NULL), ORGSIM_ERROR_IO);
    assert_int_equal(file_try_folder("/proc/orgsim", NULL), ORGSIM_ERROR_IO);
    assert_int_equal(file_try_folder("/proc", NULL), ORGSIM_ERROR_IO);
    expect_content("mine/file", "x");
    memory_fail_at(1);
    assert_int_not_equal(file_try_folder("mine/new", NULL), 0);
    memory_fail_at(0);
    assert_false(file_exists("mine/new"));
}

static bool is_link(const char *path)
{
    struct stat about;
    return !lstat(path, &about) && S_ISLNK(about.st_mode);
}

/* What the user names may be a link or a pipe, and stays one; what is ours replaces a link. */
static void test_names_of_the_user(void **state)
{
    (void)state;
    char got[8] = "";
    assert_int_equal(file_make_folder("far", NULL), 0);
    assert_int_equal(symlink("far/second", "first"), 0);
    assert_int_equal(symlink("target", "far/second"), 0);
    assert_int_equal(file_write_named("first", "new", 3, NULL), 0); /* a target that is made */
    assert_int_equal(file_write_named("first", "old", 3, NULL), 0); /* and one that is there */
    assert_true(is_link("first") && is_link("far/second"));
    expect_content("far/target", "old");
    assert_int_equal(file_write("first", "own", 3, NULL), 0);
    assert_false(is_link("first"));
    expect_content("far/target", "old");
    assert_int_equal(symlink("round", "round"), 0);
    assert_int_equal(file_write_named("round", "x", 1, NULL), ORGSIM_ERROR_IO);
    assert_int_equal(file_write_named("far", "x", 1, NULL), ORGSIM_ERROR_IO);
    assert_int_equal(mkfifo("fifo", 0600), 0);
    int reader = open("fifo", O_RDONLY | O_NONBLOCK);
    assert_int_equal(file_write_named("fifo", "through", 7, NULL), 0);
    assert_int_equal(read(reader, got, sizeof got), 7);
    assert_string_equal(got, "through");
    close(reader);
    assert_int_equal(unlink("fifo"), 0);
    assert_int_not_equal(hidden_entries(), 0);
}

static void test_join(void **state)
{
    (void)state;
    const char *parts[][3] = {{"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"", "b", "b"}, {"/", "b", "/b"}};
    for (size_t i = 0; i < 4; i++) {
        char *path = file_join(parts[i][0], parts[i][1]);
        assert_string_equal(path, parts[i][2]);
        memory_free(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commit_and_abandon),  cmocka_unit_test(test_two_writers_of_one_name),
        cmocka_unit_test(test_a_failing_write_leaves_nothing), cmocka_unit_test(test_errors_of_creation),
        cmocka_unit_test(test_reading),             cmocka_unit_test(test_folders),
        cmocka_unit_test(test_links_are_not_followed), cmocka_unit_test(test_join),
        cmocka_unit_test(test_names_of_the_user),     cmocka_unit_test(test_trying_a_folder),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
