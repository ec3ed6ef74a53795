/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Parts belong together when sender, reference and total agree. That is not
 * enough: an 8-bit reference comes round again, and some handsets always use
 * the same one. So a part whose number is taken, with another text, begins a
 * new message; and where two unfinished messages could take a part, it goes to
 * the one nearest in the network's time. (libGammu's own GSM_LinkSMS is not
 * used: it neither waits nor keeps, and stops at 50 parts.)
 *
 * Waiting parts are few (a modem reads some ten a minute), so plain loops over
 * all of them are fast enough.
 */
#include "sms/text/join.h"

#include <stdlib.h>
#include <string.h>
#include "shared/limits.h"
#include "sms/text/utf16.h"

/* Information elements of TS 23.040, 9.2.3.24 */
#define IE_CONCATENATED      0x00
#define IE_PORT_8            0x04
#define IE_PORT_16           0x05
#define IE_CONCATENATED_WIDE 0x08

static void
read_element(
    uint8_t id, const uint8_t *data, size_t bytes, struct join_header *out)
{
	if (id == IE_CONCATENATED && bytes == 3) {
		out->ref = data[0];
		out->total = data[1];
		out->number = data[2];
	} else if (id == IE_CONCATENATED_WIDE && bytes == 4) {
		out->ref = JOIN_WIDE + (data[0] << 8 | data[1]);
		out->total = data[2];
		out->number = data[3];
	} else if (id == IE_PORT_8 || id == IE_PORT_16) {
		out->port = true;
	}
}

void
join_read_header(const uint8_t *udh, size_t bytes, struct join_header *out)
{
	size_t end = bytes == 0 ? 0 : (size_t)udh[0] + 1;
	struct join_header h = {.ref = JOIN_SINGLE, .total = 1, .number = 1};

	if (end > bytes)
		end = bytes;
	for (size_t at = 1; at + 2 <= end; at += 2u + udh[at + 1]) {
		if (at + 2u + udh[at + 1] > end)
			break;
		read_element(udh[at], udh + at + 2, udh[at + 1], &h);
	}
	if (h.total < 2 || h.number < 1 || h.number > h.total) {
		h.ref = JOIN_SINGLE;
		h.total = h.number = 1;
	}
	*out = h;
}

static bool
same_text(const struct join_part *a, const struct join_part *b)
{
	return a->text_bytes == b->text_bytes &&
	       (a->text_bytes == 0 ||
		   memcmp(a->text, b->text, a->text_bytes) == 0);
}

static bool
same_message(const struct join_part *a, const struct join_part *b)
{
	return a->header.ref != JOIN_SINGLE && a->header.ref == b->header.ref &&
	       a->header.total == b->header.total &&
	       strcmp(a->sender, b->sender) == 0;
}

/* True when the message has another text at the part's place. */
static bool
taken(
    const struct join_part *parts, size_t i, const size_t group[], size_t which)
{
	for (size_t j = 0; j < i; j++) {
		if (group[j] == which &&
		    parts[j].header.number == parts[i].header.number &&
		    !same_text(&parts[i], &parts[j]))
			return true;
	}
	return false;
}

size_t
join_group(const struct join_part *parts, size_t n, size_t group[])
{
	size_t groups = 0;

	for (size_t i = 0; i < n; i++) {
		int64_t best = -1;

		group[i] = groups;
		for (size_t j = 0; j < i; j++) {
			int64_t d = llabs(parts[i].sent_at - parts[j].sent_at);

			if (same_message(&parts[i], &parts[j]) &&
			    (best < 0 || d < best) &&
			    !taken(parts, i, group, group[j])) {
				best = d;
				group[i] = group[j];
			}
		}
		if (group[i] == groups)
			groups++;
	}
	return groups;
}

/* The first part of a message with that number, NULL when it is missing. */
static const struct join_part *
find_number(const struct join_part *parts, size_t n, const size_t group[],
    size_t which, int number)
{
	for (size_t i = 0; i < n; i++) {
		if (group[i] == which && parts[i].header.number == number)
			return &parts[i];
	}
	return NULL;
}

static int
total_of(
    const struct join_part *parts, size_t n, const size_t group[], size_t which)
{
	for (size_t i = 0; i < n; i++) {
		if (group[i] == which)
			return parts[i].header.total;
	}
	return 0;
}

enum join_state
join_state(const struct join_part *parts, size_t n, const size_t group[],
    size_t which, int64_t now, int64_t wait_ms)
{
	int total = total_of(parts, n, group, which);
	int64_t first = INT64_MAX;
	bool whole = true;

	for (int number = 1; number <= total && whole; number++)
		whole = find_number(parts, n, group, which, number) != NULL;
	if (whole)
		return JOIN_COMPLETE;
	for (size_t i = 0; i < n; i++) {
		if (group[i] == which && parts[i].received_at < first)
			first = parts[i].received_at;
	}
	/* a clock set back must not keep a message for ever */
	return now - first > wait_ms || now < first - wait_ms ? JOIN_PARTIAL
							      : JOIN_WAITING;
}

bool
join_text(const struct join_part *parts, size_t n, const size_t group[],
    size_t which, struct buf *out)
{
	static const uint8_t ellipsis[] = {0x20, 0x26};
	int total = total_of(parts, n, group, which);
	struct buf units, rest;
	bool gap = false, whole;

	buf_init(&units);
	buf_init(&rest);
	for (int number = 1; number <= total; number++) {
		const struct join_part *part =
		    find_number(parts, n, group, which, number);

		if (part != NULL)
			buf_add(&units, part->text, part->text_bytes);
		else if (!gap)
			buf_add(&units, ellipsis, sizeof(ellipsis));
		gap = part == NULL;
	}
	whole =
	    utf16_to_utf8(&rest, (const uint8_t *)buf_text(&units), units.size,
		LIMIT_SMS_TEXT_CHARS + 1) <= LIMIT_SMS_TEXT_CHARS;
	utf16_to_utf8(out, (const uint8_t *)buf_text(&units), units.size,
	    LIMIT_SMS_TEXT_CHARS);
	buf_finish(&rest);
	buf_finish(&units);
	return whole;
}
