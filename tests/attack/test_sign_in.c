/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whoever wants to sign in as another: guesses codes from a browser that is
 * known, keeps such a browser's proof, floods the door from 300 connections,
 * plants a cookie, sits out a second factor or a start password, opens sessions
 * without end, or reads the database. Before: 666 codes a second were looked
 * at, the proof never ended, and of 12 right passwords none got in.
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
#include <unistd.h>
#include "server/http/login_queue.h"
#include "server/db/db.h"
#include "server/secret/phone_seal.h"
#include "server/store/devices/kiosk_settings.h"
#include "server/store/messages/phone_keys.h"
#include "shared/arena.h"
#include "shared/keys.h"
#include "server/secret/token.h"
#include "shared/buf.h"
#include "shared/limits.h"

#define FACTOR    "/staff/account/factor"
#define ENVELOPE  "name=\"envelope\""
#define GUESSES   60  /* codes tried, from each browser */
#define CROWD     300 /* connections that guess */
#define ENTRANCES 12  /* of the owner, meanwhile */

static struct rig rig;

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

/* ------------------------------------------------------------ a second factor
 */

/* A person with a second factor, and the phone's secret. */
struct owner {
	struct browser browser;
	const char *login;
	char *secret;
	size_t size;
	char recovery[30];
};

static const char *
code_of(const struct owner *o, int steps)
{
	static char out[8];

	assert_int_equal(oath_totp_generate(o->secret, o->size,
			     time(NULL) + 30 * steps, 30, 0, 6, out),
	    OATH_OK);
	return out;
}

/* A code that will not be right for some minutes. */
static const char *
guessed_code(const struct owner *o, int turn)
{
	static char out[8];

	for (int i = turn * 17 % 1000000; i < 1000000; i++) {
		bool right = false;

		snprintf(out, sizeof(out), "%06d", i);
		for (int s = -3; s <= 6; s++)
			right = right || strcmp(code_of(o, s), out) == 0;
		if (!right)
			break;
	}
	return out;
}

static void
set_up_factor(struct owner *o, const char *login)
{
	char secret[60], envelope[200], form[600];
	const struct reply *page;

	o->login = login;
	person_add(&rig, login, "admin", NULL);
	sign_in(&o->browser, &rig, login, PASSWORD);
	page = browse(&o->browser, FACTOR);
	assert_true(between(page, "<code class=\"secret\">", "</code>", secret,
	    sizeof(secret)));
	assert_true(
	    between(page, "name=\"envelope\" value=\"", "\"", envelope, 200));
	assert_int_equal(
	    oath_base32_decode(secret, strlen(secret), &o->secret, &o->size),
	    OATH_OK);
	snprintf(form, sizeof(form), "act=on&envelope=%s&code=%s&password=%s",
	    envelope, code_of(o, 0), encoded(PASSWORD));
	page = submit(&o->browser, FACTOR, form);
	assert_status(page, 200);
	assert_true(between(
	    page, "<li><code>", "</code>", o->recovery, sizeof(o->recovery)));
	rig_sql(&rig, "UPDATE staff SET factor_step = 0");
}

/* The password step from a browser that is known or not. */
static void
begin_sign_in(
    struct browser *b, const struct owner *o, const char *known, char *envelope)
{
	memset(b, 0, sizeof(*b));
	b->rig = &rig;
	strcpy(b->known, known);
	assert_true(between(knock(b, o->login, PASSWORD), ENVELOPE " value=\"",
	    "\"", envelope, 200));
}

static const struct reply *
try_code(struct browser *b, const struct owner *o, const char *envelope,
    const char *typed)
{
	char form[500];

	snprintf(form, sizeof(form), "login=%s&envelope=%s&code=%s", o->login,
	    envelope, encoded(typed));
	return submit(b, "/login/code", form);
}

/* Guesses codes; how many were looked at: the others were told to wait, or that
 * the envelope is worth nothing. */
