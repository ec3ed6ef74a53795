/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The files of the disk, without SQLite: bytes as a running program sees them
 * (now), as they are safe (safe), and between them a list of changes.
 */
#ifndef HAILONG_TESTS_RIGS_DISK_FILES_H
#define HAILONG_TESTS_RIGS_DISK_FILES_H

#include "tests/rigs/disk.h"

#define DISK_NAME  200
#define DISK_LOCKS 8 /* of the shared memory */

struct bytes {
	uint8_t *data;
	size_t size, room;
};

struct file {
	struct file *next;
	struct bytes now, safe;
	int opened;
	bool database; /* not its journal */
	/* locks, as SQLite's unix VFS has them */
	int shared;
	const void *reserved, *pending;
	/* shared memory: gone when the last one lets go */
	uint8_t **regions;
	int nregions, mapped;
	struct {
		int shared;
		const void *exclusive;
	} locks[DISK_LOCKS];
};

/* How an operation ended. */
enum done { DONE, DONE_DARK, DONE_FAILED, DONE_FULL };

/* The file of a name; made when wanted. NULL: there is none, or no power. */
struct file *files_open(const char *name, bool make);
/* A file without a name. */
struct file *files_nameless(void);
void files_close(struct file *f);
/* True when a file of that name exists (and, as SQLite has it, is not empty).
 */
bool files_exist(const char *name);
/* *found is false when there was none. */
enum done files_delete(const char *name, bool sync_folder, bool *found);
/* Bytes read, less at the end of the file. */
size_t files_read(const struct file *f, void *out, size_t n, size_t at);
enum done files_write(struct file *f, const void *bytes, size_t n, size_t at);
enum done files_truncate(struct file *f, size_t size);
enum done files_sync(struct file *f, bool folder_too);
/* True when this call shall fail. */
bool files_fault(enum fault fault);

#endif
