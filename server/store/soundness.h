/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether the database can be believed: its pages are looked over when the
 * collector starts and wholly each night, and its counts are counted again. A
 * damaged file takes no more answers; counts that differ are said.
 */
#ifndef HAILONG_SERVER_STORE_SOUNDNESS_H
#define HAILONG_SERVER_STORE_SOUNDNESS_H

#include <stdbool.h>
#include <stdint.h>

struct soundness;
struct writer;

struct soundness_report {
	bool damaged;        /* the writer takes nothing any more */
	int64_t differences; /* of counts; 0: none, or not counted yet */
	int64_t checked_at;  /* ms since 1970, the last look; 0: none yet */
	bool looking;        /* the first one is not done */
};

/* Looks a small file's pages over before it returns, a large one's on its own
 * thread, which then counts and waits for the night. What it finds it logs, and
 * has the writer refuse. NULL, logged, when it cannot start. */
struct soundness *soundness_start(const char *url, struct writer *writer);
/* Breaks off what it is doing and ends the thread; before writer_stop. NULL is
 * allowed. */
void soundness_stop(struct soundness *s);
/* A consistent copy of what is known. From any thread. */
void soundness_read(struct soundness *s, struct soundness_report *out);

#endif
