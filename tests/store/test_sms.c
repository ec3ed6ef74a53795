/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages in and out, invitations, and what a person reads, on both engines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/store/answers.h"
#include "server/store/dossier/dossiers.h"
#include "server/store/messages/invitations.h"
#include "server/store/messages/sms.h"
#include "server/store/messages/sms_decisions.h"
#include "shared/arena.h"
#include "tests/kit/store_parts.h"

#include <string.h>
#include "tests/db/engines.h"

static void
sms(struct sms_in *m, unsigned n)
{
	memset(m, 0, sizeof(*m));
	m->id = numbered(n);
	m->device = "gateway";
	m->text = "LH1 5 cảm ơn";
	m->kind = "score";
	m->received_at = STORE_NOW + (int64_t)n;
	m->reader = 1;
	memset(m->sender, 's', sizeof(m->sender));
	memset(m->digest, (int)n, sizeof(m->digest));
}

/* A message that stands so with a person. */
static void
add_message(struct db *db, unsigned n, enum sms_person person, const char *unit)
{
	const struct sms_deed deed = {"person", "", unit, "", person, ""};
	struct sms_in m;

	sms(&m, n);
	assert_int_equal(store_sms_in(db, &m), STORED);
	assert_true(store_sms_in_deed(db, &m.id, &deed));
}

static void
test_sms_in(void **state)
{
	struct db *db = fresh_store();
	uint8_t stranger[TOKEN_HASH] = {1};
	struct uuid answer = numbered(50), id;
	struct sms_answer last;
	const char *before;
	struct sms_in m;
	struct entry e;
	struct arena a;
	int64_t at;

	(void)state;
	arena_init(&a);
	sms(&m, 1);
	assert_int_equal(store_sms_in(db, &m), STORED);
	assert_int_equal(store_sms_in(db, &m), STORED_DUPLICATE);
	m.digest[0]++;
	assert_int_equal(store_sms_in(db, &m), STORED_CONFLICT);
	assert_int_equal(
	    store_sms_last_answer(db, &a, m.sender, STORE_NOW, &last),
	    STEP_DONE);
	fill_entry(&e, 50);
	e.comment = "cảm ơn";
	e.plain = "cam on";
	store_one(db, &e);
	assert_true(store_sms_in_answer(db, &m.id, &answer, NULL));
	assert_int_equal(
	    store_sms_last_answer(db, &a, m.sender, STORE_NOW, &last),
	    STEP_ROW);
	assert_int_equal(uuid_compare(&last.id, &answer), 0);
	assert_string_equal(last.desk, "LH1");
	assert_string_equal(last.scores, e.scores);
	assert_string_equal(last.reasons, "waiting");
	assert_string_equal(last.comment, "cảm ơn");
	assert_int_equal(last.day, e.day);
	assert_int_equal(
	    store_sms_last_answer(db, &a, stranger, STORE_NOW, &last),
	    STEP_DONE);
	assert_int_equal(
	    store_sms_last_answer(db, &a, m.sender, STORE_NOW + 2, &last),
	    STEP_DONE);
	assert_int_equal(
	    store_sms_day_answer(db, m.sender, "LH1", e.day, &id, &at),
	    STEP_ROW);
	assert_int_equal(at, e.answered_at);
	assert_int_equal(
	    store_sms_day_answer(db, m.sender, "LH1", e.day + 1, &id, &at),
	    STEP_DONE);
	assert_int_equal(
	    store_sms_day_answer(db, m.sender, "TP1", e.day, &id, &at),
	    STEP_DONE);
	set_aside(db, 50, true); /* counts no more, so it is not the last one */
	assert_int_equal(
	    store_sms_last_answer(db, &a, m.sender, STORE_NOW, &last),
	    STEP_DONE);
	id = numbered(2);
	assert_int_equal(
	    store_sms_last_text(db, &a, m.sender, 0, &id, &before, &at),
	    STEP_ROW);
	assert_string_equal(before, m.text);
	assert_int_equal(at, m.received_at);
	arena_finish(&a);
	db_close(db);
}

