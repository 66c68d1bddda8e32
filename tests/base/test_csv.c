/* test_csv.c: tables are taken apart with the true place of every cell, and what is odd is said */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/csv.h"
#include "base/memory.h"

static int parse(struct csv_table *table, struct orgsim_problems *problems, const char *text)
{
    *table = (struct csv_table){0};
    *problems = (struct orgsim_problems){0};
    return csv_table_parse(table, "t.csv", text, strlen(text), problems);
}

static void done(struct csv_table *table, struct orgsim_problems *problems)
{
    csv_table_free(table);
    orgsim_problems_free(problems);
}

static const char *message(const struct orgsim_problems *problems, size_t k)
{
    static char text[1200];
    const struct orgsim_where *w = &problems->list[k].where;
    snprintf(text, sizeof text, "%s%s:%zu:%zu: %s; %s", problems->list[k].is_note ? "note: " : "", w->file, w->line, w->column, w->what,
             w->todo);
    return text;
}

static void assert_cell(const struct csv_table *t, size_t row, size_t column, const char *text, size_t line)
{
    assert_string_equal(csv_table_cell(t, row, column), text);
    assert_int_equal(csv_table_line(t, row, column), line);
}

static void cells_keep_their_lines(void **state)
{
    (void)state;
    struct csv_table t;
    struct orgsim_problems p;
    assert_int_equal(parse(&t, &p,
                           "# comment, with \"a quote\n"
                           "\n"
                           "a, b ,c\n"
                           "  \t\n"
                           "1,\"two\nlines, \"\"quoted\"\"\",3\n"
                           "  # another\n"
                           "\"# quoted comment\",,\n"
                           ",,\n"
                           "x,,\" y \"\n"
                           "last,row,without line end"),
                     0);
    assert_int_equal(p.n, 1); /* a missing quote would look like this */
    assert_string_equal(message(&p, 0), "note: t.csv:5:2: the cell runs from line 5 to line 6; close its quote in the first line if that is not meant");
    assert_int_equal(t.n_columns, 3);
    assert_int_equal(t.n_rows, 3);
    assert_cell(&t, CSV_TABLE_HEADER, 1, "b", 3);
    assert_cell(&t, 0, 0, "1", 5);
    assert_cell(&t, 0, 1, "two\nlines, \"quoted\"", 5);
    assert_cell(&t, 0, 2, "3", 6);
    assert_cell(&t, 1, 0, "x", 10);
    assert_cell(&t, 1, 1, "", 10);
    assert_cell(&t, 1, 2, " y ", 10);
    assert_cell(&t, 2, 2, "without line end", 11);
    assert_cell(&t, 2, CSV_TABLE_ABSENT, "", 11);
    done(&t, &p);
}

/* A quote that the header leaves open, or that stands inside a name, is told; names and rows are read all the same. */
static void a_bad_quote_in_the_header_hides_nothing(void **state)
{
    (void)state;
    static const struct { const char *data, *message; } cases[] = {
        {"a,\"b,c\n1,2,3\n4,5,6\n", "t.csv:1:2: a quote is opened in the header and not closed on its line; close it"},
        {"# why\na,b,c\"\n1,2,3\n4,5,6\n", "t.csv:2:3: a stray quote in the cell; quote the whole cell and double the quotes inside it"},
        {"a,\"b\" x,c\n1,2,3\n4,5,6\n", "t.csv:1:2: a stray quote in the cell; quote the whole cell and double the quotes inside it"},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct csv_table t;
        struct orgsim_problems p;
        assert_int_equal(parse(&t, &p, cases[c].data), ORGSIM_ERROR_SCENARIO);
        assert_int_equal(p.n, 1);
        assert_string_equal(message(&p, 0), cases[c].message);
        assert_true(t.n_columns == 3 && t.n_rows == 2 && t.n_torn == 1);
        assert_string_equal(csv_table_cell(&t, CSV_TABLE_HEADER, 0), "a");
        assert_string_equal(csv_table_cell(&t, CSV_TABLE_HEADER, 2), "c");
        assert_string_equal(csv_table_cell(&t, 1, 1), "5");
        csv_table_free(&t);
        orgsim_problems_free(&p);
    }
}

