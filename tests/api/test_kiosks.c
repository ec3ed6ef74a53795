/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kiosks at the real collector beyond answers and settings: enrolment with a
 * key of their own, what administrators set, wrong clocks, gaps of the counter,
 * damaged outboxes. Calls and links stand in test_calls.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "shared/buf.h"
#include "tests/kit/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/keys.h"

#define MONO 5000000LL /* the device's clock since boot, when it sends */

static struct rig rig;
static char *kiosk; /* of LH1, with a token from the command line */
static char languages[40];

static int
setup(void **state)
{
	char ini[100];

	strcpy(languages, "/tmp/hailong-languages-XXXXXX");
	(void)state;
	assert_non_null(mkdtemp(languages));
	snprintf(ini, sizeof(ini), "[server]\nlanguages = %s\n", languages);
	rig_make(&rig, ini);
	kiosk = rig_device(&rig, "kiosk", "LH1");
	person_add(&rig, "chi", "admin", NULL);
	person_add(&rig, "lan", "manager", NULL);
	rig_serve(&rig);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(kiosk);
	rig_check(&rig);
	rig_remove(&rig);
	rmdir(languages);
	return 0;
}

/* ------------------------------------------------------------- a new device */

static const struct reply *
approve(const struct person *p, const char *code, const char *desk)
{
	return person_post(
	    &rig, p, "/staff/devices", "code", code, "desk", desk, NULL);
}

static const struct reply *
enrol(const struct key *k, const char *code, const struct key *signer)
{
	char key[KEY_TEXT];
	struct buf b;
	const struct reply *reply;

	key_public_text(k->public, key);
	buf_init(&b);
	buf_printf(&b, "{\"code\":\"%s\",\"key\":\"%s\",\"version\":\"0.1.0\"}",
	    code, key);
	key_sign_json(signer, &b);
	reply = ask(&rig, "POST", "/api/v1/kiosk/enrol",
	    "Content-Type: application/json\r\n", buf_text(&b), b.size);
	buf_finish(&b);
	return reply;
}

/* A device's POST with clock and signature; signer NULL: none. signed_for: the
 * method and target that are signed; NULL: clock and body only, as older kiosks
 * did. */
static const struct reply *
post_signed(const char *token, const struct key *signer, const char *clock,
    const char *const signed_for[2], const char *path, const void *body,
    size_t size)
{
	char headers[600], signature[SIGNATURE_MAX] = "";
	struct buf b;

	buf_init(&b);
	if (signed_for != NULL) {
		key_request_text(
		    &b, signed_for[0], signed_for[1], clock, body, size);
	} else {
		buf_printf(&b, "%s\n", clock);
		buf_add(&b, body, size);
	}
	if (signer)
		key_sign(signer, buf_text(&b), b.size, signature);
	buf_finish(&b);
	snprintf(headers, sizeof(headers),
	    "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
	    "%s%s%s%s%s%s",
	    token, *clock ? "Hailong-Clock: " : "", clock, *clock ? "\r\n" : "",
	    signer ? "Hailong-Signature: " : "", signature,
	    signer ? "\r\n" : "");
	return ask(&rig, "POST", path, headers, body, size);
}

static const struct reply *
post(const char *token, const struct key *signer, const char *clock,
    const char *path, const void *body, size_t size)
{
	const char *const signed_for[] = {"POST", path};

	return post_signed(token, signer, clock, signed_for, path, body, size);
}

#define ANSWERS "/api/v1/answers"
#define BEAT    "/api/v1/kiosk/heartbeat"
#define WRECK   "/api/v1/kiosk/wreck?name=damaged-1&at=0"

