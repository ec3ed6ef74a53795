/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every rule of both proxies, with the path written in all the ways that
 * somebody might hope the proxy and the collector read differently; and what
 * the visitor reads who is refused. Each table row is tried from an address of
 * its own, so that the order does not matter.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/edge/front.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "shared/limits.h"

#define TRIES 140 /* above every limit of forms and sign-ins */

/* ---------------------------------------------------------------- spellings */

/* How a path "/ab…" may be spelled: %p is the path without its first slash, %1
 * its first letter in hexadecimal, %r what follows it, %a all of it in
 * hexadecimal. */
static const char *const spellings[] = {
    "/%p",
    "/%%%1%r",
    "/%a",
    "/%%25%1%r",
    "//%p",
    "/./%p",
    "/x/../%p",
    "/../%p",
    "/%%2e/%p",
    "/%%2e%%2e/%p",
    "/x/%%2e%%2e/%p",
    "/x/..%%2f%p",
    "%%2f%p",
    "/%%2f%p",
    "/%%5c%p",
    "/%p/",
    "/%p//",
    "/%p/.",
    "/%p/x/..",
    "/%p%%00",
    "/%p%%00x",
    "/%p%%20",
    "/%p%%0d%%0a",
    "/%p?x",
    "/%p?x=/f/LH1",
    "/%p%%3fx",
    "/%p#x",
    "/%p;x",
    "/%p%%",
    "/%p%%zz",
    "/%p%%4",
    "/%p.",
    "/%%%1%r?x=%%00",
    "/%%c0%%af%p",
    "http://x/%p",
    "http://x/%%%1%r",
    "HTTP://x//%p",
    "/%p%%c2%%a0",
    "/api/../%p",
    "/staff/..%%2f%p",
    "/staff/%%2e%%2e/%p",
    "/api/%%2e%%2e%%2f%p",
};

#define SPELLINGS (sizeof(spellings) / sizeof(spellings[0]))

static void
spell(const char *how, const char *path, char out[400])
{
	size_t n = 0;

	for (path++; *how != '\0'; how++) {
		if (*how != '%') {
			out[n++] = *how;
			continue;
		}
		switch (*++how) {
		case 'p':
			n += (size_t)sprintf(out + n, "%s", path);
			break;
		case '1':
			n += (size_t)sprintf(
			    out + n, "%02x", (unsigned)(uint8_t)path[0]);
			break;
		case 'r':
			n += (size_t)sprintf(out + n, "%s", path + 1);
			break;
		case 'a':
			for (const char *c = path; *c != '\0'; c++)
				n += (size_t)sprintf(out + n,
				    *c == '/' ? "/" : "%%%02X",
				    (unsigned)(uint8_t)*c);
			break;
		default:
			out[n++] = *how;
		}
	}
	out[n] = '\0';
}

static const char *
asking(
    const char *method, const char *path, const char *headers, const char *body)
{
	static char request[1200];

	snprintf(request, sizeof(request),
	    "%s %s HTTP/1.1\r\nHost: x\r\n%s"
	    "Content-Type: application/x-www-form-urlencoded\r\n"
	    "Content-Length: %zu\r\n\r\n%s",
	    method, path, headers, strlen(body), body);
	return request;
}

/* One post from this address; its status. */
static int
post_from(const struct front *f, const char *source, const char *path,
    const char *body)
{
	struct reply reply;
	int status =
	    front_from(f, source, asking("POST", path, "", body), &reply);

	reply_finish(&reply);
	return status;
}

/* A source that no other row of a table has. */
static const char *
address(int row, int n)
{
	static char text[40];

	snprintf(text, sizeof(text), "198.51.%d.%d", row % 256, n % 250 + 1);
	return text;
}

/* ------------------------------------------------------------------ figures */

static void
test_figures_stay(void **state)
{
	struct fronts *d = *state;
	static const char *const methods[] = {"GET", "POST"};
	char path[400];

	for (int i = 0; i < d->count; i++)
		for (size_t k = 0; k < SPELLINGS * 2; k++) {
			struct reply reply;

			spell(spellings[k / 2], "/metrics", path);
			front_from(&d->fronts[i], "198.51.100.7",
			    asking(methods[k % 2], path, "", ""), &reply);
			if (reply.status < 400 && reply.status != 0 &&
			    reply.status != 303)
				fail_msg("%s: %s %s: %d", d->fronts[i].name,
				    methods[k % 2], path, reply.status);
			reply_finish(&reply);
		}
}

