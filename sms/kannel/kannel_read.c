/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kannel's words (its user guide, "HTTP interface"): the sender, the time in
 * UTC and the coding stand in headers, the id is Kannel's own, the same when it
 * hands a message over once more. Of a delivery report 1 is delivered, 2 not
 * delivered, 16 refused by the operator; 4 and 8 say that it is on its way.
 */
#include "sms/kannel/kannel.h"

#include <stdio.h>
#include <string.h>
#include "shared/civil.h"
#include "shared/utf8.h"

bool
kannel_secret_good(const char *secret)
{
	size_t n = strlen(secret);

	return n >= 16 && n <= 64 &&
	       strspn(secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			      "abcdefghijklmnopqrstuvwxyz0123456789-_") == n;
}

/* "2026-11-26 00:55:21", UTC. */
static int64_t
read_kannel_read_time(const char *text)
{
	char rfc[40];
	int64_t at;
	int offset;

	if (text == NULL || strlen(text) != 19)
		return 0;
	snprintf(rfc, sizeof(rfc), "%.10sT%.8sZ", text, text + 11);
	return civil_parse_time(rfc, &at, &offset) ? at : 0;
}

static enum kannel_kind
read_kannel_read_message(const struct kannel_words *w, struct kannel_request *r)
{
	if (w->from == NULL || w->body == NULL ||
	    !utf8_valid(w->body, strlen(w->body)))
		return KANNEL_WRONG;
	if (w->coding != NULL && strcmp(w->coding, "1") == 0)
		return KANNEL_NOTHING; /* no words of a person */
	if (!phone_sender(w->from, r->number))
		return KANNEL_NOTHING; /* a name or a short code */
	r->sent_at = read_kannel_read_time(w->time);
	return KANNEL_MESSAGE;
}

static enum kannel_kind
read_kannel_read_report(const struct kannel_words *w, struct kannel_request *r)
{
	if (w->type == NULL)
		return KANNEL_WRONG;
	r->failed = strcmp(w->type, "2") == 0 || strcmp(w->type, "16") == 0;
	return r->failed || strcmp(w->type, "1") == 0 ? KANNEL_REPORT
						      : KANNEL_NOTHING;
}

enum kannel_kind
kannel_read(const struct kannel_words *w, struct kannel_request *r)
{
	struct uuid uuid;

	memset(r, 0, sizeof(*r));
	if (w->path == NULL || w->id == NULL || !uuid_parse(w->id, &uuid))
		return KANNEL_WRONG;
	uuid_format(&uuid, r->uuid);
	if (strcmp(w->path, "/in") == 0)
		return read_kannel_read_message(w, r);
	return strcmp(w->path, "/report") == 0 ? read_kannel_read_report(w, r)
					       : KANNEL_WRONG;
}
