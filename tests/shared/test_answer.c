/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Answers in, struct or sentence out. A case is what is laid over one good
 * answer; a key whose value is the text "(none)" is taken away.
 */
#include "shared/answer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char good[] = "{\"id\":\"01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11\","
			   "\"answered_at\":\"2026-11-20T09:15:03+07:00\","
			   "\"scores\":{\"overall\":5}}";

/* The contract's example, section 3. */
static const char full[] =
    "{\"id\":\"01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11\",\"form\":\"one-stop\","
    "\"form_version\":1,\"desk\":\"LH1\",\"field\":\"dat-dai\","
    "\"answered_at\":\"2026-11-20T09:15:03+07:00\","
    "\"scores\":{\"overall\":5,\"attitude\":4,\"feedback\":null},"
    "\"reasons\":[\"waiting\"],\"comment\":\"Cảm ơn\\nnhiều\","
    "\"lang\":\"vi\",\"assisted\":\"none\",\"token\":null,"
    "\"flags\":[\"burst\"],\"seq\":812}";

struct read_case {
	const char *over;
	const char *error; /* NULL: accepted */
};

static const struct read_case cases[] = {
    {"{}", NULL},
    {"{\"id\":\"(none)\"}", "id: missing"},
    {"{\"id\":null}", "id: missing"},
    {"{\"id\":7}", "id: not a UUID"},
    {"{\"id\":\"\"}", "id: not a UUID"},
    {"{\"id\":\"01938f5e-7c1a-7f00-9a51-3f0d3c1f8a1\"}", "id: not a UUID"},
    {"{\"id\":\"00000000-0000-0000-0000-000000000000\"}", "id: not a UUID"},
    {"{\"id\":\"01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11\\u0000\"}",
	"id: not a UUID"},
    {"{\"id\":[\"01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11\"]}", "id: not a UUID"},
    {"{\"coment\":\"x\"}", "unknown key \"coment\""},
    {"{\"channel\":\"kiosk\"}", "unknown key \"channel\""},
    {"{\"\":1}", "unknown key \"\""},
    {"{\"a\\nb\\u0007é\":1}", "unknown key \"a?b???\""},
    {"{\"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\":1}",
	"unknown key \"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\""},
    {"{\"scores\":\"(none)\"}", "scores: missing"},
    {"{\"scores\":null}", "scores: missing"},
    {"{\"scores\":5}", "scores: not an object"},
    {"{\"scores\":[5]}", "scores: not an object"},
    {"{\"scores\":{}}", "scores.overall: missing"},
    {"{\"scores\":{\"attitude\":5}}", "scores.overall: missing"},
    {"{\"scores\":{\"overall\":null}}",
	"scores.overall: must be an integer from 1 to 5"},
    {"{\"scores\":{\"overall\":0}}",
	"scores.overall: must be an integer from 1 to 5"},
    {"{\"scores\":{\"overall\":6}}",
	"scores.overall: must be an integer from 1 to 5"},
    {"{\"scores\":{\"overall\":-1}}",
	"scores.overall: must be an integer from 1 to 5"},
    {"{\"scores\":{\"overall\":4294967301}}",
	"scores.overall: must be an integer from 1 to 5"},
    {"{\"scores\":{\"overall\":4.0}}",
	"scores.overall: must be an integer from 1 to 5"},
    {"{\"scores\":{\"overall\":\"5\"}}",
	"scores.overall: must be an integer from 1 to 5"},
    {"{\"scores\":{\"overall\":true}}",
	"scores.overall: must be an integer from 1 to 5"},
    {"{\"scores\":{\"overall\":1,\"attitude\":null,\"access\":5}}", NULL},
    {"{\"scores\":{\"overall\":1,\"attitude\":0}}",
	"scores.attitude: must be an integer from 1 to 5 or null"},
    {"{\"scores\":{\"overall\":1,\"attitude\":6}}",
	"scores.attitude: must be an integer from 1 to 5 or null"},
    {"{\"scores\":{\"overall\":1,\"\":5}}",
	"scores: a criterion is not a code"},
    {"{\"scores\":{\"overall\":1,\"thái độ\":5}}",
	"scores: a criterion is not a code"},
    {"{\"answered_at\":\"(none)\"}", "answered_at: missing"},
    {"{\"answered_at\":null}", "answered_at: missing"},
    {"{\"answered_at\":1795140903}",
	"answered_at: not an RFC 3339 time with offset"},
    {"{\"answered_at\":\"2026-11-20T09:15:03\"}",
	"answered_at: not an RFC 3339 time with offset"},
    {"{\"answered_at\":\"2026-11-31T09:15:03Z\"}",
	"answered_at: not an RFC 3339 time with offset"},
    {"{\"answered_at\":\"2026-11-20T09:15:03Z\\u0000\"}",
	"answered_at: not an RFC 3339 time with offset"},
    {"{\"form\":\"sipas-2017\"}", NULL},
    {"{\"form\":null,\"form_version\":null,\"desk\":null,\"field\":null,"
     "\"reasons\":null,\"comment\":null,\"lang\":null,\"assisted\":null,"
     "\"token\":null,\"flags\":null,\"seq\":null}",
	NULL},
    {"{\"form\":\"\"}", "form: not a code"},
    {"{\"form\":1}", "form: not a code"},
    {"{\"form_version\":0}",
	"form_version: must be an integer from 1 to 32767"},
    {"{\"form_version\":32768}",
	"form_version: must be an integer from 1 to 32767"},
    {"{\"form_version\":\"1\"}",
	"form_version: must be an integer from 1 to 32767"},
    {"{\"form_version\":32767}", NULL},
    {"{\"desk\":\"LH 1\"}", "desk: not a code"},
    {"{\"desk\":\"LH1\\u0000\"}", "desk: not a code"},
    {"{\"desk\":\"1234567890123456789012345678901234567890\"}", NULL},
    {"{\"desk\":\"12345678901234567890123456789012345678901\"}",
	"desk: not a code"},
    {"{\"field\":\"đất-đai\"}", "field: not a code"},
    {"{\"field\":{}}", "field: not a code"},
    {"{\"reasons\":[]}", NULL},
    {"{\"reasons\":\"waiting\"}", "reasons: not a list"},
    {"{\"reasons\":[\"waiting\",7]}", "reasons: not a code"},
    {"{\"reasons\":[\"waiting\",null]}", "reasons: not a code"},
    {"{\"reasons\":[\"waiting\",\"late\",\"waiting\"]}",
	"reasons: \"waiting\" twice"},
    {"{\"reasons\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\","
     "\"j\",\"k\",\"l\",\"m\",\"n\",\"o\",\"p\"]}",
	NULL},
    {"{\"reasons\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\","
     "\"j\",\"k\",\"l\",\"m\",\"n\",\"o\",\"p\",\"q\"]}",
	"reasons: more than 16"},
    {"{\"flags\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\"]}", NULL},
    {"{\"flags\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\"]}",
	"flags: more than 8"},
    {"{\"flags\":[\"burst\",\"burst\"]}", "flags: \"burst\" twice"},
    {"{\"flags\":{\"burst\":1}}", "flags: not a list"},
    {"{\"comment\":\"\"}", NULL},
    {"{\"comment\":7}", "comment: not a string"},
    {"{\"comment\":[\"x\"]}", "comment: not a string"},
    {"{\"comment\":\"a\\u0000b\"}", NULL},
    {"{\"comment\":\"a\\u001bb\"}", NULL},
    {"{\"comment\":\"a\\u0085b\"}", NULL},
    {"{\"comment\":\"a\\uffffb\"}", NULL},
    {"{\"desk\":\"LH\\u00071\"}", "desk: not a code"},
    {"{\"field\":\"dat-dai\\u200b\"}", "field: not a code"},
    {"{\"comment\":\"a\\r\\n\\tb\"}", NULL},
    {"{\"lang\":\"cjm\"}", NULL},
    {"{\"lang\":\"EN\"}", NULL},
    {"{\"lang\":\"v\"}", "lang: must be 2 to 8 letters"},
    {"{\"lang\":\"\"}", "lang: must be 2 to 8 letters"},
    {"{\"lang\":\"vietnamese\"}", "lang: must be 2 to 8 letters"},
    {"{\"lang\":\"vi-VN\"}", "lang: must be 2 to 8 letters"},
    {"{\"lang\":1}", "lang: must be 2 to 8 letters"},
    {"{\"assisted\":\"staff\"}", NULL},
    {"{\"assisted\":\"relative\"}", NULL},
    {"{\"assisted\":\"Staff\"}", "assisted: must be none, staff or relative"},
    {"{\"assisted\":true}", "assisted: must be none, staff or relative"},
    {"{\"token\":\"abc~!\"}", NULL},
    {"{\"token\":\"\"}", "token: not 1 to 64 printable characters"},
    {"{\"token\":\"a b\"}", "token: not 1 to 64 printable characters"},
    {"{\"token\":\"é\"}", "token: not 1 to 64 printable characters"},
    {"{\"token\":\"12345678901234567890123456789012345678901234567890"
     "12345678901234\"}",
	NULL},
    {"{\"token\":\"12345678901234567890123456789012345678901234567890"
     "123456789012345\"}",
	"token: not 1 to 64 printable characters"},
    {"{\"seq\":0}", NULL},
    {"{\"seq\":9223372036854775807}", NULL},
    {"{\"seq\":-1}", "seq: must be an integer from 0"},
    {"{\"seq\":1.0}", "seq: must be an integer from 0"},
    {"{\"clock\":{\"boot\":\"b-1\",\"mono\":0,\"synced\":true}}", NULL},
    {"{\"clock\":7}", "clock.boot: not a code"},
    {"{\"clock\":{\"boot\":\"b 1\",\"mono\":0,\"synced\":true}}",
	"clock.boot: not a code"},
    {"{\"clock\":{\"boot\":\"b\",\"mono\":-1,\"synced\":true}}",
	"clock.mono: must be an integer from 0"},
    {"{\"clock\":{\"boot\":\"b\",\"mono\":1,\"synced\":1}}",
	"clock.synced: must be true or false"},
    {"{\"clock\":{\"boot\":\"b\",\"mono\":1,\"synced\":true,\"x\":1}}",
	"clock: boot, mono, synced and nothing else"},
};

