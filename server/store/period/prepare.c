/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An errand owns what it needs in one piece: the catalogue may be another one
 * when it runs. Run twice, it makes nothing twice. */
#include "server/store/period/prepare.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/period/plan.h"
#include "server/store/people/audit.h"
#include "server/store/period/submissions.h"
#include "server/store/writer.h"
#include "shared/arena.h"
#include "shared/civil.h"
#include "shared/clock.h"

#define LOOK_EVERY (3600 * 1000LL)

struct prepare_job {
	struct job job; /* first: an errand is freed by its job */
	struct period period;
	int32_t due;
	struct uuid id; /* of the deed */
	size_t n;
	char units[][LIMIT_CODE_BYTES + 1];
};

static bool
run_prepare(struct db *db, struct tallies *tallies, void *data)
{
	const struct prepare_job *j = data;
	char name[PERIOD_TEXT];
	const struct deed deed = {.id = j->id,
	    .at = clock_now(),
	    .login = "",
	    .role = "",
	    .place = "rule",
	    .act = "period.prepare",
	    .unit = "",
	    .object = name};
	struct arena a;
	const char **units;
	int64_t made;
	bool ok;

	(void)tallies;
	period_name(&j->period, name);
	arena_init(&a);
	units = arena_alloc(&a, (j->n + 1) * sizeof(*units));
	for (size_t i = 0; i < j->n; i++)
		units[i] = j->units[i];
	ok = store_submissions_prepare(
	    db, &j->period, j->due, units, j->n, &deed, &made);
	arena_finish(&a);
	return ok;
}

static struct job *
prepare_job(const struct catalogue *c, const struct period *p,
    const struct unit *const *units, size_t n)
{
	struct prepare_job *j = calloc(1, sizeof(*j) + n * sizeof(*j->units));

	if (j == NULL)
		return NULL;
	j->period = *p;
	j->due = plan_due(c, p);
	j->n = n;
	uuid_new(&j->id);
	for (size_t i = 0; i < n; i++)
		memcpy(j->units[i], units[i]->code,
		    strnlen(units[i]->code, LIMIT_CODE_BYTES));
	j->job.run = run_prepare;
	j->job.data = j;
	j->job.errand = true;
	return &j->job;
}

static void
prepare_ended(struct db *db, const struct catalogue *c, int32_t today,
    struct arena *a, struct job_list *errands)
{
	const struct unit **units;
	struct submission *made;
	struct period *plan;
	size_t n, nunits, nmade;

	plan_periods(c, today - PREPARE_DAYS, today, a, &plan, &n);
	for (size_t i = 0; i < n; i++) {
		if (plan[i].last >= today)
			continue;
		plan_units(c, &plan[i], a, &units, &nunits);
		if (store_submissions(db, a, &plan[i], &made, &nmade) &&
		    nmade < nunits)
			job_list_add(
			    errands, prepare_job(c, &plan[i], units, nunits));
	}
}

void
preparing_turn(struct preparing *p, struct db *db, const struct catalogue *c,
    bool believed, struct job_list *errands)
{
	int64_t mono = clock_mono();
	struct arena a;

	if (mono < p->look_at)
		return;
	p->look_at = mono + LOOK_EVERY;
	if (!believed)
		return;
	arena_init(&a);
	prepare_ended(db, c, civil_local_day(clock_now()), &a, errands);
	arena_finish(&a);
}
