/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The second driver: an operator's short code through Kannel, which speaks SMPP
 * with the operator and HTTP with us. Two processes, so that neither waits for
 * the other: one listens for messages and delivery reports, one sends.
 *
 *   Kannel ── POST /in?id=… ───► kannel_listen ──► spool
 *   Kannel ── GET /report?… ───►
 *   Kannel ◄── sendsms ───────── kannel_send ◄──── spool
 *
 * What Kannel hands over bears a secret that only its configuration and ours
 * have: it sends what stands before the @ of an address (http://NAME:SECRET@…)
 * as Basic authentication.
 */
#ifndef HAILONG_SMS_KANNEL_KANNEL_H
#define HAILONG_SMS_KANNEL_KANNEL_H

#include "sms/settings.h"
#include "sms/spool/spool.h"
#include "sms/supervisor.h"

#define KANNEL_NAME                                                            \
	"kannel" /* of the driver, where modems have theirs; and               \
		  * before the secret in Kannel's addresses */

/* What is told to the two processes beside the settings. */
struct kannel_secrets {
	const char *password; /* of our user at Kannel */
	const char *secret;   /* of Kannel at ours */
};

/* True for a secret that can stand in an address as it is, and is long enough:
 * 16 to 64 letters, digits, '-', '_'. */
bool kannel_secret_good(const char *secret);

/* Takes what Kannel hands over, until asked to stop; a CHILD_ status. */
int kannel_listen(const struct settings_kannel *set,
    const struct kannel_secrets *secrets, struct spool *spool,
    const struct child_link *link);
/* Sends what waits, until asked to stop; a CHILD_ status. */
int kannel_send(const struct settings_kannel *set,
    const struct kannel_secrets *secrets, struct spool *spool,
    const struct child_link *link);

/* kannel_read.c, pure: what one request says. */
enum kannel_kind {
	KANNEL_MESSAGE,
	KANNEL_REPORT,  /* delivered, or failed, for good */
	KANNEL_NOTHING, /* understood, and nothing to do */
	KANNEL_WRONG    /* not ours: refused */
};

/* A request as it came; NULL: absent. */
struct kannel_words {
	const char *path, *id, *type, *from, *time, *coding, *body;
};

/* What it means. */
struct kannel_request {
	char uuid[UUID_TEXT];
	char number[PHONE_TEXT];
	int64_t sent_at; /* 0: unknown */
	bool failed;
};

/* Reads a request. */
enum kannel_kind kannel_read(
    const struct kannel_words *words, struct kannel_request *out);

#endif
