/* test_information.c: what it is worth to know, against linear-Gaussian cases whose answer is a formula, and where knowing is worth nothing */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <orgsim/error.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "base/memory.h"
#include "chance/philox.h"
#include "study/information.h"

enum { PARAMETERS = 12, ARMS_MOST = 3 };

/* Net value of arm a: mean[a] + sum of slope[a][p] z_p, z standard normal; inner means carry an error of sd `noise` / sqrt(2) in each half. */
struct gaussian {
    size_t points, arms;
    double mean[ARMS_MOST], slope[ARMS_MOST][PARAMETERS], noise;
    double *x, *half[2];
};

static double normal(uint64_t k, uint32_t entity)
{
    uint32_t word[4];
    philox_draw(7, k, 1, entity, 0, word);
    return gsl_cdf_ugaussian_Pinv(((double)word[0] + 0.5) * 0x1p-32);
}

static void draw(struct gaussian *g)
{
    g->x = malloc(g->points * PARAMETERS * sizeof *g->x);
    for (int h = 0; h < 2; h++) g->half[h] = malloc(g->points * g->arms * sizeof *g->half[h]);
    for (size_t k = 0; k < g->points; k++) {
        for (size_t p = 0; p < PARAMETERS; p++) g->x[k * PARAMETERS + p] = normal(k, (uint32_t)p);
        for (size_t a = 0; a < g->arms; a++) {
            double value = g->mean[a];
            for (size_t p = 0; p < PARAMETERS; p++) value += g->slope[a][p] * g->x[k * PARAMETERS + p];
            for (int h = 0; h < 2; h++)
                g->half[h][k * g->arms + a] = value + g->noise * sqrt(2) * normal(k, (uint32_t)(100 + 10 * a + (size_t)h));
        }
    }
}

static struct information view(const struct gaussian *g)
{
    return (struct information){.points = g->points, .parameters = PARAMETERS, .arms = g->arms, .x = g->x, .value = {g->half[0], g->half[1]}};
}

static void drop(struct gaussian *g)
{
    free(g->x);
    free(g->half[0]);
    free(g->half[1]);
}

/* E max(0, m + s z) - max(0, m): of two arms whose difference has mean m and standard deviation s. */
static double closed(double m, double s) { return s > 0 ? m * gsl_cdf_ugaussian_P(m / s) + s * gsl_ran_ugaussian_pdf(m / s) - fmax(0, m) : 0; }

static void assert_close(const char *what, const struct information_worth *found, double expected)
{
    if (!(fabs(found->worth - expected) < 5 * found->se)) fail_msg("%s: %g, expected %g, standard error %g", what, found->worth, expected, found->se);
}

static double spread(const struct gaussian *g)
{
    double square = 0;
    for (size_t p = 0; p < PARAMETERS; p++) square += pow(g->slope[1][p] - g->slope[0][p], 2);
    return sqrt(square);
}

/* Two arms, effects from large to none: the formula for each and for all together. Inner noise as large as the largest effect. */
static void the_linear_gaussian_case_has_its_closed_form(void **state)
{
    (void)state;
    struct gaussian g = {.points = 4096, .arms = 2, .mean = {5, 5.4}, .slope = {{0.3, 0, 0, -1}, {2.3, 1.5, 1, -1, 0.5, 0.2}}, .noise = 2};
    struct information_worth worth[PARAMETERS], perfect;
    double noise;
    draw(&g);
    struct information d = view(&g);
    assert_int_equal(information_perfect(&d, &perfect), 0);
    assert_int_equal(information_partial(&d, worth, &noise), 0);
    assert_close("all", &perfect, closed(0.4, spread(&g)));
    assert_true(perfect.se < 0.05);
    for (size_t p = 0; p < PARAMETERS; p++) {
        double expected = closed(0.4, fabs(g.slope[1][p] - g.slope[0][p]));
        if (expected > 0.05) {
            assert_close("one", &worth[p], expected);
            assert_true(worth[p].clear && worth[p].se < 0.06 && worth[p].worth < perfect.worth);
        } else {
            assert_true(worth[p].worth < 0.05);
        }
    }
    assert_true(worth[0].worth > worth[1].worth && worth[1].worth > worth[2].worth);
    assert_false(worth[3].clear || worth[7].clear); /* equal in both arms; in none */
    drop(&g);
}

/* Without the correction the error of inner means would be taken for something worth knowing. */
static void noise_of_the_inner_mean_is_no_information(void **state)
{
    (void)state;
    struct gaussian g = {.points = 8192, .arms = 2, .mean = {0, 0.3}, .slope = {{0}, {1}}, .noise = 0.5};
    struct information_worth perfect;
    draw(&g);
    struct information d = view(&g);
    double expected = closed(0.3, 1), naive = closed(0.3, sqrt(1 + 2 * 0.25)); /* the noise of two arms */
    assert_int_equal(information_perfect(&d, &perfect), 0);
    assert_close("all", &perfect, expected);
    assert_true(naive - expected > 5 * perfect.se); /* so the test would see it */
    drop(&g);
}

