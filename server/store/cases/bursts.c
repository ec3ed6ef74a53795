/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What citizens and kiosks send by themselves is watched: the forms of desks,
 * and answers of kiosks, as far as no dossier stands behind them. An entry that
 * comes into a known burst is flagged before it is stored, which costs nothing;
 * the first ones of a burst, some ten, are marked afterwards, row by row.
 *
 * What is usual, and when the desks are open, is read once a day, of the four
 * weeks before: tallies by day, without what lay in bursts that are not
 * decided. A transaction that failed is run again with the same entries; their
 * flags stay, and are found there.
 */
#include "server/store/cases/bursts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/burst/burst.h"
#include "server/core/cases/needs_person.h"
#include "server/core/device/kiosk_setting.h"
#include "server/db/db.h"
#include "server/secret/token.h"
#include "server/store/answers.h"
#include "server/store/devices/kiosk_settings.h"
#include "shared/arena.h"
#include "shared/civil.h"
#include "shared/hash.h"

#define USUAL_DAYS 28

/* When a desk is open, as its kiosk is told; next: of a list. */
struct desk_hours {
	struct desk_hours *next;
	const char *desk;
	struct hours hours;
};

struct bursts {
	struct burst_watch *watch;
	struct desk_hours *hours; /* of desks that have some … */
	struct arena kept;        /* … in here, for a day */
	int32_t learned;          /* day */
	struct arena flags;       /* of the entries of a batch */
};

struct bursts *
bursts_create(void)
{
	struct bursts *b = calloc(1, sizeof(*b));
	uint64_t seed = 0;

	if (b == NULL)
		abort();
	for (int i = 0; i < 4; i++)
		seed = seed << 16 | token_random(1 << 16);
	b->watch = burst_watch_create(seed);
	arena_init(&b->flags);
	arena_init(&b->kept);
	return b;
}

void
bursts_destroy(struct bursts *b)
{
	if (b == NULL)
		return;
	burst_watch_destroy(b->watch);
	arena_finish(&b->flags);
	arena_finish(&b->kept);
	free(b);
}

/* ------------------------------------------------------------ what is usual */

/* One desk and channel: its days, from the rows, into its means. */
static void
add_usual_day(struct burst_usual *u, int64_t sums[3], int64_t count, bool same)
{
	u->days++;
	sums[0] += count;
	sums[1] += same ? count : 0;
	sums[2] += same;
	u->mean = (double)sums[0] / u->days;
	u->weekday = sums[2] == 0 ? 0 : (double)sums[1] / (double)sums[2];
}

static bool
read_usual(struct db *db, struct arena *a, int32_t today,
    struct burst_usual **list, size_t *n)
{
	struct rows *r = db_query(db, Q_BURST_USUAL, "ii",
	    (int64_t)today - USUAL_DAYS, (int64_t)today - 1);
	struct burst_usual *u = NULL;
	int64_t sums[3] = {0};
	enum step step;

	*list = NULL;
	*n = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		const char *desk = rows_text(r, 0), *channel = rows_text(r, 1);

		if (desk == NULL || channel == NULL)
			continue;
		if (u == NULL || strcmp(u->desk, desk) != 0 ||
		    strcmp(u->channel, channel) != 0) {
			u = arena_append(a, list, n, sizeof(*u));
			*u = (struct burst_usual){.desk = arena_strdup(a, desk),
			    .channel = arena_strdup(a, channel)};
			memset(sums, 0, sizeof(sums));
		}
		add_usual_day(
		    u, sums, rows_int(r, 3), (today - rows_int(r, 2)) % 7 == 0);
	}
	rows_close(r);
	return step == STEP_DONE;
}

/* The hours of each desk, or of all ("": the first that is met serves those
 * that have none of their own, so it stands last). Replaces what was known. */
