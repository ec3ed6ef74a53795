/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Documents and forms that more than one of these pages needs. */
#include "server/pages/cases/answer_view.h"

#include <string.h>
#include "server/core/text/mask.h"
#include "server/pages/document.h"
#include "server/pages/scores/levels.h"
#include "server/core/words.h"
#include "server/store/history.h"
#include "shared/civil.h"
#include "shared/limits.h"
#include "shared/utf8.h"

#define EXCERPT 160 /* characters of a comment in a list */

/* Reasons a person may set an answer aside for. What a rule says ("corrected")
 * is not among them. */
static const char *const aside_reasons[] = {"test", "repeated", "closed",
    "clock", "staff", "wrong", "abuse", "other", NULL};

size_t
answer_view_units(const struct scope *scope, bool below, const char ***units)
{
	const struct catalogue *c = scope->page->ctx->catalogue;
	size_t n = 0;

	*units =
	    arena_alloc(scope->page->arena, (c->nunits + 1) * sizeof(**units));
	for (size_t i = 0; i < c->nunits; i++) {
		const struct unit *u = &c->units[i];

		if (scope_may_see(scope, u->code) &&
		    (scope->unit == NULL || u == scope->unit ||
			(below &&
			    catalogue_within(c, u->code, scope->unit->code))))
			(*units)[n++] = u->code;
	}
	return n;
}

int
answer_view_find(
    const struct scope *scope, const char *id, struct work_answer *out)
{
	struct uuid uuid;

	if (!uuid_parse(id, &uuid))
		return 404;
	switch (store_work_answer(
	    scope->page->ctx->db, scope->page->arena, &uuid, out)) {
	case STEP_ROW:
		return scope_may_see(scope, out->unit) ? 200 : 404;
	case STEP_DONE:
		return 404;
	default:
		return 503;
	}
}

/* ---------------------------------------------------------------- the answer
 */

/* Calls for each of the words of a text that are separated by blanks. */
static json_t *
each(const struct scope *scope, const char *codes,
    const char *(*words)(const struct scope *scope, const char *code))
{
	json_t *list = json_array();

	while (*codes != '\0') {
		size_t n = strcspn(codes, " ");

		if (n > 0)
			json_array_append_new(list,
			    json_string(words(scope,
				arena_strndup(scope->page->arena, codes, n))));
		codes += n + (codes[n] == ' ');
	}
	return list;
}

static const char *
flag_words(const struct scope *scope, const char *code)
{
	const char *words = text_find(scope->page->lang,
	    arena_printf(scope->page->arena, "flag.%s", code));

	return words == NULL ? code : words;
}

static const char *
reason_words(const struct scope *scope, const char *code)
{
	return levels_name(scope, "reasons", code);
}

json_t *
answer_view_flags(const struct scope *scope, const char *flags)
{
	return each(scope, flags, flag_words);
}

json_t *
answer_view_reasons(const struct scope *scope, const char *reasons)
{
	return each(scope, reasons, reason_words);
}

const char *
answer_view_aside_words(const struct scope *scope, const char *reason)
{
	const char *words = text_find(scope->page->lang,
	    arena_printf(scope->page->arena, "aside.reason.%s", reason));

	return words == NULL ? reason : words;
}

/* "14:05 20/11/2026" */
static const char *
moment(const struct scope *scope, int64_t ms)
{
	return arena_printf(scope->page->arena, "%s %s",
	    words_time(scope->page->arena, ms),
	    words_date(scope->page->arena, civil_local_day(ms)));
}

/* Scores of the further questions: [{name, level: 1..5 or null}]. */
static json_t *
scores(const struct scope *scope, const char *text)
{
	json_t *list = json_array();

	for (; *text != '\0'; text += strcspn(text, " ")) {
		size_t n;
		const char *code, *value;

		text += strspn(text, " ");
		n = strcspn(text, "= ");
		if (text[n] != '=')
			continue;
		code = arena_strndup(scope->page->arena, text, n);
		value = text + n + 1;
		if (strcmp(code, "overall") == 0)
			continue;
		json_array_append_new(
		    list, json_pack("{s:s, s:o}", "name",
			      levels_name(scope, "criteria", code), "level",
			      *value >= '1' && *value <= '5'
				  ? json_integer(*value - '0')
				  : json_null()));
	}
	return list;
}

/* What became of it: null while it was never set aside. */
static json_t *
aside(const struct scope *scope, const struct work_answer *a)
{
	if (!a->aside)
		return json_null();
	return json_pack("{s:s, s:o, s:s}", "reason",
	    answer_view_aside_words(scope, a->why.reason), "login",
	    scope_words(a->why.login), "time", moment(scope, a->why.at));
}

json_t *
answer_view_document(const struct scope *scope, const struct work_answer *a)
{
	const struct desk *desk =
	    catalogue_desk(scope->page->ctx->catalogue, a->desk);
	bool paper = strcmp(a->channel, "paper") == 0;
	char id[UUID_TEXT];

	uuid_format(&a->id, id);
	return json_pack("{s:s, s:i, s:o, s:s, s:s, s:s, s:s, s:s, s:o, s:o, "
			 "s:o, s:o, s:o}",
	    "id", id, "level", needs_person_overall(a->scores), "words",
	    scope_words(mask_text(scope->page->arena, a->comment)), "time",
	    paper ? words_date(scope->page->arena, a->day)
		  : moment(scope, a->answered_at),
	    "channel", a->channel, "unit", scope_unit_name(scope, a->unit),
	    "desk",
	    desk == NULL ? a->desk
			 : arena_printf(scope->page->arena, "%s (%s)",
			       desk->name, a->desk),
	    "field", scope_field_name(scope, a->field), "reasons",
	    answer_view_reasons(scope, a->reasons), "scores",
	    scores(scope, a->scores), "flags",
	    strcmp(a->flags, "sample") == 0
		? json_array()
		: answer_view_flags(scope, a->flags),
	    "entered", paper ? scope_words(a->device) : json_null(), "aside",
	    aside(scope, a));
}

