/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who signs an SMS about a dossier: the unit's name as 7-bit phones show it. */
#ifndef HAILONG_SERVER_CORE_DOSSIER_AGENCY_H
#define HAILONG_SERVER_CORE_DOSSIER_AGENCY_H

struct arena;
struct unit;

#define AGENCY_MOST 22 /* septets; the texts are counted with it (TEXTS) */

/* "UBND TT Phan Ri Cua", "UBND xa Phong Phu"; the usual agency's name when the
 * unit is none of these kinds, or its name is too long. */
const char *agency_name(
    struct arena *a, const struct unit *unit, const char *usual);

#endif
