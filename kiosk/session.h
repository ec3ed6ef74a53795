/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kiosk without its screen: the flow with real clocks, ids, settings, the
 * outbox, the courier and the collector's settings and calls. The screen tells
 * it what was touched and shows what session_flow says.
 */
#ifndef HAILONG_KIOSK_SESSION_H
#define HAILONG_KIOSK_SESSION_H

#include <stdbool.h>
#include <stdint.h>
#include "kiosk/flow.h"
#include "shared/text.h"

struct heartbeat;
struct identity;
struct session;
struct settings;

struct session_settings {
	const char *url;           /* of the collector; "": work without one */
	const char *token;         /* of the device */
	const char *outbox;        /* path */
	enum lang lang;            /* the first language */
	struct identity *identity; /* the session's until session_stop */
};

/* What the operator's page shows. Times are clock_now, 0: never. */
struct session_state {
	int64_t unsent, oldest_ms, refused;
	int64_t delivered_at, heard_at;
	bool online;
	int damaged; /* files set aside */
};

/* Opens the outbox and starts courier and sync. NULL, logged, when the outbox
 * cannot be used by any means (wrong path, another process); a full or failing
 * disk begins with FLOW_TROUBLE instead and goes on trying. */
struct session *session_start(const struct session_settings *settings);
/* One event of the screen; true when the screen must be shown anew. */
bool session_event(struct session *s, enum flow_kind kind, int value);
/* How many fingers are on the glass during the events that follow. */
void session_fingers(struct session *s, int fingers);
/* Call some times a second; true as above. Takes new settings over while
 * no answer is under way, brings calls in, and looks whether trouble has ended.
 */
bool session_tick(struct session *s);
/* What to show. */
const struct flow *session_flow(const struct session *s);
/* With which words; valid until the next session_tick. */
const struct settings *session_words(const struct session *s);
/* Grows with every new set of settings. */
unsigned session_revision(const struct session *s);
/* Whole seconds until the present screen ends by itself. */
int session_seconds_left(const struct session *s);
/* What the outbox and the network are like now. */
void session_state(struct session *s, struct session_state *out);
/* Sends again what was refused; how many, -1, logged, when it cannot. */
int64_t session_resend(struct session *s);
/* Tells the next heartbeat what the screen knows. */
void session_tell(struct session *s, const struct heartbeat *note);
/* When the slowest of its threads showed its last sign of life (clock_mono);
 * now, when there are none. */
int64_t session_alive(const struct session *s);
/* Forgets who this device is, so that it is enrolled anew at the next start;
 * what is unsent is kept. False, logged, when that cannot be. */
bool session_forget(struct session *s);
/* Ends the threads, frees; NULL is allowed. */
void session_stop(struct session *s);

#endif
