/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sms.ini (contract, section 5; man page hailong-sms.8). */
#ifndef HAILONG_SMS_SETTINGS_H
#define HAILONG_SMS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include "sms/modem/modem.h"

#define SETTINGS_MODEMS      16
#define SETTINGS_PATH        512
#define SETTINGS_RATE        15 /* a person's SIM that sends more gets blocked */
#define SETTINGS_CAP         500
#define SETTINGS_JOIN        600
#define SETTINGS_KANNEL_RATE 6000
#define SETTINGS_KANNEL_CAP  1000000

struct settings_modem {
	char name[MODEM_NAME_BYTES];
	char device[SETTINGS_PATH];
	char connection[40];
	char model[40];
	char pin_file[SETTINGS_PATH];
	int answer_s;   /* the network's time to answer a sending */
	int patience_s; /* the modem's, to answer anything */
	int rate, cap;  /* parts a minute and a day that its SIM may send */
};

/* The second driver: an operator's short code through Kannel. */
struct settings_kannel {
	char listen[64]; /* "127.0.0.1:13080"; "" : no Kannel */
	char send_url[SETTINGS_PATH];
	char user[64];
	char password_file[SETTINGS_PATH];
	char secret_file[SETTINGS_PATH]; /* of what Kannel hands over */
	char from[20];                   /* the short code */
	int rate, cap;                   /* parts a minute and a day */
};

struct settings {
	struct settings_kannel kannel;
	char url[SETTINGS_PATH]; /* without a trailing slash */
	char insecure[8];        /* as it stands there; "" not said */
	char token_file[SETTINGS_PATH];
	char time_zone[64];
	char spool[SETTINGS_PATH];
	int join_s; /* parts of a long message wait so long for one another */
	struct settings_modem modems[SETTINGS_MODEMS];
	size_t nmodems;
};

/* Reads the file over the defaults and checks that nothing needed is missing.
 * False with one sentence in error. */
bool settings_read(
    const char *path, struct settings *out, char *error, size_t error_size);

#endif
