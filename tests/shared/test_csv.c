/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables in, rows or a sentence out. Rows are compared as one text: cells
 * joined by '|', rows by '/', each with its line number in front.
 */
#include "shared/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "shared/buf.h"

static const char *const columns[] = {"code", "name", "n", NULL};

struct csv_case {
	const char *data;
	const char *want; /* rows, or the error where it begins with '!' */
};

static const struct csv_case cases[] = {
    {"code,name,n\na,b,1\n", "2:a|b|1"},
    {"code,name,n\na,b,1", "2:a|b|1"},
    {"code,name,n\r\na,b,1\r\nc,d,2\r\n", "2:a|b|1/3:c|d|2"},
    {"\xef\xbb\xbf"
     "code;name;n\na;b,c;1\n",
	"2:a|b,c|1"},
    {"n,code,name\n1,a,b\n", "2:a|b|1"},
    {"code,name,n\n\n\na,,\n\n", "4:a||"},
    {"\ncode,name,n\na,b,1\n", "3:a|b|1"},
    {"\"code\",\"name\",n\n\"a\",\"b,\"\"c\"\"\",1\n", "2:a|b,\"c\"|1"},
    {"code,name,n\na,\"two\nlines\",1\nb,c,2\n", "2:a|two\nlines|1/4:b|c|2"},
    {"code,name,n\na,\"\",\"\"\n", "2:a||"},
    {"code,name,n\na,\"\"\"\",1\n", "2:a|\"|1"},
    {"code,name,n\na,Liên Hương,1\n", "2:a|Liên Hương|1"},
    {"code,name,n\na,b\x0b"
     "c\x07,1\n",
	"2:a|b c|1"},
    {"code,name,n\na,\"b\xc2\x85\x7f"
     "c\",1\n",
	"2:a|b c|1"},
    {"code,name,n\n", ""},
    {"code,name,n", ""},
    {"", "!the table is empty"},
    {"\xef\xbb\xbf\n\n", "!the table is empty"},
    {"code,name\na,b\n", "!column \"n\" is missing"},
    {"code,name,n,m\na,b,1,2\n", "!unknown column \"m\""},
    {"code,Name,n\n", "!unknown column \"Name\""},
    {"code,name,n,\n", "!unknown column \"\""},
    {"code,name,n,code\n", "!column \"code\" is there twice"},
    {"code,name,n\na,b\n", "!line 2: 2 cells, the header has 3"},
    {"code,name,n\na,b,1\na,b,1,2\n", "!line 3: 4 cells, the header has 3"},
    {"code,name,n\na;b;1\n", "!line 2: 1 cells, the header has 3"},
    {"code,name,n\na,\"b,1\n\n", "!line 2: a quote is opened and never closed"},
    {"code,name,n\na,\"b\"c,1\n", "!line 2: text after a closing quote"},
    {"code,name,n\na,b\"c,1\n", "!line 2: a quote inside a cell"},
    {"code,name,n\ra,b,1\r", "!line 1: a line ends without a line feed"},
    {"code,name,n\na,b\xff,1\n",
	"!line 2: not UTF-8 text; save the table as CSV UTF-8"},
    {"\xff\xfe"
     "c",
	"!line 1: not UTF-8 text; save the table as CSV UTF-8"},
};

static void
describe(struct buf *out, const struct csv *csv)
{
	for (size_t i = 0; i < csv->nrows; i++) {
		buf_printf(out, "%s%d:", i ? "/" : "", csv->rows[i].line);
		for (size_t k = 0; k < csv->ncolumns; k++)
			buf_printf(
			    out, "%s%s", k ? "|" : "", csv->rows[i].cells[k]);
	}
}

static void
check(const char *data, size_t size, const char *want)
{
	char error[200] = "";
	struct arena arena;
	struct buf got;
	struct csv *csv;

	arena_init(&arena);
	buf_init(&got);
	csv = csv_parse(&arena, data, size, columns, error, sizeof(error));
	if (csv)
		describe(&got, csv);
	else
		buf_printf(&got, "!%s", error);
	assert_string_equal(buf_text(&got), want);
	buf_finish(&got);
	arena_finish(&arena);
}

static void
test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check(cases[i].data, strlen(cases[i].data), cases[i].want);
}

static void
test_nul_byte(void **state)
{
	static const char data[] = "code,name,n\na,b\0c,1\n";

	(void)state;
	check(data, sizeof(data) - 1,
	    "!line 2: not UTF-8 text; save the table as CSV UTF-8");
}

/* More cells than a table may have are counted, not written past the end. */
static void
test_very_wide_row(void **state)
{
	struct buf data;

	(void)state;
	buf_init(&data);
	buf_puts(&data, "code,name,n\n");
	for (int i = 0; i < 1000; i++)
		buf_puts(&data, "x,");
	check(data.data, data.size, "!line 2: 1001 cells, the header has 3");
	buf_finish(&data);
}

static void
test_many_rows(void **state)
{
	char error[200];
	struct arena arena;
	struct buf data;
	struct csv *csv;

	(void)state;
	arena_init(&arena);
	buf_init(&data);
	buf_puts(&data, "code,name,n\n");
	for (int i = 0; i < 1000; i++)
		buf_printf(&data, "c%d,x,%d\n", i, i);
	csv = csv_parse(
	    &arena, data.data, data.size, columns, error, sizeof(error));
	assert_non_null(csv);
	assert_int_equal(csv->nrows, 1000);
	assert_string_equal(csv->rows[999].cells[0], "c999");
	assert_int_equal(csv->rows[999].line, 1001);
	buf_finish(&data);
	arena_finish(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cases),
	    cmocka_unit_test(test_nul_byte),
	    cmocka_unit_test(test_very_wide_row),
	    cmocka_unit_test(test_many_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
