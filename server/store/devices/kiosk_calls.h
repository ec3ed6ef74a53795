/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls of the desk's software: the kiosk shall show this dossier now. What
 * writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_DEVICES_KIOSK_CALLS_H
#define HAILONG_SERVER_STORE_DEVICES_KIOSK_CALLS_H

#include <stdbool.h>
#include <stdint.h>
#include "server/db/db.h"
#include "server/store/dossier/dossier_links.h"

struct arena;
struct seal_keys;

struct desk_call {
	int64_t number, expires_at;
	const char *dossier, *field;
};

/* Raises the desk's call; out->number is the new one. */
bool store_call(struct db *db, const char *desk, const char *dossier,
    const char *field, int64_t expires_at, int64_t *number);
/* The desk's call, into the arena; STEP_DONE: it has none. */
enum step store_call_get(
    struct db *db, struct arena *a, const char *desk, struct desk_call *out);
/* Rises with every call of any desk; -1 when it cannot be read. */
int64_t store_call_total(struct db *db);
/* The token of a call: no row holds it, it is made from a secret
 * (store/house_keys.h). */
bool store_call_token(struct db *db, struct arena *a,
    const struct seal_keys *seal, const char *desk, int64_t number,
    char out[LINK_TOKEN]);

#endif
