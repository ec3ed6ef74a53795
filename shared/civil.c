/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The calendar by arithmetic. Years are counted from March, so that the leap
 * day is the last of its year: then the day of the year follows from the month
 * by one linear rule (March to July and August to December both run 31 30 31
 * 30 31, 153 days in five months), and the days before a year are 365 a year
 * plus one for each 4th, minus each 100th, plus each 400th. 400 years are
 * 146,097 days, after which everything repeats.
 *
 * Time zones are the C library's (localtime_r, which is safe in threads). Each
 * thread remembers the offset of some days on which the clocks did not change:
 * a register of a million dossiers asks for tens of millions.
 */
#include "shared/civil.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAYS_400     146097 /* days of 400 years */
#define DAYS_TO_1970 719468 /* from 1 March of the year 0 to 1970-01-01 */
#define DAY_SECONDS  86400
#define DAYS_KNOWN   64

/* A day of Greenwich's, all of which has one offset. */
struct known_day {
	int64_t day;
	long offset;
	unsigned zone; /* zone_number that it is of; 0: none */
};

static atomic_uint zone_number = 1; /* rises with each other zone */
static _Thread_local struct known_day known_days[DAYS_KNOWN];

/* Division that rounds down, also below zero. */
static int64_t
floor_div(int64_t a, int64_t b)
{
	int64_t q = a / b;

	return a % b < 0 ? q - 1 : q;
}

static int32_t
day_of_seconds(int64_t seconds)
{
	int64_t day = floor_div(seconds, DAY_SECONDS);

	if (day < INT32_MIN)
		return INT32_MIN;
	return day > INT32_MAX ? INT32_MAX : (int32_t)day;
}

int32_t
civil_to_day(struct civil date)
{
	int month = (date.month + 9) % 12; /* March = 0 … February = 11 */
	int64_t year = date.month <= 2 ? date.year - 1 : date.year;
	int64_t days = year * 365 + floor_div(year, 4) - floor_div(year, 100) +
		       floor_div(year, 400);

	days += (153 * month + 2) / 5 + date.day - 1;
	return (int32_t)(days - DAYS_TO_1970);
}

struct civil
civil_from_day(int32_t day)
{
	int64_t since = (int64_t)day + DAYS_TO_1970;
	int64_t cycle = floor_div(since, DAYS_400);
	int64_t rest = since - cycle * DAYS_400; /* 0 … 146096 */
	int64_t year, in_year, month;
	struct civil date;

	/* Take out the leap days before the day: what is left are years of
	 * 365 days. 1,460 and 36,524 are where 4 and 100 years end. */
	year =
	    (rest - rest / 1460 + rest / 36524 - rest / (DAYS_400 - 1)) / 365;
	in_year = rest - (365 * year + year / 4 - year / 100);
	month = (5 * in_year + 2) / 153;
	date.day = (int)(in_year - (153 * month + 2) / 5 + 1);
	date.month = (int)(month < 10 ? month + 3 : month - 9);
	date.year = (int)(year + cycle * 400 + (date.month <= 2));
	return date;
}

