/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One row of a table, whichever file it came from. */
#ifndef HAILONG_SERVER_CORE_TEXT_TABLE_ROW_H
#define HAILONG_SERVER_CORE_TEXT_TABLE_ROW_H

#include <stddef.h>

#define TABLE_COLUMNS 256 /* columns a table may have */

struct table_row {
	const char **cells; /* UTF-8, "" for an empty one */
	size_t ncells;
	int line; /* of a text where the row begins, of a sheet its number */
};

#endif
