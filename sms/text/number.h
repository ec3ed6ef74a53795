/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who sent it: a citizen's number, or something that is never answered. */
#ifndef HAILONG_SMS_TEXT_NUMBER_H
#define HAILONG_SMS_TEXT_NUMBER_H

#include <stdbool.h>

#define NUMBER_TEXT 20 /* room for "+" and 15 digits and the NUL */
#define NUMBER_DIGITS_MIN                                                      \
	8                    /* fewer: a short code or a service (contract, 5) \
			      */
#define NUMBER_DIGITS_MAX 15 /* E.164 */

/* Writes a sender in the form that the collector knows a citizen by:
 * "0912345678", "84912345678" and "0084912345678" become "+84912345678",
 * foreign numbers keep their digits. False for names (VIETTEL), for fewer than
 * 8 digits and for anything that is not a number: such senders are neither
 * counted nor answered. */
bool number_read(const char *raw, char out[NUMBER_TEXT]);

#endif
