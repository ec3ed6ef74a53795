/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Second factors. That a code is taken once only, and that tries are braked, is
 * decided by the changed rows of one statement: no two collectors can take the
 * same code. */
#include "server/store/people/factors.h"

#include <string.h>
#include "server/secret/second_factor.h"
#include "server/store/catalogue/generation.h"
#include "server/store/people/sessions.h"
#include "server/store/people/staff.h"
#include "shared/arena.h"
#include "shared/limits.h"

bool
store_factor_try(
    struct db *db, const char *login, int64_t now, bool known, bool *allowed)
{
	int64_t changed;

	if (!db_run(db, known ? Q_FACTOR_TRY_KNOWN : Q_FACTOR_TRY, &changed,
		"tiiiii", login, now, (int64_t)LIMIT_CODE_TRIES,
		(int64_t)LIMIT_CODE_WAIT_MS, (int64_t)LIMIT_CODE_MANY,
		(int64_t)LIMIT_CODE_LONG_MS))
		return false;
	*allowed = changed > 0;
	return true;
}

bool
store_sign_in_try(struct db *db, const void *envelope, size_t size, int64_t now,
    int64_t until, bool *allowed)
{
	int64_t changed;

	if (!db_run(db, Q_SIGN_IN_TRY_EXPIRE, NULL, "i", now) ||
	    !db_run(db, Q_SIGN_IN_TRY, &changed, "bii", envelope, size, until,
		(int64_t)LIMIT_CODE_TRIES))
		return false;
	*allowed = changed > 0;
	return true;
}

bool
store_factor_step(struct db *db, const char *login, int64_t step, bool *taken)
{
	int64_t changed;

	if (!db_run(db, Q_FACTOR_STEP, &changed, "ti", login, step))
		return false;
	*taken = changed > 0;
	return true;
}

bool
store_factor_set(struct db *db, const char *login, const char *envelope,
    int64_t now, int64_t step)
{
	return db_run(db, Q_FACTOR_SET, NULL, "ttii", login, envelope, now,
		   step) &&
	       store_generation_raise(db);
}

bool
store_factor_clear(
    struct db *db, const char *login, const char *token, bool *found)
{
	struct staff staff;
	struct arena a;
	enum step step;

	arena_init(&a);
	step = store_staff(db, &a, login, &staff);
	*found = step == STEP_ROW && staff.factor[0] != '\0';
	arena_finish(&a);
	return step != STEP_FAIL && store_factor_set(db, login, "", 0, 0) &&
	       db_run(db, Q_RECOVERY_CLEAR, NULL, "t", login) &&
	       store_session_end_others(db, login, token, NULL);
}

bool
store_recovery_put(struct db *db, const char *login,
    const uint8_t (*hashes)[TOKEN_HASH], size_t n)
{
	if (!db_run(db, Q_RECOVERY_CLEAR, NULL, "t", login))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!db_run(db, Q_RECOVERY_ADD, NULL, "tb", login, hashes[i],
			(size_t)TOKEN_HASH))
			return false;
	return true;
}

bool
store_recovery_use(struct db *db, const char *login,
    const uint8_t hash[TOKEN_HASH], bool *used)
{
	int64_t changed;

	if (!db_run(db, Q_RECOVERY_USE, &changed, "tb", login, hash,
		(size_t)TOKEN_HASH))
		return false;
	*used = changed > 0;
	return changed == 0 ||
	       db_run(db, Q_FACTOR_TRIES_CLEAR, NULL, "t", login);
}

struct former_code {
	const char *login;
	uint8_t hash[TOKEN_HASH];
};

static bool
former_codes(
    struct db *db, struct arena *a, struct former_code **list, size_t *n)
{
	struct rows *r = db_query(db, Q_RECOVERY_LIST, "");
	enum step step;
	size_t size;

	while ((step = rows_next(r)) == STEP_ROW) {
		struct former_code *one =
		    arena_append(a, list, n, sizeof(*one));
		const void *hash = rows_blob(r, 1, &size);

		one->login = arena_strdup(a, rows_text(r, 0));
		if (size == sizeof(one->hash))
			memcpy(one->hash, hash, size);
	}
	rows_close(r);
	return step == STEP_DONE;
}

static bool
renew_code(struct db *db, const char *secret, const struct former_code *code)
{
	uint8_t dear[TOKEN_HASH];

	return second_factor_recovery_dear(
		   secret, code->login, code->hash, dear) &&
	       db_run(db, Q_RECOVERY_USE, NULL, "tb", code->login, code->hash,
		   (size_t)TOKEN_HASH) &&
	       db_run(db, Q_RECOVERY_ADD, NULL, "tb", code->login, dear,
		   sizeof(dear));
}

bool
store_recovery_renew(struct db *db, const char *secret)
{
	struct former_code *list = NULL;
	struct arena a;
	const char *wanted;
	size_t n = 0;
	bool ok;

	arena_init(&a);
	wanted = store_meta(db, &a, "recovery");
	ok = wanted == NULL || strcmp(wanted, "1") != 0;
	if (!ok) {
		ok = db_begin(db) && former_codes(db, &a, &list, &n);
		for (size_t i = 0; ok && i < n; i++)
			ok = renew_code(db, secret, &list[i]);
		ok = ok &&
		     db_run(db, Q_META_PUT, NULL, "tt", "recovery", "0") &&
		     db_commit(db);
		db_rollback(db);
	}
	arena_finish(&a);
	return ok;
}

int64_t
store_recovery_left(struct db *db, const char *login)
{
	struct rows *r = db_query(db, Q_RECOVERY_COUNT, "t", login);
	int64_t n = rows_next(r) == STEP_ROW ? rows_int(r, 0) : -1;

	rows_close(r);
	return n;
}
