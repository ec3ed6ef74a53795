/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * People on both engines: another role and unit, the last admin of the
 * district, sessions ended one by one, and the second factor: a code is taken
 * once, tries are braked, recovery codes serve once.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/store/people/factors.h"
#include "server/store/people/sessions.h"
#include "server/store/people/staff.h"
#include "shared/arena.h"
#include "tests/kit/store_parts.h"

#include <stdio.h>
#include <string.h>
#include "server/secret/second_factor.h"
#include "shared/limits.h"
#include "tests/db/engines.h"

#define IDLE_MS (60 * 60000LL)

static void
add(struct db *db, const char *login, const char *role, const char *unit)
{
	struct staff s = {.login = login,
	    .role = role,
	    .unit = unit,
	    .password = "$argon2id$of a test",
	    .start = true,
	    .created_at = STORE_NOW};
	bool added;

	assert_true(store_staff_add(db, &s, &added));
	assert_true(added);
}

static bool
other_admin(struct db *db, const char *login)
{
	bool left;

	assert_true(store_staff_other_admin(db, login, &left));
	return left;
}

static void
test_change(void **state)
{
	struct db *db = fresh_store();
	struct staff s;
	struct arena a;
	bool found;

	(void)state;
	arena_init(&a);
	add(db, "lan", "admin", NULL);
	add(db, "binh", "admin", "22969");
	assert_false(other_admin(db, "lan")); /* binh's is one unit only */
	assert_true(other_admin(db, "binh"));
	assert_true(
	    store_staff_change(db, "binh", "admin", NULL, "Binh", 1, &found));
	assert_true(found);
	assert_true(other_admin(db, "lan"));
	assert_true(store_staff_disable(db, "binh", STORE_NOW, &found));
	assert_false(other_admin(db, "lan"));
	assert_true(store_staff_enable(db, "binh", &found));
	assert_true(found);
	assert_true(store_staff_enable(db, "binh", &found));
	assert_false(found);
	assert_true(other_admin(db, "lan"));
	assert_true(store_staff_change(
	    db, "binh", "auditor", "22972", "Binh", 1, &found));
	assert_int_equal(store_staff(db, &a, "binh", &s), STEP_ROW);
	assert_string_equal(s.role, "auditor");
	assert_string_equal(s.unit, "22972");
	assert_true(s.start);
	assert_true(
	    store_staff_password(db, "binh", "own", false, STORE_NOW, &found));
	assert_int_equal(store_staff(db, &a, "binh", &s), STEP_ROW);
	assert_false(s.start);
	assert_true(
	    store_staff_change(db, "nobody", "admin", NULL, "Binh", 1, &found));
	assert_false(found);
	arena_finish(&a);
	db_close(db);
}

static size_t
living(struct db *db, const char *login, int64_t now)
{
	struct session_row *list;
	struct arena a;
	size_t n;

	arena_init(&a);
	assert_true(store_session_list(db, &a, login, now, IDLE_MS, &list, &n));
	for (size_t i = 1; i < n; i++)
		assert_true(list[i].seen_at <= list[i - 1].seen_at);
	arena_finish(&a);
	return n;
}

