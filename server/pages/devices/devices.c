/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GET and POST /staff/devices: how each device fares, the silent ones first,
 * and where a new one is let in. A kiosk shows a code of its own: the person
 * before it reads the code and chooses its desk, and the collector makes
 * it a device with a key and a token that is never shown. Other devices have
 * no screen: their token is shown on the page that answers, this once.
 */
#include "server/core/catalogue/catalogue.h"
#include "server/pages/pages.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/device/device_alarms.h"
#include "server/core/device/enrol_gate.h"
#include "server/secret/token.h"
#include "server/pages/devices/device_view.h"
#include "server/pages/page.h"
#include "server/store/people/audit.h"
#include "server/store/devices/device_health.h"
#include "server/store/devices/devices.h"
#include "server/store/devices/enrolment.h"
#include "shared/limits.h"

/* A device that is to be let in. */
struct entrant {
	char code[LIMIT_ENROL_CODE + 1]; /* of a kiosk */
	const struct desk *desk;
	const char *kind;
	char device[64];
	char token[TOKEN_TEXT]; /* of a device without a screen */
	struct deed deed;
	bool crowded; /* by others that ask to be let in */
	enum approval approval;
	bool found;
	const char *problem; /* key of its words, NULL: none */
};

/* ------------------------------------------------------------- the document */

struct ranked {
	json_t *row;
	int rank;
	size_t place;
};

static int
by_rank(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

static json_t *
devices(const struct page *page)
{
	json_t *list = json_array();
	struct device_state *states;
	struct ranked *ranked;
	size_t n, count = 0;
	unsigned alarms;

	if (!store_device_states(page->ctx->db, page->arena, NULL, &states, &n))
		n = 0; /* logged; the page is still of use */
	ranked = arena_alloc(page->arena, (n + 1) * sizeof(*ranked));
	for (size_t i = 0; i < n; i++) {
		if (!device_mine(page, &states[i]))
			continue;
		ranked[count].row = device_row(page, &states[i], &alarms);
		ranked[count].rank = device_alarms_rank(alarms);
		ranked[count].place = i;
		count++;
	}
	qsort(ranked, count, sizeof(*ranked), by_rank);
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, ranked[i].row);
	return list;
}

static json_t *
done_of(const struct entrant *e)
{
	json_t *out;

	if (!e->found)
		return json_null();
	out = json_object();
	put_text(out, "device", e->device);
	put_text(out, "desk", e->desk == NULL ? "" : e->desk->code);
	put_text(out, "token", e->token);
	put_flag(out, "awaited", e->approval == APPROVAL_AWAITED);
	return out;
}

static int
show_devices(const struct page *page, int status, const struct entrant *e)
{
	json_t *doc = page_document(page);
	const char *problem =
	    e->problem == NULL ? NULL : page_text(page, e->problem);
	const char *done = pairs_get(&page->req->query, "done");

	put_text(doc, "problem", problem);
	put_part(doc, "done", done_of(e));
	put_flag(doc, "revoked", done != NULL && strcmp(done, "revoke") == 0);
	put_flag(doc, "admin", page_may(page, WHO_ADMIN));
	put_flag(doc, "others",
	    page_may(page, WHO_ADMIN) && page->req->caller.unit == NULL);
	put_text(doc, "csrf", page->req->caller.csrf);
	put_text(doc, "code", e->found ? "" : e->code);
	put_part(doc, "desks",
	    device_desks(page, e->desk == NULL ? NULL : e->desk->code));
	put_part(doc, "devices", devices(page));
	return page_show(page, status, "devices/devices", doc);
}

/* The code as people type it: any case, with blanks or hyphens. */
static void
read_device_code(const char *entered, char out[LIMIT_ENROL_CODE + 1])
{
	size_t n = 0;

	for (; entered != NULL && *entered != '\0' && n < LIMIT_ENROL_CODE;
	     entered++)
		if (isalnum((unsigned char)*entered))
			out[n++] = (char)toupper((unsigned char)*entered);
	out[n] = '\0';
}

int
get_devices(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct entrant e = {.desk = NULL};

	read_device_code(pairs_get(&req->query, "code"), e.code);
	return show_devices(&page, 200, &e);
}

/* --------------------------------------------------------------- letting in */

static bool
write_kiosk(struct db *db, struct tallies *tallies, struct request *req)
{
	struct entrant *e = req->data;

	(void)tallies;
	if (!store_enrol_approve(db, e->code, e->desk->code, e->device,
		e->crowded, req->now, &e->approval))
		return false;
	e->found = e->approval != APPROVAL_NONE;
	return !e->found || store_audit(db, &e->deed);
}

static bool
write_other(struct db *db, struct tallies *tallies, struct request *req)
{
	struct entrant *e = req->data;
	const struct device device = {
	    .id = e->device, .kind = e->kind, .created_at = req->now};

	(void)tallies;
	e->found = store_device_add(db, &device, e->token) &&
		   store_audit(db, &e->deed);
	return e->found;
}

static int
reply_entrant(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct entrant *e = req->data;

	if (!e->found)
		e->problem = "devices.unknown";
	return show_devices(&page, e->found ? 200 : 422, e);
}

static int
let_in(const struct page *page, struct entrant *e, request_write *write)
{
	const char *unit = e->desk == NULL ? NULL : e->desk->unit->code;
	const char *desk = e->desk == NULL ? NULL : e->desk->code;

	device_name(e->device, sizeof(e->device), e->kind, desk);
	e->deed = page_deed(page, "device.add", unit, e->device);
	e->deed.after = page_json(
	    page, json_pack("{s:s, s:s*}", "kind", e->kind, "desk", desk));
	return page_write(page, e, write, reply_entrant);
}

/* The kinds that have no code to show. */
static const char *
other_kind(const char *word)
{
	static const char *const kinds[] = {"sms", "import", "viewer"};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i], word) == 0)
			return kinds[i];
	return NULL;
}

int
post_devices(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = page_of(ctx, req, res);
	struct entrant *e = arena_alloc(&req->arena, sizeof(*e));
	const char *kind = pairs_get(&req->form, "kind");

	*e = (struct entrant){.kind = "kiosk"};
	if (kind != NULL && strcmp(kind, "kiosk") != 0) {
		e->kind = other_kind(kind);
		if (e->kind == NULL || req->caller.unit != NULL) {
			e->problem = "devices.nokind";
			return show_devices(&page, 422, e);
		}
		token_new(e->token);
		return let_in(&page, e, write_other);
	}
	read_device_code(pairs_get(&req->form, "code"), e->code);
	e->desk = device_desk(&page, pairs_get(&req->form, "desk"));
	e->crowded = enrol_gate_crowded(ctx->gate, req->now);
	if (e->desk == NULL) {
		e->problem = "devices.nodesk";
		return show_devices(&page, 422, e);
	}
	return let_in(&page, e, write_kiosk);
}
