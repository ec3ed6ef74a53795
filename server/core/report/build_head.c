/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Head and tail after ND 30/2020 (DOMAIN 5.2). What staff entered stands as it
 * is; what they did not is proposed from the unit the report is of: "Thị trấn
 * Liên Hương" has the committee "ỦY BAN NHÂN DÂN THỊ TRẤN LIÊN HƯƠNG" and the
 * place "Liên Hương". Days and the first two months have two digits.
 */
#include "server/core/report/build_private.h"

#include <stdio.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/report/capitals.h"
#include "server/core/words.h"
#include "shared/civil.h"

const char *const report_head_keys[] = {"head.superior", "head.agency",
    "head.number", "head.sign", "head.place", "head.addressee",
    "head.authority", "head.post", "head.signer", "head.receivers", NULL};

/* The unit the report is of: what it is narrowed to, else the first without a
 * parent, the district. NULL: an empty catalogue. */
static const struct unit *
own_unit(const struct building *b)
{
	const struct report_filter *f = &b->source->filter;
	const struct catalogue *c = b->source->catalogue;

	if (f->unit[0] != '\0')
		return catalogue_unit(c, f->unit);
	if (f->within[0] != '\0')
		return catalogue_unit(c, f->within);
	for (size_t i = 0; i < c->nunits; i++)
		if (c->units[i].parent == NULL || c->units[i].parent[0] == '\0')
			return &c->units[i];
	return NULL;
}

static const char *
entered(const struct building *b, const char *key, const char *otherwise)
{
	const char *words = report_text_of(b->source, key);

	return words == NULL ? otherwise : words;
}

/* "Liên Hương" of "Thị trấn Liên Hương", a town. */
static const char *
place_of(const struct unit *unit)
{
	const char *level;
	char key[64];
	size_t n;

	if (unit == NULL)
		return "";
	snprintf(key, sizeof(key), "level.%s", unit->level);
	level = text_find(LANG_VI, key);
	n = level == NULL ? 0 : strlen(level);
	if (n > 0 && strncmp(unit->name, level, n) == 0 && unit->name[n] == ' ')
		return unit->name + n + 1;
	return unit->name;
}

static const char *
day_words(const struct building *b, const char *place)
{
	struct civil day = civil_from_day(b->source->period.day);

	return text_fill(b->arena, b->lang, "report.place_date", "place", place,
	    "day", arena_printf(b->arena, "%02d", day.day), "month",
	    arena_printf(b->arena, day.month < 3 ? "%02d" : "%d", day.month),
	    "year", arena_printf(b->arena, "%d", day.year), NULL);
}

static void
add_filter(struct building *b, const char **words, const char *part)
{
	*words = (*words)[0] == '\0'
		     ? part
		     : arena_printf(b->arena, "%s; %s", *words, part);
}

/* What narrows the report, so that a part never looks like the whole. */
static const char *
filter_words(struct building *b)
{
	const struct report_filter *f = &b->source->filter;
	const char *words = "";
	const char *unit = f->unit[0] != '\0' ? f->unit : f->within;

	if (unit[0] != '\0')
		add_filter(b, &words,
		    text_fill(b->arena, b->lang,
			f->alone && unit == f->unit ? "report.filter.alone"
						    : "report.filter.unit",
			"unit", figure_unit(b, unit), NULL));
	if (f->field[0] != '\0')
		add_filter(b, &words,
		    text_fill(b->arena, b->lang, "report.filter.field", "field",
			figure_field(b, f->field), NULL));
	if (f->channel[0] != '\0')
		add_filter(b, &words,
		    text_fill(b->arena, b->lang, "report.filter.channel",
			"channel", figure_channel(b, f->channel), NULL));
	return words[0] == '\0' ? ""
				: text_fill(b->arena, b->lang, "report.filter",
				      "filter", words, NULL);
}

/* How sure the figures are to stay. */
static const char *
state_of_figures(struct building *b)
{
	const struct report_period *p = &b->source->period;

	if (p->state == REPORT_CLOSED && p->revision < 2)
		return "";
	return text_fill(b->arena, b->lang,
	    p->state == REPORT_OPEN    ? "report.draft.open"
	    : p->state == REPORT_ENDED ? "report.draft.ended"
				       : "report.draft.revision",
	    "day", words_date(b->arena, p->day), "number",
	    arena_printf(b->arena, "%d", p->revision), NULL);
}

/* Above the first section: a trial is no report, and a draft no final one. */
static const char *
draft_words(struct building *b)
{
	const char *state = state_of_figures(b);

	return b->source->sample ? arena_printf(b->arena, "(%s) %s",
				       text(b->lang, "sample.banner"), state)
				 : state;
}

static void
add_receivers(struct building *b, struct report_head *h)
{
	const char *lines = entered(b, "head.receivers",
	    text(b->lang, h->addressee[0] == '\0' ? "report.receivers"
						  : "report.receivers.above"));

	while (*lines != '\0') {
		size_t n = strcspn(lines, "\r\n");
		const char **line;

		if (n > 0) {
			line = arena_append(b->arena, &h->receivers,
			    &h->nreceivers, sizeof(*h->receivers));
			*line = arena_strndup(b->arena, lines, n);
		}
		lines += n + (lines[n] != '\0');
	}
}

void
build_head(struct building *b)
{
	struct report_head *h = &b->out->head;
	const struct unit *unit = own_unit(b);
	const char *name = unit == NULL ? "" : unit->name;
	const char *addressee = entered(b, "head.addressee", "");
	const char *sign =
	    entered(b, "head.sign", text(b->lang, "report.sign"));
	const char *number = entered(b, "head.number", "      ");

	h->superior = capitals(b->arena, entered(b, "head.superior", ""));
	h->agency =
	    capitals(b->arena, entered(b, "head.agency",
				   text_fill(b->arena, b->lang, "report.agency",
				       "unit", name, NULL)));
	h->number = text_fill(b->arena, b->lang, "report.number", "number",
	    number, "sign", sign, NULL);
	h->nation = text(b->lang, "report.nation");
	h->motto = text(b->lang, "report.motto");
	h->place_date = day_words(b, entered(b, "head.place", place_of(unit)));
	h->kind = text(b->lang, "report.kind");
	h->subject = text(b->lang, "report.subject");
	h->subject_period =
	    words_period(b->arena, b->lang, &b->source->period.period);
	h->filter = filter_words(b);
	h->draft = draft_words(b);
	h->addressee = addressee[0] == '\0'
			   ? ""
			   : text_fill(b->arena, b->lang, "report.addressee",
				 "addressee", addressee, NULL);
	h->authority = capitals(b->arena,
	    entered(b, "head.authority", text(b->lang, "report.authority")));
	h->post = capitals(
	    b->arena, entered(b, "head.post", text(b->lang, "report.post")));
	h->signer = entered(b, "head.signer", "");
	h->receivers_title = text(b->lang, "report.receivers.title");
	add_receivers(b, h);
	h->annex_title = text(b->lang, "report.annex");
	h->annex = text_fill(b->arena, b->lang, "report.annex.of", "number",
	    number, "sign", sign, NULL);
}
