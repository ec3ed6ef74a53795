/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Takes one message out of a modem without libGammu, which cannot read it and
 * therefore cannot delete it either. */
#ifndef HAILONG_SMS_MODEM_RAW_SLOT_H
#define HAILONG_SMS_MODEM_RAW_SLOT_H

#include <stdbool.h>
#include <stddef.h>

/* Called with the PDU as hex before the slot is emptied; false keeps it. */
typedef bool raw_slot_keep(void *context, const char *pdu);

/* Takes the message at a position (from 0) of the listing, SIM first, then the
 * modem's own storage: the order of libGammu's passes. connection gives the
 * speed ("at115200"). False, with a clause in error, when there is none or the
 * modem did not play. */
bool raw_slot_take(const char *device, const char *connection, int position,
    raw_slot_keep *keep, void *context, char *error, size_t error_size);

#endif
