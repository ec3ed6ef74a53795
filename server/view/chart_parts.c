/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Letters, ground, marks and lines take the colour of the text around the
 * picture (currentColor), so that they change with it between light and dark;
 * only bands have a colour of their own, and rims that of paper. All are
 * presentation attributes, which a style sheet refines through the classes: a
 * Content-Security-Policy forbids style="".
 */
#include "server/view/chart_parts.h"

#include <math.h>
#include <string.h>
#include "server/view/html.h"
#include "shared/utf8.h"

bool
part_is_percent(double value)
{
	return isfinite(value) && value >= 0 && value <= 100;
}

double
part_place(double from, double percent)
{
	return fmax(0, (percent - from) / (100 - from));
}

double
part_width(const char *words)
{
	return PART_LETTER * (double)utf8_length(words);
}

void
part_open(struct buf *out, const char *class, int height, const char *title)
{
	buf_puts(out, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
	html_attr(out, "class", class);
	buf_printf(
	    out, " role=\"img\" width=\"100%%\" height=\"%d\"><title>", height);
	html_text(out, title, strlen(title));
	buf_puts(out, "</title>");
}

/* Appends ` name="12.34` by whole numbers: printf follows the process's locale,
 * SVG knows no decimal comma; and a page has thousands of these. */
static void
attribute(struct buf *out, const char *name, double value, int decimals)
{
	long unit = decimals == 1 ? 10 : 100;
	long units = lround(value * (double)unit);

	buf_putc(out, ' ');
	buf_puts(out, name);
	buf_puts(out, "=\"");
	buf_int(out, units / unit);
	buf_putc(out, '.');
	if (decimals == 2)
		buf_putc(out, (char)('0' + units / 10 % 10));
	buf_putc(out, (char)('0' + units % 10));
}

void
part_at(struct buf *out, const char *name, double percent)
{
	attribute(out, name, percent, 2);
	buf_puts(out, "%\"");
}

void
part_px(struct buf *out, const char *name, double pixels)
{
	attribute(out, name, pixels, 1);
	buf_putc(out, '"');
}

void
part_track(struct buf *out)
{
	buf_printf(out,
	    "<rect class=\"track\" x=\"0\" y=\"%d\" width=\"100%%\" "
	    "height=\"%d\" rx=\"6\" fill=\"currentColor\" "
	    "fill-opacity=\".1\"/>",
	    PART_BAR_Y, PART_BAR_HEIGHT);
}

void
part_band(struct buf *out, double lo, double hi)
{
	buf_puts(out, "<rect class=\"band\"");
	part_at(out, "x", lo);
	part_at(out, "width", hi - lo);
	buf_printf(out,
	    " y=\"%d\" height=\"%d\" rx=\"3\" fill=\"" PART_BLUE "\"/>",
	    PART_BAR_Y, PART_BAR_HEIGHT);
}

/* A nested svg carries the shape to a place in percent. */
void
part_mark(struct buf *out, double x, enum part_mark mark)
{
	static const char *const shapes[] = {
	    [PART_DOT] = "<circle r=\"4.5\"",
	    [PART_ARROW_LEFT] = "<path d=\"M1 0l9-6v12z\"",
	    [PART_ARROW_RIGHT] = "<path d=\"M-1 0l-9-6v12z\"",
	};

	buf_puts(out, "<svg class=\"share\" overflow=\"visible\"");
	part_at(out, "x", x);
	buf_printf(out, " y=\"%d\">%s", PART_BAR_MIDDLE, shapes[mark]);
	buf_puts(out, " fill=\"currentColor\" stroke=\"#fff\" "
		      "stroke-width=\"1.5\"/></svg>");
}

void
part_labels(struct buf *out)
{
	buf_puts(out, "<g class=\"label\" font-size=\"13\" "
		      "fill=\"currentColor\" fill-opacity=\".8\">");
}

void
part_labels_end(struct buf *out)
{
	buf_puts(out, "</g>");
}

void
part_label(
    struct buf *out, double x, double y, const char *anchor, const char *words)
{
	buf_puts(out, "<text");
	part_at(out, "x", x);
	part_px(out, "y", y);
	html_attr(out, "text-anchor", anchor);
	buf_putc(out, '>');
	html_text(out, words, strlen(words));
	buf_puts(out, "</text>");
}
