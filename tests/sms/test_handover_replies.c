/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two tables of replies at the gateway: what messages and reports make of a
 * reply to their batch, and that no poll and no post acts on what is not the
 * collector's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include "tests/shared/foreign_replies.h"
#include "tests/shared/reply_cases.h"
#include "tests/sms/handover_twin.h"
#include "tests/sms/parts.h"

#define NOW   TWIN_NOW
#define PHONE TWIN_PHONE
#define ID_A  "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11"
#define ID_B  "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a12"
#define BEAT  "{\"time\":\"2026-11-22T13:46:41+07:00\""

static struct spool_message
whole_text(const char *id, const char *text)
{
	struct spool_message m = {.modem = "kannel",
	    .from = PHONE,
	    .text = text,
	    .received_at = NOW,
	    .sent_at = NOW};

	memcpy(m.id, id, UUID_TEXT);
	return m;
}

static void
text_id(char out[UUID_TEXT])
{
	struct uuid id;

	uuid_new(&id);
	uuid_format(&id, out);
}

/* The table that kiosk and gateway have in common: what leaves the spool, and
 * that the rest arrives afterwards. */
static void
test_reply_cases(void **state)
{
	struct spool_message list[] = {
	    whole_text(ID_A, "LH1 5"), whole_text(ID_B, "LH1 4")};
	char *text;

	(void)state;
	for (size_t i = 0; i < reply_case_count; i++) {
		const struct reply_case *c = &reply_cases[i];
		size_t refused = refused_messages() + reply_case_refused(c);

		text_id(list[0].id);
		text_id(list[1].id);
		assert_true(spool_take(spool, list, 2));
		text = reply_case_body(c, list[0].id, list[1].id);
		answer_status = c->status;
		answer_type = c->type == NULL ? "" : c->type;
		answer_text = text;
		for (int turn = 0; turn < 6; turn++) {
			h.messages.again_at = 0;
			handover_messages(&h);
		}
		if (waiting_messages() != 2 - reply_case_leave(c))
			fail_msg("%s: %zu wait", c->name, waiting_messages());
		answer_status = 200;
		answer_type = "application/json";
		answer_text = NULL;
		take_all_turns(4);
		assert_int_equal(waiting_messages(), 0);
		assert_int_equal(refused_messages(), refused);
		free(text);
	}
}

/* ------------------------------------------------------------------ reports */

/* So many messages that the modem could not send, which are to be reported. */
static void
fail_to_send(const char *const *ids, size_t n)
{
	struct spool_turn gsm1 = turn_of_modem("gsm1");
	struct spool_outgoing out;
	bool found;

	for (size_t i = 0; i < n; i++) {
		queue_text(spool, ids[i], PHONE, "Cam on", NOW);
		spool_claim(spool, &gsm1, NOW, &out, &found);
		assert_true(found);
		assert_true(spool_outcome(
		    spool, ids[i], SPOOL_NOT_SENT, 21, NOW + (int64_t)i));
	}
}

static size_t
untold_reports(void)
{
	struct spool_report *reports;
	struct arena a;
	size_t n;

	arena_init(&a);
	assert_true(spool_unreported(spool, &a, 0, 1000, &reports, &n));
	arena_finish(&a);
	return n;
}

static void
report_turns(int turns)
{
	while (turns-- > 0) {
		h.reports.again_at = 0;
		handover_reports(&h);
	}
}

/* The same table for reports: what the collector has not named waits. */
static void
test_report_cases(void **state)
{
	char ids[2][UUID_TEXT], *text;
	const char *const list[] = {ids[0], ids[1]};

	(void)state;
	for (size_t i = 0; i < reply_case_count; i++) {
		const struct reply_case *c = &reply_cases[i];

		text_id(ids[0]);
		text_id(ids[1]);
		fail_to_send(list, 2);
		text = reply_case_body(c, ids[0], ids[1]);
		answer_status = c->status;
		answer_type = c->type == NULL ? "" : c->type;
		answer_text = text;
		report_turns(6);
		if (untold_reports() != 2 - reply_case_leave(c))
			fail_msg("%s: %zu wait", c->name, untold_reports());
		answer_status = 200;
		answer_type = "application/json";
		answer_text = NULL;
		report_turns(6);
		assert_int_equal(untold_reports(), 0);
		free(text);
	}
}

/* One report that spoils the batch is found by halves; the others go over, and
 * it is let go only when they did. */
static void
test_spoiled_reports(void **state)
{
	char ids[40][UUID_TEXT];
	const char *list[40];
	int turns;

	(void)state;
	for (size_t i = 0; i < 40; i++) {
		text_id(ids[i]);
		list[i] = ids[i];
	}
	fail_to_send(list, 40);
	poison = ids[17];
	answer_status = 200;
	answer_text = NULL;
	for (turns = 0; turns < 100 && untold_reports() > 0; turns++)
		report_turns(1);
	assert_in_range(turns, 10, 30);
	text_id(ids[17]);
	fail_to_send(list + 17, 1); /* alone it may be the line: it waits */
	report_turns(20);
	assert_int_equal(untold_reports(), 1);
	poison = "poison";
}

/* ---------------------------------------------- what is not the collector's */

/* Every poll and post once; what the spool holds afterwards. */
static void
ask_all(const char *what)
{
	static enum handover_result (*const all[])(struct handover *) = {
	    handover_messages, handover_reports, handover_outbox,
	    handover_heartbeat};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		unsigned before = h.failures;

		if (all[i](&h) != HANDOVER_FAILED)
			fail_msg("%s: taken by %s", what, asked);
		/* a heartbeat's failure is not the line's */
		if (h.failures != before + (i < 3))
			fail_msg("%s: not counted: %s", what, asked);
	}
	if (waiting_messages() != 1 || refused_messages() != 1 ||
	    untold_reports() != 1 || spool_depth(spool) != 1)
		fail_msg("%s: changes the spool", what);
}

static void
test_foreign_replies(void **state)
{
	static const char *const sent[] = {ID_A},
				 *const rights[] = {"{\"messages\":[]}",
				     BEAT ",\"resend\":1795330000009}"};

	(void)state;
	wrote(1, "5");
	answer_status = 200;
	answer_text = "{\"results\":[{\"id\":\"%\",\"status\":\"invalid\"}]}";
	assert_int_equal(handover_messages(&h), HANDOVER_DONE);
	wrote(2, "4");
	fail_to_send(sent, 1);
	queue_text(spool, ID_B, PHONE, "Cam on", NOW);
	for (size_t i = 0; i < foreign_reply_count; i++) {
		const struct foreign_reply *f = &foreign_replies[i];

		answer_status = f->status;
		answer_type = f->type;
		answer_text = f->body;
		ask_all(f->name);
	}
	for (size_t i = 0; i < foreign_frame_count; i++)
		for (size_t k = 0; k < 2; k++) {
			answer_status = foreign_frames[i].status;
			answer_type = foreign_frames[i].type;
			answer_text = rights[k];
			ask_all("another frame");
		}
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, twin_setup, twin_teardown)
	const struct CMUnitTest tests[] = {
	    CASE(test_reply_cases),
	    CASE(test_report_cases),
	    CASE(test_spoiled_reports),
	    CASE(test_foreign_replies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
