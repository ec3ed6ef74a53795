/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the page showed is checked again: the catalogue may be another, and a
 * person may have looked for an hour. */
#include "server/register/bringing.h"

#include <stdio.h>
#include "server/store/dossier/dossier_mappings.h"
#include "shared/civil.h"

static bool
lay_good(void *context, const struct dossier *d, int line)
{
	(void)line;
	return context == NULL || arriving_add(context, d);
}

static bool
leave_bad(void *context, const struct table_row *row, const char *why)
{
	(void)context;
	(void)row;
	(void)why;
	return true;
}

/* The second reading, into the database. */
static bool
lay_second(const struct bringing *b, struct register_file *file,
    const struct register_found *first)
{
	struct register_found found = {0};
	struct arriving arriving;
	const struct register_sink sink = {lay_good, leave_bad, &arriving};
	bool ok;

	file->twins = &first->twins;
	if (!arriving_begin(&arriving, b->db, b->keys, &b->import))
		return false;
	ok = register_file_read(file, &sink, &found) &&
	     arriving_end(&arriving, &found.counts);
	if (!ok)
		arriving_drop(&arriving);
	register_found_finish(&found);
	return ok;
}

bool
bring_file(const struct bringing *b, char *why, size_t why_size)
{
	const struct register_sink nothing = {lay_good, leave_bad, NULL};
	struct register_found first = {0};
	struct dossier_names names;
	struct register_file file = {.path = b->path,
	    .names = &names,
	    .today = civil_local_day(b->import.at)};
	struct arena a;
	bool ok;

	arena_init(&a);
	why[0] = '\0';
	dossier_names_make(&a, b->catalogue, &names);
	ok = store_mappings(b->db, &a, &file.mappings, &file.nmappings);
	if (ok && !register_file_read(&file, &nothing, &first)) {
		snprintf(why, why_size, "%s", first.error);
		ok = false;
	} else if (ok && first.counts.bad > 0 &&
		   (!b->partial || first.counts.bad == first.counts.rows)) {
		snprintf(why, why_size, "%zu of %zu rows are bad",
		    first.counts.bad, first.counts.rows);
		ok = false;
	}
	ok = ok && lay_second(b, &file, &first);
	register_found_finish(&first);
	arena_finish(&a);
	return ok;
}
