/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which rows of a queue to send next while the collector cannot take some of
 * them, and when one of them may be given up. Pure: knows ids, no rows, no
 * network. One struct offer for each queue, used by one thread.
 */
#ifndef HAILONG_SHARED_OFFER_H
#define HAILONG_SHARED_OFFER_H

#include <stdbool.h>
#include <stddef.h>
#include "shared/uuid.h"

#define OFFER_SUSPECTS 64 /* rows remembered as refused alone */
#define OFFER_ALIKE    4  /* so many in a row: the line, wait */

struct offer {
	size_t most;    /* rows in a batch */
	size_t count;   /* rows in the next one */
	size_t skip;    /* rows at the head of the queue that stay back */
	unsigned alike; /* rows refused alone since anything else happened */
	struct offer_suspect {
		char id[UUID_TEXT]; /* "": none */
		bool proved; /* others went through since it was refused */
	} suspects[OFFER_SUSPECTS];
	size_t next; /* where the next suspect looks for a place */
};

enum offer_deed {
	OFFER_AGAIN,   /* send the next batch at once */
	OFFER_GIVE_UP, /* the one row is to blame: set it aside */
	OFFER_WAIT     /* it may be the line: pause, then go on */
};

/* Begins; most: rows in a batch, at least 1. */
void offer_init(struct offer *o, size_t most);
/* The collector has named every row of a batch. */
void offer_taken(struct offer *o);
/* It cannot take a batch of n rows (REPLY_SPLIT), the first of which has this
 * id. */
enum offer_deed offer_split(struct offer *o, const char *id, size_t n);
/* There is no row behind those that stay back; true: they are to be sent again
 * after a pause, false: the queue is empty. */
bool offer_end(struct offer *o);

#endif
