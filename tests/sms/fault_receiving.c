/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may go wrong with messages that lie in the modem. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "tests/sms/collector.h"
#include "tests/sms/faults.h"

void
fault_listing_silent(struct trial *t)
{
	chain_modem(0, "fault silent CMGL");
	trial_receive(t, 0, "", "5 danh sach im");
	trial_arrive(t);
}

void
fault_garbage(struct trial *t)
{
	chain_modem(0, "fault garbage any 3");
	trial_receive(t, 0, "", "5 rac tren duong day");
	trial_arrive(t);
}

void
fault_noise(struct trial *t)
{
	chain_modem(0, "fault noise any 6");
	for (int i = 0; i < 5; i++) {
		char text[30];

		snprintf(text, sizeof(text), "5 nhieu %d", i);
		trial_receive(t, 0, "", text);
	}
	trial_queue(t, "trong tieng on");
	trial_arrive(t);
}

void
fault_unplugged(struct trial *t)
{
	chain_modem(0, "unplug");
	trial_receive(t, 0, "", "5 trong luc rut day");
	sleep(12);
	chain_modem(0, "plug");
	trial_arrive(t);
}

void
fault_unplugged_shortly(struct trial *t)
{
	chain_modem(0, "unplug");
	chain_modem(0, "plug");
	trial_receive(t, 0, "", "5 rut mot chut");
	trial_arrive(t);
}

/* Plugged in, a modem is deaf for some seconds. */
void
fault_slow_to_wake(struct trial *t)
{
	chain_modem(0, "unplug");
	sleep(2);
	chain_modem(0, "fault silent any 5");
	chain_modem(0, "plug");
	trial_receive(t, 0, "", "5 khoi dong cham");
	trial_arrive(t);
}

void
fault_deletion_refused(struct trial *t)
{
	chain_modem(0, "fault refuse CMGD 4 500");
	trial_receive(t, 0, "", "3 xoa khong duoc");
	trial_arrive(t);
}

void
fault_deletion_silent(struct trial *t)
{
	chain_modem(0, "fault silent CMGD");
	trial_receive(t, 0, "", "3 xoa khong tra loi");
	trial_arrive(t);
}

void
fault_killed_before_deletion(struct trial *t)
{
	chain_modem(0, "fault silent CMGD");
	trial_receive(t, 0, "", "2 cham");
	CHAIN_WAIT(collector_count("2 cham") == 1);
	kill(chain_process("modem gsm1"), SIGKILL);
	t->recovery = CHAIN_WAIT(chain_status(0, "used 0\n"));
	trial_arrive(t);
}

void
fault_errors_of_memory(struct trial *t)
{
	chain_modem(0, "fault refuse CMGL 2 322");
	chain_modem(0, "fault refuse CPMS 2 500");
	chain_modem(0, "fault refuse CMGR 1 321");
	trial_receive(t, 0, "", "4 loi bo nho");
	trial_arrive(t);
}

void
fault_names(struct trial *t)
{
	chain_modem(0, "receive ;touch_x; khuyen mai 5");
	chain_modem(0, "receive VIETTEL khuyen mai 5");
	chain_modem(0, "receive 191 khuyen mai 5");
	trial_receive(t, 0, "", "5 nguoi that");
	trial_arrive(t);
	t->doubled += collector_count("khuyen mai 5");
	t->note = "dropped";
}

void
fault_slow_collector(struct trial *t)
{
	const char *id;

	collector_delay(6000);
	for (int i = 0; i < 4; i++) {
		char text[30];

		snprintf(text, sizeof(text), "4 ben nhan cham %d", i);
		trial_receive(t, 0, "", text);
	}
	CHAIN_WAIT(chain_status(0, "used 0\n"));
	collector_delay(0);
	id = trial_queue(t, "tra loi");
	trial_report(id, "delivered");
	trial_arrive(t);
	t->note = "the modem is emptied meanwhile";
}

static void
long_text(char *out, size_t size, int pieces, const char *piece)
{
	size_t n = 0;

	out[0] = '\0';
	for (int i = 0; i < pieces && n + 60 < size; i++)
		n += (size_t)snprintf(out + n, size - n, "%s %03d ", piece, i);
	out[n > 0 ? n - 1 : 0] = '\0';
}

