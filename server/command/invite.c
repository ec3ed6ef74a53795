/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * invite [--dry-run]: queues the invitations and reminders that are due; to be
 * run by a timer, some minutes apart. --dry-run does the very same and takes it
 * back: it shows what would go out, word for word and how many parts each is,
 * and never a number. Not while the machine's clock is doubted: an invitation
 * that is late by a wrong clock ends for ever.
 */
#include "server/command/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "server/messages/inviting.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/timekeeping.h"
#include "shared/clock.h"
#include "shared/limits.h"

/* Words are plain ASCII of the basic set: a septet a character. */
static int
parts(const char *text)
{
	size_t n = strlen(text);

	return n <= LIMIT_SMS_SEPTETS ? 1 : (int)((n + 152) / 153);
}

/* Each text once, with how often it goes out. */
static void
show_texts(const struct inviting *run)
{
	for (size_t i = 0; i < run->count; i++) {
		size_t times = 0, before = 0;

		for (size_t k = 0; k < run->count; k++) {
			bool same =
			    strcmp(run->list[k].text, run->list[i].text) == 0;

			times += same;
			before += same && k < i;
		}
		if (before == 0)
			printf("%zu × %d part of %zu characters: %s\n", times,
			    parts(run->list[i].text), strlen(run->list[i].text),
			    run->list[i].text);
	}
}

static void
show_invite(const struct inviting *run, bool dry)
{
	int64_t all = 0;

	for (size_t i = 0; i < run->count; i++)
		all += parts(run->list[i].text);
	if (dry)
		show_texts(run);
	printf("%" PRId64 " invitations and %" PRId64 " reminders %s (%" PRId64
	       " parts), %" PRId64 " wait, %" PRId64 " ended\n",
	    run->invitations, run->reminders, dry ? "are due" : "queued", all,
	    run->later, run->ended);
}

static bool
invite_audit(const struct inviting *run)
{
	char after[100];

	if (run->count == 0)
		return true;
	snprintf(after, sizeof(after),
	    "{\"invitations\":%" PRId64 ",\"reminders\":%" PRId64 "}",
	    run->invitations, run->reminders);
	return command_audit(run->db,
	    (struct deed){.act = "sms.invite", .object = "", .after = after});
}

static int
run_it(const struct command *c, struct db *db, bool dry)
{
	struct arena a;
	struct catalogue *catalogue = store_catalogue(db);
	struct inviting run = {.db = db,
	    .settings = c->settings,
	    .catalogue = catalogue,
	    .arena = &a,
	    .now = clock_now()};
	bool ok;

	arena_init(&a);
	ok = catalogue != NULL && db_begin(db) && inviting_run(&run) &&
	     invite_audit(&run);
	if (ok && dry)
		db_rollback(db);
	else
		ok = ok && db_commit(db);
	if (ok)
		show_invite(&run, dry);
	db_rollback(db);
	catalogue_destroy(catalogue);
	arena_finish(&a);
	return ok ? 0 : command_fail(c, 1, "nothing was queued (see above)");
}

int
command_invite(const struct command *c)
{
	const char *dry = NULL;
	const struct option_row options[] = {
	    {"--dry-run", false, &dry}, {NULL, false, NULL}};
	struct timekeeping time;
	struct db *db;
	int n, status;

	if (!command_options(c, options, NULL, 0, &n))
		return 2;
	db = command_db(c, DB_WRITE);
	if (db == NULL)
		return 1;
	if (!timekeeping_begin(&time, db) || time.clock.word != CLOCK_AGREES)
		status = command_fail(c, 1,
		    "this machine's clock has jumped (see above); nothing was "
		    "queued");
	else
		status = run_it(c, db, dry != NULL);
	db_close(db);
	return status;
}
