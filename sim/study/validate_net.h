/* validate_net.h: a net of packages whose end is known from code that shares nothing with the plan or the week */
#ifndef ORGSIM_STUDY_VALIDATE_NET_H
#define ORGSIM_STUDY_VALIDATE_NET_H

#include "study/validate_lab.h"

#define VALIDATE_NET_PACKAGES 128
#define VALIDATE_NET_LINKS 1024
#define VALIDATE_NET_TEAMS 8

struct validate_link {
    size_t from, to;
    double lag;
};

struct validate_net {
    size_t teams, packages, links;
    double engineers[VALIDATE_NET_TEAMS];
    size_t team[VALIDATE_NET_PACKAGES];
    double effort[VALIDATE_NET_PACKAGES], most[VALIDATE_NET_PACKAGES]; /* person-weeks; most engineers */
    double low, high;                                                  /* of a drawn effort, in multiples of the effort; 0: nothing is drawn */
    struct validate_link link[VALIDATE_NET_LINKS];
};

/* Longest path, every package at full pace as soon as all before it are done. */
double validate_net_critical_path(const struct validate_net *n);

/* In the order of the list every package that is ready takes as many engineers as it can use and its team has left, until one of them ends or
 * another becomes ready. NAN when the list does not end. */
double validate_net_list_schedule(const struct validate_net *n, const uint32_t *list);

/* Builds the frictionless program of the net, or lives it. */
int validate_net_open(struct validate_lab *lab, struct validate *v, const struct validate_net *n, int ticks_per_week);
int validate_net_live(struct validate_lab *lab, struct validate *v, const struct validate_net *n, int ticks_per_week, uint64_t worlds);

/* When the engine finishes it, where nothing is drawn. */
int validate_net_finish(struct validate *v, const struct validate_net *n, int ticks_per_week, double *weeks);

#endif