void
fault_part_missing(struct trial *t)
{
	char text[300];

	long_text(text, sizeof(text), 20, "hai long");
	chain_modem(0, "receive --drop 2 " CHAIN_PHONE " %s x%s", text, text);
	t->recovery = CHAIN_WAIT(collector_partial() == 1);
	trial_receive(t, 0, "", "5 tin khac");
	trial_arrive(t);
	t->note = "handed over as partial";
}

void
fault_many_parts(struct trial *t)
{
	static char text[9000];

	long_text(text, sizeof(text), 700, "dai lam");
	chain_modem(0, "receive --reverse " CHAIN_PHONE " %s", text);
	text[1900] = '\0';
	t->recovery = CHAIN_WAIT(collector_begins(text) == 1);
	trial_receive(t, 0, "", "5 sau tin dai");
	trial_arrive(t);
	t->note = "54 parts, one message";
}

void
fault_same_reference(struct trial *t)
{
	char one[250], two[250];

	long_text(one, sizeof(one), 18, "tin mot");
	long_text(two, sizeof(two), 18, "tin hai");
	trial_receive(t, 0, "--ref 77", one);
	trial_receive(t, 0, "--ref 77", two);
	trial_arrive(t);
}

void
fault_wide_reference(struct trial *t)
{
	char one[250], two[250];

	long_text(one, sizeof(one), 18, "so rong");
	long_text(two, sizeof(two), 18, "so hẹp");
	trial_receive(t, 0, "--wide --ref 5 --reverse", one);
	trial_receive(t, 0, "--ref 5", two);
	trial_arrive(t);
}

void
fault_sim_full(struct trial *t)
{
	for (int i = 0; i < 12; i++) {
		char text[30];

		snprintf(text, sizeof(text), "4 lan thu %d", i);
		trial_receive(t, 0, "", text);
	}
	trial_arrive(t);
	t->note = "5 slots, 12 messages";
}

void
fault_delivered_twice(struct trial *t)
{
	chain_modem(0, "double 3");
	trial_receive(t, 0, "", "5 mot");
	trial_receive(t, 0, "", "5 hai");
	trial_receive(t, 0, "", "5 ba");
	trial_arrive(t);
	t->note = "recognised";
}

void
fault_poison(struct trial *t)
{
	chain_modem(0, "poison");
	trial_receive(t, 0, "", "4 sau tin doc");
	trial_arrive(t);
	t->note = "quarantined";
}

#define UNREADABLE_HEAD "pdu 07914809000020F3040B914809000000F100"

/* What libGammu refuses, in front of a citizen's message: it waits for
 * nothing. Read by our own reader: it arrives too. */
static void
unreadable_before(struct trial *t, const char *pdu, const char *text)
{
	chain_modem(0, "%s", pdu);
	trial_receive(t, 0, "", "4 sau tin la");
	trial_arrive(t);
	t->note = "kept";
	if (text != NULL) {
		CHAIN_WAIT(collector_count(text) == 1);
		t->note = "read";
	}
}

void
fault_compressed(struct trial *t)
{
	unreadable_before(
	    t, UNREADABLE_HEAD "2062110302110100054C640C5403", NULL);
}

void
fault_octet_too_many(struct trial *t)
{
	unreadable_before(
	    t, UNREADABLE_HEAD "0062110302326100054C640C540300", "LH1 5");
}

void
fault_reserved_coding(struct trial *t)
{
	unreadable_before(
	    t, UNREADABLE_HEAD "FB62110302326100054C640C5403", "LH1 5");
}

void
fault_empty_entry(struct trial *t)
{
	unreadable_before(t, "pdu 00", NULL);
}

void
fault_cut_short(struct trial *t)
{
	unreadable_before(t, UNREADABLE_HEAD "0062110302326100054C64", NULL);
}

/* "5", U+0000, "6 tre": libGammu reads "5" alone. */
void
fault_zero_in_text(struct trial *t)
{
	unreadable_before(t,
	    UNREADABLE_HEAD "08621103023261000C003500000036007400720065", NULL);
	CHAIN_WAIT(collector_begins("5 6tre") == 1);
	t->note = "read whole";
}

