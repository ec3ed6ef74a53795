/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parts lie in a zip in any order, so they are read before any sheet: the
 * workbook (names and order of the sheets), its relations (where each lies),
 * the styles (which numbers are times) and the shared texts, which are kept one
 * behind the other: a million of them are 20 bytes each, not a block of memory.
 */
#include <stdlib.h>
#include <string.h>
#include "server/table/xlsx_private.h"
#include "shared/limits.h"

#define SHEETS    255
#define STYLES    65536
#define RELATIONS 4000

struct xlsx_format {
	long id;
	bool dated;
};

/* What is being read; one part at a time. */
struct parts {
	struct xlsx *x;
	struct xml *xml;
	const char *failed; /* a sentence of ours */
	struct xlsx_format *formats;
	size_t nformats;
	bool in_cells; /* of styles: within cellXfs */
	int phonetic;  /* of texts: within what is only for reading aloud */
	bool in_text;
};

static void
part_fails(struct parts *p, const char *sentence)
{
	p->failed = sentence;
	xml_stop(p->xml);
}

static void
no_text(void *context, const char *text, size_t n)
{
	(void)context;
	(void)text;
	(void)n;
}

static void
no_end(void *context, const char *name)
{
	(void)context;
	(void)name;
}

/* ----------------------------------------------------------------- workbook */

static bool
is_on(const char *value)
{
	return value != NULL && (*value == '1' || *value == 't');
}

static void
workbook_start(void *context, const char *name, const char *const *attributes)
{
	struct parts *p = context;
	struct xlsx *x = p->x;
	struct xlsx_sheet *sheet;
	const char *called;

	if (strcmp(name, "workbookPr") == 0)
		x->from_1904 = is_on(xml_attribute(attributes, "date1904"));
	if (strcmp(name, "sheet") != 0 || x->nsheets == SHEETS)
		return;
	called = xml_attribute(attributes, "name");
	sheet =
	    arena_append(&x->arena, &x->sheets, &x->nsheets, sizeof(*sheet));
	sheet->name = arena_strdup(&x->arena, called == NULL ? "" : called);
	sheet->id = arena_strdup(&x->arena, xml_attribute(attributes, "id"));
}

static void
relations_start(void *context, const char *name, const char *const *attributes)
{
	struct parts *p = context;
	struct xlsx *x = p->x;
	const char *id = xml_attribute(attributes, "Id"),
		   *target = xml_attribute(attributes, "Target");
	struct xlsx_relation *relation;

	if (strcmp(name, "Relationship") != 0 || id == NULL || target == NULL ||
	    x->nrelations == RELATIONS)
		return;
	relation = arena_append(
	    &x->arena, &x->relations, &x->nrelations, sizeof(*relation));
	relation->id = arena_strdup(&x->arena, id);
	relation->target = *target == '/'
			       ? arena_strdup(&x->arena, target + 1)
			       : arena_printf(&x->arena, "xl/%s", target);
}

/* ------------------------------------------------------------------- styles */

static bool
format_of(const struct parts *p, long id)
{
	for (size_t i = 0; i < p->nformats; i++)
		if (p->formats[i].id == id)
			return p->formats[i].dated;
	return xlsx_format_dated(id, NULL);
}

static void
add_style(struct parts *p, const char *format)
{
	struct xlsx *x = p->x;

	if (x->nstyles == STYLES) {
		part_fails(p, "it has more styles than a workbook can have");
		return;
	}
	if (x->nstyles == x->style_room) {
		x->style_room = x->style_room == 0 ? 64 : 2 * x->style_room;
		x->dated = realloc(x->dated, x->style_room * sizeof(*x->dated));
		if (x->dated == NULL)
			abort();
	}
	x->dated[x->nstyles++] =
	    format != NULL && format_of(p, strtol(format, NULL, 10));
}

static void
styles_start(void *context, const char *name, const char *const *attributes)
{
	struct parts *p = context;
	const char *id = xml_attribute(attributes, "numFmtId"),
		   *code = xml_attribute(attributes, "formatCode");

	if (strcmp(name, "cellXfs") == 0)
		p->in_cells = true;
	else if (strcmp(name, "xf") == 0 && p->in_cells)
		add_style(p, id);
	else if (strcmp(name, "numFmt") == 0 && id != NULL && code != NULL &&
		 p->nformats < STYLES) {
		struct xlsx_format *f = arena_append(
		    &p->x->arena, &p->formats, &p->nformats, sizeof(*f));

		f->id = strtol(id, NULL, 10);
		f->dated = xlsx_format_dated(f->id, code);
	}
}

static void
styles_end(void *context, const char *name)
{
	struct parts *p = context;

	if (strcmp(name, "cellXfs") == 0)
		p->in_cells = false;
}

/* ------------------------------------------------------------- shared texts */

static void
texts_start(void *context, const char *name, const char *const *attributes)
{
	struct parts *p = context;
	struct xlsx *x = p->x;

	(void)attributes;
	if (strcmp(name, "rPh") == 0)
		p->phonetic++;
	p->in_text = strcmp(name, "t") == 0 && p->phonetic == 0;
	if (strcmp(name, "si") != 0)
		return;
	if (x->ntexts == x->text_room) {
		x->text_room = x->text_room == 0 ? 1024 : 2 * x->text_room;
		x->text_at =
		    realloc(x->text_at, x->text_room * sizeof(*x->text_at));
		if (x->text_at == NULL)
			abort();
	}
	x->text_at[x->ntexts++] = (uint32_t)x->texts.size;
}

