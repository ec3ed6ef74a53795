/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each key has one of four kinds of value: a word of a list, a number within
 * bounds, opening hours, languages. The kiosk checks once more what it gets
 * (kiosk/settings.c) and falls back by itself.
 */
#include "server/core/device/kiosk_setting.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/hours.h"
#include "shared/text.h"

const struct kiosk_key kiosk_keys[] = {
    {"question", "general", "general received result"},
    {"field", "after", "no after first"},
    {"reasons", "2", "0..5"},
    {"factors", "no", "yes no"},
    {"qr", "no", "yes no"},
    {"hours", "", "Mon-Fri 07:00-11:30 13:30-17:00; closed 2027-02-05"},
    {"languages", "vi en", "vi en …"},
    {"voice", "yes", "yes no"},
    {"lock_ms", "800", "0..5000"},
    {"thanks_s", "4", "1..60"},
    {"qr_s", "20", "5..120"},
    {"idle_s", "25", "5..600"},
    {"countdown_s", "20", "5..600"},
    {NULL, NULL, NULL},
};

static const struct kiosk_key *
find_kiosk_setting(const char *name)
{
	const struct kiosk_key *k = kiosk_keys;

	while (k->name != NULL && strcmp(k->name, name) != 0)
		k++;
	return k->name == NULL ? NULL : k;
}

static bool
is_word(const char *list, const char *value)
{
	size_t n = strlen(value);
	bool one = n > 0 && strchr(value, ' ') == NULL;

	for (const char *at = list; one && at != NULL;) {
		at += *at == ' ';
		if (strncmp(at, value, n) == 0 &&
		    (at[n] == ' ' || at[n] == '\0'))
			return true;
		at = strchr(at, ' ');
	}
	return false;
}

static bool
kiosk_setting_is_number(const char *bounds, const char *value)
{
	long least, most, n;
	char *end;

	if (sscanf(bounds, "%ld..%ld", &least, &most) != 2 || value[0] < '0' ||
	    value[0] > '9')
		return false;
	errno = 0;
	n = strtol(value, &end, 10);
	return errno == 0 && *end == '\0' && n >= least && n <= most;
}

/* Codes of languages that are translated, separated by a blank. */
static bool
are_languages(const char *value)
{
	char copy[64], *rest = copy, *code;
	enum lang lang;
	int n = 0;

	if (strlen(value) >= sizeof(copy))
		return false;
	strcpy(copy, value);
	while ((code = strsep(&rest, " ")) != NULL)
		if (!lang_find(code, &lang))
			return false;
		else
			n++;
	return n > 0;
}

bool
kiosk_setting_check(
    const char *key, const char *value, char error[LIMIT_ERROR_BYTES])
{
	const struct kiosk_key *k = find_kiosk_setting(key);
	char why[LIMIT_ERROR_BYTES] = "";
	struct hours hours;
	bool ok;

	if (k == NULL) {
		snprintf(
		    error, LIMIT_ERROR_BYTES, "no such setting: %.40s", key);
		return false;
	}
	if (strcmp(key, "hours") == 0)
		ok = strlen(value) <= LIMIT_NAME_BYTES &&
		     hours_read(value, &hours, why);
	else if (strcmp(key, "languages") == 0)
		ok = are_languages(value);
	else if (strstr(k->words, "..") != NULL)
		ok = kiosk_setting_is_number(k->words, value);
	else
		ok = is_word(k->words, value);
	if (!ok)
		snprintf(error, LIMIT_ERROR_BYTES, "%s: one of: %s%s%.100s",
		    key, k->words, *why == '\0' ? "" : "; ", why);
	return ok;
}

static const char *
stored(
    const struct kiosk_value *list, size_t n, const char *desk, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].desk, desk) == 0 &&
		    strcmp(list[i].key, key) == 0)
			return list[i].value;
	return NULL;
}

const char *
kiosk_setting_at(
    const struct kiosk_value *list, size_t n, const char *desk, const char *key)
{
	const struct kiosk_key *k = find_kiosk_setting(key);
	const char *value = stored(list, n, desk, key);

	if (value == NULL)
		value = stored(list, n, KIOSK_ALL_DESKS, key);
	if (value == NULL)
		value = k == NULL ? "" : k->fallback;
	return value;
}

int
kiosk_setting_number(
    const struct kiosk_value *list, size_t n, const char *desk, const char *key)
{
	return (int)strtol(kiosk_setting_at(list, n, desk, key), NULL, 10);
}

bool
kiosk_setting_yes(
    const struct kiosk_value *list, size_t n, const char *desk, const char *key)
{
	return strcmp(kiosk_setting_at(list, n, desk, key), "yes") == 0;
}

static bool
is_in(const char *const *list, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], code) == 0)
			return true;
	return false;
}

void
kiosk_field_order(const char *const *fields, size_t n, const char *const *used,
    size_t nused, size_t *order)
{
	size_t placed = 0;

	for (size_t u = 0; u < nused; u++)
		for (size_t i = 0; i < n && !is_in(used, u, used[u]); i++)
			if (strcmp(fields[i], used[u]) == 0)
				order[placed++] = i;
	for (size_t i = 0; i < n; i++)
		if (!is_in(used, nused, fields[i]))
			order[placed++] = i;
}
