/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts and spools for the tests of this folder. */
#ifndef HAILONG_TESTS_SMS_PARTS_H
#define HAILONG_TESTS_SMS_PARTS_H

#include "sms/modem/modem.h"
#include "sms/spool/spool.h"

/* A text part of that sender, network second and header (total 1: none). */
struct modem_part make_part(const char *sender, int second, int ref, int total,
    int number, const char *text);
/* A new spool in a folder of its own; its path stays in the static buffer. */
struct spool *fresh_spool(void);
/* Opens the same file again, as another process would. */
struct spool *same_spool(void);
/* Removes the folder. */
void remove_spool(void);
/* spool_part, for those who need no key. */
enum spool_added put_part(struct spool *s, const char *modem,
    const struct modem_part *part, int64_t now);
/* The texts waiting for the collector, joined by "|". */
const char *waiting_texts(struct spool *s);

/* Queues a text that somebody waits for. */
bool queue_text(struct spool *s, const char *id, const char *number,
    const char *text, int64_t now);
/* A modem's turn without limits worth speaking of. */
struct spool_turn turn_of_modem(const char *modem);

#endif
