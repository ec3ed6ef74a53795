/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Comments as a page asks for them, on both engines: in pages that never miss
 * or repeat one, narrowed, searched however the words are written. And what is
 * set aside, with its reasons.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/db/db.h"
#include "server/store/answers.h"
#include "server/store/cases/remarks.h"
#include "tests/kit/store_parts.h"

#include <string.h>
#include "server/core/text/search_text.h"
#include "tests/db/engines.h"

#define DAY 20000 /* of the last answer */

static struct arena arena;

static const struct {
	const char *unit, *desk, *field, *channel, *scores, *comment;
} said[] = {
    {"595", "TP1", "dat-dai", "kiosk", "overall=1", "Chờ LÂU quá"},
    {"22969", "LH1", "dat-dai", "web", "overall=2 attitude=1", "cho lau"},
    {"22969", "LH1", "ho-tich", "sms", "overall=5", "Nhanh 100%"},
    {"22972", "PRC1", "ho-tich", "web", "overall=5", "Rất tốt, a_b"},
    {"22969", "LH1", "", "kiosk", "overall=5 result=-", "Được"},
    {"22972", "PRC1", "ho-tich", "web", "overall=3", "chờ\tlâu  lắm\n"},
};

#define SAID (sizeof(said) / sizeof(said[0]))

/* The n-th answer says said[n], later ones on later days, two a day. */
static struct db *
remarks_store(void)
{
	struct db *db = fresh_store();
	struct entry e;

	for (unsigned n = 0; n < SAID; n++) {
		fill_entry(&e, n + 1);
		e.day = DAY - (int32_t)(SAID - 1 - n) / 2;
		e.unit = said[n].unit;
		e.desk = said[n].desk;
		e.field = said[n].field;
		e.channel = said[n].channel;
		e.scores = said[n].scores;
		e.comment = said[n].comment;
		e.plain = search_text(&arena, said[n].comment);
		assert_int_equal(store_one(db, &e), STORED);
	}
	return db;
}

static size_t
ask(struct db *db, struct remark_query q, struct remark **list)
{
	struct remark_page page;

	if (q.last == 0) {
		q.first = DAY - 10;
		q.last = DAY;
	}
	if (q.most == 0)
		q.most = 100;
	if (q.through == 0)
		q.through = 1000;
	assert_true(store_remarks(db, &arena, &q, &page));
	*list = page.list;
	return page.count;
}

static void
test_one(void **state)
{
	struct db *db = remarks_store();
	struct remark *list;

	(void)state;
	assert_int_equal(ask(db, (struct remark_query){0}, &list), SAID);
	assert_int_equal(list[0].place.day, DAY);
	assert_int_equal(list[SAID - 1].place.day, DAY - 2);
	for (size_t i = 0; i < SAID; i++) {
		if (strcmp(list[i].comment, "cho lau") != 0)
			continue;
		assert_string_equal(list[i].unit, "22969");
		assert_string_equal(list[i].desk, "LH1");
		assert_string_equal(list[i].field, "dat-dai");
		assert_string_equal(list[i].channel, "web");
		assert_int_equal(list[i].overall, 2);
	}
	db_close(db);
}

/* Pages of every size, one after the other, give each comment once. */
static void
test_pages(void **state)
{
	struct db *db = remarks_store();
	struct remark *all, *page;

	(void)state;
	assert_int_equal(ask(db, (struct remark_query){0}, &all), SAID);
	for (size_t most = 1; most <= SAID; most++) {
		struct remark_query q = {.most = most};
		size_t seen = 0, n;

		while ((n = ask(db, q, &page)) > 0) {
			for (size_t i = 0; i < n; i++)
				assert_string_equal(
				    page[i].comment, all[seen++].comment);
			q.after = &page[n - 1].place;
		}
		assert_int_equal(seen, SAID);
	}
	db_close(db);
}

/* However few a page looks through, the pages together find the same. */
static void
test_looked_through(void **state)
{
	struct db *db = remarks_store();

	(void)state;
	for (size_t through = 1; through <= SAID + 1; through++) {
		struct remark_query q = {.first = DAY - 10,
		    .last = DAY,
		    .words = "lau",
		    .most = 2,
		    .through = through};
		struct remark_page page = {.more = true};
		size_t found = 0, pages = 0;

		for (; page.more && pages < 20; pages++) {
			assert_true(store_remarks(db, &arena, &q, &page));
			found += page.count;
			q.after = &page.last;
		}
		assert_int_equal(found, 3);
		assert_in_range(pages, 2, SAID + 1);
	}
	db_close(db);
}

