/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/devices/{}: one device; an administrator gives it another
 * name, moves it to another desk, asks for what was refused of it once more, or
 * takes its word from it for good. What was
 * given at the former desk stays there, and what the kiosk has not delivered
 * yet still arrives there (server/intake/check.c).
 */
#include "server/core/catalogue/catalogue.h"
#include "server/pages/pages.h"

#include <string.h>
#include "server/pages/devices/device_view.h"
#include "server/pages/moved.h"
#include "server/pages/page.h"
#include "server/store/people/audit.h"
#include "server/store/devices/device_health.h"
#include "server/store/devices/devices.h"
#include "shared/limits.h"
#include "shared/utf8.h"

struct change;

/* One of the deeds: reads its fields (NULL, or the key of what is wrong), does
 * it in the writer's transaction, and is told by this word afterwards. */
struct action {
	const char *word, *act;
	const char *(*read)(const struct page *page, struct change *c);
	bool (*write)(struct db *db, struct change *c, int64_t now);
};

struct change {
	const struct action *action;
	const struct device_state *device;
	const char *name;
	const struct desk *desk;
	struct deed deed;
	struct moved moved; /* what others changed meanwhile */
	bool found;
};

/* One fact of the device against what the form was shown with. */
static void
look_moved(
    struct change *c, const char *field, const char *title, const char *now)
{
	if (moved_is(c->moved.page, field, now))
		moved_note(&c->moved, page_text(c->moved.page, title),
		    moved_was(c->moved.page, field), now);
}

/* The device of the address, NULL: there is none for this caller. */
static const struct device_state *
find_device(const struct page *page)
{
	struct device_state *list;
	size_t n;

	if (!store_device_states(
		page->ctx->db, page->arena, page->req->part[0], &list, &n) ||
	    n != 1 || !device_mine(page, &list[0]))
		return NULL;
	return &list[0];
}

static int
show_device(const struct page *page, int status,
    const struct device_state *device, const char *sentence)
{
	const char *done = pairs_get(&page->req->query, "done");
	json_t *doc = page_document(page);
	unsigned alarms;

	put_text(doc, "problem", sentence);
	put_flag(doc, "done", done != NULL && sentence == NULL);
	put_flag(doc, "admin", page_may(page, WHO_ADMIN));
	put_flag(doc, "kiosk", strcmp(device->kind, "kiosk") == 0);
	put_text(doc, "csrf", page->req->caller.csrf);
	put_part(doc, "desks", device_desks(page, device->desk));
	put_part(doc, "device", device_row(page, device, &alarms));
	return page_show(page, status, "devices/device", doc);
}

int
get_device(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	const struct device_state *device = find_device(&page);

	return device == NULL ? 404 : show_device(&page, 200, device, NULL);
}

/* ---------------------------------------------------------------- the deeds */

static const char *
read_name(const struct page *page, struct change *c)
{
	const char *name = pairs_get(&page->req->form, "name");

	if (name == NULL || utf8_length(name) > LIMIT_DEVICE_NAME)
		return "devices.badname";
	c->name = name;
	look_moved(c, "name", "devices.name", c->device->name);
	c->deed.before =
	    page_json(page, json_pack("{s:s}", "name", c->device->name));
	c->deed.after = page_json(page, json_pack("{s:s}", "name", name));
	return NULL;
}

static bool
write_name(struct db *db, struct change *c, int64_t now)
{
	(void)now;
	return store_device_rename(
	    db, c->device->id, c->device->name, c->name, &c->found);
}

static const char *
read_device_desk(const struct page *page, struct change *c)
{
	c->desk = device_desk(page, pairs_get(&page->req->form, "desk"));
	if (c->desk == NULL || strcmp(c->device->kind, "kiosk") != 0)
		return "devices.nodesk";
	look_moved(c, "desk", "devices.desk", c->device->desk);
	if (strcmp(c->desk->code, c->device->desk) == 0)
		return "devices.samedesk";
	c->deed.before =
	    page_json(page, json_pack("{s:s}", "desk", c->device->desk));
	c->deed.after =
	    page_json(page, json_pack("{s:s}", "desk", c->desk->code));
	return NULL;
}

static bool
write_desk(struct db *db, struct change *c, int64_t now)
{
	return store_device_move(
	    db, c->device->id, c->device->desk, c->desk->code, now, &c->found);
}

/* Whatever the device keeps as refused, now or at its next heartbeat. */
static const char *
read_resend(const struct page *page, struct change *c)
{
	(void)page;
	return strcmp(c->device->kind, "kiosk") == 0 ||
		       strcmp(c->device->kind, "sms") == 0
		   ? NULL
		   : "devices.noact";
}

static bool
write_resend(struct db *db, struct change *c, int64_t now)
{
	return store_device_resend(db, c->device->id, now, &c->found);
}

static const char *
read_revoke(const struct page *page, struct change *c)
{
	if (pairs_get(&page->req->form, "sure") == NULL)
		return "devices.sure";
	look_moved(c, "name", "devices.name", c->device->name);
	look_moved(c, "desk", "devices.desk", c->device->desk);
	c->deed.before = page_json(
	    page, json_pack("{s:s, s:s, s:s}", "kind", c->device->kind, "desk",
		      c->device->desk, "name", c->device->name));
	return NULL;
}

static bool
write_revoke(struct db *db, struct change *c, int64_t now)
{
	return store_device_revoke(db, c->device->id, now, &c->found);
}

static const struct action actions[] = {
    {"rename", "device.rename", read_name, write_name},
    {"move", "device.move", read_device_desk, write_desk},
    {"resend", "device.resend", read_resend, write_resend},
    {"revoke", "device.revoke", read_revoke, write_revoke},
};

static const struct action *
action_of(const char *word)
{
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		if (word != NULL && strcmp(actions[i].word, word) == 0)
			return &actions[i];
	return NULL;
}

static bool
write_change(struct db *db, struct tallies *tallies, struct request *req)
{
	struct change *c = req->data;

	(void)tallies;
	return c->action->write(db, c, req->now) &&
	       (!c->found || store_audit(db, &c->deed));
}

static int
reply_change(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct change *c = req->data;
	bool gone = c->action->write == write_revoke;

	if (!c->found) { /* another was faster by a moment */
		const struct device_state *now = find_device(&page);

		return now == NULL ? 404
				   : show_device(&page, 409, now,
					 page_text(&page, "devices.busy"));
	}
	return page_go(
	    &page, device_address(&page,
		       gone ? "/staff/devices"
			    : arena_printf(&req->arena, "/staff/devices/%s",
				  c->device->id),
		       c->action->word));
}

int
post_device(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct change *c = arena_alloc(&req->arena, sizeof(*c));
	const char *problem = "devices.noact";
	const struct desk *desk;

	*c = (struct change){.device = find_device(&page),
	    .action = action_of(pairs_get(&req->form, "act"))};
	if (c->device == NULL)
		return 404;
	if (c->action != NULL) {
		desk = catalogue_desk(ctx->catalogue, c->device->desk);
		c->deed = page_deed(&page, c->action->act,
		    desk == NULL ? NULL : desk->unit->code, c->device->id);
		c->moved.page = &page;
		problem = c->action->read(&page, c);
	}
	if (c->moved.words != NULL)
		return show_device(&page, 409, c->device,
		    moved_sentence(&c->moved, "devices.moved"));
	if (problem != NULL)
		return show_device(
		    &page, 422, c->device, page_problem(&page, problem));
	return page_write(&page, c, write_change, reply_change);
}
