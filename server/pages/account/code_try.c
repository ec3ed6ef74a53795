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
code_try_hash(const struct page *page, const char *login,
    const uint8_t plain[TOKEN_HASH], uint8_t hash[TOKEN_HASH])
{
	if (second_factor_recovery_dear(
		auth_secret(page->ctx), login, plain, hash))
		return true;
	log_error("not enough memory to hash a recovery code (64 MiB)");
	return false;
}

bool
code_try_read(const struct page *page, const struct staff *staff, bool known,
    struct code_try *out)
{
	const char *typed = page_field(page, "code");
	uint8_t plain[TOKEN_HASH];

	out->login = staff->login;
	out->typed = strlen(typed) > LIMIT_CODE_BYTES_TYPED ? "" : typed;
	out->now = page->req->now;
	out->envelope = NULL;
	out->known = known;
	out->recovery = second_factor_recovery_read(out->typed, plain);
	if (out->recovery &&
	    !code_try_hash(page, staff->login, plain, out->hash))
		return false;
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
	int64_t step;
	bool right = false;

	t->found = CODE_TRY_WAIT;
	if (!store_factor_try(db, t->login, t->now, t->known, &right))
		return false;
	if (!right)
		return true;
	t->found = CODE_TRY_OVER;
	if (t->envelope != NULL &&
	    !store_sign_in_try(db, t->envelope, SIGN_IN_NUMBER, t->now,
		t->now + LIMIT_SIGN_IN_MS, &right))
		return false;
	if (!right)
		return true;
	t->found = CODE_TRY_WRONG;
	if (second_factor_check(t->secret, t->typed, t->now, &step)) {
		if (!store_factor_step(db, t->login, step, &right))
			return false;
		t->found = right ? CODE_TRY_RIGHT : CODE_TRY_WRONG;
	} else if (t->recovery) {
		if (!store_recovery_use(db, t->login, t->hash, &right))
			return false;
		t->found = right ? CODE_TRY_RECOVERED : CODE_TRY_WRONG;
	}
	return true;
}
