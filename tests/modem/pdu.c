/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Encoding builds bytes, then hex; decoding turns hex into bytes and walks them
 * with one cursor that refuses to pass the end, each refusal in its own words.
 * With a user data header, septets begin at the next septet boundary after it
 * (TS 23.040, 9.2.3.24): six octets of header take seven septets.
 */
#include "tests/modem/pdu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/civil.h"
#include "shared/utf8.h"
#include "sms/text/gsm7.h"
#include "sms/text/utf16.h"

#define TYPE_INTERNATIONAL 0x91
#define TYPE_NATIONAL      0x81
#define TYPE_NAME          0xd0
#define UDH_MOST           7 /* 06 08 04 ref ref total part */

static const char center[] = "07914889200026F5"; /* +84980200625 */

struct bytes {
	uint8_t data[PDU_HEX / 2];
	size_t size;
};

static void
put(struct bytes *b, unsigned value)
{
	if (b->size < sizeof(b->data))
		b->data[b->size++] = (uint8_t)value;
}

static void
pack_septet(uint8_t *data, size_t bit, uint8_t septet)
{
	unsigned wide = (unsigned)septet << bit % 8;

	data[bit / 8] = (uint8_t)(data[bit / 8] | wide);
	if (bit % 8 > 1)
		data[bit / 8 + 1] = (uint8_t)(data[bit / 8 + 1] | wide >> 8);
}

static uint8_t
unpack_septet(const uint8_t *data, size_t size, size_t bit)
{
	unsigned wide = data[bit / 8];

	if (bit / 8 + 1 < size)
		wide |= (unsigned)data[bit / 8 + 1] << 8;
	return wide >> bit % 8 & 0x7f;
}

/* Digits in pairs, each pair swapped; an odd end is filled with F. */
static void
put_digits(struct bytes *b, const char *digits)
{
	for (; *digits != '\0'; digits += 2) {
		unsigned high =
		    digits[1] == '\0' ? 0xfu : (unsigned)digits[1] - '0';

		put(b, high << 4 | ((unsigned)digits[0] - '0'));
		if (digits[1] == '\0')
			break;
	}
}

static bool
put_name(struct bytes *b, const char *name)
{
	uint8_t packed[16] = {0}, septets[2];
	size_t n = 0;
	uint32_t c;

	while (*name != '\0') {
		size_t step = utf8_next(name, &c);

		if (step == 0 || gsm7_from_char(c, septets) != 1 || n == 11)
			return false;
		pack_septet(packed, 7 * n++, septets[0]);
		name += step;
	}
	put(b, (unsigned)(n * 7 + 3) / 4);
	put(b, TYPE_NAME);
	for (size_t i = 0; i < (n * 7 + 7) / 8; i++)
		put(b, packed[i]);
	return n > 0;
}

static bool
put_address(struct bytes *b, const char *number)
{
	bool plus = *number == '+';
	const char *digits = number + plus;

	if (digits[strspn(digits, "0123456789")] != '\0')
		return put_name(b, number);
	if (*digits == '\0' || strlen(digits) > 20)
		return false;
	put(b, (unsigned)strlen(digits));
	put(b, plus ? TYPE_INTERNATIONAL : TYPE_NATIONAL);
	put_digits(b, digits);
	return true;
}

static void
put_swapped(struct bytes *b, int value)
{
	put(b, (unsigned)(value % 10) << 4 | (unsigned)(value / 10 % 10));
}

static void
put_time(struct bytes *b, int64_t ms, int offset)
{
	int64_t local = ms / 1000 + offset * 60;
	struct civil date = civil_from_day((int32_t)(local / 86400));
	int second = (int)(local % 86400), quarters = abs(offset) / 15;

	put_swapped(b, date.year);
	put_swapped(b, date.month);
	put_swapped(b, date.day);
	put_swapped(b, second / 3600);
	put_swapped(b, second / 60 % 60);
	put_swapped(b, second % 60);
	put(b, ((unsigned)(quarters % 10) << 4 | (unsigned)(quarters / 10)) |
		   (offset < 0 ? 0x08u : 0));
}

