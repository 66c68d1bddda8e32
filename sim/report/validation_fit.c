/* validation_fit.c: the calibrations that ship beside those that a search finds again, setting by setting and fact by fact */
#include "report/manifest.h"
#include "report/shown.h"
#include "report/validation.h"

enum { WIDTH = 110, STATEMENT = 41 };

static void add_wrapped(struct text *text, struct text *words)
{
    shown_wrap(text, words->s ? words->s : "", WIDTH, 16, "\n");
    text_add(text, "\n");
    text->failed |= words->failed;
    text_free(words);
}

/* More facts met is better; with as many met, neither is. */
static const char *verdict(const struct orgsim_fit_preset *p)
{
    if (p->found.met > p->shipped.met) return "the search finds better";
    return p->found.met == p->shipped.met ? "as good" : "the search finds nothing as good";
}

bool validation_fit_is_beaten(const struct orgsim_fit *fit)
{
    for (size_t k = 0; k < fit->n; k++)
        if (fit->preset[k].found.met > fit->preset[k].shipped.met) return true;
    return false;
}

static void add_settings(struct text *text, const struct orgsim_fit_preset *p)
{
    char low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE], shipped[TEXT_NUMBER_SIZE], found[TEXT_NUMBER_SIZE];
    text_format(text, "  %-14s %16s %10s %10s\n", "setting", "range searched", "shipped", "found");
    for (size_t i = 0; i < ORGSIM_FIT_SETTINGS; i++) {
        const struct orgsim_fit_setting *s = &p->setting[i];
        struct text range = {0};
        text_format(&range, "%s to %s", text_of_double(low, s->low), text_of_double(high, s->high));
        text_format(text, "  %-14s %16s %10s %10s\n", s->name, range.s ? range.s : "", text_of_double(shipped, s->shipped), text_of_double(found, s->found));
        text->failed |= range.failed;
        text_free(&range);
    }
}

static void add_measured(struct text *text, const struct orgsim_fit_fact *f, const struct orgsim_fit_measured *m)
{
    text_format(text, " %9s %-6s %5s", shown_number(m->measured, f->decimals, 0).s, m->met ? "met" : "missed", shown_number(m->loss, 2, 0).s);
}

static void add_facts(struct text *text, const struct orgsim_fit_preset *p)
{
    text_format(text, "  %-4s %-*s %14s %9s %-6s %5s %9s %-6s %5s\n", "fact", STATEMENT, "", "expected", "shipped", "", "loss", "found", "", "loss");
    for (size_t k = 0; k < p->n_facts; k++) {
        const struct orgsim_fit_fact *f = &p->fact[k];
        struct text statement = {0}, range = {0};
        shown_cut(&statement, f->statement, STATEMENT);
        text_format(&range, "%s to %s%s", shown_number(f->expected_low, f->decimals, 0).s, shown_number(f->expected_high, f->decimals, 0).s, f->unit);
        text_format(text, "  %-4s %s%*s %14s", f->id, statement.s ? statement.s : "",
                    (int)(STATEMENT - shown_width(statement.s ? statement.s : "")), "", range.s ? range.s : "");
        add_measured(text, f, &f->shipped);
        add_measured(text, f, &f->found);
        text_add(text, "\n");
        text->failed |= statement.failed | range.failed;
        text_free(&statement);
        text_free(&range);
    }
}

static void add_headline(struct text *words, const struct orgsim_fit *fit)
{
    size_t facts = 0, shipped = 0, found = 0;
    for (size_t k = 0; k < fit->n; k++) {
        facts += fit->preset[k].n_facts;
        shipped += fit->preset[k].shipped.met;
        found += fit->preset[k].found.met;
    }
    if (fit->n < fit->asked) text_format(words, "Interrupted: %zu of %zu presets were fitted. ", fit->n, fit->asked);
    if (fit->n == 0) return;
    text_format(words, "What ships is %sas good as what this search finds: of %zu fitted facts the calibrations that ship meet %zu, those that were found %zu.",
                validation_fit_is_beaten(fit) ? "not " : "", facts, shipped, found);
}

