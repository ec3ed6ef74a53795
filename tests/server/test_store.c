/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The questions asked of the data, on both engines: answers and their counts,
 * devices, staff and sessions, samples, messages. (The catalogue's import has a
 * file of its own.)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/store/store.h"
#include "tests/db/engines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/buf.h"

#define NOW INT64_C(1795140000000)

static char here[200]; /* the address of the database that is tried */

static struct db *
fresh(void)
{
	char error[400];
	struct db *db;

	snprintf(here, sizeof(here), "%s", fresh_url());
	db = db_open(here, DB_CREATE);
	assert_non_null(db);
	if (!store_import(db, NULL, error, sizeof(error)))
		fail_msg("%s", error);
	return db;
}

static struct uuid
number(unsigned n)
{
	struct uuid id;

	memset(&id, 0, sizeof(id));
	memcpy(id.bytes, &n, sizeof(n));
	id.bytes[15] = 7;
	return id;
}

static void
fill(struct entry *e, unsigned n)
{
	memset(e, 0, sizeof(*e));
	e->id = number(n);
	e->day = 20000;
	e->unit = "22969";
	e->desk = "LH1";
	e->field = "dat-dai";
	e->channel = "kiosk";
	e->form = "one-stop";
	e->form_version = 1;
	e->scores = "overall=5 attitude=4 feedback=-";
	e->reasons = "waiting";
	e->flags = "";
	e->lang = "vi";
	e->assisted = "none";
	e->device = "kiosk-1";
	e->answered_at = NOW;
	e->received_at = NOW + 1000;
	e->zone = 420;
	memset(e->digest, (int)n, sizeof(e->digest));
}

/* Counts of the table and of a recount, which must agree. */
static void
assert_recount(struct db *db)
{
	struct tallies table, recount;
	int64_t bad, answers, remarks;

	tallies_init(&table);
	tallies_init(&recount);
	assert_true(store_tallies_read(db, &table));
	assert_true(store_recount(db, &recount, &bad));
	assert_int_equal(bad, 0);
	for (size_t i = 0; i < table.count; i++) {
		struct tally *r = tallies_row(&recount, &table.rows[i].key);

		assert_memory_equal(r->n, table.rows[i].n, sizeof(r->n));
		assert_int_equal(r->aside, table.rows[i].aside);
	}
	assert_true(recount.count <= table.count);
	tallies_finish(&table);
	tallies_finish(&recount);
	assert_true(store_orphans(db, &answers, &remarks));
	assert_int_equal(answers, 0);
	assert_int_equal(remarks, 0);
}

/* ------------------------------------------------------------------ answers */

static enum stored
store_one(struct db *db, const struct entry *e)
{
	struct tallies tallies;
	enum stored result;

	tallies_init(&tallies);
	assert_true(db_begin(db));
	result = store_answer(db, &tallies, e);
	assert_true(store_tallies_add(db, &tallies));
	assert_true(db_commit(db));
	tallies_finish(&tallies);
	return result;
}

static void
test_answer_once(void **state)
{
	struct db *db = fresh();
	struct entry e;
	int64_t all, samples;

	(void)state;
	fill(&e, 1);
	e.comment = "Cảm ơn";
	assert_int_equal(store_one(db, &e), STORED);
	assert_int_equal(store_one(db, &e), STORED_DUPLICATE);
	e.scores = "overall=1";
	e.digest[3]++;
	assert_int_equal(store_one(db, &e), STORED_CONFLICT);
	fill(&e, 2);
	assert_int_equal(store_one(db, &e), STORED);
	assert_true(store_answer_counts(db, &all, &samples));
	assert_int_equal(all, 2);
	assert_int_equal(samples, 0);
	assert_recount(db);
	db_close(db);
}

/* What was rolled back left nothing, not even in the tallies. */
static void
test_rollback(void **state)
{
	struct db *db = fresh();
	struct tallies tallies;
	struct entry e;
	int64_t all, samples;

	(void)state;
	fill(&e, 1);
	tallies_init(&tallies);
	assert_true(db_begin(db));
	assert_int_equal(store_answer(db, &tallies, &e), STORED);
	assert_true(store_tallies_add(db, &tallies));
	db_rollback(db);
	tallies_finish(&tallies);
	assert_true(store_answer_counts(db, &all, &samples));
	assert_int_equal(all, 0);
	assert_recount(db);
	assert_int_equal(store_one(db, &e), STORED);
	db_close(db);
}

