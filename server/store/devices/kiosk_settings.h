/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was set for the kiosk of a desk (core/device/kiosk_setting.h). What
 * writes expects an open transaction.
 */
#ifndef HAILONG_SERVER_STORE_DEVICES_KIOSK_SETTINGS_H
#define HAILONG_SERVER_STORE_DEVICES_KIOSK_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct seal_keys;
struct db;
struct kiosk_value;

/* Sets a value, or (NULL) takes it away; running collectors notice. */
bool store_kiosk_set(
    struct db *db, const char *desk, const char *key, const char *value);
/* All values into the arena; false when they cannot be read. */
bool store_kiosk_values(
    struct db *db, struct arena *a, struct kiosk_value **list, size_t *count);
/* Codes of the fields that were rated at a desk of a unit in a month
 * (period_month), the commonest first, into the arena; false when they cannot
 * be read. */
bool store_kiosk_fields(struct db *db, struct arena *a, int64_t month,
    const char *unit, const char *desk, const char ***codes, size_t *count);

/* The hash of a PIN as it will stand, sealed where there is a key file, and
 * back; NULL, logged, when it was sealed by other secrets. */
const char *store_kiosk_pin_close(struct arena *a, const struct seal_keys *seal,
    bool has_file, const char *hash);
const char *store_kiosk_pin_open(
    struct arena *a, const struct seal_keys *seal, const char *value);
/* Seals those that stand open, where there is a key file (init). Begins and
 * commits by itself; false, logged, when the database refused. */
bool store_kiosk_pins_seal(
    struct db *db, const struct seal_keys *seal, bool has_file);

#endif
