/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers that come with dossiers, invitations, and the talk that follows, at
 * the real collector. The hour is the machine's, so what is due is made due by
 * hand, and the day is opened where it is night.
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
#include <time.h>
#include "server/core/dossier/invite.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/buf.h"

#define INVITE    "UBND TT Lien Huong: Ho so cua Ong/Ba da co ket qua."
#define NAMED     "Cam on Ong/Ba. Ho so "
#define NAMED_LOW "Ho so "
#define REMIND    "UBND TT Lien Huong xin nhac lan cuoi"

static char *import;
static int dossiers;

/* A zone in which it is about noon, so that invitations may go out. */
static const char *
noon(void)
{
	static char line[60];
	time_t now = time(NULL);
	struct tm utc;
	int ahead;

	gmtime_r(&now, &utc);
	ahead = 12 - utc.tm_hour;
	/* POSIX signs: Etc/GMT-7 is seven hours ahead */
	snprintf(
	    line, sizeof(line), "[server]\ntime_zone = Etc/GMT%+d\n", -ahead);
	return line;
}

static int
setup(void **state)
{
	char more[200];

	(void)state;
	snprintf(more, sizeof(more),
	    "%s[sms]\nagency = UBND huyen Tuy Phong\nphone = 0252 3850 000\n",
	    noon());
	rig_make(&rig, more);
	gateway = rig_device(&rig, "sms", NULL);
	import = rig_device(&rig, "import", NULL);
	rig_serve(&rig);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(gateway);
	free(import);
	rig_check(&rig);
	rig_remove(&rig);
	return 0;
}

/* Announces a dossier finished so many days ago; its key. */
static const char *
announce(const char *code, const char *phone, int consent, int days,
    const char *outcome)
{
	static char key[40];
	json_t *one, *results;
	char number[32];

	if (code == NULL)
		snprintf(
		    number, sizeof(number), "H08.35-260105-%04d", ++dossiers);
	else
		snprintf(number, sizeof(number), "%s", code);
	one = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i}", "code",
	    number, "unit", "22969", "field", "ho-tich", "received_at",
	    "2026-01-05", "finished_at",
	    time_from_now(-(int64_t)days * 86400000 - 7200000), "outcome",
	    outcome, "phone", phone, "consent", consent);
	results = results_of(device_ask(&rig, import, "/api/v1/dossiers",
	    json_pack("{s:[o]}", "dossiers", one)));
	assert_string_not_equal(result(results, 0, "status"), "invalid");
	json_decref(results);
	snprintf(key, sizeof(key), "%s", number);
	memmove(key + 3, key + 4, strlen(key + 3));
	return key;
}

/* H08.35-260105-0001 is kept as H0835260105-… without dots and hyphens. */
static const char *
of(const char *column)
{
	static char sql[200];

	snprintf(sql, sizeof(sql),
	    "SELECT %s FROM invitation ORDER BY dossier DESC LIMIT 1", column);
	return rig_sql(&rig, sql);
}

/* All that is planned is due now. */
static void
run_invite(const char *said)
{
	rig_sql(&rig, "UPDATE invitation SET due_at = 1 WHERE due_at > 1");
	assert_int_equal(rig_run(&rig, "", "invite", NULL), 0);
	if (strstr(rig.said, said) == NULL)
		fail_msg("%s: %s", said, rig.said);
}

/* The last invitation went out so many days earlier than it did. */
static void
days_pass(int days)
{
	char sql[300];

	snprintf(sql, sizeof(sql),
	    "UPDATE invitation SET sent_at = sent_at - %d * 86400000 "
	    "WHERE sent_at > 0",
	    days);
	rig_sql(&rig, sql);
	snprintf(sql, sizeof(sql),
	    "UPDATE sms_out SET created_at = created_at - %d * 86400000", days);
	rig_sql(&rig, sql);
	snprintf(sql, sizeof(sql),
	    "UPDATE sms_in SET received_at = received_at - %d * 86400000",
	    days);
	rig_sql(&rig, sql);
}

/* Nothing of the test before is due. */
static int
begin(void **state)
{
	(void)state;
	rig_sql(&rig, "DELETE FROM invitation");
	rig_sql(&rig, "DELETE FROM sms_out");
	return 0;
}

/* -------------------------------------------------------------- the numbers */

