/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A difference around nought, at the edges of its scale and beyond. */
#include "server/view/chart.h"

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "tests/view/chart_check.h"

static const struct chart_difference kiosk = {
    .has_difference = true,
    .difference = 3.2,
    .has_interval = true,
    .lo = -1.5,
    .hi = 7.9,
    .span = 20,
    .left = "−20",
    .middle = "0",
    .right = "+20 <điểm>",
    .title = "ki-ốt cao hơn SMS 3,2 điểm (−1,5 đến 7,9)",
};

static struct buf svg;

static void
draw(const struct chart_difference *c)
{
	buf_clear(&svg);
	assert_true(chart_difference(c, &svg));
}

static void
test_golden(void **state)
{
	(void)state;
	setlocale(LC_ALL, "vi_VN.UTF-8");
	draw(&kiosk);
	expect_golden("difference", &svg);
	setlocale(LC_ALL, "C");
}

static void
test_places(void **state)
{
	struct chart_difference c = kiosk;

	(void)state;
	draw(&c);
	expect_part(&svg, "height=\"46\"");
	expect_part(&svg, "class=\"band\" x=\"46.25%\" width=\"23.50%\"");
	expect_part(&svg, "overflow=\"visible\" x=\"58.00%\" y=\"14\"><circle");
	expect_part(&svg, "<line class=\"nought\" x1=\"50%\" x2=\"50%\"");
	expect_part(&svg, "text-anchor=\"end\">+20 &lt;điểm&gt;</text>");
	c.left = NULL;
	draw(&c);
	expect_part(&svg, "height=\"28\"");
	expect_no_part(&svg, "<text");
	c.difference = 20; /* just on the edge */
	draw(&c);
	expect_part(&svg, "x=\"100.00%\" y=\"14\"><circle");
}

static void
test_beyond(void **state)
{
	struct chart_difference c = kiosk;

	(void)state;
	c.difference = 35;
	c.lo = 15;
	c.hi = 41;
	draw(&c);
	expect_part(&svg, "class=\"band\" x=\"87.50%\" width=\"12.50%\"");
	expect_part(&svg, "x=\"100.00%\" y=\"14\"><path d=\"M-1 0l-9-6v12z\"");
	c.difference = -35;
	c.lo = -60;
	c.hi = -25;
	draw(&c);
	expect_part(&svg, "class=\"band\" x=\"0.00%\" width=\"0.00%\"");
	expect_part(&svg, "x=\"0.00%\" y=\"14\"><path d=\"M1 0l9-6v12z\"");
}

static void
test_drawn(void **state)
{
	static const int widths[] = {320, 1200};

	(void)state;
	draw(&kiosk);
	for (size_t i = 0; i < 2; i++) {
		int w = widths[i];

		assert_int_equal(colour_at(&svg, w, 58, 14), 0x000000);
		assert_int_equal(colour_at(&svg, w, 68, 14), 0x4a86c0);
		assert_int_equal(colour_at(&svg, w, 50, 3), 0x000000);
		assert_in_range(colour_at(&svg, w, 20, 14), 0xe0e0e0, 0xf0f0f0);
	}
}

static void
test_nothing(void **state)
{
	const struct chart_difference c = {.span = 20, .title = "chưa rõ"};

	(void)state;
	draw(&c);
	expect_part(&svg, "class=\"nought\"");
	expect_no_part(&svg, "class=\"band\"");
	expect_no_part(&svg, "class=\"share\"");
}

static void
test_refused(void **state)
{
	static const size_t numbers[] = {
	    offsetof(struct chart_difference, difference),
	    offsetof(struct chart_difference, lo),
	    offsetof(struct chart_difference, hi),
	    offsetof(struct chart_difference, span),
	};
	static const double bad[] = {
	    NAN, INFINITY, -INFINITY, -100.001, 100.001};
	struct chart_difference c = kiosk;

	(void)state;
	buf_clear(&svg);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		for (size_t j = 0; j < sizeof(bad) / sizeof(*bad); j++) {
			c = kiosk;
			memcpy(
			    (char *)&c + numbers[i], &bad[j], sizeof(bad[j]));
			assert_false(chart_difference(&c, &svg));
		}
	}
	c = kiosk;
	c.lo = 8; /* above hi */
	assert_false(chart_difference(&c, &svg));
	c = kiosk;
	c.span = 0;
	assert_false(chart_difference(&c, &svg));
	c.span = -20;
	assert_false(chart_difference(&c, &svg));
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
	    cmocka_unit_test(test_places),
	    cmocka_unit_test(test_beyond),
	    cmocka_unit_test(test_drawn),
	    cmocka_unit_test(test_nothing),
	    cmocka_unit_test(test_refused),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
