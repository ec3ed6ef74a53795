/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Clients that keep asking: each on a connection that it keeps, sending batches
 * of answers one after the other; what is not acknowledged it sends again, as
 * it is, and now and then also what is. What they know outlives the collector,
 * so that it can be judged. cmocka.h must be included before this.
 */
#ifndef HAILONG_TESTS_KIT_CLIENTS_H
#define HAILONG_TESTS_KIT_CLIENTS_H

#include "tests/kit/rig.h"

struct clients;

/* Starts so many threads with batches of 1 to most answers. clients_free ends
 * them if need be. */
struct clients *clients_start(
    const struct rig *rig, const char *token, size_t count, size_t most);
void clients_free(struct clients *c);
/* Answers acknowledged so far; ids that were ever sent. */
size_t clients_acknowledged(struct clients *c);
size_t clients_sent(struct clients *c);
/* Replies with 503, and those among them that say when to come again. */
size_t clients_refused(struct clients *c, size_t *with_retry_after);
/* Waits until so many more were acknowledged. */
void clients_wait(struct clients *c, size_t more);
/* Lets each finish what it has begun, if the collector runs, and ends them. */
void clients_stop(struct clients *c);
/* Fails unless every acknowledged answer is stored as it was sent; judges what
 * was acknowledged since the last call, and the tallies if asked. */
void clients_judge(struct clients *c, struct rig *rig, bool tallies);

/* The whole request that brings n answers. */
size_t clients_request(const char *token, const struct uuid *ids, size_t n,
    char *out, size_t size);
/* True when all n were stored, or were before. */
bool clients_confirmed(const struct reply *reply, size_t n);

#endif
