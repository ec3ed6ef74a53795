/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The outgoing half of the spool, and its small books: quarantined slots,
 * tried PINs, the purge.
 *
 * Each message is sent at most once. It is marked "sending" on disk before the
 * modem hears of it; whoever finds that mark after a death cannot know whether
 * the network took it, and says so: "unknown" is a state of its own, reported,
 * never sent again. Only a plain refusal by the network allows another try.
 */
#include <string.h>
#include "shared/log.h"
#include "sms/spool.h"
#include "sms/spool_db.h"

static bool
run_id(struct spool *s, enum spool_statement which, const char *id)
{
	sqlite3_stmt *st = spool_statement(s, which);

	spool_bind_text(st, ":id", id);
	return spool_run(s, st);
}

static bool
has_row(struct spool *s, sqlite3_stmt *st)
{
	bool ok = true, found = spool_step(s, st, &ok);

	sqlite3_reset(st);
	return found;
}

bool
spool_outgoing(struct spool *s, const char *id, const char *number,
    const char *text, bool sendable, int64_t now)
{
	unsigned char key[SPOOL_KEY_BYTES];
	const struct spool_piece piece = {number, strlen(number)};
	sqlite3_stmt *st = spool_statement(s, S_OUTGOING_ADD);

	spool_hash(s, &piece, 1, key);
	spool_bind_text(st, ":id", id);
	spool_bind_text(st, ":state", sendable ? "queued" : "failed");
	spool_bind_text(st, ":number", sendable ? number : "");
	spool_bind_text(st, ":text", sendable ? text : "");
	spool_bind_blob(st, ":sender_key", key, sizeof(key));
	spool_bind_int(st, ":now", now);
	return spool_run(s, st);
}

bool
spool_ready(struct spool *s, const char *modem, int64_t now)
{
	sqlite3_stmt *st = spool_statement(s, S_OUTGOING_READY);

	spool_bind_text(st, ":modem", modem);
	spool_bind_int(st, ":now", now);
	spool_bind_int(st, ":patience", SPOOL_PATIENCE_MS);
	return has_row(s, st);
}

static void
copy_column(char *out, size_t size, sqlite3_stmt *st, int column)
{
	const char *text = (const char *)sqlite3_column_text(st, column);

	out[0] = '\0';
	if (text != NULL)
		strncat(out, text, size - 1);
}

bool
spool_claim(struct spool *s, const char *modem, int64_t now,
    struct spool_outgoing *out, bool *found)
{
	sqlite3_stmt *st = spool_statement(s, S_OUTGOING_CLAIM);
	bool ok = true;

	spool_bind_text(st, ":modem", modem);
	spool_bind_int(st, ":now", now);
	spool_bind_int(st, ":patience", SPOOL_PATIENCE_MS);
	*found = spool_step(s, st, &ok);
	if (!*found)
		return ok;
	copy_column(out->id, sizeof(out->id), st, 0);
	copy_column(out->number, sizeof(out->number), st, 1);
	copy_column(out->text, sizeof(out->text), st, 2);
	out->tries = sqlite3_column_int(st, 3);
	/* the claim is committed when the statement ends, not at its row */
	*found = !spool_step(s, st, &ok) && ok;
	return ok;
}

bool
spool_outcome(struct spool *s, const char *id, enum spool_outcome outcome,
    int code, int64_t now)
{
	static const char *const states[] = {[SPOOL_SENT] = "sent",
	    [SPOOL_NOT_SENT] = "failed",
	    [SPOOL_UNKNOWN] = "unknown"};
	sqlite3_stmt *st = spool_statement(s, S_OUTGOING_OUTCOME);

	spool_bind_text(st, ":id", id);
	spool_bind_text(st, ":state", states[outcome]);
	if (code >= 0)
		spool_bind_int(st, ":code", code);
	spool_bind_int(st, ":now", now);
	return spool_run(s, st);
}

bool
spool_again(struct spool *s, const char *id, int code, int64_t not_before)
{
	sqlite3_stmt *st = spool_statement(s, S_OUTGOING_AGAIN);

	spool_bind_text(st, ":id", id);
	spool_bind_int(st, ":code", code);
	spool_bind_int(st, ":not_before", not_before);
	return spool_run(s, st);
}

