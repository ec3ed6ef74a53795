/* SPDX-License-Identifier: GPL-2.0-or-later */
/* DOMAIN, section 7: contacts until a dossier is closed and some time more, raw
 * texts for a year; opt-outs for ever. */
#include "server/store/messages/erasure.h"

#include <stdlib.h>
#include "server/store/messages/sms_decisions.h"
#include "shared/clock.h"
#include "server/store/writer.h"

#define DAY_MS (24 * 3600 * 1000LL)

struct erasure {
	struct job job; /* first: an errand is freed by its job */
	int64_t contacts, texts;
};

static bool
run_erasure(struct db *db, struct tallies *tallies, void *data)
{
	const struct erasure *e = data;

	(void)tallies;
	return store_sms_erase(db, e->contacts, e->texts);
}

struct job *
erasure_job(int64_t contact_days, int64_t text_days)
{
	struct erasure *e = calloc(1, sizeof(*e));

	if (e == NULL)
		return NULL;
	e->contacts = clock_now() - contact_days * DAY_MS;
	e->texts = clock_now() - text_days * DAY_MS;
	e->job.run = run_erasure;
	e->job.data = e;
	e->job.errand = true;
	return &e->job;
}
