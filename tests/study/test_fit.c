/* The search for the calibrated programs: over the fitted facts alone, of two digits inside the ranges, the same for any threads and kernel, judged as
 * orgsim validate judges. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "study/validate_fit.h"
#include "study/validate_preset.h"

static const struct validate_fit_size tiny = {.design = 6, .starts = 1, .steps = 10, .worlds = 256};

static int fit(const struct orgsim_validate_options *options, struct orgsim_fit *found)
{
    struct orgsim_where where = {0};
    return validate_fit_sized(options, &tiny, found, &where);
}

static void test_loss(void **state)
{
    (void)state;
    assert_true(validate_fit_loss(70, 60, 80) == 0);
    assert_true(fabs(validate_fit_loss(60, 60, 80) - log(2)) < 1e-12 && fabs(validate_fit_loss(80, 60, 80) - log(2)) < 1e-12);
    assert_true(fabs(validate_fit_loss(100, 60, 80) - log(82)) < 1e-12);
    assert_true(validate_fit_loss((double)NAN, 60, 80) > log(1000)); /* what cannot be measured is worse than what is far away */
}

static bool has_two_digits(double x)
{
    for (double unit = 1000; unit > 1e-4; unit /= 10)
        if (fabs(x) >= unit || x == 0) return fabs(x / unit * 10 - round(x / unit * 10)) < 1e-9;
    return false;
}

/* What orgsim validate says of the same fact. */
static const struct orgsim_check *check_of(const struct orgsim_validation *all, const char *id)
{
    for (size_t k = 0; k < all->n; k++)
        if (!strcmp(all->check[k].id, id)) return &all->check[k];
    fail_msg("no check %s", id);
    return NULL;
}

static void is_judged_as_ever(const struct orgsim_fit_preset *p, const struct orgsim_validation *all)
{
    struct orgsim_fit_total shipped = {0}, found = {0};
    size_t fitted = 0;
    for (size_t k = 0; k < all->n; k++) fitted += !strcmp(all->check[k].use, "fitted") && !strcmp(all->check[k].preset, p->preset);
    assert_int_equal(p->n_facts, fitted);
    for (size_t k = 0; k < p->n_facts; k++) {
        const struct orgsim_fit_fact *f = &p->fact[k];
        const struct orgsim_check *c = check_of(all, f->id);
        assert_string_equal(c->use, "fitted");
        assert_true(c->measured == f->shipped.measured && c->expected_low == f->expected_low && c->expected_high == f->expected_high);
        assert_int_equal(c->status == ORGSIM_CHECK_MET, f->shipped.met);
        shipped.loss += validate_fit_loss(f->shipped.measured, f->expected_low, f->expected_high);
        found.loss += validate_fit_loss(f->found.measured, f->expected_low, f->expected_high);
        shipped.met += (size_t)f->shipped.met;
        found.met += (size_t)f->found.met;
    }
    assert_true(shipped.loss == p->shipped.loss && found.loss == p->found.loss);
    assert_true(shipped.met == p->shipped.met && found.met == p->found.met);
}

static void test_found(void **state)
{
    (void)state;
    const struct orgsim_validate_options one = {.seed = 1, .quick = 1}, other = {.seed = 1, .quick = 1, .threads = 3, .isa = "sse2"};
    struct orgsim_validation all = {0};
    struct orgsim_fit a = {0}, b = {0};
    struct orgsim_where where = {0};
    assert_int_equal(orgsim_validate(&one, &all, &where), 0);
    assert_int_equal(fit(&one, &a), 0);
    assert_int_equal(fit(&other, &b), 0);
    assert_true(a.n == a.asked && a.n == VALIDATE_PRESET_COUNT && a.tried == b.tried);
    assert_true(a.tried > a.n * tiny.design && a.tried <= a.n * validate_fit_most(&tiny));
    for (size_t k = 0; k < a.n; k++) {
        is_judged_as_ever(&a.preset[k], &all);
        for (size_t i = 0; i < ORGSIM_FIT_SETTINGS; i++) {
            const struct orgsim_fit_setting *s = &a.preset[k].setting[i];
            assert_true(s->low <= s->found && s->found <= s->high && s->low <= s->shipped && s->shipped <= s->high);
            assert_true(has_two_digits(s->found) && has_two_digits(s->shipped)); /* what ships could have been found */
            assert_true(s->found == b.preset[k].setting[i].found);
        }
        assert_true(a.preset[k].found.loss == b.preset[k].found.loss);
    }
    orgsim_fit_free(&a);
    orgsim_fit_free(&b);
    orgsim_validation_free(&all);
}

/* Stopped in the second preset: the first is there, whole. */
struct stopping {
    volatile int stop;
    uint64_t after;
};

static void stop_later(void *context, uint64_t done, uint64_t total)
{
    struct stopping *s = context;
    assert_true(done <= total);
    s->stop = done >= s->after;
}

static void test_interrupted(void **state)
{
    (void)state;
    for (size_t whole = 0; whole < 2; whole++) {
        struct stopping s = {.after = whole ? validate_fit_most(&tiny) + 1 : 2};
        struct orgsim_fit found = {0};
        const struct orgsim_validate_options options = {.seed = 1, .quick = 1, .stop = &s.stop, .progress = stop_later, .context = &s};
        assert_int_equal(fit(&options, &found), ORGSIM_ERROR_INTERRUPTED);
        assert_int_equal(found.n, whole);
        orgsim_fit_free(&found);
        orgsim_fit_free(&found);
    }
}

static void test_refusals(void **state)
{
    (void)state;
    struct orgsim_fit found = {0};
    struct orgsim_where where = {0};
    assert_int_equal(orgsim_fit(&(struct orgsim_validate_options){.seed = 1, .isa = "mmx"}, &found, &where), ORGSIM_ERROR_USAGE);
    orgsim_fit_free(&found);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    size_t failed = 0;
    for (size_t n = 1; n < 3000; n += 1 + n / 2) {
        struct orgsim_fit found = {0};
        memory_fail_at(n);
        int status = fit(&(struct orgsim_validate_options){.seed = 1, .quick = 1, .threads = 1}, &found);
        memory_fail_at(0);
        assert_true(status == 0 || status == ORGSIM_ERROR_MEMORY);
        failed += status != 0;
        orgsim_fit_free(&found);
    }
    assert_true(failed > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_loss),     cmocka_unit_test(test_found),         cmocka_unit_test(test_interrupted),
        cmocka_unit_test(test_refusals), cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
