/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * user add|list|disable|password|reset-second-factor: the staff who may sign
 * in. Passwords come from standard input's first line, never from the command
 * line, which every user of the machine can read. What is changed stands in the
 * audit log, in the name of the machine's user. This command may do
 * everything: also disable the last admin, or give a password that is easily
 * guessed, of which he is warned. A password that is set here is changed at the
 * first sign-in, unless --final says that the person chose it.
 */
#include "server/command/command.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/text/person_name.h"
#include "server/http/auth.h"
#include "server/secret/password.h"
#include "server/secret/token.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/people/factors.h"
#include "server/store/people/staff.h"
#include "shared/utf8.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/limits.h"

/* Reads a password and hashes it; 0 or the exit status. */
static int
read_password(
    const struct command *c, const char *login, char hash[PASSWORD_TEXT])
{
	char password[LIMIT_PASSWORD_MAX * 4 + 2];
	enum password_verdict verdict;

	if (!command_line(password, sizeof(password)) ||
	    !utf8_valid(password, strlen(password)))
		return command_fail(
		    c, 1, "write the password as one line to standard input");
	verdict = password_judge(password, login);
	if (verdict == PASSWORD_SHORT || verdict == PASSWORD_LONG)
		return command_fail(c, 1,
		    "a password has %d to %d characters; three or four words "
		    "are good",
		    LIMIT_PASSWORD_MIN, LIMIT_PASSWORD_MAX);
	if (verdict != PASSWORD_GOOD)
		command_fail(c, 0,
		    "taken, but this password is one that is easily guessed");
	if (!password_hash(password, hash))
		return command_fail(
		    c, 1, "not enough memory to hash a password (64 MiB)");
	return 0;
}

static bool
unit_known(struct db *db, const char *unit)
{
	struct catalogue *catalogue = store_catalogue(db);
	bool known =
	    catalogue != NULL && catalogue_unit(catalogue, unit) != NULL;

	catalogue_destroy(catalogue);
	return known;
}

static bool
user_audit(struct db *db, const char *act, const struct staff *staff,
    const char *before, const char *after)
{
	return command_audit(db, (struct deed){.act = act,
				     .unit = staff->unit,
				     .object = staff->login,
				     .before = before,
				     .after = after});
}

/* What the log keeps of a new person; free it. */
static char *
person_given(const struct staff *s)
{
	json_t *json = json_pack("{s:s, s:s, s:s}", "role", s->role, "unit",
	    s->unit == NULL ? "" : s->unit, "name", s->name);
	char *dump = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);

	json_decref(json);
	return dump;
}

/* Stores a person who was looked over; the exit status. */
static int
store_user(const struct command *c, struct db *db, const struct staff *staff)
{
	char *after = person_given(staff);
	bool added, ok;

	ok = db_begin(db) && store_staff_add(db, staff, &added) &&
	     (!added || user_audit(db, "user.add", staff, NULL, after)) &&
	     db_commit(db);
	free(after);
	if (!ok)
		return command_fail(c, 1, "not stored (see above)");
	if (!added)
		return command_fail(c, 1, "%s exists already", staff->login);
	printf("%s added\n", staff->login);
	return 0;
}

/* What the command line says of a person; NULL: nothing. */
struct user_words {
	const char *login, *role, *unit, *name, *final;
};

static int
add_user(const struct command *c, struct db *db, struct arena *a,
    const struct user_words *w)
{
	char hash[PASSWORD_TEXT], login[LOGIN_TEXT];
	struct staff staff = {.login = login,
	    .role = w->role,
	    .unit = w->unit,
	    .name = person_name_read(a, w->name == NULL ? "" : w->name),
	    .password = hash,
	    .start = w->final == NULL,
	    .created_at = clock_now()};
	int status;

	if (w->role == NULL)
		return command_fail(c, 2, "--role is missing");
	if (!login_read(w->login, login))
		return command_fail(c, 1,
		    "a login has 1 to %d letters, digits, - _ or, between "
		    "others, dots",
		    LIMIT_CODE_BYTES);
	if (auth_role(w->role) == WHO_ANYONE)
		return command_fail(c, 1,
		    "--role: one of viewer, manager, caseworker, admin, "
		    "auditor");
	if (w->unit != NULL && !unit_known(db, w->unit))
		return command_fail(c, 1, "--unit: no such unit: %s", w->unit);
	if (staff.name == NULL)
		return command_fail(c, 1,
		    "--name: at most %d bytes of UTF-8 on one line",
		    LIMIT_NAME_BYTES);
	status = read_password(c, login, hash);
	return status != 0 ? status : store_user(c, db, &staff);
}

