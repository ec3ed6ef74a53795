/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Staff at the real collector: signing in and out, who sees what, the board's
 * targets, and that the interface and the command line give the same rows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/shown_rows.h"
#include "tests/kit/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOGIN  PASSWORD_FORM "&login=lan"
#define PERIOD "2020-01-01..2099-12-31"

static struct rig rig;

static int
setup(void **state)
{
	(void)state;
	rig_make(&rig, "");
	person_add(&rig, "lan", "viewer", NULL);
	assert_int_equal(
	    rig_run(&rig, PASSWORD "\r\n", "user", "add", "binh", "--role",
		"manager", "--unit", "22969", "--final", NULL),
	    0);
	assert_int_equal(rig_run(&rig, "", "sample", "--answers", "1500",
			     "--days", "30", NULL),
	    0);
	rig_serve(&rig);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	rig_check(&rig);
	rig_remove(&rig);
	return 0;
}

/* --------------------------------------------------------------- signing in */

/* The Cookie header of a new session, among other cookies. */
static char *
cookies_of(struct person p)
{
	char *header;

	assert_true(asprintf(&header, "Cookie: other=1; %s",
			&p.headers[strlen("Cookie: ")]) > 0);
	return header;
}

static const struct reply *
get_with(const char *cookie, const char *path)
{
	return ask(&rig, "GET", path, cookie, NULL, 0);
}

static const struct reply *
post_with(const char *cookie, const char *path, const char *body)
{
	char headers[300];

	snprintf(headers, sizeof(headers),
	    "%sContent-Type: application/x-www-form-urlencoded\r\n", cookie);
	return ask(&rig, "POST", path, headers, body, strlen(body));
}

static void
assert_location(const struct reply *reply, const char *where)
{
	char *location;

	assert_status(reply, 303);
	location = reply_header(reply, "Location");
	assert_string_equal(location, where);
	free(location);
}

static void
test_cookie(void **state)
{
	const struct reply *reply = rig_post(&rig, "/login", LOGIN);
	char *cookie = reply_header(reply, "Set-Cookie");

	(void)state;
	assert_location(reply, "/staff/");
	assert_non_null(strstr(cookie, "; HttpOnly"));
	assert_non_null(strstr(cookie, "; SameSite=Strict"));
	assert_non_null(strstr(cookie, "; Path=/"));
	assert_null(strstr(cookie, "Secure")); /* http here */
	assert_true(strcspn(cookie, ";") >= 43);
	free(cookie);
}

static void
test_failed_logins(void **state)
{
	static const struct {
		const char *form;
		int status;
	} forms[] = {
	    {"login=lan&password=wrong", 403},
	    {"login=nobody&password=ba+con+m%C3%A8o+%C4%91en", 403},
	    {"login=L%C3%A2n&password=ba+con+m%C3%A8o+%C4%91en", 403},
	    {"login=lan&password=", 403},
	    {"login=lan", 422},
	    {"", 422},
	};
	char *first = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		const struct reply *reply =
		    rig_post(&rig, "/login", forms[i].form);

		assert_status(reply, forms[i].status);
		assert_null(reply_header(reply, "Set-Cookie"));
		assert_non_null(strstr(reply->body, "role=\"alert\""));
		assert_null(strstr(reply->body, "wrong"));
		if (i == 0)
			first = strdup(strstr(reply->body, "role=\"alert\""));
		else if (i == 1) /* the words do not tell who exists */
			assert_memory_equal(
			    strstr(reply->body, "role=\"alert\""), first, 60);
	}
	free(first);
	assert_status(get(&rig, "/login"), 200);
}

/* Where signing in leads: to the page that was asked for, if it is ours. */
static void
test_comes_back(void **state)
{
	static const struct {
		const char *next, *to;
	} wanted[] = {
	    {"", "/staff/"},
	    {"&next=%2Fstaff%2F%3Fperiod%3D2026-Q3", "/staff/?period=2026-Q3"},
	    {"&next=%2Fstaff%2F%3Fperiod%3D2026-Q3&lang=en",
		"/staff/?period=2026-Q3"},
	    {"&lang=en", "/staff/?lang=en"},
	    {"&next=https%3A%2F%2Fevil.example%2F", "/staff/"},
	    {"&next=%2F%2Fevil.example%2Fstaff%2F", "/staff/"},
	    {"&next=%2Fstaff%2F%5C..%5C", "/staff/"},
	    {"&next=%2Fstaff%2F%0D%0ASet-Cookie%3A+x%3Dy", "/staff/"},
	    {"&next=%2Fstaff%2F+x", "/staff/"},
	    {"&next=%2Fhealthz", "/staff/"},
	};
	char form[300];

	(void)state;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		const struct reply *reply;

		snprintf(form, sizeof(form), "%s%s", LOGIN, wanted[i].next);
		reply = rig_post(&rig, "/login", form);
		assert_location(reply, wanted[i].to);
		assert_null(strcasestr(reply->head, "x=y"));
	}
	assert_location(get(&rig, "/staff/?period=2026-Q3&lang=en"),
	    "/login?lang=en&next="
	    "%2Fstaff%2F%3Fperiod%3D2026-Q3%26lang%3Den");
	assert_non_null(strstr(
	    get(&rig, "/login?lang=en&next=%2Fstaff%2F%3Fperiod%3D2026-Q3")
		->body,
	    "name=\"next\" value=\"/staff/?period=2026-Q3\""));
	assert_null(strstr(
	    get(&rig, "/login?next=https%3A%2F%2Fevil.example")->body, "evil"));
}

