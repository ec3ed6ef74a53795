/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What init and catalogue say alike of a catalogue that is loaded. */
#ifndef HAILONG_SERVER_COMMAND_CATALOGUE_H
#define HAILONG_SERVER_COMMAND_CATALOGUE_H

#include "server/command/command.h"

struct folder;
struct refusals;
struct revision;

/* Says on standard error why a folder is refused, a line each. */
void catalogue_refused(
    const struct command *c, const struct refusals *refusals);
/* Makes the catalogue what next says, in the name of who runs the command; dry:
 * only looks. False after saying why. */
bool catalogue_bring(const struct command *c, struct db *db, struct arena *a,
    const struct folder *next, bool dry, struct revision *out);

#endif
