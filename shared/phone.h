/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Telephone numbers as modems, registers and citizens write them, brought to
 * one form. Numbers move between operators: a prefix says nothing about one.
 */
#ifndef HAILONG_SHARED_PHONE_H
#define HAILONG_SHARED_PHONE_H

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

#endif
