/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A right code counts as a try, too, until it is found right: the brake is one
 * statement, not a question and then a step. */
#include "server/pages/account/code_try.h"

#include <string.h>
#include "server/http/auth.h"
#include "server/pages/page.h"
#include "server/secret/envelope.h"
#include "server/store/people/factors.h"
#include "server/store/people/staff.h"
#include "shared/limits.h"
#include "shared/log.h"

const char *
code_try_label(struct arena *arena, const char *login)
{
	return arena_printf(arena, "second factor %s", login);
}

bool
code_try_read(const struct page *page, const struct staff *staff, bool known,
    struct code_try *out)
{
	const char *typed = page_field(page, "code");

	out->login = staff->login;
	out->typed = strlen(typed) > LIMIT_CODE_BYTES_TYPED ? "" : typed;
	out->now = page->req->now;
	out->known = known;
	if (envelope_open(auth_secret(page->ctx),
		code_try_label(page->arena, staff->login), staff->factor,
		out->secret, sizeof(out->secret)))
		return true;
	log_error("a second factor was closed with another secret; an admin "
		  "can reset it");
	return false;
}

bool
code_try_run(struct db *db, struct code_try *t)
{
	uint8_t hash[TOKEN_HASH];
	int64_t step;
	bool right = false;

	t->found = CODE_TRY_WAIT;
	if (!store_factor_try(db, t->login, t->now, t->known, &right))
		return false;
	if (!right)
		return true;
	t->found = CODE_TRY_WRONG;
	if (second_factor_check(t->secret, t->typed, t->now, &step)) {
		if (!store_factor_step(db, t->login, step, &right))
			return false;
		t->found = right ? CODE_TRY_RIGHT : CODE_TRY_WRONG;
	} else if (second_factor_recovery_hash(t->typed, hash)) {
		if (!store_recovery_use(db, t->login, hash, &right))
			return false;
		t->found = right ? CODE_TRY_RECOVERED : CODE_TRY_WRONG;
	}
	return true;
}
