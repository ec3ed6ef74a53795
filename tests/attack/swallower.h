/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The way to a PostgreSQL, by a unix socket of its own, on which everything can
 * be swallowed: connections stay, nothing comes through in either direction,
 * as behind a network that has gone silent. */
#ifndef HAILONG_TESTS_ATTACK_SWALLOWER_H
#define HAILONG_TESTS_ATTACK_SWALLOWER_H

#include <stdbool.h>

struct swallower;

/* Leads to the server whose socket is in this folder. Never NULL. */
struct swallower *swallower_start(const char *folder);
/* Where its own socket is: the host of an address. */
const char *swallower_folder(const struct swallower *s);
/* Nothing comes through from now on; or again. What was sent meanwhile has been
 * swallowed, so those connections are cut when it comes through again. */
void swallower_hold(struct swallower *s, bool hold);
/* NULL is allowed. */
void swallower_stop(struct swallower *s);

#endif
