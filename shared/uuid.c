/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * UUIDs. Ours are version 7 (RFC 9562, section 5.7): 48 bits of milliseconds
 * first, so that ids made one after the other lie together in the database's
 * index; the other 74 free bits are random.
 */
#include "shared/uuid.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/clock.h"

static pthread_once_t sodium_once = PTHREAD_ONCE_INIT;

static void
sodium_begin(void)
{
	if (sodium_init() < 0) {
		fputs("libsodium does not start\n", stderr);
		abort();
	}
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool
hyphen_at(int place)
{
	return place == 8 || place == 13 || place == 18 || place == 23;
}

/* Nil or max: all bytes 0 or all bytes 255. */
static bool
is_special(const struct uuid *id)
{
	uint8_t first = id->bytes[0];

	for (int i = 1; i < 16; i++)
		if (id->bytes[i] != first)
			return false;
	return first == 0x00 || first == 0xff;
}

bool
uuid_parse(const char *text, struct uuid *out)
{
	struct uuid id;
	int n = 0, high, low;

	for (int i = 0; i < UUID_TEXT - 1;) {
		if (hyphen_at(i)) {
			if (text[i] != '-')
				return false;
			i++;
			continue;
		}
		/* a NUL has no hex value, so we never read past the end */
		high = hex_value(text[i]);
		if (high < 0)
			return false;
		low = hex_value(text[i + 1]);
		if (low < 0)
			return false;
		id.bytes[n++] = (uint8_t)(high * 16 + low);
		i += 2;
	}
	if (text[UUID_TEXT - 1] != '\0' || is_special(&id))
		return false;
	*out = id;
	return true;
}

void
uuid_format(const struct uuid *id, char out[UUID_TEXT])
{
	static const char digits[] = "0123456789abcdef";
	int place = 0;

	for (int i = 0; i < 16; i++) {
		if (hyphen_at(place))
			out[place++] = '-';
		out[place++] = digits[id->bytes[i] >> 4];
		out[place++] = digits[id->bytes[i] & 15];
	}
	out[place] = '\0';
}

void
uuid_v7(int64_t ms, const uint8_t random[10], struct uuid *out)
{
	uint64_t time = ms > 0 ? (uint64_t)ms : 0;

	for (int i = 0; i < 6; i++)
		out->bytes[i] = (uint8_t)(time >> (40 - 8 * i));
	memcpy(out->bytes + 6, random, 10);
	out->bytes[6] = (uint8_t)(0x70 | (out->bytes[6] & 0x0f)); /* version */
	out->bytes[8] = (uint8_t)(0x80 | (out->bytes[8] & 0x3f)); /* variant */
}

/* Milliseconds and the 12 bits beside them, as one number that only grows
 * within a process: two ids of one millisecond, and ids made while the clock
 * was set back, keep the order in which they were made (RFC 9562, section 6.2,
 * method 1 with a random start). */
static int64_t
next_tick(int64_t now, uint16_t random)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static int64_t last;
	int64_t tick = now * 4096 + random % 2048;

	pthread_mutex_lock(&lock);
	/* a clock that jumped years ahead and back must not hold us there */
	if (tick <= last && last - tick < 60000 * INT64_C(4096))
		tick = last + 1;
	last = tick;
	pthread_mutex_unlock(&lock);
	return tick;
}

void
uuid_new(struct uuid *out)
{
	uint8_t random[10];
	int64_t tick;

	pthread_once(&sodium_once, sodium_begin);
	randombytes_buf(random, sizeof(random));
	tick = next_tick(clock_now(), (uint16_t)(random[0] << 8 | random[1]));
	random[0] = (uint8_t)(tick >> 8 & 15);
	random[1] = (uint8_t)(tick & 255);
	uuid_v7(tick / 4096, random, out);
}

int
uuid_compare(const struct uuid *a, const struct uuid *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes));
}

int64_t
uuid_time(const struct uuid *id)
{
	int64_t ms = 0;

	if (id->bytes[6] >> 4 != 7)
		return 0;
	for (int i = 0; i < 6; i++)
		ms = ms << 8 | id->bytes[i];
	return ms;
}
