/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two administrators at one setting, one row of the catalogue, one person: the
 * second, whose form is older than the first one's change, took that back
 * unseen, and the log said of it what was not so. Now the second is told, in
 * words, keeps what both want, and what stands in the log as "before" is what
 * was.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/office_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/text/urlencoded.h"
#include "shared/buf.h"

#define SETTINGS "/staff/admin/settings"
#define TOLD     "người khác đã thay đổi"

static struct person second;

static int
setup(void **state)
{
	int status = office_setup(state);

	person_add(&office_rig, "second", "admin", NULL);
	person_add(&office_rig, "doi", "viewer", "22969");
	second = person_sign_in(&office_rig, "second");
	return status;
}

/* ---------------------------------------------------------- a page's own form
 */

/* The value of an attribute within a tag, unescaped enough for what stands in
 * these forms. */
static const char *
attribute(const char *tag, const char *name)
{
	const char *end = strchr(tag, '>');
	const char *at = strstr(tag, arena_printf(&arena, " %s=\"", name));

	if (at == NULL || at > end)
		return NULL;
	at = strchr(at, '"') + 1;
	return arena_strndup(&arena, at, strcspn(at, "\""));
}

/* What a browser would send of a form: inputs and selects as they stand, but
 * for the fields in `instead` (pairs closed by NULL). */
static const char *
form_from(const char *form, const char *const instead[])
{
	const char *end, *select = NULL;
	const char *kept;
	struct buf out;

	assert_non_null(form);
	end = strstr(form, "</form>");
	buf_init(&out);
	for (const char *tag = form; tag != NULL && tag < end;
	     tag = strchr(tag + 1, '<')) {
		const char *name = NULL, *value = NULL;

		if (strncmp(tag, "<select", 7) == 0)
			select = attribute(tag, "name");
		if (strncmp(tag, "<option", 7) == 0 &&
		    memmem(tag, strcspn(tag, ">"), " selected", 9) != NULL) {
			name = select;
			value = attribute(tag, "value");
		} else if (strncmp(tag, "<input", 6) == 0 &&
			   (memmem(tag, strcspn(tag, ">"), "checkbox", 8) ==
				   NULL ||
			       memmem(tag, strcspn(tag, ">"), " checked", 8) !=
				   NULL)) {
			name = attribute(tag, "name");
			value = attribute(tag, "value");
		}
		if (name == NULL || strcmp(name, "csrf") == 0)
			continue;
		for (int i = 0; instead[i] != NULL; i += 2)
			if (strcmp(instead[i], name) == 0)
				value = instead[i + 1];
		buf_printf(&out, "&%s=", name);
		urlencoded_put(&out, value == NULL ? "" : value, false);
	}
	kept = arena_strdup(&arena, buf_text(&out));
	buf_finish(&out);
	return kept;
}

/* Of the page's form that leads to action. */
static const char *
form_of(
    const struct reply *page, const char *action, const char *const instead[])
{
	return form_from(
	    strstr(page->body, arena_printf(&arena, "action=\"%s", action)),
	    instead);
}

/* Of those that lead to action the one with this act. */
static const char *
form_with_act(const struct reply *page, const char *action, const char *act,
    const char *const instead[])
{
	const char *wanted =
	    arena_printf(&arena, "name=\"act\" value=\"%s\"", act);
	const char *form = page->body, *at;

	action = arena_printf(&arena, "action=\"%s", action);
	while ((form = strstr(form, action)) != NULL) {
		at = strstr(form, wanted);
		if (at != NULL && at < strstr(form, "</form>"))
			return form_from(form, instead);
		form++;
	}
	fail_msg("no form %s", act);
	return "";
}

static const char *
with(const char *form, const char *more)
{
	return arena_printf(&arena, "%s&%s", form, more);
}

static const char *const nothing[] = {NULL};

/* ------------------------------------------------------------------ settings
 */

