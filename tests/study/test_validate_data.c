/* Raw data are hostile input: what is not there is not checked, what is malformed is an error with file and line, and nothing outside the folder is
 * reached. What is well-formed is compared by quantities worked out by hand.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "study/validate_data.h"
#include "study/validate_preset.h"

/* One check on a folder that holds one file, or none. */
struct trial {
    char folder[64];
    struct orgsim_validate_options options;
    struct orgsim_where where;
    struct validate v;
    struct validate_finding f;
};

static void trial_open(struct trial *t, const char *name, const char *text)
{
    struct orgsim_where where = {0};
    *t = (struct trial){.folder = "/tmp/orgsim-test-data-XXXXXX", .options = {.seed = 1, .quick = 1}};
    assert_non_null(mkdtemp(t->folder));
    t->options.data = t->folder;
    t->v = (struct validate){.options = &t->options, .kernel = kernel_find(NULL), .where = &t->where};
    assert_int_equal(pool_create(&t->v.pool, 1), 0);
    char *path = name ? file_join(t->folder, name) : NULL, *slash = path ? strrchr(path, '/') : NULL;
    if (!path) return;
    *slash = '\0';
    assert_int_equal(file_make_folder(path, &where), 0);
    *slash = '/';
    assert_int_equal(file_write(path, text, strlen(text), &where), 0);
    free(path);
}

static void trial_add(struct trial *t, const char *name, const char *text)
{
    struct orgsim_where where = {0};
    char *path = file_join(t->folder, name);
    assert_int_equal(file_write(path, text, strlen(text), &where), 0);
    free(path);
}

static void trial_close(struct trial *t)
{
    validate_presets_free(t->v.presets);
    pool_free(t->v.pool);
    assert_int_equal(file_remove_tree(t->folder, NULL), 0);
}

typedef int check(struct validate *v, struct validate_finding *f);

static void refuses(check *of, const char *name, const char *text, size_t line, const char *what)
{
    struct trial t;
    trial_open(&t, name, text);
    assert_int_equal(of(&t.v, &t.f), ORGSIM_ERROR_SCENARIO);
    if (!strstr(t.where.what, what) || t.where.line != line || !strstr(t.where.file, name))
        fail_msg("%s:%zu: %s", t.where.file, t.where.line, t.where.what);
    trial_close(&t);
}

static void test_what_is_not_there(void **state)
{
    (void)state;
    static check *const all[] = {validate_tasks,     validate_task_file, validate_estimates,   validate_projects,       validate_decisions,
                                 validate_attrition, validate_tenure,    validate_psplib_path, validate_psplib_optimum, validate_j30_mean};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        struct trial t;
        trial_open(&t, NULL, NULL);
        assert_int_equal(all[k](&t.v, &t.f), 0);
        assert_true(t.f.not_checked && *t.f.why);
        t.f = (struct validate_finding){0};
        t.options.data = NULL;
        assert_int_equal(all[k](&t.v, &t.f), 0);
        assert_true(t.f.not_checked && strstr(t.f.why, "ORGSIM_DATA"));
        t.options.data = "/tmp/orgsim-no-such-folder";
        assert_int_equal(all[k](&t.v, &t.f), ORGSIM_ERROR_USAGE);
        trial_close(&t);
    }
}

