/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The second factor at the real collector: set up, asked for, taken once,
 * braked, replaced by recovery codes, taken away; and what somebody may try who
 * has the password, or half of it all. Codes are computed by liboath, as a
 * phone would.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/browser.h"

#include <liboath/oath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "shared/buf.h"
#include "shared/limits.h"

#define FACTOR   "/staff/account/factor"
#define FAILED   "Chưa đăng nhập được"
#define NO_LOGIN "Tên đăng nhập hoặc mật khẩu không đúng"

static struct rig rig;

/* A person's phone. */
struct phone {
	char *secret;
	size_t size;
};

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	rig_serve(&rig);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rig_remove(&rig);
	return 0;
}

/* The code of now and some steps. */
static const char *
code(const struct phone *phone, int steps)
{
	static char out[8];

	assert_int_equal(oath_totp_generate(phone->secret, phone->size,
			     time(NULL) + 30 * steps, 30, 0, 6, out),
	    OATH_OK);
	return out;
}

/* A code that is none within the window. */
static const char *
wrong_code(const struct phone *phone)
{
	static char out[8];

	for (int i = 0; i < 1000000; i++) {
		bool right = false;

		snprintf(out, sizeof(out), "%06d", i);
		for (int s = -3; s <= 3; s++)
			right = right || strcmp(code(phone, s), out) == 0;
		if (!right)
			break;
	}
	return out;
}

/* Adds a person, signs in and reads the new secret off the page; envelope gets
 * the form's hidden one. */
static void
begin(struct browser *b, const char *login, struct phone *phone,
    char envelope[200])
{
	char text[60];
	const struct reply *page;

	person_add(&rig, login, "admin", NULL);
	sign_in(b, &rig, login, PASSWORD);
	page = browse(b, FACTOR);
	assert_shows(page, "<svg class=\"qr\"");
	assert_true(between(
	    page, "<code class=\"secret\">", "</code>", text, sizeof(text)));
	assert_true(
	    between(page, "name=\"envelope\" value=\"", "\"", envelope, 200));
	memset(phone, 0, sizeof(*phone));
	assert_int_equal(oath_base32_decode(
			     text, strlen(text), &phone->secret, &phone->size),
	    OATH_OK);
}

static const struct reply *
confirm(struct browser *b, const char *envelope, const char *typed,
    const char *password)
{
	char form[600];

	snprintf(form, sizeof(form), "act=on&envelope=%s&code=%s&password=%s",
	    envelope, typed, encoded(password));
	return submit(b, FACTOR, form);
}

/* Sets a second factor up; recovery gets the first of the recovery codes. */
static void
set_up(struct browser *b, const char *login, struct phone *phone,
    char recovery[30])
{
	char envelope[200];
	const struct reply *page;

	begin(b, login, phone, envelope);
	page = confirm(b, envelope, code(phone, 0), PASSWORD);
	assert_status(page, 200);
	assert_true(between(page, "<li><code>", "</code>", recovery, 30));
	/* as if it was long ago: this moment's code can be taken again */
	rig_sql(&rig, "UPDATE staff SET factor_step = 0");
}

/* The first step: right, and asked for a code; its envelope. */
static void
first_step(struct browser *b, const char *login, char envelope[200])
{
	const struct reply *page;

	memset(b, 0, sizeof(*b));
	b->rig = &rig;
	page = knock(b, login, PASSWORD);
	assert_status(page, 200);
	assert_string_equal(b->session, ""); /* nobody is signed in yet */
	assert_shows(page, "action=\"/login/code\"");
	assert_true(
	    between(page, "name=\"envelope\" value=\"", "\"", envelope, 200));
}

static const struct reply *
second_step(struct browser *b, const char *login, const char *envelope,
    const char *typed)
{
	char form[500];

	snprintf(form, sizeof(form), "login=%s&envelope=%s&code=%s", login,
	    envelope, encoded(typed));
	return submit(b, "/login/code", form);
}

/* ------------------------------------------------------------------- set up */

