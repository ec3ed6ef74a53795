/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kiosk set|unset|list|pin|state|wreck: what kiosks ask and when, the PIN of
 * their service page, how they fare, and the damaged outboxes they brought.
 * Without --desk it is for all desks. A kiosk takes a change at its next look,
 * within five minutes.
 */
#include "server/command/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/device/device_alarms.h"
#include "server/core/device/kiosk_setting.h"
#include "server/secret/phone_seal.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/devices/damaged_outbox.h"
#include "server/store/devices/device_health.h"
#include "server/store/devices/kiosk_settings.h"
#include "server/store/messages/phone_keys.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/json.h"

struct words {
	const char *desk; /* NULL: all */
	const char *path;
	const char *list[3];
	int n;
};

static bool
desk_known(struct db *db, const char *desk)
{
	struct catalogue *c = store_catalogue(db);
	bool known = c != NULL && catalogue_desk(c, desk) != NULL;

	catalogue_destroy(c);
	return known;
}

static const char *
desk_named(const struct words *w)
{
	return w->desk == NULL ? KIOSK_ALL_DESKS : w->desk;
}

/* What the log keeps of a setting; never the PIN's hash. */
static const char *
set_as_json(struct arena *a, const char *key, const char *value)
{
	const char *json;
	struct buf b;

	buf_init(&b);
	buf_putc(&b, '{');
	json_put(&b, key);
	buf_putc(&b, ':');
	if (value == NULL)
		buf_puts(&b, "null");
	else
		json_put(&b, strcmp(key, KIOSK_PIN) == 0 ? "***" : value);
	buf_putc(&b, '}');
	json = arena_strdup(a, buf_text(&b));
	buf_finish(&b);
	return json;
}

static int
put_kiosk(const struct command *c, struct db *db, const struct words *w,
    const char *key, const char *value)
{
	const char *object = w->desk == NULL ? "all" : w->desk;
	struct arena a;
	bool ok;

	arena_init(&a);
	ok = db_begin(db) && store_kiosk_set(db, desk_named(w), key, value) &&
	     command_audit(db, (struct deed){.act = "device.setting",
				   .object = object,
				   .after = set_as_json(&a, key, value)}) &&
	     db_commit(db);
	arena_finish(&a);
	if (ok)
		return 0;
	return command_fail(c, 1, "not stored (see above)");
}

static int
set(const struct command *c, struct db *db, const struct words *w)
{
	char error[LIMIT_ERROR_BYTES];

	if (!kiosk_setting_check(w->list[1], w->list[2], error))
		return command_fail(c, 1, "%s", error);
	return put_kiosk(c, db, w, w->list[1], w->list[2]);
}

static int
unset(const struct command *c, struct db *db, const struct words *w)
{
	return put_kiosk(c, db, w, w->list[1], NULL);
}

static int
set_pin(const struct command *c, struct db *db, const struct words *w)
{
	bool has_file = c->settings->key_file[0] != '\0';
	char pin[16], hash[PIN_HASH], error[700];
	struct seal_keys keys;
	struct arena a;
	int status;
	size_t n;

	if (!command_line(pin, sizeof(pin)))
		return command_fail(c, 1, "no PIN on standard input");
	n = strlen(pin);
	if (n < 6 || n > 12 || strspn(pin, "0123456789") != n)
		return command_fail(c, 1, "a PIN has 6 to 12 digits");
	if (!pin_hash(pin, hash))
		return command_fail(c, 1, "no memory to hash it");
	memset(pin, 0, sizeof(pin));
	if (!phone_keys_read(
		db, c->settings->key_file, &keys, error, sizeof(error)))
		return command_fail(c, 1, "%s", error);
	arena_init(&a);
	status = put_kiosk(c, db, w, KIOSK_PIN,
	    store_kiosk_pin_close(&a, &keys, has_file, hash));
	arena_finish(&a);
	return status;
}

static int
list_kiosk(const struct command *c, struct db *db, const struct words *w)
{
	struct kiosk_value *values;
	struct arena a;
	size_t n;

	arena_init(&a);
	if (!store_kiosk_values(db, &a, &values, &n)) {
		arena_finish(&a);
		return command_fail(c, 1, "cannot be read (see above)");
	}
	for (const struct kiosk_key *k = kiosk_keys; k->name != NULL; k++)
		printf("%-12s %-44s (%s)\n", k->name,
		    kiosk_setting_at(values, n, desk_named(w), k->name),
		    k->words);
	printf("%-12s %s\n", KIOSK_PIN,
	    *kiosk_setting_at(values, n, desk_named(w), KIOSK_PIN) == '\0'
		? "none: the service page stays locked"
		: "set");
	arena_finish(&a);
	return 0;
}

