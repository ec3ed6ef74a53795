/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The spool keeps its promises: a part counts once however often it is read, a
 * process may die at any point, an outgoing message leaves at most once, and
 * nothing personal stays behind.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include "shared/buf.h"
#include "tests/sms/parts.h"

#define NOW   1795330000000LL
#define WAIT  600000
#define ID_A  "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11"
#define ID_B  "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a12"
#define PHONE "+84912345678"

static struct spool *s;
static struct spool_turn gsm1, gsm2;

static int
setup(void **state)
{
	(void)state;
	s = fresh_spool();
	gsm1 = turn_of_modem("gsm1");
	gsm2 = turn_of_modem("gsm2");
	spool_modem_start(s, &gsm1, NOW);
	spool_modem_start(s, &gsm2, NOW);
	spool_modem_state(s, "gsm1", "ready", "", 0, NOW);
	spool_modem_state(s, "gsm2", "ready", "", 0, NOW);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	spool_close(s);
	remove_spool();
	return 0;
}

static enum spool_added
add(const struct modem_part *part)
{
	return put_part(s, "gsm1", part, NOW);
}

static void
test_dedupe(void **state)
{
	struct modem_part a = make_part(PHONE, 1, 0, 1, 1, "5");
	struct modem_part later = make_part(PHONE, 2, 0, 1, 1, "5");
	struct modem_part other = make_part("+84912345679", 1, 0, 1, 1, "5");

	(void)state;
	assert_int_equal(add(&a), SPOOL_NEW);
	assert_int_equal(add(&a), SPOOL_DUPLICATE);
	assert_int_equal(add(&later), SPOOL_NEW);
	assert_int_equal(add(&other), SPOOL_NEW);
	assert_true(spool_join(s, NOW, WAIT));
	assert_string_equal(waiting_texts(s), "5|5|5");
	/* also after the words have gone */
	assert_int_equal(add(&a), SPOOL_DUPLICATE);
	assert_true(spool_join(s, NOW, WAIT));
	assert_string_equal(waiting_texts(s), "5|5|5");
}

static void
test_dropped(void **state)
{
	struct modem_part name = make_part("VIETTEL", 1, 0, 1, 1, "hay mua");
	struct modem_part code = make_part("191", 1, 0, 1, 1, "so du 5");
	struct modem_part data = make_part(PHONE, 1, 0, 1, 1, "");
	struct spool_figures figures;

	(void)state;
	data.kind = MODEM_OTHER;
	assert_int_equal(add(&name), SPOOL_NEW);
	assert_int_equal(add(&code), SPOOL_NEW);
	assert_int_equal(add(&data), SPOOL_NEW);
	assert_int_equal(add(&code), SPOOL_DUPLICATE);
	assert_true(spool_join(s, NOW, WAIT));
	assert_string_equal(waiting_texts(s), "");
	assert_true(spool_figures(s, &figures));
	assert_int_equal(figures.dropped, 3);
}

static void
test_long(void **state)
{
	struct modem_part one = make_part(PHONE, 1, 9, 2, 1, "rất hài ");
	struct modem_part two = make_part(PHONE, 1, 9, 2, 2, "lòng");

	(void)state;
	add(&two);
	assert_true(spool_join(s, NOW, WAIT));
	assert_string_equal(waiting_texts(s), "");
	add(&one);
	assert_true(spool_join(s, NOW, WAIT));
	assert_string_equal(waiting_texts(s), "rất hài lòng");
	one = make_part(PHONE, 5, 10, 2, 1, "5 ");
	add(&one);
	assert_true(spool_join(s, NOW + WAIT + 1, WAIT));
	assert_string_equal(waiting_texts(s), "rất hài lòng|~5 …");
}

/* A child that dies by kill -9 between two deeds; what it did stays done, what
 * it did not can be done again by us, and counts once. */
static void
test_killed(void **state)
{
	struct modem_part part = make_part(PHONE, 1, 0, 1, 1, "LH1 5");

	(void)state;
	for (int deeds = 1; deeds <= 2; deeds++) {
		pid_t pid;
		int status;

		spool_close(s);
		pid = fork();
		if (pid == 0) {
			s = same_spool();
			add(&part);
			if (deeds == 2)
				spool_join(s, NOW, WAIT);
			kill(getpid(), SIGKILL);
		}
		waitpid(pid, &status, 0);
		s = same_spool();
		assert_int_equal(add(&part), SPOOL_DUPLICATE);
		assert_true(spool_join(s, NOW, WAIT));
		assert_string_equal(
		    waiting_texts(s), deeds == 1 ? "LH1 5" : "LH1 5|LH1 5");
		part = make_part(PHONE, 100, 0, 1, 1, "LH1 5");
	}
}

