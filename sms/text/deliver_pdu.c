/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hex becomes octets, and one cursor walks them that refuses to pass the end:
 * once it has refused, everything behind reads as zero and the whole is no
 * message. A text that is shorter than it says is refused too: half a sentence
 * may mean its opposite.
 */
#include "sms/text/deliver_pdu.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "shared/buf.h"
#include "shared/civil.h"
#include "sms/text/gsm7.h"
#include "sms/text/utf16.h"

#define PDU_OCTETS     200 /* centre 12, TPDU at most 164, and some spare */
#define ADDRESS_OCTETS 12  /* length, type, ten of digits */
/* Where addresses may stand, of what is no DELIVER: after the centre come a
 * first octet, a reference and an address. */
#define UNKNOWN_HEAD (ADDRESS_OCTETS + 2 + ADDRESS_OCTETS)

enum alphabet { ALPHABET_GSM7, ALPHABET_8BIT, ALPHABET_UCS2, ALPHABET_NONE };

struct octets {
	uint8_t data[PDU_OCTETS];
	size_t size, at;
	bool short_of; /* an octet was asked for behind the end */
};

static int
digit_of(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
				      : -1;
}

static struct octets
octets_of_hex(const char *hex)
{
	struct octets o = {.size = 0};

	while (o.size < PDU_OCTETS && digit_of(hex[0]) >= 0 &&
	       digit_of(hex[1]) >= 0) {
		o.data[o.size++] =
		    (uint8_t)(digit_of(hex[0]) << 4 | digit_of(hex[1]));
		hex += 2;
	}
	return o;
}

static uint8_t
next_octet(struct octets *o)
{
	if (o->at < o->size)
		return o->data[o->at++];
	o->short_of = true;
	return 0;
}

/* So many octets, NULL when there are not as many. */
static const uint8_t *
next_octets(struct octets *o, size_t n)
{
	const uint8_t *here = o->data + o->at;

	if (o->size - o->at < n) {
		o->short_of = true;
		return NULL;
	}
	o->at += n;
	return here;
}

static uint8_t
septet_at(const uint8_t *data, size_t size, size_t bit)
{
	unsigned wide = data[bit / 8];

	if (bit / 8 + 1 < size)
		wide |= (unsigned)data[bit / 8 + 1] << 8;
	return wide >> bit % 8 & 0x7f;
}

/* Septets as UTF-16BE; returns its bytes. first: septets that the header
 * covers. */
static size_t
septets_to_utf16(const uint8_t *data, size_t size, size_t first, size_t count,
    uint8_t *out, size_t most)
{
	bool escaped = false;
	size_t bytes = 0;

	for (size_t i = first; i < count && bytes + 2 <= most; i++) {
		uint8_t septet = septet_at(data, size, 7 * i);
		uint32_t c = gsm7_to_char(septet, escaped);

		if (septet == GSM7_ESCAPE && !escaped) {
			escaped = true;
			continue;
		}
		escaped = false;
		out[bytes++] = (uint8_t)(c >> 8);
		out[bytes++] = (uint8_t)c;
	}
	return bytes;
}

/* ------------------------------------------------------------------ address */

/* A name in the default alphabet (TS 23.040, 9.1.2.5). */
static void
read_sender_name(const uint8_t *data, size_t size, size_t half_octets,
    char out[MODEM_SENDER_BYTES])
{
	uint8_t wide[2 * 16];
	size_t bytes = septets_to_utf16(
	    data, size, 0, half_octets * 4 / 7, wide, sizeof(wide));
	struct buf text;

	buf_init(&text);
	utf16_to_utf8(&text, wide, bytes, MODEM_SENDER_BYTES / 4);
	snprintf(out, MODEM_SENDER_BYTES, "%s", buf_text(&text));
	buf_finish(&text);
}

static void
read_sender_digits(const uint8_t *data, size_t digits, bool international,
    char out[MODEM_SENDER_BYTES])
{
	static const char signs[] = "0123456789*#abc";
	size_t n = 0;

	if (international)
		out[n++] = '+';
	for (size_t i = 0; i < digits && n < MODEM_SENDER_BYTES - 1; i++) {
		unsigned sign =
		    (i % 2 == 0 ? data[i / 2] : data[i / 2] >> 4) & 0x0fu;

		if (sign == 0x0f)
			break;
		out[n++] = signs[sign];
	}
	out[n] = '\0';
}

/* Length in half octets, type, digits in swapped pairs. */
static void
read_sender(struct octets *o, char out[MODEM_SENDER_BYTES])
{
	size_t half_octets = next_octet(o);
	uint8_t type = next_octet(o);
	const uint8_t *data;

	out[0] = '\0';
	if (half_octets > 2 * (ADDRESS_OCTETS - 2)) {
		o->short_of = true;
		return;
	}
	data = next_octets(o, (half_octets + 1) / 2);
	if (data == NULL)
		return;
	if ((type & 0x70) == 0x50)
		read_sender_name(data, (half_octets + 1) / 2, half_octets, out);
	else
		read_sender_digits(
		    data, half_octets, (type & 0x70) == 0x10, out);
}

