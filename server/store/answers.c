/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An answer is inserted once; the same id again is a duplicate when the digest
 * of what the sender said is equal, or when one says outright what the other
 * leaves to the default (same_answer.h); else a conflict, and the first one
 * stays.
 * Only a row that was really inserted enters the tallies.
 *
 * All answers of a commit are stored together, in the order of their ids: one
 * statement on PostgreSQL, where two collectors that get the same ids would
 * otherwise wait for each other in a circle; and neighbours in the tree one
 * after the other on SQLite.
 */
#include "server/store/answers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/cases/needs_person.h"
#include "server/core/score/tally.h"
#include "server/db/db.h"
#include "server/store/same_answer.h"
#include "server/store/tallies.h"
#include "shared/sort.h"

static int
by_id(const void *a, const void *b, const void *context)
{
	(void)context;
	return uuid_compare(
	    &(*(struct entry *const *)a)->id, &(*(struct entry *const *)b)->id);
}

/* --------------------------------------------------------------------- rows */

static void
answer_row(const void *context, size_t i, struct db_value *v)
{
	struct entry *const *list = context;
	const struct entry *e = list[i];

	*v++ = db_blob(e->id.bytes, sizeof(e->id.bytes));
	*v++ = db_int(e->day);
	*v++ = db_text(e->unit);
	*v++ = db_text(e->desk);
	*v++ = db_text(e->field);
	*v++ = db_text(e->channel);
	*v++ = db_text(e->form);
	*v++ = db_int(e->form_version);
	*v++ = db_text(e->scores);
	*v++ = db_text(e->reasons);
	*v++ = db_text(e->flags);
	*v++ = db_text(e->lang);
	*v++ = db_text(e->assisted);
	*v++ = db_text(e->device);
	*v++ = db_int(e->seq);
	*v++ = db_int(e->answered_at);
	*v++ = db_int(e->zone);
	*v++ = db_int(e->received_at);
	*v++ = db_blob(e->digest, sizeof(e->digest));
	*v++ = db_int(0); /* not set aside */
	*v++ = db_int(e->sample);
	*v++ = db_text(e->dossier);
	*v++ = db_int(
	    needs_person_case(e->scores, e->reasons, e->comment != NULL));
	*v++ = db_int(needs_person_doubt(e->flags));
}

static void
digest_row(const void *context, size_t i, struct db_value *v)
{
	struct entry *const *list = context;

	v[0] = db_blob(list[i]->id.bytes, sizeof(list[i]->id.bytes));
	v[1] = db_blob(list[i]->digest, sizeof(list[i]->digest));
}

static void
remark_row(const void *context, size_t i, struct db_value *v)
{
	struct entry *const *list = context;
	const struct entry *e = list[i];

	*v++ = db_blob(e->id.bytes, sizeof(e->id.bytes));
	*v++ = db_text(e->comment);
	*v++ = db_int(e->day);
	*v++ = db_text(e->unit);
	*v++ = db_text(e->field);
	*v++ = db_text(e->plain);
}

/* ------------------------------------------------------------------ storing */

/* Answers on their way into the tables, with room for as many flags and for a
 * choice of them. */
struct storing {
	struct db *db;
	struct entry **list;
	size_t n;
	struct entry **some;
	bool *told;
};

static bool
answer_insert(struct storing *s)
{
	if (!db_run_rows(
		s->db, Q_ANSWER_ADD, s->n, answer_row, s->list, s->told))
		return false;
	for (size_t i = 0; i < s->n; i++)
		s->list[i]->stored = s->told[i] ? STORED : STORED_CONFLICT;
	return true;
}

/* The row under the entry's id means the same by other words. False when the
 * database failed. */
