/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A time as a register's export has it. Pure. */
#ifndef HAILONG_SERVER_CORE_DOSSIER_DOSSIER_TIME_H
#define HAILONG_SERVER_CORE_DOSSIER_DOSSIER_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* Reads a day (2026-11-02, or 2/11/2026 with the day first, as it is written in
 * Viet Nam), alone or with a local time of day behind it (08:10, 08:10:00), or
 * an RFC 3339 time, or a spreadsheet's number of days (46327, 46327.34) of the
 * years 2000 to 2099. *bare: a day alone, *ms is then its beginning. False for
 * anything else. */
bool dossier_time(const char *text, int64_t *ms, bool *bare);

#endif
