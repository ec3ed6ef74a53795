/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Telephone numbers as modems, registers and citizens write them, brought to
 * one form. Numbers move between operators: a prefix says nothing about one.
 */
#ifndef HAILONG_SHARED_PHONE_H
#define HAILONG_SHARED_PHONE_H

#include <stdbool.h>

#define PHONE_TEXT         20 /* room for "+" and 15 digits, and the NUL */
#define PHONE_SHORT_DIGITS 8  /* fewer: a service, never a citizen */

enum phone_kind {
	PHONE_NOT_A_CITIZEN, /* a name, a short code, a hotline, no number */
	PHONE_CITIZEN,       /* a Vietnamese mobile: may be answered, invited */
	PHONE_LANDLINE,      /* Vietnamese: gets no SMS */
	PHONE_FOREIGN        /* kept, its answer counts, nothing is sent */
};

/* Reads a number (DOMAIN.md 6.2) and writes it as E.164 ("+84381234567"),
 * also from an old 11-digit mobile; a foreign one as its digits, with the "+"
 * where it was written (or 00). out is "" when it is not a citizen's. */
enum phone_kind phone_read(const char *text, char out[PHONE_TEXT]);
/* The same for the sender of an SMS, of whom the gateway decides only whether
 * it may be a person: what phone_read does not know but has 8 to 15 digits is
 * written as its digits. False, out is "": a name, a service, no number; such
 * senders are neither counted nor answered, lest two machines talk to each
 * other for ever. */
bool phone_sender(const char *text, char out[PHONE_TEXT]);

#endif
