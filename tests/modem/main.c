/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * modem-simulator: a GSM modem on a terminal, for tests and for the demo.
 *
 *   hailong-sms ── pty (--link) ── simulator ── unix socket (--control) ── you
 *
 * One loop moves bytes between the line and sim; answers wait in a buffer until
 * the modem's slowness has passed. With --send the same program is the client:
 * it gives one command to a running simulator and prints the reply.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "shared/clock.h"
#include "tests/modem/pty.h"
#include "tests/modem/sim.h"

#define COMMAND_BYTES 60000 /* the longest message is 255 parts */
#define LINE_MS       20    /* between two portions on a slow line */

static volatile sig_atomic_t stop;

struct simulator {
	struct sim sim;
	struct pty pty;
	const char *control;
	int listener;
	struct buf out;    /* said by the modem, not yet on the line */
	int64_t out_after; /* ms; because the modem is slow */
	FILE *log;         /* of the line, NULL: none */
};

static void
on_signal(int signal)
{
	(void)signal;
	stop = 1;
}

static int
fail(const char *what)
{
	fprintf(stderr, "modem-simulator: %s: %s\n", what, strerror(errno));
	return 1;
}

static bool
socket_address(const char *path, struct sockaddr_un *address)
{
	memset(address, 0, sizeof(*address));
	address->sun_family = AF_UNIX;
	errno = ENAMETOOLONG;
	return (size_t)snprintf(address->sun_path, sizeof(address->sun_path),
		   "%s", path) < sizeof(address->sun_path);
}

/* Reads a whole command (one line) of a client that has just come. */
static void
serve_client(struct simulator *m, int fd)
{
	struct timeval patience = {.tv_sec = 2};
	struct buf command, reply;
	char c;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	buf_init(&command);
	buf_init(&reply);
	while (
	    command.size < COMMAND_BYTES && read(fd, &c, 1) == 1 && c != '\n')
		buf_putc(&command, c);
	m->sim.now = clock_now();
	control_command(&m->sim, buf_text(&command), &m->out, &reply);
	if (send(fd, reply.data, reply.size, MSG_NOSIGNAL) < 0)
		fail("reply");
	buf_finish(&command);
	buf_finish(&reply);
	close(fd);
}

/* Makes the cable what the commands made of it. */
static bool
follow_plug(struct simulator *m)
{
	if (m->sim.plugged && m->pty.master < 0)
		return pty_plug(&m->pty);
	if (!m->sim.plugged && m->pty.master >= 0) {
		pty_unplug(&m->pty);
		buf_clear(&m->out);
	}
	return true;
}

/* What goes over the line, readable, for whoever wants to understand it. */
static void
note(struct simulator *m, char way, const char *bytes, size_t n)
{
	if (m->log == NULL)
		return;
	fprintf(m->log, "%lld %c ", (long long)clock_now(), way);
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] >= ' ' && bytes[i] < 0x7f)
			fputc(bytes[i], m->log);
		else
			fprintf(m->log, "<%02x>", (unsigned char)bytes[i]);
	}
	fputc('\n', m->log);
	fflush(m->log);
}

static void
read_line(struct simulator *m)
{
	char bytes[1024];
	ssize_t n = read(m->pty.master, bytes, sizeof(bytes));
	size_t before = m->out.size;
	int wait;

	if (n <= 0)
		return;
	note(m, '>', bytes, (size_t)n);
	m->sim.now = clock_now();
	at_input(&m->sim, bytes, (size_t)n, &m->out);
	wait = m->sim.slow_ms + m->sim.late_ms;
	m->sim.late_ms = 0;
	if (m->out.size > before && wait > 0)
		m->out_after = clock_mono() + wait;
}

/* How much may go now: a slow line takes ten bits a character. */
static size_t
allowed(struct simulator *m)
{
	size_t n = (size_t)(m->sim.baud * LINE_MS / 10000);

	if (m->sim.baud == 0)
		return m->out.size;
	if (clock_mono() < m->out_after)
		return 0;
	m->out_after = clock_mono() + LINE_MS;
	n = n == 0 ? 1 : n;
	return n < m->out.size ? n : m->out.size;
}

static void
write_line(struct simulator *m)
{
	ssize_t n;

	if (m->out.size == 0 || m->pty.master < 0 ||
	    clock_mono() < m->out_after)
		return;
	n = write(m->pty.master, m->out.data, allowed(m));
	if (n <= 0)
		return;
	note(m, '<', m->out.data, (size_t)n);
	m->out.size -= (size_t)n;
	memmove(m->out.data, m->out.data + n, m->out.size + 1);
}

static int
run(struct simulator *m)
{
	while (!stop && !m->sim.quit) {
		struct pollfd polls[] = {
		    {.fd = m->pty.master, .events = POLLIN},
		    {.fd = m->listener, .events = POLLIN}};

		poll(polls, 2,
		    m->out.size > 0       ? LINE_MS
		    : m->sim.nreports > 0 ? 50
					  : 1000);
		sim_tick(&m->sim, clock_now(), &m->out);
		if (polls[1].revents & POLLIN) {
			int fd = accept4(m->listener, NULL, NULL, SOCK_CLOEXEC);

			if (fd >= 0)
				serve_client(m, fd);
		}
		if (polls[0].revents & POLLIN)
			read_line(m);
		if (!follow_plug(m))
			return fail(m->pty.link);
		write_line(m);
	}
	return 0;
}

