/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words the reader knows. Inside of reply.c. */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REPLY_WORDS_H
#define HAILONG_SERVER_CORE_MESSAGES_REPLY_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include "server/core/messages/reply_fold.h"

/* What a word may be; one word may be several. */
enum word_class {
	W_CORE = 1 << 0,    /* says how it was; see struct word.core */
	W_NOT = 1 << 1,     /* không, chưa and their spellings */
	W_ODD_NOT = 1 << 2, /* a rude or rhetorical "not" */
	W_VERY = 1 << 3,    /* rất, before the core */
	W_MUCH = 1 << 4,    /* lắm, after the core */
	W_AT_ALL = 1 << 5,  /* chút nào, after a negated core */
	W_SOFT = 1 << 6,    /* tạm, cũng, khá, hơi; see struct word.soft */
	W_FILL = 1 << 7,    /* thật sự, cảm thấy: changes nothing */
	W_EVER = 1 << 8,    /* hề: makes a "not" whole */
	W_POLITE = 1 << 9,  /* ạ, nhé, cảm ơn, các cô chú */
	W_THANKS = 1 << 10, /* cảm ơn: anything may follow */
	W_SELF = 1 << 11,   /* tôi, gia đình tôi */
	W_KIN = 1 << 12,    /* chị, anh: a number after it is a name */
	W_RATE = 1 << 13,   /* điểm, mức, chấm: a rating follows */
	W_GIVE = 1 << 14,   /* số, cho: may be followed by a rating */
	W_FIX = 1 << 15,    /* nhầm, sửa lại: a correction follows */
	W_STARS = 1 << 16,  /* sao, điểm after a digit */
	W_JOIN = 1 << 17,   /* vì, về, với: goes on about the same */
	W_BUT = 1 << 18,    /* nhưng */
	W_DANGER = 1 << 19, /* gì, đâu, nếu, hơn: turns the meaning */
	W_UNIT = 1 << 20,   /* ngày, lần: a count, not a score */
	W_COUNTED = 1 << 21, /* cán bộ, hồ sơ: perhaps a count */
	W_LABEL = 1 << 22,   /* quầy, ngày before a number: its name */
	W_PRAISE = 1 << 23,  /* nhiệt tình, vui vẻ */
	W_NUMBER = 1 << 24, /* một … năm, mười; see struct word.number */
	W_SHORT = 1 << 25,  /* có, dạ, ừ: an answer without a level */
	W_ADVERT = 1 << 26,  /* khuyến mãi, trúng thưởng */
	W_OFFICE = 1 << 27,  /* hồ sơ, một cửa: not an advertisement */
	W_STOP = 1 << 28,    /* begins a wish to get no more messages */
	W_MESSAGE = 1 << 29, /* tin nhắn, sms */
	W_OTHER = 1 << 30    /* begins like a unit, is none: "cải thiện" */
};

enum word_core {
	CORE_NONE,
	CORE_PLEASED, /* hài lòng: 4; anything may follow */
	CORE_GOOD,    /* tốt, ok, ổn: 4; only a polite end or "nhưng" */
	CORE_CAN,     /* được: 4, but "không được" is no answer */
	CORE_NORMAL,  /* bình thường: 3 */
	CORE_SUPERB,  /* tuyệt vời: 5 */
	CORE_BAD,     /* tệ, kém: 1 with rất, else unclear */
	CORE_ANGRY,   /* bực mình: 1 */
	CORE_SLOW,    /* chậm: 2, alone only */
	CORE_LONG     /* lâu: 2 with quá, alone only */
};

enum word_soft { SOFT_NONE, SOFT_SO_SO, SOFT_ALSO, SOFT_RATHER, SOFT_A_BIT };

struct word {
	const char *words; /* folded, repeated letters once, spaces between */
	unsigned classes;
	/* Spellings with diacritics that are meant, "|" between; NULL: any.
	 * A leading "!" refuses the spelling without diacritics. */
	const char *marked;
	enum word_core core;
	unsigned within; /* W_NOT, W_VERY that an abbreviation holds: "rkhl" */
	enum word_soft soft;
	int number;
};

/* The longest entry of one of these classes at piece i: how many pieces it
 * takes, 0 for none; *found may be NULL. */
size_t word_at(const struct pieces *p, size_t i, unsigned classes,
    const struct word **found);
/* How many pieces these words take at piece i; 0: other words stand there. */
size_t words_at(const struct pieces *p, size_t i, const char *words);

#endif
