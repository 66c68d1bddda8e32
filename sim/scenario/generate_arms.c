/* generate_arms.c: the organisations that every scenario starts with, and ordinary prices */
#include "scenario/generate_plan.h"

static const char arms[] = "none,no TPM,,,,,\n"
                           "coordinator,coordinator,,,,,\n"
                           "costume,TPM as scheduler,,,,,\n"
                           "tpm,empowered TPM,,,,,\n"
                           "half_tpm,half a TPM,,,,,\n"
                           "tpm_coordinator,TPM and coordinator,,,,,\n"
                           "pm_order,order-taking PM,,,,,\n"
                           "pm_order_tpm,order-taking PM and TPM,,,,,\n"
                           "pm_strategic,strategic PM,,,,,\n"
                           "both,strategic PM and TPM,,,,,\n"
                           "collapsed_one,one person as PM and TPM,,,,,\n"
                           "collapsed_two,\"two people, half of both\",,,,,\n"
                           "narrowed,PM and TPM without a say,,,,,\n"
                           "engineer,engineers for the money,tpm_money,best,,,\n"
                           "em_takes,an EM takes it,,,,,\n"
                           "pm_takes,the PM takes it,,,,,\n"
                           "decouple,fewer interfaces,,,decoupled,decoupled,tpm_money\n"
                           "placebo,a seat without effect,,,,,\n";

/* The seats before and after the one that an engineering manager of the program takes. */
static const char seats_before[] = "none,pm,,pm,1,0.5,0.35,0.4,0.5,213200,0,26\n"
                                   "coordinator,pm,,pm,1,0.5,0.35,0.4,0.5,213200,0,26\n"
                                   "coordinator,coordinator,,coordinator,1,0.35,0.1,0.9,0.1,124800,0,0\n"
                                   "# the person of costume and tpm is the same: only the definition of the role differs\n"
                                   "costume,pm,,pm,1,0.5,0.35,0.4,0.5,213200,0,26\n"
                                   "costume,tpm,,tpm,1,J_tpm,0.15,0.75,0.1,228800,0,0\n"
                                   "tpm,pm,,pm,1,0.5,0.35,0.4,0.5,213200,0,26\n"
                                   "tpm,tpm,,tpm,1,J_tpm,E_tpm,a_tpm,0.9,228800,0,0\n"
                                   "half_tpm,pm,,pm,1,0.5,0.35,0.4,0.5,213200,0,26\n"
                                   "half_tpm,tpm,,tpm,0.5,J_tpm,E_tpm,a_tpm,0.9,114400,0,0\n"
                                   "tpm_coordinator,pm,,pm,1,0.5,0.35,0.4,0.5,213200,0,26\n"
                                   "tpm_coordinator,tpm,,tpm,1,J_tpm,E_tpm,a_tpm,0.9,228800,0,0\n"
                                   "tpm_coordinator,coordinator,,coordinator,1,0.35,0.1,0.9,0.1,124800,0,0\n"
                                   "pm_order,pm,,pm,1,0.5,0.1,0.6,0.1,213200,0,26\n"
                                   "pm_order_tpm,pm,,pm,1,0.5,0.1,0.6,0.1,213200,0,26\n"
                                   "pm_order_tpm,tpm,,tpm,1,J_tpm,E_tpm,a_tpm,0.9,228800,0,0\n"
                                   "pm_strategic,pm,,pm,1,0.5,0.8,0.2,0.9,213200,0,26\n"
                                   "both,pm,,pm,1,0.5,0.8,0.2,0.9,213200,0,26\n"
                                   "both,tpm,,tpm,1,J_tpm,E_tpm,a_tpm,0.9,228800,0,0\n"
                                   "# one person in two seats\n"
                                   "collapsed_one,tpm,one,tpm,0.5,0.6,E_tpm,a_tpm,0.9,114400,0,0\n"
                                   "collapsed_one,pm,one,pm,0.5,0.6,0.8,0.2,0.9,106600,0,26\n"
                                   "collapsed_two,tpm_a,a,tpm,0.5,0.6,E_tpm,a_tpm,0.9,114400,0,0\n"
                                   "collapsed_two,pm_a,a,pm,0.5,0.6,0.8,0.2,0.9,106600,0,26\n"
                                   "collapsed_two,tpm_b,b,tpm,0.5,0.6,E_tpm,a_tpm,0.9,114400,0,0\n"
                                   "collapsed_two,pm_b,b,pm,0.5,0.6,0.8,0.2,0.9,106600,0,26\n"
                                   "narrowed,pm,,pm,1,0.5,0.05,0.6,0.1,213200,0,26\n"
                                   "narrowed,tpm,,tpm,1,J_tpm,0.05,0.6,0.1,228800,0,0\n"
                                   "# rivals for the same money, and the placebo\n"
                                   "engineer,pm,,pm,1,0.5,0.35,0.4,0.5,213200,0,26\n"
                                   "em_takes,pm,,pm,1,0.5,0.35,0.4,0.5,213200,0,26\n";
static const char seats_after[] = "pm_takes,pm,one,pm,0.7,0.5,0.35,0.4,0.5,149240,0,26\n"
                                  "pm_takes,tpm,one,tpm,0.3,0.5,0.35,0.4,0.5,63960,0,0\n"
                                  "decouple,pm,,pm,1,0.5,0.35,0.4,0.5,213200,0,26\n"
                                  "placebo,pm,,pm,1,0.5,0.35,0.4,0.5,213200,0,26\n"
                                  "placebo,tpm,,tpm,0,J_tpm,E_tpm,a_tpm,0.9,228800,0,0\n";

static const char money[] = "engineer_per_year,133000,USD/year,BLS 15-1252 median\n"
                            "em_per_year,171000,USD/year,BLS 11-3021 median as recalled\n"
                            "tpm_per_year,165000,USD/year,assumption: no public statistic has the role\n"
                            "pm_per_year,160000,USD/year,assumption: no public statistic has the role\n"
                            "coordinator_per_year,77000,USD/year,BLS 13-1082 near the lower quartile\n"
                            "benefit_load,1.43,1,BLS ECEC: wages are 70 % of compensation\n"
                            "hiring_fee_share,0.15,1,assumption: agency for some hires and referral for most\n"
                            "attendee_hour,120,USD/hour,assumption: loaded hour of a manager\n"
                            "discount_rate,0.1,1/year,assumption: cost of capital\n"
                            "reinforcement_cost,15,k,assumption: equipment and onboarding and licences\n";

void generate_arms(struct text *text) { text_add(text, arms); }

void generate_arms_seats(struct text *text, const char *team)
{
    text_add(text, seats_before);
    text_format(text, "em_takes,tpm,em:%s,tpm,0.3,0.5,0.35,0.4,0.5,0,0,0\n", team);
    text_add(text, seats_after);
}

void generate_arms_money(struct text *text) { text_add(text, money); }