static void
test_set_up(void **state)
{
	struct browser b, other;
	struct phone phone;
	char envelope[200], *at;
	const struct reply *page;
	int codes = 0;

	(void)state;
	begin(&b, "lap", &phone, envelope);
	sign_in(&other, &rig, "lap", PASSWORD);
	page = confirm(&b, envelope, wrong_code(&phone), PASSWORD);
	assert_status(page, 422);
	assert_shows(page, envelope); /* the same QR: it is scanned once */
	assert_status(
	    confirm(&b, envelope, code(&phone, 0), "not the password"), 422);
	assert_status(confirm(&b, "x", code(&phone, 0), PASSWORD), 422);
	assert_string_equal(
	    rig_sql(&rig, "SELECT factor FROM staff WHERE login = 'lap'"), "");
	page = confirm(&b, envelope, code(&phone, 0), PASSWORD);
	assert_status(page, 200);
	for (at = page->body; (at = strstr(at, "<li><code>")) != NULL; at++)
		codes++;
	assert_int_equal(codes, LIMIT_RECOVERY_CODES);
	/* sessions that began without it are over, this one is not */
	assert_status(browse(&other, "/staff/"), 303);
	assert_status(browse(&b, "/staff/"), 200);
	assert_status(confirm(&b, envelope, code(&phone, 1), PASSWORD), 409);
	assert_lacks(browse(&b, FACTOR), "<svg class=\"qr\"");
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM audit WHERE act = "
			  "'factor.on' AND object = 'lap'"),
	    "1");
	free(phone.secret);
}

/* Another's envelope is worth nothing here. */
static void
test_foreign_envelope(void **state)
{
	struct browser one, other;
	struct phone mine, his;
	char envelope[200], foreign[200];

	(void)state;
	begin(&one, "minh", &mine, envelope);
	begin(&other, "khac", &his, foreign);
	assert_status(confirm(&one, foreign, code(&his, 0), PASSWORD), 422);
	assert_string_equal(
	    rig_sql(&rig, "SELECT factor FROM staff WHERE login = 'minh'"), "");
	free(mine.secret);
	free(his.secret);
}

/* No secret stands in the database, and no recovery code. */
static void
test_nothing_to_steal(void **state)
{
	struct browser b;
	struct phone phone;
	char recovery[30], path[160];
	struct buf file;

	(void)state;
	set_up(&b, "trom", &phone, recovery);
	snprintf(path, sizeof(path), "%.150s", rig.url + strlen("sqlite:"));
	for (int wal = 0; wal < 2; wal++) {
		buf_init(&file);
		assert_true(buf_read_file(&file, path, 1 << 28));
		assert_null(
		    memmem(file.data, file.size, phone.secret, phone.size));
		assert_null(
		    memmem(file.data, file.size, recovery, strlen(recovery)));
		buf_finish(&file);
		strcat(path, "-wal");
	}
	free(phone.secret);
}

/* ------------------------------------------------------------------ sign in */

static void
test_two_steps(void **state)
{
	struct browser b;
	struct phone phone;
	char recovery[30], envelope[200], typed[30];
	const struct reply *page;

	(void)state;
	set_up(&b, "hai", &phone, recovery);
	first_step(&b, "hai", envelope);
	page = second_step(&b, "hai", envelope, wrong_code(&phone));
	assert_status(page, 403);
	assert_shows(page, FAILED);
	assert_string_equal(b.session, "");
	strcpy(typed, code(&phone, 0));
	assert_leads(second_step(&b, "hai", envelope, typed), "/staff/");
	assert_true(b.session[0] != '\0');
	assert_status(browse(&b, "/staff/"), 200);
	/* the same code once more, within its time, with the same words as any
	 * other wrong one */
	first_step(&b, "hai", envelope);
	page = second_step(&b, "hai", envelope, typed);
	assert_status(page, 403);
	assert_shows(page, FAILED);
	assert_leads(
	    second_step(&b, "hai", envelope, code(&phone, 1)), "/staff/");
	/* a code of before the last one that was taken */
	first_step(&b, "hai", envelope);
	assert_status(second_step(&b, "hai", envelope, typed), 403);
	assert_string_equal(
	    rig_sql(&rig, "SELECT after FROM audit WHERE act = "
			  "'session.begin' AND object = 'hai' ORDER BY id DESC "
			  "LIMIT 1"),
	    "{\"failed_before\":1,\"second_factor\":\"code\"}");
	free(phone.secret);
}

