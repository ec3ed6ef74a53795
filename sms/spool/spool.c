/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The incoming half of the spool: parts in, messages out. The order is the
 * promise: spool_part returns after fsync, only then does the worker delete the
 * part from the modem; spool_join moves parts into a message in one
 * transaction, which also makes the message's id, so that a crash at any point
 * gives one message with one id. A part read again (its deletion failed, or we
 * died before it) meets its own key and is not counted twice.
 */
#include "sms/spool/spool.h"

#include <stdlib.h>
#include <string.h>
#include "shared/buf.h"
#include "sms/text/join.h"
#include "sms/spool/spool_db.h"

struct spool *
spool_open(const char *path, char *error, size_t error_size)
{
	struct spool *s = calloc(1, sizeof(*s));

	if (s == NULL)
		abort();
	if (!spool_db_open(s, path, error, error_size)) {
		spool_close(s);
		return NULL;
	}
	return s;
}

void
spool_close(struct spool *s)
{
	if (s == NULL)
		return;
	spool_db_close(s);
	free(s);
}

_Static_assert(sizeof(struct spool_key) == SPOOL_KEY_BYTES, "one key");

/* Some centres send no time (3GPP TS 23.040, 9.2.3.11: zeros). Then equal
 * words of one sender are a repeat only while they lie in the same slot. */
static void
part_key(const struct spool *s, const char *modem,
    const struct modem_part *part, unsigned char key[SPOOL_KEY_BYTES])
{
	int64_t kind = part->kind, slot = part->slot;
	bool timeless = part->sent_at == 0;
	const struct spool_piece pieces[] = {
	    {part->sender, strlen(part->sender)},
	    {&part->sent_at, sizeof(part->sent_at)},
	    {&kind, sizeof(kind)},
	    {part->udh, part->udh_bytes},
	    {part->text, part->text_bytes},
	    {modem, timeless ? strlen(modem) : 0},
	    {&slot, timeless ? sizeof(slot) : 0},
	};
	size_t n = sizeof(pieces) / sizeof(pieces[0]);

	/* as in spools of before, where there is a time */
	spool_hash(s, pieces, timeless ? n : n - 2, key);
}

static bool
mark_seen(
    struct spool *s, const unsigned char key[SPOOL_KEY_BYTES], int64_t now)
{
	sqlite3_stmt *st = spool_statement(s, S_PART_SEEN);

	spool_bind_blob(st, ":key", key, SPOOL_KEY_BYTES);
	spool_bind_int(st, ":now", now);
	return spool_run(s, st);
}

enum spool_added
spool_part(struct spool *s, const char *modem, const struct modem_part *part,
    int64_t now, struct spool_key *told)
{
	unsigned char *key = told->bytes;
	struct join_header header;
	char number[PHONE_TEXT];
	sqlite3_stmt *st = spool_statement(s, S_PART_ADD);
	bool keep;

	join_read_header(part->udh, part->udh_bytes, &header);
	keep = part->kind == MODEM_TEXT && !header.port &&
	       phone_sender(part->sender, number);
	part_key(s, modem, part, key);
	spool_bind_blob(st, ":key", key, SPOOL_KEY_BYTES);
	spool_bind_text(st, ":modem", modem);
	spool_bind_text(st, ":state", keep ? "waiting" : "dropped");
	if (keep) {
		spool_bind_text(st, ":sender", number);
		spool_bind_blob(st, ":text", part->text, part->text_bytes);
	}
	spool_bind_int(st, ":sent_at", part->sent_at);
	spool_bind_int(st, ":sent_offset", part->sent_offset);
	spool_bind_int(st, ":ref", header.ref);
	spool_bind_int(st, ":total", header.total);
	spool_bind_int(st, ":number", header.number);
	spool_bind_int(st, ":now", now);
	if (!spool_run(s, st))
		return SPOOL_FAILED;
	if (sqlite3_changes(s->db) == 1)
		return SPOOL_NEW;
	return mark_seen(s, key, now) ? SPOOL_DUPLICATE : SPOOL_FAILED;
}

bool
spool_part_gone(struct spool *s, const struct spool_key *key)
{
	sqlite3_stmt *st = spool_statement(s, S_PART_GONE);

	spool_bind_blob(st, ":key", key->bytes, sizeof(key->bytes));
	return spool_run(s, st);
}

/* A waiting part with what the message needs beside it. */
struct row {
	unsigned char key[SPOOL_KEY_BYTES];
	const char *modem;
	int sent_offset;
};

