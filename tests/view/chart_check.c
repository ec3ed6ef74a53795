/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The height of a picture stands in its text, the width is the test's. */
#include "tests/view/chart_check.h"

#include <cairo.h>
#include <librsvg/rsvg.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* fontconfig keeps its list of fonts until the process ends; that memory is
 * the library's, not a leak of ours. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}

void
expect_part(const struct buf *svg, const char *part)
{
	if (strstr(buf_text(svg), part) == NULL)
		fail_msg("no %s in %s", part, buf_text(svg));
}

void
expect_no_part(const struct buf *svg, const char *part)
{
	if (strstr(buf_text(svg), part) != NULL)
		fail_msg("%s in %s", part, buf_text(svg));
}

int
count_parts(const struct buf *svg, const char *part)
{
	int n = 0;

	for (const char *c = buf_text(svg); (c = strstr(c, part)); c++)
		n++;
	return n;
}

static int
height_of(const struct buf *svg)
{
	const char *height = strstr(buf_text(svg), " height=\"");

	assert_non_null(height);
	return atoi(height + strlen(" height=\""));
}

static cairo_surface_t *
draw(const struct buf *svg, int width)
{
	RsvgRectangle page = {0, 0, width, height_of(svg)};
	GError *error = NULL;
	RsvgHandle *handle = rsvg_handle_new_from_data(
	    (const guint8 *)svg->data, svg->size, &error);
	cairo_surface_t *s = cairo_image_surface_create(
	    CAIRO_FORMAT_RGB24, width, height_of(svg));
	cairo_t *cr = cairo_create(s);

	if (handle == NULL)
		fail_msg("%s in %s", error->message, buf_text(svg));
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	assert_true(rsvg_handle_render_document(handle, cr, &page, &error));
	cairo_surface_flush(s);
	cairo_destroy(cr);
	g_object_unref(handle);
	return s;
}

unsigned
colour_at(const struct buf *svg, int width, double x, int y)
{
	cairo_surface_t *s = draw(svg, width);
	const unsigned char *row = cairo_image_surface_get_data(s) +
				   y * cairo_image_surface_get_stride(s);
	uint32_t pixel;

	memcpy(&pixel, row + 4 * (int)(x * width / 100), sizeof(pixel));
	cairo_surface_destroy(s);
	return pixel & 0xFFFFFF;
}

/* Draws, and keeps where somebody wants to look. */
static void
keep(const char *name, const struct buf *svg)
{
	static const int widths[] = {320, 1200};
	const char *folder = getenv("HAILONG_PREVIEW");
	char path[300];

	for (size_t i = 0; i < 2; i++) {
		cairo_surface_t *s = draw(svg, widths[i]);

		snprintf(path, sizeof(path), "%s/%s-%d.png", folder, name,
		    widths[i]);
		if (folder != NULL)
			cairo_surface_write_to_png(s, path);
		cairo_surface_destroy(s);
	}
	if (folder == NULL)
		return;
	snprintf(path, sizeof(path), "%s/%s.svg", folder, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "%s\n", buf_text(svg));
	fclose(f);
}

void
expect_golden(const char *name, const struct buf *svg)
{
	char path[100];
	struct buf want;

	keep(name, svg);
	snprintf(path, sizeof(path), "data/charts/%s.svg", name);
	buf_init(&want);
	if (!buf_read_file(&want, path, 100000))
		fail_msg("%s cannot be read", path);
	/* a text file ends with a line's end */
	assert_int_equal(want.size, svg->size + 1);
	assert_memory_equal(want.data, svg->data, svg->size);
	buf_finish(&want);
}
