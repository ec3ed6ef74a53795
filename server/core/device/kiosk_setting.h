/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an administrator may set of kiosks: one table of keys, each with its
 * default and what it may be. A desk's own value goes before that for all
 * desks, and that before the default. Pure.
 */
#ifndef HAILONG_SERVER_CORE_DEVICE_KIOSK_SETTING_H
#define HAILONG_SERVER_CORE_DEVICE_KIOSK_SETTING_H

#include <stdbool.h>
#include <stddef.h>
#include "shared/limits.h"

#define KIOSK_ALL_DESKS ""    /* a value's desk when it is for all */
#define KIOSK_PIN       "pin" /* its value is a hash; never shown */

/* A value as it stands in the database. */
struct kiosk_value {
	const char *desk, *key, *value;
};

/* A key for people who look after kiosks. */
struct kiosk_key {
	const char *name, *fallback;
	const char *words; /* what it may be, in one line */
};

/* All keys but the PIN, closed by a NULL name. */
extern const struct kiosk_key kiosk_keys[];

/* True when the key may have this value; else one sentence in error. */
bool kiosk_setting_check(
    const char *key, const char *value, char error[LIMIT_ERROR_BYTES]);
/* The value that holds at a desk; "" for the PIN when none is set. */
const char *kiosk_setting_at(const struct kiosk_value *list, size_t n,
    const char *desk, const char *key);
/* The same as a number, or as yes and no. */
int kiosk_setting_number(const struct kiosk_value *list, size_t n,
    const char *desk, const char *key);
bool kiosk_setting_yes(const struct kiosk_value *list, size_t n,
    const char *desk, const char *key);
/* The order in which a desk's n fields are offered: first those of `used`, in
 * its order, as far as the desk has them, then the others as they stand. order
 * has room for n and gets each place of `fields` once. */
void kiosk_field_order(const char *const *fields, size_t n,
    const char *const *used, size_t nused, size_t *order);

#endif