static int
guess_codes(const struct owner *o, const char *known, int fresh_envelope_each)
{
	char envelope[200];
	struct browser b;
	int looked_at = 0;

	for (int i = 0; i < GUESSES; i++) {
		const struct reply *reply;

		if (i % fresh_envelope_each == 0)
			begin_sign_in(&b, o, known, envelope);
		reply = try_code(&b, o, envelope, guessed_code(o, i));
		assert_true(reply->status == 403 || reply->status == 429);
		looked_at += reply->status == 403 &&
			     strstr(reply->body, ENVELOPE) != NULL;
		assert_string_equal(b.session, "");
	}
	return looked_at;
}

/* A browser that is known, or its cookie alone, is no way around the brake; nor
 * is a fresh envelope for each try; and whoever does that keeps the owner out
 * of nothing. */
static void
test_guessing_from_a_known_browser(void **state)
{
	struct owner o = {0};
	struct browser b;
	char known[200], envelope[200];

	(void)state;
	set_up_factor(&o, "lan");
	strcpy(known, o.browser.known);
	assert_true(known[0] != '\0');
	assert_true(guess_codes(&o, known, GUESSES) <= LIMIT_CODE_TRIES);
	/* one more each: the other kind's turn, and one that came due */
	assert_true(guess_codes(&o, "", GUESSES) <= 2);
	assert_true(guess_codes(&o, known, 10) <= 2);
	assert_true(guess_codes(&o, "", 10) <= 2);
	assert_int_equal(
	    atoi(rig_sql(&rig, "SELECT count(*) FROM staff WHERE login = 'lan' "
			       "AND tries <= 11")),
	    1);
	/* half a minute later the owner enters, whatever others try */
	rig_sql(&rig, "UPDATE staff SET known_tried_at = known_tried_at - "
		      "30000, factor_step = 0");
	begin_sign_in(&b, &o, known, envelope);
	assert_leads(try_code(&b, &o, envelope, code_of(&o, 0)), "/staff/");
	free(o.secret);
}

/* An envelope has its own tries, also where the person's brake would allow
 * more. */
static void
test_guessing_with_one_envelope(void **state)
{
	struct owner o = {0};
	struct browser b;
	char envelope[200];

	(void)state;
	set_up_factor(&o, "binh");
	begin_sign_in(&b, &o, "", envelope);
	for (int i = 0; i < LIMIT_CODE_TRIES; i++) {
		assert_shows(
		    try_code(&b, &o, envelope, guessed_code(&o, i)), ENVELOPE);
		rig_sql(&rig, "UPDATE staff SET tries = 0");
	}
	/* right, and too late */
	assert_lacks(try_code(&b, &o, envelope, code_of(&o, 0)), ENVELOPE);
	assert_string_equal(b.session, "");
	begin_sign_in(&b, &o, "", envelope);
	assert_leads(try_code(&b, &o, envelope, code_of(&o, 0)), "/staff/");
	free(o.secret);
}

/* After many wrong ones in a row even one in half a minute is too many. */
static void
test_guessing_for_days(void **state)
{
	struct owner o = {0};
	struct browser b;
	char envelope[200], sql[100];

	(void)state;
	set_up_factor(&o, "thu");
	snprintf(sql, sizeof(sql),
	    "UPDATE staff SET tries = %d, tried_at = %lld", LIMIT_CODE_MANY,
	    (long long)time(NULL) * 1000 - 10 * 60000);
	rig_sql(&rig, sql);
	begin_sign_in(&b, &o, "", envelope);
	assert_status(try_code(&b, &o, envelope, code_of(&o, 0)), 429);
	rig_sql(&rig, "UPDATE staff SET tried_at = 0 WHERE login = 'thu'");
	assert_leads(try_code(&b, &o, envelope, code_of(&o, 0)), "/staff/");
	free(o.secret);
}

/* Whoever is signed in elsewhere is so no longer when the lock is taken away,
 * by the person, by an administrator, by a command. */