/* Workers find one another's parts: each makes one message all the same. */
static void
test_many_joiners(void **state)
{
	struct spool_figures figures;
	pid_t pids[4];

	(void)state;
	spool_close(s);
	for (int i = 0; i < 4; i++) {
		pids[i] = fork();
		if (pids[i] != 0)
			continue;
		s = same_spool();
		for (int n = 0; n < 40; n++) {
			struct modem_part part =
			    make_part(PHONE, 100 * i + n, 0, 1, 1, "5");

			add(&part);
			spool_join(s, NOW, WAIT);
		}
		_exit(0);
	}
	for (int i = 0; i < 4; i++)
		waitpid(pids[i], NULL, 0);
	s = same_spool();
	assert_true(spool_figures(s, &figures));
	assert_int_equal(figures.waiting, 160);
}

static void
test_handed(void **state)
{
	struct modem_part part = make_part("0912345678", 1, 0, 1, 1, "5");
	struct spool_message *m;
	struct arena a;
	size_t n;

	(void)state;
	add(&part);
	spool_join(s, NOW, WAIT);
	arena_init(&a);
	assert_true(spool_waiting(s, &a, 0, 10, &m, &n));
	assert_int_equal(n, 1);
	assert_string_equal(m[0].from, PHONE);
	assert_string_equal(m[0].modem, "gsm1");
	assert_true(m[0].received_at == NOW);
	assert_true(m[0].sent_at == part.sent_at && m[0].sent_offset == 420);
	assert_true(spool_handed(s, m[0].id));
	assert_true(spool_handed(s, m[0].id));
	assert_string_equal(waiting_texts(s), "");
	arena_finish(&a);
}

/* Several writes as one: none of them, or all. */
static void
test_together(void **state)
{
	static const char a[UUID_TEXT] = "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a11";
	static const char b[UUID_TEXT] = "01938f5e-7c1a-7f00-9a51-3f0d3c1f8a12";
	struct spool_message m[2] = {
	    {.modem = "kannel", .from = PHONE, .text = "5", .received_at = NOW},
	    {.modem = "kannel", .from = PHONE, .text = "4", .received_at = NOW},
	};

	(void)state;
	memcpy(m[0].id, a, UUID_TEXT);
	memcpy(m[1].id, b, UUID_TEXT);
	assert_true(spool_take(s, m, 2));
	assert_true(spool_begin(s));
	assert_true(spool_handed(s, a));
	assert_false(spool_end(s, false));
	assert_string_equal(waiting_texts(s), "5|4");
	assert_true(spool_begin(s));
	assert_true(spool_handed(s, a) && spool_handed(s, b));
	assert_true(spool_end(s, true));
	assert_string_equal(waiting_texts(s), "");
}

static void
test_reply_by_the_same_modem(void **state)
{
	struct modem_part part = make_part(PHONE, 1, 0, 1, 1, "5");
	struct spool_outgoing out;
	bool found;

	(void)state;
	put_part(s, "gsm2", &part, NOW);
	spool_join(s, NOW, WAIT);
	assert_true(queue_text(s, ID_A, PHONE, "Cam on", NOW));
	assert_false(spool_ready(s, &gsm1, NOW));
	assert_true(spool_claim(s, &gsm1, NOW, &out, &found));
	assert_false(found);
	assert_true(spool_ready(s, &gsm2, NOW));
	/* unless that one does not take it */
	assert_true(spool_ready(s, &gsm1, NOW + SPOOL_PATIENCE_MS + 1));
	assert_true(spool_claim(s, &gsm2, NOW, &out, &found));
	assert_true(found);
	assert_string_equal(out.number, PHONE);
	assert_string_equal(out.text, "Cam on");
}

/* The modem it was written to is in trouble, or not heard of: another answers
 * at once. */
static void
test_reply_by_a_healthy_modem(void **state)
{
	struct modem_part part = make_part(PHONE, 1, 0, 1, 1, "5");

	(void)state;
	put_part(s, "gsm2", &part, NOW);
	spool_join(s, NOW, WAIT);
	assert_true(queue_text(s, ID_A, PHONE, "Cam on", NOW));
	assert_false(spool_ready(s, &gsm1, NOW));
	spool_modem_state(s, "gsm2", "unplugged", "", 0, NOW);
	assert_true(spool_ready(s, &gsm1, NOW));
	spool_modem_state(s, "gsm2", "ready", "", 0, NOW - SPOOL_ALIVE_MS - 1);
	assert_true(spool_ready(s, &gsm1, NOW));
	gsm1.rate = 0;
	assert_false(spool_ready(s, &gsm1, NOW));
}

