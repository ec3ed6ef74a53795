/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small files that must survive a power cut: the last good settings, the
 * device's key and name. */
#ifndef HAILONG_KIOSK_DURABLE_FILE_H
#define HAILONG_KIOSK_DURABLE_FILE_H

#include <stdbool.h>

/* Writes a file for its owner's eyes: beside, synced, renamed, so that either
 * the old or the new one is there whole. False, logged, when it cannot. */
bool durable_file_write(const char *path, const char *text);
/* Removes a file; true also when there was none. False, logged, when it
 * cannot. */
bool durable_file_remove(const char *path);

#endif
