/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which bytes are text: every code point, and the ways to write it wrongly. */
#include "shared/answer.h"
#include "shared/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define BYTES(text) (text), sizeof(text) - 1

/* Writes a number as n bytes, whether it is a character or not. */
static void
encode(uint32_t point, size_t n, char *out)
{
	static const unsigned char first[] = {0, 0, 0xc0, 0xe0, 0xf0};

	for (size_t i = n; i-- > 1; point >>= 6)
		out[i] = (char)(0x80 | (point & 0x3f));
	out[0] = (char)(first[n] | point);
}

static size_t
shortest(uint32_t point)
{
	if (point < 0x80)
		return 1;
	if (point < 0x800)
		return 2;
	return point < 0x10000 ? 3 : 4;
}

static bool
allowed(uint32_t point)
{
	if (point == '\n' || point == '\r' || point == '\t')
		return true;
	return point >= 0x20 && !(point >= 0x7f && point <= 0x9f) &&
	       !(point >= 0xd800 && point <= 0xdfff) && point != 0xfffe &&
	       point != 0xffff && point <= 0x10ffff;
}

/* A copy of exactly that size, so that a sanitizer sees a byte too far. */
static bool
valid(const char *text, size_t n)
{
	char *copy = malloc(n + (n == 0));
	bool ok;

	assert_non_null(copy);
	memcpy(copy, text, n);
	ok = utf8_valid(copy, n);
	free(copy);
	return ok;
}

static void
every_code_point(void **state)
{
	char text[4];

	(void)state;
	for (uint32_t point = 0; point < 0x200000; point++) {
		size_t n = shortest(point);

		encode(point, n, text);
		if (utf8_valid(text, n) != allowed(point))
			fail_msg("U+%04X", point);
	}
	for (uint32_t point = 0; point < 0x10000; point++)
		for (size_t n = shortest(point) + 1; n <= 4; n++) {
			encode(point, n, text);
			if (utf8_valid(text, n))
				fail_msg("U+%04X in %zu bytes", point, n);
		}
}

static void
cut_and_broken(void **state)
{
	static const char letters[] = "ếđ😀";

	(void)state;
	assert_true(valid(BYTES("")));
	assert_true(valid(BYTES("Rất hài lòng\r\n\t")));
	for (size_t n = 1; n < sizeof(letters) - 1; n++)
		if (valid(letters, n) != (n == 3 || n == 5))
			fail_msg("cut at %zu", n);
	assert_false(valid(BYTES("\x80")));
	assert_false(valid(BYTES("a\xbf")));
	assert_false(valid(BYTES("\xfe")));
	assert_false(valid(BYTES("\xff")));
	assert_false(valid(BYTES("\xc3(")));
	assert_false(valid(BYTES("\xe1\xbb(")));
	assert_false(valid(BYTES("\xf8\x88\x80\x80\x80")));
	assert_false(valid(BYTES("\xed\xa0\xbd\xed\xb8\x80")));
	assert_false(valid(BYTES("a\0b")));
}

static void
lengths(void **state)
{
	(void)state;
	assert_int_equal(utf8_length(""), 0);
	assert_int_equal(utf8_length("abc"), 3);
	assert_int_equal(utf8_length("Rất hài lòng"), 12);
	assert_int_equal(utf8_length("😀đ"), 2);
	assert_int_equal(utf8_length("e\u0302\u0301"), 3);
}

static void
cuts(void **state)
{
	static const char text[] = "aế😀đ"; /* 1, 3, 4 and 2 bytes */
	static const size_t ends[] = {0, 1, 4, 8, 10, 10};
	static const size_t back[] = {0, 1, 1, 1, 4, 4, 4, 4, 8, 8, 10};

	(void)state;
	for (size_t n = 0; n < sizeof(ends) / sizeof(ends[0]); n++)
		assert_int_equal(utf8_cut(text, n), ends[n]);
	for (size_t n = 0; n < sizeof(back) / sizeof(back[0]); n++)
		assert_int_equal(utf8_back(text, n), back[n]);
	assert_int_equal(utf8_back("\x80\x80", 2), 2); /* none to begin with */
}

static void
one_by_one(void **state)
{
	static const char text[] = "aế😀";
	static const uint32_t want[] = {'a', 0x1ebf, 0x1f600};
	const char *at = text;
	struct buf again;
	uint32_t c;

	(void)state;
	buf_init(&again);
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		at += utf8_next(at, &c);
		assert_int_equal(c, want[i]);
		utf8_put(&again, c);
	}
	assert_int_equal(utf8_next(at, &c), 0);
	assert_int_equal(utf8_next("\xe1\xbb", &c), 0);
	assert_string_equal(buf_text(&again), text);
	buf_finish(&again);
}

static void
codes(void **state)
{
	static const char *const good[] = {
	    "a", "LH1", "dat-dai", "one_stop", "22969", "-", "_"};
	static const char *const bad[] = {
	    "", " ", "LH 1", "a.b", "a/b", "đ", "a\n", "a\"b", "%s"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(code_valid(good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(code_valid(bad[i]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_code_point),
	    cmocka_unit_test(cut_and_broken),
	    cmocka_unit_test(lengths),
	    cmocka_unit_test(cuts),
	    cmocka_unit_test(one_by_one),
	    cmocka_unit_test(codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
