/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A few AT commands on the bare terminal, without libGammu: to see whether a
 * modem is there at all, and to take away what libGammu cannot read. Trusts
 * nothing of what comes back: bounded answers, one deadline for each.
 */
#ifndef HAILONG_SMS_MODEM_AT_LINE_H
#define HAILONG_SMS_MODEM_AT_LINE_H

#include <stdbool.h>
#include "shared/buf.h"

/* Opens a serial line raw, at the speed of connection ("at115200"); -1 when it
 * cannot. */
int at_line_open(const char *device, const char *connection);
/* Sends a command (with its CR) and gathers the answer for at most ms; true
 * when it ends with OK. */
bool at_line_ask(int fd, const char *command, int ms, struct buf *answer);

enum at_line_state {
	AT_LINE_ABSENT, /* no such device */
	AT_LINE_SILENT, /* it does not answer AT */
	AT_LINE_READY
};

/* Is a modem there, and does it answer? direct: it can hand over delivery
 * reports as they are (+CDS) instead of storing them (+CDSI). */
enum at_line_state at_line_probe(
    const char *device, const char *connection, bool *direct);

#endif
