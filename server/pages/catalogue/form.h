/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page of one version of a form, from which the next one is made. */
#ifndef HAILONG_SERVER_PAGES_CATALOGUE_FORM_H
#define HAILONG_SERVER_PAGES_CATALOGUE_FORM_H

#include <stdbool.h>
#include "server/core/catalogue/folder.h"

struct catalogue_page;

/* Shows a version with the questions of the next one: as it stands, or with
 * what was entered and what is wrong with it. Returns status; 503 when the
 * database does not answer. */
int catalogue_form_show(const struct catalogue_page *c, int status,
    const struct sheet_row *row, const struct refusals *problems);
/* Reads the row that was entered: the questions of the newest version of the
 * code with the entered words and the next number. False: no such form. */
bool catalogue_form_read(const struct catalogue_page *c, struct sheet_row *out);

#endif