/* Twelve of them between twelve citizens, then the neighbours' slots again. */
void
fault_many_unreadable(struct trial *t)
{
	for (int i = 0; i < 12; i++) {
		char text[40];

		chain_modem(0, UNREADABLE_HEAD "2062110302%02d0100054C640C5403",
		    i + 10);
		snprintf(text, sizeof(text), "3 giua cac tin la %d", i);
		trial_receive(t, 0, "", text);
	}
	trial_arrive(t);
	trial_receive(t, 0, "", "1 cho qua lau");
	trial_arrive(t);
	t->note = "12 kept";
}

/* The centre sends no time: three opinions of one number are three. */
void
fault_no_time(struct trial *t)
{
	static const char *const pdus[] = {
	    "054C640C5403", "054C640C3403", "054C640C5403"};

	for (size_t i = 0; i < 3; i++) {
		chain_modem(0, UNREADABLE_HEAD "0000000000000000%s", pdus[i]);
		CHAIN_WAIT(chain_status(0, "used 0\nwaiting 0\n"));
	}
	CHAIN_WAIT(collector_count("LH1 5") == 2);
	CHAIN_WAIT(collector_count("LH1 3") == 1);
	trial_arrive(t);
}

/* It answers OK to a deletion and keeps the message. */
void
fault_deletion_pretended(struct trial *t)
{
	chain_modem(0, "keeps on");
	trial_receive(t, 0, "", "5 xoa gia vo");
	CHAIN_WAIT(collector_count("5 xoa gia vo") == 1);
	trial_receive(t, 0, "", "4 xoa gia vo");
	CHAIN_WAIT(collector_count("4 xoa gia vo") == 1);
	sleep(4);
	chain_modem(0, "keeps off");
	trial_arrive(t);
}

/* Met again and again, since no deletion helps: told and counted once. */
void
fault_unreadable_stays(struct trial *t)
{
	chain_modem(0, "fault refuse CMGD 2 500");
	chain_modem(0, "keeps on");
	chain_modem(0, UNREADABLE_HEAD "2062110302110100054C640C5403");
	chain_modem(0, UNREADABLE_HEAD "0062110302326100054C640C540300");
	CHAIN_WAIT(collector_begins("[PDU 07") == 1);
	trial_receive(t, 0, "", "4 canh tin la");
	CHAIN_WAIT(collector_count("4 canh tin la") == 1);
	sleep(8);
	chain_modem(0, "keeps off");
	trial_arrive(t);
	t->doubled += collector_begins("[PDU 07") - 1;
	t->lost += collector_count("LH1 5") == 0;
	t->doubled += collector_count("LH1 5") > 1;
	t->note = "told once";
}

/* The same words without a time, one after the other and side by side, in PDUs
 * that only our own reader reads: as many opinions. */
void
fault_unreadable_no_time(struct trial *t)
{
	static const char pdu[] =
	    UNREADABLE_HEAD "0000000000000000054C640C540300";

	chain_modem(0, "%s", pdu);
	CHAIN_WAIT(collector_count("LH1 5") == 1);
	CHAIN_WAIT(chain_status(0, "used 0\nwaiting 0\n"));
	chain_modem(0, "%s", pdu);
	chain_modem(0, "%s", pdu);
	CHAIN_WAIT(collector_count("LH1 5") == 3);
	trial_arrive(t);
}

/* Nothing tells it what became of what it sent. */
void
fault_no_reports(struct trial *t)
{
	trial_receive(t, 0, "", "5 cảm ơn các cô chú 😍");
	trial_queue(t, "khong co bao nhan");
	trial_report(t->ids[0], "sent");
	trial_arrive(t);
}

void
fault_chatter(struct trial *t)
{
	for (int i = 0; i < 6; i++) {
		char text[30];

		chain_modem(0, "ring +84988888888");
		snprintf(text, sizeof(text), "4 chuong reo %d", i);
		trial_receive(t, 0, "", text);
	}
	trial_queue(t, "tra loi giua chuong");
	trial_report(t->ids[0], "delivered");
	trial_arrive(t);
}

/* Receiving and sending, as every modem must: in a dialect, or slowly. */
void
fault_ordinary(struct trial *t)
{
	trial_receive(t, 0, "", "5 cảm ơn các cô chú 😍");
	trial_receive(t, 0, "--nfd", "LH1 4 ngan");
	trial_queue(t, "Cam on Ong/Ba @$_[]");
	trial_report(t->ids[0], "delivered");
	trial_arrive(t);
}

void
fault_slowly(struct trial *t)
{
	chain_modem(0, "slow 900");
	fault_ordinary(t);
}
