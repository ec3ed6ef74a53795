/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Five numbers, then each element behind its size; all numbers of four bytes,
 * the highest first (src/backend/utils/adt/arrayfuncs.c, array_recv).
 */
#include "server/db/db_array.h"

#include <endian.h>

struct head {
	uint32_t dimensions;
	uint32_t flags; /* 1: there may be nulls; it counts them itself */
	uint32_t type;
	uint32_t count;
	uint32_t first; /* number of the first element */
};

void
db_array_begin(struct buf *array, uint32_t type)
{
	const struct head head = {.dimensions = htobe32(1),
	    .flags = htobe32(1),
	    .type = htobe32(type),
	    .first = htobe32(1)};

	buf_clear(array);
	buf_add(array, &head, sizeof(head));
}

static void
add(struct buf *array, const void *bytes, size_t size)
{
	uint32_t length = htobe32((uint32_t)size);

	buf_add(array, &length, sizeof(length));
	buf_add(array, bytes, size);
}

void
db_array_add(struct buf *array, const struct db_value *v)
{
	const uint32_t null = UINT32_MAX; /* a size of -1 */
	uint64_t bits = (uint64_t)v->integer;

	if (v->null) {
		buf_add(array, &null, sizeof(null));
		return;
	}
	if (v->type == 't' || v->type == 'b') {
		add(array, v->bytes, v->size);
		return;
	}
	if (v->type == 'd')
		memcpy(&bits, &v->real, sizeof(bits));
	bits = htobe64(bits);
	add(array, &bits, sizeof(bits));
}

void
db_array_end(struct buf *array, size_t count)
{
	uint32_t n = htobe32((uint32_t)count);

	memcpy(array->data + offsetof(struct head, count), &n, sizeof(n));
}
