/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signing in, asking, and what is said of the answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/office_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/view/html_check.h"

struct rig office_rig;

struct person admin, auditor;
struct arena arena;

/* ------------------------------------------------------------------- asking */

int
office_setup(void **state)
{
	(void)state;
	rig_make(&office_rig, "");
	assert_int_equal(rig_run(&office_rig, "", "sample", "--answers", "3000",
			     "--days", "20", "--seed", "7", NULL),
	    0);
	person_add(&office_rig, "admin", "admin", NULL);
	person_add(&office_rig, "auditor", "auditor", NULL);
	rig_serve(&office_rig);
	admin = person_sign_in(&office_rig, "admin");
	auditor = person_sign_in(&office_rig, "auditor");
	return 0;
}

int
office_teardown(void **state)
{
	(void)state;
	rig_check(&office_rig);
	rig_remove(&office_rig);
	arena_finish(&arena);
	return 0;
}

/* Every page that is looked at is well formed; the citizens' form is written
 * shorter (form.html), and looked at by test_form. */
void
assert_formed(const struct reply *reply, const char *path)
{
	char error[200];

	if (strstr(reply->body, "/static/form.") == NULL &&
	    !html_check(reply->body, true, error))
		fail_msg("%s: %s", path, error);
}

const struct reply *
look(const struct person *p, const char *path)
{
	const struct reply *reply = person_get(&office_rig, p, path);

	assert_status(reply, 200);
	assert_formed(reply, path);
	return reply;
}

const struct reply *
post(const struct person *p, const char *path, const char *form)
{
	const struct reply *reply = person_send(&office_rig, p, path, form);

	if (reply->status != 303 && reply->status != 413)
		assert_formed(reply, path);
	return reply;
}

void
assert_shows(const struct reply *reply, const char *words)
{
	if (strstr(reply->body, words) == NULL)
		fail_msg("not \"%s\" in: %s", words, reply->body);
}

void
assert_hides(const struct reply *reply, const char *words)
{
	if (strstr(reply->body, words) != NULL)
		fail_msg("\"%s\" in: %s", words, reply->body);
}

void
assert_goes(const struct reply *reply, const char *where)
{
	char *location;

	assert_status(reply, 303);
	location = reply_header(reply, "Location");
	assert_string_equal(location, where);
	free(location);
}

/* Shows a change and saves it, ticked. */
void
change(const char *sheet, const char *form)
{
	const char *path =
	    arena_printf(&arena, "/staff/admin/change/%s", sheet);
	const struct reply *reply =
	    post(&admin, path, arena_printf(&arena, "step=show&%s", form));
	const char *mark;

	assert_status(reply, 200);
	mark = hidden(reply, "mark");
	reply = post(&admin, path,
	    arena_printf(&arena, "step=save&sure=1&mark=%s&%s", mark, form));
	if (reply->status != 303)
		fail_msg("%s %s: %s", sheet, form, reply->body);
}

void
assert_sql(const char *sql, const char *value)
{
	assert_string_equal(rig_sql(&office_rig, sql), value);
}

/* Everything the editor of the newest version would send, with this reason's
 * words. */
const char *
form_fields(const char *reason)
{
	return arena_printf(&arena,
	    "code=one-stop&title.vi=T%%C3%%AAn&overall.vi=C%%C3%%A2u+chung"
	    "&overall.en=Overall&criteria.0.code=access&criteria.0.vi=N%%C6%%"
	    "A1i"
	    "&criteria.1.code=&reasons.0.code=waiting&reasons.0.vi=%s"
	    "&reasons.1.code=queue&reasons.1.vi=Ch%%E1%%BB%%97+ng%%E1%%BB%%93i"
	    "&reasons.2.code=&reasons.2.vi=",
	    reason);
}
