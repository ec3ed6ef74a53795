/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts are "" where a device has not said it. */
#include "server/pages/devices/device_view.h"

#include <string.h>
#include "server/core/catalogue/visibility.h"
#include "server/core/device/device_alarms.h"
#include "server/pages/office.h"
#include "server/core/words.h"
#include "server/store/device_health.h"
#include "shared/civil.h"

#define MINUTE_MS   (60 * 1000LL)
#define DAY_MINUTES (24 * 60LL)
#define RIGHT_MS    (2 * MINUTE_MS) /* as device_alarms_find's alarm */

static const char *
when(struct arena *a, int64_t at)
{
	return at == 0 ? ""
		       : arena_printf(a, "%s %s", words_time(a, at),
			     words_date(a, civil_local_day(at)));
}

static json_t *
alarms_of(unsigned alarms)
{
	json_t *list = json_array();

	for (int i = 0; i < DEVICE_ALARMS; i++)
		if ((alarms & 1u << i) != 0)
			json_array_append_new(list,
			    json_pack("{s:s}", "name", device_alarm_names[i]));
	return list;
}

static const char *
clock_of(struct request *req, const struct device_facts *facts)
{
	int64_t off = facts->ahead_ms < 0 ? -facts->ahead_ms : facts->ahead_ms;
	const char *key = facts->ahead_ms < 0 ? "devices.clock.behind"
					      : "devices.clock.ahead";
	const char *n =
	    arena_printf(&req->arena, "%lld", (long long)(off / MINUTE_MS));

	if (!facts->tells_clock)
		return "";
	if (off <= RIGHT_MS)
		return text(req->lang, "devices.clock.right");
	if (off / MINUTE_MS > DAY_MINUTES)
		return text(req->lang, "devices.clock.wrong");
	return text_fill(&req->arena, req->lang, key, "n", n, NULL);
}

static const char *
modems_of(struct request *req, const struct device_facts *facts)
{
	return facts->modems == 0 ? ""
				  : arena_printf(&req->arena, "%d/%d",
					facts->ready, facts->modems);
}

json_t *
device_row(struct ctx *ctx, struct request *req, const struct device_state *s,
    unsigned *alarms)
{
	const struct device_report look = {
	    s->heard_at, s->heartbeat, s->missing, s->twice, s->kind};
	const struct desk *desk = catalogue_desk(ctx->catalogue, s->desk);
	struct arena *a = &req->arena;
	struct device_facts facts;

	*alarms = device_alarms_find(&look, req->now, &facts);
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, "
			 "s:s, s:s, s:b, s:o}",
	    "id", s->id, "kind", s->kind, "name", s->name, "desk", s->desk,
	    "desk_name", desk == NULL ? "" : desk->name, "heard",
	    when(a, s->heard_at), "outbox",
	    facts.outbox < 0 ? ""
			     : arena_printf(a, "%lld", (long long)facts.outbox),
	    "clock", clock_of(req, &facts), "touched",
	    when(a, facts.touched_at), "version", facts.version, "modems",
	    modems_of(req, &facts), "created", when(a, s->created_at), "signs",
	    s->has_key, "alarms", alarms_of(*alarms));
}

bool
device_mine(const struct ctx *ctx, const struct request *req,
    const struct device_state *s)
{
	const struct desk *desk = catalogue_desk(ctx->catalogue, s->desk);

	return unit_visible(ctx->catalogue, req->caller.unit,
	    desk == NULL ? NULL : desk->unit->code);
}

json_t *
device_desks(
    const struct ctx *ctx, const struct request *req, const char *chosen)
{
	json_t *list = json_array();

	for (size_t i = 0; i < ctx->catalogue->ndesks; i++) {
		const struct desk *d = &ctx->catalogue->desks[i];

		if (office_unit(ctx, req, d->unit->code))
			json_array_append_new(
			    list, json_pack("{s:s, s:s, s:b}", "code", d->code,
				      "name", d->name, "chosen",
				      chosen != NULL &&
					  strcmp(d->code, chosen) == 0));
	}
	return list;
}

const struct desk *
device_desk(const struct ctx *ctx, const struct request *req, const char *code)
{
	const struct desk *desk =
	    code == NULL ? NULL : catalogue_desk(ctx->catalogue, code);

	return desk != NULL && office_unit(ctx, req, desk->unit->code) ? desk
								       : NULL;
}

const char *
device_address(struct request *req, const char *path, const char *done)
{
	return arena_printf(&req->arena, "%s?done=%s%s", path, done,
	    req->lang == LANG_VI ? "" : "&lang=en");
}
