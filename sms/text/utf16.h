/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UTF-8 to and from the UTF-16 (big endian) that SMS calls UCS-2. Pure. */
#ifndef HAILONG_SMS_TEXT_UTF16_H
#define HAILONG_SMS_TEXT_UTF16_H

#include <stddef.h>
#include <stdint.h>
#include "shared/buf.h"

/* Appends a UTF-8 text as UTF-16BE; broken bytes become U+FFFD. */
void utf16_from_utf8(struct buf *out, const char *text);
/* Appends UTF-16BE as UTF-8, at most max characters; a lone surrogate becomes
 * U+FFFD, control characters except the line feed become a space (the
 * collector refuses them), a carriage return is left out. Returns the number
 * of characters written. */
size_t utf16_to_utf8(
    struct buf *out, const uint8_t *text, size_t bytes, size_t max);

#endif
