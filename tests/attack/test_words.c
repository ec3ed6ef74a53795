/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Filling the disk with words that bear no name: long comments to a desk's
 * form, and comments for answers that do not exist. Every score counts, what is
 * kept of the words is limited, what is not goes back to who wrote it and can
 * be sent later; kiosks, dossiers' links and other sources feel nothing.
 *
 * HAILONG_ATTACK=full goes on for 20,000 posts of each kind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/limits.h"
#include "shared/more_token.h"
#include "tests/kit/people.h"

#define DOSSIER "H11.35-261102-0001"
#define LONG    (3 * LIMIT_COMMENT_CHARS) /* bytes of the longest */

static struct rig rig;
static char *kiosk, *import;                      /* the kiosk is of LH1 */
static char longest[9 * LIMIT_COMMENT_CHARS + 1]; /* as a form has it */

static int
setup(void **state)
{
	char *at = longest;

	(void)state;
	for (int i = 0; i < LIMIT_COMMENT_CHARS; i++)
		at = stpcpy(at, "%E1%BA%BF");
	rig_make(&rig, "");
	kiosk = rig_device(&rig, "kiosk", "LH1");
	import = rig_device(&rig, "import", NULL);
	rig_serve(&rig);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(kiosk);
	free(import);
	rig_check(&rig);
	rig_remove(&rig);
	return 0;
}

static int
posts(int usual)
{
	const char *asked = getenv("HAILONG_ATTACK");

	return asked != NULL && strcmp(asked, "full") == 0 ? 20000 : usual;
}

static int64_t
count(const char *sql)
{
	return strtoll(rig_sql(&rig, sql), NULL, 10);
}

static const char kept[] =
    "SELECT (SELECT coalesce(sum(length(CAST(comment AS BLOB))), 0) FROM "
    "remark) + (SELECT coalesce(sum(length(CAST(comment AS BLOB))), 0) FROM "
    "addition)";

/* A form from an address; NULL: none is told. */
__attribute__((format(printf, 3, 4))) static const struct reply *
post_from(const char *source, const char *path, const char *format, ...)
{
	static char body[sizeof(longest) + 400];
	char headers[200] = "Content-Type: application/x-www-form-urlencoded"
			    "\r\n";
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(body, sizeof(body), format, args);
	va_end(args);
	if (source != NULL)
		snprintf(headers + strlen(headers),
		    sizeof(headers) - strlen(headers), "Hailong-Source: %s\r\n",
		    source);
	return ask(&rig, "POST", path, headers, body, (size_t)n);
}

static const struct reply *
rate_with(const char *source, const char *path, const char *comment)
{
	return post_from(
	    source, path, "id=%s&overall=2&comment=%s", new_id(), comment);
}

/* Fills a source's hour to the brim. */
static void
fill(const char *source)
{
	for (int i = 0; i < 6; i++)
		assert_status(rate_with(source, "/f/PRC1", longest), 200);
	for (int i = 0; i < 24; i++)
		assert_status(rate_with(source, "/f/PRC1", "x"), 200);
}

/* One source: its hour's worth, and the scores of all. */
static void
test_one_source(void **state)
{
	int n = posts(40);
	const struct reply *page = NULL;
	char *retry;

	(void)state;
	for (int i = 0; i < n; i++) {
		page = rate_with("198.51.100.7", "/f/LH1", longest);
		assert_status(page, 200);
	}
	assert_int_equal(count("SELECT count(*) FROM answer"), n);
	assert_in_range(count(kept), LONG, 1024 * LIMIT_WORDS_SOURCE);
	fill("198.51.100.7");
	page = rate_with("198.51.100.7", "/f/LH1", longest);
	assert_non_null(strstr(page->body, "Điểm chấm đã được ghi nhận."));
	assert_non_null(strstr(page->body, "góp ý gửi từ cùng một mạng"));
	assert_non_null(strstr(page->body, "ếếếếếếếế"));
	retry = reply_header(page, "Retry-After");
	assert_non_null(retry);
	free(retry);
	/* a short one as well; a score alone says nothing of it */
	page = rate_with("198.51.100.7", "/f/PRC1", "ng%E1%BA%AFn");
	assert_non_null(strstr(page->body, "góp ý gửi từ cùng một mạng"));
	page = post_from("198.51.100.7", "/f/LH1", "overall=5");
	assert_status(page, 200);
	assert_null(strstr(page->body, "<textarea"));
	/* in English */
	page = post_from("198.51.100.7", "/f/LH1",
	    "overall=5&lang=en&comment=slow+%%26+cold");
	assert_non_null(strstr(page->body, "coming from one network"));
	assert_non_null(strstr(page->body, "slow &amp; cold"));
	/* of another source nothing is held; nor of another half of an IPv6 */
	n = (int)count("SELECT count(*) FROM remark");
	rate_with("198.51.100.8", "/f/LH1", "kh%C3%A1c");
	rate_with("2001:db8:1:2::9", "/f/LH1", longest);
	assert_int_equal(count("SELECT count(*) FROM remark"), n + 2);
}

