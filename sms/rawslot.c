/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small talk of four AT commands (3GPP TS 27.005) on the bare terminal:
 * CMGF=0, CPMS, CMGL=4, CMGD. It is only spoken when libGammu crashed twice
 * over the same slot, and trusts nothing of what comes back: bounded lines,
 * one deadline for each answer, digits checked. The PDU is kept as text; nobody
 * decodes it here.
 */
#include "sms/rawslot.h"

#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include "shared/buf.h"
#include "shared/clock.h"

#define ANSWER_MS  10000
#define ANSWER_MAX 200000 /* bytes of a listing: 255 slots of 400 and more */

static speed_t
speed_of(const char *connection)
{
	static const struct {
		int baud;
		speed_t speed;
	} speeds[] = {{9600, B9600}, {19200, B19200}, {38400, B38400},
	    {57600, B57600}, {115200, B115200}, {230400, B230400},
	    {460800, B460800}, {921600, B921600}};
	const char *digits = connection + strcspn(connection, "0123456789");
	int baud = atoi(digits);

	for (size_t i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++) {
		if (speeds[i].baud == baud)
			return speeds[i].speed;
	}
	return B115200;
}

static int
open_line(const char *device, const char *connection)
{
	int fd = open(device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	struct termios t;

	if (fd < 0)
		return -1;
	if (tcgetattr(fd, &t) == 0) {
		cfmakeraw(&t);
		t.c_cflag |= CLOCAL | CREAD;
		cfsetispeed(&t, speed_of(connection));
		cfsetospeed(&t, speed_of(connection));
		tcsetattr(fd, TCSANOW, &t);
	}
	tcflush(fd, TCIOFLUSH);
	return fd;
}

static bool
ended_with(const struct buf *answer, const char *line)
{
	const char *at = strstr(buf_text(answer), line);

	return at != NULL && at > answer->data && at[-1] == '\n';
}

/* Sends a command and gathers the answer; true when it ends with OK. */
static bool
ask(int fd, const char *command, struct buf *answer)
{
	int64_t until = clock_mono() + ANSWER_MS;
	size_t bytes = strlen(command);

	buf_clear(answer);
	if (write(fd, command, bytes) != (ssize_t)bytes)
		return false;
	while (answer->size < ANSWER_MAX && clock_mono() < until) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		char chunk[512];
		ssize_t n;

		if (poll(&p, 1, 200) <= 0)
			continue;
		n = read(fd, chunk, sizeof(chunk));
		if (n <= 0)
			return false;
		for (ssize_t i = 0; i < n; i++) {
			if (chunk[i] != '\0')
				buf_putc(answer, chunk[i]);
		}
		if (ended_with(answer, "OK\r"))
			return true;
		if (ended_with(answer, "ERROR\r") ||
		    ended_with(answer, "+CMS ERROR:") ||
		    ended_with(answer, "+CME ERROR:"))
			return false;
	}
	return false;
}

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
take_from(int fd, const char *storage, int *position, rawslot_keep *keep,
    void *context, bool *found)
{
	char command[40], *pdu;
	struct buf answer;
	int index = 0;
	bool ok = true;

	buf_init(&answer);
	snprintf(command, sizeof(command), "AT+CPMS=\"%s\"\r", storage);
	if (ask(fd, command, &answer) && ask(fd, "AT+CMGL=4\r", &answer) &&
	    answer.data != NULL &&
	    find_entry(answer.data, position, &index, &pdu)) {
		*found = true;
		snprintf(command, sizeof(command), "AT+CMGD=%d\r", index);
		ok = keep(context, pdu) && ask(fd, command, &answer);
	}
	buf_finish(&answer);
	return ok;
}

bool
rawslot_take(const char *device, const char *connection, int position,
    rawslot_keep *keep, void *context, char *error, size_t error_size)
{
	int fd = open_line(device, connection);
	struct buf answer;
	bool ok, found = false;

	if (fd < 0) {
		snprintf(error, error_size, "the device cannot be opened");
		return false;
	}
	buf_init(&answer);
	ask(fd, "AT\r", &answer); /* wakes it, and ends a half line */
	ok = ask(fd, "AT+CMGF=0\r", &answer) &&
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
