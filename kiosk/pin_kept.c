/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A number in a file; none means none wrong. Where it cannot be written, the
 * count in memory holds: the operator of a full device is let in. */
#include "kiosk/pin_kept.h"

#include <stdio.h>
#include <stdlib.h>
#include "kiosk/durable_file.h"
#include "kiosk/pin.h"
#include "shared/arena.h"
#include "shared/buf.h"

static const char *
pin_path(struct arena *a, const char *outbox)
{
	return arena_printf(a, "%s.pin", outbox);
}

void
pin_kept_begin(struct pin *p, const char *outbox, int64_t now)
{
	struct arena a;
	struct buf kept;
	long wrong = 0;

	arena_init(&a);
	buf_init(&kept);
	if (buf_read_file(&kept, pin_path(&a, outbox), 20))
		wrong = strtol(buf_text(&kept), NULL, 10);
	/* what is no count of ours is a high one: no way in */
	if (wrong < 0 || wrong > PIN_COUNTED)
		wrong = PIN_COUNTED;
	pin_begin(p, (int)wrong, now);
	buf_finish(&kept);
	arena_finish(&a);
}

bool
pin_kept_try(struct pin *p, const char *outbox, const char *hash, int64_t now)
{
	struct arena a;
	bool right;

	arena_init(&a);
	if (pin_wait(p, now) == 0)
		durable_file_write(pin_path(&a, outbox),
		    arena_printf(&a, "%d\n", p->wrong + 1));
	right = pin_try(p, hash, now);
	if (right)
		durable_file_remove(pin_path(&a, outbox));
	arena_finish(&a);
	return right;
}
