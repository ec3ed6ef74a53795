/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kannel hands many messages over at the same time and takes each for delivered
 * when it is answered 200. So each request is held back until what came with it
 * is on disk: libmicrohttpd turns once, its connections are suspended as they
 * become whole, all that gathered is one commit, then all are answered. A
 * commit takes some milliseconds however many messages it holds.
 *
 * The loop is ours (server/http/http.c says why); only this file of the gateway
 * knows libmicrohttpd. Whoever does not say the secret is refused by the
 * headers, and nothing of the body is kept; a request that takes too long to
 * arrive ends, counted from its beginning. When the disk fails no answer is
 * sent, the process ends, and Kannel, which keeps its own spool, tries again.
 */
#include "sms/kannel/kannel.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/civil.h"
#include "shared/clock.h"
#include "shared/connections.h"
#include "shared/limits.h"
#include "shared/log.h"
#include "shared/utf8.h"

#define BODY_MAX    16384
#define CONNECTIONS 1100 /* smsbox opens at most 512 by default */
#define OF_SOURCE   600  /* connections of one address */
#define IDLE_MS     (5 * 1000LL)
#define ARRIVING_MS (20 * 1000LL) /* a whole request */
#define LEAVING_MS  (10 * 1000LL)
#define TURN_MS     500
#define BEAT_S      30

/* One request on its way. */
struct arrival {
	struct MHD_Connection *connection;
	struct connection *link;
	struct buf body;
	unsigned status; /* 0: not settled yet */
	bool seen;       /* its headers came */
	struct kannel_request request;
	char text[LIMIT_SMS_TEXT_CHARS * 4 + 1];
	struct arrival *next; /* of those held back */
};

struct listener {
	struct spool *spool;
	const char *secret;
	struct connections links;
	struct arrival *held; /* newest first */
	size_t nheld;
	bool again;  /* a connection was resumed: turn once more at once */
	bool broken; /* the spool failed */
};

/* The text, cut at our limit of characters. */
static void
cut_text(const char *body, char *out)
{
	size_t n = utf8_cut(body, LIMIT_SMS_TEXT_CHARS);

	memcpy(out, body, n);
	out[n] = '\0';
}

static const char *
header(struct MHD_Connection *c, const char *name)
{
	return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
}

static const char *
argument(struct MHD_Connection *c, const char *name)
{
	return MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, name);
}

static struct connection *
link_of(struct MHD_Connection *c)
{
	return MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
	    ->socket_context;
}

/* Without a hint in the time it takes how much of it was right. */
static bool
same_secret(const char *said, const char *secret)
{
	size_t n = strlen(said), most = strlen(secret);
	int differ = n != most;

	for (size_t i = 0; i < most; i++)
		differ |= secret[i] ^ (i < n ? said[i] : 0);
	return differ == 0;
}

/* Whether it is our Kannel. */
static bool
says_secret(const struct listener *l, struct MHD_Connection *c)
{
	char *said = NULL;
	char *name = MHD_basic_auth_get_username_password(c, &said);
	bool ok = name != NULL && said != NULL &&
		  strcmp(name, KANNEL_NAME) == 0 &&
		  same_secret(said, l->secret);

	MHD_free(name);
	MHD_free(said);
	return ok;
}

/* A request is whole: held back until it is on disk, or settled at once. */
static void
take_kannel_listen(struct listener *l, struct arrival *a, const char *url)
{
	struct MHD_Connection *c = a->connection;
	const struct kannel_words words = {.path = url,
	    .id = argument(c, "id"),
	    .type = argument(c, "type"),
	    .from = header(c, "X-Kannel-From"),
	    .time = header(c, "X-Kannel-Time"),
	    .coding = header(c, "X-Kannel-Coding"),
	    .body = buf_text(&a->body)};

	switch (kannel_read(&words, &a->request)) {
	case KANNEL_WRONG:
		a->status = 400;
		return;
	case KANNEL_NOTHING:
		a->status = 200;
		return;
	case KANNEL_MESSAGE:
		cut_text(buf_text(&a->body), a->text);
		break;
	default:
		break;
	}
	connection_enter(link_of(c), CONNECTION_HELD, clock_mono());
	MHD_suspend_connection(c);
	a->next = l->held;
	l->held = a;
	l->nheld++;
}

/* And the connection is closed. smsbox would keep it for later; after we were
 * away it opens more of them than we take, and those that idle would keep out
 * those that bring something, until smsbox gives up after four minutes. */
static enum MHD_Result
answer(struct arrival *a)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
	    0, (void *)"", MHD_RESPMEM_PERSISTENT);
	enum MHD_Result r;

	connection_enter(
	    link_of(a->connection), CONNECTION_LEAVING, clock_mono());
	MHD_add_response_header(response, "Connection", "close");
	r = MHD_queue_response(a->connection, a->status, response);
	MHD_destroy_response(response);
	return r;
}

static enum MHD_Result
handle(void *context, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **state)
{
	struct arrival *a = *state;

	(void)method;
	(void)version;
	if (a == NULL) {
		a = *state = calloc(1, sizeof(*a));
		if (a == NULL)
			return MHD_NO;
		buf_init(&a->body);
		a->connection = connection;
		a->link = link_of(connection);
		a->link->exchange = a;
		connection_enter(a->link, CONNECTION_ARRIVING, clock_mono());
		if (says_secret(context, connection))
			return MHD_YES;
		a->status = 401;
		return answer(a);
	}
	if (*size > 0) {
		if (a->body.size + *size > BODY_MAX)
			a->status = 413;
		else
			buf_add(&a->body, data, *size);
		*size = 0;
		return MHD_YES;
	}
	if (a->status == 0)
		take_kannel_listen(context, a, url);
	return a->status == 0 ? MHD_YES : answer(a);
}

