/* SPDX-License-Identifier: GPL-2.0-or-later */
/* First what the sheets refer to, then one sheet after the other. Macros of an
 * XLSM are a part like others that is not read. */
#include <stdlib.h>
#include "server/table/xlsx_private.h"

bool
table_read_xlsx(struct table_reading *t)
{
	struct xlsx x = {.t = t};
	enum table_go go = TABLE_ON;
	bool ok;

	arena_init(&x.arena);
	buf_init(&x.texts);
	ok = xlsx_read_parts(&x);
	for (size_t i = 0; ok && i < x.nsheets && go != TABLE_STOP; i++)
		if (x.sheets[i].part != NULL &&
		    t->taker->sheet(t->taker->context, x.sheets[i].name))
			ok = xlsx_read_sheet(&x, &x.sheets[i], &go);
	buf_finish(&x.texts);
	free(x.text_at);
	free(x.dated);
	arena_finish(&x.arena);
	return ok;
}