static void accepted_habits_are_said(void **state)
{
    (void)state;
    struct csv_table t;
    struct orgsim_problems p;
    double x = 0;
    int status = 0;
    assert_int_equal(parse(&t, &p,
                           "\xef\xbb\xbf"
                           "a;b;\r\n1,5;\"x\r\ny\";\r\n-2,25e1;z;\r\n"),
                     0);
    assert_int_equal(t.n_columns, 2);
    assert_int_equal(t.n_rows, 2);
    assert_string_equal(csv_table_cell(&t, CSV_TABLE_HEADER, 0), "a");
    assert_cell(&t, 0, 1, "x\ny", 2);
    assert_int_equal(csv_table_number(&t, 0, 0, &x, &p, &status), CSV_NUMBER_OK);
    assert_true(x == 1.5);
    assert_int_equal(csv_table_number(&t, 1, 0, &x, &p, &status), CSV_NUMBER_OK);
    assert_true(x == -22.5);
    assert_int_equal(status, 0);
    assert_int_equal(p.n, 5);
    assert_string_equal(message(&p, 0), "note: t.csv:1:1: the file begins with a byte order mark (BOM); accepted");
    assert_string_equal(message(&p, 1), "note: t.csv:1:1: semicolons separate the cells; accepted");
    assert_string_equal(message(&p, 2), "note: t.csv:2:2: the cell runs from line 2 to line 3; close its quote in the first line if that is not meant");
    assert_string_equal(message(&p, 3), "note: t.csv:1:1: lines end in carriage returns (CRLF); accepted");
    assert_string_equal(message(&p, 4), "note: t.csv:2:1: \"1,5\" is read as 1.5; decimal commas of this file are accepted");
    assert_cell(&t, 0, 0, "1.5", 2);
    done(&t, &p);
}

static void numbers_are_strict(void **state)
{
    (void)state;
    struct csv_table t;
    struct orgsim_problems p;
    double x = 0;
    int status = 0;
    const struct {
        const char *text;
        enum csv_table_number kind;
    } cases[] = {{"\"3,5\"", CSV_NUMBER_COMMA}, {"50%", CSV_NUMBER_PERCENT}, {"\"12,5 %\"", CSV_NUMBER_PERCENT},
                 {"%", CSV_NUMBER_BAD},         {"six", CSV_NUMBER_BAD},     {"1 000", CSV_NUMBER_BAD},
                 {"0x10", CSV_NUMBER_BAD},      {"inf", CSV_NUMBER_BAD},     {"nan", CSV_NUMBER_BAD},
                 {"1e999", CSV_NUMBER_BAD},     {"3.5pw", CSV_NUMBER_BAD},   {"\"1,2,3\"", CSV_NUMBER_BAD},
                 {"\"\"", CSV_NUMBER_BLANK},    {"-0.5e-3", CSV_NUMBER_OK},  {".5", CSV_NUMBER_OK}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char text[64];
        snprintf(text, sizeof text, "a,b\n%s,x\n", cases[k].text);
        assert_int_equal(parse(&t, &p, text), 0);
        assert_int_equal(csv_table_number(&t, 0, 0, &x, &p, &status), cases[k].kind);
        done(&t, &p);
    }
}

