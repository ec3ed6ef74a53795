/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Orange and blue are told apart by nearly all people and the middle is grey,
 * but they need not be: steps stand in their order, with gaps between them, and
 * bear their digits. The colours are the same by day and by night, and so is
 * the ink on them (at least 4.5 : 1).
 */
#include "server/view/chart.h"

#include <string.h>
#include "server/view/chart_parts.h"
#include "server/view/html.h"

#define HEIGHT 32
#define GAP    0.4 /* percent of the width between two steps … */
#define SLIVER 0.4 /* … and of every step, before they share the rest */
#define ROOM   8   /* pixels around words, … */
#define TIGHT  2   /* … and around a digit */

struct step {
	double x, width; /* percent */
	int level;       /* 1..5 */
};

static const struct {
	const char *fill, *ink;
} colours[5] = {
    {"#b35806", "#fff"},
    {"#f1a340", "#1b2733"},
    {"#c3ccd6", "#1b2733"},
    {"#74a9cf", "#1b2733"},
    {"#0b4f8a", "#fff"},
};

static void
box(const struct step *s, struct buf *out)
{
	buf_printf(out, "<rect class=\"level-%d\"", s->level);
	part_at(out, "x", s->x);
	part_at(out, "width", s->width);
	buf_printf(out, " y=\"0\" height=\"%d\" rx=\"2\" fill=\"%s\"/>", HEIGHT,
	    colours[s->level - 1].fill);
}

static bool
fits(const char *words, double room, const struct step *s)
{
	return part_width(words) + room <= s->width * PART_NARROW / 100;
}

static void
levels_chart_words(const char *longer, const struct step *s, struct buf *out)
{
	char digit[2] = {(char)('0' + s->level), '\0'};
	const char *said = digit;

	if (longer != NULL && fits(longer, ROOM, s))
		said = longer;
	else if (!fits(digit, TIGHT, s))
		return;
	buf_puts(out, "<text");
	part_at(out, "x", s->x + s->width / 2);
	buf_printf(out,
	    " y=\"21\" text-anchor=\"middle\" font-size=\"13\" "
	    "font-weight=\"600\" fill=\"%s\">",
	    colours[s->level - 1].ink);
	html_text(out, said, strlen(said));
	buf_puts(out, "</text>");
}

static void
steps(const struct chart_levels *c, double total, int answered, struct buf *out)
{
	double shared = 100 - GAP * (answered - 1) - SLIVER * answered;
	struct step s = {0};

	for (int i = 0; i < 5; i++) {
		if (c->counts[i] == 0)
			continue;
		s.level = i + 1;
		s.width = SLIVER + shared * (double)c->counts[i] / total;
		box(&s, out);
		levels_chart_words(c->words[i], &s, out);
		s.x += s.width + GAP;
	}
}

bool
chart_levels(const struct chart_levels *c, struct buf *out)
{
	double total = 0;
	int answered = 0;

	for (int i = 0; i < 5; i++) {
		if (c->counts[i] < 0)
			return false;
		total += (double)c->counts[i];
		answered += c->counts[i] > 0;
	}
	part_open(out, "levels", HEIGHT, c->title);
	if (answered > 0)
		steps(c, total, answered, out);
	else
		buf_printf(out,
		    "<rect class=\"track\" width=\"100%%\" height=\"%d\" "
		    "rx=\"2\" fill=\"currentColor\" fill-opacity=\".1\"/>",
		    HEIGHT);
	buf_puts(out, "</svg>");
	return true;
}
