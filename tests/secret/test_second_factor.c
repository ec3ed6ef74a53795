/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The second factor against RFC 6238's own table; recovery codes; envelopes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/secret/second_factor.h"

#include <string.h>
#include "server/secret/envelope.h"

static const uint8_t *const rfc = (const uint8_t *)"12345678901234567890";

/* RFC 6238, appendix B, SHA-1: the last six of the eight digits. */
static void
test_rfc(void **state)
{
	static const struct {
		int64_t seconds;
		const char *code;
		int64_t step;
	} table[] = {
	    {59, "287082", 1},
	    {1111111109, "081804", 0x23523ec},
	    {1111111111, "050471", 0x23523ed},
	    {1234567890, "005924", 0x273ef07},
	    {2000000000, "279037", 0x3f940aa},
	    {20000000000, "353130", 0x27bc86aa},
	};
	int64_t step;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		int64_t now = table[i].seconds * 1000;

		assert_true(
		    second_factor_check(rfc, table[i].code, now, &step));
		assert_int_equal(step, table[i].step);
		/* one step early or late still counts, as that step */
		assert_true(second_factor_check(
		    rfc, table[i].code, now + SECOND_FACTOR_STEP_MS, &step));
		assert_int_equal(step, table[i].step);
		assert_true(second_factor_check(
		    rfc, table[i].code, now - SECOND_FACTOR_STEP_MS, &step));
		assert_int_equal(step, table[i].step);
		assert_false(second_factor_check(rfc, table[i].code,
		    now + 2 * SECOND_FACTOR_STEP_MS, &step));
		if (table[i].step > 1)
			assert_false(second_factor_check(rfc, table[i].code,
			    now - 2 * SECOND_FACTOR_STEP_MS, &step));
	}
}

static void
test_typed(void **state)
{
	static const char *const wrong[] = {"", " ", "28708", "2870822",
	    "287082 1", "28708a", "-287082", "+28708", "94287082", "287081"};
	int64_t step;

	(void)state;
	assert_true(second_factor_check(rfc, "287 082", 59000, &step));
	assert_true(second_factor_check(rfc, " 2 8 7082 ", 59000, &step));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(second_factor_check(rfc, wrong[i], 59000, &step));
}

static void
test_address(void **state)
{
	char text[SECOND_FACTOR_SECRET_TEXT];
	uint8_t one[SECOND_FACTOR_SECRET], other[SECOND_FACTOR_SECRET];
	struct arena a;

	(void)state;
	arena_init(&a);
	second_factor_text(rfc, text);
	assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	assert_string_equal(
	    second_factor_address(&a, "Hài lòng & Co", "lan", rfc),
	    "otpauth://totp/H%C3%A0i%20l%C3%B2ng%20%26%20Co:lan?secret="
	    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer="
	    "H%C3%A0i%20l%C3%B2ng%20%26%20Co");
	second_factor_new(one);
	second_factor_new(other);
	assert_memory_not_equal(one, other, sizeof(one));
	arena_finish(&a);
}

static void
test_recovery(void **state)
{
	char code[SECOND_FACTOR_RECOVERY], typed[80];
	uint8_t hash[TOKEN_HASH], other[TOKEN_HASH];
	size_t n = 0;

	(void)state;
	second_factor_recovery_new(code);
	assert_int_equal(strlen(code), 19);
	assert_true(code[4] == '-' && code[9] == '-' && code[14] == '-');
	assert_true(second_factor_recovery_read(code, hash));
	for (size_t i = 0; code[i] != '\0'; i++) {
		typed[n++] = code[i] == '-'   ? ' '
			     : code[i] >= 'a' ? (char)(code[i] - 'a' + 'A')
					      : code[i];
		if (i % 3 == 0)
			typed[n++] = ' ';
	}
	typed[n] = '\0';
	assert_true(second_factor_recovery_read(typed, other));
	assert_memory_equal(hash, other, sizeof(hash));
	second_factor_recovery_new(code);
	assert_true(second_factor_recovery_read(code, other));
	assert_memory_not_equal(hash, other, sizeof(hash));
	assert_false(second_factor_recovery_read("", hash));
	assert_false(second_factor_recovery_read("0000-0000-0000-000", hash));
	assert_false(second_factor_recovery_read("0000-0000-0000-00000", hash));
	assert_false(second_factor_recovery_read("0000-0000-0000-000i", hash));
	assert_false(second_factor_recovery_read("287082", hash));
}

static void
test_envelope(void **state)
{
	uint8_t bytes[ENVELOPE_BYTES] = "twenty bytes of them", out[64];
	char secret[TOKEN_TEXT], other[TOKEN_TEXT], bent[200];
	const char *text;
	struct arena a;

	(void)state;
	arena_init(&a);
	token_new(secret);
	token_new(other);
	text = envelope_close(&a, secret, "factor lan", bytes, 20);
	assert_true(envelope_open(secret, "factor lan", text, out, 20));
	assert_memory_equal(out, bytes, 20);
	assert_false(envelope_open(secret, "factor binh", text, out, 20));
	assert_false(envelope_open(secret, "factor la", text, out, 20));
	assert_false(envelope_open(other, "factor lan", text, out, 20));
	assert_false(envelope_open(secret, "factor lan", text, out, 19));
	assert_false(envelope_open(secret, "factor lan", text, out, 21));
	assert_false(envelope_open(secret, "factor lan", NULL, out, 20));
	assert_false(envelope_open(secret, "factor lan", "", out, 20));
	for (size_t i = 0; text[i] != '\0'; i++) {
		strcpy(bent, text);
		bent[i] = bent[i] == 'a' ? 'Q' : 'a';
		assert_false(
		    envelope_open(secret, "factor lan", bent, out, 20));
	}
	assert_string_not_equal(
	    text, envelope_close(&a, secret, "factor lan", bytes, 20));
	text = envelope_close(&a, secret, "", bytes, ENVELOPE_BYTES);
	assert_true(envelope_open(secret, "", text, out, ENVELOPE_BYTES));
	arena_finish(&a);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rfc),
	    cmocka_unit_test(test_typed),
	    cmocka_unit_test(test_address),
	    cmocka_unit_test(test_recovery),
	    cmocka_unit_test(test_envelope),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