static void
test_sessions(void **state)
{
	static const char *const tokens[] = {"one", "two", "three", "four"};
	struct db *db = fresh_store();
	uint8_t hash[TOKEN_HASH];
	struct session session;
	struct staff s;
	struct arena a;
	int64_t ended;

	(void)state;
	arena_init(&a);
	add(db, "lan", "viewer", NULL);
	add(db, "binh", "viewer", NULL);
	for (int i = 0; i < 4; i++)
		assert_true(
		    store_session_add(db, tokens[i], i < 3 ? "lan" : "binh",
			"csrf", STORE_NOW + i, STORE_NOW + 100000000));
	assert_int_equal(store_staff(db, &a, "lan", &s), STEP_ROW);
	assert_int_equal(s.signed_in_at, STORE_NOW + 2);
	assert_int_equal(
	    store_session(db, &a, "one", STORE_NOW, IDLE_MS, &session),
	    STEP_ROW);
	assert_true(session.start);
	assert_false(session.factor);
	assert_int_equal(living(db, "lan", STORE_NOW), 3);
	assert_int_equal(living(db, "lan", STORE_NOW + 3 + IDLE_MS), 0);
	token_hash("two", hash);
	assert_true(store_session_end_hash(db, hash));
	assert_int_equal(living(db, "lan", STORE_NOW), 2);
	assert_true(store_session_end_others(db, "lan", "three", &ended));
	assert_int_equal(ended, 1);
	assert_int_equal(
	    store_session(db, &a, "three", STORE_NOW, IDLE_MS, &session),
	    STEP_ROW);
	assert_int_equal(living(db, "binh", STORE_NOW), 1);
	assert_true(store_session_end_others(db, "lan", NULL, &ended));
	assert_int_equal(ended, 1);
	assert_int_equal(living(db, "lan", STORE_NOW), 0);
	arena_finish(&a);
	db_close(db);
}

static bool
may_try(struct db *db, int64_t now, bool known)
{
	bool allowed;

	assert_true(store_factor_try(db, "lan", now, known, &allowed));
	return allowed;
}

static bool
take(struct db *db, int64_t step)
{
	bool taken;

	assert_true(store_factor_step(db, "lan", step, &taken));
	return taken;
}

static void
test_factor(void **state)
{
	struct db *db = fresh_store();
	struct staff s;
	struct session session;
	struct arena a;
	bool found;

	(void)state;
	arena_init(&a);
	add(db, "lan", "admin", NULL);
	assert_true(store_session_add(
	    db, "token", "lan", "csrf", STORE_NOW, STORE_NOW + 100000));
	assert_true(store_factor_set(db, "lan", "sealed", STORE_NOW, 100));
	assert_int_equal(store_staff(db, &a, "lan", &s), STEP_ROW);
	assert_string_equal(s.factor, "sealed");
	assert_int_equal(s.factor_at, STORE_NOW);
	assert_int_equal(
	    store_session(db, &a, "token", STORE_NOW, IDLE_MS, &session),
	    STEP_ROW);
	assert_true(session.factor);
	/* the code that set it up is taken already; so is whatever was */
	assert_false(take(db, 99));
	assert_false(take(db, 100));
	assert_true(take(db, 101));
	assert_false(take(db, 101));
	assert_true(take(db, 103));
	assert_false(take(db, 102));
	assert_true(store_factor_clear(db, "lan", NULL, &found));
	assert_true(found);
	assert_true(store_factor_clear(db, "lan", NULL, &found));
	assert_false(found);
	assert_int_equal(store_staff(db, &a, "lan", &s), STEP_ROW);
	assert_string_equal(s.factor, "");
	assert_int_equal(s.factor_at, 0);
	arena_finish(&a);
	db_close(db);
}

static void
test_tries(void **state)
{
	struct db *db = fresh_store();
	int64_t now = STORE_NOW;

	(void)state;
	add(db, "lan", "admin", NULL);
	assert_true(store_factor_set(db, "lan", "sealed", STORE_NOW, 100));
	for (int i = 0; i < LIMIT_CODE_TRIES; i++)
		assert_true(may_try(db, now++, false));
	assert_false(may_try(db, now, false));
	assert_true(may_try(db, now, true)); /* here before: does not wait */
	assert_false(may_try(db, now + LIMIT_CODE_WAIT_MS - 1, false));
	assert_true(may_try(db, now + LIMIT_CODE_WAIT_MS, false));
	assert_false(may_try(db, now + LIMIT_CODE_WAIT_MS, false));
	assert_true(take(db, 101)); /* right: all is forgiven */
	assert_true(may_try(db, now + LIMIT_CODE_WAIT_MS, false));
	db_close(db);
}

/* The brake after many, and a browser that is known: it waits for its own kind
 * only, and is counted with the others. */
