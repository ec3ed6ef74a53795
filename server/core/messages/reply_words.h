/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words the reader knows. They stand in reply_words.tsv, whose head says
 * what each class is, with examples; the build makes the tables below of it
 * (reply_table_make.c). Inside of the SMS reader.
 */
#ifndef HAILONG_SERVER_CORE_MESSAGES_REPLY_WORDS_H
#define HAILONG_SERVER_CORE_MESSAGES_REPLY_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "server/core/messages/reply_fold.h"

/* What a word may be; one word may be several. */
#define WORD_CLASS(bit) (UINT64_C(1) << (bit))
/* phrases */
#define W_CORE        WORD_CLASS(0) /* says how it was; see struct word.core */
#define W_NOT         WORD_CLASS(1)
#define W_ODD_NOT     WORD_CLASS(2)  /* a rude or rhetorical "not" */
#define W_VERY        WORD_CLASS(3)  /* rất, before the core */
#define W_MUCH        WORD_CLASS(4)  /* lắm, after the core */
#define W_AT_ALL      WORD_CLASS(5)  /* chút nào, after a negated core */
#define W_SOFT        WORD_CLASS(6)  /* tạm, khá; see struct word.soft */
#define W_FILL        WORD_CLASS(7)  /* thật sự: changes nothing */
#define W_EVER        WORD_CLASS(8)  /* hề: makes a "not" whole */
#define W_LEAD        WORD_CLASS(9)  /* a core that may lead a score: "ok, 5" */
#define W_YES         WORD_CLASS(10) /* a core that is also a mere yes */
#define W_DENIES_LAST WORD_CLASS(11) /* "không hài lòng đâu" */
#define W_ALREADY     WORD_CLASS(12) /* "ok rồi" */
#define W_NOTHING     WORD_CLASS(13) /* after "không": "có gì phàn nàn" */
/* manners and persons */
#define W_POLITE WORD_CLASS(14) /* ạ, nhé, cảm ơn, các cô chú */
#define W_THANKS WORD_CLASS(15) /* cảm ơn: anything may follow */
#define W_SELF   WORD_CLASS(16) /* tôi, gia đình tôi */
#define W_KIN    WORD_CLASS(17) /* chị, anh: a number after it is a name */
/* round a number */
#define W_RATE         WORD_CLASS(18) /* điểm, chấm: a rating follows */
#define W_GIVE         WORD_CLASS(19) /* số, cho: may be followed by one */
#define W_GAVE         WORD_CLASS(20) /* cho: "cho chị 5 sao" */
#define W_NUMBER_SIGN  WORD_CLASS(21) /* số: "số 1" is also "the best" */
#define W_BEST         WORD_CLASS(22) /* "số 1 luôn" */
#define W_STREET       WORD_CLASS(23) /* "số 5 đường …": an address */
#define W_FIX          WORD_CLASS(24) /* nhầm, sửa lại: a correction */
#define W_SLIP         WORD_CLASS(25) /* nhầm: one that takes back */
#define W_PLAIN        WORD_CLASS(26) /* sửa lại: one that is plain */
#define W_OOPS         WORD_CLASS(27) /* "4 à nhầm 2" */
#define W_STARS        WORD_CLASS(28) /* sao, điểm after a digit */
#define W_POINTS       WORD_CLASS(29) /* điểm, no star: "10 điểm" */
#define W_POINTS_D     WORD_CLASS(30) /* "5đ": points or money */
#define W_POINTS_ABOUT WORD_CLASS(31) /* "5 điểm cần góp ý" */
#define W_LAND         WORD_CLASS(32) /* "5 sào đất" */
#define W_WHY          WORD_CLASS(33) /* sao: also "why" */
#define W_WHY_NEXT     WORD_CLASS(34) /* "5 sao vậy …" asks */
#define W_WHY_LAST     WORD_CLASS(35) /* "5 sao lâu vậy" asks */
#define W_ASK_LAST     WORD_CLASS(36) /* ends a short question: "5 gì" */
#define W_IF           WORD_CLASS(37) /* nếu */
#define W_UNIT         WORD_CLASS(38) /* ngày, triệu: no rating before it */
#define W_COUNTED      WORD_CLASS(39) /* cán bộ: "2 cán bộ" is a count */
#define W_LABEL        WORD_CLASS(40) /* quầy, ngày: names the number after */
#define W_NUMBER       WORD_CLASS(41) /* a number in words */
#define W_OTHER        WORD_CLASS(42) /* begins like a unit, is none: "cải thiện" */
/* the rest of a text */
#define W_JOIN   WORD_CLASS(43) /* vì, về, với: goes on about the same */
#define W_BUT    WORD_CLASS(44) /* nhưng */
#define W_DANGER WORD_CLASS(45) /* gì, đâu, nếu, hơn: turns the meaning */
#define W_PRAISE WORD_CLASS(46) /* nhiệt tình, tốt */
#define W_SHORT  WORD_CLASS(47) /* có, dạ: an answer without a level */
#define W_PARTS  WORD_CLASS(48) /* nhưng, mà as written: two opinions */
/* whole texts, commands, advertisements */
#define W_OPT_OUT      WORD_CLASS(49) /* TC */
#define W_OPT_IN       WORD_CLASS(50) /* DK */
#define W_HELP         WORD_CLASS(51) /* TG */
#define W_WRONG_NUMBER WORD_CLASS(52) /* sai số */
#define W_PHONE        WORD_CLASS(53) /* "sai số điện thoại" */
#define W_STOP         WORD_CLASS(54) /* begins a wish to get no more */
#define W_STOP_ALONE   WORD_CLASS(55) /* tc: clear without W_MESSAGE */
#define W_MESSAGE      WORD_CLASS(56) /* tin nhắn, sms */
#define W_ADVERT       WORD_CLASS(57) /* a sign of an advertisement */
#define W_AD_LABEL     WORD_CLASS(58) /* "[QC]" */
#define W_OFFICE       WORD_CLASS(59) /* hồ sơ: no advertisement has it */
#define W_LETTER_AND   WORD_CLASS(60) /* "A và D": two reasons */
#define W_AFTER        WORD_CLASS(61) /* may follow a digit: "3 chờ lâu" */
#define W_PLACE        WORD_CLASS(62) /* quầy, ở: before a desk's code */
#define W_WISH         WORD_CLASS(63) /* cho, nữa: in a wish to be left alone */
#define W_CLASS_COUNT  64

