/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * POST /api/v1/dossiers: the one-stop software announces what it received and
 * what it finished, 1 to 1,000 at a time, as often as it likes. Members are
 * those of the CSV's columns; a number or a boolean stands for its text. One
 * bad dossier never spoils its neighbours; results keep the order.
 */
#include "server/api/api.h"

#include <string.h>
#include "server/messages/contacts.h"
#include "server/core/dossier/dossier_names.h"
#include "server/http/problem.h"
#include "server/store/dossier/dossiers.h"
#include "server/store/people/audit.h"
#include "shared/civil.h"
#include "shared/json.h"
#include "shared/limits.h"

struct batch {
	size_t count;        /* of all that was sent */
	const char **codes;  /* as sent, NULL: unreadable */
	const char **errors; /* NULL: good, and the next of the list */
	struct dossier *list;
	const struct catalogue *catalogue;
	struct dossier_names names;
	const struct settings *settings;
	const struct seal_keys *keys;
	size_t good;
	enum announced *became;
	struct uuid deed; /* its id: a write that is run again adds it once */
};

/* A member's text; false for what has none. */
static bool
member_text(struct arena *a, const struct node *node, const char **out)
{
	switch (node->kind) {
	case NODE_NULL:
		*out = NULL;
		return true;
	case NODE_TRUE:
		*out = "1";
		return true;
	case NODE_FALSE:
		*out = "0";
		return true;
	case NODE_INTEGER:
		*out = arena_printf(a, "%lld", (long long)node->integer);
		return true;
	default:
		*out = node_text(node);
		return *out != NULL;
	}
}

static int
find_cell(const char *name)
{
	int i = 0;

	while (i < CELL_COUNT && strcmp(dossier_cells[i], name) != 0)
		i++;
	return i;
}

/* NULL, or what is wrong with it. */
static const char *
read_dossier_one(struct request *req, const struct dossier_names *names,
    const struct node *node, struct dossier *out)
{
	const char *cells[CELL_COUNT] = {NULL};
	char error[LIMIT_ERROR_BYTES];
	struct arena *a = &req->arena;

	if (!node_is(node, NODE_OBJECT))
		return "not an object";
	for (const struct node *m = node->first; m != NULL; m = m->next) {
		int i = find_cell(m->key);

		if (i == CELL_COUNT)
			return arena_printf(a, "unknown key \"%.40s\"", m->key);
		if (!member_text(a, m, &cells[i]))
			return arena_printf(
			    a, "%s: not a text", dossier_cells[i]);
	}
	if (dossier_read(
		cells, names, civil_local_day(req->now), a, out, error))
		return NULL;
	return arena_strdup(a, error);
}

/* The deed: which program, and what its announcement brought; one that brings
 * nothing new (sent again) is none. */
static bool
note_batch(struct db *db, struct request *req, const struct batch *b)
{
	size_t count[ANNOUNCED_KINDS] = {0};
	struct deed deed = {.id = b->deed,
	    .at = req->now,
	    .login = "",
	    .role = "",
	    .place = "api",
	    .act = "dossier.announce",
	    .object = req->caller.device};

	for (size_t i = 0; i < b->good; i++)
		count[b->became[i]]++;
	deed.after = arena_printf(&req->arena,
	    "{\"new\":%zu,\"changed\":%zu,\"same\":%zu,\"bad\":%zu}",
	    count[ANNOUNCED_NEW], count[ANNOUNCED_CHANGED],
	    count[ANNOUNCED_SAME], b->count - b->good);
	return count[ANNOUNCED_SAME] == b->good || store_audit(db, &deed);
}

static bool
write_batch(struct db *db, struct tallies *tallies, struct request *req)
{
	struct batch *b = req->data;

	(void)tallies;
	return store_dossiers(db, b->list, b->good, req->now, b->became) &&
	       contacts_keep(db, b->keys, b->settings, b->catalogue, b->list,
		   b->good, req->now) &&
	       note_batch(db, req, b);
}

static int
reply_dossiers(struct ctx *ctx, struct request *req, struct response *res)
{
	static const char *const words[] = {[ANNOUNCED_NEW] = "stored",
	    [ANNOUNCED_CHANGED] = "updated",
	    [ANNOUNCED_SAME] = "duplicate"};
	const struct batch *b = req->data;
	json_t *results = json_array(), *one;
	size_t good = 0;

	(void)ctx;
	for (size_t i = 0; i < b->count; i++) {
		bool bad = b->errors[i] != NULL;

		one = json_pack("{s:s?, s:s}", "code", b->codes[i], "status",
		    bad ? "invalid" : words[b->became[good]]);
		if (bad)
			json_object_set_new(
			    one, "error", json_string(b->errors[i]));
		good += !bad;
		json_array_append_new(results, one);
	}
	return respond_json(res, 200, json_pack("{s:o}", "results", results));
}

int
api_dossiers(struct ctx *ctx, struct request *req, struct response *res)
{
	struct arena *a = &req->arena;
	struct batch *b = arena_alloc(a, sizeof(*b));
	const struct node *list, *node;
	int status;

	list =
	    request_list(req, res, "dossiers", LIMIT_BATCH_DOSSIERS, &status);
	if (list == NULL)
		return status;
	b->catalogue = ctx->catalogue;
	dossier_names_make(a, ctx->catalogue, &b->names);
	uuid_new(&b->deed);
	b->settings = ctx->settings;
	b->keys = ctx->keys;
	b->count = list->size;
	b->codes = arena_alloc(a, b->count * sizeof(*b->codes));
	b->errors = arena_alloc(a, b->count * sizeof(*b->errors));
	b->list = arena_alloc(a, b->count * sizeof(*b->list));
	b->became = arena_alloc(a, b->count * sizeof(*b->became));
	node = list->first;
	for (size_t i = 0; i < b->count; i++, node = node->next) {
		b->codes[i] = node_text(node_get(node, "code"));
		b->errors[i] =
		    read_dossier_one(req, &b->names, node, &b->list[b->good]);
		if (b->errors[i] == NULL)
			b->codes[i] = b->list[b->good++].code;
	}
	req->data = b;
	if (b->good == 0)
		return reply_dossiers(ctx, req, res);
	req->write = write_batch;
	req->reply = reply_dossiers;
	return HTTP_LATER;
}
