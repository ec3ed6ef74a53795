/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of scores as a table for a terminal. */
#ifndef HAILONG_SERVER_COMMAND_SCORES_TEXT_H
#define HAILONG_SERVER_COMMAND_SCORES_TEXT_H

struct buf;
struct score_rows;

/* Appends aligned columns, percentages rounded as on the screens (STATISTICS,
 * section 8); "-" for what a row does not have. */
void scores_text(const struct score_rows *rows, struct buf *out);

#endif
