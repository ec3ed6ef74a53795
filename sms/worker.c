/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The order of deeds is the design:
 *   read    every slot of a pass goes to the spool, each with its own fsync;
 *           only when the pass has ended are slots emptied. A slot that cannot
 *           be emptied is read again and recognised. What libGammu cannot
 *           read is taken raw, after everything else.
 *   join    complete messages become ready for the courier.
 *   send    one message, right after a pass, so that the modem is known to be
 *           there. Its row says "sending" on disk before the modem hears of it.
 *   look    once a minute: signal, network, memory; a service code when
 *           one shall be dialled.
 *   listen  up to 3 s, shorter when the modem announces a message; polling
 *           goes on all the same, for many modems announce unreliably.
 * A modem that is not there is waited for, here, so that it is greeted within a
 * second of being plugged in.
 * Whatever goes wrong with modem or disk ends the process: the supervisor
 * begins a new one with a fresh libGammu, and the spool knows where we were.
 */
#include "sms/worker.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/log.h"
#include "sms/text/deliver_pdu.h"

#define SPARE_S 15 /* the driver's own deadline comes first */

static void
worker_beat(const struct worker *w, int position, int seconds)
{
	child_beat(w->link, position, seconds + SPARE_S);
}

/* Writes how the modem is; only the spool's own failure matters. */
static bool
say(struct worker *w, const char *state, const char *error)
{
	return spool_modem_state(
	    w->spool, w->name, state, error, w->undeleted, clock_now());
}

static int
trouble(struct worker *w, const char *doing)
{
	say(w, "trouble", w->modem->error);
	if (w->worked || child_loud(w->link))
		log_warn("modem %s: %s: %s; trying again", w->name, doing,
		    w->modem->error);
	return CHILD_TROUBLE;
}

/* A slot of the running pass whose part is on disk. */
struct read_slot {
	int slot;
	bool timeless; /* the network told no time */
	bool again;    /* it was on disk: an earlier deletion did not help */
	struct spool_key key;
};

static int
store_worker(struct worker *w, const struct modem_part *part,
    struct read_slot *slot, int *fresh)
{
	enum spool_added added =
	    spool_part(w->spool, w->name, part, clock_now(), &slot->key);

	slot->slot = part->slot;
	slot->timeless = part->sent_at == 0;
	slot->again = added == SPOOL_DUPLICATE;
	if (added == SPOOL_NEW)
		++*fresh;
	return added == SPOOL_FAILED ? CHILD_TROUBLE : CHILD_DONE;
}

/* Reads a pass into the spool and notes the slots that may be emptied. */
static int
read_pass(struct worker *w, struct read_slot slots[], int *nslots, int *fresh,
    int *unread)
{
	struct modem_part part;
	int status = CHILD_DONE;

	*nslots = *unread = 0;
	for (int at = 0; at < WORKER_SLOTS && status == CHILD_DONE; at++) {
		enum modem_result r;

		worker_beat(w, at, w->patience_s);
		memset(&part, 0, sizeof(part));
		r = w->modem->ops->next(w->modem, at == 0, &part);
		if (r == MODEM_EMPTY)
			break;
		if (r == MODEM_UNREADABLE) {
			++*unread;
			continue;
		}
		if (r != MODEM_OK)
			return trouble(w, "cannot read");
		status = store_worker(w, &part, &slots[*nslots], fresh);
		++*nslots;
	}
	return status;
}

/* Empties the slots whose parts are on disk. */
static int
empty_slots(struct worker *w, const struct read_slot slots[], int nslots)
{
	unsigned left = 0;

	for (int i = 0; i < nslots; i++) {
		enum modem_result r;

		worker_beat(w, CHILD_NOWHERE, w->patience_s);
		r = w->modem->ops->remove(w->modem, slots[i].slot,
		    slots[i].timeless || slots[i].again);
		if (r == MODEM_LOST)
			return trouble(w, "cannot delete");
		left += r != MODEM_OK;
		if (r == MODEM_OK && slots[i].timeless &&
		    !spool_part_gone(w->spool, &slots[i].key))
			return CHILD_TROUBLE;
	}
	if (left > w->undeleted)
		log_warn(
		    "modem %s: %u message(s) are stored but cannot be "
		    "deleted from the SIM (%s); they are not counted again",
		    w->name, left, w->modem->error);
	w->undeleted = left;
	return CHILD_DONE;
}

