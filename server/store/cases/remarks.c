/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What citizens wrote, and what is not counted, as the pages ask for it.
 * Comments are read from one end of an index; a page begins where the last one
 * ended, by day and id, so that the thousandth costs no more than the first.
 * Words that hardly anybody wrote would lead through all of them, so a page
 * looks through a number of them at most, and for a second at most, and the
 * next one goes on from there.
 *
 * Words are sought here and not by LIKE, whose time is the product of both
 * lengths: twenty thousand comments of one letter took all readers for half a
 * minute. strstr's is their sum, and between two handfuls of comments the clock
 * is asked. An index of the words (FTS5, pg_trgm) would find whole words or
 * take the comments' room twice more, and would be two mechanisms for one
 * question.
 */
#include "server/store/cases/remarks.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/text/search_text.h"
#include "server/db/db.h"
#include "shared/clock.h"

#define HANDFUL 200        /* comments between two looks at the clock */
#define OVERALL "overall=" /* what every answer's scores begin with */

static const char *
remark_any(const char *word)
{
	return word == NULL ? "" : word;
}

/* The words as comments are kept to be sought in, "" for none. */
static const char *
remark_sought(struct arena *a, const char *words)
{
	const char *plain = search_text(a, remark_any(words));
	size_t n = strlen(plain);

	while (n > 0 && plain[n - 1] == ' ')
		n--;
	return arena_strndup(a, plain, n);
}

/* Of "overall=5 attitude=4". */
static int
overall_of(const char *scores)
{
	size_t n = strlen(OVERALL);

	return scores != NULL && strncmp(scores, OVERALL, n) == 0
		   ? atoi(scores + n)
		   : 0;
}

static bool
read_place(struct rows *r, struct remark_place *out)
{
	size_t size;
	const void *id = rows_blob(r, 0, &size);

	if (id == NULL || size != sizeof(out->answer.bytes))
		return false;
	memcpy(out->answer.bytes, id, size);
	out->day = (int32_t)rows_int(r, 1);
	return true;
}

/* All of it but its place. */
static void
read_remark(struct rows *r, struct arena *a, struct remark *out)
{
	out->unit = arena_strdup(a, remark_any(rows_text(r, 2)));
	out->field = arena_strdup(a, remark_any(rows_text(r, 3)));
	out->desk = arena_strdup(a, remark_any(rows_text(r, 4)));
	out->channel = arena_strdup(a, remark_any(rows_text(r, 5)));
	out->overall = overall_of(rows_text(r, 6));
	out->comment = arena_strdup(a, remark_any(rows_text(r, 7)));
}

/* Every comment is one of the page's: it is full before it looks far. */
static bool
takes_all(const struct remark_query *q)
{
	return remark_any(q->unit)[0] == '\0' &&
	       remark_any(q->field)[0] == '\0' &&
	       remark_any(q->channel)[0] == '\0' &&
	       remark_any(q->words)[0] == '\0' && q->overall == 0;
}

/* The place where a page stops looking; day INT32_MIN: at the end. */
static bool
find_end(struct db *db, const struct remark_query *q,
    const struct remark_place *from, struct remark_place *end)
{
	struct rows *r = db_query(db, Q_REMARK_END, "iibi", (int64_t)q->first,
	    (int64_t)from->day, from->answer.bytes, sizeof(from->answer.bytes),
	    (int64_t)q->through - 1);
	enum step step = rows_next(r);
	const void *id;
	size_t size;

	*end = (struct remark_place){.day = INT32_MIN};
	if (step == STEP_ROW) {
		id = rows_blob(r, 1, &size);
		if (id != NULL && size == sizeof(end->answer.bytes)) {
			end->day = (int32_t)rows_int(r, 0);
			memcpy(end->answer.bytes, id, size);
		}
	}
	rows_close(r);
	return step != STEP_FAIL;
}

/* Where a page has come to. */
struct looking {
	const struct remark_query *q;
	const char *words; /* "": every comment is meant */
	struct remark_place at, end;
	size_t most; /* of a handful */
	bool over;   /* there is nothing behind it, down to the end */
};

/* The next handful of comments; those with the words go on the page. */
static bool
look_on(
    struct db *db, struct arena *a, struct looking *l, struct remark_page *out)
{
	const struct remark_query *q = l->q;
	const char *score =
	    q->overall == 0 ? "" : arena_printf(a, OVERALL "%d", q->overall);
	/* a range of days ends a scan, one of pairs only leaves rows out */
	int64_t first = l->end.day > q->first ? l->end.day : q->first;
	struct rows *r = db_query(db, Q_REMARK_PAGE, "iibtitttiib", first,
	    (int64_t)l->at.day, l->at.answer.bytes, sizeof(l->at.answer.bytes),
	    remark_any(q->unit), (int64_t)q->below, remark_any(q->field),
	    remark_any(q->channel), score, (int64_t)l->most,
	    (int64_t)l->end.day, l->end.answer.bytes,
	    sizeof(l->end.answer.bytes));
	size_t n = 0;
	struct remark one;
	enum step step = STEP_DONE;

	while (out->count <= q->most && (step = rows_next(r)) == STEP_ROW) {
		n++;
		if (!read_place(r, &l->at) ||
		    strstr(remark_any(rows_text(r, 8)), l->words) == NULL)
			continue;
		one.place = l->at;
		read_remark(r, a, &one);
		*(struct remark *)arena_append(
		    a, &out->list, &out->count, sizeof(one)) = one;
	}
	rows_close(r);
	out->looked += n;
	l->over = n < l->most;
	return step != STEP_FAIL;
}

bool
store_remarks(struct db *db, struct arena *a, const struct remark_query *q,
    struct remark_page *out)
{
	int64_t until = clock_mono() + q->budget;
	struct looking l = {.q = q,
	    .words = remark_sought(a, q->words),
	    .at = q->after != NULL ? *q->after
				   : (struct remark_place){.day = q->last + 1},
	    .end = {.day = INT32_MIN}};

	*out = (struct remark_page){0};
	l.most = l.words[0] == '\0' ? q->most + 1 : HANDFUL;
	if (!takes_all(q) && !find_end(db, q, &l.at, &l.end))
		return false;
	do
		if (!look_on(db, a, &l, out))
			return false;
	while (!l.over && out->count <= q->most &&
	       (q->budget == 0 || clock_mono() < until));
	out->more = out->count > q->most || !l.over || l.end.day != INT32_MIN;
	if (out->count > q->most) {
		out->count = q->most;
		out->last = out->list[q->most - 1].place;
	} else {
		out->last = l.over ? l.end : l.at;
	}
	return true;
}

bool
store_asides(struct db *db, struct arena *a, int32_t first, int32_t last,
    struct aside_count **list, size_t *count)
{
	struct rows *r =
	    db_query(db, Q_ASIDE_RANGE, "ii", (int64_t)first, (int64_t)last);
	struct aside_count *c;
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		c = arena_append(a, list, count, sizeof(*c));
		c->reason = arena_strdup(a, remark_any(rows_text(r, 0)));
		c->unit = arena_strdup(a, remark_any(rows_text(r, 1)));
		c->field = arena_strdup(a, remark_any(rows_text(r, 2)));
		c->channel = arena_strdup(a, remark_any(rows_text(r, 3)));
		c->form = arena_strdup(a, remark_any(rows_text(r, 4)));
		c->overall = overall_of(rows_text(r, 5));
		c->answers = rows_int(r, 6);
	}
	rows_close(r);
	return step == STEP_DONE;
}
