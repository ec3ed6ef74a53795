/* SPDX-License-Identifier: GPL-2.0-or-later */
/* user add|list|disable|password: the staff who may sign in. Passwords come
 * from standard input's first line, never from the command line, which every
 * user of the machine can read. */
#include "server/command/command.h"

#include <stdio.h>
#include <string.h>
#include "server/auth.h"
#include "server/core/token.h"
#include "server/store/store.h"
#include "shared/answer.h"
#include "shared/utf8.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/limits.h"

/* Reads a password and hashes it; 0 or the exit status. */
static int
read_password(const struct command *c, char hash[PASSWORD_TEXT])
{
	char password[LIMIT_PASSWORD_MAX * 4 + 2];
	size_t length;

	if (!command_line(password, sizeof(password)) ||
	    !utf8_valid(password, strlen(password)))
		return command_fail(
		    c, 1, "write the password as one line to standard input");
	length = utf8_length(password);
	if (length < LIMIT_PASSWORD_MIN || length > LIMIT_PASSWORD_MAX)
		return command_fail(c, 1,
		    "a password has %d to %d characters; three or four words "
		    "are good",
		    LIMIT_PASSWORD_MIN, LIMIT_PASSWORD_MAX);
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

static int
add(const struct command *c, struct db *db, const char *login, const char *role,
    const char *unit)
{
	char hash[PASSWORD_TEXT];
	struct staff staff = {.login = login,
	    .role = role,
	    .unit = unit,
	    .password = hash,
	    .created_at = clock_now()};
	bool added;
	int status;

	if (role == NULL)
		return command_fail(c, 2, "--role is missing");
	if (!code_valid(login))
		return command_fail(c, 1,
		    "a login has 1 to %d letters, digits, - _ or .",
		    LIMIT_CODE_BYTES);
	if (auth_role(role) == WHO_ANYONE)
		return command_fail(c, 1,
		    "--role: one of viewer, manager, caseworker, admin, "
		    "auditor");
	if (unit != NULL && !unit_known(db, unit))
		return command_fail(c, 1, "--unit: no such unit: %s", unit);
	status = read_password(c, hash);
	if (status != 0)
		return status;
	if (!db_begin(db) || !store_staff_add(db, &staff, &added) ||
	    !db_commit(db))
		return command_fail(c, 1, "not stored (see above)");
	if (!added)
		return command_fail(c, 1, "%s exists already", login);
	printf("%s added\n", login);
	return 0;
}

static int
list(const struct command *c, struct db *db)
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
		printf("%-20s %-10s %-8s %s%s\n", staff[i].login, staff[i].role,
		    staff[i].unit == NULL ? "-" : staff[i].unit, day,
		    staff[i].disabled_at > 0 ? " disabled" : "");
	}
	arena_finish(&a);
	return 0;
}

static int
change(
    const struct command *c, struct db *db, const char *act, const char *login)
{
	char hash[PASSWORD_TEXT];
	bool found, ok, disable = strcmp(act, "disable") == 0;
	int status = disable ? 0 : read_password(c, hash);

	if (status != 0)
		return status;
	ok = db_begin(db) &&
	     (disable ? store_staff_disable(db, login, clock_now(), &found)
		      : store_staff_password(db, login, hash, &found)) &&
	     db_commit(db);
	if (!ok)
		return command_fail(c, 1, "not stored (see above)");
	if (!found)
		return command_fail(c, 1, "no such user: %s", login);
	printf("%s %s\n", login, disable ? "disabled" : "has a new password");
	return 0;
}

int
command_user(const struct command *c)
{
	const char *role = NULL, *unit = NULL, *words[2];
	const struct option_row options[] = {{"--role", true, &role},
	    {"--unit", true, &unit}, {NULL, false, NULL}};
	struct db *db;
	int n, status;

	if (!command_options(c, options, words, 2, &n))
		return 2;
	if (n < 1 || (n == 1 && strcmp(words[0], "list") != 0) ||
	    (strcmp(words[0], "add") != 0 && strcmp(words[0], "list") != 0 &&
		strcmp(words[0], "disable") != 0 &&
		strcmp(words[0], "password") != 0))
		return command_fail(c, 2,
		    "user add LOGIN --role ROLE [--unit CODE] | list | "
		    "disable LOGIN | password LOGIN");
	db = command_db(c, DB_WRITE);
	if (db == NULL)
		return 1;
	if (strcmp(words[0], "add") == 0)
		status = add(c, db, words[1], role, unit);
	else if (strcmp(words[0], "list") == 0)
		status = list(c, db);
	else
		status = change(c, db, words[0], words[1]);
	db_close(db);
	return status;
}
