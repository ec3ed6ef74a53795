/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sealed number is a box (box.h). The number is filled up to one length
 * first: its length would tell foreign numbers from ours. */
#include "server/secret/phone_seal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include "server/secret/box.h"

#define BASE sodium_base64_VARIANT_URLSAFE_NO_PADDING

_Static_assert(SEAL_KEY == BOX_KEY, "a key");
_Static_assert(BOX_TEXT(PHONE_TEXT) <= SEALED_TEXT, "room");

void
seal_keys_new(struct seal_keys *keys)
{
	token_new(keys->hash);
	randombytes_buf(keys->seal, sizeof(keys->seal));
}

void
seal_key_text(const struct seal_keys *keys, char out[TOKEN_TEXT])
{
	sodium_bin2base64(
	    out, TOKEN_TEXT, keys->seal, sizeof(keys->seal), BASE);
}

bool
seal_key_read(const char *text, struct seal_keys *keys)
{
	size_t n = 0;
	const char *end = NULL;

	return sodium_base642bin(keys->seal, sizeof(keys->seal), text,
		   strlen(text), NULL, &n, &end, BASE) == 0 &&
	       n == sizeof(keys->seal) && *end == '\0';
}

void
seal_fingerprint(const struct seal_keys *keys, char out[TOKEN_TEXT])
{
	uint8_t hash[24];

	crypto_generichash(hash, sizeof(hash), (const uint8_t *)keys->hash,
	    strlen(keys->hash), keys->seal, sizeof(keys->seal));
	sodium_bin2base64(out, TOKEN_TEXT, hash, sizeof(hash), BASE);
}

void
seal_phone(
    const struct seal_keys *keys, const char *phone, char out[SEALED_TEXT])
{
	uint8_t plain[PHONE_TEXT] = {0};

	strncpy((char *)plain, phone, sizeof(plain) - 1);
	box_close(keys->seal, plain, sizeof(plain), out);
	sodium_memzero(plain, sizeof(plain));
}

bool
unseal_phone(
    const struct seal_keys *keys, const char *sealed, char out[PHONE_TEXT])
{
	out[0] = '\0';
	if (sealed[0] == '+' && strlen(sealed) < PHONE_TEXT) {
		strcpy(out, sealed);
		return true;
	}
	if (!box_open(keys->seal, sealed, out, PHONE_TEXT) ||
	    memchr(out, '\0', PHONE_TEXT) == NULL) {
		out[0] = '\0';
		return false;
	}
	return true;
}
