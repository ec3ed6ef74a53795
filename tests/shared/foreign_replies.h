/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Replies of success that are no program's of ours: what portals, filters,
 * caches and half-read bodies give. No poll and no post of kiosk or gateway may
 * act on one. One table for both. */
#ifndef HAILONG_TESTS_SHARED_FOREIGN_REPLIES_H
#define HAILONG_TESTS_SHARED_FOREIGN_REPLIES_H

#include <stddef.h>

struct foreign_reply {
	const char *name;
	int status;
	const char *type; /* "": no Content-Type */
	const char *body;
};

extern const struct foreign_reply foreign_replies[];
extern const size_t foreign_reply_count;

/* Statuses and types with which the right body of a reply of ours is not ours
 * either. */
extern const struct foreign_frame {
	int status;
	const char *type;
} foreign_frames[];
extern const size_t foreign_frame_count;

#endif
