/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The outgoing half of the spool.
 *
 * Each message is sent at most once. It is marked "sending" on disk before the
 * modem hears of it; a worker that finds that mark after a death cannot know
 * whether the network took it, and says so: "unknown" is a state of its own,
 * reported, never sent again. Only a plain refusal by the network allows
 * another try.
 */
#include <string.h>
#include "shared/log.h"
#include "sms/spool/spool.h"
#include "sms/spool/spool_db.h"

bool
spool_outgoing(struct spool *s, const struct spool_message_out *m, int64_t now)
{
	unsigned char key[SPOOL_KEY_BYTES];
	sqlite3_stmt *st = spool_statement(s, S_OUTGOING_ADD);

	spool_number_key(s, m->sendable ? m->number : "", key);
	spool_bind_text(st, ":id", m->id);
	spool_bind_text(st, ":state", m->sendable ? "queued" : "failed");
	spool_bind_text(st, ":number", m->sendable ? m->number : "");
	spool_bind_text(st, ":text", m->sendable ? m->text : "");
	spool_bind_blob(st, ":sender_key", key, sizeof(key));
	spool_bind_int(st, ":urgent", m->urgent);
	spool_bind_int(st, ":until", m->until);
	spool_bind_int(st, ":now", now);
	return spool_run(s, st);
}

static sqlite3_stmt *
bind_turn(struct spool *s, enum spool_statement which,
    const struct spool_turn *turn, int64_t now)
{
	sqlite3_stmt *st = spool_statement(s, which);

	spool_bind_text(st, ":modem", turn->modem);
	spool_bind_int(st, ":rate", turn->rate);
	spool_bind_int(st, ":cap", turn->cap);
	spool_bind_int(st, ":midnight", turn->midnight);
	spool_bind_int(st, ":patience", SPOOL_PATIENCE_MS);
	spool_bind_int(st, ":alive", SPOOL_ALIVE_MS);
	spool_bind_int(st, ":now", now);
	return st;
}

bool
spool_ready(struct spool *s, const struct spool_turn *turn, int64_t now)
{
	return spool_has_row(s, bind_turn(s, S_OUTGOING_READY, turn, now));
}

static bool
claim(struct spool *s, const struct spool_turn *turn, int64_t now,
    struct spool_outgoing *out, bool *found)
{
	sqlite3_stmt *st = bind_turn(s, S_OUTGOING_CLAIM, turn, now);
	bool ok = true;

	*found = spool_step(s, st, &ok);
	if (!*found)
		return ok;
	spool_copy(out->id, sizeof(out->id), st, 0);
	spool_copy(out->number, sizeof(out->number), st, 1);
	spool_copy(out->text, sizeof(out->text), st, 2);
	out->tries = sqlite3_column_int(st, 3);
	/* the claim is done when the statement ends, not at its row */
	return !spool_step(s, st, &ok) && ok &&
	       spool_fly(s, turn, out, -1, now);
}

bool
spool_claim(struct spool *s, const struct spool_turn *turn, int64_t now,
    struct spool_outgoing *out, bool *found)
{
	bool ok;

	if (!spool_begin(s))
		return false;
	ok = spool_end(s, claim(s, turn, now, out, found));
	*found = *found && ok;
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
		log_warn("%d message(s) could not be sent in time and were "
			 "given up",
		    n);
	return true;
}

bool
spool_unreported(struct spool *s, struct arena *a, size_t skip, size_t max,
    struct spool_report **out, size_t *n)
{
	sqlite3_stmt *st = spool_statement(s, S_OUTGOING_UNTOLD);
	bool ok = true;

	*out = arena_alloc(a, max * sizeof(**out));
	spool_bind_int(st, ":max", (int64_t)max);
	spool_bind_int(st, ":skip", (int64_t)skip);
	for (*n = 0; *n < max && spool_step(s, st, &ok); ++*n) {
		struct spool_report *r = &(*out)[*n];

		spool_copy(r->id, sizeof(r->id), st, 0);
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
spool_reported(struct spool *s, const struct spool_report *report)
{
	sqlite3_stmt *st = spool_statement(s, S_OUTGOING_TOLD);

	spool_bind_text(st, ":id", report->id);
	spool_bind_text(st, ":state", report->status);
	return spool_run(s, st);
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
