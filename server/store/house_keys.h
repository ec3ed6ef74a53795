/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The secrets of the installation itself, kept in table meta: of the door, of
 * the desks' calls, of what kiosks are told. Where the secrets of citizens'
 * numbers stand in a key file (store/messages/phone_keys.h) these are sealed by
 * them: a stolen database or backup opens no door and speaks to no kiosk.
 */
#ifndef HAILONG_SERVER_STORE_HOUSE_KEYS_H
#define HAILONG_SERVER_STORE_HOUSE_KEYS_H

#include <stdbool.h>

struct arena;
struct db;
struct seal_keys;

enum house_key {
	HOUSE_KEY_DOOR,     /* proves known browsers (http/login_queue.h) */
	HOUSE_KEY_CALLS,    /* makes the calls' tokens */
	HOUSE_KEY_SETTINGS, /* signs the kiosks' settings: Ed25519, as text */
	HOUSE_KEYS
};

/* Makes those that are missing (init), and seals those that stand open where
 * there is a key file. Begins and commits by itself; false, logged, when the
 * database refused. */
bool house_keys_make(
    struct db *db, const struct seal_keys *seal, bool has_file);
/* One of them as text, into the arena; NULL, logged, when init has not made it
 * or it was sealed by other secrets. */
const char *house_key(struct db *db, struct arena *a,
    const struct seal_keys *seal, enum house_key key);

#endif
