/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every page of the kiosk in a state worth looking at. */
#ifndef HAILONG_TESTS_KIOSK_SCENES_H
#define HAILONG_TESTS_KIOSK_SCENES_H

#include "kiosk/screen/window.h"

struct scene {
	const char *name;
	void (*set)(struct window *w, enum lang lang);
};

extern const struct scene scenes[]; /* closed by a NULL name */

/* Reads the settings that all of them use; false when they cannot be. */
bool scenes_read(const char *path);
/* Makes a window show them. */
void scenes_begin(struct window *w);
void scenes_end(void);

#endif
