/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Telephone numbers: the vectors of DOMAIN.md 10 and every row of its 6.2. */
#include "shared/phone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

struct row {
	const char *text;
	enum phone_kind kind;
	const char *want;
};

static const struct row rows[] = {
    /* DOMAIN.md 10, vector 9 */
    {"0168 123 4567", PHONE_CITIZEN, "+84381234567"},
    {"+840912345678", PHONE_CITIZEN, "+84912345678"},
    {"191", PHONE_NOT_A_CITIZEN, ""}, {"VIETTEL", PHONE_NOT_A_CITIZEN, ""},
    /* every accepted form */
    {"0912345678", PHONE_CITIZEN, "+84912345678"},
    {"84912345678", PHONE_CITIZEN, "+84912345678"},
    {"+84912345678", PHONE_CITIZEN, "+84912345678"},
    {"0084912345678", PHONE_CITIZEN, "+84912345678"},
    {"00840912345678", PHONE_CITIZEN, "+84912345678"},
    {"912345678", PHONE_CITIZEN, "+84912345678"},
    {"840912345678", PHONE_CITIZEN, "+84912345678"},
    {" 091 234 56 78 ", PHONE_CITIZEN, "+84912345678"},
    {"091.234.5678", PHONE_CITIZEN, "+84912345678"},
    {"091-234-5678", PHONE_CITIZEN, "+84912345678"},
    {"(091) 234 5678", PHONE_CITIZEN, "+84912345678"},
    {"(+84) 912 345 678", PHONE_CITIZEN, "+84912345678"},
    {"+84 (0)912 345 678", PHONE_CITIZEN, "+84912345678"},
    {"091\xC2\xA0"
     "234\xE2\x80\x93"
     "5678",
	PHONE_CITIZEN, "+84912345678"},
    {"841234567", PHONE_CITIZEN, "+84841234567"},
    {"0841234567", PHONE_CITIZEN, "+84841234567"},
    {"84841234567", PHONE_CITIZEN, "+84841234567"},
    /* prefixes of today */
    {"0321234567", PHONE_CITIZEN, "+84321234567"},
    {"0521234567", PHONE_CITIZEN, "+84521234567"},
    {"0551234567", PHONE_CITIZEN, "+84551234567"},
    {"0701234567", PHONE_CITIZEN, "+84701234567"},
    {"0871234567", PHONE_CITIZEN, "+84871234567"},
    {"0991234567", PHONE_CITIZEN, "+84991234567"},
    /* the change of 2018 */
    {"01621234567", PHONE_CITIZEN, "+84321234567"},
    {"01691234567", PHONE_CITIZEN, "+84391234567"},
    {"01201234567", PHONE_CITIZEN, "+84701234567"},
    {"01211234567", PHONE_CITIZEN, "+84791234567"},
    {"01221234567", PHONE_CITIZEN, "+84771234567"},
    {"01261234567", PHONE_CITIZEN, "+84761234567"},
    {"01281234567", PHONE_CITIZEN, "+84781234567"},
    {"01231234567", PHONE_CITIZEN, "+84831234567"},
    {"01241234567", PHONE_CITIZEN, "+84841234567"},
    {"01251234567", PHONE_CITIZEN, "+84851234567"},
    {"01271234567", PHONE_CITIZEN, "+84811234567"},
    {"01291234567", PHONE_CITIZEN, "+84821234567"},
    {"01861234567", PHONE_CITIZEN, "+84561234567"},
    {"01881234567", PHONE_CITIZEN, "+84581234567"},
    {"01991234567", PHONE_CITIZEN, "+84591234567"},
    {"+841681234567", PHONE_CITIZEN, "+84381234567"},
    {"841681234567", PHONE_CITIZEN, "+84381234567"},
    {"1681234567", PHONE_CITIZEN, "+84381234567"},
    {"01611234567", PHONE_NOT_A_CITIZEN, ""},
    /* no SMS from these */
    {"02523850567", PHONE_LANDLINE, "+842523850567"},
    {"+84 252 3850 567", PHONE_LANDLINE, "+842523850567"},
    {"842438251234", PHONE_LANDLINE, "+842438251234"},
    /* foreign: kept, marked */
    {"+12025550123", PHONE_FOREIGN, "+12025550123"},
    {"0012025550123", PHONE_FOREIGN, "+12025550123"},
    {"12025550123", PHONE_FOREIGN, "12025550123"},
    {"+855 12 345 678", PHONE_FOREIGN, "+85512345678"},
    {"+4915112345678", PHONE_FOREIGN, "+4915112345678"},
    {"+8613812345678", PHONE_FOREIGN, "+8613812345678"},
    /* not citizens */
    {"", PHONE_NOT_A_CITIZEN, ""}, {"   ", PHONE_NOT_A_CITIZEN, ""},
    {"+", PHONE_NOT_A_CITIZEN, ""}, {"888", PHONE_NOT_A_CITIZEN, ""},
    {"9123", PHONE_NOT_A_CITIZEN, ""}, {"1234567", PHONE_NOT_A_CITIZEN, ""},
    {"+84191", PHONE_NOT_A_CITIZEN, ""}, {"19001234", PHONE_NOT_A_CITIZEN, ""},
    {"18001091", PHONE_NOT_A_CITIZEN, ""},
    {"1900571234", PHONE_NOT_A_CITIZEN, ""},
    {"MobiFone", PHONE_NOT_A_CITIZEN, ""},
    {"UBND TUYPHONG", PHONE_NOT_A_CITIZEN, ""},
    {"0912345678a", PHONE_NOT_A_CITIZEN, ""},
    {"09123456789", PHONE_NOT_A_CITIZEN, ""},
    {"091234567", PHONE_NOT_A_CITIZEN, ""},
    {"+8491234567", PHONE_NOT_A_CITIZEN, ""},
    {"++84912345678", PHONE_NOT_A_CITIZEN, ""},
    {"0912+345678", PHONE_NOT_A_CITIZEN, ""},
    {"+1234567890123456", PHONE_NOT_A_CITIZEN, ""},
    {"123456789012345678901234567890", PHONE_NOT_A_CITIZEN, ""},
    {"\xff\xfe", PHONE_NOT_A_CITIZEN, ""}};

