/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages that a person reads, newest first; the reading of old ones anew; and
 * what is erased once it was kept long enough.
 */
#include "server/store/messages/sms_decisions.h"

#include <string.h>
#include "shared/arena.h"

/* ------------------------------------------------------------------ reading */

static const char *
sms_decision_text(struct arena *a, struct rows *r, int column)
{
	const char *value = rows_text(r, column);

	return value == NULL ? "" : arena_strdup(a, value);
}

/* A blob of exactly that size; false: another, or none. */
static bool
bytes(struct rows *r, int column, void *out, size_t size)
{
	size_t n = 0;
	const void *value = rows_blob(r, column, &n);

	if (value == NULL || n != size)
		return false;
	memcpy(out, value, size);
	return true;
}

static void
read_waiting_message(struct arena *a, struct rows *r, struct sms_read *m)
{
	m->text = sms_decision_text(a, r, 0);
	m->kind = sms_decision_text(a, r, 1);
	m->partial = rows_int(r, 2) != 0;
	m->received_at = rows_int(r, 3);
	m->sent_at = rows_int(r, 4);
	m->zone = (int)rows_int(r, 5);
	m->reader = (int)rows_int(r, 6);
	m->deed = sms_decision_text(a, r, 7);
	m->desk = sms_decision_text(a, r, 8);
	m->unit = sms_decision_text(a, r, 9);
	m->dossier = sms_decision_text(a, r, 10);
	m->person = (enum sms_person)rows_int(r, 11);
	m->decided = sms_decision_text(a, r, 12);
	m->decided_by = sms_decision_text(a, r, 13);
	m->decided_at = rows_int(r, 14);
	m->has_sender = bytes(r, 15, m->sender, sizeof(m->sender));
	m->has_answer = bytes(r, 16, m->answer.bytes, sizeof(m->answer.bytes));
	m->has_replaced =
	    bytes(r, 17, m->replaced.bytes, sizeof(m->replaced.bytes));
	m->device = sms_decision_text(a, r, 18);
	m->phone = sms_decision_text(a, r, 21);
	m->counted = m->has_answer && !rows_null(r, 19) && rows_int(r, 19) == 0;
	if (m->has_answer &&
	    strncmp(sms_decision_text(a, r, 20), "overall=", 8) == 0)
		m->score = rows_text(r, 20)[8] - '0';
}

enum step
store_sms_read(
    struct db *db, struct arena *a, const struct uuid *id, struct sms_read *out)
{
	struct rows *r =
	    db_query(db, Q_SMS_DESK_GET, "b", id->bytes, sizeof(id->bytes));
	enum step step = rows_next(r);

	memset(out, 0, sizeof(*out));
	out->id = *id;
	if (step == STEP_ROW)
		read_waiting_message(a, r, out);
	rows_close(r);
	return step;
}

/* Ids of a query's only column. */
static bool
read_ids(struct rows *r, size_t most, struct uuid *ids, size_t *count)
{
	enum step step;

	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW && *count < most)
		if (bytes(r, 0, ids[*count].bytes, sizeof(ids->bytes)))
			++*count;
	rows_close(r);
	return step != STEP_FAIL;
}

bool
store_sms_page(struct db *db, struct arena *a, enum sms_person person,
    const char *unit, const struct sms_place *after, size_t most,
    struct sms_read **list, size_t *count)
{
	struct uuid *ids = arena_alloc(a, (most + 1) * sizeof(*ids));
	struct sms_place last = {INT64_MAX, {{0}}};
	struct rows *r;

	if (after != NULL)
		last = *after;
	r = db_query(db, Q_SMS_DESK_PAGE, "iibti", (int64_t)person, last.at,
	    last.id.bytes, sizeof(last.id.bytes), unit == NULL ? "" : unit,
	    (int64_t)most);
	*list = arena_alloc(a, (most + 1) * sizeof(**list));
	if (!read_ids(r, most, ids, count))
		return false;
	for (size_t i = 0; i < *count; i++)
		if (store_sms_read(db, a, &ids[i], &(*list)[i]) != STEP_ROW)
			return false;
	return true;
}

int64_t
store_sms_count(struct db *db, enum sms_person person, const char *unit)
{
	struct rows *r = db_query(db, Q_SMS_DESK_COUNT, "it", (int64_t)person,
	    unit == NULL ? "" : unit);
	int64_t n = rows_next(r) == STEP_ROW ? rows_int(r, 0) : -1;

	rows_close(r);
	return n;
}

bool
store_sms_later(
    struct db *db, const struct sms_read *m, int32_t day, int *score)
{
	struct rows *r;
	enum step step;

	*score = 0;
	if (!m->has_sender)
		return true;
	r = db_query(db, Q_SMS_DESK_LATER, "bibtti", m->sender,
	    sizeof(m->sender), m->received_at, m->id.bytes, sizeof(m->id.bytes),
	    m->dossier, m->desk, (int64_t)day);
	step = rows_next(r);
	if (step == STEP_ROW && strncmp(rows_text(r, 0), "overall=", 8) == 0)
		*score = rows_text(r, 0)[8] - '0';
	rows_close(r);
	return step != STEP_FAIL;
}

/* ----------------------------------------------------------------- changing */

bool
store_sms_decide(struct db *db, const struct sms_read *m)
{
	return db_run(db, Q_SMS_IN_DECIDE, NULL, "bittitt", m->id.bytes,
	    sizeof(m->id.bytes), (int64_t)m->person, m->decided, m->decided_by,
	    m->decided_at, m->desk, m->unit);
}

bool
store_sms_reading(struct db *db, const struct sms_read *m)
{
	return db_run(db, Q_SMS_IN_READING, NULL, "btiti", m->id.bytes,
	    sizeof(m->id.bytes), m->kind, (int64_t)m->reader, m->deed,
	    (int64_t)m->person);
}

bool
store_sms_older(struct db *db, int reader, const struct uuid *after,
    size_t most, struct uuid *ids, size_t *count)
{
	return read_ids(db_query(db, Q_SMS_REREAD, "ibi", (int64_t)reader,
			    after->bytes, sizeof(after->bytes), (int64_t)most),
	    most, ids, count);
}

bool
store_sms_erase(struct db *db, int64_t contacts, int64_t texts)
{
	static const char none[1];

	return db_run(db, Q_INVITATION_ERASE, NULL, "ii", contacts, contacts) &&
	       db_run(db, Q_SMS_IN_FORGET, NULL, "i", contacts) &&
	       db_run(db, Q_SMS_IN_ERASE, NULL, "ib", texts, none, (size_t)0) &&
	       db_run(db, Q_SMS_OUT_ERASE, NULL, "ib",
		   contacts < texts ? texts : contacts, none, (size_t)0);
}
