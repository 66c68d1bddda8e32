/* Lessons: those that ship are whole and as long as they say; what is wrong in one is named with its place */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"
#include "workshop/lesson.h"

static void shipped_lessons_go_through_all_steps(void **state)
{
    static const struct {
        const char *file;
        int minutes;
        bool own;
    } shipped[] = {{NULL, 20, false}, {"20", 20, false}, {"45", 45, true}, {"90", 90, true}};
    char path[1024];
    (void)state;
    for (size_t k = 0; k < sizeof shipped / sizeof *shipped; k++) {
        struct lesson lesson = {0};
        struct orgsim_problems problems = {0};
        double minutes = 0;
        unsigned steps = 0, kinds = 0;
        snprintf(path, sizeof path, ORGSIM_SOURCE "/scenarios/workshop/lessons/%s-minutes.csv", shipped[k].file ? shipped[k].file : "");
        assert_int_equal(lesson_read(&lesson, shipped[k].file ? path : NULL, &problems), 0);
        assert_int_equal(problems.n, 0);
        for (size_t s = 0; s < lesson.n; s++) {
            minutes += lesson.stations[s].minutes;
            steps |= 1u << lesson_kinds[lesson.stations[s].kind].step;
            kinds |= 1u << lesson.stations[s].kind;
            assert_true(*lesson.stations[s].title && *lesson.stations[s].say);
        }
        assert_int_equal((int)minutes, shipped[k].minutes);
        assert_int_equal(steps, 0x3f); /* joining and the five steps */
        assert_int_equal(!!(kinds & 1u << LESSON_own), shipped[k].own);
        lesson_free(&lesson);
        orgsim_problems_free(&problems);
    }
}

static void spoilt_lessons_are_named(void **state)
{
    static const struct { const char *text, *what, *todo; size_t line;
    } spoilt[] = {
        {"station,title\nwelcom,Join\n", "there is no station \"welcom\"", "did you mean \"welcome\"?", 2},
        {"station,detail,title\nreplay,surprise,Look\n", "there is no world \"surprise\"", "worlds are typical, best, worst and tpm-lost", 2},
        {"station,detail,title\nchange,4,Look\n", "there is no challenge \"4\"", "challenges are 1, 2 and 3; blank is none", 2},
        {"station,minutes,title\nwelcome,1,Join\npredict,soon,Guess\n", "not a number of minutes: \"soon\"",
         "write a number of minutes up to 600, or nothing", 3},
        {"station,title\n", "there are 0 stations", "a lesson has 1 to 40 stations", 0},
    };
    char folder[] = "/tmp/orgsim-test-lesson-XXXXXX";
    (void)state;
    assert_non_null(mkdtemp(folder));
    char *path = file_join(folder, "lesson.csv");
    for (size_t k = 0; k < sizeof spoilt / sizeof *spoilt; k++) {
        struct lesson lesson = {0};
        struct orgsim_problems problems = {0};
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(spoilt[k].text, file);
        fclose(file);
        assert_int_equal(lesson_read(&lesson, path, &problems), ORGSIM_ERROR_SCENARIO);
        assert_int_equal(problems.n, 1);
        assert_string_equal(problems.list[0].where.what, spoilt[k].what);
        assert_string_equal(problems.list[0].where.todo, spoilt[k].todo);
        assert_int_equal(problems.list[0].where.line, spoilt[k].line);
        lesson_free(&lesson);
        orgsim_problems_free(&problems);
    }
    struct lesson lesson = {0};
    struct orgsim_problems problems = {0};
    assert_int_not_equal(lesson_read(&lesson, folder, &problems), 0); /* a folder */
    assert_true(problems.n > 0);
    orgsim_problems_free(&problems);
    lesson_free(&lesson);
    memory_free(path);
    assert_int_equal(file_remove_tree(folder, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(shipped_lessons_go_through_all_steps), cmocka_unit_test(spoilt_lessons_are_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
