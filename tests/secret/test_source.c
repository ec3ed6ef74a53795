/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which addresses are one source. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/secret/source.h"
#include "server/secret/token.h"

static const struct {
	const char *one, *other;
	bool same;
} pairs[] = {
    {"198.51.100.7", "198.51.100.7", true},
    {"198.51.100.7", "198.51.100.8", false},
    {"198.51.100.7", "::ffff:198.51.100.7", true},
    {"::ffff:198.51.100.7", "::ffff:198.51.100.8", false},
    {"2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true},
    {"2001:db8:1:2::1", "2001:0DB8:0001:0002::9", true},
    {"2001:db8:1:2::1", "2001:db8:1:3::1", false},
    {"2001:db8:1:2::1", "198.51.100.7", false},
    {"unix:", "unix:", true},
    {"unix:", "198.51.100.7", false},
};

static void
test_source(void **state)
{
	char key[TOKEN_TEXT], other[TOKEN_TEXT];

	(void)state;
	token_new(key);
	token_new(other);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		uint64_t a = source_hash(key, pairs[i].one);

		if ((a == source_hash(key, pairs[i].other)) != pairs[i].same)
			fail_msg("%s, %s", pairs[i].one, pairs[i].other);
		assert_true(a != 0);
		assert_true(a != source_hash(other, pairs[i].one));
	}
	assert_true(source_hash(key, NULL) == 0);
	assert_true(source_hash(key, "") == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_source)};

	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
