/* validate_schedule.c: a program without friction is a schedule, whose end is known beforehand */
#include <math.h>

#include "study/validate.h"
#include "study/validate_net.h"

/* 0 <= roll < 1, the same on every machine. */
static double roll(uint32_t *dice)
{
    *dice = *dice * 1664525u + 1013904223u;
    return (*dice >> 8) * 0x1p-24;
}

/* Links go forward and a few steps at most, so that there are long paths and parallel ones. `scarce`: whole weeks, one engineer to a package, and
 * too few of them; then every event lies on a tick. */
static void random_net(struct validate_net *n, uint32_t *dice, size_t teams, size_t packages, bool scarce)
{
    *n = (struct validate_net){.teams = teams, .packages = packages};
    for (size_t j = 0; j < teams; j++) n->engineers[j] = scarce ? 1 + floor(3 * roll(dice)) : 5000;
    for (size_t i = 0; i < packages; i++) {
        n->team[i] = (size_t)(roll(dice) * (double)teams);
        n->most[i] = scarce ? 1 : 1 + floor(4 * roll(dice));
        n->effort[i] = scarce ? 1 + floor(5 * roll(dice)) : 0.5 + 9 * roll(dice);
        for (size_t h = i + 1; h < packages && h < i + 7; h++)
            if (roll(dice) < 0.3)
                n->link[n->links++] = (struct validate_link){i, h, scarce ? floor(2 * roll(dice)) : roll(dice) < 0.3 ? 2 * roll(dice) : 0};
    }
}

enum { NETS = 24 };

int validate_critical_path(struct validate *v, struct validate_finding *f)
{
    uint32_t dice = 20;
    double worst = 0, weeks = 0;
    for (size_t k = 0; k < NETS; k++) {
        struct validate_net n;
        random_net(&n, &dice, 1 + k % 3, 6 + 2 * k, false);
        int status = validate_net_finish(v, &n, 2, &weeks);
        if (status) return status;
        worst = fmax(worst, fabs(weeks - validate_net_critical_path(&n)));
    }
    validate_expect(f, 0, 1e-4);
    f->measured = worst;
    f->se = 0;
    return 0;
}

/* The list is the plan's; the schedule and its end are not. */
static int list_schedule(struct validate *v, const struct validate_net *n, double *expected)
{
    struct validate_lab lab = {0};
    int status = validate_net_open(&lab, v, n, 1);
    if (!status) *expected = validate_net_list_schedule(n, lab.program.order);
    validate_lab_close(&lab);
    return status;
}

int validate_list_schedule(struct validate *v, struct validate_finding *f)
{
    uint32_t dice = 7;
    double worst = 0, weeks = 0, expected = 0;
    for (size_t k = 0; k < NETS; k++) {
        struct validate_net n;
        random_net(&n, &dice, 1 + k % 3, 8 + k, true);
        int status = list_schedule(v, &n, &expected);
        if (!status) status = validate_net_finish(v, &n, 1, &weeks);
        if (status) return status;
        worst = fmax(worst, fabs(weeks - expected));
    }
    validate_expect(f, 0, 1e-4);
    f->measured = worst;
    f->se = 0;
    return 0;
}

/* Answers worked out on paper. */
static const struct {
    struct validate_net net;
    double end;
} cases[] = {
    /* one after the other: the first takes everybody */
    {{.teams = 1, .packages = 2, .engineers = {4}, .effort = {8, 8}, .most = {4, 4}}, 4},
    /* the long one leaves two of four to the other for three weeks */
    {{.teams = 1, .packages = 2, .engineers = {4}, .effort = {6, 8}, .most = {2, 4}}, 3.5},
    /* two teams, a lag, three shared by two and one */
    {{.teams = 2,
      .packages = 4,
      .engineers = {2, 3},
      .team = {0, 1, 1, 1},
      .effort = {4, 6, 3, 6},
      .most = {2, 2, 1, 3},
      .links = 1,
      .link = {{0, 3, 1}}},
     5},
    /* what others wait for comes first */
    {{.teams = 2,
      .packages = 3,
      .engineers = {2, 2},
      .team = {0, 0, 1},
      .effort = {4, 2, 8},
      .most = {2, 2, 2},
      .links = 1,
      .link = {{1, 2, 0}}},
     5},
    /* a lone engineer */
    {{.teams = 1, .packages = 4, .engineers = {1}, .effort = {2, 1, 3, 0.5}, .most = {1, 1, 1, 1}, .links = 2, .link = {{0, 3, 0}, {1, 3, 0}}},
     6.5},
};

int validate_hand_made(struct validate *v, struct validate_finding *f)
{
    double worst = 0, weeks = 0;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        int status = validate_net_finish(v, &cases[c].net, 2, &weeks);
        if (status) return status;
        worst = fmax(worst, fabs(weeks - cases[c].end));
    }
    validate_expect(f, 0, 1e-4);
    f->measured = worst;
    f->se = 0;
    return 0;
}
