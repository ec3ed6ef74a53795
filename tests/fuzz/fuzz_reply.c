/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reader of SMS texts: never a wrong memory access, always a reading. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "shared/phone.h"
#include "server/core/messages/reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const codes[] = {"LH1", "TP1", "TPD1", "A-1", NULL};
	static const struct reply_desks desks = {codes};
	char number[PHONE_TEXT];
	struct reply reply;
	struct arena a;
	char *text;

	arena_init(&a);
	text = arena_strndup(&a, (const char *)data, size);
	reply_read(&a, text, &desks, &reply);
	assert((reply.kind == REPLY_SCORE) ==
	       (reply.score >= 1 && reply.score <= 5));
	assert(
	    !reply.comment || (*reply.comment && strstr(text, reply.comment)));
	phone_read(text, number);
	arena_finish(&a);
	return 0;
}
