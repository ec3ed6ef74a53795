/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The whole chain with the real programs: hailong-sms (libGammu, supervisor,
 * workers, courier) on ptys against modem simulators, and a collector over HTTP
 * (collector.h), all of one process's own. Whatever cannot be had ends the
 * process with a sentence: a test runs each chain in a child.
 */
#ifndef HAILONG_TESTS_SMS_CHAIN_H
#define HAILONG_TESTS_SMS_CHAIN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define CHAIN_PHONE  "+84912345678"
#define CHAIN_MODEMS 2
#define CHAIN_S      120 /* patience for anything that is waited for */

/* What a chain is made of; 0 and NULL: the usual. */
struct chain_wish {
	int modems;          /* 1 */
	int slots;           /* of the SIM, 20 */
	const char *dialect; /* plain */
	const char *more;    /* words for the simulator: "--to-own" */
	const char *ini;     /* more lines for each [modem] section */
};

/* Starts all of it and waits until a first message has gone through. */
void chain_start(const struct chain_wish *wish);
/* Ends it; false when the gateway did not end well, or left something. */
bool chain_stop(void);
/* Gives a modem (from 0) a command; what it said, static memory. */
const char *chain_modem(int which, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Does a modem's status say these words? */
bool chain_status(int which, const char *words);
/* How often a text was sent by any modem. */
int chain_sent(const char *text);
/* The process of a worker ("modem gsm1") or of the courier; 0: none. */
pid_t chain_process(const char *name);
/* The gateway itself, killed and started again, or stopped. */
void chain_kill_gateway(void);
void chain_start_gateway(void);
/* Runs hailong-sms with a command; its output, static memory. */
const char *chain_ask(const char *command, const char *word);

/* Waits until a condition holds, the process ends when it never does; the ms it
 * took. */
#define CHAIN_WAIT(condition)                                                  \
	({                                                                     \
		int64_t chain_began = chain_now();                             \
		while (!(condition))                                           \
			chain_pause(chain_began, #condition);                  \
		chain_now() - chain_began;                                     \
	})
int64_t chain_now(void);
void chain_pause(int64_t began, const char *what);

#endif
