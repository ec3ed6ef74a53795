/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A person's decision about an SMS, with all that follows: answer, audit, and
 * the citizen's confirmation. */
#ifndef HAILONG_SERVER_MESSAGES_DECISION_H
#define HAILONG_SERVER_MESSAGES_DECISION_H

#include "server/messages/rereading.h"
#include "server/http/request.h"
#include "shared/uuid.h"

struct decision_request {
	const struct catalogue *catalogue;
	const struct settings *settings;
	const struct seal_keys *keys;
	const struct caller *who;
	struct arena *arena;
	int64_t now;
	struct uuid deed; /* of the audit: made once, should it run again */
	struct uuid message;
	enum decision decision; /* DECIDE_NOTHING: take the former back */
	const char *desk;       /* chosen, where it was unknown; NULL: not */
};

/* May this person see a message of that unit? "": only those see it
 * who see the whole district. */
bool decision_may_see(const struct catalogue *catalogue,
    const struct caller *who, const char *unit);
/* Does it, in the writer's transaction. What cannot be (decided meanwhile by
 * another person, no desk for a score, not theirs) changes nothing. False when
 * the database refused. */
bool decision_carry_out(
    struct db *db, struct tallies *tallies, const struct decision_request *d);

#endif
