/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every command does alike. */
#include "server/command/command.h"

#include <errno.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "shared/clock.h"
#include "shared/limits.h"

int
command_fail(const struct command *c, int status, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "hailong-server %s: ", c->argv[0]);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	return status;
}

const char *
command_person(struct arena *a)
{
	const char *sudo = getenv("SUDO_USER");
	const struct passwd *user = getpwuid(geteuid());

	if (geteuid() == 0 && sudo != NULL && sudo[0] != '\0' &&
	    strlen(sudo) <= LIMIT_CODE_BYTES)
		return arena_strdup(a, sudo);
	return user == NULL ? arena_printf(a, "uid-%lld", (long long)geteuid())
			    : arena_strdup(a, user->pw_name);
}

bool
command_audit(struct db *db, struct deed deed)
{
	struct arena a;
	bool ok;

	arena_init(&a);
	deed.at = clock_now();
	deed.login = command_person(&a);
	deed.role = "";
	deed.place = "command";
	ok = store_audit(db, &deed);
	arena_finish(&a);
	return ok;
}

static const struct option_row *
find_command(const struct option_row *options, const char *name)
{
	for (; options->name != NULL; options++)
		if (strcmp(options->name, name) == 0)
			return options;
	return NULL;
}

bool
command_options(const struct command *c, const struct option_row *options,
    const char **words, int most, int *nwords)
{
	*nwords = 0;
	for (int i = 1; i < c->argc; i++) {
		const char *word = c->argv[i];
		const struct option_row *o = find_command(options, word);

		if (o == NULL && word[0] == '-' && word[1] != '\0') {
			command_fail(c, 2, "unknown option %s", word);
			return false;
		}
		if (o == NULL && *nwords == most) {
			command_fail(c, 2, "too many words: %s", word);
			return false;
		}
		if (o == NULL) {
			words[(*nwords)++] = word;
			continue;
		}
		if (o->has_value && i + 1 == c->argc) {
			command_fail(c, 2, "%s needs a value", word);
			return false;
		}
		*o->value = o->has_value ? c->argv[++i] : word;
	}
	return true;
}

struct db *
command_db(const struct command *c, enum db_mode mode)
{
	struct db *db = db_open(c->settings->database, mode);

	if (db == NULL)
		command_fail(c, 1,
		    "the database cannot be opened (see above); run "
		    "hailong-server init first");
	return db;
}

bool
command_number(const char *text, long least, long most, long *out)
{
	char *end;

	if (text == NULL || text[0] < '0' || text[0] > '9')
		return false;
	errno = 0;
	*out = strtol(text, &end, 10);
	return errno == 0 && *end == '\0' && *out >= least && *out <= most;
}

bool
command_line(char *out, size_t size)
{
	size_t n;

	if (fgets(out, (int)size, stdin) == NULL)
		return false;
	n = strcspn(out, "\r\n");
	if (out[n] == '\0' && !feof(stdin))
		return false; /* longer than the room */
	out[n] = '\0';
	return true;
}