static int
serve(struct simulator *m)
{
	struct sigaction act = {.sa_handler = on_signal};
	struct sockaddr_un address;
	int status;

	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
	m->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	unlink(m->control);
	if (!socket_address(m->control, &address) || m->listener < 0 ||
	    bind(m->listener, (struct sockaddr *)&address, sizeof(address)) !=
		0 ||
	    listen(m->listener, 8) != 0)
		return fail(m->control);
	if (!pty_plug(&m->pty))
		return fail(m->pty.link);
	status = run(m);
	pty_unplug(&m->pty);
	unlink(m->control);
	close(m->listener);
	buf_finish(&m->out);
	sim_finish(&m->sim);
	return status;
}

/* The client: one command there, the reply back. */
static int
send_command(const char *control, const char *command)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_un address;
	char chunk[1024] = "";
	bool refused = false, first = true;
	ssize_t n;

	if (!socket_address(control, &address) || fd < 0 ||
	    connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
	    send(fd, command, strlen(command), MSG_NOSIGNAL) < 0 ||
	    send(fd, "\n", 1, MSG_NOSIGNAL) < 0)
		return fail(control);
	while ((n = read(fd, chunk, sizeof(chunk))) > 0) {
		refused = refused || (first && strncmp(chunk, "error", 5) == 0);
		first = false;
		fwrite(chunk, 1, (size_t)n, refused ? stderr : stdout);
	}
	close(fd);
	return refused;
}

static int
usage(FILE *out, int status)
{
	fprintf(out,
	    "usage: modem-simulator --link PATH --control PATH [options]\n"
	    "       modem-simulator --control PATH --send COMMAND\n"
	    "A GSM modem without a modem: the first form runs it, the second "
	    "gives it a command.\n\n"
	    "  --link PATH     the name of its serial line, for [modem] "
	    "device\n"
	    "  --control PATH  the unix socket that takes commands\n"
	    "  --slots N       places on the SIM, default 20\n"
	    "  --own-slots N   places in the modem itself, default 20\n"
	    "  --to-own        messages arrive in the modem, not on the SIM\n"
	    "  --pin PIN       the SIM asks for it\n"
	    "  --imsi DIGITS   whose SIM it is\n"
	    "  --dialect NAME  plain, quectel, huawei, simcom, telit\n"
	    "  --slow MS       before every answer\n"
	    "  --baud N        a slow line\n"
	    "  --log FILE      what goes over the line\n\n"
	    "commands:\n%s",
	    control_help);
	return status;
}

static int
slots_of(const char *text)
{
	int n = atoi(text);

	return n < 0 ? 0 : n > SIM_SLOTS_MAX ? SIM_SLOTS_MAX : n;
}

struct wishes {
	const char *command, *pin, *imsi, *dialect, *log;
	int slots, own, slow, baud;
	bool to_own;
};

/* Makes the modem as it was wished for; false when it cannot be. */
static bool
prepare(struct simulator *m, const struct wishes *w)
{
	sim_init(&m->sim, w->slots, w->own, w->pin);
	m->sim.now = clock_now();
	m->sim.arriving = w->to_own ? SIM_ME : SIM_SM;
	m->sim.slow_ms = w->slow;
	if (w->imsi != NULL)
		snprintf(m->sim.imsi, sizeof(m->sim.imsi), "%s", w->imsi);
	m->sim.baud = w->baud;
	if (!sim_speak(&m->sim, w->dialect)) {
		errno = EINVAL;
		fail(w->dialect);
		return false;
	}
	if (w->log != NULL && (m->log = fopen(w->log, "ae")) == NULL) {
		fail(w->log);
		return false;
	}
	return true;
}

static bool
take_option(struct simulator *m, struct wishes *w, int option)
{
	switch (option) {
	case 'l':
		m->pty.link = optarg;
		return true;
	case 'c':
		m->control = optarg;
		return true;
	case 's':
		w->command = optarg;
		return true;
	case 'n':
		w->slots = slots_of(optarg);
		return true;
	case 'o':
		w->own = slots_of(optarg);
		return true;
	case 't':
		w->to_own = true;
		return true;
	case 'p':
		w->pin = optarg;
		return true;
	case 'd':
		w->dialect = optarg;
		return true;
	case 'i':
		w->imsi = optarg;
		return true;
	case 'g':
		w->log = optarg;
		return true;
	case 'w':
		w->slow = atoi(optarg);
		return true;
	case 'b':
		w->baud = atoi(optarg);
		return true;
	default:
		return false;
	}
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
	    {"link", required_argument, NULL, 'l'},
	    {"control", required_argument, NULL, 'c'},
	    {"send", required_argument, NULL, 's'},
	    {"slots", required_argument, NULL, 'n'},
	    {"own-slots", required_argument, NULL, 'o'},
	    {"to-own", no_argument, NULL, 't'},
	    {"pin", required_argument, NULL, 'p'},
	    {"imsi", required_argument, NULL, 'i'},
	    {"dialect", required_argument, NULL, 'd'},
	    {"log", required_argument, NULL, 'g'},
	    {"slow", required_argument, NULL, 'w'},
	    {"baud", required_argument, NULL, 'b'},
	    {"help", no_argument, NULL, 'h'},
	    {"version", no_argument, NULL, 'v'}, {NULL, 0, NULL, 0}};
	static struct simulator m = {.pty = {-1, -1, NULL}};
	struct wishes w = {
	    .pin = "", .dialect = "plain", .slots = 20, .own = 20};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'h')
			return usage(stdout, 0);
		if (option == 'v') {
			puts("modem-simulator " HAILONG_VERSION);
			return 0;
		}
		if (!take_option(&m, &w, option))
			return usage(stderr, 2);
	}
	if (optind < argc || m.control == NULL ||
	    (m.pty.link == NULL) == (w.command == NULL))
		return usage(stderr, 2);
	if (w.command != NULL)
		return send_command(m.control, w.command);
	return prepare(&m, &w) ? serve(&m) : 1;
}
