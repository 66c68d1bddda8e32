/* xlsx.c: a run as a workbook: the money with live formulas, ledgers, organisations, assumptions, checks
 *
 * Every formula carries the value that it has, so that a reader who does not calculate sees the same. The first sheet is laid out by the row
 * numbers below, to which its formulas refer.
 */
#include "report/xlsx.h"

#include "base/error.h"

#ifdef ORGSIM_XLSXWRITER

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "report/interval.h"
#include "report/ledger.h"
#include "report/price.h"
#include "report/studies.h"

struct book {
    lxw_workbook *workbook;
    lxw_format *title, *heading, *plain, *wrapped, *number, *two, *input, *sum, *note;
    const struct report_plan *plan;
    const struct finding *f;
    bool failed;
};

struct sheet {
    struct book *book;
    lxw_worksheet *worksheet;
};

static void words(const struct sheet *s, int row, int column, const char *text, lxw_format *format)
{
    s->book->failed |= worksheet_write_string(s->worksheet, (lxw_row_t)row, (lxw_col_t)column, text, format) != LXW_NO_ERROR;
}

/* Spreadsheets know no infinity: its word stands there. */
static void number(const struct sheet *s, int row, int column, double x, lxw_format *format)
{
    if (!isfinite(x)) words(s, row, column, isnan(x) ? "n/a" : "never", s->book->plain);
    else s->book->failed |= worksheet_write_number(s->worksheet, (lxw_row_t)row, (lxw_col_t)column, x, format) != LXW_NO_ERROR;
}

/* Its ends, in two columns. */
static void interval(const struct sheet *s, int row, int column, struct orgsim_interval ends, lxw_format *format)
{
    number(s, row, column, ends.low, format);
    number(s, row, column + 1, ends.high, format);
}

static void formula(const struct sheet *s, int row, int column, const char *text, double value, lxw_format *format)
{
    s->book->failed |= worksheet_write_formula_num(s->worksheet, (lxw_row_t)row, (lxw_col_t)column, text, format, value) != LXW_NO_ERROR;
}

static void headings(const struct sheet *s, int row, const char *const *names)
{
    for (int c = 0; names[c]; c++) words(s, row, c, names[c], s->book->heading);
}

static struct sheet add_sheet(struct book *book, const char *name, const double *widths)
{
    struct sheet s = {book, workbook_add_worksheet(book->workbook, name)};
    for (int c = 0; widths[c] > 0; c++) worksheet_set_column(s.worksheet, (lxw_col_t)c, (lxw_col_t)c, widths[c], NULL);
    worksheet_set_landscape(s.worksheet);
    worksheet_set_paper(s.worksheet, 9); /* A4 */
    worksheet_fit_to_pages(s.worksheet, 1, 0);
    worksheet_set_footer(s.worksheet, "&LModelled, not measured&R&P of &N");
    return s;
}

/* --- the money ---------------------------------------------------------------------------------------------------------------------- */

/* Rows of the sheet, from 1 as its formulas count them. */
enum {
    TITLE = 1, SENTENCE, CAVEAT,
    INPUTS = 5, SEAT_SALARY, LOAD, ENGINEER_SALARY, COUNTED, SOFT,
    QUANTITIES = 12, VALUE, SEAT_WEEKS, PAY_RATIO, OTHER, PAY_SHARE, MANAGER_HOURS, MANAGER_FACTOR,
    RESULTS = 21, RESULT_VALUE, RESULT_SEATS, RESULT_OTHER, RESULT_SOFT, RESULT_NET,
    SIMULATED = 28, DIFFERENCE, BREAK_EVEN
};

static void add_input(const struct sheet *s, int row, const char *name, double value, const char *unit, const char *note)
{
    words(s, row - 1, 0, name, s->book->plain);
    number(s, row - 1, 1, value, s->book->input);
    words(s, row - 1, 2, unit, s->book->plain);
    number(s, row - 1, 3, value, s->book->two); /* as simulated: formulas compare with it */
    words(s, row - 1, 4, note, s->book->note);
}