static const void *
column_copy(struct arena *a, sqlite3_stmt *st, int column, size_t *bytes)
{
	const void *data = sqlite3_column_blob(st, column);

	*bytes = (size_t)sqlite3_column_bytes(st, column);
	return arena_strndup(a, data == NULL ? "" : data, *bytes);
}

static const char *
column_text(struct arena *a, sqlite3_stmt *st, int column)
{
	return arena_strdup(a, (const char *)sqlite3_column_text(st, column));
}

/* The parts that wait for their fellows, oldest first. */
static bool
load_parts(struct spool *s, struct arena *a, struct join_part *parts,
    struct row *rows, size_t *n)
{
	sqlite3_stmt *st = spool_statement(s, S_PART_WAITING);
	bool ok = true;

	spool_bind_int(st, ":max", SPOOL_JOIN_MAX);
	for (*n = 0; spool_step(s, st, &ok) && *n < SPOOL_JOIN_MAX; ++*n) {
		struct join_part *p = &parts[*n];
		size_t bytes;

		memcpy(rows[*n].key, column_copy(a, st, 0, &bytes),
		    SPOOL_KEY_BYTES);
		rows[*n].modem = column_text(a, st, 1);
		p->sender = column_text(a, st, 2);
		p->text = column_copy(a, st, 3, &p->text_bytes);
		p->sent_at = sqlite3_column_int64(st, 4);
		rows[*n].sent_offset = sqlite3_column_int(st, 5);
		p->header.ref = sqlite3_column_int(st, 6);
		p->header.total = sqlite3_column_int(st, 7);
		p->header.number = sqlite3_column_int(st, 8);
		p->received_at = sqlite3_column_int64(st, 9);
	}
	sqlite3_reset(st);
	return ok;
}

static bool
add_message(struct spool *s, const struct join_part *first,
    const struct row *row, const char *text, bool partial)
{
	unsigned char key[SPOOL_KEY_BYTES];
	char id_text[UUID_TEXT];
	struct uuid id;
	sqlite3_stmt *st = spool_statement(s, S_MESSAGE_ADD);

	uuid_new(&id);
	uuid_format(&id, id_text);
	spool_number_key(s, first->sender, key);
	spool_bind_text(st, ":id", id_text);
	spool_bind_text(st, ":modem", row->modem);
	spool_bind_text(st, ":sender", first->sender);
	spool_bind_blob(st, ":sender_key", key, sizeof(key));
	spool_bind_text(st, ":text", text);
	spool_bind_int(st, ":received_at", first->received_at);
	spool_bind_int(st, ":sent_at", first->sent_at);
	spool_bind_int(st, ":sent_offset", row->sent_offset);
	spool_bind_int(st, ":partial", partial);
	return spool_run(s, st);
}

/* Makes one message, if it is due. Its times are those of its first part to
 * arrive. */
static bool
join_one(struct spool *s, const struct join_part *parts, const struct row *rows,
    size_t n, const size_t group[], size_t which, enum join_state state)
{
	struct buf text;
	bool ok = true, added = false, whole;

	buf_init(&text);
	whole = join_text(parts, n, group, which, &text);
	for (size_t i = 0; i < n && ok; i++) {
		sqlite3_stmt *st;

		if (group[i] != which)
			continue;
		if (!added)
			ok = add_message(s, &parts[i], &rows[i],
			    buf_text(&text), state == JOIN_PARTIAL || !whole);
		added = true;
		st = spool_statement(s, S_PART_JOINED);
		spool_bind_blob(st, ":key", rows[i].key, SPOOL_KEY_BYTES);
		ok = ok && spool_run(s, st);
	}
	buf_finish(&text);
	return ok;
}

static bool
join_all(struct spool *s, const struct join_part *parts, const struct row *rows,
    size_t n, size_t group[], int64_t now, int64_t wait_ms)
{
	size_t groups = join_group(parts, n, group);
	bool ok = true;

	for (size_t g = 0; g < groups && ok; g++) {
		enum join_state state =
		    join_state(parts, n, group, g, now, wait_ms);

		if (state != JOIN_WAITING)
			ok = join_one(s, parts, rows, n, group, g, state);
	}
	return ok;
}

/* Looks once without a lock, since mostly nothing waits; then again inside the
 * transaction, or two workers would make two messages of one part. */