static bool
compare_words(struct db *db, struct entry *e)
{
	struct rows *r =
	    db_query(db, Q_ANSWER_SAID, "b", e->id.bytes, sizeof(e->id.bytes));
	enum step step = rows_next(r);
	char now_version[16];
	struct same_words now = {e->form, now_version, e->desk, e->field};
	size_t size = 0;

	snprintf(now_version, sizeof(now_version), "%d", e->form_version);
	if (step == STEP_ROW) {
		struct same_words first = {rows_text(r, 1), rows_text(r, 2),
		    rows_text(r, 3), rows_text(r, 4)};
		const void *first_digest = rows_blob(r, 0, &size);

		if (size == DIGEST_BYTES &&
		    same_answer(e->said, &now, &first, first_digest))
			e->stored = STORED_DUPLICATE;
	}
	rows_close(r);
	return step != STEP_FAIL;
}

/* What was there before: with the same content? */
static bool
compare_answer(struct storing *s)
{
	size_t n = 0;
	bool ok;

	for (size_t i = 0; i < s->n; i++)
		if (s->list[i]->stored != STORED)
			s->some[n++] = s->list[i];
	ok = db_run_rows(s->db, Q_ANSWER_SAME, n, digest_row, s->some, s->told);
	for (size_t i = 0; i < n && ok; i++)
		if (s->told[i])
			s->some[i]->stored = STORED_DUPLICATE;
		else if (s->some[i]->said != NULL)
			ok = compare_words(s->db, s->some[i]);
	return ok;
}

static bool
add_remarks(struct storing *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		if (s->list[i]->stored == STORED && s->list[i]->comment != NULL)
			s->some[n++] = s->list[i];
	return db_run_rows(s->db, Q_REMARK_ADD, n, remark_row, s->some, NULL);
}

static struct tally_key
answer_key_of(const struct entry *e)
{
	return (struct tally_key){.day = e->day,
	    .unit = e->unit,
	    .desk = e->desk,
	    .field = e->field,
	    .channel = e->channel,
	    .form = e->form};
}

static unsigned
marks_of(const struct entry *e)
{
	return needs_person_marks(
	    false, needs_person_doubt(e->flags), e->channel, e->dossier);
}

static bool
count_stored(struct storing *s, struct tallies *tallies)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->list[i]->stored == STORED &&
		    !tallies_add_answer(tallies, answer_key_of(s->list[i]),
			s->list[i]->scores, s->list[i]->reasons,
			marks_of(s->list[i]), NULL, 1))
			return false;
	return true;
}

bool
store_answers(
    struct db *db, struct tallies *tallies, struct entry **entries, size_t n)
{
	struct storing s = {.db = db, .list = entries, .n = n};
	bool ok;

	if (n == 0)
		return true;
	s.some = malloc(n * (sizeof(*s.some) + sizeof(*s.told)));
	if (s.some == NULL)
		abort();
	s.told = (bool *)(s.some + n);
	sort_stable(entries, n, sizeof(*entries), by_id, NULL);
	ok = answer_insert(&s) && compare_answer(&s) && add_remarks(&s) &&
	     count_stored(&s, tallies);
	for (size_t i = 0; !ok && i < n; i++)
		entries[i]->stored = STORED_FAILED;
	free(s.some);
	return ok;
}

enum stored
store_answer(struct db *db, struct tallies *tallies, struct entry *entry)
{
	store_answers(db, tallies, &entry, 1);
	return entry->stored;
}

/* Moves the counts of one answer from where it stood, with these marks turned
 * over, to where it stands. why: for which reason it is set aside now, NULL: as
 * the table says. */
static bool
move_counts(struct db *db, struct tallies *tallies, const struct uuid *id,
    unsigned turned, const char *why)
{
	struct rows *r =
	    db_query(db, Q_ANSWER_GET, "b", id->bytes, sizeof(id->bytes));
	bool ok = rows_next(r) == STEP_ROW;

	if (ok) {
		struct tally_key key = {.day = rows_int(r, 0),
		    .unit = rows_text(r, 1),
		    .desk = rows_text(r, 2),
		    .field = rows_text(r, 3),
		    .channel = rows_text(r, 4),
		    .form = rows_text(r, 5)};
		unsigned marks = needs_person_marks(rows_int(r, 8) != 0,
		    (enum matter)rows_int(r, 9), key.channel, rows_text(r, 10));
		const char *was = rows_text(r, 11);

		ok = tallies_add_answer(tallies, key, rows_text(r, 6),
			 rows_text(r, 7), marks ^ turned, was, -1) &&
		     tallies_add_answer(tallies, key, rows_text(r, 6),
			 rows_text(r, 7), marks, why == NULL ? was : why, 1);
	}
	rows_close(r);
	return ok;
}