static void add_inputs(const struct sheet *s, const struct price *p)
{
    static const char *const names[] = {"Change these (yellow)", "Value", "Unit", "As simulated", "What it is", NULL};
    headings(s, INPUTS - 1, names);
    add_input(s, SEAT_SALARY, "Salary of a delivery seat", p->seat_salary, "k a year", "before benefits, of a full-time seat of the organisation asked for");
    add_input(s, LOAD, "Benefit load", p->load, "times salary", "what an employer pays over the salary");
    add_input(s, ENGINEER_SALARY, "Salary of an engineer", p->engineer_salary, "k a year", "managers and product seats move in proportion");
    add_input(s, COUNTED, "Value counted", 1, "share", "1: all; 0.5: a haircut of 50%; 0: only money spent");
    add_input(s, SOFT, "Managers' hours freed counted", 0, "0 or 1", "soft: off unless you have another use for the hours; not in the simulation");
}

/* What is about one is read to two decimals. */
static void add_quantity(const struct sheet *s, int row, const char *name, double without, double with, const char *note)
{
    lxw_format *format = fabs(without) < 10 && fabs(with) < 10 ? s->book->two : s->book->number;
    words(s, row - 1, 0, name, s->book->plain);
    number(s, row - 1, 1, without, format);
    number(s, row - 1, 2, with, format);
    words(s, row - 1, 4, note, s->book->note);
}

static void add_quantities(const struct sheet *s, const struct price *p)
{
    static const char *const names[] = {"What the simulation gives, means", "Without", "With", "", "What it is", NULL};
    const struct price_quantities *a = &p->without, *b = &p->with;
    headings(s, QUANTITIES - 1, names);
    add_quantity(s, VALUE, "Value, discounted", a->value, b->value, "k; delivered until the value horizon");
    add_quantity(s, SEAT_WEEKS, "Weeks of pay of delivery seats, discounted", a->seat_weeks, b->seat_weeks, "full-time; weeks paid, and those that replacing somebody costs");
    add_quantity(s, PAY_RATIO, "Pay of these seats over the salary above", a->pay_ratio, b->pay_ratio, "of a full-time week");
    add_quantity(s, OTHER, "All other cost, discounted", a->other, b->other, "k; engineers, managers, product seats, penalties");
    add_quantity(s, PAY_SHARE, "Share of it that is pay", a->pay_share, b->pay_share, "the rest are penalties, which do not move with pay");
    add_quantity(s, MANAGER_HOURS, "Coordination hours of engineering managers", a->manager_hours, b->manager_hours, "hours");
    add_quantity(s, MANAGER_FACTOR, "Pay of a manager over an engineer's", p->manager_factor, p->manager_factor, "");
}

/* A row of results: formulas of both columns, their values, and the change. */
static void add_result(const struct sheet *s, int row, const char *name, const char *without, double a, const char *with, double b, lxw_format *format, const char *note)
{
    char change[32];
    snprintf(change, sizeof change, "=C%d-B%d", row, row);
    words(s, row - 1, 0, name, format == s->book->sum ? s->book->sum : s->book->plain);
    formula(s, row - 1, 1, without, a, format);
    formula(s, row - 1, 2, with, b, format);
    formula(s, row - 1, 3, change, b - a, format);
    words(s, row - 1, 4, note, s->book->note);
}

/* The same formula in both columns, with its letter for @. */
static void add_both(const struct sheet *s, int row, const char *name, const char *pattern, double a, double b, lxw_format *format, const char *note)
{
    char texts[2][160];
    for (int side = 0; side < 2; side++) {
        snprintf(texts[side], sizeof texts[side], "%s", pattern);
        for (char *at = texts[side]; *at; at++)
            if (*at == '@') *at = (char)('B' + side);
    }
    add_result(s, row, name, texts[0], a, texts[1], b, format, note);
}

static double seats_pay(const struct price *p, const struct price_quantities *q) { return p->seat_salary * p->load / 52 * q->pay_ratio * q->seat_weeks; }