/* A text that cannot be read, or whose rows do not fit, and the only thing said about it. */
static const struct {
    const char *text;
    int status;
    const char *message;
} bad[] = {
    {"a,b\n1\n", 0, "t.csv:2:1: the row has 1 cells, the header 2; leave a cell blank rather than out"},
    {"a,b\n1,2,3\n", 0, "t.csv:2:3: the row has 3 cells, the header 2; quote cells that hold a comma; write numbers with a decimal point"},
    {"a,b\n1,\"2\n3,4\n", ORGSIM_ERROR_SCENARIO, "t.csv:2:2: a quote is opened here and never closed; close it"},
    {"a,b\n1,2 \"big\"\n", ORGSIM_ERROR_SCENARIO, "t.csv:2:2: a stray quote in the cell; quote the whole cell and double the quotes inside it"},
    {"a,b\n\"1\n2,\"x\",3\n", ORGSIM_ERROR_SCENARIO,
     "t.csv:2:1: a quote opens here and text follows the next quote, lines further down; close the quote, and double quotes inside the cell"},
    {"", ORGSIM_ERROR_SCENARIO, "t.csv:0:0: the file has no header; begin with a row of column names"},
    {"# only a comment\n\n", ORGSIM_ERROR_SCENARIO, "t.csv:0:0: the file has no header; begin with a row of column names"},
    {"a\tb\n1\t2\n", ORGSIM_ERROR_SCENARIO, "t.csv:1:1: tabs separate the cells; save it with commas"},
    {"\xff\xfe"
     "a",
     ORGSIM_ERROR_SCENARIO, "t.csv:1:1: the file is UTF-16; save it as UTF-8"},
    {"a,b\n1,caf\xe9\n", 0, "t.csv:2:2: the cell is not UTF-8; save the file as UTF-8"},
    {"a,b\n1,\xed\xa0\x80\n", 0, "t.csv:2:2: the cell is not UTF-8; save the file as UTF-8"},
    {"a,b\n\x1b[2J,2\n", 0, "t.csv:2:1: the cell holds a control character; remove it"},
};

static void odd_files_are_refused(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        struct csv_table t;
        struct orgsim_problems p;
        assert_int_equal(parse(&t, &p, bad[k].text), bad[k].status);
        assert_int_equal(p.n, 1);
        assert_string_equal(message(&p, 0), bad[k].message);
        done(&t, &p);
    }
}

static void nul_bytes_are_said(void **state)
{
    (void)state;
    struct csv_table t = {0};
    struct orgsim_problems p = {0};
    assert_int_equal(csv_table_parse(&t, "t.csv", "a,b\n1,x\0y\n", 10, &p), 0);
    assert_int_equal(p.n, 1);
    assert_string_equal(message(&p, 0), "t.csv:2:2: the cell holds a NUL byte; save the file as UTF-8 text");
    assert_string_equal(csv_table_cell(&t, 0, 1), "x?y");
    done(&t, &p);
}

