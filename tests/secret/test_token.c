/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Secrets: tokens differ, hashes are those of BLAKE2b, passwords hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/secret/token.h"

#include <stdio.h>
#include <string.h>

static void
test_tokens_differ(void **state)
{
	char tokens[64][TOKEN_TEXT];

	(void)state;
	for (size_t i = 0; i < 64; i++) {
		token_new(tokens[i]);
		assert_int_equal(strlen(tokens[i]), TOKEN_TEXT - 1);
		assert_int_equal(
		    strspn(tokens[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm"
				      "nopqrstuvwxyz0123456789-_"),
		    TOKEN_TEXT - 1);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(tokens[i], tokens[k]);
	}
}

static void
hex(const uint8_t *bytes, size_t n, char *out)
{
	for (size_t i = 0; i < n; i++)
		sprintf(out + 2 * i, "%02x", bytes[i]);
}

/* Known answers, by Python's hashlib.blake2b. What is stored must be readable
 * by the next release, too. */
static void
test_hashes_are_blake2b(void **state)
{
	uint8_t hash[TOKEN_HASH];
	char text[2 * TOKEN_HASH + 1];

	(void)state;
	token_hash("abc", hash);
	hex(hash, TOKEN_HASH, text);
	assert_string_equal(text,
	    "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
	digest("abc", 3, hash);
	hex(hash, DIGEST_BYTES, text);
	assert_string_equal(text, "cf4ab791c62b8d2b2109c90275287816");
	keyed_hash("0123456789abcdef0123456789abcdef", "+84912345678", hash);
	hex(hash, TOKEN_HASH, text);
	assert_string_equal(text,
	    "601010982df1835d6d732ef9116c2950d4ab481a920a200ab7b0842dee82e6e8");
}

static void
test_same(void **state)
{
	(void)state;
	assert_true(token_same("", ""));
	assert_true(token_same("abc", "abc"));
	assert_false(token_same("abc", "abd"));
	assert_false(token_same("abc", "ab"));
	assert_false(token_same("ab", "abc"));
	assert_false(token_same("", "a"));
}

static void
test_passwords(void **state)
{
	char one[PASSWORD_TEXT], other[PASSWORD_TEXT];

	(void)state;
	assert_true(password_hash("mật khẩu dài", one));
	assert_true(password_hash("mật khẩu dài", other));
	assert_string_not_equal(one, other); /* salted */
	assert_memory_equal(one, "$argon2id$", 10);
	assert_null(strstr(one, "mật"));
	assert_true(password_check("mật khẩu dài", one));
	assert_true(password_check("mật khẩu dài", other));
	/* the same from a keyboard that makes a letter of several signs */
	assert_true(
	    password_check("ma\u0323\u0302t kha\u0302\u0309u da\u0300i", one));
	assert_false(password_check("mat khau dai", one));
	assert_false(password_check("", one));
	assert_false(password_check("mật khẩu dài", NULL));
	assert_false(password_check("mật khẩu dài", "no hash"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_tokens_differ),
	    cmocka_unit_test(test_hashes_are_blake2b),
	    cmocka_unit_test(test_same),
	    cmocka_unit_test(test_passwords),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
