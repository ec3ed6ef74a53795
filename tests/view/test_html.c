/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each place of a page makes of awkward words. */
#include "server/view/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

struct row {
	const char *in, *text, *attr, *url;
};

static const struct row rows[] = {
    {"", "", " a=\"\"", ""},
    {"Phong Phú", "Phong Phú", " a=\"Phong Phú\"", "Phong%20Ph%C3%BA"},
    {"<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;", " a=\"&lt;b&gt;&amp;&quot;&#39;\"",
	"%3Cb%3E%26%22%27"},
    {"a\tb\r\nc", "a\tb\r\nc", " a=\"a&#9;b&#13;&#10;c\"", "a%09b%0D%0Ac"},
    {"\x01\x1b", "\xEF\xBF\xBD\xEF\xBF\xBD", " a=\"\xEF\xBF\xBD\xEF\xBF\xBD\"",
	"%01%1B"},
    {"AZaz09-._~", "AZaz09-._~", " a=\"AZaz09-._~\"", "AZaz09-._~"},
    {"/?#[]@!$&'()*+,;=%", "/?#[]@!$&amp;&#39;()*+,;=%",
	" a=\"/?#[]@!$&amp;&#39;()*+,;=%\"",
	"%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25"},
};

static void
test_escape(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf b;
		buf_init(&b);
		html_text(&b, rows[i].in, strlen(rows[i].in));
		assert_string_equal(buf_text(&b), rows[i].text);
		buf_clear(&b);
		html_attr(&b, "a", rows[i].in);
		assert_string_equal(buf_text(&b), rows[i].attr);
		buf_clear(&b);
		html_url(&b, rows[i].in);
		assert_string_equal(buf_text(&b), rows[i].url);
		buf_finish(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_escape),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
