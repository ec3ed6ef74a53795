/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The schema's number and the way up to it. sql/schema.sql is always the
 * newest schema; sql/upgrade/NNNN-title.sql leads from NNNN-1 to NNNN. The
 * number is kept in table meta, row 'schema', and changes in the same
 * transaction as the tables, so a power cut leaves one whole schema or the
 * other. The number is read again in every transaction, behind a lock: two
 * programs may start at the same time.
 */
#include "server/db/db_engine.h"

#include <stdio.h>
#include <stdlib.h>
#include "shared/log.h"

enum upgraded { UPGRADED_ALL, UPGRADED_ONE, UPGRADED_FAIL };

static int
newest_of(const struct sql_upgrade *list)
{
	int newest = 1;

	for (; list->number; list++)
		newest = list->number;
	return newest;
}

/* The number in meta, 0 without such a row, -1 when it cannot be read. */
static int
read_db_upgrade_number(struct db *db)
{
	struct rows *r = db_query(db, Q_META_GET, "t", "schema");
	enum step step = rows_next(r);
	int number = 0;

	if (step == STEP_ROW)
		number = atoi(rows_text(r, 0));
	rows_close(r);
	return step == STEP_FAIL ? -1 : number;
}

int
db_schema_number(struct db *db)
{
	int64_t exists = db_own(db, OWN_SCHEMA_EXISTS);

	return exists > 0 ? read_db_upgrade_number(db) : (int)exists;
}

static bool
refuse_newer(const struct db *db, int number, int newest)
{
	log_error("%s: the database has schema %d, this program knows up to "
		  "%d; use the newer program",
	    db_engine(db), number, newest);
	return false;
}

bool
db_schema_fits(struct db *db, const struct sql_upgrade *list)
{
	int newest = newest_of(list);
	int number = db_schema_number(db);

	if (number > newest)
		return refuse_newer(db, number, newest);
	if (number == 0)
		log_error("%s: the database is empty; make it with init",
		    db_engine(db));
	else if (number > 0 && number < newest)
		log_error("%s: the database has schema %d, this program needs "
			  "%d; bring it up with init",
		    db_engine(db), number, newest);
	return number == newest;
}

/* Runs one script and sets the number, inside the open transaction. */
static enum upgraded
apply(struct db *db, const char *script, int number)
{
	char name[32];
	char text[12];

	snprintf(name, sizeof(name), "schema %d", number);
	snprintf(text, sizeof(text), "%d", number);
	if (!db->engine->script_run(db, name, script) ||
	    !db_run(db, Q_META_PUT, NULL, "tt", "schema", text))
		return UPGRADED_FAIL;
	log_info("%s: schema %d in place", db_engine(db), number);
	return UPGRADED_ONE;
}

/* One step, inside the open transaction. */
static enum upgraded
step_up(struct db *db, const char *schema, const struct sql_upgrade *list)
{
	int newest = newest_of(list);
	int number;

	if (db_own(db, OWN_SCHEMA_LOCK) < 0)
		return UPGRADED_FAIL;
	number = db_schema_number(db);
	if (number == newest)
		return UPGRADED_ALL;
	if (number > newest)
		refuse_newer(db, number, newest);
	if (number < 0 || number > newest)
		return UPGRADED_FAIL;
	if (number == 0)
		return apply(db, schema, newest);
	while (list->number != number + 1)
		list++;
	return apply(db, list->text, list->number);
}

bool
db_upgrade_with(
    struct db *db, const char *schema, const struct sql_upgrade *list)
{
	enum upgraded done;

	do {
		if (!db_begin(db))
			return false;
		done = step_up(db, schema, list);
		if (done == UPGRADED_FAIL) {
			db_rollback(db);
			return false;
		}
		if (!db_commit(db))
			return false;
	} while (done == UPGRADED_ONE);
	return true;
}