static bool
leap_year(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool
civil_valid(struct civil date)
{
	static const int days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int last;

	if (date.year < 1 || date.year > 9999 || date.month < 1 ||
	    date.month > 12 || date.day < 1)
		return false;
	last = days[date.month - 1];
	if (date.month == 2 && leap_year(date.year))
		last++;
	return date.day <= last;
}

int
civil_weekday(int32_t day)
{
	/* 1970-01-01 was a Thursday */
	int64_t since_monday = (int64_t)day + 3;

	return (int)(since_monday - floor_div(since_monday, 7) * 7) + 1;
}

/* Reads exactly n digits and moves on; false when there are fewer. */
static bool
digits(const char **at, int n, int *value)
{
	*value = 0;
	for (; n > 0; n--, (*at)++) {
		if (**at < '0' || **at > '9')
			return false;
		*value = *value * 10 + (**at - '0');
	}
	return true;
}

static bool
literal(const char **at, char c)
{
	if (**at != c)
		return false;
	(*at)++;
	return true;
}

static bool
parse_date(const char **at, int32_t *day)
{
	struct civil date;

	if (!digits(at, 4, &date.year) || !literal(at, '-') ||
	    !digits(at, 2, &date.month) || !literal(at, '-') ||
	    !digits(at, 2, &date.day) || !civil_valid(date))
		return false;
	*day = civil_to_day(date);
	return true;
}

bool
civil_parse_date(const char *text, int32_t *day)
{
	int32_t found;

	if (!parse_date(&text, &found) || *text != '\0')
		return false;
	*day = found;
	return true;
}

void
civil_format_date(int32_t day, char out[CIVIL_DATE_TEXT])
{
	struct civil date = civil_from_day(day);

	/* the remainders change nothing; they tell the compiler that it fits */
	snprintf(out, CIVIL_DATE_TEXT, "%04d-%02u-%02u", date.year % 10000000,
	    (unsigned int)date.month % 100, (unsigned int)date.day % 100);
}

/* ".123456" or nothing; digits after the third are cut. */
static bool
parse_fraction(const char **at, int *ms)
{
	int weight = 100;

	*ms = 0;
	if (!literal(at, '.'))
		return true;
	if (**at < '0' || **at > '9')
		return false;
	for (; **at >= '0' && **at <= '9'; (*at)++, weight /= 10)
		*ms += (**at - '0') * weight;
	return true;
}

static bool
parse_offset(const char **at, int *minutes)
{
	int sign, hour, minute;

	if (literal(at, 'Z') || literal(at, 'z')) {
		*minutes = 0;
		return true;
	}
	if (literal(at, '+'))
		sign = 1;
	else if (literal(at, '-'))
		sign = -1;
	else
		return false;
	if (!digits(at, 2, &hour) || !literal(at, ':') ||
	    !digits(at, 2, &minute) || hour > 23 || minute > 59)
		return false;
	*minutes = sign * (hour * 60 + minute);
	return true;
}

bool
civil_parse_time(const char *text, int64_t *ms, int *offset_minutes)
{
	int hour, minute, second, fraction, offset;
	int32_t day;
	int64_t utc_minute;

	if (!parse_date(&text, &day))
		return false;
	/* RFC 3339, section 5.6: lower case, and a space for the T, may be */
	if (!literal(&text, 'T') && !literal(&text, 't') &&
	    !literal(&text, ' '))
		return false;
	if (!digits(&text, 2, &hour) || !literal(&text, ':') ||
	    !digits(&text, 2, &minute) || !literal(&text, ':') ||
	    !digits(&text, 2, &second) || !parse_fraction(&text, &fraction) ||
	    !parse_offset(&text, &offset) || *text != '\0')
		return false;
	if (hour > 23 || minute > 59 || second > 60)
		return false;
	utc_minute = (int64_t)day * 1440 + hour * 60 + minute - offset;
	if (second == 60) {
		/* leap seconds end a day of UTC and nothing else */
		if (utc_minute - floor_div(utc_minute, 1440) * 1440 != 1439)
			return false;
		second = 59;
	}
	*ms = (utc_minute * 60 + second) * 1000 + fraction;
	*offset_minutes = offset;
	return true;
}

void
civil_format_time(int64_t ms, int offset_minutes, char out[CIVIL_TIME_TEXT])
{
	int64_t seconds = floor_div(ms, 1000);
	int64_t local = seconds + (int64_t)offset_minutes * 60;
	int32_t day = day_of_seconds(local);
	/* unsigned and bounded, so that the compiler sees that it fits */
	unsigned int rest =
	    (unsigned int)(local - floor_div(local, DAY_SECONDS) * DAY_SECONDS);
	unsigned int fraction = (unsigned int)((ms % 1000 + 1000) % 1000);
	unsigned int offset = (unsigned int)abs(offset_minutes) % 1440;
	char date[CIVIL_DATE_TEXT], thousandths[8] = "", zone[8] = "Z";

	civil_format_date(day, date);
	if (fraction != 0)
		snprintf(thousandths, sizeof(thousandths), ".%03u", fraction);
	if (offset != 0)
		snprintf(zone, sizeof(zone), "%c%02u:%02u",
		    offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
	snprintf(out, CIVIL_TIME_TEXT, "%sT%02u:%02u:%02u%s%s", date,
	    rest / 3600 % 24, rest / 60 % 60, rest % 60, thousandths, zone);
}

/* An IANA name, and no way out of the folder of zones. */
static bool
zone_name_ok(const char *name)
{
	size_t n = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				"abcdefghijklmnopqrstuvwxyz0123456789_+-./");

	return n > 0 && name[n] == '\0' && n < 64 && name[0] != '/' &&
	       strstr(name, "..") == NULL;
}

/* The C library takes an unknown zone for UTC without a word, so we look for
 * the file ourselves, by its magic: the folder holds other files too. */
static bool
zone_file_ok(const char *name)
{
	const char *folder = getenv("TZDIR");
	char path[512], magic[4] = "";
	FILE *file;
	size_t n;

	if (folder == NULL || folder[0] == '\0')
		folder = "/usr/share/zoneinfo";
	if (snprintf(path, sizeof(path), "%s/%s", folder, name) >=
	    (int)sizeof(path))
		return false;
	file = fopen(path, "rbe");
	if (file == NULL)
		return false;
	n = fread(magic, 1, sizeof(magic), file);
	fclose(file);
	return n == sizeof(magic) && memcmp(magic, "TZif", 4) == 0;
}

bool
civil_set_zone(const char *name)
{
	if (!zone_name_ok(name) || !zone_file_ok(name) ||
	    setenv("TZ", name, 1) != 0)
		return false;
	tzset();
	atomic_fetch_add(&zone_number, 1);
	return true;
}

static long
offset_asked(int64_t seconds)
{
	time_t t = (time_t)seconds;
	struct tm local;

	return localtime_r(&t, &local) != NULL ? local.tm_gmtoff : 0;
}

static long
offset_seconds(int64_t seconds)
{
	int64_t day = floor_div(seconds, DAY_SECONDS);
	struct known_day *known = &known_days[(uint64_t)day % DAYS_KNOWN];
	unsigned zone = atomic_load(&zone_number);
	long begin;

	if (known->zone == zone && known->day == day)
		return known->offset;
	if (day < INT32_MIN || day > INT32_MAX)
		return offset_asked(seconds);
	begin = offset_asked(day * DAY_SECONDS);
	if (begin != offset_asked((day + 1) * DAY_SECONDS))
		return offset_asked(seconds);
	*known = (struct known_day){day, begin, zone};
	return begin;
}

int
civil_offset(int64_t ms)
{
	return (int)(offset_seconds(floor_div(ms, 1000)) / 60);
}

int32_t
civil_local_day(int64_t ms)
{
	int64_t seconds = floor_div(ms, 1000);

	return day_of_seconds(seconds + offset_seconds(seconds));
}

int64_t
civil_day_start(int32_t day)
{
	/* Where clocks change at midnight a day may begin at 01:00, and a day
	 * may be missing altogether, so we search for the instant at which the
	 * local day becomes this one (or a later one, when it is missing). */
	int64_t before = ((int64_t)day - 2) * DAY_SECONDS;
	int64_t reached = ((int64_t)day + 2) * DAY_SECONDS;
	int64_t guess = (int64_t)day * DAY_SECONDS -
			offset_seconds((int64_t)day * DAY_SECONDS);

	/* … which is midnight nearly always */
	if (civil_local_day(guess * 1000) >= day &&
	    civil_local_day((guess - 1) * 1000) < day)
		return guess * 1000;
	while (reached - before > 1) {
		int64_t middle = before + (reached - before) / 2;

		if (civil_local_day(middle * 1000) >= day)
			reached = middle;
		else
			before = middle;
	}
	return reached * 1000;
}