static void
test_recovery(void **state)
{
	struct browser b;
	struct phone phone;
	char recovery[30], envelope[200], shouted[40];
	size_t n = 0;

	(void)state;
	set_up(&b, "mat", &phone, recovery);
	for (size_t i = 0; recovery[i] != '\0'; i++)
		if (recovery[i] != '-')
			shouted[n++] = recovery[i] >= 'a'
					   ? (char)(recovery[i] - 'a' + 'A')
					   : recovery[i];
	shouted[n] = '\0';
	first_step(&b, "mat", envelope);
	assert_leads(second_step(&b, "mat", envelope, shouted), "/staff/");
	first_step(&b, "mat", envelope);
	assert_status(second_step(&b, "mat", envelope, recovery), 403);
	assert_string_equal(rig_sql(&rig, "SELECT count(*) FROM recovery_code "
					  "WHERE login = 'mat'"),
	    "9");
	free(phone.secret);
}

/* The envelope is bound to the person, the password and five minutes. */
static void
test_envelopes(void **state)
{
	struct browser b, c;
	struct phone phone, other;
	char recovery[30], envelope[200], bent[200];
	const struct reply *page;

	(void)state;
	set_up(&b, "phong", &phone, recovery);
	set_up(&b, "bi", &other, recovery);
	first_step(&b, "phong", envelope);
	page = second_step(&b, "bi", envelope, code(&other, 0));
	assert_status(page, 403);
	assert_shows(page, NO_LOGIN);
	strcpy(bent, envelope);
	bent[20] = bent[20] == 'a' ? 'b' : 'a';
	assert_status(second_step(&b, "phong", bent, code(&phone, 0)), 403);
	assert_status(second_step(&b, "nobody", envelope, "123456"), 403);
	assert_status(submit(&b, "/login/code", "login=phong&code=1"), 422);
	assert_status(submit(&b, "/login/code", ""), 422);
	/* a person without a second factor cannot be signed in by one */
	person_add(&rig, "khong", "viewer", NULL);
	assert_status(second_step(&b, "khong", envelope, "123456"), 403);
	/* the password has become another meanwhile */
	assert_int_equal(rig_run(&rig, "hai hòn đá cuội\n", "user", "password",
			     "phong", NULL),
	    0);
	page = second_step(&b, "phong", envelope, code(&phone, 0));
	assert_status(page, 403);
	assert_shows(page, NO_LOGIN);
	/* whoever has no session has none after the first step either */
	c = b;
	strcpy(c.csrf, "guess");
	assert_status(browse(&c, "/staff/"), 303);
	free(phone.secret);
	free(other.secret);
}

/* Where signing in leads is looked at in the second step as in the first. */
static void
test_comes_back(void **state)
{
	static const char *const evil[] = {"https%3A%2F%2Fevil.example%2F",
	    "%2F%2Fevil.example%2Fstaff%2F", "%2Fstaff%2F%0D%0ASet-Cookie:x=y",
	    "javascript:alert(1)"};
	struct browser b;
	struct phone phone;
	char recovery[30], envelope[200], form[600];
	const struct reply *reply;

	(void)state;
	set_up(&b, "ve", &phone, recovery);
	for (size_t i = 0; i < sizeof(evil) / sizeof(evil[0]); i++) {
		char typed[10];

		/* as if no code had been taken yet */
		rig_sql(&rig, "UPDATE staff SET factor_step = 0 WHERE login = "
			      "'ve'");
		first_step(&b, "ve", envelope);
		strcpy(typed, code(&phone, 0));
		snprintf(form, sizeof(form),
		    "login=ve&envelope=%s&code=%s&next=%s", envelope, typed,
		    evil[i]);
		reply = submit(&b, "/login/code", form);
		assert_leads(reply, "/staff/");
		assert_null(strcasestr(reply->head, "x=y"));
	}
	rig_sql(&rig, "UPDATE staff SET factor_step = 0 WHERE login = 've'");
	first_step(&b, "ve", envelope);
	snprintf(form, sizeof(form),
	    "login=ve&envelope=%s&code=%s&next=%%2Fstaff%%2Faudit", envelope,
	    code(&phone, 0));
	assert_leads(submit(&b, "/login/code", form), "/staff/audit");
	free(phone.secret);
}

