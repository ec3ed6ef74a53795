/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two tables and three ways through them. The alphabet holds only 19 of the
 * 146 Vietnamese letter forms, so one "ấ" turns a whole message into UCS-2
 * with 70 instead of 160 characters: that is why our own texts go without
 * diacritics, and why the gateway counts before it chooses.
 */
#include "sms/text/gsm7.h"

#include "shared/utf8.h"

static const uint16_t basic[128] = {'@', 0xa3, '$', 0xa5, 0xe8, 0xe9, 0xf9,
    0xec, 0xf2, 0xc7, '\n', 0xd8, 0xf8, '\r', 0xc5, 0xe5, 0x394, '_', 0x3a6,
    0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398, 0x39e, 0, 0xc6, 0xe6, 0xdf,
    0xc9, ' ', '!', '"', '#', 0xa4, '%', '&', '\'', '(', ')', '*', '+', ',',
    '-', '.', '/', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';',
    '<', '=', '>', '?', 0xa1, 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J',
    'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y',
    'Z', 0xc4, 0xd6, 0xd1, 0xdc, 0xa7, 0xbf, 'a', 'b', 'c', 'd', 'e', 'f', 'g',
    'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
    'w', 'x', 'y', 'z', 0xe4, 0xf6, 0xf1, 0xfc, 0xe0};

static const struct {
	uint8_t septet;
	uint16_t character;
} extension[] = {{0x0a, '\f'}, {0x14, '^'}, {0x28, '{'}, {0x29, '}'},
    {0x2f, '\\'}, {0x3c, '['}, {0x3d, '~'}, {0x3e, ']'}, {0x40, '|'},
    {0x65, 0x20ac}};

#define EXTENSION_COUNT (sizeof(extension) / sizeof(extension[0]))

size_t
gsm7_from_char(uint32_t character, uint8_t septets[2])
{
	if (character == 0)
		return 0;
	for (uint8_t i = 0; i < 128; i++) {
		if (basic[i] == character) {
			septets[0] = i;
			return 1;
		}
	}
	for (size_t i = 0; i < EXTENSION_COUNT; i++) {
		if (extension[i].character == character) {
			septets[0] = GSM7_ESCAPE;
			septets[1] = extension[i].septet;
			return 2;
		}
	}
	return 0;
}

uint32_t
gsm7_to_char(uint8_t septet, int escaped)
{
	septet &= 0x7f;
	if (escaped) {
		for (size_t i = 0; i < EXTENSION_COUNT; i++) {
			if (extension[i].septet == septet)
				return extension[i].character;
		}
	}
	/* a second escape in a row stands for a space (TS 23.038, 6.2.1.1) */
	return septet == GSM7_ESCAPE ? ' ' : basic[septet];
}

int
gsm7_septets(const char *text)
{
	uint32_t character;
	uint8_t septets[2];
	int total = 0;

	while (*text != '\0') {
		size_t bytes = utf8_next(text, &character);
		size_t n = bytes == 0 ? 0 : gsm7_from_char(character, septets);

		if (n == 0)
			return -1;
		total += (int)n;
		text += bytes;
	}
	return total;
}