static void add_how(struct text *words, const struct validation_asked *asked, const struct orgsim_fit *fit)
{
    text_format(words,
                "%s settings were tried in worlds of organisation none: points of a Sobol sequence over the ranges, then, on %s worlds each, Nelder "
                "and Mead's simplex from the best two of a preset and once more from where it came to. Only these facts took part, and what ships "
                "did not. The loss of a fact is ln(1 + d^4), d its distance from the middle of the published range in half widths: small inside, "
                "0.69 at the ends, then ever slower. What was found is rounded to two digits; both are judged on "
                "%s other worlds, those of orgsim validate%s. Seed %llu.",
                shown_number((double)fit->tried, 0, 0).s, shown_number((double)fit->worlds_search, 0, 0).s, shown_number((double)fit->worlds_verdict, 0, 0).s,
                asked->quick ? " --quick, an eighth of the worlds: run without it before anything is shipped" : "", (unsigned long long)asked->seed);
}

void validation_fit(struct text *text, const struct validation_asked *asked, const struct orgsim_fit *fit)
{
    struct text words = {0};
    add_headline(&words, fit);
    add_wrapped(text, &words);
    for (size_t k = 0; k < fit->n; k++) {
        const struct orgsim_fit_preset *p = &fit->preset[k];
        text_format(text, "\n%s: what ships meets %zu of %zu fitted facts (loss %s), what was found %zu (loss %s): %s.\n\n", p->preset, p->shipped.met, p->n_facts,
                    shown_number(p->shipped.loss, 2, 0).s, p->found.met, shown_number(p->found.loss, 2, 0).s, verdict(p));
        add_settings(text, p);
        text_add(text, "\n");
        add_facts(text, p);
    }
    text_add(text, "\n");
    add_how(&words, asked, fit);
    add_wrapped(text, &words);
}

/* --- JSON ----------------------------------------------------------------------------------------------------------------------------- */

/* Adds an object to a list; false when memory is exhausted. */
static bool append(json_t *list, json_t *object) { return list && object && json_array_append_new(list, object) == 0; }

static json_t *setting_object(const struct orgsim_fit_setting *s)
{
    return json_pack("{s:s, s:o, s:o, s:o, s:o}", "name", s->name, "low", manifest_number(s->low), "high", manifest_number(s->high), "shipped",
                     manifest_number(s->shipped), "found", manifest_number(s->found));
}

static json_t *measured_object(const struct orgsim_fit_measured *m)
{
    return json_pack("{s:o, s:o, s:b}", "measured", manifest_number(m->measured), "loss", manifest_number(m->loss), "met", m->met);
}

static json_t *fact_object(const struct orgsim_fit_fact *f)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "id", f->id, "statement", f->statement, "source", f->source, "unit", f->unit, "expected_low",
                     manifest_number(f->expected_low), "expected_high", manifest_number(f->expected_high), "shipped", measured_object(&f->shipped), "found",
                     measured_object(&f->found));
}

static json_t *total_object(const struct orgsim_fit_total *t)
{
    return json_pack("{s:I, s:o}", "met", (json_int_t)t->met, "loss", manifest_number(t->loss));
}

static json_t *preset_object(const struct orgsim_fit_preset *p)
{
    json_t *settings = json_array(), *facts = json_array(), *json = NULL;
    bool good = true;
    for (size_t i = 0; i < ORGSIM_FIT_SETTINGS && good; i++) good = append(settings, setting_object(&p->setting[i]));
    for (size_t k = 0; k < p->n_facts && good; k++) good = append(facts, fact_object(&p->fact[k]));
    if (good && settings && facts)
        json = json_pack("{s:s, s:s, s:o, s:o, s:O, s:O}", "preset", p->preset, "verdict", verdict(p), "shipped", total_object(&p->shipped), "found",
                         total_object(&p->found), "settings", settings, "facts", facts);
    json_decref(settings);
    json_decref(facts);
    return json;
}

int validation_fit_json(struct text *text, const struct validation_asked *asked, const struct orgsim_fit *fit)
{
    json_t *presets = json_array(), *json = NULL;
    bool good = presets != NULL;
    for (size_t k = 0; k < fit->n && good; k++) good = append(presets, preset_object(&fit->preset[k]));
    if (good)
        json = json_pack("{s:b, s:s, s:o, s:b, s:b, s:I, s:I, s:I, s:O}", "interrupted", fit->n < fit->asked, "version", ORGSIM_VERSION, "seed",
                         manifest_seed(asked->seed), "quick", asked->quick, "shipped_is_beaten", validation_fit_is_beaten(fit), "tried", (json_int_t)fit->tried,
                         "worlds_search", (json_int_t)fit->worlds_search, "worlds_verdict", (json_int_t)fit->worlds_verdict, "presets", presets);
    int status = json ? manifest_print(text, json) : ORGSIM_ERROR_MEMORY;
    json_decref(presets);
    json_decref(json);
    return status;
}
