/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stable sort, and the hash by its published values. */
#include "shared/sort.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include "shared/hash.h"

#define MOST 300

struct card {
	int key;
	size_t place; /* where it was before */
	char fill[5]; /* an odd size */
};

static int
by_key(const void *a, const void *b, const void *context)
{
	int order =
	    ((const struct card *)a)->key - ((const struct card *)b)->key;

	return *(const int *)context * order;
}

/* Sorted, each once, equal ones as they were. */
static void
check_cards(struct card *cards, size_t n, int way)
{
	for (size_t i = 0; i < n; i++)
		cards[i].place = i;
	sort_stable(cards, n, sizeof(*cards), by_key, &way);
	for (size_t i = 1; i < n; i++) {
		int order = by_key(&cards[i - 1], &cards[i], &way);

		assert_true(order < 0 || (order == 0 && cards[i - 1].place <
							    cards[i].place));
	}
}

static void
test_sort(void **state)
{
	struct card cards[MOST];

	(void)state;
	srand(1);
	for (size_t n = 0; n <= MOST; n++)
		for (int keys = 1; keys <= 1000; keys *= 10) {
			for (size_t i = 0; i < n; i++)
				cards[i].key = rand() % keys;
			check_cards(cards, n, 1);
			check_cards(cards, n, 1); /* sorted already */
			check_cards(cards, n, -1);
		}
}

static void
test_hash(void **state)
{
	(void)state;
	assert_true(hash_add(HASH_START, "", 0) == 0xcbf29ce484222325);
	assert_true(hash_add(HASH_START, "a", 1) == 0xaf63dc4c8601ec8c);
	assert_true(hash_add(HASH_START, "foobar", 6) == 0x85944171f73967e8);
	assert_true(hash_add(hash_add(HASH_START, "foo", 3), "bar", 3) ==
		    0x85944171f73967e8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sort),
	    cmocka_unit_test(test_hash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
