/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the pages begin on which the catalogue is kept. The catalogue is the
 * whole district's: a reader with a unit of his own is refused (403). Admins
 * change, auditors read.
 */
#ifndef HAILONG_SERVER_PAGES_CATALOGUE_CATALOGUE_PAGE_H
#define HAILONG_SERVER_PAGES_CATALOGUE_CATALOGUE_PAGE_H

#include <jansson.h>
#include "server/core/catalogue/folder.h"

struct page;

struct catalogue_page {
	const struct page *page;
	struct folder folder; /* the catalogue as it is */
};

/* Begins: 0, or the status of the answer (403, 503). */
int catalogue_page_open(struct catalogue_page *out, const struct page *page);
/* The document: that of page_document, and may: bool, the reader may change;
 * done: what was just done, in words, or null; up: the way to the index of
 * these pages. */
json_t *catalogue_page_document(const struct page *page);
/* The address of a sheet, or of one of its rows (key NULL: the sheet's); done:
 * word of admin.done.*, NULL none. */
const char *catalogue_page_address(const struct page *page,
    enum sheet_name sheet, const char *key, const char *done);

#endif
