/* voi.h: what to measure first, as sentences, tables, CSV, JSON and a figure */
#ifndef ORGSIM_REPORT_VOI_H
#define ORGSIM_REPORT_VOI_H

#include <orgsim/voi.h>

#include "base/text.h"
#include "report/figure.h"
#include "report/shown.h"
#include "scenario/scenario.h"

/* What was asked, and what came of it. */
struct voi_report {
    const struct orgsim_scenario *scenario;
    const struct orgsim_voi *voi;
    uint64_t seed;
    const char *path, *command; /* as the command line has them */
};

/* Assumptions that are clearly worth something: the first rows. */
size_t voi_clear(const struct orgsim_voi *voi);

/* Money, k, to two significant figures; 0 where there is none. */
struct shown voi_money(double k);

void voi_title(struct text *text, const struct voi_report *report, int flags);
void voi_answer(struct text *text, const struct voi_report *report, bool all);
void voi_csv(struct text *text, const struct voi_report *report);
int voi_json(struct text *text, const struct voi_report *report); /* 0 or ORGSIM_ERROR_MEMORY */
void voi_figure(struct figure *figure, const struct voi_report *report);

/* Writes voi.csv, voi.json, answer.txt and figures/voi.* into `folder`, which is made. As figure_write(). */
int voi_write(const struct voi_report *report, const char *folder, struct orgsim_where *where);

#endif
