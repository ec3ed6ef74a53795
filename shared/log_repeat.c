/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * By the text as it stands: two errors that differ in a single letter are two
 * errors, and nothing that a reader does not know yet is held back.
 */
#include "shared/log_repeat.h"

#include <string.h>

static struct log_repeat *
find_repeat(struct log_repeats *r, int level, const char *text)
{
	for (int i = 0; i < LOG_REPEAT_KEPT; i++)
		if (r->kept[i].level == level &&
		    strncmp(r->kept[i].text, text, LOG_REPEAT_BYTES - 1) == 0)
			return &r->kept[i];
	return NULL;
}

bool
log_repeat_says(struct log_repeats *r, int level, const char *text, int64_t now)
{
	struct log_repeat *kept;

	if (text[0] == '\0')
		return true;
	kept = find_repeat(r, level, text);
	if (kept != NULL) {
		kept->times++;
		return false;
	}
	for (int i = 0; i < LOG_REPEAT_KEPT; i++) {
		if (r->kept[i].text[0] != '\0')
			continue;
		r->kept[i].level = level;
		r->kept[i].since = now;
		r->kept[i].times = 0;
		strncat(r->kept[i].text, text, LOG_REPEAT_BYTES - 1);
		break;
	}
	return true;
}

const struct log_repeat *
log_repeat_due(struct log_repeats *r, int64_t now, int64_t *times)
{
	for (int i = 0; i < LOG_REPEAT_KEPT; i++) {
		struct log_repeat *kept = &r->kept[i];

		if (kept->text[0] == '\0' ||
		    (now != INT64_MAX && now - kept->since < LOG_REPEAT_MS))
			continue;
		if (kept->times == 0) {
			kept->text[0] = '\0';
			continue;
		}
		*times = kept->times;
		kept->times = 0;
		kept->since = now;
		return kept;
	}
	return NULL;
}
