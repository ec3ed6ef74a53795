/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the collector keeps of kiosks: settings, enrolments, counters, clocks,
 * damaged outboxes. Functions that write expect an open transaction, as in
 * store.h.
 */
#ifndef HAILONG_SERVER_STORE_KIOSKS_H
#define HAILONG_SERVER_STORE_KIOSKS_H

#include "server/core/device/kiosk_setting.h"
#include "server/store/store.h"
#include "shared/keys.h"

/* ---------------------------------------------------------- kiosk_settings.c
 */

/* Sets a value, or (NULL) takes it away; running collectors notice. */
bool store_kiosk_set(
    struct db *db, const char *desk, const char *key, const char *value);
/* All values into the arena; false when they cannot be read. */
bool store_kiosk_values(
    struct db *db, struct arena *a, struct kiosk_value **list, size_t *count);

/* ---------------------------------------------------------------- enrolment.c
 */

enum enrolled {
	ENROLLED_WAITING,
	ENROLLED_APPROVED,
	ENROLLED_TAKEN, /* the code is another kiosk's */
	ENROLLED_FULL   /* too many wait */
};

/* A kiosk's request, and what is known of it. Strings of the answer are the
 * arena's. */
struct enrolment {
	uint8_t key[KEY_PUBLIC];
	const char *code, *version;
	enum enrolled state;
	const char *device, *desk, *sealed; /* when approved */
	int64_t expires_at;
};

/* Notes the request and fills in the rest; false when the database refused. */
bool store_enrol(
    struct db *db, struct arena *a, struct enrolment *e, int64_t now);
/* Approves the kiosk that waits with this code as a new device of that name for
 * a desk; *found is false when none waits. */
bool store_enrol_approve(struct db *db, const char *code, const char *desk,
    const char *device, int64_t now, bool *found);

/* ----------------------------------------------------------- device_health.c
 */

/* How a device fares, for people; strings are the arena's. */
struct device_state {
	const char *id, *kind, *name; /* name "": nobody gave it one */
	const char *desk;             /* "": it has none */
	const char *heartbeat;        /* JSON, NULL: never heard */
	int64_t created_at;
	int64_t heard_at; /* 0: never */
	bool has_key;
	int64_t missing, twice; /* of its counter */
};

/* Those that are not revoked; id NULL: all of them. */
bool store_device_states(struct db *db, struct arena *a, const char *id,
    struct device_state **list, size_t *count);
/* Another name for people. *found: there is such a device, not revoked. */
bool store_device_rename(
    struct db *db, const char *id, const char *name, bool *found);
/* Moves a kiosk from one desk to another; what was given at the first stays
 * there. *found as above. */
bool store_device_move(struct db *db, const char *id, const char *from,
    const char *to, int64_t now, bool *found);
/* Notes counter values that arrived with new answers. */
bool store_device_seq(
    struct db *db, const char *device, const int64_t *values, size_t n);
/* The highest value that arrived, 0 for none, -1 when it cannot be read. */
int64_t store_device_seq_highest(struct db *db, const char *device);
/* When a boot of a device began, by our clock. */
enum step store_device_boot(
    struct db *db, const char *device, const char *boot, int64_t *began_at);
bool store_device_boot_put(struct db *db, const char *device, const char *boot,
    int64_t began_at, int64_t now);
/* What a wrong clock had said of an answer. */
bool store_answer_said(
    struct db *db, const struct uuid *answer, int64_t said_at);

/* --------------------------------------------------------------------
 * damaged_outbox.c
 */

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
bool store_damaged_outbox_files(struct db *db, struct arena *a,
    const char *device, struct damaged_file **list, size_t *count);

#endif
