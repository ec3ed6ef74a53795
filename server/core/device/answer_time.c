/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the surest to the least sure; an answer is never dropped for its time.
 */
#include "server/core/device/answer_time.h"

enum answer_time
answer_time_bare(int64_t wall, int64_t now, int64_t *at)
{
	*at = wall < ANSWER_TIME_FLOOR_MS ? now : wall;
	return *at == wall ? ANSWER_TIME_AS_SAID : ANSWER_TIME_UNCERTAIN;
}

enum answer_time
answer_time_decide(
    const struct answer_time_said *said, int64_t now, int64_t *at)
{
	int64_t truth = said->began_at + said->mono;
	int64_t off = said->wall - truth;

	*at = said->wall;
	/* nothing was said before it arrives: such a boot is a mistaken one */
	if (said->knows_boot && truth <= now + ANSWER_TIME_NEAR_MS) {
		if (off <= ANSWER_TIME_NEAR_MS && off >= -ANSWER_TIME_NEAR_MS)
			return ANSWER_TIME_AS_SAID;
		*at = truth < now ? truth : now;
		return ANSWER_TIME_CORRECTED;
	}
	if (said->synced && said->wall <= now + ANSWER_TIME_NEAR_MS)
		return ANSWER_TIME_AS_SAID;
	if (said->wall < ANSWER_TIME_FLOOR_MS ||
	    said->wall > now + ANSWER_TIME_NEAR_MS)
		*at = now;
	return ANSWER_TIME_UNCERTAIN;
}
