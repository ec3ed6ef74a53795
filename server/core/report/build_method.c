/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the figures came about, so that a reader can judge and recompute them:
 * formula and version, n and interval, what belongs to the period, who answers
 * (and who does not), forms and their versions, who closed it.
 */
#include "server/core/report/build_private.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/score/formula.h"
#include "server/core/words.h"

static void
item(struct building *b, const char *words)
{
	block_add(b, BLOCK_ITEM, words);
}

static const char *
days_words(struct building *b)
{
	const struct report_period *p = &b->source->period;

	return text_fill(b->arena, b->lang,
	    p->period.cut == PERIOD_ND09 ? "report.method.nd09"
					 : "report.method.calendar",
	    "from", words_date(b->arena, p->period.first), "to",
	    words_date(b->arena, p->period.last), "days",
	    figure_number(b, p->period.last - p->period.first + 1), NULL);
}

static const char *
formulas_words(struct building *b)
{
	const struct formula *f = formula_at(0);

	return text_fill(b->arena, b->lang, "report.method.formula", "name",
	    f->name, "version", arena_printf(b->arena, "%d", f->version),
	    "words", text(b->lang, f->text), NULL);
}

/* "one-stop 1, sipas-2022 1": forms with answers in the period, all versions
 * the catalogue has of them. */
static const char *
forms_words(struct building *b)
{
	const struct report_source *s = b->source;
	const char *words = "";

	for (size_t i = 0; i < s->catalogue->nforms; i++) {
		const struct form *form = &s->catalogue->forms[i];
		bool used = false;

		for (size_t k = 0; k < s->tallies.count && !used; k++)
			used = strcmp(s->tallies.rows[k].key.form,
				   form->code) == 0;
		if (used)
			words = arena_printf(b->arena, "%s%s%s (%d)", words,
			    words[0] == '\0' ? "" : ", ", form->code,
			    form->version);
	}
	return words;
}

static void
closing_items(struct building *b)
{
	const struct report_period *p = &b->source->period;

	if (p->state != REPORT_CLOSED)
		return;
	item(b, text_fill(b->arena, b->lang, "report.method.closed", "day",
		    words_date(b->arena, p->closed), "by", p->closed_by,
		    "confirmed", p->confirmed_by, "revision",
		    arena_printf(b->arena, "%d", p->revision), NULL));
	if (p->late_answers > 0 || p->late_dossiers > 0)
		item(b,
		    text_fill(b->arena, b->lang, "report.method.late",
			"answers", figure_number(b, p->late_answers),
			"dossiers", figure_number(b, p->late_dossiers), NULL));
}

void
build_method(struct building *b)
{
	const char *forms = forms_words(b);

	block_add(b, BLOCK_HEADING, text(b->lang, "report.heading.method"));
	item(b, formulas_words(b));
	item(b, days_words(b));
	item(b, text(b->lang, "report.method.coverage"));
	item(b, text(b->lang, "report.method.interval"));
	item(b, text(b->lang, "report.method.verdict"));
	item(b, text(b->lang, "report.method.pooled"));
	item(b, text(b->lang, "report.method.channels"));
	item(b, text(b->lang, "note.selfselect"));
	item(b, text(b->lang, "report.method.aside"));
	if (b->source->least > 0)
		item(b, text_fill(b->arena, b->lang, "report.method.least",
			    "least", figure_number(b, b->source->least), NULL));
	if (forms[0] != '\0')
		item(b, text_fill(b->arena, b->lang, "report.method.forms",
			    "forms", forms, NULL));
	item(b, text(b->lang, "note.name"));
	closing_items(b);
}
