/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asked of the system each time; nothing here is kept. */
#include "kiosk/device.h"

#include <glob.h>
#include <libgen.h>
#include <stdio.h>
#include <sys/statvfs.h>
#include "shared/arena.h"

#define SENSORS "/sys/class/thermal/thermal_zone*/temp"

int64_t
device_disk(const char *path)
{
	struct statvfs fs;
	struct arena a;
	int64_t bytes = -1;

	arena_init(&a);
	if (statvfs(dirname(arena_strdup(&a, path)), &fs) == 0)
		bytes = (int64_t)(fs.f_bavail * fs.f_frsize);
	arena_finish(&a);
	return bytes;
}

static int
read_sensor(const char *path)
{
	FILE *f = fopen(path, "re");
	int thousandths = -1000000;

	if (f) {
		if (fscanf(f, "%d", &thousandths) != 1)
			thousandths = -1000000;
		fclose(f);
	}
	return thousandths / 1000;
}

int
device_temperature(void)
{
	int hottest = -1000, now;
	glob_t found;

	if (glob(SENSORS, 0, NULL, &found) == 0) {
		for (size_t i = 0; i < found.gl_pathc; i++) {
			now = read_sensor(found.gl_pathv[i]);
			hottest = now > hottest ? now : hottest;
		}
		globfree(&found);
	}
	return hottest;
}
