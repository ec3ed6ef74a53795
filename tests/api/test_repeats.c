/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An answer that comes again under its id, with something said outright that
 * the first one left to the default, or the other way round, is the same
 * answer; with anything else it is another one, and the first one stays. A
 * table over every optional member, both ways round, at a desk with one field.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <stdlib.h>
#include <string.h>

static struct rig rig;
static char *kiosk; /* of TPD1, which has one field */

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	kiosk = rig_device(&rig, "kiosk", "TPD1");
	rig_serve(&rig);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(kiosk);
	rig_check(&rig);
	rig_remove(&rig);
	return 0;
}

/* What of the other one's members stands in place of the plain answer's. */
static const struct {
	const char *members, *want;
} cases[] = {
    {"{}", "duplicate"},
    /* each default said outright */
    {"{\"form\":\"one-stop\"}", "duplicate"},
    {"{\"form_version\":1}", "duplicate"},
    {"{\"form\":\"one-stop\",\"form_version\":1}", "duplicate"},
    {"{\"desk\":\"TPD1\"}", "duplicate"},
    {"{\"field\":\"dat-dai\"}", "duplicate"},
    {"{\"desk\":\"TPD1\",\"field\":\"dat-dai\"}", "duplicate"},
    {"{\"reasons\":[]}", "duplicate"},
    {"{\"comment\":\"\"}", "duplicate"},
    {"{\"comment\":\"   \"}", "duplicate"},
    {"{\"lang\":\"vi\"}", "duplicate"},
    {"{\"lang\":\"VI\"}", "duplicate"},
    {"{\"assisted\":\"none\"}", "duplicate"},
    {"{\"flags\":[]}", "duplicate"},
    {"{\"seq\":0}", "duplicate"},
    {"{\"form\":\"one-stop\",\"form_version\":1,\"desk\":\"TPD1\","
     "\"field\":\"dat-dai\",\"reasons\":[],\"comment\":\"\",\"lang\":\"vi\","
     "\"assisted\":\"none\",\"token\":null,\"flags\":[],\"seq\":0,"
     "\"clock\":null}",
	"duplicate"},
    /* null is as good as unsaid */
    {"{\"form\":null}", "duplicate"},
    {"{\"form_version\":null}", "duplicate"},
    {"{\"desk\":null}", "duplicate"},
    {"{\"field\":null}", "duplicate"},
    {"{\"reasons\":null}", "duplicate"},
    {"{\"comment\":null}", "duplicate"},
    {"{\"lang\":null}", "duplicate"},
    {"{\"assisted\":null}", "duplicate"},
    {"{\"token\":null}", "duplicate"},
    {"{\"flags\":null}", "duplicate"},
    {"{\"seq\":null}", "duplicate"},
    {"{\"clock\":null}", "duplicate"},
    /* what is no default is another answer */
    {"{\"form\":\"sipas-2022\"}", "conflict"},
    {"{\"field\":\"ho-tich\"}", "conflict"},
    {"{\"scores\":{\"overall\":4}}", "conflict"},
    {"{\"scores\":{\"overall\":5,\"attitude\":null}}", "conflict"},
    {"{\"scores\":{\"overall\":5,\"attitude\":5}}", "conflict"},
    {"{\"reasons\":[\"waiting\"]}", "conflict"},
    {"{\"comment\":\"một\"}", "conflict"},
    {"{\"lang\":\"en\"}", "conflict"},
    {"{\"assisted\":\"staff\"}", "conflict"},
    {"{\"token\":\"x\"}", "conflict"},
    {"{\"flags\":[\"burst\"]}", "conflict"},
    {"{\"seq\":1}", "conflict"},
    {"{\"clock\":{\"boot\":\"b\",\"mono\":1,\"synced\":true}}", "conflict"},
    {"{\"form_version\":1,\"scores\":{\"overall\":4}}", "conflict"},
    {"{\"desk\":\"TPD1\",\"comment\":\"hai\"}", "conflict"},
};
#define CASES (sizeof(cases) / sizeof(cases[0]))

static void
assert_posted(json_t *answer, const char *want, const char *what)
{
	json_t *results = post_answers(&rig, kiosk, json_pack("[O]", answer));

	if (strcmp(result(results, 0, "status"), want) != 0)
		fail_msg("%s: %s (%s), expected %s", what,
		    result(results, 0, "status"), result(results, 0, "error"),
		    want);
	json_decref(results);
}

/* Each way round, and once more as the first time. */
static void
repeat(size_t i, bool plain_first)
{
	json_t *plain = new_answer("{\"desk\":null}"), *other, *over;

	over = json_loads(cases[i].members, 0, NULL);
	assert_non_null(over);
	other = json_deep_copy(plain);
	json_object_update(other, over);
	assert_posted(plain_first ? plain : other, "stored", cases[i].members);
	assert_posted(
	    plain_first ? other : plain, cases[i].want, cases[i].members);
	assert_posted(
	    plain_first ? plain : other, "duplicate", cases[i].members);
	json_decref(over);
	json_decref(other);
	json_decref(plain);
}

static void
test_each_member(void **state)
{
	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		repeat(i, true);
		repeat(i, false);
	}
	assert_int_equal(
	    strtol(rig_sql(&rig, "SELECT count(*) FROM answer"), NULL, 10),
	    2 * CASES);
}

/* Every choice of the four members that the catalogue fills in, against every
 * other choice. */
static void
test_each_choice(void **state)
{
	static const char *const keys[] = {
	    "form", "form_version", "desk", "field"};
	json_t *values =
	    json_pack("[s,i,s,s]", "one-stop", 1, "TPD1", "dat-dai");

	(void)state;
	for (unsigned first = 0; first < 16; first++) {
		json_t *plain = new_answer("{\"desk\":null}");

		for (unsigned again = 0; again <= 16; again++) {
			json_t *answer = json_deep_copy(plain);

			for (size_t k = 0; k < 4; k++)
				if ((again == 0 ? first : again - 1) & 1U << k)
					json_object_set(answer, keys[k],
					    json_array_get(values, k));
			assert_posted(answer,
			    again == 0 ? "stored" : "duplicate", "a choice");
			json_decref(answer);
		}
		json_decref(plain);
	}
	json_decref(values);
}

/* Where a desk has several fields, none is the default. */
static void
test_no_default(void **state)
{
	json_t *plain = new_answer(""), *other = json_deep_copy(plain);
	char *import = rig_device(&rig, "import", NULL), *own = kiosk;

	(void)state;
	json_object_set_new(other, "field", json_string("dat-dai"));
	kiosk = import;
	assert_posted(plain, "stored", "no field");
	assert_posted(other, "conflict", "a field");
	assert_posted(plain, "duplicate", "no field again");
	kiosk = own;
	free(import);
	json_decref(other);
	json_decref(plain);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_member),
	    cmocka_unit_test(test_each_choice),
	    cmocka_unit_test(test_no_default),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
