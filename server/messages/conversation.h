/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an incoming SMS leads to: an answer, an opt-out, a question back,
 * nothing. Runs inside the writer's transaction: the message, the answer made
 * of it and the reply to be sent are stored together or not at all.
 */
#ifndef HAILONG_SERVER_MESSAGES_CONVERSATION_H
#define HAILONG_SERVER_MESSAGES_CONVERSATION_H

#include "server/core/messages/reply.h"
#include "server/secret/phone_seal.h"
#include "server/http/request.h"
#include "server/store/answers.h"

/* A message as the gateway handed it over, checked and read. */
struct incoming {
	struct uuid id;
	const char *phone; /* E.164; NULL: not a person's number */
	bool answerable;   /* a Vietnamese mobile: may be sent to */
	const char *text;
	bool partial;
	bool unreadable; /* the gateway could not read it: text is its PDU */
	int64_t received_at; /* the gateway's clock */
	int64_t sent_at;     /* when it was written (sms_clock.h) */
	bool clock_doubted;  /* the operator's time is not believed */
	int zone;            /* minutes, of sent_at */
	struct reply reply;
	uint8_t digest[DIGEST_BYTES];
};

/* What a conversation needs beside the message. */
struct conversation {
	struct db *db; /* the writer's */
	struct tallies *tallies;
	const struct catalogue *catalogue;
	const struct settings *settings;
	const char *device; /* the gateway */
	const struct seal_keys *keys;
	struct arena *arena;
	int64_t now;
	int64_t *answers; /* raised by each answer that is made */
};

/* Stores the message and what follows from it. */
enum stored conversation_take(
    const struct conversation *c, const struct incoming *message);

#endif
