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
#include "sms/modem/modem_fake.h"
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
	    .patience_s = 5,
	    .rate = 1000,
	    .cap = 10000,
	    .join_ms = 600000};
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

/* What libGammu cannot read is read by our own reader, or kept for a person;
 * neither is an obstacle to the others, nor the end of the process. */
static void
test_unreadable_slot(void **state)
{
	static const char readable[] = "07914809000020F3040B914809000000F10000"
				       "62110302326100054C640C540300",
			  compressed[] = "07914809000020F3040B914809000000F1"
					 "002062110302326100054C640C5403";
	struct spool_figures f;

	(void)state;
	receive(1, "5");
	receive(2, "?");
	receive(3, "4");
	fake->garble_at = 1;
	fake->garbled = readable;
	assert_int_equal(worker_read(&worker), CHILD_DONE);
	assert_string_equal(waiting_texts(spool), "5|4|LH1 5");
	assert_int_equal(modem_fake_used(fake), 0);
	assert_int_equal(worker.rescued, 1);
	receive(4, "?");
	fake->garble_at = 0;
	fake->garbled = compressed;
	assert_int_equal(worker_read(&worker), CHILD_DONE);
	assert_true(spool_figures(spool, &f));
	assert_int_equal(f.poison, 1);
	assert_int_equal(modem_fake_used(fake), 0);
}

/* It stays where it is, the others do not. */
static void
test_unreadable_stays(void **state)
{
	(void)state;
	receive(1, "?");
	receive(2, "4");
	fake->garble_at = 0;
	assert_int_equal(worker_read(&worker), CHILD_DONE);
	assert_string_equal(waiting_texts(spool), "4");
	assert_int_equal(modem_fake_used(fake), 1);
}

/* The same, taken raw: a person is shown it once, however often it is met; in
 * an empty slot the same words are another message, where no time tells. */
static void
test_unreadable_again(void **state)
{
	static const char *const pdus[] = {
	    /* compressed; an octet too many and no time */
	    "07914809000020F3040B914809000000F1002062110302110100054C640C5403",
	    "07914809000020F3040B914809000000F1000000000000000000054C640C54030"
	    "0",
	};

	(void)state;
	for (int p = 0; p < 2; p++) {
		for (int again = 0; again < 2; again++) {
			receive(7, "?");
			fake->garble_at = 0;
			fake->garbled = pdus[p];
			fake->pretends = true;
			for (int i = 0; i < 4; i++)
				assert_int_equal(
				    worker_read(&worker), CHILD_DONE);
			assert_int_equal(worker.unread, 1);
			fake->pretends = false;
			assert_int_equal(worker_read(&worker), CHILD_DONE);
			assert_int_equal(worker.unread, 0);
			assert_int_equal(modem_fake_used(fake), 0);
		}
	}
	assert_int_equal(worker.unreadable, 2);
	assert_int_equal(worker.rescued, 2);
}

/* A modem that says OK to a deletion and keeps the message: once is enough. */
static void
test_pretended_deletion(void **state)
{
	(void)state;
	receive(1, "5");
	fake->pretends = true;
	for (int i = 0; i < 4; i++)
		assert_int_equal(worker_read(&worker), CHILD_DONE);
	assert_string_equal(waiting_texts(spool), "5");
	assert_int_equal(worker.undeleted, 1);
	fake->pretends = false;
	assert_int_equal(worker_read(&worker), CHILD_DONE);
	assert_int_equal(worker.undeleted, 0);
	assert_int_equal(modem_fake_used(fake), 0);
}

static const char *
state_of_modem(struct arena *a)
{
	struct spool_modem *modems;
	size_t n;

	assert_true(spool_modems(spool, a, 0, clock_now(), &modems, &n));
	assert_int_equal(n, 1);
	return modems[0].state;
}

/* What the gateway cannot mend is said: full of what is not listed, announced
 * and not listed, not deleted, not readable. */
