/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules of the contract, section 3 and 4: the desk defaults to the device's
 * own, a kiosk rates its own desks only; unit is the desk's; a desk with one
 * field implies it, a field that was given may be any known one, else it is
 * unknown (''). A clock that runs ahead or an answer that comes late is
 * flagged, never dropped. The digest covers all the sender said, so that the
 * same id tells a repeat from a conflict.
 */
#include "server/intake/check.h"

#include <stdio.h>
#include <string.h>
#include "server/core/text/search_text.h"
#include "server/secret/token.h"
#include "server/store/answers.h"
#include "shared/buf.h"
#include "shared/civil.h"

#define CHECK_CLEANED "cleaned" /* something of the comment was no text */

static bool
refuse_check(char *error, const char *what, const char *value)
{
	snprintf(error, LIMIT_ERROR_BYTES, "%s%s%.60s%s", what,
	    value == NULL ? "" : " \"", value == NULL ? "" : value,
	    value == NULL ? "" : "\"");
	return false;
}

/* A kiosk's desk, or one where it stood when the answer was given. */
static bool
own_desk(const struct sender *sender, const char *code)
{
	if (sender->desk != NULL && strcmp(sender->desk, code) == 0)
		return true;
	for (size_t i = 0; i < sender->nformer; i++)
		if (strcmp(sender->former[i], code) == 0)
			return true;
	return false;
}

static bool
check_answer_desk(const struct answer *answer, const struct sender *sender,
    const struct catalogue *catalogue, struct entry *out, char *error)
{
	const char *code = answer->desk;
	const struct desk *desk;

	if (code == NULL)
		code = sender->desk;
	if (code == NULL)
		return refuse_check(error, "desk: missing", NULL);
	desk = catalogue_desk(catalogue, code);
	if (desk == NULL)
		return refuse_check(error, "desk: no such desk", code);
	if (sender->own_desk_only && !own_desk(sender, code))
		return refuse_check(
		    error, "desk: this kiosk rates its own desk, not", code);
	out->desk = desk->code;
	out->unit = desk->unit->code;
	out->field = desk->nfields == 1 ? desk->fields[0]->code : "";
	return true;
}

static bool
check_answer_field(const struct answer *answer,
    const struct catalogue *catalogue, struct entry *out, char *error)
{
	const struct field *field;

	if (answer->field == NULL)
		return true;
	field = catalogue_field(catalogue, answer->field);
	if (field == NULL)
		return refuse_check(
		    error, "field: no such field", answer->field);
	out->field = field->code;
	return true;
}

/* Scores as text, the criteria in the form's own order. */
static bool
write_scores(const struct answer *answer, const struct form *form,
    struct arena *a, struct entry *out, char *error)
{
	struct buf text;
	int value;

	for (size_t i = 0; i < answer->nscores; i++)
		if (!form_has_criterion(form, answer->scores[i].criterion))
			return refuse_check(error, "scores: no such criterion",
			    answer->scores[i].criterion);
	buf_init(&text);
	buf_puts(&text, "overall=");
	buf_int(&text, answer_score(answer, "overall"));
	for (size_t i = 0; i < form->ncriteria; i++) {
		value = answer_score(answer, form->criteria[i]);
		if (value < 0)
			continue;
		buf_putc(&text, ' ');
		buf_puts(&text, form->criteria[i]);
		buf_putc(&text, '=');
		buf_putc(&text, value == 0 ? '-' : (char)('0' + value));
	}
	out->scores = arena_strndup(a, buf_text(&text), text.size);
	buf_finish(&text);
	return true;
}

