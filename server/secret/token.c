/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Thin calls of libsodium. sodium_init is idempotent and thread-safe, so each
 * entry that needs randomness calls it and its callers need not. */
#include "server/secret/token.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/text/search_text.h"
#include "shared/arena.h"

void
token_new(char out[TOKEN_TEXT])
{
	uint8_t bytes[32];

	if (sodium_init() < 0)
		abort(); /* no randomness: no secret may be made */
	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2base64(out, TOKEN_TEXT, bytes, sizeof(bytes),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(bytes, sizeof(bytes));
}

uint32_t
token_random(uint32_t below)
{
	if (sodium_init() < 0)
		abort();
	return randombytes_uniform(below);
}

void
device_name(char *out, size_t size, const char *kind, const char *desk)
{
	char random[TOKEN_TEXT];
	char tail[5];
	int n = 0;

	token_new(random);
	for (const char *p = random; *p != '\0' && n < 4; p++)
		if ((*p >= 'a' && *p <= 'z') || (*p >= '2' && *p <= '9'))
			tail[n++] = *p;
	tail[n] = '\0';
	snprintf(out, size, "%s%s%s-%s", kind, desk == NULL ? "" : "-",
	    desk == NULL ? "" : desk, tail);
}

void
token_hash(const char *token, uint8_t out[TOKEN_HASH])
{
	crypto_generichash(
	    out, TOKEN_HASH, (const uint8_t *)token, strlen(token), NULL, 0);
}

bool
token_same(const char *a, const char *b)
{
	size_t n = strlen(a);

	return n == strlen(b) && sodium_memcmp(a, b, n) == 0;
}

void
digest(const void *bytes, size_t size, uint8_t out[DIGEST_BYTES])
{
	crypto_generichash(out, DIGEST_BYTES, bytes, size, NULL, 0);
}

void
digest_text(const void *bytes, size_t size, char out[DIGEST_TEXT])
{
	uint8_t hash[DIGEST_TEXT / 2];

	crypto_generichash(hash, sizeof(hash), bytes, size, NULL, 0);
	sodium_bin2hex(out, DIGEST_TEXT, hash, sizeof(hash));
}

void
keyed_hash(const char *key, const char *text, uint8_t out[TOKEN_HASH])
{
	assert(strlen(key) >= crypto_generichash_KEYBYTES_MIN &&
	       strlen(key) <= crypto_generichash_KEYBYTES_MAX);
	crypto_generichash(out, TOKEN_HASH, (const uint8_t *)text, strlen(text),
	    (const uint8_t *)key, strlen(key));
}

bool
dear_hash(const char *key, const char *label, const uint8_t plain[TOKEN_HASH],
    uint8_t out[TOKEN_HASH])
{
	uint8_t salt[TOKEN_HASH];

	_Static_assert(TOKEN_HASH >= crypto_pwhash_SALTBYTES, "a salt");
	if (sodium_init() < 0)
		abort();
	keyed_hash(key, label, salt);
	return crypto_pwhash(out, TOKEN_HASH, (const char *)plain, TOKEN_HASH,
		   salt, crypto_pwhash_OPSLIMIT_INTERACTIVE,
		   crypto_pwhash_MEMLIMIT_INTERACTIVE,
		   crypto_pwhash_ALG_ARGON2ID13) == 0;
}

/* The password as it is hashed: letters in one piece, so that it is the same
 * from another keyboard. */
bool
password_hash(const char *password, char out[PASSWORD_TEXT])
{
	struct arena a;
	const char *text;
	bool ok;

	_Static_assert(PASSWORD_TEXT >= crypto_pwhash_STRBYTES, "room");
	if (sodium_init() < 0)
		abort();
	arena_init(&a);
	text = composed_text(&a, password);
	ok = crypto_pwhash_str(out, text, strlen(text),
		 crypto_pwhash_OPSLIMIT_INTERACTIVE,
		 crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0;
	arena_finish(&a);
	return ok;
}

bool
password_check(const char *password, const char *hash)
{
	char unused[PASSWORD_TEXT];
	struct arena a;
	const char *text;
	bool right;

	if (hash == NULL) {
		password_hash(password, unused);
		return false;
	}
	arena_init(&a);
	text = composed_text(&a, password);
	right = crypto_pwhash_str_verify(hash, text, strlen(text)) == 0;
	arena_finish(&a);
	return right;
}

uint64_t
password_generation(const char *hash)
{
	uint8_t of[DIGEST_BYTES];
	uint64_t number;

	digest(hash, strlen(hash), of);
	memcpy(&number, of, sizeof(number));
	return number;
}
