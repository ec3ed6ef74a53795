/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The operator's PIN: right, wrong, too often wrong. */
#include "kiosk/pin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "shared/keys.h"

static char hash[PIN_HASH];

static void
type(struct pin *p, const char *digits, int64_t now)
{
	for (; *digits; digits++)
		pin_digit(p, *digits - '0', now);
}

static void
test_right(void **state)
{
	struct pin p = {0};

	(void)state;
	type(&p, "271828", 0);
	assert_string_equal(p.typed, "271828");
	pin_digit(&p, 10, 0);
	pin_digit(&p, -1, 0);
	assert_string_equal(p.typed, "271828");
	assert_true(pin_try(&p, hash, 0));
	assert_string_equal(p.typed, "");
	type(&p, "12345678901234567890", 0);
	assert_int_equal(strlen(p.typed), PIN_LONGEST);
	pin_erase(&p);
	assert_string_equal(p.typed, "");
	assert_false(pin_try(&p, hash, 0)); /* nothing typed */
}

static void
test_wrong(void **state)
{
	static const int waits[] = {0, 0, 30, 60, 120, 240, 480, 600, 600};
	struct pin p = {0};
	int64_t now = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		type(&p, "271829", now);
		assert_false(pin_try(&p, hash, now));
		assert_int_equal(pin_wait(&p, now), waits[i]);
		if (waits[i] > 0) {
			type(&p, "271828", now); /* nothing is taken */
			assert_string_equal(p.typed, "");
			assert_false(pin_try(&p, hash, now));
			assert_int_equal(pin_wait(&p, now), waits[i]);
		}
		now += waits[i] * 1000;
	}
	type(&p, "271828", now);
	assert_true(pin_try(&p, hash, now));
	assert_int_equal(p.wrong, 0);
}

static void
test_none_set(void **state)
{
	struct pin p = {0};

	(void)state;
	type(&p, "0000", 0);
	assert_false(pin_try(&p, "", 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_right),
	    cmocka_unit_test(test_wrong),
	    cmocka_unit_test(test_none_set),
	};

	if (!pin_hash("271828", hash))
		return 1;
	return cmocka_run_group_tests_name("pin", tests, NULL, NULL);
}
