/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rules every translation must keep, read from shared/po/ itself: the same
 * keys and placeholders in each language (those prepared for translators may
 * lack keys), the limits of screens ("#. limit: N") and of one SMS
 * ("#. sms: N"), NFC, and that what was written is what got embedded. A
 * translator who breaks a rule learns the key, not a line of C.
 */
#include "shared/arena.h"
#include "shared/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <utf8proc.h>

#include "shared/utf8.h"
#include "shared/limits.h"

#define MAX_ENTRIES 4000

struct entry {
	const char *key, *words;
	size_t limit; /* characters, 0: none */
	size_t sms;   /* septets, 0: not an SMS */
};

struct po {
	struct entry entries[MAX_ENTRIES];
	size_t n;
};

static struct arena arena;
static struct po po[LANG_COUNT];

/* Appends the quoted text of a line to a string of the arena. */
static const char *
po_append(const char *so_far, const char *line)
{
	char piece[4096];
	size_t n = 0;

	line = strchr(line, '"');
	assert_non_null(line);
	for (line++; *line != '"'; line++) {
		assert_true(*line != '\0' && n + 1 < sizeof(piece));
		if (*line == '\\') {
			line++;
			piece[n++] = (char)(*line == 'n' ? '\n' : *line);
		} else {
			piece[n++] = *line;
		}
	}
	piece[n] = '\0';
	return arena_printf(&arena, "%s%s", so_far, piece);
}

static void
po_read(const char *path, struct po *out)
{
	FILE *f = fopen(path, "r");
	char line[4096];
	struct entry e = {"", "", 0, 0};
	bool in_words = false;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "#. limit: %zu", &e.limit) == 1 ||
		    sscanf(line, "#. sms: %zu", &e.sms) == 1) {
			continue;
		} else if (strncmp(line, "msgid ", 6) == 0) {
			e.key = po_append("", line);
		} else if (strncmp(line, "msgstr ", 7) == 0) {
			e.words = po_append("", line);
			in_words = true;
		} else if (line[0] == '"' && in_words) {
			e.words = po_append(e.words, line);
		} else if (in_words) {
			in_words = false;
			if (e.key[0] != '\0') { /* not the header */
				assert_true(out->n < MAX_ENTRIES);
				out->entries[out->n++] = e;
			}
			e = (struct entry){"", "", 0, 0};
		}
	}
	if (in_words && e.key[0] != '\0') {
		out->entries[out->n++] = e;
	}
	assert_int_equal(fclose(f), 0);
}

static int
po_setup(void **state)
{
	(void)state;
	arena_init(&arena);
	for (int i = 0; i < LANG_COUNT; i++) {
		po_read(arena_printf(&arena, "../shared/po/%s.po",
			    lang_code((enum lang)i)),
		    &po[i]);
	}
	return 0;
}

