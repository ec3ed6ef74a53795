/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every *.html of this folder and those below it, embedded; "scores/board" is
 * scores/board.html. The table is made by templates.cmake. */
#ifndef HAILONG_SERVER_PAGES_TEMPLATES_H
#define HAILONG_SERVER_PAGES_TEMPLATES_H

#include "server/view/template.h"

extern const struct template_set page_templates;

#endif
