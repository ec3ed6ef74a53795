/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/devices: how each kiosk fares, and the one place where a
 * new kiosk is approved: whoever stands before it reads its code, chooses its
 * desk, and the collector makes it a device with a key and a token of its own.
 * Only administrators may.
 */
#include "server/pages/pages.h"

#include <ctype.h>
#include <string.h>
#include "server/core/device_look.h"
#include "server/pages/document.h"
#include "server/pages/office.h"
#include "server/store/kiosks.h"
#include "server/words.h"
#include "shared/civil.h"
#include "shared/limits.h"

struct approval {
	char code[LIMIT_ENROL_CODE + 1];
	const struct desk *desk;
	char device[64];
	struct deed deed;
	bool found;
	const char *problem; /* key of its words, NULL: none */
};

/* ------------------------------------------------------------- the document */

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
			json_array_append_new(
			    list, json_pack("{s:s}", "name", device_alarms[i]));
	return list;
}

static json_t *
device_document(
    struct ctx *ctx, struct request *req, const struct device_state *s)
{
	const struct device_look look = {
	    s->heard_at, s->heartbeat, s->missing, s->twice};
	const struct desk *desk = catalogue_desk(ctx->catalogue, s->desk);
	struct arena *a = &req->arena;
	struct device_facts facts;
	unsigned alarms = device_look(&look, req->now, &facts);

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "id",
	    s->id, "desk", s->desk, "desk_name", desk == NULL ? "" : desk->name,
	    "heard", when(a, s->heard_at), "outbox",
	    facts.outbox < 0 ? ""
			     : arena_printf(a, "%lld", (long long)facts.outbox),
	    "touched", when(a, facts.touched_at), "version", facts.version,
	    "alarms", alarms_of(alarms));
}

static json_t *
devices(struct ctx *ctx, struct request *req)
{
	json_t *list = json_array();
	struct device_state *states;
	size_t n;

	if (!store_device_states(ctx->db, &req->arena, &states, &n))
		n = 0; /* logged; the page is still of use */
	for (size_t i = 0; i < n; i++)
		json_array_append_new(
		    list, device_document(ctx, req, &states[i]));
	return list;
}

static json_t *
desks(struct ctx *ctx, const struct desk *chosen)
{
	json_t *list = json_array();

	for (size_t i = 0; i < ctx->catalogue->ndesks; i++) {
		const struct desk *d = &ctx->catalogue->desks[i];

		json_array_append_new(
		    list, json_pack("{s:s, s:s, s:b}", "code", d->code, "name",
			      d->name, "chosen", d == chosen));
	}
	return list;
}

static int
show(struct ctx *ctx, struct request *req, struct response *res, int status,
    const struct approval *a)
{
	json_t *doc = document_staff(ctx, req);
	const char *problem =
	    a->problem == NULL ? NULL : text(req->lang, a->problem);

	json_object_update_new(
	    doc, json_pack("{s:s?, s:o, s:b, s:s, s:s, s:o, s:o}", "problem",
		     problem, "done",
		     a->found ? json_pack("{s:s, s:s}", "device", a->device,
				    "desk", a->desk->code)
			      : json_null(),
		     "admin", office_may(req, WHO_ADMIN), "csrf", req->caller.csrf, "code",
		     a->found ? "" : a->code, "desks", desks(ctx, a->desk),
		     "devices", devices(ctx, req)));
	return document_show(req, res, status, "devices", doc);
}

/* The code as people type it: any case, with blanks or hyphens. */
static void
read_code(const char *entered, char out[LIMIT_ENROL_CODE + 1])
{
	size_t n = 0;

	for (; entered != NULL && *entered != '\0' && n < LIMIT_ENROL_CODE;
	     entered++)
		if (isalnum((unsigned char)*entered))
			out[n++] = (char)toupper((unsigned char)*entered);
	out[n] = '\0';
}

int
page_devices(struct ctx *ctx, struct request *req, struct response *res)
{
	struct approval a = {.desk = NULL};

	read_code(pairs_get(&req->query, "code"), a.code);
	return show(ctx, req, res, 200, &a);
}

/* ---------------------------------------------------------------- approving */

static bool
write_approval(struct db *db, struct tallies *tallies, struct request *req)
{
	struct approval *a = req->data;

	(void)tallies;
	return store_enrol_approve(db, a->code, a->desk->code, a->device,
		   req->now, &a->found) &&
	       (!a->found || store_audit(db, &a->deed));
}

static int
reply_approval(struct ctx *ctx, struct request *req, struct response *res)
{
	struct approval *a = req->data;

	if (!a->found)
		a->problem = "devices.unknown";
	return show(ctx, req, res, a->found ? 200 : 422, a);
}

int
page_devices_post(struct ctx *ctx, struct request *req, struct response *res)
{
	struct approval *a = arena_alloc(&req->arena, sizeof(*a));
	const char *desk = pairs_get(&req->form, "desk");

	read_code(pairs_get(&req->form, "code"), a->code);
	a->desk = desk == NULL ? NULL : catalogue_desk(ctx->catalogue, desk);
	if (a->desk == NULL) {
		a->problem = "devices.nodesk";
		return show(ctx, req, res, 422, a);
	}
	device_name(a->device, sizeof(a->device), "kiosk", a->desk->code);
	a->deed = office_deed(
	    req, "device.enrol", a->desk->unit->code, a->device);
	a->deed.after = office_json(req, json_pack("{s:s, s:s}", "kind",
	    "kiosk", "desk", a->desk->code));
	req->data = a;
	req->write = write_approval;
	req->reply = reply_approval;
	return HTTP_LATER;
}
