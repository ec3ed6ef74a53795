/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counters of kiosks: gaps, repeats, disorder, too many gaps. */
#include "server/core/device/sequence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void
expect(const struct sequence *s, const char *text, int64_t missing)
{
	struct buf b;

	buf_init(&b);
	sequence_write(s, &b);
	assert_string_equal(buf_text(&b), text);
	assert_int_equal(sequence_missing(s), missing);
	buf_finish(&b);
}

static void
test_adding(void **state)
{
	struct sequence s = {.n = 0};

	(void)state;
	expect(&s, "", 0);
	assert_true(sequence_add(&s, 1));
	assert_true(sequence_add(&s, 2));
	expect(&s, "1-2", 0);
	assert_false(sequence_add(&s, 1));
	assert_false(sequence_add(&s, 2));
	assert_true(sequence_add(&s, 5));
	expect(&s, "1-2 5", 2);
	assert_true(sequence_add(&s, 4));
	expect(&s, "1-2 4-5", 1);
	assert_false(sequence_add(&s, 4));
	assert_true(sequence_add(&s, 3));
	expect(&s, "1-5", 0);
	assert_true(sequence_add(&s, 9));
	assert_true(sequence_add(&s, 7));
	expect(&s, "1-5 7 9", 2);
	assert_int_equal(sequence_highest(&s), 9);
}

static void
test_reading(void **state)
{
	static const struct {
		const char *text, *kept;
	} table[] = {
	    {"", ""},
	    {"1-812 815-900", "1-812 815-900"},
	    {"7", "7"},
	    {"1-3 3-5", "1-3"}, /* what cannot be is left out */
	    {"5-3", ""},
	    {"-4", ""},
	    {"x", ""},
	    {"1-2 x", "1-2"},
	};
	struct sequence s;
	struct buf b;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		sequence_read(&s, table[i].text);
		buf_init(&b);
		sequence_write(&s, &b);
		assert_string_equal(buf_text(&b), table[i].kept);
		buf_finish(&b);
	}
}

/* Whatever the order, in the end the same; against a plain table. */
static void
test_any_order(void **state)
{
	bool there[60];
	struct sequence s;
	unsigned random = 1;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		int64_t highest = 0, count = 0;

		memset(there, 0, sizeof(there));
		s.n = 0;
		for (int i = 0; i < 40; i++) {
			random = random * 1103515245u + 12345u;
			int value = 1 + (int)(random >> 16) % 59;

			assert_int_equal(
			    sequence_add(&s, value), !there[value]);
			count += !there[value];
			there[value] = true;
			highest = value > highest ? value : highest;
			assert_int_equal(sequence_missing(&s), highest - count);
		}
	}
}

static void
test_too_many_gaps(void **state)
{
	struct sequence s = {.n = 0};

	(void)state;
	for (int64_t value = 1; value < 1000; value += 2)
		assert_true(sequence_add(&s, value));
	assert_int_equal(s.n, SEQUENCE_RANGES);
	assert_int_equal(sequence_missing(&s), SEQUENCE_RANGES - 1);
	assert_int_equal(sequence_highest(&s), 999);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_adding),
	    cmocka_unit_test(test_reading),
	    cmocka_unit_test(test_any_order),
	    cmocka_unit_test(test_too_many_gaps),
	};

	return cmocka_run_group_tests_name("sequence", tests, NULL, NULL);
}
