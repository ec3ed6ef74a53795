/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the page says before an answer is set aside or restored, and what
 * `hailong-server scores` prints once it is done, at the real collector: the
 * same counts, shares and target, and a warning exactly where the printed share
 * changes its side. The plan lowers the target inside the quarter; the one of
 * the first day holds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/work_rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/score/period.h"
#include "server/view/number.h"
#include "shared/civil.h"
#include "shared/clock.h"

#define ALL       100
#define SATISFIED 90

/* Of the desk's unit and of a field whose target is that of all. */
#define UNIT  "22969"
#define FIELD "ho-tich"

static struct period quarter;
static char ids[ALL][UUID_TEXT];

/* ---------------------------------------------------------------- the plan */

/* A target of 80 % from the quarter's second day on; before it, 90 %. */
static void
change_plan(void)
{
	char folder[100], path[120], day[CIVIL_DATE_TEXT];
	FILE *f;

	assert_true(civil_set_zone("Asia/Ho_Chi_Minh"));
	quarter = period_current_quarter(
	    civil_local_day(clock_now()), PERIOD_CALENDAR);
	civil_format_date(quarter.first + 1, day);
	snprintf(folder, sizeof(folder), "%s/plan", rig.folder);
	assert_int_equal(
	    rig_run(&rig, "", "catalogue", "export", folder, NULL), 0);
	snprintf(path, sizeof(path), "%s/targets.csv", folder);
	f = fopen(path, "a");
	assert_non_null(f);
	fprintf(f, "tthc,,%s,80\n", day);
	assert_int_equal(fclose(f), 0);
	if (rig_run(&rig, "", "catalogue", "import", folder, NULL) != 0)
		fail_msg("%s", rig.said);
}

static void
fill_quarter(void)
{
	json_t *list = json_array(), *results;

	for (int i = 0; i < ALL; i++) {
		json_t *answer = new_answer("{\"field\":\"" FIELD "\"}");

		json_object_set_new(json_object_get(answer, "scores"),
		    "overall", json_integer(i < SATISFIED ? 5 : 2));
		snprintf(ids[i], UUID_TEXT, "%s",
		    json_string_value(json_object_get(answer, "id")));
		json_array_append_new(list, answer);
	}
	results = post_answers(&rig, import, list);
	for (int i = 0; i < ALL; i++)
		assert_string_equal(
		    result(results, (size_t)i, "status"), "stored");
	json_decref(results);
}

static int
setup(void **state)
{
	work_setup(state);
	change_plan();
	rig_stop(&rig);
	rig_serve(&rig);
	fill_quarter();
	return 0;
}

/* --------------------------------------------------------- what scores says */

struct printed {
	int64_t satisfied, valid, aside, target4;
};

static int64_t
number(const json_t *row, const char *member)
{
	return json_integer_value(json_object_get(row, member));
}

/* The row of a table of `hailong-server scores` whose `by` is this code. */
static struct printed
scores(const char *by, const char *code)
{
	char name[PERIOD_TEXT];
	struct printed out = {.target4 = -1};
	json_t *all, *row;
	size_t i;

	period_name(&quarter, name);
	assert_int_equal(rig_run(&rig, "", "scores", "--period", name, "--by",
			     by, "--format", "json", NULL),
	    0);
	all = json_loads(rig.said, 0, NULL);
	assert_non_null(all);
	json_array_foreach (all, i, row) {
		const char *value = json_string_value(
		    json_object_get(json_object_get(row, "scope"), by));

		if (value == NULL || strcmp(value, code) != 0)
			continue;
		out = (struct printed){number(row, "satisfied"),
		    number(row, "valid"), number(row, "set_aside"),
		    (int64_t)(json_number_value(
				  json_object_get(row, "target")) *
				  10000 +
			      0.5)};
	}
	json_decref(all);
	assert_true(out.target4 > 0);
	return out;
}

static bool
reached(const struct printed *p)
{
	return p->satisfied * 1000000 >= p->target4 * p->valid;
}

/* ------------------------------------------------------- what the page says */

/* The page's table has this row: the words of two cells, as the template
 * writes them. */
static void
assert_row(
    const char *page, const struct printed *was, const struct printed *is)
{
	const struct printed *sides[] = {was, is};
	char share[NUMBER_TEXT], cell[200], with[60] = "";

	for (int i = 0; i < 2; i++) {
		const struct printed *p = sides[i];

		number_share(
		    p->satisfied, p->valid, (int)p->target4, ',', share);
		/* with them it is what it was before anybody did anything */
		snprintf(with, sizeof(with), "%s",
		    p->aside == 0 ? "" : "; tính cả: 90,0%");
		snprintf(cell, sizeof(cell),
		    "<strong>%s%%</strong> <small>%lld phiếu tính, %lld phiếu "
		    "loại%s</small>",
		    share, (long long)p->valid, (long long)p->aside, with);
		if (strstr(page, cell) == NULL)
			fail_msg("no %s in: %s", cell, page);
	}
}

static size_t
times(const char *page, const char *words)
{
	size_t n = 0;

	while ((page = strstr(page, words)) != NULL) {
		n++;
		page += strlen(words);
	}
	return n;
}

/* Both rows, of the unit and of the field, have the same answers here.
 * Whichever side it leads to, the words are the same, and what must be
 * justified stands there, more of it where the share rises; nothing is praised.
 */
static void
assert_warns(
    const char *page, const struct printed *was, const struct printed *is)
{
	char words[100], target[NUMBER_TEXT];
	bool crosses = reached(was) != reached(is);
	bool rises = is->satisfied * was->valid > was->satisfied * is->valid;

	number_target((int)is->target4, ',', target);
	snprintf(words, sizeof(words), "Kết luận so với chỉ tiêu %s%% sẽ khác<",
	    target);
	assert_int_equal(times(page, "class=\"crossing\""), crosses ? 2 : 0);
	assert_int_equal(times(page, words), crosses ? 2 : 0);
	assert_int_equal(times(page, "Phải giải trình"), 1);
	assert_int_equal(times(page, "Tỷ lệ sẽ cao hơn hiện nay"), rises);
	assert_int_equal(times(page, "Lên tới"), 0);
}

/* Shows the decision, carries it out, and asks `scores` before and after. */
static void
try_decision(int which, const char *act, bool crosses)
{
	const char *reason = strcmp(act, "aside") == 0 ? "test" : "wrong";
	struct printed was = scores("unit", UNIT), is, field;
	char *page;

	page =
	    strdup(decide(&local, ids[which], act, reason, "x", false)->body);
	by_two(&local, &manager, ids[which], act, reason, "x");
	is = scores("unit", UNIT);
	field = scores("field", FIELD);
	assert_memory_equal(&is, &field, sizeof(is));
	assert_int_equal(was.target4, 900000);
	assert_int_equal(is.target4, 900000);
	assert_int_equal(reached(&was) != reached(&is), crosses);
	assert_row(page, &was, &is);
	assert_warns(page, &was, &is);
	free(page);
}

static void
test_as_scores(void **state)
{
	(void)state;
	try_decision(ALL - 1, "aside", false);   /* 90 of 99 */
	try_decision(ALL - 1, "restore", false); /* 90 of 100 */
	try_decision(0, "aside", true);          /* 89 of 99 */
	try_decision(1, "aside", false);         /* 88 of 98 */
	try_decision(1, "restore", false);
	try_decision(ALL - 2, "aside", true); /* 89 of 98 */
	try_decision(0, "restore", false);    /* 90 of 99 */
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_as_scores),
	};

	return cmocka_run_group_tests(tests, setup, work_teardown);
}
