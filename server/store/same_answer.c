/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The row keeps a digest of what its sender said, so that a repeat is the same
 * whatever the catalogue and the device's desk have become since. What was left
 * to a default is not in that digest, but the row bears the value that was
 * taken. So where the one that came again has, said or by default, the row's
 * own value, the first sender may have said it or not: both are tried, for each
 * of the four members, which is at most 16 digests, and only for an id that
 * stands already with another digest. A member that was said with another
 * value, or whose default is another by now, is taken as it stands.
 *
 * All other members with a default (lang, assisted, empty lists, seq 0) have it
 * filled in by answer_canonical.
 */
#include "server/store/same_answer.h"

#include <string.h>
#include "shared/buf.h"

#define SAME_WORDS 4

/* In the order of answer_canonical. */
static const char *const same_keys[SAME_WORDS] = {
    "form=", "form_version=", "desk=", "field="};

/* One member as the first sender may have written it. */
struct same_member {
	const char *line; /* as it came again, or with the row's value */
	size_t bytes;     /* of it, with its end; 0: it was not said */
	const char *value;
	bool either; /* may have been said or not */
};

static const char *
same_word(const struct same_words *words, size_t i)
{
	const char *const all[SAME_WORDS] = {
	    words->form, words->form_version, words->desk, words->field};

	return all[i];
}

static size_t
same_line(const char *text)
{
	size_t n = strcspn(text, "\n");

	return text[n] == '\n' ? n + 1 : n;
}

static bool
says_value(const struct same_member *m, const char *key)
{
	size_t k = strlen(key), n = strlen(m->value);

	return m->bytes == k + n + 1 && memcmp(m->line + k, m->value, n) == 0;
}

/* Reads the four off the text; returns where the rest begins. */
static const char *
same_members(const char *text, const struct same_words *now,
    const struct same_words *first, struct same_member members[SAME_WORDS])
{
	for (size_t i = 0; i < SAME_WORDS; i++) {
		struct same_member *m = &members[i];
		const char *key = same_keys[i];

		m->line = text;
		m->value = same_word(first, i);
		if (strncmp(text, key, strlen(key)) == 0)
			m->bytes = same_line(text);
		text += m->bytes;
		m->either = m->bytes > 0
				? says_value(m, key)
				: *m->value != '\0' &&
				      strcmp(same_word(now, i), m->value) == 0;
	}
	return text;
}

static void
same_variant(struct buf *out, const struct same_member members[SAME_WORDS],
    unsigned outright)
{
	for (size_t i = 0; i < SAME_WORDS; i++) {
		const struct same_member *m = &members[i];

		if (!m->either) {
			buf_add(out, m->line, m->bytes);
		} else if (outright & (1U << i)) {
			buf_puts(out, same_keys[i]);
			buf_puts(out, m->value);
			buf_putc(out, '\n');
		}
	}
}

bool
same_answer(const char *said, const struct same_words *now,
    const struct same_words *first, const uint8_t first_digest[DIGEST_BYTES])
{
	struct same_member members[SAME_WORDS] = {{.bytes = 0}};
	size_t head = same_line(said);
	const char *rest = same_members(said + head, now, first, members);
	uint8_t hash[DIGEST_BYTES];
	bool same = false;
	struct buf text;

	buf_init(&text);
	for (unsigned i = 0; i < 1U << SAME_WORDS && !same; i++) {
		buf_clear(&text);
		buf_add(&text, said, head);
		same_variant(&text, members, i);
		buf_puts(&text, rest);
		digest(buf_text(&text), text.size, hash);
		same = memcmp(hash, first_digest, DIGEST_BYTES) == 0;
	}
	buf_finish(&text);
	return same;
}
