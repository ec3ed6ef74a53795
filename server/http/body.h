/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the body of a request may weigh, and what all of them together may: of
 * somebody whom we do not know little, of a device or a person more. Pure; the
 * transport counts.
 */
#ifndef HAILONG_SERVER_HTTP_BODY_H
#define HAILONG_SERVER_HTTP_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/http/request.h"

/* Bytes of memory that bodies on their way in hold now; zeroed: none. */
struct body_load {
	int64_t strangers, known;
};

/* Bytes that the request's handler reads; a longer body gets 413. */
size_t body_limit(const struct request *req);
/* The status that refuses a body of so many bytes, 0: none. knows is asked, and
 * only for a body that a stranger may not send, whether the request comes from
 * a device or a person. A citizen's form is read a good deal further than it is
 * taken, since it is shown again with what was entered. */
int body_refusal(const struct request *req, size_t size,
    bool (*knows)(void *context), void *context);
/* Notes that a body takes so many bytes more of memory (or gives them back);
 * false, and nothing is noted, when strangers' would hold more than
 * LIMIT_STRANGERS_BYTES, or the others' more than LIMIT_FLIGHT_BYTES. */
bool body_load_add(struct body_load *load, bool stranger, int64_t bytes);
/* Reads what a form holds, with a file or without, from the whole body; true
 * for any other body, too. False: it cannot be read. */
bool body_read_form(struct request *req);

#endif
