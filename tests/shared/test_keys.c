/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys: RFC 8032's own vectors, texts there and back, signatures and sealed
 * texts that were tampered with.
 */
#include "shared/buf.h"
#include "shared/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static void
from_hex(const char *hex, uint8_t *out)
{
	unsigned byte;

	for (; *hex != '\0'; hex += 2) {
		assert_int_equal(sscanf(hex, "%2x", &byte), 1);
		*out++ = (uint8_t)byte;
	}
}

/* RFC 8032, section 7.1, TEST 2: the message is the byte 0x72. */
static void
test_rfc_8032(void **state)
{
	static const char public_hex[] =
	    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
	/* the secret 4ccd089b … b8a6fb and the signature, in URL-safe base64 */
	static const char secret[] =
	    "TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs";
	static const char signature[] =
	    "kqAJqfDUyrhyDoILX2QlQKKye1QWUD-Ps3YiI-vbadoIWsHkPhWZbkWPNhPQ8"
	    "R2MOHsurrQwKu6wDSkWErsMAA";
	static const uint8_t message[] = {0x72};
	uint8_t public[KEY_PUBLIC];
	char made[SIGNATURE_MAX], kept[KEY_TEXT];
	struct key k;

	(void)state;
	from_hex(public_hex, public);
	assert_true(key_read(secret, &k));
	assert_memory_equal(k.public, public, KEY_PUBLIC);
	key_keep(&k, kept);
	assert_string_equal(kept, secret);
	key_sign(&k, message, 1, made);
	assert_true(key_verify(public, message, 1, made));
	assert_string_equal(made, signature);
}

static void
test_texts(void **state)
{
	static const char *const wrong[] = {"", "abc",
	    "TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs=",
	    "TM0Imyj/ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs",
	    "TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvsA"};
	uint8_t public[KEY_PUBLIC];
	char text[KEY_TEXT];
	struct key k, other;

	(void)state;
	key_make(&k);
	key_make(&other);
	assert_memory_not_equal(k.public, other.public, KEY_PUBLIC);
	key_public_text(k.public, text);
	assert_int_equal(strlen(text), 43);
	assert_true(key_public_read(text, public));
	assert_memory_equal(public, k.public, KEY_PUBLIC);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(key_public_read(wrong[i], public));
		assert_false(key_read(wrong[i], &k));
	}
}

static void
test_signature(void **state)
{
	char signature[SIGNATURE_MAX];
	struct key k, other;

	(void)state;
	key_make(&k);
	key_make(&other);
	key_sign(&k, "one", 3, signature);
	assert_true(key_verify(k.public, "one", 3, signature));
	assert_false(key_verify(k.public, "two", 3, signature));
	assert_false(key_verify(k.public, "one", 2, signature));
	assert_false(key_verify(other.public, "one", 3, signature));
	assert_false(key_verify(k.public, "one", 3, NULL));
	assert_false(key_verify(k.public, "one", 3, ""));
	signature[10] = signature[10] == 'A' ? 'B' : 'A';
	assert_false(key_verify(k.public, "one", 3, signature));
}

static void
test_json(void **state)
{
	struct key k, other;
	struct buf b;
	char *at;

	(void)state;
	key_make(&k);
	key_make(&other);
	buf_init(&b);
	buf_puts(&b, "{\"a\":\"x,\\\"signature\\\":\\\"\",\"b\":1}");
	assert_false(key_verify_json(k.public, buf_text(&b)));
	key_sign_json(&k, &b);
	assert_true(key_verify_json(k.public, buf_text(&b)));
	assert_false(key_verify_json(other.public, buf_text(&b)));
	at = strstr(b.data, "\"b\":1");
	at[4] = '2';
	assert_false(key_verify_json(k.public, buf_text(&b)));
	at[4] = '1';
	assert_true(key_verify_json(k.public, buf_text(&b)));
	buf_puts(&b, " ");
	assert_false(key_verify_json(k.public, buf_text(&b)));
	assert_false(key_verify_json(k.public, ""));
	assert_false(key_verify_json(k.public, "{,\"signature\":\"\"}"));
	buf_finish(&b);
}

static void
test_sealed(void **state)
{
	static const char token[] =
	    "0123456789012345678901234567890123456789012";
	char sealed[SEALED_MAX], out[64], longer[200];
	struct key k, other;

	(void)state;
	key_make(&k);
	key_make(&other);
	assert_true(key_seal(k.public, token, sealed));
	assert_null(strstr(sealed, token));
	assert_true(key_open(&k, sealed, out, sizeof(out)));
	assert_string_equal(out, token);
	assert_false(key_open(&other, sealed, out, sizeof(out)));
	assert_false(key_open(&k, sealed, out, 43));
	assert_false(key_open(&k, "", out, sizeof(out)));
	sealed[5] = sealed[5] == 'A' ? 'B' : 'A';
	assert_false(key_open(&k, sealed, out, sizeof(out)));
	memset(longer, 'x', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	assert_false(key_seal(k.public, longer, sealed));
	key_wipe(&k);
	assert_int_equal(k.secret[0] | k.secret[63], 0);
}

static void
test_pin(void **state)
{
	char hash[PIN_HASH], again[PIN_HASH];

	(void)state;
	assert_true(pin_hash("271828", hash));
	assert_true(pin_hash("271828", again));
	assert_string_not_equal(hash, again);
	assert_true(pin_check("271828", hash));
	assert_false(pin_check("271829", hash));
	assert_false(pin_check("", hash));
	assert_false(pin_check("271828", ""));
	assert_false(pin_check("271828", "271828"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rfc_8032),
	    cmocka_unit_test(test_texts),
	    cmocka_unit_test(test_signature),
	    cmocka_unit_test(test_json),
	    cmocka_unit_test(test_sealed),
	    cmocka_unit_test(test_pin),
	};

	return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}