static void
expect_report(const char *status, int code)
{
	struct spool_report *reports;
	struct arena a;
	size_t n;

	arena_init(&a);
	assert_true(spool_unreported(s, &a, 0, 10, &reports, &n));
	assert_int_equal(n, status != NULL);
	if (n == 1) {
		assert_string_equal(reports[0].status, status);
		assert_int_equal(reports[0].code, code);
		assert_true(spool_reported(s, &reports[0]));
	}
	arena_finish(&a);
}

static void
test_outgoing(void **state)
{
	struct spool_outgoing out;
	bool found;

	(void)state;
	assert_true(queue_text(s, ID_A, PHONE, "Cam on", NOW));
	assert_true(queue_text(s, ID_A, PHONE, "Other", NOW));
	assert_int_equal(spool_depth(s), 1);
	assert_true(spool_claim(s, &gsm1, NOW, &out, &found));
	assert_true(found);
	assert_int_equal(out.tries, 1);
	assert_true(spool_claim(s, &gsm1, NOW, &out, &found));
	assert_false(found);
	expect_report(NULL, -1);
	/* refused for now, then taken */
	assert_true(spool_again(s, ID_A, 42, NOW + 5000));
	assert_false(spool_ready(s, &gsm1, NOW + 4999));
	assert_true(spool_claim(s, &gsm1, NOW + 5000, &out, &found));
	assert_true(found);
	assert_int_equal(out.tries, 2);
	assert_true(spool_outcome(s, ID_A, SPOOL_SENT, -1, NOW));
	expect_report("sent", -1);
	expect_report(NULL, -1);
	/* the collector offers it once more: known, left alone */
	assert_true(queue_text(s, ID_A, PHONE, "Cam on", NOW));
	assert_int_equal(spool_depth(s), 0);
	/* unsendable, refused, too late */
	assert_true(queue_text(s, ID_B, "", "", NOW));
	expect_report("failed", -1);
}

static void
test_refused_and_late(void **state)
{
	struct spool_outgoing out;
	bool found;

	(void)state;
	queue_text(s, ID_A, PHONE, "Cam on", NOW);
	spool_claim(s, &gsm1, NOW, &out, &found);
	assert_true(spool_outcome(s, ID_A, SPOOL_NOT_SENT, 21, NOW));
	expect_report("failed", 21);
	queue_text(s, ID_B, PHONE, "Cam on", NOW);
	assert_true(spool_expire(s, NOW + SPOOL_OUTGOING_MS));
	expect_report(NULL, -1);
	assert_true(spool_expire(s, NOW + SPOOL_OUTGOING_MS + 1));
	expect_report("failed", -1);
}

static void
test_died_sending(void **state)
{
	struct spool_outgoing out;
	bool found;

	(void)state;
	queue_text(s, ID_A, PHONE, "Cam on", NOW);
	spool_claim(s, &gsm1, NOW, &out, &found);
	assert_true(spool_recover(s, "gsm2", NOW));
	expect_report(NULL, -1);
	assert_true(spool_recover(s, "gsm1", NOW));
	expect_report("unknown", -1);
	assert_true(spool_claim(s, &gsm1, NOW, &out, &found));
	assert_false(found);
}

static void
test_pin_once(void **state)
{
	(void)state;
	assert_true(spool_pin_try(s, "gsm1", "1234", 7, NOW));
	assert_false(spool_pin_try(s, "gsm1", "1234", 7, NOW));
	assert_true(spool_pin_try(s, "gsm2", "1234", 7, NOW));
	assert_true(spool_pin_try(s, "gsm1", "4321", 7, NOW));
	assert_true(spool_pin_try(s, "gsm1", "1234", 8, NOW)); /* rewritten */
	assert_true(spool_pin_accepted(s, "gsm1", "1234", 8));
	assert_true(spool_pin_try(s, "gsm1", "1234", 8, NOW));
}

/* What cannot be read goes to a person: the sender as far as he is known, no
 * digit of a number in the text. */
