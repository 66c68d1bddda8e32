/* conditions.c: what the options change about the scenario and its organisations, as options that repeat it */
#include "cli/conditions.h"

#include "report/shown.h"
#include "scenario/nulls.h"

static void add(struct text *text, const char *option, const char *value)
{
    text_format(text, "%s%s", text->n ? " " : "", option);
    if (!value) return;
    text_add(text, " ");
    shown_shell(text, value);
}

static void add_levers(struct text *text, unsigned off)
{
    if (off == (1U << ORGSIM_LEVER_COUNT) - 1) {
        add(text, "--lever", "all=off");
        return;
    }
    for (int lever = 0; lever < ORGSIM_LEVER_COUNT; lever++) {
        struct text value = {0};
        if (!(off >> lever & 1)) continue;
        text_format(&value, "%s=off", orgsim_lever_name((enum orgsim_lever)lever));
        add(text, "--lever", value.s ? value.s : "");
        text->failed |= value.failed;
        text_free(&value);
    }
}

static void add_contraries(struct text *text, const struct orgsim_contraries *contrary)
{
    bool all = true;
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) all &= contrary->strength[c] == orgsim_contrary_info((enum orgsim_contrary)c)->strength;
    if (all) {
        add(text, "--contrary", "all");
        return;
    }
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) {
        const struct orgsim_contrary_info *info = orgsim_contrary_info((enum orgsim_contrary)c);
        struct text value = {0};
        char strength[TEXT_NUMBER_SIZE];
        if (!(contrary->strength[c] > 0)) continue;
        text_add(&value, info->name);
        if (contrary->strength[c] != info->strength) text_format(&value, "=%s", text_of_double(strength, contrary->strength[c]));
        add(text, "--contrary", value.s ? value.s : "");
        text->failed |= value.failed;
        text_free(&value);
    }
}

void conditions_add(struct text *text, const struct options *o)
{
    for (size_t i = 0; i < o->n_settings; i++) {
        enum grade grade;
        bool taken_away = i < o->n_grades && nulls_find(o->settings[i], &grade);
        add(text, taken_away ? "--without-grade" : "--set", taken_away ? grade_name(grade) : o->settings[i]);
    }
    add_levers(text, o->levers_off);
    add_contraries(text, &o->contrary);
    if (o->ticks_per_week == 1 || o->ticks_per_week > 2) add(text, "--tick", o->ticks_per_week == 1 ? "1" : o->ticks_per_week == 4 ? "1/4" : "1/8");
    if (o->given[OPTION_FRICTIONLESS]) add(text, "--frictionless", NULL);
}
