/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is kept of kiosks and of one-time tokens, on both engines: enrolments,
 * counters, clocks, damaged outboxes, links, claims of dossiers, comments that
 * come before or after their answer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/device/kiosk_setting.h"
#include "server/store/answers.h"
#include "server/store/devices/damaged_outbox.h"
#include "server/store/devices/device_health.h"
#include "server/store/dossier/dossier_links.h"
#include "server/store/devices/enrolment.h"
#include "server/store/catalogue/generation.h"
#include "server/store/devices/kiosk_settings.h"
#include "server/store/cases/late_comments.h"
#include "shared/arena.h"
#include "tests/kit/store_parts.h"

#include <stdlib.h>
#include <string.h>
#include "server/store/devices/kiosk_calls.h"
#include "tests/db/engines.h"

#define MINUTE INT64_C(60000)

static struct arena arena;

static struct enrolment
ask_in(struct db *db, const struct key *k, const char *code, int64_t now)
{
	struct enrolment e = {.code = code, .version = "1"};

	memcpy(e.key, k->public, sizeof(e.key));
	assert_true(db_begin(db));
	assert_true(store_enrol(db, &arena, &e, now));
	assert_true(db_commit(db));
	return e;
}

static bool
approve(struct db *db, const char *code, const char *name, int64_t now)
{
	enum approval approval;

	assert_true(db_begin(db));
	assert_true(
	    store_enrol_approve(db, code, "LH1", name, false, now, &approval));
	assert_true(db_commit(db));
	return approval == APPROVAL_DONE;
}

static void
test_enrolment(void **state)
{
	struct db *db = fresh_store();
	struct enrolment e;
	struct key k, other;
	char token[100];
	const int64_t t = STORE_NOW;

	(void)state;
	arena_init(&arena);
	key_make(&k);
	key_make(&other);
	e = ask_in(db, &k, "AAAA2222", t);
	assert_int_equal(e.state, ENROLLED_WAITING);
	assert_int_equal(e.expires_at, t + 10 * MINUTE);
	assert_int_equal(
	    ask_in(db, &other, "AAAA2222", t).state, ENROLLED_TAKEN);
	/* a new code of the same device goes before the old one */
	assert_int_equal(
	    ask_in(db, &k, "BBBB2222", t + 1).state, ENROLLED_WAITING);
	assert_int_equal(
	    ask_in(db, &other, "AAAA2222", t + 2).state, ENROLLED_WAITING);
	/* codes end */
	assert_false(approve(db, "BBBB2222", "a", t + 11 * MINUTE));
	assert_false(approve(db, "CCCC2222", "a", t));
	assert_true(approve(db, "BBBB2222", "kiosk-LH1-a", t + MINUTE));
	assert_false(approve(db, "BBBB2222", "kiosk-LH1-b", t + MINUTE));
	e = ask_in(db, &k, "BBBB2222", t + MINUTE);
	assert_int_equal(e.state, ENROLLED_APPROVED);
	assert_string_equal(e.device, "kiosk-LH1-a");
	assert_string_equal(e.desk, "LH1");
	assert_true(key_open(&k, e.sealed, token, sizeof(token)));
	assert_true(nowhere(token));
	/* fetched or not, it is gone after ten minutes */
	e = ask_in(db, &k, "BBBB2222", t + 12 * MINUTE);
	assert_int_equal(e.state, ENROLLED_WAITING);
	arena_finish(&arena);
	db_close(db);
}

/* Approves in a flood, two seconds on. */
static enum approval
expect(struct db *db, const char *code, const char *name, bool crowded)
{
	enum approval approval;

	assert_true(db_begin(db));
	assert_true(store_enrol_approve(
	    db, code, "LH1", name, crowded, STORE_NOW + 2000, &approval));
	assert_true(db_commit(db));
	return approval;
}

/* Five times as many invented keys as there are places: each new one finds a
 * place, the kiosk that lost its own has one again when it asks, with its code,
 * and one that was approved keeps it. */
