/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The SMS gateway's three resources of the real collector: what a citizen's
 * text leads to, that everything may be repeated, and that a number stays only
 * until its message has ended.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/texting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/buf.h"
#include "shared/uuid.h"

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "[sms]\nagency = UBND huyen Tuy Phong\n"
		       "phone = 0252 3850 000\n");
	gateway = rig_device(&rig, "sms", NULL);
	rig_serve(&rig);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(gateway);
	rig_check(&rig);
	rig_remove(&rig);
	return 0;
}

/* Answers of the SMS channel since `seen`, counted ones as "desk=score". */
static const char *
counted(const char *desk)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
	    "SELECT group_concat(s, ' ') FROM (SELECT substr(scores, 9)||"
	    "CASE aside WHEN 1 THEN '-' ELSE '' END AS s FROM answer "
	    "WHERE channel = 'sms' AND desk = '%s' ORDER BY received_at, id)",
	    desk);
	return rig_sql(&rig, sql);
}

/* ---------------------------------------------------------------- the cases */

static void
test_score(void **state)
{
	const char *from = citizen();

	(void)state;
	text_from(from, "LH1 5 cảm ơn");
	assert_string_equal(counted("LH1"), "5");
	assert_answered(from, THANKS "5 - rat hai long", NULL);
	assert_string_equal(
	    rig_sql(&rig, "SELECT comment FROM remark"), "cảm ơn");
	assert_string_equal(
	    rig_sql(&rig,
		"SELECT count(*) FROM sms_in i JOIN answer a ON a.id = "
		"i.answer "
		"JOIN device d ON d.id = a.device WHERE i.kind = 'score'"),
	    "1");
}

/* The number stands in no row once its message has ended, and in no log. */
static void
test_number_is_blanked(void **state)
{
	const char *from = citizen();
	struct buf log;
	char path[100];

	(void)state;
	text_from(from, "PRC1 4");
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM sms_out WHERE phone <> '' AND "
			  "instr(phone, '91234') = 0"),
	    "1");
	assert_answered(from, THANKS "4 - hai long", NULL);
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM sms_out WHERE phone <> ''"),
	    "0");
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM sms_in WHERE "
			  "instr(sender, '91234') OR instr(text, '91234')"),
	    "0");
	buf_init(&log);
	snprintf(path, sizeof(path), "%s/log", rig.folder);
	assert_true(buf_read_file(&log, path, 1 << 20));
	assert_null(strstr(buf_text(&log), "91234"));
	buf_finish(&log);
}

static void
test_repeats(void **state)
{
	const char *from = citizen();
	static const char *const want[] = {"stored", "duplicate", "conflict"};
	char id[UUID_TEXT];

	(void)state;
	strcpy(id, new_id());
	for (int i = 0; i < 3; i++) {
		json_t *results = results_of(device_ask(&rig, gateway, MESSAGES,
		    json_pack("{s:[o]}", "messages",
			message(from, i < 2 ? "PP1 5" : "PP1 1", id))));

		assert_string_equal(result(results, 0, "status"), want[i]);
		json_decref(results);
	}
	assert_string_equal(counted("PP1"), "5");
	assert_answered(from, THANKS "5", NULL);
}

/* "4" after "VH1 5" corrects it: the later one counts. */
static void
test_correction(void **state)
{
	const char *from = citizen();

	(void)state;
	text_from(from, "VH1 5");
	text_from(from, "4");
	assert_string_equal(counted("VH1"), "5- 4");
	text_from(from, "VH1 2 cho lau");
	assert_string_equal(counted("VH1"), "5- 4- 2");
	assert_answered(from, THANKS "5", THANKS "4", FOLLOWUP "2", NULL);
}

/* After a counted reading only a digit corrects. */
static void
test_only_a_digit(void **state)
{
	static const char *const yes[] = {
	    "ok", "ok cam on", "được", "tot", "👍", "dạ vâng", "LH1 ok"};
	const char *from = citizen();

	(void)state;
	text_from(from, "PD1 2");
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]) - 1; i++)
		text_from(from, yes[i]);
	assert_string_equal(counted("PD1"), "2");
	assert_answered(from, FOLLOWUP "2", NULL);
	text_from(from, "rat hai long");
	assert_string_equal(counted("PD1"), "2");
	assert_answered(from, "Xin loi, chua doc duoc", NULL);
	text_from(from, "nham, 4");
	assert_string_equal(counted("PD1"), "2- 4");
	assert_answered(from, THANKS "4", NULL);
}

