/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * People at the real collector: added, changed, disabled, each shown before it
 * is saved; who may do it to whom; start passwords; one's own account.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/browser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PEOPLE "/staff/admin/people"

static struct rig rig;
static struct browser chief, local, auditor;

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	person_add(&rig, "chief", "admin", NULL);
	person_add(&rig, "local", "admin", "22969");
	person_add(&rig, "auditor", "auditor", NULL);
	person_add(&rig, "far", "viewer", "22972");
	rig_serve(&rig);
	sign_in(&chief, &rig, "chief", PASSWORD);
	sign_in(&local, &rig, "local", PASSWORD);
	sign_in(&auditor, &rig, "auditor", PASSWORD);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rig_remove(&rig);
	return 0;
}

/* Deeds of one kind done to somebody. */
static int
deeds(const char *act, const char *object)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
	    "SELECT count(*) FROM audit WHERE act = '%s' AND object = '%s'",
	    act, object);
	return atoi(rig_sql(&rig, sql));
}

/* Does an act to a person, first the preview, then as the preview's form says;
 * the last reply. */
static const struct reply *
act(struct browser *b, const char *login, const char *what, const char *more)
{
	char path[100], form[500], was[200];
	const struct reply *reply;

	snprintf(path, sizeof(path), PEOPLE "/%s", login);
	snprintf(form, sizeof(form), "act=%s%s", what, more);
	reply = submit(b, path, form);
	assert_status(reply, 200);
	assert_shows(reply, "name=\"save\" value=\"1\"");
	assert_true(
	    between(reply, "name=\"was\" value=\"", "\"", was, sizeof(was)));
	snprintf(form, sizeof(form), "act=%s%s&was=%s&save=1&sure=1", what,
	    more, encoded(was));
	return submit(b, path, form);
}

/* Adds somebody on the page; the start password. */
static void
add(struct browser *b, const char *login, const char *role, const char *unit,
    char start[40])
{
	char form[300];
	const struct reply *reply;

	snprintf(
	    form, sizeof(form), "login=%s&role=%s&unit=%s", login, role, unit);
	reply = submit(b, PEOPLE, form);
	assert_status(reply, 200);
	assert_int_equal(deeds("user.add", login), 0); /* shown, not saved */
	strcat(form, "&save=1");
	reply = submit(b, PEOPLE, form);
	assert_status(reply, 200);
	assert_true(
	    between(reply, "<code class=\"secret\">", "</code>", start, 40));
	assert_int_equal(strlen(start), 19);
	assert_non_null(strstr(reply->head, "Cache-Control: no-store"));
	assert_int_equal(deeds("user.add", login), 1);
}

static void
test_add(void **state)
{
	struct browser b;
	char start[40], form[300];
	const struct reply *reply;

	(void)state;
	add(&chief, "moi", "caseworker", "22969", start);
	assert_string_equal(
	    rig_sql(&rig, "SELECT before || after FROM audit WHERE "
			  "act = 'user.add' AND object = 'moi'"),
	    "{\"name\":\"\",\"role\":\"caseworker\",\"unit\":\"22969\"}");
	reply = submit(&chief, PEOPLE, "login=moi&role=viewer&unit=&save=1");
	assert_status(reply, 409);
	/* the start password opens nothing but the way to one's own */
	sign_in(&b, &rig, "moi", start);
	assert_leads(browse(&b, "/staff/"), "/staff/account/password?lang=vi");
	assert_leads(browse(&b, "/staff/comments?lang=en"),
	    "/staff/account/password?lang=en");
	assert_status(browse(&b, "/api/v1/scores?period=2026-Q4"), 403);
	assert_status(browse(&b, "/staff/account"), 200);
	snprintf(form, sizeof(form), "password=%s&new=%s&again=%s", start,
	    encoded("bốn sừng trâu già"), encoded("bốn sừng trâu già"));
	assert_leads(submit(&b, "/staff/account/password", form),
	    "/staff/account?done=password");
	assert_status(browse(&b, "/staff/"), 200);
	assert_status(knock(&(struct browser){.rig = &rig}, "moi", start), 403);
	assert_status(
	    knock(&(struct browser){.rig = &rig}, "moi", "bốn sừng trâu già"),
	    303);
}

