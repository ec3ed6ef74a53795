/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A few boards side by side; looked through from end to end under a lock, which
 * takes less than a hash would save. Like a snapshot, a part may be old in
 * proportion to what it costs; while one thread draws it anew, without the
 * lock, the others take the former one, or wait where there is none.
 */
#include "server/cache/fragment_cache.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/secret/token.h"
#include "server/http/server.h"
#include "shared/clock.h"

#define BOARDS   32      /* parts; a district has a dozen units */
#define MOST_AGE 1000000 /* microseconds, … */
#define LAST_AGE 5000000 /* … and while it is drawn anew */

struct board {
	char *key; /* owned; NULL: empty */
	struct buf part;
	char tag[FRAGMENT_TAG];
	bool drawing;
	int64_t made_at; /* microseconds; 0: not yet */
	int64_t taken;   /* when last; a counter */
};

struct fragment_cache {
	pthread_mutex_t lock;
	pthread_cond_t drawn;
	struct board boards[BOARDS];
	int64_t taken;
};

struct fragment_cache *
fragment_cache_create(void)
{
	struct fragment_cache *s = calloc(1, sizeof(*s));

	if (s == NULL)
		abort();
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->drawn, NULL);
	return s;
}

void
fragment_cache_destroy(struct fragment_cache *s)
{
	if (s == NULL)
		return;
	for (int i = 0; i < BOARDS; i++) {
		free(s->boards[i].key);
		buf_finish(&s->boards[i].part);
	}
	pthread_cond_destroy(&s->drawn);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

/* The board of a key; else the one taken longest ago, emptied for it. NULL: all
 * others are being drawn. */
static struct board *
board_of(struct fragment_cache *s, const char *key)
{
	struct board *oldest = NULL;

	for (int i = 0; i < BOARDS; i++) {
		struct board *b = &s->boards[i];

		if (b->key != NULL && strcmp(b->key, key) == 0)
			return b;
		if (!b->drawing && (oldest == NULL || b->taken < oldest->taken))
			oldest = b;
	}
	if (oldest == NULL)
		return NULL;
	free(oldest->key);
	oldest->key = strdup(key);
	if (oldest->key == NULL)
		abort();
	oldest->made_at = 0;
	return oldest;
}

static bool
younger(const struct board *b, int64_t most)
{
	int64_t age = clock_micro() - b->made_at;

	return b->made_at > 0 && age >= 0 && age <= most;
}

static void
make_tag(const struct buf *part, char tag[FRAGMENT_TAG])
{
	uint8_t h[DIGEST_BYTES];

	digest(part->data, part->size, h);
	snprintf(tag, FRAGMENT_TAG, "\"%02x%02x%02x%02x%02x%02x%02x%02x\"",
	    h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7]);
}

/* Draws it, with the lock open. */
static int
renew(struct fragment_cache *s, struct board *b, fragment_draw *draw,
    void *context)
{
	struct buf part;
	int status;

	buf_init(&part);
	b->drawing = true;
	pthread_mutex_unlock(&s->lock);
	status = draw(context, &part);
	pthread_mutex_lock(&s->lock);
	b->drawing = false;
	pthread_cond_broadcast(&s->drawn);
	if (status != 200) {
		buf_finish(&part);
		return status;
	}
	buf_finish(&b->part);
	b->part = part;
	make_tag(&b->part, b->tag);
	b->made_at = clock_micro();
	return 200;
}

int
fragment_cache_take(struct ctx *ctx, const char *key, fragment_draw *draw,
    void *context, struct buf *out, char tag[FRAGMENT_TAG])
{
	struct fragment_cache *s = server_fragment_cache(ctx->server);
	struct board *b;
	int status = 200;

	pthread_mutex_lock(&s->lock);
	while ((b = board_of(s, key)) == NULL ||
	       (b->drawing && !younger(b, LAST_AGE)))
		pthread_cond_wait(&s->drawn, &s->lock);
	b->taken = ++s->taken;
	if (!b->drawing && !younger(b, MOST_AGE))
		status = renew(s, b, draw, context);
	if (status == 200) {
		buf_add(out, b->part.data, b->part.size);
		memcpy(tag, b->tag, FRAGMENT_TAG);
	}
	pthread_mutex_unlock(&s->lock);
	return status;
}