/* The user data header of a part; its bytes, 0 for a message in one part. */
static size_t
make_header(const struct pdu *p, uint8_t udh[UDH_MOST])
{
	size_t n = 0;

	if (p->total <= 1)
		return 0;
	udh[n++] = p->wide ? 6 : 5;
	udh[n++] = p->wide ? 8 : 0;
	udh[n++] = p->wide ? 4 : 3;
	if (p->wide)
		udh[n++] = (uint8_t)(p->ref >> 8);
	udh[n++] = (uint8_t)p->ref;
	udh[n++] = (uint8_t)p->total;
	udh[n++] = (uint8_t)p->part;
	return n;
}

static void
put_text(struct bytes *b, const struct pdu *p)
{
	uint8_t packed[160] = {0};
	size_t header = make_header(p, packed);
	size_t skip = (header * 8 + 6) / 7;
	size_t bytes = header + p->size;

	if (p->ucs2) {
		memcpy(packed + header, p->data, p->size);
		put(b, (unsigned)bytes);
	} else {
		for (size_t i = 0; i < p->size; i++)
			pack_septet(packed, 7 * (skip + i), p->data[i]);
		put(b, (unsigned)(skip + p->size));
		bytes = ((skip + p->size) * 7 + 7) / 8;
	}
	for (size_t i = 0; i < bytes; i++)
		put(b, packed[i]);
}

bool
pdu_encode(const struct pdu *p, char hex[PDU_HEX])
{
	struct bytes b = {.size = 0};

	if (p->kind == PDU_REPORT) {
		put(&b, 0x06);
		put(&b, (unsigned)p->reference);
	} else {
		put(&b, p->total > 1 ? 0x44 : 0x04); /* no more waiting */
	}
	if (!put_address(&b, p->number))
		return false;
	if (p->kind == PDU_REPORT) {
		put_time(&b, p->at, p->offset);
		put_time(&b, p->discharged, p->offset);
		put(&b, (unsigned)p->status);
	} else {
		put(&b, 0);
		put(&b, p->ucs2 ? 0x08 : 0x00);
		put_time(&b, p->at, p->offset);
		put_text(&b, p);
	}
	hex += sprintf(hex, "%s", center);
	for (size_t i = 0; i < b.size; i++)
		hex += sprintf(hex, "%02X", b.data[i]);
	return true;
}

size_t
pdu_length(const char *hex)
{
	unsigned skip = 0;

	sscanf(hex, "%2x", &skip);
	return strlen(hex) / 2 < skip + 1 ? 0 : strlen(hex) / 2 - skip - 1;
}

/* One part's worth of a text; returns where the next begins. */
static const char *
fill_septets(const char *text, size_t room, struct pdu *p)
{
	uint8_t septets[2];
	uint32_t c;

	p->size = 0;
	while (*text != '\0') {
		size_t step = utf8_next(text, &c);
		size_t n = gsm7_from_char(c, septets);

		if (p->size + n > room)
			break;
		memcpy(p->data + p->size, septets, n);
		p->size += n;
		text += step;
	}
	return text;
}

static size_t
split_septets(const char *text, bool wide, struct pdu *parts)
{
	size_t n = 0;
	size_t room = gsm7_septets(text) <= 160 ? 160 : wide ? 152 : 153;

	do {
		if (n == PDU_PARTS)
			return 0;
		text = fill_septets(text, room, &parts[n++]);
	} while (*text != '\0');
	return n;
}

static size_t
split_units(const char *text, bool wide, struct pdu *parts)
{
	struct buf units;
	size_t n = 0, at = 0, room;

	buf_init(&units);
	utf16_from_utf8(&units, text);
	room = units.size <= 140 ? 140 : wide ? 132 : 134;
	do {
		struct pdu *p = &parts[n++];

		p->ucs2 = true;
		p->size = units.size - at < room ? units.size - at : room;
		if (p->size > 0)
			memcpy(p->data, units.data + at, p->size);
		at += p->size;
	} while (at < units.size && n < PDU_PARTS);
	if (at < units.size)
		n = 0;
	buf_finish(&units);
	return n;
}

