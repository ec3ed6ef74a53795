/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command line: one command = one file. A command gets its own words (its
 * name first) and returns the exit status: 0 done, 1 refused or failed with
 * one clear sentence on standard error, 2 wrong usage.
 */
#ifndef HAILONG_SERVER_COMMAND_COMMAND_H
#define HAILONG_SERVER_COMMAND_COMMAND_H

#include <stdbool.h>
#include "server/db/db.h"
#include "server/settings.h"
#include "server/store/people/audit.h"
#include "shared/arena.h"

/* What a command that works on a database gets. */
struct command {
	const struct settings *settings;
	int argc;
	char **argv; /* argv[0] is the command's name */
};

int command_serve(const struct command *c);
int command_init(const struct command *c);
int command_user(const struct command *c);
int command_device(const struct command *c);
int command_sample(const struct command *c);
int command_scores(const struct command *c);
int command_export(const struct command *c);
int command_report(const struct command *c);
int command_poster(const struct command *c);
int command_check(const struct command *c);
int command_import(const struct command *c);
int command_invite(const struct command *c);
int command_reread(const struct command *c);
int command_catalogue(const struct command *c);
int command_kiosk(const struct command *c);
int command_setting(const struct command *c);
int command_link(const struct command *c);
int command_clock(const struct command *c);
int command_period(const struct command *c);

/* -------------------------------------------------- helpers of all commands */

/* One known option "--name VALUE" (or "--name" when has_value is false). */
struct option_row {
	const char *name; /* "--desk" */
	bool has_value;
	const char **value; /* gets the value, or the name itself */
};

/* Reads options into their values and the other words into `words` (at most
 * most, the count in *nwords). False, said on standard error, for an unknown
 * option, a missing value or too many words: return 2. */
bool command_options(const struct command *c, const struct option_row *options,
    const char **words, int most, int *nwords);
/* Says one sentence on standard error ("hailong-server device: …") and returns
 * the status. */
int command_fail(const struct command *c, int status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Who runs this, as the audit log shall know him: the name of the machine's
 * user, of sudo's when it is root in his name. */
const char *command_person(struct arena *a);
/* Adds a deed (act, unit, object, before, after) to the audit log in this
 * person's name, in the transaction of the deed itself. */
bool command_audit(struct db *db, struct deed deed);
/* Opens the configured database; NULL after saying so. */
struct db *command_db(const struct command *c, enum db_mode mode);
/* Reads a whole number in least..most; false for anything else. */
bool command_number(const char *text, long least, long most, long *out);
/* Reads standard input's first line (a password) into out, without its end. */
bool command_line(char *out, size_t size);

#endif
