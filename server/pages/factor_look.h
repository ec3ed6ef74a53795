/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A code of the second factor, or a recovery code, as it is typed into a form
 * and looked at on the writer thread. */
#ifndef HAILONG_SERVER_PAGES_FACTOR_LOOK_H
#define HAILONG_SERVER_PAGES_FACTOR_LOOK_H

#include "server/core/factor.h"
#include "server/request.h"
#include "server/store/store.h"

enum factor_found { FACTOR_WRONG, FACTOR_WAIT, FACTOR_CODE, FACTOR_RECOVERED };

struct factor_try {
	const char *login, *typed;
	int64_t now;
	bool known; /* the browser was here before: it does not wait */
	uint8_t secret[FACTOR_SECRET];
	enum factor_found found; /* what factor_look makes of it */
};

/* Reads the form's field "code" for a person who has a second factor. False,
 * logged, when the person's secret does not open. */
bool factor_try_read(struct request *req, const char *secret,
    const struct staff *staff, bool known, struct factor_try *out);
/* Takes a try, and the code if it is right; within a write. False when the
 * database refused. */
bool factor_look(struct db *db, struct factor_try *t);

/* The label of a person's secret in its envelope. */
const char *factor_label(struct request *req, const char *login);

#endif
