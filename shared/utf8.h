/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text in UTF-8 (RFC 3629): is it any, how long is it, what of it is only
 * space. */
#ifndef HAILONG_SHARED_UTF8_H
#define HAILONG_SHARED_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/buf.h"

/* True for bytes that are UTF-8: no surrogates, no overlong forms. */
bool utf8_whole(const char *text, size_t bytes);
/* The same, and text that a person can have written: no NUL, U+FFFE, U+FFFF,
 * no control character other than newline, carriage return and tab. */
bool utf8_valid(const char *text, size_t bytes);
/* Reads the first character of n > 0 bytes; 0 when it is not valid UTF-8, else
 * its length. */
size_t utf8_read(const char *text, size_t n, uint32_t *point);
/* True for a character that utf8_valid allows. */
bool utf8_is_text(uint32_t point);
/* Number of Unicode characters of valid UTF-8. */
size_t utf8_length(const char *text);
/* Bytes of the first characters of a text, of all where it has no more. */
size_t utf8_cut(const char *text, size_t characters);
/* The bytes of a text that was cut after so many, without the beginning of a
 * character whose end is missing. */
size_t utf8_back(const char *text, size_t bytes);
/* Reads one character of a NUL-ended text; returns its bytes, 0 at the end of
 * the text or where it is not valid UTF-8. */
size_t utf8_next(const char *text, uint32_t *character);
/* Appends one character. */
void utf8_put(struct buf *out, uint32_t character);
/* Cuts Unicode's white space, also of no width, off both ends of valid UTF-8.
 */
void utf8_trim(const char **text, size_t *bytes);
/* The same with characters that have no width. */
void utf8_trim_unseen(const char **text, size_t *bytes);

#endif
