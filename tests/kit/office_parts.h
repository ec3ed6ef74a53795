/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An admin and an auditor at the real collector with sample answers, for the
 * tests of the pages on which the house is kept in order. cmocka.h must be
 * included before this. */
#ifndef HAILONG_TESTS_KIT_OFFICE_PARTS_H
#define HAILONG_TESTS_KIT_OFFICE_PARTS_H

#include "shared/arena.h"
#include "tests/kit/people.h"

extern struct rig office_rig;
extern struct person admin, auditor;
extern struct arena arena; /* of the whole run */

/* A group's setup and teardown: the collector with both signed in. */
int office_setup(void **state);
int office_teardown(void **state);
/* GET of a page, which must be there and well formed. */
const struct reply *look(const struct person *p, const char *path);
/* POST of a form, whatever comes of it; a page is well formed. */
const struct reply *post(
    const struct person *p, const char *path, const char *form);
/* The page is well formed, unless it is the citizens' form, which is written
 * shorter (form.html) and looked at by test_form. */
void assert_formed(const struct reply *reply, const char *path);
void assert_shows(const struct reply *reply, const char *words);
void assert_hides(const struct reply *reply, const char *words);
/* Sent on to this address. */
void assert_goes(const struct reply *reply, const char *where);
/* The first column of the first row. */
void assert_sql(const char *sql, const char *value);
/* Shows a change of a sheet and saves it, ticked; must be taken. */
void change(const char *sheet, const char *form);
/* What the form of the unit 22969 sends, but for its name. */
#define UNIT                                                                   \
	"key=22969&parent=595&level=town&valid_from=2010-01-01&"               \
	"valid_to=2025-06-30&name="
/* What the editor of the newest version of one-stop would send, with a reason
 * in these words (as they stand in a form). */
const char *form_fields(const char *reason);

#endif
