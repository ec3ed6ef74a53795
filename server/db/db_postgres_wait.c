/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Waiting for PostgreSQL, at one place. libpq would wait for ever for a server
 * that stands still, or behind a network that has gone silent: both look like
 * one that thinks. So connections do not block, and here is the only poll().
 *
 * Whoever waits too long shuts the socket. libpq then sees a lost connection,
 * which every caller knows already (DB_GONE), and the server's reply, should it
 * come one day, reaches nobody: whether a commit came through stays unknown,
 * and the sender is told to repeat.
 */
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include "server/db/db_postgres.h"
#include "shared/clock.h"

#define LOOK_MS 100 /* so often is looked whether to wait on */

/* Why it is not waited for any longer; NULL: it is. */
static const char *
enough(const struct postgres *p, int64_t waited, int limit)
{
	if (db_interrupted(&p->db))
		return "broken off";
	if (limit > 0 && waited >= limit)
		return "no answer in time; the connection is given up";
	/* what comes at once, comes */
	if (waited >= LOOK_MS && db_silent())
		return "the server gives no sign of life; the connection is "
		       "given up";
	return NULL;
}

/* Until libpq has noticed: what had come before may still be read. */
static void
give_up(struct postgres *p, const char *why)
{
	p->gave_up = why;
	p->db.late = p->silent = !db_interrupted(&p->db);
	shutdown(PQsocket(p->connection), SHUT_RDWR);
	while (PQstatus(p->connection) == CONNECTION_OK &&
	       PQconsumeInput(p->connection))
		;
}

/* Waits for the socket; false: no longer. */
static bool
wait_socket(struct postgres *p, short events, int64_t began, int limit)
{
	int64_t waited = clock_mono() - began;
	const char *why = enough(p, waited, limit);
	struct pollfd fd = {PQsocket(p->connection), events, 0};
	int most = limit > 0 && limit - waited < LOOK_MS ? (int)(limit - waited)
							 : LOOK_MS;

	if (why == NULL)
		return poll(&fd, 1, most) >= 0 || errno == EINTR;
	give_up(p, why);
	return false;
}

/* Until all has left and a result is there. */
static void
wait_for_result(struct postgres *p, int limit)
{
	int64_t began = clock_mono();
	int left;

	while ((left = PQflush(p->connection)) > 0 ||
	       (left == 0 && PQisBusy(p->connection)))
		if (!wait_socket(p, left > 0 ? POLLIN | POLLOUT : POLLIN, began,
			limit) ||
		    !PQconsumeInput(p->connection))
			break;
}

PGresult *
postgres_result(struct postgres *p, int limit)
{
	wait_for_result(p, limit);
	return PQgetResult(p->connection);
}

/* The last of all results, or the one after which rows are to be sent. */
static PGresult *
last_result(struct postgres *p)
{
	PGresult *last = NULL, *next;

	while ((next = postgres_result(p, db_limit(&p->db))) != NULL) {
		PQclear(last);
		last = next;
		if (PQresultStatus(last) == PGRES_COPY_IN ||
		    PQstatus(p->connection) == CONNECTION_BAD)
			break;
	}
	return last;
}

PGresult *
postgres_exec(struct postgres *p, const char *text)
{
	return PQsendQuery(p->connection, text) ? last_result(p) : NULL;
}

PGresult *
postgres_make(struct postgres *p, const char *name, const char *text, int count,
    const Oid *types)
{
	return PQsendPrepare(p->connection, name, text, count, types)
		   ? last_result(p)
		   : NULL;
}

PGresult *
postgres_describe(struct postgres *p, const char *name)
{
	return PQsendDescribePrepared(p->connection, name) ? last_result(p)
							   : NULL;
}