static void
test_sms_out(void **state)
{
	struct db *db = fresh_store();
	struct sms_out m = {.phone = "+84912345678",
	    .text = "Cam on",
	    .cause = "sms.thanks",
	    .sender = "s"};
	const int64_t now = STORE_NOW;
	struct uuid unknown = numbered(999);
	struct sms_out *list;
	struct arena a;
	bool known, changed;
	size_t n;

	(void)state;
	arena_init(&a);
	for (unsigned i = 0; i < 3; i++) {
		m.id = numbered(i + 1);
		m.created_at =
		    STORE_NOW - (int64_t)i; /* the last is the oldest */
		assert_true(store_sms_out(db, &m));
	}
	assert_int_equal(
	    store_sms_recent(db, m.sender, NULL, STORE_NOW - 1), 2);
	assert_int_equal(store_sms_recent(db, m.sender, "sms.thanks", 0), 3);
	assert_int_equal(store_sms_recent(db, m.sender, "sms.help", 0), 0);
	assert_true(store_sms_queued(db, &a, 2, now, &list, &n));
	assert_int_equal(n, 2);
	assert_memory_equal(list[0].id.bytes, numbered(3).bytes, 16);
	assert_string_equal(list[0].phone, "+84912345678");
	assert_true(store_sms_end(
	    db, &list[0].id, "sent", STORE_NOW, &known, &changed));
	assert_true(known);
	assert_true(store_sms_end(
	    db, &list[0].id, "failed", STORE_NOW, &known, &changed));
	assert_true(known); /* a repeat is fine, and changes nothing */
	assert_false(changed);
	assert_true(store_sms_end(
	    db, &list[0].id, "delivered", STORE_NOW, &known, &changed));
	assert_true(changed);
	assert_true(store_sms_end(
	    db, &list[0].id, "undelivered", STORE_NOW, &known, &changed));
	assert_false(changed);
	assert_true(
	    store_sms_end(db, &unknown, "sent", STORE_NOW, &known, &changed));
	assert_false(known);
	assert_true(store_sms_queued(db, &a, 10, now, &list, &n));
	assert_int_equal(n, 2);
	for (unsigned i = 0; i < 2; i++)
		assert_true(store_sms_end(
		    db, &list[i].id, "unknown", STORE_NOW, &known, &changed));
	assert_true(store_sms_queued(db, &a, 10, now, &list, &n));
	assert_int_equal(n, 0);
	assert_int_equal(store_sms_recent(db, m.sender, NULL, 0), 3);
	assert_true(store_sms_optout(db, m.sender, true, STORE_NOW));
	assert_true(store_sms_optout(db, m.sender, true, STORE_NOW));
	assert_true(store_sms_optout(db, m.sender, false, STORE_NOW));
	assert_true(store_sms_optout(db, m.sender, false, STORE_NOW));
	arena_finish(&a);
	db_close(db);
}

/* Replies at any hour, invitations until their time; taken back on request. */
static void
test_until(void **state)
{
	struct db *db = fresh_store();
	struct sms_out m = {.phone = "sealed",
	    .text = "Ho so",
	    .cause = "sms.invite",
	    .sender = "s",
	    .dossier = "D1",
	    .created_at = STORE_NOW,
	    .until_at = STORE_NOW + 10};
	struct sms_out *list;
	struct arena a;
	int64_t asked;
	size_t n;

	(void)state;
	arena_init(&a);
	m.id = numbered(1);
	assert_true(store_sms_out(db, &m));
	m.id = numbered(2);
	m.dossier = NULL;
	m.until_at = 0;
	m.cause = "sms.followup";
	assert_true(store_sms_out(db, &m));
	assert_true(store_sms_queued(db, &a, 9, STORE_NOW + 9, &list, &n));
	assert_int_equal(n, 2);
	assert_int_equal(list[0].until_at, STORE_NOW + 10);
	assert_int_equal(list[1].until_at, 0);
	assert_true(store_sms_queued(db, &a, 9, STORE_NOW + 10, &list, &n));
	assert_int_equal(n, 1);
	assert_int_equal(store_sms_recent(db, m.sender, NULL, 0), 1);
	assert_true(store_sms_reason_asked(db, m.sender, &asked));
	assert_int_equal(asked, STORE_NOW);
	assert_true(store_sms_drop(db, m.sender, STORE_NOW));
	assert_true(store_sms_queued(db, &a, 9, STORE_NOW, &list, &n));
	assert_int_equal(n, 1);
	m.id = numbered(3);
	m.cause = "sms.thanks";
	m.created_at++;
	assert_true(store_sms_out(db, &m));
	assert_true(store_sms_reason_asked(db, m.sender, &asked));
	assert_int_equal(asked, 0);
	arena_finish(&a);
	db_close(db);
}

