/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counters and clocks of kiosks, and how each of them fares. */
#include "server/store/devices/device_health.h"

#include "server/core/device/sequence.h"
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/uuid.h"

bool
store_device_states(struct db *db, struct arena *a, const char *id,
    struct device_state **list, size_t *count)
{
	struct rows *r =
	    db_query(db, Q_DEVICE_STATE, "t", id == NULL ? "" : id);
	struct device_state *s;
	enum step step;

	*list = NULL;
	*count = 0;
	while ((step = rows_next(r)) == STEP_ROW) {
		s = arena_append(a, list, count, sizeof(*s));
		s->id = arena_strdup(a, rows_text(r, 0));
		s->desk =
		    rows_null(r, 1) ? "" : arena_strdup(a, rows_text(r, 1));
		s->heard_at = rows_int(r, 2);
		s->heartbeat =
		    rows_null(r, 3) ? NULL : arena_strdup(a, rows_text(r, 3));
		s->has_key = rows_int(r, 4) != 0;
		s->missing = rows_int(r, 5);
		s->twice = rows_int(r, 6);
		s->kind = arena_strdup(a, rows_text(r, 7));
		s->name = arena_strdup(a, rows_text(r, 8));
		s->created_at = rows_int(r, 9);
		s->resend_at = rows_int(r, 10);
	}
	rows_close(r);
	return step == STEP_DONE;
}

/* -------------------------------------------------------------- the counter */

static enum step
read_ranges(
    struct db *db, const char *device, struct sequence *s, int64_t *twice)
{
	struct rows *r = db_query(db, Q_DEVICE_SEQ_GET, "t", device);
	enum step step = rows_next(r);

	s->n = 0;
	*twice = 0;
	if (step == STEP_ROW) {
		sequence_read(s, rows_text(r, 0));
		*twice = rows_int(r, 1);
	}
	rows_close(r);
	return step;
}

bool
store_device_seq(
    struct db *db, const char *device, const int64_t *values, size_t n)
{
	struct sequence s;
	struct buf text;
	int64_t twice;
	bool ok;

	if (n == 0)
		return true;
	if (!db_run(db, Q_DEVICE_SEQ_HOLD, NULL, "t", device) ||
	    read_ranges(db, device, &s, &twice) == STEP_FAIL)
		return false;
	for (size_t i = 0; i < n; i++)
		twice += !sequence_add(&s, values[i]);
	buf_init(&text);
	sequence_write(&s, &text);
	ok = db_run(db, Q_DEVICE_SEQ_PUT, NULL, "ttii", device, buf_text(&text),
	    sequence_missing(&s), twice);
	buf_finish(&text);
	return ok;
}

int64_t
store_device_seq_highest(struct db *db, const char *device)
{
	struct sequence s;
	int64_t twice;

	return read_ranges(db, device, &s, &twice) == STEP_FAIL
		   ? -1
		   : sequence_highest(&s);
}

/* ---------------------------------------------------------------- the clock */

enum step
store_device_boot(
    struct db *db, const char *device, const char *boot, int64_t *began_at)
{
	struct rows *r = db_query(db, Q_DEVICE_BOOT_GET, "tt", device, boot);
	enum step step = rows_next(r);

	if (step == STEP_ROW)
		*began_at = rows_int(r, 0);
	rows_close(r);
	return step;
}

bool
store_device_boot_put(struct db *db, const char *device, const char *boot,
    int64_t began_at, int64_t now)
{
	return db_run(
	    db, Q_DEVICE_BOOT_PUT, NULL, "ttii", device, boot, began_at, now);
}

bool
store_answer_said(struct db *db, const struct uuid *answer, int64_t said_at)
{
	return db_run(db, Q_ANSWER_SAID_PUT, NULL, "bi", answer->bytes,
	    sizeof(answer->bytes), said_at);
}