/* With a score both count, and the opt-out alone is confirmed. */
static void
test_score_and_opt_out(void **state)
{
	const char *from = citizen();

	(void)state;
	rig_sql(&rig, "DELETE FROM sms_optout");
	text_from(from, "5 quay PT1, dung nhan tin cho toi nua");
	assert_string_equal(counted("PT1"), "5");
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM sms_optout"), "1");
	assert_answered(from, "UBND huyen Tuy Phong da nhan", NULL);
	rig_sql(&rig, "DELETE FROM sms_optout");
}

/* Two desks are two visits; the same desk again is a correction, also when
 * another desk was rated in between. */
static void
test_two_desks(void **state)
{
	const char *from = citizen();

	(void)state;
	text_from(from, "VT1 5");
	text_from(from, "PL1 3");
	text_from(from, "VT1 1");
	assert_string_equal(counted("VT1"), "5- 1");
	assert_string_equal(counted("PL1"), "3");
	text_from(from, "2"); /* of the desk rated last */
	assert_string_equal(counted("VT1"), "5- 1- 2");
	assert_string_equal(counted("PL1"), "3");
	assert_answered(from, THANKS, THANKS, FOLLOWUP "1", FOLLOWUP "2", NULL);
}

/* What one message lacks stands in the one before. */
static void
test_code_and_score_apart(void **state)
{
	const char *from = citizen();

	(void)state;
	text_from(from, "TPD1");
	text_from(from, "5");
	assert_string_equal(counted("TPD1"), "5");
	assert_answered(from, "Xin loi, chua doc duoc", THANKS "5", NULL);
	from = citizen();
	text_from(from, "3 cho lau");
	text_from(from, "TPT1");
	assert_string_equal(counted("TPT1"), "3");
	assert_answered(
	    from, "Cam on Ong/Ba. Chua ro quay nao", THANKS "3", NULL);
}

/* Yesterday's answer stands; only the same day corrects. */
static void
test_another_day(void **state)
{
	const char *from = citizen();
	json_t *old, *results;
	char id[UUID_TEXT];

	(void)state;
	strcpy(id, new_id());
	old = message(from, "HM1 5", id);
	json_object_set_new(
	    old, "received_at", json_string(time_from_now(-25 * 3600000LL)));
	results = results_of(device_ask(
	    &rig, gateway, MESSAGES, json_pack("{s:[o]}", "messages", old)));
	assert_string_equal(result(results, 0, "status"), "stored");
	json_decref(results);
	text_from(from, "3"); /* a day later: which desk? */
	assert_string_equal(counted("HM1"), "5");
	text_from(from, "HM1 4");
	assert_string_equal(counted("HM1"), "5 4");
	assert_answered(from, THANKS "5", "Cam on Ong/Ba. Chua ro quay nao",
	    THANKS "4", NULL);
}

static void
test_asks_twice(void **state)
{
	const char *from = citizen();
	const char *waiting =
	    "SELECT count(*) FROM sms_in WHERE person = 1 AND "
	    "deed = 'ask_desk'";

	(void)state;
	text_from(from, "5");
	text_from(from, "4");
	assert_string_equal(rig_sql(&rig, waiting), "0");
	text_from(from, "rat hai long"); /* the third a person reads */
	assert_string_equal(rig_sql(&rig, waiting), "1");
	assert_answered(from, "Cam on Ong/Ba. Chua ro quay nao",
	    "Cam on Ong/Ba. Chua ro quay nao", NULL);
}

static void
test_opt_out_and_in(void **state)
{
	const char *from = citizen();
	const char *count = "SELECT count(*) FROM sms_optout";

	(void)state;
	text_from(from, "TC");
	assert_string_equal(rig_sql(&rig, count), "1");
	text_from(from, "tc");
	assert_string_equal(rig_sql(&rig, count), "1");
	text_from(from, "DK");
	assert_string_equal(rig_sql(&rig, count), "0");
	assert_answered(from, "UBND huyen Tuy Phong da nhan",
	    "UBND huyen Tuy Phong da nhan", "UBND huyen Tuy Phong: So nay",
	    NULL);
}

