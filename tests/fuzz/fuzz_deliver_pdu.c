/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Our reader of a DELIVER and the blanking: whatever a modem shows as hex. */
#include <assert.h>
#include <stdint.h>
#include <string.h>
#include "sms/text/deliver_pdu.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char digits[] = "0123456789ABCDEF";
	struct modem_part part = {0};
	char hex[500], shown[300];
	size_t n = 0;

	for (size_t i = 0; i < size && n + 3 < sizeof(hex); i++) {
		hex[n++] = digits[data[i] >> 4];
		hex[n++] = digits[data[i] & 15];
	}
	hex[n] = '\0';
	if (deliver_pdu_read(hex, &part)) {
		assert(part.text_bytes <= sizeof(part.text));
		assert(part.udh_bytes <= sizeof(part.udh));
		assert(strlen(part.sender) < sizeof(part.sender));
	}
	deliver_pdu_blank(hex, shown, sizeof(shown));
	assert(strlen(shown) < sizeof(shown) && strlen(shown) <= n);
	return 0;
}