static void
aside(struct db *db, unsigned n, bool out)
{
	struct uuid id = number(n);
	struct tallies tallies;

	tallies_init(&tallies);
	assert_true(db_begin(db));
	assert_true(store_answer_aside(db, &tallies, &id, out));
	assert_true(store_tallies_add(db, &tallies));
	assert_true(db_commit(db));
	tallies_finish(&tallies);
}

static void
test_aside(void **state)
{
	struct db *db = fresh();
	struct tallies table;
	struct entry e;

	(void)state;
	fill(&e, 1);
	store_one(db, &e);
	for (int round = 0; round < 2; round++) {
		for (int twice = 0; twice < 2; twice++) {
			aside(db, 1, round == 0);
			assert_recount(db);
			tallies_init(&table);
			assert_true(store_tallies_read(db, &table));
			assert_int_equal(table.count, 3);
			for (size_t i = 0; i < 3; i++)
				assert_int_equal(
				    table.rows[i].aside, round == 0);
			tallies_finish(&table);
		}
	}
	aside(db, 99, true); /* nobody's */
	db_close(db);
}

static uint64_t seed;

static unsigned
below(unsigned n)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(seed >> 33) % n;
}

/* A batch as a writer's: answers new and repeated, some set aside or back. */
static void
random_batch(struct db *db, unsigned *next)
{
	static const char *const desks[] = {"LH1", "TP1", "TPD1", "PD1"};
	static const char *const scores[] = {"overall=5", "overall=1 access=-",
	    "overall=3 access=2 result=5", "overall=4 feedback=1"};
	struct tallies tallies;
	struct entry e;
	struct uuid id;

	tallies_init(&tallies);
	assert_true(db_begin(db));
	for (unsigned i = 0; i < 40; i++) {
		unsigned n = below(4) == 0 ? below(*next + 1) : (*next)++;

		if (below(5) == 0) {
			id = number(n);
			assert_true(store_answer_aside(
			    db, &tallies, &id, below(2) == 0));
			continue;
		}
		fill(&e, n);
		e.day += (int32_t)(n % 3);
		e.desk = desks[n / 3 % 4];
		e.field = n % 2 == 0 ? "" : "ho-tich";
		e.scores = scores[n / 7 % 4];
		assert_int_not_equal(
		    store_answer(db, &tallies, &e), STORED_FAILED);
	}
	if (below(6) == 0) {
		db_rollback(db);
	} else {
		assert_true(store_tallies_add(db, &tallies));
		assert_true(db_commit(db));
	}
	tallies_finish(&tallies);
}

static void
test_random_mix(void **state)
{
	struct db *db = fresh();
	unsigned next = 0;

	(void)state;
	seed = 3;
	for (int i = 0; i < 12; i++) {
		random_batch(db, &next);
		assert_recount(db);
	}
	db_close(db);
}

static void
test_sums(void **state)
{
	struct db *db = fresh();
	struct tallies sum;
	struct entry e;

	(void)state;
	for (unsigned n = 0; n < 9; n++) {
		fill(&e, n);
		e.day += (int32_t)n;
		e.scores = "overall=4";
		store_one(db, &e);
	}
	tallies_init(&sum);
	assert_true(store_tallies_sum(db, 20002, 20005, false, &sum));
	assert_int_equal(sum.count, 1); /* both ends are in */
	assert_int_equal(sum.rows[0].n[4], 4);
	assert_int_equal(sum.rows[0].key.day, 0);
	tallies_clear(&sum);
	assert_true(store_tallies_sum(db, 20002, 20005, true, &sum));
	assert_int_equal(sum.count, 4);
	tallies_clear(&sum);
	assert_true(store_tallies_sum(db, 1, 2, false, &sum));
	assert_int_equal(sum.count, 0);
	tallies_finish(&sum);
	db_close(db);
}

static void
test_samples(void **state)
{
	struct db *db = fresh();
	struct entry e;
	int64_t all, samples;

	(void)state;
	assert_false(store_has_samples(db));
	for (unsigned n = 0; n < 6; n++) {
		fill(&e, n);
		e.sample = n > 0;
		e.comment = "x";
		store_one(db, &e);
	}
	assert_true(store_has_samples(db));
	assert_true(store_answer_counts(db, &all, &samples));
	assert_int_equal(all, 6);
	assert_int_equal(samples, 5);
	assert_true(db_begin(db));
	assert_true(store_samples_remove(db));
	assert_true(db_commit(db));
	assert_false(store_has_samples(db));
	assert_true(store_answer_counts(db, &all, &samples));
	assert_int_equal(all, 1);
	assert_recount(db);
	db_close(db);
}

