/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clock [--confirm]: says whether this machine's clock is believed; exit status
 * 1 when it is not. --confirm: it is right, whatever it looks like; what waited
 * for that (erasures, invitations) goes on, in a running collector within a
 * second. A deed, because what is erased is gone.
 */
#include "server/command/command.h"

#include <inttypes.h>
#include <stdio.h>
#include "server/store/timekeeping.h"

static void
print_clock(const struct trusted_clock *t)
{
	int64_t off = t->off < 0 ? -t->off : t->off;

	if (t->word == CLOCK_AGREES)
		printf("the clock is believed\n");
	else
		printf("the clock is %" PRId64 " h %" PRId64 " min %s what it "
		       "should show\n",
		    off / 3600000, off / 60000 % 60,
		    t->off > 0 ? "ahead of" : "behind");
}

static bool
confirm_clock(struct db *db, const struct trusted_clock *t)
{
	char before[60];

	snprintf(before, sizeof(before), "{\"off_ms\":%" PRId64 "}", t->off);
	return db_begin(db) && timekeeping_confirm(db) &&
	       command_audit(db, (struct deed){.act = "clock.confirm",
				     .object = "",
				     .before = before}) &&
	       db_commit(db);
}

int
command_clock(const struct command *c)
{
	const char *confirm = NULL;
	const struct option_row options[] = {
	    {"--confirm", false, &confirm}, {NULL, false, NULL}};
	struct timekeeping k;
	struct db *db;
	bool ok;
	int n;

	if (!command_options(c, options, NULL, 0, &n))
		return 2;
	db = command_db(c, confirm != NULL ? DB_WRITE : DB_READ);
	if (db == NULL)
		return 1;
	ok = timekeeping_begin(&k, db);
	if (ok)
		print_clock(&k.clock);
	if (ok && confirm != NULL) {
		ok = confirm_clock(db, &k.clock);
		if (ok)
			printf("confirmed: it is right\n");
		db_rollback(db);
	} else if (ok) {
		ok = k.clock.word == CLOCK_AGREES;
	}
	db_close(db);
	return ok ? 0 : 1;
}