/* ------------------------------------------------------------------- brakes */

/* Whoever has the password guesses codes: five, then one in half a minute; the
 * person's own browser is let through. */
static void
test_brake(void **state)
{
	struct browser thief, owner;
	struct phone phone;
	char recovery[30], envelope[200], known[200];

	(void)state;
	set_up(&owner, "doan", &phone, recovery);
	strcpy(known, owner.known);
	first_step(&thief, "doan", envelope);
	for (int i = 0; i < LIMIT_CODE_TRIES; i++)
		assert_status(
		    second_step(&thief, "doan", envelope, wrong_code(&phone)),
		    403);
	for (int i = 0; i < 20; i++) {
		const struct reply *reply =
		    second_step(&thief, "doan", envelope, code(&phone, 0));

		assert_status(reply, 429); /* right, and still not looked at */
		assert_string_equal(thief.session, "");
	}
	first_step(&owner, "doan", envelope);
	strcpy(owner.known, known);
	assert_leads(
	    second_step(&owner, "doan", envelope, code(&phone, 0)), "/staff/");
	/* the series stands in the log, of which it is one row */
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM audit WHERE act = "
			  "'session.refused' AND object = 'doan'"),
	    "1");
	assert_string_equal(
	    rig_sql(&rig, "SELECT login || after FROM audit WHERE act = "
			  "'session.refused' AND object = 'doan'"),
	    "{\"failed\":5}");
	free(phone.secret);
}

/* Of people there are, the fifth in a row stands in the log; what else is typed
 * into the field does not. */
static void
test_series_of_passwords(void **state)
{
	struct browser b = {.rig = &rig};

	(void)state;
	person_add(&rig, "nham", "viewer", "22969");
	for (int i = 0; i < 12; i++)
		assert_status(knock(&b, "nham", "not the one at all"), 403);
	for (int i = 0; i < 6; i++)
		assert_status(knock(&b, "no-such", "not the one at all"), 403);
	sign_in(&b, &rig, "nham", PASSWORD);
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM audit WHERE act = "
			  "'session.refused' AND object = 'nham' AND "
			  "unit = '22969'"),
	    "1");
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM audit WHERE object = "
			  "'no-such'"),
	    "0");
	assert_string_equal(
	    rig_sql(&rig, "SELECT after FROM audit WHERE act = "
			  "'session.begin' AND object = 'nham'"),
	    "{\"failed_before\":12}");
}

/* ----------------------------------------------------------- taking it away */

static void
test_off_and_codes(void **state)
{
	struct browser b;
	struct phone phone;
	char recovery[30], form[200], new[30];
	const struct reply *page;

	(void)state;
	set_up(&b, "tat", &phone, recovery);
	assert_status(submit(&b, FACTOR, "act=off"), 422);
	assert_status(submit(&b, FACTOR, "act=codes&code=12345"), 422);
	assert_status(submit(&b, FACTOR, "act=explode&code=123456"), 422);
	assert_status(submit(&b, FACTOR, ""), 422);
	snprintf(form, sizeof(form), "act=codes&code=%s", code(&phone, 0));
	page = submit(&b, FACTOR, form);
	assert_status(page, 200);
	assert_true(between(page, "<li><code>", "</code>", new, sizeof(new)));
	/* the former ones have ended */
	snprintf(form, sizeof(form), "act=off&code=%s", recovery);
	assert_status(submit(&b, FACTOR, form), 422);
	snprintf(form, sizeof(form), "act=off&code=%s", new);
	assert_leads(submit(&b, FACTOR, form), "/staff/account?done=factor");
	sign_in(&b, &rig, "tat", PASSWORD);
	free(phone.secret);
}

