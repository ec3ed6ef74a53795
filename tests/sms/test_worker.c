/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The worker over the fake modem: the order of deeds, and each thing that can
 * go wrong between them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "shared/clock.h"
#include "sms/modem_fake.h"
#include "sms/worker.h"
#include "tests/sms/parts.h"

#define PHONE "+84912345678"
#define ID_A  "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11"

static struct spool *spool;
static struct modem_fake *fake;
static struct worker worker;
static struct child_link child;
static const volatile sig_atomic_t go_on;

static int
setup(void **state)
{
	(void)state;
	spool = fresh_spool();
	fake = modem_fake_create();
	child = (struct child_link){.fd = open("/dev/null", O_WRONLY),
	    .poison = CHILD_NOWHERE,
	    .stop = &go_on};
	worker = (struct worker){.name = "gsm1",
	    .modem = &fake->modem,
	    .spool = spool,
	    .link = &child,
	    .answer_s = 1,
	    .join_ms = WORKER_JOIN_MS,
	    .bad = CHILD_NOWHERE};
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	fake->modem.ops->close(&fake->modem);
	close(child.fd);
	spool_close(spool);
	remove_spool();
	return 0;
}

static void
receive(int second, const char *text)
{
	struct modem_part part = make_part(PHONE, second, 0, 1, 1, text);

	assert_true(modem_fake_receive(fake, &part) >= 0);
}

static void
stored_before(struct modem_fake *f, int slot)
{
	(void)f;
	(void)slot;
	assert_string_equal(waiting_texts(spool), "5|4");
}

static void
test_stored_before_removed(void **state)
{
	(void)state;
	receive(1, "5");
	receive(2, "4");
	fake->before_remove = stored_before;
	assert_int_equal(worker_read(&worker), CHILD_DONE);
	assert_int_equal(modem_fake_used(fake), 0);
}

static void
test_remove_refused(void **state)
{
	(void)state;
	receive(1, "5");
	fake->refuse_removes = 2;
	for (int pass = 0; pass < 3; pass++)
		assert_int_equal(worker_read(&worker), CHILD_DONE);
	assert_int_equal(modem_fake_used(fake), 0);
	assert_string_equal(waiting_texts(spool), "5");
}

static void
test_lost_while_reading(void **state)
{
	(void)state;
	receive(1, "5");
	receive(2, "4");
	fake->lose_at = 1;
	assert_int_equal(worker_read(&worker), CHILD_TROUBLE);
	assert_string_equal(waiting_texts(spool), "5"); /* kept all the same */
	assert_int_equal(modem_fake_used(fake), 2);
	fake->lose_at = -1;
	assert_int_equal(worker_read(&worker), CHILD_DONE);
	assert_string_equal(waiting_texts(spool), "5|4");
	assert_int_equal(modem_fake_used(fake), 0);
}

static void
test_unreadable_slot(void **state)
{
	(void)state;
	receive(1, "5");
	receive(2, "?");
	receive(3, "4");
	fake->garble_at = 1;
	assert_int_equal(worker_read(&worker), CHILD_POISON);
	assert_int_equal(worker.bad, 1);
	assert_string_equal(waiting_texts(spool), "5|4");
	assert_int_equal(modem_fake_used(fake), 1);
}

static void
test_many_parts(void **state)
{
	(void)state;
	for (int i = 254; i >= 1; i--) {
		struct modem_part part = make_part(PHONE, 1, 3, 254, i, "x");

		assert_true(modem_fake_receive(fake, &part) >= 0);
	}
	assert_int_equal(worker_read(&worker), CHILD_DONE);
	assert_int_equal(strlen(waiting_texts(spool)), 254);
}

static const char *
report_of(int *code)
{
	static char status[20];
	struct spool_report *reports;
	struct arena a;
	size_t n;

	arena_init(&a);
	assert_true(spool_reports(spool, &a, 5, &reports, &n));
	status[0] = '\0';
	if (n == 1) {
		strcpy(status, reports[0].status);
		*code = reports[0].code;
	}
	arena_finish(&a);
	return status;
}

static void
test_send(void **state)
{
	static const struct {
		enum modem_result result;
		int code;
		int status;         /* of worker_send */
		const char *report; /* "": none yet */
		int reported_code, on_air;
	} cases[] = {
	    {MODEM_OK, 0, CHILD_DONE, "sent", -1, 1},
	    {MODEM_REFUSED, 21, CHILD_DONE, "failed", 21, 0},
	    {MODEM_REFUSED, 38, CHILD_DONE, "", 0, 0},
	    {MODEM_LOST, 0, CHILD_TROUBLE, "unknown", -1, 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int code = 0;

		fake->send_result = cases[i].result;
		fake->send_code = cases[i].code;
		spool_outgoing(spool, ID_A, PHONE, "Cam on", true, clock_now());
		assert_int_equal(worker_send(&worker), cases[i].status);
		assert_string_equal(report_of(&code), cases[i].report);
		assert_int_equal(code, cases[i].reported_code);
		/* whatever it was, it does not leave again */
		fake->send_result = MODEM_OK;
		assert_int_equal(worker_send(&worker), CHILD_DONE);
		assert_int_equal(fake->nsent, cases[i].on_air);
		teardown(state);
		setup(state);
	}
}

static void
test_refused_for_now(void **state)
{
	int code = 0;
	int64_t now = clock_now();

	(void)state;
	fake->send_result = MODEM_REFUSED;
	fake->send_code = 38;
	spool_outgoing(spool, ID_A, PHONE, "Cam on", true, now);
	for (int i = 0; i < SPOOL_TRIES; i++) {
		assert_string_equal(report_of(&code), "");
		assert_int_equal(worker_send(&worker), CHILD_DONE);
		now += 10 * WORKER_AGAIN_MS;
		clock_set(now);
	}
	assert_string_equal(report_of(&code), "failed");
	assert_int_equal(code, 38);
	clock_set(-1);
}

static void
test_cannot_open(void **state)
{
	(void)state;
	fake->open_result = MODEM_LOST;
	assert_int_equal(worker_run(&worker), CHILD_TROUBLE);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
	    CASE(test_stored_before_removed),
	    CASE(test_remove_refused),
	    CASE(test_lost_while_reading),
	    CASE(test_unreadable_slot),
	    CASE(test_many_parts),
	    CASE(test_send),
	    CASE(test_refused_for_now),
	    CASE(test_cannot_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
