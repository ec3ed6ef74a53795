/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Vietnamese in capitals, as heads of official papers have it. Pure. */
#ifndef HAILONG_SERVER_CORE_REPORT_CAPITALS_H
#define HAILONG_SERVER_CORE_REPORT_CAPITALS_H

struct arena;

/* The text with every letter of the Vietnamese alphabet (UTF-8, NFC) as a
 * capital; everything else stays as it is. */
const char *capitals(struct arena *a, const char *text);

#endif
