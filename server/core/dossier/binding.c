/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A repeat of the dossier's own answer is that answer, not one more. */
#include "server/core/dossier/binding.h"

#include <string.h>

/* A kiosk counts its 90 seconds from when it hears the call, and its clock and
 * ours differ a little. */
#define CALL_SLACK_MS (60 * 1000)

enum tie
binding_decide(const struct binding *b, const struct uuid *answer,
    const char *desk, int64_t answered_at)
{
	int64_t slack = b->is_call ? CALL_SLACK_MS : 0;

	if (answered_at < b->created_at - slack ||
	    answered_at > b->expires_at + slack ||
	    (b->is_call && strcmp(b->desk, desk) != 0))
		return TIE_NONE;
	if (b->dossier[0] == '\0')
		return TIE_FREE;
	if (b->answered && uuid_compare(&b->answer, answer) != 0)
		return TIE_MORE;
	return TIE_NEW;
}

bool
binding_open(const struct binding *b, int64_t now)
{
	return !b->is_call && !b->answered && now <= b->expires_at;
}
