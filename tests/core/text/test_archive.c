/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A catalogue packed and unpacked; and archives that mean harm: ways out of the
 * folder, links, bombs, thousands of entries, names that are not ours, garbage
 * and halves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/catalogue/folder.h"
#include "server/core/text/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>
#include "shared/arena.h"
#include "shared/buf.h"
#include "shared/catalogue.h"
#include "shared/limits.h"

static struct arena arena;
static struct folder_file *files;
static size_t nfiles;
static struct refusals refusals;

static bool
unpacks(const struct buf *packed)
{
	refusals.count = 0;
	return archive_unpack(
	    &arena, packed->data, packed->size, &files, &nfiles, &refusals);
}

static void
assert_refused(const struct buf *packed, const char *key)
{
	assert_false(unpacks(packed));
	assert_int_equal(refusals.count, 1);
	assert_string_equal(refusals.list[0].key, key);
}

static const struct folder_file *
built_in(size_t *n)
{
	static struct folder_file list[64];

	*n = 0;
	for (const struct catalogue_file *f = catalogue_files; f->name != NULL;
	     f++)
		list[(*n)++] = (struct folder_file){f->name, f->data, f->size};
	return list;
}

static void
test_there_and_back(void **state)
{
	struct buf one, other;
	size_t n;
	const struct folder_file *list = built_in(&n);

	(void)state;
	buf_init(&one);
	buf_init(&other);
	assert_true(archive_pack(list, n, &one));
	assert_true(archive_pack(list, n, &other));
	assert_int_equal(one.size, other.size);
	assert_memory_equal(one.data, other.data, one.size);
	assert_true(unpacks(&one));
	assert_int_equal(nfiles, n);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(files[i].name, list[i].name);
		assert_int_equal(files[i].size, list[i].size);
		assert_memory_equal(files[i].data, list[i].data, list[i].size);
	}
	buf_finish(&one);
	buf_finish(&other);
}

/* ------------------------------------------------------- archives of others */

static la_ssize_t
append(struct archive *archive, void *out, const void *bytes, size_t size)
{
	(void)archive;
	buf_add(out, bytes, size);
	return (la_ssize_t)size;
}

/* A tar in so many layers of gzip, or a zip. */
static struct archive *
begin_layers(struct buf *out, bool tar, int layers)
{
	struct archive *archive = archive_write_new();

	buf_init(out);
	if (tar) {
		archive_write_set_format_pax_restricted(archive);
		while (layers-- > 0)
			archive_write_add_filter_gzip(archive);
	} else {
		archive_write_set_format_zip(archive);
	}
	assert_int_equal(
	    archive_write_open(archive, out, NULL, append, NULL), ARCHIVE_OK);
	return archive;
}

static struct archive *
begin(struct buf *out, bool tar)
{
	return begin_layers(out, tar, 1);
}

static void
add(struct archive *archive, const char *name, const char *link,
    const char *data, size_t size, size_t times)
{
	struct archive_entry *entry = archive_entry_new();

	archive_entry_set_pathname(entry, name);
	archive_entry_set_filetype(entry, link == NULL ? AE_IFREG : AE_IFLNK);
	archive_entry_set_perm(entry, 0644);
	if (link != NULL)
		archive_entry_set_symlink(entry, link);
	archive_entry_set_size(entry, (la_int64_t)(size * times));
	assert_true(archive_write_header(archive, entry) >= ARCHIVE_WARN);
	while (times-- > 0)
		archive_write_data(archive, data, size);
	archive_entry_free(entry);
}

static void
end(struct archive *archive)
{
	archive_write_close(archive);
	archive_write_free(archive);
}

