/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replies: reads SMS texts from standard input, one a line. */
#ifndef HAILONG_SERVER_COMMAND_REPLIES_H
#define HAILONG_SERVER_COMMAND_REPLIES_H

/* Writes one compact JSON reading for each line (contract, section 2) with
 * the built-in desk codes; needs neither configuration nor database. argv[0]
 * is the command's name. Returns the exit status: 0, 1 when reading or writing
 * failed, 2 for words it does not take. */
int command_replies(int argc, char **argv);

#endif