static void
test_taking_the_factor_away(void **state)
{
	struct owner o = {0};
	struct browser other;
	char envelope[200], form[100];

	(void)state;
	set_up_factor(&o, "tam");
	begin_sign_in(&other, &o, "", envelope);
	assert_leads(try_code(&other, &o, envelope, code_of(&o, 0)), "/staff/");
	assert_status(browse(&other, "/staff/"), 200);
	snprintf(form, sizeof(form), "act=off&code=%s", o.recovery);
	assert_leads(
	    submit(&o.browser, FACTOR, form), "/staff/account?done=factor");
	assert_status(browse(&o.browser, "/staff/"), 200);
	assert_status(browse(&other, "/staff/"), 303);
	free(o.secret);
	set_up_factor(&o, "bay");
	assert_int_equal(
	    rig_run(&rig, "", "user", "reset-second-factor", "bay", NULL), 0);
	assert_status(browse(&o.browser, "/staff/"), 303);
	free(o.secret);
}

/* ------------------------------------------------------------ a known browser
 */

/* The proof ends after 30 days, with the password, and is no other's. */
static void
test_proof(void **state)
{
	static const int64_t now = 1764547200000;
	const uint64_t password = password_generation("$argon2id$one");
	char key[TOKEN_TEXT], bent[200];
	const char *value;
	struct arena a;

	(void)state;
	arena_init(&a);
	token_new(key);
	value = login_queue_cookie(&a, key, "lan", password, now);
	assert_true(login_queue_knows(key, "lan", password, now, value));
	assert_true(login_queue_knows(
	    key, "lan", password, now + LIMIT_KNOWN_MS, value));
	assert_false(login_queue_knows(
	    key, "lan", password, now + LIMIT_KNOWN_MS + 1000, value));
	assert_false(login_queue_knows(
	    key, "lan", password_generation("$argon2id$two"), now, value));
	assert_false(login_queue_knows(key, "tam", password, now, value));
	/* the date is part of what is proven */
	snprintf(bent, sizeof(bent), "9%s", value);
	assert_false(login_queue_knows(key, "lan", password, now, bent));
	/* two browsers are two proofs */
	assert_string_not_equal(
	    login_queue_cookie(&a, key, "lan", password, now), value);
	arena_finish(&a);
}

/* Another password ends the proof: that browser waits like any other. */
static void
test_proof_of_a_former_password(void **state)
{
	struct owner o = {0};
	struct browser b;
	char envelope[200], former[200], sql[160], form[300];

	(void)state;
	set_up_factor(&o, "doi");
	strcpy(former, o.browser.known);
	snprintf(form, sizeof(form), "password=%s&new=%s&again=%s",
	    encoded(PASSWORD), encoded("hai hòn đá cuội"),
	    encoded("hai hòn đá cuội"));
	assert_status(submit(&o.browser, "/staff/account/password", form), 303);
	assert_string_not_equal(o.browser.known, former);
	snprintf(sql, sizeof(sql),
	    "UPDATE staff SET tries = 10, tried_at = %lld, known_tried_at = 0",
	    (long long)time(NULL) * 1000);
	rig_sql(&rig, sql);
	memset(&b, 0, sizeof(b));
	b.rig = &rig;
	assert_true(between(knock(&b, "doi", "hai hòn đá cuội"),
	    ENVELOPE " value=\"", "\"", envelope, 200));
	strcpy(b.known, former);
	assert_status(try_code(&b, &o, envelope, code_of(&o, 0)), 429);
	strcpy(b.known, o.browser.known);
	assert_leads(try_code(&b, &o, envelope, code_of(&o, 0)), "/staff/");
	free(o.secret);
}

/* How many of some sign-ins with the right password got in, with a cookie. */
static int
entered(const char *login, const char *password, const char *known)
{
	int in = 0;

	for (int i = 0; i < ENTRANCES; i++) {
		struct browser b = {.rig = &rig};

		strcpy(b.known, known);
		in += knock(&b, login, password)->status == 303;
	}
	return in;
}

/* Fills the door: each connection guesses for another login. */
static void
crowd(int fds[CROWD])
{
	char request[300], body[80];

	for (int i = 0; i < CROWD; i++) {
		snprintf(
		    body, sizeof(body), "login=guessed%d&password=guess", i);
		snprintf(request, sizeof(request),
		    "POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: "
		    "application/x-www-form-urlencoded\r\nContent-Length: "
		    "%zu\r\n\r\n%s",
		    strlen(body), body);
		fds[i] = rig_connect(&rig);
		assert_true(fds[i] >= 0);
		assert_true(rig_send(fds[i], request, strlen(request)));
	}
}

