/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a settings file: settings within their limits or a sentence. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "shared/config.h"

struct settings {
	char name[8];
	bool on;
	int number;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void *
same_struct(void *settings, const char *kind, const char *name, char *error,
    size_t error_size)
{
	snprintf(error, error_size, "%s has no such name", kind);
	return name[0] == 'x' ? settings : NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct config_key keys[] = {
	    {"a", "name", CONFIG_TEXT, offsetof(struct settings, name), 8, 0,
		0},
	    {"a", "on", CONFIG_BOOL, offsetof(struct settings, on), 0, 0, 0},
	    {"b *", "number", CONFIG_INT, offsetof(struct settings, number), 0,
		-1, 9},
	    {NULL, NULL, CONFIG_TEXT, 0, 0, 0, 0},
	};
	struct settings s = {.number = 0};
	char path[64], error[80] = "";
	int fd = memfd_create("fuzz", 0);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (config_read(path, keys, same_struct, &s, error, sizeof(error)) ==
	    (error[0] != '\0'))
		abort();
	if (memchr(s.name, 0, 8) == NULL || s.number < -1 || s.number > 9)
		abort();
	close(fd);
	return 0;
}
