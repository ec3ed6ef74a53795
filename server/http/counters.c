/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of what is counted. */
#include "server/http/counters.h"

#include <string.h>

const char *const counter_results[RESULT_COUNT] = {[STORED] = "stored",
    [STORED_DUPLICATE] = "duplicate",
    [STORED_CONFLICT] = "conflict",
    [STORED_FAILED] = "invalid"};
const char *const counter_channels[CHANNEL_COUNT] = {
    "kiosk", "web", "sms", "api"};

const char *const counter_sendings[SENDING_COUNT] = {
    "sent", "failed", "unknown", "delivered", "undelivered"};

void
counters_answer(struct counters *f, const char *channel, enum stored result)
{
	for (int i = 0; i < CHANNEL_COUNT; i++)
		if (strcmp(counter_channels[i], channel) == 0)
			f->answers[i][result]++;
}
