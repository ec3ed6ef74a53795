/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The form's two halves: a document of what is shown (empty, or with what was
 * entered and what is wrong with it), and an answer from what was entered. Form
 * and thanks are the same for a desk and for a dossier; where the answer goes
 * is the pages' own.
 */
#include "server/pages/citizen/form_fill.h"

#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/core/words.h"
#include "server/http/counters.h"
#include "server/pages/citizen/held_words.h"
#include "server/settings.h"
#include "shared/civil.h"
#include "shared/utf8.h"

struct page
form_page(struct ctx *ctx, struct request *req, struct response *res)
{
	const char *entered = pairs_get(&req->form, "switch");
	enum lang lang;

	if (entered == NULL)
		entered = pairs_get(&req->form, "lang");
	if (entered != NULL && lang_find(entered, &lang))
		req->lang = lang;
	req->one_language =
	    catalogue_setting(ctx->catalogue, SETTING_ENGLISH) == 0;
	if (req->one_language)
		req->lang = LANG_VI;
	return page_of(ctx, req, res);
}

/* ------------------------------------------------------------- the document */

static const char *
item_words(const json_t *item, enum lang lang)
{
	return json_string_value(json_object_get(item, lang_code(lang)));
}

/* Faces 5 to 1 with the chosen one marked; chosen: as the form has it. */
static json_t *
face_choices(const char *chosen)
{
	json_t *list = json_array();

	for (int i = 5; i >= 1; i--) {
		json_t *face = json_object();

		put_number(face, "value", i);
		put_flag(
		    face, "chosen", chosen[0] == '0' + i && chosen[1] == '\0');
		json_array_append_new(list, face);
	}
	return list;
}

/* The desk's fields in groups, in the order in which they are offered. */
static json_t *
field_groups(const struct page *page, const struct desk *desk)
{
	const char *chosen = page_field(page, "field");
	json_t *groups = json_array(), *index = json_object();

	for (size_t i = 0; i < desk->nfields; i++) {
		const struct field *f = desk->fields[i];
		json_t *group = json_object_get(index, f->group);
		json_t *field = json_object();

		if (group == NULL) {
			group = json_object();
			put_text(group, "name",
			    page_text_of(page, "group.%s", f->group));
			put_part(group, "members", json_array());
			json_array_append_new(groups, group);
			json_object_set(index, f->group, group);
		}
		put_text(field, "code", f->code);
		put_text(field, "name", words_field(page->lang, f));
		put_flag(field, "chosen", strcmp(chosen, f->code) == 0);
		json_array_append_new(json_object_get(group, "members"), field);
	}
	json_decref(index);
	return groups;
}

static bool
reason_ticked(const struct page *page, const char *code)
{
	const struct pairs *form = &page->req->form;

	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->list[i].name, "reasons") == 0 &&
		    strcmp(form->list[i].value, code) == 0)
			return true;
	return false;
}

/* The form's reasons; *open becomes true when one was ticked. */
static json_t *
reason_choices(const struct page *page, const struct form *form, bool *open)
{
	const json_t *all = json_object_get(form->document, "reasons");
	json_t *list = json_array();

	for (size_t i = 0; i < form->nreasons; i++) {
		bool chosen = reason_ticked(page, form->reasons[i]);
		json_t *reason = json_object();

		*open |= chosen;
		put_text(reason, "code", form->reasons[i]);
		put_text(reason, "name",
		    item_words(json_array_get(all, i), page->lang));
		put_flag(reason, "chosen", chosen);
		json_array_append_new(list, reason);
	}
	return list;
}

/* The form's criteria; *open becomes true when one was judged. */
static json_t *
criterion_choices(const struct page *page, const struct form *form, bool *open)
{
	const json_t *all = json_object_get(form->document, "criteria");
	json_t *list = json_array();

	for (size_t i = 0; i < form->ncriteria; i++) {
		const char *code = form->criteria[i];
		const char *chosen = page_field(page, code);
		json_t *criterion = json_object();

		*open |= pairs_get(&page->req->form, code) != NULL;
		put_text(criterion, "code", code);
		put_text(criterion, "name",
		    item_words(json_array_get(all, i), page->lang));
		put_part(criterion, "faces", face_choices(chosen));
		put_flag(criterion, "na", strcmp(chosen, "na") == 0);
		json_array_append_new(list, criterion);
	}
	return list;
}

/* The general question: the form's own words, else those that all forms have.
 */
static const char *
form_question(const struct page *page, const struct form *form)
{
	const char *own =
	    item_words(json_object_get(form->document, "overall"), page->lang);

	return own == NULL ? page_text(page, "web.question") : own;
}

/* The answer's id: that of the form, else of the address, else a new one. */
static const char *
form_id(const struct page *page)
{
	struct uuid id;

	return page_form_id(page, &id) ||
		       uuid_parse(page_asked(page, "id"), &id)
		   ? page_id(page, &id)
		   : page_new_id(page);
}

