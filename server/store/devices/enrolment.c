/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A kiosk asks every few seconds with the same key. Its row lives as long as
 * its code; once approved it holds the sealed token for as long again, so that
 * a reply that was lost can be repeated. At most LIMIT_ENROL_OPEN wait, so that
 * the table cannot be filled from outside; the next one takes the place of
 * whoever waits longest. A kiosk that lost its place has one again with its
 * next request, so invented keys close the door to no kiosk once they cease.
 */
#include "server/store/devices/enrolment.h"

#include <string.h>
#include "server/db/db.h"
#include "server/secret/token.h"
#include "server/store/devices/devices.h"
#include "shared/arena.h"

static bool
code_taken(struct db *db, const struct enrolment *e, bool *taken)
{
	struct rows *r = db_query(db, Q_ENROLMENT_CODE, "t", e->code);
	enum step step = rows_next(r);
	size_t size;
	const void *key;

	*taken = false;
	if (step == STEP_ROW) {
		key = rows_blob(r, 0, &size);
		*taken =
		    size != KEY_PUBLIC || memcmp(key, e->key, KEY_PUBLIC) != 0;
	}
	rows_close(r);
	return step != STEP_FAIL;
}

/* What is known of the key; STEP_DONE: nothing. */
static enum step
read_enrolment_row(struct db *db, struct arena *a, struct enrolment *e)
{
	struct rows *r =
	    db_query(db, Q_ENROLMENT_GET, "b", e->key, sizeof(e->key));
	enum step step = rows_next(r);

	if (step == STEP_ROW) {
		e->device = arena_strdup(a, rows_text(r, 0));
		e->desk = arena_strdup(a, rows_text(r, 1));
		e->sealed = arena_strdup(a, rows_text(r, 2));
		e->expires_at = rows_int(r, 3);
		e->state =
		    *e->device == '\0' ? ENROLLED_WAITING : ENROLLED_APPROVED;
	}
	rows_close(r);
	return step;
}

bool
store_enrol(struct db *db, struct arena *a, struct enrolment *e, int64_t now)
{
	bool taken = false;
	enum step step;

	if (!db_run(db, Q_ENROLMENT_EXPIRE, NULL, "i", now) ||
	    !code_taken(db, e, &taken))
		return false;
	step = read_enrolment_row(db, a, e);
	if (step == STEP_ROW && e->state == ENROLLED_APPROVED)
		return true;
	if (step == STEP_FAIL)
		return false;
	e->expires_at = now + LIMIT_ENROL_MS;
	e->state = taken ? ENROLLED_TAKEN : ENROLLED_WAITING;
	if (taken)
		return true;
	return (step == STEP_ROW || db_run(db, Q_ENROLMENT_MAKE_ROOM, NULL, "i",
					(int64_t)LIMIT_ENROL_OPEN)) &&
	       db_run(db, Q_ENROLMENT_PUT, NULL, "btti", e->key, sizeof(e->key),
		   e->code, e->version, e->expires_at) &&
	       read_enrolment_row(db, a, e) == STEP_ROW;
}

/* The key of the kiosk that waits with this code. */
static bool
waiting(struct db *db, const char *code, int64_t now, uint8_t key[KEY_PUBLIC],
    bool *found)
{
	struct rows *r = db_query(db, Q_ENROLMENT_WAITING, "ti", code, now);
	enum step step = rows_next(r);
	const void *bytes;
	size_t size;

	*found = false;
	if (step == STEP_ROW) {
		bytes = rows_blob(r, 0, &size);
		*found = size == KEY_PUBLIC;
		if (*found)
			memcpy(key, bytes, KEY_PUBLIC);
	}
	rows_close(r);
	return step != STEP_FAIL;
}

bool
store_enrol_approve(struct db *db, const char *code, const char *desk,
    const char *device, int64_t now, bool *found)
{
	char token[TOKEN_TEXT], sealed[SEALED_MAX];
	struct device d = {
	    .id = device, .kind = "kiosk", .desk = desk, .created_at = now};
	uint8_t key[KEY_PUBLIC];

	if (!waiting(db, code, now, key, found))
		return false;
	if (!*found)
		return true;
	token_new(token);
	*found = key_seal(key, token, sealed);
	return !*found || (store_device_add(db, &d, token) &&
			      db_run(db, Q_DEVICE_KEY_SET, NULL, "tb", device,
				  key, sizeof(key)) &&
			      db_run(db, Q_ENROLMENT_APPROVE, NULL, "btttI",
				  key, sizeof(key), device, desk, sealed,
				  &(int64_t){now + LIMIT_ENROL_MS}));
}
