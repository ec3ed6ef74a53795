/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The face of the database layer: gathers the parameters, keeps the state of
 * the transaction and hands the rest to the engine's functions. No SQL stands
 * here and none in the engines: every word of it comes from sql/.
 */
#include "server/db/db.h"
#include "server/db/db_engine.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "shared/clock.h"
#include "shared/log.h"

void
db_fail(struct db *db, const char *name, enum db_trouble trouble,
    const char *message)
{
	db->trouble = trouble;
	db->damaged = db->damaged || trouble == DB_DAMAGED;
	if (db->transaction == TRANSACTION_OPEN)
		db->transaction = TRANSACTION_FAILED;
	if (trouble == DB_STOPPED)
		return; /* whoever broke it off says so */
	if (trouble == DB_BUSY)
		log_warn("%s: %s: %s", db->engine->name, name, message);
	else
		log_error("%s: %s: %s", db->engine->name, name, message);
}

/* --- how long --- */

_Atomic int64_t db_silent_since;
static atomic_int patience;

void
db_patience(int ms)
{
	atomic_store(&patience, ms);
}

int
db_patience_set(void)
{
	return atomic_load(&patience);
}

int
db_wait(const struct db *db)
{
	int ms = atomic_load(&patience);

	return db->mode == DB_QUICK ? (ms + 9) / 10 : ms;
}

int
db_limit(const struct db *db)
{
	if (!db->opened)
		return db_wait(db) > 0 ? DB_OPEN_MS : 0;
	return db->mode == DB_QUICK ? db_wait(db) : 0;
}

bool
db_silent(void)
{
	int64_t since = atomic_load(&db_silent_since);
	int ms = atomic_load(&patience);

	return ms > 0 && since > 0 && clock_mono() - since > ms * 2 / 5;
}

void
db_interrupt(struct db *db)
{
	atomic_store(&db->interrupted, true);
	db->engine->interrupt(db);
}

bool
db_interrupted(const struct db *db)
{
	return atomic_load(&db->interrupted);
}

void
db_go_on(struct db *db)
{
	atomic_store(&db->interrupted, false);
}

/* True, noted, when it was broken off. */
static bool
broken_off(struct db *db)
{
	if (!db_interrupted(db))
		return false;
	db_fail(db, "", DB_STOPPED, "");
	return true;
}

/* --- a connection --- */

static bool
reads_only(const struct db *db)
{
	return db->mode != DB_CREATE && db->mode != DB_WRITE;
}

bool
db_greet(struct db *db)
{
	int own = reads_only(db) ? OWN_READER : OWN_WRITER;
	const struct statement *s = &db->statements.list[own];

	return db->engine->script_run(db, "connect", db->statements.connect) &&
	       db->engine->script_run(db, s->name, s->text) &&
	       (db_wait(db) == 0 || db->engine->patience(db, db_wait(db)));
}

bool
db_settle(struct db *db)
{
	return db->engine->settle(db);
}

bool
db_has_log(const struct db *db)
{
	return db->engine->checkpoint != NULL;
}

int64_t
db_log_pages(const struct db *db)
{
	return db->log_pages;
}

bool
db_checkpoint(struct db *db)
{
	return db->engine->checkpoint(db);
}

const char *
db_misplaced(struct db *db)
{
	return db->engine->misplaced == NULL ? NULL : db->engine->misplaced(db);
}

int
db_connections(const struct db *db)
{
	return db->connections;
}

const char *
db_engine(const struct db *db)
{
	return db->engine->name;
}

enum db_trouble
db_trouble(const struct db *db)
{
	return db->trouble;
}

bool
db_prepare_all(struct db *db)
{
	bool all = true;
	int i;

	assert(db->transaction == TRANSACTION_NONE);
	db->trouble = DB_FINE;
	db->late = false;
	if (!db->engine->ready(db))
		return false;
	/* not the layer's own: some PRAGMAs act while they are prepared */
	for (i = 0; i < Q_COUNT; i++)
		if (!db->engine->check(db, i))
			all = false;
	return all;
}

/* --- transactions --- */

static bool
begin_db(struct db *db, int own)
{
	assert(db->transaction == TRANSACTION_NONE);
	db->trouble = DB_FINE;
	db->late = false;
	if (broken_off(db) || !db->engine->ready(db) ||
	    !db->engine->begin(db, own))
		return false;
	db->transaction = TRANSACTION_OPEN;
	db->reading = own == OWN_BEGIN_READ;
	return true;
}

bool
db_begin(struct db *db)
{
	return begin_db(db, reads_only(db) ? OWN_BEGIN_READ : OWN_BEGIN);
}

bool
db_begin_read(struct db *db)
{
	return begin_db(db, OWN_BEGIN_READ);
}

bool
db_commit(struct db *db)
{
	int own = db->reading ? OWN_COMMIT_READ : OWN_COMMIT;

	assert(db->transaction != TRANSACTION_NONE);
	if (db->transaction == TRANSACTION_OPEN &&
	    db->engine->commit(db, own)) {
		db->transaction = TRANSACTION_NONE;
		return true;
	}
	db_rollback(db);
	return false;
}

void
db_rollback(struct db *db)
{
	if (db->transaction == TRANSACTION_NONE)
		return;
	db->engine->rollback(db);
	db->transaction = TRANSACTION_NONE;
}

/* --- statements --- */

