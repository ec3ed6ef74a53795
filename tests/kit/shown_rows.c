/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Member by member. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/shown_rows.h"

#include <stdbool.h>
#include <string.h>

static bool
one_of(const char *key, const char *const *list)
{
	while (*list != NULL && strcmp(*list, key) != 0)
		list++;
	return *list != NULL;
}

static bool
assert_shown_row(json_t *fact, json_t *row)
{
	static const char *const kept[] = {
	    "scope", "population", "period", "formula", "target", NULL};
	static const char *const parts[] = {
	    "channels", "classes", "unusual", NULL};
	bool hidden = json_is_true(json_object_get(row, "suppressed"));
	json_t *value;
	const char *key;

	assert_true(hidden || json_object_size(row) == json_object_size(fact));
	json_object_foreach (row, key, value) {
		if (strcmp(key, "suppressed") == 0)
			continue;
		if (hidden && !one_of(key, kept))
			assert_true(json_is_null(value));
		else if (!json_equal(value, json_object_get(fact, key)) &&
			 (!one_of(key, parts) || !json_is_null(value)))
			fail_msg("%s: %s", key, json_dumps(row, 0));
	}
	if (hidden)
		json_object_set_new(fact, "suppressed", json_true());
	return hidden;
}

size_t
assert_shown_rows(json_t *facts, json_t *rows)
{
	size_t hidden = 0;

	assert_int_equal(json_array_size(facts), json_array_size(rows));
	for (size_t k = 0; k < json_array_size(facts); k++)
		if (assert_shown_row(
			json_array_get(facts, k), json_array_get(rows, k)))
			hidden++;
	return hidden;
}
