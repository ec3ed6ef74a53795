/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A table with open addressing. When it is three quarters full, what has ended
 * is dropped; if that does not help it doubles, up to SLOTS_MOST. A flood of
 * ever new values that fills even this makes it forget everything and begin
 * anew: the counts of whole desks, which such a flood raises, are over their
 * limits again within seconds.
 */
#include "server/core/burst/burst_slots.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS_FIRST 1024
#define SLOTS_MOST  (1 << 18)

static void *
grow_slots(void *memory, size_t count, size_t size)
{
	void *grown = reallocarray(memory, count, size);

	if (grown == NULL)
		abort();
	return grown;
}

static void
free_list(struct burst_slot *list, size_t size)
{
	for (size_t i = 0; i < size; i++)
		free(list[i].ids);
	free(list);
}

void
burst_slots_finish(struct burst_slots *s)
{
	free_list(s->list, s->size);
	free(s->changes);
	memset(s, 0, sizeof(*s));
}

/* The slot of a key, or the free one it would take. */
static struct burst_slot *
burst_slot_at(struct burst_slot *list, size_t size, uint64_t key)
{
	size_t at = (size_t)(key ^ key >> 32) & (size - 1);

	while (list[at].key != 0 && list[at].key != key)
		at = (at + 1) & (size - 1);
	return &list[at];
}

struct burst_slot *
burst_slot(const struct burst_slots *s, uint64_t key, int64_t now)
{
	struct burst_slot *slot;

	if (s->size == 0)
		return NULL;
	slot = burst_slot_at(s->list, s->size, key);
	return slot->key == 0 || slot->end < now ? NULL : slot;
}

/* Moves what has not ended into a table of this size. */
static void
resettle(struct burst_slots *s, size_t size, int64_t now)
{
	struct burst_slot *old = s->list;
	size_t n = s->size;

	s->list = calloc(size, sizeof(*s->list));
	if (s->list == NULL)
		abort();
	s->size = size;
	s->used = 0;
	for (size_t i = 0; i < n; i++) {
		if (old[i].key == 0 || old[i].end < now)
			continue;
		*burst_slot_at(s->list, size, old[i].key) = old[i];
		old[i].ids = NULL;
		s->used++;
	}
	free_list(old, n);
}

static void
make_room(struct burst_slots *s, int64_t now)
{
	if (s->size == 0)
		resettle(s, SLOTS_FIRST, now);
	if (4 * s->used < 3 * s->size)
		return;
	resettle(s, s->size, now);
	if (2 * s->used < s->size)
		return;
	if (s->size < SLOTS_MOST)
		resettle(s, 2 * s->size, now);
	else
		resettle(s, SLOTS_FIRST, INT64_MAX);
}

static void
note_change(struct burst_slots *s, uint64_t key, bool listed, bool opened)
{
	if (s->nchanges == s->room) {
		s->room = s->room == 0 ? 256 : 2 * s->room;
		s->changes =
		    grow_slots(s->changes, s->room, sizeof(*s->changes));
	}
	s->changes[s->nchanges++] = (struct burst_change){key, listed, opened};
}

struct burst_slot *
burst_slots_count(struct burst_slots *s, uint64_t key, int64_t now,
    int64_t life, const struct uuid *id)
{
	struct burst_slot *slot;
	bool listed;

	make_room(s, now);
	slot = burst_slot_at(s->list, s->size, key);
	if (slot->key == 0 || slot->end < now) {
		s->used += slot->key == 0;
		slot->key = key;
		slot->end = now + life;
		slot->count = 0;
		slot->nids = 0;
		slot->open = false;
	}
	slot->count++;
	listed = id != NULL && !slot->open;
	if (listed) {
		if (slot->nids == slot->room) {
			slot->room = slot->room == 0 ? 4 : 2 * slot->room;
			slot->ids = grow_slots(
			    slot->ids, slot->room, sizeof(*slot->ids));
		}
		slot->ids[slot->nids++] = *id;
	}
	note_change(s, key, listed, false);
	return slot;
}

void
burst_slots_open(struct burst_slots *s, struct burst_slot *slot)
{
	slot->open = true;
	note_change(s, slot->key, false, true);
}

void
burst_slots_keep(struct burst_slots *s)
{
	for (size_t i = 0; i < s->nchanges; i++) {
		const struct burst_change *c = &s->changes[i];
		struct burst_slot *slot =
		    c->opened ? burst_slot_at(s->list, s->size, c->key) : NULL;

		if (slot == NULL || slot->key == 0)
			continue;
		free(slot->ids); /* they are marked */
		slot->ids = NULL;
		slot->nids = slot->room = 0;
	}
	s->nchanges = 0;
}

void
burst_slots_undo(struct burst_slots *s)
{
	while (s->nchanges > 0) {
		const struct burst_change *c = &s->changes[--s->nchanges];
		struct burst_slot *slot =
		    burst_slot_at(s->list, s->size, c->key);

		if (slot->key == 0)
			continue;
		if (c->opened) {
			slot->open = false;
			continue;
		}
		slot->count -= slot->count > 0;
		slot->nids -= c->listed && slot->nids > 0;
	}
}
