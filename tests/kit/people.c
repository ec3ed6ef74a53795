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

#define PASSWORD "ba con mèo đen"
#define FORM     "Content-Type: application/x-www-form-urlencoded\r\n"

void
person_add(struct rig *r, const char *login, const char *role, const char *unit)
{
	assert_int_equal(
	    rig_run(r, PASSWORD "\n", "user", "add", login, "--role", role,
		unit == NULL ? NULL : "--unit", unit, NULL),
	    0);
}

struct person
person_sign_in(struct rig *r, const char *login)
{
	const struct reply *reply;
	struct person p;
	char form[200], *cookie;

	memset(&p, 0, sizeof(p));
	snprintf(p.login, sizeof(p.login), "%s", login);
	snprintf(form, sizeof(form),
	    "login=%s&password=ba+con+m%%C3%%A8o+%%C4%%91en", login);
	reply = rig_post(r, "/login", form);
	assert_status(reply, 303);
	cookie = reply_header(reply, "Set-Cookie");
	cookie[strcspn(cookie, ";")] = '\0';
	snprintf(p.headers, sizeof(p.headers), "Cookie: %s\r\n", cookie);
	free(cookie);
	reply = person_get(r, &p, "/staff/comments");
	assert_status(reply, 200);
	snprintf(p.csrf, sizeof(p.csrf), "%.63s", hidden(reply, "csrf"));
	return p;
}

const struct reply *
person_get(struct rig *r, const struct person *p, const char *path)
{
	return ask(r, "GET", path, p->headers, NULL, 0);
}

const struct reply *
person_post(struct rig *r, const struct person *p, const char *path, ...)
{
	const struct reply *reply;
	const char *name;
	char headers[500];
	struct buf form;
	va_list args;

	snprintf(headers, sizeof(headers), "%s" FORM, p->headers);
	buf_init(&form);
	buf_printf(&form, "csrf=%s", p->csrf);
	va_start(args, path);
	while ((name = va_arg(args, const char *)) != NULL) {
		buf_printf(&form, "&%s=", name);
		urlencoded_put(&form, va_arg(args, const char *), false);
	}
	va_end(args);
	reply = ask(r, "POST", path, headers, buf_text(&form), form.size);
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
	static _Thread_local char value[5000];
	char begin[80];
	const char *at;

	snprintf(begin, sizeof(begin), "name=\"%s\" value=\"", name);
	at = strstr(page->body, begin);
	if (at == NULL)
		return "";
	at += strlen(begin);
	snprintf(value, sizeof(value), "%.*s", (int)strcspn(at, "\""), at);
	return value;
}