/* The change first, then the counts: of two at once, on PostgreSQL, the second
 * waits for the first and finds nothing left to change. */
bool
store_answer_aside(struct db *db, struct tallies *tallies,
    const struct uuid *id, bool aside, const struct aside *why)
{
	int64_t changed;

	if (!db_run(db, Q_ANSWER_SET_ASIDE, &changed, "bi", id->bytes,
		sizeof(id->bytes), (int64_t)aside))
		return false;
	return changed == 0 ||
	       (move_counts(
		    db, tallies, id, TALLY_ASIDE, aside ? why->reason : NULL) &&
		   db_run(db, Q_ASIDE_PUT, NULL, "btti", id->bytes,
		       sizeof(id->bytes), why->reason, why->login, why->at));
}

bool
store_answer_unusual(struct db *db, struct tallies *tallies,
    const struct uuid *id, const char *flag)
{
	int64_t changed;

	return db_run(db, Q_ANSWER_UNUSUAL, &changed, "bti", id->bytes,
		   sizeof(id->bytes), flag, (int64_t)MATTER_BURST) &&
	       (changed == 0 ||
		   move_counts(db, tallies, id, TALLY_UNUSUAL, NULL));
}

/* Into a burst or out of it the counts move, else they stay. */
bool
store_answer_doubt(
    struct db *db, struct tallies *tallies, const struct uuid *id, int doubt)
{
	int64_t changed;

	if (!db_run(db, Q_ANSWER_TURN_DOUBT, &changed, "bii", id->bytes,
		sizeof(id->bytes), (int64_t)doubt, (int64_t)MATTER_BURST))
		return false;
	if (changed > 0)
		return move_counts(db, tallies, id, TALLY_UNUSUAL, NULL);
	return db_run(db, Q_ANSWER_SET_DOUBT, NULL, "bi", id->bytes,
	    sizeof(id->bytes), (int64_t)doubt);
}

bool
store_answer_score(struct db *db, const struct uuid *id, int *score)
{
	struct rows *r =
	    db_query(db, Q_ANSWER_GET, "b", id->bytes, sizeof(id->bytes));
	enum step step = rows_next(r);
	const char *scores = step == STEP_ROW ? rows_text(r, 6) : "";

	*score = strncmp(scores, "overall=", 8) == 0 ? scores[8] - '0' : 0;
	rows_close(r);
	return step != STEP_FAIL;
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

	if ((store_has_samples(db) &&
		!db_run(db, Q_SNAPSHOT_SAMPLE_MARK, NULL, "")) ||
	    !db_run(db, Q_STEP_SAMPLE_CLEAR, NULL, "") ||
	    !db_run(db, Q_CASE_SAMPLE_CLEAR, NULL, "") ||
	    !db_run(db, Q_REMARK_SAMPLE_CLEAR, NULL, "") ||
	    !db_run(db, Q_ASIDE_SAMPLE_CLEAR, NULL, "") ||
	    !db_run(db, Q_PROPOSAL_SAMPLE_CLEAR, NULL, "") ||
	    !db_run(db, Q_PROPOSAL_REST_ANEW, NULL, "") ||
	    !db_run(db, Q_ANSWER_SAMPLE_CLEAR, NULL, ""))
		return false;
	tallies_init(&tallies);
	ok = store_recount(db, &tallies, &bad) &&
	     store_tallies_replace(db, &tallies);
	tallies_finish(&tallies);
	return ok;
}
