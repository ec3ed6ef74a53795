/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small talk of five AT commands (3GPP TS 27.005) on the bare terminal:
 * CMGF=0, CPMS, CMGL=4, CMGR, CMGD. The PDU is handed on as hex and compared as
 * such; it is not decoded here. The storage that was chosen is asked for first
 * and chosen again at the end, because libGammu remembers which one it chose.
 */
#include "sms/modem/raw_slot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "shared/buf.h"
#include "sms/modem/at_line.h"

#define ANSWER_MS      10000
#define PDU_HEX        400    /* of a slot, with its NUL */
#define SECOND_STORAGE 100000 /* as libGammu numbers them */

static bool
ask_modem(int fd, struct buf *answer, const char *command, int index)
{
	char line[40];

	snprintf(line, sizeof(line), "%s%d\r", command, index);
	return at_line_ask(fd, line, ANSWER_MS, answer);
}

static bool
choose_storage(int fd, struct buf *answer, const char storage[4])
{
	char line[40];

	snprintf(line, sizeof(line), "AT+CPMS=\"%s\"\r", storage);
	return at_line_ask(fd, line, ANSWER_MS, answer);
}

/* The storage for reading, "" where the modem does not say. */
static void
chosen_storage(int fd, struct buf *answer, char storage[4])
{
	const char *at = NULL;

	storage[0] = '\0';
	if (at_line_ask(fd, "AT+CPMS?\r", ANSWER_MS, answer))
		at = strstr(buf_text(answer), "+CPMS: \"");
	if (at != NULL && strlen(at) > 10 && at[10] == '"')
		snprintf(storage, 4, "%.2s", at + strlen("+CPMS: \""));
}

/* The hex of the line behind an answer's head; "" none. */
static void
copy_pdu(const struct buf *answer, const char *head, char pdu[PDU_HEX])
{
	const char *at = strstr(buf_text(answer), head);
	const char *line = at == NULL ? NULL : strchr(at, '\n');
	size_t n = 0;

	if (line != NULL)
		n = strspn(line + 1, "0123456789ABCDEFabcdef");
	if (n >= PDU_HEX)
		n = PDU_HEX - 1;
	if (n > 0)
		memcpy(pdu, line + 1, n);
	pdu[n] = '\0';
}

/* A number that no other place of the modem has. */
static int
place_of_slot(const struct raw_slot *slot)
{
	return slot->index + (slot->storage[0] == 'S' ? 0 : SECOND_STORAGE);
}

/* Does a slot hold this no more? Some modems say OK to a deletion and keep the
 * message. An empty slot is told by an error or by no PDU. */
static bool
slot_gave_up(int fd, struct buf *answer, int index, const char *pdu)
{
	char now[PDU_HEX];

	if (!ask_modem(fd, answer, "AT+CMGR=", index) &&
	    strstr(buf_text(answer), "ERROR") == NULL)
		return false; /* no answer says nothing */
	copy_pdu(answer, "+CMGR:", now);
	return strcmp(pdu, now) != 0;
}

/* True when the slot is empty of it afterwards. */
static bool
take_slot(int fd, struct buf *answer, const struct raw_slot *slot,
    modem_keep *keep, void *context)
{
	char pdu[PDU_HEX], again[PDU_HEX];

	if (!choose_storage(fd, answer, slot->storage))
		return false;
	if (!ask_modem(fd, answer, "AT+CMGR=", slot->index))
		return false;
	copy_pdu(answer, "+CMGR:", pdu);
	if (pdu[0] == '\0')
		return true; /* it is gone by now */
	if (!keep(context, pdu, place_of_slot(slot), false) ||
	    !ask_modem(fd, answer, "AT+CMGR=", slot->index))
		return false;
	copy_pdu(answer, "+CMGR:", again);
	return strcmp(pdu, again) == 0 &&
	       ask_modem(fd, answer, "AT+CMGD=", slot->index) &&
	       slot_gave_up(fd, answer, slot->index, pdu) &&
	       keep(context, pdu, place_of_slot(slot), true);
}

/* Opens the line for raw talk; -1 with a clause. storage: to go back to. */
static int
begin_raw_talk(const char *device, const char *connection, struct buf *answer,
    char storage[4], char *error, size_t error_size)
{
	int fd = at_line_open(device, connection);

	if (fd < 0) {
		snprintf(error, error_size, "the device cannot be opened");
		return -1;
	}
	/* wakes it, and ends a half line */
	at_line_ask(fd, "AT\r", ANSWER_MS, answer);
	if (at_line_ask(fd, "AT+CMGF=0\r", ANSWER_MS, answer)) {
		chosen_storage(fd, answer, storage);
		return fd;
	}
	snprintf(error, error_size, "no proper answer");
	close(fd);
	return -1;
}

static void
end_raw_talk(int fd, struct buf *answer, const char storage[4])
{
	if (storage[0] != '\0')
		choose_storage(fd, answer, storage);
	close(fd);
	buf_finish(answer);
}

size_t
raw_slots_take(const char *device, const char *connection,
    const struct raw_slot *slots, size_t n, modem_keep *keep, void *context,
    char *error, size_t error_size)
{
	struct buf answer;
	char storage[4];
	size_t taken = 0;
	int fd;

	buf_init(&answer);
	fd = begin_raw_talk(
	    device, connection, &answer, storage, error, error_size);
	if (fd < 0) {
		buf_finish(&answer);
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		taken += take_slot(fd, &answer, &slots[i], keep, context);
	if (taken < n)
		snprintf(error, error_size, "the modem does not give it up");
	end_raw_talk(fd, &answer, storage);
	return taken;
}

/* Finds an entry of a listing; counts down *position over the others. */
static bool
find_entry(const char *listing, int *position, int *index)
{
	const char *at = listing;

	while ((at = strstr(at, "+CMGL:")) != NULL) {
		at += strlen("+CMGL:");
		*index = atoi(at);
		if ((*position)-- == 0)
			return true;
	}
	return false;
}

/* Which slot lies at a position. */
static bool
find_slot(int fd, struct buf *answer, int position, struct raw_slot *slot)
{
	static const char storages[][4] = {"SM", "ME"};

	for (size_t i = 0; i < 2; i++) {
		memcpy(slot->storage, storages[i], sizeof(slot->storage));
		if (choose_storage(fd, answer, slot->storage) &&
		    at_line_ask(fd, "AT+CMGL=4\r", ANSWER_MS, answer) &&
		    find_entry(buf_text(answer), &position, &slot->index))
			return true;
	}
	return false;
}

bool
raw_slot_take_at(const char *device, const char *connection, int position,
    modem_keep *keep, void *context, char *error, size_t error_size)
{
	struct raw_slot slot;
	struct buf answer;
	char storage[4];
	bool found;
	int fd;

	buf_init(&answer);
	fd = begin_raw_talk(
	    device, connection, &answer, storage, error, error_size);
	if (fd < 0) {
		buf_finish(&answer);
		return false;
	}
	found = find_slot(fd, &answer, position, &slot);
	end_raw_talk(fd, &answer, storage);
	snprintf(error, error_size, "no message at that place");
	return found && raw_slots_take(device, connection, &slot, 1, keep,
			    context, error, error_size) == 1;
}
