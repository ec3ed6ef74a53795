/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A code of the second factor, or a recovery code, as it is typed into a form
 * and checked on the writer thread. */
#ifndef HAILONG_SERVER_PAGES_ACCOUNT_CODE_TRY_H
#define HAILONG_SERVER_PAGES_ACCOUNT_CODE_TRY_H

#include <stdbool.h>
#include <stdint.h>
#include "server/secret/second_factor.h"

struct arena;
struct db;
struct page;
struct staff;

enum code_found {
	CODE_TRY_WRONG,
	CODE_TRY_WAIT,
	CODE_TRY_RIGHT,
	CODE_TRY_RECOVERED
};

struct code_try {
	const char *login, *typed;
	int64_t now;
	bool known; /* the browser was here before: it does not wait */
	uint8_t secret[SECOND_FACTOR_SECRET];
	enum code_found found; /* what code_try_run makes of it */
};

/* Reads the form's field "code" for a person who has a second factor. False,
 * logged, when the person's secret does not open. */
bool code_try_read(const struct page *page, const struct staff *staff,
    bool known, struct code_try *out);
/* Takes a try, and the code if it is right; within a write. False when the
 * database refused. */
bool code_try_run(struct db *db, struct code_try *t);

/* The label of a person's secret in its envelope; memory of the arena. */
const char *code_try_label(struct arena *arena, const char *login);

#endif