/* In a folder of its own, with what macOS and Windows add, zip or tar. */
static void
test_as_people_pack(void **state)
{
	(void)state;
	for (int tar = 0; tar < 2; tar++) {
		struct buf packed;
		struct archive *archive = begin(&packed, tar == 1);

		add(archive, "tuy-phong/units.csv", NULL, "a", 1, 1);
		add(archive, "tuy-phong/forms/one-stop.1.json", NULL, "b", 1,
		    1);
		add(archive, "__MACOSX/tuy-phong/._units.csv", NULL, "c", 1, 1);
		add(archive, "tuy-phong/.DS_Store", NULL, "c", 1, 1);
		add(archive, "tuy-phong/README.md", NULL, "c", 1, 1);
		end(archive);
		assert_true(unpacks(&packed));
		assert_int_equal(nfiles, 2);
		assert_string_equal(files[0].name, "units.csv");
		assert_string_equal(files[1].name, "forms/one-stop.1.json");
		buf_finish(&packed);
	}
}

/* What systems and programs leave in a folder is left aside, wherever it lies;
 * some packers write backslashes. */
static void
test_litter(void **state)
{
	static const char *const names[] = {"Thumbs.db", "tuy-phong/Thumbs.db",
	    "tuy-phong/forms/thumbs.db", "tuy-phong/ehthumbs.db",
	    "tuy-phong/desktop.ini", "tuy-phong/Desktop.ini",
	    "tuy-phong/forms/.DS_Store", "tuy-phong/._desks.csv",
	    "__MACOSX/._tuy-phong", "tuy-phong/__MACOSX/units.csv",
	    "tuy-phong/~$units.csv", "tuy-phong/.~lock.units.csv#",
	    "tuy-phong/README.txt", "tuy-phong\\Thumbs.db", NULL};

	(void)state;
	for (int i = 0; names[i] != NULL; i++) {
		struct buf packed;
		struct archive *archive = begin(&packed, false);

		add(archive, names[i], NULL, "c", 1, 1);
		add(archive, "tuy-phong\\units.csv", NULL, "a", 1, 1);
		end(archive);
		if (!unpacks(&packed) || nfiles != 1)
			fail_msg("%s: not left aside", names[i]);
		assert_string_equal(files[0].name, "units.csv");
		buf_finish(&packed);
	}
}

static void
test_strange_names(void **state)
{
	static const char *const names[] = {"../units.csv", "/units.csv",
	    "a/../units.csv", "a/b/units.csv", "forms/../../x.json",
	    "forms/a/b.json", "forms/\xc4\x91.json", "units.csv/x", "UNITS.CSV",
	    "passwd", "./../units.csv", "forms/<b>.json", NULL};

	(void)state;
	for (int i = 0; names[i] != NULL; i++)
		for (int tar = 0; tar < 2; tar++) {
			struct buf packed;
			struct archive *archive = begin(&packed, tar == 1);

			add(archive, names[i], NULL, "a", 1, 1);
			end(archive);
			assert_refused(&packed, "refuse.archive.name");
			buf_finish(&packed);
		}
}

static void
test_links(void **state)
{
	struct buf packed;
	struct archive *archive = begin(&packed, true);

	(void)state;
	add(archive, "units.csv", "/etc/passwd", NULL, 0, 0);
	end(archive);
	assert_refused(&packed, "refuse.archive.name");
	buf_finish(&packed);
}

static void
test_twice(void **state)
{
	struct buf packed;
	struct archive *archive = begin(&packed, false);

	(void)state;
	add(archive, "units.csv", NULL, "a", 1, 1);
	add(archive, "x/units.csv", NULL, "b", 1, 1);
	end(archive);
	assert_refused(&packed, "refuse.archive.name");
	buf_finish(&packed);
}

