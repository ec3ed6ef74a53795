/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Knows the few headers that mean something to us. */
#include "server/http/request_head.h"

#include <string.h>
#include <strings.h>
#include "shared/utf8.h"

static enum method
method_of(const char *method)
{
	if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0)
		return METHOD_GET;
	return strcmp(method, "POST") == 0 ? METHOD_POST : METHOD_OTHER;
}

bool
request_head_first(struct request *req, const char *method, const char *path)
{
	bool text = utf8_valid(path, strlen(path));

	req->method = method_of(method);
	req->path = text ? arena_strdup(&req->arena, path) : "/";
	return text;
}

const char *
request_head_cookie(struct request *req, const char *name)
{
	const char *header = req->cookies;
	size_t n = strlen(name);

	while (header != NULL) {
		header += strspn(header, " ;");
		if (strncmp(header, name, n) == 0 && header[n] == '=')
			return arena_strndup(&req->arena, header + n + 1,
			    strcspn(header + n + 1, ";"));
		header = strchr(header, ';');
	}
	return NULL;
}

void
request_head_header(struct request *req, const char *name, const char *value)
{
	struct arena *a = &req->arena;

	if (value == NULL)
		value = "";
	if (strcasecmp(name, "Content-Type") == 0)
		req->content_type = arena_strdup(a, value);
	else if (strcasecmp(name, "Authorization") == 0 &&
		 strncasecmp(value, "Bearer ", 7) == 0)
		req->bearer = arena_strdup(a, value + 7);
	else if (strcasecmp(name, "Cookie") == 0)
		req->cookies = arena_strdup(a, value);
	else if (strcasecmp(name, "Sec-Fetch-Site") == 0)
		req->elsewhere = strcmp(value, "same-origin") != 0 &&
				 strcmp(value, "none") != 0;
	else if (strcasecmp(name, "Hailong-Refused") == 0)
		req->refused = strcmp(value, "429") == 0;
	else if (strcasecmp(name, "If-None-Match") == 0)
		req->if_none_match = arena_strdup(a, value);
	else if (strcasecmp(name, "Hailong-Clock") == 0)
		req->clock = arena_strdup(a, value);
	else if (strcasecmp(name, "Hailong-Signature") == 0)
		req->signature = arena_strdup(a, value);
	else if (strcasecmp(name, "Hailong-Source") == 0)
		req->source = arena_strdup(a, value);
}

bool
request_head_argument(struct request *req, const char *name, const char *value)
{
	struct arena *a = &req->arena;

	return pairs_add(a, &req->query, arena_strdup(a, name),
	    arena_strdup(a, value == NULL ? "" : value));
}

/* Pages speak Vietnamese unless the address asks for another language. The
 * browser's own list is not asked: phones sold in English are read in
 * Vietnamese. */
void
request_head_language(struct request *req)
{
	const char *asked = pairs_get(&req->query, "lang");

	if (asked == NULL)
		asked = pairs_get(&req->form, "lang");
	if (asked == NULL || !lang_find(asked, &req->lang))
		req->lang = LANG_VI;
}
