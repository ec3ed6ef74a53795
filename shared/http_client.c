/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * HTTP to the collector through libcurl's easy interface: blocking, in the
 * thread that calls. No redirects (a captive portal must not get a token), no
 * other protocols, no signals, and never a hang: 5 s to connect, 15 s in all.
 * The only file that knows libcurl.
 */
#include "shared/http_client.h"

#include <curl/curl.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/clock.h"
#include "shared/log.h"

#define REPLY_MAX (4 * 1024 * 1024) /* bytes; a longer reply is an error */

static void
init_once(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

struct http_client {
	CURL *curl;
};

struct http_client *
http_client_create(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct http_client *client = malloc(sizeof(*client));

	pthread_once(&once, init_once);
	if (!client || !(client->curl = curl_easy_init())) {
		free(client);
		return NULL;
	}
	return client;
}

void
http_client_destroy(struct http_client *client)
{
	if (!client)
		return;
	curl_easy_cleanup(client->curl);
	free(client);
}

static size_t
on_data(char *data, size_t size, size_t n, void *user)
{
	struct buf *b = user;

	if (b->size + size * n > REPLY_MAX)
		return 0;
	buf_add(b, data, size * n);
	return size * n;
}

static int
on_progress(void *user, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct http_client_call *call = user;

	(void)a;
	(void)b;
	(void)c;
	(void)d;
	if (call->alive)
		atomic_store(call->alive, clock_mono());
	return call->give_up && atomic_load(call->give_up);
}

static void
set_limits(CURL *curl, const struct http_client_call *call)
{
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 5L);
	curl_easy_setopt(
	    curl, CURLOPT_TIMEOUT, call->seconds ? call->seconds : 15L);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "hailong/" HAILONG_VERSION);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, call);
}

static size_t
body_size(const struct http_client_call *call)
{
	return call->body_size > 0 ? call->body_size : strlen(call->body);
}

/* "BOOT MONO", by which the collector puts right the times of this boot; and
 * the signature. */
static struct curl_slist *
device_headers(struct curl_slist *list, const struct http_client_call *call,
    struct arena *a)
{
	const char *clock =
	    arena_printf(a, "%s %lld", clock_boot(), (long long)clock_mono());
	char signature[SIGNATURE_MAX];
	struct buf b;

	if (call->clock)
		list = curl_slist_append(
		    list, arena_printf(a, "Hailong-Clock: %s", clock));
	if (!call->key || !call->body)
		return list;
	buf_init(&b);
	key_request_text(&b, "POST", call->path, call->clock ? clock : "",
	    call->body, body_size(call));
	key_sign(call->key, buf_text(&b), b.size, signature);
	buf_finish(&b);
	return curl_slist_append(
	    list, arena_printf(a, "Hailong-Signature: %s", signature));
}

static struct curl_slist *
headers_of(const struct http_client_call *call, struct arena *a)
{
	struct curl_slist *list = NULL;

	if (call->token)
		list = curl_slist_append(list,
		    arena_printf(a, "Authorization: Bearer %s", call->token));
	/* Without this libcurl waits a second for "100 Continue". */
	list = curl_slist_append(list, "Expect:");
	if (call->body)
		list = curl_slist_append(
		    list, arena_printf(a, "Content-Type: %s",
			      call->type ? call->type : "application/json"));
	if (call->etag && *call->etag)
		list = curl_slist_append(
		    list, arena_printf(a, "If-None-Match: %s", call->etag));
	return device_headers(list, call, a);
}

static void
keep_etag(CURL *curl, char *etag)
{
	struct curl_header *header;

	if (curl_easy_header(curl, "ETag", 0, CURLH_HEADER, -1, &header) !=
	    CURLHE_OK)
		*etag = '\0';
	else if (strlen(header->value) < HTTP_CLIENT_ETAG_BYTES)
		strcpy(etag, header->value);
	else
		*etag = '\0';
}

static void
keep_type(CURL *curl, char *out)
{
	const char *type = NULL;

	curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
	snprintf(out, HTTP_CLIENT_TYPE_BYTES, "%s", type ? type : "");
}

