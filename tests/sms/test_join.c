/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Joining as a table. A part is "SENDER REF NUMBER/TOTAL SECOND TEXT" (ref -1:
 * a single message); SECOND is the network's and our time. What comes out: the
 * messages in the order of their first parts, "?" waiting, "~" partial.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/limits.h"
#include "sms/text/join.h"
#include "sms/text/utf16.h"

#define MOST     8
#define NOW      1000000 /* ms */
#define PATIENCE 600000

static const struct {
	const char *parts[MOST + 1];
	const char *messages;
} cases[] = {
    {{"A -1 1/1 900 xin"}, "xin"},
    {{"A -1 1/1 900 xin", "A -1 1/1 901 xin"}, "xin|xin"},
    {{"A 7 1/2 900 xin ", "A 7 2/2 901 chao"}, "xin chao"},
    {{"A 7 2/2 900 chao", "A 7 1/2 901 xin "}, "xin chao"},
    {{"A 7 3/3 900 c", "A 7 1/3 900 a", "A 7 2/3 900 b"}, "abc"},
    /* others' parts do not mix */
    {{"A 7 1/2 900 a", "B 7 2/2 900 b"}, "?|?"},
    {{"A 7 1/2 900 a", "A 8 2/2 900 b"}, "?|?"},
    {{"A 7 1/2 900 a", "A 65543 2/2 900 b"}, "?|?"},
    {{"A 7 1/2 900 a", "A 7 2/3 900 b"}, "?|?"},
    {{"A 7 1/2 900 a", "B 7 1/2 900 b", "A 7 2/2 900 c", "B 7 2/2 900 d"},
	"ac|bd"},
    /* a part that comes twice */
    {{"A 7 1/2 900 a", "A 7 1/2 905 a", "A 7 2/2 900 b"}, "ab"},
    /* the reference comes round again: other text at the same place */
    {{"A 7 1/2 900 a", "A 7 2/2 900 b", "A 7 1/2 950 c", "A 7 2/2 950 d"},
	"ab|cd"},
    /* an unfinished message must not take the next one's part */
    {{"A 7 1/3 900 a", "A 7 2/3 900 b", "A 7 1/3 950 x", "A 7 2/3 950 y",
	 "A 7 3/3 950 z"},
	"?|xyz"},
    /* waited too long */
    {{"A 7 1/2 300 a"}, "~a…"},
    {{"A 7 2/2 300 b"}, "~…b"},
    {{"A 7 1/4 300 a", "A 7 4/4 301 d"}, "~a…d"},
    {{"A 7 1/2 300 a", "A 7 2/2 990 b"}, "ab"},
    {{"A 7 1/3 300 a", "A 7 2/3 990 b"}, "~ab…"},
    /* a clock that was set back */
    {{"A 7 1/2 9000 a"}, "~a…"},
};

static size_t
read_parts(const char *const specs[], struct join_part *parts,
    struct buf *texts, char senders[][4])
{
	size_t n = 0;

	for (; specs[n] != NULL; n++) {
		struct join_part *p = &parts[n];
		long second;
		int text = 0;

		memset(p, 0, sizeof(*p));
		buf_init(&texts[n]);
		sscanf(specs[n], "%3s %d %d/%d %ld %n", senders[n],
		    &p->header.ref, &p->header.number, &p->header.total,
		    &second, &text);
		utf16_from_utf8(&texts[n], specs[n] + text);
		p->sender = senders[n];
		p->sent_at = p->received_at = second * 1000;
		p->text = (const uint8_t *)texts[n].data;
		p->text_bytes = texts[n].size;
	}
	return n;
}

static void
test_table(void **state)
{
	(void)state;
	for (size_t c = 0; c < sizeof(cases) / sizeof(cases[0]); c++) {
		struct join_part parts[MOST];
		struct buf texts[MOST], out;
		char senders[MOST][4];
		size_t group[MOST], n, groups;

		n = read_parts(cases[c].parts, parts, texts, senders);
		groups = join_group(parts, n, group);
		buf_init(&out);
		for (size_t g = 0; g < groups; g++) {
			enum join_state is =
			    join_state(parts, n, group, g, NOW, PATIENCE);

			if (g > 0)
				buf_putc(&out, '|');
			if (is == JOIN_WAITING)
				buf_putc(&out, '?');
			if (is == JOIN_PARTIAL)
				buf_putc(&out, '~');
			if (is != JOIN_WAITING)
				join_text(parts, n, group, g, &out);
		}
		assert_string_equal(buf_text(&out), cases[c].messages);
		buf_finish(&out);
		for (size_t i = 0; i < n; i++)
			buf_finish(&texts[i]);
	}
}

