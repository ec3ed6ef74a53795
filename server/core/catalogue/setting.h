/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What administrators may set in the pages, as one table: key, bounds, default,
 * which direction is dangerous. A new setting is a row here, an enum word, and
 * its words in shared/po (setting.KEY.title, setting.KEY.what). Only what the
 * code really goes by stands here; rules that the contract or STATISTICS fix do
 * not. Pure. Read with catalogue_setting (core/catalogue/catalogue.h).
 */
#ifndef HAILONG_SERVER_CORE_CATALOGUE_SETTING_H
#define HAILONG_SERVER_CORE_CATALOGUE_SETTING_H

#include <stdbool.h>
#include <stdint.h>

enum setting {
	SETTING_CELL_LEAST,      /* answers; fewer are not shown apart */
	SETTING_ENGLISH,         /* citizens are offered English, too */
	SETTING_SESSION_HOURS,   /* of a staff session, at most */
	SETTING_SESSION_MINUTES, /* … unused */
	SETTING_SECOND_FACTOR,   /* admins and auditors must have one */
	SETTING_KIOSK_PACE,      /* answers a minute that a person can give */
	SETTING_PERIOD_ND09,     /* periods are cut as decree 09/2019 has it */
	SETTING_WORDS_SOURCE,    /* KiB of words of a source in an hour */
	SETTING_WORDS_DESK,      /* KiB of a desk's in a day, without a name */
	/* a unit's report is due so many days after its period; 0: none */
	SETTING_REPORT_MONTH,
	SETTING_REPORT_QUARTER,
	SETTING_REPORT_HALF,
	SETTING_REPORT_NINE,
	SETTING_REPORT_YEAR,
	SETTING_EXPLAIN_DAYS, /* working days to explain figures */
	SETTING_COUNT
};

enum setting_form { SETTING_NUMBER, SETTING_SWITCH /* 0 or 1 */ };

/* When a change is asked for twice. */
enum danger { DANGER_NONE, DANGER_LESS, DANGER_MORE };

struct setting_kind {
	const char *key; /* in table setting and in a form */
	enum setting_form form;
	int64_t least, most, otherwise; /* inclusive; the default */
	enum danger danger;
};

extern const struct setting_kind setting_kinds[SETTING_COUNT];

/* The setting of a key; false: there is none. */
bool setting_find(const char *key, enum setting *out);
/* Reads a value as it was entered or stored: a whole number within bounds. */
bool setting_read(enum setting setting, const char *text, int64_t *out);
/* True when going from one value to another is dangerous. */
bool setting_dangerous(enum setting setting, int64_t from, int64_t to);

#endif
