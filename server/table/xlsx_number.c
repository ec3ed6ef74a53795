/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A date in a spreadsheet is a number of days and a format that shows it as
 * one. Day 60 of the years from 1900 is 29 February 1900, which was none: days
 * after it count from 30 December 1899.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "server/table/xlsx_private.h"
#include "shared/civil.h"

#define LAST_SERIAL 2958465 /* 9999-12-31 */

bool
xlsx_format_dated(long id, const char *code)
{
	if (code == NULL)
		return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) ||
		       (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
	for (const char *c = code; *c != '\0' && *c != ';'; c++) {
		if (*c == '"' || *c == '[') {
			c = strchr(c + 1, *c == '"' ? '"' : ']');
			if (c == NULL)
				return false;
		} else if (*c == '\\' || *c == '_' || *c == '*') {
			if (*++c == '\0')
				return false;
		} else if (strchr("ymdhsYMDHS", *c) != NULL) {
			return true;
		}
	}
	return false;
}

static bool
serial_time(double serial, bool from_1904, struct buf *out)
{
	double whole = floor(serial);
	long seconds = lround((serial - whole) * 86400);
	struct civil date;
	int32_t day;

	if (!(serial >= 0) || serial > LAST_SERIAL)
		return false;
	day = (int32_t)whole + (seconds == 86400);
	seconds %= 86400;
	if (!from_1904 && (day < 1 || day == 60))
		return false;
	day += civil_to_day(from_1904  ? (struct civil){1904, 1, 1}
			    : day > 60 ? (struct civil){1899, 12, 30}
				       : (struct civil){1899, 12, 31});
	date = civil_from_day(day);
	buf_printf(out, "%04d-%02d-%02d", date.year, date.month, date.day);
	if (seconds != 0)
		buf_printf(out, " %02ld:%02ld:%02ld", seconds / 3600,
		    seconds / 60 % 60, seconds % 60);
	return true;
}

void
xlsx_number(const char *text, bool dated, bool from_1904, struct buf *out)
{
	char *end;
	double value = strtod(text, &end);

	if (end == text || *end != '\0' || !isfinite(value)) {
		buf_puts(out, text);
		return;
	}
	if (dated && serial_time(value, from_1904, out))
		return;
	if (value == floor(value) && fabs(value) < 1e15)
		buf_printf(out, "%.0f", value);
	else
		buf_printf(out, "%.15g", value);
}
