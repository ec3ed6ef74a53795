/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mustache over a jansson document. Known tags:
 *   {{x}} {{a.b}} {{.}}   the value, escaped (html_text)
 *   {{{x}}}               the value as it is: for SVG made by view/chart only
 *   {{#x}} … {{/x}}       once for a value, once for each member of a list
 *   {{^x}} … {{/x}}       when there is no value
 *   {{> name}}            another template of the set, in the same context
 *   {{! words }}          nothing
 *   {{_ key}}             the words of shared/text.h, escaped; a {name} inside
 *                         the words is filled from the document; a [name]
 *                         inside the key too: {{_ face.[level]}}
 * "No value" is: missing, null, false, "" and []. The number 0 is a value.
 * Against Mustache: a partial is not indented (it may hold a textarea), and
 * set delimiters, {{&x}} and lambdas are refused.
 */
#ifndef HAILONG_SERVER_VIEW_TEMPLATE_H
#define HAILONG_SERVER_VIEW_TEMPLATE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include "shared/buf.h"
#include "shared/limits.h"
#include "shared/text.h"

#define TEMPLATE_SECTIONS 32      /* sections inside each other, one file */
#define TEMPLATE_PARTIALS 8       /* partials inside each other */
#define TEMPLATE_STACK    64      /* objects whose members are visible */
#define TEMPLATE_STEPS    1000000 /* tags and texts of one rendering */
#define TEMPLATE_BYTES    (8 * 1024 * 1024) /* output of one rendering */

struct template_file {
	const char *name; /* "board", as in {{> board}} */
	const char *text; /* UTF-8, NUL-terminated */
};

struct template_set {
	const struct template_file *files;
	size_t count;
};

/* Appends the rendered template to out. False with one sentence that names
 * file and line ("board:12: …") in error for an unknown name, a malformed
 * template (also where it is not reached), a value that cannot be printed
 * (object, list, boolean) or a limit above; out is then as it was before. */
bool template_render(const struct template_set *set, const char *name,
    const json_t *doc, enum lang lang, struct buf *out,
    char error[LIMIT_ERROR_BYTES]);
/* Checks one template without a document: its tags and that the partials it
 * names exist. False with a sentence in error, as above. */
bool template_check(const struct template_set *set, const char *name,
    char error[LIMIT_ERROR_BYTES]);
/* Calls word for each {{_ key}} of a template, for the test that sees that no
 * key lacks its words; the key is valid during the call only. False, as
 * template_check. */
bool template_words(const struct template_set *set, const char *name,
    void (*word)(void *data, const char *key), void *data,
    char error[LIMIT_ERROR_BYTES]);

#endif
