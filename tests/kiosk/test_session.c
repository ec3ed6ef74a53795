/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From a touch to the row on disk, without a display and without a collector:
 * what the answer says, when it may be sent, what a restart finds.
 */
#include "kiosk/session.h"

#include <errno.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "kiosk/durable_file.h"
#include "kiosk/heartbeat.h"
#include "kiosk/identity.h"
#include "shared/more_token.h"
#include "shared/answer.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/outbox.h"

#define NOW 1790000000000 /* 2026-09-21T20:13:20+07:00 */

static char folder[64], path[96];
static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	clock_set(NOW);
	strcpy(folder, "/tmp/hailong-session-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/outbox.db", folder);
	return 0;
}

static int
teardown(void **state)
{
	char command[96];

	(void)state;
	clock_set(-1);
	arena_finish(&arena);
	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	return system(command);
}

/* Settings as they were kept, quick enough for a test. */
static void
keep_settings(const char *more)
{
	char file[128], json[2000];

	snprintf(file, sizeof(file), "%s.settings", path);
	snprintf(json, sizeof(json), "%s%s}",
	    "{\"desk\":{\"code\":\"LH1\",\"name\":\"Liên Hương\"},"
	    "\"form\":{\"code\":\"one-stop\",\"version\":2,"
	    "\"overall\":{\"vi\":\"?\"},\"reasons\":["
	    "{\"code\":\"waiting\",\"vi\":\"a\"},"
	    "{\"code\":\"late\",\"vi\":\"b\"}],\"criteria\":["
	    "{\"code\":\"access\",\"vi\":\"a\"},"
	    "{\"code\":\"result\",\"vi\":\"b\"}]},"
	    "\"languages\":[\"vi\",\"en\"],\"fields\":["
	    "{\"code\":\"dat-dai\",\"vi\":\"a\"},"
	    "{\"code\":\"ho-tich\",\"vi\":\"b\"}],"
	    "\"public_url\":\"https://x\","
	    "\"lock_ms\":0,\"thanks_ms\":1000",
	    more);
	assert_true(durable_file_write(file, json));
}

static struct session *
start(void)
{
	static struct identity identity;
	const struct session_settings settings = {.url = "",
	    .token = "",
	    .outbox = path,
	    .lang = LANG_VI,
	    .identity = &identity};

	return session_start(&settings);
}

/* The only row of the outbox, read as the collector reads it; due tells
 * whether the courier could have it now. */
static struct answer
only_row(bool *due)
{
	struct outbox *o = outbox_open(path);
	struct outbox_row *rows;
	struct answer answer;
	char error[LIMIT_ERROR_BYTES];
	int64_t depth, oldest;
	const struct node *node;
	bool has_id;
	size_t n;

	assert_non_null(o);
	assert_true(outbox_depth(o, &depth, &oldest));
	assert_int_equal(depth, 1);
	rows = outbox_due(o, 0, 5, &n);
	*due = n == 1;
	if (!*due) {
		outbox_close(o);
		memset(&answer, 0, sizeof(answer));
		return answer;
	}
	node = json_read(
	    &arena, rows[0].body, strlen(rows[0].body), error, sizeof(error));
	if (!answer_read(node, &arena, &answer, &has_id, error))
		fail_msg("%s", error);
	outbox_rows_free(rows, n);
	outbox_close(o);
	return answer;
}