/* Names stand in place of logins, with the login where two bear one name; a
 * login is what was meant. */
static void
test_names(void **state)
{
	static const char *const typed[] = {
	    "Tran.Van.An", " tran.van.an ", "TRAN.VAN.AN", "tran.van.an\u00a0"};
	const struct reply *reply;
	struct browser b;

	(void)state;
	assert_int_equal(
	    rig_run(&rig, PASSWORD "\n", "user", "add", "Tran.Van.An", "--role",
		"caseworker", "--name", " Trần  Văn An", "--final", NULL),
	    0);
	for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++) {
		sign_in(&b, &rig, typed[i], PASSWORD);
		reply = browse(&b, "/staff/account");
		assert_shows(reply, "title=\"tran.van.an\">Trần Văn An</a>");
	}
	reply = browse(&chief, "/staff/audit?object=tran.van.an");
	assert_shows(reply, "Trần Văn An");
	reply = browse(&chief, PEOPLE "/tran.van.an");
	assert_shows(reply, "<h1>Trần Văn An</h1>");
	/* another one of that name: both with their logins */
	reply = submit(&chief, PEOPLE,
	    "login=An2&role=viewer&unit=&save=1&name=Tr%E1%BA%A7n+V%C4%83n+An");
	assert_status(reply, 200);
	reply = browse(&b, "/staff/account");
	assert_shows(reply, ">Trần Văn An (tran.van.an)</a>");
	assert_string_equal(
	    rig_sql(&rig, "SELECT name FROM staff WHERE login = 'an2'"),
	    "Trần Văn An");
	/* renamed on the page */
	reply = act(&chief, "an2", "change", "&role=viewer&unit=&name=An+B");
	assert_leads(reply, PEOPLE "/an2?done=change");
	assert_shows(browse(&chief, PEOPLE), ">An B</a>");
	assert_shows(browse(&b, "/staff/account"), ">Trần Văn An</a>");
	/* what the command adds without --final opens one page only */
	assert_int_equal(rig_run(&rig, PASSWORD "\n", "user", "add", "newcomer",
			     "--role", "viewer", NULL),
	    0);
	sign_in(&b, &rig, "newcomer", PASSWORD);
	assert_leads(browse(&b, "/staff/"), "/staff/account/password?lang=vi");
}

static void
test_refused(void **state)
{
	static const char *const forms[] = {
	    "role=viewer&unit=", "login=&role=viewer&unit=",
	    "login=a+b&role=viewer&unit=", "login=%3Cb%3E&role=viewer&unit=",
	    "login=x&role=king&unit=", "login=x&unit=", "login=x&role=viewer",
	    "login=x&role=viewer&unit=0", "login=../x&role=viewer&unit=",
	    "unit=&login=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&role=x"};
	const struct reply *reply;

	(void)state;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		reply = submit(&chief, PEOPLE, forms[i]);
		assert_status(reply, 422);
		assert_shows(reply, "role=\"alert\"");
		assert_lacks(reply, "<b>");
	}
	assert_status(browse(&chief, PEOPLE "/nobody"), 404);
	assert_status(browse(&chief, PEOPLE "/..%2f..%2fetc"), 404);
	reply = submit(&chief, PEOPLE "/far", "act=crown");
	assert_status(reply, 422);
	assert_status(
	    submit(&chief, PEOPLE "/far", "act=change&role=viewer&unit=22972"),
	    422); /* nothing would change */
}

