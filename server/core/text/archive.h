/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A catalogue's folder as one file: packed as zip for a download, unpacked from
 * zip or tar (also gzipped). The only file that knows libarchive.
 */
#ifndef HAILONG_SERVER_CORE_TEXT_ARCHIVE_H
#define HAILONG_SERVER_CORE_TEXT_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct folder_file;
struct refusals;

/* Unpacks in memory; the files of one folder at its top are taken as if they
 * stood there themselves. False, with refusals, for what is no archive, for
 * more than LIMIT_FOLDER_BYTES or LIMIT_FOLDER_FILES, and for anything that is
 * no file of a catalogue: other names, ways out of the folder, links. */
bool archive_unpack(struct arena *a, const void *data, size_t size,
    struct folder_file **files, size_t *n, struct refusals *refusals);
/* Appends a zip; the same files give the same bytes. */
bool archive_pack(const struct folder_file *files, size_t n, struct buf *out);

#endif