/* ------------------------------------------------------------------ devices */

/* False when the words stand anywhere in the database's files. */
static bool
nowhere(const char *words)
{
	static const char *const endings[] = {"", "-wal"};
	char path[220];
	bool found = false;
	struct buf file;

	if (strncmp(here, "sqlite:", 7) != 0)
		return true;
	for (size_t i = 0; i < 2; i++) {
		buf_init(&file);
		snprintf(path, sizeof(path), "%s%s", here + 7, endings[i]);
		if (buf_read_file(&file, path, (size_t)1 << 28))
			found |= memmem(file.data, file.size, words,
				     strlen(words)) != NULL;
		buf_finish(&file);
	}
	return !found;
}

static void
add_device(struct db *db, const char *id, const char *kind, const char *desk,
    const char *token)
{
	struct device d = {
	    .id = id, .kind = kind, .desk = desk, .created_at = NOW};

	assert_true(db_begin(db));
	assert_true(store_device_add(db, &d, token));
	assert_true(db_commit(db));
}

/* The device of a token in a catalogue read anew; the caller destroys it. */
static const struct known_device *
known_device(struct db *db, const char *token, struct catalogue **catalogue)
{
	uint8_t hash[TOKEN_HASH];

	token_hash(token, hash);
	*catalogue = store_catalogue(db);
	return catalogue_device(*catalogue, hash);
}

static void
test_devices(void **state)
{
	struct db *db = fresh();
	int64_t generation = store_generation(db);
	char one[TOKEN_TEXT], other[TOKEN_TEXT];
	const struct known_device *known;
	struct catalogue *catalogue;
	struct device *list;
	struct arena a;
	bool found;
	size_t n;

	(void)state;
	arena_init(&a);
	token_new(one);
	token_new(other);
	add_device(db, "kiosk-LH1", "kiosk", "LH1", one);
	add_device(db, "gateway", "sms", NULL, other);
	assert_true(store_generation(db) > generation);
	known = known_device(db, one, &catalogue);
	assert_string_equal(known->id, "kiosk-LH1");
	assert_string_equal(known->desk, "LH1");
	catalogue_destroy(catalogue);
	known = known_device(db, other, &catalogue);
	assert_string_equal(known->kind, "sms");
	assert_null(known->desk);
	catalogue_destroy(catalogue);
	assert_null(known_device(db, "", &catalogue));
	catalogue_destroy(catalogue);
	assert_null(known_device(db, "kiosk-LH1", &catalogue));
	catalogue_destroy(catalogue);
	assert_true(store_device_heard(db, "gateway", NOW + 5, "{}"));
	assert_true(store_device_revoke(db, "kiosk-LH1", NOW + 7, &found));
	assert_true(found);
	assert_true(store_device_revoke(db, "kiosk-LH1", NOW + 8, &found));
	assert_false(found);
	assert_true(store_device_revoke(db, "nobody", NOW, &found));
	assert_false(found);
	assert_null(known_device(db, one, &catalogue));
	catalogue_destroy(catalogue);
	assert_true(store_devices(db, &a, &list, &n));
	assert_int_equal(n, 2);
	assert_string_equal(list[0].id, "gateway");
	assert_int_equal(list[0].heard_at, NOW + 5);
	assert_int_equal(list[0].revoked_at, 0);
	assert_int_equal(list[1].revoked_at, NOW + 7);
	assert_true(nowhere(one));
	assert_true(nowhere(other));
	assert_false(strncmp(here, "sqlite:", 7) == 0 && nowhere("gateway"));
	arena_finish(&a);
	db_close(db);
}

/* -------------------------------------------------------------------- staff */

static void
add_staff(struct db *db, const char *login, const char *unit)
{
	struct staff s = {.login = login,
	    .role = "viewer",
	    .unit = unit,
	    .password = "$argon2id$of a test",
	    .created_at = NOW};
	bool added;

	assert_true(store_staff_add(db, &s, &added));
	assert_true(added);
	assert_true(store_staff_add(db, &s, &added));
	assert_false(added);
}

