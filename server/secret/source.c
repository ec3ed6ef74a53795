/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An IPv4 address that is written as IPv6 (::ffff:…) is what it maps. */
#include "server/secret/source.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include "server/secret/token.h"

uint64_t
source_hash(const char *key, const char *address)
{
	uint8_t hash[TOKEN_HASH];
	struct in6_addr six;
	char text[INET_ADDRSTRLEN + 1] = "";
	uint64_t value;

	if (address == NULL || address[0] == '\0')
		return 0;
	if (inet_pton(AF_INET6, address, &six) == 1) {
		if (IN6_IS_ADDR_V4MAPPED(&six))
			inet_ntop(
			    AF_INET, six.s6_addr + 12, text, sizeof(text));
		else
			for (int i = 0; i < 8; i++)
				snprintf(
				    text + 2 * i, 3, "%02x", six.s6_addr[i]);
		address = text;
	}
	keyed_hash(key, address, hash);
	memcpy(&value, hash, sizeof(value));
	return value == 0 ? 1 : value;
}
