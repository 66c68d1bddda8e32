/* graph.c: what only the whole net of dependencies can tell: cycles, loose ends, repeated rows, risks that say the same as a dependency */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "scenario/load.h"

#define CYCLES_MOST 20 /* that are listed */
#define SAME_PROBABILITY 0.1

/* Dependencies by the package they lead into (or leave): rows edge[first[p]] .. edge[first[p + 1] - 1]. */
struct net {
    size_t *first, *edge;
};

static bool is_resolved(const struct scenario_dependency *d) { return d->from != SCENARIO_NONE && d->to != SCENARIO_NONE; }

/* Neither is true where a team is not known. */
static bool is_between_teams(const struct orgsim_scenario *s, const struct scenario_dependency *d)
{
    size_t from = s->packages[d->from].team, to = s->packages[d->to].team;
    return from != to && from != SCENARIO_NONE && to != SCENARIO_NONE;
}

static bool is_inside_team(const struct orgsim_scenario *s, const struct scenario_dependency *d)
{
    size_t from = s->packages[d->from].team;
    return from == s->packages[d->to].team && from != SCENARIO_NONE;
}

/* The package at one end of a dependency. */
static size_t end_of(const struct scenario_dependency *d, bool to) { return to ? d->to : d->from; }

/* A counting sort: first[] is kept one place ahead while rows are put in. */
static int net_create(struct net *net, const struct orgsim_scenario *s, bool to)
{
    net->first = memory_array(s->n_packages + 2, sizeof *net->first);
    net->edge = memory_array(s->n_dependencies, sizeof *net->edge);
    if (!net->first || !net->edge) return ORGSIM_ERROR_MEMORY;
    for (size_t d = 0; d < s->n_dependencies; d++)
        if (is_resolved(&s->dependencies[d])) net->first[end_of(&s->dependencies[d], to) + 2]++;
    for (size_t p = 0; p < s->n_packages; p++) net->first[p + 2] += net->first[p + 1];
    for (size_t d = 0; d < s->n_dependencies; d++)
        if (is_resolved(&s->dependencies[d])) net->edge[net->first[end_of(&s->dependencies[d], to) + 1]++] = d;
    return 0;
}

static void net_free(struct net *net)
{
    memory_free(net->first);
    memory_free(net->edge);
}

/* waiting[p]: predecessors that are not behind us yet. What never comes to 0 lies on a cycle or behind one. */
static void peel(const struct orgsim_scenario *s, const struct net *out, size_t *waiting, size_t *stack)
{
    size_t n = 0;
    for (size_t p = 0; p < s->n_packages; p++)
        if (waiting[p] == 0) stack[n++] = p;
    while (n) {
        size_t p = stack[--n];
        waiting[p] = SCENARIO_NONE; /* done */
        for (size_t k = out->first[p]; k < out->first[p + 1]; k++) {
            size_t to = s->dependencies[out->edge[k]].to;
            if (waiting[to] != SCENARIO_NONE && --waiting[to] == 0) stack[n++] = to;
        }
    }
}

/* A dependency into p from a package that still waits. One exists for every package that waits. */
static size_t waiting_edge(const struct orgsim_scenario *s, const struct net *in, const size_t *waiting, size_t p)
{
    for (size_t k = in->first[p]; k < in->first[p + 1]; k++)
        if (waiting[s->dependencies[in->edge[k]].from] != SCENARIO_NONE) return in->edge[k];
    return SCENARIO_NONE;
}

/* "A -> B -> C -> A"; the middle of a very long one is left out. */
static void cycle_problem(struct load *load, const size_t *cycle, size_t n, size_t edge)
{
    const struct orgsim_scenario *s = load->scenario;
    char what[400] = "dependency cycle ";
    size_t used = strlen(what), left_out = 0;
    for (size_t k = 0; k <= n; k++) {
        const char *id = s->packages[cycle[k % n]].id;
        if (k && k < n && used + strlen(id) + 80 > sizeof what) {
            left_out++;
            continue;
        }
        if (left_out) used += (size_t)snprintf(what + used, sizeof what - used, " -> (%zu more)", left_out);
        left_out = 0;
        used += (size_t)snprintf(what + used, sizeof what - used, "%s%s", k ? " -> " : "", csv_table_shown(id).s);
        if (used >= sizeof what) break;
    }
    load_problem(load, TABLE_DEPENDENCIES, edge, 1, "remove one of these dependencies, or split a package", "%s", what);
}

/* Follows what a package waits for until it meets itself, names that cycle, and takes it out of the net. */
static void cycle_find(struct load *load, const struct net *in, size_t *waiting, size_t *mark, size_t *path, size_t start)
{
    const struct orgsim_scenario *s = load->scenario;
    size_t n = 0, p = start, lowest = 0;
    while (mark[p] == 0) {
        mark[p] = ++n;
        path[n - 1] = p;
        p = s->dependencies[waiting_edge(s, in, waiting, p)].from;
    }
    size_t begin = mark[p] - 1, length = n - begin;
    for (size_t k = 0; k < n; k++) mark[path[k]] = 0;
    for (size_t k = 0; k < length; k++)
        if (path[begin + k] < path[begin + lowest]) lowest = k;
    size_t *cycle = path + n; /* the path against its direction, from the lowest row */
    for (size_t k = 0; k < length; k++) cycle[k] = path[begin + (lowest + length - k) % length];
    cycle_problem(load, cycle, length, waiting_edge(s, in, waiting, cycle[0]));
    for (size_t k = 0; k < length; k++) waiting[cycle[k]] = 0;
}

