/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page of one row of the catalogue. */
#ifndef HAILONG_SERVER_PAGES_CATALOGUE_ROW_H
#define HAILONG_SERVER_PAGES_CATALOGUE_ROW_H

#include "server/core/catalogue/folder.h"

struct catalogue_page;

/* Shows a row with its form: as it stands, or with what was entered and what is
 * wrong with it. row: the cells to show; was: as it stands, NULL: it is a new
 * one; problems NULL: none. Returns status; 503 when the database does not
 * answer. */
int catalogue_row_show(const struct catalogue_page *c, int status,
    enum sheet_name sheet, const struct sheet_row *row,
    const struct sheet_row *was, const struct refusals *problems);

#endif
