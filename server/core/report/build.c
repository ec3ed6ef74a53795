/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The order of a report: four sections, and an annex with the tables that need
 * a page across and with how the figures were made (DOMAIN 5.3). What stands in
 * a section is in a file of its own.
 */
#include "server/core/report/build_private.h"

const char *const report_passage_keys[] = {"text.plan", "text.comments",
    "text.strengths", "text.weaknesses", "text.causes", "text.remedies",
    "text.proposals", NULL};

static void
section(struct building *b, const char *words)
{
	block_add(b, BLOCK_SECTION, words);
}

static void
heading(struct building *b, const char *words)
{
	block_add(b, BLOCK_HEADING, words);
}

static void
build_body(struct building *b)
{
	section(b, text(b->lang, "report.section.1"));
	block_passage(b, "text.plan", proposed_plan(b));
	build_coverage(b);
	section(b, text(b->lang, "report.section.2"));
	heading(b, text(b->lang, "report.heading.general"));
	build_general(b);
	heading(b, text(b->lang, "report.heading.units"));
	build_units(b);
	heading(b, text(b->lang, "report.heading.fields"));
	build_fields(b);
	heading(b, text(b->lang, "report.heading.criteria"));
	build_criteria(b);
	heading(b, text(b->lang, "report.heading.channels"));
	build_channels(b);
	heading(b, text(b->lang, "report.heading.comments"));
	build_reasons(b);
	block_passage(b, "text.comments", NULL);
	heading(b, text(b->lang, "report.heading.aside"));
	build_aside(b);
	section(b, text(b->lang, "report.section.3"));
	heading(b, text(b->lang, "report.heading.strengths"));
	block_passage(b, "text.strengths", proposed_strengths(b));
	heading(b, text(b->lang, "report.heading.weaknesses"));
	block_passage(b, "text.weaknesses", proposed_weaknesses(b));
	heading(b, text(b->lang, "report.heading.causes"));
	block_passage(b, "text.causes", proposed_causes(b));
	build_explained(b);
	section(b, text(b->lang, "report.section.4"));
	block_passage(b, "text.remedies", proposed_remedies(b));
	build_measures(b);
	block_passage(b, "text.proposals", NULL);
	block_add(b, BLOCK_PARAGRAPH,
	    text_fill(b->arena, b->lang, "report.closing", "period",
		figure_period(b), NULL));
}

void
report_build(const struct report_source *source, enum lang lang,
    struct arena *a, struct report *out)
{
	struct building b = {.source = source,
	    .lang = lang,
	    .arena = a,
	    .to = {.arena = a, .lang = lang, .least = source->least},
	    .out = out};

	*out = (struct report){.lang = lang, .source = source};
	figure_rows(&b, BY_POPULATION, NULL, &b.populations);
	figure_rows(&b, BY_UNIT, "tthc", &b.units);
	figure_rows(&b, BY_FIELD, "tthc", &b.fields);
	build_head(&b);
	build_body(&b);
	b.annexed = true;
	build_wide(&b);
	build_scheme(&b);
	build_method(&b);
}