size_t
pdu_split(const char *text, bool ucs2, int ref, struct pdu **parts)
{
	struct pdu *list = calloc(PDU_PARTS, sizeof(*list));
	size_t n;

	if (list == NULL)
		abort();
	n = ucs2 || gsm7_septets(text) < 0
		? split_units(text, ref > 0xff, list)
		: split_septets(text, ref > 0xff, list);
	for (size_t i = 0; i < n; i++) {
		list[i].wide = ref > 0xff;
		list[i].ref = ref;
		list[i].total = (int)n;
		list[i].part = (int)i + 1;
	}
	*parts = list;
	return n;
}

/* The decoder's cursor. */
struct reader {
	struct bytes b;
	size_t at;
};

static bool
from_hex(const char *hex, struct bytes *b)
{
	size_t n = strlen(hex);

	b->size = 0;
	if (n % 2 != 0 || n / 2 > sizeof(b->data) ||
	    strspn(hex, "0123456789abcdefABCDEF") != n)
		return false;
	for (; *hex != '\0'; hex += 2) {
		unsigned value;

		sscanf(hex, "%2x", &value);
		put(b, value);
	}
	return true;
}

static bool
need(const struct reader *r, size_t bytes)
{
	return r->at + bytes <= r->b.size;
}

static const char *
read_address(struct reader *r, struct pdu *p)
{
	size_t digits, bytes, n = 0;
	const uint8_t *d;

	if (!need(r, 2))
		return "cut before the address";
	digits = r->b.data[r->at];
	bytes = (digits + 1) / 2;
	if (digits > 20 || !need(r, 2 + bytes))
		return "cut in the address";
	d = r->b.data + r->at + 2;
	if ((r->b.data[r->at + 1] & 0xf0) == TYPE_NAME) {
		for (size_t i = 0; i < digits * 4 / 7 && n < PDU_NUMBER - 1;
		     i++)
			p->number[n++] = (char)gsm7_to_char(
			    unpack_septet(d, bytes, 7 * i), 0);
	} else {
		if (r->b.data[r->at + 1] == TYPE_INTERNATIONAL)
			p->number[n++] = '+';
		for (size_t i = 0; i < digits; i++)
			p->number[n++] =
			    "0123456789*#abc?"[d[i / 2] >> i % 2 * 4 & 0x0f];
	}
	p->number[n] = '\0';
	r->at += 2 + bytes;
	return NULL;
}

static int
swapped(uint8_t byte)
{
	return (byte & 0x0f) * 10 + (byte >> 4);
}

static const char *
read_time(struct reader *r, struct pdu *p, int64_t *at)
{
	const uint8_t *d = r->b.data + r->at;
	struct civil date;

	if (!need(r, 7))
		return "cut in the time stamp";
	date =
	    (struct civil){2000 + swapped(d[0]), swapped(d[1]), swapped(d[2])};
	if (!civil_valid(date))
		return "no such day in the time stamp";
	p->offset = swapped(d[6] & 0xf7) * 15 * (d[6] & 0x08 ? -1 : 1);
	*at = ((int64_t)civil_to_day(date) * 86400 + swapped(d[3]) * 3600 +
		  swapped(d[4]) * 60 + swapped(d[5]) - p->offset * 60) *
	      1000;
	r->at += 7;
	return NULL;
}

