/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The driver for real modems: libGammu's state machine, never gammu-smsd. */
#ifndef HAILONG_SMS_MODEM_MODEM_GAMMU_H
#define HAILONG_SMS_MODEM_MODEM_GAMMU_H

#include "sms/modem/modem.h"

struct modem_gammu_settings {
	const char *device;     /* "/dev/ttyUSB0" */
	const char *connection; /* "at115200" */
	const char *model;      /* "": found out by libGammu */
	int answer_s;           /* how long the network may think */
	int patience_s;         /* how long the modem may */
	/* The SIM asks for its PIN: gives it, or NULL when it may not be
	 * tried. accepted: the SIM took it. */
	const char *(*pin)(void *context, bool accepted);
	void *context;
};

/* Makes the modem, not yet open. One a process: deadlines use SIGALRM. The
 * settings must outlive it. */
struct modem *modem_gammu_create(const struct modem_gammu_settings *settings);

#endif
