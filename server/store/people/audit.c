/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The audit log: added to in the same transaction as the deed itself, so that
 * neither is there without the other. */
#include "server/store/people/audit.h"

#include <string.h>
#include "server/db/db.h"
#include "server/store/people/audit_chain.h"
#include "shared/arena.h"

bool
store_audit(struct db *db, const struct deed *d)
{
	static const struct uuid none;
	struct deed kept = *d;
	int64_t added;

	if (memcmp(&kept.id, &none, sizeof(none)) == 0)
		uuid_new(&kept.id);
	if (!db_run(db, Q_AUDIT_ADD, &added, "bittttttttt", kept.id.bytes,
		sizeof(kept.id.bytes), d->at, d->login, d->role, d->place,
		d->act, d->unit == NULL ? "" : d->unit, d->object,
		d->before == NULL ? "" : d->before,
		d->after == NULL ? "" : d->after,
		d->reason == NULL ? "" : d->reason))
		return false;
	return added == 0 || audit_chain_add(db, &kept);
}

static void
read_deed(struct arena *a, struct rows *r, struct deed *d)
{
	const void *id;
	size_t size;

	id = rows_blob(r, 0, &size);
	if (size == sizeof(d->id.bytes))
		memcpy(d->id.bytes, id, size);
	d->at = rows_int(r, 1);
	d->login = arena_strdup(a, rows_text(r, 2));
	d->role = arena_strdup(a, rows_text(r, 3));
	d->place = arena_strdup(a, rows_text(r, 4));
	d->act = arena_strdup(a, rows_text(r, 5));
	d->unit = arena_strdup(a, rows_text(r, 6));
	d->object = arena_strdup(a, rows_text(r, 7));
	d->before = arena_strdup(a, rows_text(r, 8));
	d->after = arena_strdup(a, rows_text(r, 9));
	d->reason = arena_strdup(a, rows_text(r, 10));
}

bool
store_audit_list(struct db *db, struct arena *a, const struct deed_query *q,
    struct deed **list, size_t *count)
{
	struct rows *r =
	    db_query(db, Q_AUDIT_LIST, "bbiitttti", q->before.bytes,
		sizeof(q->before.bytes), q->since.bytes, sizeof(q->since.bytes),
		q->from, q->to, q->login == NULL ? "" : q->login,
		q->object == NULL ? "" : q->object,
		q->act == NULL ? "" : arena_printf(a, "%s%%", q->act),
		q->unit == NULL ? "" : q->unit, (int64_t)q->most);
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW)
		read_deed(a, r, arena_append(a, list, count, sizeof(**list)));
	rows_close(r);
	return step == STEP_DONE;
}
