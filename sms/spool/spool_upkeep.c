/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The spool's small books: quarantined slots, tried PINs, the purge. */
#include <stdio.h>
#include <string.h>
#include "shared/civil.h"
#include "sms/spool/spool.h"
#include "sms/spool/spool_db.h"
#include "sms/text/deliver_pdu.h"

#define SHOWN_BYTES 620 /* a PDU in hex and its brackets */

/* The sender of a message whose words cannot be read: a phone, as far as that
 * much can be read. */
static void
find_sender(const char *pdu, char number[PHONE_TEXT])
{
	struct modem_part part = {.slot = 0};

	deliver_pdu_read(pdu, &part);
	if (!phone_sender(part.sender, number))
		snprintf(number, PHONE_TEXT, "?");
}

/* Notes that a slot holds it, so that a slot that is not given up is told of
 * once. *fresh: it was not noted yet. */
static bool
note_poison(struct spool *s, const char *modem, int64_t slot, const char *pdu,
    int64_t now, struct spool_key *key, bool *fresh)
{
	sqlite3_stmt *st = spool_statement(s, S_PART_ADD);
	const struct spool_piece pieces[] = {
	    {modem, strlen(modem)},
	    {&slot, sizeof(slot)},
	    {pdu, strlen(pdu)},
	};

	spool_hash(s, pieces, 3, key->bytes);
	spool_bind_blob(st, ":key", key->bytes, sizeof(key->bytes));
	spool_bind_text(st, ":modem", modem);
	spool_bind_text(st, ":state", "joined"); /* what it holds is told */
	spool_bind_int(st, ":sent_at", 0);
	spool_bind_int(st, ":sent_offset", 0);
	spool_bind_int(st, ":ref", -1);
	spool_bind_int(st, ":total", 1);
	spool_bind_int(st, ":number", 1);
	spool_bind_int(st, ":now", now);
	if (!spool_run(s, st))
		return false;
	*fresh = sqlite3_changes(s->db) == 1;
	return true;
}

static bool
add_poison(struct spool *s, const struct spool_message *m, const char *pdu)
{
	sqlite3_stmt *st = spool_statement(s, S_POISON_ADD);

	spool_bind_text(st, ":modem", m->modem);
	spool_bind_text(st, ":pdu", pdu);
	spool_bind_int(st, ":now", m->received_at);
	return spool_run(s, st) && spool_take_one(s, m);
}

enum spool_added
spool_poison(struct spool *s, const char *modem, int slot, const char *pdu,
    int64_t now, struct spool_key *key)
{
	bool fresh = false, ok;
	struct spool_message m = {.modem = modem,
	    .received_at = now,
	    .sent_offset = civil_offset(now),
	    .unreadable = true};
	char number[PHONE_TEXT], shown[SHOWN_BYTES] = "[PDU ";
	struct uuid id;

	uuid_new(&id);
	uuid_format(&id, m.id);
	find_sender(pdu, number);
	deliver_pdu_blank(pdu, shown + 5, sizeof(shown) - 6);
	strcat(shown, "]");
	m.from = number;
	m.text = shown;
	ok = spool_begin(s);
	ok = ok && note_poison(s, modem, slot, pdu, now, key, &fresh);
	ok = ok && (!fresh || add_poison(s, &m, pdu));
	return !spool_end(s, ok) ? SPOOL_FAILED
	       : fresh           ? SPOOL_NEW
				 : SPOOL_DUPLICATE;
}

static void
pin_key(const struct spool *s, const char *modem, const char *pin, int64_t mark,
    unsigned char key[SPOOL_KEY_BYTES])
{
	const struct spool_piece pieces[] = {
	    {modem, strlen(modem)},
	    {pin, strlen(pin)},
	    {&mark, sizeof(mark)},
	};

	spool_hash(s, pieces, 3, key);
}

bool
spool_pin_try(struct spool *s, const char *modem, const char *pin, int64_t mark,
    int64_t now)
{
	unsigned char key[SPOOL_KEY_BYTES];
	sqlite3_stmt *st = spool_statement(s, S_PIN_TRIED);

	pin_key(s, modem, pin, mark, key);
	spool_bind_blob(st, ":key", key, sizeof(key));
	if (spool_has_row(s, st))
		return false;
	st = spool_statement(s, S_PIN_TRY);
	spool_bind_blob(st, ":key", key, sizeof(key));
	spool_bind_int(st, ":now", now);
	return spool_run(s, st);
}

bool
spool_pin_accepted(
    struct spool *s, const char *modem, const char *pin, int64_t mark)
{
	unsigned char key[SPOOL_KEY_BYTES];
	sqlite3_stmt *st = spool_statement(s, S_PIN_ACCEPTED);

	pin_key(s, modem, pin, mark, key);
	spool_bind_blob(st, ":key", key, sizeof(key));
	return spool_run(s, st);
}

bool
spool_purge(struct spool *s, int64_t now)
{
	static const enum spool_statement purges[] = {S_PURGE_PART,
	    S_PURGE_MESSAGE, S_PURGE_OUTGOING, S_PURGE_FLIGHT, S_PURGE_WISH,
	    S_PURGE_POISON};

	for (size_t i = 0; i < sizeof(purges) / sizeof(purges[0]); i++) {
		sqlite3_stmt *st = spool_statement(s, purges[i]);

		spool_bind_int(st, ":before", now - SPOOL_KEEP_MS);
		if (!spool_run(s, st))
			return false;
	}
	return true;
}
