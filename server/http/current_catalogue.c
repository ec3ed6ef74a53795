/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts its holders; the generation tells when to read anew. */
#include "server/http/current_catalogue.h"

#include <stdlib.h>
#include "server/core/catalogue/catalogue.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/catalogue/generation.h"
#include "shared/clock.h"

/* How old the newest catalogue may be. Short, because it also tells which
 * devices are revoked; under load it spares a query on nearly every request. */
#define CATALOGUE_CHECK_MS 2

void
shared_catalogue_release(struct shared_catalogue *shared)
{
	if (shared != NULL && --shared->holders == 0) {
		catalogue_destroy(shared->catalogue);
		free(shared);
	}
}

bool
current_catalogue_load(struct current_catalogue *c, struct db *db)
{
	struct catalogue *catalogue = store_catalogue(db);
	struct shared_catalogue *shared;

	if (catalogue == NULL)
		return false;
	shared = calloc(1, sizeof(*shared));
	if (shared == NULL)
		abort();
	shared->catalogue = catalogue;
	shared->holders = 1;
	shared_catalogue_release(c->newest);
	c->newest = shared;
	return true;
}

void
current_catalogue_refresh(struct current_catalogue *c, struct db *db)
{
	int64_t now = clock_mono();
	int64_t generation;

	if (now < c->checked_at + CATALOGUE_CHECK_MS)
		return;
	c->checked_at = now;
	generation = store_generation(db);
	if (generation >= 0 && generation != c->newest->catalogue->generation)
		current_catalogue_load(c, db);
}

struct shared_catalogue *
current_catalogue_hold(struct current_catalogue *c)
{
	c->newest->holders++;
	return c->newest;
}
