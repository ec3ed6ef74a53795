/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table, and the little that follows from it. */
#include "server/core/catalogue/setting.h"

#include <string.h>
#include "shared/limits.h"

/* Fewer answers shown, longer sessions and one factor less are each a step
 * towards data being seen by those who may not see it. */
const struct setting_kind setting_kinds[SETTING_COUNT] = {
    [SETTING_CELL_LEAST] = {"cell_least", SETTING_NUMBER, 3, 50, 5,
	DANGER_LESS},
    [SETTING_ENGLISH] = {"english", SETTING_SWITCH, 0, 1, 1, DANGER_NONE},
    [SETTING_SESSION_HOURS] = {"session_hours", SETTING_NUMBER, 1, 24,
	LIMIT_SESSION_MS / 3600000, DANGER_MORE},
    [SETTING_SESSION_MINUTES] = {"session_minutes", SETTING_NUMBER, 5, 480,
	LIMIT_SESSION_IDLE_MS / 60000, DANGER_MORE},
    [SETTING_SECOND_FACTOR] = {"second_factor", SETTING_SWITCH, 0, 1, 1,
	DANGER_LESS},
    [SETTING_KIOSK_PACE] = {"kiosk_pace", SETTING_NUMBER, 5, 600, 30,
	DANGER_MORE},
    [SETTING_PERIOD_ND09] = {"period_nd09", SETTING_SWITCH, 0, 1, 0,
	DANGER_NONE},
    /* the longest comment fits twice */
    [SETTING_WORDS_SOURCE] = {"words_source", SETTING_NUMBER, 16, 4096,
	LIMIT_WORDS_SOURCE, DANGER_NONE},
    [SETTING_WORDS_DESK] = {"words_desk", SETTING_NUMBER, 64, 102400,
	LIMIT_WORDS_DESK, DANGER_NONE},
    [SETTING_REPORT_MONTH] = {"report_month", SETTING_NUMBER, 0, 60, 0,
	DANGER_NONE},
    [SETTING_REPORT_QUARTER] = {"report_quarter", SETTING_NUMBER, 0, 60, 10,
	DANGER_NONE},
    [SETTING_REPORT_HALF] = {"report_half", SETTING_NUMBER, 0, 60, 10,
	DANGER_NONE},
    [SETTING_REPORT_NINE] = {"report_nine", SETTING_NUMBER, 0, 60, 10,
	DANGER_NONE},
    [SETTING_REPORT_YEAR] = {"report_year", SETTING_NUMBER, 0, 60, 15,
	DANGER_NONE},
    [SETTING_EXPLAIN_DAYS] = {"explain_days", SETTING_NUMBER, 0, 30, 5,
	DANGER_LESS},
};

bool
setting_find(const char *key, enum setting *out)
{
	for (int i = 0; i < SETTING_COUNT; i++)
		if (strcmp(setting_kinds[i].key, key) == 0) {
			*out = (enum setting)i;
			return true;
		}
	return false;
}

bool
setting_read(enum setting setting, const char *text, int64_t *out)
{
	const struct setting_kind *kind = &setting_kinds[setting];
	int64_t value = 0;
	size_t n = strlen(text);

	if (n == 0 || n > 9)
		return false;
	for (; *text != '\0'; text++) {
		if (*text < '0' || *text > '9')
			return false;
		value = value * 10 + (*text - '0');
	}
	if (value < kind->least || value > kind->most)
		return false;
	*out = value;
	return true;
}

bool
setting_dangerous(enum setting setting, int64_t from, int64_t to)
{
	enum danger danger = setting_kinds[setting].danger;

	return (danger == DANGER_LESS && to < from) ||
	       (danger == DANGER_MORE && to > from);
}
