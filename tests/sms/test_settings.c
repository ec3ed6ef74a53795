/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sms.ini: what is read, and how each mistake is named. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sms/settings.h"

#define COLLECTOR "[collector]\nurl = http://c/\ntoken_file = /t\n"
#define SPOOL     "[spool]\npath = /s\n"
#define MODEM     "[modem gsm1]\ndevice = /dev/ttyUSB0\n"

static bool
read_text(const char *text, struct settings *out, char error[300])
{
	char path[] = "/tmp/hailong-ini-XXXXXX";
	int fd = mkstemp(path);
	bool ok;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	ok = settings_read(path, out, error, 300);
	unlink(path);
	return ok;
}

static void
test_good(void **state)
{
	static struct settings s;
	char error[300] = "";

	(void)state;
	assert_true(read_text(COLLECTOR SPOOL MODEM
	    "[modem gsm2]\ndevice = /dev/ttyUSB1\nconnection = at9600\n"
	    "pin_file = /p\nanswer_seconds = 20\npatience_seconds = 9\n"
	    "rate_per_minute = 30\ncap_per_day = 2000\n",
	    &s, error));
	assert_string_equal(s.url, "http://c");
	assert_string_equal(s.token_file, "/t");
	assert_string_equal(s.spool, "/s");
	assert_string_equal(s.time_zone, "Asia/Ho_Chi_Minh");
	assert_int_equal(s.nmodems, 2);
	assert_string_equal(s.modems[0].name, "gsm1");
	assert_string_equal(s.modems[0].device, "/dev/ttyUSB0");
	assert_string_equal(s.modems[0].connection, "at115200");
	assert_int_equal(s.modems[0].answer_s, 60);
	assert_string_equal(s.modems[1].connection, "at9600");
	assert_string_equal(s.modems[1].pin_file, "/p");
	assert_int_equal(s.modems[1].answer_s, 20);
	assert_int_equal(s.modems[0].patience_s, MODEM_READ_S);
	assert_int_equal(s.modems[1].patience_s, 9);
	assert_int_equal(s.modems[0].rate, 15);
	assert_int_equal(s.modems[1].rate, 30);
	assert_int_equal(s.modems[0].cap, 500);
	assert_int_equal(s.modems[1].cap, 2000);
}

static void
test_kannel(void **state)
{
	static struct settings s;
	char error[300] = "";

	(void)state;
	assert_true(read_text(COLLECTOR SPOOL
	    "[kannel]\nlisten = 127.0.0.1:13080\n"
	    "send_url = http://127.0.0.1:13013/cgi-bin/sendsms\n"
	    "user = hailong\npassword_file = /p\nsecret_file = /s\n"
	    "from = 8088\n",
	    &s, error));
	assert_string_equal(s.kannel.secret_file, "/s");
	assert_string_equal(s.kannel.from, "8088");
	assert_int_equal(s.kannel.rate, 6000);
	assert_int_equal(s.nmodems, 0);
}

static void
test_bad(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
	    {SPOOL MODEM, "[collector] url"},
	    {"[collector]\nurl = http://c\n" SPOOL MODEM, "token_file"},
	    {COLLECTOR MODEM, "[spool] path"},
	    {COLLECTOR SPOOL, "no [modem NAME]"},
	    {COLLECTOR SPOOL "[kannel]\nuser = u\n", "[kannel] listen"},
	    {COLLECTOR SPOOL "[kannel]\nlisten = 0.0.0.0:13080\n",
		"nobody else"},
	    {COLLECTOR SPOOL "[kannel]\nlisten = 127.0.0.1:13080\n",
		"[kannel] needs"},
	    {COLLECTOR SPOOL
		"[kannel]\nlisten = 127.0.0.1:13080\nsend_url = http://x\n"
		"user = u\npassword_file = /p\nfrom = 8088\n",
		"[kannel] secret_file is missing"},
	    {COLLECTOR SPOOL "[modem gsm1]\nmodel = x\n", "no device"},
	    {COLLECTOR SPOOL MODEM "devise = x\n", ":8: [modem gsm1] devise"},
	    {COLLECTOR SPOOL MODEM "answer_seconds = 0\n", "answer_seconds"},
	    {COLLECTOR SPOOL MODEM "[modems]\n", "modems"},
	    {COLLECTOR SPOOL "[modem ]\ndevice = /d\n", ""},
	};
	static struct settings s;
	char error[300];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		error[0] = '\0';
		assert_false(read_text(cases[i].text, &s, error));
		if (strstr(error, cases[i].says) == NULL)
			fail_msg("case %zu: %s", i, error);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_good),
	    cmocka_unit_test(test_kannel),
	    cmocka_unit_test(test_bad),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
