/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts with their NUL, one behind the other, then the numbers as they lie in
 * memory: it is read where it was written, by the same kind of machine. */
#include "server/register/pieces.h"

#include <string.h>
#include "server/secret/box.h"

struct piece_numbers {
	int64_t received_at, due_at, finished_at;
	int32_t outcome, consent;
};

static void
add_piece_text(struct buf *open, const char *text)
{
	buf_add(open, text, strlen(text) + 1);
}

void
piece_add(struct buf *open, const struct dossier *d)
{
	const struct piece_numbers numbers = {d->received_at, d->due_at,
	    d->finished_at, (int32_t)d->outcome, d->consent};

	add_piece_text(open, d->key);
	add_piece_text(open, d->code);
	add_piece_text(open, d->unit);
	add_piece_text(open, d->field);
	add_piece_text(open, d->procedure);
	add_piece_text(open, d->desk);
	add_piece_text(open, d->authority);
	add_piece_text(open, d->phone);
	buf_add(open, &numbers, sizeof(numbers));
}

void
piece_close(
    const struct seal_keys *keys, const struct buf *open, struct buf *closed)
{
	box_close_bytes(keys->seal, open->data, open->size, closed);
}

static const char *
piece_text(const char **at)
{
	const char *text = *at;

	*at += strlen(text) + 1;
	return text;
}

bool
piece_open(const struct seal_keys *keys, const struct buf *closed,
    struct buf *open, struct arena *a, struct dossier **list, size_t *n)
{
	struct piece_numbers numbers;
	const char *at, *end;

	*list = NULL;
	*n = 0;
	if (!box_open_bytes(keys->seal, closed->data, closed->size, open))
		return false;
	/* what opens is ours, byte for byte */
	at = buf_text(open);
	end = at + open->size;
	while (at < end) {
		struct dossier *d = arena_append(a, list, n, sizeof(*d));

		d->key = piece_text(&at);
		d->code = piece_text(&at);
		d->unit = piece_text(&at);
		d->field = piece_text(&at);
		d->procedure = piece_text(&at);
		d->desk = piece_text(&at);
		d->authority = piece_text(&at);
		strncpy(d->phone, piece_text(&at), sizeof(d->phone) - 1);
		memcpy(&numbers, at, sizeof(numbers));
		at += sizeof(numbers);
		d->received_at = numbers.received_at;
		d->due_at = numbers.due_at;
		d->finished_at = numbers.finished_at;
		d->outcome = (enum outcome)numbers.outcome;
		d->consent = numbers.consent != 0;
	}
	return true;
}
