/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of a register's page. */
#ifndef HAILONG_SERVER_PAGES_REGISTER_REGISTER_H
#define HAILONG_SERVER_PAGES_REGISTER_REGISTER_H

#include <jansson.h>
#include "server/register/preview.h"
#include "server/register/sample.h"

struct page;

/* The columns with what they mean and ten rows: members of
 * register/columns.html. */
json_t *register_columns_document(
    const struct page *page, const struct register_sample *sample);
/* What would change, and what would be left out: members of
 * register/preview.html. */
json_t *register_preview_document(
    const struct page *page, const struct preview *preview);
/* Why a row is left out, in the reader's language. */
const char *register_why(const struct page *page, const char *why);
/* What it does to the quarter that runs: {period, rows}; NULL when nothing, or
 * the database does not answer. */
json_t *register_effect_document(
    const struct page *page, const struct preview *preview);

#endif
