/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Outboxes that kiosks could not read any more, kept piece by piece. What
 * writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_DEVICES_DAMAGED_OUTBOX_H
#define HAILONG_SERVER_STORE_DEVICES_DAMAGED_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

/* Appends a piece of a damaged outbox, if it is the next one; *bytes is what
 * there is of the file then. *full: the device has brought too much. */
bool store_damaged_outbox(struct db *db, const char *device, const char *name,
    int64_t at, const void *piece, size_t size, int64_t now, int64_t *bytes,
    bool *full);
/* Calls take with each piece of a file in order; false when it cannot, or take
 * said so. */
bool store_damaged_outbox_read(struct db *db, const char *device,
    const char *name,
    bool (*take)(const void *piece, size_t size, void *context), void *context);
/* Names and sizes of what a device has brought. */
struct damaged_file {
	const char *name;
	int64_t bytes;
};
/* The files of a device, into the arena. */
bool store_damaged_outbox_files(struct db *db, struct arena *a,
    const char *device, struct damaged_file **list, size_t *count);

#endif