static void
test_room(void **state)
{
	struct db *db = fresh_store();
	char code[9] = "AAAAAAAA", token[100];
	struct key kiosk, approved, k;
	struct enrolment e;

	(void)state;
	arena_init(&arena);
	key_make(&kiosk);
	key_make(&approved);
	ask_in(db, &approved, "YYYYYYYY", STORE_NOW);
	assert_true(approve(db, "YYYYYYYY", "kiosk-LH1-y", STORE_NOW));
	assert_int_equal(
	    ask_in(db, &kiosk, "ZZZZZZZZ", STORE_NOW).state, ENROLLED_WAITING);
	for (int i = 0; i < 5 * LIMIT_ENROL_OPEN; i++) {
		key_make(&k);
		code[0] = (char)('A' + i % 26);
		code[1] = (char)('A' + i / 26 % 26);
		code[2] = (char)('A' + i / 26 / 26);
		assert_int_equal(ask_in(db, &k, code, STORE_NOW + 1 + i).state,
		    ENROLLED_WAITING);
	}
	/* crowded out: its code is awaited, twice is once, and it is let in by
	 * its next request, whoever else asks */
	for (int i = 0; i < 2; i++)
		assert_int_equal(expect(db, "ZZZZZZZZ", "kiosk-LH1-z", false),
		    APPROVAL_AWAITED);
	assert_true(store_enrol_awaited(db, "ZZZZZZZZ"));
	assert_false(store_enrol_awaited(db, "YYYYYYYY"));
	for (int i = 0; i < 2 * LIMIT_ENROL_OPEN; i++) {
		key_make(&k);
		code[0] = (char)('A' + i % 26);
		code[1] = (char)('A' + i / 26 % 26);
		code[2] = 'Z';
		ask_in(db, &k, code, STORE_NOW + 2001);
	}
	e = ask_in(db, &kiosk, "ZZZZZZZZ", STORE_NOW + 2002);
	assert_int_equal(e.state, ENROLLED_APPROVED);
	assert_string_equal(e.device, "kiosk-LH1-z");
	assert_string_equal(e.desk, "LH1");
	assert_true(key_open(&kiosk, e.sealed, token, sizeof(token)));
	assert_false(store_enrol_awaited(db, "ZZZZZZZZ"));
	/* another with that code comes too late */
	assert_int_equal(
	    ask_in(db, &k, "ZZZZZZZZ", STORE_NOW + 2003).state, ENROLLED_TAKEN);
	assert_int_equal(
	    ask_in(db, &approved, "YYYYYYYY", STORE_NOW + 2000).state,
	    ENROLLED_APPROVED);
	arena_finish(&arena);
	db_close(db);
}

/* A code is awaited only where others crowd, and only for its life. */
static void
test_awaited(void **state)
{
	struct db *db = fresh_store();
	struct key k;

	(void)state;
	arena_init(&arena);
	key_make(&k);
	assert_int_equal(expect(db, "AAAA2222", "a", false), APPROVAL_NONE);
	assert_int_equal(expect(db, "AAAA", "a", true), APPROVAL_NONE);
	assert_int_equal(expect(db, "", "a", true), APPROVAL_NONE);
	assert_int_equal(expect(db, "AAAA2222", "a", true), APPROVAL_AWAITED);
	assert_int_equal(ask_in(db, &k, "BBBB2222", STORE_NOW + 2000).state,
	    ENROLLED_WAITING);
	assert_int_equal(
	    ask_in(db, &k, "AAAA2222", STORE_NOW + 2000 + 10 * MINUTE).state,
	    ENROLLED_WAITING);
	/* the other code of the same kiosk */
	assert_int_equal(expect(db, "CCCC2222", "c", true), APPROVAL_AWAITED);
	assert_int_equal(ask_in(db, &k, "CCCC2222", STORE_NOW + 2001).state,
	    ENROLLED_APPROVED);
	arena_finish(&arena);
	db_close(db);
}

static void
test_settings(void **state)
{
	struct db *db = fresh_store();
	struct kiosk_value *list;
	int64_t generation = store_generation(db);
	size_t n;

	(void)state;
	arena_init(&arena);
	assert_true(db_begin(db));
	assert_true(store_kiosk_set(db, "", "qr", "yes"));
	assert_true(store_kiosk_set(db, "LH1", "qr", "no"));
	assert_true(store_kiosk_set(db, "LH1", "qr", "yes"));
	assert_true(store_kiosk_set(db, "", "qr", NULL));
	assert_true(db_commit(db));
	assert_true(store_generation(db) > generation);
	assert_true(store_kiosk_values(db, &arena, &list, &n));
	assert_int_equal(n, 1);
	assert_string_equal(list[0].desk, "LH1");
	assert_string_equal(list[0].value, "yes");
	arena_finish(&arena);
	db_close(db);
}

