/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each reply of the collector tells how many bytes of the file it has, and the
 * next piece begins there; a lost reply or a restart costs one piece. A file
 * that the collector refuses (too large) is left alone until the next start.
 */
#include "kiosk/damaged_outbox.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "kiosk/replies.h"
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/log.h"

#define PIECE (512 * 1024)
#define SENT  ".sent"

static bool
is_sent(const char *path)
{
	size_t n = strlen(path), tail = strlen(SENT);

	return n > tail && strcmp(path + n - tail, SENT) == 0;
}

static bool
find_damaged(struct arena *a, const char *outbox, glob_t *found)
{
	return glob(arena_printf(a, "%s.damaged-*", outbox), 0, NULL, found) ==
	       0;
}

void
damaged_outbox_count(const char *outbox, int *waiting, int *all)
{
	struct arena a;
	glob_t found;

	*waiting = *all = 0;
	arena_init(&a);
	if (find_damaged(&a, outbox, &found)) {
		for (size_t i = 0; i < found.gl_pathc; i++) {
			*all += 1;
			*waiting += !is_sent(found.gl_pathv[i]);
		}
		globfree(&found);
	}
	arena_finish(&a);
}

/* The first file that waits, NULL when none does. */
static const char *
next_file(struct arena *a, const char *outbox)
{
	const char *path = NULL;
	glob_t found;

	if (!find_damaged(a, outbox, &found))
		return NULL;
	for (size_t i = 0; i < found.gl_pathc && !path; i++)
		if (!is_sent(found.gl_pathv[i]))
			path = arena_strdup(a, found.gl_pathv[i]);
	globfree(&found);
	return path;
}

static bool
read_piece(const char *path, long long at, struct buf *piece, long long *size)
{
	static char bytes[PIECE];
	FILE *f = fopen(path, "re");
	struct stat st;
	size_t n;

	if (!f)
		return false;
	*size = fstat(fileno(f), &st) == 0 ? (long long)st.st_size : 0;
	fseek(f, (long)at, SEEK_SET);
	n = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	buf_add(piece, bytes, n);
	return true;
}

/* Posts a piece; what the collector has of the file then, -1 when it did not
 * say. */
static long long
post_piece(struct arena *a, const struct http_client_call *to, const char *name,
    long long at, const struct buf *piece, long long size)
{
	char type[HTTP_CLIENT_TYPE_BYTES], *text;
	struct http_client_call call = *to;
	struct reply reply = {.type = type};
	long long has;

	call.path =
	    arena_printf(a, "/api/v1/kiosk/wreck?name=%s&at=%lld", name, at);
	call.body = buf_text(piece);
	call.body_size = piece->size;
	call.type = "application/octet-stream";
	call.reply_type = type;
	reply.status = http_client_do(&call, &text);
	reply.body = text;
	has = reply_piece(&reply, size);
	free(text);
	return has;
}

bool
damaged_outbox_bring(const char *outbox, const struct http_client_call *to)
{
	/* one thread brings, file after file */
	static char current[512];
	static long long at;
	struct arena a;
	struct buf piece;
	long long size = 0, has = -1;
	const char *path, *name;

	arena_init(&a);
	buf_init(&piece);
	path = next_file(&a, outbox);
	name = path ? strrchr(path, '.') + 1 : "";
	if (strcmp(name, current) != 0) {
		snprintf(current, sizeof(current), "%s", name);
		at = 0;
	}
	if (path && read_piece(path, at, &piece, &size))
		has = piece.size > 0
			  ? post_piece(&a, to, name, at, &piece, size)
			  : size;
	if (has >= 0)
		at = has;
	if (has >= size && has >= 0) {
		if (rename(path, arena_printf(&a, "%s" SENT, path)) == 0)
			log_warn("the collector has %s now", path);
		else
			has = -1;
	}
	buf_finish(&piece);
	arena_finish(&a);
	return has >= 0;
}