/* The owner enters from the known browser while 300 connections guess. */
static void
test_crowd_at_the_door(void **state)
{
	int fds[CROWD];
	struct reply reply = {0};
	struct browser b = {.rig = &rig}, at_work;

	(void)state;
	person_add(&rig, "lan", "viewer", NULL);
	assert_status(knock(&b, "lan", PASSWORD), 303);
	sign_in(&at_work, &rig, "lan", PASSWORD);
	at_work.known[0] = '\0';
	crowd(fds);
	/* the last ones are refused at once: the places are taken */
	assert_true(rig_read(fds[CROWD - 1], &reply));
	assert_int_equal(reply.status, 503);
	reply_finish(&reply);
	assert_int_equal(entered("lan", PASSWORD, b.known), ENTRANCES);
	/* and whoever is signed in already is looked at, too */
	assert_status(submit(&at_work, "/staff/account/password",
			  "password=not+it+at+all&new=ba+hon+da+cuoi&again=ba+"
			  "hon+da+cuoi"),
	    422);
	for (int i = 0; i < CROWD; i++)
		close(fds[i]);
	rig_kill(&rig); /* there is a crowd of hashes to be made */
}

/* -------------------------------------------------------------------- cookies
 */

/* Behind a proxy, or where the public address is https, cookies are Secure and
 * bear a name that no other host of the domain can set; the plain name, which
 * it can, is not read. */
static void
test_cookies(void **state)
{
	static const struct {
		const char *more;
		bool secure;
	} cases[] = {{"", false}, {"[server]\nbehind_proxy = yes\n", true},
	    {"[server]\npublic_url = https://danhgia.example.vn\n", true},
	    {"[server]\npublic_url = http://danhgia.example.vn\n", false}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct browser b, planted;
		const char *head;

		rig_make(&rig, cases[i].more);
		person_add(&rig, "lan", "viewer", NULL);
		rig_serve(&rig);
		memset(&b, 0, sizeof(b));
		b.rig = &rig;
		head = knock(&b, "lan", PASSWORD)->head;
		assert_int_equal(
		    strstr(head, "Set-Cookie: __Host-hailong=") != NULL,
		    cases[i].secure);
		assert_int_equal(
		    strstr(head, "Set-Cookie: __Host-hailong_known=") != NULL,
		    cases[i].secure);
		assert_int_equal(
		    strstr(head, "; Secure") != NULL, cases[i].secure);
		assert_null(strstr(head, "Domain="));
		assert_status(browse(&b, "/staff/"), 200);
		if (cases[i].secure) {
			memset(&planted, 0, sizeof(planted));
			planted.rig = &rig;
			strcpy(planted.session, b.session + strlen("__Host-"));
			assert_status(browse(&planted, "/staff/"), 303);
		}
		rig_remove(&rig);
	}
}

/* ------------------------------------------------------ passwords and sessions
 */

/* A start password that nobody changed for 14 days opens nothing; a day before
 * it does. */
static void
test_start_password(void **state)
{
	struct browser b = {.rig = &rig};

	(void)state;
	assert_int_equal(rig_run(&rig, PASSWORD "\n", "user", "add", "moi",
			     "--role", "viewer", NULL),
	    0);
	rig_sql(&rig, "UPDATE staff SET password_at = password_at - "
		      "13 * 86400000 WHERE login = 'moi'");
	assert_status(knock(&b, "moi", PASSWORD), 303);
	assert_leads(browse(&b, "/staff/"), "/staff/account/password?lang=vi");
	rig_sql(&rig, "UPDATE staff SET password_at = password_at - "
		      "86401000 WHERE login = 'moi'");
	assert_status(knock(&b, "moi", PASSWORD), 403);
	assert_status(knock(&b, "moi", "not the one at all"), 403);
	/* a new one is one again, and to be changed, too */
	assert_int_equal(
	    rig_run(&rig, "hai hòn đá cuội\n", "user", "password", "moi", NULL),
	    0);
	assert_status(knock(&b, "moi", "hai hòn đá cuội"), 303);
	assert_leads(browse(&b, "/staff/"), "/staff/account/password?lang=vi");
	assert_int_equal(rig_run(&rig, "hai hòn đá cuội\n", "user", "password",
			     "moi", "--final", NULL),
	    0);
	assert_status(knock(&b, "moi", "hai hòn đá cuội"), 303);
	assert_status(browse(&b, "/staff/"), 200);
}