/* Kept sealed, and only with consent; taken back, nothing stays. */
static void
test_numbers(void **state)
{
	const char *from = citizen();

	(void)state;
	announce("H08.35-260105-9001", from, 0, 0, "granted");
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM invitation"), "0");
	announce("H08.35-260105-9001", from, 1, 0, "granted");
	assert_string_equal(of("state"), "planned");
	assert_string_equal(of("due_at > finished_at"), "1");
	assert_string_equal(of("length(phone) > 60"), "1");
	assert_string_equal(of("instr(phone, '9123')"), "0");
	announce("H08.35-260105-9001", from, 0, 0, "granted");
	assert_string_equal(
	    of("state||' '||why||' '||phone"), "ended no_consent ");
	announce("H08.35-260105-9001", from, 1, 0, "granted");
	assert_string_equal(of("state||' '||why"), "planned ");
	run_invite("1 invitations");
	assert_answered(from, INVITE, NULL);
}

/* Withdrawn, returned, finished long ago, not finished: nobody is asked. */
static void
test_not_wanted(void **state)
{
	const char *from = citizen();

	(void)state;
	announce(NULL, from, 1, 0, "withdrawn");
	assert_string_equal(of("due_at IS NULL"), "1");
	announce(NULL, from, 1, 0, "returned");
	assert_string_equal(of("due_at IS NULL"), "1");
	announce(NULL, from, 1, 40, "refused");
	run_invite("0 invitations");
	assert_answered(from, NULL);
}

static void
test_file(void **state)
{
	char path[200], row[300];
	const char *from = citizen();
	FILE *f;

	(void)state;
	snprintf(path, sizeof(path), "%s/dossiers.csv", rig.folder);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("code,unit,field,procedure,received_at,due_at,finished_at,"
	      "outcome,phone,consent\n",
	    f);
	snprintf(row, sizeof(row),
	    "H08.35-260105-9500,22969,dat-dai,,2026-01-05,,%s,refused,%s,1\n",
	    time_from_now(-3600000), from);
	fputs(row, f);
	fclose(f);
	assert_int_equal(
	    rig_run(&rig, "", "import", "dossiers", path, NULL), 0);
	run_invite("1 invitations");
	assert_answered(from, INVITE, NULL);
}

/* ---------------------------------------------------------- the invitations */

static void
test_dry_run(void **state)
{
	const char *from = citizen();

	(void)state;
	announce(NULL, from, 1, 0, "granted");
	rig_sql(&rig, "UPDATE invitation SET due_at = 1 WHERE due_at > 1");
	assert_int_equal(rig_run(&rig, "", "invite", "--dry-run", NULL), 0);
	assert_non_null(strstr(rig.said, "1 × 1 part of 154 characters: "));
	assert_non_null(strstr(rig.said, "are due (1 parts)"));
	assert_null(strstr(rig.said, "9123"));
	assert_answered(from, NULL);
	run_invite("1 invitations");
	assert_answered(from, INVITE, NULL);
	assert_string_equal(
	    rig_sql(&rig, "SELECT after FROM audit WHERE act = 'sms.invite' "
			  "ORDER BY id DESC LIMIT 1"),
	    "{\"invitations\":1,\"reminders\":0}");
}

/* One invitation, one reminder, nothing more. */
static void
test_one_reminder(void **state)
{
	const char *from = citizen();

	(void)state;
	announce(NULL, from, 1, 0, "granted");
	run_invite("1 invitations");
	run_invite("0 invitations and 0 reminders");
	assert_answered(from, INVITE, NULL);
	days_pass(4);
	run_invite("1 reminders");
	assert_answered(from, REMIND, NULL);
	days_pass(4);
	run_invite("0 reminders");
	assert_string_equal(of("state"), "reminded");
	assert_string_equal(of("due_at IS NULL"), "1");
	assert_answered(from, NULL);
}

/* An answer of any kind ends it. */
static void
test_answered_no_reminder(void **state)
{
	const char *from = citizen();

	(void)state;
	announce(NULL, from, 1, 0, "granted");
	run_invite("1 invitations");
	assert_answered(from, INVITE, NULL);
	text_from(from, "5");
	assert_answered(from, THANKS "5", NULL);
	days_pass(4);
	run_invite("0 reminders");
	assert_string_equal(of("state"), "answered");
}

/* Of two dossiers of one number one is asked about at a time, and the
 * confirmation says which. */
static void
test_apart(void **state)
{
	const char *from = citizen();

	(void)state;
	announce(NULL, from, 1, 0, "granted");
	announce(NULL, from, 1, 0, "granted");
	run_invite("1 invitations");
	run_invite("0 invitations");
	assert_answered(from, INVITE, NULL);
	text_from(from, "4");
	run_invite("1 invitations");
	assert_answered(from, NAMED, INVITE, NULL);
	text_from(from, "2");
	assert_answered(from, NAMED_LOW, NULL);
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(DISTINCT dossier) FROM answer WHERE "
			  "dossier IN (SELECT dossier FROM invitation ORDER "
			  "BY dossier DESC LIMIT 2) AND aside = 0"),
	    "2");
}

