/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The joining of parts: whatever a sender writes into headers and texts, every
 * part lands in one message, and a message's text is UTF-8 within its limit.
 * The input is a row of parts: sender, minute, length of the header, header,
 * length of the text, text.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/limits.h"
#include "shared/utf8.h"
#include "sms/text/join.h"

#define MOST 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Takes one byte, 0 at the end. */
static size_t
take(const uint8_t **at, const uint8_t *end)
{
	return *at < end ? *(*at)++ : 0;
}

static size_t
take_length(const uint8_t **at, const uint8_t *end)
{
	size_t n = take(at, end);

	return n < (size_t)(end - *at) ? n : (size_t)(end - *at);
}

static size_t
read_parts(const uint8_t *at, const uint8_t *end, struct join_part *parts)
{
	static const char *const senders[] = {"+84912345678", "+84387654321"};
	size_t n = 0, length;

	for (; n < MOST && at < end; n++) {
		struct join_part *p = &parts[n];

		p->sender = senders[take(&at, end) & 1];
		p->received_at = (int64_t)take(&at, end) * 60000;
		p->sent_at = p->received_at;
		length = take_length(&at, end);
		join_read_header(at, length, &p->header);
		at += length;
		assert(p->header.number >= 1 &&
		       p->header.number <= p->header.total &&
		       p->header.total <= LIMIT_SMS_PARTS);
		p->text_bytes = take_length(&at, end);
		p->text = at;
		at += p->text_bytes;
	}
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct join_part parts[MOST];
	size_t group[MOST], messages;
	size_t n = read_parts(data, data + size, parts);
	struct buf text;

	messages = join_group(parts, n, group);
	assert(messages <= n);
	for (size_t i = 0; i < n; i++)
		assert(group[i] < messages);
	for (size_t m = 0; m < messages; m++) {
		buf_init(&text);
		join_text(parts, n, group, m, &text);
		assert(utf8_valid(buf_text(&text), text.size));
		assert(utf8_length(buf_text(&text)) <= LIMIT_SMS_TEXT_CHARS);
		assert(join_state(parts, n, group, m, 200 * 60000, 600000) <
		       JOIN_STATE_COUNT);
		buf_finish(&text);
	}
	return 0;
}
