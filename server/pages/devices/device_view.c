/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts are "" where a device has not said it. */
#include "server/pages/devices/device_view.h"
#include "server/pages/page.h"

#include <string.h>
#include "server/core/catalogue/visibility.h"
#include "server/core/device/device_alarms.h"
#include "server/core/words.h"
#include "server/store/devices/device_health.h"
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
clock_of(const struct page *page, const struct device_facts *facts)
{
	int64_t off = facts->ahead_ms < 0 ? -facts->ahead_ms : facts->ahead_ms;
	const char *key = facts->ahead_ms < 0 ? "devices.clock.behind"
					      : "devices.clock.ahead";
	const char *n =
	    arena_printf(page->arena, "%lld", (long long)(off / MINUTE_MS));

	if (!facts->tells_clock)
		return "";
	if (off <= RIGHT_MS)
		return page_text(page, "devices.clock.right");
	if (off / MINUTE_MS > DAY_MINUTES)
		return page_text(page, "devices.clock.wrong");
	return text_fill(page->arena, page->lang, key, "n", n, NULL);
}

static const char *
modems_of(const struct page *page, const struct device_facts *facts)
{
	return facts->modems == 0 ? ""
				  : arena_printf(page->arena, "%d/%d",
					facts->ready, facts->modems);
}

json_t *
device_row(
    const struct page *page, const struct device_state *s, unsigned *alarms)
{
	json_t *out = json_object();
	const struct device_report look = {
	    s->heard_at, s->heartbeat, s->missing, s->twice, s->kind};
	const struct desk *desk = catalogue_desk(page->ctx->catalogue, s->desk);
	struct arena *a = page->arena;
	struct device_facts facts;

	*alarms = device_alarms_find(&look, page->req->now, &facts);
	put_text(out, "id", s->id);
	put_text(out, "kind", s->kind);
	put_text(out, "name", s->name);
	put_text(out, "desk", s->desk);
	put_text(out, "desk_name", desk == NULL ? "" : desk->name);
	put_text(out, "heard", when(a, s->heard_at));
	put_text(out, "outbox",
	    facts.outbox < 0
		? ""
		: arena_printf(a, "%lld", (long long)facts.outbox));
	put_text(out, "refused",
	    facts.refused <= 0
		? ""
		: arena_printf(a, "%lld", (long long)facts.refused));
	put_text(out, "asked",
	    s->resend_at > s->heard_at ? when(a, s->resend_at) : "");
	put_text(out, "clock", clock_of(page, &facts));
	put_text(out, "touched", when(a, facts.touched_at));
	put_text(out, "version", facts.version);
	put_text(out, "modems", modems_of(page, &facts));
	put_text(out, "created", when(a, s->created_at));
	put_flag(out, "signs", s->has_key);
	put_part(out, "alarms", alarms_of(*alarms));
	return out;
}

bool
device_mine(const struct page *page, const struct device_state *s)
{
	const struct desk *desk = catalogue_desk(page->ctx->catalogue, s->desk);

	return unit_visible(page->ctx->catalogue, page->req->caller.unit,
	    desk == NULL ? NULL : desk->unit->code);
}

json_t *
device_desks(const struct page *page, const char *chosen)
{
	json_t *list = json_array();

	for (size_t i = 0; i < page->ctx->catalogue->ndesks; i++) {
		const struct desk *d = &page->ctx->catalogue->desks[i];

		if (page_may_see(page, d->unit->code)) {
			json_t *row = json_object();

			put_text(row, "code", d->code);
			put_text(row, "name", d->name);
			put_flag(row, "chosen",
			    chosen != NULL && strcmp(d->code, chosen) == 0);
			json_array_append_new(list, row);
		}
	}
	return list;
}

const struct desk *
device_desk(const struct page *page, const char *code)
{
	const struct desk *desk =
	    code == NULL ? NULL : catalogue_desk(page->ctx->catalogue, code);

	return desk != NULL && page_may_see(page, desk->unit->code) ? desk
								    : NULL;
}

const char *
device_address(const struct page *page, const char *path, const char *done)
{
	return arena_printf(page->arena, "%s?done=%s%s", path, done,
	    page->lang == LANG_VI ? "" : "&lang=en");
}
