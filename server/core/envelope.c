/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text is base64 of nonce, tag and cipher. A label takes part by the key:
 * the keyed hash of it under the secret. */
#include "server/core/envelope.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/token.h"

#define NONCE crypto_secretbox_xchacha20poly1305_NONCEBYTES
#define TAG   crypto_secretbox_xchacha20poly1305_MACBYTES
#define BASE  sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define MOST  (NONCE + TAG + ENVELOPE_BYTES)

static void
make_key(const char *secret, const char *label, uint8_t key[TOKEN_HASH])
{
	_Static_assert(
	    TOKEN_HASH == crypto_secretbox_xchacha20poly1305_KEYBYTES, "a key");
	if (sodium_init() < 0)
		abort();
	keyed_hash(secret, label, key);
}

const char *
envelope_close(struct arena *a, const char *secret, const char *label,
    const void *bytes, size_t n)
{
	uint8_t key[TOKEN_HASH], box[MOST];
	size_t size = sodium_base64_encoded_len(NONCE + TAG + n, BASE);
	char *text = arena_alloc(a, size);

	assert(n <= ENVELOPE_BYTES);
	make_key(secret, label, key);
	randombytes_buf(box, NONCE);
	crypto_secretbox_xchacha20poly1305_easy(
	    box + NONCE, bytes, n, box, key);
	sodium_bin2base64(text, size, box, NONCE + TAG + n, BASE);
	sodium_memzero(key, sizeof(key));
	return text;
}

bool
envelope_open(const char *secret, const char *label, const char *text,
    void *bytes, size_t n)
{
	uint8_t key[TOKEN_HASH], box[MOST];
	size_t size = 0;
	bool opened;

	assert(n <= ENVELOPE_BYTES);
	if (text == NULL ||
	    sodium_base642bin(box, sizeof(box), text, strlen(text), NULL, &size,
		NULL, BASE) != 0 ||
	    size != NONCE + TAG + n)
		return false;
	make_key(secret, label, key);
	opened = crypto_secretbox_xchacha20poly1305_open_easy(
		     bytes, box + NONCE, TAG + n, box, key) == 0;
	sodium_memzero(key, sizeof(key));
	return opened;
}
