/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Our own reader of a DELIVER: what libGammu refuses, what is no message, and
 * thousands of messages that both must read the same.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/buf.h"
#include "sms/modem/modem_gammu_private.h"
#include "sms/text/deliver_pdu.h"
#include "sms/text/utf16.h"
#include "tests/modem/pdu.h"

#define CENTRE "07914809000020F3"
#define PHONE  "0B914809000000F1"
#define TIME   "62110302326100"
#define WORDS  "054C640C5403" /* LH1 5 */

static const char *
words_of(const struct modem_part *part)
{
	static char text[2000];
	struct buf utf8;

	buf_init(&utf8);
	utf16_to_utf8(&utf8, part->text, part->text_bytes, 1000);
	snprintf(text, sizeof(text), "%s", buf_text(&utf8));
	buf_finish(&utf8);
	return text;
}

static void
test_readable(void **state)
{
	static const struct {
		const char *name, *hex, *sender, *text;
	} cases[] = {
	    {"plain", CENTRE "04" PHONE "0000" TIME WORDS, "+84900000001",
		"LH1 5"},
	    {"an octet too many", CENTRE "04" PHONE "0000" TIME WORDS "00",
		"+84900000001", "LH1 5"},
	    {"many octets too many",
		CENTRE "04" PHONE "0000" TIME WORDS "FFFFFFFF", "+84900000001",
		"LH1 5"},
	    {"no centre", "0004" PHONE "0000" TIME WORDS, "+84900000001",
		"LH1 5"},
	    {"reserved coding 0xFB", CENTRE "04" PHONE "00FB" TIME WORDS,
		"+84900000001", "LH1 5"},
	    {"reserved alphabet 0x0C", CENTRE "04" PHONE "000C" TIME WORDS,
		"+84900000001", "LH1 5"},
	    {"reserved group 0x80", CENTRE "04" PHONE "0080" TIME WORDS,
		"+84900000001", "LH1 5"},
	    {"store a waiting sign 0xD8", CENTRE "04" PHONE "00D8" TIME WORDS,
		"+84900000001", "LH1 5"},
	    {"class 0, UCS-2",
		CENTRE "04" PHONE "0018" TIME "080035002011111EA5",
		"+84900000001", "5 \u1111\u1ea5"},
	    {"UCS-2 of a waiting sign 0xE0",
		CENTRE "04" PHONE "00E0" TIME "0400340035", "+84900000001",
		"45"},
	    {"an odd octet of UCS-2", CENTRE "04" PHONE "0008" TIME "0300350A",
		"+84900000001", "5"},
	    {"a national number",
		CENTRE "040AA19021436587"
		       "0000" TIME WORDS,
		"0912345678", "LH1 5"},
	    {"a short number",
		CENTRE "04038119F1"
		       "0000" TIME WORDS,
		"911", "LH1 5"},
	    {"an empty text", CENTRE "04" PHONE "0000" TIME "00",
		"+84900000001", ""},
	    {"lower case hex",
		"07914809000020f304"
		"0b914809000000f1"
		"0000" TIME "054c640c5403",
		"+84900000001", "LH1 5"},
	    {"a time of zeros", CENTRE "04" PHONE "000000000000000000" WORDS,
		"+84900000001", "LH1 5"},
	    {"a reply path, more to come, a report wanted",
		CENTRE "A4" PHONE "0000" TIME WORDS, "+84900000001", "LH1 5"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct modem_part part = {.slot = 7};

		if (!deliver_pdu_read(cases[i].hex, &part))
			fail_msg("%s: not read", cases[i].name);
		assert_string_equal(part.sender, cases[i].sender);
		assert_string_equal(words_of(&part), cases[i].text);
		assert_int_equal(part.kind, MODEM_TEXT);
		assert_int_equal(part.slot, 7);
	}
}

static void
test_refused(void **state)
{
	static const struct {
		const char *name, *hex;
	} cases[] = {
	    {"nothing", ""},
	    {"an empty entry", "00"},
	    {"no hex", "ERROR"},
	    {"compressed", CENTRE "04" PHONE "0020" TIME WORDS},
	    {"compressed UCS-2, class 1", CENTRE "04" PHONE "0039" TIME WORDS},
	    {"text cut short", CENTRE "04" PHONE "0000" TIME "054C640C54"},
	    {"UCS-2 cut short", CENTRE "04" PHONE "0008" TIME "0400350"},
	    {"no text", CENTRE "04" PHONE "0000" TIME},
	    {"time cut short", CENTRE "04" PHONE "0000"
				      "6211"},
	    {"a centre longer than all", "9091999999"},
	    {"a sender longer than all", CENTRE "04FF91"
						"4809"},
	    {"a header longer than its text",
		CENTRE "44" PHONE "0008" TIME "04FF0035FF"},
	    {"ours (SUBMIT)", CENTRE "11000B914809000000F10000AA" WORDS},
	    {"a report", CENTRE "0601" PHONE TIME TIME "00"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct modem_part part = {.slot = 7};

		if (deliver_pdu_read(cases[i].hex, &part))
			fail_msg("%s: read as \"%s\"", cases[i].name,
			    words_of(&part));
	}
}

static void
test_binary(void **state)
{
	struct modem_part part = {0};

	(void)state;
	assert_true(
	    deliver_pdu_read(CENTRE "04" PHONE "0004" TIME "03010203", &part));
	assert_int_equal(part.kind, MODEM_OTHER);
	assert_int_equal(part.text_bytes, 0);
}

/* As libGammu reads it; false when it cannot. */
static bool
gammu_reads(const char *hex, struct modem_part *part)
{
	static GSM_SMSMessage sms;
	unsigned char octets[PDU_HEX / 2];
	size_t n = strlen(hex) / 2;

	for (size_t i = 0; i < n; i++) {
		unsigned octet;

		assert_int_equal(sscanf(hex + 2 * i, "%2x", &octet), 1);
		octets[i] = (unsigned char)octet;
	}
	memset(part, 0, sizeof(*part));
	GSM_SetDefaultReceivedSMSData(&sms);
	if (GSM_DecodePDUFrame(
		GSM_GetGlobalDebug(), &sms, octets, n, NULL, TRUE) != ERR_NONE)
		return false;
	gammu_read_part(&sms, part);
	return true;
}

static void
same_part(const char *hex)
{
	struct modem_part ours = {0}, theirs;

	assert_true(gammu_reads(hex, &theirs));
	if (!deliver_pdu_read(hex, &ours))
		fail_msg("not read: %s", hex);
	theirs.slot = ours.slot = 0;
	assert_int_equal(ours.kind, theirs.kind);
	assert_string_equal(ours.sender, theirs.sender);
	assert_true(ours.sent_at == theirs.sent_at);
	assert_int_equal(ours.sent_offset, theirs.sent_offset);
	assert_int_equal(ours.udh_bytes, theirs.udh_bytes);
	assert_memory_equal(ours.udh, theirs.udh, ours.udh_bytes);
	if (ours.text_bytes != theirs.text_bytes ||
	    memcmp(ours.text, theirs.text, ours.text_bytes) != 0)
		fail_msg("%s\n%zu bytes, libGammu %zu: \"%s\"", hex,
		    ours.text_bytes, theirs.text_bytes, words_of(&theirs));
}

/* Random texts from phones, short and in parts, in both alphabets. */
static void
test_as_libgammu(void **state)
{
	static const char *const words[] = {"5", "LH1", "hài lòng", "rất tệ",
	    "cảm ơn 😍", "chờ lâu quá", "{}[]~^|\\€", "@£$¥èéùì", "\n", "x"};
	unsigned random = 20261201;
	int compared = 0;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		char text[2000] = "";
		struct pdu *parts;
		size_t n;

		do {
			random = random * 1103515245u + 12345u;
			strcat(text, words[(random >> 16) % 10]);
			strcat(text, " ");
		} while ((random >> 8) % 40 != 0 && strlen(text) < 900);
		n = pdu_split(text, round % 3 == 0, round % 500, &parts);
		for (size_t i = 0; i < n; i++) {
			char hex[PDU_HEX];

			snprintf(parts[i].number, sizeof(parts[i].number),
			    round % 5 == 0 ? "09%08d" : "+849%08d", round);
			parts[i].at = 1795330000000LL + round * 3600000LL;
			parts[i].offset = (round % 9 - 4) * 105;
			assert_true(pdu_encode(&parts[i], hex));
			same_part(hex);
			compared++;
		}
		free(parts);
	}
	print_message("%d messages read alike\n", compared);
}

/* Octets with ":" between them, without it. */
static void
without_colons(char *text)
{
	char *to = text;

	for (size_t i = 0; text[i] != '\0'; i++) {
		assert_int_equal(text[i] == ':', i % 3 == 2);
		if (text[i] != ':')
			*to++ = text[i];
	}
	*to = '\0';
}

static void
test_blanked(void **state)
{
	static const struct {
		const char *hex, *shown;
	} cases[] = {
	    {CENTRE "04" PHONE "0020" TIME WORDS,
		"07..............04................0020" TIME WORDS},
	    {"00", ".."},
	    {"0004" PHONE "0020", "0004................0020"},
	    {CENTRE "0601" PHONE TIME, NULL},
	    {CENTRE "510B" PHONE "0020FF" WORDS, NULL}, /* a SUBMIT */
	    {"", ""},
	};
	char out[2 * PDU_HEX];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		deliver_pdu_blank(cases[i].hex, out, sizeof(out));
		without_colons(out);
		if (cases[i].shown != NULL)
			assert_string_equal(out, cases[i].shown);
		/* no part of the sender's digits */
		assert_null(strstr(out, "48090000"));
		assert_null(strstr(out, "0000F1"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_readable),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_binary),
	    cmocka_unit_test(test_as_libgammu),
	    cmocka_unit_test(test_blanked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