/* However many dossiers, a silent number is asked once more, not five times. */
static void
test_five_dossiers(void **state)
{
	const char *from = citizen();

	(void)state;
	for (int i = 0; i < 5; i++)
		announce(NULL, from, 1, 0, "granted");
	run_invite("1 invitations and 0 reminders");
	for (int day = 0; day < 12; day++) {
		days_pass(1);
		assert_int_equal(rig_run(&rig, "", "invite", NULL), 0);
		run_invite("");
	}
	assert_string_equal(rig_sql(&rig, "SELECT count(*) FROM sms_out WHERE "
					  "cause = 'sms.remind'"),
	    "1");
	assert_true(atoi(rig_sql(&rig, "SELECT count(*) FROM sms_out WHERE "
				       "cause = 'sms.invite'")) <= 4);
	text_from(from, "5"); /* the last one is open still */
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM invitation WHERE state = "
			  "'answered'"),
	    "1");
}

/* A likely wish to be left alone: nothing goes out until a person has
 * decided. */
static void
test_perhaps_out(void **state)
{
	const char *from = citizen();

	(void)state;
	announce(NULL, from, 1, 0, "granted");
	run_invite("1 invitations");
	assert_answered(from, INVITE, NULL);
	text_from(from, "nhan hoai phien qua");
	days_pass(4);
	run_invite("0 reminders");
	assert_string_equal(of("state"), "invited");
	assert_answered(from, NULL);
	rig_sql(&rig, "UPDATE sms_in SET person = 2 WHERE person = 1");
	run_invite("1 reminders");
	assert_answered(from, REMIND, NULL);
}

static void
test_opt_out(void **state)
{
	const char *from = citizen();

	(void)state;
	announce(NULL, from, 1, 0, "granted");
	run_invite("1 invitations"); /* and the gateway is away */
	text_from(from, "TC");
	assert_answered(from, "UBND huyen Tuy Phong da nhan", NULL);
	announce(NULL, from, 1, 0, "granted");
	run_invite("0 invitations");
	assert_string_equal(of("why"), "opted_out");
	text_from(from, "DK");
	announce(NULL, from, 1, 0, "granted");
	run_invite("1 invitations");
	assert_answered(from, "UBND huyen Tuy Phong: So nay", INVITE, NULL);
}

/* The number belongs to another person: none of its dossiers is spoken of
 * again, and the number is forgotten. */
static void
test_wrong_person(void **state)
{
	const char *from = citizen();

	(void)state;
	announce(NULL, from, 1, 0, "granted");
	announce(NULL, from, 1, 0, "granted");
	run_invite("1 invitations");
	assert_answered(from, INVITE, NULL);
	text_from(from, "nham so roi");
	assert_answered(
	    from, "UBND huyen Tuy Phong da ghi nhan: day khong", NULL);
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM invitation WHERE state = "
			  "'ended' AND why = 'wrong_person' AND phone = ''"),
	    "2");
	days_pass(4);
	run_invite("0 invitations and 0 reminders");
	announce(NULL, from, 1, 0, "granted");
	run_invite("0 invitations");
	assert_answered(from, NULL);
}

/* An invitation is not handed over by night. */
static void
test_until(void **state)
{
	const char *from = citizen();
	json_t *list;

	(void)state;
	announce(NULL, from, 1, 0, "granted");
	run_invite("1 invitations");
	list = outbox();
	assert_int_equal(json_array_size(list), 1);
	assert_string_not_equal(result(list, 0, "until"), "");
	assert_true(
	    json_is_false(json_object_get(json_array_get(list, 0), "urgent")));
	json_decref(list);
	rig_sql(&rig, "UPDATE sms_out SET until_at = 1 WHERE until_at > 1");
	assert_answered(from, NULL);
}

/* -------------------------------------------------------------- the answers */

/* Unit and field are the dossier's; the reason follows; a digit corrects. */
static void
test_talk(void **state)
{
	const char *from = citizen();
	const char *answers =
	    "SELECT group_concat(s, '|') FROM (SELECT a.scores||' '||"
	    "a.reasons||' '||a.field||' '||a.desk||' '||a.aside AS s FROM "
	    "answer a WHERE a.dossier = (SELECT max(dossier) FROM invitation) "
	    "ORDER BY a.received_at, a.id)";

	(void)state;
	announce(NULL, from, 1, 0, "granted");
	run_invite("1 invitations");
	text_from(from, "2 cho lau qua");
	assert_answered(from, INVITE, FOLLOWUP "2 - khong hai long", NULL);
	text_from(from, "A");
	assert_answered(from, "Cam on Ong/Ba. Ly do \"cho doi lau\"", NULL);
	assert_string_equal(rig_sql(&rig, answers),
	    "overall=2  ho-tich LH1 1|overall=2 waiting ho-tich LH1 0");
	assert_string_equal(
	    rig_sql(&rig, "SELECT comment FROM remark ORDER BY answer DESC "
			  "LIMIT 1"),
	    "cho lau qua");
	text_from(from, "4");
	assert_answered(from, THANKS "4", NULL);
	assert_string_equal(rig_sql(&rig, answers),
	    "overall=2  ho-tich LH1 1|overall=2 waiting ho-tich LH1 1|"
	    "overall=4  ho-tich LH1 0");
	text_from(from, "A"); /* nobody has asked for a letter */
	assert_answered(from, "Cam on Ong/Ba, y kien", NULL);
}

