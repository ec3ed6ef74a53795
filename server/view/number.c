/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rounding is done on integers: a ratio of counts has no binary digits that
 * could turn 90.45 into 90.4. Limits are doubles; a tenth that is a whole
 * number but for the last bits (0.57 * 100) is taken as that number, so that
 * rounding outwards does not widen what is exact.
 */
#include "server/view/number.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

__extension__ typedef __int128 wide;

#define ALMOST 1e-9 /* tenths of a percent: far above noise, far below 0.1 */

/* value is in units of 10^-decimals; decimals <= 17. */
static void
print_number(
    wide value, wide unit, int decimals, char mark, char out[NUMBER_TEXT])
{
	snprintf(out, NUMBER_TEXT, "%d%c%0*lld", (int)(value / unit), mark,
	    decimals, (long long)(value % unit));
}

void
number_share(int64_t x, int64_t n, int t4, char mark, char out[NUMBER_TEXT])
{
	int reached = (wide)1000000 * x >= (wide)t4 * n;
	wide unit = 1, value = 0;
	int decimals = 0, shown;

	out[0] = '\0';
	if (n <= 0)
		return;
	/* share and target differ by 10^-16 percent at least, or not at all */
	do {
		decimals++;
		unit *= 10;
		value = (200 * unit * x + n) / (2 * (wide)n);
		shown = value * 10000 >= t4 * unit;
	} while (shown != reached && decimals < 17);
	print_number(value, unit, decimals, mark, out);
}

void
number_percent(double percent, int t4, char mark, char out[NUMBER_TEXT])
{
	out[0] = '\0';
	if (!isnan(percent))
		number_share(llround(fmin(100, fmax(0, percent)) * 1e10),
		    INT64_C(1000000000000), t4, mark, out);
}

/* One decimal of a percentage counted in tenths. */
static void
print_tenths(double tenths, char mark, char out[NUMBER_TEXT])
{
	print_number((wide)fmin(1000, fmax(0, tenths)), 10, 1, mark, out);
}

void
number_low(double percent, char mark, char out[NUMBER_TEXT])
{
	out[0] = '\0';
	if (!isnan(percent))
		print_tenths(floor(percent * 10 + ALMOST), mark, out);
}

void
number_high(double percent, char mark, char out[NUMBER_TEXT])
{
	out[0] = '\0';
	if (!isnan(percent))
		print_tenths(ceil(percent * 10 - ALMOST), mark, out);
}

/* Tenths, to the nearest whole one, with their sign; the minus is the
 * typographic one. */
static void
print_points(double tenths, char mark, char out[NUMBER_TEXT])
{
	long n = lround(fmin(1000, fmax(-1000, tenths)));

	snprintf(out, NUMBER_TEXT, "%s%ld%c%ld",
	    n > 0   ? "+"
	    : n < 0 ? "\u2212"
		    : "",
	    labs(n) / 10, mark, labs(n) % 10);
}

void
number_points(double points, char mark, char out[NUMBER_TEXT])
{
	out[0] = '\0';
	if (!isnan(points))
		print_points(points * 10 + copysign(ALMOST, points), mark, out);
}

void
number_points_low(double points, char mark, char out[NUMBER_TEXT])
{
	out[0] = '\0';
	if (!isnan(points))
		print_points(floor(points * 10 + ALMOST), mark, out);
}

void
number_points_high(double points, char mark, char out[NUMBER_TEXT])
{
	out[0] = '\0';
	if (!isnan(points))
		print_points(ceil(points * 10 - ALMOST), mark, out);
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
