/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words the reader knows, folded as reply_fold.c folds: lower case, no
 * diacritics, repeated letters once ("good" stands as "god"). Sources:
 * DOMAIN.md 6.4 (what citizens write), spellings of the south (hổng, hem),
 * of young people (hok, hum, k0) and of thumbs (hai lonh, hai log).
 *
 * A word may stand in several rows, because folded words have several
 * meanings: "cham" is chậm (slow), chấm (to give a mark) or Chăm (a people).
 * Where a citizen wrote diacritics the row says which ones it means.
 */
#include "server/core/messages/reply_words.h"

#include <string.h>

#define CORE(c, text)                                                          \
	{                                                                      \
		.words = text, .classes = W_CORE, .core = c                    \
	}
#define CORE_HELD(c, text, held)                                               \
	{                                                                      \
		.words = text, .classes = W_CORE, .core = c, .within = held    \
	}
#define CORE_AS(c, text, spelt)                                                \
	{                                                                      \
		.words = text, .classes = W_CORE, .core = c, .marked = spelt   \
	}
#define SOFT(s, text, spelt)                                                   \
	{                                                                      \
		.words = text, .classes = W_SOFT, .soft = s, .marked = spelt   \
	}
#define NUMBER(n, text, spelt)                                                 \
	{                                                                      \
		.words = text, .classes = W_NUMBER, .number = n,               \
		.marked = spelt                                                \
	}
#define AS(c, text, spelt)                                                     \
	{                                                                      \
		.words = text, .classes = c, .marked = spelt                   \
	}
#define W(c, text)                                                             \
	{                                                                      \
		.words = text, .classes = c                                    \
	}

