/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which passwords are refused, and that those people are told to choose are
 * not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/secret/password.h"

#include <stdio.h>
#include <string.h>
#include "shared/limits.h"

static const struct {
	const char *password;
	enum password_verdict verdict;
} table[] = {
    {"", PASSWORD_SHORT},
    {"bonsutuch", PASSWORD_SHORT},
    {"đđđđđđđđđ", PASSWORD_SHORT}, /* 18 bytes, 9 characters */
    {"a\u0301a\u0301a\u0301a\u0301a\u0301", PASSWORD_SHORT}, /* five letters */
    /* the heads of the lists */
    {"1234567890", PASSWORD_COMMON},
    {"0987654321", PASSWORD_COMMON},
    {"qwertyuiop", PASSWORD_COMMON},
    {"1qaz2wsx3edc", PASSWORD_COMMON},
    {"password123", PASSWORD_COMMON},
    {"P@ssw0rd2026!", PASSWORD_COMMON},
    {"iloveyou123", PASSWORD_COMMON},
    {"administrator", PASSWORD_COMMON},
    {"aaaaaaaaaaaa", PASSWORD_COMMON},
    {"1212121212", PASSWORD_COMMON},
    {"abcabcabcabc", PASSWORD_COMMON},
    {"!!!!!!!!!!!!", PASSWORD_COMMON},
    {"          ", PASSWORD_COMMON},
    /* Vietnamese ones */
    {"matkhau123", PASSWORD_COMMON},
    {"Mật khẩu 123", PASSWORD_COMMON},
    {"M@tkh4u!!!", PASSWORD_COMMON},
    {"anhyeuem1102", PASSWORD_COMMON},
    {"Anh yêu em nhiều lắm", PASSWORD_COMMON},
    {"khongbiet123", PASSWORD_COMMON},
    {"hoilamgi123", PASSWORD_COMMON},
    {"Tuy Phong 2026", PASSWORD_COMMON},
    {"BinhThuan@2025", PASSWORD_COMMON},
    {"motcua123456", PASSWORD_COMMON},
    {"vietnamvodich", PASSWORD_COMMON},
    /* the login, lan.nguyen */
    {"lan.nguyen1", PASSWORD_LOGIN},
    {"LanNguyen1985", PASSWORD_LOGIN},
    /* good ones: several words that belong to nobody */
    {"ba con vịt xoè", PASSWORD_GOOD},
    {"ba con mèo đen", PASSWORD_GOOD},
    {"matkhau-rat-dai", PASSWORD_GOOD},
    {"cua bien xanh tham", PASSWORD_GOOD},
    {"correct horse battery", PASSWORD_GOOD},
    {"xK9#mQ2vLp", PASSWORD_GOOD},
    {"đò ngang sông Luỹ", PASSWORD_GOOD},
    {"lan.nguyen ăn dưa hấu", PASSWORD_GOOD},
    {"日本語日本語を話す人", PASSWORD_GOOD},
};

static void
test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		enum password_verdict verdict =
		    password_judge(table[i].password, "lan.nguyen");

		if (verdict != table[i].verdict)
			fail_msg("%s: %d", table[i].password, (int)verdict);
	}
}

static void
test_lengths(void **state)
{
	char text[LIMIT_PASSWORD_MAX * 2 + 3];

	(void)state;
	for (size_t i = 0; i < LIMIT_PASSWORD_MAX + 1; i++)
		memcpy(text + 2 * i, i % 7 < 3 ? "ơ" : "ư", 2);
	text[2 * LIMIT_PASSWORD_MAX] = '\0';
	assert_int_equal(password_judge(text, "lan"), PASSWORD_GOOD);
	memcpy(text + 2 * LIMIT_PASSWORD_MAX, "x", 2);
	assert_int_equal(password_judge(text, "lan"), PASSWORD_LONG);
	/* a login of two letters stands in many a good password */
	assert_int_equal(password_judge("an ở nhà mai", "an"), PASSWORD_GOOD);
}

static void
test_start(void **state)
{
	char one[PASSWORD_START], other[PASSWORD_START];

	(void)state;
	password_start(other);
	for (int i = 0; i < 1000; i++) {
		password_start(one);
		assert_int_equal(strlen(one), PASSWORD_START - 1);
		assert_string_not_equal(one, other);
		assert_int_equal(password_judge(one, "lan"), PASSWORD_GOOD);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_lengths),
	    cmocka_unit_test(test_start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