/* A person has so many sessions and no more; those that are over go. */
static void
test_sessions_without_end(void **state)
{
	struct browser first, b = {.rig = &rig};

	(void)state;
	person_add(&rig, "nhieu", "viewer", NULL);
	sign_in(&first, &rig, "nhieu", PASSWORD);
	for (int i = 0; i < LIMIT_SESSIONS + 3; i++) {
		b.session[0] = '\0';
		assert_status(knock(&b, "nhieu", PASSWORD), 303);
	}
	assert_int_equal(
	    atoi(rig_sql(
		&rig, "SELECT count(*) FROM session WHERE login = 'nhieu'")),
	    LIMIT_SESSIONS);
	assert_status(browse(&first, "/staff/"), 303);
	assert_status(browse(&b, "/staff/"), 200);
	/* whatever was idle too long goes at the next sign-in of anybody */
	rig_sql(&rig, "UPDATE session SET seen_at = seen_at - 7200000");
	person_add(&rig, "it", "viewer", NULL);
	sign_in(&b, &rig, "it", PASSWORD);
	assert_int_equal(
	    atoi(rig_sql(&rig, "SELECT count(*) FROM session")), 1);
}

/* By default administrators and auditors need a second factor. */
static void
test_required_by_default(void **state)
{
	struct browser b;

	(void)state;
	person_add(&rig, "quan", "admin", NULL);
	person_add(&rig, "kiem", "auditor", NULL);
	person_add(&rig, "xem", "viewer", NULL);
	sign_in(&b, &rig, "quan", PASSWORD);
	assert_shows(browse(&b, "/staff/admin"), "role=\"alert\"");
	assert_int_equal(
	    rig_run(&rig, "", "setting", "set", "second_factor", "1", NULL), 0);
	assert_leads(browse(&b, "/staff/admin"), FACTOR "?lang=vi");
	rig_sql(&rig, "DELETE FROM setting WHERE key = 'second_factor'");
	rig_stop(&rig);
	rig_serve(&rig);
	assert_leads(browse(&b, "/staff/"), FACTOR "?lang=vi");
	sign_in(&b, &rig, "kiem", PASSWORD);
	assert_leads(browse(&b, "/staff/"), FACTOR "?lang=vi");
	sign_in(&b, &rig, "xem", PASSWORD);
	assert_status(browse(&b, "/staff/"), 200);
	assert_int_equal(
	    rig_run(&rig, "", "setting", "set", "second_factor", "0", NULL), 0);
}

/* ----------------------------------------------------- reading the database
 */

/* What a thief of the database or of a backup has. */
static bool
database_has(const char *bytes, size_t n)
{
	bool found = false;
	char path[180];
	struct buf file;

	snprintf(path, sizeof(path), "%.150s", rig.url + strlen("sqlite:"));
	for (int wal = 0; wal < 2; wal++) {
		buf_init(&file);
		if (buf_read_file(&file, path, 1 << 28))
			found = found ||
				memmem(file.data, file.size, bytes, n) != NULL;
		buf_finish(&file);
		strcat(path, "-wal");
	}
	return found;
}

/* The PIN of all kiosks as the database has it; what it opens to is that of
 * these digits. */
