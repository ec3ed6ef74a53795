/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages that a person reads, at the real collector: who sees and decides
 * what, what a decision does to the scores, that it can be taken back, and that
 * newer rules read again.
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
#include "tests/view/html_check.h"

static const struct {
	const char *login, *role, *unit;
} people[] = {{"lan", "caseworker", NULL}, {"binh", "manager", "22969"},
    {"kiem", "auditor", NULL}, {"xem", "viewer", NULL},
    {"quan", "admin", NULL}};

#define PEOPLE (sizeof(people) / sizeof(people[0]))

static struct person signed_in[PEOPLE];

enum { LAN, BINH, KIEM, XEM, QUAN };

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "[sms]\nagency = UBND huyen Tuy Phong\n"
		       "phone = 0252 3850 000\n");
	gateway = rig_device(&rig, "sms", NULL);
	for (size_t i = 0; i < PEOPLE; i++)
		person_add(
		    &rig, people[i].login, people[i].role, people[i].unit);
	rig_serve(&rig);
	for (size_t i = 0; i < PEOPLE; i++)
		signed_in[i] = person_sign_in(&rig, people[i].login);
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

/* What was said in the test before is of no interest. */
static int
begin(void **state)
{
	(void)state;
	rig_sql(&rig, "DELETE FROM sms_out");
	return 0;
}

/* The page, well formed. */
static const char *
page(int who, const char *path)
{
	const struct reply *reply = person_get(&rig, &signed_in[who], path);
	char error[200];

	assert_status(reply, 200);
	if (!html_check(reply->body, true, error))
		fail_msg("%s: %s", path, error);
	return reply->body;
}

/* The id of the message with this text. */
static const char *
id_of(const char *text)
{
	char sql[300];
	static char id[UUID_TEXT];
	const char *hex;

	snprintf(sql, sizeof(sql),
	    "SELECT lower(hex(id)) FROM sms_in WHERE text = '%s' "
	    "ORDER BY received_at DESC LIMIT 1",
	    text);
	hex = rig_sql(&rig, sql);
	snprintf(id, sizeof(id), "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8,
	    hex + 12, hex + 16, hex + 20);
	return id;
}

static int
decide(int who, const char *text, const char *decision)
{
	char path[100];

	snprintf(path, sizeof(path), "/staff/messages/%s", id_of(text));
	return person_post(
	    &rig, &signed_in[who], path, "decision", decision, NULL)
	    ->status;
}

/* Counted scores of a desk. */
static const char *
counted(const char *desk)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
	    "SELECT group_concat(s, ' ') FROM (SELECT substr(scores, 9, 1)||"
	    "CASE aside WHEN 1 THEN '-' ELSE '' END AS s FROM answer "
	    "WHERE desk = '%s' ORDER BY received_at, id)",
	    desk);
	return rig_sql(&rig, sql);
}

/* ----------------------------------------------------------------- who sees */

static void
test_who(void **state)
{
	(void)state;
	text_from(citizen(), "PRC1 4/5");
	assert_non_null(strstr(page(LAN, "/staff/messages"), "PRC1 4/5"));
	assert_null(strstr(page(BINH, "/staff/messages"), "PRC1 4/5"));
	assert_non_null(strstr(page(KIEM, "/staff/messages"), "PRC1 4/5"));
	assert_null(strstr(page(KIEM, "/staff/messages"), "decision"));
	assert_status(
	    person_get(&rig, &signed_in[XEM], "/staff/messages"), 403);
	assert_status(
	    person_get(&rig, &signed_in[QUAN], "/staff/messages"), 403);
	assert_null(strstr(page(XEM, "/staff/"), "/staff/messages"));
	assert_non_null(strstr(page(LAN, "/staff/"), "/staff/messages"));
	assert_int_equal(decide(KIEM, "PRC1 4/5", "4"), 403);
	assert_int_equal(decide(XEM, "PRC1 4/5", "4"), 403);
	assert_int_equal(decide(BINH, "PRC1 4/5", "4"), 404);
	assert_int_equal(decide(LAN, "PRC1 4/5", "7"), 422);
	assert_string_equal(counted("PRC1"), "");
	assert_status(
	    person_get(&rig, &signed_in[LAN], "/staff/messages?list=x"), 404);
	assert_status(
	    person_get(&rig, &signed_in[LAN], "/staff/messages?after=x"), 404);
}

/* ------------------------------------------------------------- what it does */

