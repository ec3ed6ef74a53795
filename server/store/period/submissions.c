/* SPDX-License-Identifier: GPL-2.0-or-later */
/* As with the periods: a change is a comparison and an update in one statement,
 * so that of two people who write at once one is told. */
#include "server/store/period/submissions.h"

#include <string.h>
#include "server/store/people/audit.h"
#include "server/store/period/periods.h"
#include "shared/arena.h"

/* ------------------------------------------------------------------ reading */

static const char *
submission_text(struct arena *a, struct rows *r, int column)
{
	const char *value = rows_text(r, column);

	return value == NULL ? "" : arena_strdup(a, value);
}

static bool
read_submission(struct rows *r, struct arena *a, struct submission *s)
{
	*s = (struct submission){.period = submission_text(a, r, 0),
	    .unit = submission_text(a, r, 1),
	    .due = (int32_t)rows_int(r, 3),
	    .words = submission_text(a, r, 4),
	    .apologies = rows_int(r, 5),
	    .changed_by = submission_text(a, r, 6),
	    .changed_at = rows_int(r, 7),
	    .submitted_by = submission_text(a, r, 8),
	    .submitted_at = rows_int(r, 9),
	    .decided_by = submission_text(a, r, 10),
	    .decided_at = rows_int(r, 11),
	    .reason = submission_text(a, r, 12)};
	return submission_state_find(rows_text(r, 2), &s->state);
}

bool
store_submissions(struct db *db, struct arena *a, const struct period *period,
    struct submission **list, size_t *count)
{
	char name[PERIOD_TEXT] = "";
	struct submission s;
	struct rows *r;
	enum step step;

	if (period != NULL)
		period_name(period, name);
	r = period != NULL ? db_query(db, Q_SUBMISSION_LIST, "t", name)
			   : db_query(db, Q_SUBMISSION_OPEN, "");
	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW)
		if (read_submission(r, a, &s))
			*(struct submission *)arena_append(
			    a, list, count, sizeof(s)) = s;
	rows_close(r);
	return step == STEP_DONE;
}

enum step
store_submission(struct db *db, struct arena *a, const struct period *period,
    const char *unit, struct submission *out)
{
	char name[PERIOD_TEXT];
	struct rows *r;
	enum step step;

	period_name(period, name);
	r = db_query(db, Q_SUBMISSION_GET, "tt", name, unit);
	step = rows_next(r);
	if (step == STEP_ROW && !read_submission(r, a, out))
		step = STEP_FAIL;
	rows_close(r);
	return step;
}

bool
store_measures(struct db *db, struct arena *a, const char *unit,
    struct measure **list, size_t *count)
{
	struct rows *r =
	    db_query(db, Q_MEASURE_LIST, "t", unit == NULL ? "" : unit);
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		struct measure *m = arena_append(a, list, count, sizeof(*m));
		size_t size;
		const void *id = rows_blob(r, 0, &size);

		if (id != NULL && size == sizeof(m->id.bytes))
			memcpy(m->id.bytes, id, size);
		m->period = submission_text(a, r, 1);
		m->unit = submission_text(a, r, 2);
		m->population = submission_text(a, r, 3);
		m->field = submission_text(a, r, 4);
		m->words = submission_text(a, r, 5);
		m->person = submission_text(a, r, 6);
		m->due = (int32_t)rows_int(r, 7);
		m->state = submission_text(a, r, 8);
		m->result = submission_text(a, r, 9);
		m->login = submission_text(a, r, 10);
		m->at = rows_int(r, 11);
	}
	rows_close(r);
	return step == STEP_DONE;
}

/* ------------------------------------------------------------------ writing */

bool
store_submissions_prepare(struct db *db, const struct period *period,
    int32_t due, const char *const *units, size_t n, const struct deed *deed,
    int64_t *made)
{
	char name[PERIOD_TEXT];
	int64_t added = 0;
	bool ok = store_period_add(db, period);

	period_name(period, name);
	*made = 0;
	for (size_t i = 0; ok && i < n; i++) {
		ok = db_run(db, Q_SUBMISSION_ADD, &added, "tti", name, units[i],
		    (int64_t)due);
		*made += added;
	}
	return ok && (*made == 0 || store_audit(db, deed));
}

static bool
put_measure(
    struct db *db, const struct submission_change *c, const struct measure *m)
{
	return db_run(db, Q_MEASURE_PUT, NULL, "bttttttiti", m->id.bytes,
	    sizeof(m->id.bytes), c->before.period, c->before.unit,
	    m->population, m->field, m->words, m->person, (int64_t)m->due,
	    c->audit->login, c->audit->at);
}

static bool
put_former(
    struct db *db, const struct submission_change *c, const struct measure *m)
{
	return db_run(db, Q_MEASURE_STATE, NULL, "btttti", m->id.bytes,
	    sizeof(m->id.bytes), c->before.unit, m->state, m->result,
	    c->audit->login, c->audit->at);
}

bool
store_submission_change(struct db *db, struct submission_change *c)
{
	const struct submission *s = &c->after;
	int64_t changed = 0;
	bool ok =
	    store_period_add(db, &c->of) &&
	    db_run(db, Q_SUBMISSION_ADD, NULL, "tti", c->before.period,
		c->before.unit, (int64_t)c->before.due) &&
	    db_run(db, Q_SUBMISSION_CHANGE, &changed, "tttittitititit",
		c->before.period, c->before.unit,
		submission_state_words[c->before.state], c->before.changed_at,
		submission_state_words[s->state], s->words, s->apologies,
		s->changed_by, s->changed_at, s->submitted_by, s->submitted_at,
		s->decided_by, s->decided_at, s->reason);

	c->stale = ok && changed != 1;
	for (size_t i = 0; ok && !c->stale && i < c->nmeasures; i++)
		ok = put_measure(db, c, &c->measures[i]);
	for (size_t i = 0; ok && !c->stale && i < c->nformer; i++)
		ok = put_former(db, c, &c->former[i]);
	return ok && (c->stale || store_audit(db, c->audit));
}
