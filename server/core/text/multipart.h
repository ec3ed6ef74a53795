/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A form that carries a file: multipart/form-data (RFC 7578). */
#ifndef HAILONG_SERVER_CORE_TEXT_MULTIPART_H
#define HAILONG_SERVER_CORE_TEXT_MULTIPART_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct pairs;

#define MULTIPART_PARTS 64 /* most parts of one form */

/* The file that came along; NULL data: none, or an empty one. Its name is the
 * sender's word, cleaned, without a path: for people to read, never a path of
 * ours. */
struct upload {
	const char *name;
	const char *data; /* the body's own bytes, no NUL after them */
	size_t size;
};

/* True for a Content-Type of this kind. */
bool multipart_is(const char *content_type);
/* Reads a body: parts without a filename into form, the one with a filename
 * into upload. False for a broken body, a second file or too many parts. Text
 * belongs to the arena, the file to the body. */
bool multipart_read(struct arena *a, const char *content_type, const char *body,
    size_t size, struct pairs *form, struct upload *upload);

#endif
