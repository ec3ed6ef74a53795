/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads a document strictly where a screen depends on it (desk, form, words in
 * the first language), leniently where a default serves (time-outs, a missing
 * English word gives the Vietnamese one). A document that cannot be used
 * leaves the last good one in place.
 */
#include "kiosk/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/answer.h"
#include "shared/buf.h"
#include "shared/catalogue.h"
#include "shared/civil.h"
#include "shared/json.h"
#include "shared/log.h"
#include "shared/utf8.h"

/* 2022-01-01 UTC, ms: a clock that shows less was never set. */
#define CLOCK_NEVER_SET 1640995200000

static const struct flow_settings defaults = {
    .lock_ms = 800,
    .thanks_ms = 4000,
    .reasons_idle_ms = 25000,
    .still_there_ms = 20000,
    .reasons_to = 2,
};

/* A string of the document copied, "" when there is none or it is too long. */
static const char *
read_text(struct settings *s, const struct node *in, const char *key)
{
	const char *value = node_text(node_get(in, key));

	if (!value || strlen(value) > LIMIT_NAME_BYTES ||
	    !utf8_valid(value, strlen(value)))
		return "";
	return arena_strdup(&s->arena, value);
}

static int64_t
read_bounded(const struct node *in, const char *key, int64_t least,
    int64_t most, int64_t unit, int64_t fallback)
{
	int64_t n;

	return node_integer(node_get(in, key), &n) && n >= least && n <= most
		   ? n * unit
		   : fallback;
}

/* The first member of a list; NULL for what is none. */
static const struct node *
first_member(const struct node *list)
{
	return node_is(list, NODE_LIST) ? list->first : NULL;
}

/* What the document does not have in a language our own words may: their key is
 * kind.code ("reason.waiting"); kind NULL: they have none. */
static bool
read_translations(struct settings *s, const struct node *in, const char *kind,
    const char *words[LANG_COUNT])
{
	const char *code = kind ? node_text(node_get(in, "code")) : NULL, *own;
	int lang;

	for (lang = 0; lang < LANG_COUNT; lang++) {
		words[lang] = read_text(s, in, lang_code((enum lang)lang));
		own = code && !*words[lang]
			  ? text_find((enum lang)lang,
				arena_printf(&s->arena, "%s.%s", kind, code))
			  : NULL;
		if (own && lang != LANG_VI)
			words[lang] = own;
		if (!*words[lang])
			words[lang] = words[LANG_VI];
	}
	return *words[LANG_VI] != '\0';
}

/* False for a list that has a choice without code or words. What does not fit
 * is left out: the collector lists the commonest first. */
static bool
read_choices(struct settings *s, const struct node *list, const char *kind,
    struct settings_choice *choices, size_t room, size_t *n)
{
	const struct node *item = first_member(list);

	for (*n = 0; item != NULL && *n < room; item = item->next, (*n)++) {
		struct settings_choice *choice = &choices[*n];

		if (!read_translations(s, item, kind, choice->words))
			return false;
		choice->code = read_text(s, item, "code");
		if (!code_valid(choice->code))
			return false;
	}
	return true;
}

/* The kiosk asks shortly, and about what the desk does (kiosk.question and its
 * kin); a form that is not the house's own asks its own general question. */
static void
read_question(struct settings *s, const char *kind)
{
	const char *key = "kiosk.question";
	int lang;

	if (kind && strcmp(kind, "received") == 0)
		key = "kiosk.question.received";
	else if (kind && strcmp(kind, "result") == 0)
		key = "kiosk.question.result";
	for (lang = 0; lang < LANG_COUNT; lang++)
		s->question[lang] = text((enum lang)lang, key);
}

static bool
read_desk_form(struct settings *s, const struct node *form)
{
	const struct node *reasons = node_get(form, "reasons");

	s->form = read_text(s, form, "code");
	s->form_version = (int)read_bounded(form, "version", 1, 9999, 1, 0);
	if (!code_valid(s->form) || s->form_version == 0 ||
	    !read_choices(
		s, reasons, "reason", s->reasons, LIMIT_REASONS, &s->nreasons))
		return false;
	return read_translations(
	    s, node_get(form, "overall"), NULL, s->question);
}

static void
read_languages(struct settings *s, const struct node *list, enum lang first)
{
	const struct node *item = first_member(list);
	enum lang lang;
	bool listed = false;
	size_t j;

	for (; item != NULL; item = item->next) {
		const char *code = node_text(item);

		if (code == NULL || !lang_find(code, &lang))
			continue;
		for (j = 0; j < s->nlangs && s->langs[j] != lang; j++)
			;
		if (j == s->nlangs)
			s->langs[s->nlangs++] = lang;
		listed = listed || lang == first;
	}
	if (s->nlangs == 0)
		s->langs[s->nlangs++] = first;
	s->flow.lang = listed ? first : s->langs[0];
}