json_t *
answer_view_steps(const struct scope *scope, const struct uuid *answer)
{
	struct work_step *list;
	json_t *steps;
	size_t count;

	if (!store_steps(scope->page->ctx->db, scope->page->arena, answer,
		&list, &count))
		return NULL;
	steps = json_array();
	for (size_t i = 0; i < count; i++) {
		const struct work_step *s = &list[i];

		json_array_append_new(steps,
		    json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:b}",
			"time", moment(scope, s->at), "login", s->login, "act",
			s->act, "person", scope_words(s->person), "due",
			s->due == 0 ? json_null()
				    : json_string(words_date(
					  scope->page->arena, s->due)),
			"reason",
			s->reason[0] == '\0'
			    ? json_null()
			    : json_string(
				  answer_view_aside_words(scope, s->reason)),
			"words", scope_words(s->words), "undone", s->undone));
	}
	return steps;
}

json_t *
answer_view_excerpt(const struct scope *scope, const char *comment)
{
	const char *masked, *at;
	size_t n = 0;

	if (comment == NULL)
		return json_null();
	masked = at = mask_text(scope->page->arena, comment);
	for (; *at != '\0' && n < EXCERPT; n++)
		do
			at++;
		while (((unsigned char)*at & 0xc0) == 0x80);
	return json_string(*at == '\0'
			       ? masked
			       : arena_printf(scope->page->arena, "%.*s…",
				     (int)(at - masked), masked));
}

json_t *
answer_view_aside_options(const struct scope *scope, const char *chosen)
{
	json_t *list = json_array();

	for (int i = 0; aside_reasons[i] != NULL; i++)
		json_array_append_new(
		    list, json_pack("{s:s, s:s, s:b}", "value",
			      aside_reasons[i], "label",
			      answer_view_aside_words(scope, aside_reasons[i]),
			      "chosen",
			      chosen != NULL &&
				  strcmp(chosen, aside_reasons[i]) == 0));
	return list;
}

bool
answer_view_aside_known(const char *reason)
{
	for (int i = 0; reason != NULL && aside_reasons[i] != NULL; i++)
		if (strcmp(reason, aside_reasons[i]) == 0)
			return true;
	return false;
}

/* ---------------------------------------------------------------- the forms */

const char *
answer_view_note(struct request *req)
{
	const char *entered = pairs_get(&req->form, "words");
	char *note, *out;
	size_t bytes;

	if (entered == NULL)
		return "";
	note = out = arena_strdup(&req->arena, entered);
	for (; *entered != '\0'; entered++)
		if (entered[0] != '\r' || entered[1] != '\n')
			*out++ = *entered;
	*out = '\0';
	entered = note;
	bytes = strlen(note);
	if (!utf8_valid(entered, bytes))
		return NULL;
	utf8_trim(&entered, &bytes);
	note = arena_strndup(&req->arena, entered, bytes);
	return utf8_length(note) > LIMIT_NOTE_CHARS ? NULL : note;
}

bool
answer_view_form_id(const struct request *req, struct uuid *id)
{
	const char *text = pairs_get(&req->form, "id");

	return text != NULL && uuid_parse(text, id);
}

const char *
answer_view_new_id(const struct scope *scope)
{
	struct uuid id;
	char text[UUID_TEXT];

	uuid_new(&id);
	uuid_format(&id, text);
	return arena_strdup(scope->page->arena, text);
}

const char *
answer_view_address(
    const struct scope *scope, const char *path, const char *done)
{
	bool english = scope->page->lang != LANG_VI;
	bool more = strchr(path, '?') != NULL;

	return arena_printf(scope->page->arena, "%s%s%s%s%s%s", path,
	    done == NULL ? ""
	    : more       ? "&"
			 : "?",
	    done == NULL ? "" : "done=", done == NULL ? "" : done,
	    !english               ? ""
	    : done != NULL || more ? "&"
				   : "?",
	    english ? "lang=en" : "");
}

json_t *
answer_view_done(const struct scope *scope)
{
	const char *done = pairs_get(&scope->page->req->query, "done");
	const char *words = NULL;

	if (done != NULL && strlen(done) < 20)
		words = text_find(scope->page->lang,
		    arena_printf(scope->page->arena, "done.%s", done));
	return scope_words(words);
}

json_t *
answer_view_frame(
    const struct scope *scope, const char *heading, const char *problem)
{
	json_t *doc = document_staff(scope->page->ctx, scope->page->req);

	json_object_set_new(doc, "heading", json_string(heading));
	json_object_set_new(doc, "done", answer_view_done(scope));
	json_object_set_new(doc, "problem", scope_words(problem));
	json_object_set_new(
	    doc, "csrf", json_string(scope->page->req->caller.csrf));
	return doc;
}
