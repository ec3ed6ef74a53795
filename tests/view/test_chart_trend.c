/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines with gaps, their marks and words; which numbers are refused. */
#include "server/view/chart.h"

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "tests/view/chart_check.h"

#define WHITE 0xFFFFFFu
#define BLACK 0x000000u

/* Four weeks: few answers, none, many, a bad one off the scale. */
static struct chart_point points[] = {
    {true, 87.5, true, 71, 96.5, true, "T1", "Tuần 1: <14 phiếu>"},
    {.label = "T2"},
    {true, 92, true, 88.1, 94.8, false, "T3", NULL},
    {true, 41, true, 33, 49.7, false, "T4", NULL},
};

static const struct chart_tick ticks[] = {
    {50, "50%"}, {88, "88%"}, {100, "100%"}};

static const struct chart_trend four = {.points = points,
    .count = 4,
    .ticks = ticks,
    .nticks = 3,
    .has_target = true,
    .target = {90, "90%"},
    .from = 50,
    .title = "92% ở tuần 3 & 41% ở tuần 4"};

static struct buf svg;

static void
draw(const struct chart_trend *c)
{
	buf_clear(&svg);
	assert_true(chart_trend(c, &svg));
}

static void
test_golden(void **state)
{
	struct chart_spark small = {
	    points, 4, true, 90, 50, "từ 87,5% xuống 41%"};

	(void)state;
	/* the letters of a number must not follow the administrator's locale */
	setlocale(LC_ALL, "vi_VN.UTF-8");
	draw(&four);
	expect_golden("trend", &svg);
	buf_clear(&svg);
	assert_true(chart_spark(&small, &svg));
	expect_golden("spark", &svg);
	setlocale(LC_ALL, "C");
}

static void
test_parts(void **state)
{
	(void)state;
	draw(&four);
	expect_part(&svg, "<title>92% ở tuần 3 &amp; 41% ở tuần 4</title>");
	/* columns of 22.5 % after the scale's words; 3.44 pixels a percent */
	expect_part(&svg, "<circle cx=\"21.25%\" cy=\"63.0\" r=\"4.0\" "
			  "class=\"few\"");
	expect_part(&svg, "<title>Tuần 1: &lt;14 phiếu&gt;</title>");
	expect_part(&svg, "<circle cx=\"66.25%\" cy=\"47.5\" r=\"4.0\"/>");
	/* the line leaps over week 2; week 1 stands alone */
	expect_part(&svg, "<line x1=\"21.25%\" y1=\"63.0\" x2=\"21.25%\" "
			  "y2=\"63.0\"/><line x1=\"66.25%\" y1=\"47.5\" "
			  "x2=\"88.75%\" y2=\"192.0\"/></g>");
	expect_part(&svg, "d=\"M6625 179L8875 1720L8875 1720L6625 409z\"");
	/* off the scale: an arrow at its edge */
	expect_part(&svg, "x=\"88.75%\" y=\"192.0\"><path");
	expect_part(&svg, "<line class=\"target\" x1=\"0\" x2=\"100%\" "
			  "y1=\"54.4\" y2=\"54.4\"");
	/* 88 is too near the target to have words of its own */
	expect_part(&svg, ">50%</text>");
	expect_no_part(&svg, ">88%</text>");
	assert_int_equal(count_parts(&svg, "class=\"grid\""), 3);
}

static void
test_drawn(void **state)
{
	static const int widths[] = {320, 1200};

	(void)state;
	draw(&four);
	for (size_t i = 0; i < 2; i++) {
		int w = widths[i];

		/* mark, band around it, gap, line without a band's colour */
		assert_int_equal(colour_at(&svg, w, 66.25, 47), BLACK);
		assert_true(colour_at(&svg, w, 66.9, 56) != WHITE);
		assert_int_equal(colour_at(&svg, w, 43.75, 90), WHITE);
		assert_int_equal(colour_at(&svg, w, 88.75, 185), BLACK);
		/* hollow, with an interval of its own */
		assert_int_equal(colour_at(&svg, w, 21.25, 64), WHITE);
		assert_true(colour_at(&svg, w, 21.25, 80) != WHITE);
	}
}