static void test_malformed(void **state)
{
    (void)state;
    refuses(validate_tasks, "sip_tasks.csv", "hours_estimate,hours\n1,2\n", 1, "hours_actual");
    refuses(validate_tasks, "sip_tasks.csv", "hours_estimate,hours_actual\n1,2\n1,two\n", 3, "is not a number");
    refuses(validate_tasks, "sip_tasks.csv", "hours_estimate,hours_actual\n-1,2\n", 2, "is not from 0");
    refuses(validate_tasks, "sip_tasks.csv", "hours_estimate,hours_actual\n1e300,2\n", 2, "is not from 0");
    refuses(validate_tasks, "sip_tasks.csv", "hours_estimate,hours_actual\n1,nan\n", 2, "is not a number");
    refuses(validate_tasks, "sip_tasks.csv", "hours_estimate,hours_actual\n1,2,3\n", 2, "");
    refuses(validate_estimates, "little2006_estimates.csv", "project,start,first_estimate,actual_release\n1,12/01/00,13/01/01,08/22/01\n", 2,
            "is no day of the calendar");
    refuses(validate_estimates, "little2006_estimates.csv", "project,start,first_estimate,actual_release\n1,12/01/00,3/1/01,08/22/01\n", 2,
            "is not a date");
    refuses(validate_decisions, "requirement_decision_delay.csv", "delay,requirements\n2,5\n1,5\n", 3, "is not above");
    refuses(validate_attrition, "staff_tenure.csv", "duration,event\n7,1\n,0\n", 3, "misses");
    refuses(validate_tenure, "staff_tenure.csv", "duration,event\n7,2\n", 2, "is not from 0 to 1");
    refuses(validate_psplib_path, "psplib/j30_optimum.csv", "problem,optimum\n../secret.sm,4\n", 2, "is not the name of a file");
    refuses(validate_psplib_path, "psplib/j30_optimum.csv", "problem,optimum\nj301_1.sm,many\n", 2, "is not an optimum");
}

static void test_a_project_that_is_none(void **state)
{
    (void)state;
    struct trial t;
    trial_open(&t, "psplib/j30_optimum.csv", "problem,optimum\nj301_1.sm,43\n");
    trial_add(&t, "psplib/j301_1.sm", "nothing of the kind\n");
    assert_int_equal(validate_psplib_path(&t.v, &t.f), ORGSIM_ERROR_SCENARIO);
    assert_true(*t.where.what && strstr(t.where.file, "j301_1.sm"));
    trial_close(&t);
}

/* Ten people leave after a year each, ten are still there after a year: 10 leavers in 20 years, half of them still there. */
static void test_tenure_by_hand(void **state)
{
    (void)state;
    char text[1024] = "duration,event\n";
    struct trial t;
    for (int k = 0; k < 20; k++) strcat(text, k < 10 ? "12,1\n" : "12,0\n");
    trial_open(&t, "staff_tenure.csv", text);
    assert_int_equal(validate_attrition(&t.v, &t.f), 0);
    assert_true(fabs((t.f.expected_low + t.f.expected_high) / 2 - 0.5) < 1e-9);
    assert_true(t.f.measured > 0.1 && t.f.measured < 0.2); /* the product program's engineers */
    t.f = (struct validate_finding){0};
    assert_int_equal(validate_tenure(&t.v, &t.f), 0);
    assert_true(fabs(t.f.measured - (1 - exp(-10.0 / 240 * 6))) <
                1e-6); /* everybody is there after six months; nobody was looked at longer than twelve */
    trial_close(&t);
}

/* One leaves each month but the last, when the fifth is still there: a fifth, two, three, four have left after 1, 2, 3, 4 months; who is looked at no
 * longer, having left or not, is no longer at risk. */
static void test_stays_by_hand(void **state)
{
    (void)state;
    struct trial t;
    const struct orgsim_compared *c = &t.v.compared[ORGSIM_COMPARED_TENURE];
    trial_open(&t, "staff_tenure.csv", "duration,event\n3,1\n1,1\n5,0\n2,1\n4,1\n");
    assert_int_equal(validate_attrition(&t.v, &t.f), 0);
    assert_true(c->of_data == 5 && c->of_model > 0);
    assert_true(c->data[3] == 1 && c->data[4] == 2 && c->data[11] == 3 && c->data[15] == 4); /* 20, 25, 60 and 80 % */
    assert_true(isnan(c->data[16]));                                                         /* 85 % never leave while looked at */
    assert_true(fabs(c->model[9] - 12 * log(2) / t.f.measured) < 1e-9);
    trial_close(&t);
    trial_open(&t, "staff_tenure.csv", "duration,event\n1,0\n2,1\n2,0\n3,1\n");
    assert_int_equal(validate_attrition(&t.v, &t.f), 0);
    assert_true(c->data[5] == 2 && c->data[6] == 3 && c->data[18] == 3); /* a third of the three at risk leave in month 2, the last in month 3 */
    trial_close(&t);
}