static int
po_teardown(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

static const struct entry *
po_find(const struct po *p, const char *key)
{
	for (size_t i = 0; i < p->n; i++) {
		if (strcmp(p->entries[i].key, key) == 0) {
			return &p->entries[i];
		}
	}
	return NULL;
}

/* Calls check for every entry of every language, with a name for messages. */
static void
each(void (*check)(enum lang lang, const struct entry *e, const char *where))
{
	for (int i = 0; i < LANG_COUNT; i++) {
		assert_true(po[i].n > 150 || i >= LANG_WHOLE);
		for (size_t k = 0; k < po[i].n; k++) {
			const struct entry *e = &po[i].entries[k];
			check((enum lang)i, e,
			    arena_printf(&arena, "%s.po %s",
				lang_code((enum lang)i), e->key));
		}
	}
}

static void
check_embedded(enum lang lang, const struct entry *e, const char *where)
{
	const char *words = text_find(lang, e->key);

	if (!words) {
		fail_msg("%s is not embedded (empty or fuzzy?)", where);
	} else if (strcmp(words, e->words) != 0) {
		fail_msg("%s: embedded words differ", where);
	}
}

static void
check_same_keys(enum lang lang, const struct entry *e, const char *where)
{
	for (int i = 0; i < LANG_COUNT; i++) {
		const struct entry *other = po_find(&po[i], e->key);
		if (!other && i < LANG_WHOLE) {
			fail_msg("%s is missing in %s", where,
			    lang_code((enum lang)i));
		} else if (!other) {
			continue;
		} else if (other->limit != e->limit || other->sms != e->sms) {
			fail_msg("%s has another limit in %s", where,
			    lang_code((enum lang)i));
		}
	}
	assert_true(lang >= LANG_WHOLE || po[lang].n == po[0].n);
}

/* Every {placeholder} of a is also in b. */
static bool
placeholders_within(const char *a, const char *b)
{
	while ((a = strchr(a, '{'))) {
		size_t n = strcspn(a, "}") + 1;
		char name[64];
		assert_true(a[n - 1] == '}' && n < sizeof(name));
		memcpy(name, a, n);
		name[n] = '\0';
		if (!strstr(b, name)) {
			return false;
		}
		a += n;
	}
	return true;
}

static void
check_placeholders(enum lang lang, const struct entry *e, const char *where)
{
	for (int i = 0; i < LANG_COUNT; i++) {
		const struct entry *other = po_find(&po[i], e->key);
		if (!other) {
			continue; /* check_same_keys tells */
		}
		if (!placeholders_within(e->words, other->words)) {
			fail_msg("%s has a placeholder that %s lacks", where,
			    lang_code((enum lang)i));
		}
	}
	(void)lang;
}

static void
check_clean(enum lang lang, const struct entry *e, const char *where)
{
	const char *w = e->words;
	size_t n = strlen(w);
	utf8proc_uint8_t *nfc = utf8proc_NFC((const utf8proc_uint8_t *)w);

	(void)lang;
	if (n == 0 || w[0] == ' ' || w[n - 1] == ' ' || strstr(w, "  ")) {
		fail_msg("%s is empty or has stray spaces", where);
	}
	if (!utf8_valid(w, n)) {
		fail_msg("%s is not valid UTF-8", where);
	}
	if (!nfc || strcmp((const char *)nfc, w) != 0) {
		fail_msg("%s is not in normal form C", where);
	}
	free(nfc);
}

static void
check_limit(enum lang lang, const struct entry *e, const char *where)
{
	size_t n = utf8_length(e->words);

	(void)lang;
	if (e->limit && n > e->limit) {
		fail_msg("%s: %zu characters, limit %zu", where, n, e->limit);
	}
}

/* The longest words of all keys that begin so, in a whole language. */
static const char *
longest(enum lang lang, const char *prefix)
{
	const struct po *p = &po[lang < LANG_WHOLE ? lang : LANG_VI];
	const char *found = "";

	for (size_t i = 0; i < p->n; i++) {
		if (strncmp(p->entries[i].key, prefix, strlen(prefix)) == 0 &&
		    strlen(p->entries[i].words) > strlen(found)) {
			found = p->entries[i].words;
		}
	}
	assert_true(strlen(found) > 0);
	return found;
}

/* Characters of GSM 03.38's basic set that are also ASCII: all that our SMS
 * use, one septet each. */
static bool
gsm_plain(const char *words)
{
	for (; *words; words++) {
		if (*words < ' ' || *words > '~' ||
		    strchr("`^{}\\[]~|", *words)) {
			return false;
		}
	}
	return true;
}

static void
check_sms(enum lang lang, const struct entry *e, const char *where)
{
	if (strncmp(e->key, "sms.", 4) != 0) {
		assert_int_equal(e->sms, 0);
		return;
	}
	if (!e->limit && e->sms != LIMIT_SMS_SEPTETS) {
		fail_msg("%s needs \"#. sms: 160\" or a limit", where);
	}
	const char *full = text_expand(&arena, e->words, "agency",
	    "UBND cap xa, 22 septet", /* at most 22 */
	    "phone", "0252 3850 123", "score", "1", "word",
	    longest(lang, "sms.word."), "reason", longest(lang, "sms.reason."),
	    "time", "09:15", "date", "20/11/2026", "day", "20/11", NULL);
	if (!gsm_plain(full)) {
		fail_msg("%s: not plain GSM-7: %s", where, full);
	}
	if (strlen(full) > LIMIT_SMS_SEPTETS) {
		fail_msg("%s: %zu septets", where, strlen(full));
	}
}

/* For each rule one test, so that a break names the rule. */
#define RULE(name)                                                             \
	static void test_##name(void **state)                                  \
	{                                                                      \
		(void)state;                                                   \
		each(check_##name);                                            \
	}
RULE(embedded)
RULE(same_keys)
RULE(placeholders)
RULE(clean)
RULE(limit)
RULE(sms)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_embedded),
	    cmocka_unit_test(test_same_keys),
	    cmocka_unit_test(test_placeholders),
	    cmocka_unit_test(test_clean),
	    cmocka_unit_test(test_limit),
	    cmocka_unit_test(test_sms),
	};
	return cmocka_run_group_tests(tests, po_setup, po_teardown);
}
