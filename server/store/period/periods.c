/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A step is a comparison and a change in one statement: it finds the row only
 * as the person has seen it, so that two who decide at once do not both win. A
 * step that is run again after it was lost while committing finds it changed,
 * and does nothing twice.
 */
#include "server/store/period/periods.h"

#include <string.h>
#include "server/store/catalogue/generation.h"
#include "server/store/people/audit.h"
#include "server/store/period/snapshot.h"
#include "shared/arena.h"

/* ------------------------------------------------------------------ reading */

static const char *
period_text(struct arena *a, struct rows *r, int column)
{
	const char *value = rows_text(r, column);

	return value == NULL ? "" : arena_strdup(a, value);
}

/* Name, cut and days of a row that begins with them. */
static bool
read_days(struct rows *r, struct period *out)
{
	enum period_cut cut = PERIOD_CALENDAR;
	const char *name = rows_text(r, 0);

	period_cut_find(rows_text(r, 1), &cut);
	if (name == NULL || !period_parse(name, cut, out))
		return false;
	out->first = (int32_t)rows_int(r, 2);
	out->last = (int32_t)rows_int(r, 3);
	return true;
}

static bool
read_period_row(struct rows *r, struct arena *a, struct period_row *out)
{
	memset(out, 0, sizeof(*out));
	if (!read_days(r, &out->period) ||
	    !closing_state_find(rows_text(r, 4), &out->state))
		return false;
	out->snapshot = rows_int(r, 5);
	out->revision = rows_int(r, 6);
	out->proposed_by = period_text(a, r, 7);
	out->proposed_at = rows_int(r, 8);
	out->reason = period_text(a, r, 9);
	return true;
}

bool
store_periods(
    struct db *db, struct arena *a, struct period_row **list, size_t *count)
{
	struct rows *r = db_query(db, Q_PERIOD_LIST, "");
	struct period_row row;
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW)
		if (read_period_row(r, a, &row))
			*(struct period_row *)arena_append(
			    a, list, count, sizeof(row)) = row;
	rows_close(r);
	return step == STEP_DONE;
}

enum step
store_period(struct db *db, struct arena *a, const struct period *period,
    struct period_row *out)
{
	char name[PERIOD_TEXT];
	struct rows *r;
	enum step step;

	period_name(period, name);
	r = db_query(db, Q_PERIOD_GET, "t", name);
	step = rows_next(r);
	if (step == STEP_ROW && !read_period_row(r, a, out))
		step = STEP_FAIL;
	rows_close(r);
	if (step == STEP_DONE)
		*out = (struct period_row){
		    .period = *period, .proposed_by = "", .reason = ""};
	return step;
}

bool
store_closed_periods(
    struct db *db, struct arena *a, struct closed_period **list, size_t *count)
{
	struct rows *r = db_query(db, Q_PERIOD_FROZEN, "");
	struct closed_period c = {0};
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		if (!read_days(r, &c.period))
			continue;
		c.snapshot = rows_int(r, 4);
		c.revision = rows_int(r, 5);
		c.at = rows_int(r, 6);
		*(struct closed_period *)arena_append(
		    a, list, count, sizeof(c)) = c;
	}
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_days_off(
    struct db *db, struct arena *a, struct day_off **list, size_t *count)
{
	struct rows *r = db_query(db, Q_DAY_OFF_LIST, "");
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		struct day_off *d = arena_append(a, list, count, sizeof(*d));

		d->day = (int32_t)rows_int(r, 0);
		d->off = rows_int(r, 1) != 0;
		d->name = period_text(a, r, 2);
	}
	rows_close(r);
	return step == STEP_DONE;
}

/* ------------------------------------------------------------------ writing */

bool
store_day_off_put(struct db *db, const struct day_off *d)
{
	return db_run(db, Q_DAY_OFF_PUT, NULL, "iit", (int64_t)d->day,
		   (int64_t)d->off, d->name) &&
	       store_generation_raise(db);
}

bool
store_day_off_remove(struct db *db, int32_t day)
{
	return db_run(db, Q_DAY_OFF_REMOVE, NULL, "i", (int64_t)day) &&
	       store_generation_raise(db);
}

bool
store_period_add(struct db *db, const struct period *p)
{
	char name[PERIOD_TEXT];

	period_name(p, name);
	return db_run(db, Q_PERIOD_ADD, NULL, "ttii", name,
	    period_cut_words[p->cut], (int64_t)p->first, (int64_t)p->last);
}

/* The row's new state; *moved: it stood as it was seen. A proposal bears who
 * made it, when and why, until it is decided. */
static bool
change_state(struct db *db, const struct period_move *m, bool *moved)
{
	bool proposal =
	    m->deed != CLOSING_CONFIRM && m->deed != CLOSING_DECLINE;
	const struct period *p = &m->before.period;
	int64_t changed = 0;
	char name[PERIOD_TEXT];
	bool ok;

	period_name(p, name);
	ok = db_run(db, Q_PERIOD_MOVE, &changed, "tttittittii", name,
	    closing_state_words[m->before.state], m->before.proposed_by,
	    m->before.proposed_at, closing_state_words[m->next],
	    proposal ? m->audit->login : "", proposal ? m->audit->at : 0,
	    proposal ? m->reason : "", period_cut_words[p->cut],
	    (int64_t)p->first, (int64_t)p->last);
	*moved = changed == 1;
	return ok;
}

/* What a confirmed step makes of the figures. */
static bool
change_figures(struct db *db, const struct period_move *m)
{
	const struct period_row *before = &m->before;
	struct snapshot s = {.revision = before->revision + 1,
	    .period = before->period,
	    .at = m->audit->at,
	    .proposed_by = before->proposed_by,
	    .reason = before->reason,
	    .confirmed_by = m->audit->login,
	    .words = m->reason};
	char name[PERIOD_TEXT];
	int64_t id = 0;

	period_name(&before->period, name);
	if (closing_freezes(before->state, m->deed))
		return store_snapshot_take(db, &s, &id) &&
		       db_run(db, Q_PERIOD_FREEZE, NULL, "tii", name, id,
			   s.revision) &&
		       store_generation_raise(db);
	if (closing_frozen(before->state) && !closing_frozen(m->next))
		return db_run(db, Q_PERIOD_FREEZE, NULL, "tii", name,
			   (int64_t)0, before->revision) &&
		       store_generation_raise(db);
	return true;
}

bool
store_period_move(struct db *db, struct period_move *m)
{
	bool moved = false;

	m->stale = false;
	if (!store_period_add(db, &m->before.period) ||
	    !change_state(db, m, &moved))
		return false;
	m->stale = !moved;
	return m->stale || (change_figures(db, m) && store_audit(db, m->audit));
}