/* The request goes with its connection, whatever the library says. */
static void
end_arrival(struct connection *link)
{
	struct arrival *a = link->exchange;

	if (a == NULL)
		return;
	link->exchange = NULL;
	buf_finish(&a->body);
	free(a);
}

static void
completed(void *context, struct MHD_Connection *connection, void **state,
    enum MHD_RequestTerminationCode code)
{
	(void)context;
	(void)connection;
	(void)code;
	if (*state != NULL)
		end_arrival(((struct arrival *)*state)->link);
	*state = NULL;
}

static void
kannel_connection(void *context, struct MHD_Connection *connection,
    void **socket_context, enum MHD_ConnectionNotificationCode code)
{
	struct listener *l = context;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*socket_context = connection_open(&l->links,
		    MHD_get_connection_info(
			connection, MHD_CONNECTION_INFO_CONNECTION_FD)
			->connect_fd,
		    clock_mono());
		return;
	}
	end_arrival(*socket_context);
	connection_close(&l->links, *socket_context);
	l->again = true; /* there is room for one more */
}

/* ----------------------------------------------------------- what is held */

static bool
store_kannel_listen(struct listener *l)
{
	struct spool_message *list;
	struct arena arena;
	size_t n = l->nheld, messages = 0;
	bool ok = true;

	arena_init(&arena);
	list = arena_alloc(&arena, n * sizeof(*list));
	for (struct arrival *a = l->held; a != NULL; a = a->next, n--) {
		struct spool_message *m = &list[messages];

		if (a->text[0] == '\0' && a->request.number[0] == '\0') {
			ok = ok && spool_delivered(l->spool, a->request.uuid,
				       a->request.failed, clock_now());
			continue;
		}
		messages++;
		memcpy(m->id, a->request.uuid, sizeof(m->id));
		m->modem = KANNEL_NAME;
		m->from = a->request.number;
		m->text = a->text;
		m->received_at = clock_now();
		m->sent_at = a->request.sent_at;
		m->sent_offset = civil_offset(m->received_at);
	}
	ok = ok && (messages == 0 || spool_take(l->spool, list, messages));
	arena_finish(&arena);
	return ok;
}

/* All that was held back since the last turn becomes one commit. */
static void
settle_kannel_listen(struct listener *l)
{
	struct arrival *a = l->held, *next;

	if (a == NULL)
		return;
	l->broken = !store_kannel_listen(l);
	for (; a != NULL; a = next) {
		next = a->next;
		a->status = l->broken ? 503 : 200;
		MHD_resume_connection(a->connection);
	}
	l->held = NULL;
	l->nheld = 0;
	l->again = true;
}

/* ----------------------------------------------------------------- the loop */

static bool
read_address(const char *listen, struct sockaddr_in *out)
{
	char host[INET_ADDRSTRLEN];
	const char *colon = strrchr(listen, ':');
	size_t n = (size_t)(colon - listen);

	memset(out, 0, sizeof(*out));
	out->sin_family = AF_INET;
	out->sin_port = htons((uint16_t)atoi(colon + 1));
	if (n >= sizeof(host))
		return false;
	memcpy(host, listen, n);
	host[n] = '\0';
	return inet_pton(AF_INET, host, &out->sin_addr) == 1;
}

static struct MHD_Daemon *
start_kannel_listen(const char *listen, struct listener *l)
{
	struct sockaddr_in address;

	if (!read_address(listen, &address))
		return NULL;
	return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0,
	    NULL, NULL, handle, l, MHD_OPTION_SOCK_ADDR, &address,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)OF_SOURCE,
	    MHD_OPTION_NOTIFY_CONNECTION, kannel_connection, l,
	    MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_NOTIFY_COMPLETED,
	    completed, NULL, MHD_OPTION_END);
}

static void
kannel_listen_turn(struct MHD_Daemon *daemon, struct listener *l)
{
	int fd =
	    MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
	struct pollfd p = {.fd = fd, .events = POLLIN};
	MHD_UNSIGNED_LONG_LONG wanted;
	int ms = TURN_MS;

	if (MHD_get_timeout(daemon, &wanted) == MHD_YES && wanted < TURN_MS)
		ms = (int)wanted;
	poll(&p, 1, l->again ? 0 : ms);
	l->again = false;
	connections_sweep(&l->links, clock_mono());
	MHD_run(daemon);
	settle_kannel_listen(l);
}

int
kannel_listen(const struct settings_kannel *set,
    const struct kannel_secrets *secrets, struct spool *spool,
    const struct child_link *link)
{
	struct listener l = {.spool = spool,
	    .secret = secrets->secret,
	    .links = {.patience = {[CONNECTION_IDLE] = IDLE_MS,
			  [CONNECTION_ARRIVING] = ARRIVING_MS,
			  [CONNECTION_LEAVING] = LEAVING_MS}}};
	struct MHD_Daemon *daemon = start_kannel_listen(set->listen, &l);

	if (daemon == NULL) {
		log_error("kannel: cannot listen on %s: %s", set->listen,
		    strerror(errno));
		return CHILD_TROUBLE;
	}
	while (!*link->stop && !l.broken) {
		child_beat(link, CHILD_NOWHERE, BEAT_S);
		kannel_listen_turn(daemon, &l);
	}
	MHD_run(daemon); /* the last answers leave */
	MHD_stop_daemon(daemon);
	return l.broken ? CHILD_TROUBLE : CHILD_DONE;
}
