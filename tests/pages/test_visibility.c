/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who may see which unit, as a table: what each place of the collector that
 * asks says of the same unit, for a person of the whole district, for one of
 * the town A, and for one whose unit has left the catalogue. All places agree
 * but in one thing: a page that is about one unit (office, scores asked for a
 * unit) also wants that unit to exist.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/store/devices/device_health.h"
#include "server/store/people/staff.h"
#include "tests/kit/store_parts.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/messages/decision.h"
#include "server/pages/cases/cases.h"
#include "server/pages/devices/device_view.h"
#include "server/pages/people/person_view.h"
#include "server/pages/scores/scope.h"
#include "server/store/scores.h"
#include "tests/db/engines.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The district D with the towns A and B; a ward V of A. */
static struct unit units[] = {
    {"D", "", "district", "Huyện", 0, INT32_MAX},
    {"A", "D", "town", "Thị trấn", 0, INT32_MAX},
    {"V", "A", "ward", "Khu phố", 0, INT32_MAX},
    {"B", "D", "commune", "Xã", 0, INT32_MAX},
};
/* A desk each, of the unit's own code. */
static struct desk desks[] = {
    {"D", "Quầy", &units[0], NULL, 0},
    {"A", "Quầy", &units[1], NULL, 0},
    {"V", "Quầy", &units[2], NULL, 0},
    {"B", "Quầy", &units[3], NULL, 0},
};
static struct form forms[] = {
    {.code = "one-stop", .version = 1, .population = "tthc"},
};
static const struct catalogue town = {.units = units,
    .nunits = COUNT(units),
    .desks = desks,
    .ndesks = COUNT(desks),
    .forms = forms,
    .nforms = COUNT(forms)};

/* A person of the unit `own` (NULL: the whole district) in all the shapes in
 * which the places know people. */
struct asking {
	struct db *db;
	struct ctx ctx;
	struct request req;
	struct page page;
	struct scope scope;
};

static void
ask_as(struct asking *a, struct db *db, const char *own)
{
	*a = (struct asking){.db = db,
	    .ctx = {.db = db, .catalogue = &town},
	    .req = {.caller = {.unit = own}}};
	a->page = (struct page){.ctx = &a->ctx, .req = &a->req};
	a->scope = (struct scope){.page = &a->page};
}

/* ------------------------------------------------------ the places that ask */

static bool
says_page(struct asking *a, const char *unit)
{
	return page_may_see(&a->page, unit);
}

static bool
says_scope(struct asking *a, const char *unit)
{
	bool covers = scope_covers(&a->scope, unit, "", "kiosk");

	assert_int_equal(covers, scope_may_see(&a->scope, unit));
	return covers;
}

static bool
says_person(struct asking *a, const char *unit)
{
	return person_visible(&a->page, unit);
}

static bool
says_device(struct asking *a, const char *desk)
{
	const struct device_state device = {.desk = desk};

	return device_mine(&a->page, &device);
}

/* The person asking is the caseworker here, and the unit a case's. */
static bool
says_worker(struct asking *a, const char *unit)
{
	const struct staff worker = {
	    .role = "caseworker", .unit = a->req.caller.unit};

	return cases_worker(&a->scope, &worker, unit);
}

static bool
says_decision(struct asking *a, const char *unit)
{
	return decision_may_see(&town, &a->req.caller, unit);
}

static bool
says_scores(struct asking *a, const char *unit)
{
	const struct scores_query query = {
	    .period = "2026-Q4", .unit = unit, .within = a->req.caller.unit};
	struct catalogue *frozen;
	struct score_rows rows;
	struct arena arena;
	char error[200];
	enum scores_result result;

	arena_init(&arena);
	result = scores_read(
	    a->db, &town, &arena, &query, &rows, &frozen, error, sizeof(error));
	arena_finish(&arena);
	assert_int_not_equal(result, SCORES_FAILED);
	return result == SCORES_READ;
}

/* Whether an answer of that unit is counted. */
static bool
says_row(struct asking *a, const char *unit)
{
	const struct tally_key key = {.unit = unit,
	    .desk = "",
	    .field = "",
	    .channel = "kiosk",
	    .form = "one-stop",
	    .criterion = "overall"};
	const struct score_query query = {
	    .within = a->req.caller.unit, .population = "tthc"};
	struct tallies tallies;
	struct score_counts counts = {0};

	tallies_init(&tallies);
	tallies_add(&tallies, &key, 5, false, 1);
	scores_count(&tallies, &town, &query, &counts);
	tallies_finish(&tallies);
	return counts.values[5] == 1;
}

typedef bool says(struct asking *a, const char *unit);

/* In the order of the letters below. */
static const struct {
	const char *name;
	says *says;
} places[] = {{"page", says_page}, {"scope", says_scope},
    {"person", says_person}, {"device", says_device}, {"worker", says_worker},
    {"decision", says_decision}, {"scores", says_scores}, {"row", says_row}};

/* y yes, n no, - the place is never asked that. "scores" without a unit is
 * about all that the person may see; a case always has a unit. */
static const struct {
	const char *own, *unit, *says;
} table[] = {
    {NULL, "X", "nyyyyyny"}, /* a unit that the catalogue does not know */
    {NULL, NULL, "n-y---y-"},
    {NULL, "", "nyyyyyny"},
    {NULL, "D", "yyyyyyyy"},
    {NULL, "A", "yyyyyyyy"},
    {NULL, "V", "yyyyyyyy"},
    {NULL, "B", "yyyyyyyy"},
    {"A", "X", "nnnnnnnn"},
    {"A", NULL, "n-n---y-"},
    {"A", "", "nnnnnnnn"},
    {"A", "D", "nnnnnnnn"},
    {"A", "A", "yyyyyyyy"},
    {"A", "V", "yyyyyyyy"},
    {"A", "B", "nnnnnnnn"},
    {"X", "X", "nyynyyny"}, /* what is left of one's own is still seen */
    {"X", "A", "nnnnnnnn"},
    {"X", "", "nnnnnnnn"},
};

static void
test_table(void **state)
{
	struct db *db = fresh_store();
	struct asking a;

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		ask_as(&a, db, table[i].own);
		assert_int_equal(strlen(table[i].says), COUNT(places));
		for (size_t k = 0; k < COUNT(places); k++) {
			const char *own = table[i].own, *unit = table[i].unit;
			char expected = table[i].says[k];

			if (expected != '-' &&
			    places[k].says(&a, unit) != (expected == 'y'))
				fail_msg("%s: %s for a person of %s: not %c",
				    places[k].name, unit == NULL ? "-" : unit,
				    own == NULL ? "all" : own, expected);
		}
	}
	db_close(db);
}

/* Who may have any case of those that the reader sees: people of what the
 * reader may see, and everybody of the whole district. */
static void
test_workers(void **state)
{
	static const struct {
		const char *own, *of;
		bool may;
	} people[] = {{NULL, NULL, true}, {NULL, "D", true}, {NULL, "A", true},
	    {NULL, "X", true}, {"A", NULL, true}, {"A", "D", false},
	    {"A", "A", true}, {"A", "V", true}, {"A", "B", false},
	    {"A", "X", false}};
	struct asking a;

	(void)state;
	for (size_t i = 0; i < COUNT(people); i++) {
		const struct staff worker = {
		    .role = "manager", .unit = people[i].of};

		ask_as(&a, NULL, people[i].own);
		if (cases_worker(&a.scope, &worker, NULL) != people[i].may)
			fail_msg("row %zu", i);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_workers),
	};

	return run_on_engines("visibility", tests, COUNT(tests));
}
