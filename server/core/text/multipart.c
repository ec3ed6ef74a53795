/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cut at the boundary, which the browser chose so that it occurs nowhere else:
 *
 *   --BOUNDARY CRLF  headers CRLF CRLF  content  CRLF --BOUNDARY … -- CRLF
 *
 * Of the headers only Content-Disposition is read, and of it name and whether
 * there is a filename. Everything is kept strictly to what browsers send; what
 * differs is refused rather than guessed at.
 */
#include "server/core/text/multipart.h"

#include <string.h>
#include <strings.h>
#include "server/core/text/urlencoded.h"
#include "shared/arena.h"
#include "shared/clean_text.h"

#define BOUNDARY_MOST 70 /* RFC 2046 */

static const char type[] = "multipart/form-data";

bool
multipart_is(const char *content_type)
{
	return content_type != NULL &&
	       strncasecmp(content_type, type, sizeof(type) - 1) == 0;
}

/* "\r\n--BOUNDARY", the separator; NULL: there is no boundary. */
static const char *
multipart_separator(struct arena *a, const char *content_type)
{
	const char *at = strstr(content_type, "boundary=");
	size_t n;

	if (at == NULL)
		return NULL;
	at += strlen("boundary=");
	if (*at == '"')
		n = strcspn(++at, "\"");
	else
		n = strcspn(at, "; \t");
	if (n == 0 || n > BOUNDARY_MOST)
		return NULL;
	return arena_printf(a, "\r\n--%.*s", (int)n, at);
}

static const char *
find_multipart(const char *at, const char *end, const char *words)
{
	return memmem(at, (size_t)(end - at), words, strlen(words));
}

/* The value of name="…" in the headers of a part; NULL: it has none. Browsers
 * write a quote within as %22. */
static const char *
parameter(struct arena *a, const char *headers, const char *name)
{
	const char *at = strstr(headers, arena_printf(a, "; %s=\"", name));
	size_t n;

	if (at == NULL)
		return NULL;
	at += strlen(name) + 4;
	n = strcspn(at, "\"");
	return at[n] == '"' ? arena_strndup(a, at, n) : NULL;
}

/* Without the path that some browsers send, and what is no text. */
static const char *
upload_name(struct arena *a, const char *file)
{
	const char *last = strrchr(file, '/'), *back = strrchr(file, '\\');

	if (back != NULL && (last == NULL || back > last))
		last = back;
	file = last == NULL ? file : last + 1;
	return clean_text(a, file, strlen(file), NULL);
}

/* One part, from behind its boundary line to before the next separator. */
static bool
take_multipart(struct arena *a, const char *at, const char *end,
    struct pairs *form, struct upload *upload, bool *seen)
{
	const char *content = find_multipart(at, end, "\r\n\r\n"), *headers,
		   *name, *file;

	if (content == NULL)
		return false;
	headers = arena_strndup(a, at, (size_t)(content - at));
	if (strlen(headers) != (size_t)(content - at))
		return false; /* a NUL within */
	content += 4;
	name = parameter(a, headers, "name");
	if (name == NULL)
		return false;
	file = parameter(a, headers, "filename");
	if (file == NULL) {
		const char *value =
		    arena_strndup(a, content, (size_t)(end - content));

		return pairs_take(a, form, name, strlen(name), value,
		    (size_t)(end - content));
	}
	if (*seen)
		return false;
	*seen = true;
	if (end > content)
		*upload = (struct upload){
		    upload_name(a, file), content, (size_t)(end - content)};
	return true;
}

bool
multipart_read(struct arena *a, const char *content_type, const char *body,
    size_t size, struct pairs *form, struct upload *upload)
{
	const char *line = multipart_separator(a, content_type),
		   *end = body + size;
	const char *at, *next;
	bool seen = false;
	size_t n;

	*form = (struct pairs){0};
	*upload = (struct upload){0};
	if (line == NULL)
		return false;
	n = strlen(line);
	/* the first one stands at the very beginning, without a line end */
	if (size < n || memcmp(body, line + 2, n - 2) != 0)
		return false;
	at = body + n - 2;
	for (int parts = 0; parts <= MULTIPART_PARTS; parts++) {
		if (end - at >= 2 && memcmp(at, "--", 2) == 0)
			return true;
		if (end - at < 2 || memcmp(at, "\r\n", 2) != 0)
			return false;
		at += 2;
		next = find_multipart(at, end, line);
		if (next == NULL ||
		    !take_multipart(a, at, next, form, upload, &seen))
			return false;
		at = next + n;
	}
	return false;
}
