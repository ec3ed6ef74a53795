/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The nonce is random: its 24 bytes are enough for any number of boxes under
 * one key (libsodium's manual). */
#include "server/secret/box.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define NONCE crypto_secretbox_xchacha20poly1305_NONCEBYTES
#define TAG   crypto_secretbox_xchacha20poly1305_MACBYTES
#define BASE  sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define MOST  (NONCE + TAG + BOX_BYTES)

_Static_assert(BOX_KEY == crypto_secretbox_xchacha20poly1305_KEYBYTES, "a key");
_Static_assert(
    sodium_base64_ENCODED_LEN(MOST, BASE) <= BOX_TEXT(BOX_BYTES), "room");

void
box_close(const uint8_t key[BOX_KEY], const void *bytes, size_t n, char *out)
{
	uint8_t box[MOST];

	assert(n <= BOX_BYTES);
	if (sodium_init() < 0)
		abort();
	randombytes_buf(box, NONCE);
	crypto_secretbox_xchacha20poly1305_easy(
	    box + NONCE, bytes, n, box, key);
	sodium_bin2base64(out, BOX_TEXT(n), box, NONCE + TAG + n, BASE);
}

bool
box_open(const uint8_t key[BOX_KEY], const char *text, void *bytes, size_t n)
{
	uint8_t box[MOST];
	size_t size = 0;

	assert(n <= BOX_BYTES);
	return sodium_base642bin(box, sizeof(box), text, strlen(text), NULL,
		   &size, NULL, BASE) == 0 &&
	       size == NONCE + TAG + n &&
	       crypto_secretbox_xchacha20poly1305_open_easy(
		   bytes, box + NONCE, TAG + n, box, key) == 0;
}

void
box_close_bytes(
    const uint8_t key[BOX_KEY], const void *bytes, size_t n, struct buf *out)
{
	uint8_t *box;

	if (sodium_init() < 0)
		abort();
	buf_reserve(out, NONCE + TAG + n);
	box = (uint8_t *)out->data + out->size;
	randombytes_buf(box, NONCE);
	crypto_secretbox_xchacha20poly1305_easy(
	    box + NONCE, bytes, n, box, key);
	out->size += NONCE + TAG + n;
}

bool
box_open_bytes(
    const uint8_t key[BOX_KEY], const void *closed, size_t n, struct buf *out)
{
	const uint8_t *box = closed;

	if (n < NONCE + TAG)
		return false;
	n -= NONCE;
	buf_reserve(out, n);
	if (crypto_secretbox_xchacha20poly1305_open_easy(
		(uint8_t *)out->data + out->size, box + NONCE, n, box, key) !=
	    0)
		return false;
	out->size += n - TAG;
	return true;
}
