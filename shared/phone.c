/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * First the digits are gathered: blanks, dots, dashes and brackets may stand
 * between, a "+" only before all of them; anything else (letters: "VIETTEL")
 * is not a number. Then the prefix goes off (+84, 0084, 84, 0) and the national
 * number decides:
 *
 *   9 digits, first 3 5 7 8 9   a mobile
 *   10 digits, first 1          a mobile of before 15/09/2018, mapped
 *   10 digits, first 2          a landline
 *   8 or 10 digits, 1800, 1900  a hotline
 *
 * "(0)" after +84 is dropped, as people write it.
 */
#include "shared/phone.h"

#include <stdio.h>
#include <string.h>

#define DIGITS_MAX 20

/* The change of 15/09/2018: three digits after the 0 became two. */
static const char *const renumbered[][2] = {{"162", "32"}, {"163", "33"},
    {"164", "34"}, {"165", "35"}, {"166", "36"}, {"167", "37"}, {"168", "38"},
    {"169", "39"}, {"120", "70"}, {"121", "79"}, {"122", "77"}, {"126", "76"},
    {"128", "78"}, {"123", "83"}, {"124", "84"}, {"125", "85"}, {"127", "81"},
    {"129", "82"}, {"186", "56"}, {"188", "58"}, {"199", "59"}};

/* Bytes of a separator at text, 0: none. No-break spaces and the dashes of
 * word processors count. */
static size_t
phone_separator(const char *text)
{
	static const char *const wide[] = {"\xC2\xA0", "\xE2\x80\xAF",
	    "\xE2\x80\x8B", "\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x92",
	    "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x88\x92"};

	if (*text && strchr(" \t\r\n.-()[]/", *text))
		return 1;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (strncmp(text, wide[i], strlen(wide[i])) == 0)
			return strlen(wide[i]);
	return 0;
}

/* Gathers the digits, a leading 00 being a "+"; false when this is no telephone
 * number. */
static bool
gather_phone(const char *text, char digits[DIGITS_MAX + 1], bool *plus)
{
	size_t n = 0, skip;

	*plus = false;
	while (*text) {
		skip = phone_separator(text);
		if (skip > 0) {
			text += skip;
		} else if (*text == '+' && n == 0 && !*plus) {
			*plus = true;
			text++;
		} else if (*text >= '0' && *text <= '9' && n < DIGITS_MAX) {
			digits[n++] = *text++;
		} else {
			return false;
		}
	}
	digits[n] = '\0';
	if (!*plus && strncmp(digits, "00", 2) == 0) {
		*plus = true;
		memmove(digits, digits + 2, n - 1);
	}
	return n > 0;
}

/* A national number without its 0. NOT_A_CITIZEN: not of our plan. */
static enum phone_kind
national(const char *number, char out[PHONE_TEXT])
{
	size_t n = strlen(number);

	if (n == 9 && strchr("35789", number[0])) {
		snprintf(out, PHONE_TEXT, "+84%s", number);
		return PHONE_CITIZEN;
	}
	if (n == 10 && number[0] == '2') {
		snprintf(out, PHONE_TEXT, "+84%s", number);
		return PHONE_LANDLINE;
	}
	for (size_t i = 0; n == 10 && number[0] == '1' &&
			   i < sizeof(renumbered) / sizeof(renumbered[0]);
	     i++)
		if (strncmp(number, renumbered[i][0], 3) == 0) {
			snprintf(out, PHONE_TEXT, "+84%s%s", renumbered[i][1],
			    number + 3);
			return PHONE_CITIZEN;
		}
	return PHONE_NOT_A_CITIZEN;
}

static bool
hotline(const char *digits)
{
	return strlen(digits) <= 10 && (strncmp(digits, "1800", 4) == 0 ||
					   strncmp(digits, "1900", 4) == 0);
}

static enum phone_kind
foreign(const char *digits, bool plus, char out[PHONE_TEXT])
{
	size_t n = strlen(digits);

	if (n < PHONE_SHORT_DIGITS || n > 15)
		return PHONE_NOT_A_CITIZEN;
	snprintf(out, PHONE_TEXT, "%s%s", plus ? "+" : "", digits);
	return PHONE_FOREIGN;
}

/* With the country's code: what follows 84, a "(0)" dropped. */
static enum phone_kind
after_84(const char *number, char out[PHONE_TEXT])
{
	return national(number + (number[0] == '0'), out);
}

enum phone_kind
phone_read(const char *text, char out[PHONE_TEXT])
{
	char number[DIGITS_MAX + 1];
	enum phone_kind kind = PHONE_NOT_A_CITIZEN;
	bool plus;

	out[0] = '\0';
	if (!gather_phone(text, number, &plus) ||
	    strlen(number) < PHONE_SHORT_DIGITS)
		return PHONE_NOT_A_CITIZEN;
	if (plus)
		return strncmp(number, "84", 2) == 0
			   ? after_84(number + 2, out)
			   : foreign(number, true, out);
	if (number[0] == '0')
		return national(number + 1, out);
	if (hotline(number))
		return PHONE_NOT_A_CITIZEN;
	/* "841234567" is a mobile without its 0, "84912345678" has the code */
	kind = national(number, out);
	if (kind == PHONE_NOT_A_CITIZEN && strncmp(number, "84", 2) == 0)
		kind = after_84(number + 2, out);
	if (kind == PHONE_NOT_A_CITIZEN)
		kind = foreign(number, false, out);
	return kind;
}

bool
phone_sender(const char *text, char out[PHONE_TEXT])
{
	char digits[DIGITS_MAX + 1];
	bool plus;

	return phone_read(text, out) != PHONE_NOT_A_CITIZEN ||
	       (gather_phone(text, digits, &plus) &&
		   foreign(digits, plus, out) != PHONE_NOT_A_CITIZEN);
}
