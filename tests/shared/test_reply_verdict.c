/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a reply proves (the table of reply_cases.c), and what becomes of a queue
 * of which the collector cannot take some rows, on lines that are good, bad and
 * both by turns (a queue in a string, a letter a row).
 */
#include "shared/reply_verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "shared/offer.h"
#include "tests/shared/reply_cases.h"

#define ONE "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11"
#define TWO "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a12"

static const char *
said(enum reply_verdict verdict, const struct row_verdict rows[2])
{
	static char text[3];

	if (verdict != REPLY_ROWS)
		return verdict == REPLY_WAIT ? "wait" : "split";
	for (size_t i = 0; i < 2; i++)
		text[i] = "sdic"[rows[i].word];
	return text;
}

static void
test_table(void **state)
{
	static const char *const ids[] = {ONE, TWO};

	(void)state;
	for (size_t i = 0; i < reply_case_count; i++) {
		const struct reply_case *c = &reply_cases[i];
		char *body = reply_case_body(c, ONE, TWO);
		const struct reply reply = {c->status, c->type, body};
		struct row_verdict rows[2];
		const char *got =
		    said(reply_verdict(&reply, ids, 2, rows), rows);

		if (strcmp(got, c->expect) != 0)
			fail_msg("%s: %s, not %s", c->name, got, c->expect);
		free(body);
	}
}

static void
test_reasons(void **state)
{
	static const char *const ids[] = {ONE, TWO};
	struct row_verdict rows[2];
	struct reply reply = {.status = 200};
	char body[600], long_reason[301];

	(void)state;
	memset(long_reason, 'x', 300);
	long_reason[300] = '\0';
	snprintf(body, sizeof(body),
	    "{\"results\":[{\"id\":\"%s\",\"status\":\"invalid\",\"error\":"
	    "\"%s\"},{\"id\":\"%s\",\"status\":\"conflict\"}]}",
	    ONE, long_reason, TWO);
	reply.body = body;
	assert_int_equal(reply_verdict(&reply, ids, 2, rows), REPLY_ROWS);
	assert_memory_equal(rows[0].reason, "invalid: xxx", 12);
	assert_int_equal(strlen(rows[0].reason), 9 + LIMIT_ERROR_BYTES);
	assert_string_equal(rows[1].reason, "conflict: ");
	assert_int_equal(reply_verdict(&reply, ids, 0, rows), REPLY_WAIT);
	reply.body = NULL;
	assert_int_equal(reply_verdict(&reply, ids, 2, rows), REPLY_WAIT);
	reply.status = 0;
	assert_int_equal(reply_verdict(&reply, ids, 2, rows), REPLY_WAIT);
}

/* ---------------------------------------------------------------- the queue */

#define ROWS 400

struct queue {
	char rows[ROWS + 1]; /* g good, b bad: no collector can read it */
	size_t place[ROWS];  /* its number from the beginning */
	size_t n, given_up, lost, waits, requests;
};

static void
queue_drop(struct queue *q, size_t from, size_t n)
{
	memmove(&q->rows[from], &q->rows[from + n], q->n - from - n);
	memmove(&q->place[from], &q->place[from + n],
	    (q->n - from - n) * sizeof(q->place[0]));
	q->n -= n;
}

/* One request, or the end of the queue; line: 'g' good, 'b' spoils each body.
 */
static void
queue_turn(struct queue *q, struct offer *o, char line)
{
	size_t from = o->skip, n;
	char id[UUID_TEXT];

	if (from >= q->n) {
		q->waits += offer_end(o);
		return;
	}
	n = q->n - from < o->count ? q->n - from : o->count;
	q->requests++;
	if (line == 'g' && memchr(&q->rows[from], 'b', n) == NULL) {
		queue_drop(q, from, n);
		offer_taken(o);
		return;
	}
	snprintf(id, sizeof(id), "row %zu", q->place[from]);
	switch (offer_split(o, id, n)) {
	case OFFER_GIVE_UP:
		q->given_up++;
		q->lost += q->rows[from] == 'g';
		queue_drop(q, from, 1);
		break;
	case OFFER_WAIT:
		q->waits++;
		break;
	default:
		break;
	}
}