static const struct word table[] = {
    /* how it was */
    CORE(CORE_PLEASED, "hai long"), CORE(CORE_PLEASED, "hailong"),
    CORE(CORE_PLEASED, "hl"), CORE(CORE_PLEASED, "hai lonh"),
    CORE(CORE_PLEASED, "hai log"), CORE(CORE_PLEASED, "hai lomg"),
    CORE(CORE_PLEASED, "hai logn"), CORE(CORE_PLEASED, "hai lng"),
    CORE(CORE_PLEASED, "hai lonq"), CORE(CORE_PLEASED, "haj long"),
    CORE(CORE_PLEASED, "haj lonq"), CORE(CORE_PLEASED, "hai loq"),
    CORE(CORE_PLEASED, "hailog"), CORE(CORE_PLEASED, "hailonh"),
    CORE(CORE_PLEASED, "hlong"), CORE(CORE_PLEASED, "haif longf"),
    CORE(CORE_PLEASED, "hafi lofng"), CORE(CORE_PLEASED, "haif long"),
    CORE(CORE_PLEASED, "hai longf"), CORE(CORE_PLEASED, "vua long"),
    CORE(CORE_PLEASED, "vua y"), CORE(CORE_PLEASED, "ung y"),
    CORE(CORE_PLEASED, "satisfied"), CORE_HELD(CORE_PLEASED, "rhl", W_VERY),
    CORE_HELD(CORE_PLEASED, "rathl", W_VERY),
    CORE_HELD(CORE_PLEASED, "rathailong", W_VERY),
    CORE_HELD(CORE_PLEASED, "khl", W_NOT),
    CORE_HELD(CORE_PLEASED, "kohl", W_NOT),
    CORE_HELD(CORE_PLEASED, "khonghl", W_NOT),
    CORE_HELD(CORE_PLEASED, "kohailong", W_NOT),
    CORE_HELD(CORE_PLEASED, "khailong", W_NOT),
    CORE_HELD(CORE_PLEASED, "khonghailong", W_NOT),
    CORE_HELD(CORE_PLEASED, "chuahl", W_NOT),
    CORE_HELD(CORE_PLEASED, "chuahailong", W_NOT),
    CORE_HELD(CORE_PLEASED, "unsatisfied", W_NOT),
    CORE_HELD(CORE_PLEASED, "disatisfied", W_NOT),
    CORE_HELD(CORE_PLEASED, "rkhl", W_VERY | W_NOT),
    CORE_HELD(CORE_PLEASED, "ratkhonghailong", W_VERY | W_NOT),
    CORE_HELD(CORE_PLEASED, "ratkohailong", W_VERY | W_NOT),
    CORE_AS(CORE_GOOD, "tot", "tốt|tôt|tót"), CORE(CORE_GOOD, "toots"),
    CORE(CORE_GOOD, "god"), CORE(CORE_GOOD, "ok"), CORE(CORE_GOOD, "oke"),
    CORE(CORE_GOOD, "okie"), CORE(CORE_GOOD, "okela"), CORE(CORE_GOOD, "oki"),
    CORE(CORE_GOOD, "okay"), CORE(CORE_GOOD, "okey"), CORE(CORE_GOOD, "okla"),
    CORE(CORE_GOOD, "okeh"), CORE(CORE_GOOD, "okelah"), CORE(CORE_GOOD, "o ke"),
    CORE(CORE_GOOD, "oce"), CORE(CORE_GOOD, "okok"),
    CORE_AS(CORE_GOOD, "on", "ổn|ôn"), CORE_HELD(CORE_GOOD, "ratot", W_VERY),
    CORE_HELD(CORE_GOOD, "totlam", W_VERY),
    CORE_HELD(CORE_GOOD, "khongtot", W_NOT),
    CORE_HELD(CORE_GOOD, "kotot", W_NOT),
    CORE_HELD(CORE_GOOD, "khongok", W_NOT), CORE_HELD(CORE_GOOD, "kok", W_NOT),
    CORE_AS(CORE_CAN, "duoc", "được|đươc|dược|đựơc|đựoc|đuợc|đuoc|dươc|đuọc"),
    CORE(CORE_CAN, "dc"), CORE(CORE_CAN, "duok"),
    CORE(CORE_NORMAL, "binh thuong"), CORE(CORE_NORMAL, "bt"),
    CORE(CORE_NORMAL, "bth"), CORE(CORE_NORMAL, "bthg"),
    CORE(CORE_NORMAL, "bthuong"), CORE(CORE_NORMAL, "b thuong"),
    CORE(CORE_NORMAL, "binh thg"), CORE(CORE_NORMAL, "binhthuong"),
    CORE(CORE_NORMAL, "bing thuong"), CORE(CORE_NORMAL, "binh thuog"),
    CORE(CORE_NORMAL, "binh thuonh"), CORE(CORE_NORMAL, "binh thong"),
    CORE(CORE_NORMAL, "binhf thuowngf"), CORE(CORE_NORMAL, "trung lap"),
    CORE(CORE_NORMAL, "phan van"), CORE(CORE_NORMAL, "trung binh"),
    CORE(CORE_NORMAL, "tamduoc"), CORE(CORE_NORMAL, "tamon"),
    CORE(CORE_NORMAL, "cungduoc"), CORE(CORE_NORMAL, "normal"),
    CORE(CORE_NORMAL, "neutral"), CORE(CORE_SUPERB, "tuyet voi"),
    CORE(CORE_SUPERB, "tuyetvoi"), CORE_AS(CORE_SUPERB, "tuyet", "tuyệt|tuyêt"),
    CORE(CORE_SUPERB, "tuyet hao"), CORE(CORE_SUPERB, "tuyet cu meo"),
    CORE(CORE_SUPERB, "xuat sac"), CORE(CORE_SUPERB, "hoan hao"),
    CORE(CORE_SUPERB, "perfect"), CORE(CORE_SUPERB, "excelent"),
    CORE_AS(CORE_BAD, "te", "tệ|tê"), CORE(CORE_BAD, "te hai"),
    CORE_AS(CORE_BAD, "toi te", "tồi|toi"), CORE_AS(CORE_BAD, "toi", "!tồi"),
    CORE_AS(CORE_BAD, "kem", "kém|kem"), CORE_AS(CORE_BAD, "do", "!dở"),
    CORE_AS(CORE_BAD, "do te", "dở|do"), CORE_AS(CORE_BAD, "chan", "chán"),
    CORE_AS(CORE_BAD, "xau", "xấu"), CORE(CORE_BAD, "that vong"),
    CORE(CORE_BAD, "bat man"), CORE(CORE_BAD, "bad"), CORE(CORE_BAD, "buc xuc"),
    CORE_HELD(CORE_BAD, "quate", W_VERY), CORE(CORE_ANGRY, "buc minh"),
    CORE_AS(CORE_SLOW, "cham", "chậm|châm"), CORE(CORE_SLOW, "cham tre"),
    CORE_AS(CORE_LONG, "lau", "lâu|lau"),
    /* words that change it */
    W(W_NOT, "khong"), W(W_NOT, "ko"), W(W_NOT, "k"), W(W_NOT, "kh"),
    W(W_NOT, "kg"), W(W_NOT, "khg"), W(W_NOT, "kog"), W(W_NOT, "khog"),
    W(W_NOT, "kong"), W(W_NOT, "hok"), W(W_NOT, "hong"), W(W_NOT, "hog"),
    W(W_NOT, "hk"), W(W_NOT, "hem"), W(W_NOT, "khum"), W(W_NOT, "hum"),
    W(W_NOT, "khonh"), W(W_NOT, "hkong"), W(W_NOT, "kgong"), W(W_NOT, "hkg"),
    W(W_NOT, "khoong"), W(W_NOT, "not"), W(W_NOT, "no"),
    AS(W_NOT, "chua", "chưa|chửa|chua|chưã"), W(W_NOT, "chuaw"),
    W(W_NOT, "chuwa"), AS(W_NOT, "chang", "chẳng|chang|chăng"),
    AS(W_NOT, "cha", "!chả"), W(W_ODD_NOT, "cha"), W(W_ODD_NOT, "deo"),
    W(W_ODD_NOT, "dech"), W(W_ODD_NOT, "del"), W(W_ODD_NOT, "eo"),
    W(W_ODD_NOT, "dau"), W(W_ODD_NOT, "dau co"), W(W_ODD_NOT, "khong phai"),
    W(W_ODD_NOT, "ko phai"), W(W_ODD_NOT, "khong the"), W(W_VERY, "rat"),
    W(W_VERY, "rat la"), W(W_VERY, "rats"), W(W_VERY, "raats"),
    W(W_VERY, "rat chi la"), W(W_VERY, "r"), W(W_VERY, "cuc"),
    W(W_VERY, "cuc ky"), W(W_VERY, "cuc ki"), W(W_VERY, "cuc ky la"),
    W(W_VERY, "vo cung"), W(W_VERY, "het suc"), W(W_VERY, "hoan toan"),
    W(W_VERY, "tuyet doi"), AS(W_VERY, "qua", "=quá"), W(W_VERY, "qua la"),
    W(W_VERY, "sieu"), W(W_VERY, "wa"), W(W_VERY, "qa"), W(W_VERY, "very"),
    AS(W_MUCH, "lam", "=lắm|lăm"), AS(W_MUCH, "qua", "=quá"),
    AS(W_MUCH, "qua troi", "=quá"), AS(W_MUCH, "qua di", "=quá"),
    AS(W_MUCH, "qua luon", "=quá"), W(W_MUCH, "vo cung"), W(W_MUCH, "wa"),
    W(W_MUCH, "qa"), W(W_MUCH, "cuc ky"), W(W_MUCH, "cuc ki"),
    W(W_MUCH, "het suc"), W(W_MUCH, "tuyet doi"), W(W_MUCH, "rat nhieu"),
    W(W_MUCH, "hoan toan"), W(W_AT_ALL, "chut nao"),
    W(W_AT_ALL, "mot chut nao"), W(W_AT_ALL, "ti nao"),
    W(W_AT_ALL, "mot ti nao"), W(W_AT_ALL, "ty nao"), W(W_AT_ALL, "xiu nao"),
    W(W_AT_ALL, "teo nao"), W(W_AT_ALL, "chut xiu nao"), W(W_AT_ALL, "gi ca"),
    W(W_AT_ALL, "gi het"), W(W_AT_ALL, "at al"),
    SOFT(SOFT_SO_SO, "tam", "tạm|tam"), SOFT(SOFT_ALSO, "cung", "cũng|cung"),
    SOFT(SOFT_RATHER, "kha", "khá"), SOFT(SOFT_A_BIT, "hoi", "hơi|hoi"),
    SOFT(SOFT_A_BIT, "tuong doi", NULL), SOFT(SOFT_A_BIT, "gan nhu", NULL),
    W(W_FILL, "la"), W(W_FILL, "thay"), W(W_FILL, "cam thay"),
    W(W_FILL, "that su"), W(W_FILL, "thuc su"), W(W_FILL, "that"),
    W(W_FILL, "thuc"), W(W_FILL, "duoc"), W(W_FILL, "dc"), W(W_FILL, "may"),
    W(W_FILL, "van"), W(W_FILL, "lay lam"), W(W_EVER, "he"),
    /* manners */
    AS(W_POLITE, "a", "ạ|ah|a|á"), W(W_POLITE, "ah"), W(W_POLITE, "ak"),
    W(W_POLITE, "nha"), W(W_POLITE, "nhe"), W(W_POLITE, "nhen"),
    W(W_POLITE, "nghe"), W(W_POLITE, "nge"), W(W_POLITE, "ne"),
    W(W_POLITE, "thoi"), W(W_POLITE, "roi"), W(W_POLITE, "luon"),
    W(W_POLITE, "lun"), W(W_POLITE, "day"), W(W_POLITE, "oi"),
    W(W_POLITE, "cac"), W(W_POLITE, "nhieu"), W(W_POLITE, "rat nhieu"),
    W(W_POLITE | W_KIN, "moi nguoi"), W(W_POLITE | W_KIN, "can bo"),
    W(W_POLITE | W_KIN, "cb"), W(W_POLITE | W_KIN, "nhan vien"),
    W(W_POLITE | W_KIN, "nv"), W(W_POLITE | W_KIN, "ubnd"),
    W(W_POLITE | W_KIN, "uy ban"), W(W_POLITE | W_KIN, "xa"),
    W(W_POLITE | W_KIN, "phuong"), W(W_POLITE | W_KIN, "huyen"),
    W(W_POLITE | W_KIN, "thi tran"), W(W_POLITE | W_KIN, "co quan"),
    W(W_POLITE | W_KIN, "quy co quan"), W(W_POLITE | W_KIN, "chinh quyen"),
    W(W_POLITE | W_KIN, "mot cua"), W(W_POLITE, "da"), W(W_POLITE, "vang"),
    W(W_POLITE, "thua"), W(W_POLITE, "chao"), W(W_POLITE, "xin chao"),
    W(W_POLITE, "alo"), W(W_POLITE, "a lo"), W(W_POLITE, "helo"),
    W(W_POLITE, "kinh gui"), W(W_POLITE, "kinh thua"), W(W_POLITE, "kinh chao"),
    W(W_POLITE, "hihi"), W(W_POLITE, "hi"), W(W_POLITE, "hehe"),
    W(W_POLITE | W_THANKS, "cam on"), W(W_POLITE | W_THANKS, "xin cam on"),
    W(W_POLITE | W_THANKS, "cam on nhieu"), W(W_POLITE | W_THANKS, "cam mon"),
    W(W_POLITE | W_THANKS, "kamsa"), W(W_POLITE | W_THANKS, "tks"),
    W(W_POLITE | W_THANKS, "tk"), W(W_POLITE | W_THANKS, "thank"),
    W(W_POLITE | W_THANKS, "thanks"), W(W_POLITE | W_THANKS, "thank you"),
    W(W_POLITE | W_THANKS, "thks"), W(W_POLITE | W_THANKS, "thanhs"),
    W(W_POLITE | W_THANKS, "c on"), W(W_SELF, "toi"), W(W_SELF, "tui"),
    W(W_SELF, "minh"), W(W_SELF, "e"), W(W_SELF, "ca nha"),
    W(W_SELF, "ca nha toi"), W(W_SELF, "mk"), W(W_SELF, "mik"),
    W(W_SELF, "chung toi"), W(W_SELF, "chung em"), W(W_SELF, "chung minh"),
    W(W_SELF, "gia dinh"), W(W_SELF, "gia dinh toi"), W(W_SELF, "gia dinh em"),
    W(W_SELF, "nha toi"), W(W_SELF, "ca nhan toi"), W(W_SELF, "nhin chung"),
    W(W_SELF, "va gia dinh"), W(W_SELF, "va gia dinh toi"),
    W(W_SELF, "cung gia dinh"), W(W_SELF, "noi chung"), W(W_SELF, "nguoi dan"),
    W(W_SELF, "dan"), W(W_POLITE | W_SELF | W_KIN, "em"),
    W(W_POLITE | W_SELF | W_KIN, "chau"), W(W_SELF | W_KIN, "con"),
    W(W_POLITE | W_KIN, "anh"), AS(W_POLITE | W_KIN, "chi", "chị"),
    W(W_POLITE | W_KIN, "anh chi"), AS(W_POLITE | W_KIN, "co", "cô"),
    AS(W_POLITE | W_KIN, "chu", "chú|chứ"), W(W_POLITE | W_KIN, "bac"),
    W(W_POLITE | W_KIN, "ban"), W(W_POLITE | W_KIN, "ong"),
    W(W_POLITE | W_KIN, "ba"), W(W_POLITE | W_KIN, "ac"),
    W(W_POLITE | W_KIN, "di"), W(W_POLITE | W_KIN, "cau"),
    /* round a digit */
    AS(W_RATE, "diem", "điểm|diểm|điêm"), W(W_RATE, "cham diem"),
    AS(W_RATE, "cham", "chấm|châm"), W(W_RATE, "danh gia"),
    W(W_RATE, "danh gia muc"), AS(W_RATE, "muc", "mức|mưc"),
    W(W_RATE, "muc do"), W(W_RATE, "muc hai long"), W(W_RATE, "do hai long"),
    W(W_RATE, "muc do hai long"), W(W_RATE, "cho diem"), W(W_RATE, "diem so"),
    W(W_RATE, "so diem"), W(W_RATE, "chon so"), W(W_RATE, "chon"),
    W(W_RATE, "xep loai"), W(W_RATE, "binh chon"), W(W_RATE, "vote"),
    W(W_RATE, "rate"), W(W_RATE, "score"), W(W_RATE, "tra loi"),
    W(W_RATE, "ket qua danh gia"), W(W_RATE, "dap an"), W(W_RATE, "y kien"),
    W(W_RATE, "y kien cua toi"), AS(W_GIVE, "so", "số|sô"),
    AS(W_GIVE, "cho", "cho"), W(W_GIVE, "xin"), AS(W_GIVE, "chi", "!chỉ"),
    W(W_GIVE, "xin cho"), W(W_GIVE, "la"), W(W_GIVE, "thi"), W(W_GIVE, "muon"),
    AS(W_FIX, "nham", "nhầm|nhâm|nhằm"), W(W_FIX, "nham roi"),
    W(W_FIX, "nham so"), W(W_FIX, "nhan nham"), W(W_FIX, "ghi nham"),
    W(W_FIX, "bam nham"), W(W_FIX, "go nham"), W(W_FIX, "nt nham"),
    W(W_FIX, "sua"), W(W_FIX, "sua lai"), W(W_FIX, "sua thanh"),
    W(W_FIX, "sua lai thanh"), W(W_FIX, "sua lai la"), W(W_FIX, "doi thanh"),
    W(W_FIX, "doi lai"), W(W_FIX, "doi lai thanh"), W(W_FIX, "xin sua lai"),
    W(W_FIX, "chuyen thanh"), W(W_FIX, "xin loi"), W(W_FIX, "y la"),
    W(W_FIX, "y toi la"), W(W_FIX, "dinh chinh"), W(W_FIX, "lon"),
    AS(W_STARS, "sao", "sao"), W(W_STARS, "ngoi sao"), W(W_STARS, "star"),
    W(W_STARS, "stars"), AS(W_STARS, "diem", "điểm|diểm|điêm"), W(W_JOIN, "vi"),
    AS(W_JOIN, "do", "do"), W(W_JOIN, "boi"), W(W_JOIN, "tai"), W(W_JOIN, "ve"),
    W(W_JOIN, "voi"), W(W_JOIN, "vs"), W(W_JOIN, "khi"), W(W_JOIN, "va"),
    W(W_JOIN, "doi voi"), W(W_JOIN, "o"), W(W_JOIN, "xin"), W(W_JOIN, "mong"),
    W(W_JOIN, "chuc"), W(W_JOIN, "kinh chuc"), W(W_JOIN, "de nghi"),
    W(W_JOIN, "hi vong"), W(W_JOIN, "hy vong"), W(W_JOIN, "nen"),
    W(W_JOIN, "trong"), W(W_JOIN, "because"), W(W_JOIN, "and"),
    W(W_BUT, "nhung"), W(W_BUT, "nhug"), W(W_BUT, "nhg"), W(W_BUT, "nhung ma"),
    W(W_BUT, "tuy"), W(W_BUT, "tuy nhien"), W(W_BUT, "song"),
    AS(W_BUT, "ma", "mà|ma"), W(W_BUT, "mac du"), W(W_BUT, "chi la"),
    W(W_BUT, "chi co dieu"), W(W_BUT, "moi toi"), W(W_BUT, "but"),
    /* what turns the meaning after a phrase */
    W(W_DANGER, "gi"), W(W_DANGER, "nhi"), AS(W_DANGER, "dau", "đâu|dau"),
    W(W_DANGER, "nao"), W(W_DANGER, "sao"), W(W_DANGER, "ha"),
    AS(W_DANGER, "u", "ư|u|ừ"), AS(W_DANGER, "chac", "chắc"),
    W(W_DANGER, "cai"), W(W_DANGER, "con"), W(W_DANGER, "hon"),
    W(W_DANGER, "duoc"), W(W_DANGER, "dc"), AS(W_DANGER, "noi", "nổi|nỗi"),
    W(W_DANGER, "phan"), W(W_DANGER, "it"), W(W_DANGER, "nua"),
    W(W_DANGER, "neu"), AS(W_DANGER, "gia", "giá"), AS(W_DANGER, "moi", "=mới"),
    W(W_DANGER, "thi"), W(W_DANGER, "ghe"), W(W_DANGER, "haha"),
    W(W_DANGER, "kk"), W(W_DANGER, "kkk"), W(W_DANGER, "vl"),
    W(W_DANGER, "vcl"), W(W_DANGER, "cc"), W(W_DANGER, "cl"), W(W_DANGER, "dm"),
    W(W_DANGER, "hay"), W(W_DANGER, "mot"), AS(W_DANGER, "a", "!à|ả|ã"),
    W(W_DANGER, "khac"),
    /* counts */
    W(W_UNIT, "ngay"), W(W_UNIT, "hom"), W(W_UNIT, "bua"), W(W_UNIT, "thang"),
    W(W_UNIT, "nam"), W(W_UNIT, "tuan"), W(W_UNIT, "quy"), W(W_UNIT, "gio"),
    W(W_UNIT, "tieng"), W(W_UNIT, "phut"), W(W_UNIT, "giay"), W(W_UNIT, "lan"),
    W(W_UNIT, "luot"), W(W_UNIT, "nguoi"), W(W_UNIT, "buoi"), W(W_UNIT, "sang"),
    W(W_UNIT, "chieu"), AS(W_UNIT, "toi", "!tối"), W(W_UNIT, "trieu"),
    W(W_UNIT, "tr"), W(W_UNIT, "nghin"), W(W_UNIT, "ngan"),
    AS(W_UNIT, "dong", "đồng"), W(W_UNIT, "vnd"), W(W_UNIT, "ty"),
    W(W_UNIT, "ti"), W(W_UNIT, "xu"), W(W_UNIT, "k"), W(W_UNIT, "h"),
    W(W_UNIT, "p"), W(W_UNIT, "m"), W(W_UNIT, "km"), W(W_UNIT, "kg"),
    W(W_UNIT, "ha"), W(W_UNIT, "usd"), AS(W_UNIT, "tro", "trở"),
    AS(W_UNIT, "do", "!đô|độ"), W(W_UNIT, "tram"), W(W_UNIT, "chuc"),
    W(W_UNIT, "met"), AS(W_UNIT, "sao", "!sào"), AS(W_UNIT, "lo", "lô"),
    W(W_UNIT, "thua"), AS(W_UNIT, "cai", "cái"), AS(W_UNIT, "to", "tờ"),
    AS(W_UNIT, "bo", "bộ"), W(W_UNIT, "trang"), AS(W_UNIT, "don", "đơn"),
    W(W_UNIT, "chiec"), AS(W_UNIT, "con", "con"), AS(W_UNIT, "xe", "xe"),
    AS(W_UNIT, "cay", "cây"), AS(W_UNIT, "phong", "phòng"),
    AS(W_UNIT, "cua", "cửa"), AS(W_UNIT, "khoan", "khoản"),
    AS(W_UNIT, "hang", "hàng|hạng"), AS(W_UNIT, "mua", "mùa"),
    W(W_UNIT, "phan"), AS(W_UNIT, "loi", "lỗi"), AS(W_UNIT, "ben", "bên"),
    W(W_UNIT, "thanh vien"), W(W_UNIT, "vo chong"), W(W_UNIT, "me con"),
    W(W_UNIT, "nua"), W(W_UNIT, "ruoi"), W(W_UNIT, "muoi"),
    AS(W_UNIT, "doi", "!đôi|đội"), AS(W_UNIT, "cong", "!cộng"),
    AS(W_UNIT, "so", "số"), W(W_UNIT, "vu"), AS(W_UNIT, "cap", "cặp"),
    W(W_UNIT, "dua"), AS(W_UNIT, "loai", "loại"), AS(W_UNIT, "buoc", "bước"),
    W(W_UNIT, "tuoi"), AS(W_UNIT, "luong", "lượng"), AS(W_UNIT, "cu", "củ"),
    W(W_UNIT, "chai"), W(W_UNIT, "lit"), W(W_UNIT, "xi"), W(W_UNIT, "ban sao"),
    W(W_UNIT, "ban goc"), W(W_UNIT, "cuoc"), W(W_UNIT, "quyen"),
    W(W_UNIT, "cuon"), W(W_UNIT, "chut"), W(W_UNIT, "ti xiu"),
    W(W_UNIT, "nhan khau"), AS(W_UNIT, "ho", "hộ"), W(W_UNIT, "tang"),
    W(W_UNIT, "den"), W(W_UNIT, "hoac"), W(W_UNIT, "tren"),
    W(W_COUNTED, "can bo"), W(W_COUNTED, "cb"), W(W_COUNTED, "nhan vien"),
    W(W_COUNTED, "nv"), W(W_COUNTED, "cong chuc"), W(W_COUNTED, "anh"),
    AS(W_COUNTED, "chi", "chị"), W(W_COUNTED, "anh chi"), W(W_COUNTED, "em"),
    AS(W_COUNTED, "co", "cô"), AS(W_COUNTED, "chu", "chú"), W(W_COUNTED, "bac"),
    AS(W_COUNTED, "ban", "bạn|bản|bàn"), W(W_COUNTED, "ong"),
    AS(W_COUNTED, "ba", "bà"), W(W_COUNTED, "dong chi"),
    AS(W_COUNTED, "vi", "!vị"), W(W_COUNTED, "ho so"), W(W_COUNTED, "hs"),
    W(W_COUNTED, "thu tuc"), W(W_COUNTED, "giay to"), W(W_COUNTED, "quay"),
    W(W_COUNTED, "viec"), W(W_COUNTED, "y kien"), W(W_COUNTED, "cau hoi"),
    W(W_COUNTED, "van de"), W(W_COUNTED, "noi"), W(W_COUNTED, "dieu"),
    W(W_OTHER, "cai thien"), W(W_OTHER, "cai tien"), W(W_OTHER, "co gang"),
    W(W_OTHER, "co thai do"), W(W_OTHER, "co le"), W(W_OTHER, "chi can"),
    W(W_OTHER, "chi mat"), W(W_OTHER, "con cam on"), W(W_OTHER, "con rat"),
    W(W_OTHER, "con hai long"), W(W_OTHER, "con cham"), W(W_OTHER, "con lau"),
    W(W_OTHER, "con nhieu"), W(W_OTHER, "con hoi"), W(W_OTHER, "em cam on"),
    W(W_OTHER, "ngay cang"), W(W_OTHER, "hom nay"), W(W_OTHER, "bo phan"),
    W(W_OTHER, "dong chi"), W(W_OTHER, "hom qua"), W(W_OTHER, "sang nay"),
    W(W_OTHER, "chieu nay"), W(W_OTHER, "nam nay"), W(W_OTHER, "lan nay"),
    W(W_OTHER, "phan hoi"), W(W_OTHER, "phan anh"), W(W_OTHER, "to tieng"),
    W(W_OTHER, "noi nang"), W(W_OTHER, "noi chuyen"), W(W_OTHER, "noi chung"),
    W(W_OTHER, "quy co quan"), W(W_OTHER, "lau qua"), W(W_OTHER, "hang dai"),
    W(W_OTHER, "viec lam"), W(W_OTHER, "vi cho"), W(W_OTHER, "vi lau"),
    W(W_OTHER, "vi cham"), W(W_OTHER, "chuc co quan"),
    W(W_OTHER, "chuc suc khoe"), W(W_OTHER, "chuc cac"),
    W(W_OTHER, "chuc anh chi"), W(W_OTHER, "chuc moi"), W(W_LABEL, "so"),
    W(W_LABEL, "quay"), W(W_LABEL, "cua"), W(W_LABEL, "phong"),
    W(W_LABEL, "ap"), W(W_LABEL, "thon"), W(W_LABEL, "khu"), W(W_LABEL, "kp"),
    W(W_LABEL, "khu pho"), W(W_LABEL, "to"), W(W_LABEL, "ngay"),
    W(W_LABEL, "thang"), W(W_LABEL, "nam"), W(W_LABEL, "quy"),
    W(W_LABEL, "thu"), W(W_LABEL, "hs"), W(W_LABEL, "ho so"), W(W_LABEL, "ma"),
    W(W_LABEL, "dt"), W(W_LABEL, "sdt"), W(W_LABEL, "lo"), W(W_LABEL, "dieu"),
    W(W_LABEL, "khoan"), W(W_LABEL, "tang"), W(W_LABEL, "ban"),
    W(W_LABEL, "lan"), W(W_LABEL, "luc"), W(W_LABEL, "bo phan"),
    W(W_LABEL, "duong"), W(W_LABEL, "hen"), W(W_LABEL, "mong"),
    W(W_LABEL, "phuong"), W(W_LABEL, "quan"), AS(W_LABEL, "chi", "chị"),
    W(W_LABEL, "anh"), W(W_LABEL, "co"), W(W_LABEL, "chu"), W(W_LABEL, "bac"),
    W(W_LABEL, "cap"), W(W_LABEL, "muc do"), W(W_PRAISE, "nhiet tinh"),
    W(W_PRAISE, "tan tinh"), W(W_PRAISE, "vui ve"), W(W_PRAISE, "lich su"),
    W(W_PRAISE, "than thien"), W(W_PRAISE, "de thuong"), W(W_PRAISE, "chu dao"),
    W(W_PRAISE, "tot"), W(W_PRAISE, "nhanh"), W(W_PRAISE, "gon"),
    W(W_PRAISE, "chuyen nghiep"), W(W_PRAISE, "niem no"),
    W(W_PRAISE, "nhe nhang"), W(W_PRAISE, "hoa nha"), W(W_PRAISE, "tuyet"),
    W(W_PRAISE, "hai long"), W(W_PRAISE, "ro rang"), W(W_PRAISE, "tan tam"),
    W(W_PRAISE, "tu te"), W(W_PRAISE, "de chiu"), W(W_PRAISE, "cam on"),
    W(W_PRAISE, "de men"), W(W_PRAISE, "ok"), NUMBER(1, "mot", "một|môt"),
    NUMBER(2, "hai", "hai"), NUMBER(3, "ba", "ba"), NUMBER(4, "bon", "bốn|bôn"),
    NUMBER(4, "tu", "tư"), NUMBER(5, "nam", "năm"),
    NUMBER(10, "muoi", "mười|mươi"), NUMBER(6, "sau", "sáu"),
    NUMBER(7, "bay", "bảy"), NUMBER(8, "tam", "tám"), NUMBER(9, "chin", "chín"),
    W(W_SHORT, "co"), W(W_SHORT, "da"), W(W_SHORT, "vang"), W(W_SHORT, "u"),
    W(W_SHORT, "uh"), W(W_SHORT, "uhm"), W(W_SHORT, "um"), W(W_SHORT, "uk"),
    W(W_SHORT, "uhu"), W(W_SHORT, "phai"), W(W_SHORT, "roi"),
    W(W_SHORT, "dong y"), W(W_SHORT, "nhat tri"), W(W_SHORT, "yes"),
    W(W_SHORT, "tam"), W(W_SHORT, "nhu tren"), W(W_SHORT, "vay"),
    /* advertisements, the office, and wishes to be left alone */
    W(W_ADVERT, "khuyen mai"), W(W_ADVERT, "trung thuong"),
    W(W_ADVERT, "vay tien"), W(W_ADVERT, "vay von"),
    W(W_ADVERT, "vay tin chap"), W(W_ADVERT, "vay nhanh"),
    W(W_ADVERT, "tin chap"), W(W_ADVERT, "lai suat"), W(W_ADVERT, "giai ngan"),
    W(W_ADVERT, "uu dai"), W(W_ADVERT, "giam gia"), W(W_ADVERT, "mien phi"),
    W(W_ADVERT, "the nap"), W(W_ADVERT, "nap the"), W(W_ADVERT, "tang ngay"),
    W(W_ADVERT, "goi cuoc"), W(W_ADVERT, "data"), W(W_ADVERT, "soan tin"),
    W(W_ADVERT, "soan"), W(W_ADVERT, "truy cap"), W(W_ADVERT, "click"),
    W(W_ADVERT, "http"), W(W_ADVERT, "https"), W(W_ADVERT, "w"),
    W(W_ADVERT, "ww"), W(W_ADVERT, "www"), W(W_ADVERT, "casino"),
    W(W_ADVERT, "ca cuoc"), W(W_ADVERT, "hoan tien"), W(W_ADVERT, "qua tang"),
    W(W_ADVERT, "chuc mung"), W(W_ADVERT, "lien he"), W(W_ADVERT, "lh"),
    W(W_ADVERT, "hotline"), W(W_ADVERT, "zalo"), W(W_ADVERT, "co hoi"),
    W(W_ADVERT, "san pham"), W(W_ADVERT, "mua"), W(W_ADVERT, "ban dat"),
    W(W_ADVERT, "iphone"), W(W_ADVERT, "the chap"), W(W_ADVERT, "khach hang"),
    W(W_ADVERT, "qk"), W(W_OFFICE, "ho so"), W(W_OFFICE, "hs"),
    W(W_OFFICE, "thu tuc"), W(W_OFFICE, "mot cua"), W(W_OFFICE, "can bo"),
    W(W_OFFICE, "ubnd"), W(W_OFFICE, "uy ban"), W(W_OFFICE, "so do"),
    W(W_OFFICE, "ket qua"), W(W_OFFICE, "nhan vien"), W(W_OFFICE, "khai sinh"),
    W(W_OFFICE, "giay"), W(W_OFFICE, "hai long"), W(W_STOP, "tc"),
    W(W_STOP, "tu choi"), W(W_STOP, "stop"), W(W_STOP, "dung"),
    W(W_STOP, "ngung"), W(W_STOP, "huy"), W(W_STOP, "khong nhan"),
    W(W_STOP, "ko nhan"), W(W_STOP, "xin dung"), W(W_STOP, "lam on dung"),
    W(W_STOP, "unsub"), W(W_STOP, "toi tu choi"), W(W_STOP, "khong muon nhan"),
    W(W_MESSAGE, "tin"), W(W_MESSAGE, "nhan tin"), W(W_MESSAGE, "tin nhan"),
    W(W_MESSAGE, "sms"), W(W_MESSAGE, "nhan nua"), W(W_MESSAGE, "nhan tn"),
    W(W_MESSAGE, "lam phien"), W(W_MESSAGE, "dk"), W(W_MESSAGE, "dang ky")};