/* The same as it comes from outside. */
static const struct node *
nodes(struct arena *arena, const json_t *json)
{
	char *text = json_dumps(json, JSON_ENCODE_ANY);
	char error[LIMIT_ERROR_BYTES];
	const struct node *node =
	    json_read(arena, text, strlen(text), error, sizeof(error));

	if (node == NULL)
		fail_msg("%s: %s", error, text);
	free(text);
	return node;
}

/* The good answer with something laid over it; the caller owns it. */
static json_t *
laid_over(const char *over)
{
	json_t *json = json_loads(good, 0, NULL);
	json_t *change = json_loads(over, JSON_ALLOW_NUL, NULL);
	const char *key, *text;
	json_t *value;

	assert_non_null(json);
	if (change == NULL)
		fail_msg("not JSON: %s", over);
	json_object_foreach (change, key, value) {
		text = json_string_value(value);
		if (text != NULL && strcmp(text, "(none)") == 0)
			json_object_del(json, key);
		else
			json_object_set(json, key, value);
	}
	json_decref(change);
	return json;
}

static void
each_case(void **state)
{
	char error[LIMIT_ERROR_BYTES];
	struct answer answer;
	struct arena arena;
	bool has_id, ok;
	json_t *json;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *want = cases[i].error ? cases[i].error : "";

		json = laid_over(cases[i].over);
		ok = answer_read(
		    nodes(&arena, json), &arena, &answer, &has_id, error);
		if (ok != (cases[i].error == NULL) || strcmp(error, want) != 0)
			fail_msg("%s\nwanted %s\ngot    %s", cases[i].over,
			    want, error);
		assert_int_equal(has_id, strncmp(want, "id:", 3) != 0);
		json_decref(json);
	}
	arena_finish(&arena);
}

