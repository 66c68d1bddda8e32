/* The calibrated programs are what the search finds at seed 1, number by number, and meet every fitted fact: minutes of work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <orgsim/validate.h>

static void test_what_ships_is_found(void **state)
{
    (void)state;
    struct orgsim_fit fit = {0};
    struct orgsim_where where = {0};
    assert_int_equal(orgsim_fit(&(struct orgsim_validate_options){.seed = 1}, &fit, &where), 0);
    assert_int_equal(fit.n, ORGSIM_FIT_PRESETS);
    for (size_t k = 0; k < fit.n; k++) {
        const struct orgsim_fit_preset *p = &fit.preset[k];
        assert_int_equal(p->shipped.met, p->n_facts);
        for (size_t i = 0; i < ORGSIM_FIT_SETTINGS; i++)
            if (p->setting[i].found != p->setting[i].shipped)
                fail_msg("%s: %s is found at %g and ships as %g", p->preset, p->setting[i].name, p->setting[i].found, p->setting[i].shipped);
    }
    orgsim_fit_free(&fit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_ships_is_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