static void
test_numbers(void **state)
{
	char got[PHONE_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum phone_kind kind = phone_read(rows[i].text, got);
		if (kind != rows[i].kind || strcmp(got, rows[i].want) != 0)
			fail_msg(
			    "\"%s\": kind %d, \"%s\"", rows[i].text, kind, got);
	}
}

/* What was written once is read back as itself. */
static void
test_stays(void **state)
{
	char once[PHONE_TEXT], twice[PHONE_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].kind == PHONE_NOT_A_CITIZEN)
			continue;
		phone_read(rows[i].text, once);
		assert_int_equal(phone_read(once, twice), rows[i].kind);
		assert_string_equal(once, twice);
	}
}

/* Whom the gateway takes for a person who may be answered: every number above
 * in the same form, and those it cannot place. */
static void
test_senders(void **state)
{
	static const char *const others[][2] = {{"12345678", "12345678"},
	    {"19001234", "19001234"}, {"09123456789", "09123456789"},
	    {"0912 345.678", "+84912345678"}, {"+8491234567", "+8491234567"},
	    {"+66812345678", "+66812345678"}, {"1234567", ""}, {"9123", ""},
	    {"191", ""}, {"VIETTEL", ""}, {";reboot;", ""}, {"+", ""},
	    {"00", ""}, {"001234567", ""}, {"", ""}, {"+1234567890123456", ""},
	    {"+84+912345678", ""}, {"123456789012345678901234567890", ""}};
	char got[PHONE_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].kind == PHONE_NOT_A_CITIZEN)
			continue;
		assert_true(phone_sender(rows[i].text, got));
		assert_string_equal(got, rows[i].want);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		bool person = phone_sender(others[i][0], got);

		assert_int_equal(person, others[i][1][0] != '\0');
		assert_string_equal(got, others[i][1]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_stays),
	    cmocka_unit_test(test_senders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
