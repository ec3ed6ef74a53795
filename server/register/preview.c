/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each dossier is looked up as it would be when it is taken. */
#include "server/register/preview.h"

#include <stdio.h>
#include <string.h>
#include "server/register/bad_rows.h"

struct previewing {
	struct arena *arena, moment; /* of a row */
	struct db *db;
	struct preview *out;
	struct arena counting; /* of out->moved while it grows */
	const struct register_reading *head;
	struct buf *bad_file;
	bool failed;
};

static bool
same_words(const struct dossier *a, const struct dossier *b)
{
	return strcmp(a->code, b->code) == 0 && strcmp(a->unit, b->unit) == 0 &&
	       strcmp(a->field, b->field) == 0 &&
	       strcmp(a->procedure, b->procedure) == 0 &&
	       strcmp(a->desk, b->desk) == 0 &&
	       strcmp(a->authority, b->authority) == 0 &&
	       a->received_at == b->received_at && a->due_at == b->due_at &&
	       a->finished_at == b->finished_at && a->outcome == b->outcome;
}

static struct dossier
kept_dossier(struct arena *a, const struct dossier *d)
{
	struct dossier kept = *d;

	kept.key = arena_strdup(a, d->key);
	kept.code = arena_strdup(a, d->code);
	kept.unit = arena_strdup(a, d->unit);
	kept.field = arena_strdup(a, d->field);
	kept.procedure = arena_strdup(a, d->procedure);
	kept.desk = arena_strdup(a, d->desk);
	kept.authority = arena_strdup(a, d->authority);
	kept.phone[0] = '\0';
	return kept;
}

/* Units and fields live as long as the catalogue, but those of a former state
 * are of the moment. */
static void
count_moved(struct previewing *p, const struct dossier *d, int by)
{
	struct dossier counted = *d;

	counted.unit = arena_strdup(&p->counting, d->unit);
	counted.field = arena_strdup(&p->counting, d->field);
	dossier_counts_add(&p->counting, &p->out->moved, &counted, by);
}

static bool
preview_good(void *context, const struct dossier *d, int line)
{
	struct previewing *p = context;
	struct preview *out = p->out;
	struct dossier old;
	enum step step = store_dossier(p->db, &p->moment, d->key, &old);
	enum announced became = step == STEP_DONE     ? ANNOUNCED_NEW
				: same_words(&old, d) ? ANNOUNCED_SAME
						      : ANNOUNCED_CHANGED;

	if (step == STEP_FAIL) {
		p->failed = true;
		return false;
	}
	out->became[became]++;
	if (became == ANNOUNCED_CHANGED) {
		count_moved(p, &old, -1);
		if (out->nchanges < PREVIEW_SHOWN)
			*(struct preview_change *)arena_append(p->arena,
			    &out->changes, &out->nchanges,
			    sizeof(*out->changes)) = (struct preview_change){
			    kept_dossier(p->arena, &old),
			    kept_dossier(p->arena, d), line};
	}
	if (became != ANNOUNCED_SAME)
		count_moved(p, d, 1);
	arena_reset(&p->moment);
	return true;
}

static bool
preview_bad(void *context, const struct table_row *row, const char *why)
{
	struct previewing *p = context;
	struct preview *out = p->out;

	if (out->nbad < PREVIEW_SHOWN) {
		struct preview_bad *bad =
		    arena_append(p->arena, &out->bad, &out->nbad, sizeof(*bad));

		bad->why = arena_strdup(p->arena, why);
		bad->line = row->line;
	}
	if (p->bad_file != NULL)
		bad_rows_print(p->bad_file, p->head, row, why);
	return true;
}

static bool
pass_good(void *context, const struct dossier *d, int line)
{
	(void)context;
	(void)d;
	(void)line;
	return true;
}

static bool
pass_bad(void *context, const struct table_row *row, const char *why)
{
	(void)context;
	(void)row;
	(void)why;
	return true;
}

/* The counts, merged, into the caller's arena. */
static void
give_moved(struct previewing *p)
{
	struct dossier_counts *moved = &p->out->moved;
	struct dossier_count *rows;

	dossier_counts_merge(moved);
	rows = arena_alloc(p->arena, (moved->count + 1) * sizeof(*rows));
	for (size_t i = 0; i < moved->count; i++) {
		rows[i] = moved->rows[i];
		rows[i].unit = arena_strdup(p->arena, rows[i].unit);
		rows[i].field = arena_strdup(p->arena, rows[i].field);
	}
	moved->rows = rows;
}

bool
preview_make(struct arena *a, struct db *db, const struct register_file *file,
    struct preview *out, struct buf *bad_file)
{
	const struct register_sink nothing = {pass_good, pass_bad, NULL};
	struct register_found first = {0}, found = {0};
	struct previewing p = {.arena = a,
	    .db = db,
	    .out = out,
	    .head = &found.head,
	    .bad_file = bad_file};
	const struct register_sink sink = {preview_good, preview_bad, &p};
	struct register_file second = *file;
	bool ok;

	memset(out, 0, sizeof(*out));
	arena_init(&p.moment);
	arena_init(&p.counting);
	ok = register_file_read(file, &nothing, &first);
	second.twins = &first.twins;
	ok = ok && register_file_read(&second, &sink, &found);
	give_moved(&p);
	out->counts = found.counts;
	out->left_aside = arena_strdup(
	    a, found.head.left_aside == NULL ? "" : found.head.left_aside);
	if (!ok && !p.failed)
		snprintf(out->error, sizeof(out->error), "%s",
		    first.error[0] != '\0' ? first.error : found.error);
	register_found_finish(&first);
	register_found_finish(&found);
	arena_finish(&p.counting);
	arena_finish(&p.moment);
	return ok;
}