bool
worker_keep(void *context, const char *pdu, int slot, bool gone)
{
	struct worker *w = context;
	struct modem_part part = {.slot = slot};
	enum spool_added added;

	if (gone)
		return !w->forget || spool_part_gone(w->spool, &w->kept);
	if (deliver_pdu_read(pdu, &part)) {
		added =
		    spool_part(w->spool, w->name, &part, clock_now(), &w->kept);
		w->forget = part.sent_at == 0;
		w->rescued += added == SPOOL_NEW;
		return added != SPOOL_FAILED;
	}
	added =
	    spool_poison(w->spool, w->name, slot, pdu, clock_now(), &w->kept);
	w->forget = true;
	if (added != SPOOL_NEW)
		return added == SPOOL_DUPLICATE;
	w->unreadable++;
	log_warn("modem %s: a message cannot be read; it is kept as it is, "
		 "for a person, and taken off the SIM",
	    w->name);
	return true;
}

/* Takes the slots that libGammu could not read; the others wait for nothing. */
static int
rescue_slots(struct worker *w, int unread)
{
	unsigned before = w->unread;
	enum modem_result r;

	worker_beat(w, CHILD_NOWHERE, 2 * w->patience_s + unread);
	r = w->modem->ops->rescue(w->modem, worker_keep, w);
	if (r == MODEM_LOST)
		return trouble(w, "cannot be spoken to");
	w->unread = r == MODEM_OK ? 0 : (unsigned)unread;
	if (w->unread > before)
		log_warn("modem %s: %u unreadable message(s) stay on the SIM: "
			 "%s; look at them with another phone",
		    w->name, w->unread, w->modem->error);
	return spool_join(w->spool, clock_now(), w->join_ms) ? CHILD_DONE
							     : CHILD_TROUBLE;
}

