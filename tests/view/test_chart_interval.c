/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where things stand in a bar, and which numbers are refused. */
#include "server/view/chart.h"

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define TRACK                                                                  \
	"<rect class=\"track\" x=\"0\" y=\"8\" width=\"100%\" height=\"12\" "  \
	"rx=\"6\" fill=\"currentColor\" fill-opacity=\".1\"/>"

static const struct chart_interval full = {
    .has_share = true,
    .share = 90.5,
    .has_interval = true,
    .lo = 86.123,
    .hi = 93.599,
    .has_target = true,
    .target = 85,
    .labels = "85%",
    .left = "0%",
    .title = "90,5% <đạt>",
};

/* Draws; the text lives in one buffer until the next call. */
static const char *
draw(const struct chart_interval *c)
{
	static char text[4000];
	struct buf b;
	buf_init(&b);
	assert_true(chart_interval(c, &b));
	assert_true(b.size < sizeof(text));
	strcpy(text, buf_text(&b));
	buf_finish(&b);
	return text;
}

static void
expect(const char *svg, const char *part)
{
	if (strstr(svg, part) == NULL)
		fail_msg("no %s in %s", part, svg);
}

static void
test_places(void **state)
{
	(void)state;
	/* the letters of a number must not follow the administrator's locale */
	setlocale(LC_ALL, "vi_VN.UTF-8");
	const char *svg = draw(&full);
	expect(svg, "<title>90,5% &lt;đạt&gt;</title>");
	expect(svg, TRACK);
	expect(svg, "<rect class=\"band\" x=\"86.12%\" width=\"7.48%\"");
	expect(svg, "<line class=\"target\" x1=\"85.00%\" x2=\"85.00%\"");
	expect(svg, "overflow=\"visible\" x=\"90.50%\"");
	expect(svg, "height=\"46\"");
	expect(svg, "<text x=\"85.00%\" y=\"42.0\" text-anchor=\"middle\">85%");
	assert_null(strstr(svg, "100%</text>"));
	setlocale(LC_ALL, "C");
}

static void
test_zoom(void **state)
{
	(void)state;
	struct chart_interval c = full;
	c.from = 50;
	c.labels = NULL;
	c.lo = 40;
	const char *svg = draw(&c);
	expect(svg, "height=\"28\"");
	expect(svg, "<rect class=\"band\" x=\"0.00%\" width=\"87.20%\"");
	expect(svg, "x1=\"70.00%\"");
	expect(svg, "<circle r=\"4.5\"");
	c.share = 45; /* off the scale: an arrow at the edge */
	svg = draw(&c);
	expect(svg, "overflow=\"visible\" x=\"0.00%\" y=\"14\"><path");
	assert_null(strstr(svg, "<circle"));
}

static void
test_nothing(void **state)
{
	(void)state;
	const struct chart_interval c = {.title = "chưa có dữ liệu"};
	assert_string_equal(draw(&c),
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"interval\" "
	    "role=\"img\" width=\"100%\" height=\"28\"><title>chưa có dữ liệu"
	    "</title>" TRACK "</svg>");
}

static void
test_refused(void **state)
{
	(void)state;
	static const size_t numbers[] = {
	    offsetof(struct chart_interval, share),
	    offsetof(struct chart_interval, lo),
	    offsetof(struct chart_interval, hi),
	    offsetof(struct chart_interval, target),
	    offsetof(struct chart_interval, from),
	};
	const double bad[] = {NAN, INFINITY, -INFINITY, -0.001, 100.001};
	struct buf b;
	buf_init(&b);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		for (size_t j = 0; j < sizeof(bad) / sizeof(*bad); j++) {
			struct chart_interval c = full;
			memcpy(
			    (char *)&c + numbers[i], &bad[j], sizeof(bad[j]));
			assert_false(chart_interval(&c, &b));
		}
	}
	struct chart_interval c = full;
	c.lo = 95; /* above hi */
	assert_false(chart_interval(&c, &b));
	c = full;
	c.from = 100;
	assert_false(chart_interval(&c, &b));
	assert_int_equal(b.size, 0);
	buf_finish(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_places),
	    cmocka_unit_test(test_zoom),
	    cmocka_unit_test(test_nothing),
	    cmocka_unit_test(test_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
