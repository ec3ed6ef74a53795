/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only file that knows libmicrohttpd. Its own epoll thread stalls at 128
 * ready sockets, and resuming a connection from another thread loses wake-ups
 * (measured), so the loop is ours: poll over libmicrohttpd's epoll
 * descriptor, the server's eventfd and a signalfd, then MHD_run. Everything
 * here runs on that one thread.
 *
 *   first line     an exchange is made; its deadline begins
 *   first call     the headers are there and looked over
 *   calls w/ data  the body is gathered, up to its limit
 *   last call      the request is whole: server_handle; when it goes on its
 *                  way the connection is suspended BEFORE it is handed over
 *   finished       the connection is resumed, libmicrohttpd calls once more,
 *                  and the response that stands is queued
 *
 * The guard, second line behind the proxy: framing.h judges whether a proxy
 * could read a request as two, dossier_links.h ends connections that take too
 * long. X-Forwarded-For and its like are not read here: the collector
 * neither keeps addresses nor decides by them; limits for each citizen's
 * address are the proxy's, which sees it; what it refuses for haste it brings
 * here with Hailong-Refused: 429, so that nothing is done and the form comes
 * back with what was entered.
 */
#include "server/http/http.h"

#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include "server/http/body.h"
#include "server/http/framing.h"
#include "server/http/request_head.h"
#include "server/http/response_head.h"
#include "server/http/counters.h"
#include "server/http/exchange.h"
#include "server/http/listen.h"
#include "server/http/server.h"
#include "server/settings.h"
#include "shared/connections.h"
#include "shared/clock.h"
#include "shared/limits.h"
#include "shared/log.h"

/* Bytes of each connection, idle or not; they bound the header block, too. */
#define CONNECTION_MEMORY 6144
#define FAREWELL_MS       300 /* for the last responses to leave */

struct loop {
	struct server *server;
	struct MHD_Daemon *daemon;
	const struct http_events *events;
	struct connections links;
	struct body_load load;
	int64_t now;  /* clock_mono of this turn */
	int64_t beat; /* when the next beat is due */
	int listen_fd;
	bool stopping; /* new requests are refused, not begun */
	bool again;    /* MHD_run must run again without waiting: a connection
			  was resumed, which MHD_get_timeout does not know, or
			  one was closed, and only the next run listens again
			  if all of them had been taken */
};

/* What http.c keeps beside an exchange. */
struct transport {
	struct loop *loop;
	struct MHD_Connection *connection;
	struct connection *link;
	size_t address;   /* bytes of it as it came, with its query */
	size_t announced; /* bytes of its body, 0: not said */
	int64_t counted;  /* bytes of the body's memory in loop->load … */
	bool counted_stranger; /* … and in which sum */
	bool stranger;         /* not known to be a device's or a person's */
	int refuse;            /* status decided while it came in, 0: none */
	bool begun;            /* its headers have been looked over */
	bool last;             /* the connection is closed behind it */
	bool suspended;
	bool finished; /* the response stands */
};

/* ----------------------------------------------------------------- headers */

struct headers {
	struct exchange *ex;
	struct framing framing;
};

static enum MHD_Result
read_http_header(void *cls, enum MHD_ValueKind kind, const char *name,
    size_t name_size, const char *value, size_t value_size)
{
	struct headers *h = cls;

	(void)kind;
	framing_header(&h->framing, name, name_size, value, value_size);
	request_head_header(&h->ex->req, name, value);
	return MHD_YES;
}

static enum MHD_Result
read_argument(
    void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct exchange *ex = cls;
	struct transport *t = ex->transport;

	(void)kind;
	if (!request_head_argument(&ex->req, name, value))
		t->refuse = 400;
	return MHD_YES;
}

static void
suspend(struct exchange *ex)
{
	struct transport *t = ex->transport;

	t->suspended = true;
	MHD_suspend_connection(t->connection);
}

static void
resume(struct transport *t)
{
	t->suspended = false;
	t->loop->again = true;
	MHD_resume_connection(t->connection);
}

/* Gives back the body's memory. */
static void
drop_body(struct exchange *ex)
{
	struct transport *t = ex->transport;

	buf_finish(&ex->body);
	body_load_add(&t->loop->load, t->counted_stranger, -t->counted);
	t->counted = 0;
}

/* The exchange belongs to the connection and goes with it, or with the end of
 * its request if that comes first: libmicrohttpd tells of no end when it closes
 * a connection whose memory is full, or whose head it cannot read. */
static void
end_exchange(struct connection *link)
{
	struct exchange *ex = link->exchange;

	if (ex == NULL)
		return;
	drop_body(ex);
	exchange_destroy(ex);
	link->exchange = NULL;
}