static void
not_an_object(void **state)
{
	static const char *const texts[] = {"null", "7", "\"x\"", "[]", "true"};
	char error[LIMIT_ERROR_BYTES];
	struct answer answer;
	struct arena arena;
	bool has_id;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT(texts); i++) {
		json_t *json = json_loads(texts[i], JSON_DECODE_ANY, NULL);

		assert_false(answer_read(
		    nodes(&arena, json), &arena, &answer, &has_id, error));
		assert_string_equal(error, "not an object");
		assert_false(has_id);
		json_decref(json);
	}
	assert_false(answer_read(NULL, &arena, &answer, &has_id, error));
	arena_finish(&arena);
}

/* Reads an answer that must be good; strings live in the arena. */
static struct answer
read_good(struct arena *arena, json_t *json)
{
	char error[LIMIT_ERROR_BYTES];
	struct answer answer;
	bool has_id;

	if (!answer_read(nodes(arena, json), arena, &answer, &has_id, error))
		fail_msg("%s", error);
	json_decref(json);
	return answer;
}

static void
reads_everything(void **state)
{
	struct arena arena;
	struct answer a;

	(void)state;
	arena_init(&arena);
	a = read_good(&arena, json_loads(full, 0, NULL));
	assert_string_equal(a.form, "one-stop");
	assert_int_equal(a.form_version, 1);
	assert_string_equal(a.desk, "LH1");
	assert_string_equal(a.field, "dat-dai");
	assert_int_equal(a.answered_at, 1795140903000);
	assert_int_equal(a.offset, 420);
	assert_int_equal(a.nscores, 3);
	assert_int_equal(answer_score(&a, "overall"), 5);
	assert_int_equal(answer_score(&a, "attitude"), 4);
	assert_int_equal(answer_score(&a, "feedback"), 0);
	assert_int_equal(answer_score(&a, "access"), -1);
	assert_int_equal(a.nreasons, 1);
	assert_string_equal(a.reasons[0], "waiting");
	assert_string_equal(a.comment, "Cảm ơn\nnhiều");
	assert_string_equal(a.lang, "vi");
	assert_string_equal(a.assisted, "none");
	assert_null(a.token);
	assert_int_equal(a.nflags, 1);
	assert_string_equal(a.flags[0], "burst");
	assert_int_equal(a.seq, 812);
	arena_finish(&arena);
}

