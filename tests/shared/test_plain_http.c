/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which URLs are plain http to another machine, and what becomes of a device
 * that uses one: a new one is refused, one of before goes on and gets the line,
 * one that has gone by TLS does not fall back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "shared/plain_http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "shared/buf.h"

static void
test_url(void **state)
{
	static const struct {
		const char *url;
		bool plain;
	} table[] = {
	    {"https://a.vn", false},
	    {"https://a.vn:8443", false},
	    {"https://192.0.2.1", false},
	    {"http://127.0.0.1", false},
	    {"http://127.0.0.1:8080", false},
	    {"http://127.255.0.9/", false},
	    {"http://localhost:8080", false},
	    {"http://LocalHost", false},
	    {"http://[::1]", false},
	    {"http://[::1]:8080/", false},
	    {"http://a.vn", true},
	    {"http://192.168.1.2:8080", true},
	    {"http://128.0.0.1", true},
	    {"http://127.0.0.1.a.vn", true},
	    {"http://127.a.vn", true},
	    {"http://127.1", true},
	    {"http://2130706433", true},
	    {"http://localhost.a.vn", true},
	    {"http://localhost@a.vn", true},
	    {"http://127.0.0.1:80@a.vn", true},
	    {"http://[::1]@a.vn", true},
	    {"http://a.vn/127.0.0.1", true},
	    {"http://a.vn#localhost", true},
	    {"http://a.vn?localhost", true},
	    {"http://a.vn\\@localhost", true},
	    {"http://[::2]", true},
	    {"http://[::ffff:192.0.2.1]", true},
	    {"http://[::1", true},
	    {"http://", true},
	    {"HTTP://127.0.0.1", true},
	    {"HTTPS://a.vn", true},
	    {"a.vn", true},
	    {"ftp://localhost", true},
	    {"", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (plain_http(table[i].url) != table[i].plain)
			fail_msg("%s", table[i].url);
}

static char folder[64], ini[96], kept[96], way[104];

static int
setup(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/hailong-plain-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(ini, sizeof(ini), "%s/k.ini", folder);
	snprintf(kept, sizeof(kept), "%s/outbox", folder);
	snprintf(way, sizeof(way), "%s.way", kept);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	unlink(ini);
	unlink(kept);
	unlink(way);
	return rmdir(folder);
}

static void
put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static bool
allowed(const char *url, const char *insecure)
{
	const struct plain_http_wish wish = {ini, url, insecure, kept};
	char error[300] = "";
	bool ok = plain_http_allowed(&wish, error, sizeof(error));

	assert_true(ok == (error[0] == '\0'));
	return ok;
}

#define PLAIN "http://192.168.1.2:8080"
#define TLS   "https://a.vn"

static void
test_new_device(void **state)
{
	(void)state;
	put(ini, "[collector]\nurl = " PLAIN "\n");
	assert_false(allowed(PLAIN, ""));
	assert_false(allowed(PLAIN, ""));
	assert_false(allowed(PLAIN, "no"));
	assert_false(allowed(PLAIN, "maybe"));
	assert_false(allowed("a.vn", "yes"));
	assert_true(allowed("http://127.0.0.1:1", ""));
	assert_true(allowed(TLS, ""));
	assert_true(allowed(PLAIN, "yes"));
}

static void
test_upgrade(void **state)
{
	struct stat st;
	struct buf text;

	(void)state;
	put(ini, "[outbox]\npath = x\n [collector]\nurl = " PLAIN "\n");
	assert_int_equal(chmod(ini, 0640), 0);
	put(kept, "");
	assert_false(allowed(PLAIN, "no")); /* said is said */
	assert_true(allowed(PLAIN, ""));
	buf_init(&text);
	assert_true(buf_read_file(&text, ini, 10000));
	assert_non_null(strstr(buf_text(&text),
	    "[collector]\n# written by the upgrade: this device uses "
	    "http://\ninsecure = yes\nurl = " PLAIN "\n"));
	buf_finish(&text);
	assert_int_equal(stat(ini, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(stat(way, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_true(allowed(PLAIN, "yes"));
}

/* Settings that cannot be written: it goes on, and is told again. */
static void
test_unwritable(void **state)
{
	(void)state;
	put(kept, "");
	put(ini, "url = without a section\n");
	assert_true(allowed(PLAIN, ""));
	assert_true(allowed(PLAIN, ""));
}

static void
test_no_way_back(void **state)
{
	(void)state;
	put(ini, "[collector]\n");
	put(kept, "");
	assert_true(allowed(TLS, ""));
	assert_false(allowed(PLAIN, ""));
	assert_true(allowed(PLAIN, "yes")); /* on purpose */
	assert_true(allowed(TLS, ""));
	assert_false(allowed(PLAIN, ""));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_url),
	    TEST(test_new_device),
	    TEST(test_upgrade),
	    TEST(test_unwritable),
	    TEST(test_no_way_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
