/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers at rest; and who signs. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/dossier/agency.h"
#include "server/secret/phone_seal.h"
#include "shared/arena.h"

#define PHONE "+84912345678"

static void
test_seal(void **state)
{
	struct seal_keys ours, others;
	char one[SEALED_TEXT], two[SEALED_TEXT], out[PHONE_TEXT];

	(void)state;
	seal_keys_new(&ours);
	seal_keys_new(&others);
	seal_phone(&ours, PHONE, one);
	seal_phone(&ours, PHONE, two);
	assert_string_not_equal(one, two);
	assert_null(strstr(one, "912345"));
	assert_true(unseal_phone(&ours, one, out));
	assert_string_equal(out, PHONE);
	assert_false(unseal_phone(&others, one, out));
	assert_string_equal(out, "");
	for (size_t i = 0; one[i] != '\0'; i++) { /* altered anywhere */
		char was = one[i];

		one[i] = was == 'A' ? 'B' : 'A';
		assert_false(unseal_phone(&ours, one, out));
		one[i] = was;
	}
	one[20] = '\0';
	assert_false(unseal_phone(&ours, one, out));
	assert_false(unseal_phone(&ours, "", out));
	assert_true(unseal_phone(&ours, PHONE, out)); /* of a former schema */
	assert_string_equal(out, PHONE);
}

static void
test_keys(void **state)
{
	struct seal_keys keys, back;
	char text[TOKEN_TEXT], one[TOKEN_TEXT], two[TOKEN_TEXT];

	(void)state;
	seal_keys_new(&keys);
	back = keys;
	memset(back.seal, 0, sizeof(back.seal));
	seal_key_text(&keys, text);
	assert_true(seal_key_read(text, &back));
	seal_fingerprint(&keys, one);
	seal_fingerprint(&back, two);
	assert_string_equal(one, two);
	back.hash[0] = back.hash[0] == 'A' ? 'B' : 'A';
	seal_fingerprint(&back, two);
	assert_string_not_equal(one, two);
	assert_false(seal_key_read("short", &back));
	text[5] = '!';
	assert_false(seal_key_read(text, &back));
}

static void
test_agency(void **state)
{
	static const char *const rows[][2] = {
	    {"Thị trấn Liên Hương", "UBND TT Lien Huong"},
	    {"Thị trấn Phan Rí Cửa", "UBND TT Phan Ri Cua"},
	    {"Xã Phong Phú", "UBND xa Phong Phu"},
	    {"Xã Đông Hải", "UBND xa Dong Hai"}, {"Huyện Tuy Phong", "usual"},
	    {"Xã Một Cái Tên Rất Dài", "usual"}, {"Xã Ꟶ", "usual"}};
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct unit unit = {.name = rows[i][0]};

		assert_string_equal(
		    agency_name(&a, &unit, "usual"), rows[i][1]);
	}
	assert_string_equal(agency_name(&a, NULL, "usual"), "usual");
	arena_finish(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_seal),
	    cmocka_unit_test(test_keys),
	    cmocka_unit_test(test_agency),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
