/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Staff. A person who is disabled, or whose password is changed, loses every
 * session in the same transaction. */
#include "server/store/people/staff.h"

#include <string.h>
#include "server/core/text/person_name.h"
#include "server/store/catalogue/generation.h"
#include "shared/arena.h"
#include "shared/limits.h"

enum step
store_staff(
    struct db *db, struct arena *a, const char *login, struct staff *out)
{
	struct rows *r = db_query(db, Q_STAFF_GET, "t", login);
	enum step step = rows_next(r);

	memset(out, 0, sizeof(*out));
	if (step == STEP_ROW) {
		out->login = arena_strdup(a, login);
		out->role = arena_strdup(a, rows_text(r, 0));
		out->unit = arena_strdup(a, rows_text(r, 1));
		out->password = arena_strdup(a, rows_text(r, 2));
		out->start = rows_int(r, 3) != 0;
		out->created_at = rows_int(r, 4);
		out->disabled_at = rows_int(r, 5);
		out->signed_in_at = rows_int(r, 6);
		out->factor = arena_strdup(a, rows_text(r, 7));
		out->factor_at = rows_int(r, 8);
		out->name = arena_strdup(a, rows_text(r, 9));
		out->password_at = rows_int(r, 10);
	}
	rows_close(r);
	return step;
}

enum step
store_staff_meant(
    struct db *db, struct arena *a, const char *entered, struct staff *out)
{
	char login[LOGIN_TEXT];
	enum step step = login_read(entered, login)
			     ? store_staff(db, a, login, out)
			     : STEP_DONE;

	return step == STEP_DONE ? store_staff(db, a, entered, out) : step;
}

bool
store_staff_add(struct db *db, const struct staff *s, bool *added)
{
	int64_t changed;

	if (!db_run(db, Q_STAFF_ADD, &changed, "ttttiit", s->login, s->role,
		s->unit, s->password, (int64_t)s->start, s->created_at,
		s->name == NULL ? "" : s->name))
		return false;
	*added = changed > 0;
	return store_generation_raise(db);
}

bool
store_staff_list(
    struct db *db, struct arena *a, struct staff **list, size_t *count)
{
	struct rows *r = db_query(db, Q_STAFF_LIST, "");
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		struct staff *s = arena_append(a, list, count, sizeof(*s));

		s->login = arena_strdup(a, rows_text(r, 0));
		s->role = arena_strdup(a, rows_text(r, 1));
		s->unit = arena_strdup(a, rows_text(r, 2));
		s->start = rows_int(r, 3) != 0;
		s->created_at = rows_int(r, 4);
		s->disabled_at = rows_int(r, 5);
		s->signed_in_at = rows_int(r, 6);
		s->factor_at = rows_int(r, 7);
		s->name = arena_strdup(a, rows_text(r, 8));
		s->password_at = rows_int(r, 9);
	}
	rows_close(r);
	return step == STEP_DONE;
}

/* The generation's row is locked first: two collectors cannot each find the
 * other's admin and take him away. */
bool
store_staff_other_admin(struct db *db, const char *login, bool *left)
{
	struct rows *r;
	bool ok;

	if (!store_generation_raise(db))
		return false;
	r = db_query(db, Q_STAFF_OTHER_ADMINS, "t", login);
	ok = rows_next(r) == STEP_ROW;
	*left = ok && rows_int(r, 0) > 0;
	rows_close(r);
	return ok;
}

bool
store_staff_change(struct db *db, const char *login, const char *role,
    const char *unit, const char *name, int64_t now, bool *found)
{
	int64_t changed;

	if (!db_run(db, Q_STAFF_POST_KEEP, NULL, "titt", login, now, role,
		unit == NULL ? "" : unit) ||
	    !db_run(db, Q_STAFF_CHANGE, &changed, "tttt", login, role, unit,
		name == NULL ? "" : name))
		return false;
	*found = changed > 0;
	return store_generation_raise(db);
}

bool
store_staff_disable(struct db *db, const char *login, int64_t now, bool *found)
{
	int64_t changed;

	if (!db_run(db, Q_STAFF_DISABLE, &changed, "ti", login, now) ||
	    !db_run(db, Q_SESSION_END_ALL, NULL, "t", login))
		return false;
	*found = changed > 0;
	return store_generation_raise(db);
}

bool
store_staff_enable(struct db *db, const char *login, bool *found)
{
	int64_t changed;

	if (!db_run(db, Q_STAFF_ENABLE, &changed, "t", login))
		return false;
	*found = changed > 0;
	return store_generation_raise(db);
}

bool
store_staff_password(struct db *db, const char *login, const char *password,
    bool start, int64_t now, bool *found)
{
	int64_t changed;

	if (!db_run(db, Q_STAFF_PASSWORD, &changed, "ttii", login, password,
		(int64_t)start, now) ||
	    !db_run(db, Q_SESSION_END_ALL, NULL, "t", login))
		return false;
	*found = changed > 0;
	return store_generation_raise(db);
}

bool
staff_start_over(const struct staff *staff, int64_t now)
{
	return staff->start && now - staff->password_at > LIMIT_START_MS;
}
