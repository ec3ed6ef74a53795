/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts the headers that frame a request, and the bytes of all of them. */
#include "server/http/framing.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool
framing_named(const char *name, size_t size, const char *want)
{
	return size == strlen(want) && strncasecmp(name, want, size) == 0;
}

/* NUL, a lonely CR and their like; a tab may stand in a value. */
static bool
header_has_control(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (((unsigned char)text[i] < ' ' && text[i] != '\t') ||
		    text[i] == 0x7f)
			return true;
	return false;
}

/* A name ends where the colon stands; RFC 9112 wants a space before it
 * refused. */
static bool
is_name(const char *name, size_t size)
{
	return size > 0 && !header_has_control(name, size) &&
	       memchr(name, ' ', size) == NULL &&
	       memchr(name, '\t', size) == NULL;
}

void
framing_header(struct framing *f, const char *name, size_t name_size,
    const char *value, size_t value_size)
{
	if (value == NULL) {
		value = "";
		value_size = 0;
	}
	f->size += name_size + value_size + strlen(": \r\n");
	if (!is_name(name, name_size) || header_has_control(value, value_size))
		f->odd = true;
	if (framing_named(name, name_size, "Host")) {
		f->hosts++;
	} else if (framing_named(name, name_size, "Content-Length")) {
		f->lengths++;
		if (value_size == 0 ||
		    strspn(value, "0123456789") != value_size)
			f->odd = true;
		else
			f->body = strtoull(value, NULL, 10);
	} else if (framing_named(name, name_size, "Transfer-Encoding")) {
		f->encodings++;
		f->chunked = strcasecmp(value, "chunked") == 0;
	}
}

enum framing_verdict
framing_judge(const struct framing *f, size_t method, size_t address,
    const char *version, size_t head)
{
	size_t line = method + 1 + address + 1 + strlen(version) + 2;

	if (f->odd || f->hosts > 1 || f->lengths > 1 || f->encodings > 1 ||
	    (f->encodings > 0 && (f->lengths > 0 || !f->chunked)))
		return FRAMING_REFUSE;
	if (strcmp(version, "HTTP/1.1") != 0)
		return f->encodings > 0 ? FRAMING_REFUSE : FRAMING_LAST;
	if (f->encodings > 0 || head != line + f->size + 2)
		return FRAMING_LAST;
	return FRAMING_PLAIN;
}
