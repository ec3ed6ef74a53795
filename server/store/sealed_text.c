/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sealed one begins with a word that no open one begins with: those are
 * letters of base 64, or a hash that begins with '$'. */
#include "server/store/sealed_text.h"

#include <string.h>
#include "server/secret/envelope.h"
#include "server/secret/phone_seal.h"
#include "shared/arena.h"

#define SEALED "sealed:"

bool
sealed_text_is(const char *value)
{
	return strncmp(value, SEALED, strlen(SEALED)) == 0;
}

const char *
sealed_text_close(struct arena *a, const struct seal_keys *seal,
    const char *label, const char *text, size_t size)
{
	char *whole = arena_alloc(a, size);

	memset(whole, 0, size);
	memcpy(whole, text, strnlen(text, size - 1));
	return arena_printf(
	    a, SEALED "%s", envelope_close(a, seal->hash, label, whole, size));
}

const char *
sealed_text_open(struct arena *a, const struct seal_keys *seal,
    const char *label, const char *value, size_t size)
{
	char *text;

	if (!sealed_text_is(value))
		return value;
	text = arena_alloc(a, size);
	return envelope_open(
		   seal->hash, label, value + strlen(SEALED), text, size) &&
		       text[size - 1] == '\0'
		   ? text
		   : NULL;
}
