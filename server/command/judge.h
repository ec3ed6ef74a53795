/* SPDX-License-Identifier: GPL-2.0-or-later */
/* judge: interval and verdict of counts, without settings or database. */
#ifndef HAILONG_SERVER_COMMAND_JUDGE_H
#define HAILONG_SERVER_COMMAND_JUDGE_H

/* judge --satisfied K --valid N [--dossiers D] [--target PERCENT], or
 * --strata FILE.csv, or --clusters FILE.csv: prints one line of JSON. argv[0]
 * is the command's name. Returns the exit status: 1 for a value that cannot be
 * (said in one sentence), 2 for wrong usage. */
int command_judge(int argc, char **argv);

#endif