static bool
check_answer_form(const struct answer *answer,
    const struct catalogue *catalogue, struct arena *a, struct entry *out,
    char *error)
{
	const char *code = answer->form == NULL ? "one-stop" : answer->form;
	const struct form *form;

	if (catalogue_form(catalogue, code, 0) == NULL)
		return refuse_check(error, "form: no such form", code);
	form = catalogue_form(catalogue, code, answer->form_version);
	if (form == NULL)
		return refuse_check(
		    error, "form_version: not a version of", code);
	for (size_t i = 0; i < answer->nreasons; i++)
		if (!form_has_reason(form, answer->reasons[i]))
			return refuse_check(error, "reasons: no such reason",
			    answer->reasons[i]);
	out->form = form->code;
	out->form_version = form->version;
	return write_scores(answer, form, a, out, error);
}

static void
add_code(struct buf *text, const char *code)
{
	if (text->size > 0)
		buf_putc(text, ' ');
	buf_puts(text, code);
}

/* Codes separated by blanks, then those of our own, closed by NULL. */
static const char *
join_codes(struct arena *a, const char *const *list, size_t count,
    const char *const *ours)
{
	struct buf text;
	const char *joined;

	if (count == 0 && *ours == NULL)
		return "";
	buf_init(&text);
	for (size_t i = 0; i < count; i++)
		add_code(&text, list[i]);
	for (; *ours != NULL; ours++)
		add_code(&text, *ours);
	joined = arena_strdup(a, buf_text(&text));
	buf_finish(&text);
	return joined;
}

/* Our own flag for a strange time: stored and shown, never dropped. */
static const char *
time_flag(int64_t answered_at, int64_t now)
{
	if (answered_at > now + LIMIT_AHEAD_MS)
		return "ahead";
	if (answered_at < now - LIMIT_LATE_MS)
		return "late";
	return NULL;
}

static bool
has_flag(const struct answer *answer, const char *flag)
{
	size_t i = 0;

	while (i < answer->nflags && strcmp(answer->flags[i], flag) != 0)
		i++;
	return i < answer->nflags;
}

static void
write_digest(const struct answer *answer, struct arena *a, struct entry *out)
{
	struct buf text;

	buf_init(&text);
	answer_canonical(answer, &text);
	digest(buf_text(&text), text.size, out->digest);
	out->said = arena_strndup(a, buf_text(&text), text.size);
	buf_finish(&text);
}

void
check_time(const struct answer *answer, int64_t at, const char *flag,
    int64_t now, struct arena *a, struct entry *out)
{
	const char *ours[4] = {NULL}, *strange = time_flag(at, now);
	size_t n = 0;

	if (strange != NULL)
		ours[n++] = strange;
	if (flag != NULL)
		ours[n++] = flag;
	if (answer->cleaned && !has_flag(answer, CHECK_CLEANED))
		ours[n++] = CHECK_CLEANED;
	out->answered_at = at;
	out->day = civil_local_day(at);
	out->flags = join_codes(a, answer->flags, answer->nflags, ours);
}

bool
check_answer(const struct answer *answer, const struct sender *sender,
    const struct catalogue *catalogue, int64_t now, struct arena *a,
    struct entry *out, char error[LIMIT_ERROR_BYTES])
{
	static const char *const no_more[] = {NULL};

	memset(out, 0, sizeof(*out));
	if (answer_score(answer, "overall") < 1)
		return refuse_check(error, "scores.overall: missing", NULL);
	if (!check_answer_desk(answer, sender, catalogue, out, error) ||
	    !check_answer_field(answer, catalogue, out, error) ||
	    !check_answer_form(answer, catalogue, a, out, error))
		return false;
	out->id = answer->id;
	out->channel = sender->channel;
	out->device = sender->device;
	out->reasons =
	    join_codes(a, answer->reasons, answer->nreasons, no_more);
	check_time(answer, answer->answered_at, NULL, now, a, out);
	out->comment = answer->comment;
	out->plain = search_text(a, answer->comment);
	out->dossier = "";
	out->lang = answer->lang;
	out->assisted = answer->assisted;
	out->seq = answer->seq;
	out->zone = answer->offset;
	out->received_at = now;
	write_digest(answer, a, out);
	return true;
}
