/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether the files of an open SQLite database are still the ones at its path.
 * A file that was removed, moved or replaced under a running program goes on
 * taking what is written, and nothing of it is ever found again: so who
 * promises "it is on disk" compares before and after each commit.
 */
#ifndef HAILONG_SHARED_SAME_FILE_H
#define HAILONG_SHARED_SAME_FILE_H

#include <stdbool.h>
#include <sys/types.h>

#define SAME_FILES 4 /* the path as it is named; resolved; -wal; -shm */

struct same_file {
	char *path[SAME_FILES]; /* owned; NULL: nothing is watched */
	struct {
		dev_t device;
		ino_t inode;
		bool known;
	} mark[SAME_FILES];
	off_t size; /* the largest seen; such a file never becomes smaller */
	bool shrank;
};

/* Notes which file stands at path, right after SQLite has opened it. One that
 * is not on this machine's file systems (a test's disk in memory) is not
 * watched: same_file_look then says NULL. Freed by same_file_finish. */
void same_file_begin(struct same_file *w, const char *path);
/* NULL while all of them stand where they stood; else what is wrong and what to
 * do, a sentence of static memory. To be called first inside a transaction,
 * when SQLite has its log open: that is when the log's file is noted. */
const char *same_file_look(struct same_file *w);
/* Frees; zeroed memory is allowed. */
void same_file_finish(struct same_file *w);

#endif
