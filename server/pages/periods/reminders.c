/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A unit's manager is told of each report that is still to be submitted; the
 * district's of each period: how many reports lack, how many wait to be read.
 * Proposals to close wait for whoever may confirm them.
 */
#include "server/pages/periods/reminders.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/words.h"
#include "server/pages/page.h"
#include "server/pages/periods/period_view.h"
#include "server/store/period/submissions.h"
#include "shared/civil.h"

static void
add_reminder(json_t *list, const char *href, const char *words, bool late)
{
	json_t *row = json_object();

	put_text(row, "href", href);
	put_text(row, "words", words);
	put_flag(row, "late", late);
	json_array_append_new(list, row);
}

static const char *
title_of(const struct page *page, const char *name)
{
	struct period p;

	return closed_period_parse(page->ctx->catalogue, name, &p, NULL)
		   ? period_view_title(page, &p)
		   : name;
}

static bool
to_be_sent(const struct submission *s)
{
	return s->state == SUBMISSION_DRAFT || s->state == SUBMISSION_RETURNED;
}

/* Of a unit's own manager: what is to be written. */
static void
add_own(const struct page *page, const struct submission *s, int32_t today,
    json_t *list)
{
	if (!to_be_sent(s) || !page_may_see(page, s->unit))
		return;
	add_reminder(list,
	    page_address(page,
		arena_printf(
		    page->arena, "/staff/periods/%s/%s", s->period, s->unit),
		NULL),
	    page_fill(page,
		s->state == SUBMISSION_RETURNED ? "reminder.returned"
						: "reminder.send",
		"period", title_of(page, s->period), "unit",
		page_unit_name(page, s->unit), "due",
		words_date(page->arena, s->due)),
	    today > s->due);
}

/* Of the district: the reports of one period that are not accepted, list[0] to
 * list[n - 1]. */
static void
add_period(const struct page *page, const struct submission *s, size_t n,
    int32_t today, json_t *list)
{
	int64_t lack = 0, late = 0, wait = 0;

	for (size_t i = 0; i < n; i++) {
		lack += to_be_sent(&s[i]);
		late += to_be_sent(&s[i]) && today > s[i].due;
		wait += s[i].state == SUBMISSION_SUBMITTED;
	}
	add_reminder(list,
	    page_address(page,
		arena_printf(page->arena, "/staff/periods/%s", s[0].period),
		NULL),
	    page_fill(page, "reminder.reports", "period",
		title_of(page, s[0].period), "lack", page_count(page, lack),
		"late", page_count(page, late), "wait", page_count(page, wait)),
	    late > 0);
}

/* Proposals that the reader may decide about. */
static bool
add_proposals(const struct page *page, enum office office, json_t *list)
{
	struct period_row *rows;
	size_t count;

	if (!store_periods(page->ctx->db, page->arena, &rows, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct closing_act act = {.state = rows[i].state,
		    .deed = CLOSING_CONFIRM,
		    .office = office,
		    .proposer = strcmp(rows[i].proposed_by,
				    page->req->caller.login) == 0,
		    .ended = true,
		    .reason = true};
		enum closing_state next;

		if (closing_may(&act, &next) == CLOSING_MAY)
			add_reminder(list,
			    period_view_path(page, &rows[i].period),
			    page_fill(page, "reminder.confirm", "period",
				period_view_title(page, &rows[i].period)),
			    false);
	}
	return true;
}

static bool
add_reports(const struct page *page, enum office office, json_t *list)
{
	int32_t today = civil_local_day(page->req->now);
	struct submission *s;
	size_t n, i = 0, end;

	if (!store_submissions(page->ctx->db, page->arena, NULL, &s, &n))
		return false;
	while (i < n) {
		for (end = i + 1;
		     end < n && strcmp(s[end].period, s[i].period) == 0; end++)
			;
		if (office == OFFICE_DISTRICT)
			add_period(page, &s[i], end - i, today, list);
		for (size_t k = i; k < end && office == OFFICE_UNIT; k++)
			add_own(page, &s[k], today, list);
		i = end;
	}
	return true;
}

json_t *
reminders_document(const struct page *page)
{
	enum office office = period_view_office(page);
	json_t *list;

	if (office != OFFICE_UNIT && office != OFFICE_DISTRICT &&
	    office != OFFICE_AUDITOR)
		return NULL;
	list = json_array();
	if (!add_proposals(page, office, list) ||
	    !add_reports(page, office, list) || json_array_size(list) == 0) {
		json_decref(list);
		return NULL;
	}
	return list;
}
