/* SPDX-License-Identifier: GPL-2.0-or-later */
/* device add|list|revoke: kiosks, SMS gateways, importing software, viewers.
 * The token is printed this once; the database keeps its hash. */
#include "server/command/command.h"

#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/secret/token.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/devices/devices.h"
#include "shared/civil.h"
#include "shared/clock.h"

static const char *const kinds[] = {"kiosk", "sms", "import", "viewer", NULL};

static bool
kind_known(const char *kind)
{
	for (int i = 0; kinds[i] != NULL; i++)
		if (strcmp(kinds[i], kind) == 0)
			return true;
	return false;
}

/* The unit of a desk, in the arena; NULL: there is no such desk. */
static const char *
unit_of(struct db *db, struct arena *a, const char *desk)
{
	struct catalogue *catalogue = store_catalogue(db);
	const struct desk *d =
	    catalogue == NULL ? NULL : catalogue_desk(catalogue, desk);
	const char *unit = d == NULL ? NULL : arena_strdup(a, d->unit->code);

	catalogue_destroy(catalogue);
	return unit;
}

static bool
store_new(struct db *db, struct arena *a, const struct device *device,
    const char *token, const char *unit)
{
	/* both are codes of ours: nothing in them needs escaping */
	const char *after =
	    device->desk == NULL
		? arena_printf(a, "{\"kind\":\"%s\"}", device->kind)
		: arena_printf(a, "{\"desk\":\"%s\",\"kind\":\"%s\"}",
		      device->desk, device->kind);

	return db_begin(db) && store_device_add(db, device, token) &&
	       command_audit(db, (struct deed){.act = "device.add",
				     .unit = unit,
				     .object = device->id,
				     .after = after}) &&
	       db_commit(db);
}

static int
add_device_row(
    const struct command *c, struct db *db, const char *kind, const char *desk)
{
	char id[128], token[TOKEN_TEXT];
	struct device device = {
	    .id = id, .kind = kind, .desk = desk, .created_at = clock_now()};
	const char *unit = NULL;
	struct arena a;
	bool ok;

	if (kind == NULL)
		return command_fail(c, 2, "--kind is missing");
	if (!kind_known(kind))
		return command_fail(
		    c, 1, "--kind: one of kiosk, sms, import, viewer");
	if ((strcmp(kind, "kiosk") == 0) != (desk != NULL))
		return command_fail(
		    c, 1, "a kiosk needs --desk, other devices have none");
	arena_init(&a);
	if (desk != NULL)
		unit = unit_of(db, &a, desk);
	device_name(id, sizeof(id), kind, desk);
	token_new(token);
	ok = (desk == NULL || unit != NULL) &&
	     store_new(db, &a, &device, token, unit);
	arena_finish(&a);
	if (desk != NULL && unit == NULL)
		return command_fail(c, 1, "--desk: no such desk: %s", desk);
	if (!ok)
		return command_fail(c, 1, "not stored (see above)");
	printf("{\"device\":\"%s\",\"token\":\"%s\"}\n", id, token);
	return 0;
}

static void
print_time(int64_t ms)
{
	char text[CIVIL_TIME_TEXT] = "-";

	if (ms > 0)
		civil_format_time(ms / 1000 * 1000, civil_offset(ms), text);
	printf(" %-25.25s", text);
}

static int
list_device(const struct command *c, struct db *db)
{
	struct arena a;
	struct device *devices;
	size_t n;

	arena_init(&a);
	if (!store_devices(db, &a, &devices, &n)) {
		arena_finish(&a);
		return command_fail(c, 1, "cannot be read (see above)");
	}
	printf("%-24s %-7s %-6s %-25s %-25s\n", "device", "kind", "desk",
	    "last heard", "revoked");
	for (size_t i = 0; i < n; i++) {
		printf("%-24s %-7s %-6s", devices[i].id, devices[i].kind,
		    devices[i].desk == NULL ? "-" : devices[i].desk);
		print_time(devices[i].heard_at);
		print_time(devices[i].revoked_at);
		putchar('\n');
	}
	arena_finish(&a);
	return 0;
}

static int
revoke(const struct command *c, struct db *db, const char *id)
{
	bool found;

	if (!db_begin(db) ||
	    !store_device_revoke(db, id, clock_now(), &found) ||
	    (found && !command_audit(db, (struct deed){.act = "device.revoke",
					     .object = id})) ||
	    !db_commit(db))
		return command_fail(c, 1, "not stored (see above)");
	if (!found)
		return command_fail(
		    c, 1, "no such device, or revoked already: %s", id);
	printf("%s revoked\n", id);
	return 0;
}

int
command_device(const struct command *c)
{
	const char *kind = NULL, *desk = NULL, *words[2];
	const struct option_row options[] = {{"--kind", true, &kind},
	    {"--desk", true, &desk}, {NULL, false, NULL}};
	struct db *db;
	int n, status;

	if (!command_options(c, options, words, 2, &n))
		return 2;
	if (!((n == 1 && (strcmp(words[0], "add") == 0 ||
			     strcmp(words[0], "list") == 0)) ||
		(n == 2 && strcmp(words[0], "revoke") == 0)))
		return command_fail(c, 2,
		    "device add --kind kiosk|sms|import|viewer [--desk CODE] | "
		    "list | revoke DEVICE");
	db = command_db(c, DB_WRITE);
	if (db == NULL)
		return 1;
	if (strcmp(words[0], "add") == 0)
		status = add_device_row(c, db, kind, desk);
	else if (strcmp(words[0], "list") == 0)
		status = list_device(c, db);
	else
		status = revoke(c, db, words[1]);
	db_close(db);
	return status;
}
