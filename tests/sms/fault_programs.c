/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Programs that die, second modems, and the operator's own words. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "tests/sms/collector.h"
#include "tests/sms/faults.h"

void
fault_gateway_killed(struct trial *t)
{
	collector_answer(503);
	for (int i = 0; i < 4; i++) {
		char text[30];

		snprintf(text, sizeof(text), "4 mat dien %d", i);
		trial_receive(t, 0, "", text);
	}
	CHAIN_WAIT(chain_status(0, "used 0\n"));
	chain_kill_gateway();
	trial_receive(t, 0, "", "5 trong luc mat dien");
	collector_answer(200);
	chain_start_gateway();
	trial_arrive(t);
}

/* For six seconds something on the line says 400 in JSON, of several kinds; our
 * own words, too, when it spoils what is sent. */
void
fault_filter(struct trial *t)
{
	static const char *const errors[] = {"{\"error\":\"Bad Request\"}",
	    "{\"error\":{\"code\":\"bad_request\",\"message\":\"twice\"}}",
	    "{\"error\":{\"code\":\"not_json\",\"message\":\"line 1\"}}"};

	collector_error(400, errors[0]);
	for (int i = 0; i < 5; i++) {
		char text[30];

		snprintf(text, sizeof(text), "5 bo loc %d", i);
		trial_receive(t, 0, "", text);
	}
	for (int i = 0; i < 12; i++) {
		collector_error(400, errors[i % 3]);
		usleep(500 * 1000);
	}
	collector_answer(200);
	trial_arrive(t);
	if (strstr(chain_ask("status", NULL), " 0 refused") == NULL)
		t->lost++;
	t->note = "nothing refused";
}

void
fault_courier_killed(struct trial *t)
{
	kill(chain_process("courier"), SIGKILL);
	trial_receive(t, 0, "", "4 nguoi dua tin chet");
	trial_queue(t, "van gui");
	trial_arrive(t);
	trial_report(t->ids[0], "delivered");
}

void
fault_worker_stopped(struct trial *t)
{
	kill(chain_process("modem gsm1"), SIGSTOP);
	trial_receive(t, 0, "", "4 treo may");
	trial_arrive(t);
	t->note = "killed by the supervisor";
}

/* The queue of a modem that is gone moves to the other. */
void
fault_second_modem(struct trial *t)
{
	trial_receive(t, 1, "", "2 toi nhan qua may hai");
	CHAIN_WAIT(collector_count("2 toi nhan qua may hai") == 1);
	CHAIN_WAIT(chain_status(1, "used 0\n"));
	trial_queue(t, "tra loi bang may hai");
	trial_report(t->ids[0], "delivered");
	if (!chain_status(1, "sent 1\n"))
		t->lost++;
	chain_modem(1, "unplug");
	CHAIN_WAIT(strstr(chain_ask("status", NULL), "unplugged") != NULL);
	trial_queue(t, "tra loi bang may mot");
	t->recovery =
	    CHAIN_WAIT(strcmp(collector_report(t->ids[1]), "delivered") == 0);
	if (!chain_status(0, "sent 1\n"))
		t->lost++;
	chain_modem(1, "plug");
	trial_receive(t, 1, "", "5 may hai tro lai");
	trial_arrive(t);
	t->note = "answered by the other";
}

void
fault_both_modems(struct trial *t)
{
	for (int i = 0; i < 12; i++) {
		char text[30];

		snprintf(text, sizeof(text), "moi %d.", i);
		trial_queue(t, text);
	}
	for (int i = 0; i < 12; i++)
		trial_report(t->ids[i], "delivered");
	if (chain_status(0, "sent 0\n") || chain_status(1, "sent 0\n"))
		t->lost++;
	t->note = "shared by two";
}

void
fault_balance(struct trial *t)
{
	trial_receive(t, 0, "", "5 truoc khi hoi");
	trial_arrive(t);
	if (strstr(chain_ask("balance", "gsm1"), "TKC 45.000d") == NULL)
		t->lost++;
	t->note = "told";
}
