/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parts of a zip file on the disk, read as they come, with the bytes
 * counted as they come out, whatever the headers claim.
 */
#ifndef HAILONG_SERVER_TABLE_ZIP_PARTS_H
#define HAILONG_SERVER_TABLE_ZIP_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zip_parts;

enum zip_step {
	ZIP_PART,   /* there is one */
	ZIP_END,    /* no more */
	ZIP_BROKEN, /* it cannot be read */
	ZIP_LOCKED, /* by a password */
	ZIP_BOMB    /* it unpacks to more than a spreadsheet can be */
};

/* Opens a file of so many bytes; NULL: it cannot be opened. */
struct zip_parts *zip_open(const char *path, int64_t size);
/* The next part, whose name lives until the one after. */
enum zip_step zip_next(struct zip_parts *z, const char **name);
/* Up to size bytes of it: ZIP_PART with *n, ZIP_END behind the last. */
enum zip_step zip_read(struct zip_parts *z, void *out, size_t size, size_t *n);
/* Closes; NULL is allowed. */
void zip_close(struct zip_parts *z);

#endif
