/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One event, one line, one write(2): lines of several threads and processes
 * never mix, and nothing waits in a buffer when the program dies. systemd
 * names in JOURNAL_STREAM the device and inode of the stream it gave us; when
 * that is still our standard error, lines begin with the level ("<4>") and the
 * journal adds the program's name; otherwise we write both ourselves.
 *
 * What is repeated (log_repeat.h) is one mechanism for the whole house, here
 * where every line passes: a full disk wrote one error 18,619 times a minute
 * from places that each had a reason to speak.
 */
#include "shared/log.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "shared/clock.h"
#include "shared/log_repeat.h"
#include "shared/utf8.h"

#define LOG_LINE 1024 /* bytes of one line with its newline; more is cut */

static const struct {
	const char *journal, *words, *name;
} levels[LOG_LEVEL_COUNT] = {
    [LOG_LEVEL_ERROR] = {"<3>", "error: ", "error"},
    [LOG_LEVEL_WARN] = {"<4>", "warning: ", "warning"},
    [LOG_LEVEL_INFO] = {"<6>", "", "info"},
    [LOG_LEVEL_DEBUG] = {"<7>", "debug: ", "debug"},
};

/* Set once by log_init, before threads; the level may change later. */
static const char *log_program = "hailong";
static atomic_int log_least = LOG_LEVEL_INFO;
static bool log_to_journal;

static pthread_mutex_t repeats_lock = PTHREAD_MUTEX_INITIALIZER;
static struct log_repeats repeats;
static pid_t repeats_of; /* a child tells only what it said itself */

static bool
stderr_is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	uintmax_t device, inode;
	struct stat st;
	char *end;

	if (stream == NULL)
		return false;
	device = strtoumax(stream, &end, 10);
	if (*end != ':')
		return false;
	inode = strtoumax(end + 1, &end, 10);
	return *end == '\0' && fstat(STDERR_FILENO, &st) == 0 &&
	       st.st_dev == device && st.st_ino == inode;
}

void
log_set_level(enum log_level least)
{
	atomic_store(&log_least, (int)least);
}

bool
log_level_find(const char *name, enum log_level *level)
{
	for (int i = 0; i < LOG_LEVEL_COUNT; i++)
		if (strcmp(levels[i].name, name) == 0) {
			*level = (enum log_level)i;
			return true;
		}
	return false;
}

/* Control characters could forge a second line or paint a terminal. Those of
 * C1 are two bytes in UTF-8, 0xC2 and 0x80..0x9F. */
static void
replace_controls(char *text, size_t n)
{
	unsigned char *at = (unsigned char *)text;

	for (size_t i = 0; i < n; i++) {
		if (at[i] < 0x20 || at[i] == 0x7f)
			at[i] = '?';
		else if (at[i] == 0xc2 && i + 1 < n && at[i + 1] >= 0x80 &&
			 at[i + 1] <= 0x9f)
			at[i] = at[i + 1] = '?';
	}
}

/* One line; the text is put right here. */
static void
put_line(enum log_level level, const char *text, int64_t times)
{
	char line[LOG_LINE];
	const char *title =
	    log_to_journal ? levels[level].journal : levels[level].words;
	size_t size, room;
	ssize_t written;
	int n;

	n = log_to_journal
		? 0
		: snprintf(line, sizeof(line), "%.64s: ", log_program);
	n += snprintf(line + n, sizeof(line) - (size_t)n, "%s", title);
	size = (size_t)n;
	room = sizeof(line) - 1 - size;
	n = times == 0 ? snprintf(line + size, room, "%s", text)
		       : snprintf(line + size, room,
			     "(%" PRId64 " times more) %s", times, text);
	if ((size_t)n >= room)
		n = (int)utf8_back(line + size, room - 1);
	replace_controls(line + size, (size_t)n);
	size += (size_t)n;
	line[size++] = '\n';
	do
		written = write(STDERR_FILENO, line, size);
	while (written < 0 && errno == EINTR);
}

/* Under the lock. now INT64_MAX: all, and none is remembered. */
static void
tell_repeats(int64_t now)
{
	const struct log_repeat *due;
	int64_t times;

	if (repeats_of != getpid()) {
		memset(&repeats, 0, sizeof(repeats));
		repeats_of = getpid();
	}
	while ((due = log_repeat_due(&repeats, now, &times)) != NULL)
		put_line((enum log_level)due->level, due->text, times);
	if (now == INT64_MAX)
		memset(&repeats, 0, sizeof(repeats));
}

static void
catch_up_until(int64_t now)
{
	int saved = errno;

	pthread_mutex_lock(&repeats_lock);
	tell_repeats(now);
	pthread_mutex_unlock(&repeats_lock);
	errno = saved;
}

void
log_catch_up(void)
{
	catch_up_until(clock_mono());
}

static void
tell_all(void)
{
	catch_up_until(INT64_MAX);
}

static void
tell_at_the_end(void)
{
	atexit(tell_all);
}

static void __attribute__((format(printf, 2, 0)))
write_line(enum log_level level, const char *format, va_list args)
{
	char text[LOG_LINE] = "";
	int saved = errno;
	bool says = true;

	if ((int)level > atomic_load(&log_least))
		return;
	vsnprintf(text, sizeof(text), format, args); /* errno: for %m */
	if (level <= LOG_LEVEL_WARN) {
		pthread_mutex_lock(&repeats_lock);
		tell_repeats(clock_mono());
		says =
		    log_repeat_says(&repeats, (int)level, text, clock_mono());
		pthread_mutex_unlock(&repeats_lock);
	}
	if (says)
		put_line(level, text, 0);
	errno = saved;
}

void
log_init(const char *program, enum log_level least)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, tell_at_the_end);
	tell_all();
	log_program = program;
	log_to_journal = stderr_is_journal();
	log_set_level(least);
}

#define LOG_LINE_OF(level)                                                     \
	do {                                                                   \
		va_list args;                                                  \
		va_start(args, format);                                        \
		write_line(level, format, args);                               \
		va_end(args);                                                  \
	} while (0)

void
log_error(const char *format, ...)
{
	LOG_LINE_OF(LOG_LEVEL_ERROR);
}

void
log_warn(const char *format, ...)
{
	LOG_LINE_OF(LOG_LEVEL_WARN);
}

void
log_info(const char *format, ...)
{
	LOG_LINE_OF(LOG_LEVEL_INFO);
}

void
log_debug(const char *format, ...)
{
	LOG_LINE_OF(LOG_LEVEL_DEBUG);
}
