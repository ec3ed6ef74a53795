/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The small pure parts of the screen: sizes, fingers, the watchdog's question.
 */
#include "kiosk/fingers.h"
#include "kiosk/scale.h"
#include "kiosk/watchdog.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void
test_scale(void **state)
{
	static const struct {
		int width, height;
		double inches;
		int em, target, columns;
	} table[] = {
	    {1024, 600, 7, 21, 134, 3}, {1280, 800, 10.1, 27, 118, 3},
	    {800, 1280, 10.1, 26, 118, 2}, {1920, 1080, 15.6, 38, 136, 3},
	    {1080, 1920, 15.6, 36, 129, 2}, {800, 480, 7, 17, 105, 3},
	    {1280, 800, 0, 27, 118, 3},    /* unknown: 10.1 */
	    {1280, 800, 1000, 27, 118, 3}, /* nonsense: 10.1 */
	    {640, 480, 5, 13, 110, 3},     /* too small: as much as there is */
	};
	struct scale s;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		scale_of(table[i].width, table[i].height, table[i].inches, &s);
		if (s.em != table[i].em || s.target != table[i].target ||
		    s.columns != table[i].columns)
			fail_msg("%dx%d: em %d target %d columns %d", s.width,
			    s.height, s.em, s.target, s.columns);
	}
	scale_of(1280, 800, 10.1, &s);
	assert_int_equal(scale_rows(&s, 400, 10), 3);
	assert_int_equal(scale_rows(&s, 118, 10), 1);
	assert_int_equal(scale_rows(&s, 20, 10), 1);
}

static void
test_counting(void **state)
{
	struct fingers f = {.reach = 20, .corner = 100};

	(void)state;
	fingers_down(&f, 1, 500, 300, 0);
	assert_int_equal(f.most, 1);
	fingers_down(&f, 2, 700, 300, 10);
	fingers_down(&f, 2, 700, 300, 11); /* the same one */
	assert_int_equal(f.now, 2);
	fingers_up(&f, 1);
	fingers_up(&f, 9);
	assert_int_equal(f.now, 1);
	assert_int_equal(f.most, 2); /* until the glass is empty */
	assert_null(fingers_find(&f, 1));
	assert_non_null(fingers_find(&f, 2));
	fingers_up(&f, 2);
	fingers_down(&f, 3, 1, 1, 20);
	assert_int_equal(f.most, 1);
	fingers_move(&f, 3, 20, 20);
	assert_true(fingers_find(&f, 3)->strayed);
	fingers_none(&f);
	assert_int_equal(f.now, 0);
	for (uintptr_t id = 0; id < 30; id++)
		fingers_down(&f, id, 0, 0, 0);
	assert_int_equal(f.most, FINGERS_MOST);
}

static void
test_corner(void **state)
{
	struct fingers f = {.reach = 20, .corner = 100};

	(void)state;
	fingers_down(&f, 1, 50, 60, 1000);
	fingers_move(&f, 1, 55, 65);
	assert_false(fingers_in_corner(&f, 10999));
	assert_true(fingers_in_corner(&f, 11000));
	fingers_move(&f, 1, 90, 65); /* strayed, also when it comes back */
	fingers_move(&f, 1, 50, 60);
	assert_false(fingers_in_corner(&f, 11000));
	fingers_up(&f, 1);
	fingers_down(&f, 1, 150, 60, 0);
	assert_false(fingers_in_corner(&f, 20000));
	fingers_up(&f, 1);
	fingers_down(&f, 1, 50, 60, 0);
	fingers_down(&f, 2, 500, 60, 0); /* not alone */
	assert_false(fingers_in_corner(&f, 20000));
	fingers_up(&f, 2);
	assert_false(fingers_in_corner(&f, 20000));
}

static void
test_watch(void **state)
{
	struct watchdog w = {0};

	(void)state;
	assert_true(watchdog_ask(&w, 1000, 1000, 5, 1));
	assert_true(watchdog_ask(&w, 11000, 9000, 6, 1));
	assert_false(watchdog_ask(&w, 21000, 20000, 6, 1)); /* no new picture */
	assert_true(watchdog_ask(&w, 31000, 30000, 7, 1));
	assert_false(watchdog_ask(&w, 61000, 30000, 8, 1)); /* a thread hangs */
	assert_true(
	    watchdog_ask(&w, 71000, 70000, 8, 0)); /* the screen is off */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_scale),
	    cmocka_unit_test(test_counting),
	    cmocka_unit_test(test_corner),
	    cmocka_unit_test(test_watch),
	};

	return cmocka_run_group_tests_name("parts", tests, NULL, NULL);
}