static void add_results(const struct sheet *s, const struct price *p)
{
    static const char *const names[] = {"What follows, k", "Without", "With", "Change", "How", NULL};
    const struct price_quantities *a = &p->without, *b = &p->with;
    char pattern[160];
    headings(s, RESULTS - 1, names);
    snprintf(pattern, sizeof pattern, "=@%d*$B$%d", VALUE, COUNTED);
    add_both(s, RESULT_VALUE, "Value, as far as it is counted", pattern, a->value, b->value, s->book->number, "value times what is counted");
    snprintf(pattern, sizeof pattern, "=-$B$%d*$B$%d/52*@%d*@%d", SEAT_SALARY, LOAD, PAY_RATIO, SEAT_WEEKS);
    add_both(s, RESULT_SEATS, "Pay of delivery seats", pattern, -seats_pay(p, a), -seats_pay(p, b), s->book->number, "salary, load, weeks");
    snprintf(pattern, sizeof pattern, "=-@%d*(1+@%d*($B$%d*$B$%d/($D$%d*$D$%d)-1))", OTHER, PAY_SHARE, ENGINEER_SALARY, LOAD, ENGINEER_SALARY, LOAD);
    add_both(s, RESULT_OTHER, "All other cost", pattern, -a->other, -b->other, s->book->number, "its share of pay moves with the engineers' salary and the load");
    snprintf(pattern, sizeof pattern, "=-$B$%d*@%d*@%d*$B$%d*$B$%d/52/40", SOFT, MANAGER_HOURS, MANAGER_FACTOR, ENGINEER_SALARY, LOAD);
    add_both(s, RESULT_SOFT, "Managers' hours in coordination, if counted", pattern, 0, 0, s->book->number, "soft: pay for hours that managers have for other things");
    snprintf(pattern, sizeof pattern, "=SUM(@%d:@%d)", RESULT_VALUE, RESULT_SOFT);
    add_both(s, RESULT_NET, "Net value", pattern, a->value - seats_pay(p, a) - a->other, b->value - seats_pay(p, b) - b->other, s->book->sum,
             "the change is what the decision is worth");
}

static void add_checks(const struct sheet *s, const struct price *p)
{
    const struct finding *f = s->book->f;
    double simulated = finding_summary(f, f->headline, ORGSIM_METRIC_npv_k)->mean - finding_summary(f, f->baseline, ORGSIM_METRIC_npv_k)->mean;
    double weeks = p->with.pay_ratio * p->with.seat_weeks - p->without.pay_ratio * p->without.seat_weeks;
    char text[200];
    words(s, SIMULATED - 1, 0, "Change as simulated", s->book->plain);
    number(s, SIMULATED - 1, 3, simulated, s->book->number);
    words(s, SIMULATED - 1, 4, "mean over pairs of worlds, not rounded; the page rounds each mean before it subtracts", s->book->note);
    snprintf(text, sizeof text, "=D%d-D%d", RESULT_NET, SIMULATED);
    words(s, DIFFERENCE - 1, 0, "What your numbers change", s->book->plain);
    formula(s, DIFFERENCE - 1, 3, text, 0, s->book->number);
    words(s, BREAK_EVEN - 1, 0, "Highest salary of the seat at which it pays", s->book->sum);
    snprintf(text, sizeof text, "=IF(C%d*C%d-B%d*B%d>0,B%d+D%d*52/B%d/(C%d*C%d-B%d*B%d),\"no paid seat is added\")", PAY_RATIO, SEAT_WEEKS, PAY_RATIO, SEAT_WEEKS, SEAT_SALARY,
             RESULT_NET, LOAD, PAY_RATIO, SEAT_WEEKS, PAY_RATIO, SEAT_WEEKS);
    if (weeks > 0) formula(s, BREAK_EVEN - 1, 3, text, p->seat_salary + simulated * 52 / p->load / weeks, s->book->sum);
    else s->book->failed |= worksheet_write_formula_str(s->worksheet, BREAK_EVEN - 1, 3, text, s->book->sum, "no paid seat is added") != LXW_NO_ERROR;
    words(s, BREAK_EVEN - 1, 4, "k a year; below zero: it would not pay even for nothing", s->book->note);
}

