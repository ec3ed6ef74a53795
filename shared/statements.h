/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file of SQL, embedded whole, as the statements it holds: each stands under
 * a line "-- name: NAME" and reaches to the next such line. Pure. */
#ifndef HAILONG_SHARED_STATEMENTS_H
#define HAILONG_SHARED_STATEMENTS_H

#include <stddef.h>

/* The text under a name, bytes long and not NUL-ended; it lies in sql. Ends the
 * program, logged, when there is none: the file was built with a gap. */
const char *statement_find(const char *sql, const char *name, size_t *bytes);
/* The same as a copy that ends with its NUL; the caller frees it. */
char *statement_copy(const char *sql, const char *name);

#endif
