/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an upgrade of the schema leaves for the program to do. */
#ifndef HAILONG_SERVER_STORE_AFTER_UPGRADE_H
#define HAILONG_SERVER_STORE_AFTER_UPGRADE_H

#include <stdbool.h>

struct db;

/* After an upgrade: what the schema's text alone could not do (counting anew,
 * plain texts of comments), in one transaction. Nothing to do is quick. */
bool store_bring_up(struct db *db);

#endif
