/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tables over the embedded files. catalogue.cmake writes one
 * CATALOGUE_FILE line for each file of an edition; we read the lists twice,
 * once to declare the symbols and once to fill the tables.
 */
#include "shared/catalogue.h"

#include <string.h>

#define CATALOGUE_FILE(name, symbol, size) extern const char symbol[];
#include "catalogue_list.h"
/* most are the same, declared once more */
#include "catalogue_2025_list.h"
#undef CATALOGUE_FILE

#define CATALOGUE_FILE(name, symbol, size) {name, symbol, size},
const struct catalogue_file catalogue_files[] = {
#include "catalogue_list.h"
    {NULL, NULL, 0}};

static const struct catalogue_file files_2025[] = {
#include "catalogue_2025_list.h"
    {NULL, NULL, 0}};

const struct catalogue_edition catalogue_editions[] = {
    {"tuy-phong-2022", catalogue_files},
    {"tuy-phong-2025", files_2025},
    {NULL, NULL},
};

const struct catalogue_file *
catalogue_edition(const char *name)
{
	for (const struct catalogue_edition *e = catalogue_editions;
	     e->name != NULL; e++)
		if (strcmp(e->name, name) == 0)
			return e->files;
	return NULL;
}