/* One arm is better wherever the parameters lie: zero, not a small number. */
static void knowing_what_changes_no_choice_is_worth_nothing(void **state)
{
    (void)state;
    struct gaussian g = {.points = 1024, .arms = 3, .mean = {0, 50, 20}, .slope = {{1, 2}, {3, 2, 1}, {1, 1}}, .noise = 1};
    struct information_worth worth[PARAMETERS], perfect;
    double noise;
    draw(&g);
    struct information d = view(&g);
    assert_int_equal(information_perfect(&d, &perfect), 0);
    assert_int_equal(information_partial(&d, worth, &noise), 0);
    assert_true(perfect.worth == 0 && noise == 0);
    for (size_t p = 0; p < PARAMETERS; p++) assert_true(worth[p].worth == 0 && !worth[p].clear);
    drop(&g);
}

/* Arms that tie, and differ by luck only: the hardest case, where every wiggle of a curve crosses zero. Nothing may pass for clear. */
static void a_tie_by_luck_is_told_from_knowledge(void **state)
{
    (void)state;
    struct gaussian g = {.points = 1024, .arms = 3, .mean = {1, 1, 1}, .noise = 3};
    struct information_worth worth[PARAMETERS], perfect;
    double noise;
    draw(&g);
    struct information d = view(&g);
    assert_int_equal(information_perfect(&d, &perfect), 0);
    assert_int_equal(information_partial(&d, worth, &noise), 0);
    size_t clear = 0;
    for (size_t p = 0; p < PARAMETERS; p++) clear += worth[p].clear;
    assert_true(noise > 0 && noise < 0.6); /* the luck of a point is 3 */
    assert_true(clear <= 1);               /* 12 columns against the best of 24 without meaning */
    drop(&g);
}

/* Three arms: against brute force with the same slopes. */
static void three_arms_are_as_brute_force_has_them(void **state)
{
    (void)state;
    struct gaussian g = {.points = 4096, .arms = 3, .mean = {0, 0.2, -0.1}, .slope = {{0, 0.5}, {1, 0, 0.4}, {-1, 0, 0, 0.3}}, .noise = 1};
    struct information_worth worth[PARAMETERS];
    double noise, brute = 0;
    draw(&g);
    struct information d = view(&g);
    assert_int_equal(information_partial(&d, worth, &noise), 0);
    for (int i = 0; i < 100000; i++) {
        double z = gsl_cdf_ugaussian_Pinv((i + 0.5) / 100000);
        brute += fmax(fmax(0, 0.2 + z), -0.1 - z) / 100000;
    }
    assert_close("first of three arms", &worth[0], brute - 0.2);
    drop(&g);
}

/* The standard error is one: over many small samples estimates spread as it says, within a third. */
static void the_error_is_the_spread_over_samples(void **state)
{
    (void)state;
    enum { SAMPLES = 24, POINTS = 512 };
    struct gaussian g = {.points = SAMPLES * POINTS, .arms = 2, .mean = {0, 0.3}, .slope = {{0}, {1, 1}}, .noise = 1};
    double sum = 0, square = 0, said = 0, noise;
    draw(&g);
    for (size_t s = 0; s < SAMPLES; s++) {
        struct information d = {.points = POINTS, .parameters = PARAMETERS, .arms = 2, .x = g.x + s * POINTS * PARAMETERS,
                                .value = {g.half[0] + s * POINTS * 2, g.half[1] + s * POINTS * 2}};
        struct information_worth worth[PARAMETERS];
        assert_int_equal(information_partial(&d, worth, &noise), 0);
        sum += worth[0].worth / SAMPLES;
        square += worth[0].worth * worth[0].worth / SAMPLES;
        said += worth[0].se / SAMPLES;
    }
    double found = sqrt((square - sum * sum) * SAMPLES / (SAMPLES - 1));
    if (!(said > found / 1.5 && said < found * 1.5)) fail_msg("spread %g, said %g", found, said);
    if (!(fabs(sum - closed(0.3, 1)) < 5 * found / sqrt(SAMPLES))) fail_msg("mean %g, expected %g +- %g", sum, closed(0.3, 1), found / sqrt(SAMPLES));
    drop(&g);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct gaussian g = {.points = INFORMATION_POINTS_LEAST, .arms = 2, .mean = {0, 1}, .slope = {{1}, {2}}, .noise = 1};
    struct information_worth worth[PARAMETERS], perfect;
    double noise;
    draw(&g);
    struct information d = view(&g);
    int status = ORGSIM_ERROR_MEMORY;
    for (size_t nth = 1; status; nth++) {
        memory_fail_at(nth);
        status = information_perfect(&d, &perfect);
        if (!status) status = information_partial(&d, worth, &noise);
        memory_fail_at(0);
        assert_true((status == 0 || status == ORGSIM_ERROR_MEMORY) && nth < 100);
    }
    drop(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_linear_gaussian_case_has_its_closed_form),
        cmocka_unit_test(noise_of_the_inner_mean_is_no_information),
        cmocka_unit_test(knowing_what_changes_no_choice_is_worth_nothing),
        cmocka_unit_test(a_tie_by_luck_is_told_from_knowledge),
        cmocka_unit_test(three_arms_are_as_brute_force_has_them),
        cmocka_unit_test(the_error_is_the_spread_over_samples),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
