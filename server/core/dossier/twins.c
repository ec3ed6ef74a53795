/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Open addressing, at most three of four places taken. FNV-1a with a last
 * mixing: whoever makes two codes with one hash spoils his own file. */
#include "server/core/dossier/twins.h"

#include <stdlib.h>
#include <string.h>
#include "server/core/dossier/dossier.h"

static uint64_t
hash_bytes(uint64_t h, const void *bytes, size_t n)
{
	const unsigned char *b = bytes;

	for (size_t i = 0; i < n; i++)
		h = (h ^ b[i]) * UINT64_C(1099511628211);
	return h;
}

static uint64_t
hash_word(uint64_t h, const char *text)
{
	return hash_bytes(h, text, strlen(text) + 1);
}

static uint64_t
mixed(uint64_t h)
{
	h ^= h >> 33;
	h *= UINT64_C(0xff51afd7ed558ccd);
	return h ^ h >> 33;
}

static uint64_t
hash_key(const struct dossier *d)
{
	return mixed(hash_word(UINT64_C(14695981039346656037), d->key));
}

static uint32_t
hash_words(const struct dossier *d)
{
	const int64_t numbers[] = {d->received_at, d->due_at, d->finished_at,
	    (int64_t)d->outcome, d->consent};
	uint64_t h = UINT64_C(14695981039346656037);

	h = hash_word(h, d->unit);
	h = hash_word(h, d->field);
	h = hash_word(h, d->procedure);
	h = hash_word(h, d->desk);
	h = hash_word(h, d->authority);
	h = hash_word(h, d->phone);
	return (uint32_t)mixed(hash_bytes(h, numbers, sizeof(numbers)));
}

/* Where a key stands, or would. */
static struct twin *
twin_place(const struct twins *t, uint64_t key)
{
	size_t i = key & (t->room - 1);

	while (t->list[i].line != 0 && t->list[i].key != key)
		i = (i + 1) & (t->room - 1);
	return &t->list[i];
}

static void
grow_twins(struct twins *t)
{
	struct twins larger = {
	    .room = t->room == 0 ? 1024 : 2 * t->room, .count = t->count};

	larger.list = calloc(larger.room, sizeof(*larger.list));
	if (larger.list == NULL)
		abort();
	for (size_t i = 0; i < t->room; i++)
		if (t->list[i].line != 0)
			*twin_place(&larger, t->list[i].key) = t->list[i];
	free(t->list);
	*t = larger;
}

int
twins_note(struct twins *t, const struct dossier *d, int line)
{
	uint64_t key = hash_key(d);
	struct twin *at;

	if (t->count * 4 >= t->room * 3)
		grow_twins(t);
	at = twin_place(t, key);
	if (at->line == 0) {
		*at = (struct twin){key, hash_words(d), line};
		t->count++;
		return 0;
	}
	if (at->words == hash_words(d))
		return 0;
	at->line = -abs(at->line);
	return -at->line;
}

int
twins_other(const struct twins *t, const struct dossier *d)
{
	const struct twin *at =
	    t->room == 0 ? NULL : twin_place(t, hash_key(d));

	return at != NULL && at->line < 0 ? -at->line : 0;
}

void
twins_finish(struct twins *t)
{
	free(t->list);
	*t = (struct twins){0};
}
