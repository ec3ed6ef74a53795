/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A PostgreSQL of our own for the length of a test: Debian's package, a
 * temporary folder, a unix socket and no port. Root starts it as the user
 * postgres (or nobody), for PostgreSQL refuses root. It dies with the test.
 */
#ifndef HAILONG_TESTS_DB_POSTGRES_SERVER_H
#define HAILONG_TESTS_DB_POSTGRES_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct postgres_server {
	char bin[256];   /* where initdb, postgres and psql are */
	char folder[64]; /* socket, data, log */
	pid_t pid;       /* 0: not running */
};

/* Makes the folder and the server in it and waits until it answers. False
 * with a sentence on standard error; the test must then fail, not skip. */
bool postgres_server_start(struct postgres_server *s);
/* Stops the server and removes the folder. */
void postgres_server_stop(struct postgres_server *s);
/* Kills the server as a power cut would (SIGKILL for all of it); launch starts
 * it again on the same data. */
void postgres_server_kill(struct postgres_server *s);
/* Ends it without a word, as pg_ctl -m immediate does: every connection breaks
 * off, the next start has to recover. */
void postgres_server_abort(struct postgres_server *s);
/* Makes a standby of a running server, with all that it has now; what is
 * committed from now on is seen there only after so long (PostgreSQL's words:
 * "1h"). As postgres_server_start. */
bool postgres_server_standby(struct postgres_server *s,
    const struct postgres_server *of, const char *behind);
/* Has all of it stand still (SIGSTOP), and go on. */
void postgres_server_freeze(const struct postgres_server *s);
void postgres_server_thaw(const struct postgres_server *s);
/* Starts a stopped server and waits until it answers. */
bool postgres_server_launch(struct postgres_server *s);
/* Runs SQL through psql; quiet unless it fails. */
bool postgres_server_sql(
    const struct postgres_server *s, const char *database, const char *sql);
/* The same beside the test; end it with postgres_server_sql_end. */
pid_t postgres_server_sql_begin(
    const struct postgres_server *s, const char *database, const char *sql);
/* Waits for it; true when it succeeded. */
bool postgres_server_sql_end(pid_t pid);
/* Runs SQL (of any length) and gives what psql prints, columns parted by "|", a
 * NUL-terminated text to be freed; NULL when it fails. */
char *postgres_server_ask(
    const struct postgres_server *s, const char *database, const char *sql);
/* Writes the address of a database of this server. */
void postgres_server_url(const struct postgres_server *s, const char *database,
    char *url, size_t size);

#endif
