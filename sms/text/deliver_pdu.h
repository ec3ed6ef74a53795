/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A reader for what libGammu refuses: the SMS-DELIVER of 3GPP TS 23.040
 * (9.2.2.1) as AT+CMGR and AT+CMGL show it (TS 27.005), hex with the message
 * centre's address in front. Pure.
 */
#ifndef HAILONG_SMS_TEXT_DELIVER_PDU_H
#define HAILONG_SMS_TEXT_DELIVER_PDU_H

#include <stdbool.h>
#include <stddef.h>
#include "sms/modem/modem.h"

/*
 * Fills a part from a DELIVER: sender, time, header, text; its slot is left
 * alone. Lenient about octets behind the announced length and about reserved
 * coding schemes, which read as the default alphabet (TS 23.038, 4). False
 * when it is none, is cut short or compressed: then only a
 * sender that was found means anything.
 */
bool deliver_pdu_read(const char *hex, struct modem_part *part);

/*
 * Writes a PDU for a person's eyes: the octets of addresses (message centre
 * and sender, as far as they can be told; of what is no DELIVER the first 26
 * octets) become "..", the rest stays. Between octets stands ":", so that none
 * of them look like a telephone number and are masked where a person reads
 * them. Always ends out with a NUL.
 */
void deliver_pdu_blank(const char *hex, char *out, size_t size);

#endif
