/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An errand, since no answer waits for it. */
#include "server/store/people/session_seen.h"

#include <stdlib.h>
#include "server/secret/token.h"
#include "server/store/people/sessions.h"
#include "server/store/writer.h"

struct seen {
	struct job job; /* first: an errand is freed by its job */
	uint8_t session[TOKEN_HASH];
	int64_t at;
};

static bool
run_seen(struct db *db, struct tallies *tallies, void *data)
{
	const struct seen *seen = data;

	(void)tallies;
	return store_session_seen(db, seen->session, seen->at);
}

struct job *
session_seen_job(const char *token, int64_t at)
{
	struct seen *seen = calloc(1, sizeof(*seen));

	if (seen == NULL)
		return NULL;
	token_hash(token, seen->session);
	seen->at = at;
	seen->job.run = run_seen;
	seen->job.data = seen;
	seen->job.errand = true;
	return &seen->job;
}
