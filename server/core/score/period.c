/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every kind but the range is a number of months at a place in the year: one
 * table says how each is written and how long it is, and parsing, naming and
 * stepping back read that table. The days follow from the months.
 */
#include "server/core/score/period.h"

#include <stdio.h>
#include <string.h>
#include "shared/civil.h"

#define CUT_DAY    15 /* of ND09: a month begins on this of the one before */
#define YEAR_FIRST 2000
#define YEAR_LAST  2999

const char *const period_cut_words[PERIOD_CUT_COUNT] = {
    [PERIOD_CALENDAR] = "calendar", [PERIOD_ND09] = "nd09"};

bool
period_cut_find(const char *word, enum period_cut *out)
{
	for (int i = 0; word != NULL && i < PERIOD_CUT_COUNT; i++)
		if (strcmp(period_cut_words[i], word) == 0) {
			*out = (enum period_cut)i;
			return true;
		}
	return false;
}

struct kind {
	const char *prefix; /* between year and number */
	int digits;         /* of the number; 0: no number is written */
	int months;         /* how long */
	int count;          /* how many in a year */
};

static const struct kind kinds[PERIOD_RANGE] = {
    [PERIOD_MONTH] = {"-", 2, 1, 12},
    [PERIOD_QUARTER] = {"-Q", 1, 3, 4},
    [PERIOD_HALF] = {"-H", 1, 6, 2},
    [PERIOD_NINE_MONTHS] = {"-9M", 0, 9, 1},
    [PERIOD_YEAR] = {"", 0, 12, 1},
};

/* Reads exactly n digits; -1 when there are fewer. */
static int
read_digits(const char **at, int n)
{
	int value = 0;

	for (; n > 0; n--, ++*at) {
		if (**at < '0' || **at > '9')
			return -1;
		value = 10 * value + (**at - '0');
	}
	return value;
}

/* The day on which the data of a month begin. */
static int32_t
month_begins(int64_t month, enum period_cut cut)
{
	return cut == PERIOD_ND09 ? period_month_first(month - 1) + CUT_DAY - 1
				  : period_month_first(month);
}

/* Fills the days from kind, cut, year and number. */
static void
fill_days(struct period *p)
{
	const struct kind *k = &kinds[p->kind];
	int64_t from = (int64_t)p->year * 12 +
		       (p->number > 0 ? p->number - 1 : 0) * k->months;

	p->first = month_begins(from, p->cut);
	p->last = month_begins(from + k->months, p->cut) - 1;
}

/* The rest of the text after the year, as this kind. */
static bool
parse_kind(const char *text, enum period_kind kind, struct period *out)
{
	const struct kind *k = &kinds[kind];
	size_t length = strlen(k->prefix);

	if (strncmp(text, k->prefix, length) != 0)
		return false;
	text += length;
	out->kind = kind;
	out->number = read_digits(&text, k->digits);
	if (*text || out->number > k->count)
		return false;
	if (k->digits && out->number < 1)
		return false;
	fill_days(out);
	return true;
}

static bool
in_years(int32_t day)
{
	struct civil date = civil_from_day(day);

	return date.year >= YEAR_FIRST && date.year <= YEAR_LAST;
}

static bool
parse_range(const char *text, struct period *out)
{
	const size_t date = strlen("2026-07-01");
	char first[CIVIL_DATE_TEXT];

	if (strlen(text) != 2 * date + 2 || memcmp(text + date, "..", 2) != 0)
		return false;
	memcpy(first, text, date);
	first[date] = '\0';
	if (!civil_parse_date(first, &out->first) ||
	    !civil_parse_date(text + date + 2, &out->last))
		return false;
	out->kind = PERIOD_RANGE;
	out->year = civil_from_day(out->first).year;
	out->number = 0;
	return out->first <= out->last && in_years(out->first) &&
	       in_years(out->last);
}

bool
period_parse(const char *text, enum period_cut cut, struct period *out)
{
	const char *rest = text;
	struct period p = {.cut = cut, .year = read_digits(&rest, 4)};
	bool found = parse_range(text, &p);

	if (!found && (p.year < YEAR_FIRST || p.year > YEAR_LAST))
		return false;
	for (int kind = 0; !found && kind < PERIOD_RANGE; kind++)
		found = parse_kind(rest, (enum period_kind)kind, &p);
	if (found)
		*out = p;
	return found;
}

void
period_name(const struct period *p, char out[PERIOD_TEXT])
{
	char first[CIVIL_DATE_TEXT], last[CIVIL_DATE_TEXT];

	if (p->kind == PERIOD_RANGE) {
		civil_format_date(p->first, first);
		civil_format_date(p->last, last);
		snprintf(out, PERIOD_TEXT, "%.10s..%.10s", first, last);
	} else if (kinds[p->kind].digits) {
		snprintf(out, PERIOD_TEXT, "%04d%s%0*d", p->year,
		    kinds[p->kind].prefix, kinds[p->kind].digits, p->number);
	} else {
		snprintf(
		    out, PERIOD_TEXT, "%04d%s", p->year, kinds[p->kind].prefix);
	}
}

bool
period_same(const struct period *a, const struct period *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == PERIOD_RANGE)
		return a->first == b->first && a->last == b->last;
	return a->year == b->year && a->number == b->number;
}

bool
period_previous(const struct period *p, struct period *out)
{
	struct period before = *p;

	if (p->kind == PERIOD_RANGE) {
		before.last = p->first - 1;
		before.first = p->first - (p->last - p->first + 1);
		before.year = civil_from_day(before.first).year;
	} else if (p->number > 1) {
		before.number--;
		fill_days(&before);
	} else {
		before.year--;
		before.number = p->number ? kinds[p->kind].count : 0;
		fill_days(&before);
	}
	if (before.year < YEAR_FIRST)
		return false;
	*out = before;
	return true;
}

bool
period_at(
    enum period_kind kind, int32_t day, enum period_cut cut, struct period *out)
{
	int64_t month = period_month(day);
	struct period p = {.kind = kind, .cut = cut};

	if (kind >= PERIOD_RANGE)
		return false;
	if (day >= month_begins(month + 1, cut))
		month++;
	p.year = (int)(month / 12);
	if (kinds[kind].digits > 0)
		p.number = (int)(month % 12) / kinds[kind].months + 1;
	fill_days(&p);
	*out = p;
	return day <= p.last;
}

struct period
period_current_quarter(int32_t day, enum period_cut cut)
{
	struct period p = {0};

	period_at(PERIOD_QUARTER, day, cut, &p);
	return p;
}

int
period_days_begun(const struct period *p, int32_t today)
{
	if (today < p->first)
		return 0;
	return (today < p->last ? today : p->last) - p->first + 1;
}

int64_t
period_month(int32_t day)
{
	struct civil date = civil_from_day(day);

	return (int64_t)date.year * 12 + date.month - 1;
}

int32_t
period_month_first(int64_t month)
{
	struct civil date = {(int)(month / 12), (int)(month % 12) + 1, 1};

	return civil_to_day(date);
}

bool
period_whole_months(int32_t first, int32_t last, int64_t *from, int64_t *to)
{
	*from = period_month(first);
	*to = period_month(last);
	if (period_month_first(*from) < first)
		++*from;
	if (period_month_first(*to + 1) - 1 > last)
		--*to;
	return *from <= *to;
}
