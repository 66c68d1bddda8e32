/* lanes_bits.h: tests that every width of lanes must pass */
#ifndef ORGSIM_TESTS_CHANCE_LANES_BITS_H
#define ORGSIM_TESTS_CHANCE_LANES_BITS_H

void lanes_test_toolkit(void **state);
void lanes_test_draws(void **state);
void lanes_test_masked_draws(void **state);
void lanes_test_chosen_worlds(void **state);
void lanes_test_bits(void **state);

#endif
