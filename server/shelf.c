/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A few boards side by side; looked through from end to end under a lock, which
 * takes less than a hash would save. */
#include "server/shelf.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/token.h"
#include "server/server.h"

#define BOARDS  32            /* parts; a district has a dozen units */
#define BIGGEST (1024 * 1024) /* bytes of a part; a bigger one is not kept */

struct board {
	char *key; /* owned; NULL: empty */
	struct shelf_stamps stamps;
	struct buf part;
	char tag[SHELF_TAG];
	int64_t taken; /* when last; a counter */
};

struct shelf {
	pthread_mutex_t lock;
	struct board boards[BOARDS];
	int64_t taken;
};

struct shelf *
shelf_create(void)
{
	struct shelf *s = calloc(1, sizeof(*s));

	if (s == NULL)
		abort();
	pthread_mutex_init(&s->lock, NULL);
	return s;
}

void
shelf_destroy(struct shelf *s)
{
	if (s == NULL)
		return;
	for (int i = 0; i < BOARDS; i++) {
		free(s->boards[i].key);
		buf_finish(&s->boards[i].part);
	}
	pthread_mutex_destroy(&s->lock);
	free(s);
}

/* The board of a key; else, where room is wanted, the one taken longest ago. */
static struct board *
board_of(struct shelf *s, const char *key, bool room)
{
	struct board *oldest = &s->boards[0];

	for (int i = 0; i < BOARDS; i++) {
		struct board *b = &s->boards[i];

		if (b->key != NULL && strcmp(b->key, key) == 0)
			return b;
		if (b->taken < oldest->taken)
			oldest = b;
	}
	return room ? oldest : NULL;
}

bool
shelf_take(struct ctx *ctx, const char *key, const struct shelf_stamps *stamps,
    struct buf *out, char tag[SHELF_TAG])
{
	struct shelf *s = server_shelf(ctx->server);
	struct board *b;
	bool found;

	pthread_mutex_lock(&s->lock);
	b = board_of(s, key, false);
	found = b != NULL && memcmp(&b->stamps, stamps, sizeof(*stamps)) == 0;
	if (found) {
		b->taken = ++s->taken;
		buf_add(out, b->part.data, b->part.size);
		memcpy(tag, b->tag, SHELF_TAG);
	}
	pthread_mutex_unlock(&s->lock);
	return found;
}

static void
make_tag(const struct buf *part, char tag[SHELF_TAG])
{
	uint8_t hash[DIGEST_BYTES];

	digest(part->data, part->size, hash);
	snprintf(tag, SHELF_TAG, "\"%02x%02x%02x%02x%02x%02x%02x%02x\"",
	    hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6],
	    hash[7]);
}

void
shelf_put(struct ctx *ctx, const char *key, const struct shelf_stamps *stamps,
    const struct buf *part, char tag[SHELF_TAG])
{
	struct shelf *s = server_shelf(ctx->server);
	struct board *b;

	make_tag(part, tag);
	if (part->size > BIGGEST)
		return;
	pthread_mutex_lock(&s->lock);
	b = board_of(s, key, true);
	if (b->key == NULL || strcmp(b->key, key) != 0) {
		free(b->key);
		b->key = strdup(key);
		if (b->key == NULL)
			abort();
	}
	b->stamps = *stamps;
	b->taken = ++s->taken;
	memcpy(b->tag, tag, SHELF_TAG);
	buf_clear(&b->part);
	buf_add(&b->part, part->data, part->size);
	pthread_mutex_unlock(&s->lock);
}