/* Another letter is another reason, two letters are two. */
static void
test_letters(void **state)
{
	const char *from = citizen();

	(void)state;
	text_from(from, "LH1 1");
	text_from(from, "d");
	text_from(from, "E.");
	text_from(from, "A, D");
	assert_answered(from, FOLLOWUP "1", "Cam on Ong/Ba. Ly do \"thai do",
	    "Cam on Ong/Ba. Ly do \"tra ket qua tre hen\"",
	    "Cam on Ong/Ba. Ly do \"cho doi lau, thai do", NULL);
	assert_string_equal(
	    rig_sql(&rig, "SELECT reasons FROM answer WHERE desk = 'LH1' AND "
			  "aside = 0 AND reasons <> ''  AND dossier = ''"),
	    "waiting attitude");
}

/* What comes twice within minutes is a repeat. */
static void
test_repeat(void **state)
{
	const char *from = citizen();

	(void)state;
	text_from(from, "PP1 5");
	text_from(from, "PP1 5");
	assert_answered(from, THANKS "5", NULL);
}

/* Two modems, and the older message comes last: the citizen's last word counts.
 */
static void
test_out_of_order(void **state)
{
	const char *from = citizen();

	(void)state;
	text_ago(from, "PL1 5", 1000);
	text_ago(from, "PL1 1", 600000);
	assert_string_equal(
	    rig_sql(&rig, "SELECT group_concat(scores||' '||aside, '|') FROM "
			  "(SELECT scores, aside FROM answer WHERE desk = "
			  "'PL1' ORDER BY scores)"),
	    "overall=1 1|overall=5 0");
}

/* -------------------------------------------------------------- the secrets */

/* With a key file the database alone says nothing. */
static void
test_key_file(void **state)
{
	char line[400], path[120];
	struct buf file;

	(void)state;
	snprintf(path, sizeof(path), "%s/privacy.key", rig.folder);
	snprintf(line, sizeof(line),
	    "%s[privacy]\nkey_file = %s\n[sms]\nagency = UBND huyen Tuy "
	    "Phong\nphone = 0252 3850 000\n",
	    noon(), path);
	rig_stop(&rig);
	rig_config(&rig, NULL, line);
	assert_int_equal(rig_run(&rig, "", "init", NULL), 0);
	assert_int_equal(rig_run(&rig, "", "init", NULL), 0);
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM meta WHERE key IN ('sms_key', "
			  "'phone_key') AND value <> ''"),
	    "0");
	buf_init(&file);
	assert_true(buf_read_file(&file, path, 1000));
	assert_int_equal(file.size, 88);
	buf_finish(&file);
	rig_serve(&rig); /* what was sealed before can be opened still */
	{
		const char *from = citizen();

		announce(NULL, from, 1, 0, "granted");
		run_invite("1 invitations");
		assert_answered(from, INVITE, NULL);
	}
	rig_stop(&rig);
	remove(path);
	assert_int_equal(rig_run(&rig, "", "serve", NULL), 1);
	assert_non_null(strstr(rig.said, "key_file"));
	rig_config(&rig, NULL, noon());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(test_numbers, begin),
	    cmocka_unit_test_setup(test_not_wanted, begin),
	    cmocka_unit_test_setup(test_file, begin),
	    cmocka_unit_test_setup(test_dry_run, begin),
	    cmocka_unit_test_setup(test_one_reminder, begin),
	    cmocka_unit_test_setup(test_answered_no_reminder, begin),
	    cmocka_unit_test_setup(test_apart, begin),
	    cmocka_unit_test_setup(test_five_dossiers, begin),
	    cmocka_unit_test_setup(test_perhaps_out, begin),
	    cmocka_unit_test_setup(test_opt_out, begin),
	    cmocka_unit_test_setup(test_wrong_person, begin),
	    cmocka_unit_test_setup(test_until, begin),
	    cmocka_unit_test_setup(test_talk, begin),
	    cmocka_unit_test_setup(test_letters, begin),
	    cmocka_unit_test_setup(test_repeat, begin),
	    cmocka_unit_test_setup(test_out_of_order, begin),
	    cmocka_unit_test_setup(test_key_file, begin),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
