/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The queue of answers to decide about, for the form that is refused. */
#ifndef HAILONG_SERVER_PAGES_CASES_QUEUE_H
#define HAILONG_SERVER_PAGES_CASES_QUEUE_H

struct scope;

/* The page, with a sentence of what is wrong by its key (NULL: nothing). */
int queue_show(const struct scope *scope, int status, const char *wrong);

#endif
