/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words by which a report is asked for: populations, channels, by what. */
#include "server/core/score/score.h"

#include <string.h>

const char *const channel_names[] = {
    "kiosk", "web", "sms", "paper", "api", NULL};
const char *const population_names[] = {
    "tthc", "tthc-land", "agency", "health-education", NULL};

static const char *const by_words[BY_COUNT] = {[BY_POPULATION] = "",
    [BY_UNIT] = "unit",
    [BY_FIELD] = "field",
    [BY_GROUP] = "group",
    [BY_CHANNEL] = "channel",
    [BY_CRITERION] = "criterion",
    [BY_DAY] = "day",
    [BY_DESK] = "desk"}; /* cells and reasons are for the pages only */

bool
score_by_find(const char *word, enum score_by *by)
{
	for (int i = 0; i < BY_COUNT; i++)
		if (by_words[i] != NULL &&
		    strcmp(by_words[i], word == NULL ? "" : word) == 0) {
			*by = (enum score_by)i;
			return true;
		}
	return false;
}

bool
channel_known(const char *name)
{
	for (int i = 0; channel_names[i] != NULL; i++)
		if (strcmp(channel_names[i], name) == 0)
			return true;
	return false;
}

bool
population_known(const char *name)
{
	for (int i = 0; population_names[i] != NULL; i++)
		if (strcmp(population_names[i], name) == 0)
			return true;
	return false;
}
