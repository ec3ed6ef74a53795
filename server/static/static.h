/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files a browser asks for beside the pages, embedded: style sheets and
 * the icon. The table is made by static.cmake. */
#ifndef HAILONG_SERVER_STATIC_STATIC_H
#define HAILONG_SERVER_STATIC_STATIC_H

#include <stddef.h>

struct static_file {
	const char *name;   /* "style.css" */
	const char *mime;   /* "text/css; charset=utf-8" */
	const char *data;   /* a NUL follows the last byte */
	const size_t *size; /* bytes of data, without that NUL */
};

extern const struct static_file static_files[];
extern const size_t static_files_count;

#endif
