/* limits.c: can the teams' engineers ever be too few?
 *
 * Packages on one path never meet. A team's packages are laid into paths, greedily, in the order of the plan; of each path one package at most
 * is being worked on, so the sum over paths of the most engineers that one of its packages uses bounds what the team is ever asked for. The
 * true bound is a heaviest antichain (Dilworth 1950); greedy paths can only ask for more, so that a yes is sure.
 */
#include "engine/limits.h"

#include <math.h>

#include "base/memory.h"

#define LIMITS_WORD 64
#define LIMITS_ROUNDING 1e-6f /* of a team: sums of float */

/* after: [package][word], a bit for each package that comes later on some path. */
struct paths {
    uint64_t *after;
    size_t words;
    uint32_t *last;   /* [path] of one team */
    float *engineers; /* [path] most that a package of it uses */
};

static bool comes_after(const struct paths *paths, uint32_t early, uint32_t late)
{
    return paths->after[early * paths->words + late / LIMITS_WORD] >> late % LIMITS_WORD & 1;
}

static void after_fill(struct paths *paths, const struct program *p)
{
    for (size_t n = p->n_packages; n-- > 0;) {
        uint32_t i = p->order[n];
        uint64_t *mine = paths->after + i * paths->words;
        for (uint32_t l = 0; l < p->packages[i].n_successors; l++) {
            uint32_t j = p->packages[i].successors[l].package;
            for (size_t w = 0; w < paths->words; w++) mine[w] |= paths->after[j * paths->words + w];
            mine[j / LIMITS_WORD] |= UINT64_C(1) << j % LIMITS_WORD;
        }
    }
}

/* Most engineers that the team can be asked for at one moment, or somewhat more. */
static float asked_for(struct paths *paths, const struct program *p, size_t team)
{
    size_t n_paths = 0;
    float sum = 0;
    for (size_t n = 0; n < p->n_packages; n++) {
        uint32_t i = p->order[n];
        size_t path = 0;
        if (p->packages[i].team != team) continue;
        while (path < n_paths && !comes_after(paths, paths->last[path], i)) path++;
        if (path == n_paths) paths->engineers[n_paths++] = 0;
        paths->last[path] = i;
        paths->engineers[path] = fmaxf(paths->engineers[path], p->packages[i].pace);
    }
    for (size_t path = 0; path < n_paths; path++) sum += paths->engineers[path];
    return sum;
}

static bool calendar_is_full(const struct program *p)
{
    for (size_t c = 0; c < p->n_teams * ((size_t)p->horizon_weeks + 1); c++)
        if (p->calendar[c] != 1) return false;
    return true;
}

int limits_find(struct program *p)
{
    p->unlimited = p->frictionless && calendar_is_full(p);
    if (!p->unlimited) return 0;
    struct paths paths = {.words = (p->n_packages + LIMITS_WORD - 1) / LIMITS_WORD};
    size_t cells = paths.words ? p->n_packages * paths.words : 0;
    paths.after = memory_array(cells, sizeof *paths.after);
    paths.last = memory_array(p->n_packages, sizeof *paths.last);
    paths.engineers = memory_array(p->n_packages, sizeof *paths.engineers);
    int status = paths.after && paths.last && paths.engineers ? 0 : ORGSIM_ERROR_MEMORY;
    if (!status) after_fill(&paths, p);
    for (size_t j = 0; j < p->n_teams && !status && p->unlimited; j++)
        p->unlimited = asked_for(&paths, p, j) <= program_capacity(&p->teams[j]) * (1 + LIMITS_ROUNDING);
    memory_free(paths.after);
    memory_free(paths.last);
    memory_free(paths.engineers);
    return status;
}
