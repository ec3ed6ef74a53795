/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Steps and decisions. A decision is taken about each of its answers by itself,
 * and only where it changes something: so two people who decide the same group
 * at once leave one decision about each answer, and a form that is sent twice
 * none more.
 */
#include "server/store/cases/history.h"

#include <stdlib.h>
#include <string.h>
#include "server/store/people/audit.h"
#include "shared/arena.h"
#include "shared/limits.h"

static const char *
history_any(const char *text)
{
	return text == NULL ? "" : text;
}

static const char *
history_text(struct arena *a, struct rows *r, int column)
{
	return arena_strdup(a, history_any(rows_text(r, column)));
}

static void
read_history_id(struct rows *r, int column, struct uuid *id)
{
	size_t size;
	const void *bytes = rows_blob(r, column, &size);

	if (bytes != NULL && size == sizeof(id->bytes))
		memcpy(id->bytes, bytes, size);
}

/* ---------------------------------------------------------------- an answer */

static void
read_work_answer(struct rows *r, struct arena *a, struct work_answer *out)
{
	out->day = (int32_t)rows_int(r, 0);
	out->unit = history_text(a, r, 1);
	out->desk = history_text(a, r, 2);
	out->field = history_text(a, r, 3);
	out->channel = history_text(a, r, 4);
	out->form = history_text(a, r, 5);
	out->form_version = (int)rows_int(r, 6);
	out->scores = history_text(a, r, 7);
	out->reasons = history_text(a, r, 8);
	out->flags = history_text(a, r, 9);
	out->device = history_text(a, r, 10);
	out->answered_at = rows_int(r, 11);
	out->received_at = rows_int(r, 12);
	out->aside = rows_int(r, 13) != 0;
	out->matter = (enum matter)rows_int(r, 14);
	out->doubt = (enum matter)rows_int(r, 15);
	out->comment = arena_strdup(a, rows_text(r, 16));
	out->person = history_text(a, r, 17);
	out->due = (int32_t)rows_int(r, 18);
	out->why.reason = history_text(a, r, 19);
	out->why.login = history_text(a, r, 20);
	out->why.at = rows_int(r, 21);
}

enum step
store_work_answer(struct db *db, struct arena *a, const struct uuid *id,
    struct work_answer *out)
{
	struct rows *r =
	    db_query(db, Q_WORK_ANSWER, "b", id->bytes, sizeof(id->bytes));
	enum step step = rows_next(r);

	*out = (struct work_answer){.id = *id};
	if (step == STEP_ROW)
		read_work_answer(r, a, out);
	rows_close(r);
	return step;
}

bool
store_work_lock(struct db *db, const struct uuid *id)
{
	return db_run(
	    db, Q_ANSWER_LOCK, NULL, "b", id->bytes, sizeof(id->bytes));
}

/* -------------------------------------------------------------------- steps */

bool
store_step(struct db *db, const struct uuid *answer, const char *unit,
    const struct work_step *s, bool *added)
{
	int64_t changed, due = s->due;

	if (!db_run(db, Q_STEP_ADD, &changed, "bbitttttIt", answer->bytes,
		sizeof(answer->bytes), s->id.bytes, sizeof(s->id.bytes), s->at,
		s->login, s->act, unit, history_any(s->reason),
		history_any(s->person), due == 0 ? NULL : &due,
		history_any(s->words)))
		return false;
	*added = changed > 0;
	return true;
}

bool
store_steps(struct db *db, struct arena *a, const struct uuid *answer,
    struct work_step **list, size_t *count)
{
	struct rows *r = db_query(
	    db, Q_STEP_LIST, "b", answer->bytes, sizeof(answer->bytes));
	struct work_step *s;
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		s = arena_append(a, list, count, sizeof(*s));
		read_history_id(r, 0, &s->id);
		s->at = rows_int(r, 1);
		s->login = history_text(a, r, 2);
		s->act = history_text(a, r, 3);
		s->reason = history_text(a, r, 4);
		s->person = history_text(a, r, 5);
		s->due = (int32_t)rows_int(r, 6);
		s->words = history_text(a, r, 7);
		s->undone = rows_int(r, 8) != 0;
	}
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_step_answers(struct db *db, struct arena *a, const struct uuid *id,
    struct uuid **answers, const char ***units, size_t *count)
{
	struct rows *r =
	    db_query(db, Q_STEP_ANSWERS, "b", id->bytes, sizeof(id->bytes));
	size_t same = 0;
	enum step step;

