/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How devices fare: heartbeats, counters, clocks. What writes expects an open
 * transaction.
 */
#ifndef HAILONG_SERVER_STORE_DEVICES_DEVICE_HEALTH_H
#define HAILONG_SERVER_STORE_DEVICES_DEVICE_HEALTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/db/db.h"

struct arena;
struct uuid;

/* How a device fares, for people; strings are the arena's. */
struct device_state {
	const char *id, *kind, *name; /* name "": it has none */
	const char *desk;             /* "": it has none */
	const char *heartbeat;        /* JSON, NULL: never heard */
	int64_t created_at;
	int64_t heard_at; /* 0: never */
	bool has_key;
	int64_t missing, twice; /* of its counter */
	int64_t resend_at;      /* asked to send again; 0: never */
};

/* Those that are not revoked; id NULL: all of them. */
bool store_device_states(struct db *db, struct arena *a, const char *id,
    struct device_state **list, size_t *count);
/* Notes counter values that arrived with new answers. */
bool store_device_seq(
    struct db *db, const char *device, const int64_t *values, size_t n);
/* The highest value that arrived, 0 for none, -1 when it cannot be read. */
int64_t store_device_seq_highest(struct db *db, const char *device);
/* When a boot of a device began, by our clock. */
enum step store_device_boot(
    struct db *db, const char *device, const char *boot, int64_t *began_at);
/* Writes it, new or not, and when the device was heard. */
bool store_device_boot_put(struct db *db, const char *device, const char *boot,
    int64_t began_at, int64_t now);
/* What a wrong clock had said of an answer. */
bool store_answer_said(
    struct db *db, const struct uuid *answer, int64_t said_at);

#endif