static void
test_unreadable(void **state)
{
	static const char *const pdus[] = {
	    "07914809000020F3040B914809000000F1002062110302110100054C640C5403",
	    "00", "9091999999999999999999999999999999"};
	static const char *const from[] = {"+84900000001", "?", "?"};
	struct spool_message *list;
	struct spool_key key;
	struct arena a;
	size_t n;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(spool_poison(s, "gsm1", (int)i, pdus[i],
				     NOW + (int)i, &key),
		    SPOOL_NEW);
	/* met again in its slot: told already */
	assert_int_equal(spool_poison(s, "gsm1", 2, pdus[2], NOW + 9, &key),
	    SPOOL_DUPLICATE);
	assert_true(spool_waiting(s, &a, 0, 10, &list, &n));
	assert_int_equal(n, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_true(list[i].unreadable && list[i].partial);
		assert_string_equal(list[i].from, from[i]);
		assert_null(strstr(list[i].text, "48:09:00"));
	}
	assert_string_equal(list[1].text, "[PDU ..]");
	/* once its slot was empty, it is another one */
	assert_true(spool_part_gone(s, &key));
	assert_int_equal(
	    spool_poison(s, "gsm1", 2, pdus[2], NOW + 9, &key), SPOOL_NEW);
	arena_finish(&a);
}

static void
test_purge(void **state)
{
	struct modem_part part = make_part(PHONE, 1, 0, 1, 1, "5");

	(void)state;
	add(&part);
	spool_join(s, NOW, WAIT);
	assert_true(spool_purge(s, NOW + SPOOL_KEEP_MS + 1));
	assert_string_equal(waiting_texts(s), "5"); /* never while it waits */
	assert_int_equal(add(&part), SPOOL_NEW);    /* its key has gone */
}

/* A spool of the first version, with something still to be told in it. */
static void
test_from_version_1(void **state)
{
	struct buf sql;
	sqlite3 *db;
	char error[300] = "", path[] = "/tmp/hailong-spool-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	close(fd);
	buf_init(&sql);
	assert_true(buf_read_file(&sql, "data/golden/spool-1.sql", 1 << 20));
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(db, buf_text(&sql), NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	buf_finish(&sql);
	spool_close(s);
	for (int i = 0; i < 2; i++) {
		s = spool_open(path, error, sizeof(error));
		assert_string_equal(error, "");
		assert_non_null(s);
		assert_string_equal(waiting_texts(s), "LH1 5");
		assert_int_equal(spool_depth(s), 1);
		if (i == 0)
			expect_report("failed", 21);
		else
			expect_report(NULL, 0);
		if (i == 0)
			spool_close(s);
	}
	for (int i = 0; i < 3; i++) {
		static const char *const ends[] = {"", "-wal", "-shm"};
		char name[60];

		snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		unlink(name);
	}
}

/* The file is removed under the gateway: what would be lost with it is not
 * taken, so the modem keeps it. */
static void
test_taken(void **state)
{
	struct modem_part a = make_part(PHONE, 1, 0, 1, 1, "5");
	struct modem_part b = make_part(PHONE, 2, 0, 1, 1, "4");

	(void)state;
	assert_int_equal(add(&a), SPOOL_NEW);
	remove_spool();
	assert_int_equal(add(&a), SPOOL_FAILED);
	assert_int_equal(add(&b), SPOOL_FAILED);
	assert_false(spool_join(s, NOW, WAIT));
	spool_close(s);
	s = fresh_spool(); /* as a new process finds it */
	assert_int_equal(add(&a), SPOOL_NEW);
	assert_int_equal(add(&b), SPOOL_NEW);
}

static void
test_unusable(void **state)
{
	char error[300] = "";

	(void)state;
	assert_null(spool_open("/nonexistent/spool.db", error, sizeof(error)));
	assert_non_null(strstr(error, "/nonexistent/spool.db"));
	assert_null(spool_open("/dev/null", error, sizeof(error)));
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
	    CASE(test_dedupe),
	    CASE(test_dropped),
	    CASE(test_long),
	    CASE(test_killed),
	    CASE(test_many_joiners),
	    CASE(test_handed),
	    CASE(test_together),
	    CASE(test_reply_by_the_same_modem),
	    CASE(test_reply_by_a_healthy_modem),
	    CASE(test_outgoing),
	    CASE(test_refused_and_late),
	    CASE(test_died_sending),
	    CASE(test_pin_once),
	    CASE(test_unreadable),
	    CASE(test_purge),
	    CASE(test_from_version_1),
	    CASE(test_taken),
	    cmocka_unit_test(test_unusable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
