/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A terminal that stands for the modem's serial line, under a chosen name. */
#ifndef HAILONG_TESTS_MODEM_PTY_H
#define HAILONG_TESTS_MODEM_PTY_H

#include <stdbool.h>

struct pty {
	int master; /* the modem's end, -1 while unplugged */
	int slave;  /* kept open, so that a reader's leaving is no hang-up */
	const char *link; /* the name that the gateway opens */
};

/* Makes the terminal and points the link at it; false with errno set. */
bool pty_plug(struct pty *p);
/* Hangs up and takes the link away, as a USB modem's node goes. */
void pty_unplug(struct pty *p);

#endif