static void
test_reset(void **state)
{
	struct browser b, admin;
	struct phone phone;
	char recovery[30], was[60], form[200];

	(void)state;
	set_up(&b, "go", &phone, recovery);
	free(phone.secret);
	set_up(&b, "go2", &phone, recovery);
	person_add(&rig, "sep", "admin", NULL);
	sign_in(&admin, &rig, "sep", PASSWORD);
	assert_true(
	    between(submit(&admin, "/staff/admin/people/go", "act=factor"),
		"name=\"was\" value=\"", "\"", was, sizeof(was)));
	snprintf(form, sizeof(form), "act=factor&save=1&was=%s", was);
	assert_status(submit(&admin, "/staff/admin/people/go", form), 422);
	strcat(form, "&sure=1");
	assert_leads(submit(&admin, "/staff/admin/people/go", form),
	    "/staff/admin/people/go?done=factor");
	assert_string_equal(
	    rig_sql(&rig, "SELECT login || object FROM audit WHERE act = "
			  "'factor.reset'"),
	    "sepgo");
	sign_in(&b, &rig, "go", PASSWORD);
	assert_int_equal(
	    rig_run(&rig, "", "user", "reset-second-factor", "go2", NULL), 0);
	assert_int_equal(
	    rig_run(&rig, "", "user", "reset-second-factor", "go2", NULL), 1);
	sign_in(&b, &rig, "go2", PASSWORD);
	free(phone.secret);
}

/* The setting, as the page of settings writes it. */
static void
require(bool on)
{
	rig_sql(&rig,
	    on ? "UPDATE setting SET value = '1' WHERE key = 'second_factor'"
	       : "UPDATE setting SET value = '0' WHERE key = 'second_factor'");
	rig_sql(&rig, "UPDATE meta SET value = CAST(CAST(value AS INTEGER) + 1 "
		      "AS TEXT) WHERE key = 'generation'");
}

/* Where it is required, whoever lacks it sees to that first. */
static void
test_required(void **state)
{
	struct browser admin, viewer;

	(void)state;
	person_add(&rig, "bat", "auditor", NULL);
	person_add(&rig, "buoc", "viewer", NULL);
	sign_in(&admin, &rig, "bat", PASSWORD);
	assert_shows(browse(&admin, "/staff/"), "class=\"hint\"");
	require(true);
	sign_in(&admin, &rig, "bat", PASSWORD);
	sign_in(&viewer, &rig, "buoc", PASSWORD);
	assert_leads(
	    browse(&admin, "/staff/"), "/staff/account/factor?lang=vi");
	assert_status(browse(&admin, "/api/v1/scores?period=2026-Q4"), 403);
	assert_shows(browse(&admin, FACTOR), "<svg class=\"qr\"");
	assert_status(browse(&viewer, "/staff/"), 200);
	assert_lacks(browse(&viewer, "/staff/"), "class=\"hint\"");
	require(false);
	assert_status(browse(&admin, "/staff/"), 200);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_set_up),
	    cmocka_unit_test(test_foreign_envelope),
	    cmocka_unit_test(test_nothing_to_steal),
	    cmocka_unit_test(test_two_steps),
	    cmocka_unit_test(test_recovery),
	    cmocka_unit_test(test_envelopes),
	    cmocka_unit_test(test_comes_back),
	    cmocka_unit_test(test_brake),
	    cmocka_unit_test(test_series_of_passwords),
	    cmocka_unit_test(test_off_and_codes),
	    cmocka_unit_test(test_reset),
	    cmocka_unit_test(test_required),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
