/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The layout is poster.svg, a template; here its document is made. SVG does not
 * wrap text, so words are cut into lines by counting letters, balanced, each
 * kind of text by a row of the table below (units: 0.1 mm). The QR code is one
 * path of runs of dark modules on a whole-number scale, with error correction
 * Q: a quarter of it may be worn off the wall and it still reads.
 */
#include "server/report/poster.h"

#include <jansson.h>
#include <string.h>
#include "server/view/qr.h"
#include "server/view/template.h"
#include "shared/arena.h"
#include "shared/log.h"
#include "shared/utf8.h"

#define MIDDLE     1050 /* of the page's width, 0.1 mm */
#define QR_TOP     1270
#define QR_ROOM    880 /* edge of the square it may fill, quiet zone too */
#define NO_SMS     230 /* what the QR gains where no SMS is taken */
#define URL_WIDTH  1900
#define URL_LETTER 78 /* height of the URL's letters, at most */

extern const char poster_template[];
extern const char poster_faces[];

static const struct template_file files[] = {
    {"poster", poster_template},
    {"faces", poster_faces},
};
static const struct template_set set = {files, 2};

/* A kind of text: CSS class in poster.svg, middle of its baselines, distance of
 * baselines, lines there is room for, letters a line can hold. */
struct style {
	const char *class;
	int y, step;
	size_t lines, letters;
};

/* Finer and finer: the first in which a desk's name finds room is taken. */
static const struct style desk_styles[] = {
    {"desk", 280, 0, 1, 36},
    {"desk two", 280, 105, 2, 40},
    {"desk fine", 285, 72, 3, 60},
};
static const struct style unit_style = {"unit", 120, 66, 1, 60};
static const struct style title_style = {"title", 650, 140, 2, 27};
static const struct style face_style = {"word", 1168, 54, 2, 13};
static const struct style web_style = {"web", 2245, 70, 1, 60};
static const struct style url_style = {"url", 2345, 48, 3, 80};
static const struct style sms_style = {"sms", 2612, 84, 3, 54};
static const struct style note_style = {"note", 2860, 56, 2, 76};

/* The end of the line that begins at text and holds at most letters letters:
 * after the last space that fits, in the middle of a longer word. */
static const char *
line_end(const char *text, size_t letters)
{
	const char *space = NULL;
	const char *p = text;
	for (size_t n = 0; *p != '\0' && *p != '\n'; n++) {
		if (*p == ' ')
			space = p;
		if (n == letters)
			return space != NULL ? space : p;
		p += utf8_cut(p, 1);
	}
	return p;
}

static const char *
line_next(const char *end)
{
	return *end == ' ' || *end == '\n' ? end + 1 : end;
}

static size_t
count_poster_lines(const char *text, size_t letters)
{
	size_t lines = 0;
	while (*text != '\0') {
		text = line_next(line_end(text, letters));
		lines++;
	}
	return lines;
}

/* Adds the lines of a text to an array; the narrowest width that needs no more
 * lines than the full one makes them even. */
static void
add_lines(json_t *to, const struct style *style, int x, const char *text)
{
	size_t width = style->letters;
	size_t lines = count_poster_lines(text, width);
	while (width > 1 && count_poster_lines(text, width - 1) == lines)
		width--;
	int y = style->y - (int)(lines - 1) * style->step / 2;
	while (*text != '\0') {
		const char *end = line_end(text, width);
		json_array_append_new(to,
		    json_pack("{s:s, s:i, s:i, s:s%}", "class", style->class,
			"x", x, "y", y, "words", text, (size_t)(end - text)));
		y += style->step;
		text = line_next(end);
	}
}

static json_t *
qr_document(const char *url, int room)
{
	struct buf path;
	buf_init(&path);
	int modules = qr_path(url, QR_WORN, &path);
	if (modules == 0)
		return NULL;
	int scale = room / modules;
	int edge = modules * scale;
	json_t *doc = json_pack("{s:i, s:i, s:i, s:i, s:s}", "x",
	    MIDDLE - edge / 2, "y", QR_TOP + (room - edge) / 2, "edge", edge,
	    "scale", scale, "path", buf_text(&path));
	buf_finish(&path);
	return doc;
}

