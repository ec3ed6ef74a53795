/* SPDX-License-Identifier: GPL-2.0-or-later */
/* liboath computes the codes; what a person typed is tidied here. */
#include "server/secret/second_factor.h"

#include <assert.h>
#include <liboath/oath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/text/urlencoded.h"
#include "shared/buf.h"

/* Window of steps to both sides of this moment's. */
#define STEPS_AROUND 1

/* 32 signs, 5 bits each; without i l o u, which are read as others or make
 * words (Crockford's base 32). */
static const char signs[] = "0123456789abcdefghjkmnpqrstvwxyz";

#define RECOVERY_SIGNS 16
#define RECOVERY_GROUP 4

void
second_factor_new(uint8_t secret[SECOND_FACTOR_SECRET])
{
	char random[TOKEN_TEXT];
	uint8_t hash[TOKEN_HASH];

	token_new(random);
	token_hash(random, hash);
	memcpy(secret, hash, SECOND_FACTOR_SECRET);
}

void
second_factor_text(const uint8_t secret[SECOND_FACTOR_SECRET],
    char out[SECOND_FACTOR_SECRET_TEXT])
{
	char *text = NULL;
	size_t size = 0;

	if (oath_base32_encode((const char *)secret, SECOND_FACTOR_SECRET,
		&text, &size) != OATH_OK)
		abort(); /* no memory */
	assert(size == SECOND_FACTOR_SECRET_TEXT - 1);
	memcpy(out, text, size);
	out[size] = '\0';
	free(text);
}

const char *
second_factor_address(struct arena *a, const char *issuer, const char *login,
    const uint8_t secret[SECOND_FACTOR_SECRET])
{
	char text[SECOND_FACTOR_SECRET_TEXT];
	struct buf address;
	const char *kept;

	second_factor_text(secret, text);
	buf_init(&address);
	buf_puts(&address, "otpauth://totp/");
	urlencoded_put(&address, issuer, false);
	buf_putc(&address, ':');
	urlencoded_put(&address, login, false);
	buf_printf(&address, "?secret=%s&issuer=", text);
	urlencoded_put(&address, issuer, false);
	kept = arena_strdup(a, buf_text(&address));
	buf_finish(&address);
	return kept;
}

bool
second_factor_check(const uint8_t secret[SECOND_FACTOR_SECRET],
    const char *typed, int64_t now, int64_t *step)
{
	char code[SECOND_FACTOR_DIGITS + 1];
	uint64_t counter = 0;
	size_t n = 0;
	int away;

	for (; *typed != '\0'; typed++) {
		if (*typed == ' ')
			continue;
		if (*typed < '0' || *typed > '9' || n == SECOND_FACTOR_DIGITS)
			return false;
		code[n++] = *typed;
	}
	code[n] = '\0';
	if (n != SECOND_FACTOR_DIGITS)
		return false;
	if (oath_totp_validate3((const char *)secret, SECOND_FACTOR_SECRET,
		(time_t)(now / 1000), SECOND_FACTOR_STEP_MS / 1000, 0,
		STEPS_AROUND, &away, &counter, code) < 0)
		return false;
	*step = (int64_t)counter;
	return true;
}

void
second_factor_recovery_new(char out[SECOND_FACTOR_RECOVERY])
{
	uint8_t random[TOKEN_HASH];
	char token[TOKEN_TEXT];
	size_t n = 0;

	token_new(token);
	token_hash(token, random);
	for (size_t i = 0; i < RECOVERY_SIGNS; i++) {
		if (i > 0 && i % RECOVERY_GROUP == 0)
			out[n++] = '-';
		out[n++] = signs[random[i] % 32];
	}
	out[n++] = '\0';
	assert(n == SECOND_FACTOR_RECOVERY);
}

bool
second_factor_recovery_read(const char *typed, uint8_t plain[TOKEN_HASH])
{
	char code[RECOVERY_SIGNS + 1];
	size_t n = 0;

	for (; *typed != '\0'; typed++) {
		char c = *typed;

		if (c == ' ' || c == '-')
			continue;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (strchr(signs, c) == NULL || n == RECOVERY_SIGNS)
			return false;
		code[n++] = c;
	}
	code[n] = '\0';
	if (n != RECOVERY_SIGNS)
		return false;
	token_hash(code, plain);
	return true;
}

bool
second_factor_recovery_dear(const char *secret, const char *login,
    const uint8_t plain[TOKEN_HASH], uint8_t out[TOKEN_HASH])
{
	char label[LIMIT_CODE_BYTES + 20];

	snprintf(
	    label, sizeof(label), "recovery %.*s", LIMIT_CODE_BYTES, login);
	return dear_hash(secret, label, plain, out);
}