int
http_client_perform(struct http_client *client,
    const struct http_client_call *call, char **reply)
{
	CURL *curl = client->curl;
	struct arena a;
	struct buf b;
	struct curl_slist *headers;
	long status = 0;
	CURLcode rc;

	arena_init(&a);
	buf_init(&b);
	curl_easy_reset(curl);
	set_limits(curl, call);
	headers = headers_of(call, &a);
	curl_easy_setopt(
	    curl, CURLOPT_URL, arena_printf(&a, "%s%s", call->url, call->path));
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_data);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &b);
	if (call->body) {
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)body_size(call));
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call->body);
	}
	rc = curl_easy_perform(curl);
	if (rc == CURLE_OK)
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	else
		log_debug("%s: %s", call->path, curl_easy_strerror(rc));
	if (status == 200 && call->etag)
		keep_etag(curl, call->etag);
	if (call->reply_type)
		keep_type(curl, call->reply_type);
	*reply = strdup(buf_text(&b));
	curl_slist_free_all(headers);
	buf_finish(&b);
	arena_finish(&a);
	return *reply ? (int)status : 0;
}

int
http_client_do(const struct http_client_call *call, char **reply)
{
	struct http_client *client = http_client_create();
	int status;

	if (!client) {
		if (call->reply_type)
			*call->reply_type = '\0';
		*reply = strdup("");
		return 0;
	}
	status = http_client_perform(client, call, reply);
	http_client_destroy(client);
	return status;
}

int
http_client_request(const char *url, const char *token, const char *method,
    const char *path, const char *body, char **reply)
{
	struct http_client_call call = {
	    .url = url, .token = token, .path = path};

	if (strcmp(method, "POST") == 0)
		call.body = body ? body : "";
	return http_client_do(&call, reply);
}

int
http_client_fetch(const char *url, const char *token, const char *path,
    char etag[HTTP_CLIENT_ETAG_BYTES], char **reply)
{
	struct http_client_call call = {
	    .url = url, .token = token, .path = path, .etag = etag};

	return http_client_do(&call, reply);
}

int
http_client_post(const char *url, const char *const *headers, const char *body,
    char *reply, unsigned long size)
{
	struct http_client_call call = {.url = url};
	struct curl_slist *list = curl_slist_append(NULL, "Expect:");
	struct http_client *client = http_client_create();
	CURL *curl;
	struct buf b;
	long status = 0;
	CURLcode rc;

	if (!client)
		return HTTP_CLIENT_UNREACHED;
	curl = client->curl;
	buf_init(&b);
	set_limits(curl, &call);
	for (; *headers; headers++)
		list = curl_slist_append(list, *headers);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_data);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &b);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	rc = curl_easy_perform(curl);
	if (rc == CURLE_OK)
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	if (rc == CURLE_COULDNT_CONNECT || rc == CURLE_COULDNT_RESOLVE_HOST)
		status = HTTP_CLIENT_UNREACHED;
	*reply = '\0';
	strncat(reply, buf_text(&b), size - 1);
	curl_slist_free_all(list);
	buf_finish(&b);
	http_client_destroy(client);
	return (int)status;
}

/* The first line of an open token file, without spaces at its end. */
static bool
read_http_client_line(
    FILE *file, const char *path, char *out, unsigned long size)
{
	struct stat st;
	size_t n;

	/* said, not refused: a desk without ratings is the greater harm */
	if (fstat(fileno(file), &st) == 0 && (st.st_mode & S_IRWXO))
		log_warn("token file %s: others may read it; "
			 "do: chmod o= %s",
		    path, path);
	if (!fgets(out, (int)size, file))
		*out = '\0';
	n = strcspn(out, " \t\r\n");
	if (n == 0 || n + 1 >= size) {
		log_error("token file %s: its first line is no token", path);
		return false;
	}
	out[n] = '\0';
	return true;
}

bool
http_client_token(const char *path, char *out, unsigned long size)
{
	FILE *file = fopen(path, "re");
	bool ok;

	if (!file) {
		log_error("token file %s: %s", path, strerror(errno));
		return false;
	}
	ok = read_http_client_line(file, path, out, size);
	fclose(file);
	return ok;
}
