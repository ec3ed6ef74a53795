/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What one key may have of something in a time: bytes of a source in an hour,
 * bytes of a desk in a day, new keys of a source. What was taken runs off
 * evenly, so that there is no moment at which all begins anew. Pure, in memory
 * of a size that does not grow; a collector that is started again begins anew.
 */
#ifndef HAILONG_SERVER_CORE_BURST_ALLOWANCE_H
#define HAILONG_SERVER_CORE_BURST_ALLOWANCE_H

#include <stddef.h>
#include <stdint.h>

struct allowance;

/* So much (> 0) in so many ms (> 0). */
struct allowed {
	int64_t most, window;
};

/* Makes one for about so many keys at once; where more come, those that have
 * taken least are forgotten first. The caller destroys it. */
struct allowance *allowance_create(size_t keys);
/* Frees it. NULL is allowed. */
void allowance_destroy(struct allowance *a);

/* Ms until the key may take so much; 0: now. What is more than "most" may be
 * taken by a key that has taken nothing. */
int64_t allowance_wait(const struct allowance *a, uint64_t key,
    struct allowed allowed, int64_t amount, int64_t now);
/* Takes it, whether it may or not. */
void allowance_take(struct allowance *a, uint64_t key, struct allowed allowed,
    int64_t amount, int64_t now);

#endif