static void
test_change(void **state)
{
	struct browser b;
	char start[40];
	const struct reply *reply;

	(void)state;
	person_add(&rig, "doi", "viewer", "22969");
	sign_in(&b, &rig, "doi", PASSWORD);
	assert_status(browse(&b, PEOPLE), 403);
	reply =
	    submit(&chief, PEOPLE "/doi", "act=change&role=admin&unit=22969");
	assert_shows(reply, "type=\"checkbox\" name=\"sure\"");
	/* to make an admin wants the tick, and what was shown must still hold
	 */
	assert_status(submit(&chief, PEOPLE "/doi",
			  "act=change&role=admin&unit=22969&save=1&was=viewer."
			  "22969.0.0"),
	    422);
	assert_status(submit(&chief, PEOPLE "/doi",
			  "act=change&role=admin&unit=22969&save=1&sure=1"),
	    409);
	assert_status(submit(&chief, PEOPLE "/doi",
			  "act=change&role=admin&unit=22969&save=1&sure=1&was="
			  "viewer.22972.0.0"),
	    409);
	assert_int_equal(deeds("user.change", "doi"), 0);
	assert_leads(act(&chief, "doi", "change", "&role=admin&unit=22969"),
	    PEOPLE "/doi?done=change");
	assert_status(browse(&b, PEOPLE), 200); /* at once */
	assert_string_equal(
	    rig_sql(&rig, "SELECT before || after || login || role FROM audit "
			  "WHERE act = 'user.change' AND object = 'doi'"),
	    "{\"name\":\"\",\"role\":\"viewer\",\"unit\":\"22969\"}"
	    "{\"name\":\"\",\"role\":\"admin\",\"unit\":\"22969\"}chiefadmin");
	assert_leads(
	    act(&chief, "doi", "sessions", ""), PEOPLE "/doi?done=sessions");
	assert_leads(browse(&b, PEOPLE),
	    "/login?lang=vi&next=%2Fstaff%2Fadmin%2Fpeople");
	sign_in(&b, &rig, "doi", PASSWORD);
	reply = act(&chief, "doi", "password", "");
	assert_status(reply, 200);
	assert_true(between(
	    reply, "<code class=\"secret\">", "</code>", start, sizeof(start)));
	assert_leads(browse(&b, PEOPLE),
	    "/login?lang=vi&next=%2Fstaff%2Fadmin%2Fpeople");
	assert_status(
	    knock(&(struct browser){.rig = &rig}, "doi", PASSWORD), 403);
	sign_in(&b, &rig, "doi", start);
	assert_leads(
	    act(&chief, "doi", "disable", ""), PEOPLE "/doi?done=disable");
	assert_shows(
	    browse(&chief, PEOPLE "/doi?done=disable"), "Đã khóa tài khoản");
	assert_status(browse(&b, "/staff/account"), 303);
	assert_status(knock(&(struct browser){.rig = &rig}, "doi", start), 403);
	assert_leads(
	    act(&chief, "doi", "enable", ""), PEOPLE "/doi?done=enable");
	sign_in(&b, &rig, "doi", start);
	assert_int_equal(deeds("user.disable", "doi"), 1);
	assert_int_equal(deeds("user.enable", "doi"), 1);
	assert_int_equal(deeds("user.password", "doi"), 1);
	assert_int_equal(deeds("user.sessions", "doi"), 1);
}

/* Nobody does it to himself; the district keeps an admin. */
static void
test_last_admin(void **state)
{
	(void)state;
	assert_status(submit(&chief, PEOPLE "/chief", "act=disable"), 422);
	assert_status(
	    submit(&chief, PEOPLE "/chief", "act=factor&save=1&sure=1"), 422);
	assert_lacks(browse(&chief, PEOPLE "/chief"), "value=\"disable\"");
	person_add(&rig, "second", "admin", NULL);
	{
		struct browser b;

		sign_in(&b, &rig, "second", PASSWORD);
		/* between look and deed the other one is disabled */
		assert_status(submit(&b, PEOPLE "/chief", "act=disable"), 200);
		rig_sql(&rig, "UPDATE staff SET disabled_at = 1 WHERE "
			      "login = 'second'");
		assert_status(browse(&b, PEOPLE), 303);
		rig_sql(&rig, "UPDATE staff SET disabled_at = NULL, "
			      "unit = '22969' WHERE login = 'second'");
		assert_status(submit(&b, PEOPLE "/chief", "act=disable"), 404);
		rig_sql(&rig, "UPDATE staff SET unit = NULL WHERE "
			      "login = 'second'");
	}
	assert_leads(act(&chief, "second", "disable", ""),
	    PEOPLE "/second?done=disable");
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM staff WHERE role = 'admin' "
			  "AND unit IS NULL AND disabled_at IS NULL"),
	    "1");
}

