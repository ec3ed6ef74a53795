/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers and texts of SMS that were kept for as long as the settings say. */
#ifndef HAILONG_SERVER_STORE_MESSAGES_ERASURE_H
#define HAILONG_SERVER_STORE_MESSAGES_ERASURE_H

#include <stdint.h>

/* An errand for the writer that erases what is old by now; NULL: no memory. It
 * is freed by the thread that gets it back done. */
struct job *erasure_job(int64_t contact_days, int64_t text_days);

#endif
