/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What waits for the reader about periods, on the board. */
#ifndef HAILONG_SERVER_PAGES_PERIODS_REMINDERS_H
#define HAILONG_SERVER_PAGES_PERIODS_REMINDERS_H

#include <jansson.h>

struct page;

/* [{href, words, late: bool}]: reports to write or to decide about, closings to
 * confirm; the caller owns it. NULL when there are none, or the database does
 * not answer. */
json_t *reminders_document(const struct page *page);

#endif
