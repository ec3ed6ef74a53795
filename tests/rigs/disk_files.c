/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A change is done at once to what the program sees and noted in one list, in
 * order; a sync takes the changes of its file out of the list and does them to
 * the safe bytes. A cut does some of them by chance, forgets the rest, and what
 * is safe becomes what the next program sees.
 */
#include "tests/rigs/disk_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECTOR 512
#define NAMES  16

enum kind { WRITE, TRUNCATE, LINK };

struct change {
	enum kind kind;
	struct file *file; /* LINK: NULL deletes */
	size_t at, size;   /* LINK: at is the name's place */
	uint8_t *bytes;
};

struct name {
	char text[DISK_NAME];
	struct file *now, *safe;
};

struct disk_image {
	size_t count;
	struct {
		char name[DISK_NAME];
		struct bytes bytes;
	} files[NAMES];
};

static struct {
	struct file *files;
	struct name names[NAMES];
	size_t nnames;
	struct change *changes;
	size_t nchanges, room;
	int64_t count, dark_at;
	bool dark;
	uint64_t chance;
	enum fault fault;
	int64_t fault_in, failures;
	bool for_ever;
} disk;

/* ------------------------------------------------------------------- chance */

void
disk_seed(uint64_t seed)
{
	disk.chance = seed * 2 + 1;
}

/* splitmix64 */
uint64_t
disk_chance(uint64_t n)
{
	uint64_t x = disk.chance += 0x9e3779b97f4a7c15u;

	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return (x ^ (x >> 31)) % n;
}

/* -------------------------------------------------------------------- bytes */

static void *
need(void *memory)
{
	if (memory == NULL)
		abort();
	return memory;
}

static void
bytes_resize(struct bytes *b, size_t size)
{
	if (size > b->room) {
		b->room = size * 2;
		b->data = need(realloc(b->data, b->room));
	}
	if (size > b->size)
		memset(b->data + b->size, 0, size - b->size);
	b->size = size;
}

static void
bytes_put(struct bytes *b, const void *from, size_t n, size_t at)
{
	if (at + n > b->size)
		bytes_resize(b, at + n);
	memcpy(b->data + at, from, n);
}

static void
bytes_copy(struct bytes *to, const struct bytes *from)
{
	bytes_resize(to, 0);
	if (from->size > 0)
		bytes_put(to, from->data, from->size, 0);
}

/* -------------------------------------------------------------------- files */

struct file *
files_nameless(void)
{
	struct file *f = need(calloc(1, sizeof(*f)));

	f->next = disk.files;
	disk.files = f;
	return f;
}

static void
file_free(struct file *f)
{
	free(f->now.data);
	free(f->safe.data);
	free(f);
}

/* Forgets files that nobody names or holds. */
static void
sweep(void)
{
	struct file **link = &disk.files, *f;
	bool wanted;

	while ((f = *link) != NULL) {
		wanted = f->opened > 0;
		for (size_t i = 0; i < disk.nnames; i++)
			wanted |=
			    disk.names[i].now == f || disk.names[i].safe == f;
		for (size_t i = 0; i < disk.nchanges; i++)
			wanted |= disk.changes[i].file == f;
		if (wanted) {
			link = &f->next;
			continue;
		}
		*link = f->next;
		file_free(f);
	}
}

/* The place of a name, made when new. */
static size_t
place_of(const char *text)
{
	size_t i;

	for (i = 0; i < disk.nnames; i++)
		if (strcmp(disk.names[i].text, text) == 0)
			return i;
	if (i == NAMES)
		abort();
	memset(&disk.names[i], 0, sizeof(disk.names[i]));
	snprintf(disk.names[i].text, DISK_NAME, "%s", text);
	disk.nnames++;
	return i;
}

/* ------------------------------------------------------------------ changes */

/* One more change; false: no power. The one at which it goes is still noted. */
static bool
happens(void)
{
	if (disk.dark)
		return false;
	disk.count++;
	if (disk.dark_at > 0 && --disk.dark_at == 0)
		disk.dark = true;
	return true;
}

static enum done
done(void)
{
	return disk.dark ? DONE_DARK : DONE;
}

