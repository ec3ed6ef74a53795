/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Modems give a sender as the network wrote it, sometimes national, sometimes
 * international, and names as letters. One citizen must have one number, or
 * the collector would count two people; short codes and names must be dropped
 * before anything answers them, or two machines talk to each other for ever.
 * Vietnamese mobile numbers: 10 digits with the 0, nine without (DOMAIN, 6.2).
 */
#include "sms/text/number.h"

#include <stdio.h>
#include <string.h>

/* Keeps the digits; false when something stands there that is no number. */
static bool
digits_of(const char *raw, char digits[NUMBER_DIGITS_MAX + 4], bool *plus)
{
	size_t n = 0;

	*plus = *raw == '+';
	for (raw += *plus; *raw != '\0'; raw++) {
		if (strchr(" .-()", *raw) != NULL)
			continue;
		if (*raw < '0' || *raw > '9' || n == NUMBER_DIGITS_MAX + 3)
			return false;
		digits[n++] = *raw;
	}
	digits[n] = '\0';
	return true;
}

bool
number_read(const char *raw, char out[NUMBER_TEXT])
{
	char digits[NUMBER_DIGITS_MAX + 4];
	const char *d = digits, *prefix;
	size_t n;
	bool plus;

	if (!digits_of(raw, digits, &plus))
		return false;
	if (!plus && strncmp(d, "00", 2) == 0) {
		plus = true;
		d += 2;
	}
	n = strlen(d);
	prefix = plus ? "+" : "";
	if (!plus && n == 10 && d[0] == '0') {
		prefix = "+84";
		d++;
	} else if (!plus && n == 11 && strncmp(d, "84", 2) == 0) {
		prefix = "+";
	} else if (plus && n == 12 && strncmp(d, "840", 3) == 0) {
		prefix = "+84"; /* +84 0912…, the 0 kept by mistake */
		d += 3;
	}
	n = strlen(d);
	if (n < NUMBER_DIGITS_MIN || n > NUMBER_DIGITS_MAX)
		return false;
	snprintf(out, NUMBER_TEXT, "%s%s", prefix, d);
	return true;
}