static bool
learn_hours(struct db *db, struct bursts *b)
{
	struct kiosk_value *list;
	struct desk_hours **last = &b->hours, *all = NULL, *one;
	char error[LIMIT_ERROR_BYTES];
	size_t n;

	arena_finish(&b->kept);
	arena_init(&b->kept);
	b->hours = NULL;
	if (!store_kiosk_values(db, &b->kept, &list, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (strcmp(list[i].key, "hours") != 0)
			continue;
		one = arena_alloc(&b->kept, sizeof(*one));
		*one = (struct desk_hours){.desk = list[i].desk};
		if (!hours_read(list[i].value, &one->hours, error))
			continue;
		if (strcmp(one->desk, KIOSK_ALL_DESKS) == 0) {
			all = one;
			continue;
		}
		*last = one;
		last = &one->next;
	}
	*last = all;
	return true;
}

static const struct hours *
hours_of(const struct bursts *b, const char *desk)
{
	for (const struct desk_hours *h = b->hours; h != NULL; h = h->next)
		if (strcmp(h->desk, desk) == 0 ||
		    strcmp(h->desk, KIOSK_ALL_DESKS) == 0)
			return &h->hours;
	return NULL;
}

static bool
learn_usual(struct db *db, struct bursts *b, int32_t today)
{
	struct burst_usual *list;
	struct arena a;
	size_t n;
	bool ok;

	if (b->learned == today)
		return true;
	arena_init(&a);
	ok = read_usual(db, &a, today, &list, &n) && learn_hours(db, b);
	if (ok) {
		burst_learn(b->watch, list, n);
		b->learned = today;
	}
	arena_finish(&a);
	return ok;
}

/* ----------------------------------------------------------- one by one */

static bool
is_watched(const struct entry *e)
{
	return e->dossier[0] == '\0' && !e->sample &&
	       (strcmp(e->channel, "web") == 0 ||
		   strcmp(e->channel, "kiosk") == 0);
}

static uint64_t
hash_of_said(const struct entry *e)
{
	uint64_t hash = HASH_START;

	if (e->comment != NULL)
		return 0;
	hash = hash_add(hash, e->scores, strlen(e->scores) + 1);
	return hash_add(hash, e->reasons, strlen(e->reasons) + 1);
}

static struct burst_answer
watched_of(const struct bursts *b, const struct entry *e)
{
	return (struct burst_answer){.id = e->id,
	    .desk = e->desk,
	    .channel = e->channel,
	    .hours = hours_of(b, e->desk),
	    .device = e->device,
	    .at = e->answered_at,
	    .received_at = e->received_at,
	    .paced_at = e->paced_at,
	    .pace = e->pace,
	    .said = hash_of_said(e),
	    .source = e->source,
	    .unasked = e->unasked,
	    .unsure = strstr(e->flags, "clock_uncertain") != NULL};
}

static bool
in_burst(const struct entry *e)
{
	return needs_person_doubt(e->flags) == MATTER_BURST;
}

void
bursts_begin(struct bursts *b)
{
	if (b == NULL)
		return;
	arena_finish(&b->flags);
	arena_init(&b->flags);
}

bool
bursts_look(struct db *db, struct bursts *b, struct entry **entries, size_t n)
{
	if (b == NULL || n == 0)
		return true;
	if (!learn_usual(db, b, civil_local_day(entries[0]->received_at)))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct entry *e = entries[i];
		struct burst_answer a;
		enum burst_why why;

		if (!is_watched(e) || in_burst(e))
			continue;
		a = watched_of(b, e);
		why = burst_look(b->watch, &a);
		if (why != BURST_NONE)
			e->flags = arena_printf(&b->flags, "%s%s%s", e->flags,
			    e->flags[0] == '\0' ? "" : " ", burst_flag(why));
	}
	return true;
}

bool
bursts_mark(struct db *db, struct tallies *tallies, struct bursts *b,
    struct entry **entries, size_t n)
{
	const struct uuid *ids;
	size_t count;

	for (size_t i = 0; b != NULL && i < n; i++) {
		const struct entry *e = entries[i];
		struct burst_answer a;
		enum burst_why why;

		if (e->stored != STORED || !is_watched(e))
			continue;
		a = watched_of(b, e);
		why = burst_add(b->watch, &a, in_burst(e), &ids, &count);
		for (size_t k = 0; k < count; k++)
			if (!store_answer_unusual(
				db, tallies, &ids[k], burst_flag(why)))
				return false;
	}
	return true;
}

void
bursts_done(struct bursts *b, bool kept)
{
	if (b == NULL)
		return;
	if (!kept) {
		burst_undo(b->watch);
		return;
	}
	burst_keep(b->watch);
}