static void
gather_one(char type, va_list *ap, struct db_value *v)
{
	const int64_t *integer;

	memset(v, 0, sizeof(*v));
	v->type = type;
	switch (type) {
	case 'i':
		v->integer = va_arg(*ap, int64_t);
		break;
	case 'I':
		integer = va_arg(*ap, const int64_t *);
		v->null = !integer;
		v->integer = integer ? *integer : 0;
		break;
	case 'd':
		v->real = va_arg(*ap, double);
		break;
	case 't':
		v->bytes = va_arg(*ap, const char *);
		v->null = !v->bytes;
		v->size = v->bytes ? strlen(v->bytes) : 0;
		break;
	default:
		assert(type == 'b');
		v->bytes = va_arg(*ap, const void *);
		v->size = va_arg(*ap, size_t);
		v->null = !v->bytes;
	}
}

static void
gather_db(const char *types, va_list from, struct db_value *values)
{
	va_list ap;
	size_t i;

	va_copy(ap, from);
	assert(strlen(types) <= DB_PARAMETERS_MAX);
	for (i = 0; types[i]; i++)
		gather_one(types[i], &ap, &values[i]);
	va_end(ap);
}

/* Whether a statement may begin. Outside a transaction a lost connection is
 * made again. */
static bool
db_ready(struct db *db)
{
	if (broken_off(db))
		return false;
	if (db->transaction != TRANSACTION_NONE)
		return db->transaction == TRANSACTION_OPEN;
	db->trouble = DB_FINE;
	db->late = false;
	return db->engine->ready(db);
}

static void
begin_rows(struct rows *r, struct db *db, int statement, const char *types,
    const struct db_value *values)
{
	assert((int)strlen(types) == db->statements.list[statement].parameters);
	r->db = db;
	r->statement = statement;
	r->failed = !db_ready(db) || !db->engine->query(r, types, values);
}

static struct rows *
start_db(struct db *db, int statement, const char *types,
    const struct db_value *values)
{
	struct rows *r = db_alloc(sizeof(*r));

	begin_rows(r, db, statement, types, values);
	return r;
}

struct rows *
db_query(struct db *db, enum query q, const char *types, ...)
{
	struct db_value values[DB_PARAMETERS_MAX];
	va_list ap;

	va_start(ap, types);
	gather_db(types, ap, values);
	va_end(ap);
	return start_db(db, (int)q, types, values);
}

bool
db_run(struct db *db, enum query q, int64_t *changed, const char *types, ...)
{
	struct db_value values[DB_PARAMETERS_MAX];
	struct rows r = {.borrow = true}; /* values live until we return */
	enum step step;
	va_list ap;

	va_start(ap, types);
	gather_db(types, ap, values);
	va_end(ap);
	begin_rows(&r, db, (int)q, types, values);
	do
		step = rows_next(&r);
	while (step == STEP_ROW);
	if (changed)
		*changed = step == STEP_DONE ? r.changed : 0;
	if (r.cursor)
		db->engine->finish(&r);
	return step == STEP_DONE;
}

bool
db_run_rows(struct db *db, enum query q, size_t n, db_row *row,
    const void *context, bool *told)
{
	return n == 0 || (db_ready(db) && db->engine->run_rows(db, (int)q, n,
					      row, context, told));
}

int64_t
db_own(struct db *db, int own)
{
	struct rows *r = start_db(db, own, "", NULL);
	int64_t value = 0;
	enum step step = rows_next(r);

	if (step == STEP_ROW)
		value = rows_int(r, 0);
	rows_close(r);
	return step == STEP_FAIL ? -1 : value;
}

bool
db_inspect(struct db *db, bool full, db_finding *tell, void *context)
{
	struct rows *r =
	    start_db(db, full ? OWN_FULL_CHECK : OWN_QUICK_CHECK, "", NULL);
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW)
		if (strcmp(rows_text(r, 0), "ok") != 0)
			tell(context, rows_text(r, 0));
	rows_close(r);
	if (step == STEP_FAIL && db->trouble == DB_DAMAGED) {
		tell(context, "it cannot be read to its end");
		return true;
	}
	return step == STEP_DONE;
}

bool
db_damaged(const struct db *db)
{
	return db->damaged;
}

int64_t
db_size(struct db *db)
{
	return db_own(db, OWN_DATABASE_SIZE);
}

/* --- rows --- */

enum step
rows_next(struct rows *r)
{
	enum step step;

	if (r->failed || r->done)
		return r->failed ? STEP_FAIL : STEP_DONE;
	step = broken_off(r->db) ? STEP_FAIL : r->db->engine->next(r);
	r->failed = step == STEP_FAIL;
	r->done = step == STEP_DONE;
	return step;
}

int64_t
rows_int(struct rows *r, int column)
{
	return r->db->engine->get_int(r, column);
}

double
rows_double(struct rows *r, int column)
{
	return r->db->engine->get_double(r, column);
}

const char *
rows_text(struct rows *r, int column)
{
	return r->db->engine->get_text(r, column);
}

const void *
rows_blob(struct rows *r, int column, size_t *size)
{
	return r->db->engine->get_blob(r, column, size);
}

bool
rows_null(struct rows *r, int column)
{
	return r->db->engine->get_null(r, column);
}

void
rows_close(struct rows *r)
{
	if (!r)
		return;
	if (r->cursor)
		r->db->engine->finish(r);
	free(r);
}
