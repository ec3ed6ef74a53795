/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What each answer and dossier says follows from its number, over three units,
 * three fields and four channels, so that a test knows what it asked for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/quarter.h"

#include <stdio.h>
#include "server/core/dossier/dossier.h"
#include "server/store/dossier/dossiers.h"
#include "shared/arena.h"
#include "shared/civil.h"
#include "tests/db/engines.h"
#include "tests/kit/store_parts.h"

static const char *const units[] = {"22969", "22972", "22975"};
static const char *const desks[] = {"LH1", "PRC1", "PD1"};
static const char *const fields[] = {"dat-dai", "ho-tich", ""};
static const char *const channels[] = {"kiosk", "web", "sms", "api"};

struct period quarter;

int
say_one(struct db *db, unsigned n)
{
	static char scores[40];
	int score = (int)(n * 7 % 10) < 7 ? 5 : (int)(n % 5) + 1;
	struct entry e;

	fill_entry(&e, n);
	snprintf(scores, sizeof(scores), "overall=%d attitude=%d", score,
	    (int)(n % 5) + 1);
	e.day = quarter.first + (int)(n * 13 % 92);
	e.unit = units[n % 3];
	e.desk = desks[n % 3];
	e.field = fields[n / 3 % 3];
	e.channel = channels[n / 9 % 4];
	e.scores = scores;
	e.device = "";
	assert_int_equal(store_one(db, &e), STORED);
	return score;
}

void
announce_one(struct db *db, unsigned n, bool done, bool late)
{
	struct arena a;
	struct dossier d;
	enum announced became;

	arena_init(&a);
	d = (struct dossier){.key = arena_printf(&a, "H11%06u", n),
	    .code = arena_printf(&a, "H11-%06u", n),
	    .unit = units[n % 3],
	    .field = fields[n / 3 % 3],
	    .procedure = "",
	    .desk = "",
	    .authority = "",
	    .received_at = civil_day_start(quarter.first),
	    .due_at = civil_day_start(late ? quarter.first : quarter.last + 30),
	    .finished_at =
		done ? civil_day_start(quarter.first + (int)(n * 7 % 92)) +
			   3600000
		     : DOSSIER_NEVER,
	    .outcome = done ? OUTCOME_GRANTED : OUTCOME_NONE};
	assert_true(db_begin(db));
	assert_true(store_dossiers(db, &d, 1, STORE_NOW, &became));
	assert_true(db_commit(db));
	arena_finish(&a);
}

struct db *
quarter_of_answers(void)
{
	struct db *db = fresh_store();

	assert_true(period_parse("2026-Q3", PERIOD_CALENDAR, &quarter));
	for (unsigned n = 1; n <= SAID; n++)
		say_one(db, n);
	for (unsigned n = 1; n <= SAID; n += 17)
		set_aside(db, n, true);
	for (unsigned n = 0; n < FOLDERS; n++)
		announce_one(db, n, n % 4 != 3, n % 5 == 0);
	return db;
}
