/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of the AT side: commands of both files in one shape. */
#ifndef HAILONG_TESTS_MODEM_AT_H
#define HAILONG_TESTS_MODEM_AT_H

#include "tests/modem/sim.h"

enum at_reply { AT_OK, AT_ERROR, AT_NONE };

struct at_command {
	const char *begins; /* the command after "AT" */
	bool whole;         /* nothing may follow */
	enum at_reply (*run)(struct sim *s, const char *rest, struct buf *out);
	const char *says; /* instead of run: a line before the OK, or NULL */
};

/* at_sms.c: commands about messages, closed by a row without a name. */
extern const struct at_command at_sms[];

/* Refuses as CMEE asked for it. */
void at_refuse(const struct sim *s, int code, struct buf *out);
/* The text after the prompt is complete: the network takes it or not. */
void at_send(struct sim *s, struct buf *out);

#endif