	*answers = NULL;
	*units = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		read_history_id(
		    r, 0, arena_append(a, answers, count, sizeof(**answers)));
		*(const char **)arena_append(a, units, &same, sizeof(**units)) =
		    history_text(a, r, 1);
	}
	rows_close(r);
	return step == STEP_DONE;
}

/* ------------------------------------------------------------------- doubts */

static void
read_doubt(struct rows *r, struct arena *a, struct doubt *d)
{
	read_history_id(r, 0, &d->id);
	d->day = (int32_t)rows_int(r, 1);
	d->unit = history_text(a, r, 2);
	d->desk = history_text(a, r, 3);
	d->field = history_text(a, r, 4);
	d->channel = history_text(a, r, 5);
	d->form = history_text(a, r, 6);
	d->scores = history_text(a, r, 7);
	d->reasons = history_text(a, r, 8);
	d->flags = history_text(a, r, 9);
	d->answered_at = rows_int(r, 10);
	d->received_at = rows_int(r, 11);
}

bool
store_doubt_rows(
    struct rows *r, struct arena *a, struct doubt **list, size_t *count)
{
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW)
		read_doubt(r, a, arena_append(a, list, count, sizeof(**list)));
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_doubts(struct db *db, struct arena *a, const char *const *units,
    size_t nunits, const char *flag, enum matter doubt, size_t most,
    struct doubt **list, size_t *count)
{
	const char *like = history_any(flag)[0] == '\0'
			       ? ""
			       : arena_printf(a, "%% %s %%", flag);

	for (size_t i = 0; i < nunits; i++) {
		struct rows *r = db_query(db, Q_DOUBT_PAGE, "ttii", units[i],
		    like, (int64_t)most, (int64_t)doubt);

		if (!store_doubt_rows(r, a, list, count))
			return false;
	}
	return true;
}

bool
store_burst_answers(struct db *db, struct arena *a, const struct burst_seen *b,
    struct uuid **ids, size_t *count)
{
	struct rows *r = db_query(db, Q_BURST_ANSWERS, "tiittii", b->unit,
	    (int64_t)MATTER_BURST, (int64_t)b->day, b->desk, b->channel,
	    b->until, (int64_t)LIMIT_BURST);
	enum step step;

	*ids = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW)
		read_history_id(
		    r, 0, arena_append(a, ids, count, sizeof(**ids)));
	rows_close(r);
	return step == STEP_DONE;
}

static void
read_decided(struct rows *r, struct arena *a, struct decided *d)
{
	read_history_id(r, 0, &d->step.id);
	d->step.at = rows_int(r, 1);
	d->step.login = history_text(a, r, 2);
	d->step.act = history_text(a, r, 3);
	d->step.reason = history_text(a, r, 4);
	d->step.words = history_text(a, r, 5);
	d->step.undone = rows_int(r, 6) != 0;
	read_history_id(r, 7, &d->answer.id);
	d->answer.day = (int32_t)rows_int(r, 8);
	d->answer.unit = history_text(a, r, 9);
	d->answer.desk = history_text(a, r, 10);
	d->answer.field = history_text(a, r, 11);
	d->answer.channel = history_text(a, r, 12);
	d->answer.form = history_text(a, r, 13);
	d->answer.scores = history_text(a, r, 14);
	d->answer.flags = history_text(a, r, 15);
	d->whole = rows_int(r, 16);
	d->step.person = history_text(a, r, 17);
}

