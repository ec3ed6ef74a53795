/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One line an event on standard error, with systemd's level prefix ("<4>")
 * when standard error goes to the journal. Lines never carry a phone number, a
 * comment, a token or an address on the network: what a citizen said or is
 * does not belong in a log. Control characters are printed as '?'.
 *
 * An error or warning that comes again within a minute, word for word, is
 * counted and not written; once a minute a line says how often it came.
 */
#ifndef HAILONG_SHARED_LOG_H
#define HAILONG_SHARED_LOG_H

#include <stdbool.h>

enum log_level {
	LOG_LEVEL_ERROR,
	LOG_LEVEL_WARN,
	LOG_LEVEL_INFO,
	LOG_LEVEL_DEBUG,
	LOG_LEVEL_COUNT
};

/* Names the program and the least important level still written. */
void log_init(const char *program, enum log_level least);
/* Another level from now on; any thread, any time. */
void log_set_level(enum log_level least);
/* The level named "error", "warning", "info" or "debug"; false: none is. */
bool log_level_find(const char *name, enum log_level *level);
/* Tells of what was held back, when its minute is over. For loops to call at
 * each turn; every error, every warning and the end of the program do so, too.
 */
void log_catch_up(void);
/* Something is wrong and a person must act; say what to do. */
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Something is unusual; the program goes on by itself. */
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The few lines of a normal day: start, stop, configuration. */
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* For developers; off by default. */
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
