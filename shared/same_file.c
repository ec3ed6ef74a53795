/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * By name and never by a descriptor of its own, which would take SQLite's locks
 * away when it is closed (shared/private_file.c). Four stat(2) cost 3 µs, a
 * commit's fsync a thousand times that.
 *
 * What is compared: device and inode of the path as the settings name it (a
 * link may have been turned to another file), of the file it resolves to, and
 * of its log and the log's index, where SQLite looks for them; the number of
 * names, since a second program that opens the file by another name uses
 * another log and destroys both; and the size, since a file that was written
 * over in place keeps its inode, but is cut first.
 *
 * Nothing but the last is remembered: a file that was moved and stands again
 * where it stood is the right one again.
 */
#include "shared/same_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { NAMED, RESOLVED, LOG, INDEX };

static void
note_file(struct same_file *w, int i, const struct stat *st)
{
	w->mark[i].device = st->st_dev;
	w->mark[i].inode = st->st_ino;
	w->mark[i].known = true;
}

void
same_file_begin(struct same_file *w, const char *path)
{
	struct stat st;
	char *real;

	memset(w, 0, sizeof(*w));
	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) ||
	    (real = realpath(path, NULL)) == NULL)
		return;
	w->path[RESOLVED] = real;
	w->path[NAMED] = strdup(path);
	if (w->path[NAMED] == NULL ||
	    asprintf(&w->path[LOG], "%s-wal", real) < 0 ||
	    asprintf(&w->path[INDEX], "%s-shm", real) < 0)
		abort();
	note_file(w, NAMED, &st);
	note_file(w, RESOLVED, &st);
	w->size = st.st_size;
}

/* The database's own size and names. */
static const char *
look_at_content(struct same_file *w, const struct stat *st)
{
	w->shrank = w->shrank || st->st_size < w->size;
	if (st->st_size > w->size)
		w->size = st->st_size;
	if (w->shrank)
		return "the database's file became smaller while it was open: "
		       "it was written over or vacuumed. Stop this program, "
		       "look at the file, put the right one in its place and "
		       "start again";
	if (st->st_nlink > 1)
		return "the database's file has a second name (hard link), by "
		       "which another program would destroy it: remove that "
		       "name";
	return NULL;
}

static const char *
look_at_file(struct same_file *w, int i)
{
	struct stat st;

	if (stat(w->path[i], &st) != 0) {
		if (!w->mark[i].known)
			return NULL; /* no log: not in use yet */
		return i <= RESOLVED
			   ? "the database's file is not at its path any more: "
			     "it was removed or moved while it was open. Put "
			     "it back, or stop this program, put the right "
			     "file in its place and start again"
			   : "the database's log (-wal, -shm) was removed or "
			     "moved while it was open. Put it back, or start "
			     "this program again";
	}
	if (!w->mark[i].known)
		note_file(w, i, &st);
	if (w->mark[i].device != st.st_dev || w->mark[i].inode != st.st_ino)
		return i <= RESOLVED
			   ? "another file stands at the database's path: it "
			     "was replaced while it was open. Put the right "
			     "one back, or start this program again to use "
			     "the one that is there now"
			   : "another file stands in place of the database's "
			     "log (-wal, -shm). Start this program again";
	return i == RESOLVED ? look_at_content(w, &st) : NULL;
}

const char *
same_file_look(struct same_file *w)
{
	const char *wrong = NULL;

	if (w->path[NAMED] == NULL)
		return NULL;
	for (int i = 0; i < SAME_FILES && wrong == NULL; i++)
		wrong = look_at_file(w, i);
	return wrong;
}

void
same_file_finish(struct same_file *w)
{
	for (int i = 0; i < SAME_FILES; i++)
		free(w->path[i]);
	memset(w, 0, sizeof(*w));
}