bool
spool_recover(struct spool *s, const char *modem, int64_t now)
{
	sqlite3_stmt *st = spool_statement(s, S_OUTGOING_RECOVER);
	int n;

	spool_bind_text(st, ":modem", modem);
	spool_bind_int(st, ":now", now);
	if (!spool_run(s, st))
		return false;
	n = sqlite3_changes(s->db);
	if (n > 0)
		log_warn("%d message(s) were being sent when a worker died: "
			 "unknown outcome, not sent again",
		    n);
	return true;
}

bool
spool_expire(struct spool *s, int64_t now)
{
	sqlite3_stmt *st = spool_statement(s, S_OUTGOING_EXPIRE);
	int n;

	spool_bind_int(st, ":before", now - SPOOL_OUTGOING_MS);
	spool_bind_int(st, ":now", now);
	if (!spool_run(s, st))
		return false;
	n = sqlite3_changes(s->db);
	if (n > 0)
		log_warn("%d message(s) could not be sent for two hours and "
			 "were given up",
		    n);
	return true;
}

bool
spool_reports(struct spool *s, struct arena *a, size_t max,
    struct spool_report **out, size_t *n)
{
	sqlite3_stmt *st = spool_statement(s, S_OUTGOING_DONE);
	bool ok = true;

	*out = arena_alloc(a, max * sizeof(**out));
	spool_bind_int(st, ":max", (int64_t)max);
	for (*n = 0; *n < max && spool_step(s, st, &ok); ++*n) {
		struct spool_report *r = &(*out)[*n];

		copy_column(r->id, sizeof(r->id), st, 0);
		r->status =
		    arena_strdup(a, (const char *)sqlite3_column_text(st, 1));
		r->at = sqlite3_column_int64(st, 2);
		r->code = sqlite3_column_type(st, 3) == SQLITE_NULL
			      ? -1
			      : sqlite3_column_int(st, 3);
	}
	sqlite3_reset(st);
	return ok;
}

bool
spool_reported(struct spool *s, const char *id)
{
	return run_id(s, S_OUTGOING_REPORTED, id);
}

int64_t
spool_depth(struct spool *s)
{
	sqlite3_stmt *st = spool_statement(s, S_OUTGOING_DEPTH);
	bool ok = true;
	int64_t n = spool_step(s, st, &ok) ? sqlite3_column_int64(st, 0) : -1;

	sqlite3_reset(st);
	return n;
}

bool
spool_poison(struct spool *s, const char *modem, const char *pdu, int64_t now)
{
	sqlite3_stmt *st = spool_statement(s, S_POISON_ADD);

	spool_bind_text(st, ":modem", modem);
	spool_bind_text(st, ":pdu", pdu);
	spool_bind_int(st, ":now", now);
	return spool_run(s, st);
}

static void
pin_key(const struct spool *s, const char *modem, const char *pin, int64_t mark,
    unsigned char key[SPOOL_KEY_BYTES])
{
	const struct spool_piece pieces[] = {
	    {modem, strlen(modem)},
	    {pin, strlen(pin)},
	    {&mark, sizeof(mark)},
	};

	spool_hash(s, pieces, 3, key);
}

bool
spool_pin_try(struct spool *s, const char *modem, const char *pin, int64_t mark,
    int64_t now)
{
	unsigned char key[SPOOL_KEY_BYTES];
	sqlite3_stmt *st = spool_statement(s, S_PIN_TRIED);

	pin_key(s, modem, pin, mark, key);
	spool_bind_blob(st, ":key", key, sizeof(key));
	if (has_row(s, st))
		return false;
	st = spool_statement(s, S_PIN_TRY);
	spool_bind_blob(st, ":key", key, sizeof(key));
	spool_bind_int(st, ":now", now);
	return spool_run(s, st);
}

bool
spool_pin_accepted(
    struct spool *s, const char *modem, const char *pin, int64_t mark)
{
	unsigned char key[SPOOL_KEY_BYTES];
	sqlite3_stmt *st = spool_statement(s, S_PIN_ACCEPTED);

	pin_key(s, modem, pin, mark, key);
	spool_bind_blob(st, ":key", key, sizeof(key));
	return spool_run(s, st);
}

bool
spool_purge(struct spool *s, int64_t now)
{
	static const enum spool_statement purges[] = {
	    S_PURGE_PART, S_PURGE_MESSAGE, S_PURGE_OUTGOING, S_PURGE_POISON};

	for (size_t i = 0; i < sizeof(purges) / sizeof(purges[0]); i++) {
		sqlite3_stmt *st = spool_statement(s, purges[i]);

		spool_bind_int(st, ":before", now - SPOOL_KEEP_MS);
		if (!spool_run(s, st))
			return false;
	}
	return true;
}
