/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fowler, Noll and Vo; the constants are of draft-eastlake-fnv. */
#include "shared/hash.h"

uint64_t
hash_add(uint64_t hash, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ p[i]) * 0x100000001b3ULL;
	return hash;
}
