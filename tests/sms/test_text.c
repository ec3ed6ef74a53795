/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a text costs, what a surrogate pair survives, who is a citizen. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include "sms/text/gsm7.h"
#include "sms/text/utf16.h"

static void
test_septets(void **state)
{
	static const struct {
		const char *text;
		int septets;
	} cases[] = {
	    {"", 0}, {"LH1 5 cam on", 12},
	    {"hài lòng", 8}, /* à and ò are in the alphabet */
	    {"HÀI LÒNG", -1}, {"kém", 3}, {"rất tốt", -1},
	    {"a\u0300", -1}, /* NFD */
	    {"{}[]~^|\\€\f", 20}, {"@£$¥ΔΦΓΛΩΠΨΣΘΞÆæßÉÑ§¿", 21}, {"`", -1},
	    {"😍", -1}, {"\xff", -1},
	    {"\xed\xa0\x80", -1}, /* a surrogate in UTF-8 */
	    {"\xc0\x80", -1},     /* an overlong NUL */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(gsm7_septets(cases[i].text), cases[i].septets);
}

static void
test_alphabet(void **state)
{
	uint8_t septets[2];

	(void)state;
	for (uint8_t s = 0; s < 128; s++) {
		if (s == GSM7_ESCAPE)
			continue;
		assert_int_equal(
		    gsm7_from_char(gsm7_to_char(s, 0), septets), 1);
		assert_int_equal(septets[0], s);
	}
	assert_int_equal(gsm7_to_char('e', 1), 0x20ac);
	assert_int_equal(gsm7_to_char('z', 1), 'z'); /* not in the table */
	assert_int_equal(gsm7_to_char(GSM7_ESCAPE, 1), ' ');
	assert_int_equal(gsm7_from_char(0, septets), 0);
}

static void
test_utf16(void **state)
{
	static const struct {
		const char *from;
		size_t bytes;
		size_t max;
		const char *to;
	} cases[] = {
	    {"\0L\0H\x1e\xa5", 6, 99, "LHấ"},
	    {"\xd8\x3d\xde\x0d", 4, 99, "😍"},
	    {"\xd8\x3d", 2, 99, "\xef\xbf\xbd"},
	    {"\xde\x0d\0a", 4, 99,
		"\xef\xbf\xbd"
		"a"},
	    {"\xff\xfe\xff\xff\0a", 6, 99,
		"\xef\xbf\xbd\xef\xbf\xbd"
		"a"},
	    {"\0a\0\r\0\n\0b", 8, 99, "a\nb"},
	    {"\0a\0\x1b\0\0\0b", 8, 99, "a  b"},
	    {"\0a\0b\0c", 6, 2, "ab"},
	    {"\0a\0", 3, 99, "a"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf out;

		buf_init(&out);
		utf16_to_utf8(&out, (const uint8_t *)cases[i].from,
		    cases[i].bytes, cases[i].max);
		assert_string_equal(buf_text(&out), cases[i].to);
		buf_finish(&out);
	}
}

static void
test_there_and_back(void **state)
{
	static const char text[] = "Đồng ý 😍 a\u0301 €\n";
	struct buf units, back;

	(void)state;
	buf_init(&units);
	buf_init(&back);
	utf16_from_utf8(&units, text);
	utf16_to_utf8(&back, (const uint8_t *)units.data, units.size, 99);
	assert_string_equal(buf_text(&back), text);
	buf_finish(&units);
	buf_finish(&back);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_septets),
	    cmocka_unit_test(test_alphabet),
	    cmocka_unit_test(test_utf16),
	    cmocka_unit_test(test_there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
