/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What happens at the kiosk, without a screen: events go in, effects come out
 * as values. No GTK, no clock, no disk; session.c brings those. Times of the
 * flow are milliseconds of a clock that never jumps (clock_mono).
 */
#ifndef HAILONG_KIOSK_FLOW_H
#define HAILONG_KIOSK_FLOW_H

#include <stdbool.h>
#include <stdint.h>
#include "shared/limits.h"
#include "shared/text.h"
#include "shared/uuid.h"

#define FLOW_BURST_COUNT  3           /* more answers than these … */
#define FLOW_BURST_MS     (15 * 1000) /* … in so short a time: "burst" */
#define FLOW_BOUNCE_MS    (5 * 1000)  /* sooner after the last one: "bounce" */
#define FLOW_LANG_IDLE_MS (30 * 1000) /* then the first language comes back */

enum flow_screen {
	FLOW_RATE,        /* the question and five faces */
	FLOW_FIELD,       /* which field was it about */
	FLOW_REASONS,     /* what should be better, after 1 to 3 */
	FLOW_STILL_THERE, /* nobody has touched for a while */
	FLOW_THANKS,
	FLOW_TROUBLE /* answers cannot be stored */
};

enum flow_kind {
	FLOW_FACE, /* value: 5 Rất hài lòng … 1 Rất không hài lòng */
	FLOW_CHOOSE,   /* value: index of the field */
	FLOW_TOGGLE,   /* value: index of the reason */
	FLOW_SEND,     /* the reasons are complete */
	FLOW_SKIP,     /* this screen's question stays unanswered */
	FLOW_AGAIN,    /* back to the faces, the same answer */
	FLOW_CONTINUE, /* still there */
	FLOW_TOUCH,    /* a touch that only shows one is there */
	FLOW_LANGUAGE, /* value: enum lang */
	FLOW_TICK,     /* time has passed */
	FLOW_FAILED,   /* the answer could not be stored */
	FLOW_RECOVERED /* it could be now */
};

/* Effects, or-ed together; in this order they are carried out. */
enum flow_effect {
	FLOW_SAVE = 1,    /* store flow.answer under its id, replacing it */
	FLOW_RELEASE = 2, /* the answer will not change: the courier's turn */
	FLOW_SHOW = 4     /* the screen no longer shows what is */
};

enum flow_flag { FLOW_FLAG_BURST = 1, FLOW_FLAG_BOUNCE = 2 };

struct flow_settings {
	int64_t lock_ms;         /* touches after a screen change are ignored */
	int64_t thanks_ms;       /* how long the thanks stay */
	int64_t reasons_idle_ms; /* then it asks whether one is still there */
	int64_t still_there_ms;  /* then what was chosen is sent */
	int fields;              /* to choose from; 0: do not ask */
	int reasons;             /* to choose from; 0: do not ask */
	enum lang lang;          /* the first one */
};

struct flow_event {
	enum flow_kind kind;
	int value;
	int64_t now;    /* clock_mono */
	int64_t wall;   /* clock_now; FLOW_FACE */
	struct uuid id; /* FLOW_FACE: used if the face begins an answer */
};

/* What the citizen has said so far. */
struct flow_answer {
	struct uuid id;
	int64_t answered_at; /* ms since 1970, of the first face touched */
	int64_t seq;         /* 0 until session.c gives it one */
	int face;            /* 1..5 */
	int field;           /* index; -1: not said */
	unsigned reasons;    /* bit i: reason i */
	unsigned flags;      /* enum flow_flag */
	enum lang lang;
};

struct flow {
	struct flow_settings settings;
	enum flow_screen screen;
	enum flow_screen under; /* FLOW_STILL_THERE: where one was */
	bool open;              /* answer may still change */
	struct flow_answer answer;
	enum lang lang;
	int64_t changed_at;               /* the last change of screen */
	int64_t touched_at;               /* the last touch that counted */
	int64_t recent[FLOW_BURST_COUNT]; /* when the last answers began */
	int answers;                      /* how many of those there are */
};

/* Begins at the faces. */
void flow_init(
    struct flow *f, const struct flow_settings *settings, int64_t now);
/* One event; gives the effects, 0 for an event that does not count here and
 * now (another screen's, within lock_ms, a second face). */
unsigned flow_handle(struct flow *f, const struct flow_event *event);
/* True while no answer is under way: settings may change. */
bool flow_idle(const struct flow *f);
/* Takes new settings over; only while flow_idle. */
void flow_apply(struct flow *f, const struct flow_settings *settings);
/* Milliseconds until FLOW_STILL_THERE ends; 0 on other screens. */
int64_t flow_left(const struct flow *f, int64_t now);
/* How long a stored answer must be held, so that it is never sent while it
 * may change: longer than any two saves of one answer lie apart. */
int64_t flow_hold(const struct flow_settings *settings);

#endif