/* The first line of a request has come. NULL when there is no memory. */
static void *
first_line(void *cls, const char *address, struct MHD_Connection *connection)
{
	struct loop *loop = cls;
	struct connection *link = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
				      ->socket_context;
	struct exchange *ex;
	struct transport *t;

	end_exchange(link);
	ex = link->exchange = server_exchange(loop->server);
	if (ex == NULL)
		return NULL;
	t = arena_alloc(&ex->req.arena, sizeof(*t));
	ex->transport = t;
	ex->park = suspend;
	t->loop = loop;
	t->connection = connection;
	t->link = link;
	t->stranger = true;
	t->address = strlen(address);
	ex->req.target = arena_strdup(&ex->req.arena, address);
	/* for us it would end there, for a proxy's rules and log it goes on */
	if (strstr(address, "%00") != NULL)
		t->refuse = 400;
	connection_enter(t->link, CONNECTION_ARRIVING, loop->now);
	return ex;
}

/* The headers are there: everything but the body. */
static void
begin_http(struct exchange *ex, const char *url, const char *method,
    const char *version)
{
	struct transport *t = ex->transport;
	struct headers headers = {.ex = ex};
	enum framing_verdict verdict;

	t->begun = true;
	if (!request_head_first(&ex->req, method, url))
		t->refuse = 400;
	MHD_get_connection_values_n(
	    t->connection, MHD_HEADER_KIND, read_http_header, &headers);
	MHD_get_connection_values(
	    t->connection, MHD_GET_ARGUMENT_KIND, read_argument, ex);
	request_head_language(&ex->req);
	t->announced = headers.framing.body;
	verdict =
	    framing_judge(&headers.framing, strlen(method), t->address, version,
		MHD_get_connection_info(
		    t->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)
		    ->header_size);
	t->last = verdict != FRAMING_PLAIN;
	server_counters(t->loop->server)->ambiguous += t->last;
	if (verdict == FRAMING_REFUSE)
		t->refuse = 400;
}

/* ---------------------------------------------------------------- response */

static void
add_header(void *response, const char *name, const char *value)
{
	MHD_add_response_header(response, name, value);
}

static enum MHD_Result
respond(struct exchange *ex)
{
	struct transport *t = ex->transport;
	struct MHD_Response *response;
	enum MHD_Result queued;

	connection_enter(t->link, CONNECTION_LEAVING, t->loop->now);
	server_counters(t->loop->server)->responses[ex->status / 100]++;
	server_answered(t->loop->server, ex);
	/* the body lives in the exchange, which outlives the sending */
	response = MHD_create_response_from_buffer(ex->res.body.size,
	    (void *)(uintptr_t)buf_text(&ex->res.body), MHD_RESPMEM_PERSISTENT);
	if (response == NULL)
		return MHD_NO;
	response_head(ex, t->last || t->refuse != 0, add_header, response);
	queued =
	    MHD_queue_response(t->connection, (unsigned)ex->status, response);
	MHD_destroy_response(response);
	return queued;
}

/* --------------------------------------------------------------- the calls */

static bool
http_knows(void *context)
{
	struct exchange *ex = context;
	struct transport *t = ex->transport;

	t->stranger = !server_knows(t->loop->server, ex);
	return !t->stranger;
}

/* The rest of a body that is refused is read and forgotten, so that its sender
 * hears why. */
static void
refuse_body(struct exchange *ex, int status)
{
	struct transport *t = ex->transport;

	t->refuse = status;
	if (status != 0)
		drop_body(ex);
}

/* Notes what the body takes of memory now. */
static bool
count_body(struct exchange *ex)
{
	struct transport *t = ex->transport;
	struct body_load *load = &t->loop->load;
	int64_t room = (int64_t)ex->body.room;

	body_load_add(load, t->counted_stranger, -t->counted);
	t->counted = 0;
	t->counted_stranger = t->stranger;
	if (!body_load_add(load, t->stranger, room))
		return false;
	t->counted = room;
	return true;
}

static void
gather_http(struct exchange *ex, const char *data, size_t size)
{
	struct transport *t = ex->transport;
	size_t whole = ex->body.size + size;

	if (t->refuse != 0)
		return;
	if (t->stranger)
		refuse_body(ex, body_refusal(&ex->req, whole, http_knows, ex));
	else if (whole > body_limit(&ex->req))
		refuse_body(ex, 413);
	if (t->refuse != 0)
		return;
	buf_add(&ex->body, data, size);
	if (!count_body(ex))
		refuse_body(ex, 503);
}

/* An answer before the body is whole, and the end of the connection. */
static enum MHD_Result
refuse_http(struct loop *loop, struct exchange *ex)
{
	struct transport *t = ex->transport;

	server_refuse(loop->server, ex, t->refuse);
	t->finished = true;
	return respond(ex);
}

