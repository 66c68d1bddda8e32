/* columns_document.c: the reference of the scenario format, written from the tables of columns.c */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenario/columns.h"

static const char preface[] =
    "# Scenarios: the format of a program and its organisations\n"
    "\n"
    "A scenario is a folder of small CSV files that open in any spreadsheet. `orgsim new FOLDER` asks a few questions and writes one,\n"
    "`orgsim check FOLDER` names every problem at once, as `file:line:column: what; what to do`, and `orgsim run FOLDER` answers.\n"
    "\n"
    "`orgsim import psplib FILE.sm -o FOLDER` makes one from a project of PSPLIB, the usual collection of scheduling problems, to be run with `--frictionless`.\n"
    "\n"
    "Shipped, to read, to run and to start from with `orgsim new FOLDER --template NAME`:\n"
    "\n"
    "| scenario | what it is |\n"
    "|---|---|\n"
    "| [workshop](workshop/README.md) | three teams and a robot waiter: small, quick, to talk about; with [lessons](workshop/lessons/GUIDE.md) for `orgsim serve` |\n"
    "| [startup](startup/README.md) | three teams with a good manager and a good product manager |\n"
    "| [platform-migration](platform-migration/README.md) | eight teams on the way from a monolith to a platform |\n"
    "| [enterprise](enterprise/README.md) | sixteen teams of a bank and an insurer, four reporting lines, four sites, a regulator |\n"
    "\n"
    "- UTF-8, a header row, commas, points as decimal signs. Lines that start with `#` are comments. Columns may stand in any order; an\n"
    "  unknown one is refused.\n"
    "- A blank cell, like a column left out, takes the default named below. Columns with * are required.\n"
    "- Weeks count from the start of the program. `pw` is a person-week, `k` a thousand of the currency.\n"
    "- The place of a row in its file is the key of its luck: renaming or appending changes nobody else's, inserting and deleting does.\n"
    "- A word such as `J_tpm` among the defaults is a parameter of the registry (`sim/scenario/assumptions.def`); `assumptions.csv` and\n"
    "  `--set` change it.\n"
    "\n"
    "This page is what `orgsim format` prints: it follows from the tables by which the program reads and checks.\n";

static const char ending[] =
    "\n"
    "## What the tables together must satisfy\n"
    "\n"
    "No cycle of dependencies; every package reaches the last one; the rework loop converges, (1 − q_min) · m_max < 1; a forum has more\n"
    "slots than others use of it; a matrix of correlations is positive semidefinite, otherwise the nearest one is offered; a risk of the\n"
    "register is not the ambiguity of a dependency again, which is simulated already. `em:TEAM` as a seat's person is that team's\n"
    "engineering manager, who gives up the own coordination hours for it.\n";

static bool has_range(const struct column *c) { return c->high > c->low; }

static void write_words(struct text *text, const char *const *words)
{
    for (size_t k = 0; words && words[k]; k++) text_format(text, "%s%s", k ? ", " : ": ", words[k]);
}

static void write_type(struct text *text, const struct column *c)
{
    switch (c->type) {
    case COLUMN_ID: text_add(text, "id"); break;
    case COLUMN_ROW: text_format(text, "id of `%.*s`", (int)strcspn(columns_of[c->target].file, "."), columns_of[c->target].file); break;
    case COLUMN_NUMBER: text_add(text, "number"); break;
    case COLUMN_CELL: text_add(text, "number or parameter"); break;
    case COLUMN_WORD: text_add(text, "word"); break;
    case COLUMN_YESNO: text_add(text, "yes, no"); break;
    case COLUMN_OWN: text_add(text, has_range(c) ? "number" : "text"); break;
    case COLUMN_TEXT:
    case COLUMN_REMARK: text_add(text, "text"); break;
    }
    write_words(text, c->words);
}

/* The first spelling of the unit that a reader understands: $ stands for the currency of the program. */
static void write_unit(struct text *text, const char *unit)
{
    const char *currency = unit ? strstr(unit, "currency/") : NULL;
    if (currency) unit = currency;
    if (unit) text_add_n(text, unit, strcspn(unit, "|"));
}

static void write_number(struct text *text, double value)
{
    char shown[TEXT_NUMBER_SIZE];
    int power = value >= 1e6 ? (int)lround(log10(value)) : 0;
    if (power) text_format(text, "10^%d", power);
    else text_add(text, text_of_double(shown, value));
}

