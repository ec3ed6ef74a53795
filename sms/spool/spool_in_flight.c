/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was given to a modem, part for part. A row is there before the modem
 * hears of a message, without a reference; when its fate is known, it is
 * replaced by what the network took. So a death in between leaves the one row
 * that a delivery report may still find.
 */
#include <string.h>
#include "sms/text/report_match.h"
#include "sms/spool/spool.h"
#include "sms/spool/spool_db.h"

bool
spool_fly(struct spool *s, const struct spool_turn *turn,
    const struct spool_outgoing *out, int reference, int64_t now)
{
	unsigned char key[SPOOL_KEY_BYTES];
	sqlite3_stmt *st = spool_statement(s, S_FLIGHT_ADD);

	spool_number_key(s, out->number, key);
	spool_bind_text(st, ":outgoing", out->id);
	spool_bind_text(st, ":modem", turn->modem);
	spool_bind_text(
	    st, ":sim", turn->sim[0] == '\0' ? turn->modem : turn->sim);
	spool_bind_blob(st, ":number_key", key, sizeof(key));
	spool_bind_int(st, ":reference", reference);
	spool_bind_int(st, ":now", now);
	return spool_run(s, st);
}

static bool
land(struct spool *s, const struct spool_turn *turn,
    const struct spool_outgoing *out, const struct modem_sent *sent, bool lost,
    int64_t now)
{
	sqlite3_stmt *st = spool_statement(s, S_FLIGHT_SETTLE);
	bool ok = true;

	if (!lost) {
		spool_bind_text(st, ":outgoing", out->id);
		ok = spool_run(s, st);
	}
	for (int i = 0; ok && i < sent->parts; i++)
		ok = spool_fly(s, turn, out, sent->references[i], now);
	return ok;
}

bool
spool_sent_parts(struct spool *s, const struct spool_turn *turn,
    const struct spool_outgoing *out, const struct modem_sent *sent, bool lost,
    int64_t now)
{
	return spool_begin(s) &&
	       spool_end(s, land(s, turn, out, sent, lost, now));
}

/* ------------------------------------------------------------------ reports */

#define FLIGHTS_MOST 256

struct candidates {
	struct report_flight flights[FLIGHTS_MOST];
	int64_t rows[FLIGHTS_MOST];
	char messages[FLIGHTS_MOST][UUID_TEXT];
	size_t n;
};

/* What this SIM sent to that number and nothing is known of. */
static bool
find_candidates(struct spool *s, const char *sim, const char *number,
    int64_t now, struct candidates *c)
{
	unsigned char key[SPOOL_KEY_BYTES];
	sqlite3_stmt *st = spool_statement(s, S_FLIGHT_OPEN);
	char other[MODEM_WORDS];
	bool ok = true;

	spool_number_key(s, number, key);
	spool_bind_blob(st, ":number_key", key, sizeof(key));
	spool_bind_int(st, ":since", now - REPORT_MATCH_KEEP_MS);
	c->n = 0;
	while (c->n < FLIGHTS_MOST && spool_step(s, st, &ok)) {
		spool_copy(other, sizeof(other), st, 2);
		if (strcmp(other, sim) != 0)
			continue;
		c->rows[c->n] = sqlite3_column_int64(st, 0);
		spool_copy(c->messages[c->n], UUID_TEXT, st, 1);
		c->flights[c->n].reference = sqlite3_column_int(st, 3);
		c->flights[c->n++].at = sqlite3_column_int64(st, 4);
	}
	sqlite3_reset(st);
	return ok;
}

static bool
delivered(struct spool *s, const char *id, bool failed, int64_t now)
{
	sqlite3_stmt *st = spool_statement(s, S_OUTGOING_DELIVERED);

	spool_bind_text(st, ":id", id);
	spool_bind_int(st, ":failed", failed);
	spool_bind_int(st, ":now", now);
	return spool_run(s, st);
}

static bool
end_flight(struct spool *s, const struct candidates *c, int which, bool failed,
    int64_t now)
{
	sqlite3_stmt *st = spool_statement(s, S_FLIGHT_END);

	spool_bind_text(st, ":state", failed ? "undelivered" : "delivered");
	spool_bind_int(st, ":id", c->rows[which]);
	return spool_run(s, st) &&
	       delivered(s, c->messages[which], failed, now);
}

static bool
end_flights(struct spool *s, const char *id, bool failed, int64_t now)
{
	sqlite3_stmt *st = spool_statement(s, S_FLIGHT_END_ALL);

	spool_bind_text(st, ":state", failed ? "undelivered" : "delivered");
	spool_bind_text(st, ":id", id);
	return spool_run(s, st) && delivered(s, id, failed, now);
}

bool
spool_delivered(struct spool *s, const char *id, bool failed, int64_t now)
{
	return spool_begin(s) && spool_end(s, end_flights(s, id, failed, now));
}

bool
spool_delivery(struct spool *s, const struct spool_turn *turn,
    const struct modem_report *report, int64_t now, bool *matched)
{
	static struct candidates c;
	const char *sim = turn->sim[0] == '\0' ? turn->modem : turn->sim;
	char number[PHONE_TEXT];
	int which;

	*matched = false;
	/* 0x20 to 0x3f: it tries on, and will tell again */
	if (!phone_sender(report->number, number) ||
	    (report->status >= 0x20 && report->status < 0x40))
		return true;
	if (!find_candidates(s, sim, number, now, &c))
		return false;
	which =
	    report_match(c.flights, c.n, report->reference, report->sent_at);
	*matched = which != REPORT_MATCH_NONE;
	if (!*matched)
		return true;
	return spool_begin(s) && spool_end(s, end_flight(s, &c, which,
						  report->status >= 0x40, now));
}
