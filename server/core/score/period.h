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

/* On which days a period's data are cut off (DOMAIN, section 5.1). A range has
 * the days it names. */
enum period_cut {
	PERIOD_CALENDAR, /* the first to the last day of its months */
	PERIOD_ND09, /* decree 09/2019: the 15th of the month before to the 14th
		      * of its last month */
	PERIOD_CUT_COUNT
};

/* "calendar", "nd09": as commands and the database write them. */
extern const char *const period_cut_words[PERIOD_CUT_COUNT];
/* Finds such a word; false (NULL too): there is none. */
bool period_cut_find(const char *word, enum period_cut *out);

struct period {
	enum period_kind kind;
	enum period_cut cut;
	int year;            /* 2000..2999; that it is named after */
	int number;          /* month, quarter or half from 1; else 0 */
	int32_t first, last; /* civil days, first <= last */
};

/* Reads one of the forms above, exactly; false for anything else: unknown
 * forms, years outside 2000..2999, a fifth quarter, a reversed range. */
bool period_parse(const char *text, enum period_cut cut, struct period *out);
/* Writes the form that period_parse reads; a range stays a range, also where
 * it is a whole quarter. */
void period_name(const struct period *p, char out[PERIOD_TEXT]);
/* True when both bear the same name, whatever their cut. */
bool period_same(const struct period *a, const struct period *b);
/* The period of the same kind and cut before this one: the quarter before, 9
 * months of the year before, as many days before a range. False before 2000. */
bool period_previous(const struct period *p, struct period *out);
/* Months have numbers: year * 12 + month - 1. The month of a day, and the first
 * day of a month. */
int64_t period_month(int32_t day);
int32_t period_month_first(int64_t month);
/* The whole months among the days first..last; false when there is none. */
bool period_whole_months(
    int32_t first, int32_t last, int64_t *from, int64_t *to);
/* The period of a kind that a day of the years 2000..2999 lies in; false: none
 * does (9 months end in autumn), or it is a range that was asked for. */
bool period_at(enum period_kind kind, int32_t day, enum period_cut cut,
    struct period *out);
/* The quarter of a day. */
struct period period_current_quarter(int32_t day, enum period_cut cut);
/* How many of the period's days have begun on `today`: those that data can
 * stand behind. */
int period_days_begun(const struct period *p, int32_t today);

#endif
