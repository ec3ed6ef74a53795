/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of submission and measure to rows of the report. */
#include "server/store/period/report_work.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/dossier/dossier_count.h"
#include "server/core/report/source.h"
#include "server/store/period/submissions.h"
#include "shared/arena.h"
#include "shared/civil.h"

static const char *
sender_name(const struct catalogue *c, const char *login)
{
	const struct known_person *p = catalogue_person(c, login);

	return p == NULL || p->name[0] == '\0' ? login : p->name;
}

static int64_t
late_dossiers(const struct report_source *s, const char *unit)
{
	int64_t late = 0;

	for (size_t i = 0; i < s->dossiers.count; i++)
		if (strcmp(s->dossiers.rows[i].unit, unit) == 0)
			late += s->dossiers.rows[i].n[DOSSIERS_LATE];
	return late;
}

/* The filter names this unit, or none. */
static bool
is_asked(const struct report_source *s, const char *unit)
{
	const struct report_filter *f = &s->filter;

	if (f->unit[0] != '\0' && f->alone)
		return strcmp(f->unit, unit) == 0;
	return (f->unit[0] == '\0' ||
		   catalogue_within(s->catalogue, unit, f->unit)) &&
	       (f->within[0] == '\0' ||
		   catalogue_within(s->catalogue, unit, f->within));
}

static bool
add_explanations(struct db *db, struct arena *a, const struct catalogue *now,
    struct report_source *s)
{
	struct submission *list;
	size_t n;

	if (!store_submissions(db, a, &s->period.period, &list, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct submission *from = &list[i];
		struct report_explanation *e;

		/* of a draft that nobody has touched there is nothing to say */
		if (from->changed_at == 0 || !is_asked(s, from->unit))
			continue;
		e = arena_append(
		    a, &s->explanations, &s->nexplanations, sizeof(*e));
		*e = (struct report_explanation){.unit = from->unit,
		    .field = "",
		    .population = "",
		    .words = from->words,
		    .by = sender_name(now, from->submitted_by),
		    .state = submission_state_words[from->state],
		    .day = civil_local_day(from->changed_at),
		    .late = late_dossiers(s, from->unit),
		    .apologies = from->apologies};
	}
	return true;
}

/* True for a measure of this period, or one of an earlier period that was open
 * in its days. */
static bool
is_told(const struct report_source *s, const struct measure *m)
{
	const struct period *p = &s->period.period;
	struct period of;

	if (!period_parse(m->period, p->cut, &of))
		return false;
	if (period_same(&of, p))
		return true;
	return of.last < p->last && (strcmp(m->state, "open") == 0 ||
					civil_local_day(m->at) >= p->first);
}

static bool
add_measures(struct db *db, struct arena *a, struct report_source *s)
{
	struct measure *list;
	size_t n;

	if (!store_measures(db, a, NULL, &list, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct measure *m = &list[i];
		struct report_measure *row;

		if (!is_told(s, m) || !is_asked(s, m->unit))
			continue;
		row =
		    arena_append(a, &s->measures, &s->nmeasures, sizeof(*row));
		*row = (struct report_measure){.unit = m->unit,
		    .field = m->field,
		    .words = m->words,
		    .who = m->person,
		    .due = m->due,
		    .state = m->state,
		    .result = m->result,
		    .period = m->period};
	}
	return true;
}

bool
store_report_work(struct db *db, struct arena *a, const struct catalogue *now,
    struct report_source *s)
{
	return add_explanations(db, a, now, s) && add_measures(db, a, s);
}
