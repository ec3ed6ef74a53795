/* SPDX-License-Identifier: GPL-2.0-or-later */
/* See parts.h. */
#include "tests/sms/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "shared/buf.h"
#include "sms/text/utf16.h"

static char folder[64], path[80];

struct modem_part
make_part(const char *sender, int second, int ref, int total, int number,
    const char *text)
{
	struct modem_part part = {.kind = MODEM_TEXT,
	    .sent_at = 1795330000000LL + second * 1000,
	    .sent_offset = 420};
	struct buf units;

	snprintf(part.sender, sizeof(part.sender), "%s", sender);
	if (total > 1) {
		const uint8_t udh[] = {
		    5, 0, 3, (uint8_t)ref, (uint8_t)total, (uint8_t)number};

		memcpy(part.udh, udh, sizeof(udh));
		part.udh_bytes = sizeof(udh);
	}
	buf_init(&units);
	utf16_from_utf8(&units, text);
	part.text_bytes = units.size;
	if (units.size > 0)
		memcpy(part.text, units.data, units.size);
	buf_finish(&units);
	return part;
}

enum spool_added
put_part(struct spool *s, const char *modem, const struct modem_part *part,
    int64_t now)
{
	struct spool_key key;

	return spool_part(s, modem, part, now, &key);
}

struct spool *
same_spool(void)
{
	char error[300];
	struct spool *s = spool_open(path, error, sizeof(error));

	if (s == NULL) {
		fprintf(stderr, "%s\n", error);
		abort();
	}
	return s;
}

struct spool *
fresh_spool(void)
{
	strcpy(folder, "/tmp/hailong-sms-XXXXXX");
	if (mkdtemp(folder) == NULL)
		abort();
	snprintf(path, sizeof(path), "%s/spool.db", folder);
	return same_spool();
}

void
remove_spool(void)
{
	static const char *const names[] = {"", "-wal", "-shm"};
	char name[100];

	for (size_t i = 0; i < 3; i++) {
		snprintf(name, sizeof(name), "%s%s", path, names[i]);
		unlink(name);
	}
	rmdir(folder);
}

const char *
waiting_texts(struct spool *s)
{
	static char texts[4000];
	struct spool_message *messages;
	struct arena a;
	size_t n, at = 0;

	texts[0] = '\0';
	arena_init(&a);
	if (!spool_waiting(s, &a, 0, 100, &messages, &n))
		abort();
	for (size_t i = 0; i < n; i++)
		at += (size_t)snprintf(texts + at, sizeof(texts) - at, "%s%s%s",
		    i > 0 ? "|" : "", messages[i].partial ? "~" : "",
		    messages[i].text);
	arena_finish(&a);
	return texts;
}

bool
queue_text(struct spool *s, const char *id, const char *number,
    const char *text, int64_t now)
{
	const struct spool_message_out m = {.id = id,
	    .number = number,
	    .text = text,
	    .urgent = true,
	    .sendable = number[0] != '\0'};

	return spool_outgoing(s, &m, now);
}

struct spool_turn
turn_of_modem(const char *modem)
{
	return (struct spool_turn){
	    .modem = modem, .sim = "", .rate = 1000, .cap = 100000};
}
