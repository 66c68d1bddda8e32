/* validation_observed.c: what a study without an experiment would say of the hire, beside the truth, in a director's words */
#include <math.h>

#include "report/manifest.h"
#include "report/shown.h"
#include "report/validation.h"

enum { WIDTH = 110 };

static void add_wrapped(struct text *text, struct text *words)
{
    shown_wrap(text, words->s ? words->s : "", WIDTH, 12, "\n");
    text_add(text, "\n");
    text->failed |= words->failed;
    text_free(words);
}

static const char *direction(double effect) { return effect < 0 ? "earlier" : "later"; }

static struct shown points(double x) { return shown_number(fabs(x), 1, 0); }

static void add_headline(struct text *words, const struct orgsim_observational *o)
{
    double naive = o->effect[ORGSIM_OBSERVED_GROUPS].mean, truth = o->effect[ORGSIM_OBSERVED_TRUTH_GIVEN].mean;
    text_format(
        words,
        "A study of these programs would say: with a TPM they end %s points of their plan %s. The truth about the same programs: %s points %s.",
        points(naive).s, direction(naive), points(truth).s, direction(truth));
    if (naive > 0 && truth < 0) text_add(words, " The sign is wrong.");
}

static void add_story(struct text *words, const struct orgsim_observational *o)
{
    text_format(
        words,
        "Why: sponsors send help where it looks bad. Of %s programs the %s that looked worst got a TPM. They slipped %s%%, the others "
        "%s%%: that is all a study can see. It cannot see that those with a TPM would have slipped %s%% without one. Comparing programs of the "
        "same size does not help, because what brought the TPM was not size but trouble. Only who also wrote down how much trouble "
        "was seen, before anybody was sent, comes near the truth; better still, draw lots who gets one first.",
        shown_number((double)o->programs, 0, 0).s, shown_number((double)o->given, 0, 0).s, shown_number(o->slip_given, 1, 0).s,
        shown_number(o->slip_others, 1, 0).s, shown_number(o->slip_given_without, 1, 0).s);
}

static void add_row(struct text *text, const struct orgsim_observational *o, enum orgsim_observed row)
{
    const struct orgsim_estimate *e = &o->effect[row];
    text_format(text, "%-66s %8s   %s to %s\n", orgsim_observed_meaning(row), shown_number(e->mean, 1, SHOWN_SIGN).s,
                shown_number(e->ci_low, 1, SHOWN_SIGN).s, shown_number(e->ci_high, 1, SHOWN_SIGN).s);
}

void validation_observed(struct text *text, const struct validation_asked *asked, const struct orgsim_observational *o)
{
    struct text words = {0};
    add_headline(&words, o);
    add_wrapped(text, &words);
    text_format(text, "\n%-66s %8s   %s\n", "what a TPM does to the slip, in points of the plan", "", "(95% interval)");
    for (int row = 0; row < ORGSIM_OBSERVED_COUNT; row++) add_row(text, o, (enum orgsim_observed)row);
    text_add(text, "\n");
    add_story(&words, o);
    add_wrapped(text, &words);
    text_format(
        &words,
        "\nGenerated programs of three to ten teams under the usual assumptions, each lived once without and once with a TPM in the same "
        "world; "
        "what sponsors see is half truth, half noise. Seed %llu%s. That a TPM helps here is what the model assumes, not what this shows: it "
        "shows that statistics over programs could not tell.",
        (unsigned long long)asked->seed, asked->quick ? ", an eighth of the worlds (--quick)" : "");
    add_wrapped(text, &words);
}

static json_t *effect_object(const struct orgsim_observational *o, enum orgsim_observed row)
{
    static const char *const ids[] = {[ORGSIM_OBSERVED_GROUPS] = "groups",
                                      [ORGSIM_OBSERVED_SIZE] = "size",
                                      [ORGSIM_OBSERVED_TROUBLE] = "trouble",
                                      [ORGSIM_OBSERVED_TRUTH_GIVEN] = "truth_given",
                                      [ORGSIM_OBSERVED_TRUTH] = "truth"};
    const struct orgsim_estimate *e = &o->effect[row];
    return json_pack("{s:s, s:s, s:o, s:o, s:o}", "id", ids[row], "statement", orgsim_observed_meaning(row), "slip_points",
                     manifest_number(e->mean), "ci_low", manifest_number(e->ci_low), "ci_high", manifest_number(e->ci_high));
}

int validation_observed_json(struct text *text, const struct validation_asked *asked, const struct orgsim_observational *o)
{
    json_t *effects = json_array();
    bool good = effects != NULL;
    for (int row = 0; row < ORGSIM_OBSERVED_COUNT && good; row++)
        good = json_array_append_new(effects, effect_object(o, (enum orgsim_observed)row)) == 0;
    json_t *json = json_pack("{s:o, s:b, s:I, s:I, s:o, s:o, s:o}", "seed", manifest_seed(asked->seed), "quick", asked->quick, "programs",
                             (json_int_t)o->programs, "given", (json_int_t)o->given, "slip_given", manifest_number(o->slip_given),
                             "slip_others", manifest_number(o->slip_others), "slip_given_without", manifest_number(o->slip_given_without));
    good = good && json && json_object_set(json, "effects", effects) == 0;
    int status = good ? manifest_print(text, json) : ORGSIM_ERROR_MEMORY;
    json_decref(effects);
    json_decref(json);
    return status;
}
