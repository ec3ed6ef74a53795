/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The second driver: an operator's short code through Kannel, which speaks SMPP
 * with the operator and HTTP with us. Two processes, so that neither waits for
 * the other: one listens for messages and delivery reports, one sends.
 *
 *   Kannel ── POST /in?id=… ───► kannel_listen ──► spool
 *   Kannel ── GET /report?… ───►
 *   Kannel ◄── sendsms ───────── kannel_send ◄──── spool
 */
#ifndef HAILONG_SMS_KANNEL_KANNEL_H
#define HAILONG_SMS_KANNEL_KANNEL_H

#include "sms/settings.h"
#include "sms/spool/spool.h"
#include "sms/supervisor.h"

#define KANNEL_NAME "kannel" /* of the driver, where modems have theirs */

/* Takes what Kannel hands over, until asked to stop; a CHILD_ status. */
int kannel_listen(const struct settings_kannel *set, struct spool *spool,
    const struct child_link *link);
/* Sends what waits, until asked to stop; a CHILD_ status. */
int kannel_send(const struct settings_kannel *set, const char *password,
    struct spool *spool, const struct child_link *link);

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