static void
note(enum kind kind, struct file *f, const void *from, size_t size, size_t at)
{
	struct change *c;

	if (disk.nchanges == disk.room) {
		disk.room = disk.room * 2 + 64;
		disk.changes = need(
		    realloc(disk.changes, disk.room * sizeof(*disk.changes)));
	}
	c = &disk.changes[disk.nchanges++];
	*c = (struct change){kind, f, at, size, NULL};
	if (kind == WRITE)
		c->bytes = memcpy(need(malloc(size + 1)), from, size);
}

static void
perform(const struct change *c)
{
	if (c->kind == WRITE)
		bytes_put(&c->file->safe, c->bytes, c->size, c->at);
	else if (c->kind == TRUNCATE)
		bytes_resize(&c->file->safe, c->size);
	else
		disk.names[c->at].safe = c->file;
}

/* Takes a file's changes (NULL: the folder's) out of the list; does them or
 * forgets them. */
static void
settle(const struct file *f, bool perform_them)
{
	size_t kept = 0;

	for (size_t i = 0; i < disk.nchanges; i++) {
		struct change *c = &disk.changes[i];

		if (f == NULL ? c->kind != LINK
			      : c->kind == LINK || c->file != f) {
			disk.changes[kept++] = *c;
			continue;
		}
		if (perform_them)
			perform(c);
		free(c->bytes);
	}
	disk.nchanges = kept;
}

/* --------------------------------------------------------------- operations */

struct file *
files_open(const char *name, bool make)
{
	struct name *n = &disk.names[place_of(name)];

	if (disk.dark || files_fault(FAULT_OPEN))
		return NULL;
	if (n->now == NULL && make && happens()) {
		n->now = files_nameless();
		note(LINK, n->now, NULL, 0, (size_t)(n - disk.names));
	}
	if (n->now != NULL)
		n->now->opened++;
	return n->now;
}

void
files_close(struct file *f)
{
	if (--f->opened == 0)
		sweep();
}

bool
files_exist(const char *name)
{
	const struct name *n = &disk.names[place_of(name)];

	return n->now != NULL && n->now->now.size > 0;
}

enum done
files_delete(const char *name, bool sync_folder, bool *found)
{
	struct name *n = &disk.names[place_of(name)];

	*found = n->now != NULL;
	if (n->now == NULL)
		return DONE;
	if (!happens())
		return DONE_DARK;
	n->now = NULL;
	note(LINK, NULL, NULL, 0, (size_t)(n - disk.names));
	if (sync_folder && !disk.dark)
		settle(NULL, true);
	return done();
}

size_t
files_read(const struct file *f, void *out, size_t n, size_t at)
{
	size_t have = at < f->now.size ? f->now.size - at : 0;

	have = have < n ? have : n;
	if (have > 0)
		memcpy(out, f->now.data + at, have);
	return have;
}

enum done
files_write(struct file *f, const void *from, size_t n, size_t at)
{
	bool full = false;

	if (files_fault(FAULT_WRITE))
		return DONE_FAILED;
	if (files_fault(FAULT_FULL)) {
		full = true;
		n /= 2;
	}
	if (!happens())
		return DONE_DARK;
	bytes_put(&f->now, from, n, at);
	note(WRITE, f, from, n, at);
	return full ? DONE_FULL : done();
}

enum done
files_truncate(struct file *f, size_t size)
{
	if (files_fault(FAULT_WRITE))
		return DONE_FAILED;
	if (!happens())
		return DONE_DARK;
	bytes_resize(&f->now, size);
	note(TRUNCATE, f, NULL, size, 0);
	return done();
}

enum done
files_sync(struct file *f, bool folder_too)
{
	if (!happens() || disk.dark)
		return DONE_DARK;
	if (files_fault(FAULT_SYNC) ||
	    (f->database && files_fault(FAULT_SYNC_DATABASE))) {
		settle(f, false);
		return DONE_FAILED;
	}
	settle(f, true);
	if (folder_too)
		settle(NULL, true);
	return DONE;
}

/* --------------------------------------------------------------------- cuts */

int64_t
disk_changes(void)
{
	return disk.count;
}

void
disk_dark_at(int64_t n)
{
	disk.dark_at = n;
}

