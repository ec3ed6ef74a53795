/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Random conversations against the pure rules: a citizen of whom is known what
 * each text means, invitations that come meanwhile, hours that pass. The world
 * here keeps what the database would; an oracle of few lines says which place
 * (a dossier, a desk's day) a clear digit is meant for. After each text the
 * score that counts at each place must be the last clear digit that was said
 * about it, whatever thanks, comments, letters and questions came between. The
 * seed is fixed and printed with a fault.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "server/core/messages/follow.h"

#include <stdio.h>
#include <string.h>
#include "server/core/messages/reason_letter.h"

#define TALKS    4000
#define TEXTS    14
#define MINUTE   (60 * 1000LL)
#define HOUR     (60 * MINUTE)
#define START    1795654521000LL
#define DOSSIERS 3
#define DESKS    2
#define PLACES   (DOSSIERS + DESKS)
#define NOWHERE  (-1)

static const char *const codes[] = {"LH1", "PRC1", NULL};
static const struct reply_desks desks = {codes};
static const char *const dossiers[] = {"D1", "D2", "D3"};

/* What a citizen means: a digit (at #), or something that is none. */
static const char *const digits[] = {"#", "#.", "so #", "# sao", "# diem nhe",
    "cham #", "Dạ # ạ", "# cảm ơn em", "sửa lại #", "nhầm, #", "chấm lại #",
    "đổi thành #", "# nhung ma cho lau"};
static const char *const others[] = {"ok", "ok cam on", "được", "tot", "👍",
    "dạ vâng", "vâng ạ", "cảm ơn em", "ok mai toi len",
    "được, 3h chiều tôi lên lấy", "rat hai long", "that ra rat te",
    "khong hai long", "binh thuong", "A", "D thai do", "ly do B", "A, C", "4/5",
    "7", "4 phiếu hẹn rồi chưa trả", "can bo nhiet tinh", "bao gio co ket qua?",
    "khong", "?", "3 ngày chưa xong", "5 hay 4"};

/* What the database would know of this number. */
struct world {
	uint32_t random;
	int64_t now;
	struct arena a;
	int counted[PLACES]; /* the score that counts, 0 none */
	int64_t counted_at[PLACES];
	int meant[PLACES]; /* the last clear digit about it, 0 none */
	int64_t invited_at[DOSSIERS];
	int invited, last; /* a dossier, a place; NOWHERE */
	struct reply before;
	char before_text[80];
	int64_t before_at, asked_at;
	bool before_counted; /* the text before made an answer */
	int digit;           /* the last one said, and how */
	uint32_t how;
};

static uint32_t
chance(struct world *w, uint32_t below)
{
	w->random ^= w->random << 13;
	w->random ^= w->random >> 17;
	w->random ^= w->random << 5;
	return w->random % below;
}

static int
place_of_desk(const char *code)
{
	return DOSSIERS + (strcmp(code, codes[1]) == 0);
}

static bool
recent(const struct world *w, int64_t at, int64_t ms)
{
	return at > 0 && at >= w->now - ms;
}

static int64_t
day_of(int64_t at)
{
	return (at + 7 * HOUR) / FOLLOW_DAY_MS;
}

/* A desk's answer of another day is another place, and over. */
static void
days_end(struct world *w)
{
	for (int p = DOSSIERS; p < PLACES; p++)
		if (w->counted_at[p] > 0 &&
		    day_of(w->counted_at[p]) != day_of(w->now) &&
		    !recent(w, w->counted_at[p], FOLLOW_DAY_MS))
			w->counted[p] = w->meant[p] = 0;
}

/* ------------------------------------------------------------------ oracle */

static int
dossier_open(const struct world *w)
{
	return w->invited != NOWHERE &&
		       recent(w, w->invited_at[w->invited], FOLLOW_OPEN_MS)
		   ? w->invited
		   : NOWHERE;
}

/* The place a bare digit is meant for: what was asked or confirmed last. */
static int
place_meant(const struct world *w, const char *desk)
{
	int open = dossier_open(w), last = w->last;

	if (desk != NULL) /* invitations here are all from the first desk */
		return open != NOWHERE && strcmp(desk, codes[0]) == 0
			   ? open
			   : place_of_desk(desk);
	if (last != NOWHERE &&
	    !recent(w, w->counted_at[last],
		last < DOSSIERS ? FOLLOW_OPEN_MS : FOLLOW_DAY_MS))
		last = NOWHERE;
	if (open != NOWHERE &&
	    (last == NOWHERE || w->invited_at[open] > w->counted_at[last]))
		return open;
	return last;
}

/* ------------------------------------------------------------------- world */

static struct follow_facts
facts_of(struct world *w, const char *text, const struct reply *reply)
{
	int open = w->invited, last = w->last;
	const char *named = reply->desk != NULL ? reply->desk
			    : w->before.note == REPLY_NOTE_DESK_ONLY
				? w->before.desk
				: NULL;
	struct follow_facts f = {.at = w->now,
	    .reasons = reason_letters_read(&w->a, text),
	    .before = {.kind = REPLY_IGNORE},
	    .last_desk = "",
	    .last_dossier = "",
	    .reason_asked_at = w->asked_at};

	if (recent(w, w->before_at, FOLLOW_DAY_MS)) {
		f.before = w->before;
		f.before_at = w->before_at;
		f.repeated = recent(w, w->before_at, FOLLOW_REPEAT_MS) &&
			     strcmp(w->before_text, text) == 0;
	}
	if (last != NOWHERE && w->counted[last] > 0 &&
	    recent(w, w->counted_at[last], FOLLOW_OPEN_MS)) {
		f.answered = true;
		f.last_at = w->counted_at[last];
		f.last_score = w->counted[last];
		f.last_desk =
		    last < DOSSIERS ? codes[0] : codes[last - DOSSIERS];
		f.last_dossier = last < DOSSIERS ? dossiers[last] : "";
	}
	if (open != NOWHERE) {
		f.invited = true;
		f.dossier = dossiers[open];
		f.dossier_desk = codes[0];
		f.invited_at = w->invited_at[open];
		f.dossier_answered = w->counted[open] > 0;
	}
	if (named != NULL) {
		int p = place_of_desk(named);

		f.desk_answered = w->counted[p] > 0 &&
				  day_of(w->counted_at[p]) == day_of(w->now);
	}
	return f;
}

/* Does what was decided; which place it counted at, NOWHERE: none. */
static int
carry_out(struct world *w, const struct follow *f)
{
	int place;

	if (f->deed == FOLLOW_OPT_OUT || f->deed == FOLLOW_WRONG_PERSON ||
	    f->deed == FOLLOW_PERHAPS_OUT)
		fail_msg("deed %d of a citizen who never wished so", f->deed);
	if (f->deed == FOLLOW_REASON && w->last == NOWHERE)
		fail_msg("a reason of no answer");
	if (f->deed != FOLLOW_SCORE)
		return NOWHERE;
	place =
	    f->dossier != NULL ? f->dossier[1] - '1' : place_of_desk(f->desk);
	w->counted[place] = f->score;
	w->counted_at[place] = w->now;
	w->last = place;
	w->asked_at = f->score <= 2 ? w->now : 0;
	return place;
}

static void
hear(struct world *w, const char *text, struct follow *follow,
    struct reply *reply)
{
	struct follow_facts f;

	reply_read(&w->a, text, &desks, reply);
	f = facts_of(w, text, reply);
	*follow = follow_decide(reply, &f);
}

/* The citizen says a digit, perhaps with a desk. */
static void
say_digit(struct world *w, uint32_t seed)
{
	char text[80], words[60];
	const char *desk = chance(w, 4) == 0 ? codes[chance(w, DESKS)] : NULL;
	bool same = w->digit > 0 && chance(w, 3) == 0;
	int digit = same ? w->digit : (int)chance(w, 5) + 1;
	uint32_t how =
	    same ? w->how : chance(w, sizeof(digits) / sizeof(digits[0]));
	int place = place_meant(w, desk);
	struct reply reply;
	struct follow follow;

	snprintf(words, sizeof(words), "%s", digits[how]);
	*strchr(words, '#') = (char)('0' + digit);
	if (desk == NULL)
		snprintf(text, sizeof(text), "%s", words);
	else if (how < 6 && chance(w, 2))
		snprintf(text, sizeof(text), "%s %s", words, desk);
	else
		snprintf(text, sizeof(text), "%s %s", desk, words);
	if (desk == NULL && w->before.note == REPLY_NOTE_DESK_ONLY &&
	    recent(w, w->before_at, FOLLOW_DAY_MS))
		place = place_meant(w, w->before.desk);
	hear(w, text, &follow, &reply);
	if (place != NOWHERE)
		w->meant[place] = digit;
	w->before_counted = carry_out(w, &follow) != NOWHERE;
	w->digit = digit;
	w->how = how;
	if (place == NOWHERE ? follow.deed != FOLLOW_ASK_DESK
			     : w->counted[place] != digit)
		fail_msg("seed %u: \"%s\" was meant for place %d: deed %d",
		    seed, text, place, follow.deed);
	w->before = reply;
	snprintf(w->before_text, sizeof(w->before_text), "%s", text);
	w->before_at = w->now;
}

/* Something that is no clear digit: it may count where nothing does, and
 * changes nothing where something does. */
static void
say_other(struct world *w, uint32_t seed)
{
	const char *text =
	    chance(w, 8) == 0
		? codes[chance(w, DESKS)]
		: others[chance(w, sizeof(others) / sizeof(others[0]))];
	int counted[PLACES], place;
	int64_t at[PLACES];
	bool code = text[0] == 'L' || text[0] == 'P';
	struct reply before = w->before, reply;
	struct follow follow;

	memcpy(counted, w->counted, sizeof(counted));
	memcpy(at, w->counted_at, sizeof(at));
	hear(w, text, &follow, &reply);
	place = carry_out(w, &follow);
	if (place == NOWHERE) {
		/* nothing is counted, nothing changes */
	} else if (code && w->before_counted) {
		fail_msg("seed %u: one digit counted twice", seed);
	} else if (code && before.way == REPLY_BY_DIGIT) {
		w->meant[place] = follow.score; /* the desk of that digit */
	} else if (counted[place] > 0 &&
		   (place < DOSSIERS || day_of(at[place]) == day_of(w->now))) {
		fail_msg("seed %u: \"%s\" turned a %d into a %d", seed, text,
		    counted[place], follow.score);
	} else {
		w->meant[place] = 0; /* words may be the first, of a new day */
	}
	w->before_counted = place != NOWHERE;
	w->before = reply;
	snprintf(w->before_text, sizeof(w->before_text), "%s", text);
	w->before_at = w->now;
}

static void
talk(uint32_t seed)
{
	struct world w = {.random = seed * 2654435761u + 1,
	    .now = START,
	    .invited = NOWHERE,
	    .last = NOWHERE,
	    .before = {.kind = REPLY_IGNORE}};
	static const int64_t pauses[] = {MINUTE, 11 * MINUTE, HOUR, 5 * HOUR,
	    FOLLOW_DAY_MS + HOUR, 4 * FOLLOW_DAY_MS, 15 * FOLLOW_DAY_MS};

	arena_init(&w.a);
	for (int i = 0; i < TEXTS; i++) {
		w.now += pauses[chance(&w, chance(&w, 3) == 0 ? 7 : 4)];
		days_end(&w);
		switch (chance(&w, 5)) {
		case 0:
			w.invited = (int)chance(&w, DOSSIERS);
			w.invited_at[w.invited] = w.now;
			break;
		case 1:
		case 2:
			say_digit(&w, seed);
			break;
		default:
			say_other(&w, seed);
		}
		for (int p = 0; p < PLACES; p++)
			if (w.meant[p] > 0 && w.counted[p] != w.meant[p])
				fail_msg("seed %u, text %d: place %d counts %d"
					 ", meant was %d",
				    seed, i, p, w.counted[p], w.meant[p]);
	}
	arena_finish(&w.a);
}

static void
test_talks(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= TALKS; seed++)
		talk(seed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_talks)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
