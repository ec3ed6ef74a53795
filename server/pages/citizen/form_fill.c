/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The form's two halves: a document of what is shown (empty, or with what was
 * entered and what is wrong with it), and an answer from what was entered. Form
 * and thanks are the same for a desk and for a dossier; where the answer goes
 * is the pages' own.
 */
#include "server/pages/citizen/form_fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/catalogue/catalogue.h"
#include "server/http/counters.h"
#include "server/pages/document.h"
#include "server/core/words.h"
#include "shared/civil.h"
#include "shared/utf8.h"

/* ------------------------------------------------------------- the document */

static const char *
words_of(const json_t *item, enum lang lang)
{
	return json_string_value(json_object_get(item, lang_code(lang)));
}

/* Faces 5 to 1 with the chosen one marked. */
static json_t *
faces(const char *chosen)
{
	json_t *list = json_array();
	char value[2] = "0";

	for (int i = 5; i >= 1; i--) {
		value[0] = (char)('0' + i);
		json_array_append_new(
		    list, json_pack("{s:i, s:b}", "value", i, "chosen",
			      chosen != NULL && strcmp(chosen, value) == 0));
	}
	return list;
}

/* The desk's fields in groups, in the order in which they are offered. */
static json_t *
field_groups(struct request *req, const struct desk *desk)
{
	const char *chosen = pairs_get(&req->form, "field");
	json_t *groups = json_array(), *group, *index = json_object();
	char key[LIMIT_CODE_BYTES + 8];

	for (size_t i = 0; i < desk->nfields; i++) {
		const struct field *f = desk->fields[i];

		group = json_object_get(index, f->group);
		if (group == NULL) {
			snprintf(key, sizeof(key), "group.%s", f->group);
			group = json_pack("{s:s, s:[]}", "name",
			    text(req->lang, key), "members");
			json_array_append_new(groups, group);
			json_object_set(index, f->group, group);
		}
		json_array_append_new(json_object_get(group, "members"),
		    json_pack("{s:s, s:s, s:b}", "code", f->code, "name",
			words_field(req->lang, f), "chosen",
			chosen != NULL && strcmp(chosen, f->code) == 0));
	}
	json_decref(index);
	return groups;
}

/* True when a reason was ticked. */
static bool
ticked(const struct request *req, const char *code)
{
	for (size_t i = 0; i < req->form.count; i++)
		if (strcmp(req->form.list[i].name, "reasons") == 0 &&
		    strcmp(req->form.list[i].value, code) == 0)
			return true;
	return false;
}

static json_t *
reasons(const struct request *req, const struct form *form, bool *open)
{
	const json_t *all = json_object_get(form->document, "reasons");
	json_t *list = json_array();

	for (size_t i = 0; i < form->nreasons; i++) {
		bool chosen = ticked(req, form->reasons[i]);

		*open |= chosen;
		json_array_append_new(list,
		    json_pack("{s:s, s:s?, s:b}", "code", form->reasons[i],
			"name", words_of(json_array_get(all, i), req->lang),
			"chosen", chosen));
	}
	return list;
}

static json_t *
criteria(const struct request *req, const struct form *form, bool *open)
{
	const json_t *all = json_object_get(form->document, "criteria");
	json_t *list = json_array();

	for (size_t i = 0; i < form->ncriteria; i++) {
		const char *value = pairs_get(&req->form, form->criteria[i]);

		*open |= value != NULL;
		json_array_append_new(
		    list, json_pack("{s:s, s:s?, s:o, s:b}", "code",
			      form->criteria[i], "name",
			      words_of(json_array_get(all, i), req->lang),
			      "faces", faces(value), "na",
			      value != NULL && strcmp(value, "na") == 0));
	}
	return list;
}

/* The form, empty or with what was entered and what is wrong with it. */
/* The general question: the form's own words, else the house's. */
static const char *
question(const struct form *form, enum lang lang)
{
	const char *own =
	    words_of(json_object_get(form->document, "overall"), lang);

	return own == NULL ? text(lang, "web.question") : own;
}

int
form_show(struct request *req, struct response *res, int status,
    const struct filled *f, const char *problem)
{
	const struct desk *desk = f->desk;
	const struct form *form = f->form;
	json_t *doc = document_citizen(req, f->unit->name);
	const char *comment = pairs_get(&req->form, "comment");
	const char *id = pairs_get(&req->form, "id");
	char fresh[UUID_TEXT];
	struct uuid uuid;
	bool open = false;

	if (id == NULL || !uuid_parse(id, &uuid))
		uuid_new(&uuid);
	uuid_format(&uuid, fresh);
	json_object_set_new(doc, "action", json_string(req->path));
	json_object_set_new(doc, "id", json_string(fresh));
	json_object_set_new(doc, "desk_name", json_string(desk->name));
	json_object_set_new(doc, "problem",
	    problem == NULL ? json_null() : json_string(problem));
	json_object_set_new(
	    doc, "faces", faces(pairs_get(&req->form, "overall")));
	json_object_set_new(doc, "fields",
	    desk->nfields > 1 && !f->knows_field
		? json_pack("{s:o}", "groups", field_groups(req, desk))
		: json_null());
	json_object_set_new(doc, "reasons", reasons(req, form, &open));
	json_object_set_new(doc, "criteria", criteria(req, form, &open));
	json_object_set_new(doc, "open", json_boolean(open || f->draft));
	json_object_set_new(
	    doc, "comment", json_string(comment == NULL ? "" : comment));
	json_object_set_new(doc, "bound", json_boolean(f->bound));
	json_object_set_new(
	    doc, "question", json_string(question(form, req->lang)));
	if (f->draft) {
		json_object_set_new(doc, "draft", json_true());
		json_object_set_new(doc, "other", json_null());
	}
	return document_show(req, res, status, "citizen/form", doc);
}