static void
test_attention(void **state)
{
	struct spool_turn turn = turn_of_modem("gsm1");
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_true(spool_modem_start(spool, &turn, clock_now()));
	fake->state.sim_used = fake->state.sim_size = 20;
	assert_int_equal(worker_read(&worker), CHILD_DONE);
	assert_int_equal(worker_look(&worker), CHILD_DONE);
	assert_int_equal(worker_look(&worker), CHILD_DONE);
	assert_string_equal(state_of_modem(&a), "attention");
	worker.state.sim_used = 0;
	assert_int_equal(worker_look(&worker), CHILD_DONE);
	assert_string_equal(state_of_modem(&a), "ready");
	worker.vain = WORKER_VAIN;
	assert_int_equal(worker_look(&worker), CHILD_DONE);
	assert_string_equal(state_of_modem(&a), "attention");
	worker.vain = 0;
	receive(1, "?");
	fake->garble_at = 0;
	assert_int_equal(worker_read(&worker), CHILD_DONE);
	assert_int_equal(worker_look(&worker), CHILD_DONE);
	assert_string_equal(state_of_modem(&a), "attention");
	fake->garble_at = -1;
	assert_int_equal(worker_read(&worker), CHILD_DONE);
	assert_int_equal(worker_look(&worker), CHILD_DONE);
	assert_string_equal(state_of_modem(&a), "ready");
	arena_finish(&a);
}

/* Without a time of the network, the same words are a repeat only while they
 * lie in their slot. */
static void
test_without_time(void **state)
{
	struct modem_part part = make_part(PHONE, 0, 0, 1, 1, "LH1 5");

	(void)state;
	part.sent_at = 0;
	assert_true(modem_fake_receive(fake, &part) >= 0);
	fake->refuse_removes = 2;
	for (int i = 0; i < 3; i++)
		assert_int_equal(worker_read(&worker), CHILD_DONE);
	assert_string_equal(waiting_texts(spool), "LH1 5");
	assert_true(modem_fake_receive(fake, &part) >= 0);
	assert_int_equal(worker_read(&worker), CHILD_DONE);
	assert_string_equal(waiting_texts(spool), "LH1 5|LH1 5");
	fake->pretends = true;
	assert_true(modem_fake_receive(fake, &part) >= 0);
	for (int i = 0; i < 3; i++)
		assert_int_equal(worker_read(&worker), CHILD_DONE);
	assert_string_equal(waiting_texts(spool), "LH1 5|LH1 5|LH1 5");
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
	assert_true(spool_unreported(spool, &a, 0, 5, &reports, &n));
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
		queue_text(spool, ID_A, PHONE, "Cam on", clock_now());
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
	queue_text(spool, ID_A, PHONE, "Cam on", now);
	for (int i = 0; i < SPOOL_TRIES; i++) {
		assert_string_equal(report_of(&code), "");
		assert_int_equal(worker_send(&worker), CHILD_DONE);
		now += 100 * WORKER_AGAIN_MS;
		clock_set(now);
	}
	assert_string_equal(report_of(&code), "failed");
	assert_int_equal(code, 38);
	clock_set(-1);
}

/* A long text of which the network took a part is not sent once more. */
static void
test_refused_in_the_middle(void **state)
{
	int code = 0;

	(void)state;
	fake->send_result = MODEM_REFUSED;
	fake->send_code = 38;
	fake->parts = 1;
	queue_text(spool, ID_A, PHONE, "dai", clock_now());
	assert_int_equal(worker_send(&worker), CHILD_DONE);
	assert_string_equal(report_of(&code), "failed");
	assert_int_equal(code, 38);
}

static void
deliver(int reference, int status)
{
	struct modem_report *r = &fake->reports[fake->nreports++];

	*r = (struct modem_report){.reference = reference,
	    .status = status,
	    .sent_at = clock_now() / 1000 * 1000};
	strcpy(r->number, PHONE);
}

static void
test_delivery_reports(void **state)
{
	int code;

	(void)state;
	queue_text(spool, ID_A, PHONE, "Cam on", clock_now());
	assert_int_equal(worker_send(&worker), CHILD_DONE);
	deliver(1, 0x30); /* it tries on */
	deliver(2, 0);    /* not ours */
	assert_int_equal(worker_reports(&worker), CHILD_DONE);
	assert_string_equal(report_of(&code), "sent");
	deliver(1, 0);
	assert_int_equal(worker_reports(&worker), CHILD_DONE);
	assert_string_equal(report_of(&code), "delivered");
	deliver(1, 0x46); /* once told, it stays */
	assert_int_equal(worker_reports(&worker), CHILD_DONE);
	assert_string_equal(report_of(&code), "delivered");
}

