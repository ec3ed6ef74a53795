/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes the pages that nginx and haproxy show in our place: what they refuse
 * themselves, and what they cannot bring to a collector that is away. Runs at
 * build time, so that template and words are those of all other pages; the
 * files are installed to share/hailong/proxy. A refusal for haste (429) is not
 * among those that a citizen sees: the proxies bring it to the collector, which
 * shows the form again with what was entered (http/request.h, refused).
 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include "server/pages/document.h"
#include "server/pages/templates.h"
#include "shared/text.h"

static const struct {
	int status;
	const char *message;
} proxied[] = {
    {403, "proxy.403"},
    {413, "proxy.413"},
    {429, "proxy.429"},
    {502, "proxy.away"},
    {503, "proxy.away"},
    {504, "proxy.late"},
};

static json_t *
proxy_part(enum lang lang, const char *message)
{
	json_t *part = json_object();

	put_text(part, "lang", lang_code(lang));
	put_text(part, "title", text_find(lang, "error.title"));
	put_text(part, "message", text_find(lang, message));
	put_text(part, "again", text_find(lang, "proxy.again"));
	return part;
}

static bool
write_proxy_page(const char *folder, int status, const char *message)
{
	char path[4096], error[LIMIT_ERROR_BYTES];
	json_t *doc = json_object(), *parts = json_array();
	struct buf html;
	FILE *file = NULL;
	bool ok;

	put_number(doc, "status", status);
	json_array_append_new(parts, proxy_part(LANG_VI, message));
	json_array_append_new(parts, proxy_part(LANG_EN, message));
	put_part(doc, "parts", parts);
	buf_init(&html);
	snprintf(path, sizeof(path), "%s/%d.html", folder, status);
	ok = template_render(
	    &page_templates, "proxy", doc, LANG_VI, &html, error);
	if (!ok)
		fprintf(stderr, "%s\n", error);
	if (ok)
		file = fopen(path, "w");
	ok = file != NULL &&
	     fwrite(buf_text(&html), 1, html.size, file) == html.size;
	ok = file != NULL && fclose(file) == 0 && ok;
	if (!ok)
		fprintf(stderr, "%s: cannot be written\n", path);
	buf_finish(&html);
	json_decref(doc);
	return ok;
}

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: hailong-proxy-pages FOLDER\n", stderr);
		return 2;
	}
	for (size_t i = 0; i < sizeof(proxied) / sizeof(proxied[0]); i++)
		if (!write_proxy_page(
			argv[1], proxied[i].status, proxied[i].message))
			return 1;
	return 0;
}
