/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counts under a hash, each with the ids of what it counted until its question
 * is decided, and with an end of its own. Private to core/burst. What was
 * counted since the last burst_slots_keep can be taken back.
 */
#ifndef HAILONG_SERVER_CORE_BURST_BURST_SLOTS_H
#define HAILONG_SERVER_CORE_BURST_BURST_SLOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/uuid.h"

struct burst_slot {
	uint64_t key; /* 0: free */
	int64_t end;  /* ms since 1970: counts for nothing afterwards */
	int64_t count;
	struct uuid *ids; /* nids of what was counted; owned */
	uint32_t nids, room;
	bool open; /* it is a burst's; no further ids */
};

struct burst_change {
	uint64_t key;
	bool listed, opened;
};

struct burst_slots {
	struct burst_slot *list; /* size of them, a power of two; owned */
	size_t size, used;
	struct burst_change *changes; /* not yet kept; owned */
	size_t nchanges, room;
};

/* Frees it; empty and usable again, as one that is all zeros. */
void burst_slots_finish(struct burst_slots *s);
/* The slot of a key (not 0); NULL: there is none, or it has ended. */
struct burst_slot *burst_slot(
    const struct burst_slots *s, uint64_t key, int64_t now);
/* Counts one in a slot, made when new to live for so many ms; id NULL: counted
 * and not listed. Valid until the next call. */
struct burst_slot *burst_slots_count(struct burst_slots *s, uint64_t key,
    int64_t now, int64_t life, const struct uuid *id);
/* Opens a slot. */
void burst_slots_open(struct burst_slots *s, struct burst_slot *slot);
/* What was changed stays. */
void burst_slots_keep(struct burst_slots *s);
/* What was changed is taken back. */
void burst_slots_undo(struct burst_slots *s);

#endif
