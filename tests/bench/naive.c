/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The naive way, for comparison: the same parsing, checks, statements and
 * durability as the collector, but one transaction a POST, on the loop thread.
 * What group commit buys is the distance to this.
 *
 *   bench-naive PORT DATABASE-URL
 */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/score/tally.h"
#include "server/db/db.h"
#include "server/intake/check.h"
#include "server/store/answers.h"
#include "server/store/catalogue/catalogue.h"
#include "server/store/tallies.h"
#include "shared/buf.h"
#include "shared/clock.h"
#include "shared/json.h"

struct naive {
	struct db *db;
	struct catalogue *catalogue;
	struct tallies tallies;
};

static bool
store(struct naive *n, struct entry *entry)
{
	tallies_clear(&n->tallies);
	return db_begin(n->db) &&
	       store_answer(n->db, &n->tallies, entry) != STORED_FAILED &&
	       store_tallies_add(n->db, &n->tallies) && db_commit(n->db);
}

static bool
take(struct naive *n, const struct buf *body)
{
	const struct sender sender = {.channel = "api", .device = "bench"};
	char error[LIMIT_ERROR_BYTES];
	struct arena arena;
	struct answer *answer;
	struct entry entry;
	bool has_id, ok = false;
	const struct node *list;

	arena_init(&arena);
	answer = arena_alloc(&arena, sizeof(*answer));
	list = node_get(
	    json_read(&arena, buf_text(body), body->size, error, sizeof(error)),
	    "answers");
	if (list != NULL)
		ok = answer_read(list->first, &arena, answer, &has_id, error) &&
		     check_answer(answer, &sender, n->catalogue, clock_now(),
			 &arena, &entry, error) &&
		     store(n, &entry);
	arena_finish(&arena);
	return ok;
}

static enum MHD_Result
handle(void *cls, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **con_cls)
{
	static const char reply[] = "{\"results\":[{\"status\":\"stored\"}]}";
	struct buf *body = *con_cls;
	struct MHD_Response *response;
	enum MHD_Result queued;
	bool ok;

	(void)url;
	(void)method;
	(void)version;
	if (body == NULL) {
		*con_cls = calloc(1, sizeof(*body));
		return *con_cls == NULL ? MHD_NO : MHD_YES;
	}
	if (*size > 0) {
		buf_add(body, data, *size);
		*size = 0;
		return MHD_YES;
	}
	ok = take(cls, body);
	response = MHD_create_response_from_buffer(sizeof(reply) - 1,
	    (void *)(uintptr_t)reply, MHD_RESPMEM_PERSISTENT);
	queued = MHD_queue_response(connection, ok ? 200 : 503, response);
	MHD_destroy_response(response);
	return queued;
}

static void
completed(void *cls, struct MHD_Connection *connection, void **con_cls,
    enum MHD_RequestTerminationCode code)
{
	struct buf *body = *con_cls;

	(void)cls;
	(void)connection;
	(void)code;
	if (body != NULL)
		buf_finish(body);
	free(body);
}

int
main(int argc, char **argv)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	struct naive naive = {0};
	struct MHD_Daemon *daemon;
	struct pollfd fd = {.events = POLLIN};
	MHD_UNSIGNED_LONG_LONG ms;

	if (argc != 3)
		return 2;
	naive.db = db_open(argv[2], DB_WRITE);
	naive.catalogue = naive.db == NULL ? NULL : store_catalogue(naive.db);
	if (naive.catalogue == NULL)
		return 1;
	tallies_init(&naive.tallies);
	address.sin_port = htons((uint16_t)atoi(argv[1]));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_TURBO, 0, NULL, NULL,
	    handle, &naive, MHD_OPTION_SOCK_ADDR, &address,
	    MHD_OPTION_CONNECTION_LIMIT, 2000u,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)8192,
	    MHD_OPTION_NOTIFY_COMPLETED, completed, NULL, MHD_OPTION_END);
	if (daemon == NULL)
		return 1;
	fd.fd = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
	for (;;) {
		poll(&fd, 1,
		    MHD_get_timeout(daemon, &ms) == MHD_YES ? (int)ms : -1);
		MHD_run(daemon);
	}
}
