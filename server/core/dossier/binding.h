/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a one-time token ties an answer to. Links are for citizens: used before
 * they expire. Calls are for a kiosk: the answer must have been given while the
 * call stood, however late it arrives. A dossier has one answer over all
 * channels; one more is kept and not counted. Pure.
 */
#ifndef HAILONG_SERVER_CORE_DOSSIER_BINDING_H
#define HAILONG_SERVER_CORE_DOSSIER_BINDING_H

#include <stdbool.h>
#include <stdint.h>
#include "shared/uuid.h"

/* The token as the database knows it. Strings are borrowed. */
struct binding {
	bool is_call;
	const char *dossier; /* key; "" for a ticket */
	const char *desk;    /* that called; "" for a link */
	const char *field;   /* that the software named, "" for none */
	int64_t created_at, expires_at;
	const char *dossier_unit, *dossier_field; /* "": not given */
	bool answered;      /* the dossier has an answer … */
	struct uuid answer; /* … this one */
};

enum tie {
	TIE_NONE, /* the token is over, or another desk's */
	TIE_FREE, /* to a ticket: to no dossier */
	TIE_NEW,  /* to the dossier, its first answer */
	TIE_MORE  /* to a dossier that has one */
};

/* answered_at: when the answer was given, by our clock; desk: where. */
enum tie binding_decide(const struct binding *b, const struct uuid *answer,
    const char *desk, int64_t answered_at);
/* True when a citizen may still answer by this link. */
bool binding_open(const struct binding *b, int64_t now);

#endif
