/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of the spool: the SQLite handle, its statements, binding by name.
 * Only spool*.c include this. */
#ifndef HAILONG_SMS_SPOOL_SPOOL_DB_H
#define HAILONG_SMS_SPOOL_SPOOL_DB_H

#include <sodium.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/same_file.h"

#define SPOOL_KEY_BYTES crypto_generichash_BYTES

enum spool_statement {
	S_SECRET_READ,
	S_SECRET_MAKE,
	S_BEGIN,
	S_COMMIT,
	S_ROLLBACK,
	S_PART_ADD,
	S_PART_SEEN,
	S_PART_GONE,
	S_PART_WAITING,
	S_PART_JOINED,
	S_MESSAGE_ADD,
	S_MESSAGE_TAKE,
	S_MESSAGE_WAITING,
	S_MESSAGE_HANDED,
	S_MESSAGE_REFUSED,
	S_MESSAGE_RESEND,
	S_MESSAGE_RESEND_WISH,
	S_OUTGOING_ADD,
	S_OUTGOING_CLAIM,
	S_OUTGOING_READY,
	S_OUTGOING_OUTCOME,
	S_OUTGOING_AGAIN,
	S_OUTGOING_RECOVER,
	S_OUTGOING_EXPIRE,
	S_OUTGOING_UNTOLD,
	S_OUTGOING_TOLD,
	S_OUTGOING_DEPTH,
	S_OUTGOING_DELIVERED,
	S_FLIGHT_ADD,
	S_FLIGHT_SETTLE,
	S_FLIGHT_OPEN,
	S_FLIGHT_END,
	S_FLIGHT_END_ALL,
	S_MODEM_START,
	S_MODEM_STATE,
	S_MODEM_LOOK,
	S_MODEM_LIST,
	S_WISH_ADD,
	S_WISH_NEXT,
	S_WISH_ANSWER,
	S_WISH_READ,
	S_FIGURES,
	S_POISON_ADD,
	S_PIN_TRIED,
	S_PIN_TRY,
	S_PIN_ACCEPTED,
	S_PURGE_PART,
	S_PURGE_MESSAGE,
	S_PURGE_OUTGOING,
	S_PURGE_FLIGHT,
	S_PURGE_WISH,
	S_PURGE_POISON,
	S_COUNT
};

struct spool {
	sqlite3 *db;
	sqlite3_stmt *statements[S_COUNT];
	unsigned char secret[crypto_generichash_KEYBYTES];
	struct same_file files;
};

/* Opens the file (made 0600 when new), makes the tables, prepares every
 * statement. False with one sentence in error; spool_db_close is then still
 * to be called. */
bool spool_db_open(
    struct spool *s, const char *path, char *error, size_t error_size);
/* Closes what spool_db_open opened. */
void spool_db_close(struct spool *s);

/* A statement, reset, ready for binding. */
sqlite3_stmt *spool_statement(struct spool *s, enum spool_statement which);
/* Bind by name; a name the statement lacks aborts (a programming error). */
void spool_bind_int(sqlite3_stmt *st, const char *name, int64_t value);
/* NULL binds NULL. The memory must live until the statement has run. */
void spool_bind_text(sqlite3_stmt *st, const char *name, const char *value);
/* The same for so many bytes. */
void spool_bind_blob(
    sqlite3_stmt *st, const char *name, const void *value, size_t bytes);
/* Runs a statement that gives no rows; false, logged, when it fails, and when
 * what it wrote cannot be found again (shared/same_file.h). */
bool spool_run(struct spool *s, sqlite3_stmt *st);
/* The next row; false at the end (reset). *ok becomes false, logged, when it
 * fails. */
bool spool_step(struct spool *s, sqlite3_stmt *st, bool *ok);
/* Runs a bound question: is there a row? */
bool spool_has_row(struct spool *s, sqlite3_stmt *st);

/* Keyed hash of several pieces; each is preceded by its length, so that no two
 * lists of pieces are the same. */
struct spool_piece {
	const void *bytes;
	size_t size;
};
void spool_hash(const struct spool *s, const struct spool_piece *pieces,
    size_t n, unsigned char key[SPOOL_KEY_BYTES]);
/* The hash of a number: what its messages, replies and flights have alike. */
void spool_number_key(const struct spool *s, const char *number,
    unsigned char key[SPOOL_KEY_BYTES]);
/* A column's text into a fixed place, cut; NULL gives "". */
void spool_copy(char *out, size_t size, sqlite3_stmt *st, int column);

/* spool.c: adds one message, inside a transaction of the caller. */
struct spool_message;
bool spool_take_one(struct spool *s, const struct spool_message *m);
/* spool_in_flight.c: notes that a part of a message is given to a modem now. */
struct spool_turn;
struct spool_outgoing;
bool spool_fly(struct spool *s, const struct spool_turn *turn,
    const struct spool_outgoing *out, int reference, int64_t now);

#endif
