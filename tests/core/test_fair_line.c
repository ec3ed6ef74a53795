/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whose turn it is: a table of lines, written as letters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "server/core/fair_line.h"

#define MOST 8

/* A letter joins as its source; '-' takes one. What is pushed out stands in
 * out, what is taken in taken, by number in the order of joining ("a1" the
 * first of a), and then the rest. */
static const struct {
	const char *what, *steps, *taken, *out;
} lines[] = {
    {"nothing", "", "", ""},
    {"none to take", "--", "", ""},
    {"one source, in its order", "aaa", "a1 a2 a3", ""},
    {"in turn", "aaabbbc", "a1 b1 c1 a2 b2 a3 b3", ""},
    {"who comes late is not last", "aaaaaa-bb", "a1 a2 b1 a3 b2 a4 a5 a6", ""},
    {"not twice in a row by leaving and coming again", "ab-a-a-", "a1 b1 a2 a3",
	""},
    {"taken while others join", "aa-bb-cc-", "a1 a2 b1 c1 b2 c2", ""},
    {"a full line refuses the one who filled it", "aaaaaaaaaa",
	"a1 a2 a3 a4 a5 a6 a7 a8", "a9 a10"},
    {"another gets the newest one's place", "aaaaaaaab",
	"a1 b1 a2 a3 a4 a5 a6 a7", "a8"},
    {"until they have as many", "aaaaaaaabbbbbb", "a1 b1 a2 b2 a3 b3 a4 b4",
	"a8 a7 a6 a5 b5 b6"},
    {"of many the longest gives", "aaaaabbbcd", "a1 b1 c1 d1 a2 b2 a3 b3",
	"a5 a4"},
    {"room again", "aaaaaaaa--b", "a1 a2 a3 b1 a4 a5 a6 a7 a8", ""},
    {"none has two", "abcdefghij", "a1 b1 c1 d1 e1 f1 g1 h1", "i1 j1"},
};

struct guest {
	struct line_place place;
	char name[8];
};

static void
note_guest(char *text, const struct line_place *p)
{
	const struct guest *g = (const struct guest *)p;

	if (*text != '\0')
		strcat(text, " ");
	strcat(text, g->name);
}

static void
test_turns(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct fair_line *l = fair_line_create(MOST);
		struct guest guests[32];
		int joined[256] = {0};
		char taken[200] = "", out[200] = "";
		struct line_place *p;
		size_t n = 0;

		for (const char *at = lines[i].steps; *at != '\0'; at++) {
			struct guest *g = &guests[n++];

			if (*at == '-') {
				p = fair_line_take(l);
				if (p != NULL)
					note_guest(taken, p);
				continue;
			}
			g->place = (struct line_place){
			    .source = (uint64_t)*at, .since = (int64_t)n};
			snprintf(g->name, sizeof(g->name), "%c%d", *at,
			    ++joined[(unsigned char)*at]);
			p = fair_line_join(l, &g->place);
			if (p != NULL)
				note_guest(out, p);
			assert_in_range(fair_line_count(l), 0, MOST);
		}
		while ((p = fair_line_take(l)) != NULL)
			note_guest(taken, p);
		assert_int_equal(fair_line_count(l), 0);
		if (strcmp(taken, lines[i].taken) != 0 ||
		    strcmp(out, lines[i].out) != 0)
			fail_msg(
			    "%s: taken %s, out %s", lines[i].what, taken, out);
		fair_line_destroy(l);
	}
	fair_line_destroy(NULL);
}

/* Those who wait too long are found, whatever their turn. */
static void
test_late(void **state)
{
	struct fair_line *l = fair_line_create(100);
	struct guest guests[60];
	size_t late = 0;

	(void)state;
	for (size_t i = 0; i < 60; i++) {
		guests[i].place =
		    (struct line_place){.source = i % 7, .since = (int64_t)i};
		assert_null(fair_line_join(l, &guests[i].place));
	}
	assert_null(fair_line_late(l, 0));
	while (fair_line_late(l, 30) != NULL)
		late++;
	assert_int_equal(late, 30);
	assert_int_equal(fair_line_count(l), 30);
	for (size_t i = 0; i < 30; i++)
		assert_true(fair_line_take(l)->since >= 30);
	assert_null(fair_line_take(l));
	assert_null(fair_line_late(l, 1000));
	fair_line_destroy(l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_turns),
	    cmocka_unit_test(test_late),
	};

	return cmocka_run_group_tests_name("fair_line", tests, NULL, NULL);
}
