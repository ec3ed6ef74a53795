/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may go wrong with a text that is to be sent, and with its report. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "tests/sms/collector.h"
#include "tests/sms/faults.h"

void
fault_answer_lost(struct trial *t)
{
	const char *id, *next;

	chain_modem(0, "reports off");
	chain_modem(0, "fault deaf PDU");
	id = trial_queue(t, "khong ro");
	trial_report(id, "unknown");
	next = trial_queue(t, "tin tiep theo");
	t->recovery = CHAIN_WAIT(strcmp(collector_report(next), "sent") == 0);
	t->note = "unknown, not sent again";
}

void
fault_refused_once(struct trial *t)
{
	chain_modem(0, "fault refuse PDU 1 38");
	trial_report(trial_queue(t, "nghen mang"), "delivered");
	t->note = "tried again";
}

void
fault_refused_for_ever(struct trial *t)
{
	const char *id = NULL;

	chain_modem(0, "fault refuse PDU 1000 38");
	id = trial_queue(t, "khong bao gio");
	CHAIN_WAIT(chain_status(0, "refused 2\n"));
	for (int i = 0; i < 5; i++) {
		char text[30];

		snprintf(text, sizeof(text), "5 trong luc nghen %d", i);
		trial_receive(t, 0, "", text);
	}
	trial_arrive(t);
	if (!chain_status(0, "refused 2\n") || *collector_report(id) != '\0')
		t->twice++;
	t->note = "rests longer each time";
}

void
fault_refused_for_good(struct trial *t)
{
	chain_modem(0, "fault refuse PDU 1 21");
	trial_report(trial_queue(t, "so khong ton tai"), "failed 21");
	t->note = "failed, code 21";
}

void
fault_unplugged_in_pdu(struct trial *t)
{
	chain_modem(0, "reports off");
	chain_modem(0, "fault unplug PDU");
	trial_report(trial_queue(t, "giua chung"), "unknown");
	trial_receive(t, 0, "", "5 sau khi rut");
	chain_modem(0, "plug");
	trial_arrive(t);
	t->note = "unknown, not sent again";
}

void
fault_answer_late(struct trial *t)
{
	chain_modem(0, "fault late PDU 1 2500");
	trial_report(trial_queue(t, "tra loi cham"), "delivered");
}

void
fault_prompt_late(struct trial *t)
{
	chain_modem(0, "fault late CMGS 1 7000");
	trial_report(trial_queue(t, "dau nhac cham"), "delivered");
}

void
fault_no_network(struct trial *t)
{
	chain_modem(0, "network none");
	trial_queue(t, "ngoai vung phu song");
	trial_receive(t, 0, "", "4 van nhan duoc");
	trial_arrive(t);
	chain_modem(0, "network home");
	t->recovery =
	    CHAIN_WAIT(strcmp(collector_report(t->ids[0]), "delivered") == 0);
	t->note = "waits for it";
}

void
fault_not_delivered(struct trial *t)
{
	chain_modem(0, "reports fail 0x46");
	trial_report(trial_queue(t, "may tat"), "undelivered");
	t->note = "undelivered";
}

/* A report that comes after the modem began to count anew. */
void
fault_references_anew(struct trial *t)
{
	const char *first, *second;

	chain_modem(0, "reports skewed");
	chain_modem(0, "reports after 20000");
	first = trial_queue(t, "truoc khi rut");
	trial_report(first, "sent");
	chain_modem(0, "reports after 100");
	chain_modem(0, "unplug");
	sleep(9); /* the network's times tell them apart */
	chain_modem(0, "plug");
	second = trial_queue(t, "sau khi cam");
	trial_report(second, "delivered");
	trial_report(first, "delivered");
	t->note = "each report to its own";
}

void
fault_report_of_lost(struct trial *t)
{
	chain_modem(0, "fault deaf PDU");
	trial_report(trial_queue(t, "mat tra loi"), "delivered");
	t->note = "unknown, then delivered";
}