static void add_money(struct book *book)
{
    static const double widths[] = {46, 14, 14, 14, 66, 0};
    const struct sheet s = add_sheet(book, "Money", widths);
    struct text sentence = {0};
    struct price p;
    price_of(&p, book->f);
    finding_sentence(&sentence, book->f, 0);
    book->failed |= sentence.failed;
    words(&s, TITLE - 1, 0, book->f->scenario->settings.name, book->title);
    words(&s, SENTENCE - 1, 0, sentence.s ? sentence.s : "", book->plain);
    words(&s, CAVEAT - 1, 0, "Modelled, not measured: consequences of stated assumptions. Money in thousands (k), means over worlds, discounted. Change the yellow cells.", book->note);
    add_inputs(&s, &p);
    add_quantities(&s, &p);
    add_results(&s, &p);
    add_checks(&s, &p);
    text_free(&sentence);
}

/* --- the other sheets --------------------------------------------------------------------------------------------------------------- */

/* Lines are numbers, sums are formulas. */
static void add_ledgers(struct book *book)
{
    static const double widths[] = {18, 90, 14, 0};
    static const char *const names[] = {"Ledger", "What", "Change, k", NULL};
    const struct sheet s = add_sheet(book, "Ledgers", widths);
    struct ledger l;
    int row = 1, sums[LEDGER_BOOKS];
    char text[80];
    ledger_of(&l, book->f, false);
    headings(&s, 0, names);
    for (int b = 0; b < LEDGER_BOOKS; b++) {
        int first = row;
        for (int line = 0; line < LEDGER_COUNT; line++) {
            if (ledger_book_of((enum ledger_line)line) != (enum ledger_book)b) continue;
            words(&s, row, 0, ledger_book_words((enum ledger_book)b), book->plain);
            words(&s, row, 1, ledger_line_words((enum ledger_line)line), book->plain);
            number(&s, row++, 2, l.line[line], book->number);
        }
        words(&s, row, 0, ledger_book_words((enum ledger_book)b), book->sum);
        words(&s, row, 1, "together", book->sum);
        snprintf(text, sizeof text, "=SUM(C%d:C%d)", first + 1, row);
        formula(&s, row, 2, text, l.book[b], book->sum);
        sums[b] = ++row;
    }
    words(&s, row, 0, "Net value", book->sum);
    words(&s, row, 1, "all three ledgers", book->sum);
    snprintf(text, sizeof text, "=C%d+C%d+C%d", sums[0], sums[1], sums[2]);
    formula(&s, row++, 2, text, l.total, book->sum);
    words(&s, row, 1, "with the cost of delay at zero", book->plain);
    snprintf(text, sizeof text, "=C%d+C%d", sums[LEDGER_BURN], sums[LEDGER_BENEFIT]);
    formula(&s, row++, 2, text, l.no_delay, book->number);
    words(&s, row, 1, "with cost of delay and benefit cut by 50%, burn in full", book->plain);
    snprintf(text, sizeof text, "=C%d+0.5*(C%d+C%d)", sums[LEDGER_BURN], sums[LEDGER_DELAY], sums[LEDGER_BENEFIT]);
    formula(&s, row, 2, text, l.book[LEDGER_BURN] + (l.book[LEDGER_DELAY] + l.book[LEDGER_BENEFIT]) / 2, book->number);
}

