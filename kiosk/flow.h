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

#define FLOW_BURST_COUNT 3           /* more answers than these … */
#define FLOW_BURST_MS    (15 * 1000) /* … in so short a time: "burst" */
/* Sooner after the last one: "bounce". The faces come back after 4 s of thanks
 * and are locked for 0.8 s more: this is a second, in which a next citizen
 * cannot have read the question. */
#define FLOW_BOUNCE_MS    (6 * 1000)
#define FLOW_HOME_IDLE_MS (30 * 1000) /* then the first page comes back */
/* An answer that was touched so lately may be corrected under its id, its first
 * face kept beside it; later it is another citizen who chooses. */
#define FLOW_CORRECT_MS (10 * 1000)
/* After a face of 4 or 5 a question that stays untouched ends without asking
 * whether one is still there. */
#define FLOW_CONTENT_MS (15 * 1000)
#define FLOW_CLEAN_MS   (30 * 1000) /* for wiping the glass */
#define FLOW_SERVICE_MS (90 * 1000) /* untouched, the service page closes */
#define FLOW_FACTORS    8           /* factor questions at most */
#define FLOW_TOKEN      24          /* room for 128 bits as text */

enum flow_screen {
	FLOW_RATE,        /* the question and five faces */
	FLOW_FIELD,       /* which field was it about */
	FLOW_REASONS,     /* what should be better, after a low face */
	FLOW_FACTOR,      /* one of the factor questions */
	FLOW_STILL_THERE, /* untouched for a while: asks for a touch */
	FLOW_THANKS,
	FLOW_CLOSED,   /* outside the working hours */
	FLOW_CLEANING, /* the glass is being wiped */
	FLOW_SERVICE,  /* the operator's page */
	FLOW_TROUBLE   /* answers cannot be stored */
};

enum flow_kind {
	FLOW_FACE, /* value: 5 Rất hài lòng … 1 Rất không hài lòng */
	FLOW_CHOOSE,   /* value: index of the field */
	FLOW_TOGGLE,   /* value: index of the reason */
	FLOW_SCORE,    /* value: of the factor, 5 … 1, 0: not applicable */
	FLOW_SEND,     /* that is all: no further question */
	FLOW_SKIP,     /* this screen's question stays unanswered */
	FLOW_AGAIN,    /* back to the faces */
	FLOW_NEXT,     /* another citizen: this answer is finished */
	FLOW_CONTINUE, /* still there */
	FLOW_DONE,     /* the thanks have been read */
	FLOW_TOUCH,    /* a touch that changes no answer */
	FLOW_WAKE,     /* a touch on the closed screen */
	FLOW_LANGUAGE, /* value: enum lang */
	FLOW_SERVICE_OPEN,
	FLOW_CLEAN, /* the operator wants to wipe */
	FLOW_LEAVE, /* the operator is done */
	/* not by a finger */
	FLOW_TICK,     /* time has passed */
	FLOW_SPEAK,    /* something was read aloud: wait as after a touch */
	FLOW_HOURS,    /* value: 0 open, 1 closed */
	FLOW_CALL,     /* the desk's software wants this citizen asked */
	FLOW_FAILED,   /* the answer could not be stored */
	FLOW_RECOVERED /* it could be now */
};

/* Effects, or-ed together; in this order they are carried out. */
enum flow_effect {
	FLOW_SAVE = 1,    /* store flow.answer under its id, replacing it */
	FLOW_RELEASE = 2, /* the answer will not change: the courier's turn */
	FLOW_SHOW = 4     /* the screen no longer shows what is */
};

/* Facts about the presses that led to an answer; none of them drops it. */
enum flow_flag {
	FLOW_FLAG_BURST = 1,
	FLOW_FLAG_BOUNCE = 2,
	FLOW_FLAG_MULTI_TOUCH = 4, /* more than one finger on the glass */
	FLOW_FLAG_CLOSED = 8,      /* outside the working hours */
	FLOW_FLAG_CORRECTED = 16   /* another face was chosen first */
};

enum flow_field_place { FLOW_FIELD_AFTER, FLOW_FIELD_FIRST };

struct flow_settings {
	int64_t lock_ms;         /* touches after a screen change are ignored */
	int64_t thanks_ms;       /* how long the thanks stay */
	int64_t qr_ms;           /* with a QR to scan on them; 0: no QR */
	int64_t reasons_idle_ms; /* then it asks whether one is still there */
	int64_t still_there_ms;  /* then what was chosen is sent */
	int fields;              /* to choose from; 0: do not ask */
	enum flow_field_place field_place;
	int reasons;    /* to choose from; 0: do not ask */
	int reasons_to; /* faces 1 … this one are asked for reasons */
	int factors;    /* to ask, one a screen; 0: none */
	enum lang lang; /* the first one */
};

/* The desk's software has served a citizen: the next answer is tied to that by
 * a token that only the collector understands. */
struct flow_call {
	char token[FLOW_TOKEN]; /* "": no call */
	bool knows_field;       /* the dossier tells it: do not ask */
	int64_t until;          /* clock_mono; the call ends */
};

struct flow_event {
	enum flow_kind kind;
	int value;
	int64_t now;       /* clock_mono */
	int64_t wall;      /* clock_now; FLOW_FACE */
	struct uuid id;    /* FLOW_FACE: used if the face begins an answer */
	const char *token; /* FLOW_FACE: likewise, NULL for none; FLOW_CALL */
	int fingers; /* FLOW_FACE: on the glass during this touch, 0 or 1 … */
	bool knows_field; /* FLOW_CALL */
	int64_t lasts_ms; /* FLOW_CALL */
};

/* What the citizen has said so far. */
struct flow_answer {
	struct uuid id;
	int64_t answered_at; /* ms since 1970, of the first face touched */
	int64_t mono;        /* the same by the clock that never jumps */
	int64_t seq;         /* 0 until session.c gives it one */
	int face;            /* 1..5 */
	int first;           /* the face before the first correction; 0 */
	int field;           /* index; -1: not said */
	unsigned reasons;    /* bit i: reason i */
	int factors[FLOW_FACTORS]; /* 1..5, 0 not applicable, -1 not said */
	unsigned flags;            /* enum flow_flag */
	enum lang lang;
	char token[FLOW_TOKEN]; /* "": none */
	bool bound;             /* the token is a call's */
	bool knows_field;       /* the call's */
};

struct flow {
	struct flow_settings settings;
	enum flow_screen screen;
	enum flow_screen under; /* FLOW_STILL_THERE: the question below */
	unsigned page;          /* another number: another page to look at */
	bool open;              /* answer may still change */
	bool settled;           /* … but its face no more */
	bool closed;            /* outside the hours */
	bool trouble;           /* answers cannot be stored */
	struct flow_answer answer;
	int field;                /* chosen before the face; -1 */
	int factor;               /* FLOW_FACTOR: which, from 0 */
	struct flow_call call;    /* ties the next answer */
	struct flow_call waiting; /* arrived during an answer */
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
/* True when what the screen asks is tied to a call. */
bool flow_bound(const struct flow *f);
/* True on the screen from which people begin. */
bool flow_home(const struct flow *f);
/* Takes new settings over; only while flow_idle. */
void flow_apply(
    struct flow *f, const struct flow_settings *settings, int64_t now);
/* Milliseconds until the present screen ends by itself; 0 where nothing counts
 * down. */
int64_t flow_left(const struct flow *f, int64_t now);
/* How long a stored answer must be held, so that it is never sent while it
 * may change: longer than any two saves of one answer lie apart. */
int64_t flow_hold(const struct flow_settings *settings);

#endif