static void
test_one_setting(void **state)
{
	static const char *const mine[] = {"session_hours", "8", NULL};
	static const char *const other[] = {"session_hours", "10", NULL};
	const struct reply *reply;
	const char *first, *late, *review;

	(void)state;
	first = form_of(look(&admin, SETTINGS), SETTINGS, mine);
	late = form_of(look(&second, SETTINGS), SETTINGS, other);
	/* the first, to the end */
	reply = post(&admin, SETTINGS, with(first, "step=show"));
	assert_status(reply, 200);
	review = form_of(reply, SETTINGS, nothing);
	assert_goes(post(&admin, SETTINGS, with(review, "step=save")),
	    SETTINGS "?done=saved");
	/* the second is told, may think again, and the log is right */
	reply = post(&second, SETTINGS, with(late, "step=show"));
	assert_status(reply, 409);
	assert_shows(reply, TOLD);
	assert_shows(reply, "12 → 8");
	assert_sql(
	    "SELECT value FROM setting WHERE key = 'session_hours'", "8");
	review = form_of(reply, SETTINGS, nothing);
	assert_status(
	    post(&second, SETTINGS, with(review, "step=save&sure=1")), 303);
	assert_sql("SELECT before || after FROM audit WHERE login = 'second' "
		   "AND act = 'setting.change'",
	    "{\"value\":\"8\"}{\"value\":\"10\"}");
}

/* Whoever changed another setting takes nothing back. */
static void
test_another_setting(void **state)
{
	static const char *const mine[] = {"session_minutes", "30", NULL};
	static const char *const other[] = {"cell_least", "7", NULL};
	const struct reply *reply;
	const char *first, *late, *review;

	(void)state;
	first = form_of(look(&admin, SETTINGS), SETTINGS, mine);
	late = form_of(look(&second, SETTINGS), SETTINGS, other);
	review = form_of(post(&admin, SETTINGS, with(first, "step=show")),
	    SETTINGS, nothing);
	assert_status(post(&admin, SETTINGS, with(review, "step=save")), 303);
	reply = post(&second, SETTINGS, with(late, "step=show"));
	assert_shows(reply, "60 → 30");
	assert_hides(reply, "name=\"session_minutes\"");
	review = form_of(reply, SETTINGS, nothing);
	assert_status(post(&second, SETTINGS, with(review, "step=save")), 303);
	assert_sql(
	    "SELECT value FROM setting WHERE key = 'session_minutes'", "30");
	assert_sql("SELECT value FROM setting WHERE key = 'cell_least'", "7");
}

/* Both have seen the same review: whoever presses second is told. */
static void
test_one_review(void **state)
{
	static const char *const to_20[] = {"cell_least", "20", NULL};
	static const char *const to_30[] = {"cell_least", "30", NULL};
	const struct reply *reply;
	const char *one, *two;

	(void)state;
	one = form_of(post(&admin, SETTINGS,
			  with(form_of(look(&admin, SETTINGS), SETTINGS, to_20),
			      "step=show")),
	    SETTINGS, nothing);
	two =
	    form_of(post(&second, SETTINGS,
			with(form_of(look(&second, SETTINGS), SETTINGS, to_30),
			    "step=show")),
		SETTINGS, nothing);
	assert_status(post(&admin, SETTINGS, with(one, "step=save")), 303);
	reply = post(&second, SETTINGS, with(two, "step=save"));
	assert_status(reply, 409);
	assert_shows(reply, "7 → 20");
	assert_sql("SELECT value FROM setting WHERE key = 'cell_least'", "20");
}

/* ------------------------------------------------------------- the catalogue
 */

#define DESK   "/staff/admin/catalogue/desks/LH1"
#define CHANGE "/staff/admin/change/desks"

static const char *
desk_review(const struct reply *reply)
{
	return form_of(reply, CHANGE, nothing);
}

static void
test_one_row(void **state)
{
	static const char *const mine[] = {"name", "Quầy A", NULL};
	static const char *const other[] = {"unit", "22972", NULL};
	static const char *const both[] = {"name", "Quầy B", NULL};
	const struct reply *reply;
	const char *first, *late, *later, *removal;

	(void)state;
	first = form_of(look(&admin, DESK), CHANGE, mine);
	late = form_of(look(&second, DESK), CHANGE, other);
	later = form_of(look(&second, DESK), CHANGE, both);
	removal = arena_printf(
	    &arena, "key=LH1&remove=1&was.name=%s", "another+name");
	reply = post(&admin, CHANGE, with(first, "step=show"));
	assert_status(reply, 200);
	assert_status(
	    post(&admin, CHANGE, with(desk_review(reply), "step=save&sure=1")),
	    303);
	assert_sql("SELECT name FROM desk WHERE code = 'LH1'", "Quầy A");
	/* another column: told, and the first one's stays */
	reply = post(&second, CHANGE, with(late, "step=show"));
	assert_status(reply, 409);
	assert_shows(reply, TOLD);
	assert_shows(reply, "→ Quầy A");
	assert_status(
	    post(&second, CHANGE, with(desk_review(reply), "step=save&sure=1")),
	    303);
	assert_sql("SELECT name || ' ' || unit FROM desk WHERE code = 'LH1'",
	    "Quầy A 22972");
	/* the same column: told, asked, then done, and the log is right */
	reply = post(&second, CHANGE, with(later, "step=show"));
	assert_status(reply, 409);
	assert_shows(reply, "→ Quầy A");
	assert_status(
	    post(&second, CHANGE, with(desk_review(reply), "step=save&sure=1")),
	    303);
	assert_sql("SELECT name || ' ' || unit FROM desk WHERE code = 'LH1'",
	    "Quầy B 22972");
	assert_sql("SELECT count(*) FROM audit WHERE login = 'second' AND "
		   "object = 'LH1' AND before LIKE '%Quầy A%' AND after LIKE "
		   "'%Quầy B%'",
	    "1");
	/* removed as it was not shown */
	reply = post(&second, CHANGE, with(removal, "step=show"));
	assert_true(reply->status == 409 || reply->status == 422);
}

