/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PostgreSQL: a statement with its parameters, and its result.
 *
 * Both travel in binary: the types are declared when a statement is prepared,
 * so the server never guesses one, and no number passes through a text that a
 * locale could bend. A result has only columns we can read (integers, double
 * precision, text, bytea); a numeric without a CAST fails when the statement
 * runs, on the first row or the thousandth alike.
 *
 * Statements are sent in libpq's pipeline mode, so that one whose result is
 * not waited for travels with the next, and BEGIN with the first. What follows
 * a failed one in the pipeline the server leaves undone.
 */
#include "server/db/db_postgres.h"

#include <assert.h>
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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
pg_readable(Oid type)
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
		if (!pg_readable(PQftype(result, i))) {
			db_fail(&p->db, name, DB_BROKEN,
			    "a column's type is unknown here; CAST it");
			return false;
		}
	return true;
}

/* The unnamed statement is used, so that what this prepares without types does
 * not stay. */
static bool
check_pg_text(struct postgres *p, const char *name, const char *text)
{
	PGresult *result = postgres_make(p, "", text, 0, NULL);
	bool ok = postgres_succeeded(result);

	if (ok) {
		PQclear(result);
		result = postgres_describe(p, "");
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

	return check_pg_text(p, s->name, s->text) &&
	       (!s->rows || check_pg_text(p, s->name, s->rows));
}

Oid
postgres_oid(char type, enum form form)
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

bool
postgres_prepare(
    struct postgres *p, int statement, const char *types, enum form form)
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
		oids[i] = postgres_oid(types[i], form);
	name_of(s, form, name);
	result = postgres_make(
	    p, name, form == ONE_ROW ? s->text : s->rows, i, oids);
	ok = postgres_succeeded(result) || postgres_fail(p, s->name, result);
	PQclear(result);
	if (ok) {
		*prepared = db_alloc(strlen(types) + 1);
		strcpy(*prepared, types);
	}
	return ok;
}

/* ------------------------------------------------------------- the pipeline */

/* Before the first statement of a transaction. */
static bool
send_begin(struct postgres *p)
{
	int own = p->begin;

	p->begin = 0;
	return own == 0 || postgres_send_own(p, own);
}

bool
postgres_send(struct postgres *p, int statement, enum form form,
    const struct parameters *all)
{
	const struct statement *s = &p->db.statements.list[statement];
	char name[NAME_ROOM];

	if (!send_begin(p) || (p->nsent == POSTGRES_SENT && !postgres_drain(p)))
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

	return postgres_prepare(p, own, "", ONE_ROW) &&
	       postgres_send(p, own, ONE_ROW, &none);
}

/* The result of one of them. After the first failure the others have none. */
static PGresult *
receive_one(struct postgres *p, int statement, bool failed, int limit)
{
	const char *name = p->db.statements.list[statement].name;
	PGresult *result = postgres_result(p, limit), *end;

	while (result && (end = postgres_result(p, limit)) != NULL)
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
	return postgres_receive_in(p, db_limit(&p->db));
}

PGresult *
postgres_receive_in(struct postgres *p, int limit)
{
	PGresult *result = NULL;
	bool failed = !PQpipelineSync(p->connection);
	int i;

	if (failed)
		postgres_fail(p, "send", NULL);
	for (i = 0; i < p->nsent; i++) {
		PQclear(result);
		result = receive_one(p, p->sent[i], failed, limit);
		failed = !result;
	}
	p->nsent = 0;
	PQclear(postgres_result(p, limit)); /* of the pipeline itself */
	PQexitPipelineMode(p->connection);
	return result;
}

bool
postgres_drain(struct postgres *p)
{
	PGresult *result;
	bool ok;

	if (!send_begin(p))
		return false;
	if (p->nsent == 0)
		return true;
	result = postgres_receive(p);
	ok = result != NULL;
	PQclear(result);
	return ok;
}

/* ------------------------------------------------------------------ one row */

static void
put_pg_value(struct parameters *all, int i, const struct db_value *v)
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

	if (!postgres_prepare(p, r->statement, types, ONE_ROW))
		return false;
	for (i = 0; types[i]; i++)
		put_pg_value(&all, i, &values[i]);
	if (!postgres_send(p, r->statement, ONE_ROW, &all))
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

int64_t
postgres_integer(const unsigned char *bytes, int size)
{
	uint64_t n = bytes[0] & 0x80 ? UINT64_MAX : 0;
	int i;

	for (i = 0; i < size; i++)
		n = n << 8 | bytes[i];
	return (int64_t)n;
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
		return postgres_integer(
		    bytes, PQgetlength(r->cursor, r->row, column));
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
	bits = postgres_integer(
	    (const void *)PQgetvalue(r->cursor, r->row, column), 8);
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
