/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Old XLS, written byte by byte (BIFF8 in an OLE file): texts, numbers, days of
 * both calendars, two sheets; and one with a password. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/table/workbook.h"

#include <stdlib.h>
#include <string.h>

#define SECTOR   512
#define NO_MORE  0xfffffffeu
#define NOTHING  0xffffffffu
#define FAT_MARK 0xfffffffdu

static void
put16(struct buf *b, unsigned n)
{
	buf_putc(b, (char)n);
	buf_putc(b, (char)(n >> 8));
}

static void
put32(struct buf *b, uint32_t n)
{
	put16(b, n & 0xffff);
	put16(b, n >> 16);
}

static void
put_zeros(struct buf *b, size_t n)
{
	while (n-- > 0)
		buf_putc(b, '\0');
}

static void
put_record(struct buf *b, unsigned kind, const struct buf *body)
{
	put16(b, kind);
	put16(b, (unsigned)body->size);
	buf_add(b, body->data, body->size);
}

static void
put_begin(struct buf *b, unsigned kind)
{
	put16(b, 0x0809);
	put16(b, 16);
	put16(b, 0x0600);
	put16(b, kind);
	put16(b, 0x0dbb);
	put16(b, 0x07cc);
	put_zeros(b, 8);
}

static void
put_end(struct buf *b)
{
	put16(b, 0x000a);
	put16(b, 0);
}

/* Style 0 shows numbers, 1 days, 2 days and times. */
static void
put_styles(struct buf *b)
{
	struct buf body;

	for (unsigned i = 0; i < 3; i++) {
		buf_init(&body);
		put16(&body, 0);
		put16(&body, i == 0 ? 0 : i == 1 ? 14 : 22);
		put_zeros(&body, 16);
		put_record(b, 0x00e0, &body);
		buf_finish(&body);
	}
}

/* Where the sheet's own offset stands. */
static size_t
put_sheet_name(struct buf *b, const char *name)
{
	size_t at = b->size + 4;
	struct buf body;

	buf_init(&body);
	put32(&body, 0);
	put16(&body, 0);
	buf_putc(&body, (char)strlen(name));
	buf_putc(&body, '\0');
	buf_puts(&body, name);
	put_record(b, 0x0085, &body);
	buf_finish(&body);
	return at;
}

static void
put_label(struct buf *b, unsigned row, unsigned column, const uint16_t *text)
{
	struct buf body;
	unsigned n = 0;

	while (text[n] != 0)
		n++;
	buf_init(&body);
	put16(&body, row);
	put16(&body, column);
	put16(&body, 0);
	put16(&body, n);
	buf_putc(&body, 1);
	for (unsigned i = 0; i < n; i++)
		put16(&body, text[i]);
	put_record(b, 0x0204, &body);
	buf_finish(&body);
}

static void
put_number(
    struct buf *b, unsigned row, unsigned column, unsigned style, double n)
{
	struct buf body;

	buf_init(&body);
	put16(&body, row);
	put16(&body, column);
	put16(&body, style);
	buf_add(&body, &n, sizeof(n));
	put_record(b, 0x0203, &body);
	buf_finish(&body);
}

static void
put_old_sheet(struct buf *b, size_t named, const uint16_t *text, double n)
{
	uint32_t here = (uint32_t)b->size;
	struct buf body;

	memcpy(b->data + named, &here, sizeof(here));
	put_begin(b, 0x0010);
	buf_init(&body);
	put32(&body, 0);
	put32(&body, 3);
	put16(&body, 0);
	put16(&body, 4);
	put16(&body, 0);
	put_record(b, 0x0200, &body);
	buf_finish(&body);
	put_label(b, 0, 0, text);
	put_number(b, 2, 0, 0, 912345678);
	put_number(b, 2, 1, 1, n);
	put_number(b, 2, 2, 2, n + 0.34027777778);
	put_number(b, 2, 3, 0, 1.5);
	put_end(b);
}

