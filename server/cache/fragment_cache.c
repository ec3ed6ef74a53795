/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parts of a few boards side by side, each shared by all who ask for it
 * within a second of its drawing, or of five while it is drawn anew.
 */
#include "server/cache/fragment_cache.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/http/request.h"
#include "server/secret/token.h"

#define PARTS_KEPT 32 /* a district has a dozen units */

static const struct flight_age parts_age = {.most = 1000000, .former = 5000000};

struct part {
	struct flight_value value;
	struct buf text;
	char tag[FRAGMENT_TAG];
};

/* How a part is drawn, and what came of it. */
struct drawing {
	fragment_draw *draw;
	void *context;
	int status;
};

static void
free_part(struct flight_value *value)
{
	struct part *part = (struct part *)value;

	buf_finish(&part->text);
	free(part);
}

struct single_flight *
fragment_cache_create(void)
{
	return single_flight_create(PARTS_KEPT, parts_age, free_part);
}

static void
make_tag(const struct buf *text, char tag[FRAGMENT_TAG])
{
	uint8_t h[DIGEST_BYTES];

	digest(text->data, text->size, h);
	snprintf(tag, FRAGMENT_TAG, "\"%02x%02x%02x%02x%02x%02x%02x%02x\"",
	    h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7]);
}

static struct flight_value *
make_part(void *context)
{
	struct drawing *d = context;
	struct part *part = calloc(1, sizeof(*part));

	if (part == NULL)
		abort();
	buf_init(&part->text);
	d->status = d->draw(d->context, &part->text);
	if (d->status != 200) {
		free_part(&part->value);
		return NULL;
	}
	make_tag(&part->text, part->tag);
	return &part->value;
}

int
fragment_cache_take(struct ctx *ctx, const char *key, fragment_draw *draw,
    void *context, struct buf *out, char tag[FRAGMENT_TAG])
{
	struct single_flight *parts = ctx->fragments;
	struct drawing drawing = {draw, context, 200};
	struct part *part =
	    (struct part *)single_flight_hold(parts, key, make_part, &drawing);

	if (part == NULL)
		return drawing.status;
	buf_add(out, part->text.data, part->text.size);
	memcpy(tag, part->tag, FRAGMENT_TAG);
	single_flight_release(parts, &part->value);
	return 200;
}
