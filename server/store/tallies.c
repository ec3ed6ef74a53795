/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of tallies: raised batch by batch, summed for scores, and compared
 * with a recount by "check". */
#include "server/store/store.h"

static void
tally_row(const void *context, size_t i, struct db_value *v)
{
	const struct tally *t = &((const struct tally *)context)[i];

	*v++ = db_int(t->key.day);
	*v++ = db_text(t->key.unit);
	*v++ = db_text(t->key.desk);
	*v++ = db_text(t->key.field);
	*v++ = db_text(t->key.channel);
	*v++ = db_text(t->key.form);
	*v++ = db_text(t->key.criterion);
	for (int score = 1; score <= 5; score++)
		*v++ = db_int(t->n[score]);
	*v++ = db_int(t->n[0]);
	*v++ = db_int(t->aside);
}

bool
store_tallies_add(struct db *db, struct tallies *tallies)
{
	tallies_sort(tallies);
	return db_run_rows(
	    db, Q_TALLY_ADD, tallies->count, tally_row, tallies->rows, NULL);
}

/* The counts of a row whose first count stands in `column`. */
static void
add_counts(struct tally *t, struct rows *r, int column)
{
	for (int score = 1; score <= 5; score++)
		t->n[score] += rows_int(r, column + score - 1);
	t->n[0] += rows_int(r, column + 5);
	t->aside += rows_int(r, column + 6);
}

/* A damaged file has nulls where the schema allows none; "check" shall tell of
 * it and not fall over it. */
static const char *
text(struct rows *r, int column)
{
	const char *value = rows_text(r, column);

	return value == NULL ? "" : value;
}

/* The key of a row whose unit stands in `column`; the strings are the row's. */
static struct tally_key
key_of(struct rows *r, int column, int64_t day)
{
	return (struct tally_key){
	    .day = day,
	    .unit = text(r, column),
	    .desk = text(r, column + 1),
	    .field = text(r, column + 2),
	    .channel = text(r, column + 3),
	    .form = text(r, column + 4),
	};
}

bool
store_tallies_sum(struct db *db, int32_t first, int32_t last, bool by_day,
    struct tallies *out)
{
	struct rows *r = db_query(db, by_day ? Q_TALLY_SUM_BY_DAY : Q_TALLY_SUM,
	    "ii", (int64_t)first, (int64_t)last);
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW) {
		struct tally_key key =
		    key_of(r, 0, by_day ? rows_int(r, 13) : 0);

		key.criterion = text(r, 5);
		add_counts(tallies_row(out, &key), r, 6);
	}
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_tallies_read(struct db *db, struct tallies *out)
{
	struct rows *r = db_query(db, Q_TALLY_LIST, "");
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW) {
		struct tally_key key = key_of(r, 1, rows_int(r, 0));

		key.criterion = text(r, 6);
		add_counts(tallies_row(out, &key), r, 7);
	}
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_recount(struct db *db, struct tallies *out, int64_t *bad)
{
	struct rows *r = db_query(db, Q_ANSWER_RECOUNT, "");
	enum step step;

	*bad = 0;
	while ((step = rows_next(r)) == STEP_ROW)
		if (!tallies_add_answer(out, key_of(r, 1, rows_int(r, 0)),
			text(r, 6), rows_int(r, 7) != 0, 1))
			(*bad)++;
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_tallies_replace(struct db *db, struct tallies *tallies)
{
	return db_run(db, Q_TALLY_CLEAR, NULL, "") &&
	       store_tallies_add(db, tallies);
}

static bool
count(struct db *db, enum query q, int64_t *out)
{
	struct rows *r = db_query(db, q, "");
	bool ok = rows_next(r) == STEP_ROW;

	*out = ok ? rows_int(r, 0) : 0;
	rows_close(r);
	return ok;
}

bool
store_orphans(struct db *db, int64_t *answers, int64_t *remarks)
{
	return count(db, Q_ANSWER_UNKNOWN_DESK, answers) &&
	       count(db, Q_REMARK_ORPHAN, remarks);
}
