/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Table meta, row "catalogue_seen": "GENERATION HASH". Whoever changes the
 * catalogue or a setting raises the generation in the same transaction, so the
 * same generation with another hash is a change that this program did not make.
 * Rows are hashed one by one and added up, since an order is not promised of
 * all of these questions. FNV is enough: against a disk, not against a person,
 * who could write the row as well.
 */
#include "server/store/catalogue/fingerprint.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/db/db.h"
#include "server/store/catalogue/generation.h"
#include "shared/arena.h"
#include "shared/hash.h"

/* What is asked, and the types of its columns. */
static const struct {
	enum query query;
	const char *types;
} parts[] = {
    {Q_UNIT_LIST, "ttttii"},
    {Q_SUCCESSOR_LIST, "tti"},
    {Q_FIELD_LIST, "ttt"},
    {Q_TARGET_LIST, "titi"},
    {Q_DESK_LIST, "ttt"},
    {Q_DESK_FIELD_LIST, "tt"},
    {Q_FORM_LIST, "titt"},
    {Q_SETTING_LIST, "tt"},
};

static uint64_t
hash_row(struct rows *r, uint64_t hash, const char *types)
{
	for (int c = 0; types[c] != '\0'; c++) {
		bool null = rows_null(r, c);

		hash = hash_add(hash, &null, sizeof(null));
		if (null)
			continue;
		if (types[c] == 't') {
			const char *text = rows_text(r, c);

			hash = hash_add(hash, text, strlen(text) + 1);
		} else {
			int64_t n = rows_int(r, c);

			hash = hash_add(hash, &n, sizeof(n));
		}
	}
	return hash;
}

static bool
hash_parts(struct db *db, uint64_t *out)
{
	enum step step = STEP_DONE;

	*out = 0;
	for (size_t i = 0;
	     step == STEP_DONE && i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct rows *r = db_query(db, parts[i].query, "");
		uint64_t from = hash_add(HASH_START, &i, sizeof(i));

		while ((step = rows_next(r)) == STEP_ROW)
			*out += hash_row(r, from, parts[i].types);
		rows_close(r);
	}
	return step == STEP_DONE;
}

bool
store_fingerprint_look(
    struct db *db, bool *altered, char fresh[FINGERPRINT_TEXT])
{
	int64_t generation = store_generation(db), kept_generation;
	uint64_t hash, kept_hash;
	const char *kept;
	struct arena a;
	bool same;

	*altered = false;
	fresh[0] = '\0';
	if (generation < 0 || !hash_parts(db, &hash))
		return false;
	arena_init(&a);
	kept = store_meta(db, &a, "catalogue_seen");
	same = kept != NULL &&
	       sscanf(kept, "%" SCNd64 " %" SCNx64, &kept_generation,
		   &kept_hash) == 2 &&
	       kept_generation == generation;
	*altered = same && kept_hash != hash;
	if (!same)
		snprintf(fresh, FINGERPRINT_TEXT, "%" PRId64 " %" PRIx64,
		    generation, hash);
	arena_finish(&a);
	return true;
}

bool
store_fingerprint_keep(struct db *db, const char *fresh)
{
	return db_run(db, Q_META_PUT, NULL, "tt", "catalogue_seen", fresh);
}