/* The request is whole. */
static enum MHD_Result
finish_request(struct loop *loop, struct exchange *ex)
{
	struct transport *t = ex->transport;

	ex->req.body = buf_text(&ex->body);
	ex->req.body_size = ex->body.size;
	if (t->refuse == 0 && ex->req.method == METHOD_POST &&
	    !body_read_form(&ex->req))
		t->refuse = 400;
	if (t->refuse == 0 && ex->body.size > body_limit(&ex->req))
		t->refuse = 413;
	request_head_language(&ex->req);
	if (t->refuse == 0 && loop->stopping)
		t->refuse = 503;
	if (t->refuse == 0 && ex->req.refused)
		t->refuse = 429;
	if (t->refuse != 0)
		return refuse_http(loop, ex);
	connection_enter(t->link, CONNECTION_HELD, loop->now);
	if (!server_handle(loop->server, ex))
		return MHD_YES; /* suspended, on its way */
	t->finished = true;
	if (!t->suspended)
		return respond(ex);
	resume(t); /* it was parked, but no thread could take it */
	return MHD_YES;
}

static enum MHD_Result
access_handler(void *cls, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **con_cls)
{
	struct loop *loop = cls;
	struct exchange *ex = *con_cls;
	struct transport *t;

	(void)connection;
	if (ex == NULL)
		return MHD_NO; /* there was no memory for it */
	t = ex->transport;
	if (!t->begun) {
		begin_http(ex, url, method, version);
		/* where it ends is not known: nothing more of it is read */
		if (t->refuse != 0)
			return refuse_http(loop, ex);
		refuse_body(
		    ex, body_refusal(&ex->req, t->announced, http_knows, ex));
		return MHD_YES;
	}
	if (t->finished)
		return respond(ex);
	if (*size > 0) {
		gather_http(ex, data, *size);
		*size = 0;
		return MHD_YES;
	}
	return finish_request(loop, ex);
}

static void
request_completed(void *cls, struct MHD_Connection *connection, void **con_cls,
    enum MHD_RequestTerminationCode code)
{
	struct exchange *ex = *con_cls;
	struct loop *loop = cls;
	struct connection *link;

	(void)connection;
	(void)code;
	if (ex == NULL)
		return;
	link = ((struct transport *)ex->transport)->link;
	connection_enter(link, CONNECTION_IDLE, loop->now);
	end_exchange(link);
	*con_cls = NULL;
}

static void
resume_finished(struct loop *loop)
{
	struct exchange *next, *ex = server_finished(loop->server);

	for (; ex != NULL; ex = next) {
		struct transport *t = ex->transport;

		next = ex->next;
		t->finished = true;
		resume(t);
	}
}

/* A connection comes or goes. */
static void
connection_changed(void *cls, struct MHD_Connection *connection, void **link,
    enum MHD_ConnectionNotificationCode code)
{
	struct loop *loop = cls;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*link = connection_open(&loop->links,
		    MHD_get_connection_info(
			connection, MHD_CONNECTION_INFO_CONNECTION_FD)
			->connect_fd,
		    loop->now);
	} else {
		end_exchange(*link);
		connection_close(&loop->links, *link);
		loop->again = true;
	}
	server_counters(loop->server)->connections = loop->links.count;
}

/* -------------------------------------------------------------------- start */

static void
set_patience(struct loop *loop, const struct settings *s)
{
	loop->links.patience[CONNECTION_IDLE] = s->connection_seconds * 1000LL;
	loop->links.patience[CONNECTION_ARRIVING] = s->request_seconds * 1000LL;
	loop->links.patience[CONNECTION_LEAVING] =
	    s->connection_seconds * 1000LL;
}

static bool
start_http(struct loop *loop, const struct settings *s)
{
	loop->listen_fd = listen_open(s->listen);
	if (loop->listen_fd < 0)
		return false;
	loop->daemon =
	    MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME |
				 MHD_USE_ITC | MHD_USE_TURBO,
		0, NULL, NULL, access_handler, loop, MHD_OPTION_LISTEN_SOCKET,
		loop->listen_fd, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)s->connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
		(unsigned)s->address_connections,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
		MHD_OPTION_URI_LOG_CALLBACK, first_line, loop,
		MHD_OPTION_NOTIFY_COMPLETED, request_completed, loop,
		MHD_OPTION_NOTIFY_CONNECTION, connection_changed, loop,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
	if (loop->daemon == NULL) {
		log_error("libmicrohttpd does not start; raise the limit of "
			  "open files or lower [limits] connections");
		close(loop->listen_fd);
	}
	return loop->daemon != NULL;
}

