/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kiosk's colours are worth, computed from kiosk.css and from the
 * colours of the faces: contrast as WCAG 2 defines it (letters 4.5 : 1, edges
 * and signs 3 : 1), and how far any two faces lie apart (CIE76 in Lab) for
 * people who see no red, no green or no blue (the matrices of Machado, Oliveira
 * and Fernandes 2009, whole deficiency). Ten of that distance is another colour
 * at a glance; we ask twice as much.
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
#include "kiosk/screen/faces.h"

#define APART 20

extern const char kiosk_css[];

struct colour {
	double part[3]; /* red, green, blue, 0..1 */
};

static struct colour
hex(const char *text)
{
	unsigned r, g, b;

	assert_int_equal(sscanf(text, "#%2x%2x%2x", &r, &g, &b), 3);
	return (struct colour){{r / 255.0, g / 255.0, b / 255.0}};
}

/* A colour that the style sheet defines. */
static struct colour
named(const char *name)
{
	char wanted[40];
	const char *at;

	snprintf(wanted, sizeof(wanted), "@define-color %s ", name);
	at = strstr(kiosk_css, wanted);
	if (at == NULL)
		fail_msg("no colour %s", name);
	return hex(at + strlen(wanted));
}

static struct colour
of_face(int face)
{
	const double *fill = face_colour(face);

	return (struct colour){{fill[0], fill[1], fill[2]}};
}

static double
linear(double c)
{
	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double
luminance(const struct colour *c)
{
	return 0.2126 * linear(c->part[0]) + 0.7152 * linear(c->part[1]) +
	       0.0722 * linear(c->part[2]);
}

static double
contrast(struct colour a, struct colour b)
{
	double x = luminance(&a), y = luminance(&b);

	return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

static void
test_contrast(void **state)
{
	static const struct {
		const char *front, *back;
		double least;
	} pairs[] = {
	    /* letters */
	    {"ink", "paper", 4.5},
	    {"ink", "tile", 4.5},
	    {"ink", "pressed", 4.5},
	    {"ink", "chosen", 4.5},
	    {"soft", "paper", 4.5},
	    {"white", "blue", 4.5},
	    {"white", "deep", 4.5},
	    {"moon", "night", 4.5},
	    /* edges and signs */
	    {"edge", "paper", 3},
	    {"edge", "tile", 3},
	    {"edge", "night", 3},
	    {"blue", "paper", 3},
	    {"blue", "pressed", 3},
	    {"blue", "chosen", 3},
	};

	(void)state;
	assert_true(fabs(contrast(hex("#000000"), hex("#ffffff")) - 21) < 1e-9);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		double is =
		    contrast(named(pairs[i].front), named(pairs[i].back));

		if (is < pairs[i].least)
			fail_msg("%s on %s: %.2f", pairs[i].front,
			    pairs[i].back, is);
	}
	for (int face = 1; face <= 5; face++)
		assert_true(contrast(named("ink"), of_face(face)) > 4.5);
}

/* --------------------------------------------------------- colour blindness */

typedef double matrix[3][3];

static const struct {
	const char *name;
	matrix m;
} eyes[] = {
    {"all colours", {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {"no red", {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216},
		   {-0.003882, -0.048116, 1.051998}}},
    {"no green",
	{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413},
	    {-0.011820, 0.042940, 0.968881}}},
    {"no blue",
	{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602},
	    {0.004733, 0.691367, 0.303900}}},
};

/* Of linear sRGB, white of D65. */
static const matrix to_xyz = {{0.4124564, 0.3575761, 0.1804375},
    {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}};
static const double white[3] = {0.95047, 1, 1.08883};

static void
turn(const matrix m, const double in[3], double out[3])
{
	for (int i = 0; i < 3; i++)
		out[i] = m[i][0] * in[0] + m[i][1] * in[1] + m[i][2] * in[2];
}

static double
bend(double t)
{
	return t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116;
}

/* Lab of what these eyes make of a colour. */
static void
see(const matrix m, struct colour c, double lab[3])
{
	double light[3], seen[3], xyz[3];

	for (int i = 0; i < 3; i++)
		light[i] = linear(c.part[i]);
	turn(m, light, seen);
	for (int i = 0; i < 3; i++)
		seen[i] = fmin(fmax(seen[i], 0), 1);
	turn(to_xyz, seen, xyz);
	for (int i = 0; i < 3; i++)
		xyz[i] = bend(xyz[i] / white[i]);
	lab[0] = 116 * xyz[1] - 16;
	lab[1] = 500 * (xyz[0] - xyz[1]);
	lab[2] = 200 * (xyz[1] - xyz[2]);
}

static double
apart(const matrix m, struct colour a, struct colour b)
{
	double x[3], y[3];

	see(m, a, x);
	see(m, b, y);
	return hypot(hypot(x[0] - y[0], x[1] - y[1]), x[2] - y[2]);
}

static void
test_every_eye(void **state)
{
	(void)state;
	for (size_t e = 0; e < sizeof(eyes) / sizeof(eyes[0]); e++)
		for (int a = 1; a <= 5; a++)
			for (int b = a + 1; b <= 5; b++) {
				double is =
				    apart(eyes[e].m, of_face(a), of_face(b));

				if (is < APART)
					fail_msg("%s: faces %d and %d are "
						 "only %.1f apart",
					    eyes[e].name, a, b, is);
			}
}

/* A traffic light is what the measure is for: plain to most, not to all. */
static void
test_red_and_green(void **state)
{
	struct colour red = hex("#d73027"), green = hex("#1a9850");

	(void)state;
	assert_true(apart(eyes[0].m, red, green) > 100);
	assert_true(apart(eyes[1].m, red, green) < APART);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_contrast),
	    cmocka_unit_test(test_every_eye),
	    cmocka_unit_test(test_red_and_green),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
