/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who may see which unit. What the places that ask make of it is told by
 * tests/pages/test_visibility.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/core/district.h"

#include "server/core/catalogue/visibility.h"

/* Units: D with A, B and N below it; X is none of the catalogue. */
static const struct {
	const char *own, *unit;
	bool visible;
} table[] = {
    {NULL, NULL, true}, {NULL, "", true}, {NULL, "X", true}, {NULL, "D", true},
    {NULL, "A", true}, {"D", "D", true}, {"D", "A", true}, {"D", "X", false},
    {"D", NULL, false}, {"D", "", false}, {"A", NULL, false}, {"A", "", false},
    {"A", "X", false}, {"A", "D", false}, {"A", "A", true}, {"A", "B", false},
    {"X", "X", true},                   /* what is left of a former unit */
    {"X", "A", false}, {"", "", false}, /* no unit is not a unit of one's own */
};

static void
test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (unit_visible(&district, table[i].own, table[i].unit) !=
		    table[i].visible)
			fail_msg("row %zu", i);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
