/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads a document strictly where a screen depends on it (desk, form, words in
 * the first language), leniently where a default serves (time-outs, a missing
 * English word gives the Vietnamese one). A document that cannot be used
 * leaves the last good one in place.
 */
#include "kiosk/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "shared/answer.h"
#include "shared/utf8.h"
#include "shared/buf.h"
#include "shared/catalogue.h"
#include "shared/json.h"
#include "shared/log.h"

static const struct flow_settings defaults = {
    .lock_ms = 800,
    .thanks_ms = 4000,
    .reasons_idle_ms = 25000,
    .still_there_ms = 20000,
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
read_number(const struct node *in, const char *key, int64_t least, int64_t most,
    int64_t unit, int64_t fallback)
{
	int64_t n;

	return node_integer(node_get(in, key), &n) && n >= least && n <= most
		   ? n * unit
		   : fallback;
}

/* The first member of a list; NULL for what is none. */
static const struct node *
members(const struct node *list)
{
	return node_is(list, NODE_LIST) ? list->first : NULL;
}

static bool
read_words(
    struct settings *s, const struct node *in, const char *words[LANG_COUNT])
{
	int lang;

	for (lang = 0; lang < LANG_COUNT; lang++) {
		words[lang] = read_text(s, in, lang_code((enum lang)lang));
		if (!*words[lang])
			words[lang] = words[LANG_VI];
	}
	return *words[LANG_VI] != '\0';
}

/* False for a list that has a choice without code or words. What does not fit
 * is left out: the collector lists the commonest first. */
static bool
read_choices(struct settings *s, const struct node *list,
    struct settings_choice *choices, size_t room, size_t *n)
{
	const struct node *item = members(list);

	for (*n = 0; item != NULL && *n < room; item = item->next, (*n)++) {
		struct settings_choice *choice = &choices[*n];

		if (!read_words(s, item, choice->words))
			return false;
		choice->code = read_text(s, item, "code");
		if (!code_valid(choice->code))
			return false;
	}
	return true;
}

/* The kiosk asks shortly (kiosk.question); a form that is not the house's own
 * asks its own general question. */
static bool
read_form(struct settings *s, const struct node *form)
{
	const struct node *reasons = node_get(form, "reasons");
	int lang;

	s->form = read_text(s, form, "code");
	s->form_version = (int)read_number(form, "version", 1, 9999, 1, 0);
	if (!code_valid(s->form) || s->form_version == 0 ||
	    !read_choices(s, reasons, s->reasons, LIMIT_REASONS, &s->nreasons))
		return false;
	if (!read_words(s, node_get(form, "overall"), s->question))
		return false;
	if (strcmp(s->form, "one-stop") == 0)
		for (lang = 0; lang < LANG_COUNT; lang++)
			s->question[lang] =
			    text((enum lang)lang, "kiosk.question");
	return true;
}

static void
read_languages(struct settings *s, const struct node *list, enum lang first)
{
	const struct node *item = members(list);
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

	f->lock_ms = read_number(in, "lock_ms", 0, 5000, 1, defaults.lock_ms);
	f->thanks_ms =
	    read_number(in, "thanks_ms", 1000, 60000, 1, defaults.thanks_ms);
	f->reasons_idle_ms = read_number(
	    in, "reasons_idle_s", 5, 600, 1000, defaults.reasons_idle_ms);
	f->still_there_ms = read_number(
	    in, "still_there_s", 5, 600, 1000, defaults.still_there_ms);
	f->fields = (int)s->nfields;
	f->reasons = (int)s->nreasons;
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
	if (!read_form(s, node_get(in, "form")))
		return false;
	if (desk && !code_valid(s->desk))
		return false;
	if (!*s->desk)
		s->desk = NULL;
	if (node_is(node_get(in, "ask_field"), NODE_TRUE) &&
	    !read_choices(s, fields, s->fields, SETTINGS_FIELDS, &s->nfields))
		return false;
	read_languages(s, node_get(in, "languages"), lang);
	read_flow(s, in);
	return true;
}

static struct settings *
make(const struct node *in, enum lang lang)
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
	s = make(json_read(&a, json, strlen(json), error, sizeof(error)), lang);
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
settings_load(const char *path, enum lang lang)
{
	struct settings *s = NULL;
	struct buf b;

	buf_init(&b);
	if (buf_read_file(&b, path, SETTINGS_BYTES))
		s = settings_read(buf_text(&b), lang);
	buf_finish(&b);
	return s;
}

static bool
write_synced(const char *path, const char *text)
{
	size_t n = strlen(text), done = 0;
	ssize_t wrote = 0;
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok;

	if (fd < 0)
		return false;
	while (done < n && (wrote = write(fd, text + done, n - done)) > 0)
		done += (size_t)wrote;
	ok = done == n && fsync(fd) == 0;
	return close(fd) == 0 && ok;
}

/* A rename is on disk when its folder is. */
static void
sync_folder(struct arena *a, const char *path)
{
	int fd = open(
	    dirname(arena_strdup(a, path)), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

bool
settings_keep(const char *path, const char *json)
{
	struct arena a;
	const char *beside;
	bool ok;

	arena_init(&a);
	beside = arena_printf(&a, "%s.new", path);
	ok = write_synced(beside, json) && rename(beside, path) == 0;
	if (ok)
		sync_folder(&a, path);
	else
		log_warn(
		    "settings cannot be kept in %s: %s", path, strerror(errno));
	arena_finish(&a);
	return ok;
}

void
settings_free(struct settings *s)
{
	if (!s)
		return;
	arena_finish(&s->arena);
	free(s);
}
