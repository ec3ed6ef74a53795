/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small talk of four AT commands (3GPP TS 27.005) on the bare terminal:
 * CMGF=0, CPMS, CMGL=4, CMGD. It is only spoken when libGammu crashed twice
 * over the same slot (at_line.h); digits are checked. The PDU is kept as text;
 * it is not decoded here.
 */
#include "sms/modem/raw_slot.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "shared/buf.h"
#include "sms/modem/at_line.h"

#define ANSWER_MS 10000

/* Finds an entry of a listing; counts down *position over the others. */
static bool
find_entry(char *listing, int *position, int *index, char **pdu)
{
	char *at = listing;

	while ((at = strstr(at, "+CMGL:")) != NULL) {
		char *line = strchr(at, '\n');

		*index = atoi(at + strlen("+CMGL:"));
		at += strlen("+CMGL:");
		if ((*position)-- > 0 || line == NULL)
			continue;
		*pdu = line + 1;
		(*pdu)[strspn(*pdu, "0123456789ABCDEFabcdef")] = '\0';
		return true;
	}
	return false;
}

static bool
take_from(int fd, const char *storage, int *position, raw_slot_keep *keep,
    void *context, bool *found)
{
	char command[40], *pdu;
	struct buf answer;
	int index = 0;
	bool ok = true;

	buf_init(&answer);
	snprintf(command, sizeof(command), "AT+CPMS=\"%s\"\r", storage);
	if (at_line_ask(fd, command, ANSWER_MS, &answer) &&
	    at_line_ask(fd, "AT+CMGL=4\r", ANSWER_MS, &answer) &&
	    answer.data != NULL &&
	    find_entry(answer.data, position, &index, &pdu)) {
		*found = true;
		snprintf(command, sizeof(command), "AT+CMGD=%d\r", index);
		ok = keep(context, pdu) &&
		     at_line_ask(fd, command, ANSWER_MS, &answer);
	}
	buf_finish(&answer);
	return ok;
}

bool
raw_slot_take(const char *device, const char *connection, int position,
    raw_slot_keep *keep, void *context, char *error, size_t error_size)
{
	int fd = at_line_open(device, connection);
	struct buf answer;
	bool ok, found = false;

	if (fd < 0) {
		snprintf(error, error_size, "the device cannot be opened");
		return false;
	}
	buf_init(&answer);
	/* wakes it, and ends a half line */
	at_line_ask(fd, "AT\r", ANSWER_MS, &answer);
	ok = at_line_ask(fd, "AT+CMGF=0\r", ANSWER_MS, &answer) &&
	     take_from(fd, "SM", &position, keep, context, &found);
	if (ok && !found)
		ok = take_from(fd, "ME", &position, keep, context, &found);
	buf_finish(&answer);
	close(fd);
	if (!ok || !found)
		snprintf(error, error_size, "%s",
		    ok ? "no message at that place" : "no proper answer");
	return ok && found;
}