/* Ratios 1 to 19 have themselves as quantiles, halves between. */
static void test_ratios_by_hand(void **state)
{
    (void)state;
    char text[2048] = "hours_estimate,hours_actual\n";
    struct trial t;
    for (int k = 19; k > 0; k--) snprintf(text + strlen(text), 32, "2,%d\n", 2 * k);
    trial_open(&t, "sip_tasks.csv", text);
    assert_int_equal(validate_tasks(&t.v, &t.f), 0);
    const struct orgsim_compared *c = &t.v.compared[ORGSIM_COMPARED_TASKS];
    assert_true(c->of_data == 19 && c->data[9] == 10);
    assert_true(c->model[9] > 0.5 && c->model[9] < 3 && c->model[0] < c->model[18]);
    assert_int_equal(t.v.compared[ORGSIM_COMPARED_PROJECTS].of_data, 0);
    trial_close(&t);
}

static void test_empty_files(void **state)
{
    (void)state;
    static const struct {
        check *of;
        const char *name, *header;
    } files[] = {{validate_attrition, "staff_tenure.csv", "duration,event\n"},
                 {validate_tenure, "staff_tenure.csv", "duration,event\n"},
                 {validate_decisions, "requirement_decision_delay.csv", "delay,requirements\n"},
                 {validate_tasks, "sip_tasks.csv", "hours_estimate,hours_actual\n"},
                 {validate_task_file, "sip_tasks.csv", "hours_estimate,hours_actual\n"}};
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        struct trial t;
        trial_open(&t, files[k].name, files[k].header);
        assert_int_equal(files[k].of(&t.v, &t.f), 0);
        assert_true(t.f.not_checked && strstr(t.f.why, "holds no rows"));
        trial_close(&t);
    }
}

/* Half of the requirements wait 1, four tenths 2, a tenth 10: P90 over P50 is 2 whatever the unit. */
static void test_delays_by_hand(void **state)
{
    (void)state;
    struct trial t;
    trial_open(&t, "requirement_decision_delay.csv", "delay,requirements\n1,50\n2,40\n10,10\n");
    assert_int_equal(validate_decisions(&t.v, &t.f), 0);
    assert_true(fabs(t.f.expected_low - 1.5) < 1e-9 && fabs(t.f.expected_high - 2.5) < 1e-9);
    assert_true(t.f.measured > 1);
    const struct orgsim_compared *c = &t.v.compared[ORGSIM_COMPARED_DECISIONS];
    assert_true(c->of_data == 100 && c->of_model > 0 && c->data[9] == 1 && c->data[10] == 2 && c->data[18] == 10);
    assert_true(c->model[9] == 1 && c->model[17] == t.f.measured);
    trial_close(&t);
}

static void test_distance(void **state)
{
    (void)state;
    float x[] = {4, 1, 3, 2}, y[] = {3, 4, 5, 6}, same[] = {1, 2, 3, 4}, z[] = {9, 8};
    assert_true(validate_data_distance(x, 4, y, 4) == 0.5);
    assert_true(validate_data_distance(x, 4, same, 4) == 0);
    assert_true(validate_data_distance(x, 4, z, 2) == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_not_there), cmocka_unit_test(test_malformed),      cmocka_unit_test(test_a_project_that_is_none),
        cmocka_unit_test(test_tenure_by_hand),    cmocka_unit_test(test_delays_by_hand), cmocka_unit_test(test_distance),
        cmocka_unit_test(test_stays_by_hand),     cmocka_unit_test(test_ratios_by_hand), cmocka_unit_test(test_empty_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
