/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A piece is one row: a million dossiers are some hundred writes on their way
 * in, not a million. */
#include "server/store/dossier/dossier_imports.h"

#include <string.h>
#include "shared/arena.h"
#include "shared/buf.h"

bool
store_import_add(struct db *db, const struct dossier_import *i)
{
	return db_run(db, Q_IMPORT_ADD, NULL, "btttti", i->id.bytes,
	    sizeof(i->id.bytes), i->file, i->login, i->role, i->place, i->at);
}

bool
store_import_piece_add(struct db *db, const struct uuid *id, int64_t number,
    const void *body, size_t size)
{
	return db_run(db, Q_IMPORT_PIECE_ADD, NULL, "bib", id->bytes,
	    sizeof(id->bytes), number, body, size);
}

bool
store_import_whole(struct db *db, const struct dossier_import *i)
{
	int64_t changed = 0;

	return db_run(db, Q_IMPORT_WHOLE, &changed, "biit", i->id.bytes,
		   sizeof(i->id.bytes), i->dossiers, i->bad, i->numbers) &&
	       changed == 1;
}

static enum step
read_import(struct rows *r, struct arena *a, struct dossier_import *out)
{
	enum step step = rows_next(r);
	const void *id;
	size_t size;

	memset(out, 0, sizeof(*out));
	if (step == STEP_ROW) {
		id = rows_blob(r, 0, &size);
		if (size == sizeof(out->id.bytes))
			memcpy(out->id.bytes, id, size);
		out->file = arena_strdup(a, rows_text(r, 1));
		out->login = arena_strdup(a, rows_text(r, 2));
		out->role = arena_strdup(a, rows_text(r, 3));
		out->place = arena_strdup(a, rows_text(r, 4));
		out->at = rows_int(r, 5);
		out->dossiers = rows_int(r, 6);
		out->bad = rows_int(r, 7);
		out->numbers = arena_strdup(a, rows_text(r, 8));
		out->count[ANNOUNCED_NEW] = rows_int(r, 9);
		out->count[ANNOUNCED_CHANGED] = rows_int(r, 10);
		out->count[ANNOUNCED_SAME] = rows_int(r, 11);
	}
	rows_close(r);
	return step;
}

enum step
store_import_next(struct db *db, struct arena *a, struct dossier_import *out)
{
	return read_import(db_query(db, Q_IMPORT_NEXT, ""), a, out);
}

enum step
store_import_of(struct db *db, struct arena *a, const struct uuid *id,
    struct dossier_import *out)
{
	return read_import(
	    db_query(db, Q_IMPORT_GET, "b", id->bytes, sizeof(id->bytes)), a,
	    out);
}

enum step
store_import_piece(
    struct db *db, const struct uuid *id, int64_t *number, struct buf *body)
{
	struct rows *r = db_query(
	    db, Q_IMPORT_PIECE_NEXT, "b", id->bytes, sizeof(id->bytes));
	enum step step = rows_next(r);
	const void *bytes;
	size_t size;

	if (step == STEP_ROW) {
		*number = rows_int(r, 0);
		bytes = rows_blob(r, 1, &size);
		buf_add(body, bytes, size);
	}
	rows_close(r);
	return step;
}

bool
store_import_taken(struct db *db, const struct uuid *id, int64_t number,
    const int64_t count[ANNOUNCED_KINDS])
{
	const size_t n = sizeof(id->bytes);

	return db_run(db, Q_IMPORT_PIECE_REMOVE, NULL, "bi", id->bytes, n,
		   number) &&
	       db_run(db, Q_IMPORT_TAKEN, NULL, "biii", id->bytes, n,
		   count[ANNOUNCED_NEW], count[ANNOUNCED_CHANGED],
		   count[ANNOUNCED_SAME]);
}

bool
store_import_remove(struct db *db, const struct uuid *id)
{
	const size_t n = sizeof(id->bytes);

	return db_run(db, Q_IMPORT_PIECES_REMOVE, NULL, "b", id->bytes, n) &&
	       db_run(db, Q_IMPORT_REMOVE, NULL, "b", id->bytes, n);
}

bool
store_import_halves(struct db *db, int64_t before)
{
	struct rows *r = db_query(db, Q_IMPORT_HALVES, "i", before);
	struct uuid *list = NULL;
	size_t count = 0, size;
	struct arena a;
	enum step step;
	bool ok;

	arena_init(&a);
	while ((step = rows_next(r)) == STEP_ROW) {
		struct uuid *id = arena_append(&a, &list, &count, sizeof(*id));
		const void *bytes = rows_blob(r, 0, &size);

		if (size == sizeof(id->bytes))
			memcpy(id->bytes, bytes, size);
	}
	rows_close(r);
	ok = step == STEP_DONE;
	for (size_t i = 0; ok && i < count; i++)
		ok = store_import_remove(db, &list[i]);
	arena_finish(&a);
	return ok;
}
