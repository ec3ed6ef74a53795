/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The simulator's PDUs: against real ones from public documentation, there and
 * back again, and against broken ones, which must be refused in words.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/modem/pdu.h"

#define NOVEMBER 1795330502000LL /* 2026-11-22T13:55:02+07:00 */

static void
check_text(const struct pdu *p, const char *expected)
{
	struct buf text;

	buf_init(&text);
	pdu_text(p, &text);
	assert_string_equal(buf_text(&text), expected);
	buf_finish(&text);
}

/* PDUs written by others: a reader that only understands itself proves
 * nothing. */
static void
test_known(void **state)
{
	static const struct {
		const char *hex, *number, *text;
		bool submit;
	} cases[] = {
	    {"07911326040000F0040B911346610089F60000208062917314480CC8F71D1449"
	     "69741F977FD07",
		"+31641600986", NULL, false},
	    {"0011000B916407281553F80000AA0AE8329BFD4697D9EC37", "+46708251358",
		"hellohello", true},
	    {"07917283010010F5040BC87238880900F10000993092516195800AE8329BFD46"
	     "97D9EC37",
		NULL, "hellohello", false},
	};
	struct pdu p;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *error = pdu_decode(cases[i].hex, &p);

		if (cases[i].text == NULL) { /* odd hex: one digit is missing */
			assert_non_null(error);
			continue;
		}
		assert_null(error);
		assert_int_equal(
		    p.kind, cases[i].submit ? PDU_SUBMIT : PDU_DELIVER);
		if (cases[i].number != NULL)
			assert_string_equal(p.number, cases[i].number);
		check_text(&p, cases[i].text);
	}
}

static void
round_trip(
    const char *number, const char *text, bool ucs2, int ref, size_t expected)
{
	struct pdu *parts, back;
	struct buf joined;
	char hex[PDU_HEX];
	size_t n = pdu_split(text, ucs2, ref, &parts);

	assert_int_equal(n, expected);
	buf_init(&joined);
	for (size_t i = 0; i < n; i++) {
		snprintf(parts[i].number, PDU_NUMBER, "%s", number);
		parts[i].at = NOVEMBER;
		parts[i].offset = 420;
		assert_true(pdu_encode(&parts[i], hex));
		assert_int_equal(pdu_length(hex), strlen(hex) / 2 - 8);
		assert_null(pdu_decode(hex, &back));
		assert_string_equal(back.number, number);
		assert_int_equal(back.kind, PDU_DELIVER);
		assert_true(back.at == NOVEMBER);
		assert_int_equal(back.offset, 420);
		assert_int_equal(back.total, n);
		assert_int_equal(back.part, i + 1);
		if (n > 1)
			assert_int_equal(back.ref, ref);
		pdu_text(&back, &joined);
	}
	assert_string_equal(buf_text(&joined), text);
	buf_finish(&joined);
	free(parts);
}

static char *
repeat(const char *piece, size_t times)
{
	char *text = calloc(times + 1, strlen(piece));

	for (size_t i = 0; i < times; i++)
		strcat(text, piece);
	return text;
}

static void
test_round_trip(void **state)
{
	static const struct {
		const char *number, *piece;
		size_t times;
		bool ucs2;
		size_t parts;
		int ref;
	} cases[] = {
	    {"+84912345678", "LH1 5 cam on", 1, false, 1, 7},
	    {"+8491234567", "5", 1, false, 1, 7},
	    {"191", "so du", 1, false, 1, 7},
	    {"VIETTEL", "khuyen mai", 1, false, 1, 7},
	    {"+84912345678", "hài lòng {€}[]~^|\\", 1, false, 1, 7},
	    {"+84912345678", "rất hài lòng", 1, false, 1, 7},
	    {"+84912345678", "5", 1, true, 1, 7},
	    {"+84912345678", "a", 160, false, 1, 7},
	    {"+84912345678", "a", 161, false, 2, 7},
	    {"+84912345678", "a", 306, false, 2, 7},
	    {"+84912345678", "€", 80, false, 1, 7},
	    {"+84912345678", "€", 81, false, 2, 7},
	    {"+84912345678", "ấ", 70, false, 1, 7},
	    {"+84912345678", "ấ", 71, false, 2, 7},
	    {"+84912345678", "ấ", 67 * 255, false, 255, 7},
	    {"+84912345678", "ấ", 67 * 255 + 1, false, 0, 1},
	    {"+84912345678", "a", 304, false, 2, 0x1234},
	    {"+84912345678", "a", 305, false, 3, 0x1234},
	    {"+84912345678", "ấ", 132, false, 2, 0xffff},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = repeat(cases[i].piece, cases[i].times);
		struct pdu *parts;

		if (cases[i].parts > 0)
			round_trip(cases[i].number, text, cases[i].ucs2,
			    cases[i].ref, cases[i].parts);
		else
			assert_int_equal(pdu_split(text, false, 1, &parts), 0);
		if (cases[i].parts == 0)
			free(parts);
		free(text);
	}
}

/* A STATUS-REPORT as a public forum shows it, and our own. */
static void
test_report(void **state)
{
	static const char known[] =
	    "0006D60B911326880736F4111011719551401110117195714000";
	struct pdu p, back;
	char hex[PDU_HEX];

	(void)state;
	assert_null(pdu_decode(known, &p));
	assert_int_equal(p.kind, PDU_REPORT);
	assert_int_equal(p.reference, 214);
	assert_string_equal(p.number, "+31628870634");
	assert_true(p.discharged - p.at == 2000);
	assert_int_equal(p.status, 0);
	p.status = 0x46;
	assert_true(pdu_encode(&p, hex));
	assert_null(pdu_decode(hex, &back));
	assert_int_equal(back.status, 0x46);
	assert_int_equal(back.reference, 214);
	assert_true(back.at == p.at && back.discharged == p.discharged);
}

static void
test_broken(void **state)
{
	static const char good[] = "07914889200026F5040B914819325476F80000"
				   "62112231552082"
				   "0135";
	struct pdu p;
	char cut[sizeof(good)];

	(void)state;
	assert_null(pdu_decode(good, &p));
	for (size_t n = 0; n < sizeof(good) - 1; n++) {
		memcpy(cut, good, n);
		cut[n] = '\0';
		assert_non_null(pdu_decode(cut, &p));
	}
	assert_non_null(pdu_decode("zz", &p));
	assert_non_null(pdu_decode("FF91999999", &p));
	assert_non_null(pdu_decode("0006", &p));
}

static void
test_unfit(void **state)
{
	struct pdu p = {.total = 1, .part = 1};
	char hex[PDU_HEX];

	(void)state;
	assert_false(pdu_encode(&p, hex));
	strcpy(p.number, "ABCDEFGHIJKL");
	assert_false(pdu_encode(&p, hex));
	strcpy(p.number, "123456789012345678901");
	assert_false(pdu_encode(&p, hex));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_known),
	    cmocka_unit_test(test_round_trip),
	    cmocka_unit_test(test_report),
	    cmocka_unit_test(test_broken),
	    cmocka_unit_test(test_unfit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
