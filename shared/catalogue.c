/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table over the embedded files. catalogue.cmake writes one
 * CATALOGUE_FILE line for each file of shared/catalogue/; we read the list
 * twice, once to declare the symbols and once to fill the table.
 */
#include "shared/catalogue.h"

#define CATALOGUE_FILE(name, symbol, size) extern const char symbol[];
#include "catalogue_list.h"
#undef CATALOGUE_FILE

#define CATALOGUE_FILE(name, symbol, size) {name, symbol, size},
const struct catalogue_file catalogue_files[] = {
#include "catalogue_list.h"
    {NULL, NULL, 0}};
