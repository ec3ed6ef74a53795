/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Devices that may speak: made, renamed, moved, revoked. What writes expects an
 * open transaction.
 */
#ifndef HAILONG_SERVER_STORE_DEVICES_DEVICES_H
#define HAILONG_SERVER_STORE_DEVICES_DEVICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

struct device {
	const char *id, *kind, *desk;             /* desk NULL: none */
	int64_t created_at, revoked_at, heard_at; /* 0: never */
};

/* Adds a device; only its token's hash is stored. */
bool store_device_add(
    struct db *db, const struct device *device, const char *token);
/* All devices into the arena; false when it cannot. */
bool store_devices(
    struct db *db, struct arena *a, struct device **list, size_t *count);
/* How a device fares, as it said itself. */
struct heartbeat {
	const char *id, *json; /* "" never heard */
	int64_t heard_at;      /* 0: never */
};
/* Those of a kind that are not revoked, into the arena. */
bool store_heartbeats(struct db *db, struct arena *a, const char *kind,
    struct heartbeat **list, size_t *count);
/* *found tells whether an unrevoked device of that name existed. */
bool store_device_revoke(
    struct db *db, const char *id, int64_t now, bool *found);
/* Notes a heartbeat (JSON, as sent) and when it came. */
bool store_device_heard(
    struct db *db, const char *id, int64_t now, const char *heartbeat);
/* Asks a device to send again what was refused of it; its next heartbeat is
 * told. *found as below. */
bool store_device_resend(
    struct db *db, const char *id, int64_t now, bool *found);
/* When that was asked last, 0: never, -1 when it cannot be read. */
int64_t store_device_resend_asked(struct db *db, const char *id);
/* Another name for people. *found: there is such a device, not revoked. */
bool store_device_rename(struct db *db, const char *id, const char *from,
    const char *name, bool *found);
/* Moves a kiosk from one desk to another; what was given at the first stays
 * there. *found as above. */
bool store_device_move(struct db *db, const char *id, const char *from,
    const char *to, int64_t now, bool *found);

#endif
