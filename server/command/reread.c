/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reread [--dry-run]: the texts that older rules have read are read by the
 * newest ones, and the scores follow; what a person has decided stays. Each
 * change is in the audit log, without text or number. In steps, so that a
 * collector at work never waits long; cut short, it goes on next time.
 */
#include "server/command/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/messages/reply.h"
#include "server/core/score/tally.h"
#include "server/messages/rereading.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/messages/sms_decisions.h"
#include "server/store/tallies.h"
#include "shared/clock.h"

#define STEP_ROWS 200

struct rereading {
	struct db *db;
	struct catalogue *catalogue;
	struct uuid after;
	int64_t read, changed;
	bool dry;
};

static bool
reread_audit(struct db *db, const struct sms_read *m, const char *kind,
    int score, const struct reply *now)
{
	char before[100], after[100], id[UUID_TEXT];

	uuid_format(&m->id, id);
	snprintf(before, sizeof(before), "{\"kind\":\"%s\",\"score\":%d}", kind,
	    score);
	snprintf(after, sizeof(after),
	    "{\"kind\":\"%s\",\"score\":%d,\"reader\":%d}",
	    reply_kind_name(now->kind), now->score, reply_reader_version);
	return command_audit(db, (struct deed){.act = "sms.reread",
				     .unit = m->unit,
				     .object = id,
				     .before = before,
				     .after = after});
}

static bool
read_reread_one(struct rereading *r, const struct sms_answer_place *place,
    const struct uuid *id)
{
	struct reply_desks desks = {r->catalogue->desk_codes};
	struct sms_read m;
	struct reply now;
	const char *kind;
	bool changed;
	int score;

	if (store_sms_read(r->db, place->arena, id, &m) != STEP_ROW)
		return false;
	kind = m.kind;
	score = strcmp(m.deed, "score") == 0 ? m.score : 0;
	reply_read(place->arena, m.text, &desks, &now);
	if (!rereading_run(place, &m, &now, reply_reader_version, &changed))
		return false;
	r->read++;
	r->changed += changed;
	r->after = *id;
	return !changed || reread_audit(r->db, &m, kind, score, &now);
}

/* One transaction; *n is how many it found. */
static bool
step(struct rereading *r, size_t *n)
{
	struct uuid ids[STEP_ROWS];
	struct tallies tallies;
	struct arena a;
	struct sms_answer_place place = {
	    r->db, &tallies, r->catalogue, &a, clock_now(), ""};
	bool ok;

	arena_init(&a);
	tallies_init(&tallies);
	ok = db_begin(r->db) && store_sms_older(r->db, reply_reader_version,
				    &r->after, STEP_ROWS, ids, n);
	for (size_t i = 0; ok && i < *n; i++)
		ok = read_reread_one(r, &place, &ids[i]);
	ok = ok && store_tallies_add(r->db, &tallies);
	if (ok && r->dry)
		db_rollback(r->db);
	else
		ok = ok && db_commit(r->db);
	db_rollback(r->db);
	tallies_finish(&tallies);
	arena_finish(&a);
	return ok;
}

int
command_reread(const struct command *c)
{
	const char *dry = NULL;
	const struct option_row options[] = {
	    {"--dry-run", false, &dry}, {NULL, false, NULL}};
	struct rereading r = {0};
	size_t found = STEP_ROWS;
	bool ok;
	int n;

	if (!command_options(c, options, NULL, 0, &n))
		return 2;
	r.db = command_db(c, DB_WRITE);
	if (r.db == NULL)
		return 1;
	r.catalogue = store_catalogue(r.db);
	r.dry = dry != NULL;
	ok = r.catalogue != NULL;
	while (ok && found == STEP_ROWS)
		ok = step(&r, &found);
	catalogue_destroy(r.catalogue);
	db_close(r.db);
	if (!ok)
		return command_fail(
		    c, 1, "stopped (see above); repeat it to go on");
	printf("%" PRId64 " messages read by the rules %d, %" PRId64 " %s\n",
	    r.read, reply_reader_version, r.changed,
	    r.dry ? "would change" : "changed");
	return 0;
}
