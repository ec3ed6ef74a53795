/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text in UTF-8 (RFC 3629): is it any, how long is it, what of it is only
 * space. */
#ifndef HAILONG_SHARED_UTF8_H
#define HAILONG_SHARED_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* True for bytes that are UTF-8: no surrogates, no overlong forms. */
bool utf8_whole(const char *text, size_t bytes);
/* The same, and text that a person can have written: no NUL, U+FFFE, U+FFFF,
 * no control character other than newline, carriage return and tab. */
bool utf8_valid(const char *text, size_t bytes);
/* Number of Unicode characters of valid UTF-8. */
size_t utf8_length(const char *text);
/* Cuts Unicode's white space off both ends of valid UTF-8. */
void utf8_trim(const char **text, size_t *bytes);

#endif
