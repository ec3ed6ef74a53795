/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Refusals that matter leave a line in the log and a deed in the audit log: who
 * asks with a token that is worth nothing, sends a form in another's name, goes
 * for what is another unit's, or tries passwords. Many are counted: of one
 * kind, asker and route the 1st, 10th, 100th, … within an hour of each other
 * are told (of what people do by mistake, the 5th, 50th, …), so that an attack
 * is seen and cannot flood the log. Without personal data of citizens, and
 * without what was typed or sent.
 */
#ifndef HAILONG_SERVER_HTTP_REFUSALS_H
#define HAILONG_SERVER_HTTP_REFUSALS_H

#include <stdbool.h>
#include <stdint.h>

struct job;
struct refusals;
struct request;

enum refusal {
	REFUSAL_NONE,
	REFUSAL_TOKEN,     /* a token that is unknown or revoked */
	REFUSAL_SIGNATURE, /* a known device, not signed by its key */
	REFUSAL_KIND,      /* a known device, for another kind's work */
	REFUSAL_ELSEWHERE, /* a form of another site's page */
	REFUSAL_CSRF,      /* a form without this session's value */
	REFUSAL_ROLE,      /* a person, not in a role that may */
	REFUSAL_UNIT,      /* a person of a unit, for what is not its own */
	REFUSAL_GUESS,     /* a password or code that is wrong */
	REFUSAL_HASTE,     /* sign-ins beyond what the door takes */
	REFUSAL_KINDS
};

/* What a response is; REFUSAL_NONE: nothing that matters. route: its pattern,
 * NULL when there is none at the address; status: that of the response. Pure.
 */
enum refusal refusal_of(
    const struct request *req, const char *route, int status);

/* None counted. NULL when there is no memory. */
struct refusals *refusals_create(void);
/* Frees; NULL is allowed. */
void refusals_destroy(struct refusals *r);

/* Counts the response, if it is one that matters. Returns an errand for the
 * writer and has logged a line when it is time for one, else NULL. now: ms, by
 * the clock. Of the loop's thread only. */
struct job *refusals_note(struct refusals *r, const struct request *req,
    const char *route, int status, int64_t now);

#endif
