/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which dossiers are asked about, and which answer each has. The rules are
 * core/dossier/invite's; numbers come and go sealed.
 */
#include "server/store/messages/invitations.h"

#include <string.h>
#include "server/core/dossier/dossier_names.h"
#include "shared/arena.h"
#include "shared/uuid.h"

static const char *
invitation_text(struct arena *a, struct rows *r, int column)
{
	const char *value = rows_text(r, column);

	return value == NULL ? "" : arena_strdup(a, value);
}

static void
read_sender(struct rows *r, int column, uint8_t out[TOKEN_HASH])
{
	size_t size;
	const void *bytes = rows_blob(r, column, &size);

	memset(out, 0, TOKEN_HASH);
	if (bytes != NULL && size == TOKEN_HASH)
		memcpy(out, bytes, size);
}

static enum invite_state
invitation_state_of(const char *word)
{
	for (int i = 0; word != NULL && i < INVITE_STATE_COUNT; i++)
		if (strcmp(word, invite_state_words[i]) == 0)
			return (enum invite_state)i;
	return INVITE_ENDED;
}

static enum outcome
invitation_outcome_of(const char *word)
{
	for (int i = 0; word != NULL && i < OUTCOME_COUNT; i++)
		if (strcmp(word, outcome_words[i]) == 0)
			return (enum outcome)i;
	return OUTCOME_NONE;
}

static const int64_t *
invitation_or_null(const int64_t *value, int64_t none)
{
	return *value == none ? NULL : value;
}

enum step
store_invitation(
    struct db *db, struct arena *a, const char *dossier, struct invitation *out)
{
	struct rows *r = db_query(db, Q_INVITATION_GET, "t", dossier);
	enum step step = rows_next(r);

	memset(out, 0, sizeof(*out));
	out->dossier = dossier;
	if (step == STEP_ROW) {
		read_sender(r, 0, out->sender);
		out->phone = invitation_text(a, r, 1);
		out->since_at = rows_int(r, 2);
		out->finished_at =
		    rows_null(r, 3) ? DOSSIER_NEVER : rows_int(r, 3);
		out->state = invitation_state_of(rows_text(r, 4));
		out->why = invitation_text(a, r, 5);
		out->due_at = rows_int(r, 6);
		out->sent_at = rows_int(r, 7);
	}
	rows_close(r);
	return step;
}

bool
store_invitation_put(struct db *db, const struct invitation *i)
{
	return db_run(db, Q_INVITATION_PUT, NULL, "tbtiIttIi", i->dossier,
	    i->sender, sizeof(i->sender), i->phone, i->since_at,
	    invitation_or_null(&i->finished_at, DOSSIER_NEVER),
	    invite_state_words[i->state], i->why,
	    invitation_or_null(&i->due_at, 0), i->sent_at);
}

bool
store_invitation_step(struct db *db, const struct invitation *i)
{
	return db_run(db, Q_INVITATION_STEP, NULL, "tttIi", i->dossier,
	    invite_state_words[i->state], i->why,
	    invitation_or_null(&i->due_at, 0), i->sent_at);
}

bool
store_invitation_end(struct db *db, const char *dossier, const char *why)
{
	return db_run(db, Q_INVITATION_END, NULL, "tt", dossier, why);
}

bool
store_invitation_end_number(
    struct db *db, const uint8_t sender[TOKEN_HASH], const char *why)
{
	return db_run(db, Q_INVITATION_END_NUMBER, NULL, "bt", sender,
	    (size_t)TOKEN_HASH, why);
}

bool
store_invitation_answered(struct db *db, const char *dossier)
{
	return db_run(db, Q_INVITATION_ANSWERED, NULL, "t", dossier);
}

