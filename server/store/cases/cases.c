/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cases. Each unit's list is read from its own end of an index, as many rows as
 * a page has; the lists are then merged. So a page costs the same whether a
 * unit has ten cases or a hundred thousand, and for any choice of units.
 */
#include "server/store/cases/cases.h"

#include "server/store/cases/history.h"

#include <stdlib.h>
#include <string.h>
#include "shared/arena.h"
#include "shared/limits.h"

static const char *
case_any(const char *text)
{
	return text == NULL ? "" : text;
}

/* Behind, or before, every case. */
static const struct remark_place first = {.day = INT32_MIN};
static const struct remark_place last = {.day = INT32_MAX,
    .answer = {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff}}};

static struct rows *
ask_case(struct db *db, const struct case_query *q, const char *unit)
{
	const struct remark_place *p = q->after;
	const size_t size = sizeof(p->answer.bytes);
	int64_t most = (int64_t)q->most + 1;

	if (p == NULL)
		p = q->list == CASES_DONE ? &last : &first;
	if (q->list == CASES_DONE)
		return db_query(db, Q_CASE_PAGE_DONE, "tibi", unit,
		    (int64_t)p->day, p->answer.bytes, size, most);
	if (q->list == CASES_HAND)
		return db_query(db, Q_CASE_PAGE_HAND, "ttibiii", unit,
		    case_any(q->person), (int64_t)p->day, p->answer.bytes, size,
		    (int64_t)q->late, (int64_t)LIMIT_CASE_DAYS, most);
	return db_query(db, Q_CASE_PAGE, "tiibiiii", unit, (int64_t)MATTER_OPEN,
	    (int64_t)p->day, p->answer.bytes, size,
	    (int64_t)(q->list == CASES_NEW), (int64_t)q->late,
	    (int64_t)LIMIT_CASE_DAYS, most);
}

static void
read_case(struct rows *r, struct arena *a, struct case_row *c)
{
	size_t size;
	const void *id = rows_blob(r, 0, &size);

	if (id != NULL && size == sizeof(c->place.answer.bytes))
		memcpy(c->place.answer.bytes, id, size);
	c->place.day = (int32_t)rows_int(r, 1);
	c->unit = arena_strdup(a, case_any(rows_text(r, 2)));
	c->desk = arena_strdup(a, case_any(rows_text(r, 3)));
	c->field = arena_strdup(a, case_any(rows_text(r, 4)));
	c->channel = arena_strdup(a, case_any(rows_text(r, 5)));
	c->overall = needs_person_overall(rows_text(r, 6));
	c->reasons = arena_strdup(a, case_any(rows_text(r, 7)));
	c->comment = arena_strdup(a, rows_text(r, 8));
	c->person = arena_strdup(a, case_any(rows_text(r, 9)));
	c->due = (int32_t)rows_int(r, 10);
}

static int
compare_case(const void *x, const void *y)
{
	const struct remark_place *a = &((const struct case_row *)x)->place;
	const struct remark_place *b = &((const struct case_row *)y)->place;

	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	return uuid_compare(&a->answer, &b->answer);
}

static int
compare_back(const void *x, const void *y)
{
	return compare_case(y, x);
}

bool
store_cases(struct db *db, struct arena *a, const struct case_query *q,
    struct case_row **list, size_t *count, bool *more)
{
	*list = NULL;
	*count = 0;
	for (size_t i = 0; i < q->nunits; i++) {
		struct rows *r = ask_case(db, q, q->units[i]);
		enum step step;

		while ((step = rows_next(r)) == STEP_ROW)
			read_case(
			    r, a, arena_append(a, list, count, sizeof(**list)));
		rows_close(r);
		if (step != STEP_DONE)
			return false;
	}
	if (*count > 1)
		qsort(*list, *count, sizeof(**list),
		    q->list == CASES_DONE ? compare_back : compare_case);
	*more = *count > q->most;
	if (*more)
		*count = q->most;
	return true;
}

bool
store_case_count(struct db *db, const char *unit, int32_t today, int64_t *open,
    int64_t *late)
{
	struct rows *r =
	    db_query(db, Q_CASE_COUNT, "tiii", unit, (int64_t)LIMIT_CASE_COUNT,
		(int64_t)today, (int64_t)LIMIT_CASE_DAYS);
	bool ok = rows_next(r) == STEP_ROW;

	*open = ok ? rows_int(r, 0) : 0;
	*late = ok ? rows_int(r, 1) : 0;
	rows_close(r);
	return ok;
}

