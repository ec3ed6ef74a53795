/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libGammu takes 20 s and more to notice that there is no answer, and a modem
 * that was just plugged in is deaf for some seconds: so it is asked here first,
 * and libGammu begins once the modem answers.
 */
#include "sms/modem/at_line.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include "shared/clock.h"

#define ANSWER_MAX 200000 /* bytes of a listing: 255 slots of 400 and more */
#define PROBE_MS   1000

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

int
at_line_open(const char *device, const char *connection)
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

/* Takes what has come; false when the line is gone. */
static bool
gather_at_line(int fd, struct buf *answer)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	char chunk[512];
	ssize_t n;

	if (poll(&p, 1, 100) <= 0)
		return true;
	n = read(fd, chunk, sizeof(chunk));
	if (n <= 0)
		return n < 0 && errno == EAGAIN;
	for (ssize_t i = 0; i < n; i++) {
		if (chunk[i] != '\0')
			buf_putc(answer, chunk[i]);
	}
	return true;
}

bool
at_line_ask(int fd, const char *command, int ms, struct buf *answer)
{
	int64_t until = clock_mono() + ms;
	size_t bytes = strlen(command);

	buf_clear(answer);
	if (write(fd, command, bytes) != (ssize_t)bytes)
		return false;
	while (answer->size < ANSWER_MAX && clock_mono() < until) {
		if (!gather_at_line(fd, answer))
			return false;
		if (ended_with(answer, "OK\r"))
			return true;
		if (ended_with(answer, "ERROR\r") ||
		    ended_with(answer, "+CMS ERROR:") ||
		    ended_with(answer, "+CME ERROR:"))
			return false;
	}
	return false;
}

/* Does the fourth list of "+CNMI: (0-3),(0,1),(0),(0,1),(0)" have a 1? */
static bool
offers_direct(const char *answer)
{
	const char *at = strstr(answer, "+CNMI:"), *end;

	for (int list = 0; at != NULL && list < 4; list++)
		at = strchr(at + 1, '(');
	end = at == NULL ? NULL : strchr(at, ')');
	if (end == NULL)
		return false;
	for (; at < end; at++) {
		if (*at == '1' || strncmp(at, "0-", 2) == 0)
			return true;
	}
	return false;
}

enum at_line_state
at_line_probe(const char *device, const char *connection, bool *direct)
{
	int fd = at_line_open(device, connection);
	enum at_line_state state = AT_LINE_SILENT;
	struct buf answer;

	*direct = false;
	if (fd < 0)
		return errno == ENOENT || errno == ENODEV || errno == ENXIO
			   ? AT_LINE_ABSENT
			   : AT_LINE_SILENT;
	buf_init(&answer);
	/* the second time a half line of before no longer disturbs */
	if (at_line_ask(fd, "AT\r", PROBE_MS, &answer) ||
	    at_line_ask(fd, "AT\r", PROBE_MS, &answer)) {
		state = AT_LINE_READY;
		if (at_line_ask(fd, "AT+CNMI=?\r", 2 * PROBE_MS, &answer))
			*direct = offers_direct(buf_text(&answer));
	}
	buf_finish(&answer);
	close(fd);
	return state;
}
