/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The menu on top of every staff page. */
#ifndef HAILONG_SERVER_PAGES_MENU_H
#define HAILONG_SERVER_PAGES_MENU_H

#include <jansson.h>

struct page;

/* The pages there are for the reader, in the menu's order: [{path, href, title,
 * here: bool}]; the caller owns it. Empty for a reader who is not signed in. */
json_t *menu_of(const struct page *page);
/* Gives the page of a path another address, that keeps what was chosen. */
void menu_lead(json_t *menu, const char *path, const char *address);

#endif
