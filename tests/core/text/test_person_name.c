/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Logins as people type them, and their names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/text/person_name.h"

#include <string.h>
#include "shared/arena.h"

static void
test_logins(void **state)
{
	static const struct {
		const char *entered, *login; /* NULL: none */
	} cases[] = {
	    {"admin", "admin"},
	    {"Admin", "admin"},
	    {"ADMIN", "admin"},
	    {"admin ", "admin"},
	    {" admin", "admin"},
	    {"\tadmin\r\n", "admin"},
	    {"admin\u00a0", "admin"},
	    {"\u200badmin\u200b", "admin"},
	    {"\ufeffAdmin", "admin"},
	    {"nguyen.van.an", "nguyen.van.an"},
	    {"Nguyen.Van.An ", "nguyen.van.an"},
	    {"lan-2_b", "lan-2_b"},
	    {"0", "0"},
	    {"a234567890123456789012345678901234567890",
		"a234567890123456789012345678901234567890"},
	    {" a234567890123456789012345678901234567890 ",
		"a234567890123456789012345678901234567890"},
	    {"a2345678901234567890123456789012345678901", NULL},
	    {"", NULL},
	    {"  ", NULL},
	    {NULL, NULL},
	    {"ad min", NULL},
	    {"lan@tuyphong", NULL},
	    {"../x", NULL},
	    {"..", NULL},
	    {".", NULL},
	    {".lan", NULL},
	    {"lan.", NULL},
	    {"lan..an", NULL},
	    {"l\u00e2n", NULL},
	    {"\uff41dmin", NULL},
	    {"\xff", NULL},
	    {"<b>", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char out[LOGIN_TEXT] = "";

		if (login_read(cases[i].entered, out) !=
		    (cases[i].login != NULL))
			fail_msg("login %zu: %s", i, out);
		if (cases[i].login != NULL)
			assert_string_equal(out, cases[i].login);
	}
}

static void
test_names(void **state)
{
	static const struct {
		const char *entered, *name; /* NULL: refused */
	} cases[] = {
	    {"Nguyễn Văn An", "Nguyễn Văn An"},
	    {"  Nguyễn   Văn An ", "Nguyễn Văn An"},
	    {"Nguyê\u0303n", "Nguyễn"},
	    {"\u00a0Lan\u200b", "Lan"},
	    {"", ""},
	    {" ", ""},
	    {"K'Brôih", "K'Brôih"},
	    {"a\nb", NULL},
	    {"a\tb", NULL},
	    {"\x07", NULL},
	    {"a\xff", NULL},
	};
	struct arena a;
	char long_name[LIMIT_NAME_BYTES + 2];

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *name = person_name_read(&a, cases[i].entered);

		if ((name == NULL) != (cases[i].name == NULL))
			fail_msg("name %zu", i);
		if (name != NULL)
			assert_string_equal(name, cases[i].name);
	}
	memset(long_name, 'a', sizeof(long_name));
	long_name[LIMIT_NAME_BYTES + 1] = '\0';
	assert_null(person_name_read(&a, long_name));
	long_name[LIMIT_NAME_BYTES] = '\0';
	assert_non_null(person_name_read(&a, long_name));
	arena_finish(&a);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_logins),
	    cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
