/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An answer as text, twice: the JSON that travels, and the canonical text that
 * the collector hashes. The canonical text is not JSON because a hash kept for
 * years must not hang on a library's habits of printing. It is one line for
 * each thing said, in a fixed order; only the comment may hold a line end, and
 * it comes last, so no comment can pass for another answer's lines.
 */
#include "shared/answer.h"

#include <stdlib.h>
#include <string.h>
#include "shared/civil.h"
#include "shared/utf8.h"

static void
set_answer_write_text(json_t *json, const char *key, const char *text)
{
	if (text != NULL)
		json_object_set_new(json, key, json_string(text));
}

static void
set_codes(json_t *json, const char *key, const char *const *codes, size_t n)
{
	json_t *list;

	if (n == 0)
		return;
	list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_string(codes[i]));
	json_object_set_new(json, key, list);
}

static json_t *
scores_json(const struct answer *answer)
{
	const struct answer_score *score;
	json_t *scores = json_object();

	for (size_t i = 0; i < answer->nscores; i++) {
		score = &answer->scores[i];
		json_object_set_new(scores, score->criterion,
		    score->value == 0 ? json_null()
				      : json_integer(score->value));
	}
	return scores;
}

json_t *
answer_write(const struct answer *answer)
{
	char id[UUID_TEXT], time[CIVIL_TIME_TEXT];
	json_t *json = json_object();

	uuid_format(&answer->id, id);
	civil_format_time(answer->answered_at, answer->offset, time);
	set_answer_write_text(json, "id", id);
	set_answer_write_text(json, "form", answer->form);
	if (answer->form_version != 0)
		json_object_set_new(
		    json, "form_version", json_integer(answer->form_version));
	set_answer_write_text(json, "desk", answer->desk);
	set_answer_write_text(json, "field", answer->field);
	set_answer_write_text(json, "answered_at", time);
	json_object_set_new(json, "scores", scores_json(answer));
	set_codes(json, "reasons", answer->reasons, answer->nreasons);
	set_answer_write_text(json, "comment",
	    answer->sent != NULL &&
		    utf8_whole(answer->sent, strlen(answer->sent))
		? answer->sent
		: answer->comment);
	set_answer_write_text(json, "lang", answer->lang);
	set_answer_write_text(json, "assisted", answer->assisted);
	set_answer_write_text(json, "token", answer->token);
	set_codes(json, "flags", answer->flags, answer->nflags);
	if (answer->seq != 0)
		json_object_set_new(json, "seq", json_integer(answer->seq));
	if (answer->clock.boot != NULL)
		json_object_set_new(json, "clock",
		    json_pack("{s:s, s:I, s:b}", "boot", answer->clock.boot,
			"mono", (json_int_t)answer->clock.mono, "synced",
			answer->clock.synced));
	return json;
}

static int
compare_scores(const void *a, const void *b)
{
	const struct answer_score *left = a, *right = b;

	return strcmp(left->criterion, right->criterion);
}

static int
compare_codes(const void *a, const void *b)
{
	const char *const *left = a, *const *right = b;

	return strcmp(*left, *right);
}

/* One line; what was not said has none. */
static void
line(struct buf *out, const char *key, const char *value)
{
	if (value == NULL)
		return;
	buf_puts(out, key);
	buf_putc(out, '=');
	buf_puts(out, value);
	buf_putc(out, '\n');
}

static void
number_line(struct buf *out, const char *key, int64_t value)
{
	buf_puts(out, key);
	buf_putc(out, '=');
	buf_int(out, value);
	buf_putc(out, '\n');
}

static void
score_lines(struct buf *out, const struct answer *answer)
{
	struct answer_score sorted[LIMIT_CRITERIA];
	size_t n = answer->nscores;

	memcpy(sorted, answer->scores, n * sizeof(sorted[0]));
	qsort(sorted, n, sizeof(sorted[0]), compare_scores);
	for (size_t i = 0; i < n; i++) {
		buf_puts(out, "score.");
		number_line(out, sorted[i].criterion, sorted[i].value);
	}
}

/* codes has at most LIMIT_REASONS, which is more than LIMIT_FLAGS. */
static void
code_lines(struct buf *out, const char *key, const char *const *codes, size_t n)
{
	const char *sorted[LIMIT_REASONS];

	_Static_assert(LIMIT_REASONS >= LIMIT_FLAGS, "flags fit too");
	if (n == 0)
		return;
	memcpy(sorted, codes, n * sizeof(sorted[0]));
	qsort(sorted, n, sizeof(sorted[0]), compare_codes);
	for (size_t i = 0; i < n; i++)
		line(out, key, sorted[i]);
}

void
answer_canonical(const struct answer *answer, struct buf *out)
{
	char id[UUID_TEXT];

	uuid_format(&answer->id, id);
	line(out, "id", id);
	line(out, "form", answer->form);
	if (answer->form_version != 0)
		number_line(out, "form_version", answer->form_version);
	line(out, "desk", answer->desk);
	line(out, "field", answer->field);
	number_line(out, "answered_at", answer->answered_at);
	score_lines(out, answer);
	code_lines(out, "reason", answer->reasons, answer->nreasons);
	line(out, "lang", answer->lang != NULL ? answer->lang : "vi");
	line(out, "assisted",
	    answer->assisted != NULL ? answer->assisted : "none");
	line(out, "token", answer->token);
	code_lines(out, "flag", answer->flags, answer->nflags);
	if (answer->seq != 0)
		number_line(out, "seq", answer->seq);
	if (answer->clock.boot != NULL) {
		line(out, "clock.boot", answer->clock.boot);
		number_line(out, "clock.mono", answer->clock.mono);
		number_line(out, "clock.synced", answer->clock.synced);
	}
	line(out, "comment",
	    answer->sent != NULL ? answer->sent : answer->comment);
}