/* The longest message there is, backwards, an emoji cut between two parts. */
static void
test_longest(void **state)
{
	struct join_part *parts = calloc(255, sizeof(*parts));
	size_t *group = calloc(255, sizeof(*group));
	static const uint8_t halves[2][2] = {{0xd8, 0x3d}, {0xde, 0x0d}};
	struct buf out;

	(void)state;
	for (int i = 0; i < 255; i++)
		parts[i] = (struct join_part){.sender = "A",
		    .header = {.ref = 9, .total = 255, .number = 255 - i},
		    .text = halves[i % 2],
		    .text_bytes = 2};
	assert_int_equal(join_group(parts, 255, group), 1);
	assert_int_equal(
	    join_state(parts, 255, group, 0, 0, PATIENCE), JOIN_COMPLETE);
	buf_init(&out);
	assert_true(join_text(parts, 255, group, 0, &out));
	assert_int_equal(out.size, 127 * 4 + 3); /* the last half is alone */
	assert_memory_equal(out.data, "😍😍", 8);
	buf_finish(&out);
	free(parts);
	free(group);
}

static void
test_cut(void **state)
{
	uint8_t text[2 * (LIMIT_SMS_TEXT_CHARS + 5)];
	struct join_part part = {.sender = "A",
	    .header = {JOIN_SINGLE, 1, 1, false},
	    .text = text,
	    .text_bytes = sizeof(text)};
	size_t group[1];
	struct buf out;

	(void)state;
	for (size_t i = 0; i < sizeof(text); i += 2) {
		text[i] = 0;
		text[i + 1] = 'a';
	}
	assert_int_equal(join_group(&part, 1, group), 1);
	buf_init(&out);
	assert_false(join_text(&part, 1, group, 0, &out)); /* cut */
	assert_int_equal(out.size, LIMIT_SMS_TEXT_CHARS);
	buf_finish(&out);
}

static void
test_header(void **state)
{
	static const struct {
		const char *udh;
		size_t bytes;
		int ref, total, number;
		bool port;
	} headers[] = {
	    {"", 0, JOIN_SINGLE, 1, 1, false},
	    {"\x05\x00\x03\x2a\x03\x02", 6, 42, 3, 2, false},
	    {"\x06\x08\x04\x01\x2a\x03\x02", 7, JOIN_WIDE + 298, 3, 2, false},
	    /* another element first */
	    {"\x09\x24\x02\x00\x00\x00\x03\x2a\x03\x02", 10, 42, 3, 2, false},
	    {"\x0b\x05\x04\x0b\x84\x23\xf0\x00\x03\x2a\x03\x02", 12, 42, 3, 2,
		true},
	    /* nonsense numbers */
	    {"\x05\x00\x03\x2a\x00\x00", 6, JOIN_SINGLE, 1, 1, false},
	    {"\x05\x00\x03\x2a\x03\x04", 6, JOIN_SINGLE, 1, 1, false},
	    {"\x05\x00\x03\x2a\x01\x01", 6, JOIN_SINGLE, 1, 1, false},
	    /* lengths that lie */
	    {"\xff\x00\x03\x2a\x03\x02", 6, 42, 3, 2, false},
	    {"\x05\x00\x09\x2a\x03\x02", 6, JOIN_SINGLE, 1, 1, false},
	    {"\x05\x00\x03\x2a", 4, JOIN_SINGLE, 1, 1, false},
	    {"\x01\x00", 2, JOIN_SINGLE, 1, 1, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
		struct join_header h;

		join_read_header(
		    (const uint8_t *)headers[i].udh, headers[i].bytes, &h);
		assert_int_equal(h.ref, headers[i].ref);
		assert_int_equal(h.total, headers[i].total);
		assert_int_equal(h.number, headers[i].number);
		assert_int_equal(h.port, headers[i].port);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_longest),
	    cmocka_unit_test(test_cut),
	    cmocka_unit_test(test_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