static void
read_flow(struct settings *s, const struct node *in)
{
	struct flow_settings *f = &s->flow;

	f->lock_ms = read_bounded(in, "lock_ms", 0, 5000, 1, defaults.lock_ms);
	f->thanks_ms =
	    read_bounded(in, "thanks_ms", 1000, 60000, 1, defaults.thanks_ms);
	f->reasons_idle_ms = read_bounded(
	    in, "reasons_idle_s", 5, 600, 1000, defaults.reasons_idle_ms);
	f->still_there_ms = read_bounded(
	    in, "still_there_s", 5, 600, 1000, defaults.still_there_ms);
	f->qr_ms = *s->qr ? read_bounded(in, "qr_s", 5, 120, 1000, 0) : 0;
	f->reasons_to =
	    (int)read_bounded(in, "reasons_to", 0, 5, 1, defaults.reasons_to);
	f->fields = (int)s->nfields;
	f->field_place = node_is(node_get(in, "field_first"), NODE_TRUE)
			     ? FLOW_FIELD_FIRST
			     : FLOW_FIELD_AFTER;
	f->reasons = (int)s->nreasons;
	f->factors = (int)s->nfactors;
}

/* Hours that cannot be read never close a desk. */
static void
read_hours(struct settings *s, const struct node *in)
{
	char error[LIMIT_ERROR_BYTES];
	const char *line = node_text(node_get(in, "hours"));

	if (line && !hours_read(line, &s->hours, error)) {
		log_warn("hours: %s; the desk counts as always open", error);
		memset(&s->hours, 0, sizeof(s->hours));
	}
}

/* Where a citizen may answer on a phone. */
static void
read_form_address(struct settings *s, const struct node *in)
{
	const char *url = read_text(s, in, "public_url");

	s->qr = *url && s->desk
		    ? arena_printf(&s->arena, "%s/f/%s", url, s->desk)
		    : "";
}

static bool
read_document(struct settings *s, const struct node *in, enum lang lang)
{
	const struct node *desk = node_get(in, "desk");
	const struct node *fields = node_get(in, "fields");

	s->desk = read_text(s, desk, "code");
	s->desk_name = read_text(s, desk, "name");
	s->unit_name = read_text(s, desk, "unit_name");
	s->sms = read_text(s, in, "sms_number");
	if (!read_desk_form(s, node_get(in, "form")))
		return false;
	if (desk && !code_valid(s->desk))
		return false;
	if (!*s->desk)
		s->desk = NULL;
	if (node_is(node_get(in, "ask_field"), NODE_TRUE) &&
	    !read_choices(
		s, fields, "field", s->fields, SETTINGS_FIELDS, &s->nfields))
		return false;
	if (node_is(node_get(in, "ask_factors"), NODE_TRUE) &&
	    !read_choices(s, node_get(node_get(in, "form"), "criteria"),
		"factor", s->factors, FLOW_FACTORS, &s->nfactors))
		return false;
	if (strcmp(s->form, "one-stop") == 0)
		read_question(s, node_text(node_get(in, "question")));
	s->pin = read_text(s, in, "pin");
	s->key = read_text(s, in, "key");
	s->more_key = read_text(s, in, "more_key");
	s->voice = !node_is(node_get(in, "voice"), NODE_FALSE);
	read_hours(s, in);
	read_form_address(s, in);
	read_languages(s, node_get(in, "languages"), lang);
	read_flow(s, in);
	return true;
}

static struct settings *
make_settings(const struct node *in, enum lang lang)
{
	struct settings *s = calloc(1, sizeof(*s));

	if (!s)
		abort();
	arena_init(&s->arena);
	if (read_document(s, in, lang))
		return s;
	log_warn("the collector's settings cannot be used; the last good ones "
		 "stay");
	settings_free(s);
	return NULL;
}

struct settings *
settings_read(const char *json, enum lang lang)
{
	char error[LIMIT_ERROR_BYTES];
	struct settings *s;
	struct arena a;

	arena_init(&a);
	s = make_settings(
	    json_read(&a, json, strlen(json), error, sizeof(error)), lang);
	arena_finish(&a);
	return s;
}

struct settings *
settings_builtin(enum lang lang)
{
	const struct catalogue_file *file = catalogue_files;
	struct settings *s;
	struct arena a;

	arena_init(&a);
	while (file->name && strcmp(file->name, "forms/one-stop.json") != 0)
		file++;
	s = settings_read(
	    arena_printf(&a, "{\"form\":%s,\"languages\":[\"%s\"]}", file->data,
		lang_code(lang)),
	    lang);
	arena_finish(&a);
	if (!s)
		abort();
	return s;
}

struct settings *
settings_load(const char *path, enum lang lang, const uint8_t *collector)
{
	struct settings *s = NULL;
	struct buf b;

	buf_init(&b);
	if (!buf_read_file(&b, path, SETTINGS_BYTES))
		log_info("no settings are kept yet");
	else if (collector && !key_verify_json(collector, buf_text(&b)))
		log_error(
		    "%s was not signed by our collector; it is not used", path);
	else
		s = settings_read(buf_text(&b), lang);
	buf_finish(&b);
	return s;
}

bool
settings_open(const struct settings *s, int64_t now)
{
	int32_t day = civil_local_day(now);
	int64_t minute = (now - civil_day_start(day)) / 60000;

	return now < CLOCK_NEVER_SET || hours_open(&s->hours, day, (int)minute);
}

void
settings_free(struct settings *s)
{
	if (!s)
		return;
	arena_finish(&s->arena);
	free(s);
}
