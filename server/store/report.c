/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The source of a report is read in one read transaction, so that its tables
 * agree with each other while answers come in: the tallies and dossiers that
 * scores are made of, and what only a report tells, answers set aside by reason
 * and citizens invited. Everything of the period is read; what the filter
 * leaves out is left out when the report is built, as scores do.
 */
#include "server/store/report.h"

#include <string.h>
#include "server/core/cases/needs_person.h"
#include "server/core/catalogue/catalogue.h"
#include "server/db/db.h"
#include "server/store/dossier/dossiers.h"
#include "server/store/report_texts.h"
#include "server/store/tallies.h"
#include "shared/arena.h"
#include "shared/civil.h"

static const char *
report_word(struct arena *a, struct rows *r, int column)
{
	const char *value = rows_text(r, column);

	return value == NULL ? "" : arena_strdup(a, value);
}

/* The general score in the text of column answer.scores, 0: not applicable. */
static int
general_score(const char *scores)
{
	static const char key[] = "overall=";
	const char *at = scores == NULL ? NULL : strstr(scores, key);

	if (at == NULL || at[strlen(key)] < '1' || at[strlen(key)] > '5')
		return 0;
	return at[strlen(key)] - '0';
}

static bool
same_aside(const struct report_aside *x, const struct report_aside *y)
{
	return strcmp(x->unit, y->unit) == 0 &&
	       strcmp(x->field, y->field) == 0 &&
	       strcmp(x->channel, y->channel) == 0 &&
	       strcmp(x->form, y->form) == 0 &&
	       strcmp(x->reason, y->reason) == 0;
}

/* Rows come by their key; those that differ only in their scores are one. */
static bool
read_aside(struct db *db, struct arena *a, struct report_source *s)
{
	struct rows *r = db_query(db, Q_REPORT_ASIDE, "ii",
	    (int64_t)s->period.period.first, (int64_t)s->period.period.last);
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW) {
		struct report_aside row = {.unit = report_word(a, r, 0),
		    .field = report_word(a, r, 1),
		    .channel = report_word(a, r, 2),
		    .form = report_word(a, r, 3),
		    .reason = report_word(a, r, 4)};
		struct report_aside *last =
		    s->naside == 0 ? NULL : &s->aside[s->naside - 1];

		if (last == NULL || !same_aside(last, &row)) {
			last = arena_append(
			    a, &s->aside, &s->naside, sizeof(*last));
			*last = row;
		}
		last->values[general_score(rows_text(r, 5))] += rows_int(r, 6);
	}
	rows_close(r);
	return step == STEP_DONE;
}

static bool
read_asked(struct db *db, struct arena *a, struct report_source *s)
{
	struct rows *r = db_query(db, Q_REPORT_ASKED, "ii",
	    (int64_t)s->period.period.first, (int64_t)s->period.period.last);
	struct report_asked *row;
	enum step step;

	while ((step = rows_next(r)) == STEP_ROW) {
		row = arena_append(a, &s->asked, &s->nasked, sizeof(*row));
		row->unit = report_word(a, r, 0);
		row->field = report_word(a, r, 1);
		row->invited = rows_int(r, 2);
	}
	rows_close(r);
	return step == STEP_DONE;
}

const char *
report_ask_unit(const struct report_ask *ask)
{
	return ask->filter.unit[0] != '\0' ? ask->filter.unit
					   : ask->filter.within;
}

bool
report_ask_whole(const struct report_ask *ask)
{
	return !ask->filter.alone && ask->filter.field[0] == '\0' &&
	       ask->filter.channel[0] == '\0';
}

static bool
read_texts(struct db *db, struct arena *a, const struct report_ask *ask,
    struct report_source *s)
{
	char period[PERIOD_TEXT] = "";

	if (report_ask_whole(ask))
		period_name(&ask->period, period);
	return store_report_texts(
	    db, a, report_ask_unit(ask), period, &s->texts, &s->ntexts);
}

static bool
read_source(struct db *db, struct arena *a, const struct report_ask *ask,
    struct report_source *s)
{
	int32_t first = s->period.period.first, last = s->period.period.last;

	return store_tallies_sum(db, first, last, false, &s->tallies) &&
	       store_dossier_counts(db, a, first, last, false, &s->dossiers) &&
	       store_dossiers_tied(db, a, first, last, &s->dossiers) &&
	       read_aside(db, a, s) && read_asked(db, a, s) &&
	       read_texts(db, a, ask, s);
}

bool
store_report_source(struct db *db, const struct catalogue *catalogue,
    struct arena *a, const struct report_ask *ask, struct report_source *s)
{
	bool ok;

	*s = (struct report_source){.catalogue = catalogue,
	    .period = {.period = ask->period,
		.day = ask->today,
		.closed_by = "",
		.confirmed_by = ""},
	    .filter = ask->filter,
	    .least = ask->least};
	s->period.state =
	    ask->period.last < ask->today ? REPORT_ENDED : REPORT_OPEN;
	tallies_init(&s->tallies);
	ok = db_begin_read(db);
	if (ok && !read_source(db, a, ask, s)) {
		db_rollback(db);
		ok = false;
	}
	ok = ok && db_commit(db);
	if (ok)
		report_source_sort(s);
	else
		tallies_finish(&s->tallies);
	return ok;
}
