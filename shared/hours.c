/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Read by one cursor that each step moves forward. Words are English because
 * the line is written by an administrator, like the settings around it; what
 * citizens see is made by hours_words.
 */
#include "shared/hours.h"

#include <stdio.h>
#include <string.h>
#include "shared/buf.h"
#include "shared/civil.h"

static const char *const days[7] = {
    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

static bool
refuse_hour(char *error, const char *what, const char *at)
{
	snprintf(error, LIMIT_ERROR_BYTES, "%s at \"%.20s\"", what,
	    *at ? at : "the end");
	return false;
}

static const char *
skip_blanks(const char *at)
{
	return at + strspn(at, " ");
}

/* --------------------------------------------------------------- the pieces */

static bool
read_day(const char **at, int *day)
{
	for (*day = 1; *day <= 7; (*day)++)
		if (strncmp(*at, days[*day - 1], 3) == 0) {
			*at += 3;
			return true;
		}
	return false;
}

static bool
two_digits(const char *at, int *value)
{
	if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
		return false;
	*value = (at[0] - '0') * 10 + at[1] - '0';
	return true;
}

/* "07:30"; 24:00 is the day's end. */
static bool
read_minute(const char **at, int *minute)
{
	int hour, rest;

	if (!two_digits(*at, &hour) || (*at)[2] != ':' ||
	    !two_digits(*at + 3, &rest) || rest > 59)
		return false;
	*minute = hour * 60 + rest;
	*at += 5;
	return *minute <= HOURS_MINUTES;
}

static bool
read_span(const char **at, struct hours_span *span)
{
	if (!read_minute(at, &span->from) || *(*at)++ != '-' ||
	    !read_minute(at, &span->until))
		return false;
	return span->from < span->until;
}

static bool
read_date(const char **at, int32_t *day)
{
	char text[11];

	snprintf(text, sizeof(text), "%s", *at);
	*at += strnlen(*at, 10);
	return civil_parse_date(text, day);
}

/* --------------------------------------------------------------- the groups */

static bool
read_group(const char **at, struct hours *h, char *error)
{
	struct hours_group *g = &h->groups[h->ngroups];
	const char *start = *at;

	if (h->ngroups == HOURS_GROUPS)
		return refuse_hour(error, "too many groups", start);
	memset(g, 0, sizeof(*g));
	if (!read_day(at, &g->first))
		return refuse_hour(
		    error, "not a day (Mon … Sun) or closed", start);
	g->last = g->first;
	if (**at == '-' && (++*at, !read_day(at, &g->last)))
		return refuse_hour(error, "not a day (Mon … Sun)", *at);
	if (g->last < g->first)
		return refuse_hour(error, "days run backwards", start);
	for (*at = skip_blanks(*at); **at && **at != ';';
	     *at = skip_blanks(*at)) {
		start = *at;
		if (g->nspans == HOURS_SPANS)
			return refuse_hour(error, "too many times", start);
		if (!read_span(at, &g->spans[g->nspans]))
			return refuse_hour(
			    error, "not a time (07:00-11:30)", start);
		g->nspans++;
	}
	if (g->nspans == 0)
		return refuse_hour(error, "no time (07:00-11:30)", *at);
	h->ngroups++;
	return true;
}

/* "closed 2027-02-05..2027-02-11", or one day. */
static bool
read_closed(const char **at, struct hours *h, char *error)
{
	const char *start = *at;
	int32_t first, last;

	*at = skip_blanks(*at + strlen("closed"));
	if (h->nclosed == HOURS_CLOSED)
		return refuse_hour(error, "too many closed days", start);
	if (!read_date(at, &first))
		return refuse_hour(error, "not a date (2027-02-05)", start);
	last = first;
	if (strncmp(*at, "..", 2) == 0 && (*at += 2, !read_date(at, &last)))
		return refuse_hour(error, "not a date (2027-02-05)", start);
	if (last < first)
		return refuse_hour(error, "dates run backwards", start);
	h->closed[h->nclosed].first = first;
	h->closed[h->nclosed++].last = last;
	return true;
}

bool
hours_read(const char *text, struct hours *out, char error[LIMIT_ERROR_BYTES])
{
	const char *at = skip_blanks(text);

	memset(out, 0, sizeof(*out));
	while (*at) {
		bool ok = strncmp(at, "closed", 6) == 0
			      ? read_closed(&at, out, error)
			      : read_group(&at, out, error);

		if (!ok)
			return false;
		at = skip_blanks(at);
		if (*at && *at != ';')
			return refuse_hour(error, "expected a semicolon", at);
		at = skip_blanks(at + (*at == ';'));
	}
	return true;
}

/* --------------------------------------------------------------- the answer */

static bool
in_group(const struct hours_group *g, int weekday, int minute)
{
	if (weekday < g->first || weekday > g->last)
		return false;
	for (size_t i = 0; i < g->nspans; i++)
		if (minute >= g->spans[i].from && minute < g->spans[i].until)
			return true;
	return false;
}

bool
hours_open(const struct hours *h, int32_t day, int minute)
{
	int weekday = civil_weekday(day);

	for (size_t i = 0; i < h->nclosed; i++)
		if (day >= h->closed[i].first && day <= h->closed[i].last)
			return false;
	for (size_t i = 0; i < h->ngroups; i++)
		if (in_group(&h->groups[i], weekday, minute))
			return true;
	return h->ngroups == 0;
}

static const char *
day_name(struct arena *a, int day, enum lang lang)
{
	return text(lang, arena_printf(a, "day.%d", day));
}

static void
put_group(
    struct arena *a, struct buf *b, const struct hours_group *g, enum lang lang)
{
	buf_puts(b, day_name(a, g->first, lang));
	if (g->last > g->first)
		buf_printf(b, "–%s", day_name(a, g->last, lang));
	for (size_t i = 0; i < g->nspans; i++)
		buf_printf(b, "%s%d:%02d–%d:%02d", i == 0 ? ": " : ", ",
		    g->spans[i].from / 60, g->spans[i].from % 60,
		    g->spans[i].until / 60, g->spans[i].until % 60);
}

const char *
hours_words(struct arena *a, const struct hours *h, enum lang lang)
{
	struct buf b;
	const char *words;

	buf_init(&b);
	for (size_t i = 0; i < h->ngroups; i++) {
		if (i > 0)
			buf_puts(&b, "; ");
		put_group(a, &b, &h->groups[i], lang);
	}
	words = arena_strdup(a, buf_text(&b));
	buf_finish(&b);
	return words;
}