static void
test_many_tries(void **state)
{
	struct db *db = fresh_store();
	int64_t now = STORE_NOW;

	(void)state;
	add(db, "lan", "admin", NULL);
	assert_true(store_factor_set(db, "lan", "sealed", STORE_NOW, 100));
	for (int i = 0; i < LIMIT_CODE_TRIES; i++)
		assert_true(may_try(db, now, i % 2 == 0));
	assert_false(may_try(db, now, true));
	assert_false(may_try(db, now, false));
	now += LIMIT_CODE_WAIT_MS;
	assert_true(may_try(db, now, false));
	assert_true(may_try(db, now, true)); /* the other one took none of it */
	assert_false(may_try(db, now, true));
	assert_false(may_try(db, now, false));
	for (int i = LIMIT_CODE_TRIES + 2; i < LIMIT_CODE_MANY; i++) {
		now += LIMIT_CODE_WAIT_MS;
		assert_true(may_try(db, now, i % 2 == 0));
	}
	now += LIMIT_CODE_WAIT_MS;
	assert_false(may_try(db, now, false));
	now += LIMIT_CODE_LONG_MS;
	assert_true(may_try(db, now, true));
	assert_false(may_try(db, now + LIMIT_CODE_LONG_MS - 1, true));
	assert_true(may_try(db, now + LIMIT_CODE_LONG_MS, false));
	assert_true(take(db, 101)); /* right: all is forgiven */
	assert_true(may_try(db, now + LIMIT_CODE_LONG_MS, false));
	db_close(db);
}

static bool
may_try_with(struct db *db, const char *envelope, int64_t now)
{
	bool allowed;

	assert_true(store_sign_in_try(db, envelope, strlen(envelope), now,
	    now + LIMIT_SIGN_IN_MS, &allowed));
	return allowed;
}

static void
test_envelopes(void **state)
{
	struct db *db = fresh_store();

	(void)state;
	for (int i = 0; i < LIMIT_CODE_TRIES; i++)
		assert_true(may_try_with(db, "one", STORE_NOW));
	assert_false(may_try_with(db, "one", STORE_NOW));
	assert_false(may_try_with(db, "one", STORE_NOW + LIMIT_SIGN_IN_MS - 1));
	assert_true(may_try_with(db, "two", STORE_NOW));
	/* nothing is kept of one that opens nothing any more */
	assert_true(may_try_with(db, "one", STORE_NOW + LIMIT_SIGN_IN_MS));
	db_close(db);
}

/* So many sessions and no more; those over or idle are taken away. */
static void
test_sessions_end(void **state)
{
	struct db *db = fresh_store();
	char token[20];

	(void)state;
	add(db, "lan", "viewer", NULL);
	add(db, "binh", "viewer", NULL);
	assert_true(store_session_add(
	    db, "other", "binh", "csrf", STORE_NOW, STORE_NOW + 1000));
	for (int i = 0; i < LIMIT_SESSIONS + 5; i++) {
		snprintf(token, sizeof(token), "token %d", i);
		assert_true(store_session_add(db, token, "lan", "csrf",
		    STORE_NOW + i, STORE_NOW + 10 * IDLE_MS));
	}
	assert_int_equal(living(db, "lan", STORE_NOW), LIMIT_SESSIONS);
	assert_int_equal(living(db, "binh", STORE_NOW), 1);
	assert_true(store_session_expire(db, STORE_NOW + 1000, IDLE_MS));
	assert_int_equal(living(db, "binh", STORE_NOW), 0);
	assert_int_equal(living(db, "lan", STORE_NOW), LIMIT_SESSIONS);
	assert_true(store_session_expire(
	    db, STORE_NOW + LIMIT_SESSIONS + IDLE_MS, IDLE_MS));
	assert_int_equal(living(db, "lan", STORE_NOW), 4);
	db_close(db);
}

