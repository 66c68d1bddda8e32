/* test_elimination.c: the choice among many means keeps its promise, and is cheap where the answer is plain */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>

#include <orgsim/error.h>

#include "base/memory.h"
#include "chance/philox.h"
#include "study/elimination.h"

enum { MOST = 8, FIRST = 10 };

struct contest {
    size_t candidates;
    double mean[MOST], own, common; /* sd of the luck of each, and of what all share */
    double confidence, indifference;
};

static double normal(uint64_t contest, uint32_t row, uint32_t who)
{
    uint32_t word[4];
    philox_draw(11, contest, 2, row, who, word);
    return gsl_cdf_ugaussian_Pinv(((double)word[0] + 0.5) * 0x1p-32);
}

/* Holds one contest; returns the winner. */
static size_t hold(const struct contest *c, uint64_t number, size_t *rows)
{
    struct elimination e;
    assert_int_equal(elimination_create(&e, c->candidates, FIRST, c->confidence), 0);
    e.indifference = c->indifference;
    for (bool decided = false; !decided; decided = e.rows >= FIRST && elimination_screen(&e)) {
        double row[MOST], shared = c->common * normal(number, (uint32_t)e.rows, 99);
        for (size_t i = 0; i < c->candidates; i++)
            row[i] = e.alive[i] ? c->mean[i] + shared + c->own * normal(number, (uint32_t)e.rows, (uint32_t)i) : (double)NAN;
        elimination_add(&e, row);
        assert_true(e.rows < 100000);
    }
    size_t best = elimination_best(&e);
    *rows = e.rows;
    elimination_free(&e);
    return best;
}

/* The hardest case: all others exactly delta behind. 500 contests; the share of right choices may miss the promise by five of its errors. */
static void the_best_wins_as_often_as_promised(void **state)
{
    (void)state;
    enum { CONTESTS = 500 };
    static const double promises[] = {0.9, 0.7};
    for (size_t p = 0; p < 2; p++) {
        struct contest c = {.candidates = 6, .mean = {0, 0, 1, 0, 0, 0}, .own = 3, .common = 5, .confidence = promises[p], .indifference = 1};
        size_t right = 0, rows;
        for (uint64_t k = 0; k < CONTESTS; k++) right += hold(&c, k, &rows) == 2;
        double share = (double)right / CONTESTS, error = sqrt(promises[p] * (1 - promises[p]) / CONTESTS);
        if (share < promises[p] - 5 * error) fail_msg("promised %g, right in %g", promises[p], share);
    }
}

static double mean_rows(const struct contest *c)
{
    size_t sum = 0, rows;
    for (uint64_t k = 0; k < 40; k++) {
        hold(c, 1000 + k, &rows);
        sum += rows;
    }
    return (double)sum / 40;
}

static void what_is_plain_is_seen_soon(void **state)
{
    (void)state;
    struct contest narrow = {.candidates = 6, .mean = {0, 0, 1}, .own = 3, .common = 5, .confidence = 0.95, .indifference = 1}, plain = narrow, shared = narrow;
    plain.mean[2] = 30;
    assert_true(mean_rows(&plain) == FIRST);
    assert_true(mean_rows(&narrow) > 3 * FIRST);
    shared.own = 1; /* the same luck for all but little of it */
    assert_true(mean_rows(&shared) < mean_rows(&narrow) / 3);
}

/* Two candidates, n0 = 10, alpha 0.05: eta = ((0.1)^(-2/9) - 1) / 2 = 0.33405, h^2 = 18 eta. */
static void the_constant_is_that_of_the_source(void **state)
{
    (void)state;
    struct elimination e;
    assert_int_equal(elimination_create(&e, 2, 10, 0.95), 0);
    assert_true(fabs(e.h2 - 18 * 0.334050) < 1e-4);
    elimination_free(&e);
}

static void one_candidate_is_chosen_and_equals_end(void **state)
{
    (void)state;
    struct contest one = {.candidates = 1, .own = 1, .confidence = 0.95, .indifference = 0.1};
    struct contest same = {.candidates = 4, .own = 1, .confidence = 0.95, .indifference = 0.5}, still = {.candidates = 3, .confidence = 0.95, .indifference = 1};
    size_t rows;
    assert_int_equal(hold(&one, 1, &rows), 0);
    assert_int_equal(rows, FIRST);
    assert_true(hold(&same, 1, &rows) < 4); /* ends, although nobody leads */
    assert_int_equal(hold(&still, 1, &rows), 0); /* no luck at all: a tie, the first */
    assert_int_equal(rows, FIRST);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    int status = ORGSIM_ERROR_MEMORY;
    for (size_t nth = 1; status; nth++) {
        struct elimination e;
        memory_fail_at(nth);
        status = elimination_create(&e, 5, FIRST, 0.95);
        memory_fail_at(0);
        assert_true((status == 0 || status == ORGSIM_ERROR_MEMORY) && nth < 10);
        elimination_free(&e);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_wins_as_often_as_promised),  cmocka_unit_test(what_is_plain_is_seen_soon),
        cmocka_unit_test(the_constant_is_that_of_the_source),  cmocka_unit_test(one_candidate_is_chosen_and_equals_end),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
