/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What went wrong, as PostgreSQL says it: five letters (SQLSTATE) tell what the
 * caller may do, and one line goes to the log.
 */
#include <string.h>
#include "server/db/db_postgres.h"

static bool
state_starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* SQLSTATE to trouble; PostgreSQL manual, appendix A. */
static enum db_trouble
postgres_trouble(const char *state)
{
	static const struct {
		const char *state;
		enum db_trouble trouble;
	} known[] = {
	    {"40001", DB_BUSY},    /* serialization failure */
	    {"40P01", DB_BUSY},    /* deadlock */
	    {"55P03", DB_BUSY},    /* lock not available */
	    {"57014", DB_BUSY},    /* cancelled by an administrator */
	    {"53300", DB_GONE},    /* too many connections */
	    {"53", DB_FULL},       /* disk, memory */
	    {"08", DB_GONE},       /* connection */
	    {"57P0", DB_GONE},     /* shutdown, starting up */
	    {"58", DB_DISK},       /* the server's disk */
	    {"XX001", DB_DAMAGED}, /* data corrupted */
	    {"XX002", DB_DAMAGED}, /* index corrupted */
	    {"25006", DB_GONE},    /* a standby now: it does not write */
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (state_starts(state, known[i].state))
			return known[i].trouble;
	return DB_BROKEN;
}

/* Logs the primary message only: detail and context repeat data, and so do the
 * messages of class 22 ("invalid input syntax: …"). Result may be NULL. */
bool
postgres_fail(struct postgres *p, const char *name, const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *message =
	    PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	enum db_trouble trouble = postgres_trouble(state ? state : "");
	char line[256];
	size_t n;

	if (!message)
		message = PQerrorMessage(p->connection);
	if (state && state_starts(state, "22"))
		message = "a value was refused";
	if (PQstatus(p->connection) != CONNECTION_OK)
		trouble = DB_GONE;
	p->lost = p->lost || trouble == DB_GONE;
	if (p->gave_up) {
		message = p->gave_up;
		trouble = db_interrupted(&p->db) ? DB_STOPPED : trouble;
	}
	/* libpq's own messages have several lines; the first says it */
	n = strcspn(message, "\n");
	n = n < sizeof(line) - 1 ? n : sizeof(line) - 1;
	memcpy(line, message, n);
	line[n] = '\0';
	db_fail(&p->db, name, trouble, line);
	return false;
}
