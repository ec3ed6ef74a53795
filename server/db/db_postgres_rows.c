/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PostgreSQL: a statement with its parameters, and its result.
 *
 * Both travel in binary: the types are declared when a statement is prepared,
 * so the server never guesses one, and no number passes through a text that a
 * locale could bend. A result has only columns we can read (integers, double
 * precision, text, bytea); a numeric that nobody CAST fails when the statement
 * runs, on the first row or the thousandth alike.
 *
 * A statement for many rows has one array for each parameter and is prepared
 * beside the one for a single row.
 *
 * Statements are sent in libpq's pipeline mode, so that one whose result nobody
 * waits for travels with the next: a batch of answers takes two round trips
 * (BEGIN and the answers; tallies and COMMIT) instead of six. What follows a
 * failed one in the pipeline the server leaves undone.
 */
#include "server/db/db_postgres.h"

#include <assert.h>
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "server/db/db_array.h"

#define NAME_ROOM 64 /* of a statement's name */

/* Types by their fixed numbers (catalog/pg_type.dat). */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_NAME = 19,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_FLOAT8 = 701,
	OID_BYTEA_ARRAY = 1001,
	OID_TEXT_ARRAY = 1009,
	OID_INT8_ARRAY = 1016,
	OID_FLOAT8_ARRAY = 1022,
	OID_VARCHAR = 1043,
	OID_VOID = 2278
};

void
postgres_forget(struct postgres *p)
{
	int form, i;

	for (form = 0; form < FORMS; form++)
		for (i = 0; i < STATEMENT_COUNT; i++) {
			free(p->prepared[form][i]);
			p->prepared[form][i] = NULL;
		}
}

/* Whether we can read a column of this type. */
static bool
readable(Oid type)
{
	switch (type) {
	case OID_BOOL:
	case OID_BYTEA:
	case OID_NAME:
	case OID_INT8:
	case OID_INT2:
	case OID_INT4:
	case OID_TEXT:
	case OID_FLOAT8:
	case OID_VARCHAR:
	case OID_VOID:
		return true;
	default:
		return false;
	}
}

static bool
columns_readable(struct postgres *p, const char *name, const PGresult *result)
{
	int i;

	for (i = 0; i < PQnfields(result); i++)
		if (!readable(PQftype(result, i))) {
			db_fail(&p->db, name, DB_BROKEN,
			    "a column's type is unknown here; CAST it");
			return false;
		}
	return true;
}

/* The unnamed statement is used, so that what this prepares without types does
 * not stay. */
static bool
check_text(struct postgres *p, const char *name, const char *text)
{
	PGresult *result = PQprepare(p->connection, "", text, 0, NULL);
	bool ok = postgres_succeeded(result);

	if (ok) {
		PQclear(result);
		result = PQdescribePrepared(p->connection, "");
		ok = postgres_succeeded(result);
	}
	ok = ok ? columns_readable(p, name, result)
		: postgres_fail(p, name, result);
	PQclear(result);
	return ok;
}

bool
postgres_check(struct db *db, int statement)
{
	struct postgres *p = postgres_of(db);
	const struct statement *s = &db->statements.list[statement];

	return check_text(p, s->name, s->text) &&
	       (!s->rows || check_text(p, s->name, s->rows));
}

static Oid
oid_of(char type, enum form form)
{
	switch (type) {
	case 'i':
	case 'I':
		return form == ONE_ROW ? OID_INT8 : OID_INT8_ARRAY;
	case 'd':
		return form == ONE_ROW ? OID_FLOAT8 : OID_FLOAT8_ARRAY;
	case 't':
		return form == ONE_ROW ? OID_TEXT : OID_TEXT_ARRAY;
	default:
		return form == ONE_ROW ? OID_BYTEA : OID_BYTEA_ARRAY;
	}
}

/* Its name at the server. */
static void
name_of(const struct statement *s, enum form form, char name[NAME_ROOM])
{
	snprintf(
	    name, NAME_ROOM, "%s%s", s->name, form == ONE_ROW ? "" : " rows");
}