/* ------------------------------------------------------------------- limits */

static const struct counted {
	const char *path, *body;
	int taken; /* the status of what was let through */
} counted[] = {
    {"/login", "login=x", 422},
    {"/login/code", "login=x&code=1", 422},
    {"/f/LH1", "overall=5", 200},
    {"/f/CC1/", "overall=5", 200},
    {"/d/0123456789abcdefghijkl", "overall=5", 410},
};

#define COUNTED (sizeof(counted) / sizeof(counted[0]))

/* Until a post is refused; how many were taken. */
static int
exhaust(const struct front *f, const char *source, const struct counted *c)
{
	int n = 0, status;

	while ((status = post_from(f, source, c->path, c->body)) != 429) {
		if (status == 0 || n++ == TRIES)
			fail_msg("%s: %s is not counted (%d)", f->name, c->path,
			    status);
	}
	return n;
}

/* Whether a post is refused once the limit is reached. The limit is forgotten
 * with time, so that on a slow machine one may pass; one that is not counted
 * passes always. */
static bool
is_refused(const struct front *f, const char *source, const struct counted *c,
    const char *headers, const char *path)
{
	for (int i = 0; i < 5; i++) {
		struct reply reply;
		int status;

		exhaust(f, source, c);
		status = front_from(
		    f, source, asking("POST", path, headers, c->body), &reply);
		reply_finish(&reply);
		if (status >= 400 && status != c->taken)
			return true;
	}
	return false;
}

/* Who is refused, is so in every spelling, and by IPv6 from the whole /64; the
 * neighbour is not, and looking is no try. */
static void
test_one_counted(const struct front *f, size_t row)
{
	const struct counted *c = &counted[row];
	char path[400], source[60];
	struct reply reply;

	snprintf(source, sizeof(source), "2001:db8:0:%zx::1", row);
	for (size_t s = 0; s < SPELLINGS; s++) {
		spell(spellings[s], c->path, path);
		if (!is_refused(f, source, c, "", path))
			fail_msg("%s: POST %s is let through", f->name, path);
	}
	assert_int_equal(
	    front_from(f, source, asking("GET", "/login", "", ""), &reply),
	    200);
	reply_finish(&reply);
	snprintf(source, sizeof(source), "2001:db8:0:%zx:ffff:1:2:3", row);
	assert_true(is_refused(f, source, c, "", c->path));
	snprintf(source, sizeof(source), "2001:db8:1:%zx::1", row);
	assert_int_equal(post_from(f, source, c->path, c->body), c->taken);
}

static void
test_counted(void **state)
{
	struct fronts *d = *state;

	for (int i = 0; i < d->count; i++)
		for (size_t k = 0; k < COUNTED; k++)
			test_one_counted(&d->fronts[i], k);
}

/* One desk, from many sources, in any spelling of its code with dots. */
static void
test_desk(void **state)
{
	struct fronts *d = *state;

	for (int i = 0; i < d->count; i++) {
		const struct front *f = &d->fronts[i];
		int taken = 0, status;

		while (taken <= 2 * TRIES &&
		       (status = post_from(f, address(taken / 20, taken),
			    "/f/HM1", "overall=5")) == 200)
			taken++;
		assert_int_equal(status, 429);
		assert_in_range(taken, 50, TRIES);
		assert_int_equal(
		    post_from(f, "203.0.113.1", "/f/HM1..", "overall=5"), 429);
		assert_int_equal(
		    post_from(f, "203.0.113.1", "/f/%48M1/", "overall=5"), 429);
		assert_int_equal(
		    post_from(f, "203.0.113.1", "/f/CC1", "overall=5"), 200);
	}
}

/* A device is counted by its token: it is not held back by what comes
 * from its address without one, nor by posts with other tokens. */
static void
test_device(void **state)
{
	struct fronts *d = *state;
	char *token = rig_device(&d->rig, "import", NULL), bearer[120];
	struct reply reply;

	snprintf(bearer, sizeof(bearer), "Authorization: Bearer %s\r\n", token);
	for (int i = 0; i < d->count; i++) {
		const struct front *f = &d->fronts[i];

		exhaust(f, "203.0.113.9", &counted[2]);
		for (int k = 0; k < 100; k++) {
			assert_int_equal(
			    front_from(f, "203.0.113.9",
				asking("GET", "/api/v1/scores", bearer, ""),
				&reply),
			    403);
			reply_finish(&reply);
		}
		/* a token does not open the form's limit */
		assert_true(is_refused(
		    f, "203.0.113.9", &counted[2], bearer, "/f/LH1"));
	}
	free(token);
}

