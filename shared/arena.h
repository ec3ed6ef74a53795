/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory that is freed all at once: one arena belongs to one request (or one
 * command), handlers allocate from it and never free.
 */
#ifndef HAILONG_SHARED_ARENA_H
#define HAILONG_SHARED_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena {
	struct arena_block *blocks; /* newest first */
};

/* Makes an empty arena; allocates nothing yet. */
void arena_init(struct arena *a);
/* Frees everything that came from the arena; it is empty and usable again. */
void arena_finish(struct arena *a);
/* Forgets everything, but keeps a few kB for the next use. */
void arena_reset(struct arena *a);
/* Zeroed memory aligned for any type, owned by the arena. Never NULL: a
 * process out of memory aborts with one line on standard error. */
void *arena_alloc(struct arena *a, size_t size);
/* A copy of n bytes with a NUL after them. */
char *arena_strndup(struct arena *a, const char *text, size_t n);
/* A copy of a string; NULL gives NULL. */
char *arena_strdup(struct arena *a, const char *text);
/* printf into the arena. */
char *arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Appends a zeroed element to an array in the arena and returns it: *array is
 * its base (NULL at first), *count its length. Grows by doubling, so pointers
 * into the array hold only until the next append. */
void *arena_append(struct arena *a, void *array, size_t *count, size_t size);

#endif
