/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All numbers have the highest byte first. An array: five numbers of four
 * bytes, then its elements (src/backend/utils/adt/arrayfuncs.c, array_recv).
 * COPY: a signature, flags and an empty extension, then rows, each behind its
 * number of values (manual, COPY, "Binary Format").
 */
#include "server/db/db_binary.h"

#include <endian.h>

static void
add_16(struct buf *out, uint16_t n)
{
	n = htobe16(n);
	buf_add(out, &n, sizeof(n));
}

static void
add_32(struct buf *out, uint32_t n)
{
	n = htobe32(n);
	buf_add(out, &n, sizeof(n));
}

void
db_binary_add(struct buf *out, const struct db_value *v)
{
	uint64_t bits = (uint64_t)v->integer;

	if (v->null) {
		add_32(out, UINT32_MAX); /* a size of -1 */
		return;
	}
	if (v->type == 't' || v->type == 'b') {
		add_32(out, (uint32_t)v->size);
		buf_add(out, v->bytes, v->size);
		return;
	}
	if (v->type == 'd')
		memcpy(&bits, &v->real, sizeof(bits));
	bits = htobe64(bits);
	add_32(out, sizeof(bits));
	buf_add(out, &bits, sizeof(bits));
}

void
db_array_begin(struct buf *array, uint32_t type)
{
	buf_clear(array);
	add_32(array, 1); /* dimension */
	add_32(array, 1); /* there may be nulls: it counts them itself */
	add_32(array, type);
	add_32(array, 0); /* elements: not known yet */
	add_32(array, 1); /* number of the first */
}

void
db_array_end(struct buf *array, size_t count)
{
	uint32_t n = htobe32((uint32_t)count);

	memcpy(array->data + 3 * sizeof(n), &n, sizeof(n));
}

void
db_copy_begin(struct buf *copy)
{
	static const char signature[] = "PGCOPY\n\377\r\n"; /* and its NUL */

	buf_clear(copy);
	buf_add(copy, signature, sizeof(signature));
	add_32(copy, 0);
	add_32(copy, 0);
}

void
db_copy_row(struct buf *copy, int values)
{
	add_16(copy, (uint16_t)values);
}

void
db_copy_end(struct buf *copy)
{
	add_16(copy, UINT16_MAX); /* -1 values: no row */
}
