/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The GSM 7-bit default alphabet (3GPP TS 23.038, 6.2.1 and 6.2.1.1). Pure. */
#ifndef HAILONG_SMS_TEXT_GSM7_H
#define HAILONG_SMS_TEXT_GSM7_H

#include <stddef.h>
#include <stdint.h>

#define GSM7_ESCAPE 0x1b /* the next septet is of the extension table */

/* Writes the one or two septets of a Unicode character; returns how many, 0
 * when the alphabet lacks it. */
size_t gsm7_from_char(uint32_t character, uint8_t septets[2]);
/* The character of a septet; escaped: of the extension table, where an unknown
 * septet reads as in the basic table (TS 23.038 asks for it). */
uint32_t gsm7_to_char(uint8_t septet, int escaped);
/* Septets that a UTF-8 text takes, -1 when one character is not in the
 * alphabet (the text then goes as UCS-2) or the UTF-8 is broken. */
int gsm7_septets(const char *text);

#endif
