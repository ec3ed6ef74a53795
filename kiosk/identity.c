/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The key is made once and before anything else; the rest is one small JSON
 * file. A device with a token from kiosk.ini has no key of its own and signs
 * nothing; it learns the collector's key at the first settings it gets.
 */
#include "kiosk/identity.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "kiosk/durable_file.h"
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/log.h"

#define FILE_BYTES 4096

/* Copies a member that fits. */
static void
copy_kept(const json_t *json, const char *name, char *out, size_t size)
{
	const char *text = json_string_value(json_object_get(json, name));

	if (text && strlen(text) < size)
		strcpy(out, text);
}

static void
read_device(struct identity *id, const char *text)
{
	json_t *json = json_loads(text, 0, NULL);
	char collector[KEY_TEXT] = "";

	copy_kept(json, "device", id->device, sizeof(id->device));
	copy_kept(json, "desk", id->desk, sizeof(id->desk));
	copy_kept(json, "token", id->token, sizeof(id->token));
	copy_kept(json, "collector", collector, sizeof(collector));
	id->knows_collector = key_public_read(collector, id->collector);
	json_decref(json);
}

void
identity_load(struct identity *id, const char *outbox)
{
	struct arena a;
	struct buf b;

	memset(id, 0, sizeof(*id));
	arena_init(&a);
	buf_init(&b);
	if (buf_read_file(
		&b, arena_printf(&a, "%s.device", outbox), FILE_BYTES))
		read_device(id, buf_text(&b));
	buf_clear(&b);
	if (buf_read_file(&b, arena_printf(&a, "%s.key", outbox), FILE_BYTES))
		id->own_key = key_read(buf_text(&b), &id->key);
	buf_finish(&b);
	arena_finish(&a);
}

bool
identity_need_key(struct identity *id, const char *outbox)
{
	struct arena a;
	char text[KEY_TEXT];
	bool ok = true;

	if (id->own_key)
		return true;
	arena_init(&a);
	key_make(&id->key);
	key_keep(&id->key, text);
	ok = durable_file_write(arena_printf(&a, "%s.key", outbox), text);
	id->own_key = ok;
	arena_finish(&a);
	return ok;
}

bool
identity_keep(const struct identity *id, const char *outbox)
{
	struct arena a;
	char collector[KEY_TEXT] = "", *text;
	json_t *json;
	bool ok;

	arena_init(&a);
	if (id->knows_collector)
		key_public_text(id->collector, collector);
	json = json_pack("{s:s, s:s, s:s, s:s}", "device", id->device, "desk",
	    id->desk, "token", id->token, "collector", collector);
	text = json_dumps(json, JSON_COMPACT);
	ok = text &&
	     durable_file_write(arena_printf(&a, "%s.device", outbox), text);
	free(text);
	json_decref(json);
	arena_finish(&a);
	return ok;
}

void
identity_meet(struct identity *id, const char *outbox, const char *collector)
{
	if (id->knows_collector || !key_public_read(collector, id->collector))
		return;
	id->knows_collector = true;
	if (identity_keep(id, outbox))
		log_info("from now on only settings signed by this collector "
			 "are taken");
}

bool
identity_forget(const char *outbox)
{
	static const char *const tails[] = {"settings", "device", "key"};
	struct arena a;
	bool ok = true;

	arena_init(&a);
	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++)
		ok = durable_file_remove(
			 arena_printf(&a, "%s.%s", outbox, tails[i])) &&
		     ok;
	arena_finish(&a);
	return ok;
}