static void
test_decide_and_undo(void **state)
{
	const char *from = citizen();
	const char *body;

	(void)state;
	text_from(from, "LH1 1 2 3");
	body = page(BINH, "/staff/messages?lang=en");
	assert_non_null(strstr(body, "With 4–5: 1/1 = 100.0%"));
	assert_non_null(strstr(body, "With 1–3: 0/1 = 0.0%"));
	assert_answered(from, "Xin loi, chua doc duoc", NULL);
	assert_int_equal(decide(BINH, "LH1 1 2 3", "4"), 303);
	assert_string_equal(counted("LH1"), "4");
	assert_answered(from, THANKS "4", NULL);
	body = page(BINH, "/staff/messages?list=decided&lang=en");
	assert_non_null(strstr(body, "0/0 → 1/1 = 100.0%"));
	/* a second click, or another person's, changes nothing */
	assert_int_equal(decide(LAN, "LH1 1 2 3", "1"), 303);
	assert_string_equal(counted("LH1"), "4");
	assert_int_equal(decide(BINH, "LH1 1 2 3", "undo"), 303);
	assert_string_equal(counted("LH1"), "4-");
	assert_int_equal(decide(LAN, "LH1 1 2 3", "2"), 303);
	assert_string_equal(counted("LH1"), "4- 2");
	assert_answered(from, FOLLOWUP "2", NULL);
	assert_string_equal(
	    rig_sql(&rig,
		"SELECT group_concat(login||' '||role||' '||act||' '||after, "
		"'|') FROM (SELECT * FROM audit WHERE act LIKE 'sms.%' AND "
		"unit = '22969' ORDER BY id)"),
	    "binh manager sms.decide {\"decided\":\"4\"}|"
	    "binh manager sms.undo {\"decided\":\"\"}|"
	    "lan caseworker sms.decide {\"decided\":\"2\"}");
}

/* A decision takes the place of what counted; taken back, that counts again. */
static void
test_replaces(void **state)
{
	const char *from = citizen();

	(void)state;
	text_ago(from, "VH1 5", 5000);
	text_from(from, "VH1 1 2 4");
	assert_answered(from, THANKS "5", "Xin loi, chua doc duoc", NULL);
	assert_int_equal(decide(LAN, "VH1 1 2 4", "1"), 303);
	assert_string_equal(counted("VH1"), "5- 1");
	assert_int_equal(decide(LAN, "VH1 1 2 4", "undo"), 303);
	assert_string_equal(counted("VH1"), "5 1-");
}

/* The citizen repeated it well: that counts, and the decision cannot. */
static void
test_later(void **state)
{
	const char *from = citizen();
	const char *body;

	(void)state;
	text_ago(from, "PT1 3/5", 60000);
	text_from(from, "PT1 3");
	body = page(LAN, "/staff/messages?lang=en");
	assert_non_null(strstr(body, "gave the score 3"));
	assert_int_equal(decide(LAN, "PT1 3/5", "5"), 303);
	assert_string_equal(
	    rig_sql(&rig, "SELECT scores FROM answer WHERE desk = 'PT1' AND "
			  "aside = 0"),
	    "overall=3");
}

static void
test_words(void **state)
{
	const char *from = citizen(), *body;

	(void)state;
	text_from(from, "gap chi Nam o quay, so 0912345678");
	body = page(LAN, "/staff/messages?list=words");
	assert_non_null(strstr(body, "gap chi Nam o quay, so •••"));
	assert_null(strstr(body, "0912345678"));
	assert_answered(from, "Cam on Ong/Ba, y kien", NULL);
	assert_int_equal(
	    decide(LAN, "gap chi Nam o quay, so 0912345678", "refer"), 303);
	assert_answered(from, "Cam on Ong/Ba. Day la kenh", NULL);
	assert_int_equal(
	    decide(LAN, "gap chi Nam o quay, so 0912345678", "undo"), 303);
	assert_non_null(
	    strstr(page(LAN, "/staff/messages?list=words"), "gap chi"));
	assert_int_equal(
	    decide(LAN, "gap chi Nam o quay, so 0912345678", "ignore"), 303);
	assert_null(strstr(page(LAN, "/staff/messages?list=words"), "gap chi"));
}

/* A wish that was only likely: a person decides, and may take it back. */
static void
test_opt_out(void **state)
{
	const char *from = citizen();
	const char *out = "SELECT count(*) FROM sms_optout";

	(void)state;
	text_from(from, "VH1 nhan hoai phien qua");
	assert_string_equal(rig_sql(&rig, out), "0");
	assert_int_equal(
	    decide(LAN, "VH1 nhan hoai phien qua", "opt_out"), 303);
	assert_string_equal(rig_sql(&rig, out), "1");
	assert_answered(from, "UBND huyen Tuy Phong da nhan", NULL);
	assert_int_equal(decide(LAN, "VH1 nhan hoai phien qua", "undo"), 303);
	assert_string_equal(rig_sql(&rig, out), "0");
}

/* Nobody knows the desk: a score needs one, of those the person may see. */
static void
test_desk(void **state)
{
	const char *from = citizen();
	char path[100];

	(void)state;
	text_from(from, "4/5");
	snprintf(path, sizeof(path), "/staff/messages/%s", id_of("4/5"));
	assert_non_null(
	    strstr(page(LAN, "/staff/messages"), "<select name=\"desk\">"));
	assert_int_equal(decide(LAN, "4/5", "4"), 303);
	assert_string_equal(counted("HM1"), "");
	assert_int_equal(decide(BINH, "4/5", "4"), 404);
	assert_status(
	    person_send(&rig, &signed_in[LAN], path, "decision=4&desk=HM1"),
	    303);
	assert_string_equal(counted("HM1"), "4");
	assert_answered(from, "Xin loi, chua doc duoc", THANKS "4", NULL);
}