int
worker_read(struct worker *w)
{
	struct read_slot slots[WORKER_SLOTS];
	int nslots, fresh = 0, unread, status;

	status = read_pass(w, slots, &nslots, &fresh, &unread);
	/* also after trouble: what is stored is stored */
	if (!spool_join(w->spool, clock_now(), w->join_ms))
		return CHILD_TROUBLE;
	if (status != CHILD_DONE)
		return status;
	w->found = nslots > 0 || unread > 0;
	if (fresh > 0)
		log_debug("modem %s: %d new part(s)", w->name, fresh);
	status = empty_slots(w, slots, nslots);
	if (unread == 0)
		w->unread = 0;
	return status != CHILD_DONE || unread == 0 ? status
						   : rescue_slots(w, unread);
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
worker_refused(struct worker *w, const struct spool_outgoing *out,
    const struct modem_sent *sent)
{
	int64_t wait = WORKER_AGAIN_MS;

	w->look_at = 0; /* is there still a network? */
	/* part of it is on the air: not once more from the beginning */
	if (sent->parts == 0 && out->tries < SPOOL_TRIES &&
	    may_pass(sent->code)) {
		for (int i = 1; i < out->tries; i++)
			wait *= 8;
		return spool_again(
		    w->spool, out->id, sent->code, clock_now() + wait);
	}
	log_warn("modem %s: message %s refused by the network, code %d",
	    w->name, out->id, sent->code);
	return spool_outcome(
	    w->spool, out->id, SPOOL_NOT_SENT, sent->code, clock_now());
}

static struct spool_turn
worker_turn_of(const struct worker *w)
{
	return (struct spool_turn){.modem = w->name,
	    .sim = w->state.sim,
	    .rate = w->rate,
	    .cap = w->cap,
	    .midnight = civil_day_start(civil_local_day(clock_now()))};
}

/* A modem out of its network leaves what is to be sent to others. */
static bool
may_send(const struct worker *w)
{
	return w->state.network < NETWORK_SEARCHING;
}

int
worker_reports(struct worker *w)
{
	struct spool_turn turn = worker_turn_of(w);
	struct modem_report report;
	enum modem_result r;
	bool matched;

	for (;;) {
		worker_beat(w, CHILD_NOWHERE, 2 * w->patience_s);
		r = w->modem->ops->report(w->modem, &report);
		if (r != MODEM_OK)
			break;
		w->vain = 0; /* this was announced */
		if (!spool_delivery(
			w->spool, &turn, &report, clock_now(), &matched))
			return CHILD_TROUBLE;
		if (!matched)
			log_debug("modem %s: a delivery report that is about "
				  "nothing we know",
			    w->name);
	}
	return r == MODEM_LOST ? trouble(w, "cannot read a report")
			       : CHILD_DONE;
}

static bool
settle_worker(struct worker *w, const struct spool_turn *turn,
    const struct spool_outgoing *out, const struct modem_sent *sent,
    enum modem_result r)
{
	if (!spool_sent_parts(w->spool, turn, out, sent,
		r != MODEM_OK && r != MODEM_REFUSED, clock_now()))
		return false;
	switch (r) {
	case MODEM_OK:
		return spool_outcome(
		    w->spool, out->id, SPOOL_SENT, -1, clock_now());
	case MODEM_REFUSED:
		return worker_refused(w, out, sent);
	default:
		say(w, "trouble", w->modem->error);
		log_warn("modem %s: message %s: no word from the network; "
			 "unknown, not sent again",
		    w->name, out->id);
		spool_outcome(
		    w->spool, out->id, SPOOL_UNKNOWN, -1, clock_now());
		worker_reports(w); /* its own may be among them */
		return false;
	}
}

int
worker_send(struct worker *w)
{
	struct spool_turn turn = worker_turn_of(w);
	struct spool_outgoing out;
	struct modem_sent sent;
	enum modem_result r;
	bool found;

	if (!may_send(w) || !spool_ready(w->spool, &turn, clock_now()))
		return CHILD_DONE;
	if (!spool_claim(w->spool, &turn, clock_now(), &out, &found))
		return CHILD_TROUBLE;
	if (!found)
		return CHILD_DONE;
	worker_beat(
	    w, CHILD_NOWHERE, MODEM_PARTS / 4 * (MODEM_SEND_S + w->answer_s));
	r = w->modem->ops->send(w->modem, out.number, out.text, &sent);
	return settle_worker(w, &turn, &out, &sent, r) ? CHILD_DONE
						       : CHILD_TROUBLE;
}

/* Dials the service code asked for; the answer goes back through the spool. */
static int
grant_wish(struct worker *w)
{
	char answer[MODEM_USSD_BYTES];
	struct spool_ussd wish;
	enum modem_result r;

	if (!spool_ussd_next(w->spool, w->name, clock_now(), &wish))
		return CHILD_TROUBLE;
	if (wish.id == 0)
		return CHILD_DONE;
	worker_beat(w, CHILD_NOWHERE, 3 * w->patience_s + MODEM_SEND_S);
	r = w->modem->ops->ask(w->modem, wish.code, answer);
	if (!spool_ussd_answer(w->spool, wish.id,
		r == MODEM_OK ? answer : w->modem->error, clock_now()))
		return CHILD_TROUBLE;
	return r == MODEM_LOST ? trouble(w, "cannot ask the operator")
			       : CHILD_DONE;
}

/* Is every slot taken that the modem has? */
static bool
memory_full(const struct modem_state *state)
{
	int used = (state->sim_used > 0 ? state->sim_used : 0) +
		   (state->own_used > 0 ? state->own_used : 0);
	int size = (state->sim_size > 0 ? state->sim_size : 0) +
		   (state->own_size > 0 ? state->own_size : 0);

	return size > 0 && used >= size;
}

/* What the gateway cannot mend by itself: a person must look. */
static const char *
what_is_wrong(const struct worker *w)
{
	return w->undeleted > 0 ? "messages cannot be deleted from it; they "
				  "are stored, delete them by hand"
	       : w->unread > 0  ? "unreadable messages cannot be taken off it"
	       : w->found       ? ""
	       : memory_full(&w->state)
		   ? "its memory is full of messages that it does not list"
	       : w->vain >= WORKER_VAIN
		   ? "it announces messages that it does not list"
		   : "";
}

/* Says that a person must look, or no longer; at once when that changes. */
static bool
worker_attend(struct worker *w)
{
	const char *wrong = what_is_wrong(w);

	if (strcmp(wrong, w->attention) == 0)
		return true;
	snprintf(w->attention, sizeof(w->attention), "%s", wrong);
	if (wrong[0] != '\0')
		log_warn("modem %s: %s; another modem may be needed", w->name,
		    wrong);
	return say(w, wrong[0] == '\0' ? "ready" : "attention", wrong);
}

int
worker_look(struct worker *w)
{
	int status = grant_wish(w);

	if (status == CHILD_DONE && !worker_attend(w))
		return CHILD_TROUBLE;
	if (status != CHILD_DONE || clock_mono() < w->look_at)
		return status;
	worker_beat(w, CHILD_NOWHERE, 8 * w->patience_s);
	if (w->modem->ops->look(w->modem, &w->state) == MODEM_LOST)
		return trouble(w, "does not say how it is");
	w->look_at = clock_mono() + WORKER_STATE_MS;
	return spool_modem_look(w->spool, w->name, &w->state) &&
		       say(w, w->attention[0] == '\0' ? "ready" : "attention",
			   w->attention)
		   ? CHILD_DONE
		   : CHILD_TROUBLE;
}

/* Until something may have come, or something is to be sent. */
static int
listen_modem(struct worker *w)
{
	for (int ms = 0; ms < WORKER_POLL_MS && !*w->link->stop;
	     ms += WORKER_LOOK_MS) {
		struct spool_turn turn = worker_turn_of(w);
		enum modem_result r;

		worker_beat(w, CHILD_NOWHERE, w->patience_s);
		r = w->modem->ops->wait(w->modem, WORKER_LOOK_MS);
		if (r == MODEM_LOST)
			return trouble(w, "is gone");
		w->announced = r == MODEM_OK;
		if (r == MODEM_OK ||
		    (may_send(w) && spool_ready(w->spool, &turn, clock_now())))
			break;
	}
	return CHILD_DONE;
}

/* One round of everything. */
static int
one_round(struct worker *w)
{
	int status = worker_read(w);

	log_catch_up();
	w->vain = w->found ? 0 : w->vain + w->announced;
	w->announced = false;
	if (status == CHILD_DONE && !w->worked) {
		w->worked = true;
		log_info("modem %s: ready", w->name);
	}
	if (status == CHILD_DONE)
		status = worker_look(w);
	if (status == CHILD_DONE)
		status = worker_reports(w);
	if (status == CHILD_DONE)
		status = worker_send(w);
	if (status == CHILD_DONE && !*w->link->stop)
		status = listen_modem(w);
	return status;
}

/* Waits until the modem is there; false when asked to stop before. */
static bool
await_modem(struct worker *w)
{
	bool told = false;

	for (;;) {
		if (*w->link->stop)
			return false;
		worker_beat(w, CHILD_NOWHERE, w->patience_s);
		if (w->modem->ops->present(w->modem))
			return true;
		if (!told) {
			log_warn("modem %s: %s; waiting for it", w->name,
			    w->modem->error);
			say(w, "unplugged", w->modem->error);
		}
		told = true;
		usleep(WORKER_ABSENT_MS * 1000);
	}
}

int
worker_run(struct worker *w)
{
	struct spool_turn mine = worker_turn_of(w);
	int status = CHILD_DONE;

	worker_beat(w, CHILD_NOWHERE, MODEM_OPEN_S);
	if (!spool_recover(w->spool, w->name, clock_now()) ||
	    !spool_modem_start(w->spool, &mine, clock_now()))
		return CHILD_TROUBLE;
	if (!await_modem(w))
		return CHILD_DONE;
	worker_beat(w, CHILD_NOWHERE, MODEM_OPEN_S + 5 * w->patience_s);
	if (w->modem->ops->open(w->modem) != MODEM_OK)
		return trouble(w, "cannot open");
	while (status == CHILD_DONE && !*w->link->stop)
		status = one_round(w);
	return status;
}
