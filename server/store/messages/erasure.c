/* SPDX-License-Identifier: GPL-2.0-or-later */
/* DOMAIN, section 7: contacts until a dossier is closed and some time more, raw
 * texts for a year; opt-outs for ever. All that goes by time goes here, by a
 * clock that is trusted, and nowhere by the time of a request. */
#include "server/store/messages/erasure.h"

#include <stdlib.h>
#include "server/store/cases/late_comments.h"
#include "server/store/dossier/dossier_links.h"
#include "server/store/messages/sms_decisions.h"
#include "server/store/people/sessions.h"
#include "server/store/writer.h"

#define DAY_MS (24 * 3600 * 1000LL)

struct erasure {
	struct job job; /* first: an errand is freed by its job */
	int64_t by, contacts, texts, idle;
};

static bool
run_erasure(struct db *db, struct tallies *tallies, void *data)
{
	const struct erasure *e = data;

	(void)tallies;
	return store_sms_erase(db, e->contacts, e->texts) &&
	       store_late_comments_expire(db, e->by) &&
	       store_links_expire(db, e->by) &&
	       store_session_expire(db, e->by, e->idle);
}

struct job *
erasure_job(int64_t by, int64_t contact_days, int64_t text_days, int64_t idle)
{
	struct erasure *e = calloc(1, sizeof(*e));

	if (e == NULL)
		return NULL;
	e->by = by;
	e->contacts = by - contact_days * DAY_MS;
	e->texts = by - text_days * DAY_MS;
	e->idle = idle;
	e->job.run = run_erasure;
	e->job.data = e;
	e->job.errand = true;
	return &e->job;
}