/* Another site's page may not send our forms, whatever the browser would add
 * to them. */
static void
test_sent_by_another_site(void **state)
{
	static const char *const sites[] = {"cross-site", "same-site"};
	static const char form[] =
	    "Content-Type: application/x-www-form-urlencoded\r\n";
	char headers[200];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		snprintf(headers, sizeof(headers), "%sSec-Fetch-Site: %s\r\n",
		    form, sites[i]);
		assert_status(
		    ask(&rig, "POST", "/login", headers, LOGIN, strlen(LOGIN)),
		    403);
		assert_status(
		    ask(&rig, "POST", "/f/LH1", headers, "overall=5", 9), 403);
		assert_status(
		    ask(&rig, "GET", "/f/LH1", headers, NULL, 0), 303);
	}
	snprintf(headers, sizeof(headers), "%sSec-Fetch-Site: same-origin\r\n",
	    form);
	assert_status(
	    ask(&rig, "POST", "/login", headers, LOGIN, strlen(LOGIN)), 303);
}

/* A session that nobody used for an hour is over; one that is used is not. */
static void
test_idle_session(void **state)
{
	char *cookie;

	(void)state;
	rig_sql(&rig, "DELETE FROM session");
	cookie = cookies_of(person_sign_in(&rig, "lan"));
	assert_status(get_with(cookie, "/staff/"), 200);
	rig_sql(&rig, "UPDATE session SET seen_at = seen_at - 3500000");
	assert_status(get_with(cookie, "/staff/"), 200); /* noted */
	for (int i = 0; i < RIG_PATIENCE * 100; i++) {
		if (strcmp(rig_sql(&rig, "SELECT count(*) FROM session WHERE "
					 "seen_at < created_at"),
			"0") == 0)
			break;
		usleep(10000);
	}
	rig_sql(&rig, "UPDATE session SET seen_at = seen_at - 3500000");
	assert_status(get_with(cookie, "/staff/"), 200);
	rig_sql(&rig, "UPDATE session SET seen_at = seen_at - 7200000");
	assert_location(get_with(cookie, "/staff/"), "/login");
	free(cookie);
}

static void
test_pages_want_a_login(void **state)
{
	(void)state;
	assert_location(get(&rig, "/staff/"), "/login");
	assert_location(
	    get_with("Cookie: hailong=nonsense\r\n", "/staff/"), "/login");
	assert_location(get(&rig, "/staff"), "/staff/");
	assert_status(rig_post(&rig, "/logout", ""), 401);
}

static void
test_logout_needs_csrf(void **state)
{
	char *cookie = cookies_of(person_sign_in(&rig, "lan")), *csrf,
	     body[100];
	const struct reply *page = get_with(cookie, "/staff/");

	(void)state;
	assert_status(page, 200);
	csrf = strstr(page->body, "name=\"csrf\" value=\"");
	assert_non_null(csrf);
	csrf += strlen("name=\"csrf\" value=\"");
	snprintf(
	    body, sizeof(body), "csrf=%.*s", (int)strcspn(csrf, "\""), csrf);
	assert_status(post_with(cookie, "/logout", ""), 403);
	assert_status(post_with(cookie, "/logout", "csrf="), 403);
	assert_status(post_with(cookie, "/logout", "csrf=guess"), 403);
	assert_status(get_with(cookie, "/staff/"), 200);
	page = post_with(cookie, "/logout", body);
	assert_location(page, "/login");
	csrf = reply_header(page, "Set-Cookie");
	assert_non_null(strstr(csrf, "Max-Age=0"));
	assert_location(get_with(cookie, "/staff/"), "/login");
	free(csrf);
	free(cookie);
}