static bool
listed(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = list; (at = strstr(at, word)); at += n)
		if ((at == list || at[-1] == '|') &&
		    (at[n] == '\0' || at[n] == '|'))
			return true;
	return false;
}

/* Is the accented spelling the one the row means? */
static bool
spelt(const struct word *row, const struct pieces *p, size_t i)
{
	const struct piece *piece = &p->list[i];
	const char *list = row->marked;
	bool plain = strcmp(piece->marked, piece->word) == 0;

	if (!list)
		return true;
	if (*list == '!')
		return !plain && listed(list + 1, piece->marked);
	if (*list == '=')
		return plain ? !p->accents : listed(list + 1, piece->marked);
	return plain || listed(list, piece->marked);
}

size_t
words_at(const struct pieces *p, size_t i, const char *words)
{
	size_t j = i;

	while (*words) {
		size_t n = strcspn(words, " ");
		const char *word = j < p->count ? p->list[j].word : "";
		if (strncmp(word, words, n) != 0 || word[n] != '\0')
			return 0;
		words += n + (words[n] == ' ');
		j++;
	}
	return j - i;
}

size_t
word_at(const struct pieces *p, size_t i, unsigned classes,
    const struct word **found)
{
	size_t longest = 0;

	if (i >= p->count || p->list[i].kind != PIECE_WORD)
		return 0;
	for (size_t r = 0; r < sizeof(table) / sizeof(table[0]); r++) {
		size_t n;
		if (!(table[r].classes & classes) ||
		    table[r].words[0] != p->list[i].word[0])
			continue;
		n = words_at(p, i, table[r].words);
		if (n > longest && spelt(&table[r], p, i)) {
			longest = n;
			if (found)
				*found = &table[r];
		}
	}
	return longest;
}
