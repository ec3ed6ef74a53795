/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Spreadsheets turn days into their own form, databases write a time without a
 * zone: both mean the office's local time. */
#include "server/core/dossier/dossier_time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/civil.h"

/* Days from 30 December 1899 on. */
#define SERIAL_1970  25569
#define SERIAL_FIRST 36526 /* 2000-01-01 */
#define SERIAL_LAST  73050 /* 2099-12-31 */

/* Up to most digits; where they end, NULL for none. */
static const char *
read_number(const char *at, int most, int *out)
{
	int digits = 0;

	for (*out = 0; digits < most && *at >= '0' && *at <= '9';
	     at++, digits++)
		*out = *out * 10 + (*at - '0');
	return digits == 0 ? NULL : at;
}

/* D/M/YYYY, also with hyphens or dots between. */
static const char *
read_day_first(const char *text, int32_t *day)
{
	struct civil date = {0};
	const char *at = read_number(text, 2, &date.day);
	char sign = at == NULL ? '\0' : *at;

	if (sign == '\0' || strchr("/-.", sign) == NULL)
		return NULL;
	at = read_number(at + 1, 2, &date.month);
	if (at == NULL || *at != sign)
		return NULL;
	text = at + 1;
	at = read_number(text, 4, &date.year);
	if (at == NULL || at - text != 4 || !civil_valid(date))
		return NULL;
	*day = civil_to_day(date);
	return at;
}

static const char *
read_year_first(const char *text, int32_t *day)
{
	char date[11];

	snprintf(date, sizeof(date), "%.10s", text);
	return civil_parse_date(date, day) ? text + strlen(date) : NULL;
}

/* HH:MM or HH:MM:SS, to the end. */
static bool
read_time_of_day(const char *text, int64_t *ms)
{
	int hour, minute, second = 0;
	const char *at = read_number(text, 2, &hour);

	if (at == NULL || *at != ':' ||
	    (at = read_number(at + 1, 2, &minute)) == NULL)
		return false;
	if (*at == ':' && (at = read_number(at + 1, 2, &second)) == NULL)
		return false;
	*ms = ((hour * 60 + minute) * 60 + second) * 1000LL;
	return *at == '\0' && hour < 24 && minute < 60 && second < 60;
}

/* A number of days as a spreadsheet keeps them, 2000 to 2100, with a part of
 * the day behind the point. */
static bool
read_serial(const char *text, int64_t *ms, bool *bare)
{
	char *end;
	double value;
	int64_t seconds;

	if (strspn(text, "0123456789.") != strlen(text) ||
	    strspn(text, "0123456789") != 5)
		return false;
	value = strtod(text, &end);
	if (*end != '\0' || value < SERIAL_FIRST || value > SERIAL_LAST)
		return false;
	seconds = (int64_t)((value - (int32_t)value) * 86400 + 0.5);
	*bare = seconds == 0;
	*ms = civil_day_start((int32_t)value - SERIAL_1970) + seconds * 1000;
	return true;
}

bool
dossier_time(const char *text, int64_t *ms, bool *bare)
{
	int64_t time = 0;
	const char *at;
	int32_t day;
	int offset;

	*bare = false;
	if (civil_parse_time(text, ms, &offset) || read_serial(text, ms, bare))
		return true;
	at = read_year_first(text, &day);
	if (at == NULL)
		at = read_day_first(text, &day);
	if (at == NULL)
		return false;
	*bare = *at == '\0';
	if (!*bare &&
	    ((*at != ' ' && *at != 'T') || !read_time_of_day(at + 1, &time)))
		return false;
	*ms = civil_day_start(day) + time;
	return true;
}