/* Disabled, or with a new password: out at once, everywhere. */
static void
test_disable_and_password(void **state)
{
	char *cookie;

	(void)state;
	assert_int_equal(rig_run(&rig, PASSWORD, "user", "add", "tam", "--role",
			     "auditor", "--final", NULL),
	    0);
	cookie = cookies_of(person_sign_in(&rig, "tam"));
	assert_status(get_with(cookie, "/staff/"), 200);
	assert_int_equal(rig_run(&rig, "một hai ba bốn\n", "user", "password",
			     "tam", "--final", NULL),
	    0);
	assert_location(get_with(cookie, "/staff/"), "/login");
	free(cookie);
	assert_status(rig_post(&rig, "/login",
			  "login=tam&password=ba+con+m%C3%A8o+%C4%91en"),
	    403);
	cookie = cookies_of(person_sign_in_with(&rig, "tam", "một hai ba bốn"));
	assert_int_equal(rig_run(&rig, "", "user", "disable", "tam", NULL), 0);
	assert_location(get_with(cookie, "/staff/"), "/login");
	assert_status(rig_post(&rig, "/login",
			  "login=tam&password=m%E1%BB%99t+hai+ba+b%E1%BB%91n"),
	    403);
	free(cookie);
}

/* -------------------------------------------------------------------- board */

static void
test_board(void **state)
{
	static const char *const words[] = {"90%", "85%", "Đất đai",
	    "Thị trấn Liên Hương", "class=\"sample\"", "<svg"};
	char *cookie = cookies_of(person_sign_in(&rig, "lan"));
	const struct reply *page = get_with(cookie, "/staff/?period=" PERIOD);

	(void)state;
	assert_status(page, 200);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(page->body, words[i]) == NULL)
			fail_msg("the board lacks %s", words[i]);
	page = get_with(cookie, "/staff/?lang=en&period=2026-Q3");
	assert_non_null(strstr(page->body, "<html lang=\"en\">"));
	assert_status(get_with(cookie, "/staff/?period=nonsense"), 200);
	free(cookie);
}

/* A person of one unit sees that unit only; the cards keep their names. */
static void
test_board_of_one_unit(void **state)
{
	char *cookie = cookies_of(person_sign_in(&rig, "binh"));
	const struct reply *page =
	    get_with(cookie, "/staff/?lang=en&period=" PERIOD);

	(void)state;
	assert_status(page, 200);
	assert_non_null(strstr(page->body, "Thị trấn Liên Hương"));
	assert_null(strstr(page->body, "Phan Rí Cửa"));
	assert_null(strstr(page->body, "Vĩnh Tân"));
	assert_non_null(strstr(page->body, "href=\"/staff/units/22969"));
	free(cookie);
}

/* ------------------------------------------------------------------- scores */

/* The rows as the command prints them. */
static json_t *
command_rows(const char *by, const char *unit, const char *population)
{
	json_t *rows;

	if (by == NULL)
		rig_run(&rig, "", "scores", "--period", PERIOD, "--format",
		    "json", unit == NULL ? NULL : "--unit", unit, NULL);
	else
		rig_run(&rig, "", "scores", "--period", PERIOD, "--format",
		    "json", "--by", by, "--population", population,
		    unit == NULL ? NULL : "--unit", unit, NULL);
	rows = json_loads(rig.said, JSON_REJECT_DUPLICATES, NULL);
	if (rows == NULL)
		fail_msg("scores: %s", rig.said);
	return rows;
}

static json_t *
http_rows(const char *headers, const char *query)
{
	char path[200];
	json_t *json, *rows;
	const struct reply *reply;

	snprintf(
	    path, sizeof(path), "/api/v1/scores?period=" PERIOD "%s", query);
	reply = ask(&rig, "GET", path, headers, NULL, 0);
	assert_status(reply, 200);
	json = reply_json(reply);
	assert_int_equal(json_object_size(json), 1);
	rows = json_incref(json_object_get(json, "rows"));
	json_decref(json);
	return rows;
}

