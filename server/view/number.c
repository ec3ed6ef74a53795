/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rounding is done on integers: a ratio of counts has no binary digits that
 * could turn 90.45 into 90.4. Limits are doubles; their digits beyond the tenth
 * decimal are noise, so that what is exact but for the last bits (0.57 * 100)
 * is not widened by rounding outwards.
 *
 * One function prints all of them. A number may be rounded, but must stand to
 * each boundary (0, the target, 100) as the exact value does: below, on or
 * above it. As long as it does not, it gets one more decimal.
 */
#include "server/view/number.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

__extension__ typedef __int128 wide;

#define MOST_DECIMALS 17
#define ONE           10000 /* one percent in t4 */
#define HUNDRED       (100 * ONE)
#define FINE          INT64_C(10000000000) /* parts of a percent in a double */

enum rounding { ROUND_DOWN, ROUND_HALF_UP, ROUND_UP };

/* value is in units of 10^-decimals; decimals <= 17. */
static void
print_number(
    wide value, wide unit, int decimals, char mark, char out[NUMBER_TEXT])
{
	snprintf(out, NUMBER_TEXT, "%d%c%0*lld", (int)(value / unit), mark,
	    decimals, (long long)(value % unit));
}

/* -1, 0 or 1: on which side of the boundary (in t4) value/unit stands. */
static int
side(wide value, wide unit, int boundary)
{
	wide distance = value * ONE - boundary * unit;

	return (distance > 0) - (distance < 0);
}

/* True when the rounded value stands to every boundary as the exact one. */
static bool
same_sides(wide exact, wide parts, wide rounded, wide unit, int t4)
{
	const int boundaries[] = {0, t4, HUNDRED};

	for (int i = 0; i < 3; i++)
		if (side(exact, parts, boundaries[i]) !=
		    side(rounded, unit, boundaries[i]))
			return false;
	return true;
}

/* exact/parts percent, from 0 to 100. */
static void
print_percent(wide exact, wide parts, int t4, enum rounding way, char mark,
    char out[NUMBER_TEXT])
{
	wide unit = 1, twice = 2 * parts, value;
	wide more = way == ROUND_DOWN ? 0 : way == ROUND_UP ? twice - 1 : parts;
	int decimals = 0;

	do {
		decimals++;
		unit *= 10;
		value = (2 * exact * unit + more) / twice;
	} while (!same_sides(exact, parts, value, unit, t4) &&
		 decimals < MOST_DECIMALS);
	print_number(value, unit, decimals, mark, out);
}

/* The same of a double; "" for NAN. */
static void
print_double(
    double percent, int t4, enum rounding way, char mark, char out[NUMBER_TEXT])
{
	out[0] = '\0';
	if (!isnan(percent))
		print_percent(llround(fmin(100, fmax(0, percent)) * FINE), FINE,
		    t4, way, mark, out);
}

void
number_share(int64_t x, int64_t n, int t4, char mark, char out[NUMBER_TEXT])
{
	out[0] = '\0';
	if (n > 0)
		print_percent((wide)100 * x, n, t4, ROUND_HALF_UP, mark, out);
}

void
number_percent(double percent, int t4, char mark, char out[NUMBER_TEXT])
{
	print_double(percent, t4, ROUND_HALF_UP, mark, out);
}

void
number_low(double percent, int t4, char mark, char out[NUMBER_TEXT])
{
	print_double(percent, t4, ROUND_DOWN, mark, out);
}

void
number_high(double percent, int t4, char mark, char out[NUMBER_TEXT])
{
	print_double(percent, t4, ROUND_UP, mark, out);
}

/* Points with their sign; the minus is the typographic one. What is rounded
 * down is rounded away from nought where it is negative. */
static void
print_points(double points, enum rounding way, char mark, char out[NUMBER_TEXT])
{
	long long fine = llround(fmin(100, fmax(-100, points)) * FINE);
	char size[NUMBER_TEXT];

	if (fine < 0 && way != ROUND_HALF_UP)
		way = way == ROUND_DOWN ? ROUND_UP : ROUND_DOWN;
	print_percent(llabs(fine), FINE, 0, way, mark, size);
	snprintf(out, NUMBER_TEXT, "%s%.*s",
	    fine > 0   ? "+"
	    : fine < 0 ? "\u2212"
		       : "",
	    NUMBER_TEXT - 4, size);
}

void
number_points(double points, char mark, char out[NUMBER_TEXT])
{
	out[0] = '\0';
	if (!isnan(points))
		print_points(points, ROUND_HALF_UP, mark, out);
}

void
number_points_low(double points, char mark, char out[NUMBER_TEXT])
{
	out[0] = '\0';
	if (!isnan(points))
		print_points(points, ROUND_DOWN, mark, out);
}

void
number_points_high(double points, char mark, char out[NUMBER_TEXT])
{
	out[0] = '\0';
	if (!isnan(points))
		print_points(points, ROUND_UP, mark, out);
}

void
number_target(int t4, char mark, char out[NUMBER_TEXT])
{
	int unit = 10000, decimals = 4, value = t4;

	while (decimals > 0 && value % 10 == 0) {
		value /= 10;
		unit /= 10;
		decimals--;
	}
	if (decimals == 0)
		snprintf(out, NUMBER_TEXT, "%d", value);
	else
		print_number(value, unit, decimals, mark, out);
}

void
number_count(int64_t n, char mark, char out[NUMBER_TEXT])
{
	char digits[NUMBER_TEXT];
	int length = snprintf(digits, sizeof(digits), "%" PRId64, n);
	size_t at = 0;

	for (int i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0 && digits[i - 1] != '-')
			out[at++] = mark == ',' ? '.' : ',';
		out[at++] = digits[i];
	}
	out[at] = '\0';
}
