/* consumer.c: a program of somebody else's, built against the installed library (install.sh) */
#include <stdio.h>

#include <orgsim/orgsim.h>

int main(void)
{
    struct orgsim_problems problems = {0};
    orgsim_problems_free(&problems);
    printf("%s; %s\n", orgsim_error_text(ORGSIM_ERROR_SCENARIO), orgsim_metric_info(ORGSIM_METRIC_npv_k)->id);
    return 0;
}
