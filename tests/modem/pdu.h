/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SMS as the air carries it: TPDUs of 3GPP TS 23.040, as hex, with the message
 * centre's address in front (TS 27.005). Pure. The simulator writes DELIVER (a
 * phone's message to us) and STATUS-REPORT (what became of ours), and reads
 * both of them and SUBMIT (ours to a phone).
 */
#ifndef HAILONG_TESTS_MODEM_PDU_H
#define HAILONG_TESTS_MODEM_PDU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/buf.h"

#define PDU_HEX    400 /* room for the longest PDU in hex and its NUL */
#define PDU_NUMBER 24
#define PDU_PARTS  255

enum pdu_kind { PDU_DELIVER, PDU_SUBMIT, PDU_REPORT };

struct pdu {
	enum pdu_kind kind;
	char number[PDU_NUMBER]; /* "+84…", "191", or a name: "VIETTEL" */
	int64_t at;              /* ms, the network's time stamp; not SUBMIT */
	int offset;              /* its minutes east of UTC */
	bool wants_report;       /* SUBMIT */
	int reference;           /* REPORT: of the message it is about */
	int status;              /* REPORT: 0 delivered, from 0x40 on failed */
	int64_t discharged;      /* REPORT: ms, when that was known */
	bool wide;               /* the reference has 16 bits */
	int ref, total, part;    /* total 1: a message in one part */
	bool ucs2;
	uint8_t data[160]; /* septets, one a byte, or UTF-16BE */
	size_t size;       /* bytes in use of data */
};

/* Cuts a UTF-8 text into parts: GSM-7 where its alphabet allows and ucs2 is
 * not wanted, else UTF-16BE; each part has text, ucs2, ref, total and part. A
 * ref above 255 takes 16 bits. Returns how many, 0 when it would take more than
 * 255. The caller frees. */
size_t pdu_split(const char *text, bool ucs2, int ref, struct pdu **parts);
/* Writes a DELIVER or a REPORT with its message centre; false when the number
 * is unfit. */
bool pdu_encode(const struct pdu *p, char hex[PDU_HEX]);
/* Bytes of the TPDU, without the message centre, as AT commands count them. */
size_t pdu_length(const char *hex);
/* Reads one of the three. NULL, or what is wrong with it. */
const char *pdu_decode(const char *hex, struct pdu *p);
/* Appends the text of one part as UTF-8. */
void pdu_text(const struct pdu *p, struct buf *out);

#endif
