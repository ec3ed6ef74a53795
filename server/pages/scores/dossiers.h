/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands beside the answers: dossiers, answers that are not counted, and
 * figures made in another way. Parts of the drill-down. */
#ifndef HAILONG_SERVER_PAGES_SCORES_DOSSIERS_H
#define HAILONG_SERVER_PAGES_SCORES_DOSSIERS_H

#include <jansson.h>
#include "server/core/score/score.h"

struct scope;

/* dossiers.html: the dossiers of the scope; null where none were announced. */
json_t *dossiers_document(const struct scope *scope, const struct score *whole);
/* aside.html: what was set aside and what difference it makes. */
json_t *aside_document(const struct scope *scope, const struct score *whole);
/* adjusted.html: the share weighted by dossiers, and with alike people at one
 * desk; null where neither can be made. */
json_t *adjusted_document(const struct scope *scope, const struct score *whole);

#endif
