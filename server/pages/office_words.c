/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nothing here reads more than the request and the catalogue. */
#include "server/pages/office_words.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/text/urlencoded.h"
#include "server/core/words.h"
#include "shared/civil.h"

#define DONE_WORD 24 /* bytes of a word of done=, at most */

const char *
office_moment(struct request *req, int64_t ms)
{
	if (ms == 0)
		return text(req->lang, "office.never");
	return arena_printf(&req->arena, "%s %s",
	    words_date(&req->arena, civil_local_day(ms)),
	    words_time(&req->arena, ms));
}

const char *
office_unit_name(
    const struct ctx *ctx, const struct request *req, const char *unit)
{
	const struct unit *known;

	if (unit == NULL || unit[0] == '\0')
		return text(req->lang, "office.district");
	known = catalogue_unit(ctx->catalogue, unit);
	return known == NULL ? unit : known->name;
}

const char *
office_address(
    struct request *req, const char *path, const char *name, const char *value)
{
	struct pairs pairs = {0};
	struct buf out;
	const char *kept;

	if (name != NULL)
		pairs_add(&req->arena, &pairs, name, value);
	if (req->lang != LANG_VI)
		pairs_add(&req->arena, &pairs, "lang", lang_code(req->lang));
	buf_init(&out);
	buf_puts(&out, path);
	pairs_put(&out, &pairs);
	kept = arena_strdup(&req->arena, buf_text(&out));
	buf_finish(&out);
	return kept;
}

json_t *
office_done(struct request *req, const char *prefix)
{
	const char *word = pairs_get(&req->query, "done");

	if (word == NULL || strlen(word) > DONE_WORD ||
	    strspn(word, "abcdefghijklmnopqrstuvwxyz") != strlen(word))
		return json_null();
	return office_text(text_find(
	    req->lang, arena_printf(&req->arena, "%s.%s", prefix, word)));
}

json_t *
office_text(const char *words)
{
	return words == NULL ? json_null() : json_string(words);
}
