/* test_sensitivity.c: the headline of a sensitivity study says no more than the shares beside it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "report/fabricate.h"
#include "report/sensitivity.h"

/* The sentence of Sobol's method for a leading number with these shares. */
static char *sobol_sentence(double first, double total, double outcome_sd)
{
    struct fabricated *f = fabricate(&fabricate_pays);
    char name[] = "h_seat";
    struct orgsim_sensitivity_row row = {.name = name, .tried = 1, .first = {.mean = first}, .total = {.mean = total}};
    struct orgsim_sensitivity found = {.method = ORGSIM_SENSITIVITY_sobol, .outcome_sd = outcome_sd, .n = 1, .row = &row};
    struct sensitivity_report report = {.scenario = &f->scenario, .found = &found};
    struct text text = {0};
    sensitivity_title(&text, &report, 0);
    assert_false(text.failed);
    fabricate_free(f);
    return text.s;
}

static void says(double first, double total, double outcome_sd, const char *wanted)
{
    char *said = sobol_sentence(first, total, outcome_sd);
    assert_string_equal(said, wanted);
    free(said);
}

static void a_number_that_acts_with_others(void **state)
{
    (void)state;
    says(0.31, 0.46, 80, "h_seat alone brings 31% of what is uncertain about \"empowered TPM\", together with others 46%");
}

static void a_whole_below_its_part(void **state)
{
    (void)state;
    says(0.31, 0.29, 80, "h_seat alone brings 31% of what is uncertain about \"empowered TPM\"");
}

static void nothing_but_luck(void **state)
{
    (void)state;
    says(NAN, NAN, 0, "Luck hides whatever moves the worth of \"empowered TPM\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_number_that_acts_with_others), cmocka_unit_test(a_whole_below_its_part),
                                       cmocka_unit_test(nothing_but_luck)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