static void
test_counter_and_clock(void **state)
{
	static const int64_t first[] = {1, 2, 3, 7}, then[] = {5, 7};
	struct db *db = fresh_store();
	int64_t began;

	(void)state;
	assert_int_equal(store_device_seq_highest(db, "k"), 0);
	assert_true(db_begin(db));
	assert_true(store_device_seq(db, "k", first, 4));
	assert_true(store_device_seq(db, "k", then, 2));
	assert_true(store_device_seq(db, "other", first, 1));
	assert_true(store_device_boot_put(db, "k", "b", 1000, STORE_NOW));
	assert_true(store_device_boot_put(db, "k", "b", 1001, STORE_NOW));
	assert_true(db_commit(db));
	assert_int_equal(store_device_seq_highest(db, "k"), 7);
	assert_int_equal(store_device_boot(db, "k", "b", &began), STEP_ROW);
	assert_int_equal(began, 1001);
	assert_int_equal(store_device_boot(db, "k", "c", &began), STEP_DONE);
	db_close(db);
}

static bool
collect(const void *piece, size_t size, void *context)
{
	strncat(context, piece, size);
	return true;
}

static void
test_wreck(void **state)
{
	struct db *db = fresh_store();
	char all[100] = "";
	int64_t bytes;
	bool full;

	(void)state;
	assert_true(db_begin(db));
	assert_true(store_damaged_outbox(
	    db, "k", "damaged-1", 0, "abc", 3, STORE_NOW, &bytes, &full));
	assert_true(store_damaged_outbox(
	    db, "k", "damaged-1", 5, "x", 1, STORE_NOW, &bytes, &full));
	assert_int_equal(bytes, 3);
	assert_true(store_damaged_outbox(
	    db, "k", "damaged-1", 3, "de", 2, STORE_NOW, &bytes, &full));
	assert_int_equal(bytes, 5);
	assert_false(full);
	assert_true(db_commit(db));
	assert_true(
	    store_damaged_outbox_read(db, "k", "damaged-1", collect, all));
	assert_string_equal(all, "abcde");
	db_close(db);
}

static void
test_claims(void **state)
{
	struct db *db = fresh_store();
	struct uuid first = numbered(1), second = numbered(2);
	bool mine, rated;

	(void)state;
	assert_true(db_begin(db));
	assert_true(store_dossier_claim(db, "H1", &first, &mine));
	assert_true(mine);
	assert_true(store_dossier_claim(db, "H1", &second, &mine));
	assert_false(mine);
	assert_true(store_dossier_claim(db, "H1", &first, &mine));
	assert_true(mine); /* a repeat */
	assert_true(db_commit(db));
	assert_int_equal(store_dossier_rated(db, "H1", &rated), STEP_DONE);
	db_close(db);
}

static void
test_calls(void **state)
{
	struct db *db = fresh_store();
	struct desk_call call;
	int64_t number;

	(void)state;
	arena_init(&arena);
	assert_int_equal(store_call_total(db), 0);
	assert_int_equal(store_call_get(db, &arena, "LH1", &call), STEP_DONE);
	assert_true(db_begin(db));
	assert_true(store_call(db, "LH1", "H1", "", 1000, &number));
	assert_int_equal(number, 1);
	assert_true(store_call(db, "LH1", "", "ho-tich", 2000, &number));
	assert_int_equal(number, 2);
	assert_true(store_call(db, "TP1", "", "", 2000, &number));
	assert_true(db_commit(db));
	assert_int_equal(store_call_total(db), 3);
	assert_int_equal(store_call_get(db, &arena, "LH1", &call), STEP_ROW);
	assert_string_equal(call.dossier, "");
	assert_string_equal(call.field, "ho-tich");
	assert_int_equal(call.expires_at, 2000);
	arena_finish(&arena);
	db_close(db);
}

