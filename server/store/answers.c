/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An answer is inserted once; the same id again is a duplicate when the digest
 * of what the sender said is equal, else a conflict, and the first one stays.
 * Only a row that was really inserted enters the tallies.
 */
#include "server/store/store.h"

#include <string.h>

static enum stored
compare_digest(struct db *db, enum query q, const struct uuid *id,
    const uint8_t digest_[DIGEST_BYTES])
{
	struct rows *r = db_query(db, q, "b", id->bytes, sizeof(id->bytes));
	enum stored result = STORED_FAILED;
	const void *stored;
	size_t size;

	if (rows_next(r) == STEP_ROW) {
		stored = rows_blob(r, 0, &size);
		result =
		    size == DIGEST_BYTES && memcmp(stored, digest_, size) == 0
			? STORED_DUPLICATE
			: STORED_CONFLICT;
	}
	rows_close(r);
	return result;
}

static struct tally_key
key_of(const struct entry *e)
{
	return (struct tally_key){.day = e->day,
	    .unit = e->unit,
	    .desk = e->desk,
	    .field = e->field,
	    .channel = e->channel,
	    .form = e->form};
}

enum stored
store_answer(struct db *db, struct tallies *tallies, const struct entry *e)
{
	int64_t added;

	if (!db_run(db, Q_ANSWER_ADD, &added, "bitttttittttttiiiibi",
		e->id.bytes, sizeof(e->id.bytes), (int64_t)e->day, e->unit,
		e->desk, e->field, e->channel, e->form,
		(int64_t)e->form_version, e->scores, e->reasons, e->flags,
		e->lang, e->assisted, e->device, e->seq, e->answered_at,
		(int64_t)e->zone, e->received_at, e->digest, sizeof(e->digest),
		(int64_t)e->sample))
		return STORED_FAILED;
	if (added == 0)
		return compare_digest(db, Q_ANSWER_DIGEST, &e->id, e->digest);
	if (e->comment != NULL &&
	    !db_run(db, Q_REMARK_ADD, NULL, "bt", e->id.bytes,
		sizeof(e->id.bytes), e->comment))
		return STORED_FAILED;
	return tallies_add_answer(tallies, key_of(e), e->scores, false, 1)
		   ? STORED
		   : STORED_FAILED;
}

/* Moves the counts of one answer between "counted" and "set aside". */
static enum step
move_counts(
    struct db *db, struct tallies *tallies, const struct uuid *id, bool aside)
{
	struct rows *r =
	    db_query(db, Q_ANSWER_GET, "b", id->bytes, sizeof(id->bytes));
	enum step step = rows_next(r);

	if (step == STEP_ROW && rows_int(r, 7) != (int64_t)aside) {
		struct tally_key key = {.day = rows_int(r, 0),
		    .unit = rows_text(r, 1),
		    .desk = rows_text(r, 2),
		    .field = rows_text(r, 3),
		    .channel = rows_text(r, 4),
		    .form = rows_text(r, 5)};

		if (!tallies_add_answer(
			tallies, key, rows_text(r, 6), !aside, -1) ||
		    !tallies_add_answer(
			tallies, key, rows_text(r, 6), aside, 1))
			step = STEP_FAIL;
	} else if (step == STEP_ROW) {
		step = STEP_DONE;
	}
	rows_close(r);
	return step;
}

bool
store_answer_aside(
    struct db *db, struct tallies *tallies, const struct uuid *id, bool aside)
{
	switch (move_counts(db, tallies, id, aside)) {
	case STEP_ROW:
		return db_run(db, Q_ANSWER_SET_ASIDE, NULL, "bi", id->bytes,
		    sizeof(id->bytes), (int64_t)aside);
	case STEP_DONE:
		return true;
	default:
		return false;
	}
}

bool
store_answer_counts(struct db *db, int64_t *all, int64_t *samples)
{
	struct rows *r = db_query(db, Q_ANSWER_COUNT, "");
	bool ok = rows_next(r) == STEP_ROW;

	*all = ok ? rows_int(r, 0) : 0;
	*samples = ok ? rows_int(r, 1) : 0;
	rows_close(r);
	return ok;
}

bool
store_has_samples(struct db *db)
{
	struct rows *r = db_query(db, Q_ANSWER_SAMPLE_ANY, "");
	bool found = rows_next(r) == STEP_ROW;

	rows_close(r);
	return found;
}

bool
store_samples_remove(struct db *db)
{
	struct tallies tallies;
	int64_t bad;
	bool ok;

	if (!db_run(db, Q_REMARK_SAMPLE_CLEAR, NULL, "") ||
	    !db_run(db, Q_ANSWER_SAMPLE_CLEAR, NULL, ""))
		return false;
	tallies_init(&tallies);
	ok = store_recount(db, &tallies, &bad) &&
	     store_tallies_replace(db, &tallies);
	tallies_finish(&tallies);
	return ok;
}
