/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The last use of a session, noted. */
#ifndef HAILONG_SERVER_STORE_PEOPLE_SESSION_SEEN_H
#define HAILONG_SERVER_STORE_PEOPLE_SESSION_SEEN_H

#include <stdint.h>

struct job;

/* An errand for the writer (store/writer.h) that notes when the session of a
 * token was used; NULL: no memory. Freed by the thread that gets it back. */
struct job *session_seen_job(const char *token, int64_t at);

#endif
