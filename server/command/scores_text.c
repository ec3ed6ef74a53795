/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The numbers are those of the pages (view/number): a share of 89.96 % is not
 * written as the 90.0 that it did not reach. */
#include "server/command/scores_text.h"

#include <stddef.h>
#include <string.h>

#include "server/core/score/intervals.h"
#include "server/core/score/judge.h"
#include "server/core/score/score.h"
#include "server/core/score/score_write.h"
#include "server/view/number.h"
#include "shared/buf.h"

static void
scores_text_figures(const struct score *row, struct buf *out)
{
	const struct judgement *j = &row->judgement;
	char share[NUMBER_TEXT], lo[NUMBER_TEXT], hi[NUMBER_TEXT];

	if (j->valid == 0) {
		buf_printf(out, "%8s", "-");
	} else {
		number_share(
		    j->satisfied, j->valid, (int)row->percent4, '.', share);
		buf_printf(out, "%7s%%", share);
	}
	if (!interval_defined(row->judged)) {
		buf_printf(out, " %15s", "-");
	} else {
		number_low(100 * row->judged.lo, (int)row->percent4, '.', lo);
		number_high(100 * row->judged.hi, (int)row->percent4, '.', hi);
		buf_printf(out, " %6s-%7s%%", lo, hi);
	}
}

void
scores_text(const struct score_rows *rows, struct buf *out)
{
	char target[NUMBER_TEXT];

	buf_printf(out, "%-28s %8s %7s %8s %15s  %s\n", rows->period, "target",
	    "valid", "share", "interval", "verdict");
	for (size_t i = 0; i < rows->count; i++) {
		const struct score *row = &rows->rows[i];

		number_target((int)row->percent4, '.', target);
		buf_printf(out, "%-28s %7s%% %7lld ", score_name(row), target,
		    (long long)row->judgement.valid);
		scores_text_figures(row, out);
		buf_printf(out, "  %s%s%s\n",
		    verdict_name(row->judgement.verdict),
		    row->lean == LEAN_BELOW   ? ", below now"
		    : row->lean == LEAN_ABOVE ? ", above now"
					      : "",
		    row->reason == NULL                 ? ""
		    : strcmp(row->reason, "desks") == 0 ? " (desks differ)"
							: " (few desks)");
	}
}
