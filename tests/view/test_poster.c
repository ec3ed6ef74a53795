/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A poster is drawn by librsvg as a printer would, coarse and fine, and its QR
 * code is read back by zbar. HAILONG_PREVIEW=DIR keeps the SVG to look at.
 */
#include "server/report/poster.h"

#include <cairo.h>
#include <librsvg/rsvg.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zbar.h>
#include <cmocka.h>

#define LONG_PATH                                                              \
	"0123456789012345678901234567890123456789012345678901234567890123456"

static const struct poster posters[] = {
    {"LH1", "Bộ phận Một cửa thị trấn Liên Hương",
	"Ủy ban nhân dân thị trấn Liên Hương",
	"https://hailong.tuyphong.gov.vn/f/LH1", "0912 345 678", LANG_VI},
    {"TP1",
	"Bộ phận Tiếp nhận và Trả kết quả giải quyết thủ tục hành chính huyện",
	"Ủy ban nhân dân huyện Tuy Phong", "http://127.0.0.1:8080/f/TP1", NULL,
	LANG_EN},
    {"A&B", "<Tên & \"tên\">", "",
	"https://a.vn/" LONG_PATH LONG_PATH "/f/A?x=1&y=2", "8x88", LANG_VI},
};

/* fontconfig keeps its list of fonts until the process ends; that memory is
 * the library's, not a leak of ours. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}

static void
keep(const char *name, const struct buf *svg)
{
	char path[300];
	const char *folder = getenv("HAILONG_PREVIEW");
	if (folder == NULL)
		return;
	snprintf(path, sizeof(path), "%s/poster-%s.svg", folder, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fwrite(svg->data, 1, svg->size, f);
	fclose(f);
}

/* The poster as bytes of grey, width * height; the caller frees them. */
static unsigned char *
draw(const struct buf *svg, int width, int height)
{
	GError *error = NULL;
	RsvgHandle *handle = rsvg_handle_new_from_data(
	    (const guint8 *)svg->data, svg->size, &error);
	if (handle == NULL)
		fail_msg("%s", error->message);
	cairo_surface_t *s =
	    cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
	cairo_t *cr = cairo_create(s);
	RsvgRectangle page = {0, 0, width, height};
	assert_true(rsvg_handle_render_document(handle, cr, &page, &error));
	cairo_surface_flush(s);
	unsigned char *grey = malloc((size_t)width * (size_t)height);
	assert_non_null(grey);
	const unsigned char *pixels = cairo_image_surface_get_data(s);
	int stride = cairo_image_surface_get_stride(s);
	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++)
			grey[y * width + x] = pixels[y * stride + 4 * x + 1];
	}
	cairo_destroy(cr);
	cairo_surface_destroy(s);
	g_object_unref(handle);
	return grey;
}

static void
expect_code(const struct buf *svg, int width, const char *url)
{
	int height = width * 297 / 210;
	unsigned char *grey = draw(svg, width, height);
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, (unsigned)width, (unsigned)height);
	zbar_image_set_data(
	    image, grey, (unsigned long)width * (unsigned long)height, NULL);
	assert_int_equal(zbar_scan_image(scanner, image), 1);
	const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
	assert_int_equal(zbar_symbol_get_type(symbol), ZBAR_QRCODE);
	assert_string_equal(zbar_symbol_get_data(symbol), url);
	zbar_image_destroy(image);
	zbar_image_scanner_destroy(scanner);
	free(grey);
}

static void
test_code(void **state)
{
	(void)state;
	static const int widths[] = {800, 1240, 2480};
	for (size_t i = 0; i < sizeof(posters) / sizeof(*posters); i++) {
		struct buf svg;
		buf_init(&svg);
		assert_true(poster_svg(&posters[i], &svg));
		keep(posters[i].desk, &svg);
		for (size_t j = 0; j < sizeof(widths) / sizeof(*widths); j++)
			expect_code(&svg, widths[j], posters[i].url);
		buf_finish(&svg);
	}
}

static void
test_words(void **state)
{
	(void)state;
	struct buf svg;
	buf_init(&svg);
	assert_true(poster_svg(&posters[0], &svg));
	const char *all = buf_text(&svg);
	assert_non_null(strstr(all, ">hailong.tuyphong.gov.vn/f/LH1</text>"));
	assert_non_null(strstr(all, ">Rất không</text>"));
	assert_non_null(strstr(all, "LH1 5."));
	buf_clear(&svg);
	assert_true(poster_svg(&posters[1], &svg));
	all = buf_text(&svg);
	assert_non_null(strstr(all, ">http://127.0.0.1:8080/f/TP1</text>"));
	assert_non_null(strstr(all, ">dissatisfied</text>"));
	assert_null(strstr(all, "class=\"sms\""));
	buf_finish(&svg);
}

static void
test_refused(void **state)
{
	(void)state;
	char url[POSTER_URL_BYTES + 2];
	struct poster p = posters[0];
	struct buf svg;
	buf_init(&svg);
	p.url = "";
	assert_false(poster_svg(&p, &svg));
	memset(url, 'x', sizeof(url) - 1);
	url[sizeof(url) - 1] = '\0';
	p.url = url;
	assert_false(poster_svg(&p, &svg));
	assert_int_equal(svg.size, 0);
	url[POSTER_URL_BYTES] = '\0';
	assert_true(poster_svg(&p, &svg));
	buf_finish(&svg);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_code),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
