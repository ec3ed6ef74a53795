/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which values of a kiosk's counter have arrived, as ranges in a text that a
 * person can read: "1-812 815-900". What is missing below the highest is still
 * to come, or lost; a value that comes twice with different answers says that
 * the device was copied, or its disk set back. Pure.
 */
#ifndef HAILONG_SERVER_CORE_DEVICE_SEQUENCE_H
#define HAILONG_SERVER_CORE_DEVICE_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "shared/buf.h"

#define SEQUENCE_RANGES 64 /* more gaps than these: the oldest are closed */

struct sequence {
	struct {
		int64_t first, last;
	} ranges[SEQUENCE_RANGES + 1]; /* ascending, with gaps between */
	size_t n;
};

/* Reads the text; what cannot be read is left out. */
void sequence_read(struct sequence *s, const char *text);
/* The text of it, appended. */
void sequence_write(const struct sequence *s, struct buf *out);
/* Adds a value from 1 on; false when it was there. */
bool sequence_add(struct sequence *s, int64_t value);
/* Values missing from 1 to the highest. */
int64_t sequence_missing(const struct sequence *s);
/* The highest, 0 when none has arrived. */
int64_t sequence_highest(const struct sequence *s);

#endif
