/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every *.html of this folder, embedded; "board" is board.html. The table is
 * made by templates.cmake. */
#ifndef HAILONG_SERVER_PAGES_TEMPLATES_H
#define HAILONG_SERVER_PAGES_TEMPLATES_H

#include "server/view/template.h"

extern const struct template_set page_templates;

#endif
