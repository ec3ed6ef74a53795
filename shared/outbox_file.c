/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One process holds an outbox, several threads of it may. The lock is a
 * flock() on PATH.lock: it ends with the process however that ends, and it is
 * not one of SQLite's own locks, which come and go with each transaction.
 * flock() belongs to a descriptor, so a second struct outbox of the same
 * process has to find the first one's: a list of held files, counted.
 */
#include "shared/outbox_file.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "shared/arena.h"
#include "shared/clock.h"
#include "shared/log.h"

struct outbox_file {
	dev_t device;
	ino_t inode;
	pid_t process; /* a child inherits this list, but not the hold */
	int fd;
	int holders;
	struct outbox_file *next;
};

static pthread_mutex_t files_lock = PTHREAD_MUTEX_INITIALIZER;
static struct outbox_file *files;

static struct outbox_file *
find_outbox_file(const struct stat *st)
{
	struct outbox_file *f = files;

	while (f && (f->device != st->st_dev || f->inode != st->st_ino ||
			f->process != getpid()))
		f = f->next;
	return f;
}

static struct outbox_file *
adopt(int fd, const struct stat *st)
{
	struct outbox_file *f = calloc(1, sizeof(*f));

	if (!f)
		return NULL;
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno == EWOULDBLOCK)
			errno = EBUSY;
		free(f);
		return NULL;
	}
	f->device = st->st_dev;
	f->inode = st->st_ino;
	f->process = getpid();
	f->fd = fd;
	f->next = files;
	files = f;
	return f;
}

/* Takes the descriptor over: it is closed here or kept in the list. */
static struct outbox_file *
join_outbox_file(int fd, bool *first)
{
	struct stat st;
	struct outbox_file *f;
	int error;

	if (fstat(fd, &st) != 0) {
		error = errno;
		close(fd);
		errno = error;
		return NULL;
	}
	f = find_outbox_file(&st);
	*first = !f;
	if (!f)
		f = adopt(fd, &st);
	if (!f || f->fd != fd) {
		error = errno;
		close(fd);
		errno = error;
	}
	if (f)
		f->holders++;
	return f;
}

static void
outbox_file_complain(const char *path)
{
	int error = errno;

	if (error == EBUSY)
		log_error("outbox %s is in use by another process; "
			  "stop that one first",
		    path);
	else
		log_error("outbox %s cannot be opened: %s; does its folder "
			  "exist and belong to this program's user?",
		    path, strerror(error));
	errno = error;
}

struct outbox_file *
outbox_file_hold(const char *path, bool *first)
{
	struct arena a;
	struct outbox_file *f = NULL;
	int fd;

	*first = false;
	arena_init(&a);
	pthread_mutex_lock(&files_lock);
	fd = open(arena_printf(&a, "%s.lock", path),
	    O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd >= 0)
		f = join_outbox_file(fd, first);
	if (!f)
		outbox_file_complain(path);
	pthread_mutex_unlock(&files_lock);
	arena_finish(&a);
	return f;
}

void
outbox_file_release(struct outbox_file *file)
{
	struct outbox_file **link;

	if (!file)
		return;
	pthread_mutex_lock(&files_lock);
	if (--file->holders == 0) {
		for (link = &files; *link != file; link = &(*link)->next)
			;
		*link = file->next;
		close(file->fd);
		free(file);
	}
	pthread_mutex_unlock(&files_lock);
}

bool
outbox_file_set_aside(const char *path)
{
	/* The companions first: a journal must never meet a younger file. */
	static const char *const tails[] = {"-wal", "-shm", ""};
	struct arena a;
	const char *from, *to;
	bool ok = true;
	size_t i;
	long long now = (long long)clock_now();

	arena_init(&a);
	for (i = 0; i < sizeof(tails) / sizeof(*tails) && ok; i++) {
		from = arena_printf(&a, "%s%s", path, tails[i]);
		to = arena_printf(&a, "%s.damaged-%lld%s", path, now, tails[i]);
		ok = rename(from, to) == 0 || errno == ENOENT;
	}
	if (ok)
		log_error("outbox %s was damaged; it is kept as "
			  "%s.damaged-%lld, a new one is begun: save that "
			  "file and check the disk",
		    path, path, now);
	else
		log_error("outbox %s is damaged and cannot be renamed: %s",
		    path, strerror(errno));
	arena_finish(&a);
	return ok;
}