static const char *
kept_pin(const char *digits)
{
	static char kept[400];
	struct seal_keys keys;
	struct arena a;
	char error[700], path[96];
	const char *hash;
	struct db *db = db_open(rig.url, DB_READ);

	assert_non_null(db);
	arena_init(&a);
	snprintf(path, sizeof(path), "%s/key", rig.folder);
	if (access(path, R_OK) != 0)
		path[0] = '\0';
	assert_true(phone_keys_read(db, path, &keys, error, sizeof(error)));
	snprintf(kept, sizeof(kept), "%s",
	    rig_sql(&rig, "SELECT value FROM kiosk_setting WHERE key = 'pin'"));
	hash = store_kiosk_pin_open(&a, &keys, kept);
	assert_non_null(hash);
	assert_true(pin_check(digits, hash));
	keys.hash[0] = keys.hash[0] == 'x' ? 'y' : 'x';
	if (path[0] != '\0')
		assert_null(store_kiosk_pin_open(&a, &keys, kept));
	arena_finish(&a);
	db_close(db);
	return kept;
}

static void
set_kiosk_pin(const char *digits)
{
	assert_int_equal(rig_run(&rig, digits, "kiosk", "pin", NULL), 0);
}

/* With a key file no key stands open in the database, also when the file came
 * later; and what the keys are for goes on: a browser that is known stays so.
 */
static void
test_keys_in_the_database(void **state)
{
	static const char *const rows[] = {
	    "door_key", "call_key", "settings_key"};
	char former[3][60], sql[100], more[120], folder[64], pin[400];
	struct browser b = {.rig = &rig};

	(void)state;
	rig_make(&rig, "");
	set_kiosk_pin("271828\n");
	snprintf(pin, sizeof(pin), "%s", kept_pin("271828"));
	assert_int_equal(pin[0], '$');
	for (int i = 0; i < 3; i++) {
		snprintf(sql, sizeof(sql),
		    "SELECT value FROM meta WHERE key = '%s'", rows[i]);
		strcpy(former[i], rig_sql(&rig, sql));
		assert_int_equal(strlen(former[i]), 43);
	}
	person_add(&rig, "lan", "viewer", NULL);
	rig_serve(&rig);
	assert_status(knock(&b, "lan", PASSWORD), 303);
	assert_int_equal(rig_stop(&rig), 0);
	snprintf(folder, sizeof(folder), "%s", rig.folder);
	snprintf(more, sizeof(more), "[privacy]\nkey_file = %s/key\n", folder);
	rig_config(&rig, NULL, more);
	assert_int_equal(rig_run(&rig, "", "init", NULL), 0);
	for (int i = 0; i < 3; i++) {
		snprintf(sql, sizeof(sql),
		    "SELECT substr(value, 1, 7) FROM meta WHERE key = '%s'",
		    rows[i]);
		assert_string_equal(rig_sql(&rig, sql), "sealed:");
	}
	assert_memory_equal(kept_pin("271828"), "sealed:", 7);
	rig_sql(&rig, "VACUUM"); /* what SQLite has not overwritten yet */
	assert_false(database_has(pin, strlen(pin)));
	for (int i = 0; i < 3; i++)
		assert_false(database_has(former[i], 43));
	assert_int_equal(rig_run(&rig, "", "init", NULL), 0); /* once */
	set_kiosk_pin("314159\n");
	assert_memory_equal(kept_pin("314159"), "sealed:", 7);
	assert_int_equal(
	    rig_run(&rig, "", "kiosk", "set", "pin", "271828", NULL), 1);
	rig_serve(&rig);
	/* the keys are the same: this browser's new proof is the old key's */
	assert_status(knock(&b, "lan", PASSWORD), 303);
	assert_true(login_queue_knows(former[0], "lan",
	    password_generation(
		rig_sql(&rig, "SELECT password FROM staff WHERE login = "
			      "'lan'")),
	    (int64_t)time(NULL) * 1000, strchr(b.known, '=') + 1));
	rig_remove(&rig);
}

#define ATTACK(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    ATTACK(test_guessing_from_a_known_browser),
	    ATTACK(test_guessing_with_one_envelope),
	    ATTACK(test_guessing_for_days),
	    ATTACK(test_taking_the_factor_away),
	    cmocka_unit_test(test_proof),
	    ATTACK(test_proof_of_a_former_password),
	    ATTACK(test_crowd_at_the_door),
	    cmocka_unit_test(test_cookies),
	    cmocka_unit_test(test_keys_in_the_database),
	    ATTACK(test_start_password),
	    ATTACK(test_sessions_without_end),
	    ATTACK(test_required_by_default),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