/* An admin of one unit sees and gives no more than that. */
static void
test_local_admin(void **state)
{
	char start[40];
	const struct reply *page = browse(&local, PEOPLE);

	(void)state;
	assert_status(page, 200);
	assert_shows(page, PEOPLE "/local\"");
	assert_lacks(page, PEOPLE "/far\"");
	assert_lacks(page, PEOPLE "/chief\"");
	assert_lacks(page, "22972");
	assert_status(browse(&local, PEOPLE "/far"), 404);
	assert_status(browse(&local, PEOPLE "/chief"), 404);
	assert_status(submit(&local, PEOPLE "/far", "act=disable"), 404);
	assert_status(submit(&local, PEOPLE, "login=w&role=viewer&unit="), 422);
	assert_status(
	    submit(&local, PEOPLE, "login=w&role=viewer&unit=22972"), 422);
	assert_status(
	    submit(&local, PEOPLE, "login=w&role=viewer&unit=595"), 422);
	add(&local, "gan", "manager", "22969", start);
	assert_status(submit(&local, PEOPLE "/gan",
			  "act=change&role=manager&unit=&save=1&sure=1"),
	    422);
	assert_status(submit(&local, PEOPLE "/gan",
			  "act=change&role=viewer&unit=22972&save=1&sure=1"),
	    422);
	assert_leads(act(&local, "gan", "change", "&role=viewer&unit=22969"),
	    PEOPLE "/gan?done=change");
}

static void
test_auditor_reads(void **state)
{
	const struct reply *page = browse(&auditor, PEOPLE);

	(void)state;
	assert_status(page, 200);
	assert_shows(page, PEOPLE "/far\"");
	assert_lacks(page, "<form class=\"sheet\"");
	page = browse(&auditor, PEOPLE "/far");
	assert_status(page, 200);
	assert_lacks(page, "value=\"disable\"");
	assert_status(submit(&auditor, PEOPLE "/far", "act=disable"), 403);
	assert_status(
	    submit(&auditor, PEOPLE, "login=w&role=viewer&unit="), 403);
}

/* -------------------------------------------------------------- own account */

static void
test_own_password(void **state)
{
	static const struct {
		const char *now, *new, *again;
	} wrong[] = {
	    {"not it at all", "một cánh đồng xa", "một cánh đồng xa"},
	    {PASSWORD, "một cánh đồng xa", "một cánh đồng gần"},
	    {PASSWORD, PASSWORD, PASSWORD},
	    {PASSWORD, "kiềng", "kiềng"},
	    {PASSWORD, "Mật khẩu 123", "Mật khẩu 123"},
	    {PASSWORD, "rieng-2026!", "rieng-2026!"},
	};
	struct browser one, other;
	char form[900], before[200];

	(void)state;
	person_add(&rig, "rieng", "viewer", NULL);
	sign_in(&one, &rig, "rieng", PASSWORD);
	sign_in(&other, &rig, "rieng", PASSWORD);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		const struct reply *reply;

		snprintf(form, sizeof(form), "password=%s&new=%s&again=%s",
		    encoded(wrong[i].now), encoded(wrong[i].new),
		    encoded(wrong[i].again));
		reply = submit(&one, "/staff/account/password", form);
		assert_status(reply, 422);
		assert_lacks(reply, wrong[i].new);
	}
	assert_status(submit(&one, "/staff/account/password", ""), 422);
	assert_int_equal(deeds("user.password", "rieng"), 0);
	strcpy(before, one.session);
	snprintf(form, sizeof(form), "password=%s&new=%s&again=%s",
	    encoded(PASSWORD), encoded("một cánh đồng xa"),
	    encoded("một cánh đồng xa"));
	assert_leads(submit(&one, "/staff/account/password", form),
	    "/staff/account?done=password");
	assert_string_not_equal(before, one.session);
	assert_status(browse(&one, "/staff/account?done=password"), 200);
	assert_status(browse(&other, "/staff/account"), 303);
	assert_int_equal(deeds("user.password", "rieng"), 1);
	strcpy(one.session, before); /* the former one is worth nothing */
	assert_status(browse(&one, "/staff/account"), 303);
}

