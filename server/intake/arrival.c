/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looking happens on the loop, with its reading connection; what must be sure
 * (that a dossier has one answer) is decided in the writer's transaction. All
 * of it may be done more than once, and only new answers move a counter.
 */
#include "server/intake/arrival.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/device/answer_time.h"
#include "server/core/dossier/binding.h"
#include "server/store/answers.h"
#include "server/store/devices/device_health.h"
#include "server/store/dossier/dossier_links.h"
#include "server/store/cases/late_comments.h"

/* Why a second answer of a dossier is not counted. */
#define ASIDE_DOSSIER "dossier"

/* ---------------------------------------------------------------- the clock */

struct device_clock
arrival_clock(const struct request *req)
{
	struct device_clock clock = {NULL, 0};
	const char *space = req->clock == NULL ? NULL : strchr(req->clock, ' ');
	struct request *r = (struct request *)req; /* its arena grows */
	char *boot, *end;
	long long mono;

	if (space == NULL)
		return clock;
	boot =
	    arena_strndup(&r->arena, req->clock, (size_t)(space - req->clock));
	mono = strtoll(space + 1, &end, 10);
	if (!code_valid(boot) || *end != '\0' || mono <= 0 || mono > req->now)
		return clock;
	clock.boot = boot;
	clock.began_at = req->now - mono;
	return clock;
}

static bool
knows_boot(struct ctx *ctx, const struct request *req,
    const struct device_clock *clock, const char *boot, int64_t *began_at)
{
	if (clock->boot != NULL && strcmp(boot, clock->boot) == 0) {
		*began_at = clock->began_at;
		return true;
	}
	return store_device_boot(ctx->db, req->caller.device, boot, began_at) ==
	       STEP_ROW;
}

static void
put_right(struct ctx *ctx, struct request *req,
    const struct device_clock *clock, const struct answer *answer,
    struct arrival *a)
{
	static const char *const flags[] = {
	    [ANSWER_TIME_CORRECTED] = "clock_corrected",
	    [ANSWER_TIME_UNCERTAIN] = "clock_uncertain"};
	const struct answer_clock *told = &answer->clock;
	struct answer_time_said said = {.wall = answer->answered_at,
	    .mono = told->mono,
	    .synced = told->synced};
	enum answer_time decision;
	int64_t at;

	if (told->boot == NULL) {
		decision = answer_time_bare(answer->answered_at, req->now, &at);
	} else {
		said.knows_boot =
		    knows_boot(ctx, req, clock, told->boot, &said.began_at);
		decision = answer_time_decide(&said, req->now, &at);
	}
	if (decision == ANSWER_TIME_AS_SAID)
		return;
	if (at != answer->answered_at)
		a->said_at = answer->answered_at;
	check_time(
	    answer, at, flags[decision], req->now, &req->arena, a->entry);
}

/* ------------------------------------------------------------------ the tie */

/* A dossier's answer takes unit and field from it, as far as they are known. */
static void
take_over(struct ctx *ctx, const struct binding *b, struct entry *entry)
{
	const struct unit *unit =
	    catalogue_unit(ctx->catalogue, b->dossier_unit);
	const char *code = *b->dossier_field ? b->dossier_field : b->field;
	const struct field *field = catalogue_field(ctx->catalogue, code);

	if (unit != NULL)
		entry->unit = unit->code;
	if (field != NULL)
		entry->field = field->code;
}

static bool
find_tie(struct ctx *ctx, struct request *req, struct arrival *a)
{
	struct binding b;
	enum tie tie;

	if (a->token == NULL ||
	    store_binding(ctx->db, &req->arena, a->token, &b) != STEP_ROW)
		return false;
	tie = binding_decide(
	    &b, &a->entry->id, a->entry->desk, a->entry->answered_at);
	if (tie == TIE_NONE)
		return false;
	take_over(ctx, &b, a->entry);
	if (tie == TIE_FREE)
		return false;
	a->dossier = b.dossier;
	a->entry->dossier = b.dossier;
	return true;
}

bool
arrival_look(struct ctx *ctx, struct request *req,
    const struct device_clock *clock, const struct answer *answer,
    struct arrival *a)
{
	a->token = answer->token;
	put_right(ctx, req, clock, answer, a);
	return find_tie(ctx, req, a);
}

/* A clock that counts since the device's start tells how fast answers were
 * given, also when nothing tells on which day. Without one, and with a time
 * that is not known, nothing does. */
void
arrival_pace(struct ctx *ctx, const struct answer *answer, struct entry *entry)
{
	bool counts = answer->clock.boot != NULL;

	if (!counts && strstr(entry->flags, "clock_uncertain") != NULL)
		return;
	entry->pace =
	    (int)catalogue_setting(ctx->catalogue, SETTING_KIOSK_PACE);
	entry->paced_at = counts ? answer->clock.mono : entry->answered_at;
}

bool
arrival_tie(
    struct db *db, struct tallies *tallies, struct arrival *a, int64_t now)
{
	const struct aside aside = {ASIDE_DOSSIER, "", now};
	enum stored stored;
	bool mine;

	if (!store_dossier_claim(db, a->dossier, &a->entry->id, &mine))
		return false;
	stored = store_answer(db, tallies, a->entry);
	if (stored != STORED || mine)
		return stored != STORED_FAILED;
	return store_answer_aside(db, tallies, &a->entry->id, true, &aside);
}

/* ------------------------------------------------------------ what is noted */

static bool
note_one(struct db *db, const struct request *req, const struct arrival *a)
{
	const struct entry *entry = a->entry;

	if (entry->stored != STORED && entry->stored != STORED_DUPLICATE)
		return true;
	if (a->said_at != 0 && !store_answer_said(db, &entry->id, a->said_at))
		return false;
	return req->caller.who != WHO_KIOSK || a->token == NULL ||
	       store_late_comment_answer(db, a->token, &entry->id, req->now);
}

static bool
note_counter(
    struct db *db, struct request *req, const struct arrival *list, size_t n)
{
	int64_t *values = arena_alloc(&req->arena, (n + 1) * sizeof(*values));
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (list[i].entry->stored == STORED && list[i].entry->seq > 0)
			values[count++] = list[i].entry->seq;
	return store_device_seq(db, req->caller.device, values, count);
}

bool
arrival_note(struct db *db, struct request *req,
    const struct device_clock *clock, const struct arrival *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!note_one(db, req, &list[i]))
			return false;
	if (req->caller.who != WHO_KIOSK)
		return true;
	if (clock->boot != NULL &&
	    !store_device_boot_put(
		db, req->caller.device, clock->boot, clock->began_at, req->now))
		return false;
	return note_counter(db, req, list, n);
}
