/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A kiosk asks every few seconds with the same key. Its row lives as long as
 * its code; once approved it holds the sealed token for as long again, so that
 * a reply that was lost can be repeated. At most LIMIT_ENROL_OPEN wait, so that
 * the table cannot be filled from outside; the next one takes the place of
 * whoever waits longest. A kiosk that lost its place has one again with its
 * next request, so invented keys close the door to no kiosk once they cease;
 * and while they go on, a code that an administrator approves is awaited: its
 * kiosk is let in by the request that comes next.
 */
#include "server/store/devices/enrolment.h"

#include <stdio.h>
#include <string.h>
#include "server/db/db.h"
#include "server/secret/token.h"
#include "server/store/devices/devices.h"
#include "shared/arena.h"

/* Who has the code. */
struct code_owner {
	bool other;   /* a key that is not this one */
	bool awaited; /* nobody yet: it has been approved … */
	char device[64], desk[LIMIT_CODE_BYTES + 1]; /* … for this */
};

static bool
read_code_owner(struct db *db, const struct enrolment *e, struct code_owner *o)
{
	struct rows *r = db_query(db, Q_ENROLMENT_CODE, "t", e->code);
	enum step step = rows_next(r);
	size_t size;
	const void *key;

	memset(o, 0, sizeof(*o));
	if (step == STEP_ROW) {
		key = rows_blob(r, 0, &size);
		o->other =
		    size != KEY_PUBLIC || memcmp(key, e->key, KEY_PUBLIC) != 0;
		snprintf(o->device, sizeof(o->device), "%s", rows_text(r, 1));
		snprintf(o->desk, sizeof(o->desk), "%s", rows_text(r, 2));
		o->awaited = o->device[0] != '\0' && *rows_text(r, 3) == '\0';
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

static bool
put_enrolment(struct db *db, const struct enrolment *e)
{
	return db_run(db, Q_ENROLMENT_PUT, NULL, "btti", e->key, sizeof(e->key),
	    e->code, e->version, e->expires_at);
}

/* The kiosk of this key becomes a device, with a token sealed for the key; its
 * row is there. *sealed_it is false for what is no key. */
static bool
make_kiosk(struct db *db, const uint8_t key[KEY_PUBLIC], const char *device,
    const char *desk, int64_t now, bool *sealed_it)
{
	const struct device d = {
	    .id = device, .kind = "kiosk", .desk = desk, .created_at = now};
	char token[TOKEN_TEXT], sealed[SEALED_MAX];

	token_new(token);
	*sealed_it = key_seal(key, token, sealed);
	return !*sealed_it ||
	       (store_device_add(db, &d, token) &&
		   db_run(db, Q_DEVICE_KEY_SET, NULL, "tb", device, key,
		       (size_t)KEY_PUBLIC) &&
		   db_run(db, Q_ENROLMENT_APPROVE, NULL, "btttI", key,
		       (size_t)KEY_PUBLIC, device, desk, sealed,
		       &(int64_t){now + LIMIT_ENROL_MS}));
}

/* A kiosk whose code is awaited: in at once, whoever else asks. */
static bool
enrol_awaited(struct db *db, const struct enrolment *e,
    const struct code_owner *o, int64_t now)
{
	bool sealed;

	return db_run(db, Q_ENROLMENT_ARRIVED, NULL, "t", e->code) &&
	       put_enrolment(db, e) &&
	       make_kiosk(db, e->key, o->device, o->desk, now, &sealed);
}

bool
store_enrol(struct db *db, struct arena *a, struct enrolment *e, int64_t now)
{
	struct code_owner owner;
	enum step step;
	bool ok;

	if (!db_run(db, Q_ENROLMENT_EXPIRE, NULL, "i", now) ||
	    !read_code_owner(db, e, &owner))
		return false;
	step = read_enrolment_row(db, a, e);
	if (step == STEP_ROW && e->state == ENROLLED_APPROVED)
		return true;
	if (step == STEP_FAIL)
		return false;
	e->expires_at = now + LIMIT_ENROL_MS;
	if (owner.other && !owner.awaited) {
		e->state = ENROLLED_TAKEN;
		return true;
	}
	if (owner.awaited)
		ok = enrol_awaited(db, e, &owner, now);
	else
		ok =
		    (step == STEP_ROW || db_run(db, Q_ENROLMENT_MAKE_ROOM, NULL,
					     "i", (int64_t)LIMIT_ENROL_OPEN)) &&
		    put_enrolment(db, e);
	return ok && read_enrolment_row(db, a, e) == STEP_ROW;
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

static bool
all_places_taken(struct db *db, bool *taken)
{
	struct rows *r = db_query(db, Q_ENROLMENT_OPEN, "");
	enum step step = rows_next(r);

	*taken = step == STEP_ROW && rows_int(r, 0) >= LIMIT_ENROL_OPEN;
	rows_close(r);
	return step == STEP_ROW;
}

static bool
await_code(struct db *db, const char *code, const char *desk,
    const char *device, int64_t now, enum approval *approval)
{
	uint8_t hash[TOKEN_HASH];
	int64_t added;

	token_hash(code, hash);
	if (!db_run(db, Q_ENROLMENT_EXPIRE, NULL, "i", now) ||
	    !db_run(db, Q_ENROLMENT_AWAIT, &added, "btitt", hash, sizeof(hash),
		code, now + LIMIT_ENROL_MS, device, desk))
		return false;
	*approval = added > 0 ? APPROVAL_AWAITED : APPROVAL_NONE;
	return true;
}

bool
store_enrol_approve(struct db *db, const char *code, const char *desk,
    const char *device, bool crowded, int64_t now, enum approval *approval)
{
	uint8_t key[KEY_PUBLIC];
	bool found, full;

	*approval = APPROVAL_NONE;
	if (!waiting(db, code, now, key, &found) ||
	    !all_places_taken(db, &full))
		return false;
	if (!found)
		return strlen(code) != LIMIT_ENROL_CODE || !(crowded || full) ||
		       await_code(db, code, desk, device, now, approval);
	if (!make_kiosk(db, key, device, desk, now, &found))
		return false;
	*approval = found ? APPROVAL_DONE : APPROVAL_NONE;
	return true;
}

bool
store_enrol_awaited(struct db *db, const char *code)
{
	const struct enrolment e = {.code = code};
	struct code_owner owner;

	return read_code_owner(db, &e, &owner) && owner.awaited;
}
