/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages in and out. A message that came in is kept raw with its reading;
 * one that goes out carries its number only until the gateway reports its end.
 */
#include "server/store/messages/sms.h"

#include <string.h>
#include "shared/arena.h"

enum stored
store_sms_in(struct db *db, const struct sms_in *m)
{
	struct rows *r;
	enum stored result = STORED_FAILED;
	int64_t added;
	const void *known;
	size_t size;

	if (!db_run(db, Q_SMS_IN_ADD, &added, "btbtiibtiii", m->id.bytes,
		sizeof(m->id.bytes), m->device, m->sender, sizeof(m->sender),
		m->text, (int64_t)m->partial, m->received_at, m->digest,
		sizeof(m->digest), m->kind, m->sent_at, (int64_t)m->zone,
		(int64_t)m->reader))
		return STORED_FAILED;
	if (added > 0)
		return STORED;
	r = db_query(
	    db, Q_SMS_IN_DIGEST, "b", m->id.bytes, sizeof(m->id.bytes));
	if (rows_next(r) == STEP_ROW) {
		known = rows_blob(r, 0, &size);
		result =
		    size == DIGEST_BYTES && memcmp(known, m->digest, size) == 0
			? STORED_DUPLICATE
			: STORED_CONFLICT;
	}
	rows_close(r);
	return result;
}

bool
store_sms_in_deed(
    struct db *db, const struct uuid *id, const struct sms_deed *d)
{
	return db_run(db, Q_SMS_IN_DEED, NULL, "bttttit", id->bytes,
	    sizeof(id->bytes), d->deed, d->desk, d->unit, d->dossier,
	    (int64_t)d->person, d->phone);
}

bool
store_sms_in_answer(struct db *db, const struct uuid *id,
    const struct uuid *answer, const struct uuid *replaced)
{
	const void *former = replaced == NULL ? NULL : replaced->bytes;

	return db_run(db, Q_SMS_IN_ANSWER, NULL, "bbb", id->bytes,
	    sizeof(id->bytes), answer->bytes, sizeof(answer->bytes), former,
	    sizeof(answer->bytes));
}

bool
store_sms_out(struct db *db, const struct sms_out *m)
{
	return db_run(db, Q_SMS_OUT_ADD, NULL, "btbttitI", m->id.bytes,
	    sizeof(m->id.bytes), m->phone, m->sender, sizeof(m->sender),
	    m->cause, m->text, m->created_at,
	    m->dossier == NULL ? "" : m->dossier,
	    m->until_at == 0 ? NULL : &m->until_at);
}

static bool
read_row_id(struct rows *r, int column, struct uuid *id)
{
	size_t size;
	const void *bytes = rows_blob(r, column, &size);

	if (bytes == NULL || size != sizeof(id->bytes))
		return false;
	memcpy(id->bytes, bytes, size);
	return true;
}

enum step
store_sms_last_answer(struct db *db, struct arena *a,
    const uint8_t sender[TOKEN_HASH], int64_t since, struct sms_answer *out)
{
	struct rows *r = db_query(
	    db, Q_SMS_LAST_ANSWER, "bi", sender, (size_t)TOKEN_HASH, since);
	enum step step = rows_next(r);

	memset(out, 0, sizeof(*out));
	if (step == STEP_ROW) {
		read_row_id(r, 0, &out->id);
		out->desk = arena_strdup(a, rows_text(r, 1));
		out->dossier = arena_strdup(a, rows_text(r, 2));
		out->received_at = rows_int(r, 3);
		out->scores = arena_strdup(a, rows_text(r, 4));
		out->reasons = arena_strdup(a, rows_text(r, 5));
		if (!rows_null(r, 6))
			out->comment = arena_strdup(a, rows_text(r, 6));
		out->day = (int32_t)rows_int(r, 7);
	}
	rows_close(r);
	return step;
}

enum step
store_sms_day_answer(struct db *db, const uint8_t sender[TOKEN_HASH],
    const char *desk, int32_t day, struct uuid *id, int64_t *at)
{
	struct rows *r = db_query(db, Q_SMS_DAY_ANSWER, "bti", sender,
	    (size_t)TOKEN_HASH, desk, (int64_t)day);
	enum step step = rows_next(r);

	if (step == STEP_ROW) {
		read_row_id(r, 0, id);
		*at = rows_int(r, 1);
	}
	rows_close(r);
	return step;
}