static json_t *
faces_document(enum lang lang, json_t *lines)
{
	static const char *const words[] = {
	    "face.5", "face.4", "face.3", "face.2", "face.1"};
	json_t *faces = json_array();
	for (int i = 0; i < 5; i++) {
		int x = 290 + 380 * i;
		json_array_append_new(faces,
		    json_pack("{s:i, s:i}", "value", 5 - i, "x", x - 130));
		add_lines(lines, &face_style, x, text(lang, words[i]));
	}
	return faces;
}

/* The address as people read it: browsers add https:// by themselves. */
static const char *
poster_readable(const char *url)
{
	static const char scheme[] = "https://";
	return strncmp(url, scheme, sizeof(scheme) - 1) == 0
		   ? url + sizeof(scheme) - 1
		   : url;
}

/* A number to text must not be broken at the end of a line. */
static const char *
unbroken(struct arena *a, const char *text)
{
	struct buf b;
	buf_init(&b);
	for (; *text != '\0'; text++) {
		if (*text == ' ')
			buf_puts(&b, "\u00A0");
		else
			buf_putc(&b, *text);
	}
	char *copy = arena_strdup(a, buf_text(&b));
	buf_finish(&b);
	return copy;
}

static const struct style *
desk_style(const char *name)
{
	const struct style *style = desk_styles;
	const struct style *finest =
	    desk_styles + sizeof(desk_styles) / sizeof(*desk_styles) - 1;
	while (style < finest &&
	       count_poster_lines(name, style->letters) > style->lines)
		style++;
	return style;
}

/* The address gets lines of its own, in letters that fill the page. */
static void
add_address(const struct poster *p, struct arena *a, json_t *lines)
{
	struct style web = web_style;
	struct style url = url_style;
	if (p->sms == NULL) {
		web.y += NO_SMS;
		url.y += NO_SMS;
	}
	add_lines(lines, &web, MIDDLE,
	    text_fill(a, p->lang, "poster.web", "url", "", NULL));
	add_lines(lines, &url, MIDDLE, poster_readable(p->url));
}

static void
add_words(const struct poster *p, struct arena *a, json_t *lines)
{
	add_lines(lines, &unit_style, MIDDLE, p->unit_name);
	add_lines(lines, desk_style(p->desk_name), MIDDLE, p->desk_name);
	add_lines(lines, &title_style, MIDDLE, text(p->lang, "poster.title"));
	add_address(p, a, lines);
	if (p->sms != NULL)
		add_lines(lines, &sms_style, MIDDLE,
		    text_fill(a, p->lang, "poster.sms", "desk", p->desk, "sms",
			unbroken(a, p->sms), NULL));
	add_lines(
	    lines, &note_style, MIDDLE, text(p->lang, "web.privacy.short"));
}

static int
url_letter(const char *url)
{
	size_t letters = strlen(poster_readable(url));
	if (letters > url_style.letters)
		letters = url_style.letters;
	int letter = (int)(URL_WIDTH * 100 / (letters * 62));
	return letter < URL_LETTER ? letter : URL_LETTER;
}

static json_t *
poster_document(const struct poster *p, struct arena *a)
{
	int room = QR_ROOM + (p->sms == NULL ? NO_SMS : 0);
	json_t *qr = qr_document(p->url, room);
	if (qr == NULL)
		return NULL;
	json_t *lines = json_array();
	json_t *faces = faces_document(p->lang, lines);
	add_words(p, a, lines);
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:i, s:b}", "lang",
	    lang_code(p->lang), "desk_name", p->desk_name, "qr", qr, "faces",
	    faces, "lines", lines, "letter", url_letter(p->url), "sms",
	    p->sms != NULL);
}

bool
poster_svg(const struct poster *p, struct buf *out)
{
	char error[LIMIT_ERROR_BYTES];
	struct arena a;
	if (p->url[0] == '\0' || strlen(p->url) > POSTER_URL_BYTES)
		return false;
	arena_init(&a);
	json_t *doc = poster_document(p, &a);
	bool ok = doc != NULL &&
		  template_render(&set, "poster", doc, p->lang, out, error);
	if (doc != NULL && !ok)
		log_error("poster: %s", error);
	json_decref(doc);
	arena_finish(&a);
	return ok;
}
