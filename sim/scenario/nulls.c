/* nulls.c: the table of effects that can be absent */
#include "scenario/nulls.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "scenario/target.h"

static const struct { enum assumption assumption; double value; } nulls[] = {
    {ASSUMPTION_r0, 1}, /* newcomers need no time */
    {ASSUMPTION_sw_loss, 0},
    {ASSUMPTION_eps_admin, 0},
    {ASSUMPTION_eps_judg, 0},
    {ASSUMPTION_h_seat, 0},
    {ASSUMPTION_em_blind, 0},
    {ASSUMPTION_k_ctx, 1}, /* an hour of coordination costs an hour */
    {ASSUMPTION_pm_load, 0},
    {ASSUMPTION_d_dec, 0},
    {ASSUMPTION_d_mis, 0},
    {ASSUMPTION_d_press, 0},
    {ASSUMPTION_d_new, 0},
    {ASSUMPTION_d_attn, 0},
    {ASSUMPTION_gamma, 0},
    {ASSUMPTION_em_integ, 1}, /* EMs see interfaces as well as the rest */
    {ASSUMPTION_w_tech, 0},
    {ASSUMPTION_w_integ, 0},
    {ASSUMPTION_w_exec, 0},
    {ASSUMPTION_w_tpm_mkt, 0},
    {ASSUMPTION_w_tpm_people, 0},
    {ASSUMPTION_w_pm, 0},
    {ASSUMPTION_w_pm_exec, 0},
    {ASSUMPTION_w_pm_other, 0},
    {ASSUMPTION_att_tpm_other, 0},
    {ASSUMPTION_att_pm_other, 0},
    {ASSUMPTION_growth, 0},
    {ASSUMPTION_xi_dep, 0},
    {ASSUMPTION_rho_r, 0},
    {ASSUMPTION_s_x, 1},
    {ASSUMPTION_s_exec, 1},
    {ASSUMPTION_mum, 0},
    {ASSUMPTION_p_gw, 0},
    {ASSUMPTION_p_unp, 0},
    {ASSUMPTION_k_prep_g, 0},
    {ASSUMPTION_chi_seat, 0},
    {ASSUMPTION_p_r1, 0},
    {ASSUMPTION_zeta, 0},
    {ASSUMPTION_xi_mis, 0},
    {ASSUMPTION_t_hit, 0},
    {ASSUMPTION_t_close, 0},
    {ASSUMPTION_t_small, 0},
    {ASSUMPTION_t_fa, 0},
    {ASSUMPTION_t_surp, 0},
    {ASSUMPTION_t_forget, 0},
    {ASSUMPTION_rho_rigour, 0},
    {ASSUMPTION_k_press, 0},
    {ASSUMPTION_k_fire, 0},
    {ASSUMPTION_k_open, 0},
    {ASSUMPTION_k_loss, 0},
    {ASSUMPTION_kappa, 0},
    {ASSUMPTION_pool_d, 0},
    {ASSUMPTION_p_bias, 0},
    {ASSUMPTION_hide, 0},
    {ASSUMPTION_pess, 1}, /* a pessimist reports what is known */
    {ASSUMPTION_psi, 0},
    {ASSUMPTION_acc_slope, 0},
    {ASSUMPTION_acc_worth, 0},
    {ASSUMPTION_escape_cost, 0},
    {ASSUMPTION_cross_team_slowdown, 1},
    {ASSUMPTION_decoupling_effect, 0},
};

static const char *const names[] = {
#define X(grade, meaning) #grade,
    GRADES(X)
#undef X
};

static const char *const settings[] = {
#define X(grade, meaning) "without-grade." #grade,
    GRADES(X)
#undef X
};

const char *grade_name(enum grade grade) { return names[grade]; }

const char *nulls_setting(enum grade grade) { return settings[grade]; }

bool nulls_find(const char *setting, enum grade *grade)
{
    for (int g = 0; g < GRADE_COUNT; g++)
        if (!strcmp(setting, settings[g])) {
            *grade = (enum grade)g;
            return true;
        }
    return false;
}

double nulls_value(int assumption)
{
    for (size_t n = 0; n < sizeof nulls / sizeof *nulls; n++)
        if ((int)nulls[n].assumption == assumption) return nulls[n].value;
    return (double)NAN;
}

/* Who changed it. */
static int told(struct orgsim_scenario *s, enum assumption assumption)
{
    memory_free(s->assumption_source[assumption]);
    s->assumption_source[assumption] = memory_string("--without-grade");
    return s->assumption_source[assumption] ? 0 : ORGSIM_ERROR_MEMORY;
}

static bool rests_on(size_t n, enum grade grade) { return strcmp(assumption_table[nulls[n].assumption].grade, names[grade]) == 0; }

size_t nulls_count(enum grade grade)
{
    size_t count = 0;
    for (size_t n = 0; n < sizeof nulls / sizeof *nulls; n++) count += rests_on(n, grade);
    return count;
}

int nulls_apply(struct orgsim_scenario *s, enum grade grade, struct orgsim_where *where)
{
    int status = 0;
    for (size_t n = 0; n < sizeof nulls / sizeof *nulls && !status; n++) {
        const struct target target = {.assumption = (int)nulls[n].assumption};
        if (!rests_on(n, grade)) continue;
        status = target_set(s, &target, nulls[n].value, where);
        if (!status) status = told(s, nulls[n].assumption);
    }
    return status;
}
