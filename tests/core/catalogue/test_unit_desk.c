/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whose answer it is when a dossier is rated and no desk is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/catalogue/catalogue.h"

#include <string.h>

static struct unit units[] = {{.code = "D"}, {.code = "A"}, {.code = "N"}};
static struct field fields[] = {
    {.code = "land"}, {.code = "civil"}, {.code = "crop"}, {.code = "trade"}};
static const struct field *all[] = {&fields[0], &fields[1], &fields[3]},
			  *land[] = {&fields[0]},
			  *two[] = {&fields[0], &fields[3]};
static struct desk desks[] = {
    {"D1", "", &units[0], all, 3},
    {"D2", "", &units[0], two, 2},
    {"D3", "", &units[0], land, 1},
    {"A1", "", &units[1], NULL, 0},
    {"A2", "", &units[1], land, 1},
};
static const struct catalogue place = {.units = units,
    .nunits = 3,
    .fields = fields,
    .nfields = 4,
    .desks = desks,
    .ndesks = 5};

static const struct {
	const char *unit, *field, *desk; /* NULL: refused */
} table[] = {
    {"D", "land", "D3"},  /* of three that serve it, the one for it alone */
    {"D", "trade", "D2"}, /* of two */
    {"D", "civil", "D1"}, /* the only one */
    {"D", "crop", "D1"},  /* none: the unit's first */
    {"D", "", "D1"},      /* not known */
    {"D", "gone", "D1"},  /* not in the catalogue any more */
    {"A", "land", "A2"},
    {"A", "civil", "A1"},
    {"A", "", "A1"},
    {"N", "land", NULL}, /* never another unit's */
    {"N", "", NULL},
    {"X", "land", NULL}, /* not a unit of the catalogue */
    {"", "land", NULL},
};

static void
test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const struct desk *desk =
		    catalogue_unit_desk(&place, table[i].unit, table[i].field);

		if (table[i].desk == NULL
			? desk != NULL
			: desk == NULL ||
			      strcmp(desk->code, table[i].desk) != 0)
			fail_msg("%s %s: %s", table[i].unit, table[i].field,
			    desk == NULL ? "none" : desk->code);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