const char *
form_address(const struct page *page, const struct filled *f, const char *id)
{
	const char *path = arena_printf(page->arena, "/f/%s", f->desk->code);

	return page_address(page, path, "id", id, NULL);
}

bool
form_switched(const struct page *page)
{
	return pairs_get(&page->req->form, "switch") != NULL;
}

void
form_keeps_language(const struct page *page, json_t *doc)
{
	json_t *other = json_object_get(doc, "other");

	if (page->req->method == METHOD_POST && json_is_object(other))
		put_flag(other, "sends", true);
}

/* The receipt: the last 40 bits of the id, which are random, as eight letters
 * that cannot be misread (Crockford's base 32). */
static void
receipt_of(const struct uuid *id, char out[10])
{
	static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	uint64_t bits = 0;
	int at = 0;

	for (int i = 11; i < 16; i++)
		bits = bits << 8 | id->bytes[i];
	for (int i = 7; i >= 0; i--) {
		out[at++] = letters[bits >> (5 * i) & 31];
		if (i == 4)
			out[at++] = '-';
	}
	out[at] = '\0';
}

/* The address of a form for another answer. */
static const char *
next_form(const struct page *page, const struct filled *f)
{
	return arena_printf(page->arena, "/f/%s", f->desk->code);
}

/* What the page says of an answer that stands already under its id: whoever
 * comes back to the form, or loads it again, is not asked as if nothing had
 * been said. NULL: there is none. */
static json_t *
sent_before(const struct page *page, const struct filled *f)
{
	const char *text = form_id(page);
	char receipt[10];
	struct uuid id;
	int score = 0;

	if (f->draft || !uuid_parse(text, &id) ||
	    !store_answer_score(page->ctx->db, &id, &score) || score == 0)
		return NULL;
	receipt_of(&id, receipt);
	return json_pack(
	    "{s:s, s:s}", "receipt", receipt, "back", next_form(page, f));
}

int
form_show(const struct page *page, int status, const struct filled *f,
    const char *problem)
{
	bool asks_field = f->desk->nfields > 1 && !f->knows_field, open = false;
	json_t *doc = page_citizen(page, f->unit->name);
	const char *id = form_id(page);

	put_text(doc, "action",
	    f->bound ? page->req->path : form_address(page, f, id));
	put_text(doc, "id", id);
	form_keeps_language(page, doc);
	put_text(doc, "desk_name", f->desk->name);
	put_part(doc, "sent",
	    status == 200 && page->req->method == METHOD_GET
		? sent_before(page, f)
		: NULL);
	put_text(doc, "problem", page_problem(page, problem));
	put_text(doc, "question", form_question(page, f->form));
	put_part(doc, "faces", face_choices(page_field(page, "overall")));
	put_part(doc, "fields",
	    asks_field
		? json_pack("{s:o}", "groups", field_groups(page, f->desk))
		: NULL);
	put_part(doc, "reasons", reason_choices(page, f->form, &open));
	put_part(doc, "criteria", criterion_choices(page, f->form, &open));
	put_flag(doc, "open", open || f->draft);
	put_text(doc, "comment", page_words(page, "comment", NULL));
	put_flag(doc, "bound", f->bound);
	if (f->draft) {
		put_flag(doc, "draft", true);
		put_part(doc, "other", NULL);
	}
	return page_show(page, status, "citizen/form", doc);
}

/* --------------------------------------------------------------- the answer */

#define FORM_READ_MS 1500                 /* at least, to read and rate */
#define FORM_KEPT_MS (24 * 3600 * 1000LL) /* a page left open */

/* A score field: 1..5, 0 for "na", -1 when nothing or nonsense. */
static int
entered_score(const char *value)
{
	if (strcmp(value, "na") == 0)
		return 0;
	if (value[0] >= '1' && value[0] <= '5' && value[1] == '\0')
		return value[0] - '0';
	return -1;
}

/* Reads the scores; NULL, or the key of what is wrong. Likewise below. */
static const char *
read_entered_scores(const struct page *page, struct filled *f)
{
	struct answer *a = &f->answer;
	int score = entered_score(page_field(page, "overall"));

	if (score < 1)
		return "web.error.overall";
	a->scores[a->nscores++] = (struct answer_score){"overall", score};
	for (size_t i = 0; i < f->form->ncriteria; i++) {
		const char *code = f->form->criteria[i];
		const char *entered = page_field(page, code);

		if (entered[0] == '\0')
			continue;
		score = entered_score(entered);
		if (score < 0)
			return "web.error.choice";
		a->scores[a->nscores++] = (struct answer_score){code, score};
	}
	return NULL;
}

