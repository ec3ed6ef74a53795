/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A piece is so large that its commit (a sync of the disk) is a small part of
 * it, and so small that a citizen's answer hardly waits. SQLite's lock is given
 * to whoever asks next, so after each piece there is a pause longer than the
 * others' patience between two looks (BUSY_LOOK_MS of db_sqlite.c).
 *
 * What is in the counts: a piece goes together with what it changed, so a piece
 * is taken once.
 */
#include "server/register/arriving.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "server/messages/contacts.h"
#include "server/register/pieces.h"
#include "server/store/people/audit.h"
#include "shared/clock.h"
#include "shared/log.h"

#define PIECE_DOSSIERS 5000
#define PAUSE_US       12000
#define HALF_MS        (30 * 60 * 1000LL) /* a half one was left by a crash */
#define PATIENCE_MS    (60 * 1000LL)

/* --------------------------------------------------------------- laying in */

bool
arriving_begin(struct arriving *a, struct db *db, const struct seal_keys *keys,
    const struct dossier_import *import)
{
	static const struct uuid none;

	*a = (struct arriving){.db = db, .keys = keys, .import = *import};
	if (memcmp(&import->id, &none, sizeof(none)) == 0)
		uuid_new(&a->import.id);
	buf_init(&a->open);
	if (db_begin(db) && store_import_halves(db, import->at - HALF_MS) &&
	    store_import_add(db, &a->import) && db_commit(db))
		return true;
	db_rollback(db);
	return false;
}

static bool
lay_piece(struct arriving *a)
{
	struct buf closed;
	bool ok;

	buf_init(&closed);
	piece_close(a->keys, &a->open, &closed);
	ok = db_begin(a->db) &&
	     store_import_piece_add(
		 a->db, &a->import.id, a->number, closed.data, closed.size) &&
	     db_commit(a->db);
	if (!ok)
		db_rollback(a->db);
	buf_finish(&closed);
	buf_clear(&a->open);
	a->gathered = 0;
	a->number++;
	return ok;
}

bool
arriving_add(struct arriving *a, const struct dossier *d)
{
	piece_add(&a->open, d);
	a->import.dossiers++;
	return ++a->gathered < PIECE_DOSSIERS || lay_piece(a);
}

bool
arriving_end(struct arriving *a, const struct register_counts *counts)
{
	struct arena arena;
	bool ok = a->gathered == 0 || lay_piece(a);

	arena_init(&arena);
	a->import.bad = (int64_t)counts->bad;
	a->import.numbers = arena_printf(&arena,
	    "{\"kept\":%zu,\"unwanted\":%zu,\"no_mobile\":%zu,\"none\":%zu}",
	    counts->numbers[NUMBER_KEPT], counts->numbers[NUMBER_UNWANTED],
	    counts->numbers[NUMBER_NO_MOBILE], counts->numbers[NUMBER_NONE]);
	ok = ok && db_begin(a->db) && store_import_whole(a->db, &a->import) &&
	     db_commit(a->db);
	if (!ok)
		db_rollback(a->db);
	a->import.numbers = "";
	arena_finish(&arena);
	buf_finish(&a->open);
	return ok;
}

void
arriving_drop(struct arriving *a)
{
	buf_finish(&a->open);
	if (!db_begin(a->db) || !store_import_remove(a->db, &a->import.id) ||
	    !db_commit(a->db))
		db_rollback(a->db);
}

/* ---------------------------------------------------------------- taking in */

/* The deed: which file, and what it brought. */
static bool
note_import(struct db *db, struct arena *a, const struct dossier_import *i)
{
	return store_audit(db,
	    &(struct deed){.id = i->id,
		.at = clock_now(),
		.login = i->login,
		.role = i->role,
		.place = i->place,
		.act = "dossier.import",
		.object = i->file,
		.after = arena_printf(a,
		    "{\"new\":%lld,\"changed\":%lld,\"same\":%lld,\"bad\":%lld,"
		    "\"numbers\":%s}",
		    (long long)i->count[ANNOUNCED_NEW],
		    (long long)i->count[ANNOUNCED_CHANGED],
		    (long long)i->count[ANNOUNCED_SAME], (long long)i->bad,
		    i->numbers)});
}

/* The dossiers of a piece. */
static bool
take_piece(const struct taking_in *t, struct arena *a,
    const struct dossier_import *import, int64_t number,
    const struct buf *closed)
{
	int64_t count[ANNOUNCED_KINDS] = {0}, now = clock_now();
	enum announced *became;
	struct dossier *list;
	struct buf open;
	size_t n;
	bool ok;

	buf_init(&open);
	ok = piece_open(t->keys, closed, &open, a, &list, &n);
	if (!ok)
		log_error("a piece of the register %s was closed with another "
			  "key; put the former key file back, or bring the "
			  "register in again",
		    import->file);
	became = arena_alloc(a, (n + 1) * sizeof(*became));
	ok = ok && store_dossiers(t->db, list, n, now, became) &&
	     contacts_keep(
		 t->db, t->keys, t->settings, t->catalogue, list, n, now);
	for (size_t i = 0; ok && i < n; i++)
		count[became[i]]++;
	ok = ok && store_import_taken(t->db, &import->id, number, count);
	buf_finish(&open);
	return ok;
}

/* One transaction: the next piece, or the end. *over: nothing is left. */
static bool
take_step(const struct taking_in *t, struct dossier_import *last, bool *over)
{
	struct dossier_import import;
	struct buf closed;
	enum step step;
	struct arena a;
	int64_t number;
	bool ok;

	arena_init(&a);
	buf_init(&closed);
	*over = false;
	/* the turn first: two programs take one piece after the other */
	ok = db_begin(t->db) && store_dossiers_turn(t->db);
	step = ok ? store_import_next(t->db, &a, &import) : STEP_FAIL;
	*over = step == STEP_DONE;
	if (step == STEP_ROW) {
		step = store_import_piece(t->db, &import.id, &number, &closed);
		ok = step == STEP_ROW
			 ? take_piece(t, &a, &import, number, &closed)
			 : step == STEP_DONE &&
			       note_import(t->db, &a, &import) &&
			       store_import_remove(t->db, &import.id);
	}
	ok = ok && step != STEP_FAIL && db_commit(t->db);
	if (!ok)
		db_rollback(t->db);
	else if (!*over && uuid_compare(&import.id, &last->id) == 0)
		for (int i = 0; i < ANNOUNCED_KINDS; i++)
			last->count[i] = import.count[i];
	if (ok && !*over && t->progress != NULL)
		*over = !t->progress(t->context, &import);
	buf_finish(&closed);
	arena_finish(&a);
	return ok;
}

bool
take_in_all(const struct taking_in *t, struct dossier_import *last)
{
	int64_t until = clock_mono() + PATIENCE_MS;
	bool over = false;

	while (!over) {
		if (take_step(t, last, &over)) {
			until = clock_mono() + PATIENCE_MS;
			usleep(PAUSE_US);
			continue;
		}
		if ((db_trouble(t->db) != DB_BUSY &&
			db_trouble(t->db) != DB_GONE) ||
		    clock_mono() > until)
			return false;
		usleep(200000);
	}
	return true;
}