/* Many sources: the desk's day's worth. */
static void
test_one_desk(void **state)
{
	int n = posts(300);
	char source[40];
	const struct reply *page = NULL;

	(void)state;
	for (int i = 0; i < n; i++) {
		snprintf(source, sizeof(source), "2001:db8:%x:%x::1", i / 5000,
		    i % 5000);
		page = rate_with(source, "/f/LH1", longest);
		assert_status(page, 200);
	}
	assert_int_equal(count("SELECT count(*) FROM answer"), n);
	assert_in_range(count(kept), LONG, 1024 * LIMIT_WORDS_DESK + LONG);
	assert_non_null(strstr(page->body, "quầy đã nhận quá nhiều"));
	/* another desk is not full; the kiosk's and the link's words are kept
	 */
	n = (int)count("SELECT count(*) FROM remark");
	page = rate_with("198.51.100.8", "/f/PRC1", "kh%C3%A1c");
	assert_null(strstr(page->body, "<textarea"));
	json_decref(post_answers(&rig, kiosk,
	    json_pack("[o]", new_answer("{\"comment\":\"chậm\"}"))));
	assert_int_equal(count("SELECT count(*) FROM remark"), n + 2);
}

static void
test_dossier(void **state)
{
	char path[100], *at;
	const struct reply *page;

	(void)state;
	assert_status(device_ask(&rig, import, "/api/v1/dossiers",
			  json_pack("{s:[{s:s, s:s, s:s, s:s}]}", "dossiers",
			      "code", DOSSIER, "unit", "22969", "field",
			      "chung-thuc", "received_at", "2026-11-02")),
	    200);
	for (int i = 0; i < 20; i++)
		page = rate_with("198.51.100.7", "/f/LH1", longest);
	assert_non_null(strstr(page->body, "<textarea"));
	assert_int_equal(
	    rig_run(&rig, "", "link", "--dossier", DOSSIER, NULL), 0);
	at = strstr(rig.said, "/d/");
	snprintf(path, sizeof(path), "%.*s", (int)strcspn(at, " \r\n"), at);
	page = rate_with("198.51.100.7", path, longest);
	assert_status(page, 200);
	assert_null(strstr(page->body, "<textarea"));
	assert_int_equal(count("SELECT count(*) FROM remark r JOIN answer a ON "
			       "a.id = r.answer WHERE a.dossier <> ''"),
	    1);
}

/* The words of a page of thanks, or of a late comment, by its own form. */
static const struct reply *
send_again(const char *source, const char *desk, const char *token,
    const char *comment)
{
	char path[80];

	snprintf(path, sizeof(path), "/f/%s?more=%s", desk, token);
	return post_from(
	    source, path, "more=%s&lang=vi&comment=%s", token, comment);
}

/* What was held is sent later, to that very answer, once. */
static void
test_later(void **state)
{
	char id[UUID_TEXT], token[40];
	const struct reply *page;

	(void)state;
	strcpy(id, new_id());
	fill("198.51.100.7");
	page = post_from("198.51.100.7", "/f/LH1",
	    "id=%s&overall=1&comment=r%%E1%%BA%%A5t+l%%C3%%A2u", id);
	snprintf(token, sizeof(token), "%s", hidden(page, "more"));
	assert_int_equal(strlen(token), 22);
	assert_non_null(strstr(page->body, "rất lâu"));
	/* sent again it is the same, and has the same token */
	page = post_from("198.51.100.7", "/f/LH1",
	    "id=%s&overall=1&comment=r%%E1%%BA%%A5t+l%%C3%%A2u", id);
	assert_string_equal(hidden(page, "more"), token);
	assert_status(page, 409); /* these words do not stand */
	assert_non_null(strstr(page->body, "chưa được ghi"));
	/* too early: the words come back once more */
	page = send_again("198.51.100.7", "LH1", token, "r%E1%BA%A5t+l%C3%A2u");
	assert_status(page, 429);
	assert_non_null(strstr(page->body, "rất lâu"));
	assert_string_equal(hidden(page, "more"), token);
	/* over another network, or an hour later */
	page = send_again("198.51.100.8", "LH1", token, "r%E1%BA%A5t+l%C3%A2u");
	assert_status(page, 200);
	assert_string_equal(
	    rig_sql(&rig, "SELECT r.comment || ' ' || a.scores FROM remark r "
			  "JOIN answer a ON a.id = r.answer WHERE a.desk = "
			  "'LH1'"),
	    "rất lâu overall=1");
	assert_status(send_again("198.51.100.8", "LH1", token, "x"), 410);
	/* the form once more has nothing to offer now */
	page = post_from("198.51.100.9", "/f/LH1",
	    "id=%s&overall=1&comment=kh%%C3%%A1c", id);
	assert_status(page, 409);
	assert_string_equal(hidden(page, "more"), "");
	assert_int_equal(count("SELECT count(comment) FROM addition"), 0);
}

