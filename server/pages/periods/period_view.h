/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the pages of the periods share: which one the address names, where it
 * stands, who the reader is to it, and what came after it was frozen. */
#ifndef HAILONG_SERVER_PAGES_PERIODS_PERIOD_VIEW_H
#define HAILONG_SERVER_PAGES_PERIODS_PERIOD_VIEW_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/period/closed_period.h"
#include "server/core/period/closing.h"
#include "server/core/period/late.h"
#include "server/store/period/periods.h"

struct page;
struct submission;

struct period_view {
	const struct page *page;
	int32_t today; /* local */
	const char *name;
	struct period_row row;
	const struct closed_period *closed; /* NULL: its figures move */
	struct submission *reports;         /* of the units */
	size_t nreports;
};

/* Who the reader is to the closing of periods. */
enum office period_view_office(const struct page *page);
/* The period of the address's first part, with its days as they count. 200, or
 * 404 (no such period, a range, or not begun), 503. */
int period_view_read(struct period_view *v, const struct page *page);
/* "/staff/periods/2026-Q3", in the reader's language. */
const char *period_view_path(const struct page *page, const struct period *p);
/* "Quý III năm 2026". */
const char *period_view_title(const struct page *page, const struct period *p);
/* What differs between two states of a period's counts (a snapshot's number; 0:
 * now). False when the database does not answer. */
bool period_view_late(const struct page *page, const struct period *p,
    int64_t then, int64_t now, struct late *out);
/* The difference in words, "12 phiếu, …"; numbers under the smallest group are
 * not told. NULL: there is none. */
const char *period_view_late_words(
    const struct page *page, const struct late *late);
/* A table of the rows that differ, by population and by unit: null, or
 * [{name, answers, then: {valid, share, verdict}, now: {…}}]. NULL when the
 * database does not answer. */
json_t *period_view_changes(
    const struct period_view *v, int64_t then, int64_t now);

#endif