/* A signature is of one request: what is signed for another is refused. */
static void
assert_bound(const char *token, const struct key *k)
{
	static const struct {
		const char *signed_for[2], *path;
		int status;
	} rows[] = {
	    {{"POST", BEAT}, BEAT, 200},
	    {{"POST", WRECK}, WRECK, 200},
	    {{"POST", BEAT}, WRECK, 401},
	    {{"POST", ANSWERS}, BEAT, 401},
	    {{"POST", ANSWERS}, WRECK, 401},
	    {{"POST", BEAT}, ANSWERS, 401},
	    {{"POST", WRECK}, ANSWERS, 401},
	    {{"GET", BEAT}, BEAT, 401},
	    {{"POST", BEAT "?"}, BEAT, 401},
	    {{"POST", "/api/v1/kiosk/wreck"}, WRECK, 401},
	    {{"POST", "/api/v1/kiosk/wreck?name=damaged-1&at=2"}, WRECK, 401},
	    {{"POST", "/api/v1/kiosk/wreck?name=damaged-2&at=0"}, WRECK, 401},
	    {{NULL}, BEAT, 401}, /* older kiosks */
	    {{NULL}, WRECK, 401},
	    {{NULL}, ANSWERS, 400}, /* known, but no list */
	    {{NULL}, ANSWERS "?", 401},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_status(
		    post_signed(token, k, "b 99",
			rows[i].signed_for[0] ? rows[i].signed_for : NULL,
			rows[i].path, "{}", 2),
		    rows[i].status);
}

static const char *
member(json_t *json, const char *name)
{
	const char *text = json_string_value(json_object_get(json, name));

	return text ? text : "";
}

/* The PIN's hash comes sealed for the device's key, of no use to another key;
 * what a device knows of it already is known by the tag. */
static void
look_at_pin(const char *token, const struct key *k, const struct key *other)
{
	char hash[PIN_HASH] = "", *tag, header[200];
	const struct reply *reply;
	json_t *json;

	assert_int_equal(
	    rig_run(&rig, "271828\n", "kiosk", "pin", "--desk", "TP1", NULL),
	    0);
	usleep(50000);
	reply = device_ask(&rig, token, "/api/v1/kiosk", NULL);
	tag = reply_header(reply, "ETag");
	json = reply_json(reply);
	assert_null(strstr(reply->body, "argon2"));
	assert_false(key_open(other, member(json, "pin"), hash, sizeof(hash)));
	assert_true(key_open(k, member(json, "pin"), hash, sizeof(hash)));
	assert_true(pin_check("271828", hash));
	assert_non_null(strstr(hash, "m=65536,")); /* 64 MiB */
	json_decref(json);
	snprintf(header, sizeof(header),
	    "Authorization: Bearer %s\r\nIf-None-Match: %s\r\n", token, tag);
	assert_status(ask(&rig, "GET", "/api/v1/kiosk", header, NULL, 0), 304);
	assert_int_equal(
	    rig_run(&rig, "314159\n", "kiosk", "pin", "--desk", "TP1", NULL),
	    0);
	usleep(50000);
	assert_status(ask(&rig, "GET", "/api/v1/kiosk", header, NULL, 0), 200);
	free(tag);
}

static void
test_enrolment(void **state)
{
	struct person p;
	struct key k, other;
	char token[65], *text;
	uint8_t collector[KEY_PUBLIC];
	const struct reply *reply;
	json_t *json, *answers;

	(void)state;
	key_make(&k);
	key_make(&other);
	assert_status(enrol(&k, "ABCD2345", &other), 400);
	assert_status(enrol(&k, "ABCD1O0I", &k), 400);
	json = reply_json(enrol(&k, "ABCD2345", &k));
	assert_string_equal(member(json, "status"), "waiting");
	assert_non_null(
	    strstr(member(json, "address"), "/staff/devices?code=ABCD2345"));
	json_decref(json);
	assert_problem(enrol(&other, "ABCD2345", &other), 409, "code_taken");

	/* a manager may look, an administrator approves, once */
	p = person_sign_in(&rig, "lan");
	assert_status(approve(&p, "ABCD2345", "LH1"), 403);
	p = person_sign_in(&rig, "chi");
	assert_status(approve(&p, "ABCD2345", ""), 422);
	assert_status(approve(&p, "WXYZ2345", "LH1"), 422);
	reply = approve(&p, "abcd 2345", "TP1");
	assert_status(reply, 200);
	assert_non_null(strstr(reply->body, "kiosk-TP1-"));
	assert_status(approve(&p, "ABCD2345", "TP1"), 422);

	/* the token is for this key alone */
	json = reply_json(enrol(&k, "ABCD2345", &k));
	assert_string_equal(member(json, "status"), "approved");
	assert_string_equal(member(json, "desk"), "TP1");
	assert_false(
	    key_open(&other, member(json, "token"), token, sizeof(token)));
	assert_true(key_open(&k, member(json, "token"), token, sizeof(token)));
	assert_true(key_public_read(member(json, "key"), collector));
	json_decref(json);

	/* the settings are signed by the key that came along */
	reply = device_ask(&rig, token, "/api/v1/kiosk", NULL);
	assert_status(reply, 200);
	assert_true(key_verify_json(collector, reply->body));
	assert_false(key_verify_json(other.public, reply->body));
	look_at_pin(token, &k, &other);

	/* the token alone is of no use */
	answers = json_pack(
	    "{s:[o]}", "answers", new_answer("{\"desk\":\"TP1\",\"seq\":1}"));
	text = json_dumps(answers, JSON_COMPACT);
	json_decref(answers);
	assert_status(
	    post(token, NULL, "", "/api/v1/answers", text, strlen(text)), 401);
	assert_status(
	    post(token, &other, "", "/api/v1/answers", text, strlen(text)),
	    401);
	assert_status(
	    post(token, &k, "b 77", "/api/v1/answers", text, strlen(text)),
	    200);
	free(text);
	assert_status(
	    post(token, NULL, "", "/api/v1/kiosk/heartbeat", "{}", 2), 401);
	assert_status(
	    post(token, &k, "", "/api/v1/kiosk/heartbeat", "{}", 2), 200);
	assert_bound(token, &k);
}

/* ----------------------------------------------------------------- settings */

static int
set(const char *desk, const char *key, const char *value)
{
	return desk ? rig_run(&rig, "", "kiosk", "set", "--desk", desk, key,
			  value, NULL)
		    : rig_run(&rig, "", "kiosk", "set", key, value, NULL);
}

static void
test_settings(void **state)
{
	const struct reply *reply;
	json_t *json;

	(void)state;
	assert_int_equal(set(NULL, "reasons", "3"), 0);
	assert_int_equal(set("LH1", "factors", "yes"), 0);
	assert_int_equal(set("LH1", "qr", "yes"), 0);
	assert_int_equal(set("LH1", "hours", "Mon-Fri 07:00-11:30"), 0);
	assert_int_equal(set("TP1", "reasons", "0"), 0);
	assert_int_equal(rig_run(&rig, "314159\n", "kiosk", "pin", NULL), 0);
	usleep(50000);
	reply = device_ask(&rig, kiosk, "/api/v1/kiosk", NULL);
	json = reply_json(reply);
	assert_int_equal(
	    json_integer_value(json_object_get(json, "reasons_to")), 3);
	assert_true(json_is_true(json_object_get(json, "ask_factors")));
	assert_int_equal(json_integer_value(json_object_get(json, "qr_s")), 20);
	assert_string_equal(member(json, "hours"), "Mon-Fri 07:00-11:30");
	/* this one has no key: whoever has its token has no hash to try */
	assert_true(json_is_null(json_object_get(json, "pin")));
	json_decref(json);
	assert_int_equal(rig_run(&rig, "", "kiosk", "unset", "--desk", "LH1",
			     "factors", NULL),
	    0);
	usleep(50000);
	json = reply_json(device_ask(&rig, kiosk, "/api/v1/kiosk", NULL));
	assert_true(json_is_false(json_object_get(json, "ask_factors")));
	json_decref(json);
	assert_int_equal(
	    rig_run(&rig, "", "kiosk", "list", "--desk", "LH1", NULL), 0);
	assert_non_null(strstr(rig.said, "Mon-Fri 07:00-11:30"));
	assert_non_null(strstr(rig.said, "pin          set"));
	assert_null(strstr(rig.said, "argon2"));
}

static const char *
field_at(json_t *settings, size_t i)
{
	return member(
	    json_array_get(json_object_get(settings, "fields"), i), "code");
}

static void
rate_field(const char *field, const char *when)
{
	json_t *answer = new_answer("{\"desk\":\"LH1\"}");
	json_t *answers;
	char *text;

	json_object_set_new(answer, "field", json_string(field));
	json_object_set_new(answer, "answered_at", json_string(when));
	answers = json_pack("{s:[o]}", "answers", answer);
	text = json_dumps(answers, JSON_COMPACT);
	assert_status(
	    post(kiosk, NULL, "", "/api/v1/answers", text, strlen(text)), 200);
	json_decref(answers);
	free(text);
}

/* What was asked for most at this desk in the last month stands first; this
 * month changes nothing yet. */
static void
test_fields_of_last_month(void **state)
{
	struct civil date;
	char often[24], seldom[24], last[CIVIL_TIME_TEXT], now[CIVIL_TIME_TEXT];
	json_t *before, *after;
	size_t n;

	(void)state;
	assert_true(civil_set_zone("Asia/Ho_Chi_Minh")); /* the collector's */
	date = civil_from_day(civil_local_day(clock_now()));
	date.day = 1;
	civil_format_time(
	    civil_day_start(civil_to_day(date)) - 3600000, 420, last);
	civil_format_time(clock_now(), 420, now);
	before = reply_json(device_ask(&rig, kiosk, "/api/v1/kiosk", NULL));
	n = json_array_size(json_object_get(before, "fields"));
	assert_true(n > 4);
	snprintf(often, sizeof(often), "%s", field_at(before, n - 1));
	snprintf(seldom, sizeof(seldom), "%s", field_at(before, n - 3));
	rate_field(seldom, last);
	rate_field(often, last);
	rate_field(often, last);
	for (int i = 0; i < 3; i++)
		rate_field(field_at(before, 2), now);
	after = reply_json(device_ask(&rig, kiosk, "/api/v1/kiosk", NULL));
	assert_int_equal(json_array_size(json_object_get(after, "fields")), n);
	assert_string_equal(field_at(after, 0), often);
	assert_string_equal(field_at(after, 1), seldom);
	assert_string_equal(field_at(after, 2), field_at(before, 0));
	assert_string_equal(field_at(after, n - 1), field_at(before, n - 2));
	json_decref(before);
	json_decref(after);
}

/* A prepared language is refused while it has no words; they come without a
 * rebuild. */
static void
test_added_language(void **state)
{
	static const struct {
		const char *value;
		int before, after;
	} table[] = {
	    {"vi en", 0, 0},
	    {"vi cjm", 1, 0},
	    {"cjm vi en", 1, 0},
	    {"cjm", 1, 0},
	    {"vi rog", 1, 1},
	    {"vi kpm", 1, 1},
	    {"vi km", 1, 1},
	    {"vi  cjm", 1, 1},
	    {"", 1, 1},
	};
	char line[400];
	json_t *json;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		assert_int_equal(
		    set(NULL, "languages", table[i].value), table[i].before);
	snprintf(line, sizeof(line),
	    "mkdir -p %s/cjm && printf 'msgid \"kiosk.question\"\nmsgstr "
	    "\"?\"\n' | msgfmt -o %s/cjm/words.mo -",
	    languages, languages);
	assert_int_equal(system(line), 0);
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		assert_int_equal(
		    set(NULL, "languages", table[i].value), table[i].after);
	usleep(50000);
	json = reply_json(device_ask(&rig, kiosk, "/api/v1/kiosk", NULL));
	assert_string_equal(json_string_value(json_array_get(
				json_object_get(json, "languages"), 0)),
	    "cjm");
	json_decref(json);
	snprintf(line, sizeof(line), "rm -r %s", languages);
	assert_int_equal(system(line), 0);
}

static void
test_wrong_settings(void **state)
{
	(void)state;
	assert_int_equal(set(NULL, "reasons", "9"), 1);
	assert_non_null(strstr(rig.said, "reasons: one of: 0..5"));
	assert_int_equal(set("XX9", "qr", "yes"), 1);
	assert_non_null(strstr(rig.said, "no such desk: XX9"));
	assert_int_equal(set(NULL, "pin", "123456"), 1);
	assert_int_equal(rig_run(&rig, "12345\n", "kiosk", "pin", NULL), 1);
	assert_int_equal(rig_run(&rig, "abcdef\n", "kiosk", "pin", NULL), 1);
	assert_int_equal(rig_run(&rig, "", "kiosk", NULL), 2);
	assert_int_equal(rig_run(&rig, "", "kiosk", "set", "qr", NULL), 2);
}

/* ---------------------------------------------------------------- the clock */

static void
deliver(const char *clock, json_t *answer)
{
	json_t *answers = json_pack("{s:[o]}", "answers", answer);
	char *text = json_dumps(answers, JSON_COMPACT);

	assert_status(
	    post(kiosk, NULL, clock, "/api/v1/answers", text, strlen(text)),
	    200);
	json_decref(answers);
	free(text);
}

/* An answer of that boot, said mono ms after its start, by this wall clock. */
static json_t *
clocked(const char *boot, long long mono, const char *wall, bool synced)
{
	json_t *answer = new_answer("");

	json_object_set_new(answer, "clock",
	    json_pack("{s:s, s:I, s:b}", "boot", boot, "mono", (json_int_t)mono,
		"synced", synced));
	json_object_set_new(answer, "answered_at", json_string(wall));
	return answer;
}

static long long
count_where(const char *where)
{
	char sql[300];

	snprintf(
	    sql, sizeof(sql), "SELECT count(*) FROM answer WHERE %s", where);
	return atoll(rig_sql(&rig, sql));
}

static void
test_clocks(void **state)
{
	char clock[60], where[200];
	long long now = (long long)clock_now();

	(void)state;
	snprintf(clock, sizeof(clock), "boot-b %lld", MONO);
	/* 1970 in this boot: 100 s ago it was */
	deliver(clock, clocked("boot-b", MONO - 100000,
			   "1970-01-01T07:10:00+07:00", false));
	snprintf(where, sizeof(where),
	    "flags = 'clock_corrected' AND answered_at BETWEEN %lld AND %lld",
	    now - 130000, now - 70000);
	assert_int_equal(count_where(where), 1);
	assert_string_equal(
	    rig_sql(&rig, "SELECT said_at FROM answer_said"), "600000");
	/* 1970 in a boot that we heard before */
	deliver("boot-a 1000000", new_answer(""));
	deliver(clock,
	    clocked("boot-a", 400000, "1970-01-01T07:10:00+07:00", false));
	assert_int_equal(count_where("flags = 'clock_corrected'"), 2);
	/* 1970 in a boot that nobody heard: of arrival, and said so */
	deliver(clock,
	    clocked("boot-x", 400000, "1970-01-01T07:10:00+07:00", false));
	snprintf(where, sizeof(where),
	    "flags = 'clock_uncertain' AND answered_at >= %lld", now);
	assert_int_equal(count_where(where), 1);
	/* right all along */
	deliver(
	    clock, clocked("boot-b", MONO - 1000, time_from_now(-1000), true));
	assert_int_equal(count_where("flags = ''"), 2);
	assert_int_equal(count_where("answered_at < 1600000000000"), 0);
}

/* -------------------------------------------------------------- the counter */

static void
test_counter(void **state)
{
	const struct reply *reply;
	json_t *json;
	int seq;

	(void)state;
	for (seq = 1; seq <= 9; seq++)
		if (seq != 4 && seq != 5) {
			char members[40];

			snprintf(members, sizeof(members), "{\"seq\":%d}", seq);
			deliver("b 1", new_answer(members));
		}
	reply = post(kiosk, NULL, "b 1", "/api/v1/kiosk/heartbeat",
	    "{\"outbox\":0}", 12);
	json = reply_json(reply);
	assert_int_equal(json_integer_value(json_object_get(json, "seq")), 9);
	json_decref(json);
	assert_string_equal(
	    rig_sql(&rig, "SELECT ranges FROM device_seq"), "1-3 6-9");
	assert_int_equal(rig_run(&rig, "", "kiosk", "state", NULL), 0);
	assert_non_null(strstr(rig.said, " missing"));
	assert_null(strstr(rig.said, " twice"));
	deliver("b 1", new_answer("{\"seq\":4}"));
	deliver("b 1", new_answer("{\"seq\":5}"));
	rig_run(&rig, "", "kiosk", "state", NULL);
	assert_non_null(strstr(rig.said, " ok"));
	deliver("b 1", new_answer("{\"seq\":5}")); /* another answer */
	rig_run(&rig, "", "kiosk", "state", NULL);
	assert_non_null(strstr(rig.said, " twice"));
}

/* ---------------------------------------------------------------- the wreck */

static long long
bring(const char *name, long long at, const char *piece)
{
	const struct reply *reply;
	char path[200];
	long long bytes = -1;
	json_t *json;

	snprintf(path, sizeof(path), "/api/v1/kiosk/wreck?name=%s&at=%lld",
	    name, at);
	reply = post(kiosk, NULL, "", path, piece, strlen(piece));
	if (reply->status == 200) {
		json = reply_json(reply);
		bytes = json_integer_value(json_object_get(json, "bytes"));
		json_decref(json);
	}
	return bytes;
}

static void
test_wreck(void **state)
{
	char path[200], device[100], text[40];
	FILE *f;

	(void)state;
	assert_int_equal(bring("damaged-1", 0, "SQLite"), 6);
	assert_int_equal(bring("damaged-1", 0, "SQLite"), 6); /* again */
	assert_int_equal(bring("damaged-1", 9, "gap"), 6);
	assert_int_equal(bring("damaged-1", 6, " format 3"), 15);
	assert_int_equal(bring("../x", 0, "x"), -1);
	assert_int_equal(bring("damaged-1", -1, "x"), -1);
	strcpy(device, rig_sql(&rig, "SELECT id FROM device"));
	assert_int_equal(rig_run(&rig, "", "kiosk", "wreck", device, NULL), 0);
	assert_non_null(strstr(rig.said, "damaged-1 15"));
	snprintf(path, sizeof(path), "%s/wreck", rig.folder);
	assert_int_equal(rig_run(&rig, "", "kiosk", "wreck", device,
			     "damaged-1", "-o", path, NULL),
	    0);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_non_null(fgets(text, sizeof(text), f));
	fclose(f);
	assert_string_equal(text, "SQLite format 3");
	/* never over a file that is there */
	assert_int_equal(rig_run(&rig, "", "kiosk", "wreck", device,
			     "damaged-1", "-o", path, NULL),
	    1);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(test_enrolment),
	    CASE(test_settings),
	    CASE(test_fields_of_last_month),
	    CASE(test_added_language),
	    CASE(test_wrong_settings),
	    CASE(test_clocks),
	    CASE(test_counter),
	    CASE(test_wreck),
	};

	return cmocka_run_group_tests_name("server_kiosks", tests, NULL, NULL);
}
