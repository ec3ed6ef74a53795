/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The contrast of every pair of colours that meet on the staff pages, by day
 * and by night, computed from the variables of style.css as WCAG 2 defines it:
 * letters 4.5 : 1, signs, edges and marks 3 : 1.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "server/static/static.h"

static const char *css;

/* The value of a name in the n-th :root of the style sheet, by day (0) or by
 * night (1); what begins with # is one itself. */
static void
colour(const char *name, int night, char out[8])
{
	const char *root = css;
	char wanted[40];

	if (name[0] == '#') {
		snprintf(out, 8, "%s", name);
		return;
	}
	for (int i = 0; i <= night; i++) {
		root = strstr(root, ":root {");
		assert_non_null(root);
		root++;
	}
	snprintf(wanted, sizeof(wanted), "--%s: #", name);
	root = strstr(root, wanted);
	if (root == NULL)
		fail_msg("no colour %s", name);
	snprintf(out, 8, "%.7s", root + strlen(wanted) - 1);
}

static double
linear(const char *hex)
{
	const char digits[3] = {hex[0], hex[1], '\0'};
	double c = (double)strtol(digits, NULL, 16) / 255;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double
luminance(const char *c)
{
	return 0.2126 * linear(c + 1) + 0.7152 * linear(c + 3) +
	       0.0722 * linear(c + 5);
}

static double
contrast(const char *a, const char *b)
{
	double x = luminance(a), y = luminance(b);

	return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

static void
test_known(void **state)
{
	(void)state;
	assert_true(fabs(contrast("#000000", "#ffffff") - 21) < 1e-9);
	assert_true(fabs(contrast("#777777", "#ffffff") - 4.478) < 1e-3);
}

static void
test_pairs(void **state)
{
	static const struct {
		const char *front, *back;
		double least;
	} pairs[] = {
	    /* letters */
	    {"ink", "paper", 4.5},
	    {"ink", "ground", 4.5},
	    {"ink", "blue-tint", 4.5},
	    {"ink", "brown-tint", 4.5},
	    {"soft", "paper", 4.5},
	    {"soft", "ground", 4.5},
	    {"soft", "few", 4.5},
	    {"blue", "paper", 4.5},
	    {"blue", "ground", 4.5},
	    {"brown", "paper", 4.5},
	    {"brown", "ground", 4.5},
	    {"on-blue", "blue", 4.5},
	    {"#ffffff", "top", 4.5},
	    {"#4d3500", "#ffeabb", 4.5},
	    /* signs, edges, marks */
	    {"edge", "paper", 3},
	    {"edge", "ground", 3},
	    {"focus", "paper", 3},
	    {"focus", "ground", 3},
	    {"blue", "blue-tint", 3},
	    {"brown", "brown-tint", 3},
	    {"#4a86c0", "paper", 3}, /* bands of the charts, … */
	    {"#c0703c", "paper", 3},
	    {"ink", "#4a86c0", 3}, /* … and marks on them */
	    {"ink", "edge", 3},
	    {"ink", "#c0703c", 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		for (int night = 0; night < 2; night++) {
			char front[8], back[8];

			colour(pairs[i].front, night, front);
			colour(pairs[i].back, night, back);
			if (contrast(front, back) < pairs[i].least)
				fail_msg("%s on %s %s: %.2f", pairs[i].front,
				    pairs[i].back,
				    night ? "by night" : "by day",
				    contrast(front, back));
		}
}

static int
find_css(void **state)
{
	(void)state;
	for (size_t i = 0; i < static_files_count; i++)
		if (strcmp(static_files[i].name, "style.css") == 0)
			css = static_files[i].data;
	return css == NULL;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_known),
	    cmocka_unit_test(test_pairs),
	};

	return cmocka_run_group_tests(tests, find_css, NULL);
}
