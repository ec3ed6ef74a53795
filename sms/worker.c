/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The order of deeds is the design:
 *   read    every slot of a pass goes to the spool, each with its own fsync;
 *           only when the pass has ended are slots emptied. A slot that cannot
 *           be emptied is read again and recognised.
 *   join    complete messages become ready for the courier.
 *   send    one message, right after a pass, so that the modem is known to be
 *           there. Its row says "sending" on disk before the modem hears of it.
 *   listen  up to 3 s, shorter when the modem announces a message; polling
 *           goes on all the same, for many modems announce unreliably.
 * Whatever goes wrong with modem or disk ends the process: the supervisor
 * begins a new one with a fresh libGammu, and the spool knows where we were.
 */
#include "sms/worker.h"

#include <string.h>
#include "shared/clock.h"
#include "shared/log.h"

#define SPARE_S 15 /* the driver's own deadline comes first */

static void
beat(const struct worker *w, int position, int seconds)
{
	child_beat(w->link, position, seconds + SPARE_S);
}

static int
trouble(struct worker *w, const char *doing)
{
	if (w->worked || child_loud(w->link))
		log_warn("modem %s: %s: %s; trying again", w->name, doing,
		    w->modem->error);
	return CHILD_TROUBLE;
}

static int
store(struct worker *w, const struct modem_part *part, int *fresh)
{
	enum spool_added added =
	    spool_part(w->spool, w->name, part, clock_now());

	if (added == SPOOL_NEW)
		++*fresh;
	return added == SPOOL_FAILED ? CHILD_TROUBLE : CHILD_DONE;
}

/* Reads a pass into the spool and notes the slots that may be emptied. */
static int
read_pass(struct worker *w, int slots[], int *nslots, int *fresh)
{
	struct modem_part part;
	int status = CHILD_DONE;

	*nslots = 0;
	w->bad = CHILD_NOWHERE;
	for (int at = 0; at < WORKER_SLOTS && status == CHILD_DONE; at++) {
		enum modem_result r;

		beat(w, at, MODEM_READ_S);
		memset(&part, 0, sizeof(part));
		r = w->modem->ops->next(w->modem, at == 0, &part);
		if (r == MODEM_EMPTY)
			break;
		if (r == MODEM_UNREADABLE) {
			w->bad = w->bad == CHILD_NOWHERE ? at : w->bad;
			continue;
		}
		if (r != MODEM_OK)
			return trouble(w, "cannot read");
		status = store(w, &part, fresh);
		slots[(*nslots)++] = part.slot;
	}
	return status;
}

/* Empties the slots whose parts are on disk. */
static int
empty_slots(struct worker *w, const int slots[], int nslots)
{
	unsigned left = 0;

	for (int i = 0; i < nslots; i++) {
		enum modem_result r;

		beat(w, CHILD_NOWHERE, MODEM_READ_S);
		r = w->modem->ops->remove(w->modem, slots[i]);
		if (r == MODEM_LOST)
			return trouble(w, "cannot delete");
		left += r != MODEM_OK;
	}
	if (left > w->undeleted)
		log_warn(
		    "modem %s: %u message(s) are stored but cannot be "
		    "deleted from the SIM (%s); they are not counted again",
		    w->name, left, w->modem->error);
	w->undeleted = left;
	return CHILD_DONE;
}

int
worker_read(struct worker *w)
{
	int slots[WORKER_SLOTS], nslots, fresh = 0, status;

	status = read_pass(w, slots, &nslots, &fresh);
	/* also after trouble: what is stored is stored */
	if (!spool_join(w->spool, clock_now(), w->join_ms))
		return CHILD_TROUBLE;
	if (status != CHILD_DONE)
		return status;
	if (fresh > 0)
		log_debug("modem %s: %d new part(s)", w->name, fresh);
	status = empty_slots(w, slots, nslots);
	if (status != CHILD_DONE || w->bad == CHILD_NOWHERE)
		return status;
	if (child_loud(w->link))
		log_warn("modem %s: a slot cannot be read; it goes to the "
			 "spool as it is",
		    w->name);
	beat(w, w->bad, MODEM_READ_S);
	return CHILD_POISON;
}

/* The network said no: now or for good? A number that does not exist stays so;
 * congestion passes (TS 24.011, E-2; TS 27.005, 3.2.5). */
static bool
may_pass(int code)
{
	switch (code) {
	case 22:  /* congestion, as a cause of RP-ERROR */
	case 27:  /* destination out of order */
	case 38:  /* network out of order */
	case 41:  /* temporary failure */
	case 42:  /* congestion */
	case 47:  /* resources unavailable */
	case 314: /* SIM busy */
	case 331: /* no network service */
		return true;
	default:
		return false;
	}
}

static bool
refused(struct worker *w, const struct spool_outgoing *out, int code)
{
	int64_t wait = WORKER_AGAIN_MS;

	if (out->tries < SPOOL_TRIES && may_pass(code)) {
		for (int i = 1; i < out->tries; i++)
			wait *= 2;
		return spool_again(w->spool, out->id, code, clock_now() + wait);
	}
	log_warn("modem %s: message %s refused by the network, code %d",
	    w->name, out->id, code);
	return spool_outcome(
	    w->spool, out->id, SPOOL_NOT_SENT, code, clock_now());
}

int
worker_send(struct worker *w)
{
	struct spool_outgoing out;
	bool found, ok;
	int code = -1;

	if (!spool_ready(w->spool, w->name, clock_now()))
		return CHILD_DONE;
	if (!spool_claim(w->spool, w->name, clock_now(), &out, &found))
		return CHILD_TROUBLE;
	if (!found)
		return CHILD_DONE;
	beat(w, CHILD_NOWHERE, MODEM_SEND_S + w->answer_s);
	switch (w->modem->ops->send(w->modem, out.number, out.text, &code)) {
	case MODEM_OK:
		ok = spool_outcome(
		    w->spool, out.id, SPOOL_SENT, -1, clock_now());
		break;
	case MODEM_REFUSED:
		ok = refused(w, &out, code);
		break;
	default:
		log_warn("modem %s: message %s: no word from the network; "
			 "unknown, not sent again",
		    w->name, out.id);
		spool_outcome(w->spool, out.id, SPOOL_UNKNOWN, -1, clock_now());
		ok = false;
	}
	return ok ? CHILD_DONE : CHILD_TROUBLE;
}

/* Until something may have come, or something is to be sent. */
static void
listen_modem(struct worker *w)
{
	for (int ms = 0; ms < WORKER_POLL_MS && !*w->link->stop;
	     ms += WORKER_LOOK_MS) {
		beat(w, CHILD_NOWHERE, MODEM_READ_S);
		if (w->modem->ops->wait(w->modem, WORKER_LOOK_MS) ||
		    spool_ready(w->spool, w->name, clock_now()))
			return;
	}
}

int
worker_run(struct worker *w)
{
	int status = CHILD_DONE;

	beat(w, CHILD_NOWHERE, MODEM_OPEN_S);
	if (!spool_recover(w->spool, w->name, clock_now()))
		return CHILD_TROUBLE;
	if (w->modem->ops->open(w->modem) != MODEM_OK)
		return trouble(w, "cannot open");
	while (status == CHILD_DONE && !*w->link->stop) {
		status = worker_read(w);
		if (status == CHILD_DONE && !w->worked) {
			w->worked = true;
			log_info("modem %s: ready", w->name);
		}
		if (status == CHILD_DONE)
			status = worker_send(w);
		if (status == CHILD_DONE && !*w->link->stop)
			listen_modem(w);
	}
	return status;
}
