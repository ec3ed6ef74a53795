/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The same cases on both engines: run_on_engines runs a group of cmocka tests
 * on SQLite in a temporary folder, then on a PostgreSQL of its own. Each call
 * of fresh_url names a new, empty database of the engine that is tried.
 */
#ifndef HAILONG_TESTS_DB_ENGINES_H
#define HAILONG_TESTS_DB_ENGINES_H

#include <stddef.h>
#include "tests/db/postgres_server.h"

struct CMUnitTest;

/* Runs count tests on each engine; the sum of failures, to return from main. A
 * missing PostgreSQL is a failure. */
int run_on_engines(
    const char *name, const struct CMUnitTest *tests, size_t count);
/* The address of a new empty database; lives until the next call. */
const char *fresh_url(void);
/* The server while PostgreSQL is tried, otherwise NULL. */
struct postgres_server *tried_server(void);

/* Turns standard error into a file until caught_log, to see what is logged. */
void catch_log(void);
/* Ends it and gives what was written (cut at 4 KiB); lives until the next. */
const char *caught_log(void);

#endif