/* Newest decision first, its answers together. */
static int
compare_decided(const void *x, const void *y)
{
	const struct decided *a = x, *b = y;
	int order;

	if (a->step.at != b->step.at)
		return a->step.at > b->step.at ? -1 : 1;
	order = uuid_compare(&b->step.id, &a->step.id);
	return order != 0 ? order : uuid_compare(&a->answer.id, &b->answer.id);
}

bool
store_decisions(struct db *db, struct arena *a, const char *const *units,
    size_t nunits, size_t most, struct decided **list, size_t *count)
{
	*list = NULL;
	*count = 0;
	for (size_t i = 0; i < nunits; i++) {
		struct rows *r = db_query(db, Q_STEP_DECISIONS, "tii", units[i],
		    (int64_t)most, (int64_t)LIMIT_GROUP);
		enum step step;

		while ((step = rows_next(r)) == STEP_ROW)
			read_decided(
			    r, a, arena_append(a, list, count, sizeof(**list)));
		rows_close(r);
		if (step != STEP_DONE)
			return false;
	}
	if (*count > 1)
		qsort(*list, *count, sizeof(**list), compare_decided);
	return true;
}

/* ----------------------------------------------------------------- deciding */

static bool
log_deed(struct db *db, struct arena *a, const struct answer_decision *d,
    const struct work_answer *answer, const char *act, bool was, bool is)
{
	struct deed deed = *d->deed;
	char id[UUID_TEXT];

	uuid_format(&answer->id, id);
	memset(&deed.id, 0, sizeof(deed.id)); /* each its own */
	deed.act = arena_printf(a, "answer.%s", act);
	deed.unit = answer->unit;
	deed.object = id;
	deed.before = was ? "{\"aside\":true}" : "{\"aside\":false}";
	deed.after = is ? "{\"aside\":true}" : "{\"aside\":false}";
	deed.reason = d->step.reason;
	return store_audit(db, &deed);
}

/* Takes a decision about this answer back: what it set aside is counted again,
 * unless it was decided anew since then. */
static bool
history_undo(struct db *db, struct tallies *tallies,
    const struct answer_decision *d, const struct work_answer *answer,
    const struct work_step *steps, size_t n, bool *changed, bool *aside)
{
	const struct aside why = {
	    history_any(d->step.reason), d->step.login, d->step.at};
	const struct work_step *past = NULL;
	int64_t marked;

	*changed = false;
	for (size_t i = 0; i < n; i++)
		if (uuid_compare(&steps[i].id, d->undo) == 0)
			past = &steps[i];
	if (past == NULL || past->undone)
		return true;
	if (!db_run(db, Q_STEP_UNDO, &marked, "bb", answer->id.bytes,
		sizeof(answer->id.bytes), d->undo->bytes,
		sizeof(d->undo->bytes)))
		return false;
	*changed = marked > 0;
	if (strcmp(past->act, "aside") == 0 && answer->aside &&
	    answer->why.at == past->at &&
	    strcmp(answer->why.login, past->login) == 0) {
		*aside = false;
		if (!store_answer_aside(db, tallies, &answer->id, false, &why))
			return false;
	}
	return store_answer_doubt(
	    db, tallies, &answer->id, (int)needs_person_doubt(answer->flags));
}

/* True when the decision changes no figure: answers are looked at that count
 * anyhow, or one of that kind is taken back. */
static bool
changes_no_figure(const struct answer_decision *d,
    const struct work_answer *answer, const struct work_step *steps, size_t n)
{
	bool burst = needs_person_doubt(answer->flags) == MATTER_BURST;

	if (strcmp(d->step.act, "count") == 0)
		return !burst;
	if (strcmp(d->step.act, "undo") != 0 || burst)
		return false;
	for (size_t i = 0; i < n; i++)
		if (uuid_compare(&steps[i].id, d->undo) == 0)
			return strcmp(steps[i].act, "count") == 0;
	return false;
}

