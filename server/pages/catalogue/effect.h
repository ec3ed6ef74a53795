/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a change of the catalogue does to the quarter that runs. */
#ifndef HAILONG_SERVER_PAGES_CATALOGUE_EFFECT_H
#define HAILONG_SERVER_PAGES_CATALOGUE_EFFECT_H

#include <jansson.h>

struct catalogue_page;
struct revision;

/* The document of catalogue/effect.html, and some: bool, there are rows; NULL
 * when the database does not answer. The caller owns it. */
json_t *catalogue_effect_document(
    const struct catalogue_page *c, const struct revision *revision);

#endif