static void
fills_in_defaults(void **state)
{
	struct arena arena;
	struct answer a;

	(void)state;
	arena_init(&arena);
	a = read_good(&arena, json_loads(good, 0, NULL));
	assert_null(a.form);
	assert_null(a.desk);
	assert_null(a.field);
	assert_null(a.comment);
	assert_null(a.token);
	assert_int_equal(a.form_version, 0);
	assert_int_equal(a.nreasons + a.nflags, 0);
	assert_int_equal(a.seq, 0);
	assert_string_equal(a.lang, "vi");
	assert_string_equal(a.assisted, "none");
	a = read_good(&arena, laid_over("{\"lang\":\"EN\"}"));
	assert_string_equal(a.lang, "en");
	arena_finish(&arena);
}

/* A comment of n letters of three bytes between two texts. */
static bool
comment_ok(const char *before, int n, const char *after, size_t want_bytes)
{
	char text[8000], error[LIMIT_ERROR_BYTES];
	struct answer answer;
	struct arena arena;
	bool has_id, ok;
	json_t *json;
	int at = snprintf(text, sizeof(text), "%s", before);

	for (int i = 0; i < n; i++, at += 3)
		memcpy(text + at, "ế", 3);
	strcpy(text + at, after);
	json = laid_over("{}");
	json_object_set_new(json, "comment", json_string(text));
	arena_init(&arena);
	ok = answer_read(nodes(&arena, json), &arena, &answer, &has_id, error);
	if (!ok)
		assert_string_equal(
		    error, "comment: longer than 2000 characters");
	else if (want_bytes == 0)
		assert_null(answer.comment);
	else
		assert_int_equal(strlen(answer.comment), want_bytes);
	arena_finish(&arena);
	json_decref(json);
	return ok;
}

