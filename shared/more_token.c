/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 66 bits of each half: enough where each try is a request. */
#include "shared/more_token.h"

#include <string.h>
#include "shared/keys.h"

#define HALF ((MORE_TOKEN - 1) / 2)

static void
proof_of(const char *key, const char *text, size_t size, char out[HALF])
{
	char whole[KEY_TEXT];

	key_proof(key, text, size, whole);
	memcpy(out, whole, HALF);
}

void
more_token_make(const char *key, const char *seed, char out[MORE_TOKEN])
{
	char random[KEY_CODE(2 * HALF)];

	if (seed == NULL) {
		key_random_text(random, 2 * HALF);
		memcpy(out, random, HALF);
	} else {
		proof_of(key, seed, strlen(seed), out);
	}
	proof_of(key, out, HALF, out + HALF);
	out[MORE_TOKEN - 1] = '\0';
}

bool
more_token_holds(const char *key, const char *token)
{
	char proof[HALF];
	int differ = 0; /* without a hint in the time it takes */

	if (strlen(token) != MORE_TOKEN - 1)
		return false;
	proof_of(key, token, HALF, proof);
	for (int i = 0; i < HALF; i++)
		differ |= proof[i] ^ token[HALF + i];
	return differ == 0;
}
