/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The clock as the real program sees it. A machine whose clock was put ahead
 * while it was off, and one whose record is of a later time, look the same from
 * here: the record that is kept is of another time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/people.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "shared/clock.h"

#define DAY (24 * 3600 * 1000LL)

/* What an earlier start of the machine kept, so long ago. */
static void
keep(struct rig *rig, int64_t ago)
{
	char sql[300];

	snprintf(sql, sizeof(sql),
	    "INSERT OR REPLACE INTO meta VALUES ('clock', '%" PRId64
	    " 1000 0 another-start')",
	    clock_now() - ago);
	rig_sql(rig, sql);
}

/* True when /healthz warns of the clock; status 200 all the same. */
static bool
warned(const struct rig *rig)
{
	const struct reply *reply = get(rig, "/healthz");

	assert_status(reply, 200);
	return strstr(reply->body, "warning: this machine's clock") != NULL;
}

static void
test_commands(void **state)
{
	static const struct {
		int64_t ago;
		int status;
		const char *says;
	} cases[] = {
	    {0, 0, "believed"},
	    {3 * DAY, 0, "believed"},
	    {40 * DAY, 1, "ahead of"},
	    {365 * DAY, 1, "8760 h 0 min ahead of"},
	    {-DAY, 1, "behind"},
	};
	static struct rig rig;

	(void)state;
	rig_make(&rig, "");
	assert_int_equal(rig_run(&rig, "", "clock", NULL), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		keep(&rig, cases[i].ago);
		assert_int_equal(
		    rig_run(&rig, "", "clock", NULL), cases[i].status);
		if (strstr(rig.said, cases[i].says) == NULL)
			fail_msg("%s: %s", cases[i].says, rig.said);
		assert_int_equal(
		    rig_run(&rig, "", "invite", NULL), cases[i].status);
		assert_int_equal(rig_run(&rig, "", "invite", "--dry-run", NULL),
		    cases[i].status);
	}
	assert_int_equal(rig_run(&rig, "", "clock", "--confirm", NULL), 0);
	assert_int_equal(rig_run(&rig, "", "clock", NULL), 0);
	assert_int_equal(rig_run(&rig, "", "invite", NULL), 0);
	assert_string_equal(
	    rig_sql(&rig, "SELECT count(*) FROM audit WHERE act = "
			  "'clock.confirm' AND before LIKE '{\"off_ms\":-%'"),
	    "1");
	assert_int_equal(rig_run(&rig, "", "clock", "--wrong", NULL), 2);
	rig_remove(&rig);
}

/* A collector that runs hears the confirmation. */
static void
test_while_it_serves(void **state)
{
	static struct rig rig;
	struct person person;

	(void)state;
	rig_make(&rig, "");
	person_add(&rig, "lan", "viewer", NULL);
	rig_serve(&rig);
	assert_false(warned(&rig));
	assert_int_equal(rig_stop(&rig), 0);
	keep(&rig, 40 * DAY);
	rig_serve(&rig);
	assert_true(warned(&rig));
	person = person_sign_in(&rig, "lan");
	assert_non_null(strstr(person_get(&rig, &person, "/staff/")->body,
	    "role=\"alert\">Đồng hồ máy chủ"));
	assert_status(rig_post(&rig, "/f/LH1", "overall=5"), 200);
	assert_non_null(strstr(
	    get(&rig, "/metrics")->body, "\nhailong_clock_off_seconds 3456"));
	assert_int_equal(rig_run(&rig, "", "clock", "--confirm", NULL), 0);
	for (int i = 0; i < RIG_PATIENCE * 20 && warned(&rig); i++)
		usleep(50000);
	assert_false(warned(&rig));
	assert_null(strstr(person_get(&rig, &person, "/staff/")->body,
	    "role=\"alert\">Đồng hồ máy chủ"));
	assert_non_null(strstr(
	    get(&rig, "/metrics")->body, "\nhailong_clock_off_seconds 0\n"));
	rig_remove(&rig);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_commands),
	    cmocka_unit_test(test_while_it_serves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
