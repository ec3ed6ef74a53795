/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of tallies: raised batch by batch, summed for scores, and compared
 * with a recount by "check". */
#include "server/store/tallies.h"

#include "server/core/cases/needs_person.h"
#include "server/core/score/period.h"
#include "server/core/score/tally.h"
#include "server/db/db.h"

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
	*v++ = db_int(t->unusual.valid);
	*v++ = db_int(t->unusual.satisfied);
	*v++ = db_int(t->verified.valid);
	*v++ = db_int(t->verified.satisfied);
}

/* Days first, then months: everyone in this order. */
bool
store_tallies_add(struct db *db, struct tallies *tallies)
{
	struct tallies months;
	bool ok;

	tallies_sort(tallies);
	tallies_months(tallies, &months);
	ok = db_run_rows(db, Q_TALLY_ADD, tallies->count, tally_row,
		 tallies->rows, NULL) &&
	     db_run_rows(db, Q_TALLY_MONTH_ADD, months.count, tally_row,
		 months.rows, NULL);
	tallies_finish(&months);
	return ok;
}

/* A damaged file has nulls where the schema allows none; "check" shall tell of
 * it and not fall over it. */
static const char *
tally_text(struct rows *r, int column)
{
	const char *value = rows_text(r, column);

	return value == NULL ? "" : value;
}

/* The key of a row that begins with it, up to the form; the strings are the
 * row's. */
static struct tally_key
tally_key_of(struct rows *r)
{
	return (struct tally_key){
	    .day = rows_int(r, 0),
	    .unit = tally_text(r, 1),
	    .desk = tally_text(r, 2),
	    .field = tally_text(r, 3),
	    .channel = tally_text(r, 4),
	    .form = tally_text(r, 5),
	};
}

static void
add_tally_row_counts(struct rows *r, struct tally *t)
{
	for (int score = 1; score <= 5; score++)
		t->n[score] += rows_int(r, 6 + score);
	t->n[0] += rows_int(r, 12);
	t->aside += rows_int(r, 13);
	t->unusual.valid += rows_int(r, 14);
	t->unusual.satisfied += rows_int(r, 15);
	t->verified.valid += rows_int(r, 16);
	t->verified.satisfied += rows_int(r, 17);
}

/* Sums are made here and not by the database: its own, over keys of six texts,
 * take several times as long. */
bool
store_tallies_rows(struct rows *r, bool keep_day, struct tallies *out)
{
	struct tally *t;
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW) {
		struct tally_key key = tally_key_of(r);

		key.day = keep_day ? key.day : 0;
		key.criterion = tally_text(r, 6);
		t = tallies_row(out, &key);
		add_tally_row_counts(r, t);
	}
	rows_close(r);
	return step == STEP_DONE;
}

static bool
sum(struct db *db, enum query q, int64_t first, int64_t last, bool keep_day,
    struct tallies *out)
{
	return store_tallies_rows(
	    db_query(db, q, "ii", first, last), keep_day, out);
}

bool
store_tallies_sum(struct db *db, int32_t first, int32_t last, bool by_day,
    struct tallies *out)
{
	int64_t from, to;
	int32_t begin, end;

	if (by_day || !period_whole_months(first, last, &from, &to))
		return sum(db, Q_TALLY_RANGE, first, last, by_day, out);
	begin = period_month_first(from);
	end = period_month_first(to + 1);
	return sum(db, Q_TALLY_MONTH_RANGE, from, to, false, out) &&
	       (first == begin ||
		   sum(db, Q_TALLY_RANGE, first, begin - 1, false, out)) &&
	       (end > last || sum(db, Q_TALLY_RANGE, end, last, false, out));
}

bool
store_tallies_begin(struct db *db, int64_t *month)
{
	struct rows *r = db_query(db, Q_TALLY_MONTH_FIRST, "");
	bool found = rows_next(r) == STEP_ROW;

	*month = found ? rows_int(r, 0) : 0;
	rows_close(r);
	return found;
}

bool
store_tallies_months(
    struct db *db, int64_t from, int64_t to, struct tallies *out)
{
	return sum(db, Q_TALLY_MONTH_RANGE, from, to, true, out);
}

bool
store_tallies_read(struct db *db, bool months, struct tallies *out)
{
	return sum(db, months ? Q_TALLY_MONTH_RANGE : Q_TALLY_RANGE, INT64_MIN,
	    INT64_MAX, true, out);
}

bool
store_recount(struct db *db, struct tallies *out, int64_t *bad)
{
	struct rows *r = db_query(db, Q_ANSWER_RECOUNT, "");
	enum step step;

	*bad = 0;
	while ((step = rows_next(r)) == STEP_ROW)
		if (!tallies_add_answer(out, tally_key_of(r), tally_text(r, 6),
			tally_text(r, 7),
			needs_person_marks(rows_int(r, 8) != 0,
			    (enum matter)rows_int(r, 9), tally_text(r, 4),
			    tally_text(r, 10)),
			rows_text(r, 11), 1))
			(*bad)++;
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_tallies_replace(struct db *db, struct tallies *tallies)
{
	return db_run(db, Q_TALLY_CLEAR, NULL, "") &&
	       db_run(db, Q_TALLY_MONTH_CLEAR, NULL, "") &&
	       store_tallies_add(db, tallies);
}

static bool
count_tally(struct db *db, enum query q, int64_t *out)
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
	return count_tally(db, Q_ANSWER_UNKNOWN_DESK, answers) &&
	       count_tally(db, Q_REMARK_ORPHAN, remarks);
}

bool
store_overlooked(struct db *db, int64_t *answers)
{
	return count_tally(db, Q_ANSWER_OVERLOOKED, answers);
}
