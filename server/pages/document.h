/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One member of a document, or of a part of one, a line: put_text(row, "name",
 * name). What members a document has, the head of its template says. */
#ifndef HAILONG_SERVER_PAGES_DOCUMENT_H
#define HAILONG_SERVER_PAGES_DOCUMENT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* A text; NULL: null. */
void put_text(json_t *document, const char *name, const char *text);
/* A text of which "" is nothing, too: null. */
void put_words(json_t *document, const char *name, const char *words);
/* A boolean, and a number. */
void put_flag(json_t *document, const char *name, bool flag);
void put_number(json_t *document, const char *name, int64_t number);
/* Another part, which the document owns from then on; NULL: null. */
void put_part(json_t *document, const char *name, json_t *part);

#endif