static bool
prepare(struct postgres *p, int statement, const char *types, enum form form)
{
	const struct statement *s = &p->db.statements.list[statement];
	char **prepared = &p->prepared[form][statement];
	Oid oids[DB_PARAMETERS_MAX];
	char name[NAME_ROOM];
	PGresult *result;
	bool ok;
	int i;

	if (*prepared) {
		/* one statement, one list of types, wherever it is called */
		assert(strcasecmp(*prepared, types) == 0);
		return true;
	}
	if (!postgres_drain(p))
		return false;
	for (i = 0; types[i]; i++)
		oids[i] = oid_of(types[i], form);
	name_of(s, form, name);
	result = PQprepare(
	    p->connection, name, form == ONE_ROW ? s->text : s->rows, i, oids);
	ok = postgres_succeeded(result) || postgres_fail(p, s->name, result);
	PQclear(result);
	if (ok) {
		*prepared = db_alloc(strlen(types) + 1);
		strcpy(*prepared, types);
	}
	return ok;
}

/* Binary parameters: PostgreSQL's numbers begin with the highest byte. */
struct parameters {
	const char *bytes[DB_PARAMETERS_MAX];
	int sizes[DB_PARAMETERS_MAX];
	int binary[DB_PARAMETERS_MAX];
	uint64_t numbers[DB_PARAMETERS_MAX];
};

/* ------------------------------------------------------------- the pipeline */

static bool
send(struct postgres *p, int statement, enum form form,
    const struct parameters *all)
{
	const struct statement *s = &p->db.statements.list[statement];
	char name[NAME_ROOM];

	if (p->nsent == POSTGRES_SENT && !postgres_drain(p))
		return false;
	name_of(s, form, name);
	PQenterPipelineMode(p->connection); /* or it is in it already */
	if (PQsendQueryPrepared(p->connection, name, s->parameters, all->bytes,
		all->sizes, all->binary, 1)) {
		p->sent[p->nsent++] = statement;
		return true;
	}
	if (p->nsent == 0)
		PQexitPipelineMode(p->connection);
	return postgres_fail(p, s->name, NULL);
}

bool
postgres_send_own(struct postgres *p, int own)
{
	static const struct parameters none;

	return prepare(p, own, "", ONE_ROW) && send(p, own, ONE_ROW, &none);
}

/* The result of one of them. After the first failure the others have none. */
static PGresult *
receive_one(struct postgres *p, int statement, bool failed)
{
	const char *name = p->db.statements.list[statement].name;
	PGresult *result = PQgetResult(p->connection), *end;

	while (result && (end = PQgetResult(p->connection)) != NULL)
		PQclear(end);
	if (!failed && !postgres_succeeded(result))
		postgres_fail(p, name, result);
	if (failed || !postgres_succeeded(result)) {
		PQclear(result);
		result = NULL;
	}
	return result;
}

PGresult *
postgres_receive(struct postgres *p)
{
	PGresult *result = NULL;
	bool failed = !PQpipelineSync(p->connection);
	int i;

	if (failed)
		postgres_fail(p, "send", NULL);
	for (i = 0; i < p->nsent; i++) {
		PQclear(result);
		result = receive_one(p, p->sent[i], failed);
		failed = !result;
	}
	p->nsent = 0;
	PQclear(PQgetResult(p->connection)); /* of the pipeline itself */
	PQexitPipelineMode(p->connection);
	return result;
}

bool
postgres_drain(struct postgres *p)
{
	PGresult *result;
	bool ok;

	if (p->nsent == 0)
		return true;
	result = postgres_receive(p);
	ok = result != NULL;
	PQclear(result);
	return ok;
}

/* ------------------------------------------------------------------ one row */

static void
put(struct parameters *all, int i, const struct db_value *v)
{
	uint64_t bits = (uint64_t)v->integer;

	if (v->type == 'd')
		memcpy(&bits, &v->real, sizeof(bits));
	all->numbers[i] = htobe64(bits);
	all->binary[i] = 1;
	if (v->type == 't' || v->type == 'b') {
		all->bytes[i] = v->bytes;
		all->sizes[i] = (int)v->size;
	} else {
		all->bytes[i] = (const char *)&all->numbers[i];
		all->sizes[i] = sizeof(all->numbers[i]);
	}
	if (v->null)
		all->bytes[i] = NULL;
}

/* Rows changed; a SELECT's count of rows is none. */
static int64_t
changed_by(PGresult *result)
{
	if (strncmp(PQcmdStatus(result), "SELECT", 6) == 0)
		return 0;
	return strtoll(PQcmdTuples(result), NULL, 10);
}

bool
postgres_query(struct rows *r, const char *types, const struct db_value *values)
{
	struct postgres *p = postgres_of(r->db);
	const char *name = r->db->statements.list[r->statement].name;
	struct parameters all;
	PGresult *result;
	int i;

	if (!prepare(p, r->statement, types, ONE_ROW))
		return false;
	for (i = 0; types[i]; i++)
		put(&all, i, &values[i]);
	if (!send(p, r->statement, ONE_ROW, &all))
		return false;
	result = postgres_receive(p);
	if (!result || !columns_readable(p, name, result)) {
		PQclear(result);
		return false;
	}
	r->cursor = result;
	r->row = -1;
	return true;
}