static void columns_are_found_by_name(void **state)
{
    (void)state;
    struct csv_table t;
    struct orgsim_problems p;
    struct csv_table_column columns[] = {{"package", true, 0}, {"effort", true, 0}, {"note", false, 0}};
    assert_int_equal(parse(&t, &p, "effort,packge,,effort,zzz\n1,2,,3,4\n"), 0);
    assert_int_equal(csv_table_expect(&t, columns, 3, &p), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(p.n, 5);
    assert_string_equal(message(&p, 0), "t.csv:1:2: column \"packge\" is not known; did you mean \"package\"?");
    assert_string_equal(message(&p, 1), "t.csv:1:3: column 3 has no name; name it or remove it");
    assert_string_equal(message(&p, 2), "t.csv:1:4: column \"effort\" stands twice, first as column 1; keep one");
    assert_string_equal(message(&p, 3), "t.csv:1:5: column \"zzz\" is not known; known are package, effort, note");
    assert_string_equal(message(&p, 4), "t.csv:1:1: column \"package\" is missing; add it");
    assert_int_equal(columns[0].position, CSV_TABLE_ABSENT);
    assert_int_equal(columns[1].position, 0);
    assert_int_equal(columns[2].position, CSV_TABLE_ABSENT);
    done(&t, &p);
}

static void sizes_are_bounded(void **state)
{
    (void)state;
    struct csv_table t = {0};
    struct orgsim_problems p = {0};
    size_t n = 2 * (CSV_TABLE_ROWS + 3);
    char *text = malloc(n);
    assert_non_null(text);
    for (size_t i = 0; i < n; i += 2) memcpy(text + i, "1\n", 2);
    assert_int_equal(csv_table_parse(&t, "t.csv", text, n, &p), ORGSIM_ERROR_SCENARIO);
    assert_string_equal(message(&p, 0), "t.csv:1000002:1: too many rows; at most 1000000 rows are read");
    done(&t, &p);
    for (size_t i = 0; i < 30000; i++) text[i] = i % 2 ? ',' : 'x';
    assert_int_equal(csv_table_parse(&t, "t.csv", text, 30000, &p), ORGSIM_ERROR_SCENARIO);
    assert_string_equal(message(&p, 0), "t.csv:1:10001: too many columns; at most 10000 columns are read");
    done(&t, &p);
    assert_int_equal(csv_table_parse(&t, "t.csv", text, CSV_TABLE_BYTES + 1, &p), ORGSIM_ERROR_SCENARIO);
    assert_string_equal(message(&p, 0), "t.csv:0:0: the file is larger than 64 MB; split it, or leave out what the model does not need");
    done(&t, &p);
    free(text);
}

static void many_problems_are_cut(void **state)
{
    (void)state;
    struct csv_table t = {0};
    struct orgsim_problems p = {0};
    char text[4 + 2 * 500 + 1] = "a,b\n";
    for (size_t i = 0; i < 500; i++) memcpy(text + 4 + 2 * i, "1\n", 2);
    assert_int_equal(csv_table_parse(&t, "t.csv", text, sizeof text - 1, &p), 0);
    assert_int_equal(t.n_rows, 500);
    assert_int_equal(p.n, CSV_TABLE_PROBLEMS + 1);
    assert_string_equal(message(&p, CSV_TABLE_PROBLEMS), "t.csv:0:0: more problems in this file are not listed; correct those listed first");
    assert_int_equal(csv_table_problem(&t, &p, 0, 3, 0, "x", "y"), 0);
    assert_int_equal(p.n, CSV_TABLE_PROBLEMS + 1);
    done(&t, &p);
}

static void shown_text_is_cut_between_characters(void **state)
{
    (void)state;
    char text[101] = "";
    for (size_t k = 0; k < 50; k++) memcpy(text + 2 * k, "\xc3\xa9", 2);
    struct csv_table_shown shown = csv_table_shown(text);
    assert_int_equal(strlen(shown.s), 59);
    assert_true(csv_table_is_utf8(shown.s, strlen(shown.s)));
    assert_string_equal(csv_table_shown("a\nb").s, "a b");
}

static void memory_failures_are_survived(void **state)
{
    (void)state;
    const char *text = "a,b,c\n1,2\nx,y,\"z\",4\n";
    bool finished = false;
    for (size_t nth = 1; nth < 100 && !finished; nth++) {
        struct csv_table t = {0};
        struct orgsim_problems p = {0};
        memory_fail_at(nth);
        int status = csv_table_parse(&t, "t.csv", text, strlen(text), &p);
        finished = memory_fail_at(0) < nth;
        assert_int_equal(status, finished ? 0 : ORGSIM_ERROR_MEMORY);
        done(&t, &p);
        done(&t, &p);
    }
    assert_true(finished);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_keep_their_lines),
        cmocka_unit_test(a_bad_quote_in_the_header_hides_nothing),
        cmocka_unit_test(accepted_habits_are_said),
        cmocka_unit_test(numbers_are_strict),
        cmocka_unit_test(odd_files_are_refused),
        cmocka_unit_test(nul_bytes_are_said),
        cmocka_unit_test(columns_are_found_by_name),
        cmocka_unit_test(sizes_are_bounded),
        cmocka_unit_test(many_problems_are_cut),
        cmocka_unit_test(shown_text_is_cut_between_characters),
        cmocka_unit_test(memory_failures_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
