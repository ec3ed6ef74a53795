/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of what is counted. */
#include "server/figures.h"

#include <string.h>

const char *const figure_results[RESULT_COUNT] = {[STORED] = "stored",
    [STORED_DUPLICATE] = "duplicate",
    [STORED_CONFLICT] = "conflict",
    [STORED_FAILED] = "invalid"};
const char *const figure_channels[CHANNEL_COUNT] = {
    "kiosk", "web", "sms", "api"};

const char *const figure_sendings[SENDING_COUNT] = {
    "sent", "failed", "unknown", "delivered", "undelivered"};

void
figures_answer(struct figures *f, const char *channel, enum stored result)
{
	for (int i = 0; i < CHANNEL_COUNT; i++)
		if (strcmp(figure_channels[i], channel) == 0)
			f->answers[i][result]++;
}