static void
test_whole_answer(void **state)
{
	struct session *s;
	struct answer a;
	bool due;

	(void)state;
	keep_settings(",\"ask_field\":true");
	s = start();
	assert_non_null(s);
	assert_true(session_event(s, FLOW_LANGUAGE, LANG_EN));
	assert_true(session_event(s, FLOW_FACE, 2));
	assert_int_equal(session_flow(s)->screen, FLOW_FIELD);
	assert_true(session_event(s, FLOW_CHOOSE, 1));
	assert_true(session_event(s, FLOW_TOGGLE, 1));
	assert_false(session_event(s, FLOW_FACE, 5));
	assert_true(session_event(s, FLOW_SEND, 0));
	only_row(&due);
	assert_false(due); /* held while "again" is offered */
	session_stop(s);
	a = only_row(&due);
	assert_true(due);
	assert_string_equal(a.form, "one-stop");
	assert_int_equal(a.form_version, 2);
	assert_string_equal(a.desk, "LH1");
	assert_string_equal(a.field, "ho-tich");
	assert_int_equal(answer_score(&a, "overall"), 2);
	assert_int_equal(a.nreasons, 1);
	assert_string_equal(a.reasons[0], "late");
	assert_string_equal(a.lang, "en");
	assert_int_equal(a.answered_at, NOW);
	assert_int_equal(a.offset, 420);
	assert_int_equal(a.seq, 1);
	assert_int_equal(a.nflags, 0);
	assert_null(a.token);
	assert_string_equal(a.clock.boot, clock_boot());
	assert_in_range(a.clock.mono, 1, clock_mono());
}

#define MORE_KEY "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"

/* What is true of the presses is said, and a QR has a token of its own. */
static void
test_flags_and_token(void **state)
{
	struct session *s;
	struct answer a;
	bool due;

	(void)state;
	keep_settings(",\"qr_s\":10,\"ask_factors\":true,\"ask_field\":false"
		      ",\"more_key\":\"" MORE_KEY "\"");
	s = start();
	session_fingers(s, 2);
	assert_true(session_event(s, FLOW_FACE, 5));
	session_fingers(s, 1);
	assert_true(session_event(s, FLOW_SCORE, 0));
	assert_true(session_event(s, FLOW_SCORE, 3));
	assert_true(session_event(s, FLOW_AGAIN, 0));
	assert_true(session_event(s, FLOW_FACE, 1));
	session_stop(s);
	a = only_row(&due);
	assert_int_equal(a.nflags, 3);
	assert_string_equal(a.flags[2], "first_5");
	assert_string_equal(a.flags[0], "multi_touch");
	assert_string_equal(a.flags[1], "corrected");
	assert_true(more_token_holds(MORE_KEY, a.token));
	assert_int_equal(a.nscores, 1); /* the first choice's are gone */
}

static void
test_factors(void **state)
{
	struct session *s;
	struct answer a;
	bool due;

	(void)state;
	keep_settings(",\"ask_factors\":true,\"ask_field\":false");
	s = start();
	session_event(s, FLOW_FACE, 5);
	assert_true(session_event(s, FLOW_SCORE, 0));
	assert_true(session_event(s, FLOW_SCORE, 3));
	assert_int_equal(session_flow(s)->screen, FLOW_THANKS);
	session_stop(s);
	a = only_row(&due);
	assert_int_equal(answer_score(&a, "access"), 0);
	assert_int_equal(answer_score(&a, "result"), 3);
}

/* The device is made new: nothing but answers stays. */
static void
test_forget(void **state)
{
	struct session *s;
	char file[128];
	bool due;

	(void)state;
	keep_settings(",\"ask_field\":false");
	s = start();
	session_event(s, FLOW_FACE, 5);
	assert_true(session_forget(s));
	snprintf(file, sizeof(file), "%s.settings", path);
	assert_int_equal(access(file, F_OK), -1);
	session_stop(s);
	only_row(&due);
}

/* The first touch is on disk although the power goes right after it. */
static void
test_first_touch_counts(void **state)
{
	struct session *s;
	struct answer a;
	bool due;

	(void)state;
	keep_settings(",\"ask_field\":true");
	s = start();
	session_event(s, FLOW_FACE, 5);
	only_row(&due);
	assert_false(due);
	session_stop(s); /* asked to end: the open answer is released */
	a = only_row(&due);
	assert_int_equal(answer_score(&a, "overall"), 5);
	assert_null(a.field);
}

