/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Identifiers of answers and messages: UUIDs, RFC 9562; ours are version 7. */
#ifndef HAILONG_SHARED_UUID_H
#define HAILONG_SHARED_UUID_H

#include <stdbool.h>
#include <stdint.h>

#define UUID_TEXT 37 /* bytes of the text form with its NUL */

struct uuid {
	uint8_t bytes[16];
};

/* Reads the 36-character form, either case, any version; the nil and the max
 * UUID are refused because they are never an identifier of their own. */
bool uuid_parse(const char *text, struct uuid *out);
/* Writes the lower-case 36-character form. */
void uuid_format(const struct uuid *id, char out[UUID_TEXT]);
/* Makes a version 7 UUID from milliseconds since 1970 and 10 random bytes
 * (RFC 9562, section 5.7). Pure: the caller brings time and randomness. */
void uuid_v7(int64_t ms, const uint8_t random[10], struct uuid *out);
/* Makes a version 7 UUID now, random by libsodium; later ones of the same
 * process compare greater. Safe from any thread. */
void uuid_new(struct uuid *out);
/* When a version 7 UUID was made, ms since 1970; 0 of other versions. */
int64_t uuid_time(const struct uuid *id);
/* memcmp order, which for version 7 is the order of time. */
int uuid_compare(const struct uuid *a, const struct uuid *b);

#endif
