/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Word's form (ECMA-376): a zip of the parts in docx/, the document a template.
 * Every paragraph has a style, so that an officer changes the look of all of
 * them at once; verdicts stand in locked controls; charts are pictures with
 * words for those who cannot see them. The layout is that of ND 30/2020
 * (DOMAIN 5.2), to the twentieth of a point in docx/document.xml. The same
 * report gives the same bytes.
 */
#include "server/core/report/report.h"
#include "server/report/forms.h"

#include <string.h>
#include "server/core/catalogue/folder.h"
#include "server/core/text/archive.h"
#include "server/report/paper.h"
#include "server/report/report_document.h"
#include "server/view/template.h"
#include "shared/arena.h"
#include "shared/civil.h"
#include "shared/log.h"

#define TEXT_WIDTH   9355  /* twips: 210 mm less 30 mm and 15 mm */
#define ACROSS_WIDTH 14287 /* 297 mm less the same */
#define CHART_WIDTH  467.0 /* points: the width of the text */
#define CHART_SCALE  3     /* pixels of a point */
#define EMU_POINT    12700

extern const char docx_document[], docx_block[], docx_table[], docx_styles[],
    docx_core[], docx_document_rels[], docx_content_types[], docx_rels[],
    docx_app[], docx_settings[], docx_header_page[], docx_header_none[];

static const struct template_file docx_files[] = {
    {"document", docx_document},
    {"block", docx_block},
    {"table", docx_table},
    {"core", docx_core},
    {"document_rels", docx_document_rels},
};
static const struct template_set docx_set = {
    docx_files, sizeof(docx_files) / sizeof(docx_files[0])};

/* The parts as they are put into the zip; made NULL: a file as it is. */
static const struct {
	const char *name, *made, *fixed;
} parts[] = {
    {"[Content_Types].xml", NULL, docx_content_types},
    {"_rels/.rels", NULL, docx_rels},
    {"docProps/app.xml", NULL, docx_app},
    {"docProps/core.xml", "core", NULL},
    {"word/_rels/document.xml.rels", "document_rels", NULL},
    {"word/document.xml", "document", NULL},
    {"word/header1.xml", NULL, docx_header_page},
    {"word/header2.xml", NULL, docx_header_none},
    {"word/settings.xml", NULL, docx_settings},
    {"word/styles.xml", NULL, docx_styles},
};

struct docx {
	struct arena arena;
	struct folder_file *files; /* the pictures first, then all others */
	size_t nfiles, npictures;
	json_t *pictures; /* [{number}] */
};

/* ----------------------------------------------------------------- pictures */

static cairo_status_t
take_chart_bytes(void *out, const unsigned char *data, unsigned int n)
{
	buf_add(out, data, n);
	return CAIRO_STATUS_SUCCESS;
}

static void
draw_png(const struct report_chart *chart, double height, struct buf *out)
{
	cairo_surface_t *surface =
	    cairo_image_surface_create(CAIRO_FORMAT_RGB24,
		(int)(CHART_WIDTH * CHART_SCALE), (int)(height * CHART_SCALE));
	struct paper paper;

	paper_init(&paper, surface);
	cairo_scale(paper.cr, CHART_SCALE, CHART_SCALE);
	cairo_set_source_rgb(paper.cr, 1, 1, 1);
	cairo_paint(paper.cr);
	cairo_set_source_rgb(paper.cr, 0, 0, 0);
	chart_draw(&paper, chart, 0, 0, CHART_WIDTH);
	paper_finish(&paper);
	cairo_surface_write_to_png_stream(surface, take_chart_bytes, out);
	cairo_surface_destroy(surface);
}

static void
add_file(struct docx *docx, const char *name, const char *data, size_t size)
{
	struct folder_file *file = arena_append(
	    &docx->arena, &docx->files, &docx->nfiles, sizeof(*file));

	file->name = arena_strdup(&docx->arena, name);
	file->data = arena_strndup(&docx->arena, data, size);
	file->size = size;
}

static json_t *
add_picture(void *context, const struct report_chart *chart, int number)
{
	struct docx *docx = context;
	double height = chart_height(chart);
	struct buf png;

	buf_init(&png);
	draw_png(chart, height, &png);
	add_file(docx,
	    arena_printf(&docx->arena, "word/media/chart%d.png", number),
	    png.data, png.size);
	buf_finish(&png);
	json_array_append_new(
	    docx->pictures, json_pack("{s:i}", "number", number));
	return json_pack("{s:i, s:i, s:i}", "number", number, "cx",
	    (int)(CHART_WIDTH * EMU_POINT), "cy", (int)(height * EMU_POINT));
}

/* -------------------------------------------------------------------- parts */

static bool
render_part(struct docx *docx, const char *name, const char *template,
    const json_t *doc, enum lang lang)
{
	char error[LIMIT_ERROR_BYTES];
	struct buf part;
	bool ok;

	buf_init(&part);
	ok = template_render(&docx_set, template, doc, lang, &part, error);
	if (ok)
		add_file(docx, name, buf_text(&part), part.size);
	else
		log_error("report as docx: %s", error);
	buf_finish(&part);
	return ok;
}

/* The content types come first, as every reader expects; pictures last. */
static bool
pack_docx(struct docx *docx, struct buf *out)
{
	struct folder_file *files =
	    arena_alloc(&docx->arena, docx->nfiles * sizeof(*files));
	size_t others = docx->nfiles - docx->npictures;

	memcpy(files, docx->files + docx->npictures, others * sizeof(*files));
	memcpy(files + others, docx->files, docx->npictures * sizeof(*files));
	return archive_pack(files, docx->nfiles, out);
}

bool
report_write_docx(const struct report *report,
    const struct report_choice *choice, struct buf *out)
{
	struct docx docx = {.pictures = json_array()};
	char made[CIVIL_DATE_TEXT];
	json_t *doc;
	bool ok = true;

	(void)choice;
	arena_init(&docx.arena);
	civil_format_date(report->source->period.day, made);
	doc = report_document(
	    report, TEXT_WIDTH, ACROSS_WIDTH, add_picture, &docx);
	json_object_set_new(doc, "made", json_string(made));
	json_object_set_new(doc, "lang", json_string(lang_code(report->lang)));
	json_object_set_new(doc, "pictures", docx.pictures);
	docx.npictures = docx.nfiles;
	for (size_t i = 0; ok && i < sizeof(parts) / sizeof(parts[0]); i++)
		if (parts[i].made == NULL)
			add_file(&docx, parts[i].name, parts[i].fixed,
			    strlen(parts[i].fixed));
		else
			ok = render_part(&docx, parts[i].name, parts[i].made,
			    doc, report->lang);
	ok = ok && pack_docx(&docx, out);
	json_decref(doc);
	arena_finish(&docx.arena);
	return ok;
}