static const char *
read_ticked_reasons(const struct page *page, struct filled *f)
{
	const struct pairs *form = &page->req->form;
	struct answer *a = &f->answer;

	for (size_t i = 0; i < form->count; i++) {
		const struct pair *p = &form->list[i];

		if (strcmp(p->name, "reasons") != 0 || p->value[0] == '\0')
			continue;
		if (!form_has_reason(f->form, p->value))
			return "web.error.choice";
		for (size_t k = 0; k < a->nreasons; k++)
			if (strcmp(a->reasons[k], p->value) == 0)
				return "error.400";
		if (a->nreasons == LIMIT_REASONS)
			return "error.400";
		a->reasons[a->nreasons++] = p->value;
	}
	return NULL;
}

static const char *
read_entered_answer(const struct page *page, struct filled *f)
{
	struct answer *a = &f->answer;
	const char *field = page_field(page, "field");
	const char *comment = page_words(page, "comment", &a->cleaned);
	const char *wrong;

	if (page_field(page, "id")[0] != '\0') {
		if (!page_form_id(page, &a->id))
			return "error.400";
	} else if (!uuid_parse(page_asked(page, "id"), &a->id)) {
		uuid_new(&a->id); /* an own form of the integrator's */
	}
	if (utf8_length(comment) > LIMIT_COMMENT_CHARS)
		return "web.error.comment";
	a->form = f->form->code;
	a->form_version = f->form->version;
	a->desk = f->desk->code;
	a->field = field[0] == '\0' ? NULL : field;
	a->lang = lang_code(page->lang);
	a->assisted = "none";
	a->comment = comment[0] == '\0' ? NULL : comment;
	wrong = read_entered_scores(page, f);
	return wrong != NULL ? wrong : read_ticked_reasons(page, f);
}

/* Whether the page was there before its answer: its id, which we made when it
 * was asked for, says when that was. Nobody reads and rates in a second. */
static bool
was_read(const struct uuid *id, int64_t now)
{
	int64_t made = uuid_time(id);

	return made > 0 && made <= now - FORM_READ_MS &&
	       made >= now - FORM_KEPT_MS;
}

/* Makes the entry of the answer; NULL, or the key of what is wrong. */
static const char *
fill_entry(const struct page *page, struct filled *f)
{
	const struct sender sender = {.channel = "web", .device = ""};
	int64_t now = page->req->now;
	char error[LIMIT_ERROR_BYTES];

	if (!check_answer(&f->answer, &sender, page->ctx->catalogue, now,
		page->arena, &f->entry, error))
		return "web.error.choice";
	/* only now the time, so that it is in no digest */
	check_time(&f->answer, now, NULL, now, page->arena, &f->entry);
	f->entry.zone = civil_offset(now);
	f->entry.source = page->req->from;
	f->entry.unasked = !was_read(&f->answer.id, now);
	return NULL;
}

const char *
form_fill(const struct page *page, struct filled *f)
{
	const char *wrong = read_entered_answer(page, f);

	return wrong == NULL ? fill_entry(page, f) : wrong;
}

void
form_leave_words(const struct page *page, struct filled *f)
{
	f->answer.comment = NULL;
	f->answer.cleaned = false;
	fill_entry(page, f);
}

int
form_refuse(
    const struct page *page, const struct filled *f, const char *problem)
{
	counters_answer(page->ctx->counters, "web", STORED_FAILED);
	return form_show(page, 422, f, problem);
}

/* ---------------------------------------------------------- what came of it */

/* The page of an answer that was not taken, with the way to another form. */
static int
show_not_taken(const struct page *page, int status, const char *unit_name,
    const char *message, const char *back)
{
	json_t *doc = page_citizen(page, unit_name);

	put_number(doc, "status", status);
	put_text(doc, "message", message);
	put_text(doc, "back", back);
	put_text(doc, "back_words", page_text(page, "web.again"));
	return page_show(page, status, "error", doc);
}

int
form_gone(const struct page *page, const char *unit_name, const char *desk)
{
	const char *path =
	    desk == NULL ? "/" : arena_printf(page->arena, "/f/%s", desk);
	const char *url = arena_printf(
	    page->arena, "%s%s", page->ctx->settings->public_url, path);

	return show_not_taken(page, 410, unit_name,
	    page_fill(page, "web.token.gone", "url", url), path);
}

int
form_thanks(struct ctx *ctx, struct request *req, struct response *res)
{
	struct page page = form_page(ctx, req, res);
	const struct filled *f = req->data;
	bool already = f->entry.stored == STORED_CONFLICT;
	char receipt[10];
	json_t *doc;

	counters_answer(ctx->counters, "web", f->entry.stored);
	receipt_of(&f->answer.id, receipt);
	doc = page_citizen(&page, f->unit->name);
	put_text(doc, "desk_name", f->desk->name);
	put_text(doc, "receipt", receipt);
	put_flag(doc, "low", answer_score(&f->answer, "overall") <= 2);
	/* sent before with other content: the first one stays, and we say so */
	put_flag(doc, "already", already);
	put_text(doc, "back", next_form(&page, f));
	put_part(doc, "held", held_words_document(&page, f));
	return page_show(&page, already ? 409 : 200, "citizen/thanks", doc);
}