static int
list_user(const struct command *c, struct db *db)
{
	struct arena a;
	struct staff *staff;
	size_t n;
	char day[CIVIL_DATE_TEXT];

	arena_init(&a);
	if (!store_staff_list(db, &a, &staff, &n)) {
		arena_finish(&a);
		return command_fail(c, 1, "cannot be read (see above)");
	}
	for (size_t i = 0; i < n; i++) {
		civil_format_date(civil_local_day(staff[i].created_at), day);
		printf("%-20s %-10s %-8s %s%s%s%s%s\n", staff[i].login,
		    staff[i].role, staff[i].unit == NULL ? "-" : staff[i].unit,
		    day, staff[i].factor_at > 0 ? " second-factor" : "",
		    staff[i].disabled_at > 0 ? " disabled" : "",
		    staff[i].name[0] == '\0' ? "" : "  ", staff[i].name);
	}
	arena_finish(&a);
	return 0;
}

/* What can be done to a person: its words on the command line, in the log, and
 * when it is done. What is set by "password" is a start password, unless
 * --final. */
static const struct act {
	const char *word, *deed, *before, *after, *said;
} acts[] = {
    {"disable", "user.disable", "{\"disabled\":false}", "{\"disabled\":true}",
	"disabled"},
    {"password", "user.password", NULL, "{\"start_password\":true}",
	"has a new password, to be changed at the first sign-in"},
    {"reset-second-factor", "factor.reset", NULL, NULL,
	"signs in without a second factor"},
};

static bool
carry_out_user(struct db *db, const struct act *act, const char *login,
    const char *hash, bool start, bool *found)
{
	if (act == &acts[0])
		return store_staff_disable(db, login, clock_now(), found);
	if (act == &acts[1])
		return store_staff_password(
		    db, login, hash, start, clock_now(), found);
	return store_factor_clear(db, login, NULL, found);
}

static int
change(const struct command *c, struct db *db, const struct act *act,
    const char *login, bool final)
{
	char hash[PASSWORD_TEXT];
	struct staff staff;
	struct arena a;
	bool found = false, ok;
	int status = act == &acts[1] ? read_password(c, login, hash) : 0;

	if (status != 0)
		return status;
	arena_init(&a);
	ok = db_begin(db) &&
	     store_staff_meant(db, &a, login, &staff) != STEP_FAIL &&
	     (staff.login == NULL ||
		 carry_out_user(db, act, staff.login, hash, !final, &found)) &&
	     (!found || user_audit(db, act->deed, &staff, act->before,
			    final ? NULL : act->after)) &&
	     db_commit(db);
	if (ok && found)
		printf("%s %s\n", staff.login,
		    final ? "has a new password" : act->said);
	arena_finish(&a);
	if (!ok)
		return command_fail(c, 1, "not stored (see above)");
	if (!found)
		return command_fail(c, 1,
		    act == &acts[2] ? "no such user, or no second factor: %s"
				    : "no such user: %s",
		    login);
	return 0;
}

static const struct act *
find_act(const char *word)
{
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (strcmp(word, acts[i].word) == 0)
			return &acts[i];
	return NULL;
}

int
command_user(const struct command *c)
{
	struct user_words w = {.role = NULL};
	const char *words[2];
	const struct option_row options[] = {{"--role", true, &w.role},
	    {"--unit", true, &w.unit}, {"--name", true, &w.name},
	    {"--final", false, &w.final}, {NULL, false, NULL}};
	struct arena a;
	struct db *db;
	int n, status;

	if (!command_options(c, options, words, 2, &n))
		return 2;
	if (n < 1 || (n == 1) != (strcmp(words[0], "list") == 0) ||
	    (n == 2 && strcmp(words[0], "add") != 0 &&
		find_act(words[0]) == NULL) ||
	    (w.final != NULL && strcmp(words[0], "add") != 0 &&
		strcmp(words[0], "password") != 0))
		return command_fail(c, 2,
		    "user add LOGIN --role ROLE [--unit CODE] [--name WORDS] "
		    "[--final] | list | "
		    "disable LOGIN | password LOGIN [--final] | "
		    "reset-second-factor LOGIN");
	db = command_db(c, DB_WRITE);
	if (db == NULL)
		return 1;
	arena_init(&a);
	w.login = words[n - 1];
	if (strcmp(words[0], "add") == 0)
		status = add_user(c, db, &a, &w);
	else if (strcmp(words[0], "list") == 0)
		status = list_user(c, db);
	else
		status = change(
		    c, db, find_act(words[0]), words[n - 1], w.final != NULL);
	arena_finish(&a);
	db_close(db);
	return status;
}
