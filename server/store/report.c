/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The source of a report is read in one read transaction, so that its tables
 * agree with each other while answers come in: the tallies and dossiers that
 * scores are made of, and what only a report tells, answers set aside by reason
 * and citizens invited. Of a closed period all of it comes from its snapshot,
 * names and targets too, and what came later is only counted. Everything of the
 * period is read; what the filter leaves out is left out when the report is
 * built, as scores do.
 */
#include "server/store/report.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/period/closed_period.h"
#include "server/core/period/late.h"
#include "server/db/db.h"
#include "server/store/answers.h"
#include "server/store/cases/remarks.h"
#include "server/store/period/report_work.h"
#include "server/store/catalogue/generation.h"
#include "server/store/period/snapshot.h"
#include "server/store/report_texts.h"
#include "shared/arena.h"
#include "shared/civil.h"

static const char *
report_word(struct arena *a, struct rows *r, int column)
{
	const char *value = rows_text(r, column);

	return value == NULL ? "" : arena_strdup(a, value);
}

static bool
same_aside(const struct report_aside *x, const struct aside_count *y)
{
	return strcmp(x->unit, y->unit) == 0 &&
	       strcmp(x->field, y->field) == 0 &&
	       strcmp(x->channel, y->channel) == 0 &&
	       strcmp(x->form, y->form) == 0 &&
	       strcmp(x->reason, y->reason) == 0;
}

/* Counts that differ only in their score are one row. */
static void
add_aside(struct arena *a, struct report_source *s, const struct aside_count *c)
{
	struct report_aside *row = NULL;

	for (size_t i = s->naside; i-- > 0 && row == NULL;)
		if (same_aside(&s->aside[i], c))
			row = &s->aside[i];
	if (row == NULL) {
		row = arena_append(a, &s->aside, &s->naside, sizeof(*row));
		row->unit = c->unit;
		row->field = c->field;
		row->channel = c->channel;
		row->form = c->form;
		row->reason = c->reason;
	}
	row->values[c->overall >= 1 && c->overall <= 5 ? c->overall : 0] +=
	    c->answers;
}

static bool
read_aside(struct db *db, struct arena *a, const struct report_ask *ask,
    struct report_source *s)
{
	struct aside_count *list;
	size_t n;

	if (ask->closed != NULL ? !store_snapshot_asides(
				      db, a, ask->closed->snapshot, &list, &n)
				: !store_asides(db, a, s->period.period.first,
				      s->period.period.last, &list, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		add_aside(a, s, &list[i]);
	return true;
}

static bool
read_frozen_asked(
    struct db *db, struct arena *a, int64_t id, struct report_source *s)
{
	struct asked_count *list;
	size_t n;

	if (!store_snapshot_asked(db, a, id, &list, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct report_asked *row =
		    arena_append(a, &s->asked, &s->nasked, sizeof(*row));

		*row = (struct report_asked){
		    list[i].unit, list[i].field, list[i].invited};
	}
	return true;
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

/* ------------------------------------------------------------ closed periods
 */

/* The name of a login, as the paper has it. */
static const char *
person_words(const struct catalogue *c, const char *login)
{
	const struct known_person *person = catalogue_person(c, login);

	return person == NULL || person->name[0] == '\0' ? login : person->name;
}

/* Who closed it and when. */
static bool
read_closing(struct db *db, struct arena *a, const struct report_ask *ask,
    const struct catalogue *now, struct report_source *s)
{
	struct snapshot *list;
	size_t n;

	if (!store_snapshots(db, a, &s->period.period, &list, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		if (list[i].id == ask->closed->snapshot) {
			s->period.closed_by =
			    person_words(now, list[i].proposed_by);
			s->period.confirmed_by =
			    person_words(now, list[i].confirmed_by);
		}
	return true;
}

/* It was taken over samples that are gone since. */
static bool
of_samples(struct db *db, struct arena *a, int64_t snapshot)
{
	const char *last = store_meta(db, a, "sample_snapshots");

	return last != NULL && snapshot <= strtoll(last, NULL, 10);
}

/* What came after the closing: the counts of now beside those that are kept. */
static bool
read_late(struct db *db, struct arena *a, struct report_source *s)
{
	struct dossier_counts dossiers;
	struct tallies tallies;
	struct late late;
	bool ok;

	tallies_init(&tallies);
	ok = store_period_counts(
	    db, a, &s->period.period, NULL, false, &tallies, &dossiers);
	if (ok) {
		late_between(
		    &s->tallies, &tallies, &s->dossiers, &dossiers, &late);
		s->period.late_answers = late.answers;
		s->period.late_dossiers = late.dossiers;
	}
	tallies_finish(&tallies);
	return ok;
}

static bool
read_closed(struct db *db, struct arena *a, const struct report_ask *ask,
    const struct catalogue *now, struct report_source *s,
    struct catalogue **frozen)
{
	const struct closed_period *c = ask->closed;

	if (c == NULL)
		return read_asked(db, a, s);
	s->period.state = REPORT_CLOSED;
	s->period.revision = (int)c->revision;
	s->period.closed = civil_local_day(c->at);
	s->sample = s->sample || of_samples(db, a, c->snapshot);
	*frozen = store_snapshot_catalogue(db, c->snapshot, now);
	s->catalogue = *frozen;
	return *frozen != NULL && read_frozen_asked(db, a, c->snapshot, s) &&
	       read_closing(db, a, ask, now, s) && read_late(db, a, s);
}

static bool
read_source(struct db *db, struct arena *a, const struct report_ask *ask,
    const struct catalogue *now, struct report_source *s,
    struct catalogue **frozen)
{
	return store_period_counts(db, a, &s->period.period, ask->closed, false,
		   &s->tallies, &s->dossiers) &&
	       read_aside(db, a, ask, s) && read_texts(db, a, ask, s) &&
	       read_closed(db, a, ask, now, s, frozen) &&
	       store_report_work(db, a, now, s);
}

bool
store_report_source(struct db *db, const struct catalogue *catalogue,
    struct arena *a, const struct report_ask *ask, struct report_source *s,
    struct catalogue **frozen)
{
	bool ok;

	*frozen = NULL;
	*s = (struct report_source){.catalogue = catalogue,
	    .period = {.period = ask->period,
		.state =
		    ask->period.last < ask->today ? REPORT_ENDED : REPORT_OPEN,
		.day = ask->today,
		.closed_by = "",
		.confirmed_by = ""},
	    .filter = ask->filter,
	    .least = ask->least};
	s->sample = store_has_samples(db);
	tallies_init(&s->tallies);
	ok = db_begin_read(db);
	if (ok && !read_source(db, a, ask, catalogue, s, frozen)) {
		db_rollback(db);
		ok = false;
	}
	ok = ok && db_commit(db);
	if (ok) {
		report_source_sort(s);
		return true;
	}
	tallies_finish(&s->tallies);
	catalogue_destroy(*frozen);
	*frozen = NULL;
	return false;
}
