/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Percentages as people read them on screens, in reports and in the terminal;
 * without the percent sign, which belongs to the words around them. mark is the
 * decimal mark, ',' in Vietnamese and '.' in English. Targets come as integers
 * in units of 0.0001 percent (90 % is 900000), 0 for a share that has none.
 * Nothing is computed from the text.
 *
 * All print one decimal, and as many more as it takes to stand to 0, to the
 * target and to 100 as the exact value does: 2249 of 2500 is 89,96 and not the
 * 90,0 it did not reach, 2999 of 3000 is 99,97.
 */
#ifndef HAILONG_SERVER_VIEW_NUMBER_H
#define HAILONG_SERVER_VIEW_NUMBER_H

#include <stdint.h>

#define NUMBER_TEXT 32 /* room for any of these texts and its NUL */

/* The share x of n (0 <= x <= n <= 10^12) in percent, rounded half up. "" for
 * n = 0. */
void number_share(
    int64_t x, int64_t n, int t4, char mark, char out[NUMBER_TEXT]);
/* The same for a share that is no ratio of counts, in percent 0..100; its
 * digits beyond the tenth decimal are noise and are rounded away first. "" for
 * NAN. */
void number_percent(double percent, int t4, char mark, char out[NUMBER_TEXT]);
/* A lower limit in percent, rounded down, likewise. */
void number_low(double percent, int t4, char mark, char out[NUMBER_TEXT]);
/* An upper limit in percent, rounded up, likewise. */
void number_high(double percent, int t4, char mark, char out[NUMBER_TEXT]);
/* A difference in percentage points, half up, with its sign: "+2,1", "−0,4",
 * "0,0" for nought and nothing else. "" for NAN. */
void number_points(double points, char mark, char out[NUMBER_TEXT]);
/* The same for a limit of it: down, up. */
void number_points_low(double points, char mark, char out[NUMBER_TEXT]);
void number_points_high(double points, char mark, char out[NUMBER_TEXT]);
/* A count with its thousands apart: "1.204" where the decimal mark is ',', else
 * "1,204". */
void number_count(int64_t n, char mark, char out[NUMBER_TEXT]);
/* A target with the decimals it has: "90", "87,5". */
void number_target(int t4, char mark, char out[NUMBER_TEXT]);

#endif