/* The concatenation in a user data header, if it has one. */
static void
read_header(const uint8_t *d, size_t bytes, struct pdu *p)
{
	for (size_t i = 1; i + 1 < bytes && i + 2u + d[i + 1] <= bytes;
	     i += 2u + d[i + 1]) {
		bool wide = d[i] == 0x08 && d[i + 1] == 4;
		const uint8_t *last = d + i + 1 + d[i + 1];

		if (!wide && (d[i] != 0x00 || d[i + 1] != 3))
			continue;
		p->wide = wide;
		p->ref = wide ? last[-3] << 8 | last[-2] : last[-2];
		p->total = last[-1];
		p->part = last[0];
	}
}

static const char *
read_text(struct reader *r, struct pdu *p, bool header)
{
	size_t length, bytes, skip = 0;
	const uint8_t *d;

	if (!need(r, 1))
		return "cut before the text";
	length = r->b.data[r->at++];
	bytes = p->ucs2 ? length : (length * 7 + 7) / 8;
	if (length > (p->ucs2 ? 140 : 160) || !need(r, bytes))
		return "cut in the text";
	d = r->b.data + r->at;
	if (header) {
		skip = bytes == 0 ? 1 : d[0] + 1u;
		if (skip > bytes)
			return "cut in the user data header";
		read_header(d, skip, p);
		if (!p->ucs2)
			skip = (skip * 8 + 6) / 7;
	}
	p->size = length - (skip < length ? skip : length);
	for (size_t i = 0; i < p->size; i++)
		p->data[i] = p->ucs2 ? d[skip + i]
				     : unpack_septet(d, bytes, 7 * (skip + i));
	return NULL;
}

/* All of a DELIVER or SUBMIT after its address. */
static const char *
read_message(struct reader *r, struct pdu *p, unsigned first)
{
	const char *error = NULL;

	if (!need(r, 2))
		return "cut before the coding";
	p->ucs2 = (r->b.data[r->at + 1] & 0x0c) == 0x08;
	r->at += 2;
	if (p->kind == PDU_DELIVER)
		error = read_time(r, p, &p->at);
	else
		r->at += (first >> 3 & 3) == 0   ? 0
			 : (first >> 3 & 3) == 2 ? 1
						 : 7;
	return error != NULL ? error : read_text(r, p, (first & 0x40) != 0);
}

/* All of a REPORT after its address. */
static const char *
read_report(struct reader *r, struct pdu *p)
{
	const char *error = read_time(r, p, &p->at);

	if (error == NULL)
		error = read_time(r, p, &p->discharged);
	if (error == NULL && !need(r, 1))
		error = "cut before the status";
	if (error == NULL)
		p->status = r->b.data[r->at];
	return error;
}

const char *
pdu_decode(const char *hex, struct pdu *p)
{
	struct reader r = {.at = 0};
	const char *error;
	unsigned first;

	memset(p, 0, sizeof(*p));
	p->total = p->part = 1;
	if (!from_hex(hex, &r.b) || r.b.size == 0)
		return "not hex";
	r.at = r.b.data[0] + 1u;
	if (r.b.data[0] > 11 || !need(&r, 1))
		return "cut in the message centre";
	first = r.b.data[r.at++];
	if ((first & 3) == 3)
		return "neither DELIVER nor SUBMIT nor REPORT";
	p->kind = (enum pdu_kind)(first & 3);
	p->wants_report = p->kind == PDU_SUBMIT && (first & 0x20) != 0;
	if (p->kind != PDU_DELIVER && !need(&r, 1))
		return "cut before the reference";
	if (p->kind != PDU_DELIVER)
		p->reference = r.b.data[r.at++];
	error = read_address(&r, p);
	if (error != NULL)
		return error;
	return p->kind == PDU_REPORT ? read_report(&r, p)
				     : read_message(&r, p, first);
}

void
pdu_text(const struct pdu *p, struct buf *out)
{
	if (p->ucs2) {
		utf16_to_utf8(out, p->data, p->size, SIZE_MAX);
		return;
	}
	for (size_t i = 0; i < p->size; i++) {
		bool escaped = p->data[i] == GSM7_ESCAPE && i + 1 < p->size;

		i += escaped;
		utf8_put(out, gsm7_to_char(p->data[i], escaped));
	}
}
