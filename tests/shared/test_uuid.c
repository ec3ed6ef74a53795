/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ids and the clock they are made from. */
#include "shared/uuid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>
#include "shared/clock.h"

static const struct {
	const char *text;
	const char *want; /* NULL: refused */
} cases[] = {
    {"01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11",
	"01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11"},
    {"01938F5E-7C1A-7F00-9A51-3F0D3C1F8A11",
	"01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11"},
    {"f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
	"f81d4fae-7dec-11d0-a765-00a0c91e6bf6"},
    {"00000000-0000-0000-0000-000000000001",
	"00000000-0000-0000-0000-000000000001"},
    {"00000000-0000-0000-0000-000000000000", NULL},
    {"ffffffff-ffff-ffff-ffff-ffffffffffff", NULL},
    {"FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", NULL},
    {"", NULL},
    {"0", NULL},
    {"01938f5e", NULL},
    {"01938f5e-", NULL},
    {"01938f5e-7c1a-7f00-9a51-3f0d3c1f8a1", NULL},
    {"01938f5e-7c1a-7f00-9a51-3f0d3c1f8a111", NULL},
    {"01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11 ", NULL},
    {" 01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11", NULL},
    {"01938f5e7c1a7f009a513f0d3c1f8a11", NULL},
    {"{01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11}", NULL},
    {"01938f5e-7c1a-7f00-9a51_3f0d3c1f8a11", NULL},
    {"01938f5e-7c1a-7f009-a51-3f0d3c1f8a11", NULL},
    {"g1938f5e-7c1a-7f00-9a51-3f0d3c1f8a11", NULL},
    {"0193-8f5e-7c1a-7f00-9a513f0d-3c1f8a11", NULL},
};

static void
parses_and_writes(void **state)
{
	char text[UUID_TEXT];
	struct uuid id;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memset(&id, 0xaa, sizeof(id));
		if (uuid_parse(cases[i].text, &id) != (cases[i].want != NULL))
			fail_msg("%s", cases[i].text);
		if (cases[i].want == NULL) {
			assert_int_equal(id.bytes[0], 0xaa);
			continue;
		}
		uuid_format(&id, text);
		assert_string_equal(text, cases[i].want);
	}
}

/* The example of RFC 9562, appendix A.6. */
static void
version_7_of_the_rfc(void **state)
{
	static const uint8_t random[10] = {
	    0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f};
	char text[UUID_TEXT];
	struct uuid id;

	(void)state;
	uuid_v7(1645557742000, random, &id);
	uuid_format(&id, text);
	assert_string_equal(text, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
	uuid_v7(-1, random, &id);
	uuid_format(&id, text);
	assert_string_equal(text, "00000000-0000-7cc3-98c4-dc0c0c07398f");
}

static void
new_ids_differ_and_follow_time(void **state)
{
	struct uuid ids[1000];
	char text[UUID_TEXT];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		clock_set(1700000000000 + i);
		uuid_new(&ids[i]);
		uuid_format(&ids[i], text);
		assert_int_equal(text[14], '7');
		assert_non_null(strchr("89ab", text[19]));
		if (i > 0)
			assert_true(uuid_compare(&ids[i - 1], &ids[i]) < 0);
	}
	/* within one millisecond, and when the clock was set back a little */
	for (int i = 1; i < 1000; i++) {
		clock_set(500000 - i / 100);
		uuid_new(&ids[i]);
		assert_true(i == 1 || uuid_compare(&ids[i - 1], &ids[i]) < 0);
	}
	clock_set(-1);
}

static void
the_clock(void **state)
{
	int64_t mono = clock_mono(), now = clock_now();
	int64_t real = (int64_t)time(NULL) * 1000;

	(void)state;
	assert_true(now > real - 60000 && now < real + 60000);
	assert_true(clock_mono() >= mono);
	clock_set(0);
	assert_int_equal(clock_now(), 0);
	clock_set(123456789);
	assert_int_equal(clock_now(), 123456789);
	assert_true(clock_mono() >= mono);
	clock_set(-1);
	assert_true(clock_now() >= real);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(parses_and_writes),
	    cmocka_unit_test(version_7_of_the_rfc),
	    cmocka_unit_test(new_ids_differ_and_follow_time),
	    cmocka_unit_test(the_clock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