/* -------------------------------------------------------------- invitations */

static struct invitation
invitation(const char *dossier, int64_t due_at)
{
	return (struct invitation){.dossier = dossier,
	    .sender = "s",
	    .phone = "sealed",
	    .since_at = STORE_NOW,
	    .finished_at = STORE_NOW,
	    .state = INVITE_PLANNED,
	    .why = "",
	    .due_at = due_at};
}

/* Two dossiers of unit 22969, finished. */
static void
add_dossiers(struct db *db)
{
	struct dossier list[2] = {
	    {.key = "D1", .code = "D1"}, {.key = "D2", .code = "D2"}};
	enum announced became[2];

	for (int i = 0; i < 2; i++) {
		list[i].unit = "22969";
		list[i].field = "ho-tich";
		list[i].procedure = list[i].desk = list[i].authority = "";
		list[i].received_at = list[i].finished_at = STORE_NOW;
		list[i].due_at = DOSSIER_NEVER;
		list[i].outcome = OUTCOME_REFUSED;
	}
	assert_true(db_begin(db));
	assert_true(store_dossiers(db, list, 2, STORE_NOW, became));
	assert_true(db_commit(db));
}

static void
test_invitations(void **state)
{
	struct db *db = fresh_store();
	struct invitation i = invitation("D1", STORE_NOW), got;
	struct invitation_due *due;
	struct invitation_last last;
	struct arena a;
	struct invite_case load = {0};
	size_t n;

	(void)state;
	arena_init(&a);
	add_dossiers(db);
	assert_int_equal(store_invitation(db, &a, "D1", &got), STEP_DONE);
	assert_true(store_invitation_put(db, &i));
	i = invitation("D2", STORE_NOW + 5);
	assert_true(store_invitation_put(db, &i));
	assert_true(store_invitations_due(db, &a, STORE_NOW, "", 9, &due, &n));
	assert_int_equal(n, 1);
	assert_string_equal(due->i.dossier, "D1");
	assert_int_equal(due->i.state, INVITE_PLANNED);
	assert_int_equal(due->outcome, OUTCOME_REFUSED);
	assert_string_equal(due->unit, "22969");
	assert_false(due->opted_out || due->answered);
	assert_true(
	    store_invitations_due(db, &a, STORE_NOW + 5, "D1", 9, &due, &n));
	assert_int_equal(n, 1);
	assert_int_equal(
	    store_invitation_last(db, &a, i.sender, &last), STEP_DONE);
	i = invitation("D1", 0);
	i.state = INVITE_INVITED;
	i.sent_at = STORE_NOW;
	assert_true(store_invitation_step(db, &i));
	assert_int_equal(
	    store_invitation_last(db, &a, i.sender, &last), STEP_ROW);
	assert_string_equal(last.dossier, "D1");
	assert_string_equal(last.field, "ho-tich");
	assert_true(
	    store_invitation_load(db, i.sender, "D2", STORE_NOW, &load));
	assert_int_equal(load.other_at, STORE_NOW);
	assert_int_equal(load.recent, 0);
	assert_int_equal(load.reminded_at, 0);
	assert_false(last.answered);
	assert_int_equal(
	    store_invitation_others(db, i.sender, "D2", STORE_NOW), 1);
	assert_int_equal(
	    store_invitation_others(db, i.sender, "D2", STORE_NOW + 1), 0);
	assert_int_equal(
	    store_invitation_others(db, i.sender, "D1", STORE_NOW + 1), 1);
	assert_true(store_invitation_answered(db, "D1"));
	assert_true(
	    store_invitation_load(db, i.sender, "D2", STORE_NOW, &load));
	assert_int_equal(load.other_at, 0);
	assert_true(store_sms_optout(db, i.sender, true, STORE_NOW));
	assert_true(
	    store_invitations_due(db, &a, STORE_NOW + 5, "", 9, &due, &n));
	assert_true(n == 1 && due->opted_out);
	assert_true(store_sms_optout_undo(db, i.sender, STORE_NOW + 1));
	assert_true(
	    store_invitations_due(db, &a, STORE_NOW + 5, "", 9, &due, &n));
	assert_true(n == 1 && due->opted_out && !due->halted);
	assert_true(store_sms_optout_undo(db, i.sender, STORE_NOW));
	assert_true(
	    store_invitations_due(db, &a, STORE_NOW + 5, "", 9, &due, &n));
	assert_true(n == 1 && !due->opted_out);
	assert_true(store_invitation_end_number(db, i.sender, "opted_out"));
	assert_int_equal(store_invitation(db, &a, "D2", &got), STEP_ROW);
	assert_int_equal(got.state, INVITE_ENDED);
	assert_string_equal(got.why, "opted_out");
	assert_string_equal(got.phone, "");
	arena_finish(&a);
	db_close(db);
}

