/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small, so that pages, interface and SMS say the same thing alike. */
#include "server/core/words.h"

#include <stdio.h>
#include "shared/civil.h"
#include "shared/limits.h"

const char *
words_field(enum lang lang, const struct field *field)
{
	char key[LIMIT_CODE_BYTES + 8];
	const char *words;

	if (lang == LANG_VI)
		return field->name;
	snprintf(key, sizeof(key), "field.%s", field->code);
	words = text_find(lang, key);
	return words == NULL ? field->name : words;
}

const char *
words_date(struct arena *a, int32_t day)
{
	struct civil c = civil_from_day(day);

	return arena_printf(a, "%02d/%02d/%d", c.day, c.month, c.year);
}

const char *
words_time(struct arena *a, int64_t ms)
{
	int minute = (int)((ms + civil_offset(ms) * 60000LL) / 60000 % 1440);

	return arena_printf(a, "%02d:%02d", minute / 60, minute % 60);
}

const char *
words_period(struct arena *a, enum lang lang, const struct period *p)
{
	static const char *const roman[] = {"I", "II", "III", "IV"};
	const char *key = "period.range", *number = "";

	switch (p->kind) {
	case PERIOD_MONTH:
		key = "period.month";
		number = arena_printf(a, "%d", p->number);
		break;
	case PERIOD_QUARTER:
		key = "period.quarter";
		number = roman[p->number - 1];
		break;
	case PERIOD_HALF:
		key = p->number == 1 ? "period.half.1" : "period.half.2";
		break;
	case PERIOD_NINE_MONTHS:
		key = "period.nine";
		break;
	case PERIOD_YEAR:
		key = "period.year";
		break;
	default:
		break;
	}
	return text_fill(a, lang, key, "number", number, "year",
	    arena_printf(a, "%d", p->year), "from", words_date(a, p->first),
	    "to", words_date(a, p->last), NULL);
}