/* One answer; *changed tells whether anything is different now. */
static bool
decide(struct db *db, struct arena *a, struct tallies *tallies,
    const struct answer_decision *d, const struct uuid *id, bool *changed)
{
	const struct aside why = {
	    history_any(d->step.reason), d->step.login, d->step.at};
	const char *act = d->step.act;
	struct work_answer answer;
	struct work_step *steps;
	bool aside, added, ok = true;
	size_t n;

	*changed = false;
	if (!store_work_lock(db, id) ||
	    store_work_answer(db, a, id, &answer) != STEP_ROW ||
	    !store_steps(db, a, id, &steps, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		if (uuid_compare(&steps[i].id, &d->step.id) == 0)
			return true; /* done before */
	if (!d->confirmed && !changes_no_figure(d, &answer, steps, n))
		return true; /* nobody's alone */
	aside = answer.aside;
	if (strcmp(act, "aside") == 0 && !aside) {
		*changed = aside = true;
		ok = store_answer_aside(db, tallies, id, true, &why) &&
		     store_answer_doubt(db, tallies, id, MATTER_DONE);
	} else if (strcmp(act, "restore") == 0 && aside) {
		*changed = true;
		aside = false;
		ok = store_answer_aside(db, tallies, id, false, &why);
	} else if (strcmp(act, "count") == 0 && !aside &&
		   (answer.doubt == MATTER_OPEN ||
		       answer.doubt == MATTER_BURST)) {
		*changed = true;
		ok = store_answer_doubt(db, tallies, id, MATTER_DONE);
	} else if (strcmp(act, "undo") == 0) {
		ok = history_undo(
		    db, tallies, d, &answer, steps, n, changed, &aside);
	}
	if (!ok || !*changed)
		return ok;
	if (answer.aside && !aside)
		act = "restore"; /* also what was undone */
	return store_step(db, id, answer.unit, &d->step, &added) &&
	       log_deed(db, a, d, &answer, act, answer.aside, aside);
}

static int
compare_ids(const void *a, const void *b)
{
	return uuid_compare(a, b);
}

bool
store_decide(struct db *db, struct arena *a, struct tallies *tallies,
    struct answer_decision *d)
{
	bool changed;

	struct uuid *sorted = arena_alloc(a, (d->count + 1) * sizeof(*sorted));

	/* everyone in one order, lest two collectors wait for each other */
	memcpy(sorted, d->answers, d->count * sizeof(*sorted));
	qsort(sorted, d->count, sizeof(*sorted), compare_ids);
	d->changed = 0;
	for (size_t i = 0; i < d->count; i++) {
		if (!decide(db, a, tallies, d, &sorted[i], &changed))
			return false;
		d->changed += changed;
	}
	return true;
}

/* -------------------------------------------------------------------- paper */

bool
store_paper(struct db *db, struct arena *a, const char *login, int64_t since,
    size_t most, struct paper_row **list, size_t *count, int64_t *entered)
{
	struct rows *r = db_query(db, Q_PAPER_COUNT, "ti", login, since);
	bool ok = rows_next(r) == STEP_ROW;
	struct paper_row *p;
	enum step step;

	*entered = ok ? rows_int(r, 0) : 0;
	rows_close(r);
	*list = NULL;
	*count = 0;
	if (!ok)
		return false;
	r = db_query(db, Q_PAPER_LIST, "tii", login, since, (int64_t)most);
	while ((step = rows_next(r)) == STEP_ROW) {
		p = arena_append(a, list, count, sizeof(*p));
		read_history_id(r, 0, &p->id);
		p->day = (int32_t)rows_int(r, 1);
		p->desk = history_text(a, r, 2);
		p->field = history_text(a, r, 3);
		p->scores = history_text(a, r, 4);
		p->reasons = history_text(a, r, 5);
		p->aside = rows_int(r, 6) != 0;
		p->at = rows_int(r, 7);
	}
	rows_close(r);
	return step == STEP_DONE;
}
