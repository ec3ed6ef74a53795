/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One event, one line, one write(2): lines of several threads and processes
 * never mix, and nothing waits in a buffer when the program dies. systemd
 * names in JOURNAL_STREAM the device and inode of the stream it gave us; when
 * that is still our standard error, lines begin with the level ("<4>") and the
 * journal adds the program's name; otherwise we write both ourselves.
 */
#include "shared/log.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
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
log_init(const char *program, enum log_level least)
{
	log_program = program;
	log_to_journal = stderr_is_journal();
	log_set_level(least);
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

static void __attribute__((format(printf, 2, 0)))
write_line(enum log_level level, const char *format, va_list args)
{
	char line[LOG_LINE];
	int saved = errno, head, n;
	size_t size;
	ssize_t written;

	if ((int)level > atomic_load(&log_least))
		return;
	if (log_to_journal)
		head =
		    snprintf(line, sizeof(line), "%s", levels[level].journal);
	else
		head = snprintf(line, sizeof(line), "%.64s: %s", log_program,
		    levels[level].words);
	if (head < 0)
		return;
	size = (size_t)head;
	errno = saved; /* for %m */
	n = vsnprintf(line + size, sizeof(line) - 1 - size, format, args);
	if (n < 0)
		n = 0;
	if ((size_t)n >= sizeof(line) - 1 - size)
		n = (int)utf8_back(line + size, sizeof(line) - 2 - size);
	replace_controls(line + size, (size_t)n);
	size += (size_t)n;
	line[size++] = '\n';
	do
		written = write(STDERR_FILENO, line, size);
	while (written < 0 && errno == EINTR);
	errno = saved;
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
