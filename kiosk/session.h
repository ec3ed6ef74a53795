/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kiosk without its screen: the flow with real clocks, ids, settings, the
 * outbox, the courier and the collector's settings. The screen tells it what
 * was touched and shows what session_flow says.
 */
#ifndef HAILONG_KIOSK_SESSION_H
#define HAILONG_KIOSK_SESSION_H

#include <stdbool.h>
#include "kiosk/flow.h"
#include "kiosk/settings.h"

struct session;

struct session_settings {
	const char *url;    /* of the collector; "": work without one */
	const char *token;  /* of the device */
	const char *outbox; /* path */
	enum lang lang;     /* the first language */
};

/* Opens the outbox and starts courier and sync. NULL, logged, when the outbox
 * cannot be used by any means (wrong path, another process); a full or failing
 * disk begins with FLOW_TROUBLE instead and goes on trying. */
struct session *session_start(const struct session_settings *settings);
/* Somebody touched; true when the screen must be shown anew. */
bool session_event(struct session *s, enum flow_kind kind, int value);
/* Call some times a second; true as above. Takes new settings over while
 * nobody is answering, and looks whether trouble has ended. */
bool session_tick(struct session *s);
/* What to show. */
const struct flow *session_flow(const struct session *s);
/* With which words; valid until the next session_tick. */
const struct settings *session_words(const struct session *s);
/* Grows with every new set of settings. */
unsigned session_revision(const struct session *s);
/* Whole seconds until "still there?" ends. */
int session_seconds_left(const struct session *s);
/* Ends the threads, frees; NULL is allowed. */
void session_stop(struct session *s);

#endif
