/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the surest to the least sure; an answer is never dropped for its time.
 */
#include "server/core/instant.h"

enum instant
instant_decide(const struct instant_said *said, int64_t now, int64_t *at)
{
	int64_t truth = said->began_at + said->mono;
	int64_t off = said->wall - truth;

	*at = said->wall;
	/* nothing was said before it arrives: such a boot is a mistaken one */
	if (said->knows_boot && truth <= now + INSTANT_NEAR_MS) {
		if (off <= INSTANT_NEAR_MS && off >= -INSTANT_NEAR_MS)
			return INSTANT_AS_SAID;
		*at = truth < now ? truth : now;
		return INSTANT_CORRECTED;
	}
	if (said->synced && said->wall <= now + INSTANT_NEAR_MS)
		return INSTANT_AS_SAID;
	if (said->wall < INSTANT_FLOOR_MS || said->wall > now + INSTANT_NEAR_MS)
		*at = now;
	return INSTANT_UNCERTAIN;
}