/* An integer of 1 to 8 bytes, highest first. */
static int64_t
integer(const unsigned char *bytes, int size)
{
	uint64_t n = bytes[0] & 0x80 ? UINT64_MAX : 0;
	int i;

	for (i = 0; i < size; i++)
		n = n << 8 | bytes[i];
	return (int64_t)n;
}

/* ---------------------------------------------------------------- many rows */

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
				db_array_begin(
				    &p->columns[k], oid_of(types[k], ONE_ROW));
			}
			db_array_add(&p->columns[k], &values[k]);
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
	return send(p, statement, MANY_ROWS, &all);
}

/* The statement tells the numbers of the rows, from 1. */
static void
read_told(const PGresult *result, size_t n, bool *told)
{
	int64_t number;
	int i;

	memset(told, 0, n * sizeof(*told));
	for (i = 0; i < PQntuples(result); i++) {
		number = integer((const void *)PQgetvalue(result, i, 0),
		    PQgetlength(result, i, 0));
		assert(number >= 1 && number <= (int64_t)n);
		told[number - 1] = true;
	}
}

bool
postgres_run_rows(struct db *db, int statement, size_t n, db_row *row,
    const void *context, bool *told)
{
	struct postgres *p = postgres_of(db);
	const struct statement *s = &db->statements.list[statement];
	char types[DB_PARAMETERS_MAX + 1];
	PGresult *result;

	assert(s->rows);
	gather_columns(p, s->parameters, n, row, context, types);
	if (!prepare(p, statement, types, MANY_ROWS) ||
	    !send_columns(p, statement))
		return false;
	if (!told && db->transaction == TRANSACTION_OPEN)
		return true;
	result = postgres_receive(p);
	if (result && told)
		read_told(result, n, told);
	PQclear(result);
	return result != NULL;
}

/* ------------------------------------------------------------------ results */

enum step
postgres_next(struct rows *r)
{
	r->row++;
	if (r->row < PQntuples(r->cursor))
		return STEP_ROW;
	r->changed = changed_by(r->cursor);
	return STEP_DONE;
}

bool
postgres_null(struct rows *r, int column)
{
	assert(r->row >= 0 && column < PQnfields(r->cursor));
	return PQgetisnull(r->cursor, r->row, column) != 0;
}

/* A column read as what it is not: a mistake in the program. */
static void
mistaken(struct rows *r)
{
	db_fail(r->db, r->db->statements.list[r->statement].name, DB_BROKEN,
	    "a column is read as another type");
	r->failed = true;
}

int64_t
postgres_int(struct rows *r, int column)
{
	const void *bytes;
	Oid type;

	if (postgres_null(r, column))
		return 0;
	bytes = PQgetvalue(r->cursor, r->row, column);
	type = PQftype(r->cursor, column);
	if (type == OID_BOOL || type == OID_INT2 || type == OID_INT4 ||
	    type == OID_INT8)
		return integer(bytes, PQgetlength(r->cursor, r->row, column));
	if (type != OID_VOID)
		mistaken(r);
	return 0;
}

double
postgres_double(struct rows *r, int column)
{
	int64_t bits;
	double real;

	if (postgres_null(r, column))
		return 0.0;
	if (PQftype(r->cursor, column) != OID_FLOAT8)
		return (double)postgres_int(r, column);
	bits = integer((const void *)PQgetvalue(r->cursor, r->row, column), 8);
	memcpy(&real, &bits, sizeof(real));
	return real;
}

const char *
postgres_text(struct rows *r, int column)
{
	Oid type = PQftype(r->cursor, column);

	if (postgres_null(r, column))
		return NULL;
	if (type == OID_TEXT || type == OID_VARCHAR || type == OID_NAME)
		return PQgetvalue(r->cursor, r->row, column);
	mistaken(r);
	return NULL;
}

const void *
postgres_blob(struct rows *r, int column, size_t *size)
{
	*size = 0;
	if (postgres_null(r, column))
		return NULL;
	if (PQftype(r->cursor, column) != OID_BYTEA) {
		mistaken(r);
		return NULL;
	}
	*size = (size_t)PQgetlength(r->cursor, r->row, column);
	return PQgetvalue(r->cursor, r->row, column);
}

void
postgres_finish(struct rows *r)
{
	PQclear(r->cursor);
}