static void
test_release_after_thanks(void **state)
{
	struct session *s;
	bool due;
	int i;

	(void)state;
	keep_settings(",\"ask_field\":true");
	s = start();
	session_event(s, FLOW_FACE, 4);
	session_event(s, FLOW_SKIP, 0);
	assert_int_equal(session_flow(s)->screen, FLOW_THANKS);
	for (i = 0; i < 600 && !flow_idle(session_flow(s)); i++) {
		usleep(100000);
		session_tick(s);
	}
	only_row(&due);
	assert_true(due);
	session_stop(s);
}

static void
test_without_settings(void **state)
{
	struct session *s = start();
	struct answer a;
	bool due;
	int i;

	(void)state;
	assert_non_null(s);
	for (i = 0; i < 600 && !session_event(s, FLOW_FACE, 5); i++)
		usleep(100000); /* the first 800 ms */
	assert_int_equal(session_flow(s)->screen, FLOW_THANKS);
	session_stop(s);
	a = only_row(&due);
	assert_null(a.desk);
	assert_null(a.field);
	assert_string_equal(a.form, "one-stop");
}

/* What was refused, by an older version too, is offered and sent again. */
static void
test_resend(void **state)
{
	struct session_state is;
	struct session *s;
	struct outbox *o;
	struct outbox_row *rows;
	size_t n;
	bool due;

	(void)state;
	keep_settings(",\"ask_field\":false");
	s = start();
	session_event(s, FLOW_FACE, 5);
	session_stop(s);
	o = outbox_open(path);
	rows = outbox_due(o, 0, 5, &n);
	assert_int_equal(n, 1);
	assert_true(outbox_refused(
	    o, &rows[0].id, "the request was refused: HTTP 400"));
	outbox_rows_free(rows, n);
	outbox_close(o);
	s = start();
	session_state(s, &is);
	assert_int_equal(is.refused, 1);
	assert_int_equal(session_resend(s), 1);
	session_state(s, &is);
	assert_int_equal(is.refused, 0);
	assert_int_equal(is.unsent, 1);
	assert_int_equal(session_resend(s), 0);
	session_stop(s);
	only_row(&due);
	assert_true(due);
}

/* A page of a portal is no heartbeat's reply. */
static void
test_heartbeat_reply(void **state)
{
	static const struct {
		const char *text;
		bool ours;
		int64_t seq, resend;
	} cases[] = {
	    {"{\"time\":\"2026-09-21T20:13:20+07:00\"}", true, 0, 0},
	    {"{\"time\":\"2026-09-21T20:13:20+07:00\",\"seq\":812}", true, 812,
		0},
	    {"{\"time\":\"2026-09-21T20:13:20+07:00\",\"seq\":1,"
	     "\"resend\":1790000000000}",
		true, 1, NOW},
	    {"{\"time\":\"2026-09-21T20:13:20+07:00\",\"resend\":-1}", true, 0,
		0},
	    {"{\"time\":\"now\"}", false, 0, 0},
	    {"<html>log in</html>", false, 0, 0},
	    {"{}", false, 0, 0},
	    {"[]", false, 0, 0},
	    {"", false, 0, 0},
	};
	struct heartbeat_reply reply;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(
		    heartbeat_read(
			&(struct reply){200, NULL, cases[i].text}, &reply),
		    cases[i].ours);
		assert_int_equal(reply.seq, cases[i].seq);
		assert_int_equal(reply.resend, cases[i].resend);
	}
}

static void
test_wrong_path(void **state)
{
	(void)state;
	strcat(path, "/no/where.db");
	assert_null(start());
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(test_whole_answer),
	    CASE(test_flags_and_token),
	    CASE(test_factors),
	    CASE(test_forget),
	    CASE(test_first_touch_counts),
	    CASE(test_release_after_thanks),
	    CASE(test_without_settings),
	    CASE(test_resend),
	    CASE(test_heartbeat_reply),
	    CASE(test_wrong_path),
	};

	if (!civil_set_zone("Asia/Ho_Chi_Minh"))
		return 1;
	return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
