/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Blocks as they are added, to the body or to the annex. */
#include "server/core/report/build_private.h"

struct report_block *
block_add(struct building *b, enum report_block_kind kind, const char *text)
{
	struct report *out = b->out;
	struct report_block *block =
	    b->annexed ? arena_append(b->arena, &out->annex, &out->nannex,
			     sizeof(*out->annex))
		       : arena_append(b->arena, &out->blocks, &out->nblocks,
			     sizeof(*out->blocks));

	block->kind = kind;
	block->text = text == NULL ? "" : text;
	return block;
}

void
block_table(struct building *b, struct report_table *t)
{
	block_add(b, BLOCK_TABLE, NULL)->table = t;
	if (t->note != NULL)
		block_add(b, BLOCK_NOTE, t->note);
}

void
block_passage(struct building *b, const char *key, const char *proposed)
{
	const char *words = report_text_of(b->source, key);
	struct report_block *block;

	if (words == NULL && (proposed == NULL || proposed[0] == '\0'))
		return;
	block = block_add(b, BLOCK_PASSAGE, words == NULL ? proposed : words);
	block->key = key;
	block->edited = words != NULL;
}