static void
test_words(void **state)
{
	static const struct {
		const char *text, *reply, *again, *kind;
	} cases[] = {{"?", "UBND huyen Tuy Phong lay y kien", NULL, "help"},
	    {"XX9 5", "Xin loi, khong co ma quay nay",
		"Xin loi, khong co ma quay nay", "ambiguous"},
	    {"4/5", "Xin loi, chua doc duoc", "Xin loi, chua doc duoc",
		"ambiguous"},
	    {"gap chi Nam o quay so hai", "Cam on Ong/Ba, y kien da", NULL,
		"comment"},
	    {"cam on em", NULL, NULL, "comment"},
	    {"sai so", NULL, NULL, "ignore"}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *from = citizen();
		char sql[120];

		text_from(from, cases[i].text);
		text_from(from, cases[i].text); /* what was unclear again */
		snprintf(sql, sizeof(sql),
		    "SELECT group_concat(kind) FROM sms_in WHERE text = '%s'",
		    cases[i].text);
		assert_int_equal(
		    strlen(rig_sql(&rig, sql)), 2 * strlen(cases[i].kind) + 1);
		assert_memory_equal(
		    rig_sql(&rig, sql), cases[i].kind, strlen(cases[i].kind));
		assert_answered(from, cases[i].reply, cases[i].again, NULL);
	}
}

/* Names and short numbers: kept, neither counted nor answered. Abroad: counted,
 * never sent to. */
static void
test_senders(void **state)
{
	static const char *const machines[] = {
	    "VIETTEL", "1414", "18001091", "", "x"};

	(void)state;
	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
		text_from(machines[i], "CC1 1");
	assert_string_equal(counted("CC1"), "");
	text_from("+4915112345678", "CC1 4");
	assert_string_equal(counted("CC1"), "4");
	text_from("0381234567", "CC1 5"); /* as a citizen writes it */
	assert_string_equal(counted("CC1"), "4 5");
	assert_answered("+84381234567", THANKS "5", NULL);
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM sms_in WHERE kind = 'ignore' "
			  "AND text = 'CC1 1'"),
	    "5");
}

/* Two machines that answer each other stop after 20. */
static void
test_no_endless_talk(void **state)
{
	const char *from = citizen();
	json_t *list;
	char text[20];

	(void)state;
	for (int i = 0; i < 25; i++) {
		snprintf(text, sizeof(text), "BT1 %d", i % 5 + 1);
		text_from(from, text);
	}
	list = outbox();
	assert_int_equal(json_array_size(list), 20);
	for (size_t i = 0; i < 20; i++)
		json_decref(report(result(list, i, "id"), "failed"));
	json_decref(list);
	assert_answered(from, NULL);
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*)||' '||sum(aside) FROM answer "
			  "WHERE desk = 'BT1'"),
	    "25 24");
}

/* -------------------------------------------------------------- wrong input */

static void
test_bad_messages(void **state)
{
	static const struct {
		const char *key, *value; /* NULL: taken away */
		const char *error;
	} bad[] = {
	    {"id", NULL, "id: not a UUID"},
	    {"id", "7", "id: not a UUID"},
	    {"from", NULL, "from: missing"},
	    {"text", NULL, "text: missing"},
	    {"received_at", NULL, "received_at: not"},
	    {"received_at", "today", "received_at: not"},
	    {"sent_at", "today", "sent_at: not"},
	};
	char id[UUID_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		json_t *wrong, *results;

		strcpy(id, new_id());
		wrong = message(citizen(), "TPX1 5", id);
		if (bad[i].value == NULL)
			json_object_del(wrong, bad[i].key);
		else
			json_object_set_new(
			    wrong, bad[i].key, json_string(bad[i].value));
		strcpy(id, new_id());
		results = results_of(device_ask(&rig, gateway, MESSAGES,
		    json_pack("{s:[n,o,o]}", "messages", wrong,
			message("1414", "x", id))));
		assert_string_equal(result(results, 0, "status"), "invalid");
		assert_string_equal(result(results, 1, "status"), "invalid");
		assert_memory_equal(result(results, 1, "error"), bad[i].error,
		    strlen(bad[i].error));
		assert_string_equal(result(results, 2, "status"), "stored");
		json_decref(results);
	}
	assert_string_equal(counted("TPX1"), "");
}