static void
test_staff(void **state)
{
	struct db *db = fresh();
	struct staff staff, *list;
	struct arena a;
	bool found;
	size_t n;

	(void)state;
	arena_init(&a);
	add_staff(db, "lan", NULL);
	add_staff(db, "binh", "22969");
	assert_int_equal(store_staff(db, &a, "binh", &staff), STEP_ROW);
	assert_string_equal(staff.unit, "22969");
	assert_string_equal(staff.password, "$argon2id$of a test");
	assert_int_equal(staff.disabled_at, 0);
	assert_int_equal(store_staff(db, &a, "Binh", &staff), STEP_DONE);
	assert_true(store_staff_password(db, "lan", "other", &found));
	assert_true(found);
	assert_int_equal(store_staff(db, &a, "lan", &staff), STEP_ROW);
	assert_string_equal(staff.password, "other");
	assert_null(staff.unit);
	assert_true(store_staff_password(db, "nobody", "x", &found));
	assert_false(found);
	assert_true(store_staff_disable(db, "lan", NOW, &found));
	assert_true(found);
	assert_true(store_staff_disable(db, "lan", NOW, &found));
	assert_false(found);
	assert_true(store_staff_list(db, &a, &list, &n));
	assert_int_equal(n, 2);
	assert_string_equal(list[0].login, "binh");
	assert_int_equal(list[1].disabled_at, NOW);
	arena_finish(&a);
	db_close(db);
}

static enum step
session(struct db *db, const char *token, int64_t now)
{
	struct session s;
	struct arena a;
	enum step step;

	arena_init(&a);
	step = store_session(db, &a, token, now, &s);
	if (step == STEP_ROW) {
		assert_string_equal(s.role, "viewer");
		assert_string_equal(s.csrf, "csrf");
	}
	arena_finish(&a);
	return step;
}

static void
test_sessions(void **state)
{
	static const char *const tokens[] = {
	    "first token", "second token", "third token", "fourth token"};
	struct db *db = fresh();
	bool found;

	(void)state;
	add_staff(db, "lan", NULL);
	add_staff(db, "binh", "22969");
	for (int i = 0; i < 3; i++)
		assert_true(store_session_add(db, tokens[i],
		    i < 2 ? "lan" : "binh", "csrf", NOW, NOW + 1000));
	assert_int_equal(session(db, tokens[0], NOW), STEP_ROW);
	assert_int_equal(session(db, tokens[0], NOW + 999), STEP_ROW);
	assert_int_equal(session(db, tokens[0], NOW + 1000), STEP_DONE);
	assert_int_equal(session(db, "other", NOW), STEP_DONE);
	assert_true(nowhere(tokens[0]));
	assert_true(store_session_end(db, tokens[0]));
	assert_int_equal(session(db, tokens[0], NOW), STEP_DONE);
	assert_int_equal(session(db, tokens[1], NOW), STEP_ROW);
	assert_true(store_staff_disable(db, "lan", NOW, &found));
	assert_int_equal(session(db, tokens[1], NOW), STEP_DONE);
	assert_int_equal(session(db, tokens[2], NOW), STEP_ROW);
	assert_true(store_staff_password(db, "binh", "new", &found));
	assert_int_equal(session(db, tokens[2], NOW), STEP_DONE);
	assert_true(
	    store_session_add(db, tokens[3], "lan", "csrf", NOW, NOW + 1000));
	assert_int_equal(session(db, tokens[3], NOW), STEP_DONE);
	db_close(db);
}

/* ---------------------------------------------------------------------- SMS */

static void
sms(struct sms_in *m, unsigned n)
{
	memset(m, 0, sizeof(*m));
	m->id = number(n);
	m->device = "gateway";
	m->text = "LH1 5 cảm ơn";
	m->kind = "score";
	m->received_at = NOW + (int64_t)n;
	memset(m->sender, 's', sizeof(m->sender));
	memset(m->digest, (int)n, sizeof(m->digest));
}

