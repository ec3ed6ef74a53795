/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between spool and collector: hands over what citizens wrote, fetches what is
 * to be sent, reports what became of it. All three may be repeated at any time
 * without harm: messages and reports carry ids, the collector answers a repeat
 * with "duplicate", and the spool takes an outgoing id only once.
 */
#ifndef HAILONG_SMS_HANDOVER_H
#define HAILONG_SMS_HANDOVER_H

#include <stdbool.h>
#include <stdint.h>
#include "shared/http_client.h"
#include "shared/offer.h"
#include "sms/spool/spool.h"
#include "sms/supervisor.h"

#define HANDOVER_BATCH    100   /* as many as the collector takes */
#define HANDOVER_OUTBOX   20    /* messages asked for at once */
#define HANDOVER_LOOK_MS  300   /* between looks into the spool */
#define HANDOVER_POLL_MS  2000  /* between looks into the outbox */
#define HANDOVER_MOST_MS  10000 /* between tries while it is unreachable */
#define HANDOVER_CHORE_MS (30 * 1000LL) /* between purges, heartbeats */

/* What goes over in batches. */
struct handover_queue {
	struct offer offer; /* which rows go next */
	int64_t again_at;   /* clock_mono: none before; 0: now */
};

struct handover {
	struct spool *spool;
	const char *url, *token;
	/* http_client_do, or a twin of it in tests */
	int (*request)(const struct http_client_call *call, char **reply);
	unsigned failures; /* requests in a row that failed */
	int status;        /* of the last request, HANDOVER_FOREIGN */
	struct handover_queue messages, reports;
};

/* handover.status: answered by something else than the collector. */
#define HANDOVER_FOREIGN (-1)

enum handover_result {
	HANDOVER_IDLE,   /* there was nothing to do */
	HANDOVER_DONE,   /* something went over, or is to be tried at once */
	HANDOVER_FAILED, /* the collector was not reached, or refused */
	HANDOVER_BROKEN, /* the spool failed: end the process */
	HANDOVER_RESULT_COUNT
};

/* Begins with the rest of the struct as it was set. */
void handover_init(struct handover *h);
/* Hands over the messages that wait, oldest first, one batch. */
enum handover_result handover_messages(struct handover *h);
/* Reports outcomes, one batch. */
enum handover_result handover_reports(struct handover *h);
/* Fetches what is to be sent into the spool. */
enum handover_result handover_outbox(struct handover *h);
/* Tells how the gateway and its modems are; forgets what is old (spool_purge)
 * by the earlier of our clock and the collector's. */
enum handover_result handover_heartbeat(struct handover *h);
/* All of it until asked to stop; a CHILD_ status. */
int handover_run(struct handover *h, const struct child_link *link);

#endif
