/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Parts of long messages to messages (3GPP TS 23.040, 9.2.3.24.1 and .8).
 * Pure: the parts come in, the grouping goes out; the spool keeps both.
 */
#ifndef HAILONG_SMS_TEXT_JOIN_H
#define HAILONG_SMS_TEXT_JOIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/buf.h"

#define JOIN_SINGLE (-1)    /* ref of a message that has only one part */
#define JOIN_WIDE   0x10000 /* added to a 16-bit ref: another number space */

/* What a user data header says. */
struct join_header {
	int ref;    /* JOIN_SINGLE, 0..255, or JOIN_WIDE + 0..65535 */
	int total;  /* 1..255 */
	int number; /* 1..total */
	bool port;  /* addressed to an application: no text of a person */
};

struct join_part {
	const char *sender;
	struct join_header header;
	int64_t sent_at;     /* ms, the network's time stamp; 0 unknown */
	int64_t received_at; /* ms, our clock */
	const uint8_t *text; /* UTF-16BE */
	size_t text_bytes;
};

enum join_state { JOIN_WAITING, JOIN_COMPLETE, JOIN_PARTIAL, JOIN_STATE_COUNT };

/* Reads a user data header, length octet included; a broken or absent one, and
 * nonsense numbers in it, give a single message. */
void join_read_header(
    const uint8_t *udh, size_t bytes, struct join_header *out);
/* Sorts n parts, in any order, into messages: group[i] is the message of part
 * i, counted from 0 in the order of their first parts. The same part twice
 * stays in one message. Returns the number of messages. */
size_t join_group(const struct join_part *parts, size_t n, size_t group[]);
/* Complete when every number is there; partial when the first part to arrive
 * has waited longer than wait_ms (a part may never come). */
enum join_state join_state(const struct join_part *parts, size_t n,
    const size_t group[], size_t which, int64_t now, int64_t wait_ms);
/* Appends the message's text as UTF-8, parts in order, duplicates dropped, a
 * gap shown as "…"; cut at LIMIT_SMS_TEXT_CHARS characters, then false. */
bool join_text(const struct join_part *parts, size_t n, const size_t group[],
    size_t which, struct buf *out);

#endif
