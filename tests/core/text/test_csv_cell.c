/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cells of a CSV file: quoted where they must be, no formula among them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/text/csv_cell.h"

static const struct {
	const char *text, *cell;
} table[] = {
    {NULL, ""},
    {"", ""},
    {"LH1", "LH1"},
    {"Thị trấn Liên Hương", "Thị trấn Liên Hương"},
    {"a,b", "\"a,b\""},
    {"a;b", "\"a;b\""}, /* a Vietnamese Excel separates by semicolons */
    {"say \"no\"", "\"say \"\"no\"\"\""},
    {"two\nlines", "\"two\nlines\""},
    {" blank", "\" blank\""},
    {"=1+1", "'=1+1"},
    {"=\"x\"", "\"'=\"\"x\"\"\""},
    {"+84 912", "'+84 912"},
    {"-", "'-"},
    {"--1", "'--1"},
    {"@x", "'@x"},
    {"  =1", "\"'  =1\""},
    {"\t=1", "'\t=1"},
    {"\r=1", "\"'\r=1\""},
    {"＝1", "'＝1"},
    /* numbers are none */
    {"-5", "-5"},
    {"+3", "+3"},
    {"-12.5", "-12.5"},
    {"-12,5", "\"-12,5\""},
    {"2026-11-26T08:00:00+07:00", "2026-11-26T08:00:00+07:00"},
};

static void
test_cells(void **state)
{
	struct buf out;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		buf_init(&out);
		csv_cell(&out, table[i].text);
		assert_string_equal(buf_text(&out), table[i].cell);
		buf_finish(&out);
	}
}

static void
test_row(void **state)
{
	static const char *const cells[] = {"a", NULL, "b,c"};
	struct buf out;

	(void)state;
	buf_init(&out);
	csv_row(&out, cells, 3);
	assert_string_equal(buf_text(&out), "a,,\"b,c\"\r\n");
	buf_finish(&out);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cells),
	    cmocka_unit_test(test_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
