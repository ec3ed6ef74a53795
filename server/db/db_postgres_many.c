/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PostgreSQL: many rows at once, in one of two ways.
 *
 * As one statement that takes an array for each parameter. It can say "unless
 * it is there" and tells which rows were not.
 *
 * By COPY, which takes a third of the time and can say neither. That all rows
 * are new is nearly always so, hence it is tried first; when one was there the
 * whole transaction is undone and begun again with the statement. This is only
 * possible for its first deed. A sender that repeats what we have is likely
 * to go on: then COPY rests for a while.
 */
#include "server/db/db_postgres.h"

#include <assert.h>
#include <string.h>
#include "server/db/db_binary.h"

#define COPY_LEAST 8   /* rows; for fewer it is no gain */
#define COPY_REST  100 /* times */

/* ------------------------------------------------------------------- arrays */

/* The rows as one array for each parameter; types gets their letters. */
static void
gather_columns(struct postgres *p, int parameters, size_t n, db_row *row,
    const void *context, char *types)
{
	struct db_value values[DB_PARAMETERS_MAX];
	size_t i;
	int k;

	for (i = 0; i < n; i++) {
		row(context, i, values);
		for (k = 0; k < parameters; k++) {
			if (i == 0) {
				types[k] = values[k].type;
				db_array_begin(&p->columns[k],
				    postgres_oid(types[k], ONE_ROW));
			}
			db_binary_add(&p->columns[k], &values[k]);
		}
	}
	for (k = 0; k < parameters; k++)
		db_array_end(&p->columns[k], n);
	types[parameters] = '\0';
}

static bool
send_columns(struct postgres *p, int statement)
{
	const struct statement *s = &p->db.statements.list[statement];
	struct parameters all;
	int k;

	for (k = 0; k < s->parameters; k++) {
		all.bytes[k] = p->columns[k].data;
		all.sizes[k] = (int)p->columns[k].size;
		all.binary[k] = 1;
	}
	return postgres_send(p, statement, MANY_ROWS, &all);
}

/* The statement tells the numbers of the rows, from 1. */
static void
read_told(const PGresult *result, size_t n, bool *told)
{
	int64_t number;
	int i;

	memset(told, 0, n * sizeof(*told));
	for (i = 0; i < PQntuples(result); i++) {
		number =
		    postgres_integer((const void *)PQgetvalue(result, i, 0),
			PQgetlength(result, i, 0));
		assert(number >= 1 && number <= (int64_t)n);
		told[number - 1] = true;
	}
}

static bool
run_arrays(struct postgres *p, int statement, size_t n, db_row *row,
    const void *context, bool *told)
{
	const struct statement *s = &p->db.statements.list[statement];
	char types[DB_PARAMETERS_MAX + 1];
	PGresult *result;

	assert(s->rows);
	gather_columns(p, s->parameters, n, row, context, types);
	if (!postgres_prepare(p, statement, types, MANY_ROWS) ||
	    !send_columns(p, statement))
		return false;
	if (!told && p->db.transaction == TRANSACTION_OPEN)
		return true;
	result = postgres_receive(p);
	if (result && told)
		read_told(result, n, told);
	PQclear(result);
	return result != NULL;
}

/* --------------------------------------------------------------------- COPY */

enum copied { COPIED, COPIED_NOT, COPY_FAILED };

static void
gather_rows(
    struct buf *out, int parameters, size_t n, db_row *row, const void *context)
{
	struct db_value values[DB_PARAMETERS_MAX];
	size_t i;
	int k;

	db_copy_begin(out);
	for (i = 0; i < n; i++) {
		row(context, i, values);
		db_copy_row(out, parameters);
		for (k = 0; k < parameters; k++)
			db_binary_add(out, &values[k]);
	}
	db_copy_end(out);
}

/* BEGIN and COPY in one go; true: the server waits for the rows. */
static bool
start_copy(struct postgres *p, const struct statement *s)
{
	struct buf *script = &p->columns[1];
	PGresult *result;
	bool ok;

	buf_clear(script);
	buf_puts(script, p->db.statements.list[p->begin].text);
	buf_puts(script, s->copy);
	p->begin = 0;
	result = postgres_exec(p, buf_text(script));
	ok = PQresultStatus(result) == PGRES_COPY_IN ||
	     postgres_fail(p, s->name, result);
	PQclear(result);
	return ok;
}

/* The transaction as if it had done nothing. */
static enum copied
pg_many_undo(struct postgres *p)
{
	const struct statement *s = &p->db.statements.list[OWN_ROLLBACK];
	PGresult *result = postgres_exec(p, s->text);
	bool ok =
	    postgres_succeeded(result) || postgres_fail(p, s->name, result);

	PQclear(result);
	if (!ok)
		return COPY_FAILED;
	p->begin = OWN_BEGIN;
	return COPIED_NOT;
}

static bool
was_there(const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

	return state && strcmp(state, "23505") == 0; /* unique violation */
}

static enum copied
copy_rows(struct postgres *p, int statement, size_t n, db_row *row,
    const void *context)
{
	const struct statement *s = &p->db.statements.list[statement];
	struct buf *rows = &p->columns[0];
	enum copied copied = COPIED;
	PGresult *result, *end;

	gather_rows(rows, s->parameters, n, row, context);
	if (!start_copy(p, s))
		return COPY_FAILED;
	if (PQputCopyData(p->connection, rows->data, (int)rows->size) != 1 ||
	    PQputCopyEnd(p->connection, NULL) != 1) {
		postgres_fail(p, s->name, NULL);
		return COPY_FAILED;
	}
	result = postgres_result(p, 0);
	while ((end = postgres_result(p, 0)) != NULL)
		PQclear(end);
	if (was_there(result))
		copied = pg_many_undo(p);
	else if (!postgres_succeeded(result)) {
		postgres_fail(p, s->name, result);
		copied = COPY_FAILED;
	}
	PQclear(result);
	return copied;
}

/* --------------------------------------------------------------------- both */

static bool
all(const bool *told, size_t n)
{
	return memchr(told, false, n) == NULL;
}

bool
postgres_run_rows(struct db *db, int statement, size_t n, db_row *row,
    const void *context, bool *told)
{
	struct postgres *p = postgres_of(db);
	bool copies = db->statements.list[statement].copy && told;

	if (copies && !p->careful && n >= COPY_LEAST && p->begin == OWN_BEGIN) {
		switch (copy_rows(p, statement, n, row, context)) {
		case COPIED:
			memset(told, true, n);
			p->wrote = true;
			return true;
		case COPY_FAILED:
			return false;
		default:
			break;
		}
	}
	if (!run_arrays(p, statement, n, row, context, told))
		return false;
	if (copies && !all(told, n))
		p->careful = COPY_REST;
	else if (copies && p->careful > 0)
		p->careful--;
	return true;
}
