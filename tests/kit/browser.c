/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cookies are read from the reply's head as it came. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/browser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
keep_cookie(const struct reply *reply, const char *name, char *out, size_t size)
{
	char wanted[60];
	const char *at;

	snprintf(wanted, sizeof(wanted), "Set-Cookie: %s=", name);
	at = strcasestr(reply->head, wanted);
	if (at == NULL)
		return;
	at += strlen("Set-Cookie: ");
	snprintf(out, size, "%.*s", (int)strcspn(at, ";\r\n"), at);
}

static const struct reply *
asked(struct browser *b, const char *method, const char *path, const char *form)
{
	char headers[700];
	const struct reply *reply;

	snprintf(headers, sizeof(headers), "%s%s%s%s%s%s",
	    b->session[0] != '\0' || b->known[0] != '\0' ? "Cookie: " : "",
	    b->session,
	    b->session[0] != '\0' && b->known[0] != '\0' ? "; " : "", b->known,
	    b->session[0] != '\0' || b->known[0] != '\0' ? "\r\n" : "",
	    form == NULL
		? ""
		: "Content-Type: application/x-www-form-urlencoded\r\n");
	reply = ask(b->rig, method, path, headers, form,
	    form == NULL ? 0 : strlen(form));
	keep_cookie(reply, "hailong", b->session, sizeof(b->session));
	keep_cookie(reply, "hailong_known", b->known, sizeof(b->known));
	keep_cookie(reply, "__Host-hailong", b->session, sizeof(b->session));
	keep_cookie(reply, "__Host-hailong_known", b->known, sizeof(b->known));
	return reply;
}

const struct reply *
browse(struct browser *b, const char *path)
{
	return asked(b, "GET", path, NULL);
}

const struct reply *
submit(struct browser *b, const char *path, const char *form)
{
	const struct reply *reply;
	char *whole;

	assert_true(asprintf(&whole, "csrf=%s&%s", b->csrf, form) > 0);
	reply = asked(b, "POST", path, whole);
	free(whole);
	return reply;
}

const char *
encoded(const char *value)
{
	static char room[8][3000];
	static int turn;
	char *out = room[turn = (turn + 1) % 8];
	size_t n = 0;

	for (; *value != '\0' && n + 4 < sizeof(room[0]); value++)
		n += (size_t)sprintf(out + n, "%%%02x", (unsigned char)*value);
	out[n] = '\0';
	return out;
}

const struct reply *
knock(struct browser *b, const char *login, const char *password)
{
	char form[4000];

	snprintf(form, sizeof(form), "login=%s&password=%s", encoded(login),
	    encoded(password));
	return submit(b, "/login", form);
}

bool
between(const struct reply *reply, const char *before, const char *after,
    char *out, size_t size)
{
	const char *at = strstr(reply->body, before), *end;

	if (at == NULL)
		return false;
	at += strlen(before);
	end = strstr(at, after);
	if (end == NULL || (size_t)(end - at) >= size)
		return false;
	snprintf(out, size, "%.*s", (int)(end - at), at);
	return true;
}

void
sign_in(struct browser *b, const struct rig *rig, const char *login,
    const char *password)
{
	memset(b, 0, sizeof(*b));
	b->rig = rig;
	assert_status(knock(b, login, password), 303);
	assert_true(between(browse(b, "/staff/account/password"),
	    "name=\"csrf\" value=\"", "\"", b->csrf, sizeof(b->csrf)));
}

void
assert_leads(const struct reply *reply, const char *where)
{
	char *location;

	assert_status(reply, 303);
	location = reply_header(reply, "Location");
	assert_non_null(location);
	assert_string_equal(location, where);
	free(location);
}

void
assert_shows(const struct reply *reply, const char *words)
{
	if (strstr(reply->body, words) == NULL)
		fail_msg("the page lacks %s:\n%s", words, reply->body);
}

void
assert_lacks(const struct reply *reply, const char *words)
{
	if (strstr(reply->body, words) != NULL)
		fail_msg("the page has %s:\n%s", words, reply->body);
}
