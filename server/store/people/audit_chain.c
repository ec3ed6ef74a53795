/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One row, audit_head, is changed by whoever adds a link, so that two writers
 * never take one number: the second waits for the first one's commit. It is
 * taken when the deed is added; two that then wait for each other are parted by
 * PostgreSQL, and the writer does its batch again.
 *
 * The line in the log comes before the commit. A transaction that is then
 * rolled back leaves a line whose number comes a second time, with another hash
 * or the same: the last line of a number counts. What other programs did (the
 * commands) is told when the collector next adds a deed, or looks.
 */
#include "server/store/people/audit_chain.h"

#include <stdatomic.h>
#include <string.h>
#include "server/db/db.h"
#include "server/store/people/audit.h"
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/log.h"

static atomic_bool told;
static _Atomic int64_t last_told; /* number; -1: none since the start */

void
audit_chain_tell(void)
{
	atomic_store(&last_told, -1);
	atomic_store(&told, true);
}

/* ----------------------------------------------------------------- the hash */

static void
put_link_number(struct buf *b, int64_t n)
{
	uint8_t bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t)((uint64_t)n >> (56 - 8 * i));
	buf_add(b, bytes, sizeof(bytes));
}

/* With its length, so that no word can run into the next. */
static void
put_link_text(struct buf *b, const char *text)
{
	if (text == NULL)
		text = "";
	put_link_number(b, (int64_t)strlen(text));
	buf_puts(b, text);
}

static void
link_hash(int64_t seq, const char *before, const struct deed *d,
    char out[DIGEST_TEXT])
{
	const char *texts[] = {d->login, d->role, d->place, d->act, d->unit,
	    d->object, d->before, d->after, d->reason};
	struct buf b;

	buf_init(&b);
	put_link_number(&b, seq);
	put_link_text(&b, before);
	buf_add(&b, d->id.bytes, sizeof(d->id.bytes));
	put_link_number(&b, d->at);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		put_link_text(&b, texts[i]);
	digest_text(buf_text(&b), b.size, out);
	buf_finish(&b);
}

/* ------------------------------------------------------------------- adding */

/* The chain's end; seq 0 and hash "" without one. */
static bool
read_head(struct db *db, int64_t *seq, char hash[DIGEST_TEXT])
{
	struct rows *r = db_query(db, Q_AUDIT_HEAD, "");
	enum step step = rows_next(r);
	const char *text = step == STEP_ROW ? rows_text(r, 1) : "";
	size_t n = text == NULL ? 0 : strlen(text);

	*seq = step == STEP_ROW ? rows_int(r, 0) : 0;
	if (n >= DIGEST_TEXT)
		n = 0;
	memcpy(hash, text == NULL ? "" : text, n);
	hash[n] = '\0';
	rows_close(r);
	return step != STEP_FAIL;
}

/* Tells the links behind the last one that was told, up to a number. */
static bool
tell_until(struct db *db, int64_t seq)
{
	int64_t from = atomic_load(&last_told);
	struct rows *r;
	enum step step;

	if (from < 0 || from >= seq) {
		atomic_store(&last_told, seq);
		return true;
	}
	r = db_query(db, Q_AUDIT_BETWEEN, "ii", from, seq);
	while ((step = rows_next(r)) == STEP_ROW)
		log_info("audit %lld %s %s %s", (long long)rows_int(r, 0),
		    rows_text(r, 1), rows_text(r, 2), rows_text(r, 3));
	rows_close(r);
	if (step == STEP_DONE)
		atomic_store(&last_told, seq);
	return step == STEP_DONE;
}

bool
audit_chain_look(struct db *db)
{
	char hash[DIGEST_TEXT];
	int64_t seq;

	return !atomic_load(&told) ||
	       (read_head(db, &seq, hash) && tell_until(db, seq));
}

bool
audit_chain_add(struct db *db, const struct deed *d)
{
	char before[DIGEST_TEXT], hash[DIGEST_TEXT];
	int64_t seq;

	if (!db_run(db, Q_AUDIT_HEAD_NEXT, NULL, "") ||
	    !read_head(db, &seq, before))
		return false;
	link_hash(seq, before, d, hash);
	if (!db_run(db, Q_AUDIT_LINK_ADD, NULL, "ibt", seq, d->id.bytes,
		sizeof(d->id.bytes), hash) ||
	    !db_run(db, Q_AUDIT_HEAD_SET, NULL, "t", hash))
		return false;
	if (!atomic_load(&told))
		return true;
	if (!tell_until(db, seq - 1))
		return false;
	log_info("audit %lld %s %s %s", (long long)seq, hash, d->place, d->act);
	atomic_store(&last_told, seq);
	return true;
}

