/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small files that must survive a power cut: the last good settings, the
 * device's key and name. */
#ifndef HAILONG_KIOSK_KEEP_H
#define HAILONG_KIOSK_KEEP_H

#include <stdbool.h>

/* Writes a file for its owner's eyes: beside, synced, renamed, so that either
 * the old or the new one is there whole. False, logged, when it cannot. */
bool keep_write(const char *path, const char *text);
/* Removes a file; true also when there was none. False, logged, when it
 * cannot. */
bool keep_remove(const char *path);

#endif
