/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Answers as they may leave the house: without a name, an id, a device, a time
 * of day, a language or a word, in an order that tells nothing of when they
 * came. Read row by row, however many there are.
 */
#ifndef HAILONG_SERVER_STORE_ANSWERS_EXPORT_H
#define HAILONG_SERVER_STORE_ANSWERS_EXPORT_H

#include <stdbool.h>
#include <stdint.h>

struct db;

struct answer_row {
	int32_t day; /* local */
	const char *unit, *desk, *field, *channel, *form;
	int form_version;
	int overall;         /* 1..5; 0: not applicable */
	const char *scores;  /* "attitude=4 feedback=-", "" none */
	const char *reasons; /* codes, apart by a blank */
	const char *assisted;
	const char *aside; /* why it is not counted; "": it is */
};

/* Gets a row, whose strings live until the next; false: enough. */
typedef bool answer_taker(void *context, const struct answer_row *row);

/* Tells every answer of the days first..last by day, unit, desk, field, channel
 * and what it says. False when the database did not answer or the taker had
 * enough. */
bool store_answers_each(struct db *db, int32_t first, int32_t last,
    answer_taker *take, void *context);

#endif
