/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Style sheets and the icon. Their addresses carry a hash of the content, so a
 * browser may keep them for ever and still gets a new one at once. */
#include "server/pages/assets.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include "server/http/request.h"
#include "server/secret/token.h"
#include "server/pages/pages.h"
#include "server/static/static.h"

#define MOST     16
#define URL_TEXT 64

static char urls[MOST][URL_TEXT];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
make_urls(void)
{
	uint8_t hash[DIGEST_BYTES];

	for (size_t i = 0; i < static_files_count && i < MOST; i++) {
		const struct static_file *f = &static_files[i];
		const char *dot = strrchr(f->name, '.');

		digest(f->data, *f->size, hash);
		snprintf(urls[i], sizeof(urls[i]),
		    "/static/%.*s.%02x%02x%02x%02x%s", (int)(dot - f->name),
		    f->name, hash[0], hash[1], hash[2], hash[3], dot);
	}
}

const char *
asset_url(const char *name)
{
	pthread_once(&once, make_urls);
	for (size_t i = 0; i < static_files_count && i < MOST; i++)
		if (strcmp(static_files[i].name, name) == 0)
			return urls[i];
	return "";
}

int
get_static(struct ctx *ctx, struct request *req, struct response *res)
{
	(void)ctx;
	pthread_once(&once, make_urls);
	for (size_t i = 0; i < static_files_count && i < MOST; i++) {
		bool exact = strcmp(urls[i], req->path) == 0;

		if (!exact && strcmp(static_files[i].name, req->part[0]) != 0)
			continue;
		res->type = static_files[i].mime;
		res->cache = exact;
		buf_add(
		    &res->body, static_files[i].data, *static_files[i].size);
		return 200;
	}
	return 404;
}
