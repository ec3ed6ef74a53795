/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the collector counts of itself since it started, for /metrics: numbers
 * only, of no single person. Belongs to the loop: handlers on it and replies
 * may count, reader threads and the writer may not.
 */
#ifndef HAILONG_SERVER_HTTP_COUNTERS_H
#define HAILONG_SERVER_HTTP_COUNTERS_H

#include <stdint.h>
#include "server/store/answers.h"

/* Results are counted by enum stored; STORED_FAILED stands for "invalid". */
#define RESULT_COUNT (STORED_FAILED + 1)

/* How answers come; paper has no way in yet. */
enum channel {
	CHANNEL_KIOSK,
	CHANNEL_WEB,
	CHANNEL_SMS,
	CHANNEL_API,
	CHANNEL_COUNT
};

/* How the sending of an SMS ended, as gateways report it. */
enum sending {
	SENDING_SENT,
	SENDING_FAILED,
	SENDING_UNKNOWN,
	SENDING_DELIVERED, /* said later, by the network */
	SENDING_UNDELIVERED,
	SENDING_COUNT
};

struct counters {
	int64_t answers[CHANNEL_COUNT][RESULT_COUNT];
	int64_t messages[RESULT_COUNT]; /* SMS from the gateway */
	int64_t sent[SENDING_COUNT];    /* SMS to citizens, by how it went */
	int64_t responses[6];           /* by the status's first digit */
	int64_t ambiguous;              /* refused or last for their framing */
	int64_t cut;                    /* connections that took too long */
	int64_t connections;            /* open now */
};

extern const char *const counter_results[RESULT_COUNT];
extern const char *const counter_channels[CHANNEL_COUNT];
extern const char *const counter_sendings[SENDING_COUNT];

/* Counts one answer that came by the channel of this name. */
void counters_answer(
    struct counters *figures, const char *channel, enum stored result);

#endif