/* A thousand comments of one letter, one that ends otherwise, words of one
 * letter: however soon a page stops, the pages together find the same. */
static void
test_budget(void **state)
{
	struct db *db = fresh_store();
	char letters[2001], words[300];
	struct entry e;

	(void)state;
	memset(letters, 'a', 2000);
	letters[2000] = '\0';
	memset(words, 'a', 298);
	strcpy(words + 298, "b");
	for (unsigned n = 0; n < 1000; n++) {
		fill_entry(&e, n + 1);
		e.day = DAY - (int32_t)n / 100;
		letters[1999] = n % 400 == 7 ? 'b' : 'a';
		e.comment = letters;
		e.plain = letters;
		assert_int_equal(store_one(db, &e), STORED);
	}
	for (int64_t budget = 0; budget < 3; budget++) {
		struct remark_query q = {.first = DAY - 20,
		    .last = DAY,
		    .words = words,
		    .most = 2,
		    .through = 1000,
		    .budget = budget};
		struct remark_page page = {.more = true};
		size_t found = 0, pages = 0;

		for (; page.more && pages < 30; pages++) {
			assert_true(store_remarks(db, &arena, &q, &page));
			found += page.count;
			q.after = &page.last;
		}
		assert_int_equal(found, 3);
		assert_true(pages < 30);
	}
	db_close(db);
}

static void
test_narrowed(void **state)
{
	static const struct {
		struct remark_query q;
		size_t found;
	} cases[] = {
	    {{.unit = "22969"}, 3},
	    {{.unit = "22969", .below = true}, 3},
	    {{.unit = "595"}, 1},
	    {{.unit = "595", .below = true}, 6},
	    {{.unit = "nowhere", .below = true}, 0},
	    {{.field = "ho-tich"}, 3},
	    {{.channel = "web"}, 3},
	    {{.overall = 5}, 3},
	    {{.overall = 2}, 1},
	    {{.overall = 4}, 0},
	    {{.unit = "22972", .field = "ho-tich", .overall = 3}, 1},
	    {{.first = DAY, .last = DAY}, 2},
	    {{.first = DAY - 2, .last = DAY - 1}, 4},
	    {{.first = 1, .last = 2}, 0},
	    {{.words = "chờ lâu"}, 3},
	    {{.words = "  CHO   LAU "}, 3},
	    {{.words = "duoc"}, 1},
	    {{.words = "100%"}, 1},
	    {{.words = "%"}, 1},
	    {{.words = "_"}, 1},
	    {{.words = "a_b"}, 1},
	    {{.words = "\\"}, 0},
	    {{.words = "'"}, 0},
	    {{.words = " "}, 6},
	};
	struct db *db = remarks_store();
	struct remark *list;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (ask(db, cases[i].q, &list) != cases[i].found)
			fail_msg("case %zu", i);
	db_close(db);
}

/* What is set aside is not shown, is counted with its reason, and comes back.
 */
static void
test_aside(void **state)
{
	struct db *db = remarks_store();
	struct aside_count *asides;
	struct remark *list;
	size_t n;

	(void)state;
	assert_true(store_asides(db, &arena, 0, DAY, &asides, &n));
	assert_int_equal(n, 0);
	set_aside(db, 2, true);
	assert_int_equal(ask(db, (struct remark_query){0}, &list), SAID - 1);
	assert_true(store_asides(db, &arena, 0, DAY, &asides, &n));
	assert_int_equal(n, 1);
	assert_string_equal(asides[0].unit, "22969");
	assert_string_equal(asides[0].field, "dat-dai");
	assert_string_equal(asides[0].channel, "web");
	assert_string_equal(asides[0].form, "one-stop");
	assert_int_equal(asides[0].overall, 2);
	assert_int_equal(asides[0].answers, 1);
	assert_true(store_asides(db, &arena, DAY, DAY, &asides, &n));
	assert_int_equal(n, 0);
	set_aside(db, 2, false);
	assert_int_equal(ask(db, (struct remark_query){0}, &list), SAID);
	assert_true(store_asides(db, &arena, 0, DAY, &asides, &n));
	assert_int_equal(n, 0);
	db_close(db);
}

static int
forget(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(test_one, forget),
	    cmocka_unit_test_teardown(test_pages, forget),
	    cmocka_unit_test_teardown(test_looked_through, forget),
	    cmocka_unit_test_teardown(test_budget, forget),
	    cmocka_unit_test_teardown(test_narrowed, forget),
	    cmocka_unit_test_teardown(test_aside, forget),
	};

	return run_on_engines(
	    "remarks", tests, sizeof(tests) / sizeof(tests[0]));
}