bool
spool_join(struct spool *s, int64_t now, int64_t wait_ms)
{
	struct arena a;
	struct join_part *parts;
	struct row *rows;
	size_t n, *group;
	bool ok;

	arena_init(&a);
	parts = arena_alloc(&a, SPOOL_JOIN_MAX * sizeof(*parts));
	rows = arena_alloc(&a, SPOOL_JOIN_MAX * sizeof(*rows));
	group = arena_alloc(&a, SPOOL_JOIN_MAX * sizeof(*group));
	ok = load_parts(s, &a, parts, rows, &n);
	if (ok && n > 0)
		ok = spool_begin(s) &&
		     spool_end(s,
			 load_parts(s, &a, parts, rows, &n) &&
			     join_all(s, parts, rows, n, group, now, wait_ms));
	arena_finish(&a);
	return ok;
}

bool
spool_take_one(struct spool *s, const struct spool_message *m)
{
	unsigned char key[SPOOL_KEY_BYTES];
	sqlite3_stmt *st = spool_statement(s, S_MESSAGE_TAKE);

	spool_number_key(s, m->from, key);
	spool_bind_text(st, ":id", m->id);
	spool_bind_text(st, ":modem", m->modem);
	spool_bind_text(st, ":sender", m->from);
	spool_bind_blob(st, ":sender_key", key, sizeof(key));
	spool_bind_text(st, ":text", m->text);
	spool_bind_int(st, ":received_at", m->received_at);
	spool_bind_int(st, ":sent_at", m->sent_at);
	spool_bind_int(st, ":sent_offset", m->sent_offset);
	spool_bind_int(st, ":unreadable", m->unreadable);
	return spool_run(s, st);
}

bool
spool_take(struct spool *s, const struct spool_message *list, size_t n)
{
	bool ok = spool_begin(s);

	for (size_t i = 0; i < n && ok; i++)
		ok = spool_take_one(s, &list[i]);
	return spool_end(s, ok);
}

bool
spool_waiting(struct spool *s, struct arena *a, size_t skip, size_t max,
    struct spool_message **out, size_t *n)
{
	sqlite3_stmt *st = spool_statement(s, S_MESSAGE_WAITING);
	bool ok = true;

	*out = arena_alloc(a, max * sizeof(**out));
	spool_bind_int(st, ":max", (int64_t)max);
	spool_bind_int(st, ":skip", (int64_t)skip);
	for (*n = 0; *n < max && spool_step(s, st, &ok); ++*n) {
		struct spool_message *m = &(*out)[*n];
		const char *id = column_text(a, st, 0);

		strncpy(m->id, id, sizeof(m->id) - 1);
		m->modem = column_text(a, st, 1);
		m->from = column_text(a, st, 2);
		m->text = column_text(a, st, 3);
		m->received_at = sqlite3_column_int64(st, 4);
		m->sent_at = sqlite3_column_int64(st, 5);
		m->sent_offset = sqlite3_column_int(st, 6);
		m->partial = sqlite3_column_int(st, 7) != 0;
		m->unreadable = sqlite3_column_int(st, 8) != 0;
	}
	sqlite3_reset(st);
	return ok;
}

bool
spool_handed(struct spool *s, const char *id)
{
	sqlite3_stmt *st = spool_statement(s, S_MESSAGE_HANDED);

	spool_bind_text(st, ":id", id);
	return spool_run(s, st);
}

bool
spool_refused(struct spool *s, const char *id, const char *reason)
{
	sqlite3_stmt *st = spool_statement(s, S_MESSAGE_REFUSED);

	spool_bind_text(st, ":id", id);
	spool_bind_text(st, ":reason", reason);
	return spool_run(s, st);
}

/* True when the wish is new, and kept as heard. */
static bool
hear_wish_in_spool(struct spool *s, int64_t wish, bool *ok)
{
	sqlite3_stmt *st;

	if (wish == 0)
		return true;
	st = spool_statement(s, S_MESSAGE_RESEND_WISH);
	spool_bind_int(st, ":number", wish);
	*ok = spool_run(s, st);
	return *ok && sqlite3_changes(s->db) > 0;
}

int64_t
spool_resend(struct spool *s, int64_t wish)
{
	bool ok = spool_begin(s);
	int64_t n = 0;

	if (ok && hear_wish_in_spool(s, wish, &ok)) {
		ok = spool_run(s, spool_statement(s, S_MESSAGE_RESEND));
		n = sqlite3_changes(s->db);
	}
	return spool_end(s, ok) ? n : -1;
}
