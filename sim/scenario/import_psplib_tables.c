/* import_psplib_tables.c: a project of PSPLIB written down as a scenario
 *
 * A job is a package of one engineer, a period a week; one team has an engineer for every job, so that precedence alone makes the schedule.
 * The start and end dummies take no time and become nothing.
 */
#include "scenario/import_psplib.h"

static size_t packages_of(const struct import_psplib *p) { return p->n_jobs - 2; }

static void begin(struct text *text, enum table table)
{
    columns_comment(text, table);
    columns_header(text, table);
}

static void add_package(size_t job, uint32_t duration, struct text *text)
{
    uint32_t low = duration * IMPORT_PSPLIB_LOW, high = duration * IMPORT_PSPLIB_HIGH;
    text_format(text, "J%zu,job %zu,PROJECT,,,", job + 1, job + 1);
    if (duration == 0) text_format(text, "%s,%s,%s", IMPORT_PSPLIB_INSTANT, IMPORT_PSPLIB_INSTANT, IMPORT_PSPLIB_INSTANT);
    else text_format(text, "%u.%u,%u,%u.%u", low / 10, low % 10, duration, high / 10, high % 10);
    text_add(text, ",,1,,\n");
}

static void add_links(const struct import_psplib *p, size_t job, struct text *text)
{
    for (uint32_t l = p->first[job]; l < p->first[job + 1]; l++)
        if (!import_psplib_is_dummy(p, p->successor[l])) text_format(text, "J%zu,J%u,,,yes\n", job + 1, p->successor[l] + 1);
}

void import_psplib_tables(const struct import_psplib *p, const char *name, struct text texts[TABLES])
{
    static const enum table used[] = {TABLE_PROGRAM, TABLE_TEAMS, TABLE_PACKAGES, TABLE_DEPENDENCIES,
                                      TABLE_RISKS,   TABLE_ARMS,  TABLE_SEATS,    TABLE_MONEY};
    for (size_t t = 0; t < sizeof used / sizeof *used; t++) begin(&texts[used[t]], used[t]);
    text_add(&texts[TABLE_PROGRAM], "name,");
    text_csv(&texts[TABLE_PROGRAM], name);
    text_add(&texts[TABLE_PROGRAM], ",,\nbaseline_arm,none,,\nheadline_arm,none,,\n");
    text_add(&texts[TABLE_TEAMS], "# an engineer for every job: nobody ever waits for somebody\n");
    text_format(&texts[TABLE_TEAMS], "PROJECT,the project,%zu,,,,,\n", packages_of(p));
    for (size_t job = 1; job + 1 < p->n_jobs; job++) {
        add_package(job, p->duration[job], &texts[TABLE_PACKAGES]);
        add_links(p, job, &texts[TABLE_DEPENDENCIES]);
    }
    text_add(&texts[TABLE_ARMS], "none,nobody,,,,,\n");
    text_add(&texts[TABLE_MONEY], "engineer_per_year,0,USD/year,no money in a schedule\nem_per_year,0,USD/year,no money in a schedule\n");
    text_add(&texts[TABLE_SEATS], "none,pm,,pm,0,0.5,0.35,0.4,0.5,0,0,0\n");
}

void import_psplib_page(const struct import_psplib *p, const char *name, struct text *page)
{
    text_format(page,
                "# %s\n\nA project of PSPLIB (Kolisch & Sprecher 1997), imported by `orgsim import psplib`: %zu jobs, longest path %u weeks "
                "when nothing\n"
                "is late. Run it as what it is, a schedule:\n\n    orgsim run SCENARIO --frictionless\n\n"
                "- A period is a week. A job is a package for one engineer.\n"
                "- The duration d of the file became Triangular(0.8 d, d, 1.6 d); change `packages.csv` for another spread.\n"
                "- Precedence only: there is an engineer for every job.",
                name, packages_of(p), p->longest);
    if (p->n_resources == 0) text_add(page, " The file knows no resources.\n");
    else text_add(page, " The resources of the file are left out, units of each:");
    for (size_t k = 0; k < p->n_resources; k++)
        text_format(page, "%s %u%s", k ? "," : "", p->capacity[k], k + 1 == p->n_resources ? ".\n" : "");
}