static void
test_sms_in(void **state)
{
	struct db *db = fresh();
	uint8_t stranger[TOKEN_HASH] = {1};
	struct uuid answer = number(50), id;
	const char *desk = NULL;
	struct sms_in m;
	struct entry e;
	struct arena a;

	(void)state;
	arena_init(&a);
	sms(&m, 1);
	assert_int_equal(store_sms_in(db, &m), STORED);
	assert_int_equal(store_sms_in(db, &m), STORED_DUPLICATE);
	m.digest[0]++;
	assert_int_equal(store_sms_in(db, &m), STORED_CONFLICT);
	assert_int_equal(
	    store_sms_last_answer(db, &a, m.sender, NOW, "", &id, &desk),
	    STEP_DONE);
	fill(&e, 50);
	store_one(db, &e);
	assert_true(store_sms_in_answer(db, &m.id, &answer));
	assert_int_equal(
	    store_sms_last_answer(db, &a, m.sender, NOW, "", &id, &desk),
	    STEP_ROW);
	assert_int_equal(uuid_compare(&id, &answer), 0);
	assert_string_equal(desk, "LH1");
	assert_int_equal(
	    store_sms_last_answer(db, &a, m.sender, NOW, "LH1", &id, &desk),
	    STEP_ROW);
	assert_int_equal(
	    store_sms_last_answer(db, &a, m.sender, NOW, "TP1", &id, &desk),
	    STEP_DONE);
	assert_int_equal(
	    store_sms_last_answer(db, &a, stranger, NOW, "", &id, &desk),
	    STEP_DONE);
	assert_int_equal(
	    store_sms_last_answer(db, &a, m.sender, NOW + 2, "", &id, &desk),
	    STEP_DONE);
	aside(db, 50, true); /* counts no more, so it is not the last one */
	assert_int_equal(
	    store_sms_last_answer(db, &a, m.sender, NOW, "", &id, &desk),
	    STEP_DONE);
	arena_finish(&a);
	db_close(db);
}

static void
test_sms_out(void **state)
{
	struct db *db = fresh();
	struct sms_out m = {.phone = "+84912345678",
	    .text = "Cam on",
	    .cause = "sms.thanks",
	    .sender = "s"};
	struct uuid unknown = number(999);
	struct sms_out *list;
	struct arena a;
	bool known;
	size_t n;

	(void)state;
	arena_init(&a);
	for (unsigned i = 0; i < 3; i++) {
		m.id = number(i + 1);
		m.created_at = NOW - (int64_t)i; /* the last is the oldest */
		assert_true(store_sms_out(db, &m));
	}
	assert_int_equal(store_sms_recent(db, m.sender, NULL, NOW - 1), 2);
	assert_int_equal(store_sms_recent(db, m.sender, "sms.thanks", 0), 3);
	assert_int_equal(store_sms_recent(db, m.sender, "sms.help", 0), 0);
	assert_true(store_sms_queued(db, &a, 2, &list, &n));
	assert_int_equal(n, 2);
	assert_memory_equal(list[0].id.bytes, number(3).bytes, 16);
	assert_string_equal(list[0].phone, "+84912345678");
	assert_true(store_sms_end(db, &list[0].id, "sent", NOW, &known));
	assert_true(known);
	assert_true(store_sms_end(db, &list[0].id, "failed", NOW, &known));
	assert_true(known); /* a repeat is fine, and changes nothing */
	assert_true(store_sms_end(db, &unknown, "sent", NOW, &known));
	assert_false(known);
	assert_true(store_sms_queued(db, &a, 10, &list, &n));
	assert_int_equal(n, 2);
	for (unsigned i = 0; i < 2; i++)
		assert_true(
		    store_sms_end(db, &list[i].id, "unknown", NOW, &known));
	assert_true(store_sms_queued(db, &a, 10, &list, &n));
	assert_int_equal(n, 0);
	assert_int_equal(store_sms_recent(db, m.sender, NULL, 0), 3);
	assert_true(store_sms_optout(db, m.sender, true, NOW));
	assert_true(store_sms_optout(db, m.sender, true, NOW));
	assert_true(store_sms_optout(db, m.sender, false, NOW));
	assert_true(store_sms_optout(db, m.sender, false, NOW));
	arena_finish(&a);
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_answer_once),
	    cmocka_unit_test(test_rollback),
	    cmocka_unit_test(test_aside),
	    cmocka_unit_test(test_random_mix),
	    cmocka_unit_test(test_sums),
	    cmocka_unit_test(test_samples),
	    cmocka_unit_test(test_devices),
	    cmocka_unit_test(test_staff),
	    cmocka_unit_test(test_sessions),
	    cmocka_unit_test(test_sms_in),
	    cmocka_unit_test(test_sms_out),
	};

	return run_on_engines("store", tests, sizeof(tests) / sizeof(tests[0]));
}
