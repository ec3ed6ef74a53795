/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a person asks a running gateway, through its spool. */
#ifndef HAILONG_SMS_STATUS_COMMAND_H
#define HAILONG_SMS_STATUS_COMMAND_H

#include <stdbool.h>

/* Is this a command, with so many words (its name included)? */
bool status_command_known(const char *name, int words);
/* Runs "status" or "balance MODEM [CODE]"; the exit status. */
int status_command(const char *config, int argc, char **argv);

#endif
