/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Five steps: their widths, their words where there is room. */
#include "server/view/chart.h"

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "tests/view/chart_check.h"

static struct buf svg;

static void
draw(const struct chart_levels *c)
{
	buf_clear(&svg);
	assert_true(chart_levels(c, &svg));
}

static void
test_golden(void **state)
{
	const struct chart_levels c = {.counts = {4, 9, 30, 120, 237},
	    .words = {"1: 1%", "2: 2,3%", "3: 7,5%", "4: 30%", "5: <59,3%>"},
	    .title = "400 phiếu: 89,3% hài lòng"};

	(void)state;
	setlocale(LC_ALL, "vi_VN.UTF-8");
	draw(&c);
	expect_golden("levels", &svg);
	setlocale(LC_ALL, "C");
}

/* The number behind an attribute of the n-th step of class level-…. */
static double
number_of(int n, const char *attribute)
{
	const char *step = buf_text(&svg);

	for (int i = 0; i <= n; i++)
		step = strstr(step + 1, "class=\"level-");
	assert_non_null(step);
	return strtod(strstr(step, attribute) + strlen(attribute), NULL);
}

static void
test_widths(void **state)
{
	static const int64_t tables[][5] = {{20, 20, 20, 20, 20},
	    {300, 200, 100, 60, 40}, {1, 0, 0, 10, 900}, {0, 0, 0, 0, 1},
	    {1, 1, 1, 10000, 20000}, {0, 7, 0, 0, 0},
	    {1, 0, 0, 0, 1000000000000}};

	(void)state;
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		struct chart_levels c = {.title = ""};
		double end = -0.4;
		int steps = 0;

		memcpy(c.counts, tables[i], sizeof(c.counts));
		draw(&c);
		for (int k = 0; k < 5; k++) {
			if (c.counts[k] == 0)
				continue;
			/* one gap after the last step, wide enough to see */
			assert_true(fabs(number_of(steps, " x=\"") - end -
					 0.4) < 0.011);
			assert_true(number_of(steps, " width=\"") > 0.39);
			end = number_of(steps, " x=\"") +
			      number_of(steps, " width=\"");
			steps++;
		}
		assert_true(fabs(end - 100) < 0.011);
		assert_int_equal(count_parts(&svg, "<rect"), steps);
	}
}

static void
test_words(void **state)
{
	struct chart_levels c = {.counts = {1, 3, 12, 34, 50},
	    .words = {"a: 1%", "b: 3%", "c: 12%", "d: 34%", NULL},
	    .title = ""};

	(void)state;
	draw(&c);
	/* words, the digit alone, or nothing */
	expect_part(&svg, ">d: 34%</text>");
	expect_part(&svg, ">5</text>");
	expect_part(&svg, ">3</text>");
	expect_no_part(&svg, ">1</text>");
	assert_int_equal(count_parts(&svg, "<text"), 3);
	/* a letter counts as one, however many bytes it has */
	c.counts[2] = 25;
	c.words[2] = "thường";
	draw(&c);
	expect_part(&svg, ">thường</text>");
}

static void
test_drawn(void **state)
{
	static const unsigned fills[] = {
	    0xb35806, 0xf1a340, 0xc3ccd6, 0x74a9cf, 0x0b4f8a};
	const struct chart_levels c = {
	    .counts = {7, 7, 7, 7, 7}, .title = "đều nhau"};

	(void)state;
	draw(&c);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(colour_at(&svg, 320, 20 * i + 5, 5), fills[i]);
		assert_int_equal(
		    colour_at(&svg, 1200, 20 * i + 5, 28), fills[i]);
	}
	/* the gap is paper */
	assert_int_equal(colour_at(&svg, 1200, 19.88, 16), 0xffffff);
}

static void
test_nothing(void **state)
{
	struct chart_levels c = {.title = "chưa có phiếu"};

	(void)state;
	draw(&c);
	expect_part(&svg, "class=\"track\"");
	expect_no_part(&svg, "<text");
	buf_clear(&svg);
	for (int i = 0; i < 5; i++) {
		c.counts[i] = -1;
		assert_false(chart_levels(&c, &svg));
		c.counts[i] = 0;
	}
	assert_int_equal(svg.size, 0);
}

static int
setup(void **state)
{
	(void)state;
	buf_init(&svg);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	buf_finish(&svg);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_golden),
	    cmocka_unit_test(test_widths),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_drawn),
	    cmocka_unit_test(test_nothing),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