bool
disk_dark(void)
{
	return disk.dark;
}

/* A write of which each sector survives by chance; where the file grew and
 * nothing came there is garbage. */
static void
tear(const struct change *c)
{
	struct bytes *b = &c->file->safe;
	size_t old = b->size, from, to;

	for (from = c->at; from < c->at + c->size; from = to) {
		to = (from / SECTOR + 1) * SECTOR;
		if (to > c->at + c->size)
			to = c->at + c->size;
		if (disk_chance(2) == 0)
			bytes_put(
			    b, c->bytes + (from - c->at), to - from, from);
		else
			for (size_t i = from > old ? from : old;
			     i < to && i < b->size; i++)
				b->data[i] = (uint8_t)disk_chance(256);
	}
}

static void
survive(const struct change *c, bool last, enum survival survival)
{
	if (survival == SURVIVES_TORN && c->kind == WRITE)
		tear(c);
	else if (survival == SURVIVES_TORN ? disk_chance(2) == 0
		 : survival == SURVIVES_A_QUARTER
		     ? disk_chance(4) == 0
		     : survival == SURVIVES_ALL_BUT_LAST && !last)
		perform(c);
}

void
disk_cut(enum survival survival)
{
	for (size_t i = 0; i < disk.nchanges; i++) {
		survive(&disk.changes[i], i + 1 == disk.nchanges, survival);
		free(disk.changes[i].bytes);
	}
	disk.nchanges = 0;
	for (size_t i = 0; i < disk.nnames; i++)
		disk.names[i].now = disk.names[i].safe;
	sweep();
	for (struct file *f = disk.files; f != NULL; f = f->next)
		bytes_copy(&f->now, &f->safe);
	disk.dark = false;
	disk.dark_at = 0;
}

void
disk_abandon(void)
{
	for (struct file *f = disk.files; f != NULL; f = f->next) {
		f->opened = f->shared = f->mapped = f->nregions = 0;
		f->reserved = f->pending = NULL;
		memset(f->locks, 0, sizeof(f->locks));
	}
	disk.dark = false;
	disk_fail(FAULT_NONE, 0, false);
}

/* ------------------------------------------------------------------- faults */

void
disk_fail(enum fault fault, int64_t nth, bool for_ever)
{
	disk.fault = fault;
	disk.fault_in = nth;
	disk.for_ever = for_ever;
	disk.failures = 0;
}

int64_t
disk_failures(void)
{
	return disk.failures;
}

bool
files_fault(enum fault fault)
{
	if (disk.fault != fault || fault == FAULT_NONE)
		return false;
	if (disk.fault_in > 1) {
		disk.fault_in--;
		return false;
	}
	disk.failures++;
	if (!disk.for_ever)
		disk.fault = FAULT_NONE;
	return true;
}

/* ------------------------------------------------------------------- images */

struct disk_image *
disk_image(void)
{
	struct disk_image *image = need(calloc(1, sizeof(*image)));

	for (size_t i = 0; i < disk.nnames; i++) {
		if (disk.names[i].safe == NULL)
			continue;
		snprintf(image->files[image->count].name, DISK_NAME, "%s",
		    disk.names[i].text);
		bytes_copy(&image->files[image->count].bytes,
		    &disk.names[i].safe->safe);
		image->count++;
	}
	return image;
}

void
disk_image_free(struct disk_image *image)
{
	for (size_t i = 0; i < image->count; i++)
		free(image->files[i].bytes.data);
	free(image);
}

void
disk_clear(void)
{
	disk_cut(SURVIVES_NOTHING);
	disk.nnames = 0;
	sweep();
	free(disk.changes);
	disk.changes = NULL;
	disk.room = 0;
	disk.count = 0;
	disk_fail(FAULT_NONE, 0, false);
}

void
disk_restore(const struct disk_image *image)
{
	disk_clear();
	for (size_t i = 0; i < image->count; i++) {
		struct name *n = &disk.names[place_of(image->files[i].name)];

		n->now = n->safe = files_nameless();
		bytes_copy(&n->now->now, &image->files[i].bytes);
		bytes_copy(&n->now->safe, &image->files[i].bytes);
	}
}
