/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of the control side: what both files need. */
#ifndef HAILONG_TESTS_MODEM_CONTROL_H
#define HAILONG_TESTS_MODEM_CONTROL_H

#include "tests/modem/sim.h"

/* A command: the rest of its line in, words for the person out. */
typedef void control_run(
    struct sim *s, char *rest, struct buf *line, struct buf *reply);

/* Takes the next word off a command; "" at its end. */
const char *control_word(char **rest);

/* control_air.c: what the network brings and takes. */
control_run control_receive, control_flood, control_sent, control_slots,
    control_air, control_poison, control_pdu;

#endif
