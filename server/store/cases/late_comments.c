/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A comment that a citizen adds on a phone, by the token of the kiosk's thanks.
 * The answer may arrive after the comment (the kiosk had no network), so each
 * waits for the other in one row; the second to come makes the remark. One
 * comment for an answer.
 */
#include "server/store/cases/late_comments.h"

#include <string.h>
#include "server/core/cases/needs_person.h"
#include "server/core/text/search_text.h"
#include "server/db/db.h"
#include "server/secret/token.h"

/* What the remark is made of, once both are there. */
struct whole {
	struct uuid answer;
	int64_t day;
	const char *unit, *field, *comment;
	enum matter matter; /* now that there is a comment */
};

static enum step
read_whole(struct db *db, struct arena *a, const uint8_t hash[TOKEN_HASH],
    struct whole *out)
{
	struct rows *r =
	    db_query(db, Q_ADDITION_WHOLE, "b", hash, (size_t)TOKEN_HASH);
	enum step step = rows_next(r);
	const void *id;
	size_t size;

	if (step == STEP_ROW) {
		id = rows_blob(r, 0, &size);
		if (size == sizeof(out->answer.bytes))
			memcpy(out->answer.bytes, id, size);
		out->day = rows_int(r, 1);
		out->unit = arena_strdup(a, rows_text(r, 2));
		out->field = arena_strdup(a, rows_text(r, 3));
		out->comment = arena_strdup(a, rows_text(r, 4));
		out->matter =
		    needs_person_case(rows_text(r, 5), rows_text(r, 6), true);
	}
	rows_close(r);
	return step;
}

static bool
join_late_comment(struct db *db, const uint8_t hash[TOKEN_HASH])
{
	struct whole w;
	struct arena a;
	enum step step;
	bool ok;

	arena_init(&a);
	step = read_whole(db, &a, hash, &w);
	ok = step != STEP_FAIL;
	if (step == STEP_ROW)
		ok =
		    db_run(db, Q_REMARK_ADD, NULL, "btittt", w.answer.bytes,
			sizeof(w.answer.bytes), w.comment, w.day, w.unit,
			w.field, search_text(&a, w.comment)) &&
		    db_run(db, Q_ANSWER_NOW_MATTERS, NULL, "bi", w.answer.bytes,
			sizeof(w.answer.bytes), (int64_t)w.matter) &&
		    db_run(db, Q_ADDITION_DONE, NULL, "b", hash,
			(size_t)TOKEN_HASH);
	arena_finish(&a);
	return ok;
}

bool
store_late_comments_expire(struct db *db, int64_t by)
{
	return db_run(db, Q_ADDITION_EXPIRE, NULL, "i", by - LIMIT_ADDITION_MS);
}

bool
store_late_comment_answer(
    struct db *db, const char *token, const struct uuid *answer, int64_t now)
{
	uint8_t hash[TOKEN_HASH];

	token_hash(token, hash);
	return db_run(db, Q_ADDITION_ANSWER, NULL, "bbi", hash, sizeof(hash),
		   answer->bytes, sizeof(answer->bytes), now) &&
	       join_late_comment(db, hash);
}

/* *is: the token's comment is this one. */
static bool
late_comment_is(struct db *db, const uint8_t hash[TOKEN_HASH],
    const char *comment, bool *is)
{
	struct rows *r = db_query(
	    db, Q_ADDITION_IS, "bt", hash, (size_t)TOKEN_HASH, comment);
	enum step step = rows_next(r);

	rows_close(r);
	*is = step == STEP_ROW;
	return step != STEP_FAIL;
}

bool
store_late_comment_put(struct db *db, const char *token, const char *comment,
    int64_t now, bool *taken)
{
	uint8_t hash[TOKEN_HASH];
	int64_t changed;

	token_hash(token, hash);
	if (!db_run(db, Q_ADDITION_COMMENT, &changed, "bti", hash, sizeof(hash),
		comment, now))
		return false;
	*taken = changed > 0;
	if (!*taken)
		return late_comment_is(db, hash, comment, taken);
	return join_late_comment(db, hash);
}

enum late_comment_state
store_late_comment_state(struct db *db, const char *token)
{
	uint8_t hash[TOKEN_HASH];
	enum late_comment_state state;
	struct rows *r;

	token_hash(token, hash);
	r = db_query(db, Q_ADDITION_GET, "b", hash, sizeof(hash));
	switch (rows_next(r)) {
	case STEP_ROW:
		state =
		    rows_int(r, 0) == 0 ? LATE_COMMENT_OPEN : LATE_COMMENT_USED;
		break;
	case STEP_DONE:
		state = LATE_COMMENT_UNKNOWN;
		break;
	default:
		state = LATE_COMMENT_FAIL;
	}
	rows_close(r);
	return state;
}

bool
store_late_comment_offer(struct db *db, const char *token,
    const struct uuid *answer, int64_t now, bool *offered)
{
	uint8_t hash[TOKEN_HASH];
	enum late_comment_state state;

	token_hash(token, hash);
	if (!db_run(db, Q_ADDITION_OFFER, NULL, "bbi", hash, sizeof(hash),
		answer->bytes, sizeof(answer->bytes), now))
		return false;
	state = store_late_comment_state(db, token);
	*offered = state == LATE_COMMENT_OPEN;
	return state != LATE_COMMENT_FAIL;
}