/* ------------------------------------------------------------------- acting */

/* The last step's id; *has: there is one. */
static bool
last_step(struct db *db, const struct uuid *answer, struct uuid *id, bool *has)
{
	struct rows *r = db_query(
	    db, Q_STEP_LAST, "b", answer->bytes, sizeof(answer->bytes));
	enum step step = rows_next(r);
	const void *bytes;
	size_t size;

	*has = step == STEP_ROW;
	if (*has) {
		bytes = rows_blob(r, 0, &size);
		if (bytes != NULL && size == sizeof(id->bytes))
			memcpy(id->bytes, bytes, size);
	}
	rows_close(r);
	return step != STEP_FAIL;
}

/* What stands in the log of a case: who has it, and until when. */
static const char *
state_json(struct arena *a, enum matter matter, const char *person, int32_t due)
{
	const char *state = matter == MATTER_DONE ? "done"
			    : person[0] == '\0'   ? "new"
						  : "hand";

	return due == 0
		   ? arena_printf(a, "{\"person\":\"%s\",\"state\":\"%s\"}",
			 person, state)
		   : arena_printf(a,
			 "{\"due\":%d,\"person\":\"%s\",\"state\":\"%s\"}", due,
			 person, state);
}

static bool
put_case(
    struct db *db, const struct case_act *act, const char *person, int32_t due)
{
	int64_t day = due;

	return db_run(db, Q_CASE_PUT, NULL, "bttI", act->answer.bytes,
	    sizeof(act->answer.bytes), act->unit, person,
	    due == 0 ? NULL : &day);
}

static bool
set_matter(struct db *db, const struct case_act *act, enum matter matter)
{
	return db_run(db, Q_ANSWER_SET_MATTER, NULL, "bi", act->answer.bytes,
	    sizeof(act->answer.bytes), (int64_t)matter);
}

/* Moves the case; *now is what it was and becomes what it is. */
static bool
move(struct db *db, const struct case_act *act, struct work_answer *now)
{
	const struct work_step *s = &act->step;

	if (strcmp(s->act, "note") == 0)
		return true;
	if (strcmp(s->act, "done") == 0) {
		now->matter = MATTER_DONE;
		now->person = "";
		now->due = 0;
		return set_matter(db, act, MATTER_DONE) &&
		       db_run(db, Q_CASE_DROP, NULL, "b", act->answer.bytes,
			   sizeof(act->answer.bytes));
	}
	if (strcmp(s->act, "reopen") == 0) {
		now->matter = MATTER_OPEN;
		if (!set_matter(db, act, MATTER_OPEN))
			return false;
	}
	if (strcmp(s->act, "hand") == 0)
		now->person = s->person;
	else if (strcmp(s->act, "due") != 0) /* take, reopen */
		now->person = s->login;
	if (s->due != 0)
		now->due = s->due;
	return put_case(db, act, now->person, now->due);
}

enum case_result
store_case_act(struct db *db, struct arena *a, const struct case_act *act)
{
	bool reopens = strcmp(act->step.act, "reopen") == 0;
	bool has, added, notes = strcmp(act->step.act, "note") == 0;
	struct deed deed = act->deed;
	struct work_answer now;
	struct uuid before;

	if (!store_work_lock(db, &act->answer) ||
	    !last_step(db, &act->answer, &before, &has) ||
	    store_work_answer(db, a, &act->answer, &now) != STEP_ROW)
		return CASE_FAILED;
	if (has && uuid_compare(&before, &act->step.id) == 0)
		return CASE_REPEATED;
	if ((!act->blind &&
		(has != (act->seen != NULL) ||
		    (has && uuid_compare(&before, act->seen) != 0))) ||
	    now.matter == MATTER_NONE ||
	    (!notes && (now.matter == MATTER_DONE) != reopens))
		return CASE_CHANGED;
	deed.before = state_json(a, now.matter, now.person, now.due);
	if (!store_step(db, &act->answer, act->unit, &act->step, &added))
		return CASE_FAILED;
	if (!added)
		return CASE_REPEATED;
	if (!move(db, act, &now))
		return CASE_FAILED;
	deed.after = state_json(a, now.matter, now.person, now.due);
	return store_audit(db, &deed) ? CASE_DONE : CASE_FAILED;
}
