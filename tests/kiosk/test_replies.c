/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each of the kiosk's readers takes for the collector's reply: its own,
 * and none of the table of foreign ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include "kiosk/heartbeat.h"
#include "kiosk/replies.h"
#include "tests/shared/foreign_replies.h"

#define FILE_SIZE 1000

static bool
takes_beat(const struct reply *reply)
{
	struct heartbeat_reply news;

	return heartbeat_read(reply, &news);
}

static bool
takes_call(const struct reply *reply)
{
	struct reply_call call;
	bool taken = reply_call_read(reply, 6, &call);

	if (taken)
		reply_call_finish(&call);
	return taken;
}

static bool
takes_settings(const struct reply *reply)
{
	struct settings *s = reply_settings(reply, LANG_VI);
	bool taken = s != NULL;

	settings_free(s);
	return taken;
}

static bool
takes_piece(const struct reply *reply)
{
	return reply_piece(reply, FILE_SIZE) >= 0;
}

static bool
takes_enrolment(const struct reply *reply)
{
	json_t *json;
	enum reply_enrolment said = reply_enrolment(reply, &json);

	json_decref(json);
	return said != REPLY_ENROL_NONE;
}

static const struct {
	const char *name;
	bool (*takes)(const struct reply *reply);
	const char *right; /* a reply of the collector */
} readers[] = {
    {"heartbeat", takes_beat,
	"{\"time\":\"2026-11-22T13:46:41+07:00\",\"seq\":812}"},
    {"call", takes_call,
	"{\"number\":7,\"token\":\"abc\",\"knows_field\":true,"
	"\"lasts_ms\":60000}"},
    {"the last call's end", takes_call,
	"{\"number\":7,\"token\":\"\",\"knows_field\":false,"
	"\"lasts_ms\":0}"},
    {"settings", takes_settings,
	"{\"desk\":{\"code\":\"LH1\",\"name\":\"Một cửa\"},"
	"\"form\":{\"code\":\"one-stop\",\"version\":1,"
	"\"overall\":{\"code\":\"overall\",\"vi\":\"?\"},"
	"\"criteria\":[],\"reasons\":[]},\"languages\":[\"vi\"]}"},
    {"piece", takes_piece, "{\"bytes\":1000}"},
    {"enrolment that waits", takes_enrolment,
	"{\"status\":\"waiting\",\"expires_s\":600,"
	"\"address\":\"https://hailong.example/staff/devices?code=A\"}"},
    {"enrolment approved", takes_enrolment,
	"{\"status\":\"approved\",\"device\":\"d\",\"desk\":\"LH1\","
	"\"token\":\"abc\",\"key\":\"def\"}"},
};
#define READERS (sizeof(readers) / sizeof(readers[0]))

static void
assert_taken(size_t i, const struct reply *reply, bool taken, const char *what)
{
	if (readers[i].takes(reply) != taken)
		fail_msg("%s: %s %s", readers[i].name, what,
		    taken ? "is not taken" : "is taken");
}

static void
test_right_replies(void **state)
{
	static const char *const types[] = {
	    NULL, "", "application/json", "application/json; charset=utf-8"};

	(void)state;
	for (size_t i = 0; i < READERS; i++)
		for (size_t k = 0; k < sizeof(types) / sizeof(types[0]); k++)
			assert_taken(i,
			    &(struct reply){200, types[k], readers[i].right},
			    true, "its own");
}

static void
test_foreign_replies(void **state)
{
	(void)state;
	for (size_t i = 0; i < READERS; i++)
		for (size_t k = 0; k < foreign_reply_count; k++) {
			const struct foreign_reply *f = &foreign_replies[k];

			assert_taken(i,
			    &(struct reply){f->status, f->type, f->body}, false,
			    f->name);
		}
}

/* Its own words with another status or type, or cut anywhere. */
static void
test_framed(void **state)
{
	(void)state;
	for (size_t i = 0; i < READERS; i++) {
		char *text = strdup(readers[i].right);

		for (size_t k = 0; k < foreign_frame_count; k++)
			assert_taken(i,
			    &(struct reply){foreign_frames[k].status,
				foreign_frames[k].type, text},
			    false, "another frame");
		for (size_t n = strlen(text); n-- > 0;) {
			text[n] = '\0';
			assert_taken(i, &(struct reply){200, NULL, text}, false,
			    "a cut reply");
		}
		free(text);
	}
}

/* A cache gives the call that was there before. */
static void
test_same_call(void **state)
{
	struct reply reply = {200, NULL, readers[1].right};
	struct reply_call call;

	(void)state;
	assert_false(reply_call_read(&reply, 7, &call));
	assert_true(reply_call_read(&reply, -1, &call));
	assert_int_equal(call.number, 7);
	assert_int_equal(call.lasts_ms, 60000);
	assert_true(call.knows_field);
	reply_call_finish(&call);
}

static void
test_taken_code(void **state)
{
	static const struct {
		int status;
		const char *body;
		enum reply_enrolment said;
	} cases[] = {
	    {409, "{\"error\":{\"code\":\"code_taken\"}}", REPLY_ENROL_TAKEN},
	    {409, "{\"error\":{\"code\":\"conflict\"}}", REPLY_ENROL_NONE},
	    {409, "{\"error\":\"code_taken\"}", REPLY_ENROL_NONE},
	    {409, "{}", REPLY_ENROL_NONE},
	    {409, "<html>409</html>", REPLY_ENROL_NONE},
	    {200, "{\"error\":{\"code\":\"code_taken\"}}", REPLY_ENROL_NONE},
	    {429, "{\"error\":{\"code\":\"code_taken\"}}", REPLY_ENROL_NONE},
	};
	json_t *json;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct reply reply = {cases[i].status, NULL, cases[i].body};

		assert_int_equal(reply_enrolment(&reply, &json), cases[i].said);
		assert_null(json);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_right_replies),
	    cmocka_unit_test(test_foreign_replies),
	    cmocka_unit_test(test_framed),
	    cmocka_unit_test(test_same_call),
	    cmocka_unit_test(test_taken_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
