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

static void
warn_if(struct health *h, bool so, const char *sentence)
{
	if (so)
		h->warnings[h->nwarnings++] = sentence;
}

static void
find_warnings(struct health *h)
{
	h->nwarnings = 0;
	warn_if(h, h->disk_bytes >= 0 && h->disk_bytes < DISK_LOW,
	    "the database's disk is nearly full (less than 256 MiB are free)");
	warn_if(h, h->sound.differences > 0,
	    "counts and answers differ, or the catalogue was altered past "
	    "this program: figures may be wrong (hailong-server check names "
	    "it)");
	warn_if(h, h->clock_off != 0,
	    "this machine's clock has jumped: nothing is erased and no "
	    "invitation is sent until it is put right, or confirmed "
	    "(hailong-server clock)");
}

void
health_read(const struct ctx *ctx, struct health *out)
{
	writer_figures(ctx->writer, &out->writer);
	out->started_at = ctx->started_at;
	out->disk_bytes = disk_left(ctx->settings->database);
	soundness_read(ctx->soundness, &out->sound);
	out->clock_off = *ctx->clock_off;
	find_warnings(out);
	out->reason = NULL;
	if (!out->writer.healthy)
		out->reason = out->writer.reason;
	else if (store_generation(ctx->db) < 0)
		out->reason = "the database does not answer";
	else /* after a question, which opened its log */
		out->reason = db_misplaced(ctx->db);
	out->ok = out->reason == NULL;
}
