/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A small table in memory; a collector that is started anew, or another one
 * beside it, begins to count anew. When it is full the oldest series ends. */
#include "server/http/failed_logins.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/http/request.h"
#include "server/store/people/audit.h"
#include "server/store/people/audit_job.h"
#include "server/store/people/staff.h"
#include "server/store/writer.h"
#include "shared/limits.h"

#define SERIES_MOST 256

struct failed_logins {
	pthread_mutex_t lock;
	struct writer *writer;
	struct row {
		char login[LIMIT_CODE_BYTES + 1]; /* "": free */
		int failed;
		int64_t last_at;
	} rows[SERIES_MOST];
};

struct failed_logins *
failed_logins_create(struct writer *writer)
{
	struct failed_logins *s = calloc(1, sizeof(*s));

	if (s == NULL)
		abort();
	pthread_mutex_init(&s->lock, NULL);
	s->writer = writer;
	return s;
}

void
failed_logins_destroy(struct failed_logins *s)
{
	if (s == NULL)
		return;
	pthread_mutex_destroy(&s->lock);
	free(s);
}

/* The login's row; else, to be taken, a free one or the oldest. */
static struct row *
find_failed_login(struct failed_logins *s, const char *login)
{
	struct row *oldest = &s->rows[0];

	for (int i = 0; i < SERIES_MOST; i++) {
		struct row *row = &s->rows[i];

		if (strcmp(row->login, login) == 0)
			return row;
		if (row->last_at < oldest->last_at)
			oldest = row;
	}
	return oldest;
}

/* 5, 50, 500, … */
static bool
is_told(int failed)
{
	while (failed % 10 == 0)
		failed /= 10;
	return failed == 5;
}

static void
note_failed_login(
    struct failed_logins *s, const struct staff *staff, int failed, int64_t now)
{
	char after[40];
	struct job *job;

	snprintf(after, sizeof(after), "{\"failed\":%d}", failed);
	job = audit_job(&(struct deed){.at = now,
	    .login = "", /* who it was is unknown */
	    .role = "",
	    .place = "pages",
	    .act = "session.refused",
	    .unit = staff->unit,
	    .object = staff->login,
	    .after = after});
	if (job != NULL)
		free(writer_submit(s->writer, job));
}

/* ---------------------------------------------------------------- counting */

void
failed_logins_note(
    const struct ctx *ctx, const struct staff *staff, int64_t now)
{
	struct failed_logins *s = ctx->failed_logins;
	struct row *row;
	int failed;

	if (strlen(staff->login) > LIMIT_CODE_BYTES)
		return;
	pthread_mutex_lock(&s->lock);
	row = find_failed_login(s, staff->login);
	if (strcmp(row->login, staff->login) != 0) {
		strcpy(row->login, staff->login);
		row->failed = 0;
	}
	row->last_at = now;
	failed = ++row->failed;
	pthread_mutex_unlock(&s->lock);
	if (is_told(failed))
		note_failed_login(s, staff, failed, now);
}

int
failed_logins_count(const struct ctx *ctx, const char *login)
{
	struct failed_logins *s = ctx->failed_logins;
	const struct row *row;
	int failed;

	pthread_mutex_lock(&s->lock);
	row = find_failed_login(s, login);
	failed = strcmp(row->login, login) == 0 ? row->failed : 0;
	pthread_mutex_unlock(&s->lock);
	return failed;
}

void
failed_logins_end(const struct ctx *ctx, const char *login)
{
	struct failed_logins *s = ctx->failed_logins;
	struct row *row;

	pthread_mutex_lock(&s->lock);
	row = find_failed_login(s, login);
	if (strcmp(row->login, login) == 0)
		memset(row, 0, sizeof(*row));
	pthread_mutex_unlock(&s->lock);
}