/* The network's word was lost, its report was not. */
static void
test_report_of_a_lost_one(void **state)
{
	int code;

	(void)state;
	fake->send_result = MODEM_LOST;
	queue_text(spool, ID_A, PHONE, "Cam on", clock_now());
	assert_int_equal(worker_send(&worker), CHILD_TROUBLE);
	assert_string_equal(report_of(&code), "unknown");
	deliver(77, 0x46);
	assert_int_equal(worker_reports(&worker), CHILD_DONE);
	assert_string_equal(report_of(&code), "undelivered");
	assert_int_equal(fake->nsent, 1);
}

static void
test_out_of_the_network(void **state)
{
	(void)state;
	fake->state.network = NETWORK_NONE;
	queue_text(spool, ID_A, PHONE, "Cam on", clock_now());
	assert_int_equal(worker_look(&worker), CHILD_DONE);
	assert_int_equal(worker_send(&worker), CHILD_DONE);
	assert_int_equal(fake->nsent, 0);
	fake->state.network = NETWORK_HOME;
	worker.look_at = 0;
	assert_int_equal(worker_look(&worker), CHILD_DONE);
	assert_int_equal(worker_send(&worker), CHILD_DONE);
	assert_int_equal(fake->nsent, 1);
}

static void
test_rate_and_cap(void **state)
{
	int64_t now = clock_now();
	char id[] = ID_A;

	(void)state;
	clock_set(now);
	worker.rate = 3;
	worker.cap = 5;
	for (int i = 0; i < 8; i++) {
		id[35] = (char)('0' + i);
		queue_text(spool, id, PHONE, "Cam on", now);
	}
	for (int i = 0; i < 8; i++)
		worker_send(&worker);
	assert_int_equal(fake->nsent, 3);
	clock_set(now + 61000);
	for (int i = 0; i < 8; i++)
		worker_send(&worker);
	assert_int_equal(fake->nsent, 5);
	clock_set(now + 24 * 3600 * 1000LL);
	for (int i = 0; i < 8; i++)
		worker_send(&worker);
	assert_int_equal(fake->nsent, 8);
	clock_set(-1);
}

static void
test_service_code(void **state)
{
	int64_t id = spool_ussd(spool, "gsm1", "*101#", clock_now());
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_null(spool_ussd_read(spool, id, &a));
	assert_int_equal(worker_look(&worker), CHILD_DONE);
	assert_string_equal(spool_ussd_read(spool, id, &a), "reply for *101#");
	arena_finish(&a);
}

/* It waits for the modem, then finds it gone. */
static void
test_plugged_and_pulled(void **state)
{
	struct spool_modem *modems;
	struct arena a;
	size_t n;

	(void)state;
	fake->absent = 2;
	fake->wait_result = MODEM_LOST;
	assert_int_equal(worker_run(&worker), CHILD_TROUBLE);
	assert_true(worker.worked);
	arena_init(&a);
	assert_true(spool_modems(spool, &a, 0, clock_now(), &modems, &n));
	assert_int_equal(n, 1);
	assert_string_equal(modems[0].state, "trouble");
	assert_int_equal(modems[0].starts, 1);
	arena_finish(&a);
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
	    CASE(test_unreadable_stays),
	    CASE(test_unreadable_again),
	    CASE(test_pretended_deletion),
	    CASE(test_without_time),
	    CASE(test_attention),
	    CASE(test_many_parts),
	    CASE(test_send),
	    CASE(test_refused_for_now),
	    CASE(test_refused_in_the_middle),
	    CASE(test_delivery_reports),
	    CASE(test_report_of_a_lost_one),
	    CASE(test_out_of_the_network),
	    CASE(test_rate_and_cap),
	    CASE(test_service_code),
	    CASE(test_plugged_and_pulled),
	    CASE(test_cannot_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