/* The labels shown of so many weeks, in one string. */
static const char *
labels_of(size_t count, const char *before, const char *after)
{
	static char names[CHART_POINTS][20], all[1000];
	struct chart_point many[CHART_POINTS] = {{0}};
	struct chart_trend c = {.points = many, .count = count, .title = ""};

	for (size_t i = 0; i < count; i++) {
		snprintf(names[i], sizeof(names[i]), "%s%d%s", before,
		    (int)i + 1, after);
		many[i].label = names[i];
	}
	draw(&c);
	all[0] = '\0';
	for (const char *p = buf_text(&svg); (p = strstr(p, "<text"));) {
		p = strchr(p, '>') + 1;
		strncat(all, p, strcspn(p, "<"));
		strcat(all, " ");
	}
	return all;
}

/* The first and the last always, and what a phone has room for. */
static void
test_labels(void **state)
{
	(void)state;
	assert_string_equal(labels_of(0, "T", ""), "");
	assert_string_equal(labels_of(1, "T", ""), "T1 ");
	assert_string_equal(labels_of(2, "T", ""), "T1 T2 ");
	assert_string_equal(labels_of(5, "T", ""), "T1 T2 T3 T4 T5 ");
	assert_string_equal(labels_of(12, "T", ""), "T1 T3 T5 T8 T10 T12 ");
	assert_string_equal(
	    labels_of(60, "T", ""), "T1 T11 T21 T31 T40 T50 T60 ");
	assert_string_equal(
	    labels_of(60, "tuần ", "/2026"), "tuần 1/2026 tuần 60/2026 ");
	/* words too wide for their column stay within the picture */
	expect_part(&svg, "<text x=\"0.00%\" y=\"212.0\" "
			  "text-anchor=\"start\">tuần 1/");
	expect_part(&svg, "<text x=\"100.00%\" y=\"212.0\" "
			  "text-anchor=\"end\">tuần 60");
}

/* Without any point there is still a scale; a spark is then just its target. */
static void
test_nothing(void **state)
{
	struct chart_trend c = four;
	struct chart_spark s = {NULL, 0, true, 90, 0, "chưa có phiếu"};

	(void)state;
	c.points = NULL;
	c.count = 0;
	draw(&c);
	expect_part(&svg, ">90%</text>");
	expect_no_part(&svg, "<circle");
	buf_clear(&svg);
	assert_true(chart_spark(&s, &svg));
	expect_part(&svg, "class=\"target\"");
	expect_no_part(&svg, "<circle");
}

static void
test_many(void **state)
{
	struct chart_point many[CHART_POINTS + 1];
	struct chart_trend c = {.points = many, .title = ""};

	(void)state;
	for (size_t i = 0; i <= CHART_POINTS; i++)
		many[i] = points[i % 3];
	c.count = CHART_POINTS;
	draw(&c);
	expect_part(&svg, "r=\"2.0\"");
	buf_clear(&svg);
	c.count = CHART_POINTS + 1;
	assert_false(chart_trend(&c, &svg));
	assert_int_equal(svg.size, 0);
}

static void
refused(const struct chart_trend *c)
{
	struct chart_spark s = {c->points, c->count, c->has_target,
	    c->target.at, c->from, c->title};

	buf_clear(&svg);
	assert_false(chart_trend(c, &svg));
	if (c->ticks == ticks)
		assert_false(chart_spark(&s, &svg));
	assert_int_equal(svg.size, 0);
}

static void
test_refused(void **state)
{
	static const double bad[] = {NAN, INFINITY, -INFINITY, -0.001, 100.001};
	const struct chart_point good = points[2];
	double *const numbers[] = {
	    &points[2].share, &points[2].lo, &points[2].hi};
	struct chart_trend c;

	(void)state;
	for (size_t k = 0; k < sizeof(bad) / sizeof(*bad); k++) {
		struct chart_tick tick = {bad[k], "?"};

		for (size_t i = 0; i < 3; i++) {
			*numbers[i] = bad[k];
			refused(&four);
			points[2] = good;
		}
		c = four;
		c.target.at = bad[k];
		refused(&c);
		c = four;
		c.from = bad[k];
		refused(&c);
		c = four;
		c.ticks = &tick;
		c.nticks = 1;
		refused(&c);
	}
	points[2].lo = 95; /* above hi */
	refused(&four);
	points[2] = good;
	c = four;
	c.from = 100;
	refused(&c);
	c.from = 91; /* the target is off the scale, it would be a lie */
	refused(&c);
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
	    cmocka_unit_test(test_parts),
	    cmocka_unit_test(test_drawn),
	    cmocka_unit_test(test_labels),
	    cmocka_unit_test(test_nothing),
	    cmocka_unit_test(test_many),
	    cmocka_unit_test(test_refused),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