/* --------------------------------------------------------------- the answer */

/* A score field: 1..5, 0 for "na", -1 when nothing or nonsense. */
static int
read_score(const char *value)
{
	if (value != NULL && strcmp(value, "na") == 0)
		return 0;
	if (value != NULL && value[0] >= '1' && value[0] <= '5' &&
	    value[1] == '\0')
		return value[0] - '0';
	return -1;
}

/* Reads what was entered; NULL, or the key of what is wrong. */
static const char *
read_scores(struct request *req, struct filled *f)
{
	struct answer *a = &f->answer;
	int value = read_score(pairs_get(&req->form, "overall"));

	if (value < 1)
		return "web.error.overall";
	a->scores[a->nscores++] = (struct answer_score){"overall", value};
	for (size_t i = 0; i < f->form->ncriteria; i++) {
		const char *entered =
		    pairs_get(&req->form, f->form->criteria[i]);

		if (entered == NULL || entered[0] == '\0')
			continue;
		value = read_score(entered);
		if (value < 0)
			return "error.400";
		a->scores[a->nscores++] =
		    (struct answer_score){f->form->criteria[i], value};
	}
	return NULL;
}

static const char *
read_reasons(struct request *req, struct filled *f)
{
	struct answer *a = &f->answer;

	for (size_t i = 0; i < req->form.count; i++) {
		const struct pair *p = &req->form.list[i];

		if (strcmp(p->name, "reasons") != 0 || p->value[0] == '\0')
			continue;
		if (!form_has_reason(f->form, p->value))
			return "error.400";
		for (size_t k = 0; k < a->nreasons; k++)
			if (strcmp(a->reasons[k], p->value) == 0)
				return "error.400";
		if (a->nreasons == LIMIT_REASONS)
			return "error.400";
		a->reasons[a->nreasons++] = p->value;
	}
	return NULL;
}

/* A browser counts a line end in a text area as one character and sends two. */
const char *
form_comment(struct request *req)
{
	const char *entered = pairs_get(&req->form, "comment");
	char *comment, *out;

	if (entered == NULL)
		return NULL;
	comment = out = arena_strdup(&req->arena, entered);
	for (; *entered != '\0'; entered++)
		if (entered[0] != '\r' || entered[1] != '\n')
			*out++ = *entered;
	*out = '\0';
	comment += strspn(comment, " \n\t\r");
	for (out = comment + strlen(comment);
	     out > comment && strchr(" \n\t\r", out[-1]) != NULL;)
		*--out = '\0';
	return comment[0] == '\0' ? NULL : comment;
}

static const char *
read_answer(struct request *req, struct filled *f)
{
	struct answer *a = &f->answer;
	const char *id = pairs_get(&req->form, "id");
	const char *field = pairs_get(&req->form, "field");
	const char *wrong;

	if (id == NULL || id[0] == '\0')
		uuid_new(&a->id); /* an own form of the integrator's */
	else if (!uuid_parse(id, &a->id))
		return "error.400";
	a->form = f->form->code;
	a->form_version = f->form->version;
	a->desk = f->desk->code;
	a->field = field == NULL || field[0] == '\0' ? NULL : field;
	a->lang = lang_code(req->lang);
	a->assisted = "none";
	a->comment = form_comment(req);
	if (a->comment != NULL && utf8_length(a->comment) > LIMIT_COMMENT_CHARS)
		return "web.error.comment";
	wrong = read_scores(req, f);
	return wrong != NULL ? wrong : read_reasons(req, f);
}

const char *
form_fill(struct ctx *ctx, struct request *req, struct filled *f)
{
	const struct sender sender = {.channel = "web", .device = ""};
	char error[LIMIT_ERROR_BYTES];
	const char *wrong = read_answer(req, f);

	if (wrong != NULL)
		return wrong;
	if (!check_answer(&f->answer, &sender, ctx->catalogue, req->now,
		&req->arena, &f->entry, error))
		return "error.400";
	/* only now the time, so that it is in no digest */
	f->entry.answered_at = req->now;
	f->entry.day = civil_local_day(req->now);
	f->entry.zone = civil_offset(req->now);
	f->entry.flags = "";
	return NULL;
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

int
form_thanks(struct ctx *ctx, struct request *req, struct response *res)
{
	struct filled *f = req->data;
	json_t *doc = document_citizen(req, f->unit->name);
	char receipt[10];
	int overall = answer_score(&f->answer, "overall");

	counters_answer(ctx->counters, "web", f->entry.stored);
	receipt_of(&f->answer.id, receipt);
	json_object_set_new(doc, "desk_name", json_string(f->desk->name));
	json_object_set_new(doc, "receipt", json_string(receipt));
	json_object_set_new(doc, "low", json_boolean(overall <= 2));
	if (f->entry.stored != STORED_CONFLICT)
		return document_show(req, res, 200, "citizen/thanks", doc);
	/* sent before with other content: the first one stays, and we say so */
	json_object_set_new(doc, "status", json_integer(409));
	json_object_set_new(
	    doc, "message", json_string(text(req->lang, "web.already")));
	json_object_set_new(doc, "back", json_string(req->path));
	json_object_set_new(
	    doc, "back_words", json_string(text(req->lang, "web.again")));
	return document_show(req, res, 409, "error", doc);
}

void
form_languages(const struct ctx *ctx, struct request *req)
{
	req->one_language =
	    catalogue_setting(ctx->catalogue, SETTING_ENGLISH) == 0;
	if (req->one_language)
		req->lang = LANG_VI;
}

enum lang
form_language(const struct request *req)
{
	const char *entered = pairs_get(&req->form, "lang");
	enum lang lang;

	return entered != NULL && lang_find(entered, &lang) ? lang : req->lang;
}
