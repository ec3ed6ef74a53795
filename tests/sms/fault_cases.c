/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of all cases: the eighteen that gammu-smsd was put through, those
 * of bad lines, full memories, other dialects, dying programs, second modems.
 */
#include "tests/sms/faults.h"

#define SLOWLY "patience_seconds = 25\nanswer_seconds = 12\n"

/* Those that take longest begin first. */
const struct fault_case fault_cases[] = {
    {"noise around answers", {0}, fault_noise},
    {"worker hangs", {0}, fault_worker_stopped},
    {"references begin anew (+CDS)", {0}, fault_references_anew},
    {"references anew (+CDSI), quectel", {.dialect = "quectel"},
	fault_references_anew},
    {"900 ms a command", {.ini = SLOWLY}, fault_slowly},
    {"CMS 38 once", {0}, fault_refused_once},
    {"CMS 38 for ever", {0}, fault_refused_for_ever},
    {"unplugged 12 s", {0}, fault_unplugged},
    {"CMS 322, 500, 321", {0}, fault_errors_of_memory},
    {"unplugged during a PDU", {0}, fault_unplugged_in_pdu},
    {"PDU taken, answer lost", {0}, fault_answer_lost},
    {"CMGD refused four times", {0}, fault_deletion_refused},
    {"garbage instead of answers", {0}, fault_garbage},
    {"second modem fails", {.modems = 2}, fault_second_modem},
    {"deaf for a while after plugging", {0}, fault_slow_to_wake},
    {"answer lost, report comes", {0}, fault_report_of_lost},
    {"CMGL unanswered", {0}, fault_listing_silent},
    {"part 2 of 3 missing", {0}, fault_part_missing},
    {"a message that crashes libGammu", {0}, fault_poison},
    {"prompt late by 7 s", {.ini = SLOWLY}, fault_prompt_late},
    {"slow line, 4800 baud", {.more = "--baud 4800", .ini = SLOWLY},
	fault_ordinary},
    {"CMGD unanswered", {0}, fault_deletion_silent},
    {"two modems share", {.modems = 2}, fault_both_modems},
    {"answer to the PDU late", {0}, fault_answer_late},
    {"killed before CMGD", {0}, fault_killed_before_deletion},
    {"unplugged for an instant", {0}, fault_unplugged_shortly},
    {"power cut, collector away", {0}, fault_gateway_killed},
    {"a filter answers for the collector", {0}, fault_filter},
    {"courier killed", {0}, fault_courier_killed},
    {"not delivered", {0}, fault_not_delivered},
    {"refused for good (CMS 21)", {0}, fault_refused_for_good},
    {"collector takes 6 s an answer", {0}, fault_slow_collector},
    {"names as senders", {0}, fault_names},
    {"54 parts", {.slots = 60}, fault_many_parts},
    {"the same 8-bit reference twice", {0}, fault_same_reference},
    {"16-bit and 8-bit references", {0}, fault_wide_reference},
    {"SIM full", {.slots = 5}, fault_sim_full},
    {"delivered twice by the network", {0}, fault_delivered_twice},
    {"calls between messages", {0}, fault_chatter},
    {"no network for a while", {0}, fault_no_network},
    {"reports stored (+CDSI), quectel", {.dialect = "quectel"}, fault_ordinary},
    {"huawei", {.dialect = "huawei"}, fault_ordinary},
    {"huawei, messages in the modem", {.dialect = "huawei", .more = "--to-own"},
	fault_sim_full},
    {"simcom", {.dialect = "simcom"}, fault_ordinary},
    {"telit", {.dialect = "telit"}, fault_ordinary},
    {"SIM with a PIN", {.more = "--pin 1234"}, fault_ordinary},
    {"balance by USSD", {0}, fault_balance},
};
const int fault_count = sizeof(fault_cases) / sizeof(fault_cases[0]);
