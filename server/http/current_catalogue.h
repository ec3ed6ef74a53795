/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The newest catalogue, shared and never changed: each exchange holds the one
 * it began with. All of it belongs to one thread, the loop's.
 */
#ifndef HAILONG_SERVER_HTTP_CURRENT_CATALOGUE_H
#define HAILONG_SERVER_HTTP_CURRENT_CATALOGUE_H

#include <stdbool.h>
#include <stdint.h>

struct db;

struct shared_catalogue {
	struct catalogue *catalogue;
	int holders;
};

struct current_catalogue {
	struct shared_catalogue *newest; /* itself a holder */
	int64_t checked_at;              /* clock_mono; 0: look at once */
};

/* Reads the newest one; false, logged, when it cannot: the former one stays. */
bool current_catalogue_load(struct current_catalogue *c, struct db *db);
/* Reads it anew when its generation was raised; looks every few ms. */
void current_catalogue_refresh(struct current_catalogue *c, struct db *db);
/* The newest, held until shared_catalogue_release. */
struct shared_catalogue *current_catalogue_hold(struct current_catalogue *c);
/* The last holder frees it. NULL is allowed. */
void shared_catalogue_release(struct shared_catalogue *shared);

#endif