static void cycles_check(struct load *load, const struct net *in, const struct net *out)
{
    const struct orgsim_scenario *s = load->scenario;
    size_t *waiting = memory_array(s->n_packages, sizeof *waiting), *mark = memory_array(s->n_packages, sizeof *mark);
    size_t *path = memory_array(2 * s->n_packages, sizeof *path);
    if (!waiting || !mark || !path) load->status = ORGSIM_ERROR_MEMORY;
    for (size_t p = 0; p < s->n_packages && !load->status; p++) waiting[p] = in->first[p + 1] - in->first[p];
    for (size_t found = 0, p = 0; found < CYCLES_MOST && !load->status; found++) {
        peel(s, out, waiting, path);
        while (p < s->n_packages && waiting[p] == SCENARIO_NONE) p++;
        if (p == s->n_packages) break;
        cycle_find(load, in, waiting, mark, path, p);
    }
    memory_free(waiting);
    memory_free(mark);
    memory_free(path);
}

static void loose_ends_check(struct load *load, const struct net *in, const struct net *out)
{
    const struct orgsim_scenario *s = load->scenario;
    const size_t kind = columns_find(TABLE_PACKAGES, "kind");
    for (size_t p = 0; p < s->n_packages && s->n_packages > 1; p++) {
        bool first = in->first[p] == in->first[p + 1], last = out->first[p] == out->first[p + 1];
        if (first && s->packages[p].kind == PACKAGE_INTEGRATE)
            load_problem(load, TABLE_PACKAGES, p, kind, "add dependencies into it, or make it a build package",
                         "package \"%s\" integrates nothing: no dependency leads into it", csv_table_shown(s->packages[p].id).s);
        else if (first && last)
            load_note(load, TABLE_PACKAGES, p, 0, "add its dependencies if it has any",
                      "package \"%s\" depends on nothing and nothing depends on it", csv_table_shown(s->packages[p].id).s);
    }
}

/* A misspelt end makes another package look loose. */
static bool all_resolved(const struct load *load)
{
    const struct orgsim_scenario *s = load->scenario;
    if (load->files[TABLE_DEPENDENCIES].broken) return false;
    for (size_t d = 0; d < s->n_dependencies; d++)
        if (!is_resolved(&s->dependencies[d])) return false;
    return true;
}

/* A register risk must not be the mismatch that a dependency's ambiguity stands for: the model would count it twice. */
static void restated_check(struct load *load, const struct net *in)
{
    const struct orgsim_scenario *s = load->scenario;
    for (size_t r = 0; r < s->n_risks; r++) {
        const struct scenario_risk *risk = &s->risks[r];
        if (risk->category != RISK_INTEGRATION || risk->package == SCENARIO_NONE) continue;
        for (size_t k = in->first[risk->package]; k < in->first[risk->package + 1]; k++) {
            const struct scenario_dependency *d = &s->dependencies[in->edge[k]];
            if (!is_between_teams(s, d) || !(d->ambiguity > 0) || fabs(d->ambiguity - risk->probability) > SAME_PROBABILITY + 1e-9) continue;
            load_note(load, TABLE_RISKS, r, 0, "remove one of the two if they mean the same mismatch",
                      "risk \"%s\" seems to restate the ambiguity of dependency %s -> %s", csv_table_shown(risk->id).s,
                      csv_table_shown(s->packages[d->from].id).s, csv_table_shown(s->packages[d->to].id).s);
            break;
        }
    }
}

static void rows_check(struct load *load, const struct net *in)
{
    const struct orgsim_scenario *s = load->scenario;
    size_t *seen = memory_array(s->n_packages, sizeof *seen); /* row + 1 of the dependency from there into the package under way */
    if (!seen) load->status = ORGSIM_ERROR_MEMORY;
    for (size_t p = 0; p < s->n_packages && !load->status; p++) {
        for (size_t k = in->first[p]; k < in->first[p + 1]; k++) {
            const struct scenario_dependency *d = &s->dependencies[in->edge[k]];
            if (seen[d->from])
                load_problem(load, TABLE_DEPENDENCIES, in->edge[k], 0, "keep one", "dependency %s -> %s stands already in line %zu",
                             csv_table_shown(s->packages[d->from].id).s, csv_table_shown(s->packages[p].id).s,
                             csv_table_line(&load->files[TABLE_DEPENDENCIES].table, seen[d->from] - 1, 0));
            seen[d->from] = in->edge[k] + 1;
            if (d->ambiguity > 0 && is_inside_team(s, d))
                load_note(load, TABLE_DEPENDENCIES, in->edge[k], columns_find(TABLE_DEPENDENCIES, "ambiguity"),
                          "leave it blank; a team knows its own interfaces", "ambiguity inside one team is ignored");
        }
        for (size_t k = in->first[p]; k < in->first[p + 1]; k++) seen[s->dependencies[in->edge[k]].from] = 0;
    }
    memory_free(seen);
}

void graph_check(struct load *load)
{
    struct net in = {0}, out = {0};
    if (net_create(&in, load->scenario, true) || net_create(&out, load->scenario, false)) load->status = ORGSIM_ERROR_MEMORY;
    if (!load->status) rows_check(load, &in);
    if (!load->status) cycles_check(load, &in, &out);
    if (!load->status && all_resolved(load)) loose_ends_check(load, &in, &out);
    if (!load->status) restated_check(load, &in);
    net_free(&in);
    net_free(&out);
}
