/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Number, text and password go to Kannel in headers and body, never in an
 * address, which programs like to log. Kannel answers when it has the message
 * on its own disk; when its answer does not come, the outcome is unknown, and
 * only a delivery report can still tell. What it refuses for now (no operator,
 * our own password wrong) is tried again later.
 */
#include "sms/kannel/kannel.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "shared/arena.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/http_client.h"
#include "shared/log.h"
#include "sms/text/gsm7.h"

#define PAUSE_MS 200   /* between looks for something to send */
#define STATE_MS 30000 /* between looks whether it is there */
#define AGAIN_MS 20000
#define BEAT_S   40 /* one request takes at most 15 */

struct sender {
	const struct settings_kannel *set;
	const struct kannel_secrets *secrets;
	struct spool *spool;
	bool away; /* said once */
};

static struct spool_turn
kannel_send_turn_of(const struct sender *s)
{
	return (struct spool_turn){.modem = KANNEL_NAME,
	    .sim = "",
	    .rate = s->set->rate,
	    .cap = s->set->cap,
	    .midnight = civil_day_start(civil_local_day(clock_now()))};
}

/* One request; the HTTP status, as http_client_post. */
static int
kannel_send_post(const struct sender *s, const struct spool_outgoing *out,
    char *reply, size_t size)
{
	struct arena a;
	const char *coding =
	    out != NULL && gsm7_septets(out->text) < 0 ? "2" : "0";
	int status;

	arena_init(&a);
	const char *headers[] = {"Content-Type: text/plain; charset=UTF-8",
	    "X-Kannel-Charset: UTF-8", "X-Kannel-DLR-Mask: 31",
	    arena_printf(&a, "X-Kannel-Username: %s", s->set->user),
	    arena_printf(&a, "X-Kannel-Password: %s",
		out == NULL ? "" : s->secrets->password),
	    arena_printf(&a, "X-Kannel-From: %s", s->set->from),
	    arena_printf(&a, "X-Kannel-Coding: %s", coding),
	    out == NULL ? NULL
			: arena_printf(&a, "X-Kannel-To: %s", out->number),
	    out == NULL
		? NULL
		: arena_printf(&a,
		      "X-Kannel-DLR-Url: "
		      "http://" KANNEL_NAME ":%s@%s/report?id=%s&type=%%d",
		      s->secrets->secret, s->set->listen, out->id),
	    NULL};
	status = http_client_post(s->set->send_url, headers,
	    out == NULL ? "" : out->text, reply, size);
	arena_finish(&a);
	return status;
}

/* Is Kannel there? A request without a password is refused, which is an
 * answer. */
static bool
tell_state(struct sender *s)
{
	char reply[100];
	bool away = kannel_send_post(s, NULL, reply, sizeof(reply)) <= 0;

	if (away != s->away)
		log_warn("kannel: %s",
		    away ? "not reached; messages wait" : "reached again");
	s->away = away;
	return spool_modem_state(s->spool, KANNEL_NAME,
	    away ? "unplugged" : "ready", away ? "kannel is not reached" : "",
	    0, clock_now());
}

/* What Kannel's answer means; code: the HTTP status. */
static enum modem_result
judge_kannel_send(int status, const char *reply)
{
	if (status == HTTP_CLIENT_UNREACHED)
		return MODEM_REFUSED;
	/* "0: Accepted for delivery", "3: Queued for later delivery" */
	if ((status == 200 || status == 202) &&
	    (reply[0] == '0' || reply[0] == '3') && reply[1] == ':')
		return MODEM_OK;
	/* other words of success are not known to be Kannel's, nor not to be */
	return status == 0 || status / 100 == 2 ? MODEM_LOST : MODEM_REFUSED;
}

static bool
kannel_send_refused(
    struct sender *s, const struct spool_outgoing *out, int status)
{
	bool ours = status == 403 || status == 401;

	if (ours)
		log_error("kannel: refuses our user or password (%d)", status);
	/* not reached; led elsewhere by what stands between; Kannel's trouble
	 */
	if (ours || status < 400 || status >= 500)
		return spool_again(s->spool, out->id, status < 0 ? 0 : status,
		    clock_now() + AGAIN_MS);
	log_warn("kannel: message %s refused (%d)", out->id, status);
	return spool_outcome(
	    s->spool, out->id, SPOOL_NOT_SENT, status, clock_now());
}

static bool
send_one(struct sender *s, const struct spool_turn *turn,
    const struct spool_outgoing *out)
{
	struct modem_sent sent = {.code = -1};
	char reply[100];
	int status = kannel_send_post(s, out, reply, sizeof(reply));
	enum modem_result r = judge_kannel_send(status, reply);

	sent.parts = r == MODEM_OK;
	if (!spool_sent_parts(
		s->spool, turn, out, &sent, r == MODEM_LOST, clock_now()))
		return false;
	if (r == MODEM_REFUSED)
		return kannel_send_refused(s, out, status);
	return spool_outcome(s->spool, out->id,
	    r == MODEM_OK ? SPOOL_SENT : SPOOL_UNKNOWN, -1, clock_now());
}

/* Sends what may go now; false when the spool failed. */
static bool
send_all(struct sender *s, const struct child_link *link)
{
	bool found = true;

	while (found && !s->away && !*link->stop) {
		struct spool_turn turn = kannel_send_turn_of(s);
		struct spool_outgoing out;

		child_beat(link, CHILD_NOWHERE, BEAT_S);
		if (!spool_ready(s->spool, &turn, clock_now()))
			return true;
		if (!spool_claim(s->spool, &turn, clock_now(), &out, &found) ||
		    (found && !send_one(s, &turn, &out)))
			return false;
	}
	return true;
}

int
kannel_send(const struct settings_kannel *set,
    const struct kannel_secrets *secrets, struct spool *spool,
    const struct child_link *link)
{
	struct sender s = {.set = set, .secrets = secrets, .spool = spool};
	struct spool_turn turn = kannel_send_turn_of(&s);
	int64_t state_at = 0;

	if (!spool_recover(spool, KANNEL_NAME, clock_now()) ||
	    !spool_modem_start(spool, &turn, clock_now()))
		return CHILD_TROUBLE;
	while (!*link->stop) {
		child_beat(link, CHILD_NOWHERE, BEAT_S);
		if (clock_mono() >= state_at) {
			state_at = clock_mono() + STATE_MS;
			if (!tell_state(&s))
				return CHILD_TROUBLE;
		}
		if (!send_all(&s, link))
			return CHILD_TROUBLE;
		usleep(PAUSE_MS * 1000);
	}
	return CHILD_DONE;
}
