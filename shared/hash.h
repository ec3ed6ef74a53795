/* SPDX-License-Identifier: GPL-2.0-or-later */
/* FNV-1a of 64 bits: for tables and marks of our own data. It is no defence
 * against a person who looks for two texts of one hash. */
#ifndef HAILONG_SHARED_HASH_H
#define HAILONG_SHARED_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_START 0xcbf29ce484222325ULL

/* The hash of what was hashed before (HASH_START: nothing) and these bytes. */
uint64_t hash_add(uint64_t hash, const void *bytes, size_t n);

#endif