static void
length_of_comments(void **state)
{
	(void)state;
	assert_true(comment_ok("", 2000, "", 6000));
	assert_false(comment_ok("", 2001, "", 0));
	assert_true(comment_ok(" \n", 2000, "\t\u00a0\u3000 ", 6000));
	assert_true(comment_ok("\u2003\r\n", 1, "", 3));
	assert_true(comment_ok(" \u00a0\n\t", 0, "\u2009 ", 0));
	assert_true(comment_ok("a b", 1, " . ", 3 + 3 + 2));
	assert_false(comment_ok("x", 2000, "", 0));
}

static void
number_of_criteria(void **state)
{
	char name[16], error[LIMIT_ERROR_BYTES];
	json_t *json = laid_over("{}"), *scores;
	struct answer answer;
	struct arena arena;
	bool has_id;

	(void)state;
	arena_init(&arena);
	scores = json_object_get(json, "scores");
	for (int i = 1; i < LIMIT_CRITERIA; i++) {
		snprintf(name, sizeof(name), "q%d", i);
		json_object_set_new(scores, name, json_integer(i % 5 + 1));
	}
	assert_true(
	    answer_read(nodes(&arena, json), &arena, &answer, &has_id, error));
	assert_int_equal(answer.nscores, LIMIT_CRITERIA);
	assert_int_equal(answer_score(&answer, "q63"), 4);
	json_object_set_new(scores, "q64", json_integer(1));
	assert_false(
	    answer_read(nodes(&arena, json), &arena, &answer, &has_id, error));
	assert_string_equal(error, "scores: more than 64");
	json_decref(json);
	arena_finish(&arena);
}

/* The canonical text of an answer. */
static const char *
canonical(struct arena *arena, json_t *json)
{
	struct answer answer = read_good(arena, json);
	const char *text;
	struct buf b;

	buf_init(&b);
	answer_canonical(&answer, &b);
	text = arena_strdup(arena, buf_text(&b));
	buf_finish(&b);
	return text;
}

/* Hashes of this text are kept for years: it must never change. */
static void
canonical_text_stays(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_string_equal(canonical(&arena, json_loads(full, 0, NULL)),
	    "id=01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11\n"
	    "form=one-stop\nform_version=1\ndesk=LH1\nfield=dat-dai\n"
	    "answered_at=1795140903000\n"
	    "score.attitude=4\nscore.feedback=0\nscore.overall=5\n"
	    "reason=waiting\nlang=vi\nassisted=none\nflag=burst\nseq=812\n"
	    "comment=Cảm ơn\nnhiều\n");
	assert_string_equal(canonical(&arena, json_loads(good, 0, NULL)),
	    "id=01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11\n"
	    "answered_at=1795140903000\nscore.overall=5\nlang=vi\n"
	    "assisted=none\n");
	arena_finish(&arena);
}