static void add_organisations(struct book *book)
{
    static const double widths[] = {18, 34, 12, 12, 12, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 0};
    static const char *const names[] = {"Arm",          "Organisation", "Finish P50", "Finish P80", "On time",     "Mean cost, k", "Mean net value, k",
                                        "P20, k",       "Loses money",  "Change, k",  "Half width, k", "P80, low", "P80, high", "On time, low", "On time, high",
                                        "P20, k, low", "P20, k, high", "Loses, low", "Loses, high", NULL};
    const struct sheet s = add_sheet(book, "Organisations", widths);
    const struct finding *f = book->f;
    headings(&s, 0, names);
    for (size_t a = 0; a < f->results->n_arms; a++) {
        const struct orgsim_summary *finish = finding_summary(f, a, ORGSIM_METRIC_finish_week), *npv = finding_summary(f, a, ORGSIM_METRIC_npv_k);
        const struct orgsim_comparison *change = finding_comparison(f, a, ORGSIM_METRIC_npv_k);
        int row = (int)a + 1;
        words(&s, row, 0, finding_id(f, a), book->plain);
        words(&s, row, 1, finding_label(f, a), book->plain);
        number(&s, row, 2, finish->quantile[FINDING_P50], book->two);
        number(&s, row, 3, finish->quantile[FINDING_P80], book->two);
        number(&s, row, 4, finding_summary(f, a, ORGSIM_METRIC_on_time)->mean, book->two);
        number(&s, row, 5, finding_summary(f, a, ORGSIM_METRIC_cost_k)->mean, book->number);
        number(&s, row, 6, npv->mean, book->number);
        number(&s, row, 7, npv->quantile[FINDING_P20], book->number);
        number(&s, row, 8, f->results->npv_loss_probability[a], book->two);
        number(&s, row, 9, change->mean_difference, book->number);
        number(&s, row, 10, (change->ci_high - change->ci_low) / 2, book->number);
        interval(&s, row, 11, interval_quantile(f, a, ORGSIM_METRIC_finish_week, FINDING_P80), book->two);
        interval(&s, row, 13, interval_share(f, finding_summary(f, a, ORGSIM_METRIC_on_time)->mean), book->two);
        interval(&s, row, 15, interval_quantile(f, a, ORGSIM_METRIC_npv_k, FINDING_P20), book->number);
        interval(&s, row, 17, interval_share(f, f->results->npv_loss_probability[a]), book->two);
    }
}

static void add_assumptions(struct book *book)
{
    static const double widths[] = {20, 60, 12, 12, 12, 10, 16, 60, 60, 0};
    static const char *const names[] = {"Parameter", "Meaning", "Value", "Low", "High", "Unit", "Grade", "Source", "How to measure it", NULL};
    const struct sheet s = add_sheet(book, "Assumptions", widths);
    headings(&s, 0, names);
    for (int i = 0; i < ASSUMPTION_COUNT; i++) {
        const struct assumption_info *info = &assumption_table[i];
        words(&s, i + 1, 0, info->name, book->plain);
        words(&s, i + 1, 1, info->meaning, book->wrapped);
        number(&s, i + 1, 2, assumptions_get(&book->f->scenario->assumptions, i), book->plain);
        number(&s, i + 1, 3, info->low, book->plain);
        number(&s, i + 1, 4, info->high, book->plain);
        words(&s, i + 1, 5, info->unit, book->plain);
        words(&s, i + 1, 6, info->grade, book->plain);
        words(&s, i + 1, 7, info->source, book->wrapped);
        words(&s, i + 1, 8, info->measure, book->wrapped);
    }
}

/* Only where the simulator was held against what is known. */
static void add_validation(struct book *book)
{
    static const double widths[] = {8, 22, 60, 18, 12, 40, 24, 32, 14, 90, 0};
    static const char *const names[] = {"Check", "Section", "What", "Calibration", "Use", "Source", "Expected", "Measured, 95% interval", "Status", "Why, and what it means", NULL};
    const struct validation_saved *v = book->plan->studies ? &book->plan->studies->validation : NULL;
    if (!v || !v->found.n) return;
    const struct sheet s = add_sheet(book, "Checks", widths);
    headings(&s, 0, names);
    for (size_t k = 0; k < v->found.n; k++) {
        const struct validation_row *r = &v->row[k];
        const char *const cells[] = {r->id, r->section, r->statement, r->preset, r->use, r->source, r->expected, r->measured, orgsim_check_status_word(r->status), r->why};
        for (int c = 0; c < (int)(sizeof cells / sizeof *cells); c++) words(&s, (int)k + 1, c, cells[c], book->wrapped);
    }
}

