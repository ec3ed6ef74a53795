/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The simulator without a line: commands in, answers out; control commands. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include "tests/modem/sim.h"

static struct sim sim;

static int
setup(void **state)
{
	(void)state;
	sim_init(&sim, 3, 2, "");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	sim_finish(&sim);
	return 0;
}

static void
expect(const char *input, const char *output)
{
	struct buf out;

	buf_init(&out);
	at_input(&sim, input, strlen(input), &out);
	assert_string_equal(buf_text(&out), output);
	buf_finish(&out);
}

/* Gives a control command and looks for words in the reply. */
static void
control(const char *command, const char *has)
{
	struct buf line, reply;

	buf_init(&line);
	buf_init(&reply);
	control_command(&sim, command, &line, &reply);
	assert_non_null(strstr(buf_text(&reply), has));
	buf_finish(&line);
	buf_finish(&reply);
}

static void
test_talk(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
	    {"\x1b\r", "\r"},
	    {"AT\r", "AT\r\r\nOK\r\n"},
	    {"AT+MODE=2\r", "AT+MODE=2\r\r\nERROR\r\n"},
	    {"ATE1\r", "ATE1\r\r\nOK\r\n"},
	    {"ATE1X\r", "ATE1X\r\r\nERROR\r\n"},
	    {"AT+CPIN?\r", "AT+CPIN?\r\r\n+CPIN: READY\r\n\r\nOK\r\n"},
	    {"AT+CPMS=\"SM\"\r",
		"AT+CPMS=\"SM\"\r\r\n+CPMS: 0,3,0,3,0,3\r\n\r\nOK\r\n"},
	    {"AT+CMGL=4\r", "AT+CMGL=4\r\r\n\r\nOK\r\n"},
	    {"AT+CMGR=1\r", "AT+CMGR=1\r\r\nERROR\r\n"},
	    {"AT+CMEE=1\r", "AT+CMEE=1\r\r\nOK\r\n"},
	    {"AT+CMGR=1\r", "AT+CMGR=1\r\r\n+CMS ERROR: 321\r\n"},
	    {"AT+CMGD=9\r", "AT+CMGD=9\r\r\n+CMS ERROR: 321\r\n"},
	    {"AT+CMGS=20\r", "AT+CMGS=20\r\r\n> "},
	    {"\x1b", ""},
	    {"AT+CMGS=20\r", "AT+CMGS=20\r\r\n> "},
	    {"nonsense\x1a", "\r\n+CMS ERROR: 304\r\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect(cases[i].in, cases[i].out);
}

static void
test_send(void **state)
{
	static const char pdu[] =
	    "AT+CMGS=23\r"
	    "0011000B916407281553F80000AA0AE8329BFD4697D9EC37\x1a";

	(void)state;
	expect(pdu, "AT+CMGS=23\r\r\n> \r\n+CMGS: 1\r\n\r\nOK\r\n");
	control("fault cms 38", "ok");
	expect(pdu, "AT+CMGS=23\r\r\n> \r\n+CMS ERROR: 38\r\n");
	control("fault answer-lost", "ok");
	expect(pdu, "AT+CMGS=23\r\r\n> ");
	control("sent", "+46708251358\t1/1\tgsm7\thellohello\n+46708251358");
	control("status", "sent 2\n");
}

static void
test_full(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		control("receive +84912345678 5", "1 part");
	control("status", "used 3\nwaiting 2\n");
	expect("AT+CMGD=2\r", "AT+CMGD=2\r\r\nOK\r\n");
	control("status", "used 3\nwaiting 1\n");
	expect("AT+CNMI=2,1,0,2,0\r", "AT+CNMI=2,1,0,2,0\r\r\nOK\r\n");
	expect("AT+CMGD=1\r", "AT+CMGD=1\r\r\n+CMTI: \"SM\",1\r\n\r\nOK\r\n");
	control("fault cmgd-error", "ok");
	expect("AT+CMGD=1\r", "AT+CMGD=1\r\r\nERROR\r\n");
	control("status", "used 3\nwaiting 0\n");
}

static void
test_receive(void **state)
{
	(void)state;
	control("receive --nfd +84912345678 rất tốt", "1 part");
	control("slots", "ucs2\tra\xcc\x82\xcc\x81t to\xcc\x82\xcc\x81t");
	control("receive VIETTEL khuyen mai", "1 part");
	control("slots", "VIETTEL\t1/1\tgsm7\tkhuyen mai");
	control("receive", "error");
	control("dance", "error");
	control("fault flood", "error");
}

static void
test_pin(void **state)
{
	(void)state;
	strcpy(sim.pin, "1234");
	sim_restart(&sim);
	expect("AT+CPIN?\r", "AT+CPIN?\r\r\n+CPIN: SIM PIN\r\n\r\nOK\r\n");
	expect(
	    "AT+CPIN=\"0000\"\r", "AT+CPIN=\"0000\"\r\r\n+CME ERROR: 16\r\n");
	expect("AT+CPIN=\"1234\"\r", "AT+CPIN=\"1234\"\r\r\nOK\r\n");
	expect("AT+CPIN?\r", "AT+CPIN?\r\r\n+CPIN: READY\r\n\r\nOK\r\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_talk, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_send, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_full, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_receive, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_pin, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