/* Codes that a former version had hashed cheaply are hashed anew, once. */
static void
test_former_codes(void **state)
{
	static const char secret[] =
	    "0123456789012345678901234567890123456789012";
	static const uint8_t plain[2][TOKEN_HASH] = {{1}, {2}};
	struct db *db = fresh_store();
	uint8_t dear[TOKEN_HASH], other[TOKEN_HASH];
	bool used;

	(void)state;
	add(db, "lan", "admin", NULL);
	add(db, "binh", "admin", NULL);
	assert_true(second_factor_recovery_dear(secret, "lan", plain[1], dear));
	assert_true(
	    second_factor_recovery_dear(secret, "binh", plain[1], other));
	assert_memory_not_equal(dear, other, sizeof(dear));
	assert_true(store_recovery_put(db, "lan", plain, 2));
	assert_true(store_recovery_put(db, "binh", plain, 2));
	assert_true(store_recovery_renew(db, secret)); /* not asked for */
	assert_int_equal(store_recovery_left(db, "lan"), 2);
	assert_true(db_run(db, Q_META_PUT, NULL, "tt", "recovery", "1"));
	assert_true(store_recovery_renew(db, secret));
	assert_true(store_recovery_renew(db, secret));
	assert_int_equal(store_recovery_left(db, "lan"), 2);
	assert_true(store_recovery_use(db, "lan", plain[1], &used));
	assert_false(used);
	assert_true(store_recovery_use(db, "lan", dear, &used));
	assert_true(used);
	assert_true(store_recovery_use(db, "binh", other, &used));
	assert_true(used);
	db_close(db);
}

/* A start password ends; one of one's own does not. */
static void
test_start_over(void **state)
{
	struct staff s = {.start = true, .password_at = STORE_NOW};

	(void)state;
	assert_false(staff_start_over(&s, STORE_NOW + LIMIT_START_MS));
	assert_true(staff_start_over(&s, STORE_NOW + LIMIT_START_MS + 1));
	s.start = false;
	assert_false(staff_start_over(&s, STORE_NOW + 10 * LIMIT_START_MS));
}

static void
test_recovery(void **state)
{
	static const uint8_t hashes[3][TOKEN_HASH] = {{1}, {2}, {3}};
	static const uint8_t other[2][TOKEN_HASH] = {{7}, {8}};
	struct db *db = fresh_store();
	bool used;

	(void)state;
	add(db, "lan", "admin", NULL);
	add(db, "binh", "admin", NULL);
	assert_true(store_recovery_put(db, "lan", hashes, 3));
	assert_true(store_recovery_put(db, "binh", hashes, 1));
	assert_int_equal(store_recovery_left(db, "lan"), 3);
	assert_true(store_recovery_use(db, "lan", hashes[1], &used));
	assert_true(used);
	assert_true(store_recovery_use(db, "lan", hashes[1], &used));
	assert_false(used);
	assert_true(store_recovery_use(db, "binh", hashes[2], &used));
	assert_false(used);
	assert_int_equal(store_recovery_left(db, "lan"), 2);
	assert_true(store_recovery_put(db, "lan", other, 2));
	assert_true(store_recovery_use(db, "lan", hashes[0], &used));
	assert_false(used);
	assert_int_equal(store_recovery_left(db, "lan"), 2);
	assert_true(store_factor_clear(db, "lan", NULL, &used));
	assert_int_equal(store_recovery_left(db, "lan"), 0);
	assert_int_equal(store_recovery_left(db, "binh"), 1);
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_change),
	    cmocka_unit_test(test_sessions),
	    cmocka_unit_test(test_factor),
	    cmocka_unit_test(test_tries),
	    cmocka_unit_test(test_many_tries),
	    cmocka_unit_test(test_envelopes),
	    cmocka_unit_test(test_sessions_end),
	    cmocka_unit_test(test_former_codes),
	    cmocka_unit_test(test_start_over),
	    cmocka_unit_test(test_recovery),
	};

	return run_on_engines(
	    "factors", tests, sizeof(tests) / sizeof(tests[0]));
}
