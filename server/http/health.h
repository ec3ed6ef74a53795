/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What /healthz and /metrics tell. */
#ifndef HAILONG_SERVER_HTTP_HEALTH_H
#define HAILONG_SERVER_HTTP_HEALTH_H

#include <stdbool.h>
#include <stdint.h>
#include "server/store/soundness.h"
#include "server/store/writer.h"

struct ctx;

#define HEALTH_WARNINGS 3

struct health {
	bool ok;
	const char *reason; /* when not ok: a sentence */
	/* what will be wrong soon or is no reason to refuse: sentences */
	const char *warnings[HEALTH_WARNINGS];
	int nwarnings;
	int64_t clock_off;  /* ms; 0: the clock is believed */
	int64_t disk_bytes; /* free for us beside the database, -1: unknown */
	int64_t started_at;
	struct writer_figures writer;
	struct soundness_report sound;
};

/* How the collector is; asks the database. From any thread. */
void health_read(const struct ctx *ctx, struct health *out);

#endif
