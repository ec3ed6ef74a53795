/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The keys that prove tokens for words to an answer (shared/more_token.h). */
#ifndef HAILONG_SERVER_SECRET_MORE_KEY_H
#define HAILONG_SERVER_SECRET_MORE_KEY_H

#include "shared/keys.h"

enum more_key {
	MORE_OF_KIOSK, /* a desk's kiosks have it and make tokens themselves */
	MORE_OF_WEB    /* the collector's own, for answers of the form */
};

#define MORE_KEY KEY_CODE(32) /* room for its text */

/* The key of a desk, made of a secret of the installation (a token's text). */
void more_key(const char *secret, enum more_key whose, const char *desk,
    char out[MORE_KEY]);

#endif