static void
test_bad_reports(void **state)
{
	char id[UUID_TEXT];
	json_t *results;

	(void)state;
	strcpy(id, new_id());
	results = report(id, "sent"); /* never queued */
	assert_string_equal(result(results, 0, "status"), "invalid");
	json_decref(results);
	results = report(id, "gone");
	assert_string_equal(result(results, 0, "status"), "invalid");
	assert_string_equal(result(results, 0, "error"),
	    "status: one of sent, failed, unknown, delivered, "
	    "undelivered");
	json_decref(results);
	assert_problem(
	    device_ask(&rig, gateway, REPORTS, json_pack("{s:[]}", "reports")),
	    400, "bad_shape");
}

/* An operator's clock that cannot be true: the gateway's counts, and the answer
 * says so. */
static void
test_wrong_clocks(void **state)
{
	static const struct {
		const char *sent, *day, *flags, *count;
	} cases[] = {
	    {"2001-01-01T00:00:00+07:00", "2026-11-20", "clock_corrected", "1"},
	    {"2069-11-20T00:00:00+07:00", "2026-11-20", "clock_corrected", "2"},
	    {"2026-11-20T23:00:00+00:00", "2026-11-20", "clock_corrected", "3"},
	    {"2026-11-19T23:59:00+07:00", "2026-11-19", "", "1"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *m = message(citizen(), "BT1 5", new_id());
		char sql[300];

		json_object_set_new(
		    m, "received_at", json_string("2026-11-20T09:00:00+07:00"));
		json_object_set_new(m, "sent_at", json_string(cases[i].sent));
		json_decref(results_of(device_ask(&rig, gateway, MESSAGES,
		    json_pack("{s:[o]}", "messages", m))));
		snprintf(sql, sizeof(sql),
		    "SELECT count(*) FROM answer WHERE channel = 'sms' AND "
		    "desk = 'BT1' AND date(day * 86400, 'unixepoch') = '%s' "
		    "AND coalesce(flags, '') = '%s'",
		    cases[i].day, cases[i].flags);
		assert_string_equal(rig_sql(&rig, sql), cases[i].count);
	}
}

/* What the gateway cannot read waits for a person, whoever sent it; a phone is
 * asked once to write again. */
static void
test_unreadable_message(void **state)
{
	const char *from[] = {citizen(), "?"};
	static const char waiting[] =
	    "SELECT count(*) FROM sms_in WHERE person = 1 AND text LIKE "
	    "'[PDU %' AND answer IS NULL";

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		json_t *m = message(
		    from[i], "[PDU 07..............045 LH1 5]", new_id());

		json_object_set_new(m, "unreadable", json_true());
		json_object_set_new(m, "partial", json_true());
		json_decref(results_of(device_ask(&rig, gateway, MESSAGES,
		    json_pack("{s:[o]}", "messages", m))));
	}
	assert_string_equal(rig_sql(&rig, waiting), "2");
}

static void
test_who_may(void **state)
{
	static const char *const paths[] = {MESSAGES, REPORTS};
	char *import = rig_device(&rig, "import", NULL);

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		assert_problem(
		    device_ask(&rig, import, paths[i], json_object()), 403,
		    "forbidden");
		assert_problem(device_ask(&rig, "x", paths[i], json_object()),
		    401, "unauthorized");
		assert_problem(
		    device_ask(&rig, gateway, paths[i], json_object()), 400,
		    "bad_shape");
	}
	assert_problem(
	    device_ask(&rig, import, OUTBOX, NULL), 403, "forbidden");
	assert_status(device_ask(&rig, gateway, OUTBOX, NULL), 200);
	free(import);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_score),
	    cmocka_unit_test(test_number_is_blanked),
	    cmocka_unit_test(test_repeats),
	    cmocka_unit_test(test_correction),
	    cmocka_unit_test(test_only_a_digit),
	    cmocka_unit_test(test_score_and_opt_out),
	    cmocka_unit_test(test_two_desks),
	    cmocka_unit_test(test_code_and_score_apart),
	    cmocka_unit_test(test_another_day),
	    cmocka_unit_test(test_asks_twice),
	    cmocka_unit_test(test_opt_out_and_in),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_senders),
	    cmocka_unit_test(test_no_endless_talk),
	    cmocka_unit_test(test_bad_messages),
	    cmocka_unit_test(test_bad_reports),
	    cmocka_unit_test(test_wrong_clocks),
	    cmocka_unit_test(test_unreadable_message),
	    cmocka_unit_test(test_who_may),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