static void
test_dossier_answer(void **state)
{
	struct db *db = fresh_store();
	struct uuid first = numbered(1), second = numbered(2), id;
	struct entry e;
	int64_t at;

	(void)state;
	fill_entry(&e, 1);
	store_one(db, &e);
	fill_entry(&e, 2);
	store_one(db, &e);
	assert_int_equal(store_dossier_answer(db, "D1", &id, &at), STEP_DONE);
	assert_true(store_dossier_answer_put(db, "D1", &first));
	assert_true(store_dossier_answer_put(db, "D1", &second));
	assert_int_equal(store_dossier_answer(db, "D1", &id, &at), STEP_ROW);
	assert_int_equal(uuid_compare(&id, &second), 0);
	assert_true(store_dossier_answer_remove(db, "D1", &first));
	assert_int_equal(store_dossier_answer(db, "D1", &id, &at), STEP_ROW);
	set_aside(db, 2, true);
	assert_int_equal(store_dossier_answer(db, "D1", &id, &at), STEP_DONE);
	assert_true(store_dossier_answer_remove(db, "D1", &second));
	db_close(db);
}

/* ----------------------------------------------------------------- a person */

static void
test_pages(void **state)
{
	struct db *db = fresh_store();
	struct sms_read *list;
	struct sms_place place;
	struct arena a;
	size_t n;

	(void)state;
	arena_init(&a);
	for (unsigned i = 1; i <= 5; i++)
		add_message(db, i, PERSON_MUST, i % 2 == 0 ? "22969" : "");
	add_message(db, 6, PERSON_MAY, "22969");
	assert_int_equal(store_sms_count(db, PERSON_MUST, NULL), 5);
	assert_int_equal(store_sms_count(db, PERSON_MUST, "22969"), 2);
	assert_int_equal(store_sms_count(db, PERSON_MUST, "595"), 2);
	assert_int_equal(store_sms_count(db, PERSON_MUST, "22972"), 0);
	assert_int_equal(store_sms_count(db, PERSON_HAS, NULL), 0);
	assert_true(
	    store_sms_page(db, &a, PERSON_MUST, NULL, NULL, 3, &list, &n));
	assert_int_equal(n, 3);
	assert_int_equal(list[0].received_at, STORE_NOW + 5);
	assert_string_equal(list[1].unit, "22969");
	assert_string_equal(list[1].text, "LH1 5 cảm ơn");
	place = (struct sms_place){list[2].received_at, list[2].id};
	assert_true(
	    store_sms_page(db, &a, PERSON_MUST, NULL, &place, 3, &list, &n));
	assert_int_equal(n, 2);
	list[0].person = PERSON_HAS;
	list[0].decided = "comment";
	list[0].decided_by = "lan";
	list[0].decided_at = STORE_NOW;
	assert_true(store_sms_decide(db, &list[0]));
	assert_int_equal(store_sms_count(db, PERSON_HAS, NULL), 1);
	arena_finish(&a);
	db_close(db);
}

/* What the sender said later about the same. */
static void
test_later(void **state)
{
	struct db *db = fresh_store();
	struct uuid answer = numbered(50);
	struct sms_in first, second;
	struct sms_read m;
	struct entry e;
	struct arena a;
	int score;

	(void)state;
	arena_init(&a);
	sms(&first, 1);
	sms(&second, 2);
	assert_int_equal(store_sms_in(db, &first), STORED);
	assert_int_equal(store_sms_in(db, &second), STORED);
	fill_entry(&e, 50);
	store_one(db, &e);
	assert_true(store_sms_in_answer(db, &second.id, &answer, NULL));
	assert_int_equal(store_sms_read(db, &a, &first.id, &m), STEP_ROW);
	m.desk = "LH1";
	assert_true(store_sms_later(db, &m, e.day, &score));
	assert_int_equal(score, 5);
	assert_true(store_sms_later(db, &m, e.day + 1, &score));
	assert_int_equal(score, 0);
	m.desk = "TP1";
	assert_true(store_sms_later(db, &m, e.day, &score));
	assert_int_equal(score, 0);
	assert_int_equal(store_sms_read(db, &a, &second.id, &m), STEP_ROW);
	assert_true(m.counted && m.has_answer && !m.has_replaced);
	assert_int_equal(m.score, 5);
	arena_finish(&a);
	db_close(db);
}

