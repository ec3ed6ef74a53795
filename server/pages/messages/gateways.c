/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET /staff/gateways: the SMS gateways and their modems as their last
 * heartbeat told. What a gateway does not know is shown as "–", what is not
 * heard any more as such: an old good state is no good state.
 */
#include "server/pages/pages.h"

#include <string.h>
#include "server/core/device/device_alarms.h"
#include "server/pages/page.h"
#include "server/store/devices/devices.h"

/* A word or number as text; "–" for what is not there. */
static const char *
told_value(struct arena *a, const json_t *of, const char *member)
{
	const json_t *v = json_object_get(of, member);

	if (json_is_string(v))
		return json_string_value(v);
	if (json_is_integer(v))
		return arena_printf(
		    a, "%lld", (long long)json_integer_value(v));
	return "–";
}

/* "3/20" of a storage; "–" for what is not there. */
static const char *
told_storage(struct arena *a, const json_t *of, const char *member)
{
	const json_t *storage = json_object_get(of, member);
	const json_t *used = json_object_get(storage, "used");
	const json_t *size = json_object_get(storage, "size");

	if (!json_is_integer(used) || !json_is_integer(size))
		return "–";
	return arena_printf(a, "%lld/%lld", (long long)json_integer_value(used),
	    (long long)json_integer_value(size));
}

/* A modem as the heartbeat tells it. */
static json_t *
modem_document(struct arena *a, const json_t *m)
{
	const char *state = json_string_value(json_object_get(m, "state"));
	const char *error = json_string_value(json_object_get(m, "error"));
	json_t *modem = json_object();

	put_text(modem, "name", told_value(a, m, "name"));
	put_flag(modem, "ready", state != NULL && strcmp(state, "ready") == 0);
	put_flag(modem, "attention",
	    state != NULL && strcmp(state, "attention") == 0);
	put_text(modem, "error", error);
	put_text(modem, "signal", told_value(a, m, "signal"));
	put_text(modem, "network", told_value(a, m, "network"));
	put_text(modem, "operator", told_value(a, m, "operator"));
	put_text(modem, "model", told_value(a, m, "model"));
	put_text(modem, "today", told_value(a, m, "sent_today"));
	put_text(modem, "cap", told_value(a, m, "cap"));
	put_text(modem, "sim", told_storage(a, m, "sim"));
	return modem;
}

static json_t *
gateway_document(const struct page *page, const struct heartbeat *h)
{
	struct arena *a = page->arena;
	json_t *beat = json_loads(h->json, 0, NULL);
	const json_t *spool = json_object_get(beat, "spool"), *one;
	json_t *modems = json_array(), *gateway = json_object();
	size_t i;

	json_array_foreach (json_object_get(beat, "modems"), i, one) {
		json_array_append_new(modems, modem_document(a, one));
	}
	put_text(gateway, "id", h->id);
	put_text(gateway, "heard",
	    h->heard_at == 0 ? NULL : page_time(page, h->heard_at));
	put_flag(gateway, "silent",
	    device_silent("sms", h->heard_at, page->req->now));
	put_text(gateway, "waiting", told_value(a, spool, "waiting"));
	put_text(gateway, "queued", told_value(a, spool, "queued"));
	put_text(gateway, "refused", told_value(a, spool, "refused"));
	put_text(gateway, "poison", told_value(a, spool, "poison"));
	put_flag(gateway, "any", json_array_size(modems) > 0);
	put_part(gateway, "modems", modems);
	json_decref(beat);
	return gateway;
}

int
get_gateways(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct heartbeat *list;
	json_t *gateways, *doc;
	size_t n;

	if (!store_heartbeats(ctx->db, page.arena, "sms", &list, &n))
		return 503;
	gateways = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(
		    gateways, gateway_document(&page, &list[i]));
	doc = page_document(&page);
	put_flag(doc, "any", n > 0);
	put_part(doc, "gateways", gateways);
	return page_show(&page, 200, "messages/gateways", doc);
}