bool
store_invitations_due(struct db *db, struct arena *a, int64_t now,
    const char *after, size_t most, struct invitation_due **list, size_t *count)
{
	struct rows *r =
	    db_query(db, Q_INVITATION_DUE, "iti", now, after, (int64_t)most);
	struct invitation_due *due;
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		due = arena_append(a, list, count, sizeof(*due));
		memset(due, 0, sizeof(*due));
		due->i.dossier = invitation_text(a, r, 0);
		read_sender(r, 1, due->i.sender);
		due->i.phone = invitation_text(a, r, 2);
		due->i.state = invitation_state_of(rows_text(r, 3));
		due->i.why = "";
		due->i.sent_at = rows_int(r, 4);
		due->i.finished_at =
		    rows_null(r, 5) ? DOSSIER_NEVER : rows_int(r, 5);
		due->outcome = invitation_outcome_of(rows_text(r, 6));
		due->unit = invitation_text(a, r, 7);
		due->opted_out = rows_int(r, 8) != 0;
		due->answered = rows_int(r, 9) != 0;
		due->halted = rows_int(r, 10) != 0;
	}
	rows_close(r);
	return step == STEP_DONE;
}

/* The one number of a query that has begun; -1: there is none. */
static int64_t
invitation_number(struct rows *r)
{
	int64_t number = rows_next(r) == STEP_ROW ? rows_int(r, 0) : -1;

	rows_close(r);
	return number;
}

bool
store_invitation_load(struct db *db, const uint8_t sender[TOKEN_HASH],
    const char *dossier, int64_t since, struct invite_case *out)
{
	int64_t recent = invitation_number(db_query(
	    db, Q_INVITATION_RECENT, "bi", sender, (size_t)TOKEN_HASH, since));

	out->recent = (int)recent;
	out->other_at = invitation_number(db_query(
	    db, Q_INVITATION_OTHER, "bt", sender, (size_t)TOKEN_HASH, dossier));
	out->reminded_at = invitation_number(db_query(
	    db, Q_INVITATION_REMINDED, "b", sender, (size_t)TOKEN_HASH));
	return recent >= 0 && out->other_at >= 0 && out->reminded_at >= 0;
}

int64_t
store_invitation_others(struct db *db, const uint8_t sender[TOKEN_HASH],
    const char *dossier, int64_t since)
{
	return invitation_number(db_query(db, Q_INVITATION_OTHERS, "bti",
	    sender, (size_t)TOKEN_HASH, dossier, since));
}

enum step
store_invitation_last(struct db *db, struct arena *a,
    const uint8_t sender[TOKEN_HASH], struct invitation_last *out)
{
	struct rows *r =
	    db_query(db, Q_INVITATION_LAST, "b", sender, (size_t)TOKEN_HASH);
	enum step step = rows_next(r);

	memset(out, 0, sizeof(*out));
	if (step == STEP_ROW) {
		out->dossier = invitation_text(a, r, 0);
		out->sent_at = rows_int(r, 1);
		out->unit = invitation_text(a, r, 2);
		out->field = invitation_text(a, r, 3);
		out->desk = invitation_text(a, r, 4);
		out->answered = strcmp(rows_text(r, 5), "answered") == 0;
	}
	rows_close(r);
	return step;
}

/* -------------------------------------------------- the answer of a dossier */

enum step
store_dossier_answer(
    struct db *db, const char *dossier, struct uuid *answer, int64_t *at)
{
	struct rows *r = db_query(db, Q_DOSSIER_ANSWER_GET, "t", dossier);
	enum step step = rows_next(r);
	const void *bytes;
	size_t size;

	if (step == STEP_ROW) {
		bytes = rows_blob(r, 0, &size);
		if (size == sizeof(answer->bytes))
			memcpy(answer->bytes, bytes, size);
		*at = rows_int(r, 1);
	}
	rows_close(r);
	return step;
}

bool
store_dossier_answer_put(
    struct db *db, const char *dossier, const struct uuid *answer)
{
	return db_run(db, Q_DOSSIER_ANSWER_PUT, NULL, "tb", dossier,
	    answer->bytes, sizeof(answer->bytes));
}

bool
store_dossier_answer_remove(
    struct db *db, const char *dossier, const struct uuid *answer)
{
	return db_run(db, Q_DOSSIER_ANSWER_REMOVE, NULL, "tb", dossier,
	    answer->bytes, sizeof(answer->bytes));
}