static void add_about(struct book *book)
{
    static const double widths[] = {24, 110, 0};
    const struct sheet s = add_sheet(book, "About", widths);
    const struct finding *f = book->f;
    char text[64];
    words(&s, 0, 0, "Modelled, not measured", book->title);
    words(&s, 1, 0, "Command", book->plain);
    words(&s, 1, 1, book->plan->command, book->wrapped);
    words(&s, 2, 0, "Version", book->plain);
    words(&s, 2, 1, "orgsim " ORGSIM_VERSION, book->plain);
    words(&s, 3, 0, "Seed", book->plain);
    snprintf(text, sizeof text, "%" PRIu64, book->plan->options->seed);
    words(&s, 3, 1, text, book->plain);
    words(&s, 4, 0, "Worlds", book->plain);
    number(&s, 4, 1, (double)f->results->worlds, book->number);
    words(&s, 5, 0, "Without", book->plain);
    words(&s, 5, 1, finding_label(f, f->baseline), book->plain);
    words(&s, 6, 0, "With", book->plain);
    words(&s, 6, 1, finding_label(f, f->headline), book->plain);
    words(&s, 7, 0, "Currency", book->plain);
    words(&s, 7, 1, f->scenario->settings.currency, book->plain);
}

/* --- the file ----------------------------------------------------------------------------------------------------------------------- */

static lxw_format *add_format(struct book *book, bool bold, const char *digits, bool grey)
{
    lxw_format *format = workbook_add_format(book->workbook);
    if (!format) {
        book->failed = true;
        return NULL;
    }
    if (bold) format_set_bold(format);
    if (digits) format_set_num_format(format, digits);
    if (grey) format_set_font_color(format, 0x566170);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    return format;
}

static void add_formats(struct book *book)
{
    book->plain = add_format(book, false, NULL, false);
    book->wrapped = add_format(book, false, NULL, false);
    book->note = add_format(book, false, NULL, true);
    book->number = add_format(book, false, "#,##0.0", false);
    book->two = add_format(book, false, "#,##0.00", false);
    book->heading = add_format(book, true, NULL, true);
    book->title = add_format(book, true, NULL, false);
    book->sum = add_format(book, true, "#,##0.0", false);
    book->input = add_format(book, false, "#,##0.00", false);
    if (book->failed) return;
    format_set_text_wrap(book->wrapped);
    format_set_indent(book->note, 1);
    format_set_bottom(book->heading, LXW_BORDER_THIN);
    format_set_top(book->sum, LXW_BORDER_THIN);
    format_set_font_size(book->title, 14);
    format_set_bg_color(book->input, 0xFFF2B3);
}

static int close_book(struct book *book, const char *partial, const char *path, struct orgsim_where *where)
{
    lxw_error error = workbook_close(book->workbook);
    if (error || book->failed) {
        unlink(partial);
        return error == LXW_ERROR_MEMORY_MALLOC_FAILED ? error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory")
                                                       : error_set(where, ORGSIM_ERROR_IO, path, 0, 0, "is there room on the disk, here and in /tmp?", "cannot be written: %s",
                                                                   error ? lxw_strerror(error) : "a cell was refused");
    }
    if (rename(partial, path) == 0) return ORGSIM_OK;
    int status = error_set(where, ORGSIM_ERROR_IO, path, 0, 0, "", "cannot be written: %s", strerror(errno));
    unlink(partial);
    return status;
}

int xlsx_write(const char *path, const struct report_plan *plan, const struct finding *f, struct orgsim_where *where)
{
    struct book book = {.plan = plan, .f = f};
    struct text partial = {0};
    text_format(&partial, "%s.partial-%ld", path, (long)getpid());
    if (!partial.failed) book.workbook = workbook_new(partial.s);
    int status = book.workbook ? ORGSIM_OK : error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
    if (!status) {
        add_formats(&book);
        if (!book.failed) {
            add_money(&book);
            add_ledgers(&book);
            add_organisations(&book);
            add_assumptions(&book);
            add_validation(&book);
            add_about(&book);
        }
        status = close_book(&book, partial.s, path, where);
    }
    text_free(&partial);
    return status;
}

#else

int xlsx_write(const char *path, const struct report_plan *plan, const struct finding *f, struct orgsim_where *where)
{
    (void)path;
    (void)plan;
    (void)f;
    return error_set(where, ORGSIM_ERROR_TOOL, "libxlsxwriter", 0, 0, "install it (Debian: apt install libxlsxwriter-dev) and build orgsim again; the page stands",
                     "this orgsim was built without it, so there is no workbook");
}

#endif
