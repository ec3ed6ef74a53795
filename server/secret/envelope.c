/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A box whose key is the keyed hash of the label under the secret: so a label
 * takes part. */
#include "server/secret/envelope.h"

#include <sodium.h>
#include <stdlib.h>
#include "server/secret/box.h"
#include "server/secret/token.h"

_Static_assert(TOKEN_HASH == BOX_KEY, "a hash is a key");
_Static_assert(ENVELOPE_BYTES == BOX_BYTES, "an envelope is a box");

static void
make_key(const char *secret, const char *label, uint8_t key[TOKEN_HASH])
{
	if (sodium_init() < 0)
		abort();
	keyed_hash(secret, label, key);
}

const char *
envelope_close(struct arena *a, const char *secret, const char *label,
    const void *bytes, size_t n)
{
	char *text = arena_alloc(a, BOX_TEXT(n));
	uint8_t key[TOKEN_HASH];

	make_key(secret, label, key);
	box_close(key, bytes, n, text);
	sodium_memzero(key, sizeof(key));
	return text;
}

bool
envelope_open(const char *secret, const char *label, const char *text,
    void *bytes, size_t n)
{
	uint8_t key[TOKEN_HASH];
	bool opened;

	if (text == NULL)
		return false;
	make_key(secret, label, key);
	opened = box_open(key, text, bytes, n);
	sodium_memzero(key, sizeof(key));
	return opened;
}