static void
test_command_equals_interface(void **state)
{
	static const char *const words[] = {
	    "unit", "field", "group", "channel", "criterion", "day", "desk"};
	char *viewer = rig_device(&rig, "viewer", NULL), headers[120];
	char query[100];
	size_t hidden = 0;

	(void)state;
	snprintf(
	    headers, sizeof(headers), "Authorization: Bearer %s\r\n", viewer);
	for (size_t i = 0; i <= sizeof(words) / sizeof(words[0]); i++) {
		const char *by = i == 0 ? NULL : words[i - 1];
		const char *unit = i % 2 == 0 ? "22969" : NULL;
		const char *population = i == 2 ? "tthc-land" : "tthc";
		json_t *one = command_rows(by, unit, population), *other;

		snprintf(query, sizeof(query), "%s%s%s%s%s%s",
		    by == NULL ? "" : "&by=", by == NULL ? "" : by,
		    by == NULL ? "" : "&population=",
		    by == NULL ? "" : population,
		    unit == NULL ? "" : "&unit=", unit == NULL ? "" : unit);
		other = http_rows(headers, query);
		assert_true(json_array_size(one) >= 2);
		hidden += assert_shown_rows(one, other);
		json_decref(one);
		json_decref(other);
	}
	assert_true(hidden > 0);
	free(viewer);
}

/* Sums of the rows: fields and units add up to the whole. */
static void
test_rows_add_up(void **state)
{
	static const char *const words[] = {
	    "unit", "field", "group", "channel", "day", "desk"};
	json_t *rows = command_rows(NULL, NULL, NULL);
	json_int_t all = json_integer_value(
	    json_object_get(json_array_get(rows, 0), "valid"));

	(void)state;
	assert_int_equal(all, 1500);
	json_decref(rows);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		json_int_t sum = 0;

		rows = command_rows(words[i], NULL, "tthc");
		for (size_t k = 0; k < json_array_size(rows); k++)
			sum += json_integer_value(
			    json_object_get(json_array_get(rows, k), "valid"));
		assert_int_equal(sum, 1500);
		json_decref(rows);
	}
}

static void
test_who_reads_scores(void **state)
{
	const char *path = "/api/v1/scores?period=" PERIOD;
	char *kiosk = rig_device(&rig, "kiosk", "LH1");
	char *cookie = cookies_of(person_sign_in(&rig, "binh"));
	json_t *rows, *scope;

	(void)state;
	assert_problem(get(&rig, path), 401, "unauthorized");
	assert_problem(device_ask(&rig, kiosk, path, NULL), 403, "forbidden");
	assert_problem(device_ask(&rig, "x", path, NULL), 401, "unauthorized");
	rows = http_rows(cookie, "");
	scope = json_object_get(json_array_get(rows, 0), "scope");
	assert_string_equal(
	    json_string_value(json_object_get(scope, "unit")), "22969");
	json_decref(rows);
	/* not theirs: as if it did not exist */
	assert_problem(
	    ask(&rig, "GET", "/api/v1/scores?period=" PERIOD "&unit=22972",
		cookie, NULL, 0),
	    400, "bad_query");
	rows = http_rows(cookie, "&by=unit");
	assert_int_equal(json_array_size(rows), 1);
	json_decref(rows);
	free(cookie);
	free(kiosk);
}

static void
test_bad_queries(void **state)
{
	static const char *const queries[] = {"", "?period=2026-Q5",
	    "?period=2026&by=hour", "?period=2026&unit=XX",
	    "?period=2026&population=all"};
	char *cookie = cookies_of(person_sign_in(&rig, "lan")), path[100];

	(void)state;
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		snprintf(path, sizeof(path), "/api/v1/scores%s", queries[i]);
		assert_problem(get_with(cookie, path), 400, "bad_query");
	}
	free(cookie);
}

/* Behind TLS the cookie travels by TLS only. Last: it serves anew. */
static void
test_secure_cookie(void **state)
{
	char *cookie;

	(void)state;
	assert_int_equal(rig_stop(&rig), 0);
	rig_config(
	    &rig, NULL, "[server]\npublic_url = https://danhgia.example.vn/\n");
	rig_serve(&rig);
	cookie = reply_header(rig_post(&rig, "/login", LOGIN), "Set-Cookie");
	assert_non_null(strstr(cookie, "; Secure"));
	free(cookie);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cookie),
	    cmocka_unit_test(test_failed_logins),
	    cmocka_unit_test(test_comes_back),
	    cmocka_unit_test(test_sent_by_another_site),
	    cmocka_unit_test(test_idle_session),
	    cmocka_unit_test(test_pages_want_a_login),
	    cmocka_unit_test(test_logout_needs_csrf),
	    cmocka_unit_test(test_disable_and_password),
	    cmocka_unit_test(test_board),
	    cmocka_unit_test(test_board_of_one_unit),
	    cmocka_unit_test(test_command_equals_interface),
	    cmocka_unit_test(test_rows_add_up),
	    cmocka_unit_test(test_who_reads_scores),
	    cmocka_unit_test(test_bad_queries),
	    cmocka_unit_test(test_secure_cookie),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
