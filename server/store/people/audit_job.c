/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The job, the deed and its words in one piece, which whoever gets the job back
 * frees. */
#include "server/store/people/audit_job.h"

#include <stdio.h>
#include <stdlib.h>
#include "server/store/people/audit.h"
#include "server/store/people/audit_chain.h"
#include "server/store/writer.h"
#include "shared/limits.h"

struct audit_errand {
	struct job job; /* first: an errand is freed by its job */
	struct deed deed;
	char login[LIMIT_NAME_BYTES + 1], role[LIMIT_CODE_BYTES + 1];
	char place[LIMIT_CODE_BYTES + 1], act[LIMIT_CODE_BYTES + 1];
	char unit[LIMIT_CODE_BYTES + 1], object[LIMIT_NAME_BYTES + 1];
	char after[LIMIT_NAME_BYTES + 1];
};

static bool
run_audit_errand(struct db *db, struct tallies *tallies, void *data)
{
	const struct audit_errand *errand = data;

	(void)tallies;
	return store_audit(db, &errand->deed);
}

static const char *
errand_words(char *out, size_t size, const char *words)
{
	snprintf(out, size, "%s", words == NULL ? "" : words);
	return out;
}

struct job *
audit_job(const struct deed *deed)
{
	struct audit_errand *e = calloc(1, sizeof(*e));

	if (e == NULL)
		return NULL;
	uuid_new(&e->deed.id);
	e->deed.at = deed->at;
#define KEPT(m) e->deed.m = errand_words(e->m, sizeof(e->m), deed->m)
	KEPT(login);
	KEPT(role);
	KEPT(place);
	KEPT(act);
	KEPT(unit);
	KEPT(object);
	KEPT(after);
#undef KEPT
	e->job.run = run_audit_errand;
	e->job.data = e;
	e->job.errand = true;
	return &e->job;
}

static bool
run_audit_look(struct db *db, struct tallies *tallies, void *data)
{
	(void)tallies;
	(void)data;
	return audit_chain_look(db);
}

struct job *
audit_look_job(void)
{
	struct job *job = calloc(1, sizeof(*job));

	if (job == NULL)
		return NULL;
	job->run = run_audit_look;
	job->errand = true;
	return job;
}