/* -------------------------------------------------------------------- pages */

static bool
says(const struct reply *reply, const char *words)
{
	return reply->body != NULL && strstr(reply->body, words) != NULL;
}

static void
assert_kept_nowhere(const struct reply *reply)
{
	char *header = reply_header(reply, "Cache-Control");

	assert_non_null(header);
	assert_string_equal(header, "no-store");
	free(header);
	header = reply_header(reply, "Strict-Transport-Security");
	assert_non_null(header);
	free(header);
}

/* A form that was refused for haste comes back with what was entered, and
 * nothing of it was stored. */
static void
test_refused_again(void **state)
{
	struct fronts *d = *state;
	struct reply reply;
	char before[24];

	for (int i = 0; i < d->count; i++) {
		const struct front *f = &d->fronts[i];

		do {
			exhaust(f, "203.0.113.20", &counted[2]);
			snprintf(before, sizeof(before), "%s",
			    rig_sql(&d->rig, "SELECT count(*) FROM answer"));
			front_from(f, "203.0.113.20",
			    asking("POST", "/f/LH1", "",
				"overall=4&comment=nhanh"),
			    &reply);
			if (reply.status == 200)
				reply_finish(&reply);
		} while (reply.status == 200);
		assert_int_equal(reply.status, 429);
		assert_true(says(&reply, "<form") && says(&reply, "nhanh"));
		assert_kept_nowhere(&reply);
		reply_finish(&reply);
		assert_string_equal(
		    rig_sql(&d->rig, "SELECT count(*) FROM answer"), before);
	}
}

static void
assert_own_page(const struct front *f, const struct reply *reply, int status)
{
	char *type = reply_header(reply, "Content-Type");

	if (reply->status != status)
		fail_msg("%s: %d, not %d", f->name, reply->status, status);
	assert_non_null(type);
	assert_true(strncmp(type, "text/html", 9) == 0);
	assert_non_null(strcasestr(type, "utf-8"));
	free(type);
	assert_true(says(reply, "<section lang=\"vi\">"));
	assert_true(says(reply, "<section lang=\"en\">"));
	assert_true(says(reply, "location.reload()"));
	assert_false(says(reply, "nginx") || says(reply, "haproxy"));
	assert_kept_nowhere(reply);
}

/* Too long; not from here; no collector behind. */
static void
test_own_pages(void **state)
{
	static const char head[] = "POST /f/LH1 HTTP/1.1\r\nHost: x\r\n"
				   "Content-Length: 1048577\r\n\r\n";
	struct fronts *d = *state;
	struct reply reply;
	char *large = malloc(sizeof(head) + LIMIT_BODY_BYTES + 1);

	memcpy(large, head, sizeof(head));
	memset(large + sizeof(head) - 1, 'x', LIMIT_BODY_BYTES + 1);
	large[sizeof(head) + LIMIT_BODY_BYTES] = '\0';
	for (int i = 0; i < d->count; i++) {
		const struct front *f = &d->fronts[i];

		front_from(f, "203.0.113.30", large, &reply);
		assert_own_page(f, &reply, 413);
		reply_finish(&reply);
		front_from(f, "203.0.113.30", asking("GET", "/metrics", "", ""),
		    &reply);
		assert_own_page(f, &reply, 403);
		reply_finish(&reply);
	}
	free(large);
	assert_int_equal(rig_stop(&d->rig), 0);
	for (int i = 0; i < d->count; i++) {
		const struct front *f = &d->fronts[i];

		front_from(f, "203.0.113.31",
		    asking("POST", "/f/LH1", "", "overall=5"), &reply);
		assert_own_page(
		    f, &reply, strcmp(f->name, "nginx") == 0 ? 502 : 503);
		reply_finish(&reply);
	}
}

int
main(void)
{
#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, fronts_setup, fronts_teardown)
	static const struct CMUnitTest tests[] = {
	    TEST(test_figures_stay),
	    TEST(test_counted),
	    TEST(test_desk),
	    TEST(test_device),
	    TEST(test_refused_again),
	    TEST(test_own_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