/* --------------------------------------------------------------------- time */

static int
swapped(uint8_t octet)
{
	return (octet & 0x0f) * 10 + (octet >> 4);
}

/* The centre's time stamp (TS 23.040, 9.2.3.11); 0 when it is none. */
static int64_t
read_stamp(struct octets *o, int *offset)
{
	const uint8_t *t = next_octets(o, 7);
	struct civil date;
	int hour, minute, second, quarters;

	*offset = 0;
	if (t == NULL)
		return 0;
	date = (struct civil){swapped(t[0]), swapped(t[1]), swapped(t[2])};
	date.year += date.year < 90 ? 2000 : 1900;
	hour = swapped(t[3]);
	minute = swapped(t[4]);
	second = swapped(t[5]);
	quarters = swapped(t[6] & 0xf7);
	if (!civil_valid(date) || hour > 23 || minute > 59 || second > 59 ||
	    quarters > 56)
		return 0;
	*offset = (t[6] & 0x08 ? -15 : 15) * quarters;
	return ((int64_t)civil_to_day(date) * 86400 + hour * 3600 +
		   minute * 60 + second - *offset * 60) *
	       1000;
}

/* --------------------------------------------------------------------- text */

/* What a data coding scheme means (TS 23.038, 4). */
static enum alphabet
alphabet_of(uint8_t scheme)
{
	static const enum alphabet general[] = {
	    ALPHABET_GSM7, ALPHABET_8BIT, ALPHABET_UCS2, ALPHABET_GSM7};

	if (scheme < 0x80)
		return scheme & 0x20 ? ALPHABET_NONE : general[scheme >> 2 & 3];
	if (scheme >= 0xf0)
		return scheme & 0x04 ? ALPHABET_8BIT : ALPHABET_GSM7;
	return scheme >> 4 == 0x0e ? ALPHABET_UCS2 : ALPHABET_GSM7;
}

/* length counts septets or octets. False: not all of it is there. */
static bool
read_text(struct octets *o, enum alphabet alphabet, size_t length, bool header,
    struct modem_part *part)
{
	size_t octets =
	    alphabet == ALPHABET_GSM7 ? (length * 7 + 7) / 8 : length;
	const uint8_t *data = next_octets(o, octets);
	size_t head;

	if (data == NULL)
		return false;
	head = header && octets > 0 ? data[0] + 1u : 0;
	if (head > octets || head > sizeof(part->udh))
		return false;
	part->udh_bytes = head;
	memcpy(part->udh, data, head);
	if (alphabet == ALPHABET_8BIT)
		return true; /* binary: no words */
	part->kind = MODEM_TEXT;
	if (alphabet == ALPHABET_GSM7) {
		part->text_bytes = septets_to_utf16(data, octets,
		    (head * 8 + 6) / 7, length, part->text, sizeof(part->text));
		return true;
	}
	part->text_bytes = (octets - head) / 2 * 2;
	memcpy(part->text, data + head, part->text_bytes);
	return true;
}

/* From the first octet of a DELIVER on; false for what is none. */
static bool
enter_deliver(struct octets *o, uint8_t *first)
{
	next_octets(o, next_octet(o)); /* the message centre */
	*first = next_octet(o);
	return !o->short_of && (*first & 0x03) == 0;
}

bool
deliver_pdu_read(const char *hex, struct modem_part *part)
{
	struct octets o = octets_of_hex(hex);
	enum alphabet alphabet;
	int slot = part->slot;
	uint8_t first;
	size_t length;

	memset(part, 0, sizeof(*part));
	part->slot = slot;
	part->kind = MODEM_OTHER;
	if (!enter_deliver(&o, &first))
		return false;
	read_sender(&o, part->sender);
	next_octet(&o); /* protocol identifier */
	alphabet = alphabet_of(next_octet(&o));
	part->sent_at = read_stamp(&o, &part->sent_offset);
	length = next_octet(&o);
	return !o.short_of && alphabet != ALPHABET_NONE &&
	       read_text(&o, alphabet, length, first & 0x40, part);
}

void
deliver_pdu_blank(const char *hex, char *out, size_t size)
{
	struct octets o = octets_of_hex(hex);
	char sender[MODEM_SENDER_BYTES];
	size_t sender_at, sender_end, n = 0;
	uint8_t first;

	if (enter_deliver(&o, &first)) {
		sender_at = o.at;
		read_sender(&o, sender);
		sender_end = o.short_of ? o.size : o.at;
	} else {
		sender_at = 0;
		sender_end = UNKNOWN_HEAD;
	}
	out[0] = '\0';
	for (size_t i = 0; i < o.size && n + 4 <= size; i++) {
		bool address = (i >= 1 && i <= o.data[0]) ||
			       (i >= sender_at && i < sender_end);

		if (i > 0)
			out[n++] = ':';
		if (address)
			memcpy(out + n, "..", 3);
		else
			snprintf(out + n, 3, "%02X", o.data[i]);
		n += 2;
	}
}
