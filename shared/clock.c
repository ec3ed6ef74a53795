/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only place that asks the system for the time, so that a test can set
 * it. The set time is atomic: a test thread may move it while others read.
 */
#include "shared/clock.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>
#include "shared/buf.h"

#define BOOT_ID_FILE "/proc/sys/kernel/random/boot_id"

static _Atomic int64_t set_ms = -1;

static int64_t
read_clock(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t
clock_now(void)
{
	int64_t ms = atomic_load(&set_ms);

	return ms >= 0 ? ms : read_clock(CLOCK_REALTIME);
}

int64_t
clock_mono(void)
{
	return read_clock(CLOCK_BOOTTIME);
}

static char boot[CLOCK_BOOT_TEXT];

static void
read_boot(void)
{
	struct buf b;

	buf_init(&b);
	(void)!buf_read_file(&b, BOOT_ID_FILE, CLOCK_BOOT_TEXT);
	strncpy(boot, buf_text(&b), CLOCK_BOOT_TEXT - 1);
	boot[strcspn(boot, "\n")] = '\0';
	buf_finish(&b);
}

const char *
clock_boot(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, read_boot);
	return boot;
}

bool
clock_synced(void)
{
	struct timex t = {.modes = 0};

	return adjtimex(&t) >= 0 && !(t.status & STA_UNSYNC);
}

int64_t
clock_micro(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void
clock_set(int64_t ms)
{
	atomic_store(&set_ms, ms);
}