/* ------------------------------------------------------------------- state */

static void
print_state(const struct device_state *s, int64_t now)
{
	const struct device_report look = {
	    s->heard_at, s->heartbeat, s->missing, s->twice, s->kind};
	char heard[CIVIL_TIME_TEXT] = "-";
	struct device_facts facts;
	unsigned alarms = device_alarms_find(&look, now, &facts);

	if (s->heard_at > 0)
		civil_format_time(s->heard_at / 1000 * 1000,
		    civil_offset(s->heard_at), heard);
	printf("%-24s %-6s %-25s %6lld ", s->id, s->desk, heard,
	    (long long)facts.outbox);
	for (int i = 0; i < DEVICE_ALARMS; i++)
		if ((alarms & 1u << i) != 0)
			printf(" %s", device_alarm_names[i]);
	puts(alarms == 0 ? " ok" : "");
}

static int
state(const struct command *c, struct db *db, const struct words *w)
{
	struct device_state *states;
	struct arena a;
	size_t n;
	bool ok;

	(void)w;
	arena_init(&a);
	ok = store_device_states(db, &a, NULL, &states, &n);
	if (ok)
		printf("%-24s %-6s %-25s %6s  %s\n", "device", "desk",
		    "last heard", "unsent", "state");
	for (size_t i = 0; ok && i < n; i++)
		if (strcmp(states[i].kind, "kiosk") == 0)
			print_state(&states[i], clock_now());
	arena_finish(&a);
	return ok ? 0 : command_fail(c, 1, "cannot be read (see above)");
}

/* ------------------------------------------------------------------- wrecks */

static bool
write_kiosk_piece(const void *piece, size_t size, void *context)
{
	return fwrite(piece, 1, size, context) == size;
}

static int
list_wrecks(const struct command *c, struct db *db, const char *device)
{
	struct damaged_file *files;
	struct arena a;
	size_t n;
	bool ok;

	arena_init(&a);
	ok = store_damaged_outbox_files(db, &a, device, &files, &n);
	for (size_t i = 0; ok && i < n; i++)
		printf("%s %lld\n", files[i].name, (long long)files[i].bytes);
	arena_finish(&a);
	return ok ? 0 : command_fail(c, 1, "cannot be read (see above)");
}

static int
wreck(const struct command *c, struct db *db, const struct words *w)
{
	FILE *f;
	bool ok;

	if (w->n == 2)
		return list_wrecks(c, db, w->list[1]);
	if (w->path == NULL)
		return command_fail(c, 2, "-o FILE is missing");
	f = fopen(w->path, "wx");
	if (f == NULL)
		return command_fail(c, 1, "%s: %s", w->path, strerror(errno));
	ok = store_damaged_outbox_read(
	    db, w->list[1], w->list[2], write_kiosk_piece, f);
	if (fclose(f) != 0 || !ok)
		return command_fail(c, 1, "%s: not written whole", w->path);
	return 0;
}

static const struct {
	const char *word;
	int least, most; /* words, its own included */
	enum db_mode mode;
	int (*run)(
	    const struct command *c, struct db *db, const struct words *w);
} deeds[] = {
    {"set", 3, 3, DB_WRITE, set},
    {"unset", 2, 2, DB_WRITE, unset},
    {"list", 1, 1, DB_READ, list_kiosk},
    {"pin", 1, 1, DB_WRITE, set_pin},
    {"state", 1, 1, DB_READ, state},
    {"wreck", 2, 3, DB_READ, wreck},
};

static int
run_kiosk_command(const struct command *c, size_t deed, const struct words *w)
{
	struct db *db = command_db(c, deeds[deed].mode);
	int status = 1;

	if (db != NULL && w->desk != NULL && !desk_known(db, w->desk))
		command_fail(c, 1, "--desk: no such desk: %s", w->desk);
	else if (db != NULL)
		status = deeds[deed].run(c, db, w);
	db_close(db);
	return status;
}

int
command_kiosk(const struct command *c)
{
	struct words w = {.n = 0};
	const struct option_row options[] = {{"--desk", true, &w.desk},
	    {"-o", true, &w.path}, {NULL, false, NULL}};

	if (!command_options(c, options, w.list, 3, &w.n))
		return 2;
	for (size_t i = 0; w.n > 0 && i < sizeof(deeds) / sizeof(deeds[0]); i++)
		if (strcmp(w.list[0], deeds[i].word) == 0 &&
		    w.n >= deeds[i].least && w.n <= deeds[i].most)
			return run_kiosk_command(c, i, &w);
	return command_fail(c, 2,
	    "kiosk set KEY VALUE | unset KEY | list | pin [--desk CODE] | "
	    "state | wreck DEVICE [NAME -o FILE]");
}
