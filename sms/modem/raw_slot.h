/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Takes messages out of a modem without libGammu, which cannot read them and
 * therefore cannot delete them either. Only while libGammu is not in a call. */
#ifndef HAILONG_SMS_MODEM_RAW_SLOT_H
#define HAILONG_SMS_MODEM_RAW_SLOT_H

#include <stdbool.h>
#include <stddef.h>
#include "sms/modem/modem.h"

/* A slot as AT commands name it. */
struct raw_slot {
	char storage[4]; /* "SM", "ME", "MT" */
	int index;       /* AT+CMGR's */
};

/*
 * Hands the PDU of each slot to keep and empties those slots that were kept
 * and, read once more, still hold the same: a message that came meanwhile
 * stays. connection gives the line's speed ("at115200"). The modem's chosen
 * storage is as before. Returns how many slots were emptied or found empty;
 * fewer than n with a clause in error.
 */
size_t raw_slots_take(const char *device, const char *connection,
    const struct raw_slot *slots, size_t n, modem_keep *keep, void *context,
    char *error, size_t error_size);

/* The same for the one at a position (from 0) of the listing, SIM first, then
 * the modem's own storage: the order of libGammu's passes. */
bool raw_slot_take_at(const char *device, const char *connection, int position,
    modem_keep *keep, void *context, char *error, size_t error_size);

#endif
