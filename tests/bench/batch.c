/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sends batches of 100 answers over 8 connections as fast as they are
 * acknowledged. A body is built once for each connection; from then on only
 * the ids change, in place, so that the client costs next to nothing.
 *
 *   TOKEN=… bench-batch PORT SECONDS      prints answers per second
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "shared/buf.h"
#include "shared/uuid.h"

#define CONNECTIONS 8
#define ANSWERS     100

static atomic_long stored;
static atomic_bool stop;
static int port;

static void
build(struct buf *request, size_t at[ANSWERS])
{
	static const char *const desks[] = {
	    "LH1", "PRC1", "PD1", "PP1", "VH1", "VT1", "PL1", "PT1"};
	static const char *const fields[] = {
	    "dat-dai", "xay-dung", "ho-tich", "chung-thuc"};
	char now[32];
	time_t seconds = time(NULL);
	struct buf body;
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(now, sizeof(now), "%Y-%m-%dT%H:%M:%SZ", &tm);
	buf_init(&body);
	buf_puts(&body, "{\"answers\":[");
	for (int i = 0; i < ANSWERS; i++) {
		buf_puts(&body, i == 0 ? "{\"id\":\"" : ",{\"id\":\"");
		at[i] = body.size;
		buf_printf(&body,
		    "%036d\",\"desk\":\"%s\",\"field\":\"%s\","
		    "\"answered_at\":\"%s\",\"scores\":{\"overall\":%d}}",
		    0, desks[i % 8], fields[i % 4], now, i % 5 + 1);
	}
	buf_puts(&body, "]}");
	buf_printf(request,
	    "POST /api/v1/answers HTTP/1.1\r\nHost: bench\r\n"
	    "Authorization: Bearer %s\r\n"
	    "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
	    getenv("TOKEN"), body.size);
	for (int i = 0; i < ANSWERS; i++)
		at[i] += request->size;
	buf_add(request, body.data, body.size);
	buf_finish(&body);
}

/* Reads one whole response; the number of answers it calls stored. */
static long
response(int fd)
{
	static const char word[] = "\"stored\"";
	char data[65536];
	size_t size = 0;
	char *body = NULL, *length;
	ssize_t n;
	long count = 0;

	while (body == NULL ||
	       (length = strcasestr(data, "content-length:")) == NULL ||
	       size < (size_t)(body - data) + strtoul(length + 15, NULL, 10)) {
		n = recv(fd, data + size, sizeof(data) - 1 - size, 0);
		if (n <= 0)
			return -1;
		size += (size_t)n;
		data[size] = '\0';
		body = strstr(data, "\r\n\r\n");
		body = body == NULL ? NULL : body + 4;
	}
	for (char *p = body; (p = strstr(p, word)) != NULL; p++)
		count++;
	return count;
}

static void *
run(void *unused)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
	size_t at[ANSWERS];
	struct buf request;
	struct uuid id;
	char text[UUID_TEXT];
	long n;

	(void)unused;
	buf_init(&request);
	build(&request, at);
	address.sin_port = htons((uint16_t)port);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (connect(fd, (void *)&address, sizeof(address)) != 0)
		exit(1);
	while (!atomic_load(&stop)) {
		uuid_new(&id);
		for (int i = 0; i < ANSWERS; i++) {
			/* later bytes of one id, in order */
			id.bytes[15] = (uint8_t)i;
			uuid_format(&id, text);
			memcpy(request.data + at[i], text, 36);
		}
		if (send(fd, request.data, request.size, 0) !=
		    (ssize_t)request.size)
			exit(1);
		n = response(fd);
		if (n < 0)
			exit(1);
		atomic_fetch_add(&stored, n);
	}
	close(fd);
	buf_finish(&request);
	return NULL;
}

int
main(int argc, char **argv)
{
	pthread_t threads[CONNECTIONS];
	double seconds;

	if (argc != 3 || getenv("TOKEN") == NULL)
		return 2;
	port = atoi(argv[1]);
	seconds = atof(argv[2]);
	for (int i = 0; i < CONNECTIONS; i++)
		pthread_create(&threads[i], NULL, run, NULL);
	usleep((useconds_t)(seconds * 1e6));
	atomic_store(&stop, true);
	for (int i = 0; i < CONNECTIONS; i++)
		pthread_join(threads[i], NULL);
	printf("%.0f\n", (double)atomic_load(&stored) / seconds);
	return 0;
}
