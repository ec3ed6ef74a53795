/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of scores as JSON (contract, section 2) and CSV. Percent, 12 significant
 * digits, nothing rounded before. */
#ifndef HAILONG_SERVER_CORE_SCORE_SCORE_WRITE_H
#define HAILONG_SERVER_CORE_SCORE_SCORE_WRITE_H

struct buf;
struct score;
struct score_rows;

/* Appends a JSON array of the rows. */
void scores_json(const struct score_rows *rows, struct buf *out);
/* Appends CSV with a header line, comma separated, RFC 4180. */
void scores_csv(const struct score_rows *rows, struct buf *out);
/* What tells a row from its neighbours, in the catalogue's codes: "dat-dai",
 * "22969", "tthc"; "-" where it is unknown. */
const char *score_name(const struct score *row);

#endif