static void
test_own_sessions(void **state)
{
	struct browser one, two, three, foreign;
	char id[40], form[100];
	const struct reply *page;

	(void)state;
	person_add(&rig, "phien", "viewer", NULL);
	sign_in(&one, &rig, "phien", PASSWORD);
	sign_in(&two, &rig, "phien", PASSWORD);
	sign_in(&three, &rig, "phien", PASSWORD);
	sign_in(&foreign, &rig, "far", PASSWORD);
	page = browse(&one, "/staff/account");
	assert_shows(page, "trình duyệt này");
	assert_true(
	    between(page, "name=\"id\" value=\"", "\"", id, sizeof(id)));
	snprintf(form, sizeof(form), "id=%s", id);
	/* somebody else's id ends nothing */
	assert_leads(submit(&foreign, "/staff/account/sessions", form),
	    "/staff/account?done=session");
	assert_status(browse(&two, "/staff/account"), 200);
	assert_status(browse(&three, "/staff/account"), 200);
	assert_leads(submit(&one, "/staff/account/sessions", form),
	    "/staff/account?done=session");
	assert_true((browse(&two, "/staff/account")->status == 200) !=
		    (browse(&three, "/staff/account")->status == 200));
	sign_in(&two, &rig, "phien", PASSWORD);
	assert_leads(submit(&one, "/staff/account/sessions", "others=1"),
	    "/staff/account?done=others");
	assert_status(browse(&two, "/staff/account"), 303);
	assert_status(browse(&three, "/staff/account"), 303);
	assert_status(browse(&one, "/staff/account"), 200);
	assert_status(browse(&foreign, "/staff/account"), 200);
}

static void
test_commands_are_deeds(void **state)
{
	(void)state;
	person_add(&rig, "lenh", "viewer", "22969");
	assert_int_equal(
	    rig_run(&rig, "matkhau12345\n", "user", "password", "lenh", NULL),
	    0);
	assert_non_null(strstr(rig.said, "easily guessed"));
	assert_int_equal(rig_run(&rig, "", "user", "disable", "lenh", NULL), 0);
	assert_int_equal(rig_run(&rig, "", "user", "disable", "lenh", NULL), 1);
	assert_int_equal(deeds("user.add", "lenh"), 1);
	assert_int_equal(deeds("user.password", "lenh"), 1);
	assert_int_equal(deeds("user.disable", "lenh"), 1);
	assert_string_equal(
	    rig_sql(&rig, "SELECT place || unit FROM audit WHERE "
			  "act = 'user.disable' AND object = 'lenh'"),
	    "command22969");
	assert_string_not_equal(
	    rig_sql(&rig, "SELECT login FROM audit WHERE "
			  "act = 'user.disable' AND object = 'lenh'"),
	    "");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_add),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_change),
	    cmocka_unit_test(test_last_admin),
	    cmocka_unit_test(test_local_admin),
	    cmocka_unit_test(test_auditor_reads),
	    cmocka_unit_test(test_own_password),
	    cmocka_unit_test(test_own_sessions),
	    cmocka_unit_test(test_commands_are_deeds),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