/* Classes whose words are compared letter by letter, repeated letters too. */
#define W_EXACT (W_OPT_OUT | W_OPT_IN | W_HELP | W_LETTER_AND)

enum word_core {
	CORE_NONE,
	CORE_PLEASED, /* hài lòng: 4; anything may follow */
	CORE_GOOD,    /* tốt, ok, ổn: 4; only a polite end or "nhưng" */
	CORE_CAN,     /* được: 4, but "không được" is no answer */
	CORE_NORMAL,  /* bình thường: 3 */
	CORE_SO_SO,   /* tạm: 3, alone only; before another core it weakens */
	CORE_SUPERB,  /* tuyệt vời: 5 */
	CORE_BAD,     /* tệ, kém: 1 with rất, else unclear */
	CORE_ANGRY,   /* bực mình: 1 */
	CORE_SLOW,    /* chậm: 2, alone only */
	CORE_LONG     /* lâu: 2 with quá, alone only */
};

enum word_soft { SOFT_NONE, SOFT_SO_SO, SOFT_ALSO, SOFT_RATHER, SOFT_A_BIT };

struct word {
	const char *words; /* folded, repeated letters once, spaces between */
	uint64_t classes;
	/* Spellings with diacritics that are meant, "|" between; NULL: any.
	 * A leading "!" refuses the spelling without diacritics, "=" takes it
	 * only in a text that has none at all. */
	const char *marked;
	enum word_core core;
	bool holds_not, holds_very; /* an abbreviation holds it: "rkhl" */
	enum word_soft soft;
	int number;
};

/* A star or a face. */
struct word_picture {
	int32_t code; /* its character */
	int level;    /* face: 1..5, 0 for a mood only; star: 1, or 0 empty */
	int sign;     /* face: -1 sad, 0 neither, 1 glad */
	bool star;
	bool thumb; /* two of them are more than one */
};

/* The tables that the build makes: the words of the letter 'a' + n are
 * word_rows[word_begins[n]] to [word_begins[n + 1]], in the table's order. */
extern const struct word word_rows[];
extern const size_t word_begins[27];
extern const struct word_picture word_pictures[];
extern const size_t word_picture_count;

/* The longest entry of one of these classes at piece i: how many pieces it
 * takes, 0 for none; *found may be NULL. */
size_t word_at(const struct pieces *p, size_t i, uint64_t classes,
    const struct word **found);
/* True when a whole text, folded, is an entry of one of these classes. */
bool word_is(const char *text, uint64_t classes);
/* True when `size` bytes of a text, as the citizen wrote them in lower case,
 * are a spelling of an entry of one of these classes. */
bool word_written(const char *text, size_t size, uint64_t classes);
/* The star or face that this character is, NULL for none. */
const struct word_picture *word_picture(int32_t code);

#endif