/* -------------------------------------------------------------------- people
 */

#define PERSON "/staff/admin/people/doi"

static void
test_one_person(void **state)
{
	static const char *const mine[] = {"role", "manager", NULL};
	static const char *const other[] = {"name", "Trần Văn Đổi", NULL};
	const struct reply *reply;
	const char *first, *late;

	(void)state;
	first = form_of(look(&admin, PERSON), PERSON, mine);
	late = form_of(look(&second, PERSON), PERSON, other);
	reply = post(&admin, PERSON, first);
	assert_status(reply, 200);
	assert_status(
	    post(&admin, PERSON, form_of(reply, PERSON, nothing)), 303);
	/* the second only gave a name: the new role stays */
	reply = post(&second, PERSON, late);
	assert_status(reply, 409);
	assert_shows(reply, TOLD);
	assert_status(
	    post(&second, PERSON, form_of(reply, PERSON, nothing)), 303);
	assert_sql("SELECT role || ' ' || name FROM staff WHERE login = 'doi'",
	    "manager Trần Văn Đổi");
	assert_sql("SELECT before FROM audit WHERE login = 'second' AND "
		   "object = 'doi'",
	    "{\"name\":\"\",\"role\":\"manager\",\"unit\":\"22969\"}");
}

/* ------------------------------------------------------------------- devices
 */

static void
test_one_device(void **state)
{
	static const char *const mine[] = {"name", "Máy ở cửa", NULL};
	static const char *const other[] = {"name", "Máy số 1", NULL};
	const struct reply *page;
	const char *path, *first, *late, *gone;
	char device[60], *token = rig_device(&office_rig, "kiosk", "LH1");

	(void)state;
	free(token);
	snprintf(device, sizeof(device), "%s",
	    rig_sql(&office_rig, "SELECT id FROM device WHERE desk = 'LH1' "
				 "ORDER BY created_at DESC LIMIT 1"));
	path = arena_printf(&arena, "/staff/devices/%s", device);
	page = person_get(&office_rig, &admin, path);
	first = form_with_act(page, path, "rename", mine);
	page = person_get(&office_rig, &second, path);
	late = form_with_act(page, path, "rename", other);
	gone = form_with_act(page, path, "revoke", nothing);
	assert_status(post(&admin, path, first), 303);
	page = post(&second, path, late);
	assert_status(page, 409);
	assert_shows(page, TOLD);
	assert_shows(page, "→ Máy ở cửa");
	page = post(&second, path, with(gone, "sure=1"));
	assert_status(page, 409);
	assert_sql(arena_printf(&arena,
		       "SELECT name FROM device WHERE id = '%s' AND "
		       "revoked_at IS NULL",
		       device),
	    "Máy ở cửa");
	/* as it is shown now */
	page = person_get(&office_rig, &second, path);
	late = form_with_act(page, path, "rename", other);
	assert_status(post(&second, path, late), 303);
	assert_sql("SELECT before || after FROM audit WHERE login = 'second' "
		   "AND act = 'device.rename'",
	    "{\"name\":\"Máy ở cửa\"}{\"name\":\"Máy số 1\"}");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_one_setting),
	    cmocka_unit_test(test_another_setting),
	    cmocka_unit_test(test_one_review),
	    cmocka_unit_test(test_one_row),
	    cmocka_unit_test(test_one_person),
	    cmocka_unit_test(test_one_device),
	};

	return cmocka_run_group_tests(tests, setup, office_teardown);
}
