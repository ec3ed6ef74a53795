/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The periods reports are made for: quarter, 6 months, 9 months, year, month,
 * or any range of days. Days are civil days (shared/civil.h), both ends
 * included; which answer belongs to a day is the caller's concern.
 */
#ifndef HAILONG_SERVER_CORE_SCORE_PERIOD_H
#define HAILONG_SERVER_CORE_SCORE_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#define PERIOD_TEXT 24 /* room for "2026-07-01..2026-09-30" and its NUL */

enum period_kind {
	PERIOD_MONTH,       /* 2026-07 */
	PERIOD_QUARTER,     /* 2026-Q3 */
	PERIOD_HALF,        /* 2026-H1, the first 6 months; 2026-H2 */
	PERIOD_NINE_MONTHS, /* 2026-9M, from January */
	PERIOD_YEAR,        /* 2026 */
	PERIOD_RANGE,       /* 2026-07-01..2026-09-30 */
	PERIOD_KIND_COUNT
};

struct period {
	enum period_kind kind;
	int year;            /* 2000..2999; of the first day */
	int number;          /* month, quarter or half from 1; else 0 */
	int32_t first, last; /* civil days, first <= last */
};

/* Reads one of the forms above, exactly; false for anything else: unknown
 * forms, years outside 2000..2999, a fifth quarter, a reversed range. */
bool period_parse(const char *text, struct period *out);
/* Writes the form that period_parse reads; a range stays a range, also where
 * it is a whole quarter. */
void period_name(const struct period *p, char out[PERIOD_TEXT]);
/* The period of the same kind before this one: the quarter before, 9 months of
 * the year before, as many days before a range. False before 2000. */
bool period_previous(const struct period *p, struct period *out);
/* Months have numbers: year * 12 + month - 1. The month of a day, and the first
 * day of a month. */
int64_t period_month(int32_t day);
int32_t period_month_first(int64_t month);
/* The whole months among the days first..last; false when there is none. */
bool period_whole_months(
    int32_t first, int32_t last, int64_t *from, int64_t *to);
/* The calendar quarter of a day of the years 2000..2999. */
struct period period_current_quarter(int32_t day);

#endif
