/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/gateways: the SMS gateways and their modems as their last
 * heartbeat told. What a gateway does not know is shown as "–", what is not
 * heard any more as such: an old good state is no good state.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/pages/document.h"
#include "server/store/devices.h"
#include "server/core/words.h"
#include "shared/civil.h"

#define SILENT_MS (3 * 60 * 1000LL) /* six heartbeats missed */

/* "14:05 20/11/2026"; null: never. */
static json_t *
time_of(struct arena *a, int64_t at)
{
	return at == 0 ? json_null()
		       : json_string(arena_printf(a, "%s %s", words_time(a, at),
			     words_date(a, civil_local_day(at))));
}

/* A word or number as text; "–" for what is not there. */
static json_t *
value(struct arena *a, const json_t *of, const char *member)
{
	const json_t *v = json_object_get(of, member);

	if (json_is_string(v))
		return json_string(json_string_value(v));
	if (json_is_integer(v))
		return json_string(
		    arena_printf(a, "%lld", (long long)json_integer_value(v)));
	return json_string("–");
}

/* "3/20" of a storage. */
static json_t *
storage(struct arena *a, const json_t *modem, const char *member)
{
	const json_t *of = json_object_get(modem, member);
	const json_t *used = json_object_get(of, "used");
	const json_t *size = json_object_get(of, "size");

	if (!json_is_integer(used) || !json_is_integer(size))
		return json_string("–");
	return json_string(
	    arena_printf(a, "%lld/%lld", (long long)json_integer_value(used),
		(long long)json_integer_value(size)));
}

static json_t *
modem(struct arena *a, const json_t *m)
{
	const char *state = json_string_value(json_object_get(m, "state"));
	const json_t *error = json_object_get(m, "error");
	json_t *out = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
	    "name", value(a, m, "name"), "signal", value(a, m, "signal"),
	    "network", value(a, m, "network"), "operator",
	    value(a, m, "operator"), "model", value(a, m, "model"), "today",
	    value(a, m, "sent_today"), "cap", value(a, m, "cap"), "sim",
	    storage(a, m, "sim"));

	json_object_set_new(
	    out, "ready", json_boolean(state && strcmp(state, "ready") == 0));
	json_object_set_new(out, "error",
	    json_is_string(error) ? json_string(json_string_value(error))
				  : json_null());
	return out;
}

static json_t *
gateway(struct arena *a, const struct heartbeat *h, int64_t now)
{
	json_t *beat = json_loads(h->json, 0, NULL), *modems = json_array();
	json_t *spool = json_object_get(beat, "spool"), *out;
	const json_t *one;
	size_t i;

	json_array_foreach (json_object_get(beat, "modems"), i, one)
		json_array_append_new(modems, modem(a, one));
	out = json_pack("{s:s, s:o, s:b, s:b, s:o, s:o, s:o, s:o, s:o}", "id",
	    h->id, "heard", time_of(a, h->heard_at), "silent",
	    now - h->heard_at > SILENT_MS, "any", json_array_size(modems) > 0,
	    "modems", modems, "waiting", value(a, spool, "waiting"), "queued",
	    value(a, spool, "queued"), "refused", value(a, spool, "refused"),
	    "poison", value(a, spool, "poison"));
	json_decref(beat);
	return out;
}

int
get_gateways(struct ctx *ctx, struct request *req, struct response *res)
{
	struct heartbeat *list;
	json_t *doc, *gateways;
	size_t n;

	if (!store_heartbeats(ctx->db, &req->arena, "sms", &list, &n))
		return 503;
	gateways = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(
		    gateways, gateway(&req->arena, &list[i], req->now));
	doc = document_staff(ctx, req);
	json_object_set_new(doc, "any", json_boolean(n > 0));
	json_object_set_new(doc, "gateways", gateways);
	return document_show(req, res, 200, "messages/gateways", doc);
}