static void
fill_queue(struct queue *q, const char *rows)
{
	memset(q, 0, sizeof(*q));
	q->n = strlen(rows);
	memcpy(q->rows, rows, q->n);
	for (size_t i = 0; i < q->n; i++)
		q->place[i] = i;
}

static void
test_queue(void **state)
{
	static const struct {
		const char *rows;
		size_t stay, given_up;
	} cases[] = {
	    {"", 0, 0},
	    {"g", 0, 0},
	    {"gggggggggggggggggggg", 0, 0},
	    /* nothing to compare with: it waits for others */
	    {"b", 1, 0},
	    {"bb", 2, 0},
	    {"bbbbbbbbbbbbbbbbbbbb", 20, 0},
	    {"gb", 1, 0},
	    /* others go through: it is the row */
	    {"bg", 0, 1},
	    {"gbg", 0, 1},
	    {"bbg", 0, 2},
	    {"bbbbbg", 0, 5},
	    {"bbbbbbbbbbg", 0, 10},
	    {"gggggggbgggggggg", 0, 1},
	    {"gbgbgbgbgbg", 0, 5},
	    {"bgbgbgbgbgb", 1, 5},
	    {"ggggggggggggggggggggggggggggggggggggggbggggggggggggg", 0, 1},
	    {"bggggggggggggggggggggggggggggggggggggggggggggggggggg", 0, 1},
	};
	struct queue q;
	struct offer o;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		offer_init(&o, 8);
		fill_queue(&q, cases[i].rows);
		for (int turn = 0; turn < 500; turn++)
			queue_turn(&q, &o, 'g');
		if (q.n != cases[i].stay || q.given_up != cases[i].given_up)
			fail_msg("%s: %zu stay, %zu are given up",
			    cases[i].rows, q.n, q.given_up);
	}
}

/* A line that spoils every body for so many requests, then is good: every row
 * arrives, and the bad time asks for pauses. */
static void
test_bad_line(void **state)
{
	struct queue q;
	struct offer o;
	char rows[301];

	(void)state;
	memset(rows, 'g', 300);
	rows[300] = '\0';
	for (size_t most = 1; most <= 100; most += 33)
		for (int bad = 0; bad < 400; bad += 7)
			for (size_t n = 1; n <= 300; n += 299) {
				offer_init(&o, most);
				rows[n] = '\0';
				fill_queue(&q, rows);
				rows[n] = n < 300 ? 'g' : '\0';
				for (int turn = 0; turn < 1200; turn++)
					queue_turn(
					    &q, &o, turn < bad ? 'b' : 'g');
				assert_int_equal(q.n, 0);
				assert_int_equal(q.given_up, 0);
				if (bad > 40)
					assert_true(
					    q.waits >= (size_t)(bad - 12) / 5);
			}
}

/* Days of answers one by one, the line good and bad by turns: what was refused
 * alone in a bad time is not given up for having been refused. */
static void
test_one_by_one(void **state)
{
	struct queue q;
	struct offer o;

	(void)state;
	offer_init(&o, 50);
	fill_queue(&q, "");
	for (size_t i = 0; i < 300; i++) {
		q.rows[q.n] = 'g';
		q.place[q.n++] = i;
		for (int turn = 0; turn < 40; turn++)
			queue_turn(&q, &o, i % 10 < 3 ? 'b' : 'g');
		assert_true(i % 10 < 3 || q.n == 0);
	}
	assert_int_equal(q.given_up, 0);
}

/* More bad rows than are remembered do not stop the good ones behind them. */
static void
test_many_bad(void **state)
{
	struct queue q;
	struct offer o;
	char rows[ROWS + 1];

	(void)state;
	memset(rows, 'b', 200);
	memset(rows + 200, 'g', 100);
	rows[300] = '\0';
	offer_init(&o, 50);
	fill_queue(&q, rows);
	for (int turn = 0; turn < 3000; turn++)
		queue_turn(&q, &o, 'g');
	assert_null(memchr(q.rows, 'g', q.n));
	assert_int_equal(q.lost, 0);
	assert_int_equal(q.given_up, 200);
	assert_int_equal(q.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_reasons),
	    cmocka_unit_test(test_queue),
	    cmocka_unit_test(test_bad_line),
	    cmocka_unit_test(test_one_by_one),
	    cmocka_unit_test(test_many_bad),
	};

	return cmocka_run_group_tests_name("reply_verdict", tests, NULL, NULL);
}
