/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Thin calls of libsodium. A signed JSON text carries its signature as the last
 * member, so that it stays one file that can be kept and checked again; what
 * was signed is the text before that member, closed by its brace. Sealing is
 * crypto_box_seal to the X25519 key that belongs to the Ed25519 one.
 */
#include "shared/keys.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include "shared/buf.h"

#define VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING

static const char member[] = ",\"signature\":\"";

static void
begin_key(void)
{
	if (sodium_init() < 0)
		abort(); /* no randomness: no secret may be made */
}

/* Exactly size bytes from a text. */
static bool
key_decode(const char *text, uint8_t *out, size_t size)
{
	size_t n;

	return sodium_base642bin(out, size, text, strlen(text), NULL, &n, NULL,
		   VARIANT) == 0 &&
	       n == size;
}

void
key_make(struct key *k)
{
	begin_key();
	crypto_sign_keypair(k->public, k->secret);
}

void
key_keep(const struct key *k, char out[KEY_TEXT])
{
	/* libsodium's secret is the seed and the public key */
	sodium_bin2base64(out, KEY_TEXT, k->secret, 32, VARIANT);
}

bool
key_read(const char *text, struct key *k)
{
	uint8_t seed[32];
	bool ok = key_decode(text, seed, sizeof(seed));

	begin_key();
	if (ok)
		crypto_sign_seed_keypair(k->public, k->secret, seed);
	sodium_memzero(seed, sizeof(seed));
	return ok;
}

void
key_public_text(const uint8_t public[KEY_PUBLIC], char out[KEY_TEXT])
{
	sodium_bin2base64(out, KEY_TEXT, public, KEY_PUBLIC, VARIANT);
}

bool
key_public_read(const char *text, uint8_t public[KEY_PUBLIC])
{
	return key_decode(text, public, KEY_PUBLIC);
}

void
key_wipe(struct key *k)
{
	sodium_memzero(k, sizeof(*k));
}

void
key_random(void *out, size_t size)
{
	begin_key();
	randombytes_buf(out, size);
}

void
key_random_text(char *out, size_t bytes)
{
	uint8_t random[64];

	if (bytes > sizeof(random))
		abort();
	key_random(random, bytes);
	key_text(random, bytes, out);
}

void
key_text(const void *bytes, size_t size, char *out)
{
	sodium_bin2base64(out, KEY_CODE(size), bytes, size, VARIANT);
}

void
key_proof(const char *key, const void *bytes, size_t size, char out[KEY_TEXT])
{
	uint8_t hash[KEY_PUBLIC];

	crypto_generichash(hash, sizeof(hash), bytes, size,
	    (const uint8_t *)key,
	    strnlen(key, crypto_generichash_KEYBYTES_MAX));
	key_text(hash, sizeof(hash), out);
}

void
key_sign(const struct key *k, const void *bytes, size_t size,
    char out[SIGNATURE_MAX])
{
	uint8_t signature[crypto_sign_BYTES];

	crypto_sign_detached(signature, NULL, bytes, size, k->secret);
	sodium_bin2base64(
	    out, SIGNATURE_MAX, signature, sizeof(signature), VARIANT);
}

bool
key_verify(const uint8_t public[KEY_PUBLIC], const void *bytes, size_t size,
    const char *signature)
{
	uint8_t raw[crypto_sign_BYTES];

	return signature != NULL && key_decode(signature, raw, sizeof(raw)) &&
	       crypto_sign_verify_detached(raw, bytes, size, public) == 0;
}

void
key_sign_json(const struct key *k, struct buf *json)
{
	char signature[SIGNATURE_MAX];

	key_sign(k, buf_text(json), json->size, signature);
	json->data[--json->size] = '\0';
	buf_printf(json, "%s%s\"}", member, signature);
}

/* Where the last member begins; NULL when the text has no such end. */
static const char *
last_member(const char *json)
{
	const char *at = NULL, *next = json;

	while ((next = strstr(next, member)) != NULL)
		at = next++;
	return at;
}

bool
key_verify_json(const uint8_t public[KEY_PUBLIC], const char *json)
{
	const char *at = last_member(json);
	char signature[SIGNATURE_MAX];
	struct buf text;
	size_t n;
	bool ok;

	if (at == NULL)
		return false;
	n = strcspn(at + strlen(member), "\"");
	if (n >= sizeof(signature) ||
	    strcmp(at + strlen(member) + n, "\"}") != 0)
		return false;
	memcpy(signature, at + strlen(member), n);
	signature[n] = '\0';
	buf_init(&text);
	buf_add(&text, json, (size_t)(at - json));
	buf_putc(&text, '}');
	ok = key_verify(public, buf_text(&text), text.size, signature);
	buf_finish(&text);
	return ok;
}

bool
key_seal(
    const uint8_t public[KEY_PUBLIC], const char *text, char out[SEALED_MAX])
{
	uint8_t box[crypto_box_PUBLICKEYBYTES], sealed[SEALED_MAX * 3 / 4];
	size_t n = strlen(text), size = n + crypto_box_SEALBYTES;

	begin_key();
	if (sodium_base64_ENCODED_LEN(size, VARIANT) > SEALED_MAX ||
	    crypto_sign_ed25519_pk_to_curve25519(box, public) != 0 ||
	    crypto_box_seal(sealed, (const uint8_t *)text, n, box) != 0)
		return false;
	sodium_bin2base64(out, SEALED_MAX, sealed, size, VARIANT);
	return true;
}

bool
key_open(const struct key *k, const char *sealed, char *out, size_t size)
{
	uint8_t public[crypto_box_PUBLICKEYBYTES];
	uint8_t secret[crypto_box_SECRETKEYBYTES], raw[SEALED_MAX];
	size_t n;
	bool ok;

	begin_key();
	ok = sodium_base642bin(raw, sizeof(raw), sealed, strlen(sealed), NULL,
		 &n, NULL, VARIANT) == 0 &&
	     n > crypto_box_SEALBYTES && n - crypto_box_SEALBYTES < size &&
	     crypto_sign_ed25519_pk_to_curve25519(public, k->public) == 0 &&
	     crypto_sign_ed25519_sk_to_curve25519(secret, k->secret) == 0 &&
	     crypto_box_seal_open((uint8_t *)out, raw, n, public, secret) == 0;
	if (ok)
		out[n - crypto_box_SEALBYTES] = '\0';
	sodium_memzero(secret, sizeof(secret));
	return ok;
}

void
key_request_text(struct buf *out, const char *method, const char *target,
    const char *clock, const void *body, size_t size)
{
	buf_printf(out, "%s\n%s\n%s\n", method, target, clock);
	buf_add(out, body, size);
}

bool
pin_hash(const char *pin, char out[PIN_HASH])
{
	_Static_assert(PIN_HASH >= crypto_pwhash_STRBYTES, "room");
	begin_key();
	return crypto_pwhash_str(
		   out, pin, strlen(pin), 3, 64UL * 1024 * 1024) == 0;
}

bool
pin_check(const char *pin, const char *hash)
{
	begin_key();
	return crypto_pwhash_str_verify(hash, pin, strlen(pin)) == 0;
}
