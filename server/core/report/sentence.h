/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A row of scores in words: the one place where a verdict becomes a sentence,
 * for pages and reports alike. The sentences are those of shared/po
 * (verdict.*). Pure.
 */
#ifndef HAILONG_SERVER_CORE_REPORT_SENTENCE_H
#define HAILONG_SERVER_CORE_REPORT_SENTENCE_H

#include <stdbool.h>
#include <stdint.h>
#include "server/core/score/judge.h"
#include "shared/text.h"

struct arena;
struct score;

/* For whom the words are, and where they are kept. */
struct sentence_to {
	struct arena *arena;
	enum lang lang;
	int64_t least; /* fewer answers are not shown apart */
};

/* The decimal mark of a language: ',' in Vietnamese. */
char sentence_mark(enum lang lang);
/* A count; of answers in a part of the whole "dưới 5" where there are too few
 * to be shown apart. */
const char *sentence_count(const struct sentence_to *to, int64_t n);
const char *sentence_few(const struct sentence_to *to, int64_t n);
/* How many answers a row has; of what is hidden (row->few, core/score/suppress)
 * only that it is: that the row is small is not said either, since it may be a
 * large one that would give a small one away. */
const char *sentence_answers(
    const struct sentence_to *to, const struct score *row);
/* The verdict that is shown: of what is hidden (row->few), too few. */
enum verdict sentence_shown(const struct score *row);
/* The verdict in full: the side it stands on, how sure that is, why not, and
 * what could still be done about it. How many answers it would still take is
 * said only of an open period, and up to what that can bring
 * (score_more_likely); beyond, that it is hard to decide. */
const char *sentence_verdict(
    const struct sentence_to *to, const struct score *row);
/* How many answers are set aside, for which reasons, and the share with them;
 * NULL: none are. A part of both that follow. */
const char *sentence_aside(
    const struct sentence_to *to, const struct score *row);
/* What is said below a verdict; NULL: nothing. */
const char *sentence_why(const struct sentence_to *to, const struct score *row);

#endif