static void write_range(struct text *text, const struct column *c)
{
    if (!has_range(c)) return;
    if (c->above) text_add(text, "above ");
    write_number(text, c->low);
    text_add(text, " .. ");
    write_number(text, c->high);
}

static void write_blank(struct text *text, const struct column *c)
{
    bool number = c->type == COLUMN_NUMBER || c->type == COLUMN_CELL || (c->type == COLUMN_OWN && has_range(c));
    if (c->required) text_add(text, "-");
    else if (c->blank) text_add(text, c->blank);
    else if (c->type == COLUMN_WORD) text_add(text, c->words[(size_t)c->fallback]);
    else if (c->type == COLUMN_YESNO) text_add(text, c->fallback > 0 ? "yes" : "no");
    else if (number && !isnan(c->fallback)) write_number(text, c->fallback);
}

static void write_row(struct text *text, const struct column *c)
{
    text_format(text, "| `%s`%s | ", c->name, c->required ? " *" : "");
    write_type(text, c);
    text_add(text, " | ");
    write_unit(text, c->unit);
    text_add(text, " | ");
    write_range(text, c);
    text_add(text, " | ");
    write_blank(text, c);
    text_format(text, " | %s |\n", c->meaning);
}

static void write_rows(struct text *text, const char *head, const struct column *columns, size_t n)
{
    text_format(text, "\n| %s | type | unit | range | when blank | meaning |\n|---|---|---|---|---|---|\n", head);
    for (size_t k = 0; k < n; k++) write_row(text, &columns[k]);
}

/* program.csv and money.csv name their values in their first column. */
static void write_named(struct text *text, const struct table_format *format, const struct column *columns, size_t n)
{
    text_add(text, "\nColumns ");
    for (size_t k = 0; k < format->n_columns; k++) text_format(text, "%s`%s`", k ? ", " : "", format->columns[k].name);
    text_format(text, "; the %ss:\n", format->noun);
    write_rows(text, format->noun, columns, n);
}

static void write_table(struct text *text, enum table table)
{
    const struct table_format *format = &columns_of[table];
    text_format(text, "\n## %s (%s)\n\n%c%s. One row for each %s", format->file, format->required ? "required" : "optional",
                toupper((unsigned char)format->meaning[0]), format->meaning + 1, format->noun);
    if (format->row_size) text_format(text, ", at most %zu", format->most_rows);
    text_add(text, ".\n");
    if (table == TABLE_PROGRAM) write_named(text, format, columns_settings, columns_n_settings);
    else if (table == TABLE_MONEY) write_named(text, format, columns_money, columns_n_money);
    else write_rows(text, "column", format->columns, format->n_columns);
    text_add(text, "\nExample:\n\n    ");
    columns_header(text, table);
    text_format(text, "    %s\n", format->example);
}

void columns_document(struct text *text)
{
    text_add(text, preface);
    for (enum table table = 0; table < TABLES; table++) write_table(text, table);
    text_add(text, ending);
}

void columns_header(struct text *text, enum table table)
{
    const struct table_format *format = &columns_of[table];
    for (size_t k = 0; k < format->n_columns; k++) text_format(text, "%s%s", k ? "," : "", format->columns[k].name);
    text_add(text, "\n");
}

static void comment_column(struct text *text, const struct column *c)
{
    text_format(text, "#   %s: %s", c->name, c->meaning);
    if (c->unit && *c->unit && strcmp(c->unit, "1") != 0) {
        text_add(text, " (");
        write_unit(text, c->unit);
        text_add(text, ")");
    }
    if (c->words) {
        text_add(text, "; one of");
        for (size_t k = 0; c->words[k]; k++) text_format(text, "%s %s", k ? "," : "", c->words[k]);
    }
    text_add(text, "\n");
}

void columns_comment(struct text *text, enum table table)
{
    const struct table_format *format = &columns_of[table];
    const struct column *columns = table == TABLE_PROGRAM ? columns_settings : table == TABLE_MONEY ? columns_money : format->columns;
    size_t n = table == TABLE_PROGRAM ? columns_n_settings : table == TABLE_MONEY ? columns_n_money : format->n_columns;
    text_format(text, "# %s: %s. One row for each %s; a blank cell takes a default (orgsim format lists them all).\n", format->file,
                format->meaning, format->noun);
    for (size_t k = 0; k < n; k++) comment_column(text, &columns[k]);
}