enum step
store_sms_last_text(struct db *db, struct arena *a,
    const uint8_t sender[TOKEN_HASH], int64_t since, const struct uuid *id,
    const char **text, int64_t *at)
{
	struct rows *r = db_query(db, Q_SMS_LAST_TEXT, "bib", sender,
	    (size_t)TOKEN_HASH, since, id->bytes, sizeof(id->bytes));
	enum step step = rows_next(r);

	if (step == STEP_ROW) {
		*text = arena_strdup(a, rows_text(r, 0));
		*at = rows_int(r, 1);
	}
	rows_close(r);
	return step;
}

bool
store_sms_reason_asked(
    struct db *db, const uint8_t sender[TOKEN_HASH], int64_t *at)
{
	struct rows *r =
	    db_query(db, Q_SMS_LAST_THANKS, "b", sender, (size_t)TOKEN_HASH);
	enum step step = rows_next(r);

	*at = step == STEP_ROW && strncmp(rows_text(r, 0), "sms.followup",
				      strlen("sms.followup")) == 0
		  ? rows_int(r, 1)
		  : 0;
	rows_close(r);
	return step != STEP_FAIL;
}

bool
store_sms_queued(struct db *db, struct arena *a, size_t max, int64_t now,
    struct sms_out **list, size_t *count)
{
	struct rows *r =
	    db_query(db, Q_SMS_OUT_QUEUED, "ii", (int64_t)max, now);
	enum step step;

	*list = arena_alloc(a, (max + 1) * sizeof(**list));
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW && *count < max) {
		struct sms_out *m = &(*list)[(*count)++];

		read_row_id(r, 0, &m->id);
		m->phone = arena_strdup(a, rows_text(r, 1));
		m->text = arena_strdup(a, rows_text(r, 2));
		m->until_at = rows_null(r, 3) ? 0 : rows_int(r, 3);
	}
	rows_close(r);
	return step != STEP_FAIL;
}

bool
store_sms_end(struct db *db, const struct uuid *id, const char *state,
    int64_t now, bool *known, bool *changed)
{
	struct rows *r;
	enum step step;
	int64_t rows;

	if (!db_run(db, Q_SMS_OUT_END, &rows, "bti", id->bytes,
		sizeof(id->bytes), state, now))
		return false;
	*changed = rows > 0;
	r = db_query(db, Q_SMS_OUT_STATE, "b", id->bytes, sizeof(id->bytes));
	step = rows_next(r);
	rows_close(r);
	*known = step == STEP_ROW;
	return step != STEP_FAIL;
}

bool
store_sms_drop(struct db *db, const uint8_t sender[TOKEN_HASH], int64_t now)
{
	return db_run(
	    db, Q_SMS_OUT_DROP, NULL, "bi", sender, (size_t)TOKEN_HASH, now);
}

int64_t
store_sms_recent(struct db *db, const uint8_t sender[TOKEN_HASH],
    const char *cause, int64_t since)
{
	struct rows *r = cause == NULL
			     ? db_query(db, Q_SMS_OUT_RECENT, "bi", sender,
				   (size_t)TOKEN_HASH, since)
			     : db_query(db, Q_SMS_OUT_CAUSE_RECENT, "bti",
				   sender, (size_t)TOKEN_HASH, cause, since);
	int64_t count = rows_next(r) == STEP_ROW ? rows_int(r, 0) : -1;

	rows_close(r);
	return count;
}

bool
store_sms_optout_undo(
    struct db *db, const uint8_t sender[TOKEN_HASH], int64_t since)
{
	return db_run(db, Q_SMS_OPTOUT_UNDO, NULL, "bi", sender,
	    (size_t)TOKEN_HASH, since);
}

bool
store_sms_optout(
    struct db *db, const uint8_t sender[TOKEN_HASH], bool out, int64_t now)
{
	if (out)
		return db_run(db, Q_SMS_OPTOUT_ADD, NULL, "bi", sender,
		    (size_t)TOKEN_HASH, now);
	return db_run(
	    db, Q_SMS_OPTOUT_REMOVE, NULL, "b", sender, (size_t)TOKEN_HASH);
}
