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
	expect("AT+CMEE=1\r", "AT+CMEE=1\r\r\nOK\r\n");
	control("fault refuse PDU 1 38", "ok");
	expect(pdu, "AT+CMGS=23\r\r\n> \r\n+CMS ERROR: 38\r\n");
	control("fault deaf PDU", "ok");
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
	control("fault refuse CMGD 1 500", "ok");
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
test_faults(void **state)
{
	static const struct {
		const char *fault, *out;
	} cases[] = {
	    {"fault silent CSQ", "AT+CSQ\r"},
	    {"fault refuse CSQ 1 500", "AT+CSQ\r\r\nERROR\r\n"},
	    {"fault garbage any", "AT+CSQ\r\r\n\x7f#~~\x01 0000 @@\r\n"},
	    {"fault deaf C", "AT+CSQ\r"},
	    {"fault late CSQ 1 700", "AT+CSQ\r\r\n+CSQ: 21,0\r\n\r\nOK\r\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		control(cases[i].fault, "ok");
		expect("AT+CSQ\r", cases[i].out);
		expect("AT+CSQ\r", "AT+CSQ\r\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
	}
	assert_int_equal(sim.late_ms, 700);
	control("fault unplug CSQ", "ok");
	expect("AT+CSQ\rAT+CSQ\r", "AT+CSQ\r");
	control("status", "plugged 0\n");
	control("plug", "ok");
	control("fault dance any", "error");
}

/* A report comes as +CDS or +CDSI, as the modem was told, and waits until it
 * was. */
static void
test_reports(void **state)
{
	static const char sending[] =
	    "AT+CMGS=23\r"
	    "0031000B916407281553F80000AA0AE8329BFD4697D9EC37\x1a";
	struct buf out;

	(void)state;
	buf_init(&out);
	sim_tick(&sim, 1795330502000LL, &out);
	expect(sending, "AT+CMGS=23\r\r\n> \r\n+CMGS: 1\r\n\r\nOK\r\n");
	sim_tick(&sim, sim.now + 60000, &out);
	assert_string_equal(buf_text(&out), "");
	expect("AT+CNMI=2,1,0,1,0\r", "AT+CNMI=2,1,0,1,0\r\r\nOK\r\n");
	sim_tick(&sim, sim.now, &out);
	assert_non_null(strstr(buf_text(&out), "\r\n+CDS: 25\r\n07"));
	control("air", "report of 1: delivered (0x00)");
	control("reports fail 0x46", "ok");
	expect("AT+CNMI=2,,,2\r", "AT+CNMI=2,,,2\r\r\nOK\r\n");
	expect(sending, "AT+CMGS=23\r\r\n> \r\n+CMGS: 2\r\n\r\nOK\r\n");
	buf_clear(&out);
	sim_tick(&sim, sim.now + 1000, &out);
	assert_string_equal(buf_text(&out), "\r\n+CDSI: \"SR\",1\r\n");
	control("slots", "SR 1\t+46708251358\treport of 2: not delivered");
	buf_finish(&out);
}

static void
test_network(void **state)
{
	(void)state;
	control("double 1", "ok");
	control("receive +84912345678 5", "1 part");
	control("status", "used 2\n");
	control("network none", "ok");
	expect("AT+CREG?\r",
	    "AT+CREG?\r\r\n+CREG: 2,0,\"0001\",\"00000001\"\r\n"
	    "\r\nOK\r\n");
	expect("AT+CMGS=20\r", "AT+CMGS=20\r\r\nERROR\r\n");
	control("ussd TK 5d", "ok");
	expect("AT+CUSD=1,\"*101#\",15\r", "AT+CUSD=1,\"*101#\",15\r\r\nOK\r\n"
					   "\r\n+CUSD: 0,\"TK 5d\",15\r\n");
	control("flood 20 LH1 5", "20 messages");
	control("status", "used 3\nwaiting 19\n");
}

static void
test_dialects(void **state)
{
	(void)state;
	assert_false(sim_speak(&sim, "klingon"));
	assert_true(sim_speak(&sim, "simcom"));
	expect("AT+CPMS=\"ME\"\r", "AT+CPMS=\"ME\"\r\r\nERROR\r\n");
	expect("AT+CMGR=1\r", "AT+CMGR=1\r\r\nOK\r\n");
	expect("AT+CNMI=2,1,0,2\r", "AT+CNMI=2,1,0,2\r\r\nERROR\r\n");
	expect("AT+CNMI=2,1,0,1\r", "AT+CNMI=2,1,0,1\r\r\nOK\r\n");
	control("receive --wide +84912345678 5", "1 part");
	control("unplug", "ok");
	control("plug", "ok");
}

static void
test_pin(void **state)
{
	(void)state;
	strcpy(sim.pin, "1234");
	sim_restart(&sim, NULL);
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
	    cmocka_unit_test_setup_teardown(test_faults, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_reports, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_network, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_dialects, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_pin, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
