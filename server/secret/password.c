/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A password is boiled down before it is compared: lower case, no diacritics,
 * signs that stand for letters made letters, everything else but letters and
 * digits away. So a short list (common_passwords.txt) stands for very many.
 * Then what is common may be put at the beginning or the end of something that
 * adds little: digits, or a second common thing.
 */
#include "server/secret/password.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "server/core/text/search_text.h"
#include "server/secret/token.h"
#include "shared/arena.h"
#include "shared/limits.h"
#include "shared/utf8.h"

/* What must be left of a password once its common parts are taken away. */
#define LEFT_LEAST 5

/* Rows of keys and of the alphabet, there and back. */
static const char *const rows[] = {"01234567890123456789",
    "98765432109876543210", "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba", "qwertyuiopasdfghjklzxcvbnm",
    "mnbvcxzlkjhgfdsapoiuytrewq", "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p"};

extern const char common_passwords[]; /* a line each, "#" begins a remark */

/* Letters and digits only, as search_text has them. letters: '@' is an a. */
static char *
boil(struct arena *a, const char *text, bool letters)
{
	static const char from[] = "@4310$5!7", to[] = "aaeiossit";
	const char *plain = search_text(a, text);
	char *out = arena_alloc(a, strlen(plain) + 1);
	size_t n = 0;

	for (; *plain != '\0'; plain++) {
		const char *like = strchr(from, *plain);

		if (letters && like != NULL)
			out[n++] = to[like - from];
		else if ((*plain >= 'a' && *plain <= 'z') ||
			 (*plain >= '0' && *plain <= '9') ||
			 (unsigned char)*plain >= 0x80)
			out[n++] = *plain;
	}
	out[n] = '\0';
	return out;
}

static bool
is_row(const char *text)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strstr(rows[i], text) != NULL)
			return true;
	return false;
}

/* One to four signs again and again: aaaaaaaaaa, 1212121212, abcabcabca. */
static bool
is_repeated(const char *text)
{
	size_t n = strlen(text);

	for (size_t period = 1; period <= 4 && period < n; period++)
		if (strncmp(text, text + period, n - period) == 0)
			return true;
	return false;
}

/* Takes away a word wherever it stands. */
static void
take_away(char *text, const char *word, size_t length)
{
	for (char *at = text; (at = strstr(at, word)) != NULL;)
		memmove(at, at + length, strlen(at + length) + 1);
}

static void
take_common(struct arena *a, char *text)
{
	for (const char *line = common_passwords; *line != '\0';) {
		size_t length = strcspn(line, "\n");

		if (length > 0 && line[0] != '#')
			take_away(text, arena_strndup(a, line, length), length);
		line += length + (line[length] == '\n');
	}
}

/* Letters and whatever is not ASCII; digits beside a common word add little. */
static size_t
letters_left(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += *text < '0' || *text > '9';
	return n;
}

static bool
is_common(struct arena *a, const char *password)
{
	for (int letters = 0; letters <= 1; letters++) {
		char *text = boil(a, password, letters != 0);
		size_t all = strlen(text);

		if (is_row(text) || is_repeated(text))
			return true;
		take_common(a, text);
		if (strlen(text) < all && letters_left(text) < LEFT_LEAST)
			return true;
	}
	return false;
}

static bool
is_login(struct arena *a, const char *password, const char *login)
{
	char *text = boil(a, password, false);
	const char *name = boil(a, login, false);
	size_t all = strlen(text);

	if (strlen(name) < 3)
		return false;
	take_away(text, name, strlen(name));
	return strlen(text) < all && letters_left(text) < LEFT_LEAST;
}

enum password_verdict
password_judge(const char *password, const char *login)
{
	enum password_verdict verdict = PASSWORD_GOOD;
	struct arena a;
	size_t length;

	arena_init(&a);
	length = utf8_length(composed_text(&a, password));
	if (length < LIMIT_PASSWORD_MIN)
		verdict = PASSWORD_SHORT;
	else if (length > LIMIT_PASSWORD_MAX)
		verdict = PASSWORD_LONG;
	else if (is_login(&a, password, login))
		verdict = PASSWORD_LOGIN;
	else if (is_common(&a, password))
		verdict = PASSWORD_COMMON;
	arena_finish(&a);
	return verdict;
}

void
password_start(char out[PASSWORD_START])
{
	static const char first[] = "bdghklmnprstvxcy", second[] = "aeiou";
	char token[TOKEN_TEXT];
	uint8_t random[TOKEN_HASH];
	size_t n = 0;

	token_new(token);
	token_hash(token, random);
	for (size_t i = 0; i < 8; i++) {
		unsigned bits = random[2 * i] + 256u * random[2 * i + 1];

		if (i > 0 && i % 2 == 0)
			out[n++] = '-';
		out[n++] = first[bits % 16];
		out[n++] = second[bits / 16 % 5];
	}
	out[n++] = '\0';
	assert(n == PASSWORD_START);
}
