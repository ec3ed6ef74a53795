/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The same error again and again: said at once, then counted, and told once a
 * minute with its number. Pure: who writes gives the time. Used by log.c only.
 */
#ifndef HAILONG_SHARED_LOG_REPEAT_H
#define HAILONG_SHARED_LOG_REPEAT_H

#include <stdbool.h>
#include <stdint.h>

#define LOG_REPEAT_MS    60000
#define LOG_REPEAT_KEPT  32   /* different lines of one minute */
#define LOG_REPEAT_BYTES 1024 /* a line is not longer */

struct log_repeats {
	struct log_repeat {
		int level;
		int64_t since;               /* ms; of its minute */
		int64_t times;               /* since then, not told yet */
		char text[LOG_REPEAT_BYTES]; /* "" free */
	} kept[LOG_REPEAT_KEPT];
};

/* True when a line is to be written now; false: it was written less than a
 * minute ago, and is counted. When there are too many different ones, those
 * that find no room are written as they come. */
bool log_repeat_says(
    struct log_repeats *r, int level, const char *text, int64_t now);
/* Takes one whose minute is over and that was counted: its text and times are
 * to be written, and its next minute begins. NULL: none. What was not repeated
 * is forgotten after its minute. now INT64_MAX: the end, all of them. */
const struct log_repeat *log_repeat_due(
    struct log_repeats *r, int64_t now, int64_t *times);

#endif
