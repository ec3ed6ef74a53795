/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tokens that prove themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "shared/more_token.h"

#define KEY   "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"
#define OTHER "0123456789abcdefghijklmnopqrstuvwxyzABCDEFH"

static void
test_made(void **state)
{
	char one[MORE_TOKEN], two[MORE_TOKEN];

	(void)state;
	more_token_make(KEY, NULL, one);
	more_token_make(KEY, NULL, two);
	assert_string_not_equal(one, two);
	assert_int_equal(strlen(one), 22);
	assert_int_equal(strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789-_"),
	    22);
	assert_true(more_token_holds(KEY, one));
	assert_true(more_token_holds(KEY, two));
	assert_false(more_token_holds(OTHER, one));
	/* of the same seed the same, of another key another */
	more_token_make(KEY, "an answer", one);
	more_token_make(KEY, "an answer", two);
	assert_string_equal(one, two);
	assert_true(more_token_holds(KEY, one));
	more_token_make(OTHER, "an answer", two);
	assert_memory_not_equal(one, two, 11);
	/* a kiosk's and the collector's agree over versions */
	memcpy(one, "abcdefghijk", 11);
	assert_false(more_token_holds(KEY, one));
	assert_true(more_token_holds(KEY, "abcdefghijkDmIDQkdYkRX"));
}

/* Each letter of a good one changed, and others that are none. */
static void
test_refused_tokens(void **state)
{
	static const char *const wrong[] = {"", "a", "abcdefghijklmnopqrstuv",
	    "abcdefghijklmnopqrstuvw", "\xff\xff"};
	char token[MORE_TOKEN];

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(more_token_holds(KEY, wrong[i]));
	more_token_make(KEY, NULL, token);
	for (int i = 0; i < MORE_TOKEN - 1; i++) {
		char kept = token[i];

		token[i] = kept == 'x' ? 'y' : 'x';
		assert_false(more_token_holds(KEY, token));
		token[i] = kept;
	}
	assert_true(more_token_holds(KEY, token));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_made),
	    cmocka_unit_test(test_refused_tokens),
	};

	return cmocka_run_group_tests_name("more_token", tests, NULL, NULL);
}
