/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * setting set KEY VALUE | setting list: what administrators set in the pages,
 * from the machine itself: for the day nobody can sign in who may, and for
 * installations that are made by a script. The table, its bounds and its audit
 * are those of the page (server/core/catalogue/setting.h).
 */
#include "server/command/command.h"

#include <stdio.h>
#include <string.h>
#include "server/store/catalogue/catalogue.h"
#include "server/store/catalogue/generation.h"

/* A setting's value as the audit log has it. */
static const char *
setting_json(struct arena *a, int64_t value)
{
	return arena_printf(a, "{\"value\":\"%lld\"}", (long long)value);
}

static int
set_setting(
    const struct command *c, struct db *db, const char *key, const char *text)
{
	const struct setting_kind *kind;
	int64_t values[SETTING_COUNT], value;
	enum setting setting;
	struct arena a;
	bool ok;

	if (!setting_find(key, &setting))
		return command_fail(c, 1, "no such setting: %s", key);
	kind = &setting_kinds[setting];
	if (!setting_read(setting, text, &value))
		return command_fail(c, 1, "%s: a whole number, %lld to %lld",
		    key, (long long)kind->least, (long long)kind->most);
	arena_init(&a);
	ok = db_begin(db) && store_generation_raise(db) &&
	     store_settings(db, values) &&
	     store_setting_put(db, setting, value) &&
	     (values[setting] == value ||
		 command_audit(
		     db, (struct deed){.act = "setting.change",
			     .object = kind->key,
			     .before = setting_json(&a, values[setting]),
			     .after = setting_json(&a, value)})) &&
	     db_commit(db);
	arena_finish(&a);
	return ok ? 0 : command_fail(c, 1, "not stored (see above)");
}

static int
list_settings(const struct command *c, struct db *db)
{
	int64_t values[SETTING_COUNT];

	if (!store_settings(db, values))
		return command_fail(c, 1, "cannot be read (see above)");
	for (int i = 0; i < SETTING_COUNT; i++)
		printf("%-16s %lld (%lld to %lld)\n", setting_kinds[i].key,
		    (long long)values[i], (long long)setting_kinds[i].least,
		    (long long)setting_kinds[i].most);
	return 0;
}

int
command_setting(const struct command *c)
{
	const struct option_row options[] = {{NULL, false, NULL}};
	const char *words[3];
	struct db *db;
	int n, status;

	if (!command_options(c, options, words, 3, &n))
		return 2;
	if (!(n == 3 && strcmp(words[0], "set") == 0) &&
	    !(n == 1 && strcmp(words[0], "list") == 0))
		return command_fail(
		    c, 2, "setting set KEY VALUE | setting list");
	db = command_db(c, n == 3 ? DB_WRITE : DB_READ);
	if (db == NULL)
		return 1;
	status = n == 3 ? set_setting(c, db, words[1], words[2])
			: list_settings(c, db);
	db_close(db);
	return status;
}