static const struct {
	const char *one, *other;
	bool same;
} pairs[] = {
    {"{}", "{\"answered_at\":\"2026-11-20T02:15:03Z\"}", true},
    {"{}", "{\"answered_at\":\"2026-11-20t11:15:03.000+09:00\"}", true},
    {"{}", "{\"answered_at\":\"2026-11-20T09:15:03.001+07:00\"}", false},
    {"{}", "{\"answered_at\":\"2026-11-20T09:15:03+08:00\"}", false},
    {"{}", "{\"id\":\"01938F5E-7C1A-7F00-9A51-3F0D3C1F8A11\"}", true},
    {"{}", "{\"comment\":\"\"}", true},
    {"{}", "{\"comment\":\" \\n \"}", true},
    {"{\"comment\":\"tốt\"}", "{\"comment\":\" tốt\\n\"}", true},
    {"{\"comment\":\"tốt\"}", "{\"comment\":\"Tốt\"}", false},
    {"{}", "{\"comment\":\"x\"}", false},
    {"{\"comment\":\"x\"}", "{\"comment\":\"x\\u0007\"}", false},
    {"{\"comment\":\"x\\u0007\"}", "{\"comment\":\"x\\u0007\"}", true},
    {"{\"comment\":\"\u00e0\"}", "{\"comment\":\"a\u0300\"}", false},
    {"{\"comment\":\"x\\u0000y\"}", "{\"comment\":\"x\\u0000z\"}", false},
    {"{}", "{\"lang\":\"vi\",\"assisted\":\"none\",\"token\":null}", true},
    {"{}", "{\"lang\":\"VI\",\"seq\":0,\"reasons\":[],\"flags\":[]}", true},
    {"{}", "{\"lang\":\"en\"}", false},
    {"{}", "{\"assisted\":\"staff\"}", false},
    {"{}", "{\"scores\":{\"overall\":4}}", false},
    {"{}", "{\"scores\":{\"overall\":5,\"access\":null}}", false},
    {"{\"scores\":{\"overall\":5,\"access\":3,\"result\":null}}",
	"{\"scores\":{\"result\":null,\"access\":3,\"overall\":5}}", true},
    {"{\"scores\":{\"overall\":5,\"access\":3}}",
	"{\"scores\":{\"overall\":3,\"access\":5}}", false},
    {"{\"reasons\":[\"late\",\"waiting\"]}",
	"{\"reasons\":[\"waiting\",\"late\"]}", true},
    {"{\"reasons\":[\"late\"]}", "{\"flags\":[\"late\"]}", false},
    {"{\"flags\":[\"b\",\"a\"]}", "{\"flags\":[\"a\",\"b\"]}", true},
    {"{\"desk\":\"LH1\"}", "{\"desk\":\"lh1\"}", false},
    {"{}", "{\"desk\":\"LH1\"}", false},
    {"{}", "{\"form\":\"one-stop\"}", false},
    {"{\"field\":\"a\"}", "{\"desk\":\"a\"}", false},
    {"{}", "{\"seq\":1}", false},
    {"{}", "{\"clock\":{\"boot\":\"b\",\"mono\":1,\"synced\":false}}", false},
    {"{\"clock\":{\"boot\":\"b\",\"mono\":1,\"synced\":true}}",
	"{\"clock\":{\"boot\":\"b\",\"mono\":1,\"synced\":false}}", false},
    {"{}", "{\"token\":\"t\"}", false},
    /* no comment can look like other lines */
    {"{\"comment\":\"x\\nseq=1\"}", "{\"comment\":\"x\",\"seq\":1}", false},
    {"{\"token\":\"seq=1\"}", "{\"seq\":1}", false},
};

static void
same_meaning_same_text(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT(pairs); i++) {
		const char *one, *other;

		one = canonical(&arena, laid_over(pairs[i].one));
		other = canonical(&arena, laid_over(pairs[i].other));
		if ((strcmp(one, other) == 0) != pairs[i].same)
			fail_msg("%s / %s", pairs[i].one, pairs[i].other);
	}
	arena_finish(&arena);
}

/* What answer_write wrote, answer_read reads to the same meaning, and the
 * offset stays as the sender wrote it. */
static void
writes_what_it_reads(void **state)
{
	struct answer answer, again;
	json_t *json, *written;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *before;

		if (cases[i].error != NULL)
			continue;
		before = canonical(&arena, laid_over(cases[i].over));
		answer = read_good(&arena, laid_over(cases[i].over));
		json = answer_write(&answer);
		again = read_good(&arena, json_incref(json));
		assert_int_equal(again.offset, answer.offset);
		assert_string_equal(canonical(&arena, json), before);
	}
	answer = read_good(&arena, json_loads(full, 0, NULL));
	json = json_loads(full, 0, NULL);
	json_object_del(json, "token"); /* null is not written */
	written = answer_write(&answer);
	assert_true(json_equal(json, written));
	json_decref(written);
	json_decref(json);
	arena_finish(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_case),
	    cmocka_unit_test(not_an_object),
	    cmocka_unit_test(reads_everything),
	    cmocka_unit_test(fills_in_defaults),
	    cmocka_unit_test(length_of_comments),
	    cmocka_unit_test(number_of_criteria),
	    cmocka_unit_test(canonical_text_stays),
	    cmocka_unit_test(same_meaning_same_text),
	    cmocka_unit_test(writes_what_it_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
