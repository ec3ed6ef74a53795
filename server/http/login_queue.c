/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lanes are few and short-lived: a lane is in use while a try waits in it.
 * The cookie is "UNTIL.RANDOM.PROOF": the second when it ends, what tells this
 * browser from the person's others, and a keyed hash of both, the login and the
 * password's generation. It opens nothing, it only chooses the lane; and it is
 * worth nothing once the password is another.
 */
#include "server/http/login_queue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/secret/token.h"
#include "shared/limits.h"

#define KNOWN_DATED (TOKEN_TEXT + 21) /* room for "UNTIL.RANDOM" */

static uint64_t
lane_name(const char *login, bool known)
{
	uint8_t hash[DIGEST_BYTES];
	uint64_t name;

	digest(login, strlen(login), hash);
	memcpy(&name, hash, sizeof(name));
	return (name & ~UINT64_C(1)) | known;
}

int
login_queue_enter(struct login_queue *door, const char *login, bool known)
{
	uint64_t name = lane_name(login, known);
	int lane = -1;

	for (int i = 0; i < LOGIN_QUEUE_LANES; i++) {
		if (door->lanes[i].waiting == 0) {
			lane = lane < 0 ? i : lane;
		} else if (door->lanes[i].login == name) {
			lane = i;
			break;
		}
	}
	if (lane < 0 || door->lanes[lane].waiting == LOGIN_QUEUE_EACH)
		return -1;
	door->lanes[lane].login = name;
	door->lanes[lane].waiting++;
	return lane;
}

void
login_queue_leave(struct login_queue *door, int lane)
{
	door->lanes[lane].waiting--;
}

static void
prove(const char *key, const char *login, uint64_t password, const char *dated,
    size_t size, char out[2 * TOKEN_HASH + 1])
{
	char text[LIMIT_CODE_BYTES + KNOWN_DATED + 24];
	uint8_t hash[TOKEN_HASH];

	snprintf(text, sizeof(text), "%.*s.%016llx.%.*s", (int)size, dated,
	    (unsigned long long)password, LIMIT_CODE_BYTES, login);
	keyed_hash(key, text, hash);
	for (int i = 0; i < TOKEN_HASH; i++)
		snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

const char *
login_queue_cookie(struct arena *a, const char *key, const char *login,
    uint64_t password, int64_t now)
{
	char random[TOKEN_TEXT], dated[KNOWN_DATED], proof[2 * TOKEN_HASH + 1];

	token_new(random);
	snprintf(dated, sizeof(dated), "%lld.%s",
	    (long long)(now + LIMIT_KNOWN_MS) / 1000, random);
	prove(key, login, password, dated, strlen(dated), proof);
	return arena_printf(a, "%s.%s", dated, proof);
}

bool
login_queue_knows(const char *key, const char *login, uint64_t password,
    int64_t now, const char *value)
{
	char proof[2 * TOKEN_HASH + 1];
	const char *dot = value == NULL ? NULL : strrchr(value, '.');

	if (key == NULL || dot == NULL || dot - value >= KNOWN_DATED)
		return false;
	prove(key, login, password, value, (size_t)(dot - value), proof);
	return token_same(dot + 1, proof) &&
	       strtoll(value, NULL, 10) >= now / 1000;
}
