/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every refusal that matters, once and many times, at the real collector: a
 * line in the log and a deed in the audit log, counted when there are many, and
 * nothing in either of what was sent. What is no attack leaves none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "shared/buf.h"

#define FORM   "Content-Type: application/x-www-form-urlencoded\r\n"
#define SECRET "canary0912345678"

static struct rig rig;
static struct person admin, viewer, manager;
static char *import, *revoked;

static int
setup(void **state)
{
	char words[80];

	(void)state;
	rig_make(&rig, "");
	import = rig_device(&rig, "import", NULL);
	revoked = rig_device(&rig, "sms", NULL);
	snprintf(words, sizeof(words), "%s",
	    rig_sql(&rig, "SELECT id FROM device WHERE kind = 'sms'"));
	assert_int_equal(rig_run(&rig, "", "device", "revoke", words, NULL), 0);
	person_add(&rig, "quan", "admin", NULL);
	person_add(&rig, "xem", "viewer", NULL);
	person_add(&rig, "xa", "manager", "22969");
	rig_serve(&rig);
	admin = person_sign_in(&rig, "quan");
	viewer = person_sign_in(&rig, "xem");
	manager = person_sign_in(&rig, "xa");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(import);
	free(revoked);
	rig_remove(&rig);
	return 0;
}

/* How many deeds of this act there are, of all its log lines as many. */
static int
told(const char *act)
{
	char sql[160], path[128], line[60];
	struct buf log;
	int deeds = 0, lines = 0;

	/* an errand is not waited for: whatever is committed behind it is */
	assert_status(get(&rig, "/healthz"), 200);
	free(rig_device(&rig, "viewer", NULL));
	snprintf(sql, sizeof(sql),
	    "SELECT count(*) FROM audit WHERE act = 'refusal.%s'", act);
	snprintf(path, sizeof(path), "%s/log", rig.folder);
	snprintf(line, sizeof(line), "refusal.%s: ", act);
	buf_init(&log);
	assert_true(buf_read_file(&log, path, 1 << 24));
	for (const char *at = buf_text(&log); (at = strstr(at, line)) != NULL;
	     at++)
		lines++;
	assert_null(strstr(buf_text(&log), SECRET));
	buf_finish(&log);
	for (int i = 0; i < RIG_PATIENCE * 100; i++) {
		deeds = atoi(rig_sql(&rig, sql));
		if (deeds >= lines)
			break;
		usleep(10000);
	}
	assert_int_equal(deeds, lines);
	return deeds;
}

enum asker { STRANGER, TOKEN, REVOKED, ADMIN, VIEWER, MANAGER };

static const struct refused {
	const char *act; /* NULL: none */
	enum asker who;
	const char *method, *path, *headers, *body;
	int status;
} table[] = {
    {"token", REVOKED, "POST", "/api/v1/sms/messages", "", "{}", 401},
    {"token", REVOKED, "GET", "/api/v1/scores", "", "", 401},
    {"token", STRANGER, "POST", "/api/v1/answers",
	"Authorization: Bearer " SECRET "\r\n", "{}", 401},
    {"kind", TOKEN, "POST", "/api/v1/sms/messages", "", "{}", 403},
    {"kind", TOKEN, "POST", "/api/v1/kiosk/heartbeat", "", "{}", 403},
    {"kind", TOKEN, "POST", "/staff/admin/people", FORM, "login=x", 403},
    {"elsewhere", STRANGER, "POST", "/f/LH1",
	FORM "Sec-Fetch-Site: cross-site\r\n", "overall=5", 403},
    {"elsewhere", ADMIN, "POST", "/staff/admin/people",
	FORM "Sec-Fetch-Site: cross-site\r\n", "login=x", 403},
    {"elsewhere", STRANGER, "POST", "/login",
	FORM "Sec-Fetch-Site: cross-site\r\n", "login=quan&password=x", 403},
    {"csrf", ADMIN, "POST", "/staff/admin/people", FORM, "login=x", 403},
    {"csrf", ADMIN, "POST", "/staff/admin/settings", FORM,
	"csrf=" SECRET "&login=x", 403},
    {"csrf", MANAGER, "POST", "/staff/queue", FORM, "act=count", 403},
    {"role", VIEWER, "GET", "/staff/admin/people", "", "", 403},
    {"role", VIEWER, "GET", "/staff/audit.csv", "", "", 403},
    {"role", MANAGER, "GET", "/staff/gateways", "", "", 403},
    {"unit", MANAGER, "GET", "/staff/units/22972", "", "", 404},
    {"unit", MANAGER, "GET",
	"/staff/cases/01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11", "", "", 404},
    {"haste", STRANGER, "POST", "/login", FORM "Hailong-Refused: 429\r\n",
	"login=" SECRET "&password=" SECRET, 429},
    {NULL, STRANGER, "GET", "/staff/", "", "", 303},
    {NULL, STRANGER, "GET", "/nowhere", "", "", 404},
    {NULL, ADMIN, "GET", "/staff/nowhere", "", "", 404},
    {NULL, STRANGER, "POST", "/f/LH1", FORM, "overall=9", 422},
    {NULL, STRANGER, "POST", "/login", FORM, "login=x", 422},
    {NULL, STRANGER, "GET", "/f/NONE", "", "", 404},
};