/* 64 MB of zeros are a few kB, in one file or in many. */
static void
test_bombs(void **state)
{
	static const char zeros[65536];

	(void)state;
	for (int tar = 0; tar < 2; tar++) {
		struct buf packed;
		struct archive *archive = begin(&packed, tar == 1);
		char name[40];

		add(archive, "units.csv", NULL, zeros, sizeof(zeros), 1024);
		end(archive);
		assert_true(packed.size < LIMIT_BODY_BYTES);
		assert_refused(&packed, "refuse.archive.large");
		buf_finish(&packed);

		archive = begin(&packed, tar == 1);
		for (int i = 0; i < 20; i++) {
			snprintf(name, sizeof(name), "forms/f%d.json", i);
			add(archive, name, NULL, zeros, sizeof(zeros), 1);
		}
		end(archive);
		assert_refused(&packed, "refuse.archive.large");
		buf_finish(&packed);

		archive = begin(&packed, tar == 1);
		for (int i = 0; i <= LIMIT_FOLDER_FILES; i++)
			add(archive, "x/.hidden", NULL, "", 0, 0);
		end(archive);
		assert_refused(&packed, "refuse.archive.large");
		buf_finish(&packed);
	}
}

/* What is skipped counts, and so does what a head of its own claims: litter, a
 * folder's content, a refused file, far behind a good one. */
static void
test_skipped_bombs(void **state)
{
	static const char *const names[] = {"README.md", "Thumbs.db",
	    "x/.hidden", "__MACOSX/units.csv", "x/desktop.ini", "~$units.csv",
	    "icon\r", "forms/.a.json", "./README.txt", "x/y/.z", NULL};
	static const char zeros[65536];

	(void)state;
	for (int i = 0; names[i] != NULL; i++) {
		struct buf packed;
		struct archive *archive = begin(&packed, true);

		add(archive, "units.csv", NULL, "a", 1, 1);
		add(archive, names[i], NULL, zeros, sizeof(zeros), 1024);
		end(archive);
		assert_true(packed.size < LIMIT_BODY_BYTES);
		assert_refused(&packed, "refuse.archive.large");
		buf_finish(&packed);
	}
}

/* A plain tar and one layer are read; more layers are no archive, and what
 * lies in them costs nothing. */
static void
test_layers(void **state)
{
	static const char zeros[65536];

	(void)state;
	for (int layers = 0; layers < 6; layers++) {
		struct buf packed;
		struct archive *archive = begin_layers(&packed, true, layers);

		add(archive, "units.csv", NULL, "a", 1, 1);
		if (layers > 1)
			add(archive, "README.md", NULL, zeros, sizeof(zeros),
			    256);
		end(archive);
		if (layers < 2)
			assert_true(unpacks(&packed));
		else
			assert_refused(&packed, "refuse.archive");
		buf_finish(&packed);
	}
}

/* Garbage, the empty file, and every half of a good archive. */
static void
test_broken(void **state)
{
	struct buf packed, part;
	size_t n;
	const struct folder_file *list = built_in(&n);

	(void)state;
	buf_init(&packed);
	buf_init(&part);
	buf_puts(&packed, "no archive at all");
	assert_refused(&packed, "refuse.archive");
	buf_clear(&packed);
	assert_false(unpacks(&packed));
	assert_true(archive_pack(list, n, &packed));
	for (size_t cut = 0; cut < packed.size; cut += 97) {
		buf_clear(&part);
		buf_add(&part, packed.data, cut);
		unpacks(&part); /* whatever it says, it ends well */
	}
	for (size_t i = 0; i < packed.size; i += 131) {
		buf_clear(&part);
		buf_add(&part, packed.data, packed.size);
		part.data[i] = (char)~part.data[i];
		unpacks(&part);
	}
	buf_finish(&part);
	buf_finish(&packed);
}

static int
teardown(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_there_and_back),
	    cmocka_unit_test(test_as_people_pack),
	    cmocka_unit_test(test_litter),
	    cmocka_unit_test(test_strange_names),
	    cmocka_unit_test(test_links),
	    cmocka_unit_test(test_twice),
	    cmocka_unit_test(test_bombs),
	    cmocka_unit_test(test_skipped_bombs),
	    cmocka_unit_test(test_layers),
	    cmocka_unit_test(test_broken),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
