/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file under an outbox: who holds it, and what becomes of a damaged one.
 * Used by outbox.c only. */
#ifndef HAILONG_SHARED_OUTBOX_FILE_H
#define HAILONG_SHARED_OUTBOX_FILE_H

#include <stdbool.h>

struct outbox_file;

/* Holds the outbox at path for this process; *first tells whether it is
 * the first hold of this process. NULL with errno set (EBUSY: another process),
 * logged. Released with outbox_file_release. */
struct outbox_file *outbox_file_hold(const char *path, bool *first);
/* Gives up one hold; the last one of the process frees the file for others.
 * NULL is allowed. */
void outbox_file_release(struct outbox_file *file);
/* Renames a damaged database and its companions to PATH.damaged-TIME, logged;
 * false, logged, when that fails. Only the first holder may. */
bool outbox_file_set_aside(const char *path);

#endif