static int
send_refused(const struct refused *row)
{
	char headers[700] = "", bearer[120];

	switch (row->who) {
	case TOKEN:
	case REVOKED:
		snprintf(bearer, sizeof(bearer), "Authorization: Bearer %s\r\n",
		    row->who == TOKEN ? import : revoked);
		snprintf(
		    headers, sizeof(headers), "%s%s", bearer, row->headers);
		break;
	case STRANGER:
		snprintf(headers, sizeof(headers), "%s", row->headers);
		break;
	default:
		snprintf(headers, sizeof(headers), "%s%s",
		    row->who == ADMIN    ? admin.headers
		    : row->who == VIEWER ? viewer.headers
					 : manager.headers,
		    row->headers);
	}
	return ask(
	    &rig, row->method, row->path, headers, row->body, strlen(row->body))
	    ->status;
}

static int
all_told(void)
{
	return atoi(rig_sql(
	    &rig, "SELECT count(*) FROM audit WHERE act LIKE 'refusal.%'"));
}

static void
test_each(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const struct refused *row = &table[i];
		int before = row->act == NULL ? all_told() : told(row->act);
		int status = send_refused(row), after;

		if (status != row->status)
			fail_msg("row %zu, %s: %d", i, row->path, status);
		after = row->act == NULL ? all_told() : told(row->act);
		if (after != before + (row->act != NULL))
			/* the same kind, asker and route: counted */
			fail_msg("row %zu, %s: %d deeds, then %d", i, row->path,
			    before, after);
	}
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM audit WHERE "
			  "login || object || after LIKE '%canary%'"),
	    "0");
}

/* 150 forms without the session's value, and 60 wrong passwords. */
static void
test_many(void **state)
{
	static const struct refused forged = {"csrf", VIEWER, "POST",
	    "/staff/account/sessions", FORM, "csrf=" SECRET, 403};
	static const struct refused guess = {"guess", STRANGER, "POST",
	    "/login", FORM, "login=" SECRET "&password=" SECRET, 403};

	(void)state;
	for (int i = 0; i < 150; i++)
		assert_int_equal(send_refused(&forged), 403);
	assert_int_equal(told("csrf"), 3); /* the 1st, 10th, 100th */
	assert_string_equal(
	    rig_sql(&rig, "SELECT after FROM audit WHERE act = "
			  "'refusal.csrf' ORDER BY id DESC LIMIT 1"),
	    "{\"failed\":100}");
	for (int i = 0; i < 6; i++)
		assert_int_equal(send_refused(&guess), 403);
	assert_int_equal(told("guess"), 1); /* the 5th */
}

/* How often the collector's log has this line. */
static int
log_has(const char *line)
{
	char path[128];
	struct buf log;
	int n = 0;

	snprintf(path, sizeof(path), "%s/log", rig.folder);
	buf_init(&log);
	assert_true(buf_read_file(&log, path, 1 << 24));
	for (const char *at = buf_text(&log); (at = strstr(at, line)) != NULL;
	     at++)
		n++;
	buf_finish(&log);
	return n;
}

/* What commands do while the collector runs stands in its log as what pages do:
 * each link of the chain once, with its hash. */
static void
test_commands_are_told(void **state)
{
	char sql[300], line[200], first[20];

	(void)state;
	snprintf(first, sizeof(first), "%s",
	    rig_sql(&rig, "SELECT seq FROM audit_head"));
	for (int i = 0; i < 3; i++)
		free(rig_device(&rig, "viewer", NULL));
	assert_int_equal(
	    rig_run(&rig, "", "setting", "set", "kiosk_pace", "40", NULL), 0);
	for (int i = 0; i < 4; i++) {
		snprintf(sql, sizeof(sql),
		    "SELECT 'audit ' || l.seq || ' ' || l.hash || ' ' || "
		    "a.place || ' ' || a.act FROM audit_link l JOIN audit a ON "
		    "a.id = l.id WHERE a.place = 'command' AND l.seq > %s "
		    "ORDER BY l.seq LIMIT 1 OFFSET %d",
		    first, i);
		snprintf(line, sizeof(line), "%s", rig_sql(&rig, sql));
		assert_non_null(strstr(line, " command "));
		for (int k = 0; k < RIG_PATIENCE * 10 && log_has(line) == 0;
		     k++) {
			/* a collector that nobody asks sleeps */
			assert_status(get(&rig, "/healthz"), 200);
			usleep(100000);
		}
		assert_int_equal(log_has(line), 1);
	}
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	static const struct CMUnitTest tests[] = {
	    TEST(test_each),
	    TEST(test_many),
	    TEST(test_commands_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
