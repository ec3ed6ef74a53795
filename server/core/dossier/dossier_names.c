/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Codes are tried first, as they stand: most files have them, and a million
 * rows are folded for nothing otherwise. */
#include "server/core/dossier/dossier_names.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/text/search_text.h"
#include "shared/arena.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

const char *const outcome_words[OUTCOME_COUNT] = {
    "", "granted", "refused", "withdrawn", "returned"};

void
dossier_names_make(struct arena *a, const struct catalogue *catalogue,
    struct dossier_names *out)
{
	out->catalogue = catalogue;
	out->units =
	    arena_alloc(a, (catalogue->nunits + 1) * sizeof(*out->units));
	out->fields =
	    arena_alloc(a, (catalogue->nfields + 1) * sizeof(*out->fields));
	for (size_t i = 0; i < catalogue->nunits; i++)
		out->units[i] = search_text(a, catalogue->units[i].name);
	for (size_t i = 0; i < catalogue->nfields; i++)
		out->fields[i] = search_text(a, catalogue->fields[i].name);
}

/* Which one of the names it is; n: none, or several. */
static size_t
only_one(const char *const *names, size_t n, const char *folded)
{
	size_t found = n;

	for (size_t i = 0; i < n && folded[0] != '\0'; i++)
		if (strcmp(names[i], folded) == 0) {
			if (found < n)
				return n;
			found = i;
		}
	return found;
}

const struct unit *
dossier_unit_named(
    const struct dossier_names *n, struct arena *a, const char *words)
{
	const struct unit *unit = catalogue_unit(n->catalogue, words);
	size_t count = n->catalogue->nunits, i;

	if (unit != NULL)
		return unit;
	i = only_one(n->units, count, search_text(a, words));
	return i < count ? &n->catalogue->units[i] : NULL;
}

const struct field *
dossier_field_named(
    const struct dossier_names *n, struct arena *a, const char *words)
{
	const struct field *field = catalogue_field(n->catalogue, words);
	size_t count = n->catalogue->nfields, i;

	if (field != NULL)
		return field;
	i = only_one(n->fields, count, search_text(a, words));
	return i < count ? &n->catalogue->fields[i] : NULL;
}

bool
dossier_outcome_named(struct arena *a, const char *words, enum outcome *out)
{
	static const struct {
		enum outcome outcome;
		const char *words; /* folded */
	} known[] = {
	    {OUTCOME_GRANTED, "da tra ket qua"},
	    {OUTCOME_GRANTED, "da tra"},
	    {OUTCOME_GRANTED, "da giai quyet"},
	    {OUTCOME_GRANTED, "da co ket qua"},
	    {OUTCOME_GRANTED, "da hoan thanh"},
	    {OUTCOME_GRANTED, "hoan thanh"},
	    {OUTCOME_GRANTED, "da cap"},
	    {OUTCOME_GRANTED, "da ket thuc"},
	    {OUTCOME_GRANTED, "dong y giai quyet"},
	    {OUTCOME_REFUSED, "tu choi"},
	    {OUTCOME_REFUSED, "tu choi giai quyet"},
	    {OUTCOME_REFUSED, "khong giai quyet"},
	    {OUTCOME_REFUSED, "khong du dieu kien"},
	    {OUTCOME_REFUSED, "khong du dieu kien giai quyet"},
	    {OUTCOME_WITHDRAWN, "rut ho so"},
	    {OUTCOME_WITHDRAWN, "da rut"},
	    {OUTCOME_WITHDRAWN, "da rut ho so"},
	    {OUTCOME_WITHDRAWN, "cong dan rut"},
	    {OUTCOME_WITHDRAWN, "cong dan rut ho so"},
	    {OUTCOME_WITHDRAWN, "xin rut"},
	    {OUTCOME_RETURNED, "tra lai"},
	    {OUTCOME_RETURNED, "tra lai ho so"},
	    {OUTCOME_RETURNED, "da tra lai"},
	    {OUTCOME_RETURNED, "tra ho so"},
	    {OUTCOME_NONE, "moi tiep nhan"},
	    {OUTCOME_NONE, "da tiep nhan"},
	    {OUTCOME_NONE, "dang xu ly"},
	    {OUTCOME_NONE, "dang giai quyet"},
	    {OUTCOME_NONE, "cho xu ly"},
	    {OUTCOME_NONE, "chua giai quyet"},
	    {OUTCOME_NONE, "cho bo sung"},
	    {OUTCOME_NONE, "yeu cau bo sung"},
	};
	const char *folded;

	for (int i = 0; i < OUTCOME_COUNT; i++)
		if (strcmp(words, outcome_words[i]) == 0) {
			*out = (enum outcome)i;
			return true;
		}
	folded = search_text(a, words);
	for (size_t i = 0; i < COUNT(known); i++)
		if (strcmp(folded, known[i].words) == 0) {
			*out = known[i].outcome;
			return true;
		}
	for (int i = 1; i < OUTCOME_COUNT; i++)
		if (strcmp(folded, outcome_words[i]) == 0) {
			*out = (enum outcome)i;
			return true;
		}
	return false;
}

bool
dossier_consent_named(struct arena *a, const char *words, bool *out)
{
	static const char *const yes[] = {"co", "x", "dong y", "true"};
	static const char *const no[] = {"khong", "khong dong y", "false"};
	const char *folded;

	*out = strcmp(words, "1") == 0;
	if (*out || words[0] == '\0' || strcmp(words, "0") == 0)
		return true;
	folded = search_text(a, words);
	for (size_t i = 0; i < COUNT(yes); i++)
		if (strcmp(folded, yes[i]) == 0) {
			*out = true;
			return true;
		}
	for (size_t i = 0; i < COUNT(no); i++)
		if (strcmp(folded, no[i]) == 0)
			return true;
	return false;
}