/* A stream as the only one of an OLE file. */
static void
write_ole(const struct buf *stream)
{
	struct buf out;
	uint32_t sectors = (uint32_t)(stream->size + SECTOR - 1) / SECTOR;
	static const char name[] = "Workbook", root[] = "Root Entry";

	buf_init(&out);
	buf_add(&out, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
	put_zeros(&out, 16);
	put16(&out, 0x3e);
	put16(&out, 3);
	put16(&out, 0xfffe);
	put16(&out, 9);
	put16(&out, 6);
	put_zeros(&out, 10);
	put32(&out, 1); /* sectors of the table */
	put32(&out, 1); /* the folder's first */
	put32(&out, 0);
	put32(&out, 4096);
	put32(&out, NO_MORE);
	put32(&out, 0);
	put32(&out, NO_MORE);
	put32(&out, 0);
	put32(&out, 0);
	for (int i = 1; i < 109; i++)
		put32(&out, NOTHING);
	put32(&out, FAT_MARK);
	put32(&out, NO_MORE);
	for (uint32_t i = 0; i < 126; i++)
		put32(&out, i + 1 < sectors    ? i + 3
			    : i + 1 == sectors ? NO_MORE
					       : NOTHING);
	for (int entry = 0; entry < 4; entry++) {
		const char *text = entry == 0 ? root : entry == 1 ? name : "";
		size_t n = strlen(text);

		for (size_t i = 0; i < n; i++)
			put16(&out, (unsigned char)text[i]);
		put_zeros(&out, 64 - 2 * n);
		put16(&out, n == 0 ? 0 : (unsigned)(2 * n + 2));
		buf_putc(&out, entry == 0 ? 5 : entry == 1 ? 2 : 0);
		buf_putc(&out, 1);
		put32(&out, NOTHING);
		put32(&out, NOTHING);
		put32(&out, entry == 0 ? 1 : NOTHING);
		put_zeros(&out, 36);
		put32(&out, entry == 1 ? 2 : NO_MORE);
		put32(&out, entry == 1 ? (uint32_t)stream->size : 0);
		put32(&out, 0);
	}
	buf_add(&out, stream->data, stream->size);
	put_zeros(&out, sectors * SECTOR - stream->size);
	workbook_bytes(out.data, out.size);
	buf_finish(&out);
}

static void
write_old(unsigned from_1904, bool locked)
{
	static const uint16_t one[] = {0x110, 0x1ea5, 't', 0},
			      two[] = {'h', 'a', 'i', 0};
	struct buf b, body;
	size_t first, second;

	buf_init(&b);
	put_begin(&b, 0x0005);
	buf_init(&body);
	put16(&body, from_1904);
	if (locked) {
		put16(&b, 0x002f); /* FILEPASS */
		put16(&b, 6);
		put_zeros(&b, 6);
	}
	put_record(&b, 0x0022, &body);
	buf_finish(&body);
	put_styles(&b);
	first = put_sheet_name(&b, "S1");
	second = put_sheet_name(&b, "S2");
	put_end(&b);
	put_old_sheet(&b, first, one, from_1904 != 0 ? 44866 : 46328);
	put_old_sheet(&b, second, two, 30000);
	put_zeros(&b, b.size < 4096 ? 4096 - b.size : 0);
	write_ole(&b);
	buf_finish(&b);
}

#define ROWS(second)                                                           \
	"=S1\n1|Đất|||\n3|912345678|2026-11-02|2026-11-02 08:10:00|1.5\n"   \
	"=S2\n1|hai|||\n3|912345678|" second "\n"

static void
test_old(void **state)
{
	(void)state;
	write_old(0, false);
	assert_workbook("1900", ROWS("1982-02-18|1982-02-18 08:10:00|1.5"));
	write_old(1, false);
	assert_workbook("1904", ROWS("1986-02-19|1986-02-19 08:10:00|1.5"));
}

static void
test_locked(void **state)
{
	(void)state;
	write_old(0, true);
	assert_workbook(
	    "locked", "! it is locked by a password; save it without one");
}

/* libfreexl forgets some memory of a file that is damaged. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfreexl\n";
}

/* Bytes changed at random: rows or a sentence. */
static void
test_damaged(void **state)
{
	unsigned chance = 3;
	struct buf whole, out;

	(void)state;
	write_old(0, false);
	buf_init(&whole);
	buf_init(&out);
	assert_true(buf_read_file(&whole, workbook_path, 1 << 20));
	for (int i = 0; i < 200; i++) {
		struct buf bytes;

		buf_init(&bytes);
		buf_add(&bytes, whole.data, whole.size);
		for (int k = 0; k < 3; k++)
			bytes.data[512 + (size_t)rand_r(&chance) %
					     (whole.size - 512)] =
			    (char)rand_r(&chance);
		workbook_bytes(bytes.data, bytes.size);
		buf_finish(&bytes);
		buf_clear(&out);
		workbook_rows(&out);
	}
	buf_finish(&whole);
	buf_finish(&out);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_old),
	    cmocka_unit_test(test_locked),
	    cmocka_unit_test(test_damaged),
	};
	int failed;

	workbook_open();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	workbook_remove();
	return failed;
}
