/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tokens that tie an answer to a dossier. Kept as hashes: a reader of the
 * database cannot answer in a citizen's name. The row in dossier_answer is what
 * makes sure that a dossier has one answer: two that come at once both try to
 * insert it, and one does.
 */
#include "server/store/dossier/dossier_links.h"

#include <string.h>
#include "server/core/dossier/binding.h"
#include "server/secret/token.h"
#include "shared/arena.h"
#include "shared/keys.h"
#include "shared/uuid.h"

/* An answer may lie in an outbox for so long after its call. */
#define CALL_KEPT_MS (60 * 24 * 3600 * 1000LL)

void
link_token(char out[LINK_TOKEN])
{
	_Static_assert(LINK_TOKEN == KEY_CODE(LINK_BYTES), "room");
	key_random_text(out, LINK_BYTES);
}

bool
link_token_valid(const char *token)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789-_";

	return strlen(token) == LINK_TOKEN - 1 &&
	       strspn(token, letters) == LINK_TOKEN - 1;
}

bool
store_links_expire(struct db *db, int64_t by)
{
	return db_run(db, Q_LINK_EXPIRE, NULL, "i", by - CALL_KEPT_MS);
}

bool
store_link_add(struct db *db, const struct link_row *l)
{
	return db_run(db, Q_LINK_ADD, NULL, "btttttii", l->token_hash,
	    sizeof(l->token_hash), l->kind, l->dossier, l->ticket, l->desk,
	    l->field, l->created_at, l->expires_at);
}

static const char *
dossier_link_text(struct arena *a, struct rows *r, int column)
{
	const char *value = rows_text(r, column);

	return value == NULL ? "" : arena_strdup(a, value);
}

static void
read_tied_answer(struct rows *r, int column, struct binding *out)
{
	const void *bytes;
	size_t size;

	if (rows_null(r, column))
		return;
	bytes = rows_blob(r, column, &size);
	out->answered = size == sizeof(out->answer.bytes);
	if (out->answered)
		memcpy(out->answer.bytes, bytes, size);
}

enum step
store_binding(
    struct db *db, struct arena *a, const char *token, struct binding *out)
{
	uint8_t hash[TOKEN_HASH];
	struct rows *r;
	enum step step;

	memset(out, 0, sizeof(*out));
	token_hash(token, hash);
	r = db_query(db, Q_LINK_GET, "b", hash, sizeof(hash));
	step = rows_next(r);
	if (step == STEP_ROW) {
		out->is_call = strcmp(rows_text(r, 0), "call") == 0;
		out->dossier = dossier_link_text(a, r, 1);
		out->desk = dossier_link_text(a, r, 2);
		out->field = dossier_link_text(a, r, 3);
		out->created_at = rows_int(r, 4);
		out->expires_at = rows_int(r, 5);
		out->dossier_unit = dossier_link_text(a, r, 6);
		out->dossier_field = dossier_link_text(a, r, 7);
		read_tied_answer(r, 8, out);
	}
	rows_close(r);
	return step;
}

bool
store_dossier_claim(
    struct db *db, const char *dossier, const struct uuid *answer, bool *mine)
{
	const size_t n = sizeof(answer->bytes);
	enum step foreign;
	struct rows *r;
	const void *bytes;
	size_t size;
	bool ok;

	*mine = false;
	r = db_query(db, Q_DOSSIER_FOREIGN, "bt", answer->bytes, n, dossier);
	foreign = rows_next(r);
	rows_close(r);
	if (foreign != STEP_DONE)
		return foreign == STEP_ROW;
	if (!db_run(db, Q_DOSSIER_CLAIM, NULL, "tb", dossier, answer->bytes, n))
		return false;
	r = db_query(db, Q_DOSSIER_CLAIMED, "t", dossier);
	ok = rows_next(r) == STEP_ROW;
	bytes = ok ? rows_blob(r, 0, &size) : NULL;
	*mine = ok && size == n && memcmp(bytes, answer->bytes, n) == 0;
	rows_close(r);
	return ok;
}

enum step
store_dossier_of(struct db *db, struct arena *a, const char *dossier,
    bool *rated, const char **unit, const char **field)
{
	struct rows *r = db_query(db, Q_DOSSIER_RATED, "t", dossier);
	enum step step = rows_next(r);

	if (step == STEP_ROW) {
		*rated = !rows_null(r, 0);
		*unit = arena_strdup(a, rows_text(r, 1));
		*field = arena_strdup(a, rows_text(r, 2));
	}
	rows_close(r);
	return step;
}

enum step
store_dossier_rated(struct db *db, const char *dossier, bool *rated)
{
	struct rows *r = db_query(db, Q_DOSSIER_RATED, "t", dossier);
	enum step step = rows_next(r);

	*rated = step == STEP_ROW && !rows_null(r, 0);
	rows_close(r);
	return step;
}
