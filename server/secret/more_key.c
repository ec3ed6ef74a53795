/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Made anew each time, so no row has to hold it. */
#include "server/secret/more_key.h"

#include <stdio.h>
#include "server/secret/token.h"

void
more_key(const char *secret, enum more_key whose, const char *desk,
    char out[MORE_KEY])
{
	char text[LIMIT_CODE_BYTES + 20];
	uint8_t hash[TOKEN_HASH];

	_Static_assert(MORE_KEY == KEY_CODE(TOKEN_HASH), "room");
	snprintf(text, sizeof(text), "more %s %.*s",
	    whose == MORE_OF_KIOSK ? "kiosk" : "web", LIMIT_CODE_BYTES, desk);
	keyed_hash(secret, text, hash);
	key_text(hash, sizeof(hash), out);
}