/* What the parts of the text agree on is proposed. */
static void
test_proposed(void **state)
{
	(void)state;
	text_from(citizen(), "CC1 rat hai long, 2 can bo chi 5 giay to?");
	assert_string_equal(
	    rig_sql(&rig, "SELECT person FROM sms_in WHERE text LIKE 'CC1%'"),
	    "1");
	assert_non_null(strstr(page(LAN, "/staff/messages?lang=en"),
	    "May mean: <strong>5 – Very satisfied"));
}

/* A page holds twenty; older ones follow. */
static void
test_pages(void **state)
{
	const char *body, *at;
	char path[200], text[30];

	(void)state;
	for (int i = 0; i < 25; i++) {
		snprintf(text, sizeof(text), "BT1 %d/5 so", i % 5 + 1);
		text_ago(citizen(), text, 1000 * (100 - i));
	}
	body = page(LAN, "/staff/messages");
	at = strstr(body, "/staff/messages?list=waiting&amp;after=");
	assert_non_null(at);
	snprintf(path, sizeof(path), "/staff/messages?list=waiting&after=%.*s",
	    (int)strcspn(at + 39, "\""), at + 39);
	assert_non_null(strstr(page(LAN, path), "BT1 1/5 so"));
}

/* -------------------------------------------------------------- newer rules */

/* As if older rules had read it otherwise. */
static void
test_reread(void **state)
{
	const char *from = citizen();

	(void)state;
	text_ago(from, "PD1 5", 9000);
	text_from(citizen(), "TPX1 4/5");
	rig_sql(&rig,
	    "UPDATE sms_in SET reader = 0, kind = 'ambiguous', person = 1, "
	    "deed = 'person', answer = NULL WHERE text = 'PD1 5'");
	rig_sql(&rig, "DELETE FROM answer WHERE desk = 'PD1'");
	rig_sql(&rig, "DELETE FROM tally WHERE desk = 'PD1'");
	rig_sql(&rig, "DELETE FROM tally_month WHERE desk = 'PD1'");
	assert_int_equal(rig_run(&rig, "", "reread", "--dry-run", NULL), 0);
	assert_non_null(strstr(rig.said, "1 would change"));
	assert_string_equal(counted("PD1"), "");
	assert_int_equal(rig_run(&rig, "", "reread", NULL), 0);
	assert_non_null(
	    strstr(rig.said, "1 messages read by the rules 3, 1 changed"));
	assert_string_equal(counted("PD1"), "5");
	assert_string_equal(
	    rig_sql(&rig, "SELECT before||after FROM audit WHERE act = "
			  "'sms.reread'"),
	    "{\"kind\":\"ambiguous\",\"score\":0}"
	    "{\"kind\":\"score\",\"score\":5,\"reader\":3}");
	assert_int_equal(rig_run(&rig, "", "reread", NULL), 0);
	assert_non_null(strstr(rig.said, "0 messages"));
}

/* A score that newer rules read as another one, and as none. */
static void
test_reread_scores(void **state)
{
	(void)state;
	text_from(citizen(), "TPT1 2");
	rig_sql(&rig,
	    "UPDATE sms_in SET reader = 0, text = 'TPT1 3' WHERE text = "
	    "'TPT1 2'");
	assert_int_equal(rig_run(&rig, "", "reread", NULL), 0);
	assert_string_equal(counted("TPT1"), "2- 3");
	rig_sql(&rig,
	    "UPDATE sms_in SET reader = 0, text = 'TPT1 3/4' WHERE text = "
	    "'TPT1 3'");
	assert_int_equal(rig_run(&rig, "", "reread", NULL), 0);
	assert_string_equal(counted("TPT1"), "2- 3-");
	assert_non_null(strstr(page(LAN, "/staff/messages"), "TPT1 3/4"));
}

static void
test_heartbeat(void **state)
{
	json_t *json =
	    reply_json(device_ask(&rig, gateway, "/api/v1/sms/heartbeat",
		json_pack("{s:s, s:[{s:s, s:s}]}", "version", "0.1", "modems",
		    "name", "gsm1", "state", "ready")));

	(void)state;
	assert_non_null(json_string_value(json_object_get(json, "time")));
	json_decref(json);
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM device WHERE kind = 'sms' AND "
			  "heartbeat LIKE '%gsm1%'"),
	    "1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(test_who, begin),
	    cmocka_unit_test_setup(test_decide_and_undo, begin),
	    cmocka_unit_test_setup(test_replaces, begin),
	    cmocka_unit_test_setup(test_later, begin),
	    cmocka_unit_test_setup(test_words, begin),
	    cmocka_unit_test_setup(test_opt_out, begin),
	    cmocka_unit_test_setup(test_desk, begin),
	    cmocka_unit_test_setup(test_proposed, begin),
	    cmocka_unit_test_setup(test_pages, begin),
	    cmocka_unit_test_setup(test_reread, begin),
	    cmocka_unit_test_setup(test_reread_scores, begin),
	    cmocka_unit_test_setup(test_heartbeat, begin),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
