/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a request comes from, as far as we keep it: a keyed hash of the
 * address, whose key is made when the collector starts and never leaves its
 * memory. Nothing of an address is written or kept for longer than an hour.
 */
#ifndef HAILONG_SERVER_SECRET_SOURCE_H
#define HAILONG_SERVER_SECRET_SOURCE_H

#include <stdint.h>

/* The hash of an address as a proxy names it, under a key (a token's text);
 * 0: NULL or "", not known. Of IPv6 the first half counts, which is what one
 * customer has. */
uint64_t source_hash(const char *key, const char *address);

#endif
