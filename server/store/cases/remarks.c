/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What citizens wrote, and what is not counted, as the pages ask for it.
 * Comments are read from one end of an index; a page begins where the last one
 * ended, by day and id, so that the thousandth costs no more than the first.
 * Words that hardly anybody wrote would lead through all of them, so a page
 * looks through a number of them at most, and the next one goes on from there.
 */
#include "server/store/cases/remarks.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/text/search_text.h"
#include "server/db/db.h"
#include "shared/buf.h"

#define OVERALL "overall=" /* what every answer's scores begin with */

static const char *
remark_any(const char *word)
{
	return word == NULL ? "" : word;
}

/* A pattern for LIKE that finds the words as they stand. */
static const char *
pattern(struct arena *a, const char *words)
{
	const char *plain = search_text(a, words), *kept;
	size_t n = strlen(plain);
	struct buf out;

	while (n > 0 && plain[n - 1] == ' ')
		n--;
	if (n == 0)
		return "";
	buf_init(&out);
	buf_putc(&out, '%');
	for (size_t i = 0; i < n; i++) {
		if (strchr("%_\\", plain[i]) != NULL)
			buf_putc(&out, '\\');
		buf_putc(&out, plain[i]);
	}
	buf_putc(&out, '%');
	kept = arena_strdup(a, buf_text(&out));
	buf_finish(&out);
	return kept;
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
read_remark(struct rows *r, struct arena *a, struct remark *out)
{
	size_t size;
	const void *id = rows_blob(r, 0, &size);

	if (id == NULL || size != sizeof(out->place.answer.bytes))
		return false;
	memcpy(out->place.answer.bytes, id, size);
	out->place.day = (int32_t)rows_int(r, 1);
	out->unit = arena_strdup(a, remark_any(rows_text(r, 2)));
	out->field = arena_strdup(a, remark_any(rows_text(r, 3)));
	out->desk = arena_strdup(a, remark_any(rows_text(r, 4)));
	out->channel = arena_strdup(a, remark_any(rows_text(r, 5)));
	out->overall = overall_of(rows_text(r, 6));
	out->comment = arena_strdup(a, remark_any(rows_text(r, 7)));
	return true;
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

static bool
read_page(struct db *db, struct arena *a, const struct remark_query *q,
    const struct remark_place *from, const struct remark_place *end,
    struct remark_page *out)
{
	const char *score =
	    q->overall == 0 ? "" : arena_printf(a, OVERALL "%d", q->overall);
	/* a range of days ends a scan, one of pairs only leaves rows out */
	int64_t first = end->day > q->first ? end->day : q->first;
	struct rows *r = db_query(db, Q_REMARK_PAGE, "iibtittttiib", first,
	    (int64_t)from->day, from->answer.bytes, sizeof(from->answer.bytes),
	    remark_any(q->unit), (int64_t)q->below, remark_any(q->field),
	    remark_any(q->channel), score, pattern(a, q->words),
	    (int64_t)q->most + 1, (int64_t)end->day, end->answer.bytes,
	    sizeof(end->answer.bytes));
	struct remark one;
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW)
		if (read_remark(r, a, &one))
			*(struct remark *)arena_append(
			    a, &out->list, &out->count, sizeof(one)) = one;
	rows_close(r);
	return step == STEP_DONE;
}

bool
store_remarks(struct db *db, struct arena *a, const struct remark_query *q,
    struct remark_page *out)
{
	const struct remark_place from =
	    q->after != NULL ? *q->after
			     : (struct remark_place){.day = q->last + 1};
	struct remark_place end;

	*out = (struct remark_page){0};
	end = (struct remark_place){.day = INT32_MIN};
	if ((!takes_all(q) && !find_end(db, q, &from, &end)) ||
	    !read_page(db, a, q, &from, &end, out))
		return false;
	out->more = out->count > q->most || end.day != INT32_MIN;
	if (out->count > q->most) {
		out->count = q->most;
		out->last = out->list[q->most - 1].place;
	} else {
		out->last = end;
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
