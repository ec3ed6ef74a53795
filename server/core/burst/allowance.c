/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A key's row is one of a few neighbours in a table of fixed size. A key that
 * is not there has taken nothing; a new one gets the row of whoever has least,
 * so that keys by the million push out each other and not the one that takes
 * much. An instant that lies before the last one counts as that one.
 */
#include "server/core/burst/allowance.h"

#include <math.h>
#include <stdlib.h>

#define NEIGHBOURS 8

struct allowance_row {
	uint64_t key;
	double taken; /* at that instant; 0: free */
	int64_t at;
};

struct allowance {
	struct allowance_row *rows; /* size of them, a power of two; owned */
	size_t size;
};

struct allowance *
allowance_create(size_t keys)
{
	struct allowance *a = calloc(1, sizeof(*a));

	if (a == NULL)
		abort();
	a->size = NEIGHBOURS;
	while (a->size < keys)
		a->size *= 2;
	a->rows = calloc(a->size, sizeof(*a->rows));
	if (a->rows == NULL)
		abort();
	return a;
}

void
allowance_destroy(struct allowance *a)
{
	if (a == NULL)
		return;
	free(a->rows);
	free(a);
}

static struct allowance_row *
neighbours_of(const struct allowance *a, uint64_t key)
{
	/* keys are hashes, or codes that differ in their lowest bits */
	uint64_t mixed = (key ^ key >> 32) * 0x9e3779b97f4a7c15u;

	return a->rows + ((mixed >> 32) & (a->size - 1) & ~(NEIGHBOURS - 1u));
}

/* What the row still has of what it took. */
static double
left_of(const struct allowance_row *row, struct allowed allowed, int64_t now)
{
	double passed = now > row->at ? (double)(now - row->at) : 0;

	return fmax(0, row->taken - passed * (double)allowed.most /
					(double)allowed.window);
}

int64_t
allowance_wait(const struct allowance *a, uint64_t key, struct allowed allowed,
    int64_t amount, int64_t now)
{
	const struct allowance_row *row = neighbours_of(a, key);
	double over = 0;

	for (int i = 0; i < NEIGHBOURS; i++, row++)
		if (row->key == key && row->taken > 0) {
			double left = left_of(row, allowed, now);

			over = fmin(
			    left, left + (double)amount - (double)allowed.most);
		}
	return over <= 0 ? 0
			 : (int64_t)ceil(over * (double)allowed.window /
					 (double)allowed.most);
}

void
allowance_take(struct allowance *a, uint64_t key, struct allowed allowed,
    int64_t amount, int64_t now)
{
	struct allowance_row *row = neighbours_of(a, key), *least = row;
	double fewest = INFINITY, left;

	for (int i = 0; i < NEIGHBOURS; i++, row++) {
		left = left_of(row, allowed, now);
		if (row->key == key && row->taken > 0) {
			least = row;
			fewest = left;
			break;
		}
		if (left < fewest) {
			least = row;
			fewest = left;
		}
	}
	if (least->key != key)
		*least = (struct allowance_row){.key = key, .at = now};
	else
		least->taken = fewest;
	least->taken += (double)amount;
	if (now > least->at)
		least->at = now;
}
