/* cases.h: distributions that the tests of this floor share: usual ones, lopsided ones, and the corners of each kind's domain. */
#ifndef ORGSIM_TESTS_CHANCE_CASES_H
#define ORGSIM_TESTS_CHANCE_CASES_H

#include "chance/distribution.h"

static const struct { enum distribution_kind kind; double low, mode, high; } three_point_cases[] = {
    {DISTRIBUTION_CONSTANT, 3, 3, 3},          {DISTRIBUTION_UNIFORM, -2, 0, 5},          {DISTRIBUTION_UNIFORM, 100, 100, 101},
    {DISTRIBUTION_TRIANGULAR, 0.8, 1, 1.6},    {DISTRIBUTION_TRIANGULAR, 2, 2, 9},        {DISTRIBUTION_TRIANGULAR, -1, 4, 4},
    {DISTRIBUTION_PERT, 0.8, 1, 1.6},          {DISTRIBUTION_PERT, 2, 2, 9},              {DISTRIBUTION_PERT, -1, 4, 4},
    {DISTRIBUTION_PERT, 0, 0.01, 100},         {DISTRIBUTION_NORMAL, -1, 0, 1},           {DISTRIBUTION_NORMAL, 4, 6, 8},
    {DISTRIBUTION_LOGNORMAL, 0.5, 1, 2.5},     {DISTRIBUTION_LOGNORMAL, 0.01, 1, 50},     {DISTRIBUTION_EXPONENTIAL, 0, 1, 5},
    {DISTRIBUTION_EXPONENTIAL, 2, 4, 9},       {DISTRIBUTION_GAMMA, 0, 0, 6},             {DISTRIBUTION_GAMMA, 1, 2, 9},
    {DISTRIBUTION_GAMMA, 9, 10, 11},           {DISTRIBUTION_BETA, 0, 0.3, 1},            {DISTRIBUTION_BETA, 0, 0, 1},
    {DISTRIBUTION_BETA, -3, 5, 5},             {DISTRIBUTION_BETA, 2, 3, 9},
};
#define THREE_POINT_CASES (sizeof three_point_cases / sizeof three_point_cases[0])

static const double point_values[] = {3, 1, 2, 8, 5};
static const double point_probabilities[] = {0.125, 0.5, 0.25, 0.0625, 0.0625};
#define POINTS 5

#endif
