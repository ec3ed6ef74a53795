/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A session is a cookie and a csrf value, read from a page like a browser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/kit/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "server/core/text/urlencoded.h"
#include "shared/buf.h"

#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"

void
person_add(struct rig *r, const char *login, const char *role, const char *unit)
{
	assert_int_equal(
	    rig_run(r, PASSWORD "\n", "user", "add", login, "--final", "--role",
		role, unit == NULL ? NULL : "--unit", unit, NULL),
	    0);
}

struct person
person_sign_in(struct rig *r, const char *login)
{
	return person_sign_in_with(r, login, PASSWORD);
}

struct person
person_sign_in_with(struct rig *r, const char *login, const char *password)
{
	const struct reply *reply;
	struct person p;
	struct buf form;
	char *cookie;

	memset(&p, 0, sizeof(p));
	snprintf(p.login, sizeof(p.login), "%s", login);
	buf_init(&form);
	buf_printf(&form, "login=%s&password=", login);
	urlencoded_put(&form, password, false);
	reply = rig_post(r, "/login", buf_text(&form));
	buf_finish(&form);
	assert_status(reply, 303);
	cookie = reply_header(reply, "Set-Cookie");
	cookie[strcspn(cookie, ";")] = '\0';
	snprintf(p.headers, sizeof(p.headers), "Cookie: %s\r\n", cookie);
	free(cookie);
	reply = person_get(r, &p, "/staff/account/password");
	assert_status(reply, 200);
	snprintf(p.csrf, sizeof(p.csrf), "%.63s", hidden(reply, "csrf"));
	assert_true(p.csrf[0] != '\0');
	return p;
}

const struct reply *
person_get(struct rig *r, const struct person *p, const char *path)
{
	return ask(r, "GET", path, p->headers, NULL, 0);
}

const struct reply *
person_send(
    struct rig *r, const struct person *p, const char *path, const char *form)
{
	const struct reply *reply;
	char headers[500];
	struct buf body;

	snprintf(headers, sizeof(headers), "%s" FORM, p->headers);
	buf_init(&body);
	buf_printf(&body, "csrf=%s&%s", p->csrf, form + (form[0] == '&'));
	reply = ask(r, "POST", path, headers, buf_text(&body), body.size);
	buf_finish(&body);
	return reply;
}

const struct reply *
person_post(struct rig *r, const struct person *p, const char *path, ...)
{
	const struct reply *reply;
	const char *name;
	struct buf form;
	va_list args;

	buf_init(&form);
	va_start(args, path);
	while ((name = va_arg(args, const char *)) != NULL) {
		buf_printf(&form, "&%s=", name);
		urlencoded_put(&form, va_arg(args, const char *), false);
	}
	va_end(args);
	reply = person_send(r, p, path, buf_text(&form));
	buf_finish(&form);
	return reply;
}

const char *
new_id(void)
{
	static _Thread_local char texts[8][UUID_TEXT];
	static _Thread_local unsigned at;
	struct uuid id;

	uuid_new(&id);
	at = (at + 1) % 8;
	uuid_format(&id, texts[at]);
	return texts[at];
}

const char *
hidden(const struct reply *page, const char *name)
{
	static _Thread_local char values[4][5000];
	static _Thread_local unsigned turn;
	char begin[80], *value = values[turn = (turn + 1) % 4];
	const char *at;

	snprintf(begin, sizeof(begin), "name=\"%s\" value=\"", name);
	at = strstr(page->body, begin);
	if (at == NULL)
		return "";
	at += strlen(begin);
	snprintf(value, sizeof(values[0]), "%.*s", (int)strcspn(at, "\""), at);
	return value;
}