/* A double press of what is kept is the same, also where the hour is full. */
static void
test_twice(void **state)
{
	const struct reply *page;
	char id[UUID_TEXT];

	(void)state;
	strcpy(id, new_id());
	for (int i = 0; i < 2; i++) {
		page = post_from("198.51.100.7", "/f/LH1",
		    "id=%s&overall=5&comment=t%%E1%%BB%%91t", id);
		assert_status(page, 200);
		assert_null(strstr(page->body, "<textarea"));
		if (i == 0)
			fill("198.51.100.7");
	}
	assert_int_equal(count("SELECT count(*) FROM remark r JOIN answer a ON "
			       "a.id = r.answer WHERE a.desk = 'LH1'"),
	    1);
}

/* Tokens that were made up. */
static void
test_invented(void **state)
{
	int n = posts(400);
	char token[40], key[80], path[60];
	json_t *settings, *results, *one;
	int taken = 0;

	(void)state;
	/* where there is no kiosk, there is no answer */
	assert_status(get(&rig, "/f/PRC1?more=abcdefghijklmnopqrstuv"), 410);
	assert_status(
	    send_again("198.51.100.7", "PRC1", "abcdefghijklmnopqrstuv", "x"),
	    410);
	assert_int_equal(count("SELECT count(*) FROM addition"), 0);
	for (int i = 0; i < n; i++) {
		const struct reply *page;

		snprintf(token, sizeof(token), "abcdefghijklmnop%06d", i);
		page = send_again("198.51.100.7", "LH1", token, longest);
		taken += page->status == 200;
		if (page->status != 200)
			assert_status(page, 429);
	}
	assert_in_range(taken, 1, 1024 * LIMIT_WORDS_SOURCE / LONG);
	assert_int_equal(count("SELECT count(*) FROM addition"), taken);
	assert_in_range(count(kept), LONG, 1024 * LIMIT_WORDS_SOURCE);
	/* the kiosk's own are taken, before their answer and after it */
	settings = reply_json(device_ask(&rig, kiosk, "/api/v1/kiosk", NULL));
	snprintf(key, sizeof(key), "%s",
	    json_string_value(json_object_get(settings, "more_key")));
	json_decref(settings);
	for (int i = 0; i < 2; i++) {
		more_token_make(key, NULL, token);
		snprintf(path, sizeof(path), "/f/LH1?more=%s", token);
		if (i == 1)
			assert_status(get(&rig, path), 200);
		one = new_answer("");
		json_object_set_new(one, "token", json_string(token));
		if (i == 0)
			assert_status(
			    send_again("198.51.100.7", "LH1", token, longest),
			    200);
		results = post_answers(&rig, kiosk, json_pack("[o]", one));
		assert_string_equal(result(results, 0, "status"), "stored");
		json_decref(results);
		if (i == 1)
			assert_status(
			    send_again("198.51.100.7", "LH1", token, longest),
			    200);
		/* of that desk only */
		assert_status(
		    send_again("198.51.100.7", "TP1", token, "x"), 410);
	}
	assert_int_equal(count("SELECT count(*) FROM remark"), 2);
}

/* The office may have it otherwise. */
static void
test_settings(void **state)
{
	int64_t before, after;

	(void)state;
	fill("198.51.100.7");
	before = count("SELECT count(*) FROM remark");
	assert_in_range(before, 20, 29);
	assert_int_equal(
	    rig_run(&rig, "", "setting", "set", "words_source", "4096", NULL),
	    0);
	fill("198.51.100.8");
	after = count("SELECT count(*) FROM remark");
	assert_int_equal(after, before + 30);
	assert_int_equal(
	    rig_run(&rig, "", "setting", "set", "words_desk", "64", NULL), 0);
	rate_with("198.51.100.9", "/f/PRC1", longest);
	assert_int_equal(count("SELECT count(*) FROM remark"), after);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(test_one_source),
	    CASE(test_one_desk),
	    CASE(test_dossier),
	    CASE(test_later),
	    CASE(test_twice),
	    CASE(test_invented),
	    CASE(test_settings),
	};

	return cmocka_run_group_tests_name("attack_words", tests, NULL, NULL);
}
