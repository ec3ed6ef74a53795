/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The catalogue's names begin with the kind of unit; diacritics go, capitals
 * stay. */
#include "server/core/dossier/agency.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/text/search_text.h"

static const char *const kinds[][2] = {{"Th\u1ecb tr\u1ea5n ", "UBND TT "},
    {"X\u00e3 ", "UBND xa "}, {"Ph\u01b0\u1eddng ", "UBND phuong "}};

const char *
agency_name(struct arena *a, const struct unit *unit, const char *usual)
{
	for (size_t i = 0; unit != NULL && i < sizeof(kinds) / sizeof(kinds[0]);
	     i++) {
		size_t n = strlen(kinds[i][0]);
		const char *name;

		if (strncmp(unit->name, kinds[i][0], n) != 0)
			continue;
		name = bare_text(a, unit->name + n);
		if (name == NULL)
			return usual;
		name = arena_printf(a, "%s%s", kinds[i][1], name);
		return strlen(name) <= AGENCY_MOST ? name : usual;
	}
	return usual;
}
