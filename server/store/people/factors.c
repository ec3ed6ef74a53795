/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Second factors. That a code is taken once only, and that tries are braked, is
 * decided by the changed rows of one statement: no two collectors can take the
 * same code. */
#include "server/store/people/factors.h"

#include "server/store/catalogue/generation.h"
#include "server/store/people/staff.h"
#include "shared/arena.h"
#include "shared/limits.h"

bool
store_factor_try(
    struct db *db, const char *login, int64_t now, bool known, bool *allowed)
{
	int64_t changed;

	if (!db_run(db, Q_FACTOR_TRY, &changed, "tiiii", login, now,
		(int64_t)LIMIT_CODE_TRIES, (int64_t)LIMIT_CODE_WAIT_MS,
		(int64_t)known))
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
store_factor_clear(struct db *db, const char *login, bool *found)
{
	struct staff staff;
	struct arena a;
	enum step step;

	arena_init(&a);
	step = store_staff(db, &a, login, &staff);
	*found = step == STEP_ROW && staff.factor[0] != '\0';
	arena_finish(&a);
	return step != STEP_FAIL && store_factor_set(db, login, "", 0, 0) &&
	       db_run(db, Q_RECOVERY_CLEAR, NULL, "t", login);
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

int64_t
store_recovery_left(struct db *db, const char *login)
{
	struct rows *r = db_query(db, Q_RECOVERY_COUNT, "t", login);
	int64_t n = rows_next(r) == STEP_ROW ? rows_int(r, 0) : -1;

	rows_close(r);
	return n;
}
