/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Addresses of style sheets, scripts and the icon. */
#ifndef HAILONG_SERVER_PAGES_ASSETS_H
#define HAILONG_SERVER_PAGES_ASSETS_H

/* "/static/form.1f0c2d3e.css" for "form.css"; "" where there is no such file;
 * static memory. */
const char *asset_url(const char *name);

#endif
