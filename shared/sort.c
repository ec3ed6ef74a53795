/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Merge sort: two halves are sorted, the left one is put aside and both are
 * merged back, the left one first among equals. */
#include "shared/sort.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct sorting {
	size_t size;
	sort_compare *compare;
	const void *context;
	char *spare; /* room for half of the list */
};

static bool
in_order(const struct sorting *s, const char *list, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (s->compare(list + (i - 1) * s->size, list + i * s->size,
			s->context) > 0)
			return false;
	return true;
}

static void
merge_halves(const struct sorting *s, char *list, size_t half, size_t n)
{
	const char *left = s->spare, *left_end = left + half * s->size;
	const char *right = list + half * s->size, *end = list + n * s->size;

	memcpy(s->spare, list, half * s->size);
	for (; left < left_end; list += s->size)
		if (right == end || s->compare(left, right, s->context) <= 0) {
			memcpy(list, left, s->size);
			left += s->size;
		} else {
			memcpy(list, right, s->size);
			right += s->size;
		}
}

static void
merge_sort(const struct sorting *s, char *list, size_t n)
{
	size_t half = n / 2;

	if (in_order(s, list, n))
		return;
	merge_sort(s, list, half);
	merge_sort(s, list + half * s->size, n - half);
	merge_halves(s, list, half, n);
}

void
sort_stable(void *list, size_t n, size_t size, sort_compare *compare,
    const void *context)
{
	struct sorting s = {
	    .size = size, .compare = compare, .context = context};

	if (n < 2)
		return;
	s.spare = malloc(n / 2 * size);
	if (s.spare == NULL)
		abort();
	merge_sort(&s, list, n);
	free(s.spare);
}
