/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Opens and closes: finds the engine from the URL, connects, greets, and sees
 * to the schema. It alone knows which engines there are.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "server/db/db_engine.h"
#include "shared/log.h"

extern const char sql_schema[];

static const struct {
	const char *prefix;
	const struct engine *engine;
} schemes[] = {
    {"sqlite:", &engine_sqlite},
    {"postgresql://", &engine_postgres},
    {"postgres://", &engine_postgres},
};

static const struct engine *
find_engine(const char *url)
{
	size_t i;

	for (i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (strncmp(
			url, schemes[i].prefix, strlen(schemes[i].prefix)) == 0)
			return schemes[i].engine;
	return NULL;
}

/* SQLite's busy_timeout does not cover the moment in which two programs turn a
 * new file into WAL: the second is told "busy" at once. */
static bool
greet_patiently(struct db *db)
{
	const struct timespec pause = {0, 20000000};
	int tries;

	for (tries = 0; tries < 100; tries++) {
		if (db_greet(db))
			return true;
		if (db->trouble != DB_BUSY)
			break;
		nanosleep(&pause, NULL);
	}
	return false;
}

struct db *
db_connect(const char *url, enum db_mode mode)
{
	const struct engine *engine = find_engine(url);
	struct db *db;

	if (!engine) {
		log_error("database: the address must begin with sqlite: or "
			  "postgresql://");
		return NULL;
	}
	db = db_alloc(engine->size);
	db->engine = engine;
	db->mode = mode;
	statements_init(&db->statements, engine);
	db->connections = 1;
	if (engine->open(db, url) && greet_patiently(db))
		return db;
	db_close(db);
	return NULL;
}

struct db *
db_open(const char *url, enum db_mode mode)
{
	struct db *db = db_connect(url, mode);

	if (!db)
		return NULL;
	if (mode == DB_CREATE ? db_upgrade_with(db, sql_schema, sql_upgrades)
			      : db_schema_fits(db, sql_upgrades)) {
		db->opened = true;
		return db;
	}
	db_close(db);
	return NULL;
}

void
db_close(struct db *db)
{
	if (!db)
		return;
	db->engine->close(db);
	statements_finish(&db->statements);
	free(db);
}
