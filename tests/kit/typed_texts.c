/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each line: what it is, and from where it comes. */
#include "tests/kit/typed_texts.h"

#define TEXT(bytes, kept)                                                      \
	{                                                                      \
		bytes, sizeof(bytes) - 1, kept, false                          \
	}
#define CLEANED(bytes, kept)                                                   \
	{                                                                      \
		bytes, sizeof(bytes) - 1, kept, true                           \
	}

const struct typed_text typed_texts[] = {
    /* nothing to do */
    TEXT("tot", "tot"),
    TEXT("Rất hài lòng", "Rất hài lòng"),
    TEXT("5 < 6 & \"x\" 'y'", "5 < 6 & \"x\" 'y'"),
    TEXT("cảm ơn 👍🏽 ❤️", "cảm ơn 👍🏽 ❤️"),
    TEXT("a\xe2\x80\x8d"
	 "b",
	"a\xe2\x80\x8d"
	"b"), /* a joiner within */
    TEXT("một  hai", "một  hai"),
    TEXT("Tiếng Cham: ꨀꨇꨉ", "Tiếng Cham: ꨀꨇꨉ"),
    TEXT("x \xef\xbf\xbd", "x \xef\xbf\xbd"),
    /* line ends */
    TEXT("một\r\nhai", "một\nhai"),
    TEXT("một\rhai", "một\nhai"),
    TEXT("một\n\nhai\n", "một\n\nhai"),
    TEXT("a\tb", "a\tb"),
    /* ends */
    TEXT("  chờ lâu \t\n", "chờ lâu"),
    TEXT("\xc2\xa0tốt\xc2\xa0", "tốt"),           /* NBSP, from Word */
    TEXT("\xe3\x80\x80tốt\xe3\x80\x80", "tốt"),   /* ideographic */
    TEXT("\xef\xbb\xbftốt", "tốt"),               /* byte-order mark */
    TEXT("tốt\xe2\x80\x8b\xe2\x80\x8b", "tốt"),   /* zero width */
    TEXT("\xe2\x80\x8etốt\xe2\x80\x8f", "tốt"),   /* directions */
    TEXT("\xe2\x80\xaatốt\xe2\x80\xac", "tốt"),   /* embedded */
    TEXT("\xe2\x81\xa0 tốt \xe2\x81\xa0", "tốt"), /* word joiner */
    TEXT("tốt\xc2\xad", "tốt"),                   /* soft hyphen */
    TEXT(" \xc2\xa0\xe2\x80\x8b ", ""),           /* nothing at all */
    /* composed */
    TEXT("ha\xcc\x80i lo\xcc\x80ng", "hài lòng"), /* from a Mac */
    TEXT("e\xcc\x82\xcc\x81", "ế"),
    TEXT("ê\xcc\x81", "ế"),
    /* controls */
    CLEANED("một\x0bhai", "một hai"), /* Word's line break */
    CLEANED("một\x0chai", "một hai"), /* a page's end, from PDF */
    CLEANED("một\xc2\x85hai", "một hai"),
    CLEANED("x\x07y", "xy"), /* the end of a cell, from Word */
    CLEANED("x\x7fy", "xy"),
    CLEANED("x\xc2\x96y", "xy"), /* a dash of Windows-1252 */
    CLEANED("x\x1b[31my", "x[31my"),
    CLEANED("x\x08y", "xy"),
    CLEANED("x\xef\xbf\xbey", "xy"),
    CLEANED("x\xef\xbf\xbfy", "xy"),
    CLEANED("tốt\x01", "tốt"),
    CLEANED("\x0b\x07 \x0c", ""),
    CLEANED("x\0y", "xy"),
    /* no UTF-8 */
    CLEANED("tốt \xe1\xba", "tốt"), /* cut */
    CLEANED("tốt \xf0\x9f\x98", "tốt"),
    CLEANED("\x91tốt", "tốt"),
    CLEANED("t\xf4t", "tt"),            /* Windows-1258 */
    CLEANED("tốt \xed\xa0\xbd", "tốt"), /* half an emoji, in bytes */
    CLEANED("tốt \xed\xa0\xbd\xed\xb8\x80!", "tốt !"), /* CESU-8 */
    CLEANED("x\xc0\x80y", "xy"),
    CLEANED("x\xff\xfey", "xy"),
    CLEANED("x\xf5\x80\x80\x80y", "xy"),
};
const size_t typed_text_count = sizeof(typed_texts) / sizeof(typed_texts[0]);
