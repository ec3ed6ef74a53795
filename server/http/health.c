/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The writer, the database and its disk, looked at one after the other. */
#include "server/http/health.h"

#include <string.h>
#include <sys/statvfs.h>
#include "server/db/db.h"
#include "server/http/request.h"
#include "server/settings.h"
#include "server/store/catalogue/generation.h"

#define DISK_LOW (256 * 1024 * 1024LL) /* bytes; less is warned of */

/* Bytes that may still be written beside an SQLite file; PostgreSQL's disk is
 * not ours to see. */
static int64_t
disk_left(const char *database)
{
	struct statvfs disk;

	if (strncmp(database, "sqlite:", 7) != 0 ||
	    statvfs(database + 7, &disk) != 0)
		return -1;
	return (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
}

void
health_read(const struct ctx *ctx, struct health *out)
{
	writer_figures(ctx->writer, &out->writer);
	out->started_at = ctx->started_at;
	out->disk_bytes = disk_left(ctx->settings->database);
	out->warning = NULL;
	if (out->disk_bytes >= 0 && out->disk_bytes < DISK_LOW)
		out->warning = "the database's disk is nearly full (less than "
			       "256 MiB are free)";
	soundness_read(ctx->soundness, &out->sound);
	if (out->sound.differences > 0)
		out->warning = "counts and answers differ: figures may be "
			       "wrong (hailong-server check names them)";
	out->reason = NULL;
	if (!out->writer.healthy)
		out->reason = out->writer.reason;
	else if (store_generation(ctx->db) < 0)
		out->reason = "the database does not answer";
	else /* after a question, which opened its log */
		out->reason = db_misplaced(ctx->db);
	out->ok = out->reason == NULL;
}