/* ----------------------------------------------------------------- the loop */

static int
wait_time(struct loop *loop)
{
	MHD_UNSIGNED_LONG_LONG ms;
	int most = loop->stopping
		       ? FAREWELL_MS / 10
		       : connections_wait(&loop->links, clock_mono());

	if (MHD_get_timeout(loop->daemon, &ms) != MHD_YES ||
	    (most >= 0 && ms > (MHD_UNSIGNED_LONG_LONG)most))
		return most;
	return ms > 60000 ? 60000 : (int)ms;
}

/* Ms until MHD_run has something to do, a held exchange is to be looked
 * after, or a beat is due. */
static int
turn_time(struct loop *loop)
{
	int wait = loop->again ? 0 : wait_time(loop);
	int held = server_wait(loop->server);
	int64_t beat = loop->beat - clock_mono();

	if (held >= 0 && (wait < 0 || held < wait))
		wait = held;
	if (loop->events->beat_ms > 0 && (wait < 0 || beat < wait))
		return beat < 0 ? 0 : (int)beat;
	return wait;
}

/* Tells that we live. The writer may take long over a batch, but when it takes
 * longer than two beats it hangs, and it is for the best to be started anew. */
static void
http_beat(struct loop *loop)
{
	const struct http_events *e = loop->events;

	if (e->beat_ms == 0 || loop->now < loop->beat)
		return;
	loop->beat = loop->now + e->beat_ms;
	if (server_alive(loop->server, 2 * (int64_t)e->beat_ms))
		e->beat();
	else
		log_error("a write, or a page that was broken off, has not "
			  "ended for %d s; the disk or the database hangs",
		    2 * e->beat_ms / 1000);
}

static void
http_reload(struct loop *loop)
{
	const struct settings *settings = loop->events->reload();

	server_settings(loop->server, settings);
	set_patience(loop, settings);
}

static void
http_turn(struct loop *loop, int epoll_fd, int signal_fd, bool *stop)
{
	struct signalfd_siginfo info;
	struct pollfd fds[] = {
	    {epoll_fd, POLLIN, 0},
	    {server_fd(loop->server), POLLIN, 0},
	    {signal_fd, POLLIN, 0},
	};

	poll(fds, 3, turn_time(loop));
	loop->again = false;
	loop->now = clock_mono();
	connections_sweep(&loop->links, loop->now);
	server_counters(loop->server)->cut = loop->links.cut;
	http_beat(loop);
	log_catch_up();
	server_look(loop->server, loop->stopping);
	if ((fds[1].revents & POLLIN) != 0)
		resume_finished(loop);
	if ((fds[2].revents & POLLIN) != 0 &&
	    read(signal_fd, &info, sizeof(info)) > 0) {
		if (info.ssi_signo == SIGHUP)
			http_reload(loop);
		else
			*stop = true;
	}
	MHD_run(loop->daemon);
	server_submit(loop->server);
}

/* Stops without losing an answer: no new connections, requests that come on
 * the old ones are refused with 503, everything that is on its way is
 * committed and answered. Clients that keep asking could otherwise keep us for
 * ever, and the daemon aborts when it ends while a connection is suspended. */
static void
drain(struct loop *loop, int epoll_fd, int signal_fd)
{
	bool again;
	int64_t end;
	int listen_fd = MHD_quiesce_daemon(loop->daemon);

	loop->stopping = true;
	loop->events->stopping();
	log_info(
	    "stopping: %d requests on their way", server_pending(loop->server));
	while (server_pending(loop->server) > 0)
		http_turn(loop, epoll_fd, signal_fd, &again);
	end = clock_mono() + FAREWELL_MS;
	while (loop->links.count > 0 && clock_mono() < end)
		http_turn(loop, epoll_fd, signal_fd, &again);
	MHD_stop_daemon(loop->daemon);
	close(listen_fd);
}

bool
http_run(const struct settings *settings, struct server *server,
    const struct http_events *events)
{
	struct loop loop = {.server = server, .events = events};
	const union MHD_DaemonInfo *info;
	int epoll_fd, signal_fd;
	bool stop = false;
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	signal_fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
	if (signal_fd < 0 || !start_http(&loop, settings))
		return false;
	set_patience(&loop, settings);
	info = MHD_get_daemon_info(loop.daemon, MHD_DAEMON_INFO_EPOLL_FD);
	epoll_fd = info->epoll_fd;
	log_info("listening on %s", settings->listen);
	events->ready();
	while (!stop)
		http_turn(&loop, epoll_fd, signal_fd, &stop);
	drain(&loop, epoll_fd, signal_fd);
	listen_remove(settings->listen);
	close(signal_fd);
	return true;
}
