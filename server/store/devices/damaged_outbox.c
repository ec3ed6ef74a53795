/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Damaged outboxes in pieces. A piece that does not follow the last one is not
 * taken; the sender learns what there is and goes on from there. */
#include "server/store/devices/damaged_outbox.h"

#include "server/db/db.h"
#include "shared/arena.h"
#include "shared/limits.h"

static bool
damaged_number(struct rows *r, int64_t *out)
{
	bool ok = rows_next(r) == STEP_ROW;

	*out = ok ? rows_int(r, 0) : 0;
	rows_close(r);
	return ok;
}

bool
store_damaged_outbox(struct db *db, const char *device, const char *name,
    int64_t at, const void *piece, size_t size, int64_t now, int64_t *bytes,
    bool *full)
{
	int64_t total;

	*full = false;
	if (!damaged_number(
		db_query(db, Q_WRECK_SIZE, "tt", device, name), bytes) ||
	    !damaged_number(db_query(db, Q_WRECK_TOTAL, "t", device), &total))
		return false;
	if (at != *bytes || size == 0)
		return true;
	*full = total + (int64_t)size > LIMIT_WRECK_BYTES;
	if (*full)
		return true;
	*bytes += (int64_t)size;
	return db_run(
	    db, Q_WRECK_PUT, NULL, "ttibi", device, name, at, piece, size, now);
}

bool
store_damaged_outbox_read(struct db *db, const char *device, const char *name,
    bool (*take)(const void *piece, size_t size, void *context), void *context)
{
	struct rows *r = db_query(db, Q_WRECK_PIECES, "tt", device, name);
	enum step step;
	const void *piece;
	size_t size;
	bool ok = true;

	while ((step = rows_next(r)) == STEP_ROW && ok) {
		piece = rows_blob(r, 0, &size);
		ok = take(piece, size, context);
	}
	rows_close(r);
	return ok && step == STEP_DONE;
}

bool
store_damaged_outbox_files(struct db *db, struct arena *a, const char *device,
    struct damaged_file **list, size_t *count)
{
	struct rows *r = db_query(db, Q_WRECK_NAMES, "t", device);
	struct damaged_file *f;
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		f = arena_append(a, list, count, sizeof(*f));
		f->name = arena_strdup(a, rows_text(r, 0));
		f->bytes = rows_int(r, 1);
	}
	rows_close(r);
	return step == STEP_DONE;
}