/* ------------------------------------------------------------------ reading */

/* Columns of a deed, from this one on; its words live as long as the row. */
static void
read_linked(struct rows *r, int column, struct deed *d)
{
	const char **texts[] = {&d->login, &d->role, &d->place, &d->act,
	    &d->unit, &d->object, &d->before, &d->after, &d->reason};
	size_t size;
	const void *id = rows_blob(r, column, &size);

	memset(d, 0, sizeof(*d));
	if (id != NULL && size == sizeof(d->id.bytes))
		memcpy(d->id.bytes, id, size);
	d->at = rows_int(r, column + 1);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		*texts[i] = rows_text(r, column + 2 + (int)i);
}

bool
audit_chain_begin(struct db *db)
{
	struct rows *r = db_query(db, Q_AUDIT_UNLINKED, "");
	struct deed *list = NULL, *d;
	struct arena a;
	size_t n = 0;
	enum step step;

	arena_init(&a);
	while ((step = rows_next(r)) == STEP_ROW) {
		d = arena_append(&a, &list, &n, sizeof(*d));
		read_linked(r, 0, d);
		d->login = arena_strdup(&a, d->login);
		d->role = arena_strdup(&a, d->role);
		d->place = arena_strdup(&a, d->place);
		d->act = arena_strdup(&a, d->act);
		d->unit = arena_strdup(&a, d->unit);
		d->object = arena_strdup(&a, d->object);
		d->before = arena_strdup(&a, d->before);
		d->after = arena_strdup(&a, d->after);
		d->reason = arena_strdup(&a, d->reason);
	}
	rows_close(r);
	for (size_t i = 0; step == STEP_DONE && i < n; i++)
		if (!audit_chain_add(db, &list[i]))
			step = STEP_FAIL;
	arena_finish(&a);
	return step == STEP_DONE;
}

/* One link against what stands before it; goes on from the hash that stands
 * there, so that one wrong link is one. */
static void
check_link(struct rows *r, struct audit_chain *c)
{
	char hash[DIGEST_TEXT] = "";
	const char *kept = rows_text(r, 1);
	int64_t seq = rows_int(r, 0);
	struct deed d;

	if (!rows_null(r, 2)) {
		read_linked(r, 2, &d);
		link_hash(seq, c->hash, &d, hash);
	}
	if (seq != c->seq + 1 || strcmp(hash, kept) != 0) {
		c->wrong++;
		if (c->first == 0)
			c->first = c->seq + 1;
	}
	c->links++;
	c->seq = seq;
	if (strlen(kept) < sizeof(c->hash))
		strcpy(c->hash, kept);
}

static bool
audit_chain_count(struct db *db, struct audit_chain *c)
{
	struct rows *r = db_query(db, Q_AUDIT_COUNT, "");
	bool ok = rows_next(r) == STEP_ROW;

	if (ok) {
		c->deeds = rows_int(r, 0);
		c->unlinked = rows_int(r, 1);
	}
	rows_close(r);
	return ok;
}

bool
audit_chain_check(struct db *db, struct audit_chain *c)
{
	struct rows *r = db_query(db, Q_AUDIT_CHAIN, "");
	char hash[DIGEST_TEXT];
	enum step step;
	int64_t seq;

	memset(c, 0, sizeof(*c));
	while ((step = rows_next(r)) == STEP_ROW)
		check_link(r, c);
	rows_close(r);
	if (step != STEP_DONE || !audit_chain_count(db, c) ||
	    !read_head(db, &seq, hash))
		return false;
	c->headless = seq != c->seq || strcmp(hash, c->hash) != 0;
	return true;
}

bool
audit_chain_has(struct db *db, int64_t seq, const char *hash)
{
	struct rows *r = db_query(db, Q_AUDIT_LINK_AT, "i", seq);
	bool has =
	    rows_next(r) == STEP_ROW && strcmp(rows_text(r, 0), hash) == 0;

	rows_close(r);
	return has;
}
