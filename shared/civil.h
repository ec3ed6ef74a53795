/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Civil dates and times. A day is an int32: days since 1970-01-01 in the
 * proleptic Gregorian calendar. Instants are milliseconds since 1970 UTC.
 */
#ifndef HAILONG_SHARED_CIVIL_H
#define HAILONG_SHARED_CIVIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CIVIL_DATE_TEXT 16 /* room for "2026-11-20" and its NUL */
#define CIVIL_TIME_TEXT 40 /* room for RFC 3339 with offset and its NUL */

struct civil {
	int year, month, day; /* month and day from 1 */
};

/* Day number of a date; the date must be valid (civil_valid). */
int32_t civil_to_day(struct civil date);
/* Date of a day number. */
struct civil civil_from_day(int32_t day);
/* True for an existing date of the years 1 to 9999. */
bool civil_valid(struct civil date);
/* Monday = 1 … Sunday = 7 (ISO 8601). */
int civil_weekday(int32_t day);
/* Reads exactly "YYYY-MM-DD"; false for anything else. */
bool civil_parse_date(const char *text, int32_t *day);
/* Writes "YYYY-MM-DD". */
void civil_format_date(int32_t day, char out[CIVIL_DATE_TEXT]);
/* Reads an RFC 3339 time with an offset ("Z" or "+07:00"; fraction of a second
 * allowed, cut to milliseconds; a leap second counts as the second before).
 * False for anything else, also for a time without an offset. */
bool civil_parse_time(const char *text, int64_t *ms, int *offset_minutes);
/* Writes RFC 3339 at the given offset, without a fraction when ms is a whole
 * second, with three digits otherwise. */
void civil_format_time(
    int64_t ms, int offset_minutes, char out[CIVIL_TIME_TEXT]);

/* Chooses the program's time zone (an IANA name, e.g. Asia/Ho_Chi_Minh).
 * False when this machine does not know it. Call once, before threads. */
bool civil_set_zone(const char *name);
/* The zone's offset from UTC in minutes at that instant. */
int civil_offset(int64_t ms);
/* The local day of an instant in the program's zone. */
int32_t civil_local_day(int64_t ms);
/* The first instant of a local day in the program's zone. */
int64_t civil_day_start(int32_t day);

#endif