static void
texts_end(void *context, const char *name)
{
	struct parts *p = context;

	p->in_text = false;
	if (strcmp(name, "rPh") == 0)
		p->phonetic--;
	else if (strcmp(name, "si") == 0)
		buf_putc(&p->x->texts, '\0');
}

static void
texts_text(void *context, const char *text, size_t n)
{
	struct parts *p = context;

	if (!p->in_text)
		return;
	if (p->x->texts.size + n > LIMIT_TABLE_TEXTS_BYTES) {
		part_fails(p, "its cells hold more text than is read");
		return;
	}
	buf_add(&p->x->texts, text, n);
}

/* ---------------------------------------------------------------- the parts */

static const struct {
	const char *part; /* its name in the zip */
	struct xml_taker taker;
} kinds[] = {
    {"xl/workbook.xml", {workbook_start, no_end, no_text, NULL}},
    {"xl/_rels/workbook.xml.rels", {relations_start, no_end, no_text, NULL}},
    {"xl/styles.xml", {styles_start, styles_end, no_text, NULL}},
    {"xl/sharedStrings.xml", {texts_start, texts_end, texts_text, NULL}},
};

bool
xlsx_refuse_zip(struct xlsx *x, enum zip_step why)
{
	switch (why) {
	case ZIP_LOCKED:
		return table_refuse(
		    x->t, "it is locked by a password; save it without one");
	case ZIP_BOMB:
		return table_refuse(x->t,
		    "it unpacks to more than a table can be; nothing of it is "
		    "read");
	default:
		return table_refuse(x->t,
		    "the file is damaged (it was perhaps not copied whole); "
		    "export it again");
	}
}

bool
xlsx_feed(
    struct xlsx *x, struct zip_parts *zip, struct xml *xml, const bool *stopped)
{
	char block[32768];
	enum zip_step step;
	size_t n;

	while ((step = zip_read(zip, block, sizeof(block), &n)) == ZIP_PART)
		if (!xml_feed(xml, block, n, false)) {
			if (stopped != NULL && *stopped)
				return true;
			return xlsx_refuse_zip(x, ZIP_BROKEN);
		}
	if (step != ZIP_END)
		return xlsx_refuse_zip(x, step);
	if (xml_feed(xml, block, 0, true) || (stopped != NULL && *stopped))
		return true;
	return xlsx_refuse_zip(x, ZIP_BROKEN);
}

static bool
read_xlsx_part(struct parts *p, struct zip_parts *zip, size_t kind)
{
	struct xml_taker taker = kinds[kind].taker;
	bool ok;

	taker.context = p;
	p->xml = xml_open(&taker);
	ok = xlsx_feed(p->x, zip, p->xml, &(bool){false});
	xml_close(p->xml);
	if (p->failed != NULL) {
		p->x->t->error[0] = '\0';
		return table_refuse(p->x->t, "%s", p->failed);
	}
	return ok;
}

/* A part that none of ours is: another kind of file says so by it. */
static bool
look_at_name(struct xlsx *x, const char *name)
{
	if (strcmp(name, "xl/workbook.bin") == 0)
		return table_refuse(
		    x->t, "this is a binary workbook (XLSB); save it as XLSX");
	if (strcmp(name, "content.xml") == 0)
		return table_refuse(
		    x->t, "this is an OpenDocument file; save it as XLSX");
	if (strcmp(name, "word/document.xml") == 0)
		return table_refuse(x->t,
		    "this is a Word document; have the software export XLSX");
	return true;
}

/* Which of ours a part is; their count: none. */
static size_t
kind_of(const char *name)
{
	size_t i = 0;

	while (i < sizeof(kinds) / sizeof(kinds[0]) &&
	       strcmp(kinds[i].part, name) != 0)
		i++;
	return i;
}

static void
resolve_sheets(struct xlsx *x)
{
	for (size_t i = 0; i < x->nsheets; i++)
		for (size_t k = 0; k < x->nrelations; k++)
			if (x->sheets[i].id != NULL &&
			    strcmp(x->relations[k].id, x->sheets[i].id) == 0)
				x->sheets[i].part = x->relations[k].target;
}

bool
xlsx_read_parts(struct xlsx *x)
{
	struct zip_parts *zip = zip_open(x->t->path, x->t->size);
	bool seen[sizeof(kinds) / sizeof(kinds[0])] = {false};
	struct parts p = {.x = x};
	enum zip_step step = ZIP_BROKEN;
	const char *name;
	bool ok = true;

	while (ok && zip != NULL && (step = zip_next(zip, &name)) == ZIP_PART) {
		size_t kind = kind_of(name);

		if (kind == sizeof(kinds) / sizeof(kinds[0]))
			ok = look_at_name(x, name);
		else if (!seen[kind])
			ok = read_xlsx_part(&p, zip, kind);
		if (kind < sizeof(kinds) / sizeof(kinds[0]))
			seen[kind] = true;
	}
	zip_close(zip);
	if (!ok)
		return false;
	if (step != ZIP_END)
		return xlsx_refuse_zip(x, step);
	if (!seen[0])
		return table_refuse(x->t,
		    "this is a packed file (zip) and no workbook; unpack it "
		    "first");
	resolve_sheets(x);
	return true;
}
