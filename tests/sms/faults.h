/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The faults of a bad line, each tried on a chain of its own. */
#ifndef HAILONG_TESTS_SMS_FAULTS_H
#define HAILONG_TESTS_SMS_FAULTS_H

#include "tests/sms/chain.h"

#define FAULT_TEXTS 64

/* What a case writes down while it runs. */
struct trial {
	char received[FAULT_TEXTS][300]; /* texts that must arrive once */
	int nreceived;
	char queued[FAULT_TEXTS][60]; /* texts that must leave at most once */
	const char *ids[FAULT_TEXTS];
	int nqueued;
	int64_t recovery; /* ms until it worked again */
	const char *note; /* for the table */
	int lost, doubled, twice;
};

struct fault_case {
	const char *name;
	struct chain_wish wish;
	void (*run)(struct trial *t);
};

/* fault_sending.c, fault_receiving.c, fault_programs.c */
typedef void fault_run(struct trial *t);
fault_run fault_answer_lost, fault_refused_once, fault_refused_for_ever,
    fault_refused_for_good, fault_unplugged_in_pdu, fault_answer_late,
    fault_prompt_late, fault_no_network, fault_not_delivered,
    fault_references_anew, fault_report_of_lost;
fault_run fault_listing_silent, fault_garbage, fault_noise, fault_unplugged,
    fault_unplugged_shortly, fault_slow_to_wake, fault_deletion_refused,
    fault_deletion_silent, fault_killed_before_deletion, fault_errors_of_memory,
    fault_names, fault_slow_collector, fault_part_missing, fault_many_parts,
    fault_same_reference, fault_wide_reference, fault_sim_full,
    fault_delivered_twice, fault_poison, fault_chatter, fault_ordinary,
    fault_slowly, fault_compressed, fault_octet_too_many, fault_reserved_coding,
    fault_empty_entry, fault_cut_short, fault_many_unreadable, fault_no_time,
    fault_deletion_pretended, fault_unreadable_stays, fault_unreadable_no_time,
    fault_no_reports, fault_zero_in_text;
fault_run fault_filter, fault_gateway_killed, fault_courier_killed,
    fault_worker_stopped, fault_second_modem, fault_both_modems, fault_balance;

extern const struct fault_case fault_cases[];
extern const int fault_count;

/* A citizen writes to a modem, a text that must arrive once. */
void trial_receive(
    struct trial *t, int which, const char *options, const char *text);
/* The collector wants a text sent, which must leave at most once. */
const char *trial_queue(struct trial *t, const char *text);
/* Waits until all that was received has arrived and nothing lies in the modems;
 * the time it took is the recovery, unless one is noted. */
void trial_arrive(struct trial *t);
/* Waits until this is reported of a message. */
void trial_report(const char *id, const char *report);

#endif
