/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The QR that a phone reads when it is set up as a second factor: its path is
 * painted module by module and read back by zbar. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/view/qr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zbar.h>

#define SCALE 4 /* px of a module */

/* Paints the path's runs; the caller frees the picture. */
static unsigned char *
paint(const char *path, int edge)
{
	int side = edge * SCALE, x, y, right, left, used;
	unsigned char *grey = malloc((size_t)side * (size_t)side);

	assert_non_null(grey);
	memset(grey, 255, (size_t)side * (size_t)side);
	for (; *path != '\0'; path += used) {
		used = 0;
		assert_int_equal(sscanf(path, "M%d %dh%dv1h%dz%n", &x, &y,
				     &right, &left, &used),
		    4);
		assert_true(used > 0);
		assert_int_equal(left, -right);
		/* a quiet zone of four modules all around */
		assert_true(x >= 4 && y >= 4 && y < edge - 4);
		assert_true(right > 0 && x + right <= edge - 4);
		for (int row = y * SCALE; row < (y + 1) * SCALE; row++)
			memset(grey + row * side + x * SCALE, 0,
			    (size_t)(right * SCALE));
	}
	return grey;
}

static void
read_back(const char *words, enum qr_wear wear)
{
	struct buf path;
	int edge;
	unsigned char *grey;
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();

	buf_init(&path);
	edge = qr_path(words, wear, &path);
	assert_true(edge > 0);
	grey = paint(buf_text(&path), edge);
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(
	    image, (unsigned)(edge * SCALE), (unsigned)(edge * SCALE));
	zbar_image_set_data(image, grey,
	    (unsigned long)(edge * SCALE) * (unsigned long)(edge * SCALE),
	    NULL);
	assert_int_equal(zbar_scan_image(scanner, image), 1);
	assert_string_equal(
	    zbar_symbol_get_data(zbar_image_first_symbol(image)), words);
	zbar_image_destroy(image);
	zbar_image_scanner_destroy(scanner);
	buf_finish(&path);
	free(grey);
}

static void
test_read_back(void **state)
{
	static const char address[] =
	    "otpauth://totp/Hai%20long:lan.nguyen?secret="
	    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Hai%20long";

	(void)state;
	read_back(address, QR_CLEAN);
	read_back(address, QR_WORN);
	read_back("x", QR_CLEAN);
}

/* Module by module it is the same code, with a quiet zone all around. */
static void
test_modules(void **state)
{
	struct qr *qr = qr_new("x", QR_WORN);
	int edge = qr_edge(qr);

	(void)state;
	assert_int_equal(edge, 21 + 2 * 4);
	for (int i = 0; i < edge; i++)
		for (int quiet = 0; quiet < 4; quiet++) {
			assert_false(qr_dark(qr, i, quiet));
			assert_false(qr_dark(qr, quiet, i));
			assert_false(qr_dark(qr, i, edge - 1 - quiet));
			assert_false(qr_dark(qr, edge - 1 - quiet, i));
		}
	for (int i = 0; i < 7; i++) /* the upper left finder's edge */
		assert_true(qr_dark(qr, 4 + i, 4));
	assert_false(qr_dark(qr, -1, 5) || qr_dark(qr, 5, edge));
	qr_free(qr);
}

static void
test_too_long(void **state)
{
	char *words = malloc(5000);
	struct buf path;

	(void)state;
	memset(words, 'x', 4999);
	words[4999] = '\0';
	buf_init(&path);
	assert_int_equal(qr_path(words, QR_CLEAN, &path), 0);
	assert_null(qr_new(words, QR_WORN));
	assert_int_equal(path.size, 0);
	buf_finish(&path);
	free(words);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_read_back),
	    cmocka_unit_test(test_modules),
	    cmocka_unit_test(test_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