/* The remark of the n-th answer, "" for none: unfolded, it shows. */
static const char *
remark(struct db *db, unsigned n)
{
	static char words[100];
	struct uuid id = numbered(n);
	const void *bytes;
	struct rows *r;
	size_t size;

	*words = '\0';
	assert_true(db_run(
	    db, Q_REMARK_FOLD, NULL, "bt", id.bytes, sizeof(id.bytes), ""));
	r = db_query(db, Q_REMARK_UNFOLDED, "");
	while (rows_next(r) == STEP_ROW) {
		bytes = rows_blob(r, 0, &size);
		if (size == 16 && memcmp(bytes, id.bytes, 16) == 0)
			strcpy(words, rows_text(r, 1));
	}
	rows_close(r);
	return words;
}

static void
test_additions(void **state)
{
	const char *token = "abcdefghijklmnopqrstuv",
		   *other = "abcdefghijklmnopqrstuw",
		   *third = "abcdefghijklmnopqrstux";
	struct db *db = fresh_store();
	struct entry e;
	bool taken, offered;

	(void)state;
	fill_entry(&e, 1);
	assert_int_equal(store_one(db, &e), STORED);
	assert_int_equal(
	    store_late_comment_state(db, token), LATE_COMMENT_UNKNOWN);
	assert_true(db_begin(db));
	assert_true(store_late_comment_answer(db, token, &e.id, STORE_NOW));
	assert_true(
	    store_late_comment_put(db, token, "first", STORE_NOW, &taken));
	assert_true(taken);
	assert_true(
	    store_late_comment_put(db, token, "again", STORE_NOW, &taken));
	assert_false(taken);
	/* before its answer */
	assert_true(
	    store_late_comment_put(db, other, "second", STORE_NOW, &taken));
	assert_true(taken);
	assert_true(db_commit(db));
	assert_int_equal(
	    store_late_comment_state(db, token), LATE_COMMENT_USED);
	assert_string_equal(remark(db, 1), "first");
	fill_entry(&e, 2);
	assert_int_equal(store_one(db, &e), STORED);
	assert_true(db_begin(db));
	assert_true(store_late_comment_answer(db, other, &e.id, STORE_NOW));
	assert_true(store_late_comment_answer(db, other, &e.id, STORE_NOW));
	assert_true(db_commit(db));
	assert_string_equal(remark(db, 2), "second");
	/* one that has no words may get some, once; others and none may not */
	fill_entry(&e, 3);
	e.comment = e.plain = NULL;
	assert_int_equal(store_one(db, &e), STORED);
	assert_true(db_begin(db));
	for (int i = 0; i < 2; i++) {
		assert_true(store_late_comment_offer(
		    db, third, &e.id, STORE_NOW, &offered));
		assert_true(offered);
	}
	assert_int_equal(
	    store_late_comment_state(db, third), LATE_COMMENT_OPEN);
	assert_true(
	    store_late_comment_put(db, third, "third", STORE_NOW, &taken));
	assert_true(taken);
	assert_true(
	    store_late_comment_offer(db, third, &e.id, STORE_NOW, &offered));
	assert_false(offered);
	assert_true(store_late_comment_offer(
	    db, "abcdefghijklmnopqrstuy", &e.id, STORE_NOW, &offered));
	assert_false(offered);
	e.id.bytes[3] ^= 1;
	assert_true(store_late_comment_offer(
	    db, "abcdefghijklmnopqrstuz", &e.id, STORE_NOW, &offered));
	assert_false(offered);
	assert_true(db_commit(db));
	assert_string_equal(remark(db, 3), "third");
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_enrolment),
	    cmocka_unit_test(test_room),
	    cmocka_unit_test(test_awaited),
	    cmocka_unit_test(test_settings),
	    cmocka_unit_test(test_counter_and_clock),
	    cmocka_unit_test(test_wreck),
	    cmocka_unit_test(test_claims),
	    cmocka_unit_test(test_calls),
	    cmocka_unit_test(test_additions),
	};

	return run_on_engines(
	    "kiosks", tests, sizeof(tests) / sizeof(tests[0]));
}
