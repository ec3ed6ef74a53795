/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The collector's own hand for registers: a thread with a connection of its own
 * that takes in what waits (what a crash left, too) and what a person confirmed
 * on the page. It is asked by the handlers' threads.
 */
#ifndef HAILONG_SERVER_REGISTER_KEEPER_H
#define HAILONG_SERVER_REGISTER_KEEPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/secret/phone_seal.h"
#include "server/settings.h"
#include "shared/uuid.h"

#define KEEPER_TEXT 256

struct register_keeper;

/* A file that a person confirmed. */
struct keeper_job {
	struct uuid id; /* of the upload; the import and its deed bear it too */
	char path[KEEPER_TEXT]; /* removed when it is over */
	char file[KEEPER_TEXT]; /* what the person calls it */
	char login[KEEPER_TEXT], role[KEEPER_TEXT];
	bool partial;
};

enum keeper_state {
	KEEPER_UNKNOWN, /* it has no such job; the database may know more */
	KEEPER_AT_WORK, /* it waits, or is being read or taken */
	KEEPER_FAILED   /* nothing of it was taken: why says it */
};

/* Starts the thread, which first takes what waits. NULL, logged, if it cannot.
 * The keys must outlive it. */
struct register_keeper *keeper_start(
    const struct settings *settings, const struct seal_keys *keys);
/* Ends it after the piece it is at; what is left waits for the next start. NULL
 * is allowed. */
void keeper_stop(struct register_keeper *k);
/* Hands a job over. False: another one is being worked at. */
bool keeper_take(struct register_keeper *k, const struct keeper_job *job);
/* How a job fares; why gets a sentence of KEEPER_FAILED. */
enum keeper_state keeper_look(
    struct register_keeper *k, const struct uuid *id, char why[KEEPER_TEXT]);

#endif
