/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two allowances: of new keys, and of each key to be new. */
#include "server/core/device/enrol_gate.h"

#include <stdlib.h>
#include "server/core/burst/allowance.h"
#include "shared/limits.h"

#define GATE_SOURCES 4096
#define GATE_KEYS    4096

struct enrol_gate {
	struct allowance *sources, *keys;
	int64_t turned_away; /* when last */
};

static const struct allowed of_source = {LIMIT_ENROL_SOURCE, LIMIT_ENROL_MS};
static const struct allowed of_key = {1, LIMIT_ENROL_MS};

struct enrol_gate *
enrol_gate_create(void)
{
	struct enrol_gate *g = calloc(1, sizeof(*g));

	if (g == NULL)
		abort();
	g->sources = allowance_create(GATE_SOURCES);
	g->keys = allowance_create(GATE_KEYS);
	g->turned_away = -LIMIT_ENROL_MS;
	return g;
}

void
enrol_gate_destroy(struct enrol_gate *g)
{
	if (g == NULL)
		return;
	allowance_destroy(g->sources);
	allowance_destroy(g->keys);
	free(g);
}

int64_t
enrol_gate_wait(
    struct enrol_gate *g, uint64_t source, uint64_t key, int64_t now)
{
	uint64_t both = source ^ key * 0x9e3779b97f4a7c15u;
	int64_t wait;

	if (source == 0 || allowance_wait(g->keys, both, of_key, 1, now) > 0)
		return 0;
	wait = allowance_wait(g->sources, source, of_source, 1, now);
	if (wait > 0) {
		g->turned_away = now;
		return wait;
	}
	allowance_take(g->sources, source, of_source, 1, now);
	allowance_take(g->keys, both, of_key, 1, now);
	return 0;
}

bool
enrol_gate_crowded(const struct enrol_gate *g, int64_t now)
{
	return now - g->turned_away < LIMIT_ENROL_MS;
}
