/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whatever is counted is confirmed by exactly one SMS; the day's limit is the
 * guard against two machines that answer each other. */
#include "server/messages/sms_reply.h"

#include <string.h>
#include "server/store/messages/sms.h"
#include "server/core/words.h"
#include "shared/civil.h"

/* More reasons would not go into one part. */
#define REASONS_NAMED 2

/* May it still be said? *may says; false: the database does not. */
static bool
allowed(struct sms_reply *s, const char *cause, int64_t most, bool *may)
{
	int64_t recent = store_sms_recent(
	    s->db, s->sender, cause, s->now - SMS_REPLY_DAY_MS);

	*may = recent >= 0 && recent < most;
	return recent >= 0;
}

static bool
sms_reply_queue(struct sms_reply *s, const char *cause, const char *words)
{
	char sealed[SEALED_TEXT];
	struct sms_out out = {.phone = sealed,
	    .text = words,
	    .cause = cause,
	    .created_at = s->now};
	bool may;

	if (!s->answerable)
		return true;
	if (!allowed(s, NULL, SMS_REPLY_MOST_A_DAY, &may))
		return false;
	if (!may)
		return true;
	uuid_new(&out.id);
	seal_phone(s->keys, s->phone, sealed);
	memcpy(out.sender, s->sender, sizeof(out.sender));
	return store_sms_out(s->db, &out);
}

bool
say(struct sms_reply *s, const char *key)
{
	const struct settings *set = s->settings;
	struct arena *a = s->arena;

	return sms_reply_queue(s, key,
	    text_fill(a, LANG_VI, key, "agency",
		s->agency == NULL ? set->sms_agency : s->agency, "phone",
		set->sms_phone, "time", words_time(a, s->now), "date",
		words_date(a, civil_local_day(s->now)), NULL));
}

bool
sms_reply_few(struct sms_reply *s, const char *key, int64_t most, bool *said)
{
	bool may;

	if (!allowed(s, key, most, &may))
		return false;
	if (said != NULL)
		*said = may;
	return !may || say(s, key);
}

bool
sms_reply_score(struct sms_reply *s, int score, const char *day)
{
	const char *key = score <= 2 ? "sms.followup" : "sms.thanks";
	const char *digit = arena_printf(s->arena, "%d", score);
	const char *word =
	    text(LANG_VI, arena_printf(s->arena, "sms.word.%s", digit));

	if (day != NULL)
		key =
		    score <= 2 ? "sms.followup.dossier" : "sms.thanks.dossier";
	return sms_reply_queue(s, key,
	    text_fill(s->arena, LANG_VI, key, "score", digit, "word", word,
		"day", day == NULL ? "" : day, NULL));
}

bool
sms_reply_reasons(struct sms_reply *s, const char *const *reasons, size_t count)
{
	const char *words = "";

	for (size_t i = 0; i < count && i < REASONS_NAMED; i++)
		words = arena_printf(s->arena, "%s%s%s", words,
		    i > 0 ? ", " : "",
		    text(LANG_VI,
			arena_printf(s->arena, "sms.reason.%s", reasons[i])));
	return sms_reply_queue(s, "sms.followup.thanks",
	    text_fill(s->arena, LANG_VI, "sms.followup.thanks", "reason", words,
		"phone", s->settings->sms_phone, NULL));
}
