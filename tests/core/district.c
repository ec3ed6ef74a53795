/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A district of four units, five desks and four fields. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/core/district.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/tally.h"
#include "shared/arena.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct unit units[] = {
    {"D", "", "district", "Huyện", 0, INT32_MAX},
    {"A", "D", "town", "Thị trấn", 0, INT32_MAX},
    {"B", "D", "commune", "Xã", 0, INT32_MAX},
    {"N", "D", "commune", "Xã không quầy", 0, INT32_MAX},
};
static struct field fields[] = {
    {"land", "Đất đai", GROUP_LAND},
    {"build", "Xây dựng", GROUP_LAND},
    {"civil", "Hộ tịch", "justice"},
    {"crop", "Trồng trọt", "farming"},
};
static struct target targets[] = {
    {"tthc", "", 19000, 900000},
    {"tthc-land", GROUP_LAND, 19000, 850000},
    {"agency", "", 19000, 900000},
    {"health-education", "", 19000, 850000},
};
static const struct field *all_fields[] = {
    &fields[0], &fields[1], &fields[2], &fields[3]};
static struct desk desks[] = {
    {"D1", "Quầy", &units[0], all_fields, 4},
    {"A1", "Quầy", &units[1], all_fields, 4},
    {"A2", "Quầy", &units[1], all_fields, 4},
    {"B1", "Quầy", &units[2], all_fields, 4},
    {"B2", "Quầy", &units[2], all_fields, 4},
};
static struct form forms[] = {
    {.code = "one-stop", .version = 1, .population = "tthc"},
    {.code = "sipas", .version = 1, .population = "agency"},
};
const struct catalogue district = {.units = units,
    .nunits = COUNT(units),
    .fields = fields,
    .nfields = COUNT(fields),
    .targets = targets,
    .ntargets = COUNT(targets),
    .desks = desks,
    .ndesks = COUNT(desks),
    .forms = forms,
    .nforms = COUNT(forms)};

void
district_open(struct said *t)
{
	t->dossiers = NULL;
	tallies_init(&t->tallies);
	arena_init(&t->arena);
}

void
district_close(struct said *t)
{
	tallies_finish(&t->tallies);
	arena_finish(&t->arena);
}

struct tally_key
answer_at(const char *desk, const char *field)
{
	struct tally_key key = {.day = DISTRICT_DAY,
	    .desk = desk,
	    .field = field,
	    .channel = "kiosk",
	    .form = "one-stop",
	    .criterion = "overall"};

	key.unit = catalogue_desk(&district, desk)->unit->code;
	return key;
}

void
say(struct said *t, struct tally_key key, int64_t n, int64_t good)
{
	tallies_add(&t->tallies, &key, 5, false, good);
	tallies_add(&t->tallies, &key, 2, false, n - good);
}

void
make_rows(
    struct said *t, enum score_by by, const char *population, const char *unit)
{
	struct score_query query = {.by = by,
	    .population = population,
	    .unit = unit,
	    .first = DISTRICT_DAY,
	    .last = DISTRICT_DAY + 90};

	scores_make(
	    &t->tallies, t->dossiers, &district, &query, &t->arena, &t->rows);
	t->rows.period = "2026-Q3";
}

const struct score *
row_named(const struct said *t, const char *name)
{
	for (size_t i = 0; i < t->rows.count; i++)
		if (strcmp(score_name(&t->rows.rows[i]), name) == 0)
			return &t->rows.rows[i];
	fail_msg("no row %s", name);
	return NULL;
}

void
assert_counts(const struct score *r, int64_t valid, int64_t satisfied)
{
	if (r->judgement.valid != valid || r->judgement.satisfied != satisfied)
		fail_msg("%s: %lld of %lld, not %lld of %lld", score_name(r),
		    (long long)r->judgement.satisfied,
		    (long long)r->judgement.valid, (long long)satisfied,
		    (long long)valid);
}
