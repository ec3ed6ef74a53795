/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The operator's PIN: right, wrong, too often wrong. */
#include "kiosk/pin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "kiosk/durable_file.h"
#include "kiosk/pin_kept.h"
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

/* The plug is pulled after each wrong try, or before the next: the tries are
 * counted all the same, and the wait begins anew. */
static void
test_restart(void **state)
{
	static const int waits[] = {0, 0, 30, 60, 120};
	char folder[] = "/tmp/hailong-pin-XXXXXX", outbox[60], path[70];
	int64_t now = 1000;
	struct pin p;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(outbox, sizeof(outbox), "%s/outbox", folder);
	snprintf(path, sizeof(path), "%s.pin", outbox);
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		now = 1000; /* the clock begins with the machine */
		pin_kept_begin(&p, outbox, now);
		assert_int_equal(pin_wait(&p, now), i > 0 ? waits[i - 1] : 0);
		now += pin_wait(&p, now) * 1000;
		type(&p, "271829", now);
		assert_false(pin_kept_try(&p, outbox, hash, now));
		assert_int_equal(pin_wait(&p, now), waits[i]);
	}
	now += 120000;
	type(&p, "271828", now);
	assert_true(pin_kept_try(&p, outbox, hash, now));
	pin_kept_begin(&p, outbox, 0);
	assert_int_equal(p.wrong, 0);
	/* whatever stands in the file, it is no way in */
	assert_true(durable_file_write(path, "-7 tries"));
	pin_kept_begin(&p, outbox, 0);
	assert_int_equal(pin_wait(&p, 0), 600);
	assert_true(durable_file_remove(path));
	assert_int_equal(rmdir(folder), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_right),
	    cmocka_unit_test(test_wrong),
	    cmocka_unit_test(test_none_set),
	    cmocka_unit_test(test_restart),
	};

	if (!pin_hash("271828", hash))
		return 1;
	return cmocka_run_group_tests_name("pin", tests, NULL, NULL);
}
