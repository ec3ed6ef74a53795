/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who speaks with the collector, on both engines: devices, staff and their
 * sessions. No secret of theirs stands in the database.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/catalogue/catalogue.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/devices/devices.h"
#include "server/store/catalogue/generation.h"
#include "server/store/people/sessions.h"
#include "server/store/people/staff.h"
#include "tests/kit/store_parts.h"

#include <string.h>
#include "shared/limits.h"
#include "tests/db/engines.h"

#define IDLE (60 * 60000LL) /* the default of session_minutes */

/* ------------------------------------------------------------------ devices */

static void
add_device(struct db *db, const char *id, const char *kind, const char *desk,
    const char *token)
{
	struct device d = {
	    .id = id, .kind = kind, .desk = desk, .created_at = STORE_NOW};

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
	struct db *db = fresh_store();
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
	assert_true(store_device_heard(db, "gateway", STORE_NOW + 5, "{}"));
	assert_true(
	    store_device_revoke(db, "kiosk-LH1", STORE_NOW + 7, &found));
	assert_true(found);
	assert_true(
	    store_device_revoke(db, "kiosk-LH1", STORE_NOW + 8, &found));
	assert_false(found);
	assert_true(store_device_revoke(db, "nobody", STORE_NOW, &found));
	assert_false(found);
	assert_null(known_device(db, one, &catalogue));
	catalogue_destroy(catalogue);
	assert_true(store_devices(db, &a, &list, &n));
	assert_int_equal(n, 2);
	assert_string_equal(list[0].id, "gateway");
	assert_int_equal(list[0].heard_at, STORE_NOW + 5);
	assert_int_equal(list[0].revoked_at, 0);
	assert_int_equal(list[1].revoked_at, STORE_NOW + 7);
	assert_true(nowhere(one));
	assert_true(nowhere(other));
	assert_false(
	    strcmp(db_engine(db), "sqlite") == 0 && nowhere("gateway"));
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
	    .created_at = STORE_NOW};
	bool added;

	assert_true(store_staff_add(db, &s, &added));
	assert_true(added);
	assert_true(store_staff_add(db, &s, &added));
	assert_false(added);
}

static void
test_staff(void **state)
{
	struct db *db = fresh_store();
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
	assert_true(
	    store_staff_password(db, "lan", "other", true, STORE_NOW, &found));
	assert_true(found);
	assert_int_equal(store_staff(db, &a, "lan", &staff), STEP_ROW);
	assert_string_equal(staff.password, "other");
	assert_null(staff.unit);
	assert_true(
	    store_staff_password(db, "nobody", "x", false, STORE_NOW, &found));
	assert_false(found);
	assert_true(store_staff_disable(db, "lan", STORE_NOW, &found));
	assert_true(found);
	assert_true(store_staff_disable(db, "lan", STORE_NOW, &found));
	assert_false(found);
	assert_true(store_staff_list(db, &a, &list, &n));
	assert_int_equal(n, 2);
	assert_string_equal(list[0].login, "binh");
	assert_int_equal(list[1].disabled_at, STORE_NOW);
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
	step = store_session(db, &a, token, now, IDLE, &s);
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
	struct db *db = fresh_store();
	bool found;

	(void)state;
	add_staff(db, "lan", NULL);
	add_staff(db, "binh", "22969");
	for (int i = 0; i < 3; i++)
		assert_true(
		    store_session_add(db, tokens[i], i < 2 ? "lan" : "binh",
			"csrf", STORE_NOW, STORE_NOW + 1000));
	assert_int_equal(session(db, tokens[0], STORE_NOW), STEP_ROW);
	assert_int_equal(session(db, tokens[0], STORE_NOW + 999), STEP_ROW);
	assert_int_equal(session(db, tokens[0], STORE_NOW + 1000), STEP_DONE);
	assert_int_equal(session(db, "other", STORE_NOW), STEP_DONE);
	assert_true(nowhere(tokens[0]));
	assert_true(store_session_end(db, tokens[0]));
	assert_int_equal(session(db, tokens[0], STORE_NOW), STEP_DONE);
	assert_int_equal(session(db, tokens[1], STORE_NOW), STEP_ROW);
	assert_true(store_staff_disable(db, "lan", STORE_NOW, &found));
	assert_int_equal(session(db, tokens[1], STORE_NOW), STEP_DONE);
	assert_int_equal(session(db, tokens[2], STORE_NOW), STEP_ROW);
	assert_true(
	    store_staff_password(db, "binh", "new", false, STORE_NOW, &found));
	assert_int_equal(session(db, tokens[2], STORE_NOW), STEP_DONE);
	assert_true(store_session_add(
	    db, tokens[3], "lan", "csrf", STORE_NOW, STORE_NOW + 1000));
	assert_int_equal(session(db, tokens[3], STORE_NOW), STEP_DONE);
	db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_devices),
	    cmocka_unit_test(test_staff),
	    cmocka_unit_test(test_sessions),
	};

	return run_on_engines(
	    "people", tests, sizeof(tests) / sizeof(tests[0]));
}