static void
test_older(void **state)
{
	struct db *db = fresh_store();
	struct uuid ids[4], none = {{0}};
	struct sms_read m;
	struct arena a;
	size_t n;

	(void)state;
	arena_init(&a);
	add_message(db, 1, PERSON_MUST, "");
	add_message(db, 2, PERSON_HAS, "");
	add_message(db, 3, PERSON_NONE, "");
	assert_true(store_sms_older(db, 2, &none, 4, ids, &n));
	assert_int_equal(n, 2); /* what a person decided stays */
	assert_true(store_sms_older(db, 2, &ids[0], 4, ids, &n));
	assert_int_equal(n, 1);
	assert_int_equal(store_sms_read(db, &a, &ids[0], &m), STEP_ROW);
	m.kind = "comment";
	m.deed = "comment";
	m.reader = 2;
	assert_true(store_sms_reading(db, &m));
	assert_true(store_sms_older(db, 2, &none, 4, ids, &n));
	assert_int_equal(n, 1);
	arena_finish(&a);
	db_close(db);
}

/* Numbers, texts and senders go; who does not want to be texted stays known. */
static void
test_erasure(void **state)
{
	const struct sms_deed deed = {"person", "", "", "", PERSON_MUST, "x"};
	struct db *db = fresh_store();
	struct invitation i = invitation("D1", STORE_NOW), got;
	struct sms_out out = {.phone = "sealed",
	    .text = "Cam on",
	    .cause = "sms.help",
	    .sender = "s",
	    .created_at = STORE_NOW};
	struct invitation_due *due;
	struct sms_out *list;
	struct sms_read m;
	struct sms_in in;
	struct arena a;
	size_t n;

	(void)state;
	arena_init(&a);
	sms(&in, 1);
	out.id = numbered(2);
	assert_true(store_sms_optout(db, in.sender, true, STORE_NOW));
	assert_int_equal(store_sms_in(db, &in), STORED);
	assert_true(store_sms_in_deed(db, &in.id, &deed));
	assert_true(store_sms_out(db, &out));
	assert_true(store_invitation_put(db, &i));
	assert_true(store_sms_erase(db, STORE_NOW, STORE_NOW));
	assert_int_equal(store_invitation(db, &a, "D1", &got), STEP_ROW);
	assert_string_equal(got.phone, "sealed");
	assert_int_equal(store_sms_read(db, &a, &in.id, &m), STEP_ROW);
	assert_true(m.has_sender);
	assert_true(store_sms_erase(db, STORE_NOW + 9, STORE_NOW + 9));
	assert_int_equal(store_invitation(db, &a, "D1", &got), STEP_ROW);
	assert_string_equal(got.phone, "");
	assert_string_equal(got.why, "erased");
	assert_int_equal(store_sms_read(db, &a, &in.id, &m), STEP_ROW);
	assert_false(m.has_sender);
	assert_string_equal(m.text, "");
	assert_string_equal(m.phone, "");
	assert_true(store_sms_queued(db, &a, 9, STORE_NOW, &list, &n));
	assert_int_equal(n, 0);
	add_dossiers(db);
	memcpy(i.sender, in.sender, sizeof(i.sender));
	assert_true(store_invitation_put(db, &i));
	assert_true(store_invitations_due(db, &a, STORE_NOW, "", 9, &due, &n));
	assert_true(n == 1 && due->opted_out);
	arena_finish(&a);
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sms_in),
	    cmocka_unit_test(test_sms_out),
	    cmocka_unit_test(test_until),
	    cmocka_unit_test(test_invitations),
	    cmocka_unit_test(test_dossier_answer),
	    cmocka_unit_test(test_pages),
	    cmocka_unit_test(test_later),
	    cmocka_unit_test(test_older),
	    cmocka_unit_test(test_erasure),
	};

	return run_on_engines("sms", tests, sizeof(tests) / sizeof(tests[0]));
}
